//! The columns of a quick count's tables.

use std::collections::BTreeMap;

use super::QuickCountError;
use crate::{Cells, Counts, Rows};

/// The header of a table: names by place.
pub(super) struct Header {
    names: Vec<String>,
}

impl Header {
    /// Reads the first row.
    pub(super) fn read(rows: &mut dyn Rows) -> Result<Self, QuickCountError> {
        let mut cells = Cells::default();
        rows.next_row(&mut cells)?.ok_or(QuickCountError::Empty)?;
        let mut names: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        let mut seen = BTreeMap::new();
        match names.iter().position(|name| seen.insert(name.as_str(), ()).is_some()) {
            Some(twice) => Err(QuickCountError::ColumnTwice { column: twice + 1 }),
            None => Ok(Self { names }),
        }
    }

    /// The place of a column that must be there.
    pub(super) fn find(&self, column: &str) -> Result<usize, QuickCountError> {
        let absent = || QuickCountError::NoColumn { column: column.to_owned(), columns: self.names.len() };
        self.place(column).ok_or_else(absent)
    }

    /// The place of a column, if it is there.
    pub(super) fn place(&self, column: &str) -> Option<usize> {
        self.names.iter().position(|name| name == column)
    }

    /// The name at a place.
    pub(super) fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// A cell that must not be empty.
    pub(super) fn text(&self, cells: &Cells, place: usize, row: u64) -> Result<String, QuickCountError> {
        match cells.get(place).trim() {
            "" => Err(QuickCountError::Blank { row, column: place + 1 }),
            text => Ok(text.to_owned()),
        }
    }

    /// A count; `None` where the cell is empty.
    pub(super) fn count(&self, cells: &Cells, place: usize, row: u64) -> Result<Option<u32>, QuickCountError> {
        let text = cells.get(place).trim();
        let wrong = || QuickCountError::Count { row, column: place + 1 };
        match text {
            "" => Ok(None),
            text if !text.bytes().all(|byte| byte.is_ascii_digit()) => Err(wrong()),
            text => text.parse().ok().filter(|&count| count <= Counts::LARGEST).map(Some).ok_or_else(wrong),
        }
    }

    /// The name of a station: its columns, joined.
    pub(super) fn station(&self, cells: &Cells, places: &[usize], row: u64) -> Result<String, QuickCountError> {
        let parts: Result<Vec<String>, _> = places.iter().map(|&place| self.text(cells, place, row)).collect();
        Ok(parts?.join(" / "))
    }
}
