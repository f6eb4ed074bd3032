//! A sheet of cells, and what every cell that is written is held to.

use adil_finding::begins_formula;

/// A sheet: its rows with their numbers, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Number and cells of each row.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// A text as a cell: what would be taken for a formula gets an apostrophe in front, and characters that no workbook can hold are replaced.
pub fn cell(text: &str) -> String {
    let cannot = |letter: char| {
        letter.is_control() && !matches!(letter, '\t' | '\n' | '\r') || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    let text = text.replace(cannot, "\u{fffd}");
    if begins_formula(text.trim_start_matches('\'')) { format!("'{text}") } else { text }
}

/// What [`cell`] made a cell of.
pub(super) fn text_of(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(text) if begins_formula(text.trim_start_matches('\'')) => text,
        _ => cell,
    }
}

impl Sheet {
    /// A sheet of rows one below the other.
    pub(super) fn of(name: &str, rows: Vec<Vec<String>>) -> Self {
        let guarded = |row: Vec<String>| row.iter().map(|text| cell(text)).collect();
        Self { name: name.to_owned(), rows: (1..).zip(rows.into_iter().map(guarded)).collect() }
    }
}
