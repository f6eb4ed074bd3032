//! Counts of successes whose probability differs from one unit to the next: the beta-binomial distribution,
//!
//! ```text
//! P(x) = C(n, x) B(x + a, n - x + b) / B(a, b),   P(x + 1)/P(x) = (n - x)(x + a) / ((x + 1)(n - x - 1 + b)),
//! ```
//!
//! point by point, and the precision a + b of several units from the spread of their shares.

use crate::DirichletMultinomial;

/// Points below this part of the largest probability are left out, where they only become fewer.
const NEGLIGIBLE: f64 = 1e-13;
/// How many points are worked out at a time.
const BLOCK: usize = 64;
/// A precision from here on is that of shares that do not differ at all.
const HIGHEST_PRECISION: f64 = 1e7;
/// The lowest precision: shares are 0 and 1 about as often as anything between.
const LOWEST_PRECISION: f64 = 0.5;

/// The distribution of `trials` draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaBinomial {
    trials: u32,
    a: f64,
    b: f64,
}

impl BetaBinomial {
    /// The distribution with a mean share from 0 to 1 and a precision above 0; shares of exactly 0 and 1 are moved a
    /// little inward.
    pub fn new(trials: u32, share: f64, precision: f64) -> Self {
        let share = share.clamp(1e-9, 1.0 - 1e-9);
        Self { trials, a: share * precision, b: (1.0 - share) * precision }
    }

    /// P(x).
    pub fn probability(&self, x: u32) -> f64 {
        if x > self.trials {
            return 0.0;
        }
        DirichletMultinomial::new([self.a, self.b]).ln_probability(&[x, self.trials - x]).exp()
    }

    /// P(x + 1) / P(x), for x below the number of trials.
    pub fn ratio(&self, x: u32) -> f64 {
        let (x, left) = (f64::from(x), f64::from(self.trials - x));
        left * (x + self.a) / ((x + 1.0) * (left - 1.0 + self.b))
    }

    /// Hands out the points and their probabilities in ascending order: all that are not negligible.
    pub fn for_each(&self, mut with: impl FnMut(u32, f64)) {
        self.for_blocks(|first, block| (first..).zip(block).for_each(|(x, &p)| with(x, p)));
    }

    /// The same, a few at a time: the first point and the probabilities of all from there on.
    pub fn for_blocks(&self, mut with: impl FnMut(u32, &[f64])) {
        let (mut x, mut p) = self.lowest();
        let peak = f64::from(self.trials) * self.a / (self.a + self.b);
        // With b above 1 probabilities only fall beyond the mean, and with a above 1 they only rise before it.
        let falls = self.b > 1.0;
        let mut largest = p;
        let (mut ratios, mut points) = ([0.0; BLOCK], [0.0; BLOCK]);
        loop {
            let length = (self.trials - x).min(BLOCK as u32);
            if length == 0 || (falls && f64::from(x) > peak && p < NEGLIGIBLE * largest) {
                return with(x, &[p]);
            }
            // Quotients first, since none waits for another, then their products.
            let (at, left, a, b) = (f64::from(x), f64::from(self.trials - x), self.a, self.b);
            for (step, ratio) in ratios.iter_mut().enumerate() {
                let (at, left) = (at + step as f64, left - step as f64);
                *ratio = left * (at + a) / ((at + 1.0) * (left - 1.0 + b));
            }
            for (point, ratio) in points[..length as usize].iter_mut().zip(ratios) {
                *point = p;
                p *= ratio;
                largest = if p > largest { p } else { largest };
            }
            with(x, &points[..length as usize]);
            x += length;
        }
    }

    /// A point below which all is negligible, with its probability.
    fn lowest(&self) -> (u32, f64) {
        if self.a <= 1.0 {
            return (0, self.probability(0));
        }
        let (n, sum) = (f64::from(self.trials), self.a + self.b);
        let share = self.a / sum;
        let deviation = (n * share * (1.0 - share) * (n + sum) / (1.0 + sum)).sqrt();
        let least = NEGLIGIBLE * self.probability((n * share) as u32);
        let mut reach = 8.0 * deviation + 3.0;
        loop {
            let x = (n * share - reach).max(0.0) as u32;
            let p = self.probability(x);
            if x == 0 || p <= least {
                // Too small a beginning would lose its digits.
                return if p > 1e-290 || reach < 2.0 { (x, p) } else { self.not_vanishing(x, n * share) };
            }
            reach *= 2.0;
        }
    }

