//! Frames, designs and reports of quick counts, from their files.

use std::path::Path;

use adil_finding::InputFile;
use adil_record::{
    Contest, ContestOption, DescribedQuickCount, Design, Frame, FrameColumns, Headers, OneOrMany, OptionId, QuickCount,
    QuickCountError, Reports, SampleCount, Visits,
};

use super::RecordError;
use super::reading::Within;
use crate::{Declared, Input, Limits, OpenError, Opened, read_text};

/// Where reports of a quick count are, and how they are read.
#[derive(Debug, Clone, Default)]
pub struct ReportsFile<'a> {
    /// The columns that name a station; those of the design where none are named.
    pub station: Option<OneOrMany<String>>,
    /// The columns of votes; all that are nothing else where none is named.
    pub options: &'a [String],
    /// Columns that are no votes, besides those that the design names.
    pub others: Vec<String>,
}

/// Reads a sampling frame.
///
/// # Errors
/// The file holds no table, or the table is no frame with these columns.
pub fn open_frame(path: &Path, columns: &FrameColumns, limits: &Limits) -> Result<(Frame, InputFile), RecordError> {
    let (mut opened, mut file, name) = first_table(path, limits)?;
    let headers = header(&opened);
    let digest = file.sha256.clone();
    let frame = Frame::read(&mut Within::new(&mut opened, &headers), columns, digest).map_err(in_file(&name))?;
    file.rows = Some(frame.stations.len() as u64);
    Ok((frame, file))
}

/// Reads a design and the frame that it names, which lies beside it, and holds them against each other.
///
/// # Errors
/// A file cannot be read, the design is none, or the frame is another than the one it was published for.
pub fn open_design(path: &Path, limits: &Limits) -> Result<(Design, Frame, [InputFile; 2]), RecordError> {
    let (text, file) = read_text(path, limits)?;
    let design = Design::parse(&text).map_err(in_file(&file.path))?;
    let beside = path.parent().unwrap_or(Path::new(".")).join(&design.frame);
    let (frame, of_frame) = open_frame(&beside, &design.columns(), limits)?;
    adil_record::draw(&design, &frame).map_err(in_file(&of_frame.path))?;
    Ok((design, frame, [file, of_frame]))
}

/// Reads the reports of a quick count: a sample where there is a design, else visits.
///
/// # Errors
/// A file cannot be read, or is not what it should be.
pub fn open_quick_count(
    design: Option<&Path>,
    results: &Path,
    how: &ReportsFile<'_>,
    limits: &Limits,
) -> Result<(QuickCount, Vec<InputFile>), RecordError> {
    let mut inputs = Vec::new();
    let opened_design = match design {
        Some(path) => {
            let (design, frame, files) = open_design(path, limits)?;
            inputs.extend(files);
            Some((design, frame))
        }
        None => None,
    };
    let own = || opened_design.as_ref().map(|(design, _)| design.station.clone());
    let station = how.station.clone().or_else(own).unwrap_or_else(|| OneOrMany::One("station".to_owned()));
    let mut others = how.others.clone();
    if let Some((design, _)) = &opened_design {
        others.extend([&design.strata, &design.clusters, &design.register].into_iter().flatten().cloned());
    }
    let (mut opened, mut file, name) = first_table(results, limits)?;
    let headers = header(&opened);
    let mut rows = Within::new(&mut opened, &headers);
    let reports = Reports::read(&mut rows, &station, how.options, &others, &name).map_err(in_file(&name))?;
    file.rows = Some(reports.stations.len() as u64);
    inputs.push(file);
    let count = match opened_design {
        Some((design, frame)) => {
            let sample = SampleCount::new(&design, frame, reports).map_err(in_file(&name))?;
            QuickCount::Sample(Box::new(sample))
        }
        None => QuickCount::Visits(Visits { reports }),
    };
    Ok((count, inputs))
}

/// Reads a quick count that a description names, and the options that it adds.
pub(super) fn described(
    described: &DescribedQuickCount,
    folder: &Path,
    contest: &mut Contest,
    limits: &Limits,
) -> Result<Vec<InputFile>, RecordError> {
    let design = described.design.as_ref().map(|design| folder.join(design));
    let how = ReportsFile { station: described.station.clone(), options: &described.option, ..ReportsFile::default() };
    let (mut count, inputs) = open_quick_count(design.as_deref(), &folder.join(&described.results), &how, limits)?;
    add_options(contest, count.reports_mut());
    contest.quick_counts.push((described.publisher.clone(), count));
    Ok(inputs)
}

/// Finds the options of reports in a contest, by name or identifier, and adds those that it does not have.
pub fn add_options(contest: &mut Contest, reports: &mut Reports) {
    reports.options = (reports.names.iter())
        .map(|name| {
            let known = contest.options.iter().position(|option| option.name == *name || option.id == *name);
            OptionId(known.unwrap_or_else(|| {
                let option = ContestOption { id: name.clone(), name: name.clone(), incumbent: false };
                contest.options.push(option);
                contest.options.len() - 1
            }))
        })
        .collect();
    // Tables have a column for every option of their contest.
    super::complete(contest);
}

pub(super) fn first_table(path: &Path, limits: &Limits) -> Result<(Opened, InputFile, String), RecordError> {
    let input = Input::of_tables(path, limits)?;
    let name = input.file.path.clone();
    let table = input.tables.first().ok_or(OpenError::Empty { file: name })?;
    Ok((table.open(&Declared::default())?, input.file, table.name().to_owned()))
}

/// The first row, as a header.
pub(super) fn header(opened: &Opened) -> Headers {
    opened.peek().first().map_or_else(|| Headers::new(&adil_record::Cells::default()), |(_, cells)| Headers::new(cells))
}

fn in_file(file: &str) -> impl FnOnce(QuickCountError) -> RecordError + use<> {
    let file = file.to_owned();
    move |error| RecordError::QuickCount { file, error }
}

/// Reads sizes by stratum: a table with the columns `stratum` and `drawn`. In the order of the frame's strata; 0 for one that the
/// table does not have.
///
/// # Errors
/// The file holds no table, or the table lacks a column or has a cell that is no count.
pub fn open_sizes(path: &Path, frame: &Frame, limits: &Limits) -> Result<Vec<u64>, RecordError> {
    let (mut opened, _, name) = first_table(path, limits)?;
    let headers = header(&opened);
    adil_record::read_sizes(&mut Within::new(&mut opened, &headers), frame).map_err(in_file(&name))
}
