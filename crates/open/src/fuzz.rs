//! What the fuzz targets call, so that ordinary tests replay their corpus through the same code.

use std::collections::BTreeSet;
use std::io::Read as _;

use adil_finding::InputFile;
use adil_record::{
    Cells, Commitment, ContestOption, CopiesError, CopyBook, CopyLimits, CopyTerms, Design, EntryState, Forecast,
    ForecastBook, ForecastTerms, Form, Frame, Moment, ObservationWindow, ObserverBook, Reports, Rows, RowsError,
    SampleCount, StationPlaces, StationTable,
};

use crate::stored::Stored;
use crate::{Declared, Input, Limits};

/// Reads whatever `bytes` are, down to the last row of every table, and returns how many cells there were.
///
/// The limits are small, so that a run is short; none of them may be exceeded.
pub fn table_rows(bytes: &[u8]) -> usize {
    let limits = Limits {
        unpacked_bytes: 1 << 20,
        board_bytes: 1 << 20,
        unpacked_to_packed: 250,
        ratio_from_bytes: 64 << 10,
        held_bytes: 1 << 20,
        files_in_archive: 20,
        rows: 10_000,
        cells_per_row: 1_000,
        bytes_per_cell: 10_000,
        bytes_per_row: 100_000,
        sheet_cells: 10_000,
        ..Limits::default()
    };
    let file = InputFile { path: "input".to_owned(), sha256: String::new(), bytes: bytes.len() as u64, rows: None };
    let Ok(input) = Input::of(Stored::Memory(bytes.into()), file, &limits) else { return 0 };
    let mut total = 0;
    for board in input.boards {
        let read = board.reader().map(|reader| std::io::copy(&mut reader.take(2 << 20), &mut std::io::sink()));
        let within = read.is_ok_and(|read| read.is_ok_and(|read| read <= limits.board_bytes));
        total += usize::from(within);
    }
    for table in input.tables {
        let Ok(mut opened) = table.open(&Declared::default()) else { continue };
        let (mut cells, mut before) = (Cells::default(), 0);
        while let Ok(Some(row)) = opened.next_row(&mut cells) {
            assert!(row > before && row <= limits.rows.max(1 << 20), "row {row} after {before}");
            assert!(cells.len() <= limits.cells_per_row, "{} cells", cells.len());
            assert!(cells.iter().all(|cell| cell.len() <= limits.bytes_per_cell));
            (before, total) = (row, total + cells.len());
        }
    }
    total
}

/// Reads `bytes` as the one table that an XLSForm can be, or as an export of answers to a small form; returns whether they are a form.
///
/// A form that was read is written and read again, and is the same.
pub fn observer_forms(bytes: &[u8]) -> bool {
    let limits =
        Limits { unpacked_bytes: 1 << 20, held_bytes: 1 << 20, rows: 2_000, cells_per_row: 300, ..Limits::default() };
    let file = InputFile { path: "input.csv".to_owned(), sha256: String::new(), bytes: bytes.len() as u64, rows: None };
    let Ok(input) = Input::of(Stored::Memory(bytes.into()), file, &limits) else { return false };
    if let Some(Ok(mut opened)) = input.tables.first().map(|table| table.open(&Declared::default())) {
        let form = adil_record::Form::parse(
            "id = 'f'\n[[item]]\nid = 'seal'\n[[item]]\nid = 'who'\nkind = 'several-of'\nchoices = ['a', 'b']",
        );
        let mut book = adil_record::ObserverBook::default();
        let described = adil_record::DescribedForm { layout: Some(adil_record::FormLayout::Odk), ..Default::default() };
        let station = adil_record::OneOrMany::One("station".to_owned());
        let window = adil_record::ObservationWindow::default();
        if let Ok(form) = form {
            let read = book.read_form("input.csv", form, &described, &station, window, &mut opened);
            assert_eq!(read.is_ok(), book.forms.len() == 1);
        }
    }
    let Ok((found, _)) = crate::record::forms::open_xlsform(input) else { return false };
    if let Ok(sheets) = adil_record::xlsform::write(&found.form) {
        let again = adil_record::xlsform::read(&sheets, "input");
        // What begins with a quotation mark of a spreadsheet may be trimmed once more, and nothing else may change.
        assert!(again.is_ok_and(|again| again.form.items.len() == found.form.items.len()));
    }
    true
}

