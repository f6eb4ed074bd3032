//! Matching: beside each treated unit the controls of its stratum that are most like it.
//!
//! Distances are those of Mahalanobis with the covariance of the covariates about the means of their strata,
//!
//! ```text
//! d(a, b) = sqrt((x_a - x_b)' S^-1 (x_a - x_b)),   S = sum over strata of sum (x - mean)(x - mean)' / (n - strata)
//! ```
//!
//! with one covariate the difference in standard deviations (P. R. Rosenbaum and D. B. Rubin, The American Statistician 39,
//! 1985). A covariate that does not vary within strata, or follows from those before it, counts for nothing. Outcomes are
//! no part of it: who is matched must not depend on them.
//!
//! Each round gives every treated unit at most one more control, as many pairs as the caliper allows with the smallest sum
//! of distances (see [`Matching::optimal`] for where that is too costly). With one covariate a stratum of t treated and c
//! controls costs t c steps up to 4 million, (t + c) log c beyond; with more min(t, c)^2 max(t, c) up to 8 million, t (log
//! c + 4,096) beyond.
//!
//! Balance is the standardised mean difference of each covariate, (mean treated - mean controls)/sqrt((s_t^2 + s_c^2)/2),
//! the denominator always that before matching; after it a control counts as its part of its set. Below 0.1 is usually
//! called balanced (P. C. Austin, Statistics in Medicine 28, 2009); it says nothing of what was not measured.

use std::collections::BTreeMap;

use super::{
    assignment::{Space, pair},
    error::{ContrastError, finite, same_length},
};
use crate::Moments;

/// Units to be matched, by columns of the same length.
#[derive(Debug, Clone, Copy)]
pub struct Candidates<'a> {
    /// Each unit's stratum; only units of one stratum are matched.
    pub strata: &'a [u32],
    /// Whether it is treated.
    pub treated: &'a [bool],
    /// The covariates, a column each, all finite; there may be none.
    pub covariates: &'a [Vec<f64>],
}

/// How to match.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MatchRule {
    /// The most controls of one treated unit, 1 or more.
    pub controls: usize,
    /// The largest distance within a pair, in standard deviations, 0 or more; any where `None`.
    pub caliper: Option<f64>,
}

/// A treated unit with its controls, by their numbers in the columns.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchedUnits {
    /// The treated unit.
    pub treated: usize,
    /// Its controls in the order of the rounds, one or more.
    pub controls: Vec<usize>,
    /// How far each control is, in standard deviations.
    pub distances: Vec<f64>,
}

/// Why a treated unit has no control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmatched {
    /// Its stratum has none.
    NoControl,
    /// None within the caliper was left for it.
    OutOfReach,
}

/// How unlike treated and controls are in a covariate; `None` where neither side varies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// The standardised mean difference of all units.
    pub before: Option<f64>,
    /// That of the matched.
    pub after: Option<f64>,
}

/// Who was matched with whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Matching {
    /// The sets, by stratum and treated unit.
    pub sets: Vec<MatchedUnits>,
    /// Treated units without a control, and why, in the same order.
    pub unmatched: Vec<(usize, Unmatched)>,
    /// Controls that stand in no set.
    pub unused: usize,
    /// Whether in every round and stratum no other pairs would have been more or nearer; not so where a stratum was so
    /// large that each treated unit took the nearest control left.
    pub optimal: bool,
    /// For each covariate.
    pub balance: Vec<Balance>,
}

impl Matching {
    /// The differences of pairs in these outcomes, a column as long as the others: each treated unit's less that of its first control, the one
    /// of the first round. Fails for another length.
    pub fn pair_differences(&self, outcomes: &[f64]) -> Result<Vec<f64>, ContrastError> {
        let of = |unit: usize| {
            let wrong = ContrastError::Lengths { expected: unit + 1, found: outcomes.len() };
            outcomes.get(unit).copied().ok_or(wrong)
        };
        let pairs = self.sets.iter().filter_map(|set| Some((set.treated, *set.controls.first()?)));
        pairs.map(|(treated, control)| Ok(of(treated)? - of(control)?)).collect()
    }
}

