//! # board/tally
//!
//! Checks that the encrypted tally is what the counted ballots come to: no ballot left out, none added, each with its weight.
//!
//! **What it looks at.** The encrypted tally that is published after the end of voting, and every ballot (rules E1 to E5).
//!
//! **Formula.** For a question whose choices are added up, at each place the product of the ciphertexts of the last ballots of all
//! voters, each raised to its voter's weight. For a non-homomorphic question, their ciphertexts themselves, sorted. The number
//! tallied is that of the voters, the total weight the sum of their weights.
//!
//! **Null model.** None: adil multiplies all ballots itself and compares byte by byte.
//!
//! **When it is wrong.** Never. Where a counted ballot cannot be read the product cannot be worked out, and nothing is said.
//!
//! **What may not be concluded.** That the ballots are sound: that is told by `board/ballots`.
//!
//! **References.** The rules E1 to E5 in `docs/spec/belenios-v1.md`.

use adil_belenios::{EventKind, Part};
use adil_finding::{CheckId, Finding, Measure, Message, Reason, Technique, Unit, Verdict};

use super::{BoardView, words};
use crate::{Check, Claim, Need, Page, Settings};

/// The check.
pub(crate) struct Tally;

const ID: CheckId = CheckId("board/tally");

impl Check for Tally {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("tally.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const CLAIMS: &[Claim] = &[Claim { technique: Technique::Count, needs: &[Need::Board] }];
        CLAIMS
    }

    fn run_board(&self, view: &BoardView, settings: &Settings) -> Vec<Finding> {
        let board = &view.board;
        let contradicted = view.contradicted(ID, Part::Tally, settings);
        let mut finding = match contradicted {
            Some(finding) => finding,
            None if !board.facts.has(EventKind::EncryptedTally) => view.to_come(ID, "board-tally-to-come"),
            None if !board.tally_compared => view.to_come(ID, "board-tally-not-compared"),
            None => {
                let voters = &board.facts.voters;
                let is_sound = board.is_sound(Part::Ballots) && view.is_wholly_recorded();
                let id = match (is_sound, voters.weighted) {
                    (false, _) => "board-tally-of-unsound-ballots",
                    (true, false) => "board-tally-proven",
                    (true, true) => "board-tally-weighted",
                };
                let statement =
                    Message::new(id).with("voters", voters.voters).with("weight", voters.total_weight.to_string());
                let verdict = match is_sound {
                    true => Verdict::Proven,
                    false => Verdict::Undecided(Reason::NotIdentified),
                };
                view.finding(ID, verdict, statement)
            }
        };
        if let Some((number, weight)) = board.tallied {
            let measure = |name, value: u128, unit| {
                let (value, source) = (words::whole(value), Message::new("board-source-tally"));
                Measure { name, value, unit, interval: None, source }
            };
            finding = finding.measure(measure("num_tallied", number, Unit::Credentials)).measure(measure(
                "total_weight",
                weight,
                Unit::Votes,
            ));
        }
        vec![finding]
    }
}
