//! The sampling frame: every station of the election, before any is drawn.

use std::collections::{BTreeMap, BTreeSet};

use super::QuickCountError;
use super::columns::Header;
use crate::{Cells, OneOrMany, Rows};

/// Which columns of a frame are what.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FrameColumns {
    /// The columns that name a station together.
    pub station: OneOrMany<String>,
    /// The stratum; one stratum where none is named.
    pub stratum: Option<String>,
    /// The cluster that is drawn as a whole; stations are drawn one by one where none is named.
    pub cluster: Option<String>,
    /// Voters on the register.
    pub register: Option<String>,
}

/// All stations of an election, in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    /// SHA-256 of the file as it stands, in lower-case hexadecimal digits.
    pub sha256: String,
    /// The names of the strata, sorted by their bytes; one nameless stratum where there are none.
    pub strata: Vec<String>,
    /// The stations.
    pub stations: Vec<FrameStation>,
}

/// A station of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameStation {
    /// Its name, unique in the frame.
    pub name: String,
    /// Its stratum, by its place in [`Frame::strata`].
    pub stratum: usize,
    /// What is drawn: its cluster, or itself.
    pub unit: String,
    /// Voters on its register; `None` where the frame does not say.
    pub register: Option<u32>,
}

impl Frame {
    /// Reads a frame; `sha256` is the digest of its file.
    ///
    /// # Errors
    /// A column is not there, a station or stratum has no name, a register is no count, a station stands twice.
    pub fn read(rows: &mut dyn Rows, columns: &FrameColumns, sha256: String) -> Result<Self, QuickCountError> {
        let header = Header::read(rows)?;
        let station: Vec<usize> =
            columns.station.as_slice().iter().map(|column| header.find(column)).collect::<Result<_, _>>()?;
        let find = |column: &Option<String>| column.as_ref().map(|column| header.find(column)).transpose();
        let (stratum, cluster, register) = (find(&columns.stratum)?, find(&columns.cluster)?, find(&columns.register)?);
        let mut read = Vec::new();
        let mut first: BTreeMap<String, u64> = BTreeMap::new();
        let mut cells = Cells::default();
        while let Some(row) = rows.next_row(&mut cells)? {
            if cells.is_blank() {
                continue;
            }
            let name = header.station(&cells, &station, row)?;
            if let Some(&first) = first.get(&name) {
                return Err(QuickCountError::Twice { row, first });
            }
            first.insert(name.clone(), row);
            let text = |place: Option<usize>| place.map(|place| header.text(&cells, place, row)).transpose();
            let unit = text(cluster)?.unwrap_or_else(|| name.clone());
            let voters = register.map(|place| header.count(&cells, place, row)).transpose()?.flatten();
            read.push((name, text(stratum)?.unwrap_or_default(), unit, voters));
        }
        let names: BTreeSet<&String> = read.iter().map(|(_, stratum, ..)| stratum).collect();
        let strata: Vec<String> = names.into_iter().cloned().collect();
        let stations = read.into_iter().map(|(name, stratum, unit, register)| FrameStation {
            stratum: strata.binary_search(&stratum).unwrap_or(0),
            name,
            unit,
            register,
        });
        Ok(Self { sha256, stations: stations.collect(), strata })
    }

    /// Stations by name.
    pub fn places(&self) -> BTreeMap<&str, usize> {
        self.stations.iter().enumerate().map(|(place, station)| (station.name.as_str(), place)).collect()
    }

    /// The units of a stratum with their stations, sorted by the unit's name.
    pub fn units(&self, stratum: usize) -> BTreeMap<&str, Vec<usize>> {
        let mut units: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, station) in self.stations.iter().enumerate().filter(|(_, station)| station.stratum == stratum) {
            units.entry(station.unit.as_str()).or_default().push(place);
        }
        units
    }

    /// Whether every station has a register.
    pub fn has_registers(&self) -> bool {
        !self.stations.is_empty() && self.stations.iter().all(|station| station.register.is_some())
    }
}

/// Reads sizes by stratum, in the order of the frame's strata: the columns `stratum` and `drawn`. 0 for one that is not there.
///
/// # Errors
/// A column is not there, a cell is no count, a stratum is not in the frame.
pub fn read_sizes(rows: &mut dyn Rows, frame: &Frame) -> Result<Vec<u64>, QuickCountError> {
    let header = Header::read(rows)?;
    let (stratum, drawn) = (header.find("stratum")?, header.find("drawn")?);
    let mut sizes = vec![0; frame.strata.len()];
    let mut cells = Cells::default();
    while let Some(row) = rows.next_row(&mut cells)? {
        let name = cells.get(stratum).trim();
        let blank = || QuickCountError::Blank { row, column: drawn + 1 };
        let count = u64::from(header.count(&cells, drawn, row)?.ok_or_else(blank)?);
        match frame.strata.iter().position(|other| other == name) {
            Some(at) => sizes[at] = count,
            None => {
                return Err(QuickCountError::OtherStratum { stratum: name.to_owned(), found: 0, expected: count });
            }
        }
    }
    Ok(sizes)
}
