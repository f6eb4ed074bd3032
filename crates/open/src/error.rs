//! Why an input could not be used, in sentences that name the file and the place in it.
//!
//! All of these are the input's or the caller's fault and end a command with status 2.

use std::fmt;

use adil_record::RowsError;

use crate::BoardFault;

/// An input that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The path leads nowhere, or the system does not let us read it.
    #[error("{file}: cannot be read: {cause}")]
    CannotRead {
        /// The path as given.
        file: String,
        /// What the system says.
        cause: String,
    },
    /// The path is neither a file nor a folder: a device, a pipe.
    #[error("{file}: is neither a file nor a folder; what a program writes can be given to standard input as `-`")]
    NotAFile {
        /// The path as given.
        file: String,
    },
    /// The file changed between two readings.
    #[error("{file}: changed while it was being read; try again when nothing writes to it")]
    Changed {
        /// The path as given.
        file: String,
    },
    /// The file holds no bytes, or nothing but empty lines.
    #[error("{file}: is empty; a table with a header row was expected")]
    Empty {
        /// The file, with the part inside it.
        file: String,
    },
    /// The file holds something else than a table.
    #[error("{file}: is not a results table, but {why}{}", expected_of(*.why))]
    NotATable {
        /// The file, with the part inside it.
        file: String,
        /// What it is instead.
        why: NotATable,
    },
    /// The file begins with the name of a ballot archive, and is none.
    #[error("{file}: begins as a ballot archive does, but {fault}")]
    NotABoard {
        /// The file, with the part inside it.
        file: String,
        /// What is wrong.
        fault: BoardFault,
    },
    /// A folder or an archive holds no table at all.
    #[error("{folder}: holds no results table ({}); {EXPECTED}", looked_at(*.others))]
    NoTables {
        /// The folder or archive.
        folder: String,
        /// How many other files it holds.
        others: usize,
    },
    /// More files than the limit.
    #[error("{folder}: holds more than {limit} files, the most that are looked at; give the tables by name instead")]
    TooManyFiles {
        /// The folder or archive.
        folder: String,
        /// The limit.
        limit: usize,
    },
    /// The declared encoding has no known name.
    #[error(
        "{file}: the encoding {label:?} is not known; names such as utf-8, windows-1251 or windows-1255 were expected"
    )]
    UnknownEncoding {
        /// The file, with the part inside it.
        file: String,
        /// The name declared.
        label: String,
    },
    /// The text is not UTF-8, and no other encoding fits clearly better than the rest.
    #[error(
        "{file}: byte {byte} is not UTF-8 text, and the encoding cannot be told from the letters; name it: `adil init \
         --encoding {0}`, or in a description encoding = [{0:?}] (closest: {1})",
        .candidates.first().copied().unwrap_or("windows-1252"), .candidates.join(", ")
    )]
    EncodingUnclear {
        /// The file, with the part inside it.
        file: String,
        /// Where the first byte that is not UTF-8 stands, counted from 0.
        byte: u64,
        /// Encodings that could be meant, the likeliest first.
        candidates: Vec<&'static str>,
    },
    /// The contents are damaged or over a limit.
    #[error("{file}: {fault}")]
    Fault {
        /// The file, with the part inside it.
        file: String,
        /// What is wrong.
        fault: Fault,
    },
    /// A row could not be read.
    #[error("{file}: {error}")]
    Row {
        /// The file, with the part inside it.
        file: String,
        /// The row and what is wrong with it.
        error: RowsError,
    },
}

const EXPECTED: &str = "CSV or another delimited text, XLSX, XLS, a report (NIST SP 1500-100, EML 510 or 520) or a ballot archive was expected, by \
     itself, gzipped or in a zip";

/// What was expected instead. Whoever has a board is told what to do with it.
fn expected_of(why: NotATable) -> String {
    if matches!(why, NotATable::Board | NotATable::Report) { String::new() } else { format!("; {EXPECTED}") }
}

fn looked_at(others: usize) -> String {
    match others {
        0 => "it is empty".to_owned(),
        1 => "1 file, of another kind".to_owned(),
        _ => format!("{others} files, all of other kinds"),
    }
}

impl OpenError {
    pub(crate) fn fault(file: &str, fault: Fault) -> Self {
        Self::Fault { file: file.to_owned(), fault }
    }
}

