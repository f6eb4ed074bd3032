//! Columns of counts and of names.

use std::collections::HashMap;

/// A column of counts, one a station; a cell may be missing.
///
/// A count is at most [`Counts::LARGEST`]: no station has more voters, and sums over a column fit easily.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    values: Vec<u32>,
    missing: usize,
}

/// Marks a missing cell; above [`Counts::LARGEST`], so no count can be mistaken for it.
const MISSING: u32 = u32::MAX;

impl Counts {
    /// The largest count that a cell may hold.
    pub const LARGEST: u32 = 1_000_000_000;

    /// An empty column with room for `rows` cells.
    pub fn with_capacity(rows: usize) -> Self {
        Self { values: Vec::with_capacity(rows), missing: 0 }
    }

    /// Adds a cell. A count above [`Self::LARGEST`] is refused by the importer and never gets here; it is kept as missing.
    pub fn push(&mut self, count: Option<u32>) {
        match count {
            Some(count) if count <= Self::LARGEST => self.values.push(count),
            _ => {
                self.values.push(MISSING);
                self.missing += 1;
            }
        }
    }

    /// Replaces the cell of row `index`, under the same limit as [`Self::push`]; outside the column nothing is changed.
    pub fn set(&mut self, index: usize, count: Option<u32>) {
        if let Some(cell) = self.values.get_mut(index) {
            self.missing -= usize::from(*cell == MISSING);
            *cell = count.filter(|&count| count <= Self::LARGEST).unwrap_or(MISSING);
            self.missing += usize::from(*cell == MISSING);
        }
    }

    /// The cell of row `index`, if there is a count in it.
    pub fn get(&self, index: usize) -> Option<u32> {
        self.values.get(index).copied().filter(|&value| value != MISSING)
    }

    /// The cell of row `index`, with a missing one as zero.
    pub fn or_zero(&self, index: usize) -> u32 {
        self.get(index).unwrap_or(0)
    }

    /// The cells in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<u32>> + '_ {
        self.values.iter().map(|&value| (value != MISSING).then_some(value))
    }

    /// How many cells there are, missing ones included.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether the column has no cells.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// How many cells hold no count.
    pub fn missing(&self) -> usize {
        self.missing
    }

    /// Whether every cell is missing.
    pub fn all_missing(&self) -> bool {
        self.missing == self.values.len()
    }

    /// The sum of all counts.
    pub fn sum(&self) -> u64 {
        self.iter().flatten().map(u64::from).sum()
    }

    /// The sums of this column and of another over the rows in which both are known, and how many rows that leaves out.
    pub fn paired(&self, other: &Counts) -> Paired {
        let mut paired = Paired::default();
        for cells in self.iter().zip(other.iter()) {
            match cells {
                (Some(this), Some(other)) => {
                    paired.this += u64::from(this);
                    paired.other += u64::from(other);
                }
                _ => paired.left_out += 1,
            }
        }
        paired
    }

    /// The row-wise sum of several columns; a cell is missing where any of them is. `None` without columns.
    pub fn sum_of<'a>(columns: impl IntoIterator<Item = &'a Counts>) -> Option<Counts> {
        let mut columns = columns.into_iter();
        let mut total = columns.next()?.clone();
        for column in columns {
            total.missing = 0;
            for (index, value) in total.values.iter_mut().enumerate() {
                *value = match (*value, column.get(index)) {
                    (MISSING, _) | (_, None) => MISSING,
                    (sum, Some(count)) => sum.saturating_add(count).min(MISSING - 1),
                };
                total.missing += usize::from(*value == MISSING);
            }
        }
        Some(total)
    }

    /// The same column with `rows` only, in that order.
    pub fn select(&self, rows: &[usize]) -> Counts {
        rows.iter().map(|&row| self.get(row)).collect()
    }
}

impl FromIterator<Option<u32>> for Counts {
    fn from_iter<I: IntoIterator<Item = Option<u32>>>(cells: I) -> Self {
        let mut counts = Self::default();
        cells.into_iter().for_each(|cell| counts.push(cell));
        counts
    }
}

/// Sums of two columns over the same rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Paired {
    /// The sum of the column itself.
    pub this: u64,
    /// The sum of the other column.
    pub other: u64,
    /// Rows in which one of them is not known.
    pub left_out: usize,
}

impl Paired {
    /// The quotient of the sums; `None` where the other column adds up to nothing.
    pub fn quotient(&self) -> Option<f64> {
        (self.other > 0).then(|| self.this as f64 / self.other as f64)
    }
}

/// A column of names, each spelling stored once.
#[derive(Debug, Clone, Default)]
pub struct Names {
    codes: Vec<u32>,
    spellings: Vec<String>,
    index: HashMap<String, u32>,
}

impl Names {
    /// Adds a cell.
    pub fn push(&mut self, name: &str) {
        let code = self.code_for(name);
        self.codes.push(code);
    }

    fn code_for(&mut self, name: &str) -> u32 {
        // Tables are mostly sorted by area: the last name is usually the next one too.
        if let Some(&last) = self.codes.last()
            && self.spellings[last as usize] == name
        {
            return last;
        }
        if let Some(&code) = self.index.get(name) {
            return code;
        }
        let code = u32::try_from(self.spellings.len()).unwrap_or(u32::MAX);
        self.spellings.push(name.to_owned());
        self.index.insert(name.to_owned(), code);
        code
    }

    /// The name in row `index`; empty outside the column.
    pub fn get(&self, index: usize) -> &str {
        self.codes.get(index).map_or("", |&code| &self.spellings[code as usize])
    }

    /// The number of the name in row `index`, for grouping: equal names have equal numbers, below [`Self::distinct`].
    pub fn code(&self, index: usize) -> usize {
        self.codes[index] as usize
    }

    /// The spelling of a number given by [`Self::code`].
    pub fn spelling(&self, code: usize) -> &str {
        &self.spellings[code]
    }

    /// How many different names there are.
    pub fn distinct(&self) -> usize {
        self.spellings.len()
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether the column has no cells.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_missing_where_a_part_is() {
        let a: Counts = [Some(1), None, Some(3)].into_iter().collect();
        let b: Counts = [Some(10), Some(20), None].into_iter().collect();
        let sum = Counts::sum_of([&a, &b]).expect("two columns");
        assert_eq!(sum.iter().collect::<Vec<_>>(), [Some(11), None, None]);
        assert_eq!(sum.missing(), 2);
        assert_eq!(sum.sum(), 11);
    }

    #[test]
    fn a_replaced_cell_keeps_the_number_of_missing_ones() {
        let mut column: Counts = [Some(1), None].into_iter().collect();
        column.set(1, Some(5));
        column.set(0, Some(Counts::LARGEST + 1));
        column.set(2, Some(7));
        assert_eq!((column.get(0), column.get(1), column.len(), column.missing()), (None, Some(5), 2, 1));
    }

    #[test]
    fn a_quotient_is_of_rows_in_which_both_are_known() {
        let a: Counts = [Some(1), None, Some(3), Some(5)].into_iter().collect();
        let b: Counts = [Some(10), Some(20), None, Some(10)].into_iter().collect();
        let paired = a.paired(&b);
        assert_eq!(paired, Paired { this: 6, other: 20, left_out: 2 });
        assert_eq!(paired.quotient(), Some(0.3));
    }

    #[test]
    fn names_share_their_spelling() {
        let mut names = Names::default();
        for name in ["a", "a", "b", "a"] {
            names.push(name);
        }
        assert_eq!((names.len(), names.distinct()), (4, 2));
        assert_eq!(names.get(3), "a");
        assert_eq!(names.code(0), names.code(3));
    }
}
