//! Stations as places on the map: those of the same coordinates together.

use std::collections::BTreeMap;

use adil_record::Coordinates;
use adil_stat::{Points, on_sphere};

use super::rates::Rated;
use crate::Tested;

/// Coordinates are the same to a millionth of a degree, a tenth of a metre.
const DEGREES: f64 = 1e6;
/// Districts in which redraws are made have on average at least so many places.
const PLACES_A_DISTRICT: f64 = 5.0;

/// A place with the sums of its stations.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    /// The rows of its stations, ascending.
    pub(super) rows: Vec<usize>,
    pub(super) at: Coordinates,
    voted: u64,
    registered: u64,
    leader: u64,
    base: u64,
}

impl Place {
    /// The share of the side tested.
    pub(super) fn share(&self) -> f64 {
        self.leader as f64 / self.base as f64
    }

    /// The turnout; above 1 where more took part than were registered.
    pub(super) fn turnout(&self) -> f64 {
        self.voted as f64 / self.registered as f64
    }

    /// How many of its voters took part, and how many it has.
    pub(super) fn voters(&self) -> (u64, u64) {
        (self.voted, self.registered)
    }

    /// How many votes the side tested has, and of how many.
    pub(super) fn votes(&self) -> (u64, u64) {
        (self.leader, self.base)
    }

    /// Its votes, as a weight.
    pub(super) fn weight(&self) -> f64 {
        self.base as f64
    }
}

/// The places that have stations with turnout and share, in the order of their first rows.
pub(super) fn places(tested: &Tested<'_>, stations: &[Rated]) -> Vec<Place> {
    let mut numbers: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    let mut places: Vec<Place> = Vec::new();
    for station in stations {
        let Some(at) = tested.table.coordinates_of(station.row) else { continue };
        let cell = |degrees: f64| (degrees * DEGREES).round() as i64;
        let number = *numbers.entry((cell(at.latitude), cell(at.longitude))).or_insert_with(|| {
            places.push(Place { rows: Vec::new(), at, voted: 0, registered: 0, leader: 0, base: 0 });
            places.len() - 1
        });
        let place = &mut places[number];
        place.rows.push(station.row);
        place.voted += u64::from(station.voted);
        place.registered += u64::from(station.registered);
        place.leader += u64::from(station.leader);
        place.base += u64::from(station.base);
    }
    places
}

/// The places as points of a sphere of radius 1.
pub(super) fn points(places: &[Place]) -> Points {
    Points::new(places.iter().map(|place| on_sphere(place.at.latitude, place.at.longitude)).collect())
}

/// The district of each place, by number: its areas down to the narrowest level whose districts have on average enough
/// places. A level that names buildings is none.
pub(super) fn districts(tested: &Tested<'_>, places: &[Place]) -> Vec<usize> {
    let areas = &tested.table.areas;
    let numbered = |levels: usize| {
        let mut numbers: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        let of_place = places.iter().map(|place| {
            let path = areas[..levels].iter().map(|area| area.names.code(place.rows[0])).collect();
            let next = numbers.len();
            *numbers.entry(path).or_insert(next)
        });
        let of_place: Vec<usize> = of_place.collect();
        (of_place, numbers.len())
    };
    let fitting = (0..=areas.len()).rev().map(numbered);
    let enough = |count: usize| places.len() as f64 >= PLACES_A_DISTRICT * count as f64;
    let mut fitting = fitting.skip_while(|&(_, count)| !enough(count));
    fitting.next().map_or_else(|| vec![0; places.len()], |(of_place, _)| of_place)
}

/// Rows of each district, by its number.
pub(super) fn members(districts: &[usize]) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); districts.iter().max().map_or(0, |last| last + 1)];
    districts.iter().enumerate().for_each(|(place, &district)| members[district].push(place));
    members
}

#[cfg(test)]
mod tests {
    use adil_record::{Area, Names, Record, Status, Term};

    use super::*;
    use crate::{ContestView, Settings, sample, stations::rates};

    #[test]
    fn a_level_that_names_buildings_is_no_district() {
        // 40 stations at 20 points; the widest level has two areas of ten places, the narrowest one a building.
        let mut table = sample::table(&[(Term::Registered, &[200; 40])], &[&[60; 40], &[40; 40]]);
        table.coordinates = (0..40).map(|row| Coordinates::new(40.0 + f64::from(row / 2), 9.0)).collect();
        let names = |of: fn(usize) -> usize| {
            let mut names = Names::default();
            (0..40).for_each(|row| names.push(&of(row).to_string()));
            names
        };
        let area = |level: &str, names| Area { level: level.into(), names };
        table.areas = vec![area("region", names(|row| row / 20)), area("building", names(|row| row / 2))];
        let mut contest = sample::contest(&["A", "B"]);
        contest.releases = vec![sample::stations("final", Status::Final, table)];
        let record = Record { contests: vec![contest], ..Record::default() };
        let view = ContestView::new(&record, &record.contests[0], &Settings::default()).expect("no side is named");
        let tested = view.tested.as_ref().expect("a table");
        let places = places(tested, &rates::rated(tested).expect("a register"));
        assert_eq!((places.len(), places[3].rows.as_slice()), (20, &[6, 7][..]));
        assert_eq!((places[3].share(), places[3].turnout(), places[3].weight()), (0.6, 0.5, 200.0));
        assert_eq!((places[3].voters(), places[3].votes()), ((200, 400), (120, 200)));
        let districts = districts(tested, &places);
        assert_eq!((districts[9], districts[10]), (0, 1));
        assert_eq!(members(&districts).iter().map(Vec::len).collect::<Vec<_>>(), [10, 10]);
    }
}
