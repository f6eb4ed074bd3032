//! How many ballots were added in a region, by the model of honest, stuffed and switched stations.
//!
//! With S_i = sum_s pi_s r_is the ratio of densities of a stuffed to an honest station (see `stations/evidence`), T_i that of a
//! switched one and k the likeliest part of switched stations, the part rho of stuffed stations has the posterior density
//!
//! ```text
//! p(rho) ~ Beta(rho; 1/2 + 20 c, 20 (1 - c) + 1/2) prod_i (1 - rho - k + rho S_i + k T_i)
//! ```
//!
//! c being the country's part. Given rho a station is stuffed with probability a_i = rho S_i / (1 - rho - k + rho S_i + k T_i), then by
//! s ballots with probability pi_s r_is / S_i; so the ballots added have the mean V = sum a_i m_i and the variance
//! sum a_i (v_i + m_i^2) - a_i^2 m_i^2, with m_i and v_i the mean and variance of s. Their distribution is the mixture over rho of
//! normal distributions of this mean and variance.

use adil_stat::normal_upper;

use crate::stations::evidence::{MOVED, POOLED, Ratios, SHIFTS};

/// The nominal coverage of an interval.
pub(super) const LEVEL: f64 = 0.9;
/// Points of the grid of rho: they lie evenly in its root, since small parts matter most.
const GRID: usize = 120;
/// Halvings of an interval that ends in a quantile.
const HALVINGS: usize = 60;

/// What the posterior needs of a station.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    /// S.
    stuffed: f64,
    /// T.
    switched: f64,
    /// The mean of the ballots added, if it was stuffed.
    mean: f64,
    /// Their variance.
    variance: f64,
}

impl Cell {
    /// A station's, from its ratios of densities for each shift, how shifts divide in the country, and its register.
    pub(super) fn of(ratios: [&Ratios; 2], shifts: &[Ratios; 2], register: u32) -> Self {
        let weighed = |way: usize| -> [f64; SHIFTS] { std::array::from_fn(|s| ratios[way][s] * shifts[way][s]) };
        let (stuffed, switched) = (weighed(0), weighed(1));
        let all: f64 = stuffed.iter().sum();
        let moment = |power: i32| {
            let terms = stuffed.iter().zip(MOVED).map(|(w, part)| w * (part * f64::from(register)).powi(power));
            if all > 0.0 { terms.sum::<f64>() / all } else { 0.0 }
        };
        let mean = moment(1);
        Self { stuffed: all, switched: switched.iter().sum(), mean, variance: (moment(2) - mean * mean).max(0.0) }
    }
}

/// The ballots added in a region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Posterior {
    /// Their mean.
    pub(super) votes: f64,
    /// The ends of the central interval of [`LEVEL`].
    pub(super) low: f64,
    pub(super) high: f64,
    /// The upper end of that of the part of stuffed stations.
    pub(super) most_stations: f64,
}

/// A value with its weight, mean and variance: one point of the grid.
struct Point {
    part: f64,
    weight: f64,
    mean: f64,
    variance: f64,
}

/// The posterior of a region. `country` is the part of stuffed stations in the country, `switched` that of switched ones here.
pub(super) fn posterior(cells: &[Cell], country: f64, switched: f64) -> Posterior {
    let (a, b) = (0.5 + POOLED * country, 0.5 + POOLED * (1.0 - country));
    let switched = switched.clamp(0.0, 0.99);
    let mut points: Vec<Point> = (0..GRID)
        .map(|number| {
            let root = (number as f64 + 0.5) / GRID as f64;
            let part = root * root * (1.0 - switched);
            // The density of the root: that of rho times 2 root.
            let prior = (2.0 * a - 1.0) * root.ln() + (b - 1.0) * (1.0 - root * root).ln();
            point(cells, part, switched, prior)
        })
        .collect();
    let most = points.iter().map(|point| point.weight).fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = points.iter().map(|point| (point.weight - most).exp()).sum();
    points.iter_mut().for_each(|point| point.weight = (point.weight - most).exp() / sum);
    let tail = (1.0 - LEVEL) / 2.0;
    let mut below = 0.0;
    let reached = points.iter().find(|point| {
        below += point.weight;
        below >= 1.0 - tail
    });
    Posterior {
        votes: points.iter().map(|point| point.weight * point.mean).sum(),
        low: at(&points, tail),
        high: at(&points, 1.0 - tail),
        most_stations: reached.map_or(1.0, |point| point.part),
    }
}

/// ln of the density at a part, in `weight`, and the ballots added there.
fn point(cells: &[Cell], part: f64, switched: f64, prior: f64) -> Point {
    let mut point = Point { part, weight: prior, mean: 0.0, variance: 0.0 };
    // Logarithms are dear: factors are multiplied as long as they stay within the range of numbers.
    let mut product = 1.0_f64;
    for cell in cells {
        let all = 1.0 - part - switched + part * cell.stuffed + switched * cell.switched;
        product *= all;
        if !(1e-200..1e200).contains(&product) {
            point.weight += product.ln();
            product = 1.0;
        }
        let added = part * cell.stuffed / all;
        let mean = added * cell.mean;
        point.mean += mean;
        point.variance += added * (cell.variance + cell.mean * cell.mean) - mean * mean;
    }
    point.weight += product.ln();
    point
}

