//! What a user may set for all checks: one place for each number.

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
    /// The one-sided p-value below which a national statistic is anomalous.
    pub national_p: f64,
    /// The rate of false discoveries among regions that are called anomalous.
    pub region_false_discovery_rate: f64,
    /// The most stations or groups listed one by one in a finding.
    pub listed: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            leader: None,
            bootstrap_draws: 500,
            permutations: 9_999,
            national_p: 0.001,
            region_false_discovery_rate: 0.01,
            listed: 20,
        }
    }
}

/// The side that `--leader` names is not among a contest's options.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no option of {contest:?} is called {wanted:?}; its options are {options}")]
pub struct LeaderUnknown {
    /// What was asked for.
    pub wanted: String,
    /// The contest.
    pub contest: String,
    /// The names of its options, joined.
    pub options: String,
}
