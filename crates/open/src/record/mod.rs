//! From paths to a record: the last step of the edge.
//!
//! A path is a described record (`election.toml`, or a folder with one), a known table, the board of an electronic
//! election, or a folder of these. Several paths are one record.

mod copies;
mod described;
mod forecasts;
pub(crate) mod forms;
mod known;
mod log;
mod look;
mod maps;
mod observers;
mod publication;
mod quick_count;
mod reading;
mod reports;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use adil_finding::{InputFile, PassedOver};
use adil_record::{Contest, ContestOption, Counts, DescriptionError, ImportError, ImportedTable, OptionId, Record};

use crate::detect::DESCRIPTION;
use crate::folder::LOG;
use crate::log::LogError;
use crate::stored::STANDARD_INPUT;
use crate::{Folder, Input, Limits, OpenError, OpenedBoard};
pub use forecasts::open_forecasts;
pub use forms::open_form;
pub use log::BoardLog;
pub use look::{Looked, Proposal, look_at_table};
pub use publication::{ForPublication, open_for_publication};
pub use quick_count::{ReportsFile, add_options, open_design, open_frame, open_quick_count, open_sizes};
pub use reading::Progress;
use reading::Reading;

/// Why paths are no record.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RecordError {
    /// A file cannot be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A description cannot be used.
    #[error("{file}: {error}")]
    Description {
        /// The file.
        file: String,
        /// What is wrong in it.
        error: DescriptionError,
    },
    /// A table cannot be read with its map.
    #[error("{file}: {error}")]
    Import {
        /// The table, with the part of an archive or the sheet.
        file: String,
        /// What is wrong.
        error: ImportError,
    },
    /// A report in a format of exchange cannot be used.
    #[error(transparent)]
    Report(#[from] crate::ReportError),
    /// A report has several contests, and none is the one that the description means.
    #[error("{file}: has the contests {contests}; none of them has the id or the title of the contest {wanted:?}")]
    NoSuchContest {
        /// The report.
        file: String,
        /// The contests it has.
        contests: String,
        /// The contest of the description.
        wanted: String,
    },
    /// No built-in map knows a table.
    #[error(
        "{file}: its columns are those of no known table ({columns}); `adil init {path}` looks at it and writes a \
         description, which `adil check` then reads"
    )]
    Unknown {
        /// The table, with the part of an archive or the sheet.
        file: String,
        /// The file's path, for the command.
        path: String,
        /// Its first columns.
        columns: String,
    },
    /// Nothing can be proposed for a table.
    #[error("{file}: {error}")]
    Guess {
        /// The table, with the part of an archive or the sheet.
        file: String,
        /// What is wrong with it.
        error: adil_record::GuessError,
    },
    /// No part or sheet of a file has the name that was asked for.
    #[error("{file}: has no sheet or part with that name; it has {names}")]
    NoSuchPart {
        /// The file.
        file: String,
        /// The sheets or parts it has.
        names: String,
    },
    /// A table ends before the row that is to be its header.
    #[error("{file}: has no row {row}, which the description names as its header-row")]
    NoHeaderRow {
        /// The table, with the part of an archive or the sheet.
        file: String,
        /// The row.
        row: u64,
    },
    /// A path, or a table of a release, was given before.
    #[error("{file}: is the same as {first}, and its votes would be counted twice; give it once")]
    SameTable {
        /// The path, or the table with the part of an archive or the sheet.
        file: String,
        /// The one given before.
        first: String,
    },
    /// A description names a sheet or part that is not there.
    #[error("{file}: holds no table that the description's map fits ({columns})")]
    NoTableFits {
        /// The file.
        file: String,
        /// What there is.
        columns: String,
    },
    /// A frame, a design or reports of a quick count cannot be used.
    #[error("{file}: {error}")]
    QuickCount {
        /// The file.
        file: String,
        /// What is wrong in it.
        error: adil_record::QuickCountError,
    },
    /// Observers' forms, incidents or drawings cannot be used.
    #[error("{file}: {fault}")]
    Observers {
        /// The file.
        file: String,
        /// What is wrong in it.
        fault: String,
    },
    /// A map cannot be used.
    #[error("{file}: {fault}")]
    Map {
        /// The file.
        file: String,
        /// What is wrong in it.
        fault: String,
    },
    /// Copies of protocols cannot be read.
    #[error("{file}: {error}")]
    Copies {
        /// The file.
        file: String,
        /// What is wrong in it.
        error: adil_record::CopiesError,
    },
    /// A description names a file as a board that is none.
    #[error("{file}: is named as a [[board]], and holds no ballot archive")]
    NoBoard {
        /// The file.
        file: String,
    },
    /// A bundle that is not as its manifest says cannot be read either.
    #[error("{error} (the bundle is not as its manifest says: {path})")]
    InBundle {
        /// Why it cannot be read.
        error: Box<RecordError>,
        /// The first file that departs from the manifest.
        path: String,
    },
    /// Only a described record can be published.
    #[error("{path}: has no election.toml, which says what is to be published; `adil init TABLE` writes one")]
    NotDescribed {
        /// The path.
        path: String,
    },
    /// A file to be copied holds more than the record reads of it.
    #[error(
        "{file}: holds {others} other files beside the one that the record reads, and would be copied with them; unpack it, and name the file in the description"
    )]
    OtherParts {
        /// The file.
        file: String,
        /// How many others.
        others: usize,
    },
    /// A log cannot be read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A log is named for a file that is not one board.
    #[error("{file}: is named with a log, which is that of one board, and holds {boards}")]
    LogOfSeveral {
        /// The file.
        file: String,
        /// How many boards it holds.
        boards: usize,
    },
    /// No table of the folders is known.
    #[error(
        "{paths}: holds no known results table and no ballot archive; none of its {files} files could be used (the first \
         is {first}). `adil init TABLE` looks at a table and writes a description, which `adil check` then reads"
    )]
    Nothing {
        /// The folders.
        paths: String,
        /// How many files were looked at.
        files: usize,
        /// The first of them, and why it could not be used.
        first: String,
    },
    /// Known tables, but none of them has votes.
    #[error("{file}: belongs to a known family, but holds no votes by itself; give the folder with all its files")]
    NoVotes {
        /// The file.
        file: String,
    },
}

