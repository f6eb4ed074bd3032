//! # board/decryption
//!
//! Checks the partial decryptions: that each trustee decrypted the tally with the own key and nothing else.
//!
//! **What it looks at.** Every partial decryption, as soon as it is on the board (rules D1 to D6).
//!
//! **Formula.** For each ciphertext the factor is `F = alpha^x` for the trustee's key `X = g^x`: with `A = g^r X^c` and `B = alpha^r F^c`,
//! `c = H("decrypt|fingerprint|X|A,B")`.
//!
//! **Null model.** None: a proof holds or not. A false one passes with a probability below 2^-120.
//!
//! **When it is wrong.** Never in what it refuses.
//!
//! **What may not be concluded.** That nothing else was decrypted: trustees who work together can open single ballots unseen.
//!
//! **References.** The rules D1 to D6 in `docs/spec/belenios-v1.md`; Chaum, Pedersen, "Wallet databases with observers", 1992.

use adil_belenios::{DecryptionFacts, EventKind, Part};
use adil_finding::{CheckId, Evidence, Finding, Measure, Message, Unit, Verdict};

use super::BoardView;
use crate::{Check, Claim, Page, Settings};

/// The check.
pub(crate) struct Decryption;

const ID: CheckId = CheckId("board/decryption");

impl Check for Decryption {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("decryption.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run_board(&self, view: &BoardView, settings: &Settings) -> Vec<Finding> {
        let board = &view.board;
        let (given, needed) = (board.decryptions.len() as u64, board.decryptions_needed);
        let contradicted = view.contradicted(ID, Part::Decryption, settings);
        let mut finding = match contradicted {
            Some(finding) => finding,
            None if !board.facts.has(EventKind::PartialDecryption) => view.to_come(ID, "board-decryption-to-come"),
            None if given == 0 => view.to_come(ID, "board-decryption-unchecked"),
            None => {
                let statement = Message::new("board-decryption-proven").with("given", given).with("needed", needed);
                view.finding(ID, Verdict::Proven, statement)
            }
        };
        finding.evidence.extend(board.decryptions.iter().map(trustee));
        let count = |name, number| Measure::count(name, number, Unit::Events, Message::new("board-source-decryption"));
        vec![
            finding
                .measure(count("decryptions", given))
                .measure(count("needed", needed))
                .caveat(Message::new("board-decryption-caveat")),
        ]
    }
}

fn trustee(facts: &DecryptionFacts) -> Evidence {
    let id = match (facts.sound, &facts.name) {
        (true, Some(_)) => "board-decryption-of-name",
        (true, None) => "board-decryption-of",
        (false, _) => "board-decryption-fails",
    };
    let message = Message::new(id).with("trustee", facts.trustee.to_string());
    Evidence::new(message.with("name", facts.name.as_deref().unwrap_or_default()))
}
