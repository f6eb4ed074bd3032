//! The ballots of a single transferable vote in piles, each ballot with its weight (rules K43 to K46).
//!
//! A weight is a product of factors s/v of the candidates who were elected with the ballot, s being the surplus and v the
//! votes. All weights share one denominator, so that votes are compared and added as whole numbers.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigUint;
use num_integer::Integer as _;

use crate::Fraction;

/// Weights are kept exactly as long as their common denominator has at most so many bits (rule K46).
pub const MAX_DENOMINATOR_BITS: u64 = 4096;

/// Beyond that they are cut off after so many decimals (rule K46).
pub const DECIMALS: u32 = 100;

/// Votes that go from the candidate whom a round elects or excludes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// To whom; `None` for ballots that name nobody further and are exhausted.
    pub to: Option<usize>,
    /// How many ballots.
    pub ballots: u64,
    /// How many votes.
    pub votes: Fraction,
}

/// Equal ballots.
struct Group {
    /// Candidates, the most preferred first.
    preferences: Vec<usize>,
    /// How far down the preferences these ballots are.
    at: usize,
    ballots: u64,
    /// The index of their weight.
    weight: usize,
}

/// The groups that lie with one candidate.
#[derive(Default)]
struct Pile {
    groups: Vec<usize>,
    /// Ballots by weight.
    held: BTreeMap<usize, u64>,
}

/// All ballots: in the piles of the candidates who stand, or exhausted. Those that fill the quota of an elected
/// candidate are gone.
pub(crate) struct Tally {
    groups: Vec<Group>,
    weights: Vec<BigUint>,
    denominator: BigUint,
    /// `None` for those who stand no longer.
    piles: Vec<Option<Pile>>,
    exhausted: Pile,
}

impl Tally {
    /// Lays every ballot to its first preference, with the weight 1.
    pub(crate) fn new(candidates: usize, mut ballots: Vec<Vec<usize>>) -> Self {
        ballots.sort_unstable();
        let groups = ballots.chunk_by(|a, b| a == b).map(|equal| {
            // 64 bits hold the length of any slice.
            Group { preferences: equal[0].clone(), at: 0, ballots: equal.len() as u64, weight: 0 }
        });
        let mut tally = Self {
            groups: groups.collect(),
            weights: vec![1_u8.into()],
            denominator: 1_u8.into(),
            piles: (0..candidates).map(|_| Some(Pile::default())).collect(),
            exhausted: Pile::default(),
        };
        tally.lay((0..tally.groups.len()).collect());
        tally
    }

    /// Those whom some ballot names, wherever it lies (rule K41).
    pub(crate) fn named(&self) -> BTreeSet<usize> {
        self.groups.iter().flat_map(|group| &group.preferences).copied().collect()
    }

    /// Those who stand, in the order of the question, with their votes as numerators of the common denominator.
    pub(crate) fn standing(&self) -> Vec<(usize, BigUint)> {
        let piles = self.piles.iter().enumerate();
        piles.filter_map(|(candidate, pile)| Some((candidate, self.sum(&pile.as_ref()?.held)))).collect()
    }

    /// The fraction that a numerator stands for.
    pub(crate) fn votes(&self, numerator: &BigUint) -> Fraction {
        Fraction::new(numerator.clone(), self.denominator.clone())
    }

    /// So many whole votes as a numerator.
    pub(crate) fn whole(&self, votes: u64) -> BigUint {
        &self.denominator * votes
    }

    /// The votes of exhausted ballots.
    pub(crate) fn exhausted(&self) -> Fraction {
        self.votes(&self.sum(&self.exhausted.held))
    }

    /// Takes a candidate out whom no ballot names, or whose ballots stay where they are.
    pub(crate) fn withdraw(&mut self, candidate: usize) {
        self.piles[candidate] = None;
    }

    /// Rule K45: an excluded candidate's ballots go on with their weights.
    pub(crate) fn transfer_all(&mut self, candidate: usize) -> Vec<Transfer> {
        let pile = self.piles[candidate].take().unwrap_or_default();
        self.lay(pile.groups)
    }

