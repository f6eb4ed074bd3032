//! The methods, and what must hold of one before anything is counted.

use crate::CountError;

/// The most candidates that one question may have; the strongest paths of so many take 10^8 steps.
pub const MAX_CANDIDATES: usize = 500;

/// The most grades of a majority judgment.
pub const MAX_GRADES: usize = 100;

/// How ballots are turned into an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Method {
    /// The most votes win, a vote for one candidate each (rules K10 to K12).
    Plurality {
        /// Seats to fill, 1 to the number of candidates.
        seats: u32,
    },
    /// The most approvals win; a voter may approve of any number of candidates (rules K10 to K12).
    Approval {
        /// Seats to fill, 1 to the number of candidates.
        seats: u32,
    },
    /// The strongest paths of pairwise victories (Schulze 2011; rules K20 to K24).
    Schulze {
        /// Whether a ballot of zeros is blank and set aside.
        blank: bool,
    },
    /// The single transferable vote, weighted inclusive Gregory transfers (rules K40 to K47).
    Stv {
        /// Seats to fill, 1 to the number of candidates.
        seats: u32,
        /// Whether a ballot of zeros is blank and set aside; if not, it counts towards the quota.
        blank: bool,
    },
    /// The highest majority grade (Balinski and Laraki 2007; rules K30 to K34).
    MajorityJudgment {
        /// The names of the grades, the best first; 1 to [`MAX_GRADES`] of them.
        grades: Vec<String>,
        /// Whether a ballot of zeros is blank and set aside; if not, it is invalid.
        blank: bool,
        /// Which grade is the middle one of an even number. [`Middle::Lower`] is the method as published.
        middle: Middle,
    },
}

/// Which of the two middle grades of an even number is taken (rule K32). It matters with any number of ballots: taking
/// grades away makes odd numbers even.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Middle {
    /// The worse one: the majority grade as Balinski and Laraki define it.
    Lower,
    /// The better one, as `belenios-tool` counts.
    Upper,
}

impl Method {
    /// The method's name, for reports and records.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Plurality { .. } => "plurality",
            Self::Approval { .. } => "approval",
            Self::Schulze { .. } => "schulze",
            Self::Stv { .. } => "stv",
            Self::MajorityJudgment { .. } => "majority-judgment",
        }
    }

    /// How many seats are filled; `None` where the method ranks and fills none.
    pub fn seats(&self) -> Option<u32> {
        match self {
            Self::Plurality { seats } | Self::Approval { seats } | Self::Stv { seats, .. } => Some(*seats),
            Self::Schulze { .. } | Self::MajorityJudgment { .. } => None,
        }
    }

    /// Tests rules K1 and K2 for a question of so many candidates.
    pub(crate) fn fits(&self, candidates: usize) -> Result<(), CountError> {
        if candidates == 0 {
            return Err(CountError::NoCandidates);
        }
        if candidates > MAX_CANDIDATES {
            return Err(CountError::TooManyCandidates { candidates });
        }
        if let Some(seats) = self.seats()
            && (seats == 0 || usize::try_from(seats).map_or(true, |seats| seats > candidates))
        {
            return Err(CountError::Seats { seats, candidates });
        }
        match self {
            Self::MajorityJudgment { grades, .. } if grades.is_empty() || grades.len() > MAX_GRADES => {
                Err(CountError::Grades { grades: grades.len() })
            }
            _ => Ok(()),
        }
    }
}
