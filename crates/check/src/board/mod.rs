//! Checks of electronic ballot boards.
//!
//! A board is verified once, by [`adil_belenios::verify`]; each check says what came of its part.

mod archive;
mod audited_ballot;
mod ballots;
mod count;
mod credentials;
mod decryption;
mod derivation;
mod log;
mod minutes;
mod order;
mod outcome;
mod rounds;
mod setup;
mod shuffles;
mod tally;
mod timeline;
mod trustees;
mod words;

pub(crate) use archive::Archive;
pub(crate) use audited_ballot::AuditedBallots;
pub use audited_ballot::{AuditedBallot, Opened};
pub(crate) use ballots::Ballots;
pub(crate) use count::Counting;
pub(crate) use credentials::Credentials;
pub(crate) use decryption::Decryption;
pub(crate) use derivation::Derivation;
pub use log::{Archived, LogView};
pub(crate) use order::Order;
pub(crate) use outcome::Outcome;
pub(crate) use setup::Setup;
pub(crate) use shuffles::Shuffles;
pub(crate) use tally::Tally;
pub(crate) use trustees::Trustees;

use adil_belenios::{Board, Part};
use adil_finding::{CheckId, Finding, Message, Reason, Subject, Verdict, Whose};

use crate::Settings;

/// A verified board with the file that it is from.
#[derive(Debug, Clone)]
pub struct BoardView {
    /// The file's path, as given.
    pub path: String,
    /// The file's name, for command lines that others run where they have a copy.
    pub file_name: String,
    /// Whether the board stands in the file as it is, or packed.
    pub packing: Packing,
    /// The file's SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// What is known of the board.
    pub board: Board,
    /// The log that it was made of, where there is one.
    pub log: Option<LogView>,
    /// Ballots that were opened instead of cast, as tests of the devices that made them.
    pub audited: Vec<AuditedBallot>,
}

/// How a board stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// As it is.
    None,
    /// Packed by gzip.
    Gzip,
    /// In an archive of several files, or without a name.
    Other,
}

impl BoardView {
    /// The election's title; that of the file where the election cannot be read.
    pub fn title(&self) -> &str {
        match &self.board.election {
            Some(election) if !election.name.trim().is_empty() => &election.name,
            _ => &self.file_name,
        }
    }

    /// Whether the archive is whole and its events are in order, so that what is not found on the board is not there.
    fn is_wholly_recorded(&self) -> bool {
        self.board.is_sound(Part::Archive) && self.board.is_sound(Part::Order)
    }

    fn subject(&self) -> Subject {
        Subject::contest(self.title())
    }

    /// A finding about a part in which nothing is wrong.
    fn finding(&self, check: CheckId, verdict: Verdict, statement: Message) -> Finding {
        Finding::new(check, verdict, self.subject(), statement)
    }

    /// The finding about a part of which some rule is broken; `None` where none is.
    fn contradicted(&self, check: CheckId, part: Part, settings: &Settings) -> Option<Finding> {
        let count = self.board.faults.count(part);
        if count == 0 {
            return None;
        }
        let mut subject = self.subject();
        // However few faults are listed, one that is counted is a contradiction.
        let statement = match self.board.faults.of(part).next() {
            Some(first) => {
                subject.event = first.place.event.map(|event| event.to_string());
                subject.tracker.clone_from(&first.place.tracker);
                Message::new("board-contradicted")
                    .with("count", count)
                    .with("code", first.rule.code())
                    .with("rule", Message::new(first.rule.message_id()))
                    .with("place", words::place(&first.place))
            }
            None => Message::new("board-contradicted-unlisted").with("count", count),
        };
        let mut finding = Finding::new(check, Verdict::Contradicted(Whose::Organisers), subject, statement);
        let listed = self.board.faults.of(part).take(settings.listed);
        finding.evidence = listed.map(words::evidence).collect();
        let told = finding.evidence.len() as u64;
        if count > told {
            finding.evidence.push(words::more(count - told));
        }
        Some(finding)
    }

    /// The finding about a stage that has not been reached.
    fn to_come(&self, check: CheckId, statement: &'static str) -> Finding {
        self.finding(check, Verdict::Undecided(Reason::NoData), Message::new(statement))
    }
}
