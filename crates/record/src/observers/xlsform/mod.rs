//! Forms as XLSForm: the sheets `survey`, `choices` and `settings`, which programs for telephones collect answers with.
//!
//! Rows in, rows out: the files, workbooks or tables, are the edge's. What XLSForm can say and a [`Form`] cannot is passed over with its
//! reason and told, never silently; what neither can mean is an error that names sheet, row and column. What an XLSForm cannot say
//! stands in columns of its own, which pyxform passes over: `adil_in_order`, `adil_code`, `obligation`, and `adil_stage` among the settings.

mod flat;
mod header;
mod kind;
mod read;
mod sheet;
#[cfg(test)]
mod tests;
mod write;

pub use flat::{flat, sheets_of_flat};
pub use read::read;
pub use sheet::{Sheet, cell};
pub use write::write;

use super::{Form, FormError};

/// A form that was read, and what was not taken over.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct XlsForm {
    /// The form.
    pub form: Form,
    /// The fields of a visit that have a question of their own: `station`, `observer`, `arrived`, `left`, `access`, `overall`.
    pub fields: Vec<String>,
    /// The languages of its labels; empty where they name none.
    pub languages: Vec<String>,
    /// Rows that become no question of the form, in order.
    pub passed_over: Vec<PassedRow>,
    /// Columns that are not read, as `sheet: column`.
    pub unread: Vec<String>,
}

/// A row of `survey` that becomes no question of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedRow {
    /// The row in the sheet, counted from 1.
    pub row: u64,
    /// Its type, as it is written.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub why: WhyPassed,
}

/// Why a row becomes no question of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum WhyPassed {
    /// A field of the visit, which every form has.
    #[error("a field of the visit, read as such")]
    Field,
    /// The reason for a blank of the number before it.
    #[error("says why the question before it is blank, read with it")]
    Blank,
    /// Something that is shown.
    #[error("asks nothing")]
    Note,
    /// A value that a device computes.
    #[error("is computed, not observed")]
    Computed,
    /// When the form was opened and closed.
    #[error("times of the device; name it as `arrived` or `left` in the description if it is meant as one")]
    Times,
    /// The device or whoever holds it.
    #[error("tells who the observer is; never kept")]
    Personal,
    /// Where the device is.
    #[error("the place of the observer's device; never kept")]
    Place,
    /// A picture, a recording, a file.
    #[error("a file, which is evidence beside the answers; not read")]
    Media,
    /// A number with decimals.
    #[error("a number with decimals; only whole numbers are counted")]
    Decimal,
    /// A date.
    #[error("a date; times of the day are read, and `arrived` and `left`")]
    Date,
    /// One box to tick.
    #[error("one box to tick has no answer `no`; ask it with select_one")]
    Tick,
    /// An order of choices.
    #[error("an order of choices; not read")]
    Ranked,
    /// Choices in another file.
    #[error("its choices are in another file; not read")]
    ElsewhereChosen,
    /// It is repeated.
    #[error("is repeated within a visit, and answers to it are in a table of their own; not read")]
    Repeated,
    /// Its author switched it off.
    #[error("disabled in the form")]
    Disabled,
}

/// Why sheets are no form, or a form cannot be sheets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XlsFormError {
    /// A sheet is missing.
    #[error("has no sheet {sheet:?}, which an XLSForm has; it has {there}")]
    NoSheet {
        /// The sheet.
        sheet: &'static str,
        /// Those that there are.
        there: String,
    },
    /// A sheet lacks a column.
    #[error("sheet {sheet}: has no column {column:?}; it has {there}")]
    NoColumn {
        /// The sheet.
        sheet: &'static str,
        /// The column.
        column: &'static str,
        /// Those that there are.
        there: String,
    },
    /// A cell that cannot be.
    #[error("sheet {sheet}, row {row}, column {column}: {fault}")]
    Cell {
        /// The sheet.
        sheet: &'static str,
        /// The row, counted from 1.
        row: u64,
        /// The column.
        column: String,
        /// What is wrong.
        fault: String,
    },
    /// The form that the sheets are is none.
    #[error(transparent)]
    Form(#[from] FormError),
    /// A question that XLSForm cannot say.
    #[error("the item {item:?} cannot be in an XLSForm: {fault}")]
    Unsayable {
        /// The item.
        item: String,
        /// Why.
        fault: String,
    },
}

/// The list of reasons for blanks in sheets that we write; a question on it, called like the one before it with `_blank` behind, belongs to
/// that one.
const BLANK_LIST: &str = "adil_blank";

/// The name of the question that says why another is blank.
pub(in crate::observers) fn blank_of(item: &str) -> String {
    format!("{item}_blank")
}
