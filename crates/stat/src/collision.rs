//! How likely two units are to have the same counts of every kind, under the Dirichlet-multinomial distribution:
//!
//! ```text
//! C(n) = sum over x with sum n of P(x | a)^2
//! ```
//!
//! The distribution is that of independent negative binomial numbers X_k of shapes a_k given that they add up to n. So
//!
//! ```text
//! C(n) = (f_1 * f_2 * ... * f_K)(n) / P(sum X = n)^2,   f_k(x) = P(X_k = x)^2,
//! ```
//!
//! a convolution over the counts, whose cost is that of n numbers of n points and not of all vectors. Any parameter of
//! the negative binomial distributions gives the same C; the one whose mean is n keeps all terms near each other in
//! size.

use crate::ln_gamma;

/// Probabilities below this part of the largest are left out, those of their squares with them.
const NEGLIGIBLE: f64 = 1e-7;

/// The probability that two units of `total` have equal counts, when the shares of both are drawn anew from a Dirichlet
/// distribution with these parameters, all above 0. 1 where there is nothing to differ in. `work` grows by the number
/// of products that were summed.
pub fn collision(alpha: &[f64], total: u32, work: &mut u64) -> f64 {
    if alpha.len() < 2 || total == 0 {
        return 1.0;
    }
    let sum: f64 = alpha.iter().sum();
    let ln_hit = (f64::from(total) / (f64::from(total) + sum)).ln();
    let ln_miss = (sum / (f64::from(total) + sum)).ln();
    let mut kinds: Vec<Band> = alpha.iter().map(|&a| Band::squared(a, total, ln_hit, ln_miss)).collect();
    // The widest comes last: of it and all others together one point is wanted, not a convolution.
    kinds.sort_by_key(|band| band.values.len());
    let last = kinds.pop().unwrap_or_default();
    let mut product = Band { from: 0, values: vec![1.0] };
    let mut ln_scale = 0.0;
    for kind in &kinds {
        *work += (product.values.len() * kind.values.len()) as u64;
        product = product.times(kind, total as usize);
        // Products of many kinds would become too small for a number.
        let largest = product.values.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        product.values.iter_mut().for_each(|value| *value /= largest);
        ln_scale += largest.ln();
    }
    let together = product.meeting(&last, total as usize);
    let ln_total = ln_negative_binomial(sum, f64::from(total), ln_hit, ln_miss);
    (together.ln() + ln_scale - 2.0 * ln_total).exp().min(1.0)
}

/// About [`collision`], at a cost that does not grow with `total`: the chain rule over the kinds, each against those
/// after it at the mean of what is left, by the chance of agreeing on 0 and that of two normal numbers of the same
/// deviation.
///
/// ```text
/// C(n) ~ product over k of z^2 + (1 - z)^2 / sqrt(1 + 4 pi v),   z = P(x_k = 0),  v the variance of x_k
/// ```
///
/// It is good enough to tell where a collision is out of the question.
pub fn collision_estimate(alpha: &[f64], total: u32) -> f64 {
    let mut sorted = alpha.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut sum: f64 = alpha.iter().sum();
    let mut left = f64::from(total);
    let mut estimate = 1.0;
    while let Some(own) = sorted.pop().filter(|_| !sorted.is_empty()) {
        let share = own / sum;
        let variance = left * share * (1.0 - share) * (left + sum) / (1.0 + sum);
        // As of a negative binomial number: the rest is large where this matters.
        let none = (1.0 + left / sum).powf(-own);
        estimate *= none * none + (1.0 - none).powi(2) / (1.0 + 4.0 * std::f64::consts::PI * variance).sqrt();
        left *= 1.0 - share;
        sum -= own;
        if sum <= 0.0 {
            break;
        }
    }
    estimate.min(1.0)
}

/// ln P(X = x) for X negative binomial of that shape.
fn ln_negative_binomial(shape: f64, x: f64, ln_hit: f64, ln_miss: f64) -> f64 {
    ln_gamma(x + shape) - ln_gamma(shape) - ln_gamma(x + 1.0) + shape * ln_miss + x * ln_hit
}

/// Numbers for consecutive counts; all others are 0.
#[derive(Debug, Clone, Default)]
struct Band {
    from: usize,
    values: Vec<f64>,
}

