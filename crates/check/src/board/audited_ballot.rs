//! # board/audited-ballot
//!
//! Checks a ballot that its voter had opened instead of cast: whether the device encrypted what it said.
//!
//! **What it looks at.** A file with such a ballot (`adil check --audited-ballot FILE BOARD`): the ballot without its signature, the
//! digest that the device had shown before it knew that it would be tested, the choices, and the randomness of every ciphertext;
//! and the setup of the board.
//!
//! **Formula.** For every ciphertext `(alpha, beta)` with its randomness `r`: `alpha = g^r`, and `beta = y^r g^m` for a choice `m`, or
//! `beta = y^r v` for the element `v` that the numbers of an answer are written as. The digest of the ballot is the one shown.
//!
//! **Null model.** None: a ciphertext holds one thing only.
//!
//! **When it is wrong.** Never. A test that is passed says nothing about other ballots for certain: a device that cheats in a part `p` of
//! all ballots passes `n` tests with probability `(1 - p)^n`.
//!
//! **What may not be concluded.** That the choices are the voter's: whoever made the choices has to compare the list. That the ballot was
//! cast, or could be: an opened ballot has no signature.
//!
//! **References.** Benaloh, "Simple verifiable elections", 2006; `docs/spec/adil-v1.md`, section "Opened ballots".

use adil_belenios::{AuditFault, Election, Question};
use adil_finding::{Arg, CheckId, Evidence, Finding, Message, Reason, Value, Verdict, Whose};

use super::BoardView;
use crate::{Check, Claim, Page, Settings};

/// A ballot that was opened instead of cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditedBallot {
    /// The file's path, as given.
    pub file: String,
    /// The digest that the device had shown.
    pub commitment: String,
    /// What the device says that it encrypted, by question, as numbers: 0 or 1 for each choice, a number for each answer.
    pub answers: Vec<Vec<u32>>,
    /// What came of checking it.
    pub opened: Opened,
}

/// What came of checking an opened ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// It holds what the device says.
    Holds,
    /// It does not.
    Fault(AuditFault),
    /// The board has no sound setup to check it with.
    NoSetup,
}

/// The check.
pub(crate) struct AuditedBallots;

const ID: CheckId = CheckId("board/audited-ballot");

impl Check for AuditedBallots {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("audited_ballot.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run_board(&self, view: &BoardView, _settings: &Settings) -> Vec<Finding> {
        view.audited.iter().map(|audited| finding(view, audited)).collect()
    }
}

fn finding(view: &BoardView, audited: &AuditedBallot) -> Finding {
    let contradicted = Verdict::Contradicted(Whose::Organisers);
    let (verdict, statement) = match &audited.opened {
        Opened::Holds => (Verdict::Proven, Message::new("board-audited-holds")),
        Opened::NoSetup => (Verdict::Undecided(Reason::NoData), Message::new("board-audited-no-setup")),
        Opened::Fault(AuditFault::OtherElection) => {
            (Verdict::Undecided(Reason::NoData), Message::new("board-audited-other-election"))
        }
        Opened::Fault(AuditFault::Ballot(fault)) => {
            let rule = Message::new(fault.rule.message_id());
            (contradicted, Message::new("board-audited-no-ballot").with("code", fault.rule.code()).with("rule", rule))
        }
        Opened::Fault(AuditFault::Commitment { shown, found }) => {
            let statement = Message::new("board-audited-other-digest");
            (contradicted, statement.with("shown", shown.as_str()).with("found", found.as_str()))
        }
        Opened::Fault(AuditFault::Form) => (contradicted, Message::new("board-audited-form")),
        Opened::Fault(AuditFault::Holds { question, choice }) => {
            let statement = Message::new("board-audited-holds-other");
            (contradicted, statement.with("question", question.to_string()).with("choice", choice.to_string()))
        }
    };
    let statement = statement.with("commitment", audited.commitment.as_str()).with("file", audited.file.as_str());
    let mut finding = view.finding(ID, verdict, statement);
    if let Some(election) = view.board.election.as_ref().filter(|_| audited.opened != Opened::NoSetup) {
        finding.evidence = chosen(election, &audited.answers);
    }
    finding.caveat(Message::new("board-audited-caveat"))
}

/// What the device says that was chosen, a line for each question.
fn chosen(election: &Election, answers: &[Vec<u32>]) -> Vec<Evidence> {
    let line = |(question, answer): (&Question, &Vec<u32>)| {
        let chosen = match words(question, answer) {
            none if none.is_empty() => Arg::from(Message::new("board-audited-nothing")),
            some => Arg::List(some),
        };
        let message = Message::new("board-audited-chosen").with("question", question.title()).with("chosen", chosen);
        let numbers = answer.iter().map(|&number| Value::Count(number.into())).collect();
        Evidence::new(message).value("answer", Value::List(numbers))
    };
    election.questions.iter().zip(answers).map(line).collect()
}

fn words(question: &Question, answer: &[u32]) -> Vec<Arg> {
    match question {
        Question::Homomorphic { answers, blank, .. } => {
            let blank = blank.then(|| Arg::from(Message::new("board-bars-blank")));
            let all = blank.into_iter().chain(answers.iter().map(|answer| answer.as_str().into()));
            all.zip(answer).filter(|(_, bit)| **bit != 0).map(|(name, _)| name).collect()
        }
        Question::NonHomomorphic { answers, .. } => {
            answers.iter().zip(answer).map(|(name, number)| format!("{name}: {number}").into()).collect()
        }
        Question::Lists { lists, .. } => lists
            .iter()
            .flatten()
            .zip(answer)
            .filter(|(_, bit)| **bit != 0)
            .map(|(name, _)| name.as_str().into())
            .collect(),
    }
}
