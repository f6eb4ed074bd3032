//! The first rows of a table, as columns of whatever they hold.

use std::collections::{BTreeMap, BTreeSet};

use super::words;
use crate::import::{count, grouped_count};
use crate::map::Thousands;
use crate::{CellFault, Cells, Headers, Rows, RowsError};

/// The first rows of a table.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// How many rows were looked at.
    pub rows: usize,
    /// The columns.
    pub(super) columns: Vec<Column>,
    /// Cells that stand for "not known" in columns of counts.
    pub(super) missing: Vec<String>,
    /// The mark that groups thousands in some column of counts.
    pub(super) thousands: Option<Thousands>,
}

/// One column of a sample.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    /// The counts; missing where the cell is empty or no count.
    pub(super) counts: Vec<Option<u32>>,
    /// Cells that are neither empty nor a count, with how often they stand there, up to a few.
    strange: BTreeMap<String, usize>,
    /// Numbers whose digits are grouped by points, and by commas.
    by_points: usize,
    by_commas: usize,
    /// Whether the header names a line of the protocol, so that `1.097` is hardly a fraction.
    is_named: bool,
    filled: usize,
    numbers: usize,
    values: BTreeSet<String>,
}

/// Different values counted in a column; beyond, the exact number does not matter.
const DISTINCT: usize = 20_000;
/// Different cells that are no counts and may still stand for "not known".
const STRANGE: usize = 8;
/// Words that stand for "not known".
const UNKNOWN: [&str; 12] = ["na", "n/a", "nan", "null", "none", "-", "--", "—", ".", "..", "x", "нет данных"];
/// Words that stand for a row of totals.
const TOTALS: [&str; 38] = [
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sub-total",
    "sum",
    "overall",
    "total general",
    "total geral",
    "totale",
    "totale generale",
    "total général",
    "totaal",
    "totalt",
    "summa",
    "summe",
    "gesamtsumme",
    "insgesamt",
    "zusammen",
    "ogółem",
    "celkem",
    "spolu",
    "ukupno",
    "skupaj",
    "összesen",
    "yhteensä",
    "kopā",
    "kokku",
    "итого",
    "всего",
    "всього",
    "разом",
    "razem",
    "suma",
    "gesamt",
    "общо",
    "барлығы",
    "סה\"כ",
];

impl Sample {
    /// The most rows that are looked at.
    pub const ROWS: usize = 20_000;

    pub(super) fn read(headers: &Headers, rows: &mut dyn Rows) -> Result<Self, RowsError> {
        let mut sample = Self { columns: vec![Column::default(); headers.len()], ..Self::default() };
        for (column, header) in sample.columns.iter_mut().zip(headers.iter()) {
            column.is_named = words::term(header).is_some() && !words::is_ignored(header);
        }
        let mut cells = Cells::default();
        while sample.rows < Self::ROWS && rows.next_row(&mut cells)?.is_some() {
            if cells.is_blank() {
                continue;
            }
            sample.rows += 1;
            for (index, column) in sample.columns.iter_mut().enumerate() {
                column.push(cells.get(index).trim());
            }
        }
        let counts = sample.columns.iter().filter(|column| column.is_counts());
        let strange: BTreeSet<&String> = counts.flat_map(|column| column.strange.keys()).collect();
        sample.missing = strange.into_iter().cloned().collect();
        let by = |pick: fn(&Column) -> usize| sample.columns.iter().filter(|column| column.is_counts()).map(pick).sum();
        let (points, commas): (usize, usize) = (by(|column| column.by_points), by(|column| column.by_commas));
        let mark = if points >= commas { Thousands::Point } else { Thousands::Comma };
        sample.thousands = (points + commas > 0).then_some(mark);
        Ok(sample)
    }

    /// The columns as counts; one that holds something else is empty.
    pub(super) fn counts(&self) -> Vec<&[Option<u32>]> {
        self.columns.iter().map(|column| if column.is_counts() { column.counts.as_slice() } else { &[] }).collect()
    }

