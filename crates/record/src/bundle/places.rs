//! Stations from which few observers reported, and the areas that stand in their place.

use std::collections::{BTreeMap, BTreeSet};

use crate::{ObserverBook, StationTable, Where};

/// The place of every report, with who reported.
pub(super) fn reports(book: &ObserverBook) -> impl Iterator<Item = (Where, Option<u32>)> {
    let incidents = book.incidents.iter().flat_map(|file| &file.rows).map(|row| (row.place, row.observer));
    let visits = book.forms.iter().flat_map(|form| &form.visits);
    incidents.chain(visits.map(|visit| (Where::Station(visit.station), visit.observer)))
}

/// The stations from which fewer than `fewest` observers reported, with the smallest of their areas from which enough did. Who has no
/// pseudonym counts as nobody.
pub(super) fn coarser(book: &ObserverBook, tables: &[&StationTable], fewest: usize) -> BTreeMap<u32, Option<String>> {
    if fewest < 2 {
        return BTreeMap::new();
    }
    let indices: Vec<crate::StationIndex> = tables.iter().map(|table| crate::StationIndex::of(table)).collect();
    // The areas of each station, the smallest first.
    let areas_of = |station: u32| -> Vec<String> {
        let name = book.stations.get(station as usize).map_or("", String::as_str);
        let found = indices.iter().zip(tables).find_map(|(index, table)| Some((index.find(name)?, *table)));
        let areas = found.iter().flat_map(|(row, table)| table.areas.iter().rev().map(|area| area.names.get(*row)));
        areas.filter(|area| !area.is_empty()).map(str::to_owned).collect()
    };
    let mut of_station: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    let mut of_area: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (place, observer) in reports(book) {
        let areas = match place {
            Where::Station(station) => {
                of_station.entry(station).or_default().extend(observer);
                areas_of(station)
            }
            Where::Area(area) => book.areas.get(area as usize).cloned().into_iter().collect(),
        };
        areas.into_iter().for_each(|area| of_area.entry(area).or_default().extend(observer));
    }
    let few = of_station.into_iter().filter(|(_, observers)| observers.len() < fewest);
    few.map(|(station, _)| {
        let is_enough = |area: &String| of_area.get(area).is_some_and(|observers| observers.len() >= fewest);
        (station, areas_of(station).into_iter().find(is_enough))
    })
    .collect()
}
