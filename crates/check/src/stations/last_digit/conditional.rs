//! Last digits given all digits before them, under the beta-binomial distribution of a station's district.
//!
//! A station whose count is 10 t + d had ten possibilities once t was settled; the distribution of its district gives
//! each its chance
//!
//! ```text
//! p(d) = P(10 t + d) / sum over e of P(10 t + e),   P beta-binomial with the district's share and precision
//! ```
//!
//! Summed over stations these are the frequencies to expect, and `sum (diag p - p p')` is their covariance C. With o
//! observed and e expected, `(o - e)' C^-1 (o - e)` over nine of the digits has the chi-square distribution with 9
//! degrees of freedom for many stations.

use adil_stat::{BetaBinomial, Pearson, chi_square_upper, solve};

/// A count of a whole, in a district.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) district: usize,
    pub(super) row: usize,
    pub(super) count: u32,
    pub(super) whole: u32,
}

/// What the shares of a district are like.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Shares {
    pub(super) mean: f64,
    pub(super) precision: f64,
}

/// The shares of each district.
pub(super) fn shares(parts: &[Part], districts: usize) -> Vec<Shares> {
    let mut sums = vec![(0.0f64, 0.0f64); districts];
    for part in parts {
        let sum = &mut sums[part.district];
        *sum = (sum.0 + f64::from(part.count), sum.1 + f64::from(part.whole));
    }
    let mean = |district: usize| if sums[district].1 > 0.0 { sums[district].0 / sums[district].1 } else { 0.0 };
    let mut spreads = vec![Pearson::default(); districts];
    for part in parts {
        let share = mean(part.district);
        let counts = [f64::from(part.count), f64::from(part.whole - part.count)];
        spreads[part.district].push(counts.into_iter(), &[share, 1.0 - share]);
    }
    spreads
        .iter()
        .enumerate()
        .map(|(district, spread)| Shares { mean: mean(district), precision: spread.precision(2) })
        .collect()
}

/// Frequencies of last digits, seen and expected.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Conditional {
    numbers: u64,
    /// Seen less expected.
    differences: [f64; 10],
    covariance: [[f64; 10]; 10],
}

impl Conditional {
    /// Of the counts of at least `smallest`.
    pub(super) fn of<'p>(parts: impl Iterator<Item = &'p Part>, shares: &[Shares], smallest: u32) -> Self {
        let mut sum = Self::default();
        parts.filter(|part| part.count >= smallest).for_each(|part| sum.push(part, shares[part.district]));
        sum
    }

    fn push(&mut self, part: &Part, shares: Shares) {
        let chances = chances(part, shares);
        self.numbers += 1;
        self.differences[(part.count % 10) as usize] += 1.0;
        for (digit, &chance) in chances.iter().enumerate() {
            self.differences[digit] -= chance;
            self.covariance[digit][digit] += chance;
            for (other, &theirs) in chances.iter().enumerate() {
                self.covariance[digit][other] -= chance * theirs;
            }
        }
    }

    /// How many numbers there are.
    pub(super) fn numbers(&self) -> u64 {
        self.numbers
    }

    /// The sum of squares; `None` where some digit could not occur.
    pub(super) fn chi_square(&self) -> Option<f64> {
        let rows = (0..9).map(|digit| {
            let mut row = self.covariance[digit][..9].to_vec();
            row.push(self.differences[digit]);
            row
        });
        let solution = solve(rows.collect())?;
        let sum: f64 = solution.iter().zip(&self.differences).map(|(a, b)| a * b).sum();
        sum.is_finite().then_some(sum.max(0.0))
    }

    /// P of a sum at least as large.
    pub(super) fn p(&self) -> Option<f64> {
        chi_square_upper(self.chi_square()?, 9)
    }

    /// How many more than expected end in 0 or 5.
    pub(super) fn round(&self) -> f64 {
        self.differences[0] + self.differences[5]
    }

    /// The standard deviation of that.
    pub(super) fn round_sd(&self) -> f64 {
        (self.covariance[0][0] + self.covariance[5][5] + 2.0 * self.covariance[0][5]).max(0.0).sqrt()
    }

    /// How many more than expected end in 0 or 5, in standard deviations.
    pub(super) fn round_z(&self) -> f64 {
        let sd = self.round_sd();
        if sd > 0.0 { self.round() / sd } else { 0.0 }
    }
}

/// The chance of each last digit.
fn chances(part: &Part, shares: Shares) -> [f64; 10] {
    let law = BetaBinomial::new(part.whole, shares.mean, shares.precision);
    let tens = part.count - part.count % 10;
    let mut chances = [0.0; 10];
    chances[0] = 1.0;
    for digit in 1..10 {
        let before = tens + digit as u32 - 1;
        if before >= part.whole {
            break;
        }
        chances[digit] = chances[digit - 1] * law.ratio(before);
    }
    let sum: f64 = chances.iter().sum();
    chances.map(|chance| chance / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVEN: Shares = Shares { mean: 0.5, precision: 2.0 };

    fn part(count: u32, whole: u32) -> Part {
        Part { district: 0, row: 0, count, whole }
    }

    #[test]
    fn equally_likely_counts_have_equally_likely_digits() {
        // With share 1/2 and precision 2 all counts from 0 to the whole are equally likely; of 123 there is no more
        // than 3.
        for chance in chances(&part(347, 1_000), EVEN) {
            assert!((chance - 0.1).abs() < 1e-12);
        }
        let cut = chances(&part(121, 123), EVEN);
        assert!((cut[3] - 0.25).abs() < 1e-12 && cut[4] == 0.0);
    }

    #[test]
    fn digits_follow_the_slope_of_the_distribution() {
        // scipy.stats.betabinom(400, 12, 28).pmf(140 .. 149), divided by their sum: the first and the last
        let chances = chances(&part(143, 400), Shares { mean: 0.3, precision: 40.0 });
        assert!(
            (chances[0] - 0.112066068359).abs() < 1e-9 && (chances[9] - 0.0877836212546).abs() < 1e-9,
            "{chances:?}"
        );
    }

    #[test]
    fn with_equal_chances_it_is_the_usual_chi_square() {
        // 100 numbers, 19 ending in 0, 9 in each other digit: (9^2 + 9 * 1^2) / 10 = 9.0.
        let digits = (0..100).map(|n| if n < 90 { n % 10 } else { 0 }).map(|digit| part(200 + digit, 1_000));
        let parts: Vec<Part> = digits.chain((0..9).map(|_| part(0, 1_000))).collect();
        let sum = Conditional::of(parts.iter(), &[EVEN], 100);
        assert_eq!(sum.numbers(), 100);
        assert!((sum.chi_square().expect("all digits") - 9.0).abs() < 1e-9);
        assert!((sum.p().expect("all digits") - 0.437_274_188_9).abs() < 1e-9);
        // 28 of 100 in 0 or 5, where 20 are expected with deviation 4.
        assert!((sum.round_z() - 2.0).abs() < 1e-12);
        assert_eq!(Conditional::default().chi_square(), None);
    }
}
