//! A table inside an input, and reading it: one pass, whose first rows can be looked at before.

use std::io::Read;

use adil_record::{Cells, Rows, RowsError};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8};

use crate::delimited::Delimited;
use crate::encoding::{EncodingBy, FoundEncoding, by_mark, guess_encoding};
use crate::shape::{begins_with_declaration, shape};
use crate::text::Text;
use crate::unpack::Packed;
use crate::workbook::Workbook;
use crate::{Limits, OpenError};

/// A table that can be opened, as often as wanted.
#[derive(Debug, Clone)]
pub struct Table {
    name: String,
    contents: Contents,
    limits: Limits,
}

#[derive(Debug, Clone)]
pub(crate) enum Contents {
    Delimited(Packed),
    Sheet {
        workbook: Workbook,
        sheet: String,
    },
    #[cfg(feature = "parquet")]
    Parquet(Packed),
}

/// What is known of a table before it is opened; what is not, is told from the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declared {
    /// The name of the encoding, e.g. `windows-1251`; any name of the WHATWG Encoding Standard.
    pub encoding: Option<String>,
    /// The separator of cells, an ASCII byte.
    pub delimiter: Option<u8>,
}

/// How a table is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Delimited text.
    Delimited,
    /// A sheet of a workbook.
    Sheet,
    /// Parquet.
    Parquet,
}

/// Bytes from which encoding and shape are told.
const SAMPLE_BYTES: u64 = 64 << 10;

impl Table {
    pub(crate) fn new(name: String, contents: Contents, limits: Limits) -> Self {
        Self { name, contents, limits }
    }

    /// The path as given, with the part of an archive as `path!part` and the sheet of a workbook as `path#sheet`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it is stored.
    pub fn format(&self) -> Format {
        match self.contents {
            Contents::Delimited(_) => Format::Delimited,
            Contents::Sheet { .. } => Format::Sheet,
            #[cfg(feature = "parquet")]
            Contents::Parquet(_) => Format::Parquet,
        }
    }

    /// The name of the sheet, for a workbook.
    pub fn sheet(&self) -> Option<&str> {
        match &self.contents {
            Contents::Sheet { sheet, .. } => Some(sheet),
            _ => None,
        }
    }

    /// Opens the table at its first row.
    ///
    /// # Errors
    /// What is wrong with the file, or with one of the first rows; a declared encoding that has no known name; an
    /// undeclared one that cannot be told; a table without any row.
    pub fn open(&self, declared: &Declared) -> Result<Opened, OpenError> {
        let by_format = FoundEncoding { name: UTF_8.name(), by: EncodingBy::Format };
        match &self.contents {
            Contents::Delimited(packed) => self.open_delimited(packed, declared),
            Contents::Sheet { workbook, sheet } => {
                let rows = workbook.rows(sheet, &self.limits)?;
                Opened::new(self.name.clone(), by_format, None, Box::new(rows))
            }
            #[cfg(feature = "parquet")]
            Contents::Parquet(packed) => {
                let rows = crate::parquet::ParquetRows::open(packed, &self.limits)?;
                Opened::new(self.name.clone(), by_format, None, Box::new(rows))
            }
        }
    }

    fn open_delimited(&self, packed: &Packed, declared: &Declared) -> Result<Opened, OpenError> {
        let sample = packed.beginning(SAMPLE_BYTES, &self.limits)?;
        let whole = (sample.len() as u64) < SAMPLE_BYTES;
        let (encoding, by) = self.encoding(packed, &sample, whole, declared)?;
        let (beginning, ..) = encoding.decode(&sample);
        let shape = shape(&beginning, whole, declared.delimiter.filter(u8::is_ascii));
        let text = Text::new(packed.reader(&self.limits)?, encoding);
        let mut rows = Delimited::new(text, shape, self.limits);
        if begins_with_declaration(&beginning) {
            rows.next_row(&mut Cells::default()).map_err(|error| in_row(&self.name, error))?;
        }
        let found = FoundEncoding { name: encoding.name(), by };
        Opened::new(self.name.clone(), found, Some(shape.delimiter), Box::new(rows))
    }

