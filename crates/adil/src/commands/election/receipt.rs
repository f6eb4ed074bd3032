//! A voter's receipt: a `.tlog-proof` that says that the ballot is in the log, and nothing of what it holds.

use std::path::{Path, PathBuf};

use adil_belenios::{digest, hexadecimal};
use adil_log::LogProof;

use crate::hold::HoldFailure;
use crate::hold::board::Board;
use crate::hold::files::{self, Readers};

/// The proof that an entry is in the log, with the election and the tracker beside it.
pub(crate) fn proof(board: &Board, index: u64, tracker: &str) -> Result<LogProof, HoldFailure> {
    let size = board.log.checkpoint().size;
    let hashes = board.log.inclusion(index, size).map_err(|error| HoldFailure::log(&board.path, error))?;
    let uuid = &board.polls.election().uuid;
    let extra = serde_json::json!({ "adil": "receipt/1", "uuid": uuid, "tracker": tracker });
    Ok(LogProof { extra: Some(extra.to_string().into_bytes()), index, hashes, note: board.log.note().clone() })
}

/// Saves the receipt, and beside it the entry that it is about, in a folder that is made where it is missing.
pub(super) fn save(
    board: &Board,
    folder: &Path,
    index: u64,
    tracker: &str,
    entry: &[u8],
) -> Result<PathBuf, HoldFailure> {
    std::fs::create_dir_all(folder).map_err(|error| HoldFailure::file(folder, error))?;
    // Trackers have characters that file names cannot have.
    let name = &hexadecimal(&digest(tracker.as_bytes()))[..16];
    let path = folder.join(format!("receipt-{name}.tlog-proof"));
    files::write(&folder.join(format!("receipt-{name}.entry")), entry, Readers::All)?;
    files::write(&path, proof(board, index, tracker)?.to_string().as_bytes(), Readers::All)?;
    Ok(path)
}
