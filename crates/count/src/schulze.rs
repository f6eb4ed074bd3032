//! The Schulze method (rules K20 to K24).
//!
//! With N\[a,b\] the number of ballots that prefer a to b, the link from a to b has the strength
//!
//! ```text
//! (N[a,b], N[b,a])  if N[a,b] > N[b,a],  else  (0, 0)
//! (w, l) > (v, m)   if w > v,  or w = v and l < m                  ("winning votes")
//! P[a,b] = max over paths from a to b of the min of the strengths of their links
//! a stands before b if P[a,b] > P[b,a]
//! ```
//!
//! after M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
//! election method", Social Choice and Welfare 36 (2011), sections 2.1 and 2.2. The paper also orders links that are no
//! victories; they never lie on a path that decides, so all of them are (0, 0) here.

use std::cmp::Ordering;

use crate::{Count, Method, Outcome, Round, sorting};

/// Pairwise preferences and the strongest paths. Both matrices have a row and a column for each candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairwise {
    /// `preferences[a][b]` ballots prefer a to b; the diagonal is 0.
    pub preferences: Vec<Vec<u64>>,
    /// `strengths[a][b]` is the strength of the strongest path from a to b. Cells of the diagonal say how strong the
    /// strongest way round is and decide nothing.
    pub strengths: Vec<Vec<Strength>>,
}

/// The strength of a link, and of a path by its weakest link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Strength {
    /// Ballots for the link's beginning.
    pub winning: u64,
    /// Ballots for its end.
    pub losing: u64,
}

impl Ord for Strength {
    /// Rule K22: more winning votes are stronger; of equally many, fewer losing votes.
    fn cmp(&self, other: &Self) -> Ordering {
        self.winning.cmp(&other.winning).then(other.losing.cmp(&self.losing))
    }
}

impl PartialOrd for Strength {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Counts rankings; each ballot has a rank for each candidate, and every ballot is valid.
pub(crate) fn count(method: &Method, blank: bool, candidates: usize, ballots: &[Vec<u32>]) -> Count {
    let sorted = sorting::sort(blank, ballots, Ok);
    let preferences = preferences(candidates, &sorted.counted);
    let strengths = strongest_paths(&preferences);
    let outcome = Outcome::ranked(groups(&strengths));
    Count {
        method: method.clone(),
        candidates,
        counted: Some(sorted.counted.len()),
        blank: sorted.blank,
        invalid: sorted.invalid,
        rounds: vec![Round::Pairwise(Pairwise { preferences, strengths })],
        outcome,
    }
}

/// Rules K20 and K21.
fn preferences(candidates: usize, ballots: &[&[u32]]) -> Vec<Vec<u64>> {
    // One row after another in one vector: this is the loop that all ballots go through.
    let mut cells = vec![0_u64; candidates * candidates];
    let mut ranks = vec![0_u32; candidates];
    for ballot in ballots {
        for (rank, &given) in ranks.iter_mut().zip(*ballot) {
            // 0 becomes the largest number: not ranked is worse than any rank.
            *rank = given.wrapping_sub(1);
        }
        for (row, &rank) in cells.chunks_exact_mut(candidates).zip(&ranks) {
            for (cell, &other) in row.iter_mut().zip(&ranks) {
                *cell += u64::from(rank < other);
            }
        }
    }
    cells.chunks_exact(candidates).map(<[u64]>::to_vec).collect()
}

/// Rules K22 and K23, by Floyd and Warshall's algorithm with max and min in place of min and plus.
fn strongest_paths(preferences: &[Vec<u64>]) -> Vec<Vec<Strength>> {
    let n = preferences.len();
    let link = |a: usize, b: usize| match (preferences[a][b], preferences[b][a]) {
        (winning, losing) if winning > losing => Strength { winning, losing },
        _ => Strength::default(),
    };
    let mut strengths: Vec<Vec<Strength>> = (0..n).map(|a| (0..n).map(|b| link(a, b)).collect()).collect();
    for via in 0..n {
        let onward = strengths[via].clone();
        for row in &mut strengths {
            let there = row[via];
            for (cell, &rest) in row.iter_mut().zip(&onward) {
                *cell = (*cell).max(there.min(rest));
            }
        }
    }
    strengths
}

/// Rule K24: whom nobody left stands before is the next group.
fn groups(strengths: &[Vec<Strength>]) -> Vec<Vec<usize>> {
    let mut left: Vec<usize> = (0..strengths.len()).collect();
    let mut groups = Vec::new();
    while !left.is_empty() {
        let beaten = |&b: &usize| left.iter().any(|&a| strengths[a][b] > strengths[b][a]);
        let (rest, best): (Vec<usize>, Vec<usize>) = left.iter().partition(|b| beaten(b));
        // "Stands before" is transitive and of no candidate before itself, so somebody is unbeaten.
        debug_assert!(!best.is_empty());
        if best.is_empty() {
            groups.push(rest);
            break;
        }
        groups.push(best);
        left = rest;
    }
    groups
}
