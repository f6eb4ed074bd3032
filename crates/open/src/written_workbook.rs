//! Sheets of text to the bytes of an XLSX workbook.
//!
//! Every cell is written as a text and none as a formula or a number, so that a program for sheets computes nothing. The workbook says of
//! itself that it was made at the beginning of 2000: the same sheets give the same bytes.

use adil_record::xlsform::Sheet;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// Writes sheets as a workbook.
///
/// # Errors
/// What no workbook can hold: a cell of more than 32,767 characters, more than 1,048,576 rows, a name of a sheet that cannot be.
pub fn written_workbook(sheets: &[Sheet]) -> Result<Vec<u8>, String> {
    written(sheets).map_err(|error| error.to_string())
}

fn written(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name)?;
        for (number, row) in &sheet.rows {
            let at = u32::try_from(number.saturating_sub(1)).unwrap_or(u32::MAX);
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                page.write_string(at, u16::try_from(column).unwrap_or(u16::MAX), cell)?;
            }
        }
    }
    book.save_to_buffer()
}
