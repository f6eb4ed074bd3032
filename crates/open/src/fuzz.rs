//! What the fuzz targets call, so that ordinary tests replay their corpus through the same code.

use std::io::Read as _;

use adil_finding::InputFile;
use adil_record::{
    Cells, ContestOption, CopiesError, CopyBook, CopyLimits, CopyTerms, EntryState, Moment, Rows, StationPlaces,
};

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

/// Reads `bytes` as copies of protocols, after a first byte that says in which form, and returns whether some statement holds.
///
/// The limits are small; none of them may be exceeded, and nothing may be lost.
pub fn protocol_copies(bytes: &[u8]) -> bool {
    let Some((form, bytes)) = bytes.split_first() else { return false };
    let option = |id: &str| ContestOption { id: id.to_owned(), name: id.to_uppercase(), incumbent: false };
    let options = [option("lime-tree"), option("old-bridge")];
    let limits = CopyLimits { line_bytes: 4 << 10, lines: 1_000, kept: 10 };
    let terms = CopyTerms {
        options: &options,
        stations: StationPlaces::any(),
        read_at: Moment::parse("2024-03-12T00:00Z"),
        limits,
    };
    let read = if form % 2 == 0 { CopyBook::read_lines(bytes, &terms) } else { table_of_copies(bytes, &terms) };
    let Ok(book) = read else { return false };
    assert!(book.quarantined.len() <= limits.kept && book.read <= limits.lines);
    assert_eq!(book.read, book.set_aside() + book.statements.len() as u64 + book.repeated);
    for statement in &book.statements {
        // A replaced statement has one that names it.
        assert_eq!(
            statement.replaced_by.is_some(),
            book.statements.iter().any(|of| of.replaces.as_ref() == Some(&statement.id))
        );
        assert!(
            statement.state() == EntryState::Agreed || !statement.state().is_double() || statement.resolution.is_some()
        );
    }
    !book.statements.is_empty()
}

fn table_of_copies(bytes: &[u8], terms: &CopyTerms<'_>) -> Result<CopyBook, CopiesError> {
    let file =
        InputFile { path: "copies.csv".to_owned(), sha256: String::new(), bytes: bytes.len() as u64, rows: None };
    let input = Input::of(Stored::Memory(bytes.into()), file, &Limits { rows: 10_000, ..Limits::default() });
    let table = input.ok().and_then(|mut input| input.tables.drain(..).next()).ok_or(CopiesError::Empty)?;
    let mut opened = table.open(&Declared::default()).map_err(|_| CopiesError::Empty)?;
    CopyBook::read_rows(&mut opened, terms)
}
