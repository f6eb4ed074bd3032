//! How the columns of a table map to the terms used here.
//!
//! The same [`TableMap`] stands in an `election.toml` under `[table.map]` and in a built-in [`Family`](crate::Family).

mod beside;
mod options;
mod rows;
mod selector;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use beside::{CoordinatesMap, MarkMap, TurnoutMap};
pub use options::{ListedOption, LongTable, OptionsMap};
pub use rows::LeaveOut;
pub use selector::{Any, ColumnNumber, Constant, Expression, HeaderError, Headers, Minus, Parts, Selector, Sum};

use crate::{Identity, PollCellMap, PollColumn, ShareOf, Term, TurnoutOf};

/// The map of one table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TableMap {
    /// The encoding, by its WHATWG label; told from the bytes where none is named, or several are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub encoding: Vec<String>,
    /// The delimiter of a text file; found by looking where it is not named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// A part of the name of the workbook's sheet; the first sheet that fits where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The row of the header, counted from 1; the first row that fits where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u64>,
    /// The areas of a station, from the widest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaMap>,
    /// The columns that together name a station within its narrowest area.
    pub station: OneOrMany<Selector>,
    /// Protocol lines.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<Term, Expression>,
    /// The options and their votes, in a table with one row a station.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<OptionsMap>,
    /// The codes and their values, in a table with one row a station and option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long: Option<LongTable>,
    /// What shares are taken of.
    #[serde(default)]
    pub share_of: ShareOf,
    /// What turnout is taken of.
    #[serde(default)]
    pub turnout_of: TurnoutOf,
    /// Reports of turnout during the vote, from the earliest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turnout: Vec<TurnoutMap>,
    /// Where stations are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<CoordinatesMap>,
    /// Whether a station's votes were counted by a machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_by_machine: Option<MarkMap>,
    /// What a poll's table says of a station beside the answers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub poll_columns: BTreeMap<PollColumn, Selector>,
    /// A poll's answers and refusals by sex and age.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub poll_cells: Vec<PollCellMap>,
    /// Columns kept as text, by the name they are kept under.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, Selector>,
    /// Columns that are known and not needed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<Selector>,
    /// Rows to leave out, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leave_out: Vec<LeaveOut>,
    /// Cells that stand for "not known".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Whether an empty cell is a zero rather than "not known".
    #[serde(default)]
    pub empty_is_zero: bool,
    /// Whether a negative cell stands for "not known" rather than refusing the table.
    #[serde(default)]
    pub negative_is_missing: bool,
    /// The mark that cuts the digits of counts into groups of three: `1.097` or `1,097`. Blanks need not be declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thousands: Option<Thousands>,
    /// Sums that this table is known not to obey, so that they prove nothing about its reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unproved: Vec<Identity>,
}

/// The mark that groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Thousands {
    /// `1.097`
    #[serde(rename = ".")]
    Point,
    /// `1,097`
    #[serde(rename = ",")]
    Comma,
}

impl Thousands {
    /// The character.
    pub fn mark(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// One level of areas in a map.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AreaMap {
    /// The level's name: `region`, `district` …
    pub level: String,
    /// The column with the area's name.
    pub column: Selector,
    /// Only the first characters of it, for areas that are coded in a longer number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<usize>,
    /// All but the last characters of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop_last: Option<usize>,
}

impl AreaMap {
    /// The area's name in a cell.
    pub fn name<'c>(&self, cell: &'c str) -> &'c str {
        let cell = cell.trim();
        let characters = cell.chars().count();
        let kept = characters.saturating_sub(self.drop_last.unwrap_or(0)).min(self.first.unwrap_or(characters));
        let end = cell.char_indices().nth(kept).map_or(cell.len(), |(end, _)| end);
        &cell[..end]
    }
}

/// One thing, or a list of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    /// One.
    One(T),
    /// Several, in order.
    Many(Vec<T>),
}

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl<T> OneOrMany<T> {
    /// All of them.
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}
