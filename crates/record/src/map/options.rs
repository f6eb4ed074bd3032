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
    /// Whether headers begin with the option's number on the ballot paper, which is not part of its name.
    #[serde(default)]
    pub numbered: bool,
    /// Parts of headers that are left out of names, such as "Political party".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drop: Vec<String>,
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
        if let Some(name) = self.names.get(header) {
            return name.clone();
        }
        let without_number = match self.numbered {
            true => header.trim_start_matches(|letter: char| letter.is_ascii_digit() || ". -–".contains(letter)),
            false => header,
        };
        let mut name = without_number.to_owned();
        for part in &self.drop {
            name = name.replace(part.as_str(), "");
        }
        let name = unquoted(name.trim());
        if name.is_empty() { header.to_owned() } else { name.to_owned() }
    }
}

/// A name without quotation marks around the whole of it.
fn unquoted(name: &str) -> &str {
    let pairs = [('"', '"'), ('«', '»'), ('“', '”'), ('„', '“')];
    let inner = pairs.iter().find_map(|&(open, close)| name.strip_prefix(open)?.strip_suffix(close));
    inner.filter(|inner| !inner.contains(['"', '«', '“', '„'])).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_numbers_and_what_the_map_drops() {
        let drop = ["Всероссийская политическая партия", "Политическая партия"].map(str::to_owned).to_vec();
        let map = OptionsMap { numbered: true, drop, ..OptionsMap::default() };
        assert_eq!(map.name_for("6. Всероссийская политическая партия \"ЕДИНАЯ РОССИЯ\""), "ЕДИНАЯ РОССИЯ");
        assert_eq!(map.name_for("41 - Georgian Dream"), "Georgian Dream");
        assert_eq!(map.name_for("5 “ერთიანი”"), "ერთიანი");
        assert_eq!(map.name_for("Политическая партия"), "Политическая партия");
        assert_eq!(map.name_for("8. \"A\" (\"B\")"), "\"A\" (\"B\")");
    }
}
