//! Stations under one roof: those of one point and one district.

use std::collections::BTreeMap;

use adil_record::Coordinates;
use adil_stat::stream;

use super::ID;
use crate::{
    Tested,
    stations::{places, rates::Rated},
};

/// More stations at one point are a town, not a building.
const MOST: usize = 100;

/// Stations of one point and one district; two or more.
#[derive(Debug, Clone)]
pub(super) struct Building {
    /// Its stations, in the order of their rows.
    pub(super) stations: Vec<Rated>,
    /// Which half of the places it belongs to.
    pub(super) half: usize,
}

impl Building {
    /// The row that it is known by: its first.
    pub(super) fn row(&self) -> usize {
        self.stations[0].row
    }
}

/// The buildings with two or more stations, in the order of places.
pub(super) fn buildings(tested: &Tested<'_>, stations: &[Rated], seed: u64) -> Vec<Building> {
    let mut of_row: Vec<Option<Rated>> = vec![None; tested.table.len()];
    stations.iter().for_each(|station| of_row[station.row] = Some(*station));
    let mut buildings = Vec::new();
    for place in places::places(tested, stations) {
        let mut of_district: BTreeMap<usize, Vec<Rated>> = BTreeMap::new();
        for station in place.rows.iter().filter_map(|&row| of_row[row]) {
            of_district.entry(tested.districts[station.row]).or_default().push(station);
        }
        let half = half(seed, place.at);
        let twins = of_district.into_values().filter(|stations| (2..=MOST).contains(&stations.len()));
        buildings.extend(twins.map(|stations| Building { stations, half }));
    }
    buildings
}

/// The half of a place: drawn for its point, so that the order of the rows does not matter.
fn half(seed: u64, at: Coordinates) -> usize {
    stream(seed, &format!("{ID} half {:.6} {:.6}", at.latitude, at.longitude), 0).below(2)
}

#[cfg(test)]
mod tests {
    use adil_record::{Record, StationTable, Status, Term};

    use super::*;
    use crate::{ContestView, Settings, sample, stations::rates};

    /// The rows of the buildings of a table.
    fn rows_of(table: StationTable) -> Vec<Vec<usize>> {
        let mut contest = sample::contest(&["A", "B"]);
        contest.releases = vec![sample::stations("final", Status::Final, table)];
        let record = Record { contests: vec![contest], ..Record::default() };
        let view = ContestView::new(&record, &record.contests[0], &Settings::default()).expect("no side is named");
        let tested = view.tested.as_ref().expect("a table");
        let found = buildings(tested, &rates::rated(tested).expect("a register"), 1);
        found.iter().map(|building| building.stations.iter().map(|station| station.row).collect()).collect()
    }

    #[test]
    fn stations_of_one_point_and_district_share_a_building() {
        // Districts are of ten rows. Rows 8 to 11 are at one point, in two districts; row 12 is a millionth of a
        // degree away, rows 13 and 14 are nowhere.
        let mut table = sample::table(&[(Term::Registered, &[200; 15])], &[&[60; 15], &[40; 15]]);
        let at = |row: u32| match row {
            0..8 => Coordinates::new(40.0 + f64::from(row), 9.0),
            8..12 => Coordinates::new(50.0, 9.0),
            12 => Coordinates::new(50.000_001, 9.0),
            _ => None,
        };
        table.coordinates = (0..15).map(at).collect();
        assert_eq!(rows_of(table), [vec![8, 9], vec![10, 11]]);
    }

    #[test]
    fn a_town_is_no_building() {
        let of = |count: usize| {
            let mut table =
                sample::table(&[(Term::Registered, &vec![200; count])], &[&vec![60; count], &vec![40; count]]);
            table.areas.clear();
            table.coordinates = vec![Coordinates::new(50.0, 9.0); count];
            rows_of(table).len()
        };
        assert_eq!((of(MOST), of(MOST + 1)), (1, 0));
    }

    #[test]
    fn about_half_of_the_places_are_in_each_half() {
        let at = |place: u32| Coordinates::new(40.0 + f64::from(place) / 1_000.0, 9.0).expect("a point");
        let second: usize = (0..1_000).map(|place| half(1, at(place))).sum();
        // Bin(1000, 1/2): mean 500, standard deviation 15.8.
        assert!(second.abs_diff(500) < 80, "{second}");
        assert_eq!(half(1, at(3)), half(1, at(3)));
    }
}
