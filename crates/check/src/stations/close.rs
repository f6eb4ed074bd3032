//! Stations that lie closer together than chance lets them: a sum of squares against its left tail, and how many of
//! many such tails are small.
//!
//! Of n voters in a station x chose something; p = sum x / sum n over k stations. Where each of all N voters chose it
//! with the same chance and by himself, the x are, given their sum, a draw without replacement, and
//!
//! ```text
//! X = sum (x - n p)^2 / (n p (1 - p))
//! E X = (k - 1) N/(N - 1)
//! Var X = 2N/(N - 3) (v - w)(v' - w') + N^2/(N - 1) w w'
//! v = (k - 1)(N - k)/(N - 1),  w = (sum N/n - k^2)/(N - 2),  v' = (N - 2)/(N - 1),  w' = (1/(p (1 - p)) - 4)/(N - 2)
//! ```
//!
//! exactly (Haldane 1940, Dawson 1954). The left tail is that of the gamma distribution of this mean and variance: in
//! draws of 15 and more stations it is right, or too large where the x are few.

use adil_stat::{ln_binomial_at_least, ln_gamma_lower};

/// A p-value below this counts as small.
pub(super) const SMALL: f64 = 0.001;

/// How close stations lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Closeness {
    /// The choice over all stations, as a share.
    pub(super) value: f64,
    /// X by its mean: the variance between stations in units of that of chance.
    pub(super) floor: f64,
    /// ln of the probability of an X at most as large.
    pub(super) ln_p: f64,
}

impl Closeness {
    /// Of stations with `x` of `n` each; `None` where all chose it or none, or there are too few of anything.
    pub(super) fn of(cells: &[(u32, u32)]) -> Option<Self> {
        let sum = |of: fn(&(u32, u32)) -> u32| cells.iter().map(|cell| f64::from(of(cell))).sum::<f64>();
        let (part, all, k) = (sum(|cell| cell.0), sum(|cell| cell.1), cells.len() as f64);
        if cells.len() < 2 || part <= 0.0 || part >= all || all <= k + 3.0 || cells.iter().any(|cell| cell.1 == 0) {
            return None;
        }
        let value = part / all;
        let spread = value * (1.0 - value);
        let square = |&(x, n): &(u32, u32)| (f64::from(x) - f64::from(n) * value).powi(2) / (f64::from(n) * spread);
        let squares: f64 = cells.iter().map(square).sum();
        let mean = (k - 1.0) * all / (all - 1.0);
        let inverse: f64 = cells.iter().map(|cell| all / f64::from(cell.1)).sum();
        let (v, w) = ((k - 1.0) * (all - k) / (all - 1.0), (inverse - k * k) / (all - 2.0));
        let (v_choice, w_choice) = ((all - 2.0) / (all - 1.0), (1.0 / spread - 4.0) / (all - 2.0));
        let variance =
            2.0 * all / (all - 3.0) * (v - w) * (v_choice - w_choice) + all * all / (all - 1.0) * w * w_choice;
        if variance <= 1e-9 {
            return None;
        }
        let ln_p = ln_gamma_lower(squares * mean / variance, mean * mean / variance);
        Some(Self { value, floor: squares / mean, ln_p })
    }
}

/// How many of several p-values are small.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Small {
    /// How many there are.
    pub(super) looked_at: u64,
    /// How many are below [`SMALL`].
    pub(super) small: u64,
    /// The logarithm of the smallest.
    smallest: f64,
    /// The sum of all logarithms.
    sum: f64,
}

impl Small {
    /// Of these logarithms of p-values.
    pub(super) fn of(ln_p: impl Iterator<Item = f64>) -> Self {
        ln_p.fold(Self { looked_at: 0, small: 0, smallest: 0.0, sum: 0.0 }, |sum, ln_p| Self {
            looked_at: sum.looked_at + 1,
            small: sum.small + u64::from(ln_p < SMALL.ln()),
            smallest: sum.smallest.min(ln_p),
            sum: sum.sum + ln_p,
        })
    }

    /// How many would be small by chance, at most.
    pub(super) fn expected(&self) -> f64 {
        SMALL * self.looked_at as f64
    }

