//! The number of successes of independent trials with different probabilities.
//!
//! With p_1..p_n, mean mu = sum p, variance s^2 = sum p(1-p) and skewness g = sum p(1-p)(1-2p) / s^3, the upper tail is
//! summed exactly (one trial after another, n^2/2 multiplications) up to [`PoissonBinomial::EXACT_TRIALS`], and beyond
//! that taken from the refined normal approximation of Volkova (1996),
//!
//! ```text
//! P(S <= k) = G((k + 1/2 - mu) / s),   G(x) = Phi(x) + g (1 - x^2) phi(x) / 6
//! ```
//!
//! whose error is of the order 1/s^2; the test below holds it against exact sums.

use crate::{normal_upper, tail::normal_density};

/// What is needed of the distribution of a sum of independent trials.
#[derive(Debug, Clone, Default)]
pub struct PoissonBinomial {
    probabilities: Vec<f64>,
    mean: f64,
    variance: f64,
    third_moment: f64,
}

/// The probability of at least so many successes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UpperTail {
    /// The probability.
    pub probability: f64,
    /// A bound (exact sums) or the order (refined normal) of its absolute error.
    pub error: f64,
    /// Whether it was summed exactly.
    pub exact: bool,
}

impl PoissonBinomial {
    /// Up to so many uncertain trials the tail is summed exactly (at most 3 million multiplications).
    pub const EXACT_TRIALS: usize = 2_500;

    /// Adds a trial that succeeds with `probability`, which is brought into 0 to 1 if rounding took it out.
    pub fn push(&mut self, probability: f64) {
        let p = probability.clamp(0.0, 1.0);
        let variance = p * (1.0 - p);
        self.mean += p;
        self.variance += variance;
        self.third_moment += variance * (1.0 - 2.0 * p);
        self.probabilities.push(p);
    }

    /// The expected number of successes.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation of the number of successes.
    pub fn sd(&self) -> f64 {
        self.variance.sqrt()
    }

    /// How many trials there are.
    pub fn trials(&self) -> usize {
        self.probabilities.len()
    }

    /// The probability of at least `observed` successes.
    pub fn upper_tail(&self, observed: usize) -> UpperTail {
        let uncertain = self.probabilities.iter().filter(|&&p| p > 0.0 && p < 1.0).count();
        if uncertain <= Self::EXACT_TRIALS {
            let certain = self.probabilities.iter().filter(|&&p| p >= 1.0).count();
            let probability = self.summed(observed.saturating_sub(certain));
            // Each multiplication and addition rounds by at most 2^-53 of its result.
            return UpperTail { probability, error: 4.0 * uncertain as f64 * f64::EPSILON, exact: true };
        }
        let x = (observed as f64 - 0.5 - self.mean) / self.sd();
        let skewness = self.third_moment / (self.variance * self.sd());
        let probability = normal_upper(x) - skewness * (1.0 - x * x) * normal_density(x) / 6.0;
        UpperTail { probability: probability.clamp(0.0, 1.0), error: 0.05 / self.variance, exact: false }
    }

    /// Adds up P(S >= observed) by working in one trial after another; `observed` and above share the last cell.
    fn summed(&self, observed: usize) -> f64 {
        let mut mass = vec![0.0; observed + 1];
        mass[0] = 1.0;
        let mut filled = 0;
        for &p in self.probabilities.iter().filter(|&&p| p > 0.0 && p < 1.0) {
            let top = filled.min(observed.saturating_sub(1));
            if filled >= observed {
                // The last cell keeps all that is in it.
                mass[observed] += if observed > 0 { mass[observed - 1] * p } else { 0.0 };
            } else {
                mass[filled + 1] = mass[filled] * p;
                filled += 1;
            }
            if observed > 0 {
                for count in (1..=top).rev() {
                    mass[count] = mass[count] * (1.0 - p) + mass[count - 1] * p;
                }
                mass[0] *= 1.0 - p;
            }
        }
        mass[observed].min(1.0)
    }
}

impl FromIterator<f64> for PoissonBinomial {
    fn from_iter<I: IntoIterator<Item = f64>>(probabilities: I) -> Self {
        let mut sum = Self::default();
        probabilities.into_iter().for_each(|p| sum.push(p));
        sum
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn twentyfifths(trials: usize) -> PoissonBinomial {
        (0..trials).map(|i| ((7 * i) % 20 + 1) as f64 / 25.0).collect()
    }

    #[test]
    fn agrees_with_a_convolution_in_numpy() {
        let sum = twentyfifths(200);
        assert!((sum.mean() - 84.0).abs() < 1e-12);
        assert!((sum.sd().powi(2) - 38.08).abs() < 1e-12);
        for (observed, expected) in
            [(100, 0.006_091_608_634_442_318), (95, 0.044_589_243_040_936_87), (80, 0.766_880_908_826_465_2)]
        {
            let tail = sum.upper_tail(observed);
            assert!(tail.exact && (tail.probability - expected).abs() < 1e-13, "{observed}: {tail:?}");
        }
    }

    #[test]
    fn the_refined_normal_stays_within_the_order_it_states() {
        let sum = twentyfifths(PoissonBinomial::EXACT_TRIALS);
        let refined: PoissonBinomial = sum.probabilities.iter().copied().chain([0.5]).collect();
        for sds in [-3.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0] {
            let observed = (refined.mean() + sds * refined.sd()) as usize;
            let tail = refined.upper_tail(observed);
            let exact = refined.summed(observed);
            assert!(!tail.exact && (tail.probability - exact).abs() <= tail.error, "{sds}: {tail:?} and {exact}");
        }
    }

    #[test]
    fn certain_trials_and_empty_sums() {
        assert_eq!(PoissonBinomial::default().upper_tail(0).probability, 1.0);
        assert_eq!(PoissonBinomial::default().upper_tail(1).probability, 0.0);
        let sum: PoissonBinomial = [1.0, 1.0, 0.0, 0.25].into_iter().collect();
        assert_eq!(sum.upper_tail(2).probability, 1.0);
        assert_eq!(sum.upper_tail(3).probability, 0.25);
        assert_eq!(sum.upper_tail(4).probability, 0.0);
    }

    proptest! {
        #[test]
        fn equal_trials_are_binomial(trials in 1usize..60, twentieths in 1u32..20, part in 0.0f64..1.0) {
            let p = f64::from(twentieths) / 20.0;
            let sum: PoissonBinomial = std::iter::repeat_n(p, trials).collect();
            let observed = (part * trials as f64) as usize;
            let mut term = (1.0 - p).powi(trials as i32);
            let mut below = 0.0;
            for count in 0..observed {
                below += term;
                term *= (trials - count) as f64 / (count + 1) as f64 * p / (1.0 - p);
            }
            prop_assert!((sum.upper_tail(observed).probability - (1.0 - below)).abs() < 1e-9);
        }
    }
}
