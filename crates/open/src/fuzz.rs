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

/// Reads `bytes` as the one table that an XLSForm can be, or as an export of answers to a small form; returns whether they are a form.
///
/// A form that was read is written and read again, and is the same.
pub fn observer_forms(bytes: &[u8]) -> bool {
    let limits =
        Limits { unpacked_bytes: 1 << 20, held_bytes: 1 << 20, rows: 2_000, cells_per_row: 300, ..Limits::default() };
    let file = InputFile { path: "input.csv".to_owned(), sha256: String::new(), bytes: bytes.len() as u64, rows: None };
    let Ok(input) = Input::of(Stored::Memory(bytes.into()), file, &limits) else { return false };
    if let Some(Ok(mut opened)) = input.tables.first().map(|table| table.open(&Declared::default())) {
        let form = adil_record::Form::parse(
            "id = 'f'\n[[item]]\nid = 'seal'\n[[item]]\nid = 'who'\nkind = 'several-of'\nchoices = ['a', 'b']",
        );
        let mut book = adil_record::ObserverBook::default();
        let described = adil_record::DescribedForm { layout: Some(adil_record::FormLayout::Odk), ..Default::default() };
        let station = adil_record::OneOrMany::One("station".to_owned());
        let window = adil_record::ObservationWindow::default();
        if let Ok(form) = form {
            let read = book.read_form("input.csv", form, &described, &station, window, &mut opened);
            assert_eq!(read.is_ok(), book.forms.len() == 1);
        }
    }
    let Ok((found, _)) = crate::record::forms::open_xlsform(input) else { return false };
    if let Ok(sheets) = adil_record::xlsform::write(&found.form) {
        let again = adil_record::xlsform::read(&sheets, "input");
        // What begins with a quotation mark of a spreadsheet may be trimmed once more, and nothing else may change.
        assert!(again.is_ok_and(|again| again.form.items.len() == found.form.items.len()));
    }
    true
}

/// Reads `text` as a description, and returns whether it is one.
pub fn election_toml(text: &str) -> bool {
    let Ok(description) = adil_record::Description::parse(text) else { return false };
    assert!(description.record().is_ok(), "an accepted description describes a record");
    true
}
