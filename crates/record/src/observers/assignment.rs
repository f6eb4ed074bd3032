//! Which stations were drawn to be observed.

use super::DescribedAssignment;
use super::book::{ObserverBook, name_of};
use super::incident::truth;
use crate::{Cells, OneOrMany, Rows, RowsError};

/// A drawing of stations to be observed.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The table.
    pub input: String,
    /// How was drawn.
    pub design: AssignmentDesign,
    /// The stations of the drawing, by their place in [`ObserverBook::stations`], with the number of their stratum and whether they were
    /// drawn.
    pub stations: Vec<(u32, u32, bool)>,
    /// The names of the strata.
    pub strata: Vec<String>,
    /// Rows of stations that the record does not have.
    pub unknown: u64,
}

/// What is told of how was drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AssignmentDesign {
    /// Distances in kilometres around a drawn station within which others may be changed by it.
    pub rings: Vec<f64>,
    /// In words.
    pub note: Option<String>,
}

/// Why a drawing cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentError {
    /// A row cannot be read.
    #[error(transparent)]
    Rows(#[from] RowsError),
    /// A column is not there.
    #[error("has no column {column:?} among its {columns} columns")]
    NoColumn {
        /// The column.
        column: String,
        /// How many there are.
        columns: usize,
    },
    /// A cell that does not say whether a station was drawn.
    #[error("row {row}: does not say whether the station was drawn; 1 or yes, 0 or no was expected")]
    NotSaid {
        /// The row.
        row: u64,
    },
    /// A station that stands twice.
    #[error("row {row}: has a station that a row before it has")]
    Twice {
        /// The row.
        row: u64,
    },
}

impl ObserverBook {
    /// Reads a drawing.
    ///
    /// # Errors
    /// A column is not there, a row does not say whether it was drawn, a station stands twice.
    pub fn read_assignment(
        &mut self,
        input: &str,
        described: &DescribedAssignment,
        station: &OneOrMany<String>,
        rows: &mut dyn Rows,
    ) -> Result<Assignment, AssignmentError> {
        let mut cells = Cells::default();
        rows.next_row(&mut cells)?;
        let header: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        let find = |name: &String| {
            let absent = || AssignmentError::NoColumn { column: name.clone(), columns: header.len() };
            header.iter().position(|column| column == name).ok_or_else(absent)
        };
        let named: Vec<usize> = station.as_slice().iter().map(find).collect::<Result<_, _>>()?;
        let assigned = find(&described.assigned)?;
        let stratum = described.stratum.as_ref().map(find).transpose()?;
        let design = AssignmentDesign { rings: described.rings.clone(), note: described.note.clone() };
        let input = input.to_owned();
        let mut found = Assignment { input, design, stations: Vec::new(), strata: Vec::new(), unknown: 0 };
        let mut numbers = std::collections::HashMap::new();
        let mut seen = std::collections::HashSet::new();
        while let Some(row) = rows.next_row(&mut cells)? {
            if cells.is_blank() {
                continue;
            }
            let drawn = truth(cells.get(assigned).trim()).ok_or(AssignmentError::NotSaid { row })?;
            let Some(station) = self.station(&name_of(&cells, &named)) else {
                found.unknown += 1;
                continue;
            };
            if !seen.insert(station) {
                return Err(AssignmentError::Twice { row });
            }
            let name = stratum.map_or("", |at| cells.get(at).trim());
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(name.to_owned()).or_insert_with(|| {
                found.strata.push(name.to_owned());
                next
            });
            found.stations.push((station, number, drawn));
        }
        Ok(found)
    }
}
