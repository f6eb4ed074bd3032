//! Rows that are not stations.

use serde::{Deserialize, Serialize};

use super::Selector;

/// Rows to leave out: those for which every condition that is given holds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LeaveOut {
    /// Why: `totals`, `annulled`, `no data` …
    pub reason: String,
    /// The column looked at.
    pub column: Selector,
    /// The cell is one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equals: Vec<String>,
    /// The cell contains one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<String>,
    /// The cell is none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not: Vec<String>,
    /// The cell is empty.
    #[serde(default)]
    pub empty: bool,
}

impl LeaveOut {
    /// Whether there is a condition at all; without one, every row would be left out.
    pub fn has_condition(&self) -> bool {
        self.empty || !(self.equals.is_empty() && self.contains.is_empty() && self.not.is_empty())
    }

    /// Whether a cell of the column meets the conditions.
    pub fn applies(&self, cell: &str) -> bool {
        let cell = cell.trim();
        (self.equals.is_empty() || self.equals.iter().any(|text| text == cell))
            && (self.contains.is_empty() || self.contains.iter().any(|text| cell.contains(text.as_str())))
            && !self.not.iter().any(|text| text == cell)
            && (!self.empty || cell.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_conditions_must_hold() {
        let totals = LeaveOut { contains: vec!["Total".into()], not: vec!["Total Bay".into()], ..LeaveOut::default() };
        assert!(totals.applies(" Total "));
        assert!(!totals.applies("Total Bay"));
        assert!(LeaveOut { empty: true, ..LeaveOut::default() }.applies("  "));
    }
}
