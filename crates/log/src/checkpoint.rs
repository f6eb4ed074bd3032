//! Checkpoints (C2SP tlog-checkpoint): what a log signs.
//!
//! ```text
//! <origin>
//! <number of entries>
//! <root in base64>
//! <extension lines, if any>
//! ```

use std::fmt;

use crate::hash::Hash;
use crate::lines;
use crate::note::{Note, NoteError, Signed, VerifierKey};
use crate::tree::LARGEST_SIZE;

/// The longest origin in bytes.
pub const LONGEST_ORIGIN: usize = 1_000;

/// Which log, how large, and with which root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// Entries in the log.
    pub size: u64,
    /// The root of its tree.
    pub root: Hash,
    /// Lines that mean nothing here. None is empty or has a newline.
    pub extensions: Vec<String>,
}

/// A text that is no checkpoint, or one that must not be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// No signed note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Fewer than three lines, or no newline at the end.
    #[error("a checkpoint has at least three lines: origin, size and root")]
    TooShort,
    /// No origin.
    #[error("the first line of the checkpoint, its origin, is empty or longer than {LONGEST_ORIGIN} bytes")]
    Origin,
    /// No size.
    #[error("the second line of the checkpoint, \"{found}\", is not a number of entries, 0 to {LARGEST_SIZE}")]
    Size {
        /// The beginning of the line.
        found: String,
    },
    /// No root.
    #[error("the third line of the checkpoint, \"{found}\", is not the base64 of a hash of 32 bytes")]
    Root {
        /// The beginning of the line.
        found: String,
    },
    /// An empty line, or a control character.
    #[error("line {line} of the checkpoint is empty or has a control character")]
    Extension {
        /// Which line, from 1.
        line: usize,
    },
    /// A log without entries has one root only.
    #[error("the checkpoint states no entries, and another root than that of no entries")]
    EmptyRoot,
    /// No key that is known signed it.
    #[error("the checkpoint of {origin} is not signed by any of the keys that are known")]
    Unsigned {
        /// The log's name.
        origin: String,
    },
}

impl Checkpoint {
    /// Reads the text of a checkpoint, without signatures.
    ///
    /// # Errors
    /// The text has another form.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(CheckpointError::TooShort)?.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(CheckpointError::TooShort);
        };
        if !is_origin(origin) {
            return Err(CheckpointError::Origin);
        }
        let number = lines::decimal(size).filter(|&number| number <= LARGEST_SIZE);
        let size = number.ok_or_else(|| CheckpointError::Size { found: lines::shown(size) })?;
        let root = Hash::parse(root).map_err(|_| CheckpointError::Root { found: lines::shown(root) })?;
        if size == 0 && root != Hash::of_nothing() {
            return Err(CheckpointError::EmptyRoot);
        }
        let mut extensions = Vec::new();
        for (line, text) in (4..).zip(lines) {
            if text.is_empty() || text.chars().any(char::is_control) {
                return Err(CheckpointError::Extension { line });
            }
            extensions.push(text.to_owned());
        }
        Ok(Self { origin: origin.to_owned(), size, root, extensions })
    }

    /// Reads the checkpoint that a note states.
    ///
    /// # Errors
    /// The text of the note is no checkpoint.
    pub fn of(note: &Note) -> Result<Self, CheckpointError> {
        Self::parse(note.text())
    }

    /// The checkpoint that a note states, and the keys that hold, of these; at least one of them is one that signs logs
    /// and bears the origin as its name.
    ///
    /// # Errors
    /// The note states no checkpoint, a signature of one of the keys does not hold, or none of them signed it.
    pub fn signed<'k>(note: &Note, keys: &'k [VerifierKey]) -> Result<(Self, Vec<Signed<'k>>), CheckpointError> {
        let checkpoint = Self::of(note)?;
        let held = note.verify(keys)?;
        let by_log = |signed: &Signed<'_>| {
            signed.key.algorithm() == crate::note::Algorithm::Ed25519 && signed.key.name().as_str() == checkpoint.origin
        };
        if !held.iter().any(by_log) {
            return Err(CheckpointError::Unsigned { origin: checkpoint.origin });
        }
        Ok((checkpoint, held))
    }

    /// A note with this text and no signature.
    ///
    /// # Errors
    /// The origin or an extension line has a control character.
    pub fn note(&self) -> Result<Note, NoteError> {
        Note::unsigned(self.to_string())
    }
}

/// Whether a log can have this name: not empty, not too long, no control characters.
pub fn is_origin(name: &str) -> bool {
    !name.is_empty() && name.len() <= LONGEST_ORIGIN && !name.chars().any(char::is_control)
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
