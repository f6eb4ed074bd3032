//! `redaction.json`: what a bundle does not have, or has in coarser steps, by file and rule. Numbers only.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ObserverRule;

const FORMAT: &str = "adil-redaction/v1";

/// What was taken out of a record before it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Redaction {
    format: String,
    /// Times of observers are rounded down to so many minutes.
    pub round_minutes: u32,
    /// Fewer observers than these at one station are not shown there; 0 where that was not asked for.
    pub min_observers: u32,
    /// The files, in the order of the description.
    pub files: Vec<RedactedFile>,
}

/// What was done to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RedactedFile {
    /// Its path in the bundle; the path it would have, where nothing of it is left.
    pub path: String,
    /// Rows in the bundle.
    pub rows: u64,
    /// How often each rule was applied: values, rows or columns, as the rule says.
    pub rules: BTreeMap<RedactionRule, u64>,
}

/// Why a text is no such list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedactionError {
    /// It is no JSON, or has other keys. What stands there is not repeated.
    #[error("line {line}, place {column}: is no list of redactions")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The place in it.
        column: usize,
    },
    /// It is of another format.
    #[error("is of another format than {FORMAT}")]
    Format,
    /// It says the same in other bytes.
    #[error("is not in the one form that a list of redactions is written in")]
    NotCanonical,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $word:literal,)+) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum RedactionRule { $($(#[$doc])* #[serde(rename = $word)] $variant,)+ }

        impl RedactionRule {
            /// All, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it in a file.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

rules! {
    /// Values: an identifier became a number in the order of the file.
    Identifier = "identifier-renumbered",
    /// Values: a pseudonym became a number in an order that follows from a secret seed.
    Pseudonym = "pseudonym-renumbered",
    /// Values: a note was left out, with its length.
    Note = "note-left-out",
    /// Values: an answer in words was left out.
    Words = "words-left-out",
    /// Columns: a question that is answered in words was left out of the form.
    Question = "question-left-out",
    /// Columns: one that no form has was left out.
    Column = "column-left-out",
    /// Values: a time was rounded down.
    Time = "time-rounded",
    /// Values: a time that is written otherwise than times are was left out.
    TimeLeftOut = "time-left-out",
    /// Values: a station or area that no table of the record has became a number.
    Station = "station-renumbered",
    /// Values: the name of a stratum became a number.
    Stratum = "stratum-renumbered",
    /// Values: an incident's station became an area, since fewer observers reported from it than are shown.
    Place = "place-coarsened",
    /// Rows: left out, since fewer observers reported from the place than are shown.
    FewObservers = "row-of-few-observers-left-out",
    /// Values: a reference to a row that is left out.
    Reference = "reference-left-out",
    /// Rows: they repeat one before them.
    Repeated = "row-repeated-left-out",
    /// Rows or lines: set aside by a rule of forecasts, or of a station that no table of the record has.
    Line = "line-set-aside-left-out",
    /// Rows: set aside by rule O2 of observers' files.
    O2 = "row-set-aside-o2",
    /// Rows: set aside by rule O3.
    O3 = "row-set-aside-o3",
    /// Rows: set aside by rule O4.
    O4 = "row-set-aside-o4",
    /// Rows: set aside by rule O5.
    O5 = "row-set-aside-o5",
    /// Rows: set aside by rule O6.
    O6 = "row-set-aside-o6",
    /// Rows: set aside by rule O7.
    O7 = "row-set-aside-o7",
    /// Rows: set aside by rule O8.
    O8 = "row-set-aside-o8",
    /// Rows: set aside by rule O9.
    O9 = "row-set-aside-o9",
    /// Rows: set aside by rule O10.
    O10 = "row-set-aside-o10",
    /// Rows: set aside by rule O11.
    O11 = "row-set-aside-o11",
    /// Rows: set aside by rule O12.
    O12 = "row-set-aside-o12",
    /// Rows: set aside by rule O13.
    O13 = "row-set-aside-o13",
    /// Rows: set aside by rule O14.
    O14 = "row-set-aside-o14",
    /// Rows: set aside by rule O15.
    O15 = "row-set-aside-o15",
    /// Rows: set aside by rule O16.
    O16 = "row-set-aside-o16",
    /// Rows: set aside by rule O17.
    O17 = "row-set-aside-o17",
    /// Rows: set aside by rule O18.
    O18 = "row-set-aside-o18",
}

impl RedactionRule {
    /// That rows broke a rule of observers' files.
    pub(super) fn set_aside(rule: ObserverRule) -> Self {
        match rule {
            ObserverRule::Syntax => Self::O2,
            ObserverRule::Identifier => Self::O3,
            ObserverRule::OtherBody => Self::O4,
            ObserverRule::Replaces => Self::O5,
            ObserverRule::Code => Self::O6,
            ObserverRule::Station => Self::O7,
            ObserverRule::Time => Self::O8,
            ObserverRule::Window => Self::O9,
            ObserverRule::Value => Self::O10,
            ObserverRule::State => Self::O11,
            ObserverRule::Verified => Self::O12,
            ObserverRule::Reference => Self::O13,
            ObserverRule::Evidence => Self::O14,
            ObserverRule::Long => Self::O15,
            ObserverRule::Formula => Self::O16,
            ObserverRule::Hidden => Self::O17,
            ObserverRule::Pseudonym => Self::O18,
        }
    }
}

impl RedactedFile {
    /// A file to which nothing was done yet.
    pub(super) fn new(path: &str) -> Self {
        Self { path: path.to_owned(), rows: 0, rules: BTreeMap::new() }
    }

    /// Counts what a rule did.
    pub(super) fn count(&mut self, rule: RedactionRule, times: u64) {
        if times > 0 {
            *self.rules.entry(rule).or_insert(0) += times;
        }
    }
}

impl Redaction {
    /// A list of files.
    pub fn new(round_minutes: u32, min_observers: u32, files: Vec<RedactedFile>) -> Self {
        Self { format: FORMAT.to_owned(), round_minutes, min_observers, files }
    }

    /// How often each rule was applied, over all files.
    pub fn totals(&self) -> BTreeMap<RedactionRule, u64> {
        let mut totals = BTreeMap::new();
        for (&rule, &times) in self.files.iter().flat_map(|file| &file.rules) {
            let total: &mut u64 = totals.entry(rule).or_insert(0);
            *total = total.saturating_add(times);
        }
        totals
    }

    /// Reads a list.
    ///
    /// # Errors
    /// It is none, or not in the form that [`Redaction::print`] writes.
    pub fn parse(text: &str) -> Result<Self, RedactionError> {
        let list: Self = serde_json::from_str(text)
            .map_err(|error| RedactionError::Syntax { line: error.line(), column: error.column() })?;
        match list.format == FORMAT {
            false => Err(RedactionError::Format),
            true if list.print() == text => Ok(list),
            true => Err(RedactionError::NotCanonical),
        }
    }

    /// The list as a file: the one form.
    pub fn print(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
