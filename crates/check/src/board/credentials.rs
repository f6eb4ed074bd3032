//! # board/credentials
//!
//! Checks the list of public credentials: one for each voter, with weights where votes are weighted.
//!
//! **What it looks at.** The credentials record of the setup (rules C1 to C6).
//!
//! **Formula.** Each entry is an element of the group in canonical form, no two are equal, and weights, if there are any, are whole
//! numbers.
//!
//! **Null model.** None.
//!
//! **When it is wrong.** Never.
//!
//! **What may not be concluded.** That the list is the one that voting began with: no proof covers the credentials and weights of
//! those who did not vote. That each credential belongs to one voter who has the right to vote, and to nobody else. Who made
//! and handed out the private codes could vote with those of voters who do not vote; the number of credentials is to be compared
//! with the register of voters, and the voters' list with the ballots.
//!
//! **References.** The rules C1 to C6 in `docs/spec/belenios-v1.md`.

use adil_belenios::Part;
use adil_finding::{CheckId, Finding, Measure, Message, Unit, Verdict};

use super::BoardView;
use crate::{Check, Claim, Page, Settings};

/// The check.
pub(crate) struct Credentials;

const ID: CheckId = CheckId("board/credentials");

impl Check for Credentials {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("credentials.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run_board(&self, view: &BoardView, settings: &Settings) -> Vec<Finding> {
        let voters = &view.board.facts.voters;
        let contradicted = view.contradicted(ID, Part::Credentials, settings);
        if view.board.election.is_none() {
            return vec![contradicted.unwrap_or_else(|| view.to_come(ID, "board-credentials-unread"))];
        }
        let finding = contradicted.unwrap_or_else(|| {
            let id = if voters.weighted { "board-credentials-weighted" } else { "board-credentials-proven" };
            view.finding(ID, Verdict::Proven, Message::new(id).with("credentials", voters.credentials))
        });
        let source = Message::new("board-source-credentials");
        vec![
            finding
                .measure(Measure::count("credentials", voters.credentials, Unit::Credentials, source))
                .caveat(Message::new("board-credentials-caveat")),
        ]
    }
}
