//! The archive as a function of the log: `counted(log)`, with a fresh chain of events.
//!
//! The log says more than the protocol's archive can hold; the archive is what other programs verify. It has every
//! ballot of the log that is not set aside, in the order of the log, and everything that follows the closing. Its time
//! is that of the setup. The same log gives the same bytes.

use std::io::{self, Write};

use adil_belenios::{ArchiveWriter, EventKind, hexadecimal};

use crate::entry::{Entry, LoggedBallot};
use crate::ledger::{Contents, Ledger, Owned, Phase};
use crate::statement::Content;

/// Why no archive follows from a log.
#[derive(Debug, thiserror::Error)]
pub enum DeriveError {
    /// Something cannot be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The log has no setup.
    #[error("the log does not begin with the setup of an election")]
    NoSetup,
    /// What the log names by its digest is not there.
    #[error("the record {} is named in the log and is not kept beside it", hexadecimal(.0))]
    Missing([u8; 32]),
}

/// Writes the archive that follows from the log that a ledger was read from. `entries` are its entries once more, from
/// the first.
///
/// # Errors
/// The log has no setup, or something cannot be read or written.
pub fn derive<W: Write>(
    ledger: &Ledger,
    entries: impl IntoIterator<Item = io::Result<Vec<u8>>>,
    contents: &dyn Contents,
    to: W,
) -> Result<W, DeriveError> {
    let setup = ledger.setup.as_ref().ok_or(DeriveError::NoSetup)?;
    let content = |content: &Content| -> Result<Vec<u8>, DeriveError> {
        contents.content(content)?.ok_or(DeriveError::Missing(content.sha256))
    };
    let mut archive = ArchiveWriter::new(to, setup.time)?;
    archive.setup(&content(&setup.election)?, &content(&setup.trustees)?, &content(&setup.credentials)?)?;
    let not_counted = ledger.not_counted();
    let mut counted = ledger.ballots().iter().zip(&not_counted).filter(|(_, why)| why.is_none());
    let mut next = counted.next();
    for (index, entry) in (0..).zip(entries) {
        let entry = entry?;
        if next.is_none_or(|(ballot, _)| ballot.entry != index) {
            if next.is_none() {
                break;
            }
            continue;
        }
        match Entry::parse(&entry) {
            Ok(Entry::Ballot { ballot: LoggedBallot::Inline(bytes), .. }) => {
                archive.event(EventKind::Ballot, &[bytes])?;
            }
            Ok(Entry::Ballot { ballot: LoggedBallot::Object(object), .. }) => {
                archive.event(EventKind::Ballot, &[&content(&object)?])?;
            }
            _ => return Err(io::Error::other("the log has changed since it was first read").into()),
        }
        next = counted.next();
    }
    if ledger.phase() >= Phase::Closed {
        archive.event(EventKind::EndBallots, &[])?;
    }
    if let Some((tally, sized)) = &ledger.tally {
        archive.event(EventKind::EncryptedTally, &[&content(tally)?, &content(sized)?])?;
    }
    let owned = |of: &Owned| owned_record(of.owner, &of.content);
    for shuffle in &ledger.shuffles {
        archive.event(EventKind::Shuffle, &[&content(&shuffle.content)?, owned(shuffle).as_bytes()])?;
    }
    if !ledger.shuffles.is_empty() && ledger.phase() >= Phase::Decrypting {
        archive.event(EventKind::EndShuffles, &[])?;
    }
    for decryption in &ledger.decryptions {
        archive.event(EventKind::PartialDecryption, &[&content(&decryption.content)?, owned(decryption).as_bytes()])?;
    }
    if let Some(result) = &ledger.result {
        archive.event(EventKind::Result, &[&content(result)?])?;
    }
    Ok(archive.finish())
}

/// Whose record it is.
fn owned_record(owner: u64, content: &Content) -> String {
    format!(r#"{{"owner":{owner},"payload":"{}"}}"#, hexadecimal(&content.sha256))
}
