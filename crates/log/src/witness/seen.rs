//! What a witness remembers: for every log the last checkpoint that it cosigned.
//!
//! It is written as the first three lines of each checkpoint, with an empty line after each.

use std::collections::BTreeMap;
use std::fmt;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::hash::Hash;

/// The last checkpoint of a log that was cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The log's name.
    pub origin: String,
    /// Its entries.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

/// The last checkpoints of all logs that a witness knows, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeenLogs(BTreeMap<String, Seen>);

/// A text that is no memory of a witness.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeenError {
    /// One of its parts is no checkpoint.
    #[error("part {number} of what the witness has seen cannot be read: {error}")]
    Part {
        /// Which part, from 1.
        number: usize,
        /// What is wrong with it.
        error: CheckpointError,
    },
    /// A log stands there twice.
    #[error("what the witness has seen names the log {origin} twice")]
    Twice {
        /// The log's name.
        origin: String,
    },
    /// It ends within a part.
    #[error("what the witness has seen is cut off: its last line is not empty")]
    CutOff,
}

impl SeenLogs {
    /// What is remembered of a log.
    pub fn get(&self, origin: &str) -> Option<&Seen> {
        self.0.get(origin)
    }

    /// Remembers a checkpoint instead of the earlier one of its log.
    pub fn put(&mut self, seen: Seen) {
        self.0.insert(seen.origin.clone(), seen);
    }

    /// All that is remembered, by the logs' names.
    pub fn iter(&self) -> impl Iterator<Item = &Seen> {
        self.0.values()
    }

    /// Reads the text.
    ///
    /// # Errors
    /// The text has another form: a witness must not go on as if it had seen nothing.
    pub fn parse(text: &str) -> Result<Self, SeenError> {
        let mut seen = Self::default();
        let mut rest = text;
        for number in 1.. {
            if rest.is_empty() {
                break;
            }
            let end = rest.find("\n\n").ok_or(SeenError::CutOff)?;
            let part = Checkpoint::parse(&rest[..=end]).map_err(|error| SeenError::Part { number, error })?;
            rest = &rest[end + 2..];
            let Checkpoint { origin, size, root, .. } = part;
            if seen.0.contains_key(&origin) {
                return Err(SeenError::Twice { origin });
            }
            seen.put(Seen { origin, size, root });
        }
        Ok(seen)
    }
}

impl fmt::Display for SeenLogs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|seen| write!(f, "{}\n{}\n{}\n\n", seen.origin, seen.size, seen.root))
    }
}