    /// Rule K44: all ballots of an elected candidate go on with the factor surplus / votes.
    pub(crate) fn transfer_surplus(&mut self, candidate: usize, surplus: &BigUint, votes: &BigUint) -> Vec<Transfer> {
        let pile = self.piles[candidate].take().unwrap_or_default();
        let reduced: Vec<BigUint> = pile.held.keys().map(|&weight| &self.weights[weight] * surplus).collect();
        for weight in &mut self.weights {
            *weight *= votes;
        }
        self.denominator *= votes;
        let first = self.weights.len();
        let renamed: BTreeMap<usize, usize> = pile.held.into_keys().zip(first..).collect();
        self.weights.extend(reduced);
        for &group in &pile.groups {
            let weight = &mut self.groups[group].weight;
            *weight = renamed.get(weight).copied().unwrap_or(*weight);
        }
        let moved = self.lay_by_next(pile.groups);
        self.shorten();
        self.record(moved)
    }

    /// Rule K46: cuts weights off where their denominator has grown too long. Says what all ballots lose by that.
    pub(crate) fn round(&mut self) -> Option<Fraction> {
        if self.denominator.bits() <= MAX_DENOMINATOR_BITS {
            return None;
        }
        let rounded = BigUint::from(10_u8).pow(DECIMALS);
        let cut: Vec<BigUint> = self.weights.iter().map(|weight| weight * &rounded / &self.denominator).collect();
        let mut lost = BigUint::ZERO;
        for (&weight, &ballots) in self.piles.iter().flatten().chain([&self.exhausted]).flat_map(|pile| &pile.held) {
            // weight / denominator - cut / rounded, over the product of the denominators.
            lost += (&self.weights[weight] * &rounded - &cut[weight] * &self.denominator) * ballots;
        }
        let lost = Fraction::new(lost, &self.denominator * &rounded);
        self.weights = cut;
        self.denominator = rounded;
        Some(lost)
    }

    fn sum(&self, held: &BTreeMap<usize, u64>) -> BigUint {
        held.iter().map(|(&weight, &ballots)| &self.weights[weight] * ballots).sum()
    }

    fn lay(&mut self, groups: Vec<usize>) -> Vec<Transfer> {
        let moved = self.lay_by_next(groups);
        self.record(moved)
    }

    /// Lays groups to the next of their preferences who stands, and says how many ballots of which weight went where.
    fn lay_by_next(&mut self, groups: Vec<usize>) -> BTreeMap<Option<usize>, BTreeMap<usize, u64>> {
        let mut moved: BTreeMap<Option<usize>, BTreeMap<usize, u64>> = BTreeMap::new();
        for index in groups {
            let group = &mut self.groups[index];
            let rest = group.preferences.get(group.at..).unwrap_or_default();
            let skipped = rest.iter().take_while(|&&candidate| self.piles[candidate].is_none()).count();
            group.at += skipped;
            let to = group.preferences.get(group.at).copied();
            let pile = match to {
                Some(candidate) => self.piles[candidate].get_or_insert_default(),
                None => &mut self.exhausted,
            };
            pile.groups.push(index);
            *pile.held.entry(group.weight).or_default() += group.ballots;
            *moved.entry(to).or_default().entry(group.weight).or_default() += group.ballots;
        }
        moved
    }

    /// Transfers to candidates in the order of the question, exhausted ballots last.
    fn record(&self, mut moved: BTreeMap<Option<usize>, BTreeMap<usize, u64>>) -> Vec<Transfer> {
        let exhausted = moved.remove_entry(&None);
        let transfer = |(to, held): (Option<usize>, BTreeMap<usize, u64>)| Transfer {
            to,
            ballots: held.values().sum(),
            votes: self.votes(&self.sum(&held)),
        };
        moved.into_iter().chain(exhausted).map(transfer).collect()
    }

    /// Drops weights that no ballot has any longer, and divides the rest by what they have in common.
    fn shorten(&mut self) {
        let piles = self.piles.iter().flatten().chain([&self.exhausted]);
        let used: BTreeSet<usize> = piles.flat_map(|pile| pile.held.keys().copied()).collect();
        let one = BigUint::from(1_u8);
        let mut common = self.denominator.clone();
        for (index, weight) in self.weights.iter_mut().enumerate() {
            if !used.contains(&index) {
                *weight = BigUint::ZERO;
            } else if common != one {
                common = common.gcd(weight);
            }
        }
        if common == one {
            return;
        }
        for weight in &mut self.weights {
            *weight /= &common;
        }
        self.denominator /= common;
    }
}
