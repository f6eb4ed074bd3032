//! A voter's receipt: a `.tlog-proof` that says that the ballot is in the log, and nothing of what it holds.

use std::path::{Path, PathBuf};

use adil_belenios::{digest, hexadecimal};
use adil_log::LogProof;

use super::arguments::Receipt;
use super::ballots::Logged;
use crate::hold::HoldFailure;
use crate::hold::board::Board;
use crate::hold::files::{self, Readers};
use crate::hold::told::Told;

/// The proof that an entry is in the log, with the election and the tracker beside it.
pub(crate) fn proof(board: &Board, index: u64, tracker: &str) -> Result<LogProof, HoldFailure> {
    let size = board.log.checkpoint().size;
    let hashes = board.log.inclusion(index, size).map_err(|error| HoldFailure::log(&board.path, error))?;
    let uuid = &board.polls.election().uuid;
    let extra = serde_json::json!({ "adil": "receipt/1", "uuid": uuid, "tracker": tracker });
    Ok(LogProof { extra: Some(extra.to_string().into_bytes()), index, hashes, note: board.log.note().clone() })
}

/// `adil election receipt`: receipts once more, by the trackers of ballots that are in the log.
pub(super) fn run(arguments: &Receipt) -> Result<Told, HoldFailure> {
    let board = Board::open(&arguments.folder)?;
    let mut told = Told::default();
    for tracker in &arguments.trackers {
        let ballot = adil_belenios::of_base64(tracker).and_then(|hash| board.ledger.ballot(&hash));
        let index = ballot
            .ok_or_else(|| HoldFailure::Input(format!("{tracker}: no ballot of that tracker is in the log")))?
            .entry;
        let entry = board.log.entry(index).map_err(|error| HoldFailure::log(&board.path, error))?;
        let logged = Logged { index, tracker: tracker.clone(), entry };
        told = told.and(format!("{tracker}: entry {index} of the log"));
        told = told.and(format!("  receipt: {}", save(&board, &arguments.receipts, &logged)?.display()));
    }
    Ok(told)
}

/// Saves the receipt, and beside it the entry that it is about, in a folder that is made where it is missing.
///
/// A ballot is cast before its receipt is saved, and stays so where that fails: the failure says it.
pub(super) fn save(board: &Board, folder: &Path, cast: &Logged) -> Result<PathBuf, HoldFailure> {
    put(board, folder, cast).map_err(|error| {
        let Logged { index, tracker, .. } = cast;
        HoldFailure::Order(format!(
            "the ballot of tracker {tracker} is in the log as entry {index}, and only its receipt could not be saved: \
             {error}; `adil election receipt` does it once more"
        ))
    })
}

fn put(board: &Board, folder: &Path, cast: &Logged) -> Result<PathBuf, HoldFailure> {
    let Logged { index, tracker, entry } = cast;
    std::fs::create_dir_all(folder).map_err(|error| HoldFailure::file(folder, error))?;
    // Trackers have characters that file names cannot have.
    let name = &hexadecimal(&digest(tracker.as_bytes()))[..16];
    let path = folder.join(format!("receipt-{name}.tlog-proof"));
    let proof = proof(board, *index, tracker)?.to_string();
    files::write_together(&[
        (&folder.join(format!("receipt-{name}.entry")), entry, Readers::All),
        (&path, proof.as_bytes(), Readers::All),
    ])?;
    Ok(path)
}
