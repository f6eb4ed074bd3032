//! # board/derivation
//!
//! Checks that the board is what follows from the election's log, and tells which ballots were set aside.
//!
//! **What it looks at.** The transparency log of an election, where one lies beside the board: every entry, the tree and the
//! checkpoint over them, every signature, and every byte of the archive (rules J1 to J22).
//!
//! **Formula.** `archive = derive(counted(log))`, with `counted(log) = log - set aside`. A ballot is set aside if its credential was
//! revoked and it was logged in or after the minute of the revocation's time, or its voter has voted by the spare credential that
//! took its place; if it is under a spare that nobody was given; or if it lacks the acceptance that the election wants. The archive is
//! worked out from the log and compared with the board byte by byte. The margin of a question is the difference between
//! the last one elected and the next. The voters set aside who have not voted again could have changed a difference by their own weight
//! where nothing of theirs counts, and by twice as much where an earlier ballot of theirs does.
//!
//! **Null model.** None: bytes are equal or not, a signature holds or not.
//!
//! **When it is wrong.** Never in what it refuses.
//!
//! **What may not be concluded.** That a revocation was right: its reason is what those who signed it say. That everybody was shown
//! this log: that is told by comparing checkpoints, and by witnesses. That no ballot was refused before it came into the log: the
//! voter who has no receipt knows. That the minutes are true: only their order is held. Which answer the ballots set aside held: nobody
//! can tell without opening them.
//!
//! **References.** The rules J1 to J22 in `docs/spec/adil-v1.md`; Laurie, Langley, Kasper, "Certificate transparency", RFC 6962, 2013;
//! C2SP, "tlog-tiles" and "tlog-checkpoint".

use std::collections::BTreeMap;

use adil_belenios::{Outcome, Question};
use adil_election::CountingMethod;
use adil_election::ledger::{Ledger, LedgerFault, NotCounted, Totals};
use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Value, Verdict, Whose};

use super::minutes::utc;
use super::{Archived, BoardView, LogView, words};
use crate::{Check, Claim, Need, Page, Settings};

/// The check.
pub(crate) struct Derivation;

const ID: CheckId = CheckId("board/derivation");

impl Check for Derivation {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("derivation.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const CLAIMS: &[Claim] = &[
            Claim { technique: Technique::MultipleVoting, needs: &[Need::Log] },
            Claim { technique: Technique::Stuffing, needs: &[Need::Log] },
            Claim { technique: Technique::Count, needs: &[Need::Log] },
        ];
        CLAIMS
    }

    fn run_board(&self, view: &BoardView, settings: &Settings) -> Vec<Finding> {
        let Some(log) = &view.log else { return Vec::new() };
        let ledger = &log.ledger;
        let not_counted = ledger.not_counted();
        let totals = ledger.totals(&not_counted);
        let mut finding = match (ledger.fault_count(), log.archived) {
            (0, Archived::Equal { .. }) => view.finding(ID, Verdict::Proven, proven(ledger, &totals)),
            (0, Archived::Newer { entries }) => {
                let statement =
                    Message::new("board-derivation-older-log").with("entries", ledger.size()).with("archived", entries);
                view.finding(ID, Verdict::Undecided(Reason::NoData), statement)
            }
            (0, _) => view.finding(ID, Verdict::Undecided(Reason::NoData), Message::new("board-derivation-unread")),
            (count, _) => contradicted(view, log, count, settings),
        };
        if let Archived::Equal { entries } = log.archived
            && entries < ledger.size()
        {
            let provisional = Message::new("board-derivation-provisional").with("entries", entries);
            finding.evidence.push(Evidence::new(provisional).value("entries", whole(entries)));
        }
        if totals.not_accepted > 0 {
            let statement = Message::new("board-derivation-not-accepted").with("ballots", totals.not_accepted);
            finding.evidence.push(Evidence::new(statement));
        }
        finding.evidence.extend(revocations(ledger, &not_counted));
        if totals.revocations > 0 {
            finding.evidence.extend(margins(view, ledger, &totals));
        }
        vec![caveats(finding).measures(measures(ledger, &totals))]
    }
}

fn proven(ledger: &Ledger, totals: &Totals) -> Message {
    Message::new("board-derivation-proven")
        .with("entries", ledger.size())
        .with("ballots", totals.logged)
        .with("set_aside", totals.set_aside)
        .with("voters", totals.voters_set_aside)
        .with("not_again", totals.voters_not_voted_again)
}

