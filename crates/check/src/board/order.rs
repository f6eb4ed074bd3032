//! # board/order
//!
//! Checks that events follow each other as the protocol has it, and draws them.
//!
//! **What it looks at.** The types of all events, in order (rules O1 to O4).
//!
//! **Formula.** `Setup, Ballot…, EndBallots, EncryptedTally, [Shuffle…, EndShuffles,] PartialDecryption…, Result`, and any beginning
//! of that. Shuffles are there if and only if a question is non-homomorphic.
//!
//! **Null model.** None: the order is kept or not.
//!
//! **When it is wrong.** Never. An event out of order is told, and is then passed over if it comes too late and taken for what it
//! says if it comes too early, so that the rest can be checked.
//!
//! **What may not be concluded.** When anything happened: events carry no time of their own. The order of ballots by different
//! voters changes nothing and nothing covers it but the chain.
//!
//! **References.** The rules O1 to O4 in `docs/spec/belenios-v1.md`.

use adil_belenios::Part;
use adil_finding::{CheckId, Finding, Message, Verdict};

use super::{BoardView, timeline};
use crate::{Check, Claim, Page, Settings};

/// The check.
pub(crate) struct Order;

const ID: CheckId = CheckId("board/order");

impl Check for Order {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("order.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run_board(&self, view: &BoardView, settings: &Settings) -> Vec<Finding> {
        let finding = view.contradicted(ID, Part::Order, settings).unwrap_or_else(|| {
            let is_finished = view.board.facts.has(adil_belenios::EventKind::Result);
            let statement = if is_finished { "board-order-finished" } else { "board-order-unfinished" };
            view.finding(ID, Verdict::Proven, Message::new(statement))
        });
        vec![finding.figure(timeline::of(view))]
    }
}
