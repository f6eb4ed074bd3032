//! What a user may set for all checks: one place for each number.

use crate::Bank;

/// Settings of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The seed of everything drawn at random. Each check derives its own stream from it.
    pub seed: u64,
    /// The side tested, by name or a part of it; the winner where none is given.
    pub leader: Option<String>,
    /// Repetitions of a bootstrap.
    pub bootstrap_draws: usize,
    /// Repetitions of a permutation test.
    pub permutations: usize,
    /// The one-sided p-value below which chance is said not to explain a national statistic. It decides no verdict.
    pub national_p: f64,
    /// The rate of false discoveries among regions that are named.
    pub region_false_discovery_rate: f64,
    /// The rate at which a clean election may be called anomalous.
    pub alarm_rate: f64,
    /// The rate of false discoveries among stations that are listed.
    pub listing_rate: f64,
    /// The level of the intervals of a quick count.
    pub quick_count_level: f64,
    /// The shift of a share, as a fraction, that a quick count must have been able to notice before silence means something.
    pub quick_count_shift: f64,
    /// Whether the intervals of a quick count are made by resampling within strata rather than by Student's t.
    pub quick_count_bootstrap: bool,
    /// Whether to put cheating into the table and see how much of it is noticed.
    pub power: bool,
    /// The elections that say what is usual.
    pub bank: &'static Bank,
    /// The most stations or groups listed one by one in a finding.
    pub listed: usize,
}

impl Settings {
    /// The seed where none is named.
    pub const SEED: u64 = 1;
    /// The rate of false alarms where none is named.
    pub const ALARM_RATE: f64 = 0.01;
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: Self::SEED,
            leader: None,
            bootstrap_draws: 500,
            permutations: 9_999,
            national_p: 0.001,
            region_false_discovery_rate: 0.01,
            alarm_rate: Self::ALARM_RATE,
            listing_rate: 0.1,
            quick_count_level: 0.95,
            quick_count_shift: 0.02,
            quick_count_bootstrap: false,
            power: false,
            bank: Bank::built_in(),
            listed: 20,
        }
    }
}

/// Why the side that `--leader` names cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeaderUnknown {
    /// No option of a contest is called so.
    #[error("no option of {contest:?} is called {wanted:?}; its options are {options}")]
    Absent {
        /// What was asked for.
        wanted: String,
        /// The contest.
        contest: String,
        /// The names of its options, joined.
        options: String,
    },
    /// Several options of a contest have it in their names.
    #[error(
        "{wanted:?} stands in the names of several options of {contest:?}: {fitting}; give more of the one that is meant"
    )]
    Several {
        /// What was asked for.
        wanted: String,
        /// The contest.
        contest: String,
        /// The names of those options, joined.
        fitting: String,
    },
}
