//! Forms: as plain text, and as XLSForm in a workbook or in one table.

use std::path::Path;

use adil_finding::InputFile;
use adil_record::xlsform::{self, Sheet, XlsForm};
use adil_record::{Cells, Form, Rows};

use super::RecordError;
use crate::{Declared, Format, Input, Limits, OpenError, Table, read_text};

/// Reads a form: plain text (`.toml`), or an XLSForm as a workbook (`.xlsx`, `.xls`) or as one table (`.csv`).
///
/// # Errors
/// The file cannot be read, or is no form: with its line, or its sheet, row and column.
pub fn open_form(path: &Path, limits: &Limits) -> Result<(XlsForm, InputFile), RecordError> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if ["xlsx", "xls", "csv"].contains(&ending.as_str()) {
        return open_xlsform(Input::of_tables(path, limits)?);
    }
    let (text, file) = read_text(path, limits)?;
    let form = Form::parse(&text).map_err(|error| fault(&file.path, error))?;
    Ok((XlsForm { form, ..XlsForm::default() }, file))
}

/// Reads the tables of an input as the sheets of an XLSForm.
pub(crate) fn open_xlsform(input: Input) -> Result<(XlsForm, InputFile), RecordError> {
    let name = Path::new(&input.file.path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut sheets = Vec::new();
    for table in &input.tables {
        match (table.format(), table.sheet()) {
            (Format::Sheet, Some(sheet)) => {
                sheets.push(Sheet { name: sheet.to_owned(), rows: rows_of(table)? });
            }
            _ => sheets.extend(xlsform::sheets_of_flat(rows_of(table)?)),
        }
    }
    let form = xlsform::read(&sheets, &name).map_err(|error| fault(&input.file.path, error))?;
    Ok((form, input.file))
}

/// All rows of a table; none of an empty sheet.
fn rows_of(table: &Table) -> Result<Vec<(u64, Vec<String>)>, OpenError> {
    // One table of all sheets is separated by commas, whatever its texts have more of.
    let declared = Declared { delimiter: Some(b','), ..Declared::default() };
    let mut opened = match table.open(&declared) {
        Err(OpenError::Empty { .. }) => return Ok(Vec::new()),
        opened => opened?,
    };
    let (mut cells, mut rows) = (Cells::default(), Vec::new());
    loop {
        match opened.next_row(&mut cells) {
            Ok(Some(row)) => rows.push((row, cells.iter().map(str::to_owned).collect())),
            Ok(None) => return Ok(rows),
            Err(error) => return Err(opened.in_file(error)),
        }
    }
}

fn fault(file: &str, error: impl std::fmt::Display) -> RecordError {
    RecordError::Observers { file: file.to_owned(), fault: error.to_string() }
}
