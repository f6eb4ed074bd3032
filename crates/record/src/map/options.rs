//! Where the options and their votes stand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Expression, OneOrMany, Selector};
use crate::Term;

/// Options in a table with one row a station.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OptionsMap {
    /// Options one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<ListedOption>,
    /// Every column that a selector fits is an option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matching: Option<Selector>,
    /// Every column from the first to the second of these is an option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<[Selector; 2]>,
    /// Every column with a header that nothing else in the map mentions is an option.
    #[serde(default)]
    pub rest: bool,
    /// Names to show in place of headers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

/// One option and the column of its votes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ListedOption {
    /// The name shown.
    pub name: String,
    /// Its votes.
    pub votes: Expression,
}

/// A table with one row a station and code: protocol lines and options alike are codes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LongTable {
    /// The column of the code.
    pub code: Selector,
    /// The column of the number.
    pub value: Selector,
    /// Codes that are protocol lines; several codes of one line are added.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<Term, OneOrMany<String>>,
    /// Codes that are neither options nor lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// Names to show in place of codes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

impl OptionsMap {
    /// The name to show for a header.
    pub fn name_for(&self, header: &str) -> String {
        self.names.get(header).cloned().unwrap_or_else(|| header.to_owned())
    }
}
