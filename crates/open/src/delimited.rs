//! Delimited text to rows (RFC 4180, and leniently what programs write besides it).
//!
//! Cells are separated by one byte, rows by LF, CRLF or, in files without any LF, CR. A cell that begins with a
//! quotation mark runs to the next single one; two stand for one. A mark elsewhere is a character like any other, and
//! what follows a closing mark up to the separator belongs to the cell. Lines with nothing in them are counted, not
//! returned.
//!
//! A row without quotation marks, which is nearly every row, is copied once and cut; no byte is looked at singly.

use adil_record::{Cells, Rows, RowsError};
use memchr::{memchr, memchr_iter, memchr2};

use crate::text::Text;
use crate::{Fault, Limits};

/// The rows of a delimited text.
pub(crate) struct Delimited {
    text: Text,
    shape: Shape,
    limits: Limits,
    /// Text read and not yet used up; `at` is where the next row begins.
    block: String,
    at: usize,
    /// The first quotation mark at or after `at`; the length of the block if there is none.
    quote: usize,
    row: u64,
    ends: Vec<usize>,
    finished: bool,
    /// A fault met while reading ahead, reported after the rows before it.
    fault: Option<Fault>,
}

/// How a delimited text is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The separator of cells, in ASCII.
    pub(crate) delimiter: u8,
    /// The end of rows: LF (with or without CR before it) or CR.
    pub(crate) line_end: u8,
}

impl Delimited {
    pub(crate) fn new(text: Text, shape: Shape, limits: Limits) -> Self {
        let (block, ends) = (String::new(), Vec::new());
        Self { text, shape, limits, block, at: 0, quote: 0, row: 0, ends, finished: false, fault: None }
    }

    /// Reads on until the unused text has about doubled, so that a long row is searched a few times only.
    fn read_on(&mut self) {
        // Up to here there is no quotation mark, or one is just here.
        let searched = self.quote.saturating_sub(self.at);
        self.block.drain(..self.at);
        self.at = 0;
        let wanted = 2 * self.block.len();
        while !self.finished {
            match self.text.append(&mut self.block) {
                Ok(more) => self.finished = !more,
                Err(fault) => (self.fault, self.finished) = (Some(fault), true),
            }
            if self.block.len() > wanted {
                break;
            }
        }
        self.find_quote(searched);
    }

    fn find_quote(&mut self, from: usize) {
        let bytes = self.block.as_bytes();
        self.quote = memchr(b'"', &bytes[from..]).map_or(bytes.len(), |found| from + found);
    }

    /// The end of the line at `at` and where the next one begins; `None` where the block must be read on.
    fn line(&self) -> Option<(usize, usize)> {
        let bytes = self.block.as_bytes();
        match memchr(self.shape.line_end, &bytes[self.at..]) {
            Some(found) => {
                let end = self.at + found;
                let return_before = self.shape.line_end == b'\n' && end > self.at && bytes[end - 1] == b'\r';
                Some((end - usize::from(return_before), end + 1))
            }
            None if self.finished => {
                let return_last = self.shape.line_end == b'\n' && bytes[self.at..].last() == Some(&b'\r');
                Some((bytes.len() - usize::from(return_last), bytes.len()))
            }
            None => None,
        }
    }

    fn cut_plain(&mut self, end: usize, cells: &mut Cells) -> Result<(), Fault> {
        let line = &self.block[self.at..end];
        self.ends.clear();
        self.ends.extend(memchr_iter(self.shape.delimiter, line.as_bytes()));
        self.ends.push(line.len());
        if line.len() > self.limits.bytes_per_cell {
            let longest =
                self.ends.windows(2).map(|pair| pair[1] - pair[0] - 1).chain(self.ends.first().copied()).max();
            if longest > Some(self.limits.bytes_per_cell) {
                return Err(Fault::CellTooLong { limit: self.limits.bytes_per_cell });
            }
        }
        cells.replace_separated(line, &self.ends);
        Ok(())
    }