/// The number of ballots below which lies a part of the mixture; not below 0.
fn at(points: &[Point], level: f64) -> f64 {
    let below = |votes: f64| -> f64 {
        let of = |point: &Point| {
            let sd = point.variance.max(1e-12).sqrt();
            point.weight * normal_upper((point.mean - votes) / sd)
        };
        points.iter().map(of).sum()
    };
    let highest = points.iter().map(|point| point.mean + 10.0 * point.variance.sqrt()).fold(1.0, f64::max);
    let (mut low, mut high) = (0.0, highest);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if below(middle) < level { low = middle } else { high = middle }
    }
    if low == 0.0 { 0.0 } else { 0.5 * (low + high) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EVEN: [Ratios; 2] = [[0.2; SHIFTS]; 2];

    fn cell(stuffed: f64) -> Cell {
        Cell::of([&[stuffed; SHIFTS], &[1.0; SHIFTS]], &EVEN, 1_000)
    }

    #[test]
    fn a_stations_ballots_by_hand() {
        // S = 0.2 (0 + 0 + 6 + 2 + 2) = 2; of it 0.6 at 200, 0.2 at 300 and at 500: mean 280, mean square
        // 0.6 * 40,000 + 0.2 * 90,000 + 0.2 * 250,000 = 92,000, variance 92,000 - 78,400 = 13,600.
        let cell = Cell::of([&[0.0, 0.0, 6.0, 2.0, 2.0], &[1.0; SHIFTS]], &EVEN, 1_000);
        assert!((cell.stuffed - 2.0).abs() < 1e-12 && (cell.switched - 1.0).abs() < 1e-12);
        assert!((cell.mean - 280.0).abs() < 1e-9 && (cell.variance - 13_600.0).abs() < 1e-6);
    }

    #[test]
    fn clearly_stuffed_stations_are_counted() {
        // 20 of 200 stations have ratios of 1e6, the others of 1e-3: their number is certain. Each has 230 ballots on
        // average (the mean of 50, 100, 200, 300, 500), variance (2,500 + 10,000 + 40,000 + 90,000 + 250,000)/5 - 52,900
        // = 25,600: 4,600 in all, deviation sqrt(20 * 25,600) = 715.5; the others' chance of 1e-4 adds nothing.
        let cells: Vec<Cell> = (0..200).map(|row| cell(if row < 20 { 1e6 } else { 1e-3 })).collect();
        let found = posterior(&cells, 0.0, 0.0);
        assert!((found.votes - 4_600.0).abs() < 10.0, "{found:?}");
        assert!((found.low - (4_600.0 - 1.645 * 715.5)).abs() < 15.0, "{found:?}");
        assert!((found.high - (4_600.0 + 1.645 * 715.5)).abs() < 15.0, "{found:?}");
        assert!(found.most_stations > 0.1 && found.most_stations < 0.16, "{found:?}");
    }

    #[test]
    fn the_part_of_stations_is_that_of_the_beta_distribution() {
        // With 20 certain ones of 200, prior Beta(0.5, 20.5), rho is Beta(20.5, 200.5):
        // scipy.stats.beta.ppf(.95, 20.5, 200.5) = 0.12676
        let cells: Vec<Cell> = (0..200).map(|row| cell(if row < 20 { 1e9 } else { 0.0 })).collect();
        let found = posterior(&cells, 0.0, 0.0);
        // The grid's points lie 2 * 0.36 / 120 = 0.006 apart there.
        assert!((found.most_stations - 0.126_76).abs() < 0.006, "{found:?}");
    }

    #[test]
    fn without_evidence_there_are_few() {
        let cells = vec![cell(0.3); 300];
        let found = posterior(&cells, 0.0, 0.0);
        // At most about 1/(300 * 0.7) of the stations, each with a chance of 0.3 of that: 0.43 stations of 230 ballots.
        assert!(found.low < 1.0 && found.votes < 100.0, "{found:?}");
    }

    proptest! {
        #[test]
        fn more_evidence_makes_more_ballots(
            ratios in proptest::collection::vec(0.01f64..50.0, 20..60),
            more in 1.1f64..20.0,
            which in 0usize..20,
            turned in 0usize..20,
        ) {
            let cells: Vec<Cell> = ratios.iter().map(|&ratio| cell(ratio)).collect();
            let before = posterior(&cells, 0.02, 0.01);
            let mut order = cells.clone();
            order.rotate_left(turned);
            let again = posterior(&order, 0.02, 0.01);
            prop_assert!((again.votes - before.votes).abs() < 1e-6 * before.votes.max(1.0));
            let mut cells = cells;
            cells[which] = cell(ratios[which] * more);
            prop_assert!(posterior(&cells, 0.02, 0.01).votes > before.votes);
            prop_assert!(before.low <= before.high);
        }
    }
}
