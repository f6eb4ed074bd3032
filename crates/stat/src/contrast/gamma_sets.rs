//! Rosenbaum's bounds for matched sets of any size and outcomes that are numbers.
//!
//! The statistic is the D of `permutation`, the mean over sets of the treated unit's outcome less the mean of its
//! controls'. In set i let q_i1 <= … <= q_in be that difference if each of its n units in turn were the treated one. Where
//! the odds of being treated differ by a factor of at most G, the mean of the set is largest if the a units with the
//! smallest q have the smaller odds, for some a:
//!
//! ```text
//! m_ia = (q_i1 + … + q_ia + G (q_i,a+1 + … + q_in)) / (a + G (n - a))
//! v_ia = (q_i1^2 + … + G q_in^2) / (a + G (n - a)) - m_ia^2
//! p    = P(Z >= (sum q - sum m)/sqrt(sum v))
//! ```
//!
//! with the a of each set that makes m largest, and of equal ones v. In the limit of many sets this is the largest p-value
//! (J. L. Gastwirth, A. M. Krieger and P. R. Rosenbaum, JRSS B 62, 2000). It is an approximation by the normal
//! distribution: for fewer than about 20 sets, or a few sets that outweigh all others, it is rough. For pairs it is sum |d|
//! (G - 1)/(G + 1) and sum d^2 4 G/(1 + G)^2.

use super::{
    error::ContrastError,
    gamma::{PBounds, largest, proper},
    permutation::MatchedSet,
    signed_rank::TailProbability,
};
use crate::normal_upper;

/// What a set adds: its difference, and what it would be with each unit treated, from the smallest.
struct Scores {
    observed: f64,
    sorted: Vec<f64>,
}

/// Bounds on the one-sided p-value of D against an effect above 0 at `gamma`, 1 or more. Fails for no set and for one with
/// no controls or with a number that is not finite. Costs the units of all sets.
pub fn sets_bounds(sets: &[MatchedSet], gamma: f64) -> Result<PBounds, ContrastError> {
    proper(gamma)?;
    Ok(bounds(&scores(sets)?, gamma))
}

/// The largest Gamma at which D still rejects at `level`, between 0 and 1; `None` where it does not at 1 either. At most a
/// million.
pub fn largest_gamma_sets(sets: &[MatchedSet], level: f64) -> Result<Option<f64>, ContrastError> {
    super::error::proper_level(level)?;
    let scores = scores(sets)?;
    largest(level, |gamma| Ok(bounds(&scores, gamma)))
}

fn scores(sets: &[MatchedSet]) -> Result<Vec<Scores>, ContrastError> {
    super::permutation::proper(sets)?;
    let of = |set: &MatchedSet| {
        let all: f64 = set.treated + set.controls.iter().sum::<f64>();
        let others = set.controls.len() as f64;
        let score = |unit: f64| unit - (all - unit) / others;
        let mut sorted: Vec<f64> = set.controls.iter().map(|&unit| score(unit)).collect();
        sorted.push(score(set.treated));
        sorted.sort_by(f64::total_cmp);
        Scores { observed: score(set.treated), sorted }
    };
    Ok(sets.iter().map(of).collect())
}

fn bounds(scores: &[Scores], gamma: f64) -> PBounds {
    let observed: f64 = scores.iter().map(|set| set.observed).sum();
    let upper = tail(observed, scores.iter().map(|set| largest_mean(set.sorted.iter().copied(), gamma)));
    // The smallest mean is the largest of the scores turned round, turned back.
    let turned = |set: &Scores| {
        let (mean, variance) = largest_mean(set.sorted.iter().rev().map(|score| -score), gamma);
        (-mean, variance)
    };
    PBounds { lower: tail(observed, scores.iter().map(turned)), upper }
}

fn tail(observed: f64, sets: impl Iterator<Item = (f64, f64)>) -> TailProbability {
    let (mean, variance) = sets.fold((0.0, 0.0), |(mean, variance), set| (mean + set.0, variance + set.1));
    let probability = if variance > 0.0 { normal_upper((observed - mean) / f64::sqrt(variance)) } else { 1.0 };
    TailProbability { probability, exact: false }
}

