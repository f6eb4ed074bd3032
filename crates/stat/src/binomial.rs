//! The binomial distribution of a redrawn station: Bin(n, k/n), with the success probability that the station shows.

use crate::ln_factorial;

/// Bin(n, k/n): what a station of n papers would show if each were drawn anew with its own share k/n.
///
/// ```text
/// P(j) = n! / (j! (n-j)!) (k/n)^j (1 - k/n)^(n-j)
/// ```
///
/// Beyond [`REACH`](Self::REACH) standard deviations from k, and three points more, a point counts as impossible: by
/// Bernstein's inequality less than 2 exp(-REACH^2 / (2 + 2 REACH / (3 sd))) lies there, for 1,000 papers and a share of
/// one half below 1e-13.
#[derive(Debug, Clone, Copy)]
pub struct PluginBinomial {
    successes: u32,
    trials: u32,
    ln_share: f64,
    ln_rest: f64,
    ln_trials: f64,
    low: u32,
    high: u32,
}

impl PluginBinomial {
    /// How many standard deviations around the mean are summed.
    pub const REACH: f64 = 8.5;

    /// The distribution of a station with `successes` of `trials`; `None` where there are more successes than trials,
    /// or no trials.
    pub fn new(successes: u32, trials: u32) -> Option<Self> {
        if successes > trials || trials == 0 {
            return None;
        }
        let share = f64::from(successes) / f64::from(trials);
        let spread = Self::REACH * (f64::from(trials) * share * (1.0 - share)).sqrt() + 3.0;
        let reach = if successes == 0 || successes == trials { 0 } else { spread as u32 };
        Some(Self {
            successes,
            trials,
            ln_share: share.ln(),
            ln_rest: (-share).ln_1p(),
            ln_trials: ln_factorial(trials),
            low: successes.saturating_sub(reach),
            high: successes.saturating_add(reach).min(trials),
        })
    }

    /// The lowest and the highest point that is summed.
    pub fn range(&self) -> (u32, u32) {
        (self.low, self.high)
    }

    /// The probability of `point`.
    pub fn probability(&self, point: u32) -> f64 {
        if point < self.low || point > self.high {
            return 0.0;
        }
        if self.low == self.high {
            return 1.0;
        }
        let (hits, misses) = (point, self.trials - point);
        let ways = self.ln_trials - ln_factorial(hits) - ln_factorial(misses);
        (ways + f64::from(hits) * self.ln_share + f64::from(misses) * self.ln_rest).exp()
    }

    /// The probability of all points from `first` to `last`.
    pub fn within(&self, first: u32, last: u32) -> f64 {
        (first.max(self.low)..=last.min(self.high)).map(|point| self.probability(point)).sum()
    }

    /// The observed number of successes.
    pub fn successes(&self) -> u32 {
        self.successes
    }

    /// The number of trials.
    pub fn trials(&self) -> u32 {
        self.trials
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn agrees_with_scipy_binom() {
        // scipy.stats.binom: pmf(3, 17, 3/17) and cdf(520, 1000, .48) - cdf(479, 1000, .48)
        let few = PluginBinomial::new(3, 17).expect("a station");
        assert!((few.probability(3) - 0.246_622_963_988_758_7).abs() < 1e-14);
        let many = PluginBinomial::new(480, 1000).expect("a station");
        assert!((many.within(480, 520) - 0.507_255_917_840_442_5).abs() < 1e-12);
    }

    #[test]
    fn a_certain_station_repeats_itself() {
        let none = PluginBinomial::new(0, 300).expect("a station");
        assert_eq!((none.probability(0), none.probability(1)), (1.0, 0.0));
        let all = PluginBinomial::new(300, 300).expect("a station");
        assert_eq!((all.within(0, 299), all.within(300, 300)), (0.0, 1.0));
        assert!(PluginBinomial::new(2, 1).is_none());
        assert!(PluginBinomial::new(0, 0).is_none());
    }

    proptest! {
        #[test]
        fn what_is_summed_is_all_there_is(trials in 1u32..5000, part in 0.0f64..=1.0) {
            let successes = (f64::from(trials) * part) as u32;
            let station = PluginBinomial::new(successes, trials).expect("a station");
            prop_assert!((station.within(0, trials) - 1.0).abs() < 1e-9);
        }
    }
}
