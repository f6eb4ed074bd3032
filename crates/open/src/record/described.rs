//! Records described by an `election.toml`.

use std::path::Path;

use adil_finding::InputFile;
use adil_record::{
    Contest, DescribedTable, Description, DescriptionError, Family, Headers, ImportedTable, PublishedFigure, Publisher,
    Release, Strictness, TableMap, append, join,
};

use super::forecasts::open_forecasts;
use super::reading::{Reading, declared, find_header, first_columns, is_other_sheet, names_stations};
use super::{
    BoardLog, OpenedRecord, RecordError, align, beside, complete, copies, maps, observers, quick_count, reports, shown,
    stem,
};
use crate::{Input, OpenError, read_text};

/// Reads a description with its tables and boards into the record. That of a bundle is held to its manifest first: a file that was changed
/// may be one that cannot be read.
pub(super) fn read(path: &Path, reading: &mut Reading<'_>, opened: &mut OpenedRecord) -> Result<(), RecordError> {
    let bundle = crate::bundle::verified(path.parent().unwrap_or(Path::new(".")), reading.limits)?;
    let outcome = read_parts(path, reading, opened);
    let fault = bundle.as_ref().and_then(|bundle| bundle.faults.first());
    if let (Err(error), Some(fault)) = (&outcome, fault) {
        let (error, path) = (Box::new(error.clone()), fault.path().to_owned());
        return Err(RecordError::InBundle { error, path });
    }
    opened.record.bundles.extend(bundle);
    outcome
}

