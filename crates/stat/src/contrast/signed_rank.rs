//! Wilcoxon's signed ranks of matched pairs: their distribution, the estimate of Hodges and Lehmann and its interval.
//!
//! With differences d_i of a pair (treated less control), r_i the rank of |d_i| among all pairs (middle ranks where they
//! are equal), and nothing counted for d_i = 0 (J. W. Pratt, JASA 54, 1959; Rosenbaum's T of 527 in `gamma` is counted so):
//!
//! ```text
//! T = sum over d_i > 0 of r_i,       T* = sum over d_i != 0 of r_i B_i,   B_i independent, P(B_i = 1) = p
//! E T* = p sum r_i,   var T* = p (1 - p) sum r_i^2
//! ```
//!
//! p is 1/2 where chance decided within each pair, and other where it was tilted (`gamma`). The distribution is added up,
//! pair by pair, over all sums that twice the ranks can give, up to [`SignedRanks::EXACT_PAIRS`]; beyond that it is taken
//! as normal, without a correction for continuity.

use super::error::{ContrastError, finite, proper_level};
use crate::{normal_quantile, normal_upper};

/// A probability of a statistic at least as large as the one seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TailProbability {
    /// The probability, from 0 to 1.
    pub probability: f64,
    /// Whether it was added up exactly; otherwise it is the normal approximation's.
    pub exact: bool,
}

/// The signed ranks of matched pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedRanks {
    /// Twice the ranks of all differences that are not 0, from the smallest.
    doubled: Vec<usize>,
    /// Twice the sum of the ranks of the positive differences.
    observed: usize,
    /// All differences, from the smallest.
    sorted: Vec<f64>,
}

impl SignedRanks {
    /// Up to so many pairs distributions are exact (at most 8 million additions each).
    pub const EXACT_PAIRS: usize = 200;

    /// The signed ranks of `differences`, one for each pair, in any order. Fails for none and for one that is not finite.
    pub fn new(differences: &[f64]) -> Result<Self, ContrastError> {
        finite(differences)?;
        if differences.is_empty() {
            return Err(ContrastError::Empty);
        }
        let mut by_size = differences.to_vec();
        by_size.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
        let (mut doubled, mut observed, mut before) = (Vec::with_capacity(by_size.len()), 0, 0);
        for tied in by_size.chunk_by(|a, b| a.abs() == b.abs()) {
            // Ranks before + 1 to before + k have the mean before + (k + 1)/2.
            let rank = 2 * before + tied.len() + 1;
            before += tied.len();
            let nonzero = tied.iter().filter(|&&d| d != 0.0).count();
            doubled.extend(std::iter::repeat_n(rank, nonzero));
            observed += rank * tied.iter().filter(|&&d| d > 0.0).count();
        }
        let mut sorted = by_size;
        sorted.sort_by(f64::total_cmp);
        Ok(Self { doubled, observed, sorted })
    }

    /// T, the sum of the ranks of the positive differences.
    pub fn statistic(&self) -> f64 {
        self.observed as f64 / 2.0
    }

    /// Pairs, and those of them that differ.
    pub fn pairs(&self) -> (usize, usize) {
        (self.sorted.len(), self.doubled.len())
    }

    /// `P(T* >= T)` where each pair's difference is positive with probability `positive`, from 0 to 1.
    pub fn upper_tail(&self, positive: f64) -> TailProbability {
        self.tail(self.observed, positive)
    }

    /// `P(T* <= T)`, the same for the mirrored pairs.
    pub fn lower_tail(&self, positive: f64) -> TailProbability {
        let mirrored = self.doubled.iter().sum::<usize>() - self.observed;
        self.tail(mirrored, 1.0 - positive)
    }

    /// The p-value against a difference in either direction: twice the smaller tail at p = 1/2, at most 1.
    pub fn two_sided(&self) -> TailProbability {
        let (above, below) = (self.upper_tail(0.5), self.lower_tail(0.5));
        TailProbability { probability: (2.0 * above.probability.min(below.probability)).min(1.0), exact: above.exact }
    }

    fn tail(&self, observed: usize, positive: f64) -> TailProbability {
        let p = positive.clamp(0.0, 1.0);
        if self.doubled.len() <= Self::EXACT_PAIRS {
            let mass = masses(&self.doubled, p);
            let probability = mass.iter().skip(observed).sum::<f64>().clamp(0.0, 1.0);
            return TailProbability { probability, exact: true };
        }
        let sum = self.doubled.iter().sum::<usize>() as f64;
        let squares: f64 = self.doubled.iter().map(|&rank| (rank as f64).powi(2)).sum();
        let sd = (p * (1.0 - p) * squares).sqrt();
        let above = observed as f64 - p * sum;
        let probability = if sd > 0.0 { normal_upper(above / sd) } else { f64::from(u8::from(above <= 0.0)) };
        TailProbability { probability, exact: false }
    }

