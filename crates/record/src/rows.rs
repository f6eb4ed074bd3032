//! Rows of a table, whatever format they came in.

/// A source of rows: a delimited file, a sheet of a workbook.
pub trait Rows {
    /// Reads the next row into `cells` and returns its number, counted from 1; `None` at the end.
    ///
    /// # Errors
    /// What could not be read, with its row.
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError>;
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row}: {fault}")]
pub struct RowsError {
    /// The row, counted from 1.
    pub row: u64,
    /// What was expected and what was found.
    pub fault: String,
}

/// The cells of one row, in one buffer that is used again for the next.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    text: String,
    ends: Vec<usize>,
    /// Bytes between the end of a cell and the start of the next: 1 where the text is a line with its separators.
    gap: usize,
}

impl Cells {
    /// Forgets all cells.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.gap = 0;
    }

    /// Adds a cell. The cells must not be those of [`Self::replace_separated`]; [`Self::clear`] them first.
    pub fn push(&mut self, cell: &str) {
        self.append(cell);
        self.end_cell();
    }

    /// Adds text to the cell that is being written, which [`Self::end_cell`] completes.
    pub fn append(&mut self, text: &str) {
        debug_assert_eq!(self.gap, 0, "cells with separators cannot grow");
        self.text.push_str(text);
    }

    /// Completes a cell.
    pub fn end_cell(&mut self) {
        self.ends.push(self.text.len());
    }

    /// Replaces all cells by `text` cut at `ends`, which must ascend and lie on character boundaries.
    pub fn replace(&mut self, text: &str, ends: &[usize]) {
        self.set(text, ends, 0);
    }

    /// Replaces all cells by `line` cut at `ends`, with one byte of separator after each cell but the last: so a line
    /// is copied once, not cell by cell.
    pub fn replace_separated(&mut self, line: &str, ends: &[usize]) {
        self.set(line, ends, 1);
    }

    fn set(&mut self, text: &str, ends: &[usize], gap: usize) {
        self.text.clear();
        self.text.push_str(text);
        self.ends.clear();
        self.ends.extend_from_slice(ends);
        self.gap = gap;
    }

    /// The cell at `index`; empty where the row is shorter.
    pub fn get(&self, index: usize) -> &str {
        let Some(&end) = self.ends.get(index) else { return "" };
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] + self.gap);
        self.text.get(start..end).unwrap_or("")
    }

    /// How many cells the row has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the row has no cells.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether every cell is empty or white space.
    pub fn is_blank(&self) -> bool {
        self.iter().all(|cell| cell.trim().is_empty())
    }

    /// The cells in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Cells {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_equal_however_they_were_written() {
        let mut pushed = Cells::default();
        ["12", "", "Ö"].iter().for_each(|cell| pushed.push(cell));
        let mut cut = Cells::default();
        cut.replace_separated("12;;Ö", &[2, 3, 6]);
        assert_eq!(pushed, cut);
        assert_eq!(cut.iter().collect::<Vec<_>>(), ["12", "", "Ö"]);
        assert_eq!((cut.len(), cut.get(3)), (3, ""));
        cut.replace_separated(" ;;", &[1, 2, 3]);
        assert!(cut.is_blank());
    }
}
