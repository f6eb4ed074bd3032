//! Which station a copy is of.

use std::collections::HashMap;

use super::CopyFault;
use super::names::shown;
use crate::StationTable;

/// The stations that copies may be of, by name.
///
/// With a table a station is found by its areas and name, as `area / area / station`, or by its own name where no other station has it. Without
/// a table every name is a station.
#[derive(Debug, Clone, Default)]
pub struct StationPlaces {
    /// The row of each full name; `None` where two rows have it.
    full: HashMap<String, Option<u32>>,
    own: HashMap<String, Option<u32>>,
    any: bool,
}

/// A station that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// By its row in the table.
    Row(u32),
    /// By its name alone, since there is no table.
    Named,
}

impl StationPlaces {
    /// The stations of a table.
    pub fn of(table: &StationTable) -> Self {
        let mut places = Self::default();
        for row in 0..table.len() {
            let number = u32::try_from(row).ok();
            let note = |names: &mut HashMap<String, Option<u32>>, name: String| {
                names.entry(name).and_modify(|known| *known = None).or_insert(number);
            };
            note(&mut places.full, table.name(row));
            note(&mut places.own, table.stations.get(row).to_owned());
        }
        places
    }

    /// Any station, since no table says which there are.
    pub fn any() -> Self {
        Self { any: true, ..Self::default() }
    }

    /// The full name of a station, as [`StationTable::name`] gives it.
    pub(super) fn name(areas: &[String], station: &str) -> String {
        let mut parts: Vec<&str> = areas.iter().map(|area| area.trim()).chain([station.trim()]).collect();
        parts.retain(|part| !part.is_empty());
        parts.dedup();
        parts.join(" / ")
    }

    /// The row of a station by its full name, or by its own where no other station has it.
    pub fn row(&self, name: &str) -> Option<usize> {
        let found = self.full.get(name).or_else(|| self.own.get(name)).copied().flatten();
        found.map(|row| row as usize)
    }

    pub(super) fn find(&self, areas: &[String], station: &str) -> Result<Found, CopyFault> {
        if self.any {
            return Ok(Found::Named);
        }
        let full = Self::name(areas, station);
        let found = match self.full.get(&full) {
            None if areas.is_empty() => self.own.get(station.trim()),
            found => found,
        };
        match found {
            Some(Some(row)) => Ok(Found::Row(*row)),
            Some(None) => Err(CopyFault::SeveralStations(shown(&full))),
            None => Err(CopyFault::Station(shown(&full))),
        }
    }
}
