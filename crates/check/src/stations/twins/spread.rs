//! How much the stations of a building differ, and how much they usually do.
//!
//! Of a building with k stations, x of n in each and intraclass correlation rho between voters of one station,
//!
//! ```text
//! w = n / (1 + (n - 1) rho),   p = sum w x/n / sum w,   X = sum w (x/n - p)^2 / (p (1 - p))
//! ```
//!
//! The variance of a beta-binomial share is p (1 - p) / w, so that X has the mean k - 1. Buildings differ in how alike
//! their stations are: where 1/X's scale is gamma distributed, X/(k - 1) has an F distribution with k - 1 and nu
//! degrees of freedom, whose tail is the heavier the smaller nu is.

use std::collections::BTreeMap;

use adil_stat::ln_f_upper;

use super::buildings::Building;
use crate::stations::rates::{Question, Rated};

/// Smaller stations are left out.
const SMALLEST: u32 = 50;
/// The fewest voters on either side of the question in a building.
const FEWEST_EITHER: u64 = 25;
/// Fewer buildings of a half say nothing of what is usual.
const FEWEST_IN_HALF: usize = 15;
/// The degrees of freedom that are tried, the lightest tail first.
const TAILS: [f64; 8] = [50.0, 20.0, 10.0, 6.0, 4.0, 3.0, 2.0, 1.0];
/// The part of the buildings that the tail is fitted by.
const OUTER: f64 = 0.1;
/// No intraclass correlation is larger.
const LARGEST_RHO: f64 = 0.9;
/// Halvings of an interval.
const HALVINGS: usize = 40;

/// How many of how many; `None` for a station that is left out.
fn part(question: Question, station: &Rated) -> Option<(u32, u32)> {
    let (part, whole) = question.part(station);
    // Where all who are listed voted the list was made up during the vote.
    let is_made_up = question == Question::Turnout && part >= whole;
    (whole >= SMALLEST && !is_made_up).then_some((part, whole))
}

/// The stations of a building that are compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Twins {
    /// The row that the building is known by.
    pub(super) row: usize,
    pub(super) half: usize,
    /// Row, part and whole of each station.
    pub(super) cells: Vec<(usize, u32, u32)>,
}

impl Twins {
    pub(super) fn of(question: Question, building: &Building) -> Option<Self> {
        let cell = |station: &Rated| part(question, station).map(|(part, whole)| (station.row, part, whole));
        let cells: Vec<(usize, u32, u32)> = building.stations.iter().filter_map(cell).collect();
        let sum = |of: fn(&(usize, u32, u32)) -> u32| cells.iter().map(|cell| u64::from(of(cell))).sum::<u64>();
        let (part, whole) = (sum(|cell| cell.1), sum(|cell| cell.2));
        let enough = cells.len() >= 2 && part.min(whole - part) >= FEWEST_EITHER;
        enough.then(|| Self { row: building.row(), half: building.half, cells })
    }

    fn degrees(&self) -> usize {
        self.cells.len() - 1
    }

    /// X by its mean.
    pub(super) fn ratio(&self, rho: f64) -> f64 {
        let weighed = |&(_, part, whole): &(usize, u32, u32)| {
            let whole = f64::from(whole);
            (whole / (1.0 + (whole - 1.0) * rho), f64::from(part) / whole)
        };
        let (mut weight, mut sum) = (0.0, 0.0);
        for (w, share) in self.cells.iter().map(weighed) {
            weight += w;
            sum += w * share;
        }
        let p = sum / weight;
        let squares: f64 = self.cells.iter().map(weighed).map(|(w, share)| w * (share - p).powi(2)).sum();
        squares / (p * (1.0 - p)) / self.degrees() as f64
    }

    /// The stations with the smallest and the largest share: row and share.
    pub(super) fn ends(&self) -> Option<[(usize, f64); 2]> {
        let shares = || self.cells.iter().map(|&(row, part, whole)| (row, f64::from(part) / f64::from(whole)));
        let order = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
        Some([shares().min_by(order)?, shares().max_by(order)?])
    }
}