fn caveats(finding: Finding) -> Finding {
    finding
        .caveat(Message::new("board-derivation-caveat-revocations"))
        .caveat(Message::new("board-derivation-caveat-others"))
        .caveat(Message::new("board-derivation-caveat-refused"))
}

fn contradicted(view: &BoardView, log: &LogView, count: u64, settings: &Settings) -> Finding {
    let mut subject = view.subject();
    let statement = match log.ledger.faults().first() {
        Some(first) => {
            subject.tracker = log.tracker(first);
            Message::new("board-derivation-contradicted")
                .with("count", count)
                .with("code", first.rule.code())
                .with("rule", Message::new(first.rule.message_id()))
                .with("place", place(log, first))
        }
        None => Message::new("board-contradicted-unlisted").with("count", count),
    };
    let mut finding = Finding::new(ID, Verdict::Contradicted(Whose::Organisers), subject, statement);
    finding.evidence = log.ledger.faults().iter().take(settings.listed).map(|fault| fault_told(log, fault)).collect();
    let told = finding.evidence.len() as u64;
    if count > told {
        finding.evidence.push(words::more(count - told));
    }
    if let Archived::Differs { byte, event } = log.archived {
        let statement = Message::new("board-derivation-differs").with("byte", byte).with("event", event.to_string());
        finding.evidence.push(Evidence::new(statement).value("byte", whole(byte)).value("event", whole(event)));
    }
    finding
}

/// Where a fault is: the entry, and the ballot in it.
fn place(log: &LogView, fault: &LedgerFault) -> Arg {
    let entry = match fault.entry {
        Some(entry) => Message::new("board-derivation-entry").with("entry", entry.to_string()),
        None => Message::new("board-derivation-whole"),
    };
    let tracker = log.tracker(fault).map(|tracker| Message::new("board-place-tracker").with("tracker", tracker));
    Arg::List(std::iter::once(entry).chain(tracker).map(Arg::from).collect())
}

fn fault_told(log: &LogView, fault: &LedgerFault) -> Evidence {
    let id = if fault.found.is_empty() { "board-fault" } else { "board-fault-found" };
    let statement = Message::new(id)
        .with("code", fault.rule.code())
        .with("rule", Message::new(fault.rule.message_id()))
        .with("place", place(log, fault))
        .with("found", fault.found.as_str());
    let mut evidence = Evidence::new(statement)
        .value("rule", Value::Text(fault.rule.code().to_owned()))
        .value("found", Value::Text(fault.found.clone()));
    if let Some(entry) = fault.entry {
        evidence = evidence.value("entry", whole(entry));
    }
    match log.tracker(fault) {
        Some(tracker) => evidence.value("tracker", Value::Text(tracker)),
        None => evidence,
    }
}

/// Every revocation, with what it set aside.
fn revocations(ledger: &Ledger, not_counted: &[Option<NotCounted>]) -> Vec<Evidence> {
    /// The first characters of a credential, which tell it from others well enough.
    const SHOWN: usize = 8;
    let mut set_aside: BTreeMap<u64, u64> = BTreeMap::new();
    for why in not_counted.iter().flatten() {
        if let NotCounted::SetAside { revocation } | NotCounted::VotedBySpare { revocation } = why {
            *set_aside.entry(*revocation).or_default() += 1;
        }
    }
    let one = |revocation: &adil_election::ledger::LedgerRevocation| {
        let said = &revocation.revocation;
        let ballots = set_aside.get(&revocation.entry).copied().unwrap_or(0);
        let credential: String = said.credential.chars().take(SHOWN).chain(['…']).collect();
        let statement = Message::new("board-derivation-revocation")
            .with("entry", revocation.entry.to_string())
            .with("credential", credential)
            .with("since", utc(said.since))
            .with("reason", said.reason.as_str())
            .with("ballots", ballots);
        Evidence::new(statement)
            .value("entry", whole(revocation.entry))
            .value("credential", Value::Text(said.credential.clone()))
            .value("since", Value::Text(utc(said.since)))
            .value("reason", Value::Text(said.reason.clone()))
            .value("set_aside", whole(ballots))
    };
    ledger.revocations().iter().map(one).collect()
}

