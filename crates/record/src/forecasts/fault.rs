//! Why a line of a file of forecasts is set aside.

use super::Moment;

/// The rule that a line breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForecastFault {
    /// The line is no JSON object of a known kind, or has other fields than its kind.
    #[error("is no commitment and no reveal: {0}")]
    Syntax(String),
    /// The contest is not described.
    #[error("names the contest {0:?}, which is not described")]
    Contest(String),
    /// The pseudonym cannot be one.
    #[error("the forecaster's name is not 1 to 64 letters, digits, dashes, underscores and dots")]
    Forecaster,
    /// The time is none.
    #[error("{0:?} is no time; one is written like 2026-11-25T20:00:00Z or 2026-11-25T20:00+05:00")]
    Time(String),
    /// The digest or nonce is none.
    #[error("the {0} is not 64 digits of 0-9 and a-f")]
    Hex(&'static str),
    /// A commitment at or after the close.
    #[error("the commitment is of {time}, and the close was at {close}")]
    Closed {
        /// When it was made.
        time: Moment,
        /// The close.
        close: Moment,
    },
    /// The same commitment stands before.
    #[error("the same commitment stands in line {line}")]
    Repeated {
        /// Where.
        line: usize,
    },
    /// A commitment behind a reveal was added when it was open what it should say.
    #[error("the commitment stands behind the first reveal, in line {line}")]
    BehindReveal {
        /// Where the reveal stands.
        line: usize,
    },
    /// A commitment that is older than one before it.
    #[error("the commitment is of {time}, and the forecaster's one before it of {before}")]
    GoesBack {
        /// Its time.
        time: Moment,
        /// The time of the one before.
        before: Moment,
    },
    /// A reveal before the close.
    #[error("the reveal is of {time}, before the close at {close}")]
    Early {
        /// When it was made.
        time: Moment,
        /// The close.
        close: Moment,
    },
    /// A reveal after the last moment for it.
    #[error("the reveal is of {time}, and the last moment for it was {until}")]
    Late {
        /// When it was made.
        time: Moment,
        /// Until when it was possible.
        until: Moment,
    },
    /// A reveal by somebody who never committed.
    #[error("the forecaster made no commitment that counts")]
    NoCommitment,
    /// Forecast and nonce are not what was committed to.
    #[error("forecast and nonce give the digest {digest}, which is no commitment of this forecaster")]
    Digest {
        /// The digest.
        digest: String,
    },
    /// The commitment was revealed before.
    #[error("the commitment was revealed in line {line}")]
    Revealed {
        /// Where.
        line: usize,
    },
    /// A forecast of nothing.
    #[error("the forecast has no winner, no shares and no turnout")]
    Nothing,
    /// An option that is not described.
    #[error("the forecast names the option {0:?}, which is not described")]
    Option(String),
    /// A number that is no fraction.
    #[error("{0} is no fraction from 0 to 1 with at most 9 decimals")]
    Fraction(String),
    /// Probabilities that are none.
    #[error("the probabilities of the winner are together {0}, not 1")]
    Sum(String),
    /// A distribution that is none.
    #[error("the distribution of {what} {fault}")]
    Distribution {
        /// Of what it is: an option, or turnout.
        what: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// Shares that cannot be parts of a whole.
    #[error("the shares {0}")]
    Shares(&'static str),
}

impl ForecastFault {
    /// The number of the rule in `docs/spec/forecasts.md`.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "F2",
            Self::Contest(_) => "F3",
            Self::Forecaster => "F4",
            Self::Time(_) => "F5",
            Self::Hex(_) => "F6",
            Self::Closed { .. } => "F7",
            Self::Repeated { .. } => "F8",
            Self::BehindReveal { .. } => "F9",
            Self::GoesBack { .. } => "F10",
            Self::Early { .. } | Self::Late { .. } => "F11",
            Self::NoCommitment => "F12",
            Self::Digest { .. } => "F13",
            Self::Revealed { .. } => "F14",
            Self::Nothing | Self::Option(_) => "F15",
            Self::Fraction(_) => "F16",
            Self::Sum(_) => "F17",
            Self::Distribution { .. } => "F18",
            Self::Shares(_) => "F19",
        }
    }
}
