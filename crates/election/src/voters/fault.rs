//! What can be wrong with a list of voters. All of it is the organiser's to mend.

use super::{LISTED, MOST_VOTERS, MOST_WEIGHT};

/// What is wrong with the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoterProblem {
    /// A byte that is no UTF-8.
    #[error("the byte 0x{byte:02X} at place {place} is no UTF-8; save the table as CSV UTF-8")]
    NotUtf8 {
        /// The byte.
        byte: u8,
        /// Its place in the file, from 0.
        place: usize,
    },
    /// There is no header.
    #[error("the list is empty; its first line names the columns, such as id,name,email")]
    NoHeader,
    /// There are no voters.
    #[error("the list has a header and no voters")]
    NoVoters,
    /// A column of the header is unknown.
    #[error("there is no column {0}; the columns are id, name, email, language, weight")]
    UnknownColumn(String),
    /// A column is there twice.
    #[error("the column {0} is there twice")]
    SameColumn(&'static str),
    /// The column of identifiers is missing.
    #[error("there is no column id")]
    NoIdColumn,
    /// The election has weights and the list has none.
    #[error("the plan says `weights = true`, and there is no column weight")]
    NoWeightColumn,
    /// The list has weights and the election has none.
    #[error("there is a column weight, and the plan does not say `weights = true`")]
    WeightColumn,
    /// A quotation mark is not closed.
    #[error("a quotation mark that opens on this line is not closed")]
    OpenQuote,
    /// A quotation mark stands inside a cell.
    #[error(
        "a quotation mark stands inside of a cell; the whole cell goes in quotation marks, and those in it are doubled"
    )]
    StrayQuote,
    /// More or fewer cells than columns.
    #[error("the row has {found} cells, and the header has {expected}")]
    CellCount {
        /// Cells.
        found: usize,
        /// Columns.
        expected: usize,
    },
    /// A character that is not seen.
    #[error("the {column} has the character U+{character:04X}")]
    Character {
        /// The column.
        column: &'static str,
        /// The code point.
        character: u32,
    },
    /// A cell that is too long.
    #[error("the {column} has {found} characters; {} are allowed", super::CELL_CHARACTERS)]
    Long {
        /// The column.
        column: &'static str,
        /// Characters.
        found: usize,
    },
    /// No identifier.
    #[error("the voter has no id")]
    NoId,
    /// An identifier of an earlier voter.
    #[error("the id {id} stands on line {first} too")]
    SameId {
        /// The identifier.
        id: String,
        /// The line of the earlier one.
        first: usize,
    },
    /// No e-mail address.
    #[error("{0} is no e-mail address")]
    Email(String),
    /// A language that is not offered.
    #[error("the language {found} is not offered; those of the plan are {offered}")]
    Language {
        /// What was found.
        found: String,
        /// The codes that are offered.
        offered: String,
    },
    /// No whole number.
    #[error("the weight {0} is no whole number from 1 to {MOST_WEIGHT}, in digits alone")]
    Weight(String),
    /// The weight is zero.
    #[error("the weight is 0: a vote that counts nothing would be accepted and not counted; leave the voter out")]
    ZeroWeight,
    /// More voters than are taken.
    #[error("there are more than {MOST_VOTERS} voters")]
    TooMany,
}

/// Something that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct VoterFault {
    /// The line in the file, from 1, on which the row begins.
    pub line: usize,
    /// What is wrong.
    pub problem: VoterProblem,
}

/// Something that may be a mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoterWarning {
    /// Two voters have one address: whoever reads the mail of the one reads that of the other.
    #[error("line {line}: the e-mail address stands on line {first} too; both letters go to one mailbox")]
    SharedEmail {
        /// The line of the later voter.
        line: usize,
        /// The line of the first.
        first: usize,
    },
}

/// Everything that is wrong with a list, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.lines())]
pub struct VotersError {
    /// The faults that are told, at least one.
    pub faults: Vec<VoterFault>,
    /// How many more there are.
    pub more: usize,
}

impl VotersError {
    fn lines(&self) -> String {
        let mut lines: Vec<String> = self.faults.iter().map(ToString::to_string).collect();
        if self.more > 0 {
            lines.push(format!("and {} more", self.more));
        }
        lines.join("\n")
    }
}

/// The first of many, and how many more there are.
#[derive(Debug)]
pub(super) struct Faults<T> {
    listed: Vec<T>,
    more: usize,
}

impl<T> Default for Faults<T> {
    fn default() -> Self {
        Self { listed: Vec::new(), more: 0 }
    }
}

impl<T> Faults<T> {
    pub(super) fn push_any(&mut self, fault: T) {
        if self.listed.len() < LISTED {
            self.listed.push(fault);
        } else {
            self.more += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    pub(super) fn count(&self) -> usize {
        self.listed.len() + self.more
    }

    pub(super) fn into_parts(self) -> (Vec<T>, usize) {
        (self.listed, self.more)
    }
}

impl Faults<VoterFault> {
    pub(super) fn push(&mut self, line: usize, problem: VoterProblem) {
        self.push_any(VoterFault { line, problem });
    }

    pub(super) fn into_error(self) -> VotersError {
        VotersError { faults: self.listed, more: self.more }
    }
}