impl Band {
    /// The squares of the probabilities of a negative binomial number up to `total`.
    fn squared(shape: f64, total: u32, ln_hit: f64, ln_miss: f64) -> Self {
        let hit = ln_hit.exp();
        let mode = ((shape - 1.0) * hit / ln_miss.exp()).clamp(0.0, f64::from(total)).floor();
        let largest = ln_negative_binomial(shape, mode, ln_hit, ln_miss).exp();
        let mut below = Vec::new();
        let (mut x, mut p) = (mode, largest);
        while x > 0.0 {
            p *= x / (x - 1.0 + shape) / hit;
            x -= 1.0;
            if p < NEGLIGIBLE * largest {
                break;
            }
            below.push(p * p);
        }
        let from = mode as usize - below.len();
        let mut values: Vec<f64> = below.into_iter().rev().collect();
        (x, p) = (mode, largest);
        while x <= f64::from(total) && p >= NEGLIGIBLE * largest {
            values.push(p * p);
            p *= (x + shape) / (x + 1.0) * hit;
            x += 1.0;
        }
        Self { from, values }
    }

    /// The convolution, up to the count `most`.
    fn times(&self, other: &Self, most: usize) -> Self {
        let from = self.from + other.from;
        let length = (self.values.len() + other.values.len()).saturating_sub(1).min((most + 1).saturating_sub(from));
        let mut values = vec![0.0; length];
        for (shift, own) in self.values.iter().enumerate() {
            let room = length.saturating_sub(shift);
            let theirs = &other.values[..other.values.len().min(room)];
            values[shift.min(length)..].iter_mut().zip(theirs).for_each(|(sum, theirs)| *sum += own * theirs);
        }
        Self { from, values }
    }

    /// One point of the convolution.
    fn meeting(&self, other: &Self, at: usize) -> f64 {
        let of = |(shift, own): (usize, &f64)| {
            let theirs = at.checked_sub(self.from + shift)?.checked_sub(other.from)?;
            Some(own * other.values.get(theirs)?)
        };
        self.values.iter().enumerate().filter_map(of).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::DirichletMultinomial;

    fn brute(alpha: [f64; 3], total: u32) -> f64 {
        let law = DirichletMultinomial::new(alpha);
        (0..=total)
            .flat_map(|a| (0..=total - a).map(move |b| [a, b, total - a - b]))
            .map(|counts| (2.0 * law.ln_probability(&counts)).exp())
            .sum()
    }

    #[test]
    fn two_votes_for_two_kinds() {
        // With parameters 1, 1 the counts 0, 1, 2 are equally likely: 3 (1/3)^2.
        assert!((collision(&[1.0, 1.0], 2, &mut 0) - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(collision(&[1.0], 2, &mut 0), 1.0);
    }

    #[test]
    fn many_kinds_agree_with_numpy() {
        // python3, numpy: g = exp(2 (gammaln(x + a) - gammaln(a) - gammaln(x + 1))), numpy.convolve over the kinds,
        // its point n divided by exp(2 (gammaln(n + A) - gammaln(A) - gammaln(n + 1)))
        let alpha = [0.4, 3.0, 12.0, 7.5, 1.1, 26.0];
        let got = collision(&alpha, 90, &mut 0);
        assert!((got / 1.67436984979e-05 - 1.0).abs() < 1e-7, "{got}");
    }

    proptest! {
        #[test]
        fn an_estimate_is_of_the_same_order(
            alpha in proptest::collection::vec(0.05f64..40.0, 2..12),
            total in 50u32..400,
        ) {
            let (exact, estimate) = (collision(&alpha, total, &mut 0), collision_estimate(&alpha, total));
            prop_assert!((estimate / exact).ln().abs() < 40f64.ln(), "{estimate} {exact}");
        }

        #[test]
        fn is_the_sum_of_squares(a in 0.05f64..60.0, b in 0.05f64..60.0, c in 0.05f64..2000.0, total in 1u32..60) {
            let (got, expected) = (collision(&[a, b, c], total, &mut 0), brute([a, b, c], total));
            prop_assert!((got / expected - 1.0).abs() < 1e-6, "{got} {expected}");
        }
    }
}
