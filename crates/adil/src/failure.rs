//! What ends a command with status 2.

use adil_check::LeaderUnknown;
use adil_open::RecordError;

use crate::commands::log::failure::LogFailure;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The paths are no record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A log, or what goes with it, cannot be used.
    #[error(transparent)]
    Log(#[from] LogFailure),
    /// The server cannot begin, or had to end.
    #[error("{0}")]
    Serve(String),
    /// `--leader` names nobody.
    #[error("--leader: {0}")]
    Leader(#[from] LeaderUnknown),
    /// A station that has no dossier.
    #[error(transparent)]
    Dossier(#[from] adil_check::DossierError),
    /// A name of a check that does not exist.
    #[error("no check is called {wanted:?}; the checks are {known}")]
    CheckUnknown {
        /// What was asked for.
        wanted: String,
        /// The names of all checks.
        known: String,
    },
    /// Nothing is left to run.
    #[error("--only and --skip leave no check to run")]
    NoCheck,
    /// A file cannot be written.
    #[error("{file}: cannot be written: {cause}")]
    CannotWrite {
        /// The file.
        file: String,
        /// What the system says.
        cause: String,
    },
    /// What was to be written would replace what is read.
    #[error("{file}: is part of the record and would be overwritten; give another name")]
    Overwrites {
        /// The file.
        file: String,
    },
    /// A name that cannot stand in a description.
    #[error("{file}: its name is not valid UTF-8, so that a description cannot name it; rename it first")]
    Unnameable {
        /// The file.
        file: String,
    },
    /// A file is in the way.
    #[error("{file}: is already there; give another name with --output, or --force to replace it")]
    Exists {
        /// The file.
        file: String,
    },
    /// A folder is in the way.
    #[error("{folder}: is not empty; name a new folder")]
    NotEmpty {
        /// The folder.
        folder: String,
    },
    /// An election cannot be simulated.
    #[error("{0}")]
    Simulate(String),
    /// A record cannot be written in a format of exchange.
    #[error("{0}")]
    Export(String),
    /// A quick count cannot be planned or drawn.
    #[error("{0}")]
    QuickCount(String),
    /// A form cannot be written.
    #[error("{0}")]
    Form(String),
    /// A board cannot be read.
    #[error("{file}: {error}")]
    Board {
        /// The file.
        file: String,
        /// Why.
        error: adil_belenios::ArchiveError,
    },
    /// A record with no board, or several, where one is to be verified in shards.
    #[error("--shard and --summary are for a record of one board; this one has {boards}")]
    NotOneBoard {
        /// How many boards there are.
        boards: usize,
    },
    /// A board's log cannot be read.
    #[error("{folder}: the log cannot be read: {cause}")]
    BoardLog {
        /// The folder.
        folder: String,
        /// Why.
        cause: String,
    },
    /// A file is no opened ballot.
    #[error("{file}: is no opened ballot: {cause}")]
    AuditedBallot {
        /// The file.
        file: String,
        /// What is wrong with it.
        cause: String,
    },
    /// `--audited-ballot` with no board, or with several.
    #[error("--audited-ballot: give the one board that the ballot was made for; the record has {boards}")]
    AuditedOfBoards {
        /// How many boards there are.
        boards: usize,
    },
    /// A summary cannot be read.
    #[error("{file}: is no summary of a shard: {cause}")]
    Summary {
        /// The file.
        file: String,
        /// What is wrong with it.
        cause: String,
    },
    /// Summaries do not belong together.
    #[error("--merge: {0}")]
    Merge(adil_belenios::MergeError),
    /// The environment asks for an arithmetic that this processor does not have.
    #[error("ADIL_ENGINE: {wanted:?} is not one of {known}, which this processor can run")]
    EngineUnknown {
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: String,
    },
    /// `--key` without a bundle.
    #[error("--key: no bundle is among the paths: a folder that `adil publish` made has bundle.note and manifest.json")]
    KeyWithoutBundle,
    /// `--tracker` without a board.
    #[error("--tracker: the record has no electronic ballot board")]
    TrackerWithoutBoard,
    /// A role's step in an election.
    #[error(transparent)]
    Hold(#[from] crate::hold::HoldFailure),
    /// The threads could not be started.
    #[error("--threads: {0}")]
    Threads(String),
}
