//! Why a log cannot be read or written, and what is wrong with one.

use std::io;
use std::path::Path;

use adil_log::tile::{BundleError, TileError};
use adil_log::tree::ProveError;
use adil_log::{CheckpointError, Hash, KeyName, NoteError};

/// A log that cannot be used as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// There is no log.
    #[error("{folder}: is not the folder of a log: it has no file \"checkpoint\", nor has a folder \"log\" in it")]
    NoLog {
        /// The folder.
        folder: String,
    },
    /// There is a log already, or tiles of one.
    #[error("{folder}: holds a log already, or files of one; give a folder that does not")]
    Exists {
        /// The folder.
        folder: String,
    },
    /// Another command works on it.
    #[error("{folder}: another command is working on this log; try again when it has ended")]
    Busy {
        /// The folder.
        folder: String,
    },
    /// A file cannot be read.
    #[error("{file}: cannot be read: {cause}")]
    CannotRead {
        /// The file.
        file: String,
        /// What the system says.
        cause: String,
    },
    /// A file cannot be written. What was there before is still there.
    #[error("{file}: cannot be written: {cause}; the log is as it was before")]
    CannotWrite {
        /// The file.
        file: String,
        /// What the system says.
        cause: String,
    },
    /// A file that the checkpoint asks for is not there.
    #[error("{file}: is not there, and the checkpoint states that it is")]
    Missing {
        /// The file.
        file: String,
    },
    /// The checkpoint cannot be read or believed.
    #[error("{file}: {error}")]
    Checkpoint {
        /// The file.
        file: String,
        /// What is wrong with it.
        error: CheckpointError,
    },
    /// A bundle cannot be taken apart, or an entry is too long for one.
    #[error("{file}: {error}")]
    Bundle {
        /// The file.
        file: String,
        /// What is wrong with it.
        error: BundleError,
    },
    /// A tile of another length.
    #[error("{file}: ends at byte {bytes}, and {expected} bytes were expected")]
    TileLength {
        /// The file.
        file: String,
        /// Its bytes.
        bytes: usize,
        /// The bytes that it should have.
        expected: usize,
    },
    /// The right edge of the tree is not that of the checkpoint.
    #[error(
        "{folder}: its last tiles give the root {found}, and its checkpoint states {stated}; nothing is written to it"
    )]
    Edge {
        /// The folder.
        folder: String,
        /// The root that the checkpoint states.
        stated: Hash,
        /// The root of the tiles.
        found: Hash,
    },
    /// The last bundle is not what the tiles have the hashes of.
    #[error(
        "{file}: entry {index} of the log is not the one that its hash in the tiles belongs to; nothing is written"
    )]
    EdgeEntry {
        /// The file.
        file: String,
        /// The number of the entry.
        index: u64,
    },
    /// Another key than the one that signed so far.
    #[error("{file}: is not signed by the key {name} that was given; a log goes on with the key that it began with")]
    OtherKey {
        /// The checkpoint.
        file: String,
        /// The name of the key.
        name: KeyName,
    },
    /// The key bears another name than the log.
    #[error("a log called {origin:?} is signed by a key of that name; the one given is called {name}")]
    KeyName {
        /// The log's name.
        origin: String,
        /// The name of the key.
        name: KeyName,
    },
    /// An entry or a proof that there cannot be.
    #[error("{folder}: {error}")]
    Prove {
        /// The folder.
        folder: String,
        /// Why not.
        error: ProveError<std::convert::Infallible>,
    },
    /// A note that cannot take more signatures.
    #[error("{file}: {error}")]
    Note {
        /// The checkpoint.
        file: String,
        /// What is wrong.
        error: NoteError,
    },
    /// An object has other contents than its name says.
    #[error("{file}: has other contents than those whose digest is its name; theirs is {found}")]
    Object {
        /// The file.
        file: String,
        /// The digest of its contents.
        found: String,
    },
    /// The memory of a witness cannot be read.
    #[error("{file}: {error}; a witness must not go on without what it has seen, so put back a copy of the file")]
    Seen {
        /// The file.
        file: String,
        /// What is wrong with it.
        error: adil_log::witness::SeenError,
    },
    /// The log cannot grow further.
    #[error("{folder}: has as many entries as a log can have")]
    Full {
        /// The folder.
        folder: String,
    },
}

