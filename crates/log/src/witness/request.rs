//! What a log sends to a witness.
//!
//! ```text
//! old <size of the checkpoint that the witness has seen>
//! <hashes of the consistency proof, one a line>
//!
//! <the signed checkpoint>
//! ```

use std::fmt;

use crate::hash::Hash;
use crate::lines;
use crate::note::{LONGEST_NOTE, Note, NoteError};
use crate::tree::LONGEST_PROOF;

/// The most bytes of a request.
pub const LONGEST_REQUEST: usize = LONGEST_NOTE + 45 * (LONGEST_PROOF + 1);

/// A checkpoint to be cosigned, with the proof that it continues one that was cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// Entries in the checkpoint that the witness cosigned last, 0 for none.
    pub old_size: u64,
    /// The consistency proof.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub note: Note,
}

/// A text that is no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Too many bytes.
    #[error("the request has {bytes} bytes; {LONGEST_REQUEST} are read at the most")]
    TooLong {
        /// Its bytes.
        bytes: usize,
    },
    /// Not a text.
    #[error("byte {byte} of the request is not UTF-8 text")]
    NotUtf8 {
        /// Where, from 0.
        byte: usize,
    },
    /// No old size.
    #[error("the first line of the request is not \"old\" with a number of entries")]
    OldSize,
    /// No hash.
    #[error("line {line} of the request is not the base64 of a hash of 32 bytes")]
    Hash {
        /// Which line, from 1.
        line: usize,
    },
    /// Too many hashes.
    #[error("the request has more than {LONGEST_PROOF} hashes")]
    TooManyHashes,
    /// It ends before the checkpoint.
    #[error("the request ends before its checkpoint")]
    CutOff,
    /// The checkpoint is no note.
    #[error("the checkpoint of the request cannot be read: {0}")]
    Note(#[from] NoteError),
}

impl AddCheckpoint {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// The text has another form.
    pub fn parse(bytes: &[u8]) -> Result<Self, RequestError> {
        if bytes.len() > LONGEST_REQUEST {
            return Err(RequestError::TooLong { bytes: bytes.len() });
        }
        let text = str::from_utf8(bytes).map_err(|error| RequestError::NotUtf8 { byte: error.valid_up_to() })?;
        let (first, mut rest) = text.split_once('\n').ok_or(RequestError::OldSize)?;
        let old_size = first.strip_prefix("old ").and_then(lines::decimal).ok_or(RequestError::OldSize)?;
        let mut proof = Vec::new();
        for line in 2.. {
            let (hash, after) = rest.split_once('\n').ok_or(RequestError::CutOff)?;
            rest = after;
            match hash {
                "" => break,
                _ if proof.len() == LONGEST_PROOF => return Err(RequestError::TooManyHashes),
                hash => proof.push(Hash::parse(hash).map_err(|_| RequestError::Hash { line })?),
            }
        }
        Ok(Self { old_size, proof, note: Note::parse(rest.as_bytes())? })
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old_size)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}
