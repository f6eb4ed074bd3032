//! What ends a command of a role with status 2.

use adil_election::authority::RevocationError;
use adil_election::messages::DraftError;
use adil_election::sealed::SealedError;
use adil_election::setup::SetupError;
use adil_election::tallying::StepError;
use adil_election::trusteeship::TrusteeError;

/// Why a role's step could not be taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HoldFailure {
    /// A file or folder.
    #[error("{path}: {cause}")]
    File {
        /// Which.
        path: String,
        /// What the system says.
        cause: String,
    },
    /// A private file that others can read.
    #[error("{path}: holds a secret and can be read by others (mode {mode:o}); `chmod 600 {path}` first")]
    Exposed {
        /// Which.
        path: String,
        /// Its mode.
        mode: u32,
    },
    /// A folder that is there already.
    #[error("{path}: is there already; give another name")]
    Exists {
        /// Which.
        path: String,
    },
    /// Another command works on the folder.
    #[error("{path}: another command is working on it; try again when it has ended")]
    Locked {
        /// Which.
        path: String,
    },
    /// A file has another content than its role needs.
    #[error("{path}: {what} was expected; {found}")]
    Content {
        /// Which.
        path: String,
        /// What it should be.
        what: &'static str,
        /// What it is.
        found: String,
    },
    /// Several faults of one file, one in each line.
    #[error("{path}: {faults}")]
    Faults {
        /// Which.
        path: String,
        /// The faults.
        faults: String,
    },
    /// Something is to be done that needs something else first.
    #[error("{0}")]
    Order(String),
    /// What was typed.
    #[error("{0}")]
    Input(String),
    /// The log.
    #[error("{path}: {error}")]
    Log {
        /// Which.
        path: String,
        /// Why.
        error: adil_open::log::LogError,
    },
    /// The log of an election breaks its rules, so that nothing is added to it.
    #[error(
        "{path}: the log breaks rule {code} ({text}): {found}; nothing is added to it. `adil check` tells everything"
    )]
    Ledger {
        /// Which.
        path: String,
        /// The rule.
        code: &'static str,
        /// What it says.
        text: &'static str,
        /// What was found.
        found: String,
    },
    /// The setup.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The protocol's rules for a setup.
    #[error(transparent)]
    Rules(#[from] adil_belenios::hold::SetupFaults),
    /// A draft.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// A step of the tally.
    #[error(transparent)]
    Step(#[from] StepError),
    /// The tally.
    #[error(transparent)]
    Tally(#[from] adil_belenios::hold::TallyError),
    /// A trustee's step.
    #[error(transparent)]
    Trustee(#[from] TrusteeError),
    /// A sealed key.
    #[error("{path}: {error}")]
    Sealed {
        /// Which.
        path: String,
        /// Why.
        error: SealedError,
    },
    /// A revocation.
    #[error(transparent)]
    Revocation(#[from] RevocationError),
    /// A vote.
    #[error(transparent)]
    Vote(#[from] adil_belenios::hold::VoteError),
    /// A statement.
    #[error(transparent)]
    Statement(#[from] adil_election::statement::StatementError),
    /// A note.
    #[error(transparent)]
    Note(#[from] adil_log::NoteError),
    /// The archive.
    #[error(transparent)]
    Derive(#[from] adil_election::DeriveError),
    /// Ballots were refused.
    #[error("{refused} of {ballots} ballots were refused and not logged; the first: {first}")]
    Refused {
        /// How many.
        refused: usize,
        /// Of how many.
        ballots: usize,
        /// Why the first one was.
        first: String,
    },
}

impl HoldFailure {
    /// The failure of a file.
    pub(crate) fn file(path: &std::path::Path, cause: impl ToString) -> Self {
        Self::File { path: path.display().to_string(), cause: cause.to_string() }
    }

    /// The failure of a log.
    pub(crate) fn log(path: &std::path::Path, error: adil_open::log::LogError) -> Self {
        Self::Log { path: path.display().to_string(), error }
    }
}
