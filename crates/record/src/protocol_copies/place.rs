//! Which station a copy is of.

use super::CopyFault;
use crate::{NameMatch, StationIndex, StationTable};

/// The stations that copies may be of, by name.
///
/// With a table a station is found by its areas and name, as `area / area / station`, or by its own name where no other station has it. Without
/// a table every name is a station.
#[derive(Debug, Clone, Default)]
pub struct StationPlaces(Option<StationIndex>);

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
        Self(Some(StationIndex::of(table)))
    }

    /// Any station, since no table says which there are.
    pub fn any() -> Self {
        Self(None)
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
        self.0.as_ref()?.find(name)
    }

    pub(super) fn find(&self, areas: &[String], station: &str) -> Result<Found, CopyFault> {
        let Some(index) = &self.0 else { return Ok(Found::Named) };
        let full = Self::name(areas, station);
        let own = areas.is_empty().then_some(station.trim());
        match index.look(&full, own) {
            NameMatch::One(row) => Ok(Found::Row(u32::try_from(row).unwrap_or(u32::MAX))),
            NameMatch::Several => Err(CopyFault::SeveralStations),
            NameMatch::None => Err(CopyFault::Station),
        }
    }
}