/// Matches the treated units of each stratum with its controls. The same columns give the same sets; of equally good ones
/// those with the smaller numbers are taken, as far as the order of steps decides it.
///
/// Fails for columns of different lengths, a covariate that is not finite, no controls to a set, or a caliper below 0.
pub fn match_within(units: &Candidates, rule: &MatchRule) -> Result<Matching, ContrastError> {
    let count = units.strata.len();
    same_length(count, units.treated.len())?;
    for column in units.covariates {
        same_length(count, column.len())?;
        finite(column)?;
    }
    let limit = rule.caliper.unwrap_or(f64::INFINITY);
    if rule.controls == 0 || limit.is_nan() || limit < 0.0 {
        return Err(ContrastError::Parameter(if rule.controls == 0 { "controls" } else { "caliper" }));
    }
    let mut strata: BTreeMap<u32, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (unit, (&stratum, &treated)) in units.strata.iter().zip(units.treated).enumerate() {
        let (with, without) = strata.entry(stratum).or_default();
        if treated { with.push(unit) } else { without.push(unit) }
    }
    let space = whitened(units.covariates, units.strata);
    let mut matching =
        Matching { sets: Vec::new(), unmatched: Vec::new(), unused: 0, optimal: true, balance: Vec::new() };
    for (treated, controls) in strata.into_values() {
        matching.add_stratum(&space, treated, controls, rule.controls, limit);
    }
    matching.balance = units.covariates.iter().map(|column| balance(column, units.treated, &matching.sets)).collect();
    Ok(matching)
}

impl Matching {
    fn add_stratum(&mut self, space: &Space, treated: Vec<usize>, mut controls: Vec<usize>, rounds: usize, limit: f64) {
        let why = if controls.is_empty() { Unmatched::NoControl } else { Unmatched::OutOfReach };
        let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut waiting = treated.clone();
        for _ in 0..rounds {
            let (pairs, optimal) = pair(space, &waiting, &controls, limit);
            self.optimal &= optimal;
            // Who found none in a round finds none in a later one.
            waiting = pairs.iter().map(|pair| pair.0).collect();
            let mut taken: Vec<usize> = pairs.iter().map(|pair| pair.1).collect();
            taken.sort_unstable();
            controls.retain(|control| taken.binary_search(control).is_err());
            pairs.into_iter().for_each(|(unit, control)| of.entry(unit).or_default().push(control));
            if waiting.is_empty() || controls.is_empty() {
                break;
            }
        }
        self.unused += controls.len();
        for unit in treated {
            match of.remove(&unit) {
                None => self.unmatched.push((unit, why)),
                Some(controls) => {
                    let distances = controls.iter().map(|&control| space.distance(unit, control)).collect();
                    self.sets.push(MatchedUnits { treated: unit, controls, distances });
                }
            }
        }
    }
}

/// Covariates in coordinates in which the distance of Mahalanobis is the plain one: z = L^-1 x with S = L L'. Those for
/// which nothing is left of the variance after the ones before are left out.
fn whitened(covariates: &[Vec<f64>], strata: &[u32]) -> Space {
    let count = strata.len();
    let centred: Vec<Vec<f64>> = covariates.iter().map(|column| about_means(column, strata)).collect();
    let distinct = strata.iter().collect::<std::collections::BTreeSet<_>>().len();
    let freedom = (count.saturating_sub(distinct)).max(1) as f64;
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / freedom;
    // One covariate after the other is made independent of those before it (Gram and Schmidt), and of variance 1.
    let mut kept: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for (column, centred) in covariates.iter().zip(centred) {
        let whole = product(&centred, &centred);
        let mean = column.iter().sum::<f64>() / count.max(1) as f64;
        let (mut within, mut value) = (centred, column.iter().map(|x| x - mean).collect::<Vec<f64>>());
        for (unit_within, unit_value) in &kept {
            let share = product(&within, unit_within);
            within.iter_mut().zip(unit_within).for_each(|(x, of)| *x -= share * of);
            value.iter_mut().zip(unit_value).for_each(|(x, of)| *x -= share * of);
        }
        let variance = product(&within, &within);
        if variance > 1e-10 * whole && variance > 0.0 {
            let sd = variance.sqrt();
            within.iter_mut().for_each(|x| *x /= sd);
            value.iter_mut().for_each(|x| *x /= sd);
            kept.push((within, value));
        }
    }
    let coordinates = (0..count).flat_map(|unit| kept.iter().map(move |(_, value)| value[unit])).collect();
    Space { dimensions: kept.len(), coordinates }
}

fn about_means(column: &[f64], strata: &[u32]) -> Vec<f64> {
    let mut sums: BTreeMap<u32, Moments> = BTreeMap::new();
    column.iter().zip(strata).for_each(|(&x, &stratum)| sums.entry(stratum).or_default().push(x, 1.0));
    let mean = |stratum: &u32| sums.get(stratum).and_then(Moments::mean).unwrap_or(0.0);
    column.iter().zip(strata).map(|(x, stratum)| x - mean(stratum)).collect()
}