    /// Columns in which a cell is a word for totals, with the words.
    pub(super) fn totals(&self) -> Vec<(usize, Vec<String>)> {
        let in_column = |column: &Column| -> Vec<String> {
            let is_total = |value: &&String| TOTALS.contains(&value.to_lowercase().trim_end_matches(':'));
            column.values.iter().filter(is_total).cloned().collect()
        };
        let columns = self.columns.iter().enumerate().map(|(index, column)| (index, in_column(column)));
        columns.filter(|(_, words)| !words.is_empty()).collect()
    }
}

impl Column {
    fn push(&mut self, cell: &str) {
        let mark = if cell.contains(',') { Thousands::Comma } else { Thousands::Point };
        let (parsed, grouped) = (count(cell), grouped_count(cell, mark.mark()));
        self.counts.push(grouped.ok().flatten());
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        match parsed {
            Ok(_) => self.numbers += 1,
            Err(CellFault::Grouped) if grouped.is_ok() => match mark {
                Thousands::Point => self.by_points += 1,
                Thousands::Comma => self.by_commas += 1,
            },
            Err(_) if self.strange.len() < STRANGE || self.strange.contains_key(cell) => {
                *self.strange.entry(cell.to_owned()).or_default() += 1;
            }
            Err(_) => {}
        }
        if self.values.len() < DISTINCT && !self.values.contains(cell) {
            self.values.insert(cell.to_owned());
        }
    }

    /// Whether the column holds counts, and nothing else but words for "not known".
    pub(super) fn is_counts(&self) -> bool {
        let strange: usize = self.strange.values().sum();
        let known = self.strange.keys().all(|cell| UNKNOWN.contains(&cell.to_lowercase().as_str()));
        // Numbers that are all of the form 45.123 may be fractions: some must be plain, or the header must name a line.
        let grouped = self.by_points.max(self.by_commas);
        let is_one_mark = self.by_points.min(self.by_commas) == 0;
        let has_counts = self.numbers > 0 || (grouped > 0 && self.is_named);
        has_counts && is_one_mark && self.numbers + grouped + strange == self.filled && known
    }

    /// A cell because of which the column is not one of counts, where most of its cells are counts or that cell is a
    /// number in groups of digits.
    pub(super) fn stray(&self) -> Option<&str> {
        let is_known = |cell: &&String| !UNKNOWN.contains(&cell.to_lowercase().as_str());
        let is_grouped = |cell: &&String| count(cell) == Err(CellFault::Grouped);
        let strange = || self.strange.keys().filter(is_known);
        let of_counts = (self.numbers * 2 >= self.filled).then(|| strange().next()).flatten();
        strange().find(is_grouped).or(of_counts).map(String::as_str)
    }

    /// How many different values there are.
    pub(super) fn distinct(&self) -> usize {
        self.values.len()
    }

    /// Whether no cell is empty.
    pub(super) fn is_full(&self, rows: usize) -> bool {
        self.filled == rows
    }

    /// Whether a column of counts numbers the rows rather than counts something in them: every row has another value,
    /// and they ascend, or are too many for so narrow a range to be all different by chance. Of n values drawn from a
    /// range of m, about n² / 2m pairs are equal; five such pairs are not all missed.
    pub(super) fn is_identifier(&self, rows: usize) -> bool {
        const ASCENDING: usize = 8;
        let counts: Vec<u32> = self.counts.iter().flatten().copied().collect();
        let (Some(least), Some(most)) = (counts.iter().min(), counts.iter().max()) else { return false };
        let range = f64::from(most - least) + 1.0;
        let ascends = rows >= ASCENDING && counts.is_sorted();
        self.is_key(rows) && (ascends || (rows as f64).powi(2) > 10.0 * range)
    }

    /// Whether every row has another value.
    pub(super) fn is_key(&self, rows: usize) -> bool {
        rows > 1 && self.filled == rows && self.values.len() == rows.min(DISTINCT)
    }
}
