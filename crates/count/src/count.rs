//! The one way in: a method and an input, a count with its rounds out.

use crate::method::Method;
use crate::{
    CountError, GradeTable, InputKind, Invalid, MedianStep, Outcome, Pairwise, StvRound, Totals, majority_judgment,
    schulze, stv, totals,
};

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// The sum of votes, or of their weights, of each candidate: for plurality and approval.
    Totals(&'a [u128]),
    /// Ballots that give a number to each candidate: for Schulze, the single transferable vote and majority judgment.
    /// 1 is the best rank or grade, 0 is none.
    Ballots {
        /// How many candidates the question has, which no ballots cannot say.
        candidates: usize,
        /// The ballots; each has so many numbers.
        ballots: &'a [Vec<u32>],
    },
}

/// A counted question. `counted + blank.len() + invalid.len()` is the number of ballots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The method by which it was counted.
    pub method: Method,
    /// How many candidates the question has.
    pub candidates: usize,
    /// Ballots that count. `None` where totals were given: how many ballots are in them is not known here.
    pub counted: Option<usize>,
    /// The indices of blank ballots in the input.
    pub blank: Vec<usize>,
    /// Invalid ballots with their indices in the input.
    pub invalid: Vec<Invalid>,
    /// All that was worked out, in order.
    pub rounds: Vec<Round>,
    /// What it comes to.
    pub outcome: Outcome,
}

/// A step of a count, with all numbers that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Round {
    /// Plurality, approval: the totals.
    Totals(Totals),
    /// Schulze: preferences and strongest paths.
    Pairwise(Pairwise),
    /// Majority judgment: the grades of every candidate.
    Grades(GradeTable),
    /// Majority judgment: a tie that middle grades divide.
    Median(MedianStep),
    /// The single transferable vote: an election or an exclusion.
    Stv(Box<StvRound>),
}

/// Counts.
///
/// # Errors
/// The question cannot be counted by this method, the input is not what it counts, or a ballot has not one number for
/// each candidate. A ballot that breaks the method's rules otherwise is no error: it is in [`Count::invalid`].
pub fn count(method: &Method, input: Input<'_>) -> Result<Count, CountError> {
    let candidates = match input {
        Input::Totals(totals) => totals.len(),
        Input::Ballots { candidates, .. } => candidates,
    };
    method.fits(candidates)?;
    match (method, input) {
        (Method::Plurality { seats } | Method::Approval { seats }, Input::Totals(given)) => {
            Ok(totals::count(method, *seats, given))
        }
        (Method::Plurality { .. } | Method::Approval { .. }, _) => Err(kind(method, InputKind::Totals)),
        (_, Input::Totals(_)) => Err(kind(method, InputKind::Ballots)),
        (_, Input::Ballots { ballots, .. }) => {
            lengths(candidates, ballots)?;
            Ok(match method {
                Method::Stv { seats, blank } => stv::count(method, *seats, *blank, candidates, ballots),
                Method::MajorityJudgment { grades, blank, middle } => {
                    majority_judgment::count(method, grades.len(), *blank, *middle, candidates, ballots)
                }
                Method::Schulze { blank } => schulze::count(method, *blank, candidates, ballots),
                // Taken above.
                Method::Plurality { .. } | Method::Approval { .. } => {
                    return Err(kind(method, InputKind::Totals));
                }
            })
        }
    }
}

fn kind(method: &Method, expected: InputKind) -> CountError {
    CountError::Kind { method: method.name(), expected }
}

/// Rule K3.
fn lengths(candidates: usize, ballots: &[Vec<u32>]) -> Result<(), CountError> {
    match ballots.iter().position(|ballot| ballot.len() != candidates) {
        None => Ok(()),
        Some(ballot) => Err(CountError::BallotLength {
            ballot,
            expected: candidates,
            found: ballots.get(ballot).map_or(0, Vec::len),
        }),
    }
}