fn balance(column: &[f64], treated: &[bool], sets: &[MatchedUnits]) -> Balance {
    let sides = [true, false].map(|side| {
        let (mut moments, mut count) = (Moments::default(), 0.0);
        column.iter().zip(treated).filter(|of| *of.1 == side).for_each(|(&x, _)| {
            moments.push(x, 1.0);
            count += 1.0;
        });
        let variance = moments.sd().filter(|_| count > 1.0).map(|sd| sd * sd * count / (count - 1.0));
        (moments.mean(), variance)
    });
    let [(mean_treated, var_treated), (mean_controls, var_controls)] = sides;
    let scale = match (var_treated, var_controls) {
        (Some(a), Some(b)) => f64::midpoint(a, b),
        (a, b) => a.or(b).unwrap_or(0.0),
    };
    let scaled = |difference: f64| (scale > 0.0).then(|| difference / scale.sqrt());
    let of_set = |set: &MatchedUnits| {
        let controls: f64 = set.controls.iter().map(|&control| column[control]).sum();
        column[set.treated] - controls / set.controls.len() as f64
    };
    let after: f64 = sets.iter().map(of_set).sum();
    Balance {
        before: mean_treated.zip(mean_controls).and_then(|(a, b)| scaled(a - b)),
        after: (!sets.is_empty()).then_some(after / sets.len().max(1) as f64).and_then(scaled),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matched(
        strata: &[u32],
        treated: &[u8],
        covariates: &[Vec<f64>],
        controls: usize,
        caliper: Option<f64>,
    ) -> Matching {
        let treated: Vec<bool> = treated.iter().map(|&treated| treated == 1).collect();
        let units = Candidates { strata, treated: &treated, covariates };
        match_within(&units, &MatchRule { controls, caliper }).expect("columns")
    }

    fn numbers(matching: &Matching) -> Vec<(usize, Vec<usize>)> {
        matching.sets.iter().map(|set| (set.treated, set.controls.clone())).collect()
    }

    #[test]
    fn the_sum_counts_and_not_who_comes_first() {
        // Treated at 0 and 2, controls at 1.5 and 9: unit 0 would take 1.5 and leave 7 for the other, 8.5 in all as crossed
        // (9 + 0.5 = 9.5). In the other stratum there is no control.
        let x = vec![0.0, 2.0, 1.5, 9.0, 5.0];
        let all = matched(&[7, 7, 7, 7, 8], &[1, 1, 0, 0, 1], std::slice::from_ref(&x), 1, None);
        assert_eq!(numbers(&all), [(0, vec![2]), (1, vec![3])]);
        assert_eq!((all.unmatched.as_slice(), all.unused, all.optimal), (&[(4, Unmatched::NoControl)][..], 0, true));
        // Within strata: squares of 0, 2, 1.5, 9 about 3.125 add up to 87.25 - 39.0625 = 48.1875; of 5 units less 2 strata,
        // 3.
        let sd = (48.1875f64 / 3.0).sqrt();
        assert!(
            (all.sets[0].distances[0] - 1.5 / sd).abs() < 1e-12 && (all.sets[1].distances[0] - 7.0 / sd).abs() < 1e-12
        );
        // A caliper of one sd, 4.0, leaves one pair, and of the two the nearer.
        let near = matched(&[7, 7, 7, 7, 8], &[1, 1, 0, 0, 1], std::slice::from_ref(&x), 1, Some(1.0));
        assert_eq!(numbers(&near), [(1, vec![2])]);
        assert_eq!(near.unmatched, [(0, Unmatched::OutOfReach), (4, Unmatched::NoControl)]);
        assert_eq!(near.unused, 1);
        // Before: mean of 0, 2, 5 less that of 1.5, 9 is 7/3 - 5.25; variances 19/3 and 28.125. After: 2 - 1.5.
        let scale = ((19.0 / 3.0 + 28.125) / 2.0f64).sqrt();
        let close = |got: Option<f64>, expected: f64| (got.expect("varies") - expected).abs() < 1e-12;
        assert!(close(near.balance[0].before, (7.0 / 3.0 - 5.25) / scale) && close(near.balance[0].after, 0.5 / scale));
    }

    #[test]
    fn rounds_give_every_treated_unit_one_more() {
        let x = vec![0.0, 10.0, 1.0, 2.0, 11.0, 3.0];
        let all = matched(&[1; 6], &[1, 1, 0, 0, 0, 0], std::slice::from_ref(&x), 3, None);
        assert_eq!(numbers(&all), [(0, vec![2, 3]), (1, vec![4, 5])]);
        assert_eq!(all.pair_differences(&[5.0, 6.0, 1.0, 2.0, 3.0, 4.0]), Ok(vec![4.0, 3.0]));
        assert_eq!(all.pair_differences(&[5.0]), Err(ContrastError::Lengths { expected: 3, found: 1 }));
        // Without a covariate, or with one that does not vary, in order.
        assert_eq!(numbers(&matched(&[1; 4], &[0, 1, 0, 1], &[], 1, None)), [(1, vec![0]), (3, vec![2])]);
        let flat = matched(&[1; 4], &[0, 1, 0, 1], &[vec![3.0; 4]], 1, Some(0.0));
        assert_eq!(
            (numbers(&flat), flat.balance[0]),
            (vec![(1, vec![0]), (3, vec![2])], Balance { before: None, after: None })
        );
    }

    #[test]
    fn columns_that_do_not_fit_are_refused() {
        let refused = |treated: &[bool], covariates: &[Vec<f64>], controls, caliper| {
            match_within(&Candidates { strata: &[1, 1], treated, covariates }, &MatchRule { controls, caliper }).err()
        };
        let both = [true, false];
        assert_eq!(refused(&[true], &[], 1, None), Some(ContrastError::Lengths { expected: 2, found: 1 }));
        assert_eq!(refused(&both, &[vec![1.0]], 1, None), Some(ContrastError::Lengths { expected: 2, found: 1 }));
        assert_eq!(refused(&both, &[vec![1.0, f64::INFINITY]], 1, None), Some(ContrastError::NotFinite(1)));
        assert_eq!(refused(&both, &[], 0, None), Some(ContrastError::Parameter("controls")));
        assert_eq!(refused(&both, &[], 1, Some(f64::NAN)), Some(ContrastError::Parameter("caliper")));
        assert_eq!(refused(&both, &[], 1, Some(0.5)), None);
    }

    proptest! {
        #[test]
        fn nobody_is_lost_and_units_of_measure_do_not_matter(
            cells in proptest::collection::vec((0u32..3, any::<bool>(), 0u8..50, 0u8..50), 1..40),
            controls in 1usize..4,
            caliper in 1u8..9,
        ) {
            let strata: Vec<u32> = cells.iter().map(|cell| cell.0).collect();
            let treated: Vec<bool> = cells.iter().map(|cell| cell.1).collect();
            // A little is added so that no two distances are equal.
            let column = |of: fn(&(u32, bool, u8, u8)) -> u8, tilt: f64| -> Vec<f64> {
                cells.iter().enumerate().map(|(at, cell)| f64::from(of(cell)) + tilt * ((at * at) as f64).sin()).collect()
            };
            let (x, y) = (column(|cell| cell.2, 0.1), column(|cell| cell.3, 0.2));
            let rule = MatchRule { controls, caliper: Some(f64::from(caliper) / 4.0 + 0.01) };
            let of = |covariates: &[Vec<f64>], rule: &MatchRule| {
                match_within(&Candidates { strata: &strata, treated: &treated, covariates }, rule).expect("columns")
            };
            let matching = of(&[x.clone(), y.clone()], &rule);
            let units = |set: &MatchedUnits| std::iter::once(set.treated).chain(set.controls.clone());
            let mut seen: Vec<usize> = matching.sets.iter().flat_map(units).collect();
            seen.extend(matching.unmatched.iter().map(|left| left.0));
            prop_assert_eq!(seen.len() + matching.unused, cells.len());
            seen.sort_unstable();
            seen.dedup();
            prop_assert_eq!(seen.len() + matching.unused, cells.len());
            for set in &matching.sets {
                let same = |&control: &usize| strata[control] == strata[set.treated] && !treated[control];
                prop_assert!(set.controls.iter().all(same) && treated[set.treated]);
                prop_assert!(set.distances.iter().all(|&distance| distance <= f64::from(caliper) / 4.0 + 0.01));
            }
            // The distance of Mahalanobis is the same in other coordinates, 100 x + 3 and x - 2 y, and whatever the units
            // are called. (Three points of a plane are all equally far from each other, so that the pairs themselves may be
            // others.)
            let turned = |column: &[f64]| column.iter().rev().copied().collect::<Vec<f64>>();
            let backward = [turned(&x), turned(&y)];
            let other = [x.iter().map(|x| 100.0 * x + 3.0).collect(), x.iter().zip(&y).map(|(x, y)| x - 2.0 * y).collect()];
            let single = MatchRule { controls: 1, ..rule };
            let [here, there] = [&[x, y], &other].map(|covariates| of(covariates, &single));
            let strata: Vec<u32> = strata.into_iter().rev().collect();
            let treated: Vec<bool> = treated.into_iter().rev().collect();
            let candidates = Candidates { strata: &strata, treated: &treated, covariates: &backward };
            let renamed = match_within(&candidates, &single).expect("columns");
            let sum = |matching: &Matching| matching.sets.iter().map(|set| set.distances[0]).sum::<f64>();
            for matching in [there, renamed] {
                prop_assert_eq!((here.sets.len(), here.unused), (matching.sets.len(), matching.unused));
                prop_assert!((sum(&here) - sum(&matching)).abs() < 1e-6);
            }
        }
    }
}
