//! Rosenbaum's bounds: how far from chance the choice of the treated could have been before the conclusion falls.
//!
//! In a matched set the odds of being the treated unit differ between two units by a factor of at most Gamma (1: chance
//! alone). Of a pair that differs, the unit with the larger outcome is then the treated one with a probability between
//!
//! ```text
//! p- = 1/(1 + G)   and   p+ = G/(1 + G)
//! ```
//!
//! and the p-value of a sum of scores lies between those of sums of independent trials with p- and with p+ (P. R.
//! Rosenbaum, *Observational Studies*, 2nd edition 2002, chapter 4). Tests are one-sided: that the treated have
//! more. For less, turn the outcomes round; for both, test both at half the level.
//!
//! A large Gamma does not say that there was no bias, nor a small one that there was: it says how much would be needed.

use super::{
    error::{ContrastError, proper_level},
    signed_rank::{SignedRanks, TailProbability},
};

/// The smallest and the largest p-value that biases up to a Gamma could give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PBounds {
    /// If the bias worked against the finding.
    pub lower: TailProbability,
    /// If it worked for it.
    pub upper: TailProbability,
}

/// Above this Gamma nothing is looked for.
const LARGEST: f64 = 1e6;

/// A Gamma is finite and 1 or more.
fn proper(gamma: f64) -> Result<(), ContrastError> {
    if gamma.is_finite() && gamma >= 1.0 { Ok(()) } else { Err(ContrastError::Parameter("gamma")) }
}

/// Bounds on the p-value of Wilcoxon's signed ranks at `gamma`, 1 or more. Exact up to [`SignedRanks::EXACT_PAIRS`] pairs
/// that differ, normal beyond.
pub fn signed_rank_bounds(ranks: &SignedRanks, gamma: f64) -> Result<PBounds, ContrastError> {
    proper(gamma)?;
    Ok(PBounds { lower: ranks.upper_tail(1.0 / (1.0 + gamma)), upper: ranks.upper_tail(gamma / (1.0 + gamma)) })
}

/// The largest Gamma at which the signed ranks still reject at `level`, between 0 and 1; `None` where they do not reject at
/// 1 either. Found by halving until nothing changes in the ninth digit; at most a million.
pub fn largest_gamma_signed_rank(ranks: &SignedRanks, level: f64) -> Result<Option<f64>, ContrastError> {
    proper_level(level)?;
    largest(level, |gamma| signed_rank_bounds(ranks, gamma))
}

