//! What the fuzz targets call, so that ordinary tests replay their corpus through the same code.

use std::io::Read as _;

use adil_finding::InputFile;
use adil_record::{Cells, Rows};

use crate::stored::Stored;
use crate::{Declared, Input, Limits};

/// Reads whatever `bytes` are, down to the last row of every table, and returns how many cells there were.
///
/// The limits are small, so that a run is short; none of them may be exceeded.
pub fn table_rows(bytes: &[u8]) -> usize {
    let limits = Limits {
        unpacked_bytes: 1 << 20,
        board_bytes: 1 << 20,
        unpacked_to_packed: 250,
        ratio_from_bytes: 64 << 10,
        held_bytes: 1 << 20,
        files_in_archive: 20,
        rows: 10_000,
        cells_per_row: 1_000,
        bytes_per_cell: 10_000,
        bytes_per_row: 100_000,
        sheet_cells: 10_000,
        ..Limits::default()
    };
    let file = InputFile { path: "input".to_owned(), sha256: String::new(), bytes: bytes.len() as u64, rows: None };
    let Ok(input) = Input::of(Stored::Memory(bytes.into()), file, &limits) else { return 0 };
    let mut total = 0;
    for board in input.boards {
        let read = board.reader().map(|reader| std::io::copy(&mut reader.take(2 << 20), &mut std::io::sink()));
        let within = read.is_ok_and(|read| read.is_ok_and(|read| read <= limits.board_bytes));
        total += usize::from(within);
    }
    for table in input.tables {
        let Ok(mut opened) = table.open(&Declared::default()) else { continue };
        let (mut cells, mut before) = (Cells::default(), 0);
        while let Ok(Some(row)) = opened.next_row(&mut cells) {
            assert!(row > before && row <= limits.rows.max(1 << 20), "row {row} after {before}");
            assert!(cells.len() <= limits.cells_per_row, "{} cells", cells.len());
            assert!(cells.iter().all(|cell| cell.len() <= limits.bytes_per_cell));
            (before, total) = (row, total + cells.len());
        }
    }
    total
}

/// Reads `text` as a description, and returns whether it is one.
pub fn election_toml(text: &str) -> bool {
    let Ok(description) = adil_record::Description::parse(text) else { return false };
    assert!(description.record().is_ok(), "an accepted description describes a record");
    true
}

/// Reads `text` as each of the texts of a bundle, and returns whether it is one. What is read is written the same.
pub fn bundle(text: &str) -> bool {
    use adil_record::{BundleEntry, BundleStatement, Manifest, Redaction};
    let written = [
        Manifest::parse(text).ok().map(|read| read.print()),
        Redaction::parse(text).ok().map(|read| read.print()),
        BundleStatement::parse(text).ok().map(|read| read.print()),
        BundleEntry::parse(text).ok().map(|read| read.print()),
    ];
    let mut read = written.into_iter().flatten().peekable();
    let is_one = read.peek().is_some();
    read.for_each(|written| assert_eq!(written, text, "one form each"));
    is_one
}