/// For each question of choices the margin, beside what the voters set aside could have changed.
fn margins(view: &BoardView, ledger: &Ledger, totals: &Totals) -> Vec<Evidence> {
    let (Some(election), Some(outcomes)) = (&view.board.election, &view.board.outcomes) else { return Vec::new() };
    let declared = ledger.setup.as_ref().map_or(&[][..], |setup| &setup.counting);
    let mut told = Vec::new();
    for (number, (question, outcome)) in election.questions.iter().zip(outcomes).enumerate() {
        let Some(margin) = margin(question, outcome, declared.get(number).and_then(Option::as_ref)) else { continue };
        let id = match totals.most_changed >= margin {
            true if totals.voters_not_voted_again > 0 => "board-derivation-margin-open",
            _ => "board-derivation-margin-closed",
        };
        let statement = Message::new(id)
            .with("question", question.title())
            .with("margin", count(margin))
            .with("voters", totals.voters_not_voted_again)
            .with("most", count(totals.most_changed));
        let evidence = Evidence::new(statement)
            .value("question", Value::Text(question.title().to_owned()))
            .value("margin", words::whole(margin))
            .value("voters_not_voted_again", whole(totals.voters_not_voted_again))
            .value("most_changed", words::whole(totals.most_changed));
        told.push(evidence);
    }
    told
}

/// How many votes the last one elected is ahead of the next; `None` where everybody is elected, and for questions whose
/// votes are not simply added up.
fn margin(question: &Question, outcome: &Outcome, method: Option<&CountingMethod>) -> Option<u128> {
    let (Question::Homomorphic { blank, .. }, Outcome::Numbers(numbers)) = (question, outcome) else { return None };
    let seats = match method {
        Some(CountingMethod::Plurality { seats } | CountingMethod::Approval { seats }) => {
            usize::try_from(*seats).ok()?
        }
        _ => 1,
    };
    let mut totals = numbers.get(usize::from(*blank)..)?.to_vec();
    totals.sort_unstable_by(|a, b| b.cmp(a));
    Some(totals.get(seats.checked_sub(1)?)? - totals.get(seats)?)
}

fn measures(ledger: &Ledger, totals: &Totals) -> Vec<Measure> {
    let log = |name, number: u64, unit| Measure::count(name, number, unit, Message::new("board-source-log"));
    let ballots = |name, number| log(name, number, Unit::BoardBallots);
    let voters = |name, number| log(name, number, Unit::Voters);
    vec![
        log("entries", ledger.size(), Unit::Entries),
        ballots("ballots_logged", totals.logged),
        ballots("set_aside", totals.set_aside),
        voters("voters_set_aside", totals.voters_set_aside),
        voters("voters_not_voted_again", totals.voters_not_voted_again),
        voters("voters_without_counted_ballot", totals.voters_without_ballot),
        ballots("not_accepted", totals.not_accepted),
        log("revocations", totals.revocations, Unit::Entries),
        log("spares_left", totals.spares_left, Unit::Credentials),
    ]
}

fn whole(number: u64) -> Value {
    words::whole(number.into())
}

/// A number of votes for a sentence.
fn count(number: u128) -> Arg {
    i64::try_from(number).map_or_else(|_| Arg::from(number.to_string()), Arg::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_margin_is_between_the_last_one_elected_and_the_next() {
        let question = |blank| Question::Homomorphic {
            title: "Q".to_owned(),
            answers: ["a", "b", "c"].map(str::to_owned).to_vec(),
            blank,
            min: 0,
            max: 1,
        };
        let of = |blank, numbers: &[u128], seats: Option<u32>| {
            let method = seats.map(|seats| CountingMethod::Approval { seats });
            margin(&question(blank), &Outcome::Numbers(numbers.to_vec()), method.as_ref())
        };
        assert_eq!(of(false, &[3, 10, 6], None), Some(4), "10 - 6");
        assert_eq!(of(false, &[3, 10, 6], Some(2)), Some(3), "6 - 3");
        assert_eq!(of(true, &[50, 3, 10, 6], None), Some(4), "blank votes elect nobody");
        assert_eq!(of(false, &[5, 5, 1], None), Some(0));
        assert_eq!(of(false, &[3, 10, 6], Some(3)), None, "everybody is elected");
        let ranked = Question::NonHomomorphic { title: "Q".to_owned(), answers: vec!["a".to_owned()] };
        assert_eq!(margin(&ranked, &Outcome::Votes(vec![vec![1]]), None), None);
    }
}
