//! Rows that are kept out of everything, with their reasons.

use std::collections::BTreeMap;

use super::ObserverRule;

/// A row that was set aside. What stands in it is not repeated: it may be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetAside {
    /// The line or row, counted from 1; of a table the header is row 1.
    pub row: u64,
    /// The rule that it breaks.
    pub rule: ObserverRule,
    /// The field that breaks it, where it is one.
    pub field: Option<&'static str>,
}

/// All rows of a file that were set aside: how many break each rule, and the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quarantine {
    /// Rows by rule.
    pub counts: BTreeMap<ObserverRule, u64>,
    /// The first rows of each rule, at most [`Self::SHOWN`].
    pub first: Vec<SetAside>,
}

impl Quarantine {
    /// Rows of one rule that are named one by one.
    pub const SHOWN: u64 = 20;

    /// Sets a row aside.
    pub fn add(&mut self, row: SetAside) {
        let count = self.counts.entry(row.rule).or_insert(0);
        *count += 1;
        if *count <= Self::SHOWN {
            self.first.push(row);
        }
    }

    /// How many rows there are.
    pub fn rows(&self) -> u64 {
        self.counts.values().sum()
    }
}
