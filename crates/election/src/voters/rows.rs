//! Rows and cells of CSV, as RFC 4180 has them, with the lines on which rows begin.
//!
//! Stricter than the usual readers: a quotation mark that is not closed would swallow all voters after it into one cell,
//! so it is a fault, and so is one in the middle of a cell. Rows of nothing but spaces and separators are passed over:
//! spreadsheets leave them below a table.

use std::borrow::Cow;

use super::VoterProblem;

/// The rows of a text; after [`Rows::next`] the cells of one row.
pub(super) struct Rows<'a> {
    text: &'a str,
    separator: u8,
    place: usize,
    line: usize,
    cells: Vec<Cow<'a, str>>,
    problem: Option<VoterProblem>,
}

impl<'a> Rows<'a> {
    /// The separator is whichever of comma and semicolon the first line has more of.
    pub(super) fn of(text: &'a str) -> Self {
        let header = text.split('\n').find(|line| !line.trim().is_empty()).unwrap_or_default();
        let count = |separator| header.bytes().filter(|byte| *byte == separator).count();
        let separator = if count(b';') > count(b',') { b';' } else { b',' };
        Self { text, separator, place: 0, line: 1, cells: Vec::new(), problem: None }
    }

    /// Goes to the next row that has something in it; its line.
    pub(super) fn next(&mut self) -> Option<usize> {
        while self.place < self.text.len() {
            let line = self.line;
            self.cells.clear();
            self.problem = None;
            self.row();
            if self.problem.is_some() || self.cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Some(line);
            }
        }
        None
    }

    /// How many cells the row has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// A cell of the row; empty where there is none.
    pub(super) fn cell(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", |cell| cell)
    }

    /// What is wrong with the row's quotation marks.
    pub(super) fn problem(&self) -> Option<VoterProblem> {
        self.problem.clone()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    fn row(&mut self) {
        loop {
            if self.byte() == Some(b'"') {
                self.quoted()
            } else {
                self.plain()
            }
            if self.byte() != Some(self.separator) {
                break;
            }
            // A cell follows, even where the text ends here.
            self.place += 1;
        }
        if self.byte() == Some(b'\r') {
            self.place += 1;
        }
        if self.byte() == Some(b'\n') {
            self.place += 1;
            self.line += 1;
        }
    }

    /// A cell up to the next separator or line.
    fn plain(&mut self) {
        let start = self.place;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == self.separator || *byte == b'\n').unwrap_or(rest.len());
        let ends_row = rest.get(length).is_none_or(|byte| *byte == b'\n');
        let has_return = ends_row && length > 0 && rest.get(length - 1) == Some(&b'\r');
        let cell = self.text.get(start..start + length - usize::from(has_return)).unwrap_or_default();
        if cell.contains('"') {
            self.problem.get_or_insert(VoterProblem::StrayQuote);
        }
        self.cells.push(Cow::Borrowed(cell));
        self.place = start + length - usize::from(has_return);
    }

    /// A cell in quotation marks.
    fn quoted(&mut self) {
        self.place += 1;
        let mut cell = Cow::Borrowed("");
        loop {
            let rest = self.text.get(self.place..).unwrap_or_default();
            let Some(length) = rest.find('"') else {
                self.problem.get_or_insert(VoterProblem::OpenQuote);
                self.place = self.text.len();
                return;
            };
            let (part, _) = rest.split_at(length);
            self.line += part.bytes().filter(|byte| *byte == b'\n').count();
            self.place += length + 1;
            cell += part;
            if self.byte() != Some(b'"') {
                break;
            }
            cell += "\"";
            self.place += 1;
        }
        self.cells.push(cell);
        let rest = self.text.get(self.place..).unwrap_or_default().as_bytes();
        let is_end = match rest {
            [] | [b'\n', ..] | [b'\r'] | [b'\r', b'\n', ..] => true,
            [byte, ..] => *byte == self.separator,
        };
        if !is_end {
            self.problem.get_or_insert(VoterProblem::StrayQuote);
            let length = rest.iter().position(|byte| *byte == self.separator || *byte == b'\n').unwrap_or(rest.len());
            self.place += length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows with their lines.
    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let mut rows = Rows::of(text);
        let mut found = Vec::new();
        while let Some(line) = rows.next() {
            assert_eq!(rows.problem(), None, "{text:?}");
            found.push((line, (0..rows.len()).map(|place| rows.cell(place).to_owned()).collect()));
        }
        found
    }

    fn row(line: usize, cells: &[&str]) -> (usize, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn rows_have_the_line_on_which_they_begin() {
        assert_eq!(
            rows("a,b\n1,2\r\n\n , \n3,\n\"4\n5\",\"\"\"\"\n6,7"),
            [
                row(1, &["a", "b"]),
                row(2, &["1", "2"]),
                row(5, &["3", ""]),
                row(6, &["4\n5", "\""]),
                row(8, &["6", "7"]),
            ]
        );
        assert_eq!(rows("a;b,c;\r\n\"1\";2;\r"), [row(1, &["a", "b,c", ""]), row(2, &["1", "2", ""])]);
        assert_eq!(rows(""), []);
    }

    #[test]
    fn quotation_marks_that_could_swallow_rows_are_faults() {
        let problem = |text: &str| {
            let mut rows = Rows::of(text);
            rows.next().map(|line| (line, rows.problem()))
        };
        assert_eq!(problem("a,\"b\nc,d\n"), Some((1, Some(VoterProblem::OpenQuote))));
        assert_eq!(problem("a,b\"c\n"), Some((1, Some(VoterProblem::StrayQuote))));
        assert_eq!(problem("a,\"b\"c\n"), Some((1, Some(VoterProblem::StrayQuote))));
        assert_eq!(problem("\n\"a\" ,b\n"), Some((2, Some(VoterProblem::StrayQuote))));
    }
}
