//! How far an election has come, from the first thought to the result:
//!
//! ```text
//! Preparing ──fix──► SettingUp ──open──► Open ──close──► Closed ──► Shuffling ──► Decrypting ──► Finished
//!     ▲                  │                 (Closed and Shuffling: the tally is there; Shuffling only with ranked or
//!     └──────undo────────┘                  graded questions)
//! ```

use adil_election::ledger::Phase;

/// How far an election has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The organiser writes questions, voters and roles; everything can be changed.
    Preparing,
    /// The questions are fixed; the authority makes codes, the trustees keys.
    SettingUp,
    /// Ballots are accepted.
    Open,
    /// Voting is over; the encrypted tally is published, or about to be.
    Closed,
    /// Trustees shuffle.
    Shuffling,
    /// Trustees decrypt.
    Decrypting,
    /// The result is published.
    Finished,
}

impl Stage {
    /// The stage of an election that has no log yet.
    pub fn before_the_log(is_fixed: bool) -> Self {
        if is_fixed { Self::SettingUp } else { Self::Preparing }
    }

    /// The stage that a log has come to. `shuffles_needed` and `shuffled`: how many shuffles there are to be, and are.
    pub fn of(phase: Phase, shuffles_needed: usize, shuffled: usize) -> Self {
        match phase {
            Phase::Empty | Phase::SetUp | Phase::Listed => Self::SettingUp,
            Phase::Open => Self::Open,
            Phase::Closed => Self::Closed,
            Phase::Tallied | Phase::Shuffled if shuffled < shuffles_needed => Self::Shuffling,
            Phase::Tallied | Phase::Shuffled | Phase::Decrypting => Self::Decrypting,
            Phase::Finished => Self::Finished,
        }
    }

    /// The key of its name in the texts.
    pub fn key(self) -> &'static str {
        match self {
            Self::Preparing => "stage-preparing",
            Self::SettingUp => "stage-setting-up",
            Self::Open => "stage-open",
            Self::Closed => "stage-closed",
            Self::Shuffling => "stage-shuffling",
            Self::Decrypting => "stage-decrypting",
            Self::Finished => "stage-finished",
        }
    }
}