/// Reads `text` as a description, and returns whether it is one.
pub fn election_toml(text: &str) -> bool {
    let Ok(description) = adil_record::Description::parse(text) else { return false };
    assert!(description.record().is_ok(), "an accepted description describes a record");
    true
}

/// Reads `bytes` as lines of incidents at two stations, and returns whether any holds.
///
/// No line is lost, what a row replaces is before it, and no pseudonym is kept.
pub fn observer_incidents(bytes: &[u8]) -> bool {
    let mut table = StationTable::default();
    ["1", "2"].iter().for_each(|station| table.stations.push(station));
    let mut book = ObserverBook::of_tables(std::iter::once(&table));
    let window =
        ObservationWindow { from: Moment::parse("2024-03-01T00:00Z"), until: Moment::parse("2024-03-20T00:00Z") };
    if book.read_incident_lines("incidents", window, &mut &*bytes).is_err() {
        return false;
    }
    let book = book.finished();
    let [found] = book.incidents.as_slice() else { return false };
    // A line that is too long is set aside whatever stands in it.
    let is_blank = |text: &str| text.trim_start_matches('\u{feff}').trim().is_empty();
    let blank = |line: &&[u8]| line.len() <= 64 << 10 && std::str::from_utf8(line).is_ok_and(is_blank);
    let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !blank(line)).count() as u64;
    assert_eq!(found.rows.len() as u64 + found.repeated + found.quarantine.rows(), lines);
    for (place, row) in found.rows.iter().enumerate() {
        for other in [row.replaces, row.duplicate_of].into_iter().flatten() {
            assert!((other as usize) < place);
        }
        assert!(row.time.is_none_or(|time| window.has(time)));
    }
    !found.rows.is_empty()
}

/// Reads `text` as an observers' form, and returns whether it is one.
pub fn observer_form(text: &str) -> bool {
    let Ok(form) = Form::parse(text) else { return false };
    let names: BTreeSet<&str> = form.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(names.len(), form.items.len());
    true
}

/// Reads `bytes` as copies of protocols, after a first byte that says in which form, and returns whether some statement holds.
///
/// The limits are small; none of them may be exceeded, and nothing may be lost.
pub fn protocol_copies(bytes: &[u8]) -> bool {
    let Some((form, bytes)) = bytes.split_first() else { return false };
    let option = |id: &str| ContestOption { id: id.to_owned(), name: id.to_uppercase(), incumbent: false };
    let options = [option("lime-tree"), option("old-bridge")];
    let limits = CopyLimits { line_bytes: 4 << 10, lines: 1_000, kept: 10 };
    let terms = CopyTerms {
        options: &options,
        stations: StationPlaces::any(),
        read_at: Moment::parse("2024-03-12T00:00Z"),
        limits,
    };
    let read = if form % 2 == 0 { CopyBook::read_lines(bytes, &terms) } else { table_of_copies(bytes, &terms) };
    let Ok(book) = read else { return false };
    assert!(book.quarantined.len() <= limits.kept && book.read <= limits.lines);
    assert_eq!(book.read, book.set_aside() + book.statements.len() as u64 + book.repeated);
    for statement in &book.statements {
        // A replaced statement has one that names it.
        assert_eq!(
            statement.replaced_by.is_some(),
            book.statements.iter().any(|of| of.replaces.as_ref() == Some(&statement.id))
        );
        assert!(
            statement.state() == EntryState::Agreed || !statement.state().is_double() || statement.resolution.is_some()
        );
    }
    !book.statements.is_empty()
}

fn table_of_copies(bytes: &[u8], terms: &CopyTerms<'_>) -> Result<CopyBook, CopiesError> {
    let file =
        InputFile { path: "copies.csv".to_owned(), sha256: String::new(), bytes: bytes.len() as u64, rows: None };
    let input = Input::of(Stored::Memory(bytes.into()), file, &Limits { rows: 10_000, ..Limits::default() });
    let table = input.ok().and_then(|mut input| input.tables.drain(..).next()).ok_or(CopiesError::Empty)?;
    let mut opened = table.open(&Declared::default()).map_err(|_| CopiesError::Empty)?;
    CopyBook::read_rows(&mut opened, terms)
}

