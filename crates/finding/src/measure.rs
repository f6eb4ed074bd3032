//! Numbers that say what they are.

use crate::Message;

/// A named number of a finding, with its unit, interval and source.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The name in `--json`; part of the interface.
    pub name: &'static str,
    /// The bare value.
    pub value: Value,
    /// What one of it is.
    pub unit: Unit,
    /// How uncertain it is, where that is known.
    pub interval: Option<Interval>,
    /// What it was computed from, and how.
    pub source: Message,
}

/// A bare value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A whole number.
    Count(i64),
    /// A real number; never NaN or infinite in a finding.
    Real(f64),
    /// A word.
    Text(String),
    /// Nested values, as for a board's result.
    List(Vec<Value>),
}

/// What one of a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Polling stations (rows of a results table).
    Stations,
    /// People on the register or who took part.
    Voters,
    /// Ballot papers.
    Ballots,
    /// Votes for options.
    Votes,
    /// A fraction from 0 to 1.
    Fraction,
    /// Points of a percentage.
    PercentagePoints,
    /// Multiples of a standard deviation.
    StandardDeviations,
    /// A probability.
    Probability,
    /// Groups of stations.
    Groups,
    /// Regions.
    Regions,
    /// Rows of a table.
    Rows,
    /// Visits of observers.
    Visits,
    /// Credentials: the right to cast one electronic ballot each.
    Credentials,
    /// Electronic ballots on a board.
    BoardBallots,
    /// Events of a board.
    Events,
    /// Entries of a transparency log.
    Entries,
    /// A number without unit.
    Pure,
}

/// An interval around a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Nominal coverage, e.g. 0.9.
    pub level: f64,
    /// How it was made, e.g. a bootstrap over districts.
    pub method: Message,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Stations,
        Self::Voters,
        Self::Ballots,
        Self::Votes,
        Self::Fraction,
        Self::PercentagePoints,
        Self::StandardDeviations,
        Self::Probability,
        Self::Groups,
        Self::Regions,
        Self::Rows,
        Self::Visits,
        Self::Credentials,
        Self::BoardBallots,
        Self::Events,
        Self::Entries,
        Self::Pure,
    ];

    /// The name used in `--json` and as a message identifier (`unit-…`).
    pub fn id(self) -> &'static str {
        match self {
            Self::Stations => "stations",
            Self::Voters => "voters",
            Self::Ballots => "ballots",
            Self::Votes => "votes",
            Self::Fraction => "fraction",
            Self::PercentagePoints => "percentage-points",
            Self::StandardDeviations => "standard-deviations",
            Self::Probability => "probability",
            Self::Groups => "groups",
            Self::Regions => "regions",
            Self::Rows => "rows",
            Self::Visits => "visits",
            Self::Credentials => "credentials",
            Self::BoardBallots => "electronic-ballots",
            Self::Events => "events",
            Self::Entries => "log-entries",
            Self::Pure => "pure",
        }
    }
}

impl Measure {
    /// A whole number with its unit and source.
    pub fn count(name: &'static str, value: impl TryInto<i64>, unit: Unit, source: Message) -> Self {
        let value = Value::Count(value.try_into().unwrap_or(i64::MAX));
        Self { name, value, unit, interval: None, source }
    }

    /// A real number with its unit and source.
    pub fn real(name: &'static str, value: f64, unit: Unit, source: Message) -> Self {
        Self { name, value: Value::Real(value), unit, interval: None, source }
    }

    /// The same measure with an interval.
    #[must_use]
    pub fn within(mut self, interval: Interval) -> Self {
        self.interval = Some(interval);
        self
    }
}
