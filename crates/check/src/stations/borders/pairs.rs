//! Pairs of places near each other and in different districts.

use adil_record::Coordinates;
use adil_stat::Points;
use rayon::prelude::*;

use crate::stations::places::{self, Place};

/// Places further apart are not compared, in kilometres.
pub(super) const FURTHEST: f64 = 20.0;
/// The upper ends of the classes of distance, in kilometres.
pub(super) const CLASSES: [f64; 5] = [2.0, 5.0, 10.0, 15.0, FURTHEST];
/// Of each place as many of the nearest beyond a border of regions, and as many of the nearest within its region.
const NEAREST: usize = 16;
/// How far around a place others are looked for, in kilometres: further only while there are too few nearer.
const RINGS: [f64; 6] = [1.0, 2.0, 4.0, 8.0, 14.0, FURTHEST];
/// With so many places around no more are looked for.
const MOST_AROUND: usize = 400;
/// One of two places compared has at most so many times the voters of the other.
const LARGEST_RATIO: u64 = 2;
/// The fewest voters of a place.
const FEWEST_VOTERS: u64 = 100;
/// The fewest votes of a place.
const FEWEST_VOTES: u64 = 50;

/// Where the places lie: district and region of each, by number.
pub(super) struct Where<'a> {
    pub(super) districts: &'a [usize],
    pub(super) regions: &'a [usize],
}

/// Two places, that with the smaller number first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) a: usize,
    pub(super) b: usize,
    /// The class of their distance.
    pub(super) class: usize,
}

/// Whether a place is large enough.
fn is_compared(place: &Place) -> bool {
    place.voters().1 >= FEWEST_VOTERS && place.votes().1 >= FEWEST_VOTES
}

/// Whether two places have about as many voters.
fn are_alike(a: &Place, b: &Place) -> bool {
    let (a, b) = (a.voters().1, b.voters().1);
    a.max(b) <= LARGEST_RATIO * a.min(b)
}

/// The pairs, in order. Each place is paired with the nearest of either kind, so that there are at most 32 times as
/// many pairs as places.
pub(super) fn pairs(places: &[Place], lie: &Where<'_>) -> Vec<Pair> {
    let points = places::points(places);
    let of_place = |number: usize| near(places, lie, &points, number);
    let found: Vec<Vec<Pair>> = (0..places.len()).into_par_iter().map(of_place).collect();
    let mut pairs = found.concat();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn near(places: &[Place], lie: &Where<'_>, points: &Points, number: usize) -> Vec<Pair> {
    let place = &places[number];
    if !is_compared(place) {
        return Vec::new();
    }
    let mut within: [Vec<(f64, usize)>; 2] = Default::default();
    for ring in RINGS {
        within.iter_mut().for_each(Vec::clear);
        // The chord of the unit sphere under an arc of that length.
        let around = points.within(number, Coordinates::chord(ring));
        for &(other, square) in &around {
            let fits = lie.districts[number] != lie.districts[other] && is_compared(&places[other]);
            if fits && are_alike(place, &places[other]) {
                let same = usize::from(lie.regions[number] == lie.regions[other]);
                within[same].push((square, other));
            }
        }
        if around.len() >= MOST_AROUND || within.iter().all(|near| near.len() >= NEAREST) {
            break;
        }
    }
    let mut pairs = Vec::new();
    for near in &mut within {
        // Of places as far away that further north, then east, is first: the order of rows is to change nothing.
        let by_place = |other: usize| {
            let at = places[other].at;
            (at.latitude, at.longitude)
        };
        near.sort_by(|a, b| {
            a.0.total_cmp(&b.0).then_with(|| by_place(b.1).partial_cmp(&by_place(a.1)).unwrap_or(a.1.cmp(&b.1)))
        });
        pairs.extend(near.iter().take(NEAREST).map(|&(_, other)| {
            let kilometres = place.at.kilometres_to(places[other].at);
            let class = CLASSES.iter().position(|&end| kilometres <= end).unwrap_or(CLASSES.len() - 1);
            Pair { a: number.min(other), b: number.max(other), class }
        }));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use adil_record::{Coordinates, Record, Status, Term};

    use super::*;
    use crate::{ContestView, Settings, sample, stations::rates};

    /// One place each with so many voters, so many thousandths of a degree north of the equator.
    fn places(voters: &[u32], north: &[u32]) -> Vec<Place> {
        let (own, others): (Vec<u32>, Vec<u32>) = voters.iter().map(|voters| (voters / 3, voters / 3)).unzip();
        let mut table = sample::table(&[(Term::Registered, voters)], &[&own, &others]);
        table.coordinates = north.iter().map(|&north| Coordinates::new(f64::from(north) / 1_000.0, 9.0)).collect();
        let mut contest = sample::contest(&["A", "B"]);
        contest.releases = vec![sample::stations("final", Status::Final, table)];
        let record = Record { contests: vec![contest], ..Record::default() };
        let view = ContestView::new(&record, &record.contests[0], &Settings::default()).expect("no side is named");
        let tested = view.tested.as_ref().expect("a table");
        places::places(tested, &rates::rated(tested).expect("a register"))
    }

    #[test]
    fn near_places_of_other_districts_and_like_size_are_paired() {
        // A thousandth of a degree is 111.2 m. Places 0 and 1 are of one district; 2 is 11.1 km from 0 and 10.0 km from
        // 1; 3 has more than twice the voters, 4 too few, and 5 is 22.2 km from 0, 21.1 km from 1, 11.1 km from 2.
        let places = places(&[1_000, 1_000, 1_900, 4_000, 90, 1_000], &[0, 10, 100, 101, 102, 200]);
        let lie = Where { districts: &[0, 0, 1, 2, 3, 4], regions: &[0, 0, 0, 0, 1, 1] };
        let pairs: Vec<_> = pairs(&places, &lie).into_iter().map(|pair| (pair.a, pair.b, pair.class)).collect();
        // 90 thousandths are 10.007 km; of places 2 and 3 the larger has 2.1 times the voters.
        assert_eq!(pairs, [(0, 2, 3), (1, 2, 3), (2, 5, 3)]);
    }

    #[test]
    fn a_place_has_a_bounded_number_of_pairs() {
        // 50 places in two districts of one region, all at about one point: at most 16 for each.
        let places = places(&[1_000; 50], &(0..50).collect::<Vec<_>>());
        let districts: Vec<usize> = (0..50).map(|place| place % 2).collect();
        let all = pairs(&places, &Where { districts: &districts, regions: &[0; 50] });
        assert!(all.len() <= 50 * NEAREST && all.len() >= 25 * NEAREST, "{}", all.len());
        assert!(all.iter().all(|pair| pair.a < pair.b && pair.a % 2 != pair.b % 2));
    }
}
