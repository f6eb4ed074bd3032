//! The probability that a station's percentage is whole, and sums of such probabilities.

use adil_stat::{PluginBinomial, PoissonBinomial, UpperTail};

/// Whole percentages run from 0 to 100.
pub(super) const PERCENTAGES: usize = 101;

/// The whole percentage within 0.05 points of `part / whole`, in whole numbers: 20 |100 part - m whole| <= whole.
pub(super) fn whole_percentage(part: u32, whole: u32) -> Option<usize> {
    let (part, whole) = (u64::from(part), u64::from(whole));
    let nearest = (200 * part + whole) / (2 * whole);
    let is_whole = 20 * (100 * part).abs_diff(nearest * whole) <= whole;
    is_whole.then_some(nearest as usize)
}

/// The probability that the redrawn station shows a whole percentage; `each` is given every percentage that it may
/// show, with its probability.
pub(super) fn whole_chance(station: &PluginBinomial, mut each: impl FnMut(usize, f64)) -> f64 {
    let papers = u64::from(station.trials());
    let (low, high) = station.range();
    let lowest = (100 * u64::from(low) / papers).saturating_sub(1);
    let highest = (100 * u64::from(high) / papers + 1).min(100);
    let mut total = 0.0;
    for percent in lowest..=highest {
        // 20 |100 k - m n| <= n  <=>  (20 m - 1) n <= 2000 k <= (20 m + 1) n
        let first = ((20 * percent).saturating_sub(1) * papers).div_ceil(2000);
        let last = (20 * percent + 1) * papers / 2000;
        // `last` is at most 1.0005 n / 1 with n in 32 bits, and the station cuts off at n.
        let last = u32::try_from(last).unwrap_or(u32::MAX).min(high);
        let Ok(first) = u32::try_from(first) else { break };
        if first <= last && last >= low {
            let chance = station.within(first, last);
            total += chance;
            each(percent as usize, chance);
        }
    }
    total.min(1.0)
}

/// Stations at whole percentages, observed and by chance.
#[derive(Debug, Clone, Default)]
pub(super) struct Sum {
    /// Stations that could count.
    pub(super) kept: usize,
    /// Those that do.
    pub(super) observed: usize,
    chances: PoissonBinomial,
}

impl Sum {
    /// Adds a station: whether it counts, and with what probability it would by chance.
    pub(super) fn push(&mut self, counts: bool, chance: f64) {
        self.kept += 1;
        self.observed += usize::from(counts);
        self.chances.push(chance);
    }

    /// How many there would be by chance.
    pub(super) fn expected(&self) -> f64 {
        self.chances.mean()
    }

    /// How many more there are.
    pub(super) fn excess(&self) -> f64 {
        self.observed as f64 - self.expected()
    }

    /// The standard deviation by chance.
    pub(super) fn sd(&self) -> f64 {
        self.chances.sd()
    }

    /// The excess in standard deviations; 0 where chance leaves nothing open.
    pub(super) fn z(&self) -> f64 {
        if self.sd() > 0.0 { self.excess() / self.sd() } else { 0.0 }
    }

    /// The probability of at least as many by chance.
    pub(super) fn upper_tail(&self) -> UpperTail {
        self.chances.upper_tail(self.observed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_percentage_on_the_edge_is_whole() {
        // 199/2000 = 9.95 %: exactly 0.05 away from 10 %.
        assert_eq!(whole_percentage(199, 2000), Some(10));
        assert_eq!(whole_percentage(198, 2000), None);
        assert_eq!((whole_percentage(0, 7), whole_percentage(7, 7)), (Some(0), Some(100)));
    }

    proptest! {
        #[test]
        fn the_windows_hold_what_the_condition_says(papers in 1u32..3000, part in 0.0f64..=1.0) {
            let station = PluginBinomial::new((f64::from(papers) * part) as u32, papers).expect("a station");
            let mut by_percent = [0.0; PERCENTAGES];
            let total = whole_chance(&station, |percent, chance| by_percent[percent] += chance);
            let mut expected = [0.0; PERCENTAGES];
            for k in 0..=papers {
                if let Some(percent) = whole_percentage(k, papers) {
                    expected[percent] += station.probability(k);
                }
            }
            prop_assert!((total - expected.iter().sum::<f64>()).abs() < 1e-12);
            for (got, expected) in by_percent.iter().zip(expected) {
                prop_assert!((got - expected).abs() < 1e-12);
            }
        }
    }
}