/// Upper bounds grow with Gamma: halving, by ratios.
fn largest(level: f64, bounds: impl Fn(f64) -> Result<PBounds, ContrastError>) -> Result<Option<f64>, ContrastError> {
    let holds = |gamma: f64| bounds(gamma).map(|bounds| bounds.upper.probability <= level);
    if !holds(1.0)? {
        return Ok(None);
    }
    let (mut low, mut high) = (1.0, 2.0);
    while holds(high)? {
        if high >= LARGEST {
            return Ok(Some(LARGEST));
        }
        (low, high) = (high, f64::min(2.0 * high, LARGEST));
    }
    while high / low > 1.0 + 1e-9 {
        let middle = (low * high).sqrt();
        if holds(middle)? { low = middle } else { high = middle }
    }
    Ok(Some(low))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::normal_upper;

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-9 * expected.abs(), "{got}, expected {expected}");
    }

    /// Lead in the blood of 33 children of workers at a battery factory and of their controls, in micrograms a decilitre
    /// (Morton and others, American Journal of Epidemiology 115, 1982; typed from the examples of the R package rbounds).
    const EXPOSED: [f64; 33] = [
        38., 23., 41., 18., 37., 36., 23., 62., 31., 34., 24., 14., 21., 17., 16., 20., 15., 10., 45., 39., 22., 35.,
        49., 48., 44., 35., 43., 39., 34., 13., 73., 25., 27.,
    ];
    const CONTROL: [f64; 33] = [
        16., 18., 18., 24., 19., 11., 10., 15., 16., 18., 18., 13., 19., 10., 16., 16., 24., 13., 9., 14., 21., 19.,
        7., 18., 19., 12., 11., 22., 25., 16., 13., 11., 13.,
    ];

    fn lead() -> SignedRanks {
        let differences: Vec<f64> = EXPOSED.iter().zip(CONTROL).map(|(exposed, control)| exposed - control).collect();
        SignedRanks::new(&differences).expect("finite")
    }

    #[test]
    fn lead_in_the_blood_of_children_as_published() {
        let ranks = lead();
        // Rosenbaum 2002, chapter 4: T = 527, and with the normal distribution the largest significance levels .0018,
        // .0136, .0388, .0468 and .0740 at Gamma 2, 3, 4, 4.25 and 5. The sums of ranks and of their squares are 560 and
        // 12,522.5: 33 ranks without that of the one pair that does not differ.
        assert_eq!(ranks.statistic(), 527.0);
        for (gamma, published) in [(2.0, 0.0018), (3.0, 0.0136), (4.0, 0.0388), (4.25, 0.0468), (5.0, 0.0740)] {
            let p: f64 = gamma / (1.0 + gamma);
            let normal = normal_upper((527.0 - p * 560.0) / (p * (1.0 - p) * 12_522.5).sqrt());
            assert!((normal - published).abs() <= 0.00005, "{gamma}: {normal}");
        }
        // Exact: the distribution of twice the ranks as numpy array f of 1121 numbers,
        //   for r in 2*rankdata(abs(d))[d != 0]: g = f*(1-p); g[r:] += f[:-r]*p; f = g
        // and f[1054:].sum()
        for (gamma, upper, lower) in [
            (1.0, 3.91155481338501e-07, 3.91155481338501e-07),
            (2.0, 0.0004338669354801511, 1.3159597583828477e-11),
            (4.0, 0.026999472256814174, 2.3239595592253304e-17),
            (5.0, 0.06356227180486457, 1.9938479325584424e-19),
        ] {
            let bounds = signed_rank_bounds(&ranks, gamma).expect("a gamma");
            assert!(bounds.upper.exact && bounds.lower.exact);
            close(bounds.upper.probability, upper);
            close(bounds.lower.probability, lower);
        }
        // scipy.optimize.brentq(lambda g: upper(g) - .05, 1, 9)
        let largest = largest_gamma_signed_rank(&ranks, 0.05).expect("a level").expect("rejects");
        assert!((largest - 4.672230126401844).abs() < 1e-7, "{largest}");
    }

    #[test]
    fn what_is_no_gamma_is_refused() {
        let wrong = Err(ContrastError::Parameter("gamma"));
        for gamma in [0.9, f64::NAN, f64::INFINITY] {
            assert_eq!(signed_rank_bounds(&lead(), gamma), wrong, "{gamma}");
        }
    }

    proptest! {
        #[test]
        fn bounds_widen_and_the_largest_is_where_they_cross(d in proptest::collection::vec(-2.0f64..9.0, 6..25)) {
            let ranks = SignedRanks::new(&d).expect("finite");
            let at = |gamma| signed_rank_bounds(&ranks, gamma).expect("a gamma");
            let all = [1.0, 1.5, 2.0, 4.0, 9.0].map(at);
            prop_assert!(all[0].lower == all[0].upper);
            for pair in all.windows(2) {
                prop_assert!(pair[0].upper.probability <= pair[1].upper.probability + 1e-12);
                prop_assert!(pair[0].lower.probability >= pair[1].lower.probability - 1e-12);
            }
            prop_assert!(all.iter().all(|bounds| bounds.upper.probability <= 1.0 && bounds.lower.probability >= 0.0));
            match largest_gamma_signed_rank(&ranks, 0.05).expect("a level") {
                None => prop_assert!(all[0].upper.probability > 0.05),
                Some(gamma) => {
                    let upper = |gamma| signed_rank_bounds(&ranks, gamma).expect("a gamma").upper.probability;
                    prop_assert!(upper(gamma) <= 0.05 && upper(gamma * (1.0 + 1e-8)) > 0.05);
                }
            }
        }
    }
}
