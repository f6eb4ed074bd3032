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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    /// Forgets all cells.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Replaces all cells by `text` cut at `ends`, which must ascend and lie on character boundaries.
    pub fn replace(&mut self, text: &str, ends: &[usize]) {
        self.text.clear();
        self.text.push_str(text);
        self.ends.clear();
        self.ends.extend_from_slice(ends);
    }

    /// The cell at `index`; empty where the row is shorter.
    pub fn get(&self, index: usize) -> &str {
        let Some(&end) = self.ends.get(index) else { return "" };
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
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
        self.text.trim().is_empty()
    }

    /// The cells in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }
}