    /// The mean of -ln p: 1 by chance alone, less where stations are further apart. It does not grow with how many there are.
    pub(super) fn mean(&self) -> f64 {
        if self.looked_at == 0 { 0.0 } else { -self.sum / self.looked_at as f64 }
    }

    /// ln of a p-value of all together: twice the smaller of the probability of at least as many, were all independent,
    /// and of the smallest times how many there are (Bonferroni). Honest ones are far above chance, so that a single
    /// one can be clear where the count is not.
    pub(super) fn ln_p(&self) -> f64 {
        let count = ln_binomial_at_least(self.small, self.looked_at, SMALL);
        let single = self.smallest + (self.looked_at.max(1) as f64).ln();
        (count.min(single) + std::f64::consts::LN_2).min(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_by_hand() {
        // Five stations of 100 with 40, 45, 50, 55, 60: p = 1/2, X = (100 + 25 + 0 + 25 + 100)/25 = 10, E X = 4 *
        // 500/499.
        let close = Closeness::of(&[40, 45, 50, 55, 60].map(|part| (part, 100))).expect("five stations");
        assert!((close.floor - 10.0 / (2_000.0 / 499.0)).abs() < 1e-12 && close.value == 0.5);
        // The formulas in numpy, scipy.stats.gamma.logcdf(X, E**2/V, scale=V/E) with V = 7.9677748419505265
        assert!((close.ln_p + 0.041_143_886_580_708_52).abs() < 1e-9, "{}", close.ln_p);
        // 20 stations of 300 with 1 and 2 in turn: X = 3.3500837520938025, E = 19.003167194532423, V =
        // 36.64749451908316
        let cells: Vec<(u32, u32)> = (0..20).map(|row| (1 + row % 2, 300)).collect();
        let close = Closeness::of(&cells).expect("twenty stations");
        assert!((close.ln_p + 10.885_664_710_162_562).abs() < 1e-6, "{}", close.ln_p);
        assert_eq!(Closeness::of(&[(5, 5), (7, 7)]), None);
        assert_eq!(Closeness::of(&[(1, 10)]), None);
        assert_eq!(Closeness::of(&[(1, 10), (0, 0)]), None);
    }

    #[test]
    fn the_mean_is_that_of_all_draws() {
        // Stations of 4, 5 and 6 voters of whom 7 chose it: all draws weighed by C(4,a) C(5,b) C(6,c) / C(15,7).
        let choose = |n: u32, k: u32| (0..k).map(|i| f64::from(n - i) / f64::from(i + 1)).product::<f64>();
        let (mut weight, mut floor) = (0.0, 0.0);
        for a in 0..=4u32 {
            for b in 0..=5u32 {
                let Some(c) = 7u32.checked_sub(a + b).filter(|c| *c <= 6) else { continue };
                let ways = choose(4, a) * choose(5, b) * choose(6, c);
                weight += ways;
                floor += ways * Closeness::of(&[(a, 4), (b, 5), (c, 6)]).expect("three stations").floor;
            }
        }
        assert!((floor / weight - 1.0).abs() < 1e-12, "{}", floor / weight);
    }

    #[test]
    fn two_of_ten_are_small() {
        let small = Small::of([1e-5f64, 9e-4, 2e-3, 1.0, 0.5, 0.1, 0.2, 0.3, 0.4, 0.6].iter().map(|p| p.ln()));
        assert_eq!((small.looked_at, small.small), (10, 2));
        // 1e-5 * 9e-4 * 2e-3 * 0.5 * 0.1 * 0.2 * 0.3 * 0.4 * 0.6 = 1.296e-14
        assert!((small.mean() + 1.296e-14f64.ln() / 10.0).abs() < 1e-12);
        // 1 - 0.999^10 - 10 * 0.001 * 0.999^9 = 4.48e-5 is below 10 * 1e-5.
        let expected = 1.0 - 0.999f64.powi(10) - 0.01 * 0.999f64.powi(9);
        assert!((small.ln_p().exp() / (2.0 * expected) - 1.0).abs() < 1e-8);
        let single = Small::of([1e-12f64.ln(), -0.1, -0.2].into_iter());
        assert!((single.ln_p().exp() / 6e-12 - 1.0).abs() < 1e-9);
        assert_eq!(Small::of(std::iter::empty()).ln_p(), 0.0);
    }
}
