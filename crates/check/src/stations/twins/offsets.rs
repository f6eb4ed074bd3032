//! Pairs of stations of one building whose counts differ by a round number exactly.
//!
//! Of the pairs whose counts differ by at most [`REACH`] more or less than an offset, one of 21 differs by it exactly
//! where differences around it are equally likely: given all of them, those at the offset are binomial.

use adil_stat::ln_binomial_at_least;

use super::buildings::Building;
use crate::stations::rates::Rated;

/// The offsets.
pub(super) const OFFSETS: [u32; 4] = [100, 200, 500, 1_000];
/// How far around an offset differences are looked at.
const REACH: u32 = 10;
/// Differences that are looked at around an offset, it among them.
const LOOKED_AT: f64 = (2 * REACH + 1) as f64;
/// Votes for others are alike where they differ by no more than this part of their mean …
const ALIKE: f64 = 0.1;
/// … or by so many.
const ALIKE_COUNT: u32 = 5;

/// The count that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The votes of the side tested.
    Votes,
    /// The numerator of turnout.
    Turnout,
}

impl Kind {
    pub(super) const ALL: [Self; 2] = [Self::Votes, Self::Turnout];

    fn count(self, station: &Rated) -> u32 {
        match self {
            Self::Votes => station.leader,
            Self::Turnout => station.voted,
        }
    }
}

/// How many pairs there are at each offset, and around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) at: [u64; OFFSETS.len()],
    pub(super) around: [u64; OFFSETS.len()],
}

/// A pair at an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) kind: Kind,
    /// The number of the offset.
    pub(super) offset: usize,
    /// The rows, that with fewer first, and what is counted.
    pub(super) rows: [(usize, u32); 2],
}

impl Near {
    /// Works in the pairs of a building, and hands out those at an offset.
    pub(super) fn push(&mut self, kind: Kind, building: &Building, mut found: impl FnMut(Pair)) {
        let stations = &building.stations;
        for (index, a) in stations.iter().enumerate() {
            for b in &stations[index + 1..] {
                let difference = kind.count(a).abs_diff(kind.count(b));
                let near = OFFSETS.iter().position(|offset| offset.abs_diff(difference) <= REACH);
                let Some(offset) = near.filter(|_| alike(a, b)) else { continue };
                if difference == OFFSETS[offset] {
                    self.at[offset] += 1;
                    let mut rows = [a, b].map(|station| (station.row, kind.count(station)));
                    rows.sort_by_key(|&(row, count)| (count, row));
                    found(Pair { kind, offset, rows });
                } else {
                    self.around[offset] += 1;
                }
            }
        }
    }

    /// Pairs at any offset.
    pub(super) fn seen(&self) -> u64 {
        self.at.iter().sum()
    }

    /// Pairs around any offset.
    pub(super) fn beside(&self) -> u64 {
        self.around.iter().sum()
    }

    /// How many pairs at offsets those around them let expect.
    pub(super) fn expected(&self) -> f64 {
        self.beside() as f64 / (LOOKED_AT - 1.0)
    }

    /// ln of seen by expected, a half added to both.
    pub(super) fn excess(&self) -> f64 {
        ((self.seen() as f64 + 0.5) / (self.expected() + 0.5)).ln()
    }

    /// ln of the probability of as many at all offsets together.
    pub(super) fn ln_p(&self) -> f64 {
        ln_binomial_at_least(self.seen(), self.seen() + self.beside(), 1.0 / LOOKED_AT)
    }

    /// The same at one offset, times the number of counts and offsets that are looked at.
    pub(super) fn corrected(&self, offset: usize) -> f64 {
        let (at, around) = (self.at[offset], self.around[offset]);
        let ln_p = ln_binomial_at_least(at, at + around, 1.0 / LOOKED_AT);
        (ln_p + ((Kind::ALL.len() * OFFSETS.len()) as f64).ln()).min(0.0)
    }
}

/// Whether two stations gave others about as many votes.
fn alike(a: &Rated, b: &Rated) -> bool {
    let (a, b) = (a.others(), b.others());
    let mean = 0.5 * (f64::from(a) + f64::from(b));
    a.abs_diff(b) <= ALIKE_COUNT || f64::from(a.abs_diff(b)) <= ALIKE * mean
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn station(row: usize, leader: u32, others: u32) -> Rated {
        Rated { row, voted: leader + others, registered: 5_000, leader, base: leader + others }
    }

    fn near(stations: Vec<Rated>) -> (Near, Vec<Pair>) {
        let (mut near, mut pairs) = (Near::default(), Vec::new());
        near.push(Kind::Votes, &Building { stations, half: 0 }, |pair| pairs.push(pair));
        (near, pairs)
    }

    #[test]
    fn pairs_at_and_around_an_offset_are_counted() {
        // 1300 - 300 is an offset, 1310 - 300 beside one; 1310 - 1300 near none; the last has other votes for others.
        let stations = vec![station(0, 1_300, 200), station(1, 300, 190), station(2, 1_310, 205), station(3, 400, 300)];
        let (near, pairs) = near(stations);
        assert_eq!((near.at, near.around), ([0, 0, 0, 1], [0, 0, 0, 1]));
        assert_eq!(pairs, [Pair { kind: Kind::Votes, offset: 3, rows: [(1, 300), (0, 1_300)] }]);
        assert!((near.expected() - 0.05).abs() < 1e-12);
        assert!((near.excess() - (1.5f64 / 0.55).ln()).abs() < 1e-12);
        // At least one of two: 1 - (20/21)^2, times eight.
        let p = 1.0 - (20.0f64 / 21.0).powi(2);
        assert!((near.ln_p() - p.ln()).abs() < 1e-9 && (near.corrected(3) - (8.0 * p).ln()).abs() < 1e-9);
        assert_eq!(near.corrected(0), 0.0);
    }

    #[test]
    fn windows_do_not_overlap() {
        assert!(OFFSETS.windows(2).all(|pair| pair[1] - pair[0] > 2 * REACH));
        let stations = (0..10).map(|row| station(row, 100 * row as u32, 50)).collect();
        // Of ten counts a hundred apart nine pairs differ by 100, eight by 200, five by 500.
        assert_eq!(near(stations).0.at, [9, 8, 5, 0]);
    }

    proptest! {
        #[test]
        fn the_order_of_stations_does_not_matter(
            counts in proptest::collection::vec((0u32..600, 40u32..60), 2..30), by in 0usize..30,
        ) {
            let stations = |counts: &[(u32, u32)]| {
                counts.iter().enumerate().map(|(row, &(own, others))| station(row, own, others)).collect::<Vec<_>>()
            };
            let mut turned = counts.clone();
            turned.rotate_left(by % counts.len());
            prop_assert_eq!(near(stations(&counts)).0, near(stations(&turned)).0);
        }

        #[test]
        fn more_at_an_offset_is_less_likely(at in 0u64..50, around in 0u64..500) {
            let of = |at: u64| Near { at: [at, 0, 0, 0], around: [around, 0, 0, 0] };
            prop_assert!(of(at + 1).excess() > of(at).excess() && of(at + 1).ln_p() < of(at).ln_p() + 1e-12);
        }
    }
}
