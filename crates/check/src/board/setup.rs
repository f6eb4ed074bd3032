//! # board/setup
//!
//! Checks the election itself: its questions, its group and its public key.
//!
//! **What it looks at.** The election record of the setup (rules S1 to S7).
//!
//! **Formula.** The group has prime order `q`; of the groups known by name this is established, of one whose numbers an election
//! gives, `p` and `q` are tested for primality and `g` for its order. The public key is an element of it, in canonical form and
//! not neutral. The fingerprint, the SHA-256 of the record as it stands, is what every ballot names.
//!
//! **Null model.** None.
//!
//! **When it is wrong.** A field of a later version of the format is refused as unknown.
//!
//! **What may not be concluded.** That the questions are those that were meant, or the group's numbers chosen without a trapdoor:
//! compare the fingerprint with the one that the organisers announced. Before the first ballot, nothing but the chain covers the
//! texts; after it, every ballot's signature does.
//!
//! **References.** The rules S1 to S7 in `docs/spec/belenios-v1.md`.

use adil_belenios::Part;
use adil_finding::{CheckId, Evidence, Finding, Measure, Message, Unit, Verdict};

use super::BoardView;
use crate::{Check, Claim, Page, Settings};

/// The check.
pub(crate) struct Setup;

const ID: CheckId = CheckId("board/setup");

impl Check for Setup {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("setup.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run_board(&self, view: &BoardView, settings: &Settings) -> Vec<Finding> {
        let contradicted = view.contradicted(ID, Part::Setup, settings);
        let Some(election) = &view.board.election else {
            return vec![contradicted.unwrap_or_else(|| view.to_come(ID, "board-setup-unread"))];
        };
        let finding = contradicted.unwrap_or_else(|| {
            let statement = Message::new("board-setup-proven")
                .with("questions", election.questions.len())
                .with("group", short(&election.group))
                .with("fingerprint", election.fingerprint.as_str());
            view.finding(ID, Verdict::Proven, statement)
        });
        let source = Message::new("board-source-setup");
        let mut finding = finding
            .measure(Measure::count("questions", election.questions.len(), Unit::Pure, source))
            .caveat(Message::new("board-setup-caveat"));
        let said = [
            ("board-setup-uuid", Some(election.uuid.as_str())),
            ("board-setup-administrator", election.administrator.as_deref()),
            ("board-setup-authority", election.credential_authority.as_deref()),
        ];
        for (id, text) in said {
            finding.evidence.extend(text.map(|text| Evidence::new(Message::new(id).with("text", text))));
        }
        vec![finding]
    }
}

/// The name of a group; one that is given by its numbers has a name of thousands of digits.
fn short(group: &str) -> &str {
    if group.len() <= 40 { group } else { "numbers of the election's own" }
}
