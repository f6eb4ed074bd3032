//! The columns of a sheet: by what names they go, and in what language.

use std::collections::BTreeSet;

use super::sheet::text_of;
use super::{Sheet, XlsFormError};

/// The header of a sheet and the rows below it.
pub(super) struct Header<'a> {
    sheet: &'static str,
    columns: Vec<Column>,
    /// The rows below the header.
    pub(super) rows: &'a [(u64, Vec<String>)],
}

struct Column {
    at: usize,
    written: String,
    name: String,
    language: Option<String>,
}

impl<'a> Header<'a> {
    /// The header is the first row with anything in it.
    pub(super) fn of(sheet: &'static str, found: &'a Sheet) -> Result<Self, XlsFormError> {
        let is_blank = |row: &&(u64, Vec<String>)| row.1.iter().all(|cell| cell.trim().is_empty());
        let blank = found.rows.iter().take_while(is_blank).count();
        let below = &found.rows[blank..];
        let (header, rows) = below.split_first().map_or((None, below), |(header, rows)| (Some(header), rows));
        let Some((number, cells)) = header else { return Ok(Self { sheet, columns: Vec::new(), rows }) };
        let mut columns = Vec::new();
        let mut seen = BTreeSet::new();
        for (at, cell) in cells.iter().enumerate() {
            let written = text_of(cell);
            if written.is_empty() {
                continue;
            }
            let (name, language) = meaning(written);
            if !seen.insert((name.clone(), language.clone())) {
                let fault = "another column before it means the same".to_owned();
                return Err(XlsFormError::Cell { sheet, row: *number, column: written.to_owned(), fault });
            }
            columns.push(Column { at, written: written.to_owned(), name, language });
        }
        Ok(Self { sheet, columns, rows })
    }

    /// The place of a column that is in no language.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().find(|column| column.name == name && column.language.is_none()).map(|column| column.at)
    }

    /// The place of a column that must be there.
    pub(super) fn needed(&self, name: &'static str) -> Result<usize, XlsFormError> {
        let there = || match self.columns.is_empty() {
            true => "no header".to_owned(),
            false => self.columns.iter().map(|column| column.written.as_str()).collect::<Vec<_>>().join(", "),
        };
        self.place(name).ok_or_else(|| XlsFormError::NoColumn { sheet: self.sheet, column: name, there: there() })
    }

    /// The places of a column by language, in the order of the sheet; one without a language has the empty one.
    pub(super) fn languages(&self, name: &str) -> Vec<(String, usize)> {
        let columns = self.columns.iter().filter(|column| column.name == name);
        columns.map(|column| (column.language.clone().unwrap_or_default(), column.at)).collect()
    }

    /// The columns that are none of some, as `sheet: column`.
    pub(super) fn unread<'b>(&'b self, read: &'b [&str]) -> impl Iterator<Item = String> + 'b {
        let unread = self.columns.iter().filter(|column| !read.contains(&column.name.as_str()));
        unread.map(|column| format!("{}: {}", self.sheet, column.written))
    }

    /// An error in a cell.
    pub(super) fn fault(&self, row: u64, column: &str, fault: impl Into<String>) -> XlsFormError {
        let written = self.columns.iter().find(|known| known.name == column).map(|known| known.written.clone());
        let column = written.unwrap_or_else(|| column.to_owned());
        XlsFormError::Cell { sheet: self.sheet, row, column, fault: fault.into() }
    }
}

/// The text of a cell; empty where there is none.
pub(super) fn text_at(row: &[String], at: Option<usize>) -> &str {
    at.and_then(|at| row.get(at)).map_or("", |cell| text_of(cell))
}

/// The name that pyxform knows a column by, and its language.
fn meaning(written: &str) -> (String, Option<String>) {
    let plain = |text: &str| text.trim().to_lowercase().split_whitespace().collect::<Vec<_>>().join("_");
    let translated = |name: &str| matches!(name, "label" | "caption" | "hint" | "guidance_hint" | "image" | "media");
    let (name, language) = match written.split_once("::").or_else(|| written.split_once(':')) {
        Some((name, language)) if translated(&plain(name)) => (plain(name), Some(language.trim().to_owned())),
        _ => (plain(written), None),
    };
    let name = match name.as_str() {
        "command" => "type",
        "tag" | "value" => "name",
        "caption" => "label",
        "relevance" | "bind::relevant" => "relevant",
        "bind::required" => "required",
        "bind::constraint" => "constraint",
        "bind::calculate" | "calculate" => "calculation",
        "control::appearance" => "appearance",
        "title" | "set_form_title" => "form_title",
        "id_string" | "set_form_id" => "form_id",
        other => other,
    };
    (name.to_owned(), language)
}
