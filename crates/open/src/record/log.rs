//! The transparency log of a board: where it is, and of which state of it the board was made.

use std::path::{Path, PathBuf};

use adil_finding::{InputFile, PassedOver};
use adil_log::{Checkpoint, Note};

use super::{RecordError, stem};
use crate::log::{LogError, LogFolder, read_checkpoint};
use crate::stored::Stored;
use crate::{Folder, Limits};

/// The log of a board. Nothing of it is verified yet.
#[derive(Debug, Clone)]
pub struct BoardLog {
    /// The folder, as given.
    pub folder: PathBuf,
    /// The log, or why it is none: its checkpoint is there and cannot be read as one.
    pub log: Result<LogFolder, LogError>,
    /// The checkpoint of the archive, `election.checkpoint` of `election.bel`: the state of the log that the archive was
    /// made of, where it is not the whole one.
    pub archived: Option<Result<(Note, Checkpoint), LogError>>,
    /// The files with the checkpoints, which stand for the log: they vouch for every entry.
    pub inputs: Vec<InputFile>,
}

/// The file with the log's checkpoint.
const CHECKPOINT: &str = "checkpoint";

impl BoardLog {
    /// Opens the log in a folder, or in the folder `log` in it, of the board in a file.
    ///
    /// # Errors
    /// There is none, or it cannot be read. That its checkpoint is broken is no error: it is evidence.
    pub(super) fn open(folder: &Path, board: &InputFile, limits: &Limits) -> Result<Self, RecordError> {
        let log = evidence(LogFolder::open(folder))?;
        let within = match &log {
            Ok(log) => log.path().join(CHECKPOINT),
            Err(LogError::Checkpoint { file, .. }) => PathBuf::from(file),
            Err(_) => folder.join(CHECKPOINT),
        };
        let mut inputs = vec![Stored::take(&within, limits)?.1];
        let beside = Path::new(&board.path).with_file_name(format!("{}.{CHECKPOINT}", stem(board)));
        let mut archived = None;
        if beside.is_file() {
            inputs.push(Stored::take(&beside, limits)?.1);
            archived = Some(evidence(read_checkpoint(&beside))?.map(|(_, note, checkpoint)| (note, checkpoint)));
        }
        Ok(Self { folder: folder.to_owned(), log, archived, inputs })
    }
}

/// Tells what cannot be read from what can be read and is no checkpoint.
fn evidence<T>(read: Result<T, LogError>) -> Result<Result<T, LogError>, LogError> {
    match read {
        Err(error) if !matches!(error, LogError::Checkpoint { .. }) => Err(error),
        read => Ok(read),
    }
}

/// Gives the log of a folder to the one board in it. What is left over is named as such.
///
/// # Errors
/// The log cannot be read.
pub(super) fn of_folder(folder: &mut Folder, own: &Path, limits: &Limits) -> Result<Vec<PassedOver>, RecordError> {
    let mut logs = std::mem::take(&mut folder.logs);
    let mut boards: Vec<_> = folder.inputs.iter_mut().flat_map(|input| &mut input.boards).collect();
    let is_one = boards.iter().all(|board| Some(board.contents()) == boards.first().map(|first| first.contents()));
    if let (true, Some(board), Some(at)) = (is_one, boards.first_mut(), logs.iter().position(|log| log == own)) {
        let log = BoardLog::open(&logs.remove(at), &board.file, limits)?;
        let is_input = |name: &str| log.inputs.iter().any(|input| input.path == name);
        folder.passed_over.retain(|passed| !is_input(&passed.name));
        board.log = Some(log);
    }
    let why = "the folder of a log, which is read with the one board beside it or where a description names it";
    Ok(logs.iter().map(|log| PassedOver { path: log.display().to_string(), why: why.to_owned() }).collect())
}