/// A record and what of the paths is not in it.
#[derive(Debug, Clone, Default)]
pub struct OpenedRecord {
    /// The record.
    pub record: Record,
    /// The boards of electronic elections that are part of it. A record may have nothing else.
    pub boards: Vec<OpenedBoard>,
    /// Files that are neither results tables nor boards.
    pub set_aside: Vec<PassedOver>,
}

/// Reads the record at some paths.
///
/// # Errors
/// A path cannot be read; a description or table is broken; a table given by name is unknown.
pub fn open_record(paths: &[PathBuf], limits: &Limits, progress: &dyn Progress) -> Result<OpenedRecord, RecordError> {
    let mut opened = OpenedRecord::default();
    let mut reading = Reading::new(limits, progress);
    let mut loose = Vec::new();
    refuse_twice(paths)?;
    for path in paths {
        if path == Path::new(STANDARD_INPUT) {
            loose.push((Input::open(path, limits)?, Given::ByName));
        } else if path.is_dir() {
            let mut folder = Folder::open(path, limits)?;
            match folder.description.take() {
                Some(description) => described::read(&description, &mut reading, &mut opened)?,
                None => {
                    let others = log::of_folder(&mut folder, &path.join(LOG), limits)?;
                    opened.set_aside.extend(others);
                    let why = |passed: &crate::PassedOver| passed.why.to_string();
                    let passed = folder.passed_over.iter();
                    opened
                        .set_aside
                        .extend(passed.map(|passed| PassedOver { path: passed.name.clone(), why: why(passed) }));
                    loose.extend(folder.inputs.into_iter().map(|input| (input, Given::InFolder)));
                }
            }
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            described::read(path, &mut reading, &mut opened)?;
        } else {
            loose.push((Input::open(path, limits)?, Given::ByName));
        }
    }
    known::read(loose, &mut reading, &mut opened)?;
    if opened.record.contests.is_empty() && opened.boards.is_empty() {
        return Err(nothing(paths, &opened.set_aside));
    }
    if opened.record.title.is_empty() {
        opened.record.title = title_of(&opened, paths);
    }
    opened.record.inputs = reading.inputs;
    Ok(opened)
}

/// Refuses paths that lead to one file or folder; a folder and its own `election.toml` are one record, too.
fn refuse_twice(paths: &[PathBuf]) -> Result<(), RecordError> {
    let mut known = BTreeMap::new();
    for path in paths {
        // What is not there is told by the reading; standard input is the same however often it is given.
        let real = if path == Path::new(STANDARD_INPUT) { Ok(path.clone()) } else { path.canonicalize() };
        let Ok(real) = real else { continue };
        let described = real.is_dir().then(|| real.join(DESCRIPTION)).filter(|description| description.is_file());
        if let Some(first) = known.insert(described.unwrap_or(real), path) {
            let [file, first] = [path, first].map(|path: &PathBuf| path.display().to_string());
            return Err(RecordError::SameTable { file, first });
        }
    }
    Ok(())
}

