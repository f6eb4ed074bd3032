//! How a log reads what a witness answers.

use super::SIZE_TYPE;
use crate::lines;
use crate::note::{Algorithm, Note, NoteError, SignatureLine, VerifierKey};

/// What a witness answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// These cosignatures, each verified.
    Cosigned(Vec<SignatureLine>),
    /// It has seen another size than the one it was told.
    Conflict {
        /// The size that it has seen.
        size: u64,
    },
    /// It does not cosign.
    Refused {
        /// The status code.
        status: u16,
        /// The beginning of what it says, to be shown.
        why: String,
    },
}

/// An answer that no witness gives.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// Not a text.
    #[error("the answer of the witness is not UTF-8 text")]
    NotUtf8,
    /// No lines with signatures.
    #[error("the answer of the witness is not made of lines with signatures: {0}")]
    Lines(NoteError),
    /// A cosignature that does not hold.
    #[error("the answer of the witness does not hold: {0}")]
    Signature(NoteError),
    /// Nothing from a known witness.
    #[error("the answer has no cosignature of a witness whose key is known")]
    Unknown,
    /// No size.
    #[error("the witness has seen another size, and does not say which")]
    Size,
}

/// Reads the answer to a checkpoint that was sent; cosignatures of other keys than `witnesses` are ignored.
///
/// # Errors
/// The answer has another form, a cosignature does not hold, or none is of a known witness.
pub fn read_reply(
    status: u16,
    content_type: Option<&str>,
    body: &[u8],
    sent: &Note,
    witnesses: &[VerifierKey],
) -> Result<Reply, ReplyError> {
    let text = || str::from_utf8(body).map_err(|_| ReplyError::NotUtf8);
    let is_size = content_type.is_some_and(|found| found.split(';').next().map(str::trim) == Some(SIZE_TYPE));
    match status {
        200 => cosigned(text()?, sent, witnesses).map(Reply::Cosigned),
        409 if is_size => {
            let size = text()?.strip_suffix('\n').and_then(lines::decimal).ok_or(ReplyError::Size)?;
            Ok(Reply::Conflict { size })
        }
        _ => Ok(Reply::Refused { status, why: lines::shown(String::from_utf8_lossy(body).trim_end()) }),
    }
}

fn cosigned(body: &str, sent: &Note, witnesses: &[VerifierKey]) -> Result<Vec<SignatureLine>, ReplyError> {
    let mut answered = Note::unsigned(sent.text().to_owned()).map_err(ReplyError::Lines)?;
    for line in body.lines() {
        let line = SignatureLine::parse(line).map_err(ReplyError::Lines)?;
        answered.add(line).map_err(ReplyError::Lines)?;
    }
    let keys = || witnesses.iter().filter(|key| key.algorithm() == Algorithm::Cosignature);
    answered.verify(keys()).map_err(ReplyError::Signature)?;
    let is_known = |line: &&SignatureLine| keys().any(|key| key.made(line));
    let held: Vec<SignatureLine> = answered.signatures().iter().filter(is_known).cloned().collect();
    if held.is_empty() { Err(ReplyError::Unknown) } else { Ok(held) }
}
