//! The verdicts, and when each may be used.

use std::fmt;

/// The name of a check: its folder and file, e.g. `stations/integers`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckId(pub &'static str);

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What a finding asserts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Follows by proof, or by arithmetic that cannot fail.
    Proven,
    /// Tested against a calibrated null, with shown power, and inside it.
    Unremarkable,
    /// Outside a calibrated null, at a stated error rate.
    Anomalous,
    /// Cannot be true as stated: two statements exclude each other.
    Contradicted(Whose),
    /// None of the above is claimed; the reason says why.
    Undecided(Reason),
}

/// Whose statement is contradicted. Only the organisers' decides the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// Those who ran the election: a commission, a board.
    Organisers,
    /// Anyone else: newspapers, encyclopaedias, parties, pollsters.
    ThirdParties,
}

/// Why no verdict is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Numbers only; nothing was tested.
    Descriptive,
    /// No calibrated null exists yet for this statistic.
    NoNull,
    /// The data cannot tell the explanations apart.
    NotIdentified,
    /// The columns or tables that the check needs are absent.
    NoData,
    /// A test was possible but could not have seen an effect of interest.
    NoPower,
    /// Releases differ, which may be honest.
    Changed,
}

impl Verdict {
    /// The name used in `--json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Unremarkable => "unremarkable",
            Self::Anomalous => "anomalous",
            Self::Contradicted(_) => "contradicted",
            Self::Undecided(_) => "undecided",
        }
    }

    /// The reason, for an undecided verdict.
    pub fn reason(self) -> Option<Reason> {
        match self {
            Self::Undecided(reason) => Some(reason),
            _ => None,
        }
    }

    /// Whether this verdict alone makes the exit status 1.
    pub fn contradicts_organisers(self) -> bool {
        self == Self::Contradicted(Whose::Organisers)
    }
}

impl Whose {
    /// The name used in `--json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Organisers => "organisers",
            Self::ThirdParties => "third-parties",
        }
    }
}

impl Reason {
    /// The name used in `--json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Descriptive => "descriptive",
            Self::NoNull => "no-null",
            Self::NotIdentified => "not-identified",
            Self::NoData => "no-data",
            Self::NoPower => "no-power",
            Self::Changed => "changed",
        }
    }
}
