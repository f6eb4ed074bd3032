//! The score of a number of which a forecast gives draws.

/// Draws of a number, sorted, so that a score costs one search among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ensemble {
    sorted: Vec<f64>,
    /// The sum of the draws before each place.
    sums: Vec<f64>,
    /// The mean of |x - x'| over all ordered pairs, a draw with itself among them.
    spread: f64,
}

impl Ensemble {
    /// Draws in any order; none where there are none.
    pub fn new(mut draws: Vec<f64>) -> Option<Self> {
        if draws.is_empty() {
            return None;
        }
        draws.sort_by(f64::total_cmp);
        let count = draws.len() as f64;
        let mut sums = vec![0.0];
        let (mut sum, mut spread) = (0.0, 0.0);
        for (place, draw) in draws.iter().enumerate() {
            sum += draw;
            sums.push(sum);
            spread += (2.0 * place as f64 - count + 1.0) * draw;
        }
        Some(Self { sorted: draws, sums, spread: 2.0 * spread / (count * count) })
    }

    /// The continuous ranked probability score of the draws taken as the whole distribution: `mean |x - y| - 1/2 mean |x - x'|`
    /// (Gneiting and Raftery 2007, equation 21).
    pub fn crps(&self, outcome: f64) -> f64 {
        self.distance(outcome) - 0.5 * self.spread
    }

    /// The same, of the distribution that the draws come from: the second mean is over pairs of different draws, so that more draws
    /// of one distribution are not better on average (C. A. T. Ferro, QJRMS 140, 2014). None of a single draw.
    pub fn fair_crps(&self, outcome: f64) -> Option<f64> {
        let count = self.sorted.len() as f64;
        (count > 1.0).then(|| self.distance(outcome) - 0.5 * self.spread * count / (count - 1.0))
    }

    /// The part of the draws that are at most `x`.
    pub fn at_most(&self, x: f64) -> f64 {
        self.below(x) as f64 / self.sorted.len() as f64
    }

    /// The draws, from the smallest.
    pub fn sorted(&self) -> &[f64] {
        &self.sorted
    }

    fn below(&self, x: f64) -> usize {
        self.sorted.partition_point(|&draw| draw <= x)
    }

    fn distance(&self, outcome: f64) -> f64 {
        let (below, count) = (self.below(outcome), self.sorted.len());
        let (sum, all) = (self.sums[below], self.sums[count]);
        (outcome * below as f64 - sum + (all - sum) - outcome * (count - below) as f64) / count as f64
    }
}