    /// The estimate of Hodges and Lehmann of a constant effect: the median of the means (d_i + d_j)/2, i <= j (for an even
    /// number of them the middle of the middle two).
    pub fn hodges_lehmann(&self) -> f64 {
        let all = means(self.sorted.len());
        f64::midpoint(self.mean_number(all.div_ceil(2)), self.mean_number(all / 2 + 1))
    }

    /// The two-sided interval of that level for a constant effect: all effects that the test of signed ranks does not
    /// reject when they are taken off. Its ends are the means (d_i + d_j)/2 of number c and n(n+1)/2 + 1 - c, with c the
    /// largest number for which `P(T* < c) <= (1 - level)/2`; infinite where there is none. Exact for differences without
    /// ties, else close to it; c is the normal distribution's beyond [`Self::EXACT_PAIRS`].
    ///
    /// Fails for a level that is not above 0 and below 1.
    pub fn interval(&self, level: f64) -> Result<(f64, f64), ContrastError> {
        proper_level(level)?;
        let (n, tail) = (self.sorted.len(), (1.0 - level) / 2.0);
        let cut = if n <= Self::EXACT_PAIRS {
            let ranks: Vec<usize> = (1..=n).collect();
            let mut below = 0.0;
            let mut fits = |mass: &f64| {
                below += mass;
                below <= tail
            };
            masses(&ranks, 0.5).iter().take_while(|mass| fits(mass)).count()
        } else {
            let size = n as f64;
            let sd = (size * (size + 1.0) * (2.0 * size + 1.0) / 24.0).sqrt();
            (size * (size + 1.0) / 4.0 + normal_quantile(tail) * sd).max(0.0) as usize
        };
        if cut == 0 {
            return Ok((f64::NEG_INFINITY, f64::INFINITY));
        }
        Ok((self.mean_number(cut as u64), self.mean_number(means(n) + 1 - cut as u64)))
    }

    /// The mean (d_i + d_j)/2, i <= j, of this number from the smallest, from 1: the smallest number with so many of them
    /// at or below it. It is found by halving the numbers there are, with one pass over the differences each time.
    fn mean_number(&self, number: u64) -> f64 {
        let (mut low, mut high) = (ordered(f64::NEG_INFINITY), ordered(f64::INFINITY));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.means_up_to(unordered(middle)) >= number { high = middle } else { low = middle + 1 }
        }
        unordered(high)
    }

    fn means_up_to(&self, limit: f64) -> u64 {
        let (mut end, mut count) = (self.sorted.len(), 0);
        for (first, d) in self.sorted.iter().enumerate() {
            while end > first && f64::midpoint(*d, self.sorted[end - 1]) > limit {
                end -= 1;
            }
            if end <= first {
                break;
            }
            count += (end - first) as u64;
        }
        count
    }
}

fn means(pairs: usize) -> u64 {
    pairs as u64 * (pairs as u64 + 1) / 2
}

/// A whole number for each number, in the same order.
fn ordered(value: f64) -> i128 {
    let bits = value.to_bits();
    i128::from(if bits >> 63 == 0 { bits | 1 << 63 } else { !bits })
}

fn unordered(place: i128) -> f64 {
    let bits = place as u64;
    f64::from_bits(if bits >> 63 == 1 { bits & !(1 << 63) } else { !bits })
}

