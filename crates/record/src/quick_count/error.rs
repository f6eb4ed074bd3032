//! Why a quick count cannot be read. What stands in a cell or a header is not repeated: it may be what somebody wrote, or who.

/// What is wrong with a frame, a design or the reports; whoever opens the file adds its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuickCountError {
    /// A row cannot be read.
    #[error(transparent)]
    Row(#[from] crate::RowsError),
    /// There is no header.
    #[error("has no row; a header was expected in the first")]
    Empty,
    /// A column is not there.
    #[error("has no column {column:?} among its {columns} columns")]
    NoColumn {
        /// What was looked for.
        column: String,
        /// How many there are.
        columns: usize,
    },
    /// Two columns have one name.
    #[error("column {column} is called as one before it")]
    ColumnTwice {
        /// The later one, counted from 1.
        column: usize,
    },
    /// A cell that must not be empty is.
    #[error("row {row}: column {column} is empty")]
    Blank {
        /// The row, the header being row 1.
        row: u64,
        /// The column, counted from 1.
        column: usize,
    },
    /// A cell is no count.
    #[error("row {row}: column {column} has no whole number from 0 to 1,000,000,000")]
    Count {
        /// The row, the header being row 1.
        row: u64,
        /// The column, counted from 1.
        column: usize,
    },
    /// A station stands twice in a file.
    #[error("row {row}: its station stands in row {first} too; one row a station was expected")]
    Twice {
        /// The row, the header being row 1.
        row: u64,
        /// The row before.
        first: u64,
    },
    /// A report from a station that the frame does not have.
    #[error("row {row}: its station is not in the frame")]
    NotInFrame {
        /// The row, the header being row 1.
        row: u64,
    },
    /// Reports without a column of votes.
    #[error("has no column of votes among its {columns} columns")]
    NoOptions {
        /// How many columns there are.
        columns: usize,
    },
    /// A design that is no TOML, or has other keys.
    #[error("is no design of a quick count: {0}")]
    Design(String),
    /// A design of another rule.
    #[error("its rule is {found:?}; this program draws by {known:?}")]
    Rule {
        /// What it names.
        found: String,
        /// What is known.
        known: &'static str,
    },
    /// A seed that cannot stand in a line.
    #[error("the seed is empty or has a line break")]
    Seed,
    /// The frame is not the one that was announced.
    #[error("its SHA-256 is {found}; the design was published for {expected}")]
    OtherFrame {
        /// The digest of the file.
        found: String,
        /// The one in the design.
        expected: String,
    },
    /// Strata of design and frame differ.
    #[error("the stratum {stratum:?} has {found} units in the frame and {expected} in the design")]
    OtherStratum {
        /// The stratum.
        stratum: String,
        /// Units in the frame.
        found: u64,
        /// Units in the design.
        expected: u64,
    },
    /// More units are to be drawn than there are, or none.
    #[error("the stratum {stratum:?} has {units} units; {wanted} cannot be drawn")]
    Size {
        /// The stratum.
        stratum: String,
        /// Units in the frame.
        units: u64,
        /// Units to draw.
        wanted: u64,
    },
}
