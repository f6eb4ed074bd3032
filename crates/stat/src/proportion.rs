//! Exact statements about a proportion: how large or small it may be, given how often something happened.
//!
//! `P(X >= k) = I_p(k, n - k + 1)` for a binomial X, with I the regularised incomplete beta function; the bounds invert
//! it (Clopper and Pearson, Biometrika 26, 1934). They hold their level for every n and p.

use statrs::function::beta::beta_reg;

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

    const SCIPY_121_53: f64 = 2.702_667_922_101_860_4e-7;
}