/// Folders without a known table.
fn nothing(paths: &[PathBuf], set_aside: &[PassedOver]) -> RecordError {
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let first = set_aside.first().map_or(String::new(), |first| format!("{}: {}", first.path, first.why));
    RecordError::Nothing { paths: paths.join(", "), files: set_aside.len(), first }
}

/// How a path came into the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    /// By its name: it must be usable.
    ByName,
    /// By its folder: it may be set aside.
    InFolder,
}

/// A title where none is described: that of the only contest, or the names of the boards' files without their endings.
fn title_of(opened: &OpenedRecord, paths: &[PathBuf]) -> String {
    match opened.record.contests.as_slice() {
        [only] => only.title.clone(),
        [] => {
            let names = opened.boards.iter().map(|board| match board.file.path.as_str() {
                STANDARD_INPUT => "standard input".to_owned(),
                _ => stem(&board.file),
            });
            names.collect::<Vec<_>>().join(", ")
        }
        _ => {
            let names = paths.iter().map(|path| file_name(path));
            names.collect::<Vec<_>>().join(", ")
        }
    }
}

/// A file of a description. A file that is called as standard input is on the command line is a file here.
fn beside(folder: &Path, file: &str) -> PathBuf {
    let path = folder.join(file);
    if path == Path::new(STANDARD_INPUT) { Path::new(".").join(path) } else { path }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The file's own name without its endings: `2011` of `russia/2011.csv.zip`.
fn stem(file: &InputFile) -> String {
    let name = file_name(Path::new(&file.path));
    let endings = [".gz", ".zip", ".bel", ".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xls", ".ods", ".parquet"];
    let mut stem = name.as_str();
    while let Some(shorter) =
        endings.iter().find_map(|ending| stem.strip_suffix(ending)).filter(|short| !short.is_empty())
    {
        stem = shorter;
    }
    stem.to_owned()
}

/// Puts a table's options in the order of the contest, adding those that the contest does not have yet.
fn align(contest: &mut Contest, table: ImportedTable) -> adil_record::StationTable {
    let ImportedTable { mut stations, options } = table;
    let mut places = Vec::with_capacity(options.len());
    for name in options {
        let known = contest.options.iter().position(|option| option.name == name || option.id == name);
        places.push(known.unwrap_or_else(|| {
            let id = name.clone();
            contest.options.push(ContestOption { id, name, incumbent: false });
            contest.options.len() - 1
        }));
    }
    let rows = stations.len();
    let unknown = || -> Counts { std::iter::repeat_n(None, rows).collect() };
    let mut votes: Vec<Counts> = contest.options.iter().map(|_| unknown()).collect();
    for (place, counts) in places.into_iter().zip(std::mem::take(&mut stations.votes)) {
        // Columns of one name are one option: codes under which one party stood, say.
        let known = &mut votes[OptionId(place).0];
        let both = known.iter().zip(counts.iter());
        *known =
            both.map(|(known, more)| known.zip(more).map(|(a, b)| a.saturating_add(b)).or(known).or(more)).collect();
    }
    stations.votes = votes;
    stations
}

/// Gives every table of the contest a column for each of its options.
fn complete(contest: &mut Contest) {
    let count = contest.options.len();
    for table in contest.releases.iter_mut().filter_map(|release| release.stations.as_mut()) {
        let rows = table.len();
        table.votes.resize_with(count, || std::iter::repeat_n(None, rows).collect());
    }
}

impl OpenedRecord {
    /// Adds boards. Of one that is there already only the copy is noted: it would be checked twice, and say the same.
    fn add_boards(&mut self, boards: Vec<OpenedBoard>, reading: &mut Reading<'_>) {
        for board in boards {
            match self.boards.iter_mut().find(|known| known.contents() == board.contents()) {
                Some(first) => {
                    let why = format!("a copy of {}", first.name());
                    self.set_aside.push(PassedOver { path: board.name().to_owned(), why });
                    if let (None, Some(log)) = (&first.log, board.log) {
                        log.inputs.iter().for_each(|input| reading.note(input));
                        first.log = Some(log);
                    }
                }
                None => {
                    reading.note(&board.file);
                    board.log.iter().flat_map(|log| &log.inputs).for_each(|input| reading.note(input));
                    self.boards.push(board);
                }
            }
        }
    }
}

/// The first columns of a header, for a message.
fn shown(columns: &[String]) -> String {
    const SHOWN: usize = 8;
    let mut list = columns.iter().take(SHOWN).map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    if columns.len() > SHOWN {
        list.push_str(&format!(" and {} more", columns.len() - SHOWN));
    }
    list
}
