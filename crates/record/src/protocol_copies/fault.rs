//! Why a line of copies is set aside, and why a file of them cannot be read.

use crate::{Moment, RowsError};

/// The rule that a line breaks. No variant holds what stands in the line: it may be a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CopyFault {
    /// A line that is too long.
    #[error("is longer than {limit} bytes")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// A line in another encoding.
    #[error("is not in UTF-8")]
    Encoding,
    /// The line is no JSON object with the fields of a statement, or a row has cells beyond the header.
    #[error("is no statement: {0}")]
    Syntax(String),
    /// The identifier cannot be one.
    #[error(
        "the identifier is not 1 to 64 letters, digits, dashes, underscores and dots, beginning with a letter or digit"
    )]
    Id,
    /// The identifier belongs to another line.
    #[error("line {line} has the same identifier and says something else")]
    Twice {
        /// The other line.
        line: u64,
    },
    /// A text that could deceive who reads it.
    #[error(
        "the {what} is empty or too long, begins as a formula does, or has characters that are not seen or turn the reading direction"
    )]
    Name {
        /// What it names.
        what: &'static str,
    },
    /// A station that the table does not have.
    #[error("the station is not in the table")]
    Station,
    /// A name that several stations of the table have.
    #[error("several stations of the table are called so; name the areas too")]
    SeveralStations,
    /// A holder that there is not.
    #[error("the holder is none of posted, observer, party, photograph, machine-memory and official-site")]
    Holder,
    /// A time that is none.
    #[error("a time is none; one is written like 2026-11-25T20:00:00Z or 2026-11-25T20:00+05:00")]
    Time,
    /// Times in an order that cannot be.
    #[error("{what} is of {time}, {order} {bound}")]
    Clock {
        /// What happened.
        what: &'static str,
        /// When it is said to have happened.
        time: Moment,
        /// Which order is broken: `after the file was read, at` or `before …`.
        order: &'static str,
        /// What it is held to.
        bound: Moment,
    },
    /// A digest that is none, or the name of a picture without one.
    #[error("{0}")]
    Picture(&'static str),
    /// Entries of nobody, or of one person twice.
    #[error("{0}")]
    Entries(&'static str),
    /// A field that is not described, given twice, or empty.
    #[error("{what} {fault}")]
    Field {
        /// What it should be: `the line`, `the option`, `the column`.
        what: &'static str,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A resolution by somebody who must not, or where there is nothing to resolve.
    #[error("{0}")]
    Resolver(&'static str),
    /// A resolution of other fields than those that differ, or without a reason.
    #[error("{0}")]
    Resolution(&'static str),
    /// A line that replaces what it cannot.
    #[error("replaces a statement {fault}")]
    Replaces {
        /// What is wrong with it.
        fault: &'static str,
    },
}

impl CopyFault {
    /// All rules by which a line can be set aside, in their order.
    pub const RULES: [&'static str; 15] =
        ["PC1", "PC2", "PC3", "PC4", "PC5", "PC6", "PC7", "PC8", "PC9", "PC10", "PC11", "PC12", "PC13", "PC14", "PC15"];

    /// The number of the rule in `docs/spec/protocol-copies.md`.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::TooLong { .. } | Self::Encoding => "PC1",
            Self::Syntax(_) => "PC2",
            Self::Id => "PC3",
            Self::Twice { .. } => "PC4",
            Self::Name { .. } => "PC5",
            Self::Station | Self::SeveralStations => "PC6",
            Self::Holder => "PC7",
            Self::Time => "PC8",
            Self::Clock { .. } => "PC9",
            Self::Picture(_) => "PC10",
            Self::Entries(_) => "PC11",
            Self::Field { .. } => "PC12",
            Self::Resolver(_) => "PC13",
            Self::Resolution(_) => "PC14",
            Self::Replaces { .. } => "PC15",
        }
    }
}

/// Why a file of copies cannot be read at all; whoever opens it adds its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CopiesError {
    /// The file ends in the middle, or the disk fails.
    #[error("line {line}: {cause}")]
    Read {
        /// The line, counted from 1.
        line: u64,
        /// What the system says.
        cause: String,
    },
    /// A row of a table cannot be read.
    #[error(transparent)]
    Row(#[from] RowsError),
    /// More lines than are read (rule PC16).
    #[error("has more than {limit} lines (rule PC16)")]
    TooMany {
        /// The limit.
        limit: u64,
    },
    /// A table without a header.
    #[error("has no row; a header was expected in the first")]
    Empty,
    /// A table without a column that every statement needs.
    #[error("has no column {column:?} among its {columns} columns")]
    NoColumn {
        /// What was looked for.
        column: &'static str,
        /// How many there are.
        columns: usize,
    },
    /// Two columns of one name.
    #[error("has two columns of one name, the second is column {0}")]
    ColumnTwice(usize),
}
