//! A whole contest, judged from its regions.
//!
//! A region is *beyond* where its effect lies among the largest tenth of like parts of clean elections. If the contest were one more clean
//! election, the number K of its R regions that are beyond would be that of exchangeable parts,
//!
//! ```text
//! K ~ BetaBinomial(R', j, n + 1 - j),      j = the larger of 1 and n / 10,      R' = R / (1 + (R - 1) r),
//! ```
//!
//! with n the effective number of like parts in the bank and r how much more alike the parts of one election are in this than those of
//! several (intraclass correlation): regions of one country do not count for more than they do in clean elections.

use adil_stat::DirichletMultinomial;

use crate::bank::{BankPiece, alike};

/// The part of the bank beyond which a region is counted.
const BEYOND: f64 = 0.1;
/// Fewer regions say nothing of a country.
pub(super) const FEWEST_REGIONS: usize = 10;

/// What the regions of a contest say of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FromRegions {
    /// How many regions were compared.
    pub(crate) regions: usize,
    /// How many are beyond.
    pub(crate) beyond: usize,
    /// As many independent regions as they are worth.
    pub(crate) effective: f64,
    /// The probability of as many in one more clean election.
    pub(crate) p: f64,
    /// The least that it could be.
    pub(crate) least: f64,
}

/// A region beside the bank: how many like parts there are, worth how many, and how many have an effect as large.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    pub(super) parts: usize,
    pub(super) effective: f64,
    pub(super) as_large: usize,
}

impl FromRegions {
    /// `None` with fewer than ten regions, or none that are like any part of the bank.
    pub(super) fn of(regions: &[Beside], usual: &[&BankPiece]) -> Option<Self> {
        let known: Vec<&Beside> = regions.iter().filter(|region| region.parts > 0).collect();
        if known.len() < FEWEST_REGIONS {
            return None;
        }
        let is_beyond = |region: &&&Beside| region.as_large as f64 <= BEYOND * region.parts as f64;
        let beyond = known.iter().filter(is_beyond).count();
        let count = known.len() as f64;
        let effective = (count / (1.0 + (count - 1.0) * alike(usual, BEYOND))).max(1.0);
        // The middle of what the regions are set beside.
        let mut parts: Vec<f64> = known.iter().map(|region| region.effective).collect();
        parts.sort_by(f64::total_cmp);
        let bank = parts[parts.len() / 2];
        let whole = effective.floor() as u32;
        let reached = (beyond as f64 / count * effective).floor() as u32;
        let tail = |from: u32| at_least(from, whole, bank);
        Some(Self { regions: known.len(), beyond, effective, p: tail(reached), least: tail(whole) })
    }
}

/// P(K >= k) of a beta-binomial number of `of`.
fn at_least(k: u32, of: u32, bank: f64) -> f64 {
    let j = (BEYOND * bank).max(1.0);
    let distribution = DirichletMultinomial::new([j, (bank + 1.0 - j).max(1e-3)]);
    (k..=of).map(|k| distribution.ln_probability(&[k, of - k]).exp()).sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four elections with 50 parts each, effects 0 to 199 mixed among them.
    fn bank() -> Vec<BankPiece> {
        let of = |index: usize| BankPiece {
            election: index % 4,
            stations: 300,
            median_size: 1000.0,
            share: 0.3,
            effect: index as f64,
        };
        (0..200).map(of).collect()
    }

    fn regions(beyond: usize, of: usize) -> Vec<Beside> {
        let region = |index| Beside { parts: 200, effective: 200.0, as_large: if index < beyond { 3 } else { 120 } };
        (0..of).map(region).collect()
    }

    #[test]
    fn many_regions_beyond_are_unlikely() {
        let bank = bank();
        let usual: Vec<&BankPiece> = bank.iter().collect();
        let of = |beyond| FromRegions::of(&regions(beyond, 20), &usual).expect("enough regions");
        assert!(of(2).p > 0.3, "{:?}", of(2));
        assert!(of(10).p < 0.001, "{:?}", of(10));
        assert!(of(20).p == of(20).least);
        assert_eq!(FromRegions::of(&regions(9, 9), &usual), None);
    }

    #[test]
    fn one_large_effect_of_one_hundred_is_as_likely_as_chance_has_it() {
        // R' = 1, n = 99, j = 9.9: P(K >= 1) = j / (n + 1) = 0.099.
        assert!((at_least(1, 1, 99.0) - 0.099).abs() < 1e-9);
    }
}
