//! `adil election publish`: the archive that follows from the log.

use std::path::{Path, PathBuf};

use adil_election::derive;
use adil_election::ledger::Phase;

use super::arguments::Publish;
use crate::hold::HoldFailure;
use crate::hold::board::{Board, Objects, entries};
use crate::hold::files::{self, Prepared, Readers};
use crate::hold::told::Told;

pub(super) fn run(arguments: &Publish) -> Result<Told, HoldFailure> {
    let board = Board::open(&arguments.folder)?;
    let is_provisional = board.ledger.phase() < Phase::Closed;
    let name = if is_provisional { "election-provisional.bel" } else { "election.bel" };
    let to = arguments.to.clone().unwrap_or_else(|| arguments.folder.join(name));
    let (bytes, checkpoint) = write(&board, &to)?;
    let beside = describe(&arguments.folder, &to, &board)?;
    let shown = to.display();
    let mut told =
        Told::done(format!("{shown}: {bytes} bytes, derived from the log of {} entries.", board.ledger.size()));
    if is_provisional {
        told = told.and(format!(
            "It is provisional: voting is open, and ballots in it may still be set aside. {} says from which checkpoint \
             of the log it was derived.",
            checkpoint.display()
        ));
    }
    told = told
        .publish(format!("{shown} and {}", checkpoint.display()))
        .publish(format!("{}/log", arguments.folder.display()));
    if let Some(description) = beside {
        told = told.publish(format!(
            "{}: names the board and its log, so that both are checked together",
            description.display()
        ));
    }
    Ok(told
        .next(format!("Anybody: adil check {}", arguments.folder.display()))
        .next(format!("Anybody, with another program: belenios-tool election verify, on {shown}")))
}

/// Writes the archive, and the checkpoint that it was derived from beside it.
pub(crate) fn write(board: &Board, to: &Path) -> Result<(usize, PathBuf), HoldFailure> {
    let archive = derive(&board.ledger, entries(&board.log), &Objects(&board.log), Vec::new())?;
    let checkpoint = to.with_extension("checkpoint");
    let archived = Prepared::write(to, &archive, Readers::All)?;
    let beside = Prepared::write(&checkpoint, board.log.note_text().as_bytes(), Readers::All)?;
    // Stopped in between, the archive has no checkpoint beside it, rather than that of another archive.
    match std::fs::remove_file(&checkpoint) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(HoldFailure::file(&checkpoint, error));
        }
        _ => {}
    }
    archived.put()?;
    beside.put()?;
    Ok((archive.len(), checkpoint))
}

/// Writes an election.toml into a folder that has the log and the archive, and no description yet.
pub(crate) fn describe(folder: &Path, archive: &Path, board: &Board) -> Result<Option<PathBuf>, HoldFailure> {
    let description = folder.join("election.toml");
    let is_beside = archive.parent() == Some(folder) && board.path == folder.join("log");
    if description.exists() || !is_beside || board.ledger.phase() < Phase::Closed {
        return Ok(None);
    }
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let name = archive.file_name().unwrap_or_default().to_string_lossy();
    let text = format!(
        "title = {}\n\n[[board]]\nfile = {}\nlog = \"log\"\n",
        quoted(&board.polls.election().name),
        quoted(&name)
    );
    files::write(&description, text.as_bytes(), Readers::All)?;
    Ok(Some(description))
}
