//! Where areas and stations are: outlines and points from maps, brought to the names of a table.
//!
//! Whoever draws a map spells names in their own way. A name fits exactly or, where it fits nothing so, whatever its case, spaces and
//! ё for е; one that fits several areas fits none.

use std::collections::HashMap;
use std::sync::Arc;

use adil_finding::Polygon;
use serde::Deserialize;

use crate::{OneOrMany, StationTable};

/// A map, as an `election.toml` names it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedMap {
    /// The file of GeoJSON, beside the description.
    pub file: String,
    /// The level of areas that its features are of, as the tables call it; `station` where they are stations.
    pub level: String,
    /// The property that names a feature; of several the first that a feature has. `name` where none is given.
    #[serde(default)]
    pub name: Option<OneOrMany<String>>,
    /// Properties that name an area or station together, from the widest, where one is not enough.
    #[serde(default)]
    pub names: Vec<String>,
}

/// The level of [`DescribedMap`] whose features are stations.
pub const STATION_LEVEL: &str = "station";

/// The outlines of areas of one level.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlaceMap {
    /// The file.
    pub input: String,
    /// The level's name: `region`, `district` …
    pub level: String,
    /// The outlines, in the file's order.
    pub outlines: Vec<Outline>,
}

/// The outline of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The area's name, as the map spells it.
    pub name: String,
    /// Where it is.
    pub polygons: Arc<[Polygon]>,
}

/// What a name means among those known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameMatch {
    /// The one with this number.
    One(usize),
    /// More than one.
    Several,
    /// None.
    None,
}

/// Names of areas or stations with their numbers, found as [`NameIndex::find`] says.
#[derive(Debug, Clone, Default)]
pub struct NameIndex {
    /// Full names, own names, and both folded; `None` where several have one.
    stages: [HashMap<String, Option<usize>>; 4],
}

impl NameIndex {
    /// Adds one: its full name with the areas around it, and its own.
    pub fn add(&mut self, number: usize, full: &str, own: &str) {
        let names = [full.to_owned(), own.to_owned(), folded(full), folded(own)];
        for (stage, name) in self.stages.iter_mut().zip(names) {
            let known = stage.entry(name).or_insert(Some(number));
            if *known != Some(number) {
                *known = None;
            }
        }
    }

    /// What a name means: as a full name, then as an own name, then both whatever the case, spaces and ё for е.
    pub fn find(&self, name: &str) -> NameMatch {
        let folded = folded(name);
        let wanted = [name, name, &folded, &folded];
        match self.stages.iter().zip(wanted).find_map(|(stage, name)| stage.get(name)) {
            Some(Some(number)) => NameMatch::One(*number),
            Some(None) => NameMatch::Several,
            None => NameMatch::None,
        }
    }
}