/// Reads `text` as the lines of forecasts of a contest with two options, and returns whether any counts.
///
/// No line is lost: each counts, reveals one that counts, is of the other contest, or is set aside with its number. What counts is the same when
/// all that was set aside is taken away.
pub fn forecast_lines(text: &str) -> bool {
    let terms = ForecastTerms {
        contest: "c".into(),
        contests: vec!["c".into(), "d".into()],
        options: vec!["a".into(), "b".into()],
        close: Moment::parse("2024-03-10T20:00Z").unwrap_or_default(),
        reveal_by: Moment::parse("2024-03-11T20:00Z"),
    };
    let book = ForecastBook::read(text, &terms);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    let revealed = book.commitments.iter().filter(|commitment| commitment.revealed.is_some()).count();
    assert_eq!(book.commitments.len() + revealed + book.of_others + book.quarantined.len(), lines);
    assert!(
        book.quarantined.iter().all(|line| line.fault.rule().starts_with('F') && !line.fault.to_string().is_empty())
    );
    let aside: BTreeSet<usize> = book.quarantined.iter().map(|line| line.line).collect();
    let sound = (1..).zip(text.lines()).filter(|(number, _)| !aside.contains(number)).map(|(_, line)| line);
    let again = ForecastBook::read(&sound.collect::<Vec<_>>().join("\n"), &terms);
    assert!(again.quarantined.is_empty(), "{:?}", again.quarantined);
    assert_eq!(again.digest(), book.digest());
    let said = |book: &ForecastBook| -> Vec<Option<Forecast>> {
        let of = |commitment: &Commitment| commitment.revealed.as_ref().map(|revealed| revealed.forecast.clone());
        book.commitments.iter().map(of).collect()
    };
    assert_eq!(said(&again), said(&book));
    !book.commitments.is_empty()
}

/// Reads `text` as the design of a quick count, and returns whether it is one. What is written of it is read as the same.
pub fn quick_count_design(text: &str) -> bool {
    let Ok(design) = Design::parse(text) else { return false };
    assert_eq!(Design::parse(&design.print()).as_ref(), Ok(&design));
    true
}

/// Takes `text` apart at lines of `---` into a design, its frame and its reports (lines of cells between commas), and returns whether they
/// make a sample. The digest that the design gives is taken for that of the frame.
///
/// The sample is of the size that the design says, without a station twice, and no report is lost.
pub fn quick_count_reports(text: &str) -> bool {
    let mut parts = text.split("\n---\n");
    let [design, frame, reports] = [(); 3].map(|()| parts.next().unwrap_or_default());
    let Ok(design) = Design::parse(design) else { return false };
    let frame = Frame::read(&mut Lines::of(frame), &design.columns(), design.frame_sha256.clone());
    let others: Vec<String> =
        [&design.strata, &design.clusters, &design.register].into_iter().flatten().cloned().collect();
    let reports = Reports::read(&mut Lines::of(reports), &design.station, &[], &others, "reports");
    let (Ok(frame), Ok(reports)) = (frame, reports) else { return false };
    let all = reports.stations.len() as u64;
    let Ok(count) = SampleCount::new(&design, frame, reports) else { return false };
    assert_eq!(count.reports.stations.len() as u64 + count.not_drawn, all);
    assert_eq!(count.report_of.len(), count.reports.stations.len());
    let drawn: Vec<usize> = count.sample.iter().flat_map(|stratum| &stratum.drawn).flatten().copied().collect();
    assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len());
    for (stratum, size) in count.sample.iter().zip(&design.stratum) {
        assert!(stratum.drawn.len() as u64 == size.drawn && size.drawn <= size.units);
    }
    true
}

/// Lines of cells between commas.
struct Lines<'t> {
    lines: std::iter::Enumerate<std::str::Lines<'t>>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Self { lines: text.lines().enumerate() }
    }
}

impl Rows for Lines<'_> {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        let Some((row, line)) = self.lines.next() else { return Ok(None) };
        cells.clear();
        line.split(',').for_each(|cell| cells.push(cell));
        Ok(Some(row as u64 + 1))
    }
}

/// Reads `text` as each of the texts of a bundle, and returns whether it is one. What is read is written the same.
pub fn bundle(text: &str) -> bool {
    use adil_record::{BundleEntry, BundleStatement, Manifest, Redaction};
    let written = [
        Manifest::parse(text).ok().map(|read| read.print()),
        Redaction::parse(text).ok().map(|read| read.print()),
        BundleStatement::parse(text).ok().map(|read| read.print()),
        BundleEntry::parse(text).ok().map(|read| read.print()),
    ];
    let mut read = written.into_iter().flatten().peekable();
    let is_one = read.peek().is_some();
    read.for_each(|written| assert_eq!(written, text, "one form each"));
    is_one
}
