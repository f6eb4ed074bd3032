//! What a caller can get wrong about a contrast.

/// Why a contrast could not be made. All are the caller's, none is a property of honest data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ContrastError {
    /// Two columns that belong together have different lengths.
    Lengths {
        /// Units expected.
        expected: usize,
        /// Units found.
        found: usize,
    },
    /// A number that must be finite is not; the unit, pair or set it stands at.
    NotFinite(usize),
    /// A set, by its number, has no control.
    NoControls(usize),
    /// There is nothing to compare.
    Empty,
    /// More of a stratum are to be treated than it has clusters.
    TooManyTreated {
        /// The stratum.
        stratum: u32,
        /// To be treated.
        treated: usize,
        /// Clusters there.
        clusters: usize,
    },
    /// A cluster lies in two strata.
    SplitCluster(u32),
    /// The design could not have given this assignment; the first unit of the stratum or cluster that does not fit.
    NotOfTheDesign(usize),
    /// A parameter is outside its range.
    Parameter(&'static str),
    /// A unit's neighbour does not exist, is the unit itself, or stands in no ring; the unit.
    Neighbour(usize),
}

impl std::fmt::Display for ContrastError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lengths { expected, found } => write!(f, "a column has {found} units, expected {expected}"),
            Self::NotFinite(at) => write!(f, "the number at {at} is not finite"),
            Self::NoControls(at) => write!(f, "set {at} has no control"),
            Self::Empty => write!(f, "there is nothing to compare"),
            Self::TooManyTreated { stratum, treated, clusters } => {
                write!(f, "{treated} of {clusters} clusters of stratum {stratum} are to be treated")
            }
            Self::SplitCluster(cluster) => write!(f, "cluster {cluster} lies in two strata"),
            Self::NotOfTheDesign(unit) => write!(f, "the design could not have treated as it was at unit {unit}"),
            Self::Parameter(name) => write!(f, "{name} is outside its range"),
            Self::Neighbour(unit) => write!(f, "a neighbour of unit {unit} does not exist, is itself or is in no ring"),
        }
    }
}

impl std::error::Error for ContrastError {}

/// All of `values` are finite.
pub(super) fn finite(values: &[f64]) -> Result<(), ContrastError> {
    values.iter().position(|value| !value.is_finite()).map_or(Ok(()), |at| Err(ContrastError::NotFinite(at)))
}

/// A column of `found` units belongs to `expected`.
pub(super) fn same_length(expected: usize, found: usize) -> Result<(), ContrastError> {
    if expected == found { Ok(()) } else { Err(ContrastError::Lengths { expected, found }) }
}

/// A level of a test or interval, above 0 and below 1.
pub(super) fn proper_level(level: f64) -> Result<(), ContrastError> {
    if level > 0.0 && level < 1.0 { Ok(()) } else { Err(ContrastError::Parameter("level")) }
}
