//! # board/count
//!
//! Counts the votes of every question that has a counting method, round by round, and says who is elected.
//!
//! **What it looks at.** The result of the board, and the method of each question: the one that the organiser's statement in the
//! election's log declares, or else the one that stands beside the question in the election's record.
//!
//! **Formula.** That of the method: plurality and approval (rules K10 to K12), Schulze (K20 to K24), majority judgment (K30 to K34),
//! the single transferable vote (K40 to K47). All arithmetic is exact.
//!
//! **Null model.** None: the count follows from the result. Where the result is not proven, nothing is.
//!
//! **When it is wrong.** Never, where the method is the one that was announced.
//!
//! **What may not be concluded.** That the method is the right one for the election, or the one that voters were told of. How a tie is to
//! be broken: one that leaves seats open is named, and a lot or a run-off decides.
//!
//! **References.** The rules K1 to K47 in `docs/spec/counting.md`.

use adil_belenios::{Election, Question};
use adil_count::{Count, Method, Place, Tie};
use adil_election::{CountingMethod, QuestionCount, count_questions};
use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Subject, Unit, Value, Verdict, Whose};

use super::{BoardView, rounds, words};
use crate::{Check, Claim, Page, Settings};

/// The check.
pub(crate) struct Counting;

const ID: CheckId = CheckId("board/count");

impl Check for Counting {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("count.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run_board(&self, view: &BoardView, _settings: &Settings) -> Vec<Finding> {
        let (Some(election), Some(outcomes)) = (&view.board.election, &view.board.outcomes) else { return Vec::new() };
        let setup = view.log.as_ref().and_then(|log| log.ledger.setup.as_ref());
        let declared = setup.map_or(&[][..], |setup| &setup.counting);
        let counts = count_questions(election, outcomes, declared);
        counts.iter().map(|count| question(view, election, declared, count)).collect()
    }
}

/// The finding about a counted question.
fn question(
    view: &BoardView,
    election: &Election,
    declared: &[Option<CountingMethod>],
    counted: &QuestionCount,
) -> Finding {
    let Some(asked) = election.questions.get(counted.question) else {
        return view.to_come(ID, "board-count-unproven");
    };
    let subject = Subject::contest(format!("{}: {}", view.title(), asked.title()));
    let finding = |verdict, statement| Finding::new(ID, verdict, subject.clone(), statement);
    let undecided = |reason, id| finding(Verdict::Undecided(reason), named(id, &counted.method, asked));
    let in_log = declared.get(counted.question).and_then(Option::as_ref);
    let beside = election.extras.get(counted.question).and_then(Option::as_ref);
    let beside = beside.and_then(|extra| CountingMethod::from_extra(extra).ok());
    if let (Some(in_log), Some(beside)) = (in_log, &beside)
        && in_log != beside
    {
        let statement = named("board-count-two-methods", &counted.method, asked);
        return finding(Verdict::Contradicted(Whose::Organisers), statement);
    }
    if !view.board.is_wholly_sound() || !view.board.result_compared {
        return undecided(Reason::NoData, "board-count-unproven");
    }
    // Who could change the log could have changed the method.
    if in_log.is_some() && beside.is_none() && view.log.as_ref().is_some_and(|log| log.ledger.fault_count() > 0) {
        return undecided(Reason::NotIdentified, "board-count-unsound-log");
    }
    match &counted.count {
        Ok(count) => outcome(finding, asked, counted, count),
        Err(error) => {
            let statement = named("board-count-impossible", &counted.method, asked).with("why", error.to_string());
            finding(Verdict::Undecided(Reason::NoData), statement)
        }
    }
}

/// A sentence that names question and method.
fn named(id: &'static str, method: &Method, asked: &Question) -> Message {
    let (name, rules) = match method {
        Method::Plurality { .. } => ("board-count-method-plurality", "K10–K12"),
        Method::Approval { .. } => ("board-count-method-approval", "K10–K12"),
        Method::Schulze { .. } => ("board-count-method-schulze", "K20–K24"),
        Method::MajorityJudgment { .. } => ("board-count-method-majority-judgment", "K30–K34"),
        Method::Stv { .. } => ("board-count-method-stv", "K40–K47"),
    };
    Message::new(id).with("question", asked.title()).with("method", Message::new(name)).with("rules", rules)
}

