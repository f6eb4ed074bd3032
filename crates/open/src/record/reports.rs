//! Reports in formats of exchange: contests by themselves, or tables of a described release.

use adil_exchange::{ContestResults, NotPlaced, Results};
use adil_finding::{InputFile, PassedOver};
use adil_record::{Contest, ImportedTable, OptionId, PublishedFigure, Quantity, Release};

use super::reading::Reading;
use super::{OpenedRecord, RecordError, align, complete};
use crate::{Input, ReportFile};

/// Adds all contests of a report to the record.
pub(super) fn read(
    file: &InputFile,
    report: &ReportFile,
    reading: &mut Reading<'_>,
    opened: &mut OpenedRecord,
) -> Result<(), RecordError> {
    let results = taken(file, report, reading, opened)?;
    let record = &mut opened.record;
    if record.contests.is_empty() && record.title.is_empty() {
        record.title.clone_from(&results.title);
    }
    if record.date.is_none() {
        record.date.clone_from(&results.date);
    }
    for read in results.contests {
        let title = if read.title.is_empty() { results.title.clone() } else { read.title };
        let taken = |id: &str| record.contests.iter().any(|contest| contest.id == id);
        let mut numbered = (2..).map(|number| format!("{}-{number}", read.id));
        let id = if taken(&read.id) { numbered.find(|id| !taken(id)) } else { None };
        let id = id.unwrap_or(read.id);
        let mut contest = Contest { id, title, options: read.options, ..Contest::default() };
        let stations = match read.table {
            Some(table) => Some(align(&mut contest, proved(table, report)?)),
            None => None,
        };
        contest.releases.push(Release { stations, ..read.release });
        complete(&mut contest);
        record.contests.push(contest);
    }
    Ok(())
}

fn proved(mut table: ImportedTable, report: &ReportFile) -> Result<ImportedTable, RecordError> {
    report.name().clone_into(&mut table.stations.input);
    table.prove().map_err(|error| RecordError::Import { file: report.name().to_owned(), error })?;
    Ok(table)
}

/// Reads a report, and notes what of it is not in the record.
fn taken(
    file: &InputFile,
    report: &ReportFile,
    reading: &mut Reading<'_>,
    opened: &mut OpenedRecord,
) -> Result<Results, RecordError> {
    let mut results = report.read()?;
    reading.note(file);
    for note in std::mem::take(&mut results.not_placed) {
        let NotPlaced { what, count, first } = note;
        let path = format!("{} ({first})", report.name());
        opened.set_aside.push(PassedOver { path, why: format!("{count} of: {what}") });
    }
    Ok(results)
}

/// What a report gives a described release: a table, and figures by the names of options.
pub(super) struct Part {
    pub(super) table: ImportedTable,
    pub(super) figures: Vec<(PublishedFigure, Option<String>)>,
}

/// Reads the contest that a description means from the only report of an input.
pub(super) fn part(
    input: &Input,
    report: &ReportFile,
    wanted: &Contest,
    reading: &mut Reading<'_>,
    opened: &mut OpenedRecord,
) -> Result<Part, RecordError> {
    let mut results = taken(&input.file, report, reading, opened)?;
    let is_wanted = |read: &ContestResults| read.id == wanted.id || read.title == wanted.title;
    let place = match results.contests.len() {
        1 => Some(0),
        _ => results.contests.iter().position(is_wanted),
    };
    let Some(place) = place else {
        let contests: Vec<String> =
            results.contests.iter().map(|read| format!("{:?} ({})", read.id, read.title)).collect();
        let (file, wanted) = (report.name().to_owned(), wanted.id.clone());
        return Err(RecordError::NoSuchContest { file, contests: contests.join(", "), wanted });
    };
    let read = results.contests.swap_remove(place);
    let name = |what: &Quantity| match what {
        Quantity::Votes(OptionId(at)) | Quantity::Share(OptionId(at)) => {
            read.options.get(*at).map(|option| option.name.clone())
        }
        _ => None,
    };
    let figures = read.release.figures.into_iter().map(|figure| {
        let option = name(&figure.what);
        (figure, option)
    });
    let figures = figures.collect();
    let mut table = read.table.unwrap_or_default();
    report.name().clone_into(&mut table.stations.input);
    Ok(Part { table, figures })
}

/// Puts figures beside a release, by the options of the contest.
pub(super) fn add_figures(contest: &mut Contest, release: &str, figures: Vec<(PublishedFigure, Option<String>)>) {
    let place = |name: &str| contest.options.iter().position(|option| option.name == name || option.id == name);
    let placed: Vec<PublishedFigure> = figures
        .into_iter()
        .filter_map(|(figure, option)| {
            let what = match (figure.what, option) {
                (Quantity::Votes(_), Some(name)) => Quantity::Votes(OptionId(place(&name)?)),
                (Quantity::Share(_), Some(name)) => Quantity::Share(OptionId(place(&name)?)),
                (what, _) => what,
            };
            Some(PublishedFigure { what, ..figure })
        })
        .collect();
    if let Some(known) = contest.releases.iter_mut().find(|known| known.id == release) {
        known.figures.extend(placed);
    }
}
