//! # board/ballots
//!
//! Verifies every ballot: that it is for this election, signed with a credential of the list, and holds a vote that the questions
//! allow, without opening it.
//!
//! **What it looks at.** Every ballot on the board (rules B1 to B17). Of several by one voter the last one counts.
//!
//! **Formula.** A choice is encrypted as `(alpha, beta) = (g^r, y^r g^m)`. For each there is a proof that `m` is 0 or 1, for each question
//! one that the sum is allowed, and for the whole ballot a signature by the credential. A proof is a list of challenges and
//! responses `(c_j, r_j)`; with `A_j = g^(r_j) alpha^(c_j)` and `B_j = y^(r_j) (beta / g^M_j)^(c_j)` the sum of the challenges must be the hash of
//! all `A_j` and `B_j`, together with election, credential and ciphertext.
//!
//! **Null model.** None: a proof holds or not. A false one passes with a probability below 2^-120. Membership of the subgroup of
//! prime order is tested for many elements at once by 128 random subsets: an element outside passes with probability 2^-128.
//!
//! **When it is wrong.** Never in what it refuses.
//!
//! **What may not be concluded.** That a ballot holds what the voter chose: the device that made it could have encrypted something
//! else. That the voter was free. That whoever used the credential was its owner. That no ballot was kept from the board: a voter
//! who misses the own tracker on it knows.
//!
//! **References.** The rules B1 to B17 in `docs/spec/belenios-v1.md`; Cramer, Damgård, Schoenmakers, "Proofs of partial knowledge", 1994;
//! Gaudry, "Some ZK security proofs for Belenios", 2017.

use adil_belenios::{EventKind, Part, TrackerState, TrackerStatus, hash_of, of_base64};
use adil_election::ledger::NotCounted;
use adil_finding::{CheckId, Finding, Measure, Message, Reason, Technique, Unit, Verdict};

use super::{BoardView, LogView};
use crate::{Check, Claim, Need, Page, Settings};

/// The check.
pub(crate) struct Ballots;

const ID: CheckId = CheckId("board/ballots");

impl Check for Ballots {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("ballots.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const CLAIMS: &[Claim] = &[
            Claim { technique: Technique::MultipleVoting, needs: &[Need::Board] },
            Claim { technique: Technique::Stuffing, needs: &[Need::Board] },
        ];
        CLAIMS
    }

    fn run_board(&self, view: &BoardView, settings: &Settings) -> Vec<Finding> {
        let voters = &view.board.facts.voters;
        let contradicted = view.contradicted(ID, Part::Ballots, settings);
        let finding = match contradicted {
            Some(finding) => finding,
            None if view.board.election.is_none() => view.to_come(ID, "board-ballots-unread"),
            None if !view.board.ballots_verified => view.to_come(ID, "board-ballots-unverified"),
            None if voters.ballots == 0 && view.board.facts.has(EventKind::EndBallots) => {
                view.finding(ID, Verdict::Proven, Message::new("board-ballots-none-cast"))
            }
            None if voters.ballots == 0 => view.to_come(ID, "board-ballots-none"),
            None => {
                // Where the chain is broken or an event stands out of order, there may be more ballots than were read.
                let (id, verdict) = match view.is_wholly_recorded() {
                    true => ("board-ballots-proven", Verdict::Proven),
                    false => ("board-ballots-in-order", Verdict::Undecided(Reason::NotIdentified)),
                };
                let statement = Message::new(id)
                    .with("ballots", voters.ballots)
                    .with("voters", voters.voters)
                    .with("credentials", voters.credentials)
                    .with("revotes", voters.revotes);
                view.finding(ID, verdict, statement)
            }
        };
        let count = |name, number, unit, source| Measure::count(name, number, unit, Message::new(source));
        let finding = finding
            .measure(count("credentials", voters.credentials, Unit::Credentials, "board-source-credentials"))
            .measure(count("voters", voters.voters, Unit::Credentials, "board-source-voters"))
            .measure(count("ballots", voters.ballots, Unit::BoardBallots, "board-source-ballots"))
            .measure(count("revotes", voters.revotes, Unit::BoardBallots, "board-source-revotes"))
            .caveat(Message::new("board-ballots-caveat-intended"))
            .caveat(Message::new("board-ballots-caveat-owner"));
        let mut findings = vec![finding];
        findings.extend(view.board.facts.trackers.iter().map(|status| tracker(view, status)));
        findings
    }
}

/// What became of the ballot that a voter was given a tracker of. It is proven as far as the board is.
fn tracker(view: &BoardView, status: &TrackerStatus) -> Finding {
    let board = &view.board;
    let is_tallied = board.tally_compared && board.is_wholly_sound();
    let message = |id, event: u64| Message::new(id).with("event", event.to_string());
    let told_by_log = match &status.state {
        TrackerState::Absent => view.log.as_ref().and_then(|log| in_log(log, &status.tracker)),
        _ => None,
    };
    let is_log_sound = told_by_log.is_none() || view.log.as_ref().is_some_and(|log| log.ledger.fault_count() == 0);
    let of_board = || match &status.state {
        TrackerState::Absent if view.is_wholly_recorded() => Message::new("board-tracker-absent"),
        TrackerState::Absent => Message::new("board-tracker-not-found"),
        TrackerState::Counted { event } if is_tallied => message("board-tracker-counted", *event),
        TrackerState::Counted { event } => message("board-tracker-last", *event),
        TrackerState::Replaced { event, by, by_event } => {
            message("board-tracker-replaced", *event).with("by", by.as_str()).with("by_event", by_event.to_string())
        }
        TrackerState::NotCounted { event } => message("board-tracker-not-counted", *event),
    };
    let statement = told_by_log.unwrap_or_else(of_board);
    let verdict = match board.is_wholly_sound() && is_log_sound {
        true => Verdict::Proven,
        false => Verdict::Undecided(Reason::NotIdentified),
    };
    let mut finding = view.finding(ID, verdict, statement.with("tracker", status.tracker.as_str()));
    finding.subject.tracker = Some(status.tracker.clone());
    finding
}

/// What the log says of a ballot that is not on the board: why it does not count. `None` where it is not there either.
fn in_log(log: &LogView, tracker: &str) -> Option<Message> {
    let hash = of_base64(tracker).or_else(|| hash_of(tracker))?;
    let entry = log.ledger.ballot(&hash)?.entry;
    let number = log.ledger.ballots().binary_search_by_key(&entry, |ballot| ballot.entry).ok()?;
    let message = match log.ledger.not_counted().get(number)? {
        Some(NotCounted::SetAside { revocation }) => {
            Message::new("board-tracker-set-aside").with("revocation", revocation.to_string())
        }
        Some(NotCounted::VotedBySpare { revocation }) => {
            Message::new("board-tracker-by-spare").with("revocation", revocation.to_string())
        }
        Some(NotCounted::NotAccepted) => Message::new("board-tracker-not-accepted"),
        Some(NotCounted::SpareOfNobody | NotCounted::Unlisted) => Message::new("board-tracker-of-nobody"),
        None => Message::new("board-tracker-in-log-only"),
    };
    Some(message.with("entry", entry.to_string()))
}
