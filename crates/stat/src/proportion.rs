//! Exact statements about a proportion: how large or small it may be, given how often something happened.
//!
//! `P(X >= k) = I_p(k, n - k + 1)` for a binomial X, with I the regularised incomplete beta function; the bounds invert
//! it (Clopper and Pearson, Biometrika 26, 1934). They hold their level for every n and p.

use statrs::function::beta::beta_reg;

use crate::ln_gamma;

/// `P(X >= k)` for X binomial with `n` trials of probability `p` in \[0, 1\].
pub fn binomial_at_least(k: u64, n: u64, p: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    if k > n {
        return 0.0;
    }
    match p {
        p if p <= 0.0 => 0.0,
        p if p >= 1.0 => 1.0,
        p => beta_reg(k as f64, (n - k) as f64 + 1.0, p),
    }
}

/// The logarithm of `P(X >= k)` for X binomial with `n` trials of probability `p`: also where the probability itself is
/// too small for a number. From the mean on the terms fall faster than a geometric series, and are added up until they
/// no longer count.
pub fn ln_binomial_at_least(k: u64, n: u64, p: f64) -> f64 {
    let plain = binomial_at_least(k, n, p);
    if plain > 1e-280 {
        return plain.ln().min(0.0);
    }
    if k > n || p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let (trials, hits) = (n as f64, k as f64);
    let ways = ln_gamma(trials + 1.0) - ln_gamma(hits + 1.0) - ln_gamma(trials - hits + 1.0);
    let first = ways + hits * p.ln() + (trials - hits) * (-p).ln_1p();
    let (mut sum, mut term) = (1.0, 1.0);
    for point in k..n {
        term *= (n - point) as f64 / (point + 1) as f64 * p / (1.0 - p);
        sum += term;
        if term < 1e-17 * sum {
            break;
        }
    }
    (first + sum.ln()).min(0.0)
}

/// The smallest proportion that is not excluded by seeing `k` of `n`, one-sided at `level` (e.g. 0.99).
/// Zero for `n` = 0.
pub fn lower_bound(k: u64, n: u64, level: f64) -> f64 {
    if k == 0 || n == 0 {
        return 0.0;
    }
    crossing(|p| binomial_at_least(k, n, p) >= 1.0 - level)
}

/// The largest proportion that is not excluded by seeing `k` of `n`, one-sided at `level` (e.g. 0.99).
/// One for `n` = 0.
pub fn upper_bound(k: u64, n: u64, level: f64) -> f64 {
    if k >= n {
        return 1.0;
    }
    // P(X <= k) = 1 - P(X >= k + 1) falls below 1 - level.
    crossing(|p| binomial_at_least(k + 1, n, p) >= level)
}

/// The two-sided p-value of `up` against `down` changes if both directions were equally likely: twice the smaller tail
/// of a binomial with p = 1/2, at most 1.
pub fn sign_test(up: u64, down: u64) -> f64 {
    let n = up + down;
    (2.0 * binomial_at_least(up.max(down), n, 0.5)).min(1.0)
}

/// Where a condition that is false at 0 and true at 1 begins to hold, by bisection to the last bit that matters.
fn crossing(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0f64, 1.0f64);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if holds(middle) { high = middle } else { low = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, relative: f64) {
        assert!((a - b).abs() <= relative * b.abs(), "{a} is not {b}");
    }

    #[test]
    fn bounds_agree_with_arithmetic() {
        // Seeing 0 of n at level c leaves p <= 1 - (1 - c)^(1/n); seeing n of n leaves p >= (1 - c)^(1/n).
        close(upper_bound(0, 77_153, 0.99), 1.0 - 0.01f64.powf(1.0 / 77_153.0), 1e-9);
        close(lower_bound(10, 10, 0.99), 0.01f64.powf(0.1), 1e-12);
        assert_eq!(lower_bound(0, 10, 0.99), 0.0);
        assert_eq!(upper_bound(0, 0, 0.99), 1.0);
    }

    #[test]
    fn tails_are_sums_of_the_mass() {
        // n = 4, p = 1/2: P(X >= 3) = (4 + 1) / 16.
        close(binomial_at_least(3, 4, 0.5), 5.0 / 16.0, 1e-12);
        // 3 against 1: twice that tail. 2 against 2: nothing at all.
        close(sign_test(3, 1), 10.0 / 16.0, 1e-12);
        assert_eq!(sign_test(2, 2), 1.0);
        assert_eq!(sign_test(0, 0), 1.0);
        // scipy.stats.binomtest(121, 174).pvalue
        close(sign_test(121, 53), SCIPY_121_53, 1e-9);
    }

    #[test]
    fn tails_below_the_smallest_number_have_logarithms() {
        // scipy.stats.binom.logsf(1481, 1538, .6) and (2999, 3000, .5) = -3000 ln 2; a tail within range agrees with
        // itself.
        assert!((ln_binomial_at_least(1_482, 1_538, 0.6) - SCIPY_1482).abs() < 1e-6);
        assert!((ln_binomial_at_least(3_000, 3_000, 0.5) + 3_000.0 * std::f64::consts::LN_2).abs() < 1e-8);
        assert!((ln_binomial_at_least(3, 4, 0.5) - (5.0f64 / 16.0).ln()).abs() < 1e-12);
        assert_eq!(ln_binomial_at_least(0, 4, 0.5), 0.0);
        assert_eq!(ln_binomial_at_least(5, 4, 0.5), f64::NEG_INFINITY);
    }

    const SCIPY_1482: f64 = -570.722640130237;
    const SCIPY_121_53: f64 = 2.702_667_922_101_860_4e-7;
}
