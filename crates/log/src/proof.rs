//! Proofs that an entry is in a log (C2SP tlog-proof), to be kept and checked without a connection.
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! extra <base64>                  (left out where there is nothing)
//! index <number of the entry>
//! <hashes from the leaf's sibling up, one a line>
//!
//! <the signed checkpoint>
//! ```

use std::fmt;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::hash::{Hash, leaf_hash};
use crate::lines;
use crate::note::{LONGEST_NOTE, Note, NoteError};
use crate::policy::{Met, Policy, PolicyFault};
use crate::tree::{LONGEST_PROOF, ProofMismatch, verify_inclusion};

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

/// The most bytes of extra data.
pub const LONGEST_EXTRA: usize = 65_536;

/// The most bytes of a proof that is read.
pub const LONGEST_FILE: usize = LONGEST_NOTE + 2 * LONGEST_EXTRA;

/// A proof as it is written. Nothing about it is verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogProof {
    /// Data of the application, which nobody has signed.
    pub extra: Option<Vec<u8>>,
    /// The number of the entry, from 0.
    pub index: u64,
    /// From the leaf's sibling to the child of the root.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint.
    pub note: Note,
}

/// A text that is no proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Too many bytes.
    #[error("the proof has {bytes} bytes; {LONGEST_FILE} are read at the most")]
    TooLong {
        /// Its bytes.
        bytes: usize,
    },
    /// Not a text.
    #[error("byte {byte} of the proof is not UTF-8 text")]
    NotUtf8 {
        /// Where, from 0.
        byte: usize,
    },
    /// Another first line.
    #[error("the first line is not {FIRST_LINE}")]
    FirstLine,
    /// No base64.
    #[error("the line \"extra\" is not followed by the base64 of at most {LONGEST_EXTRA} bytes")]
    Extra,
    /// No index.
    #[error("line {line} is not \"index\" with the number of an entry")]
    Index {
        /// Which line, from 1.
        line: usize,
    },
    /// No hash.
    #[error("line {line} is not the base64 of a hash of 32 bytes")]
    Hash {
        /// Which line, from 1.
        line: usize,
    },
    /// Too many hashes.
    #[error("the proof has more than {LONGEST_PROOF} hashes")]
    TooManyHashes,
    /// The file ends before the checkpoint.
    #[error("the proof ends before its checkpoint")]
    CutOff,
    /// The checkpoint is no note.
    #[error("the checkpoint of the proof cannot be read: {0}")]
    Note(#[from] NoteError),
}

/// Why a proof does not prove that an entry is in a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// The checkpoint is none.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint is not valid under the policy.
    #[error(transparent)]
    Policy(#[from] PolicyFault),
    /// The hashes do not lead to the root.
    #[error("the entry is not entry {index} of the log that the checkpoint states: {mismatch}")]
    Inclusion {
        /// The number of the entry.
        index: u64,
        /// What is found instead.
        mismatch: ProofMismatch,
    },
}

impl LogProof {
    /// Reads a proof.
    ///
    /// # Errors
    /// The text has another form.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProofError> {
        if bytes.len() > LONGEST_FILE {
            return Err(ProofError::TooLong { bytes: bytes.len() });
        }
        let text = str::from_utf8(bytes).map_err(|error| ProofError::NotUtf8 { byte: error.valid_up_to() })?;
        let rest = text.strip_prefix(FIRST_LINE).and_then(|rest| rest.strip_prefix('\n'));
        let mut rest = rest.ok_or(ProofError::FirstLine)?;
        let mut line = 1;
        let mut next = || {
            let (first, after) = rest.split_once('\n').ok_or(ProofError::CutOff)?;
            rest = after;
            line += 1;
            Ok::<_, ProofError>((line, first))
        };
        let (mut number, mut first) = next()?;
        let mut extra = None;
        if let Some(base64) = first.strip_prefix("extra ") {
            let bytes = lines::bytes(base64).filter(|bytes| bytes.len() <= LONGEST_EXTRA);
            extra = Some(bytes.ok_or(ProofError::Extra)?);
            (number, first) = next()?;
        }
        let index = first.strip_prefix("index ").and_then(lines::decimal);
        let index = index.ok_or(ProofError::Index { line: number })?;
        let mut hashes = Vec::new();
        loop {
            let (line, text) = next()?;
            match text {
                "" => break,
                _ if hashes.len() == LONGEST_PROOF => return Err(ProofError::TooManyHashes),
                hash => hashes.push(Hash::parse(hash).map_err(|_| ProofError::Hash { line })?),
            }
        }
        Ok(Self { extra, index, hashes, note: Note::parse(rest.as_bytes())? })
    }

    /// The checkpoint that the proof rests on, unverified.
    ///
    /// # Errors
    /// The note states none.
    pub fn checkpoint(&self) -> Result<Checkpoint, CheckpointError> {
        Checkpoint::of(&self.note)
    }

    /// Whether these bytes are the entry that the proof speaks of. Signatures are not looked at.
    ///
    /// # Errors
    /// The checkpoint is none, or the hashes do not lead to its root.
    pub fn includes(&self, entry: &[u8]) -> Result<Checkpoint, ProofFault> {
        self.includes_leaf(&leaf_hash(entry))
    }

    /// Whether the entry with this leaf hash is the one that the proof speaks of. Signatures are not looked at.
    ///
    /// # Errors
    /// The checkpoint is none, or the hashes do not lead to its root.
    pub fn includes_leaf(&self, leaf: &Hash) -> Result<Checkpoint, ProofFault> {
        let checkpoint = self.checkpoint()?;
        verify_inclusion(leaf, self.index, checkpoint.size, &checkpoint.root, &self.hashes)
            .map_err(|mismatch| ProofFault::Inclusion { index: self.index, mismatch })?;
        Ok(checkpoint)
    }

    /// Whether these bytes are an entry of a log of the policy, cosigned as it wants.
    ///
    /// # Errors
    /// The checkpoint is not valid under the policy, or the hashes do not lead to its root.
    pub fn verify<'p>(&self, entry: &[u8], policy: &'p Policy) -> Result<Met<'p>, ProofFault> {
        let met = policy.is_met(&self.note)?;
        self.includes(entry)?;
        Ok(met)
    }
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", lines::base64(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}