/// A name without case and ё, with one space between words and around the bars of a path.
fn folded(name: &str) -> String {
    let lower = name.to_lowercase().replace('ё', "е");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The areas of one level of a table, each with its outline where a map has one.
#[derive(Debug, Clone, Default)]
pub struct MappedAreas {
    /// The level's name.
    pub level: String,
    /// The areas, in the order in which the table first names them.
    pub areas: Vec<MappedArea>,
    /// The area of each station, by its number in `areas`.
    pub of_station: Vec<usize>,
    /// Names of the maps that no area has.
    pub unknown: Vec<String>,
    /// Names of the maps that several areas have, or that are spelled apart from each other only by what is not looked at.
    pub ambiguous: Vec<String>,
}

/// An area of a table.
#[derive(Debug, Clone)]
pub struct MappedArea {
    /// Its name, as the table spells it, with the areas around it where another has the same.
    pub name: String,
    /// Where it is; empty where no map says so.
    pub polygons: Arc<[Polygon]>,
}

impl MappedAreas {
    /// The areas of the widest level of the table that one of the maps is of; `None` where none is.
    pub fn widest(maps: &[PlaceMap], table: &StationTable) -> Option<Self> {
        let of = |level: &str| maps.iter().any(|map| map.level == level);
        let level = table.areas.iter().position(|area| of(&area.level))?;
        Self::of(maps, table, level)
    }

    /// The areas of a level of the table, counted from the widest, with the outlines of all maps of that level.
    pub fn of(maps: &[PlaceMap], table: &StationTable, level: usize) -> Option<Self> {
        let (around, own) = (table.areas.get(..level)?, table.areas.get(level)?);
        let mut numbers: HashMap<Vec<usize>, usize> = HashMap::new();
        let mut paths: Vec<(String, &str)> = Vec::new();
        let of_station = (0..table.len()).map(|row| {
            let path = around.iter().chain([own]).map(|area| area.names.code(row)).collect();
            *numbers.entry(path).or_insert_with(|| {
                let full: Vec<&str> = around.iter().chain([own]).map(|area| area.names.get(row)).collect();
                paths.push((full.join(" / "), own.names.get(row)));
                paths.len() - 1
            })
        });
        let of_station = of_station.collect();
        let mut index = NameIndex::default();
        paths.iter().enumerate().for_each(|(number, (full, own))| index.add(number, full, own));
        let mut found: Vec<Vec<Polygon>> = vec![Vec::new(); paths.len()];
        let mut spelled: Vec<Option<&str>> = vec![None; paths.len()];
        let (mut unknown, mut ambiguous) = (Vec::new(), Vec::new());
        for outline in maps.iter().filter(|map| map.level == own.level).flat_map(|map| &map.outlines) {
            match index.find(&outline.name) {
                // Two spellings may be two places, and then one of them would be drawn as the other.
                NameMatch::One(number) if *spelled[number].get_or_insert(&outline.name) == outline.name => {
                    found[number].extend(outline.polygons.iter().cloned());
                }
                NameMatch::One(_) | NameMatch::Several => ambiguous.push(outline.name.clone()),
                NameMatch::None => unknown.push(outline.name.clone()),
            }
        }
        let mut owners: HashMap<&str, usize> = HashMap::new();
        paths.iter().for_each(|(_, own)| *owners.entry(own).or_default() += 1);
        let areas = paths.iter().zip(found).map(|((full, own), polygons)| {
            let name = if owners.get(own) == Some(&1) { (*own).to_owned() } else { full.clone() };
            MappedArea { name, polygons: polygons.into() }
        });
        let areas = areas.collect();
        Some(Self { level: own.level.clone(), areas, of_station, unknown, ambiguous })
    }

    /// Areas of the table that no map has.
    pub fn without_outline(&self) -> usize {
        self.areas.iter().filter(|area| area.polygons.is_empty()).count()
    }
}

impl StationTable {
    /// The names of the stations, full and own, by row.
    pub fn station_names(&self) -> NameIndex {
        let mut index = NameIndex::default();
        (0..self.len()).for_each(|row| index.add(row, &self.name(row), self.stations.get(row)));
        index
    }

    /// Puts a station where a map says that it is; one that the table has coordinates of stays where it is.
    pub fn place(&mut self, row: usize, at: crate::Coordinates) {
        let rows = self.len();
        self.coordinates.resize(rows, None);
        if let Some(known) = self.coordinates.get_mut(row) {
            known.get_or_insert(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Area, Coordinates};

    fn table() -> StationTable {
        let mut table = StationTable::default();
        let (mut regions, mut districts) = (Area::default(), Area::default());
        (regions.level, districts.level) = ("region".to_owned(), "district".to_owned());
        for (region, district, station) in
            [("Орёл", "Centre", "1"), ("North", "Centre", "1"), ("North", "Hill", "2"), ("north", "Hill", "2")]
        {
            regions.names.push(region);
            districts.names.push(district);
            table.stations.push(station);
        }
        table.areas = vec![regions, districts];
        table
    }

    fn map(level: &str, names: &[&str]) -> PlaceMap {
        let square: Polygon = vec![vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]];
        let outline = |name: &&str| Outline { name: (*name).to_owned(), polygons: vec![square.clone()].into() };
        PlaceMap { input: "m".to_owned(), level: level.to_owned(), outlines: names.iter().map(outline).collect() }
    }

    #[test]
    fn names_fit_exactly_or_whatever_their_case_and_spaces() {
        let maps = [map("region", &["ОРЕЛ ", "North", "north", " NORTH", "East"])];
        let areas = MappedAreas::widest(&maps, &table()).expect("a level of the map");
        assert_eq!(areas.areas.iter().map(|area| area.polygons.len()).collect::<Vec<_>>(), [1, 1, 1]);
        assert_eq!(areas.of_station, [0, 1, 1, 2]);
        assert_eq!((areas.unknown, areas.ambiguous), (vec!["East".to_owned()], vec![" NORTH".to_owned()]));
    }

    #[test]
    fn a_name_of_several_areas_needs_the_area_around_it() {
        let maps = [map("district", &["Centre", "North / Centre", "Орёл / centre", "North / Hill"])];
        let areas = MappedAreas::widest(&maps, &table()).expect("a level of the map");
        let drawn: Vec<_> = areas.areas.iter().map(|area| (area.name.as_str(), area.polygons.len())).collect();
        assert_eq!(drawn, [("Орёл / Centre", 1), ("North / Centre", 1), ("North / Hill", 1), ("north / Hill", 0)]);
        assert_eq!((areas.ambiguous, areas.unknown.len()), (vec!["Centre".to_owned()], 0));
        assert!(MappedAreas::widest(&[map("state", &["x"])], &table()).is_none());
    }

    #[test]
    fn one_outline_is_not_given_to_two_spellings() {
        let maps = [map("region", &["North", "NORTH"])];
        let areas = MappedAreas::widest(&maps, &table()).expect("a level of the map");
        // "NORTH" may be "North" or "north".
        assert_eq!(areas.ambiguous, ["NORTH"]);
    }

    #[test]
    fn what_the_table_says_of_a_place_stands() {
        let mut table = table();
        let at = |latitude| Coordinates { latitude, longitude: 0.0 };
        table.place(1, at(10.0));
        table.place(1, at(20.0));
        assert_eq!((table.coordinates_of(0), table.coordinates_of(1)), (None, Some(at(10.0))));
    }
}