fn read_parts(path: &Path, reading: &mut Reading<'_>, opened: &mut OpenedRecord) -> Result<(), RecordError> {
    let (text, file) = read_text(path, reading.limits)?;
    let in_file = |error| RecordError::Description { file: file.path.clone(), error };
    let description = Description::parse(&text).map_err(in_file)?;
    let described = description.record().map_err(in_file)?;
    reading.note(&file);
    opened.record.questions.extend(described.questions);
    if opened.record.title.is_empty() {
        (opened.record.title, opened.record.date) = (described.title.clone(), described.date.clone());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut contests = described.contests;
    if contests.is_empty() && !description.table.is_empty() {
        contests.push(Contest { id: "election".to_owned(), title: described.title, ..Contest::default() });
    }
    // Tables of one release are joined, so they are gathered first.
    let mut gathered: Vec<(usize, String, Vec<ImportedTable>)> = Vec::new();
    let mut sources = Sources::default();
    let mut figures = Vec::new();
    for table in &description.table {
        let contest = contest_of(table, &contests);
        let release = table.release.clone().unwrap_or_else(|| "final".to_owned());
        sources.begin(contest, &release, table);
        let mut read = Read { folder, wanted: &contests[contest], sources: &mut sources, figures: Vec::new() };
        let imported = read.table(table, reading, opened).map_err(|error| match error {
            Unread::Record(error) => error,
            Unread::NeedsMap(name) => in_file(DescriptionError::Map { file: name }),
        })?;
        figures.push((contest, release.clone(), read.figures));
        // A report may have figures only.
        let Some(imported) = imported else { continue };
        match gathered.iter_mut().find(|(other, name, _)| *other == contest && *name == release) {
            Some((.., parts)) => parts.push(imported),
            None => gathered.push((contest, release, vec![imported])),
        }
    }
    for (contest, release, parts) in gathered {
        let mut table = join(parts);
        table.prove().map_err(|error| RecordError::Import { file: table.stations.input.clone(), error })?;
        let contest = &mut contests[contest];
        let stations = align(contest, table);
        match contest.releases.iter_mut().find(|known| known.id == release) {
            Some(known) => known.stations = Some(stations),
            None => contest.releases.push(Release {
                id: release,
                publisher: Publisher { name: "not named in the description".to_owned(), ..Publisher::default() },
                stations: Some(stations),
                ..Release::default()
            }),
        }
    }
    for (contest, release, figures) in figures {
        reports::add_figures(&mut contests[contest], &release, figures);
    }
    for (contest, counts) in contests.iter_mut().zip(description.contest.iter().map(|contest| &contest.quick_count)) {
        for count in counts {
            let read = quick_count::described(count, folder, contest, reading.limits)?;
            read.iter().for_each(|file| reading.note(file));
        }
    }
    contests.iter_mut().for_each(complete);
    let names: Vec<String> = contests.iter().map(|contest| contest.id.clone()).collect();
    for map in &description.map {
        maps::described(map, folder, &mut contests, reading, opened)?;
    }
    for (contest, described) in contests.iter_mut().zip(&description.contest) {
        if let Some(described) = &described.forecasts {
            let path = beside(folder, &described.file);
            let (forecasts, input) = open_forecasts(&path, described, contest, &names, &file.path, reading.limits)?;
            reading.note(&input);
            contest.forecasts = Some(forecasts);
        }
        for of_file in &described.copies {
            let (read, inputs) = copies::described(of_file, folder, contest, &file.path, reading.limits)?;
            inputs.iter().for_each(|input| reading.note(input));
            contest.copies.push(read);
        }
    }
    for of_one in &description.observers {
        let tables = || contests.iter().filter_map(|contest| contest.latest_table()?.stations.as_ref());
        let read = observers::described(of_one, folder, tables(), reading)?;
        opened.record.observers.push(read);
    }
    opened.record.contests.extend(contests);
    for board in &description.board {
        let log = board.log.as_ref().map(|log| beside(folder, log));
        read_board(&beside(folder, &board.file), log.as_deref(), reading, opened)?;
    }
    Ok(())
}

/// Adds the boards of a file that is named as one.
fn read_board(
    path: &Path,
    log: Option<&Path>,
    reading: &mut Reading<'_>,
    opened: &mut OpenedRecord,
) -> Result<(), RecordError> {
    let mut boards = match Input::open(path, reading.limits) {
        Ok(input) => input.boards,
        Err(OpenError::NotATable { .. } | OpenError::NoTables { .. } | OpenError::Empty { .. }) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    if boards.is_empty() {
        return Err(RecordError::NoBoard { file: path.display().to_string() });
    }
    if let Some(log) = log {
        let [board] = boards.as_mut_slice() else {
            return Err(RecordError::LogOfSeveral { file: path.display().to_string(), boards: boards.len() });
        };
        board.log = Some(BoardLog::open(log, &board.file, reading.limits)?);
    }
    opened.add_boards(boards, reading);
    Ok(())
}

/// The contest that a table is of: the one named, else the first. A name that is not described was refused before.
fn contest_of(table: &DescribedTable, contests: &[Contest]) -> usize {
    table.contest.as_ref().and_then(|id| contests.iter().position(|contest| contest.id == *id)).unwrap_or(0)
}

/// The tables read so far, so that none adds its votes to one release twice.
#[derive(Default)]
struct Sources<'d> {
    /// Contest and release, how the table is read, its digest with the part inside the file, and its name.
    known: Vec<(Use<'d>, String, String)>,
    now: Option<Use<'d>>,
}

type Use<'d> = (usize, String, Option<&'d TableMap>, Option<&'d str>);

impl<'d> Sources<'d> {
    fn begin(&mut self, contest: usize, release: &str, table: &'d DescribedTable) {
        self.now = Some((contest, release.to_owned(), table.map.as_ref(), table.family.as_deref()));
    }

    /// Notes a table, by the bytes of its file and the part inside it. With another map, one table may be read again.
    fn note(&mut self, file: &InputFile, table: &str) -> Result<(), RecordError> {
        let Some(now) = self.now.clone() else { return Ok(()) };
        let part = table.strip_prefix(file.path.as_str()).unwrap_or_default();
        let contents = format!("{}{part}", file.sha256);
        if let Some((.., first)) = self.known.iter().find(|(other, known, _)| *other == now && *known == contents) {
            return Err(RecordError::SameTable { file: table.to_owned(), first: first.clone() });
        }
        self.known.push((now, contents, table.to_owned()));
        Ok(())
    }
}

/// Why a table of a description was not read.
enum Unread {
    Record(RecordError),
    /// The file is no report, so that a map or a family is needed.
    NeedsMap(String),
}

impl<E: Into<RecordError>> From<E> for Unread {
    fn from(error: E) -> Self {
        Self::Record(error.into())
    }
}

/// Reading the files of a described table.
struct Read<'r, 'd> {
    folder: &'r Path,
    /// The contest that it is of.
    wanted: &'r Contest,
    sources: &'r mut Sources<'d>,
    /// Figures that reports have beside their stations.
    figures: Vec<(PublishedFigure, Option<String>)>,
}

impl<'d> Read<'_, 'd> {
    /// The table; none where all files are reports without stations.
    fn table(
        &mut self,
        table: &'d DescribedTable,
        reading: &mut Reading<'_>,
        opened: &mut OpenedRecord,
    ) -> Result<Option<ImportedTable>, Unread> {
        let mut parts: Vec<ImportedTable> = Vec::new();
        for file in table.file.as_slice() {
            let input = Input::of_results(&beside(self.folder, file), reading.limits)?;
            let mut part = match (&table.map, &table.family, input.reports.as_slice()) {
                (Some(map), ..) => read_mapped(&input, map, reading)?,
                (None, Some(family), _) => read_by_family(&input, family, reading)?,
                (None, None, [report]) => {
                    let part = reports::part(&input, report, self.wanted, reading, opened)?;
                    self.figures.extend(part.figures);
                    part.table
                }
                (None, None, _) => return Err(Unread::NeedsMap(file.clone())),
            };
            if let Some(level) = &table.area_from_file {
                part.put_in_area(level, &stem(&input.file));
            }
            self.sources.note(&input.file, &part.stations.input)?;
            parts.push(part);
        }
        let has_stations = |part: &ImportedTable| !part.stations.is_empty();
        if table.map.is_none() && table.family.is_none() {
            parts.retain(has_stations);
        }
        Ok((!parts.is_empty()).then(|| append(parts)))
    }
}

/// Reads the first table of an input that a map fits.
fn read_mapped(input: &Input, map: &TableMap, reading: &mut Reading<'_>) -> Result<ImportedTable, RecordError> {
    let mut seen = Vec::new();
    for table in input.tables.iter().filter(|table| !is_other_sheet(map, table)) {
        let opened = table.open(&declared(map))?;
        let header = match map.header_row {
            Some(row) => Some((row, ())),
            None => find_header(&opened, |headers: &Headers| names_stations(map, headers).then_some(())),
        };
        match header {
            Some((row, ())) => return reading.import(&input.file, table, opened, row, map, Strictness::Every),
            None => seen = first_columns(&opened),
        }
    }
    Err(RecordError::NoTableFits { file: input.file.path.clone(), columns: shown(&seen) })
}

/// Reads the first table of an input that a family's map fits.
fn read_by_family(input: &Input, family: &str, reading: &mut Reading<'_>) -> Result<ImportedTable, RecordError> {
    let parts = Family::named(family).map_or(&[][..], |family| &family.part);
    let mut seen = Vec::new();
    for table in &input.tables {
        for (part, map) in parts.iter().filter_map(|part| part.map.as_ref().map(|map| (part, map))) {
            if is_other_sheet(map, table) {
                continue;
            }
            let opened = table.open(&declared(map))?;
            let fits = |headers: &Headers| part.fits(headers, table.name()).then_some(());
            match find_header(&opened, fits) {
                Some((row, ())) => return reading.import(&input.file, table, opened, row, map, Strictness::Family),
                None => seen = first_columns(&opened),
            }
        }
    }
    Err(RecordError::NoTableFits { file: input.file.path.clone(), columns: shown(&seen) })
}
