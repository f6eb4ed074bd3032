//! What stands beside a station's protocol: reports of turnout, its place, how it counted.

use serde::{Deserialize, Serialize};

use super::Selector;

/// A report of how many had voted by a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TurnoutMap {
    /// The time, as it is to be shown.
    pub time: String,
    /// The column with the number of those who had voted by then.
    pub column: Selector,
    /// Whether this is no report but the protocol's number, filled in afterwards.
    #[serde(default)]
    pub protocol: bool,
}

/// Where a station is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CoordinatesMap {
    /// Degrees north of the equator.
    pub latitude: Selector,
    /// Degrees east of Greenwich.
    pub longitude: Selector,
}

/// A column of yes and no.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MarkMap {
    /// The column.
    pub column: Selector,
    /// The cells that say yes.
    pub yes: Vec<String>,
    /// The cells that say no.
    pub no: Vec<String>,
}

impl MarkMap {
    /// What a cell says; `None` where it is neither.
    pub fn read(&self, cell: &str) -> Option<bool> {
        let is_one_of = |words: &[String]| words.iter().any(|word| word == cell.trim());
        if is_one_of(&self.yes) { Some(true) } else { is_one_of(&self.no).then_some(false) }
    }
}