/// What the count comes to, in words and numbers.
fn outcome(
    finding: impl Fn(Verdict, Message) -> Finding,
    asked: &Question,
    counted: &QuestionCount,
    count: &Count,
) -> Finding {
    let names = candidates(asked);
    let name = |candidate: usize| names.get(candidate).map_or("", String::as_str);
    let list = |of: &[usize]| Arg::List(of.iter().map(|&candidate| Arg::from(name(candidate))).collect());
    let outcome = &count.outcome;
    let ranking = || {
        let groups = outcome.ranking.iter();
        let group = |group: &Vec<usize>| group.iter().map(|&one| name(one)).collect::<Vec<_>>().join(" = ");
        groups.map(group).collect::<Vec<_>>().join(" > ")
    };
    let last_seats = outcome.ties.iter().find(|tie| matches!(tie.place, Place::LastSeats { .. }));
    let id = match (count.method.seats().is_some(), outcome.open_seats, last_seats, outcome.elected.is_empty()) {
        (false, ..) => "board-count-ranked",
        (true, 0, ..) => "board-count-elected",
        (true, _, Some(_), true) => "board-count-all-tied",
        (true, _, Some(_), false) => "board-count-elected-tied",
        (true, _, None, true) => "board-count-nobody",
        (true, _, None, false) => "board-count-elected-open",
    };
    let statement = named(id, &count.method, asked)
        .with("names", list(&outcome.elected))
        .with("ranking", ranking())
        .with("open", outcome.open_seats)
        .with("tied", list(last_seats.map_or(&[], |tie| &tie.candidates)));
    let mut finding = finding(Verdict::Proven, statement);
    finding.evidence = rounds::told(count, &names);
    finding.evidence.extend(outcome.ties.iter().map(|tie| tied(tie, name, &list)));
    finding.measures(measures(counted, count, &names)).caveat(Message::new("board-count-caveat"))
}

/// The candidates of a question by name.
fn candidates(asked: &Question) -> Vec<String> {
    match asked {
        Question::Homomorphic { answers, .. } | Question::NonHomomorphic { answers, .. } => answers.clone(),
        Question::Lists { .. } => Vec::new(),
    }
}

fn tied<'n>(tie: &Tie, name: impl Fn(usize) -> &'n str, list: &dyn Fn(&[usize]) -> Arg) -> Evidence {
    let (id, number) = match tie.place {
        Place::Rank { group } => ("board-count-tie-rank", group + 1),
        Place::LastSeats { seats } => ("board-count-tie-seats", seats),
        Place::Election { round } => ("board-count-tie-election", round + 1),
        Place::Exclusion { round } => ("board-count-tie-exclusion", round + 1),
    };
    let message = Message::new(id)
        .with("names", list(&tie.candidates))
        .with("number", number.to_string())
        .with("taken", tie.taken.map_or("", name));
    Evidence::new(message)
}

fn measures(counted: &QuestionCount, count: &Count, names: &[String]) -> Vec<Measure> {
    let source = || Message::new("board-source-count");
    let number = |name, number: usize, unit| Measure::count(name, number, unit, source());
    let list =
        |name, values| Measure { name, value: Value::List(values), unit: Unit::Pure, interval: None, source: source() };
    let text = |candidate: &usize| Value::Text(names.get(*candidate).cloned().unwrap_or_default());
    let mut measures = Vec::new();
    if let Some(of) = count.counted {
        measures.push(number("counted", of, Unit::Votes));
        measures.push(number("invalid", count.invalid.len(), Unit::Votes));
        measures.push(number("blank", count.blank.len(), Unit::Votes));
    }
    if let Some(blank) = counted.blank {
        let value = words::whole(blank);
        measures.push(Measure { name: "blank", value, unit: Unit::Votes, interval: None, source: source() });
    }
    if let Some(adil_count::Round::Totals(totals)) = count.rounds.first() {
        let value = Value::List(totals.totals.iter().map(|&total| words::whole(total)).collect());
        measures.push(Measure { name: "totals", value, unit: Unit::Votes, interval: None, source: source() });
    }
    if let Some(seats) = count.method.seats() {
        measures.push(Measure::count("seats", seats, Unit::Pure, source()));
        measures.push(number("open_seats", count.outcome.open_seats, Unit::Pure));
        measures.push(list("elected", count.outcome.elected.iter().map(text).collect()));
    }
    if !count.outcome.ranking.is_empty() {
        let group = |group: &Vec<usize>| Value::List(group.iter().map(text).collect());
        measures.push(list("ranking", count.outcome.ranking.iter().map(group).collect()));
    }
    measures
}