/// The largest mean of a set and its variance, over how many of the smallest scores have the smaller odds.
fn largest_mean(sorted: impl Iterator<Item = f64> + Clone, gamma: f64) -> (f64, f64) {
    let [count, sum, squares] = sorted.clone().fold([0.0; 3], |[n, s, q], x| [n + 1.0, s + x, q + x * x]);
    let (mut best, mut low) = ((f64::NEG_INFINITY, 0.0), [0.0; 3]);
    for score in sorted {
        let whole = low[0] + gamma * (count - low[0]);
        let mean = (low[1] + gamma * (sum - low[1])) / whole;
        let variance = ((low[2] + gamma * (squares - low[2])) / whole - mean * mean).max(0.0);
        if (mean, variance) > best {
            best = (mean, variance);
        }
        low = [low[0] + 1.0, low[1] + score, low[2] + score * score];
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(treated: f64, controls: &[f64]) -> MatchedSet {
        MatchedSet { treated, controls: controls.to_vec() }
    }

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-9 * expected.abs(), "{got}, expected {expected}");
    }

    #[test]
    fn sets_agree_with_the_formula_in_numpy() {
        let sets = [
            set(5.0, &[1.0, 3.0, 2.5]),
            set(4.0, &[4.5, 0.5]),
            set(6.5, &[2.0]),
            set(3.0, &[1.5, 2.0, 0.0]),
            set(2.0, &[2.5]),
            set(7.0, &[3.0, 6.0]),
        ];
        // numpy, for each set: q = sorted(y - (sum(y) - y)/(n - 1)), for a in range(1, n): w = [1]*a + [g]*(n - a), m =
        // w@q/sum(w), v = w@q**2/sum(w) - m**2, the largest (m, v); scipy.stats.norm.sf((sum of q of the treated - sum
        // m)/sqrt(sum v)); for the lower bound the smallest m, with w = [g]*a + [1]*(n - a)
        for (gamma, upper, lower) in [
            (1.0, 0.022395518225756056, 0.022395518225756056),
            (2.0, 0.07110098927963478, 0.003358895487634884),
            (3.0, 0.12052262228676758, 0.0005467431536552096),
        ] {
            let bounds = sets_bounds(&sets, gamma).expect("sets");
            close(bounds.upper.probability, upper);
            close(bounds.lower.probability, lower);
        }
        // scipy.optimize.brentq of the upper bound less .2
        let largest = largest_gamma_sets(&sets, 0.2).expect("a level").expect("rejects");
        assert!((largest - 5.125747273801923).abs() < 1e-7, "{largest}");
    }

    #[test]
    fn what_are_no_sets_is_refused() {
        assert_eq!(sets_bounds(&[], 2.0), Err(ContrastError::Empty));
        assert_eq!(sets_bounds(&[set(1.0, &[])], 2.0), Err(ContrastError::NoControls(0)));
        assert_eq!(sets_bounds(&[set(1.0, &[f64::NAN])], 2.0), Err(ContrastError::NotFinite(0)));
        assert_eq!(sets_bounds(&[set(1.0, &[2.0])], 0.5), Err(ContrastError::Parameter("gamma")));
        // Nothing differs: nothing can be said.
        assert_eq!(sets_bounds(&[set(1.0, &[1.0])], 2.0).expect("sets").upper.probability, 1.0);
        assert_eq!(largest_gamma_sets(&[set(1.0, &[1.0])], 0.05), Ok(None));
    }

    proptest! {
        #[test]
        fn no_odds_give_a_larger_mean(cells in proptest::collection::vec(-9i8..9, 2..7), quarters in 4u32..40) {
            let gamma = f64::from(quarters) / 4.0;
            let units: Vec<f64> = cells.iter().map(|&cell| f64::from(cell)).collect();
            let scores = &scores(&[set(units[0], &units[1..])]).expect("a set")[0].sorted;
            let (mean, _) = largest_mean(scores.iter().copied(), gamma);
            for odds in 0u32..1 << units.len() {
                let weights: Vec<f64> = (0..units.len()).map(|at| if odds >> at & 1 == 1 { gamma } else { 1.0 }).collect();
                let sum: f64 = weights.iter().zip(scores).map(|(weight, score)| weight * score).sum();
                prop_assert!(sum / weights.iter().sum::<f64>() <= mean + 1e-9);
            }
        }

        #[test]
        fn pairs_have_the_closed_form_and_bounds_widen(
            d in proptest::collection::vec(-3.0f64..9.0, 2..30), quarters in 4u32..40
        ) {
            let gamma = f64::from(quarters) / 4.0;
            let sets: Vec<MatchedSet> = d.iter().map(|&d| set(d + 1.0, &[1.0])).collect();
            let bounds = sets_bounds(&sets, gamma).expect("sets");
            let (sum, sizes, squares) = d.iter().fold((0.0, 0.0, 0.0), |(s, a, q), d| (s + d, a + d.abs(), q + d * d));
            let sd = (squares * 4.0 * gamma).sqrt() / (1.0 + gamma);
            let tilt = sizes * (gamma - 1.0) / (gamma + 1.0);
            prop_assert!((bounds.upper.probability - normal_upper((sum - tilt) / sd)).abs() < 1e-9);
            prop_assert!((bounds.lower.probability - normal_upper((sum + tilt) / sd)).abs() < 1e-9);
            let wider = sets_bounds(&sets, gamma + 0.5).expect("sets");
            prop_assert!(bounds.lower.probability <= bounds.upper.probability + 1e-12);
            prop_assert!(wider.upper.probability >= bounds.upper.probability - 1e-12);
            prop_assert!(wider.lower.probability <= bounds.lower.probability + 1e-12);
        }
    }
}
