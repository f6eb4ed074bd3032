//! All sheets in one table: the name of a sheet in the first column, its rows below it and one column further to the right. So
//! pyxform reads XLSForm from a `.csv`.

use super::Sheet;

/// The sheets in one table.
///
/// Rows keep the numbers that they have in the table, so that an error points into the file.
pub fn sheets_of_flat(rows: impl IntoIterator<Item = (u64, Vec<String>)>) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for (number, row) in rows {
        let mut cells = row.into_iter();
        let name = cells.next().unwrap_or_default();
        let name = name.trim_start_matches('\u{feff}').trim();
        if !name.is_empty() {
            sheets.push(Sheet { name: name.to_owned(), rows: Vec::new() });
        }
        let rest: Vec<String> = cells.collect();
        if let Some(sheet) = sheets.last_mut()
            && rest.iter().any(|cell| !cell.trim().is_empty())
        {
            sheet.rows.push((number, rest));
        }
    }
    sheets
}

/// Sheets as one table of comma-separated values (RFC 4180, rows ended by LF). Rows are as long as those of their sheet: pyxform takes an
/// empty cell beyond a header for a column without a name.
pub fn flat(sheets: &[Sheet]) -> String {
    let mut text = String::new();
    for sheet in sheets {
        line(&mut text, &sheet.name, &[String::new()]);
        sheet.rows.iter().for_each(|(_, row)| line(&mut text, "", row));
    }
    text
}

fn line(text: &mut String, first: &str, cells: &[String]) {
    quoted(text, first);
    for cell in cells {
        text.push(',');
        quoted(text, cell);
    }
    text.push('\n');
}

/// A cell, in quotation marks where it has to be.
fn quoted(text: &mut String, cell: &str) {
    match cell.contains([',', '"', '\n', '\r']) {
        true => text.extend(["\"", &cell.replace('"', "\"\""), "\""]),
        false => text.push_str(cell),
    }
}
