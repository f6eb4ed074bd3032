//! The upper tail of the Poisson distribution: how unusual it is to see so many of something rare.

use crate::ln_gamma;

/// ln P(X >= k) for X Poisson with this mean: of many rare things, at least `k` happen. It holds also where the probability
/// itself is too small for a number.
///
/// ```text
/// P(X >= k) = e^-m m^k / k!  (1 + m/(k + 1) + m^2/((k + 1)(k + 2)) + ...),   P(X >= k) = 1 - P(X <= k - 1)  up to the mean
/// ```
pub fn ln_poisson_at_least(k: u64, mean: f64) -> f64 {
    if k == 0 {
        return 0.0;
    }
    if mean.is_nan() || mean <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let ln_mass = |point: f64| point * mean.ln() - mean - ln_gamma(point + 1.0);
    let start = k as f64;
    let (mut sum, mut term) = (1.0, 1.0);
    if start > mean {
        let mut point = start;
        while term > 1e-17 * sum {
            point += 1.0;
            term *= mean / point;
            sum += term;
        }
        return (ln_mass(start) + f64::ln(sum)).min(0.0);
    }
    let mut point = start - 1.0;
    while point > 0.0 && term > 1e-17 * sum {
        term *= point / mean;
        sum += term;
        point -= 1.0;
    }
    (-(ln_mass(start - 1.0) + f64::ln(sum)).exp().min(1.0)).ln_1p()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn agrees_with_scipy() {
        // python3 -c "from scipy.stats import poisson as p
        // print(p.logsf(2, .5), p.logsf(9, 3.), p.logsf(99, 100.), p.logsf(3, 20.), p.logsf(499, 100.))"
        for (k, mean, expected) in SCIPY {
            let got = ln_poisson_at_least(k, mean);
            assert!((got - expected).abs() < 1e-9 * expected.abs().max(1.0), "{k} of {mean}: {got}");
        }
        assert_eq!(ln_poisson_at_least(0, 0.0), 0.0);
        assert_eq!(ln_poisson_at_least(1, 0.0), f64::NEG_INFINITY);
        // More than any number: -m + k ln m - ln k! alone is below -4,000.
        let far = ln_poisson_at_least(1_000, 1.0);
        assert!((far - (-1.0 - ln_gamma(1_001.0) + (1.0f64 / 1_001.0).ln_1p())).abs() < 1e-5, "{far}");
    }

    const SCIPY: [(u64, f64, f64); 5] = [
        (3, 0.5, -4.24138313545577),
        (10, 3.0, -6.81018571703639),
        (100, 100.0, -0.666897150585289),
        (4, 20.0, -3.20372491238581e-06),
        (500, 100.0, -408.522844391304),
    ];

    proptest! {
        #[test]
        fn more_are_less_likely_and_a_larger_mean_makes_them_likelier(k in 0u64..300, mean in 0.01f64..200.0) {
            let p = ln_poisson_at_least(k, mean);
            prop_assert!(p <= 0.0 && ln_poisson_at_least(k + 1, mean) <= p + 1e-12);
            prop_assert!(ln_poisson_at_least(k, mean * 1.1) >= p - 1e-12);
        }
    }
}
