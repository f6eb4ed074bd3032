//! # board/archive
//!
//! Checks that the file is a whole and unbroken board: every record has the name that its bytes give, and every event
//! names the one before it.
//!
//! **What it looks at.** The bytes of the archive: headers, names, padding, and the chain of events with the records that
//! belong to them (rules A1 to A12 of the specification).
//!
//! **Formula.** The name of a record is the SHA-256 of its bytes; `parent` of event `n` is the SHA-256 of event `n - 1`. So the
//! digest of the last event vouches for every byte that an event refers to, in its order.
//!
//! **Null model.** None: a digest is right or wrong. Two different texts of one SHA-256 are not known.
//!
//! **When it is wrong.** Never in what it refuses. What it accepts may still be a board that was written anew from some event
//! on: whoever has all records can chain them again. Only a digest of the last event that was noted elsewhere tells.
//!
//! **What may not be concluded.** That this is the only board. A board cut after any event is a sound earlier state of itself;
//! whether others were shown the same one is told by comparing the digest of the last event with theirs. No proof covers the
//! time that the archive states, names, the order of ballots by different voters, who made which shuffle, and the credentials
//! and weights of those who did not vote.
//!
//! **References.** The rules A1 to A12 in `docs/spec/belenios-v1.md`; Cortier, Gaudry, Glondu, "Belenios: a simple private and
//! verifiable electronic voting system", 2019, and the specification of its archive.

use adil_belenios::Part;
use adil_finding::{CheckId, Finding, Measure, Message, Unit, Verdict};

use super::BoardView;
use crate::{Check, Claim, Page, Settings};

/// The check.
pub(crate) struct Archive;

const ID: CheckId = CheckId("board/archive");

impl Check for Archive {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("archive.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run_board(&self, view: &BoardView, settings: &Settings) -> Vec<Finding> {
        let facts = &view.board.facts;
        let finding = view.contradicted(ID, Part::Archive, settings).unwrap_or_else(|| {
            let statement = Message::new("board-archive-proven")
                .with("events", facts.events)
                .with("digest", facts.last_event.as_str());
            view.finding(ID, Verdict::Proven, statement)
        });
        let events = Measure::count("events", facts.events, Unit::Events, Message::new("board-source-archive"));
        vec![
            finding
                .measure(events)
                .caveat(Message::new("board-archive-caveat-prefix"))
                .caveat(Message::new("board-archive-caveat-uncovered")),
        ]
    }
}
