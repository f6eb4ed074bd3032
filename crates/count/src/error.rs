//! Why nothing was counted. Each of these is the fault of whoever set the question or called; a voter cannot cause one
//! with a ballot of the right length.

use crate::{MAX_CANDIDATES, MAX_GRADES};

/// What a method counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// A total for each candidate.
    Totals,
    /// Ballots, a number for each candidate.
    Ballots,
}

/// A question or an input that cannot be counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CountError {
    /// There is nobody to elect (rule K1).
    #[error("the question has no candidates (rule K1)")]
    NoCandidates,
    /// More candidates than the limit (rule K1).
    #[error("the question has {candidates} candidates, more than {MAX_CANDIDATES} (rule K1)")]
    TooManyCandidates {
        /// How many there are.
        candidates: usize,
    },
    /// No seat, or more seats than candidates (rule K2).
    #[error("{seats} seats cannot be filled from {candidates} candidates (rule K2)")]
    Seats {
        /// Seats asked for.
        seats: u32,
        /// Candidates there are.
        candidates: usize,
    },
    /// No grade, or more grades than the limit (rule K2).
    #[error("{grades} grades: there must be 1 to {MAX_GRADES} (rule K2)")]
    Grades {
        /// How many there are.
        grades: usize,
    },
    /// Totals were given to a method that counts ballots, or the other way round.
    #[error("{method} counts {expected:?}, which were not given")]
    Kind {
        /// The method's name.
        method: &'static str,
        /// What it counts.
        expected: InputKind,
    },
    /// A ballot that does not have one number for each candidate (rule K3).
    #[error("ballot {ballot} (from 0) has {found} numbers, and there are {expected} candidates (rule K3)")]
    BallotLength {
        /// Its index in the input.
        ballot: usize,
        /// Candidates there are.
        expected: usize,
        /// Numbers it has.
        found: usize,
    },
}
