//! What is read from a file: contests with tables and figures, and what has no place in them.

use adil_record::{ContestOption, ImportedTable, Release};

use crate::Format;

/// What a file may cost to read.
#[derive(Debug, Clone, Copy)]
pub struct ReadLimits {
    /// Elements in elements.
    pub depth: usize,
    /// Bytes of one text, tag or comment.
    pub text_bytes: u64,
    /// Elements in one that is read at once: a station, a party.
    pub elements_at_once: usize,
    /// Units of reporting: stations and areas.
    pub units: u64,
    /// Counts, of votes and of ballots.
    pub counts: u64,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { depth: 64, text_bytes: 16 << 20, elements_at_once: 1_000_000, units: 2_000_000, counts: 50_000_000 }
    }
}

/// What a file says.
#[derive(Debug, Clone)]
pub struct Results {
    /// The format it is in.
    pub format: Format,
    /// The election's name; empty where it has none.
    pub title: String,
    /// The day of the election, as it stands there.
    pub date: Option<String>,
    /// The contests, in the order of the file; there is at least one.
    pub contests: Vec<ContestResults>,
    /// What has no place in a record, by kind.
    pub not_placed: Vec<NotPlaced>,
}

/// What a file says of one contest.
#[derive(Debug, Clone)]
pub struct ContestResults {
    /// A short name, unique in the file.
    pub id: String,
    /// The title.
    pub title: String,
    /// The options. Figures of the release name them by their place.
    pub options: Vec<ContestOption>,
    /// Who published it and when, with the figures of areas and of the whole. Its table is beside it.
    pub release: Release,
    /// The stations, where the file has any; its options are by name those above.
    pub table: Option<ImportedTable>,
}

/// Things of one kind that a file has and a record has no place for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotPlaced {
    /// What they are, and what became of them.
    pub what: String,
    /// How many.
    pub count: u64,
    /// The first of them: its path, or the unit's name.
    pub first: String,
}

impl NotPlaced {
    /// Counts one more.
    pub(crate) fn add(notes: &mut Vec<Self>, what: &str, first: impl FnOnce() -> String) {
        match notes.iter_mut().find(|note| note.what == what) {
            Some(note) => note.count += 1,
            None => notes.push(Self { what: what.to_owned(), count: 1, first: first() }),
        }
    }
}
