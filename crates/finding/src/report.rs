//! Everything that a run of `adil check` says.

use crate::{Coverage, Finding, Question, Verdict};

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// The path, as given.
    pub path: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Data rows read from it, for a table.
    pub rows: Option<u64>,
}

/// A file or part of one that was looked at and not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// The path, with the part inside it.
    pub path: String,
    /// Why, in English.
    pub why: String,
}

/// The findings about one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The record's title.
    pub title: String,
    /// The election's date, as the record gives it.
    pub date: Option<String>,
    /// The files read.
    pub inputs: Vec<InputFile>,
    /// Files of the folders given that are not in the record.
    pub passed_over: Vec<PassedOver>,
    /// The eight techniques, in the order of [`crate::Technique::ALL`].
    pub coverage: Vec<Coverage>,
    /// The findings, in the order of the checks; the national one of a check first.
    pub findings: Vec<Finding>,
    /// What the record asks, in its order.
    pub questions: Vec<Question>,
    /// The seed of everything drawn at random.
    pub seed: u64,
}

impl Report {
    /// Whether a statement of those who ran the election is contradicted (exit status 1).
    pub fn contradicts_organisers(&self) -> bool {
        self.findings.iter().any(|finding| finding.verdict.contradicts_organisers())
    }

    /// How many findings have a verdict for which `pick` holds.
    pub fn count(&self, pick: impl Fn(Verdict) -> bool) -> usize {
        self.findings.iter().filter(|finding| pick(finding.verdict)).count()
    }
}
