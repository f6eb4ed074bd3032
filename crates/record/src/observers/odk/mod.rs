//! Tables of answers as servers for telephones export them, as rows of a form.
//!
//! ODK Central writes `group-question`, KoboToolbox and Aggregate `group/question`; a question with several answers is one column with
//! blanks between, or a column of 0 and 1 for each choice, `question/choice`. [`OdkRows`] gives each row the columns that a form has:
//! `id` from the identifier of the submission, `replaces` from the one that it was edited from, fields of the visit and questions by the
//! last part of their name. Everything else is left behind at this door: who submitted it with what device and where is not read.

mod layout;
#[cfg(test)]
mod tests;
mod write;

pub use layout::{Layout, LayoutError};
pub use write::write_answers;

use crate::{Cells, Rows, RowsError};
use layout::Source;

/// Rows of an export, as rows of a form: those below the header, with the columns of [`Layout::header`].
pub(super) struct OdkRows<'a> {
    rows: &'a mut dyn Rows,
    layout: Layout,
    /// Cells of the export.
    read: Cells,
    /// Rows that their collectors rejected: they are not given on.
    pub rejected: u64,
}

impl<'a> OdkRows<'a> {
    /// The rows below a header that was read from `rows` and understood as `layout`.
    pub(super) fn new(rows: &'a mut dyn Rows, layout: Layout) -> Self {
        Self { rows, layout, read: Cells::default(), rejected: 0 }
    }

    /// The text of one column of the form.
    fn text(&self, source: &Source) -> String {
        let cell = |at: usize| self.read.get(at).trim();
        match source {
            Source::Identifier(at) => {
                let id = cell(*at);
                id.strip_prefix("uuid:").unwrap_or(id).to_owned()
            }
            Source::Cell { at, blank } => {
                let text = cell(*at);
                match blank {
                    Some(blank) if text.is_empty() => cell(*blank).to_owned(),
                    _ => text.to_owned(),
                }
            }
            Source::Choices(choices) => {
                let is_chosen = |text: &str| matches!(text, "1" | "1.0") || text.eq_ignore_ascii_case("true");
                let is_known = |text: &str| matches!(text, "" | "0" | "0.0") || text.eq_ignore_ascii_case("false");
                let mut chosen: Vec<&str> = Vec::new();
                for (choice, at) in choices {
                    match cell(*at) {
                        text if is_chosen(text) => chosen.push(choice),
                        text if is_known(text) => {}
                        // What is neither is no answer, and must not look like one.
                        _ => return "?".to_owned(),
                    }
                }
                chosen.join(" ")
            }
        }
    }
}

impl Rows for OdkRows<'_> {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        cells.clear();
        loop {
            let Some(row) = self.rows.next_row(&mut self.read)? else { return Ok(None) };
            if self.read.is_blank() {
                continue;
            }
            let review = self.layout.review.map_or("", |at| self.read.get(at).trim());
            if ["rejected", "Not Approved", "validation_status_not_approved"].contains(&review) {
                self.rejected += 1;
                continue;
            }
            for (_, source) in &self.layout.columns {
                cells.push(&self.text(source));
            }
            return Ok(Some(row));
        }
    }
}