/// The distribution of the sum of those of `sizes` that are taken, each with probability `p`.
fn masses(sizes: &[usize], p: f64) -> Vec<f64> {
    let mut mass = vec![0.0; sizes.iter().sum::<usize>() + 1];
    mass[0] = 1.0;
    let mut top = 0;
    for &size in sizes {
        top += size;
        for sum in (size..=top).rev() {
            mass[sum] = mass[sum] * (1.0 - p) + mass[sum - size] * p;
        }
        mass[..size].iter_mut().for_each(|mass| *mass *= 1.0 - p);
    }
    mass
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-9 * expected.abs(), "{got}, expected {expected}");
    }

    const D: [f64; 9] = [2.3, -0.4, 1.7, 3.1, 0.9, -1.2, 2.8, 0.5, 1.1];

    #[test]
    fn small_samples_agree_with_scipy() {
        let ranks = SignedRanks::new(&D).expect("finite");
        // scipy.stats.wilcoxon(d, alternative=a, method='exact'): statistic 39
        assert_eq!((ranks.statistic(), ranks.pairs()), (39.0, (9, 9)));
        close(ranks.upper_tail(0.5).probability, 0.02734375);
        close(ranks.lower_tail(0.5).probability, 0.98046875);
        close(ranks.two_sided().probability, 0.0546875);
        // w = sorted((d[i]+d[j])/2 for i in range(9) for j in range(i, 9)); numpy.median(w); w[5], w[39], for
        // P(T* < 6) = 10/512 <= .025 < P(T* < 7) = 14/512
        close(ranks.hodges_lehmann(), 1.2);
        let (low, high) = ranks.interval(0.95).expect("a level");
        close(low, -0.04999999999999993);
        close(high, 2.4);
    }

    #[test]
    fn beyond_the_limit_the_tail_is_normal_and_near_the_exact_one() {
        // d_i = i (-1)^(i mod 3 = 0), 201 pairs: T = 201 202/2 - 3 (1 + … + 67) = 13467; no ties.
        let d: Vec<f64> = (1..=201).map(|i| if i % 3 == 0 { -f64::from(i) } else { f64::from(i) }).collect();
        let ranks = SignedRanks::new(&d).expect("finite");
        let tail = ranks.upper_tail(0.6);
        assert!(!tail.exact && ranks.statistic() == 13_467.0);
        // scipy.stats.norm.sf((13467 - .6 * 20301) / (.24 * 201*202*403/6) ** .5)
        close(tail.probability, 0.055908046711547636);
        let exact: f64 = masses(&ranks.doubled, 0.6).iter().skip(ranks.observed).sum();
        assert!((tail.probability - exact).abs() < 2e-3, "{} {exact}", tail.probability);
    }

    #[test]
    fn what_cannot_be_ranked_is_refused() {
        assert_eq!(SignedRanks::new(&[1.0, f64::NAN]), Err(ContrastError::NotFinite(1)));
        assert_eq!(SignedRanks::new(&[]), Err(ContrastError::Empty));
        let none = SignedRanks::new(&[0.0, 0.0]).expect("finite");
        assert_eq!((none.two_sided().probability, none.hodges_lehmann()), (1.0, 0.0));
        assert_eq!(none.interval(0.95), Ok((f64::NEG_INFINITY, f64::INFINITY)));
        assert_eq!(none.interval(1.0), Err(ContrastError::Parameter("level")));
    }

    proptest! {
        #[test]
        fn the_sum_over_pairs_is_the_list_of_all_signs(
            cells in proptest::collection::vec(-6i8..=6, 1..11), tenths in 1u32..10
        ) {
            let d: Vec<f64> = cells.iter().map(|&cell| f64::from(cell)).collect();
            let (ranks, p) = (SignedRanks::new(&d).expect("finite"), f64::from(tenths) / 10.0);
            let count = ranks.doubled.len();
            let sum = |signs: u32| (0..count).filter(|at| signs >> at & 1 == 1).map(|at| ranks.doubled[at]).sum::<usize>();
            let listed: f64 = (0u32..1 << count)
                .filter(|&signs| sum(signs) >= ranks.observed)
                .map(|signs| p.powi(signs.count_ones() as i32) * (1.0 - p).powi((count as u32 - signs.count_ones()) as i32))
                .sum();
            prop_assert!((ranks.upper_tail(p).probability - listed).abs() < 1e-12);
            let mirrored: Vec<f64> = d.iter().map(|d| -d).collect();
            let other = SignedRanks::new(&mirrored).expect("finite");
            prop_assert!((other.lower_tail(1.0 - p).probability - listed).abs() < 1e-12);
        }

        #[test]
        fn means_of_pairs_are_found_without_a_list(d in proptest::collection::vec(-50.0f64..50.0, 1..30)) {
            let ranks = SignedRanks::new(&d).expect("finite");
            let pairs = (0..d.len()).flat_map(|i| (i..d.len()).map(move |j| (i, j)));
            let mut listed: Vec<f64> = pairs.map(|(i, j)| f64::midpoint(d[i], d[j])).collect();
            listed.sort_by(f64::total_cmp);
            for (number, mean) in (1..).zip(&listed) {
                prop_assert_eq!(ranks.mean_number(number), *mean);
            }
            let (low, high) = ranks.interval(0.8).expect("a level");
            prop_assert!(low <= ranks.hodges_lehmann() && ranks.hodges_lehmann() <= high);
        }
    }
}
