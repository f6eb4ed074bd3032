//! Shares as they are printed, rounded, and how many pairs of stations are to agree in them:
//!
//! ```text
//! sum over pairs i < j, values r of P_i(r) P_j(r) = (sum over r of (sum_i P_i(r))^2 - sum over i, r of P_i(r)^2) / 2,
//! ```
//!
//! P_i(r) the probability, under a beta-binomial distribution, of all counts of station i whose share rounds to r.

use adil_stat::BetaBinomial;

/// Shares are rounded to one of this many parts.
pub(super) const FINE: usize = 10_000;
/// The same for whole percentages.
pub(super) const COARSE: usize = 100;

/// The place of a share among `parts`, rounded with halves upward.
pub(super) fn rounded(own: u32, base: u32, parts: usize) -> usize {
    let (own, base) = (own as usize, base as usize);
    (2 * parts * own + base) / (2 * base)
}

/// Sums over the stations of a district of the probabilities of each rounded share; kept from one district to the next.
pub(super) struct Expected {
    fine: Vec<f64>,
    coarse: Vec<f64>,
}

impl Default for Expected {
    fn default() -> Self {
        Self { fine: vec![0.0; FINE + 1], coarse: vec![0.0; COARSE + 1] }
    }
}

impl Expected {
    /// Pairs expected at the fine and at the coarse rounding: over values, half of the square of the sum less the sum
    /// of squares.
    pub(super) fn pairs(&mut self, stations: &[(u32, u32)], share: f64, precision: f64) -> [f64; 2] {
        self.fine.fill(0.0);
        self.coarse.fill(0.0);
        let mut squares = [0.0; 2];
        // Stations of one size have one distribution.
        let mut sizes: Vec<u32> = stations.iter().map(|&(_, base)| base).collect();
        sizes.sort_unstable();
        for same in sizes.chunk_by(|a, b| a == b) {
            let (base, times) = (same[0], same.len() as f64);
            let (mut fine, mut coarse) = (Rounding::new(base, FINE, times), Rounding::new(base, COARSE, times));
            BetaBinomial::new(base, share, precision).for_blocks(|first, block| {
                fine.push(first, block, &mut self.fine);
                coarse.push(first, block, &mut self.coarse);
            });
            squares[0] += fine.finish(&mut self.fine);
            squares[1] += coarse.finish(&mut self.coarse);
        }
        let half = |sums: &[f64], squares: f64| {
            let square: f64 = sums.iter().map(|sum| sum * sum).sum();
            (0.5 * (square - squares)).max(0.0)
        };
        [half(&self.fine, squares[0]), half(&self.coarse, squares[1])]
    }
}

/// Gathers the probabilities of ascending counts by the value that their shares round to.
struct Rounding {
    scale: f64,
    times: f64,
    at: usize,
    own: f64,
    squares: f64,
}

impl Rounding {
    fn new(base: u32, parts: usize, times: f64) -> Self {
        Self { scale: parts as f64 / f64::from(base), times, at: 0, own: 0.0, squares: 0.0 }
    }

    fn push(&mut self, first: u32, block: &[f64], sums: &mut [f64]) {
        // Multiplying is faster than dividing as `rounded` does; the little more keeps halves upward.
        let at = |x: u32| (f64::from(x) * self.scale + 0.5 + 1e-9) as u32 as usize;
        let (mut now, mut own, mut squares) = (self.at, self.own, self.squares);
        let mut flush = |at: usize, own: f64| {
            squares += self.times * own * own;
            sums[at] += self.times * own;
        };
        for (x, &p) in (first..).zip(block) {
            let at = at(x);
            if at != now {
                flush(now, own);
                (now, own) = (at, 0.0);
            }
            own += p;
        }
        (self.at, self.own, self.squares) = (now, own, squares);
    }

    /// The sum of squares, with the last value.
    fn finish(self, sums: &mut [f64]) -> f64 {
        sums[self.at] += self.times * self.own;
        self.squares + self.times * self.own * self.own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_round_with_halves_upward() {
        // 1/200 = 0.5 %, 1/3 = 33.33 %, 2/3 = 66.67 %
        assert_eq!(
            (rounded(1, 200, COARSE), rounded(1, 3, FINE), rounded(2, 3, FINE), rounded(7, 7, FINE)),
            (1, 3_333, 6_667, 10_000)
        );
    }

    #[test]
    fn expected_pairs_by_hand() {
        // Two stations of 100 and 200 with all counts equally likely (share 1/2, precision 2): values k/100 and k/200.
        // Whole percents: of the 101 counts of the first each has 1/101; of the second's 201 two round to each percent
        // from 1 to 100 (halves upward), one to 0. So the expectation is (1 + 100 * 2)/(101 * 201) = 1/101. To 0.01 %
        // each count of the first meets one of the second: 101/(101 * 201).
        let [fine, coarse] = Expected::default().pairs(&[(50, 100), (100, 200)], 0.5, 2.0);
        assert!((coarse - 1.0 / 101.0).abs() < 1e-9, "{coarse}");
        assert!((fine - 1.0 / 201.0).abs() < 1e-9, "{fine}");
        // Three of 100 are three pairs, each with 1/101.
        let [fine, _] = Expected::default().pairs(&[(50, 100); 3], 0.5, 2.0);
        assert!((fine - 3.0 / 101.0).abs() < 1e-9, "{fine}");
    }
}
