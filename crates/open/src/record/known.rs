//! Tables that built-in maps recognise.

use std::collections::BTreeMap;
use std::path::Path;

use adil_exchange::ExchangeError;
use adil_finding::{InputFile, PassedOver};
use adil_record::{
    Cells, Contest, Family, FamilyContest, FamilyRelease, Grouping, Headers, ImportedTable, OptionNames, Part,
    Publisher, Release, Rows, Strictness, join,
};

use super::reading::{Reading, declared, find_header, first_columns, is_other_sheet};
use super::{Given, OpenedRecord, RecordError, align, complete, reports, shown, stem};
use crate::{Declared, EncodingBy, Input, OpenError, Opened, ReportError, Table};

/// A table and the part of a family that it is.
struct Known {
    file: InputFile,
    table: Table,
    family: &'static Family,
    part: &'static Part,
    /// How it is opened: with an encoding of its family where it is not UTF-8.
    declared: Declared,
    header_row: u64,
}

/// Reads inputs whose tables are known; those of a folder that are not are set aside.
pub(super) fn read(
    inputs: Vec<(Input, Given)>,
    reading: &mut Reading<'_>,
    opened: &mut OpenedRecord,
) -> Result<(), RecordError> {
    let mut known: Vec<Known> = Vec::new();
    for (mut input, given) in inputs {
        opened.add_boards(std::mem::take(&mut input.boards), reading);
        for report in &input.reports {
            match reports::read(&input.file, report, reading, opened) {
                // Reports from before the vote have no counts yet.
                Err(RecordError::Report(ReportError::Content {
                    error: error @ ExchangeError::NoContest(_), ..
                })) if given == Given::InFolder => {
                    opened.set_aside.push(PassedOver { path: report.name().to_owned(), why: error.to_string() });
                }
                read => read?,
            }
        }
        let found = recognise(&input)?;
        if found.is_empty() && !input.tables.is_empty() {
            let unknown = unknown(&input)?;
            match given {
                Given::ByName => return Err(unknown),
                Given::InFolder => {
                    opened.set_aside.push(PassedOver { path: input.file.path, why: NOT_KNOWN.to_owned() })
                }
            }
        }
        let parts = input.passed_over.into_iter();
        opened.set_aside.extend(parts.map(|part| PassedOver { path: part.name, why: part.why.to_string() }));
        known.extend(found);
    }
    for group in groups(known) {
        read_group(&group, reading, opened)?;
    }
    Ok(())
}

const NOT_KNOWN: &str = "a table whose columns are those of no known results table";

fn unknown(input: &Input) -> Result<RecordError, RecordError> {
    let table = &input.tables[0];
    let columns = first_columns(&table.open(&Declared::default())?);
    Ok(RecordError::Unknown { file: table.name().to_owned(), path: input.file.path.clone(), columns: shown(&columns) })
}

/// The known tables of an input.
fn recognise(input: &Input) -> Result<Vec<Known>, RecordError> {
    let mut found = Vec::new();
    for table in &input.tables {
        let Some((declared, header_row, (family, part))) = recognise_table(table)? else { continue };
        if part.map.as_ref().is_some_and(|map| is_other_sheet(map, table)) {
            continue;
        }
        let (file, table) = (input.file.clone(), table.clone());
        found.push(Known { file, table, family, part, declared, header_row });
    }
    Ok(found)
}

pub(super) type Recognised = (Declared, u64, (&'static Family, &'static Part));

/// Looks at a table as it is told to be, then in the encodings of the families that have one.
pub(super) fn recognise_table(table: &Table) -> Result<Option<Recognised>, RecordError> {
    let as_found = table.open(&Declared::default());
    if let Ok(opened) = &as_found
        && let Some((row, (family, part))) = find(table, opened)
    {
        let declares = part.map.as_ref().map(declared).unwrap_or_default();
        return Ok(Some((Declared { encoding: None, ..declares }, row, (family, part))));
    }
    let is_foreign = match &as_found {
        Ok(opened) => opened.encoding().by == EncodingBy::Letters,
        Err(error) => matches!(error, OpenError::EncodingUnclear { .. }),
    };
    if is_foreign {
        for label in Family::encodings() {
            let declared = Declared { encoding: Some(label.to_owned()), delimiter: None };
            if let Ok(opened) = table.open(&declared)
                && let Some((row, found)) = find(table, &opened)
            {
                return Ok(Some((declared, row, found)));
            }
        }
    }
    as_found.map(|_| None).map_err(RecordError::from)
}

fn find(table: &Table, opened: &Opened) -> Option<(u64, (&'static Family, &'static Part))> {
    find_header(opened, |headers| Family::recognise(headers, table.name()))
}