/// What is usual between the stations of a building.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Usual {
    /// The intraclass correlation.
    pub(super) rho: f64,
    /// The degrees of freedom of the tail.
    pub(super) tail: f64,
}

impl Usual {
    /// The rho that leaves half of the buildings above their median, with the tail that comes nearest to a tenth of
    /// them in the outer tenth.
    fn fit(twins: &[&Twins]) -> Option<Self> {
        if twins.len() < FEWEST_IN_HALF {
            return None;
        }
        let above = |limits: &BTreeMap<usize, f64>, rho: f64| {
            let beyond = twins.iter().filter(|twins| twins.ratio(rho) > limits[&twins.degrees()]).count();
            beyond as f64 / twins.len() as f64
        };
        let mut best: Option<(f64, Self)> = None;
        for tail in TAILS {
            let limits = |level: f64| {
                let degrees = twins.iter().map(|twins| (twins.degrees(), 0.0));
                let mut limits: BTreeMap<usize, f64> = degrees.collect();
                limits.iter_mut().for_each(|(&degrees, limit)| *limit = f_quantile(level, degrees as f64, tail));
                limits
            };
            let middle = limits(0.5);
            let (mut low, mut high) = (0.0, LARGEST_RHO);
            for _ in 0..HALVINGS {
                let rho = 0.5 * (low + high);
                if above(&middle, rho) > 0.5 { low = rho } else { high = rho }
            }
            let off = (above(&limits(OUTER), low) - OUTER).abs();
            if best.is_none_or(|(least, _)| off < least) {
                best = Some((off, Self { rho: low, tail }));
            }
        }
        best.map(|(_, usual)| usual)
    }

    /// ln of the probability that stations differ by as much.
    pub(super) fn ln_p(&self, twins: &Twins) -> f64 {
        ln_f_upper(twins.ratio(self.rho), twins.degrees() as f64, self.tail)
    }
}

