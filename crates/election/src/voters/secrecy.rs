//! Weights that tell who voted what.
//!
//! Ballots stay encrypted, but the totals are published, and the list of credentials shows each weight. Where a weight is
//! held by one voter alone, her ballot is known by it, and from the totals it can often be worked out what she voted:
//! of all ways to choose ballots of the known weights, few add up to the published totals, and with weights such as 1,
//! 2, 4, 8 only one does. Voters of the same weight are hidden among each other.

use std::collections::BTreeMap;

use super::{LISTED, Voter};

/// Voters of one weight who are too few to hide among each other.
const FEW: usize = 5;

/// A weight that few voters have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RareWeight {
    /// The weight.
    pub weight: u128,
    /// How many voters have it: 1 to 4.
    pub voters: usize,
}

/// The weights that few voters have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RareWeights {
    /// The rarest first, those of as many voters from the lightest; at most [`LISTED`].
    pub weights: Vec<RareWeight>,
    /// How many more there are.
    pub more: usize,
    /// How many voters have such a weight, those that are not listed included.
    pub voters: usize,
}

impl RareWeights {
    /// A weight is rare below this many voters.
    pub const FEW: usize = FEW;

    /// The rare weights. Where all voters have the same weight nothing is told by it, however few they are.
    pub(super) fn of(voters: &[Voter]) -> Self {
        let mut held: BTreeMap<u128, usize> = BTreeMap::new();
        for voter in voters {
            *held.entry(voter.weight).or_default() += 1;
        }
        let is_rare = |count: &usize| *count < FEW && *count < voters.len();
        let rare = held.into_iter().filter(|(_, count)| is_rare(count));
        let mut weights: Vec<RareWeight> = rare.map(|(weight, voters)| RareWeight { weight, voters }).collect();
        weights.sort_by_key(|rare| (rare.voters, rare.weight));
        let voters = weights.iter().map(|rare| rare.voters).sum();
        let more = weights.len().saturating_sub(LISTED);
        weights.truncate(LISTED);
        Self { weights, more, voters }
    }

    /// Whether no weight tells anything.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }
}