    /// The middle between a point whose probability is no number any more and the mean, until it is one.
    fn not_vanishing(&self, mut x: u32, mean: f64) -> (u32, f64) {
        let mean = mean as u32;
        while x < mean {
            x = x.midpoint(mean).max(x + 1);
            let p = self.probability(x);
            if p > 1e-290 {
                return (x, p);
            }
        }
        (mean, self.probability(mean))
    }
}

/// Pearson's sum over units and kinds, from which a precision comes.
///
/// ```text
/// Q = units/(units - 1)  sum_i sum_k (x_ik - n_i p_k)^2 / (n_i p_k) / (K - 1),
/// E Q = sum_i (n_i + precision)/(1 + precision)
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Pearson {
    squares: f64,
    trials: f64,
    units: f64,
}

impl Pearson {
    /// Works in the counts of a unit; `shares` are those of all units together, and add up to 1.
    pub fn push(&mut self, counts: impl Iterator<Item = f64> + Clone, shares: &[f64]) {
        let total: f64 = counts.clone().sum();
        if total <= 0.0 {
            return;
        }
        self.squares += counts
            .zip(shares)
            .filter(|(_, share)| **share > 0.0)
            .map(|(count, share)| (count - total * share).powi(2) / (total * share))
            .sum::<f64>();
        self.trials += total;
        self.units += 1.0;
    }

    /// The precision that the spread fits, of counts of `kinds` kinds; the highest where it is no wider than without
    /// any differences.
    pub fn precision(&self, kinds: usize) -> f64 {
        let quotient = self.squares / (kinds.max(2) - 1) as f64 * self.units / (self.units - 1.0).max(1.0);
        if quotient <= self.units {
            return HIGHEST_PRECISION;
        }
        ((self.trials - quotient) / (quotient - self.units)).clamp(LOWEST_PRECISION, HIGHEST_PRECISION)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn agrees_with_scipy() {
        // scipy.stats.betabinom.pmf(7, 20, 3, 7), (300, 1000, 0.3, 0.7), (480, 1000, 60, 65)
        for (law, x, expected) in [
            (BetaBinomial::new(20, 0.3, 10.0), 7, 0.097528857948648),
            (BetaBinomial::new(1_000, 0.3, 1.0), 300, 0.00066539005694462),
            (BetaBinomial::new(1_000, 0.48, 125.0), 480, 0.0084000910895902),
        ] {
            let mut got = 0.0;
            law.for_each(|at, p| {
                if at == x {
                    got = p
                }
            });
            assert!(
                (got / expected - 1.0).abs() < 1e-10 && (law.probability(x) / expected - 1.0).abs() < 1e-10,
                "{got}"
            );
        }
    }

    #[test]
    fn the_precision_is_that_of_the_spread() {
        // Two units of 10: 8 and 2, shares 1/2. Sum (9/5 + 9/5) * 2 = 7.2, times 2/1 = 14.4: (20 - 14.4) / (14.4 - 2) =
        // 0.4516, which is below the lowest. 6 and 4: (1/5 + 1/5) * 2 * 2 = 1.6 below 2: no spread. 7 and 3: 3.2 * 2 =
        // 6.4: 13.6 / 4.4.
        let of = |x: [f64; 2]| {
            let mut sums = Pearson::default();
            x.iter().for_each(|&x| sums.push([x, 10.0 - x].into_iter(), &[0.5, 0.5]));
            sums.precision(2)
        };
        assert_eq!((of([8.0, 2.0]), of([6.0, 4.0])), (LOWEST_PRECISION, HIGHEST_PRECISION));
        assert!((of([7.0, 3.0]) - 13.6 / 4.4).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn all_points_are_handed_out_once(trials in 0u32..800, share in 0.0f64..=1.0, ln_precision in -1.0f64..12.0) {
            let (mut sum, mut seen) = (0.0, vec![false; trials as usize + 1]);
            BetaBinomial::new(trials, share, ln_precision.exp()).for_each(|x, p| {
                assert!(!std::mem::replace(&mut seen[x as usize], true));
                sum += p;
            });
            prop_assert!((sum - 1.0).abs() < 1e-8, "{sum}");
        }
    }
}