    /// Cuts a row with quotation marks; returns where the next row begins, or `None` where the row is not complete.
    fn cut_quoted(&self, cells: &mut Cells) -> Result<Option<usize>, Fault> {
        cells.clear();
        let (block, bytes) = (self.block.as_str(), self.block.as_bytes());
        let mut at = self.at;
        loop {
            let begin = at;
            if bytes.get(at) == Some(&b'"') {
                at += 1;
                loop {
                    let Some(found) = memchr(b'"', &bytes[at..]) else {
                        return match self.finished && self.fault.is_none() {
                            true => Err(Fault::QuoteNotClosed),
                            false if bytes.len() - begin > self.limits.bytes_per_cell => {
                                Err(Fault::CellTooLong { limit: self.limits.bytes_per_cell })
                            }
                            false => Ok(None),
                        };
                    };
                    cells.append(&block[at..at + found]);
                    at += found + 1;
                    match bytes.get(at) {
                        Some(b'"') => {
                            cells.append("\"");
                            at += 1;
                        }
                        _ => break,
                    }
                }
            }
            let end = match memchr2(self.shape.delimiter, self.shape.line_end, &bytes[at..]) {
                Some(found) => at + found,
                None if self.finished => bytes.len(),
                None => return Ok(None),
            };
            if end - begin > self.limits.bytes_per_cell {
                return Err(Fault::CellTooLong { limit: self.limits.bytes_per_cell });
            }
            let row_ends = bytes.get(end) != Some(&self.shape.delimiter);
            let return_before = row_ends && self.shape.line_end == b'\n' && end > at && bytes[end - 1] == b'\r';
            cells.append(&block[at..end - usize::from(return_before)]);
            cells.end_cell();
            if row_ends {
                return Ok(Some((end + 1).min(bytes.len())));
            }
            if cells.len() > self.limits.cells_per_row {
                return Err(Fault::TooManyCells { limit: self.limits.cells_per_row });
            }
            at = end + 1;
        }
    }

    /// The next row that has anything in it; false at the end.
    fn advance(&mut self, cells: &mut Cells) -> Result<bool, Fault> {
        loop {
            if self.block.len() - self.at > self.limits.bytes_per_row && self.line().is_none() {
                return Err(Fault::RowTooLong { limit: self.limits.bytes_per_row });
            }
            let Some((end, next)) = self.line() else {
                self.read_on();
                continue;
            };
            // The text before a fault ends in the middle of a row: that row is not one.
            if next == self.block.len() && self.block.as_bytes().last() != Some(&self.shape.line_end) {
                if let Some(fault) = &self.fault {
                    return Err(fault.clone());
                }
                if self.at == self.block.len() {
                    return Ok(false);
                }
            }
            if self.at == self.block.len() {
                return self.fault.clone().map_or(Ok(false), Err);
            }
            if end == self.at {
                (self.row, self.at) = (self.row + 1, next);
                continue;
            }
            if self.quote < self.at {
                self.find_quote(self.at);
            }
            let next = if self.quote < end {
                match self.cut_quoted(cells)? {
                    Some(next) => next,
                    None if self.finished => {
                        return Err(self.fault.clone().unwrap_or(Fault::QuoteNotClosed));
                    }
                    None => {
                        self.read_on();
                        continue;
                    }
                }
            } else {
                self.cut_plain(end, cells)?;
                next
            };
            if cells.len() > self.limits.cells_per_row {
                return Err(Fault::TooManyCells { limit: self.limits.cells_per_row });
            }
            self.at = next;
            return Ok(true);
        }
    }
}

impl Rows for Delimited {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        match self.advance(cells) {
            Ok(false) => Ok(None),
            Ok(true) if self.row >= self.limits.rows => {
                let fault = Fault::TooManyRows { limit: self.limits.rows };
                Err(fault.at(self.row + 1))
            }
            Ok(true) => {
                self.row += 1;
                Ok(Some(self.row))
            }
            Err(fault) => Err(fault.at(self.row + 1)),
        }
    }
}
