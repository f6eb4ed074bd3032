//! # board/shuffles
//!
//! Checks the shuffles of non-homomorphic questions: that each gives the same votes in another order and encryption.
//!
//! **What it looks at.** Every shuffle event (rules M1 to M5). Elections without non-homomorphic questions have none.
//!
//! **Formula.** Terelius' and Wikström's proof of a shuffle. All its equations are tested at once, each raised to a weight of 128
//! bits that is drawn from a digest of the whole proof.
//!
//! **Null model.** None: a proof holds or not. A false one passes with a probability below 2^-120.
//!
//! **When it is wrong.** Never in what it refuses.
//!
//! **What may not be concluded.** That nobody knows whose vote is whose. It takes one shuffler who is honest and forgets; that the
//! shufflers are different people is not proven.
//!
//! **References.** The rules M1 to M5 in `docs/spec/belenios-v1.md`; Terelius, Wikström, "Proofs of restricted shuffles", 2010; Haenni,
//! Koenig, Locher, Dubuis, "CHVote protocol specification", 1.3.2.

use adil_belenios::{EventKind, Part};
use adil_finding::{CheckId, Finding, Measure, Message, Unit, Verdict};

use super::BoardView;
use crate::{Check, Claim, Page, Settings};

/// The check.
pub(crate) struct Shuffles;

const ID: CheckId = CheckId("board/shuffles");

impl Check for Shuffles {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("shuffles.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run_board(&self, view: &BoardView, settings: &Settings) -> Vec<Finding> {
        let board = &view.board;
        let contradicted = view.contradicted(ID, Part::Shuffles, settings);
        let needs = board.election.as_ref().is_some_and(adil_belenios::Election::needs_shuffles);
        if !needs && contradicted.is_none() {
            return Vec::new();
        }
        let finding = match contradicted {
            Some(finding) => finding,
            None if board.shuffles == 0 => view.to_come(ID, "board-shuffles-to-come"),
            None => {
                let is_over = board.facts.has(EventKind::EndShuffles);
                let id = if is_over { "board-shuffles-proven" } else { "board-shuffles-so-far" };
                view.finding(ID, Verdict::Proven, Message::new(id).with("shuffles", board.shuffles))
            }
        };
        let source = Message::new("board-source-shuffles");
        vec![
            finding
                .measure(Measure::count("shuffles", board.shuffles, Unit::Events, source))
                .caveat(Message::new("board-shuffles-caveat")),
        ]
    }
}