/// What is wrong with a log: its files are not what its checkpoint states.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogFault {
    /// The files could not be looked at; nothing is said about the log.
    #[error(transparent)]
    Unreadable(LogError),
    /// A file is missing, too short or too long, or an object has other contents than its name says.
    #[error(transparent)]
    Damaged(LogError),
    /// The checkpoint is not signed as it should be.
    #[error("{file}: {error}")]
    Signature {
        /// The checkpoint.
        file: String,
        /// What is wrong with it.
        error: CheckpointError,
    },
    /// A hash of a tile of the lowest level is not that of its entry.
    #[error("{file}: the hash at byte {byte} is not that of entry {index}, which stands in {bundle}")]
    Leaf {
        /// The tile.
        file: String,
        /// Where the hash begins, from 0.
        byte: usize,
        /// The number of the entry.
        index: u64,
        /// The bundle with the entry.
        bundle: String,
    },
    /// A hash of a tile is not that of the tile below it.
    #[error("{file}: the hash at byte {byte} is not that of the tile {below}")]
    Node {
        /// The tile.
        file: String,
        /// Where the hash begins, from 0.
        byte: usize,
        /// The tile below.
        below: String,
    },
    /// The entries give another root.
    #[error("{file}: states the root {stated}, and the {size} entries have the root {found}")]
    Root {
        /// The checkpoint.
        file: String,
        /// Entries in the log.
        size: u64,
        /// The root that it states.
        stated: Hash,
        /// The root of the entries.
        found: Hash,
    },
    /// A file among the objects whose name is no digest.
    #[error("{file}: stands among the contents that are named by their digests, and its name is none")]
    Stray {
        /// The file.
        file: String,
    },
}

impl LogError {
    /// The error of reading a file: one that is not there is told apart.
    pub(super) fn reading(file: &Path, error: &io::Error) -> Self {
        let file = file.display().to_string();
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing { file },
            _ => Self::CannotRead { file, cause: error.to_string() },
        }
    }

    /// The error of writing a file.
    pub(super) fn writing(file: &Path, error: &io::Error) -> Self {
        Self::CannotWrite { file: file.display().to_string(), cause: error.to_string() }
    }

    /// The error of computing a proof in a folder.
    pub(super) fn proving(folder: &Path, error: ProveError<TileError<Self>>) -> Self {
        let folder = folder.display().to_string();
        let error = match error {
            ProveError::Source(TileError::Source(error)) => return error,
            ProveError::Source(TileError::Length { tile, bytes }) => {
                let expected = usize::from(tile.width) * Hash::BYTES;
                return Self::TileLength { file: tile.path(), bytes, expected };
            }
            ProveError::Source(TileError::NoSubtree { .. }) | ProveError::TooLarge => ProveError::TooLarge,
            ProveError::NoEntry { index, size } => ProveError::NoEntry { index, size },
            ProveError::Shrinks { old, new } => ProveError::Shrinks { old, new },
        };
        Self::Prove { folder, error }
    }

    /// Whether it tells of the log's contents, and not of the system or the call.
    pub(super) fn is_of_contents(&self) -> bool {
        matches!(self, Self::Missing { .. } | Self::Bundle { .. } | Self::TileLength { .. } | Self::Object { .. })
    }
}

impl From<LogError> for LogFault {
    fn from(error: LogError) -> Self {
        if error.is_of_contents() { Self::Damaged(error) } else { Self::Unreadable(error) }
    }
}
