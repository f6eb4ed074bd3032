//! # board/trustees
//!
//! Checks the keys that the votes are encrypted with: that each trustee knows the private part of the own key, and that the
//! election's key is made of theirs and nothing else.
//!
//! **What it looks at.** The trustees record of the setup (rules T1 to T12).
//!
//! **Formula.** For each key `X` a proof of knowledge, `A = g^r X^c` with `c = H("pok|group|X|A")`. For a group of which `t` are enough,
//! every certificate, coefficient `A_ik` and key is signed, and member `j`'s key is `prod_i prod_k A_ik^(j^k)`. The election's key is
//! the product of all single keys and of all `A_i0`.
//!
//! **Null model.** None: a proof holds or not. A false one passes with a probability below 2^-120.
//!
//! **When it is wrong.** Never in what it refuses.
//!
//! **What may not be concluded.** That the trustees are different people, that none lost or shared the key, or that they are those
//! whom the record names: nothing covers names. If all of them, or a threshold's number in a group, work together, they can read
//! every ballot, and nobody can tell.
//!
//! **References.** The rules T1 to T12 in `docs/spec/belenios-v1.md`; Pedersen, "A threshold cryptosystem without a trusted party", 1991.

use adil_belenios::Part;
use adil_finding::{CheckId, Finding, Measure, Message, Unit, Verdict};

use super::BoardView;
use crate::{Check, Claim, Page, Settings};

/// The check.
pub(crate) struct Trustees;

const ID: CheckId = CheckId("board/trustees");

impl Check for Trustees {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("trustees.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run_board(&self, view: &BoardView, settings: &Settings) -> Vec<Finding> {
        let contradicted = view.contradicted(ID, Part::Trustees, settings);
        if view.board.election.is_none() {
            return vec![contradicted.unwrap_or_else(|| view.to_come(ID, "board-trustees-unread"))];
        }
        let (trustees, needed) = (view.board.trustees, view.board.decryptions_needed);
        let finding = contradicted.unwrap_or_else(|| {
            let statement = Message::new("board-trustees-proven").with("trustees", trustees).with("needed", needed);
            view.finding(ID, Verdict::Proven, statement)
        });
        let source = || Message::new("board-source-trustees");
        vec![
            finding
                .measure(Measure::count("trustees", trustees, Unit::Pure, source()))
                .measure(Measure::count("needed", needed, Unit::Pure, source()))
                .caveat(Message::new("board-trustees-caveat")),
        ]
    }
}
