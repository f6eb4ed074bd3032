//! How many units to draw in each stratum for a wanted margin.

use super::t_quantile;

/// What is known of a stratum before the sample is drawn: from a pilot, an earlier election or an assumption.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StratumSpread {
    /// Units in the population.
    pub population: u64,
    /// The denominators of all its units, added up.
    pub bottom: f64,
    /// The variance of the residuals a - R m over its units.
    pub spread: f64,
}

/// How a sample is shared out among strata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allocation {
    /// By the number of units.
    Proportional,
    /// By the number of units times the standard deviation of their residuals: the smallest sample for a margin (Neyman 1934).
    Neyman,
}

/// A planned sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Units to draw in each stratum: at least two where there are two.
    pub sizes: Vec<u64>,
    /// The margin to be expected of it.
    pub margin: f64,
}

/// Half the width of the interval that a sample of these sizes is expected to give, with Student's t on its degrees of freedom:
///
/// ```text
/// t sqrt(sum_h N_h^2 (1 - n_h/N_h) s_h^2 / n_h) / sum_h M_h
/// ```
///
/// Infinite where a stratum with units has none in the sample, or there is no denominator.
pub fn margin_of(strata: &[StratumSpread], sizes: &[u64], level: f64) -> f64 {
    let (mut variance, mut bottom, mut freedom) = (0.0, 0.0, 0.0);
    for (stratum, &size) in strata.iter().zip(sizes) {
        let (all, size) = (stratum.population as f64, size as f64);
        bottom += stratum.bottom;
        if size < all {
            variance += all * (all - size) * stratum.spread / size;
            freedom += size - 1.0;
        }
    }
    let margin = t_quantile(level, freedom) * variance.sqrt() / bottom;
    if margin.is_nan() { f64::INFINITY } else { margin }
}

/// The smallest sample of that kind whose expected margin is at most `margin`; all units where none smaller has.
pub fn allocate(strata: &[StratumSpread], allocation: Allocation, margin: f64, level: f64) -> Planned {
    let weight = |stratum: &StratumSpread| match allocation {
        Allocation::Proportional => stratum.population as f64,
        Allocation::Neyman => stratum.population as f64 * stratum.spread.max(0.0).sqrt(),
    };
    let sum: f64 = strata.iter().map(weight).sum();
    let sizes = |total: f64| -> Vec<u64> {
        let share = |stratum: &StratumSpread| if sum > 0.0 { total * weight(stratum) / sum } else { 0.0 };
        let size = |stratum: &StratumSpread| {
            let (least, all) = (stratum.population.min(2), stratum.population);
            (share(stratum).round() as u64).clamp(least, all)
        };
        strata.iter().map(size).collect()
    };
    let all: u64 = strata.iter().map(|stratum| stratum.population).sum();
    // With Neyman's weights a total beyond all units is what takes the quiet strata whole.
    let (mut low, mut high) = (0.0, all as f64 * 64.0);
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if margin_of(strata, &sizes(middle), level) <= margin { high = middle } else { low = middle }
    }
    let mut sizes = sizes(high);
    if margin_of(strata, &sizes, level) > margin {
        sizes = strata.iter().map(|stratum| stratum.population).collect();
    }
    let margin = margin_of(strata, &sizes, level);
    Planned { sizes, margin }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn strata() -> [StratumSpread; 3] {
        let of = |population, spread| StratumSpread { population, bottom: population as f64 * 300.0, spread };
        [of(2_000, 2_500.0), of(1_000, 400.0), of(500, 8_100.0)]
    }

    #[test]
    fn one_stratum_by_hand() {
        // v = N (N - n) s^2 / n / M^2 with N = 1000, n = 100, s^2 = 900, M = 300,000: 1000 * 900 * 9 / 9e10 = 9e-5;
        // scipy.stats.t.ppf(.975, 99) = 1.9842169515864165, times sqrt(9e-5).
        let stratum = [StratumSpread { population: 1_000, bottom: 300_000.0, spread: 900.0 }];
        let margin = margin_of(&stratum, &[100], 0.95);
        assert!((margin - 1.984_216_951_586_416_5 * 9e-5f64.sqrt()).abs() < 1e-10, "{margin}");
        assert_eq!(allocate(&stratum, Allocation::Proportional, margin * (1.0 + 1e-9), 0.95).sizes, [100]);
        assert_eq!(allocate(&stratum, Allocation::Neyman, 0.0, 0.95).sizes, [1_000]);
    }

    #[test]
    fn neyman_needs_fewer() {
        let total = |allocation| allocate(&strata(), allocation, 0.01, 0.95).sizes.iter().sum::<u64>();
        assert!(total(Allocation::Neyman) < total(Allocation::Proportional));
    }

    proptest! {
        #[test]
        fn the_margin_is_kept_and_strata_have_two(margin in 0.001f64..0.1, neyman: bool) {
            let allocation = if neyman { Allocation::Neyman } else { Allocation::Proportional };
            let planned = allocate(&strata(), allocation, margin, 0.95);
            prop_assert!(planned.margin <= margin);
            prop_assert!(planned.sizes.iter().zip(strata()).all(|(&n, stratum)| (2..=stratum.population).contains(&n)));
        }
    }
}