/// Tables that make up one election.
fn groups(known: Vec<Known>) -> Vec<Vec<Known>> {
    type FamilyAndFolder = (&'static str, String);
    let mut groups: Vec<(Option<FamilyAndFolder>, Vec<Known>)> = Vec::new();
    for table in known {
        let key = (table.family.group == Grouping::Folder).then(|| {
            let folder =
                Path::new(&table.file.path).parent().map_or(String::new(), |folder| folder.display().to_string());
            (table.family.family.as_str(), folder)
        });
        match groups.iter_mut().find(|(other, _)| key.is_some() && *other == key) {
            Some((_, group)) => group.push(table),
            None => groups.push((key, vec![table])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn read_group(group: &[Known], reading: &mut Reading<'_>, opened: &mut OpenedRecord) -> Result<(), RecordError> {
    let family = group[0].family;
    let mut names = BTreeMap::new();
    let mut tables: Vec<(&Known, &Part, ImportedTable)> = Vec::new();
    for known in group {
        if let Some(columns) = &known.part.names {
            names.extend(option_names(known, columns)?);
            reading.note(&known.file);
        }
        let beside = family.part.iter().filter(|part| part.beside.as_ref() == Some(&known.part.id));
        for part in std::iter::once(known.part).chain(beside) {
            let Some(map) = &part.map else { continue };
            let table = known.table.open(&known.declared)?;
            let imported =
                reading.import(&known.file, &known.table, table, known.header_row, map, Strictness::Family)?;
            tables.push((known, part, imported));
        }
    }
    for (_, _, table) in &mut tables {
        for option in &mut table.options {
            if let Some(name) = names.get(option) {
                option.clone_from(name);
            }
        }
    }
    let before = opened.record.contests.len();
    for described in family.contests() {
        let contest = contest(&described, family, &tables)?;
        opened.record.contests.extend(contest);
    }
    if opened.record.contests.len() == before {
        return Err(RecordError::NoVotes { file: group[0].file.path.clone() });
    }
    Ok(())
}

/// A contest of a family, if the tables at hand have a release of it.
fn contest(
    described: &FamilyContest,
    family: &Family,
    tables: &[(&Known, &Part, ImportedTable)],
) -> Result<Option<Contest>, RecordError> {
    let of_file = family.group == Grouping::File;
    let place = match of_file {
        true => tables.first().map(|(known, ..)| stem(&known.file)),
        false => tables.first().and_then(|(known, ..)| {
            let folder = Path::new(&known.file.path).parent()?.file_name()?;
            Some(folder.to_string_lossy().into_owned())
        }),
    };
    let title = [Some(family.title.as_str()), place.as_deref(), Some(described.title.as_str())];
    let title: Vec<&str> = title.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let id = match (&place, of_file) {
        (Some(place), true) => place.clone(),
        (Some(place), false) => format!("{place}-{}", described.id),
        (None, _) => described.id.clone(),
    };
    let compare_only = described.compare_only;
    let mut contest = Contest { id, title: title.join(" – "), compare_only, ..Contest::default() };
    // The last release has the fullest list of options, so it sets their order.
    let mut releases = Vec::new();
    for release in described.release.iter().rev() {
        for (id, table) in release_tables(release, tables).into_iter().rev() {
            let mut table = table;
            table.prove().map_err(|error| RecordError::Import { file: table.stations.input.clone(), error })?;
            let stations = align(&mut contest, table);
            let name = release.publisher.clone().unwrap_or_else(|| family.publisher.clone());
            releases.push(Release {
                id,
                publisher: Publisher { name, kind: release.kind },
                status: release.status,
                partial: release.partial,
                source: Some(family.source.clone()),
                stations: Some(stations),
                ..Release::default()
            });
        }
    }
    releases.reverse();
    contest.releases = releases;
    complete(&mut contest);
    let has_numbers = |release: &Release| release.stations.as_ref().is_some_and(|table| !table.lines.is_empty());
    let is_worth_it = !contest.options.is_empty() || contest.releases.iter().any(has_numbers);
    // A contest that only compares needs two releases to compare.
    Ok((is_worth_it && contest.releases.len() > usize::from(compare_only)).then_some(contest))
}

/// The tables of a release, joined, or one for each file; with the release's name.
fn release_tables(release: &FamilyRelease, tables: &[(&Known, &Part, ImportedTable)]) -> Vec<(String, ImportedTable)> {
    let parts = release.parts.iter().flat_map(|id| tables.iter().filter(move |(_, part, _)| part.id == *id));
    if release.each_file {
        return parts.map(|(known, _, table)| (stem(&known.file), table.clone())).collect();
    }
    let parts: Vec<ImportedTable> = parts.map(|(_, _, table)| table.clone()).collect();
    if parts.is_empty() { Vec::new() } else { vec![(release.id.clone(), join(parts))] }
}

/// Codes and names of options, from a file that lists them.
fn option_names(known: &Known, columns: &OptionNames) -> Result<BTreeMap<String, String>, RecordError> {
    let mut opened = known.table.open(&known.declared)?;
    let in_table = |error| RecordError::Import { file: known.table.name().to_owned(), error };
    let mut names = BTreeMap::new();
    let (mut cells, mut places) = (Cells::default(), None);
    while let Some(row) = opened.next_row(&mut cells).map_err(|error| in_table(error.into()))? {
        match places {
            None if row < known.header_row => {}
            None => {
                let headers = Headers::new(&cells);
                let code = headers.require(&columns.code).map_err(|error| in_table(error.into()))?;
                let name = headers.require(&columns.name).map_err(|error| in_table(error.into()))?;
                places = Some((code, name));
            }
            Some((code, name)) => {
                names.insert(cells.get(code).trim().to_owned(), cells.get(name).trim().to_owned());
            }
        }
    }
    Ok(told_apart(names))
}

/// The same names, with their code where several codes have one name: a coalition registered twice keeps both columns.
fn told_apart(names: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let shared = |name: &String| names.values().filter(|other| *other == name).count() > 1;
    let told_apart = |(code, name): (&String, &String)| {
        let name = if shared(name) { format!("{name} ({code})") } else { name.clone() };
        (code.clone(), name)
    };
    names.iter().map(told_apart).collect()
}