/// What an F number exceeds with this probability.
fn f_quantile(level: f64, above: f64, below: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while ln_f_upper(high, above, below) > level.ln() && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if ln_f_upper(middle, above, below) > level.ln() { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// All buildings for one question, each beside what is usual in the other half.
#[derive(Debug, Clone)]
pub(super) struct Compared {
    pub(super) question: Question,
    pub(super) twins: Vec<Twins>,
    /// ln of the probability of each.
    pub(super) ln_p: Vec<f64>,
    /// What is usual in either half.
    pub(super) usual: [Usual; 2],
    /// The part of all wholes.
    pub(super) share: f64,
}

impl Compared {
    /// `None` where there are too few buildings.
    pub(super) fn of(question: Question, buildings: &[Building]) -> Option<Self> {
        let twins: Vec<Twins> = buildings.iter().filter_map(|building| Twins::of(question, building)).collect();
        let fit = |half: usize| Usual::fit(&twins.iter().filter(|twins| twins.half == half).collect::<Vec<_>>());
        let usual = [fit(0)?, fit(1)?];
        let ln_p = twins.iter().map(|twins| usual[1 - twins.half].ln_p(twins)).collect();
        let cells = || twins.iter().flat_map(|twins| &twins.cells);
        let part: u64 = cells().map(|cell| u64::from(cell.1)).sum();
        let whole: u64 = cells().map(|cell| u64::from(cell.2)).sum();
        Some(Self { question, ln_p, usual, share: part as f64 / whole as f64, twins })
    }

    /// By how much stations of one building usually differ beyond chance: the standard deviation of a share.
    pub(super) fn spread(&self) -> f64 {
        let rho = 0.5 * (self.usual[0].rho + self.usual[1].rho);
        (rho * self.share * (1.0 - self.share)).sqrt()
    }

    /// ln of the probability of a building, times the number of buildings.
    pub(super) fn corrected(&self, index: usize) -> f64 {
        (self.ln_p[index] + (self.twins.len() as f64).ln()).min(0.0)
    }

    /// The buildings whose corrected probability is below `level`, the smallest first.
    pub(super) fn far(&self, level: f64) -> Vec<usize> {
        let mut far: Vec<usize> = (0..self.twins.len()).filter(|&index| self.corrected(index) < level.ln()).collect();
        far.sort_by(|&a, &b| self.ln_p[a].total_cmp(&self.ln_p[b]).then(self.twins[a].row.cmp(&self.twins[b].row)));
        far
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn twins(cells: &[(u32, u32)]) -> Twins {
        let cells = cells.iter().enumerate().map(|(row, &(part, whole))| (row, part, whole)).collect();
        Twins { row: 0, half: 0, cells }
    }

    #[test]
    fn two_stations_by_hand() {
        // 40 and 60 of 100: p = 1/2, X = 2 * 100 * 0.01 / 0.25 = 8; with rho 1/99 the weights halve.
        let twins = twins(&[(40, 100), (60, 100)]);
        assert!((twins.ratio(0.0) - 8.0).abs() < 1e-12);
        assert!((twins.ratio(1.0 / 99.0) - 4.0).abs() < 1e-12);
        assert_eq!(twins.ends(), Some([(0, 0.4), (1, 0.6)]));
    }

    #[test]
    fn quantiles_agree_with_scipy() {
        // scipy.stats.f.isf([.5, .1], 1, 2), isf([.5, .1], 7, 20)
        for (level, above, below, expected) in [
            (0.5, 1.0, 2.0, 0.6666666666666666),
            (0.1, 1.0, 2.0, 8.526315789473687),
            (0.5, 7.0, 20.0, 0.9377582543041937),
            (0.1, 7.0, 20.0, 2.03970298058623),
        ] {
            let got = f_quantile(level, above, below);
            assert!((got / expected - 1.0).abs() < 1e-8, "{got}");
        }
    }

    #[test]
    fn half_of_the_buildings_lie_above_their_median() {
        // Pairs of 400 with 200 - d and 200 + d: X = 2 d^2/100 / (1 + 399 rho).
        let pairs: Vec<Twins> = (0..100).map(|d| twins(&[(200 - d, 400), (200 + d, 400)])).collect();
        let usual = Usual::fit(&pairs.iter().collect::<Vec<_>>()).expect("enough");
        let above = pairs.iter().filter(|twins| usual.ln_p(twins) < 0.5f64.ln()).count();
        assert!((49..=51).contains(&above), "{above} {usual:?}");
        // d is at most twice its median, so that no heavy tail is seen.
        assert_eq!(usual.tail, 50.0);
        assert_eq!(Usual::fit(&pairs.iter().take(14).collect::<Vec<_>>()), None);
    }

    proptest! {
        #[test]
        fn moving_apart_makes_it_less_likely(
            whole in 100u32..2_000, apart in 0u32..20, more in 1u32..20, rho in 0.0f64..0.1,
        ) {
            let usual = Usual { rho, tail: 4.0 };
            let middle = whole / 2;
            let of = |apart: u32| usual.ln_p(&twins(&[(middle - apart, whole), (middle + apart, whole)]));
            prop_assert!(of(apart + more) < of(apart));
        }

        #[test]
        fn the_order_of_stations_does_not_matter(
            cells in proptest::collection::vec((20u32..80, 100u32..3_000), 2..20), by in 0usize..20, rho in 0.0f64..0.1,
        ) {
            let mut turned = cells.clone();
            turned.rotate_left(by % cells.len());
            let (before, after) = (twins(&cells).ratio(rho), twins(&turned).ratio(rho));
            prop_assert!((before - after).abs() <= 1e-9 * before.max(1.0));
        }
    }
}