/// What is wrong with contents, without the file and row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Reading failed in the system.
    #[error("reading failed: {0}")]
    System(String),
    /// A packed file ends too early.
    #[error("the {packing} data is cut off after byte {byte}; the copy is incomplete, fetch the file again")]
    CutOff {
        /// `gzip` or `zip`.
        packing: &'static str,
        /// Where it ends, counted from the start of the packed file or part.
        byte: u64,
    },
    /// A packed file cannot be unpacked.
    #[error("the {packing} data is damaged near byte {byte} ({detail}); fetch the file again")]
    Damaged {
        /// `gzip` or `zip`.
        packing: &'static str,
        /// About where, counted from the start of the packed file or part.
        byte: u64,
        /// What the unpacker says.
        detail: String,
    },
    /// The unpacked contents are not those that were packed.
    #[error("the {packing} checksum does not match the contents; the file is damaged, fetch it again")]
    Checksum {
        /// `gzip` or `zip`.
        packing: &'static str,
    },
    /// A part of a zip that cannot be unpacked here.
    #[error("{0}; pack it again as an ordinary zip")]
    Unsupported(String),
    /// Too many bytes.
    #[error("unpacks to more than {limit} bytes, the most that is read")]
    TooManyBytes {
        /// The limit.
        limit: u64,
    },
    /// Too many bytes from standard input.
    #[error("more than {limit} bytes came, the most that is read")]
    TooMuchInput {
        /// The limit.
        limit: u64,
    },
    /// A packed file that grows out of all proportion.
    #[error(
        "unpacks to more than {ratio} times its packed size of {packed} bytes; no table or board does, so it is not read"
    )]
    TooCompressed {
        /// The limit.
        ratio: u64,
        /// The packed size.
        packed: u64,
    },
    /// A byte that the encoding does not have.
    #[error("byte {byte} (hexadecimal {value:02x}) is not valid {encoding}; {}", encoding_hint(.encoding))]
    NotInEncoding {
        /// The encoding.
        encoding: &'static str,
        /// Where, counted from 0 in the unpacked file.
        byte: u64,
        /// The byte.
        value: u8,
    },
    /// A quoted cell without end.
    #[error("a quoted cell begins here and its closing quotation mark is missing")]
    QuoteNotClosed,
    /// Cells with something in them beyond the header.
    #[error(
        "the row has {cells} cells and the header {header}, so that a cell stands under the wrong column; a name with \
         the separator in it needs quotation marks"
    )]
    BeyondHeader {
        /// Cells of the row.
        cells: usize,
        /// Cells of the header.
        header: usize,
    },
    /// Too many cells in a row.
    #[error("the row has more than {limit} cells, the most that is read")]
    TooManyCells {
        /// The limit.
        limit: usize,
    },
    /// A cell that is too long.
    #[error("a cell is longer than {limit} bytes, the most that is read; a closing quotation mark may be missing")]
    CellTooLong {
        /// The limit.
        limit: usize,
    },
    /// A row that is too long.
    #[error("the row is longer than {limit} bytes, the most that is read; the line ends may be missing")]
    RowTooLong {
        /// The limit.
        limit: usize,
    },
    /// Too many rows.
    #[error("the table has more than {limit} rows, the most that is read")]
    TooManyRows {
        /// The limit.
        limit: u64,
    },
    /// Too many cells in a sheet.
    #[error("the sheet has more than {limit} filled cells, the most that is read")]
    TooManySheetCells {
        /// The limit.
        limit: usize,
    },
    /// A workbook that cannot be read.
    #[error("the workbook cannot be read: {0}")]
    Workbook(String),
    /// A Parquet file that cannot be read.
    #[error("the Parquet file cannot be read: {0}")]
    Parquet(String),
}

fn encoding_hint(encoding: &str) -> &'static str {
    match encoding {
        "UTF-8" => "declare the encoding the file is in, for example encoding = [\"windows-1251\"]",
        _ => "another encoding must have been used, or the file is damaged",
    }
}

impl Fault {
    /// The fault at a row, as a [`RowsError`].
    pub(crate) fn at(&self, row: u64) -> RowsError {
        RowsError { row, fault: self.to_string() }
    }

    /// The fault that one of our readers put into an [`std::io::Error`], or what the system says.
    pub(crate) fn of(error: &std::io::Error) -> Self {
        let ours = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
        ours.cloned().unwrap_or_else(|| Self::System(error.to_string()))
    }
}

impl From<Fault> for std::io::Error {
    fn from(fault: Fault) -> Self {
        Self::other(fault)
    }
}

/// What a file is that is not a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotATable {
    /// The description of a record, `election.toml`.
    Description,
    /// Another TOML file.
    Toml,
    /// JSON.
    Json,
    /// Prose, or data in free form: text, Markdown, HTML, XML.
    Prose,
    /// A PDF, a picture, a word processor's document.
    Document,
    /// A file of an office program that keeps tables another way.
    OpenDocument,
    /// An archive of another kind: tar, 7z, rar, xz …
    Archive,
    /// A ballot archive, where a table was asked for.
    Board,
    /// A report in a format of exchange, where a table was asked for.
    Report,
    /// A part of a packed file that is packed again.
    PackedTwice,
    /// Bytes that are no text and no known format.
    Binary,
    /// Parquet, which this build does not read.
    ParquetNotBuilt,
    /// A file of the system or of a program: hidden, a lock, a thumbnail.
    Hidden,
    /// A link that leads out of the folder, or to another link.
    Link,
    /// A folder deeper than the limit.
    TooDeep,
    /// Nothing in it.
    Empty,
    /// A name inside an archive that would leave it: `../x`, `/x`.
    UnsafeName,
}

impl fmt::Display for NotATable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Description => "the description of a record",
            Self::Toml => "a TOML file",
            Self::Json => "JSON",
            Self::Prose => "text without columns",
            Self::Document => "a document or picture",
            Self::OpenDocument => "an OpenDocument file (save the sheet as XLSX or CSV)",
            Self::Archive => "an archive of a kind that is not unpacked",
            Self::Board => "a ballot archive, which `adil check` reads and a description names as a [[board]]",
            Self::Report => "a report in a format of exchange, which `adil check` reads as it is",
            Self::PackedTwice => "a packed file inside a packed file",
            Self::Binary => "binary data of no known format",
            Self::ParquetNotBuilt => "a Parquet file, which this build cannot read (build with --features parquet)",
            Self::Hidden => "a hidden or temporary file",
            Self::Link => "a link out of the folder",
            Self::TooDeep => "a folder nested too deeply",
            Self::Empty => "an empty file",
            Self::UnsafeName => "a file whose name would lead out of the archive",
        })
    }
}

/// A file that was passed over, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// The file, with the part inside it.
    pub name: String,
    /// What it is.
    pub why: NotATable,
}