    fn encoding(
        &self,
        packed: &Packed,
        sample: &[u8],
        whole: bool,
        declared: &Declared,
    ) -> Result<(&'static Encoding, EncodingBy), OpenError> {
        if let Some(encoding) = by_mark(sample) {
            return Ok((encoding, EncodingBy::Mark));
        }
        if let Some(label) = &declared.encoding {
            let known = Encoding::for_label(label.as_bytes()).filter(|&encoding| encoding != REPLACEMENT);
            let unknown = || OpenError::UnknownEncoding { file: self.name.clone(), label: label.clone() };
            return known.map(|encoding| (encoding, EncodingBy::Declaration)).ok_or_else(unknown);
        }
        let foreign = match first_foreign(sample) {
            None if whole || !sample.is_ascii() => None,
            // Nothing but ASCII so far: only the rest can tell.
            None => first_foreign_of_all(packed, &self.limits)?,
            Some(at) => Some((at as u64, sample.to_vec())),
        };
        let Some((byte, around)) = foreign else { return Ok((UTF_8, EncodingBy::Validity)) };
        if mostly_utf8(&around) {
            // A damaged UTF-8 text: reading it names the row.
            return Ok((UTF_8, EncodingBy::Validity));
        }
        let guess = guess_encoding(&around);
        let best = guess.candidates.first().and_then(|name| Encoding::for_label(name.as_bytes()));
        match best.filter(|_| guess.clear) {
            Some(encoding) => Ok((encoding, EncodingBy::Letters)),
            None => Err(OpenError::EncodingUnclear { file: self.name.clone(), byte, candidates: guess.candidates }),
        }
    }
}

/// The first byte that is not UTF-8; a character cut off by the end is not counted.
fn first_foreign(bytes: &[u8]) -> Option<usize> {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_some() => Some(error.valid_up_to()),
        _ => None,
    }
}

/// The first byte of the whole text that is not UTF-8, with the bytes around it.
fn first_foreign_of_all(packed: &Packed, limits: &Limits) -> Result<Option<(u64, Vec<u8>)>, OpenError> {
    let mut reader = packed.reader(limits)?;
    let (mut before, mut piece) = (0u64, Vec::new());
    loop {
        let read = (&mut reader).take(SAMPLE_BYTES).read_to_end(&mut piece);
        let read = read.map_err(|error| OpenError::fault(&packed.name, crate::Fault::of(&error)))?;
        if let Some(at) = first_foreign(&piece) {
            return Ok(Some((before + at as u64, piece)));
        }
        if read == 0 {
            return Ok(None);
        }
        // At most three bytes of a character that the piece cuts off are kept for the next.
        let used = std::str::from_utf8(&piece).map_or_else(|error| error.valid_up_to(), str::len);
        before += used as u64;
        piece.drain(..used);
    }
}

/// Whether what is not ASCII is nearly all valid UTF-8: ten characters for each fault.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut characters, mut faults) = (0usize, 0usize);
    for piece in bytes.utf8_chunks() {
        characters += piece.valid().chars().filter(|letter| !letter.is_ascii()).count();
        faults += usize::from(!piece.invalid().is_empty());
    }
    characters >= 10 * faults
}

/// A table that is being read.
pub struct Opened {
    name: String,
    encoding: FoundEncoding,
    delimiter: Option<u8>,
    peek: Vec<(u64, Cells)>,
    given: usize,
    rows: Box<dyn Rows + Send>,
}

/// Rows that can be looked at before the table is read.
const PEEK_ROWS: usize = 64;
/// Text after which no more rows are looked at.
const PEEK_BYTES: usize = 4 << 20;

impl Opened {
    fn new(
        name: String,
        encoding: FoundEncoding,
        delimiter: Option<u8>,
        mut rows: Box<dyn Rows + Send>,
    ) -> Result<Self, OpenError> {
        let mut peek = Vec::new();
        let (mut cells, mut bytes) = (Cells::default(), 0);
        while peek.len() < PEEK_ROWS && bytes < PEEK_BYTES {
            let Some(row) = rows.next_row(&mut cells).map_err(|error| in_row(&name, error))? else { break };
            bytes += cells.iter().map(str::len).sum::<usize>();
            peek.push((row, cells.clone()));
        }
        if peek.iter().all(|(_, cells)| cells.is_blank()) {
            return Err(OpenError::Empty { file: name });
        }
        Ok(Self { name, encoding, delimiter, peek, given: 0, rows })
    }

    /// The first rows, at most 64, with their numbers. They are given again when the table is read.
    pub fn peek(&self) -> &[(u64, Cells)] {
        &self.peek
    }

    /// The encoding and how it is known.
    pub fn encoding(&self) -> FoundEncoding {
        self.encoding
    }

    /// The separator of cells, in delimited text.
    pub fn delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    /// An error of [`Rows::next_row`] with the file's name.
    pub fn in_file(&self, error: RowsError) -> OpenError {
        in_row(&self.name, error)
    }
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, encoding, delimiter, .. } = self;
        let mut shown = f.debug_struct("Opened");
        shown.field("name", name).field("encoding", encoding).field("delimiter", delimiter).finish_non_exhaustive()
    }
}

fn in_row(name: &str, error: RowsError) -> OpenError {
    OpenError::Row { file: name.to_owned(), error }
}

impl Rows for Opened {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        let Some((row, peeked)) = self.peek.get(self.given) else { return self.rows.next_row(cells) };
        cells.clone_from(peeked);
        self.given += 1;
        Ok(Some(*row))
    }
}
