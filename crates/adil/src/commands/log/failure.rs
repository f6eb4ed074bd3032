//! What ends `adil log` with status 2.

use adil_log::witness::ReplyError;
use adil_log::{CheckpointError, KeyError, NoteError, PolicyError, ProofError};
use adil_open::log::LogError;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LogFailure {
    /// A log cannot be used.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A key that is none.
    #[error("{given}: {error}")]
    Key {
        /// The option, or the file.
        given: String,
        /// What is wrong with it.
        error: KeyError,
    },
    /// A file that cannot be read.
    #[error("{file}: cannot be read: {cause}")]
    CannotRead {
        /// The file.
        file: String,
        /// What the system says.
        cause: String,
    },
    /// A file that is larger than anything of its kind.
    #[error("{file}: has more than {most} bytes, and cannot be {what}")]
    TooLarge {
        /// The file.
        file: String,
        /// The most bytes.
        most: usize,
        /// What it should be.
        what: &'static str,
    },
    /// A file that is no policy.
    #[error("{file}: {error}")]
    Policy {
        /// The file.
        file: String,
        /// What is wrong with it.
        error: PolicyError,
    },
    /// A file that is no proof.
    #[error("{file}: {error}")]
    Proof {
        /// The file.
        file: String,
        /// What is wrong with it.
        error: ProofError,
    },
    /// A file that is no note.
    #[error("{file}: {error}")]
    Note {
        /// The file.
        file: String,
        /// What is wrong with it.
        error: NoteError,
    },
    /// A file that is no checkpoint, or one that is not signed as it should be.
    #[error("{file}: {error}")]
    Checkpoint {
        /// The file.
        file: String,
        /// What is wrong with it.
        error: CheckpointError,
    },
    /// Extra data that is no base64.
    #[error("--extra: is not base64 of at most {most} bytes")]
    Extra {
        /// The most bytes.
        most: usize,
    },
    /// Checkpoints of different logs.
    #[error("the checkpoints are of different logs, {one} and {other}; nothing follows from comparing them")]
    OtherLogs {
        /// A log's name.
        one: String,
        /// Another's.
        other: String,
    },
    /// Checkpoints that cannot be compared without the log.
    #[error(
        "the checkpoints are of {small} and {large} entries; whether one log is behind both can only be told with its \
         hashes: give a copy of its folder with --log"
    )]
    NeedsLog {
        /// Entries of the smaller one.
        small: u64,
        /// Entries of the larger one.
        large: u64,
    },
    /// A copy of the log that is too old.
    #[error("{folder}: is a copy of {found} entries, and {wanted} are needed; take a newer copy")]
    OldCopy {
        /// The folder.
        folder: String,
        /// Its entries.
        found: u64,
        /// Entries needed.
        wanted: u64,
    },
    /// A copy of the log that is damaged.
    #[error(
        "{folder}: its hashes do not lead to its own checkpoint, so nothing can be told with it; see `adil log fsck`"
    )]
    DamagedCopy {
        /// The folder.
        folder: String,
    },
    /// A key file that is there already.
    #[error("{file}: is there already, and a secret key is never replaced; give another name")]
    KeyExists {
        /// The file.
        file: String,
    },
    /// No random numbers.
    #[error("the system gives no random numbers: {0}")]
    Random(String),
    /// An address that cannot be listened on.
    #[error("--listen {address}: {cause}")]
    Listen {
        /// The address.
        address: String,
        /// What the system says.
        cause: String,
    },
    /// A clock that is not right.
    #[error("the clock of this machine stands before 1970; a witness needs the time")]
    Clock,
    /// An address that is none of a witness.
    #[error("--witness {url}: is not an address of the form http://host:port/path")]
    Url {
        /// The address.
        url: String,
    },
    /// A witness that cannot be asked.
    #[error("--witness {url}: {cause}")]
    Witness {
        /// The address.
        url: String,
        /// What happened.
        cause: String,
    },
    /// A witness that answers something that it should not.
    #[error("--witness {url}: {error}")]
    Reply {
        /// The address.
        url: String,
        /// What is wrong with the answer.
        error: ReplyError,
    },
    /// A witness that does not cosign.
    #[error("--witness {url}: it does not cosign (status {status}): {why}")]
    Refused {
        /// The address.
        url: String,
        /// The status code.
        status: u16,
        /// What it says.
        why: String,
    },
    /// A witness that has seen more than the copy has.
    #[error(
        "{folder}: has {found} entries, and the witness has cosigned {seen} of this log; this is an old copy, or entries \
         were lost"
    )]
    Behind {
        /// The folder.
        folder: String,
        /// Its entries.
        found: u64,
        /// Entries that the witness has seen.
        seen: u64,
    },
}
