//! What is wrong with a file, and where in it. All of it is the input's fault.

use std::io;

/// Why a file could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// The reader that was given failed.
    Source(io::Error),
    /// The contents cannot be used.
    Content(ExchangeError),
}

impl From<ExchangeError> for ReadError {
    fn from(error: ExchangeError) -> Self {
        Self::Content(error)
    }
}

/// What is wrong with the contents.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// It is no XML, or XML that is not read.
    #[error("byte {byte}: {fault}")]
    Xml {
        /// Where, counted from 0 in the unpacked file.
        byte: u64,
        /// What is wrong there.
        fault: Fault,
    },
    /// It is no JSON.
    #[error("line {line}, column {column}: the JSON is broken: {detail}")]
    Json {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// What is wrong there.
        detail: String,
    },
    /// An element says what cannot be.
    #[error("{path}: {fault}")]
    Content {
        /// The path to the element, with its number among those of its name: `ElectionReport/Election[1]/Contest[2]`.
        path: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// More than is read.
    #[error("holds more than {limit} {what}, the most that is read")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// No count of any contest.
    #[error("holds no contest with counts{}", .0.as_ref().map_or(String::new(), |first| format!("; not read: {first}")))]
    NoContest(Option<String>),
}

/// What is wrong with an element or a byte.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The syntax.
    #[error("the XML is broken: {0}")]
    Syntax(String),
    /// The file ends inside an element.
    #[error("the file ends inside the element {0:?}; the copy is incomplete, fetch the file again")]
    CutOff(String),
    /// Something after the end, or before the beginning.
    #[error("there is text outside of the root element")]
    OutsideRoot,
    /// A document type, by which entities are defined.
    #[error(
        "it declares a document type (<!DOCTYPE); results need none and it is not read, for entities can be made to grow without end"
    )]
    DocumentType,
    /// An entity that is not one of the five of XML.
    #[error("the entity &{0}; is not one of the five of XML")]
    Entity(String),
    /// Another encoding than UTF-8.
    #[error("the encoding {0:?} is declared; UTF-8 was expected: save the file as that")]
    Encoding(String),
    /// Elements in elements.
    #[error("elements are nested more than {0} deep, the most that is read")]
    TooDeep(usize),
    /// A text, a tag or a comment that is too long.
    #[error("a text, tag or comment is longer than {0} bytes, the most that is read")]
    TooLong(u64),
    /// An element with too much in it.
    #[error("one element holds more than {0} others, the most that is read at once")]
    TooMuch(usize),
    /// Another root.
    #[error("the root is {0:?}; an ElectionReport or an EML of the kinds 510 and 520 was expected")]
    Root(String),
    /// Text where elements were expected.
    #[error("there is text between elements: {0:?}")]
    StrayText(String),
    /// No count.
    #[error("{what}: expected a whole number from 0 to 1,000,000,000, found {found:?}, which {why}")]
    Count {
        /// Which count.
        what: String,
        /// What stands there, shortened.
        found: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Something that must be there.
    #[error("has no {0}")]
    Missing(&'static str),
    /// The same thing twice in one element.
    #[error("has {0:?} twice")]
    Twice(String),
    /// Two elements have one identifier.
    #[error("the identifier {0:?} was given to another {1} before")]
    SameId(String, &'static str),
    /// A reference to nothing.
    #[error("names the {what} {id:?}, which is not in the file")]
    Dangling {
        /// What it should be.
        what: &'static str,
        /// The identifier.
        id: String,
    },
    /// Units that contain themselves.
    #[error("the unit {0:?} contains itself")]
    Cycle(String),
    /// Two counts of one thing.
    #[error("the unit {unit:?} has two counts of the type {kind:?}")]
    TwoCounts {
        /// The unit.
        unit: String,
        /// The type of count.
        kind: &'static str,
    },
    /// A feature of a map.
    #[error("{0}")]
    Map(crate::GeoFault),
    /// A sum that is above what a station can have.
    #[error("the counts of the unit {0:?} add up to more than 1,000,000,000")]
    TooLarge(String),
}

impl Fault {
    /// The fault at a path.
    pub(crate) fn at(self, path: &str) -> ExchangeError {
        ExchangeError::Content { path: path.to_owned(), fault: self }
    }
}
