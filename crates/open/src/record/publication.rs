//! A described record, opened to be rewritten for everybody.

use std::path::{Path, PathBuf};

use adil_record::Description;

use super::reading::{Progress, Reading};
use super::{BoardLog, OpenedRecord, RecordError, beside, described};
use crate::detect::DESCRIPTION;
use crate::{Input, Limits, OpenError, OpenedBoard, read_text};

/// A described record with what is needed to rewrite it.
#[derive(Debug)]
pub struct ForPublication {
    /// The folder of the description.
    pub folder: PathBuf,
    /// The description as it stands.
    pub text: String,
    /// The same, read.
    pub description: Description,
    /// The record.
    pub opened: OpenedRecord,
    /// The board of each `[[board]]`, with its log.
    pub boards: Vec<OpenedBoard>,
    /// The pseudonyms of each `[[observers]]`, by number: for the private file of whoever publishes, and for nothing else.
    pub pseudonyms: Vec<Vec<String>>,
}

/// Opens a described record: a folder with an `election.toml`, or that file.
///
/// # Errors
/// There is no description, or something that it names cannot be read.
pub fn open_for_publication(
    path: &Path,
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<ForPublication, RecordError> {
    let file = if path.is_dir() { path.join(DESCRIPTION) } else { path.to_owned() };
    if !file.is_file() || file.extension().is_none_or(|extension| extension != "toml") {
        return Err(RecordError::NotDescribed { path: path.display().to_string() });
    }
    let (text, input) = read_text(&file, limits)?;
    let in_file = |error| RecordError::Description { file: input.path.clone(), error };
    let description = Description::parse(&text).map_err(in_file)?;
    let (mut opened, mut reading) = (OpenedRecord::default(), Reading::new(limits, progress));
    reading.pseudonyms = Some(Vec::new());
    described::read(&file, &mut reading, &mut opened)?;
    opened.record.inputs = std::mem::take(&mut reading.inputs);
    let folder = file.parent().unwrap_or(Path::new(".")).to_owned();
    let mut boards = Vec::new();
    for of in &description.board {
        let path = beside(&folder, &of.file);
        let mut found = Input::open(&path, limits)?.boards;
        let (1, Some(mut board)) = (found.len(), found.pop()) else {
            return Err(RecordError::LogOfSeveral { file: path.display().to_string(), boards: found.len() + 1 });
        };
        if let Some(log) = &of.log {
            board.log = Some(BoardLog::open(&beside(&folder, log), &board.file, limits)?);
        }
        boards.push(board);
    }
    let pseudonyms = reading.pseudonyms.unwrap_or_default();
    Ok(ForPublication { folder, text, description, opened, boards, pseudonyms })
}

impl ForPublication {
    /// The path of a file that the description names.
    pub fn beside(&self, file: &str) -> PathBuf {
        beside(&self.folder, file)
    }

    /// A file that can be copied as it is, with its SHA-256 as it was read: an archive with other files in it is refused, since nobody
    /// has looked at them.
    ///
    /// # Errors
    /// It cannot be read, or holds other files.
    pub fn copied(&self, file: &str, limits: &Limits) -> Result<(PathBuf, String), RecordError> {
        self.copied_from(&self.beside(file), limits)
    }

    /// The same, by its path.
    ///
    /// # Errors
    /// It cannot be read, or holds other files.
    pub fn copied_from(&self, path: &Path, limits: &Limits) -> Result<(PathBuf, String), RecordError> {
        let path = path.to_owned();
        let input = Input::of_tables(&path, limits)?;
        let others = (input.tables.len() + input.boards.len() + input.passed_over.len()).saturating_sub(1);
        let is_workbook = input.tables.first().is_some_and(|table| table.sheet().is_some());
        if others > 0 && (!is_workbook || !input.passed_over.is_empty()) {
            return Err(RecordError::OtherParts { file: input.file.path, others });
        }
        match self.opened.record.inputs.iter().find(|read| read.path == input.file.path) {
            Some(read) if read.sha256 != input.file.sha256 => Err(OpenError::Changed { file: input.file.path }.into()),
            _ => Ok((path, input.file.sha256)),
        }
    }
}
