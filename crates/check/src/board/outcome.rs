//! # board/result
//!
//! Checks that the published result is the decryption of the tally, and prints it.
//!
//! **What it looks at.** The result record, the tally, and the partial decryptions (rules R1 to R4).
//!
//! **Formula.** With the combined factor `F` of a ciphertext `(alpha, beta)`, the number `r` at its place satisfies `g^r = beta / F` and
//! `0 <= r <= total weight`, which only one number does; a shuffled vote is the vector that `beta / F` embeds. Factors of a group with a
//! threshold combine by Lagrange's coefficients.
//!
//! **Null model.** None.
//!
//! **When it is wrong.** Never in what it refuses.
//!
//! **What may not be concluded.** Who won: counting methods over ranked or graded votes are no part of the board. Where some other part
//! of the board does not hold, the result is not proven even if it is the decryption of the tally, and the finding says so.
//!
//! **References.** The rules R1 to R4 in `docs/spec/belenios-v1.md`.

use std::collections::BTreeMap;

use adil_belenios::{EventKind, Outcome as Numbers, Part, Question};
use adil_finding::{
    Arg, Bar, Bars, CheckId, Finding, Measure, Message, Reason, Recheck, Technique, Unit, Value, Verdict, shell_word,
};

use super::{BoardView, Packing, words};
use crate::{Check, Claim, Need, Page, Settings};

/// The check.
pub(crate) struct Outcome;

const ID: CheckId = CheckId("board/result");

impl Check for Outcome {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("outcome.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const CLAIMS: &[Claim] = &[Claim { technique: Technique::Count, needs: &[Need::BoardResult] }];
        CLAIMS
    }

    fn run_board(&self, view: &BoardView, settings: &Settings) -> Vec<Finding> {
        let board = &view.board;
        let contradicted = view.contradicted(ID, Part::Result, settings);
        let mut finding = match contradicted {
            Some(finding) => finding,
            None if !board.facts.has(EventKind::Result) => view.to_come(ID, "board-result-to-come"),
            None if !board.result_compared => view.to_come(ID, "board-result-not-compared"),
            None if board.is_wholly_sound() => {
                let statement = Message::new("board-result-proven").with("voters", board.facts.voters.voters);
                view.finding(ID, Verdict::Proven, statement)
            }
            None => {
                let verdict = Verdict::Undecided(Reason::NotIdentified);
                view.finding(ID, verdict, Message::new("board-result-of-unsound-board"))
            }
        };
        if let (Some(outcomes), Some(election)) = (&board.outcomes, &board.election) {
            let value = Value::List(outcomes.iter().map(value).collect());
            let source = Message::new("board-source-result");
            let measure = Measure { name: "result", value, unit: Unit::Votes, interval: None, source };
            finding = finding.measure(measure);
            for (outcome, question) in outcomes.iter().zip(&election.questions) {
                for bars in bars(view, question, outcome) {
                    finding = finding.figure(bars);
                }
            }
        }
        vec![rechecks(view).into_iter().fold(finding, Finding::recheck)]
    }
}

/// The nested lists of the archive.
fn value(outcome: &Numbers) -> Value {
    let numbers = |numbers: &[u128]| Value::List(numbers.iter().map(|&number| words::whole(number)).collect());
    match outcome {
        Numbers::Numbers(of) => numbers(of),
        Numbers::Lists(lists) => Value::List(lists.iter().map(|list| numbers(list)).collect()),
        Numbers::Votes(votes) => {
            let vote = |vote: &Vec<u32>| Value::List(vote.iter().map(|&number| Value::Count(number.into())).collect());
            Value::List(votes.iter().map(vote).collect())
        }
    }
}

/// The result of a question with the names of its answers.
fn bars(view: &BoardView, question: &Question, outcome: &Numbers) -> Vec<Bars> {
    let bar = |label: Arg, value: u128| Bar { label, value: u64::try_from(value).unwrap_or(u64::MAX), marked: false };
    let weight = view.board.facts.voters.total_weight;
    let weighted = view.board.facts.voters.weighted;
    let base = if weighted { "board-bars-weight" } else { "board-bars-voters" };
    let of = u64::try_from(weight).ok().filter(|&weight| weight > 0).map(|weight| (weight, Message::new(base)));
    let title = Message::new("board-bars-question").with("question", question.title());
    match (question, outcome) {
        (Question::Homomorphic { answers, blank, .. }, Numbers::Numbers(numbers)) => {
            let blank_label = blank.then(|| Arg::from(Message::new("board-bars-blank")));
            let labels = blank_label.into_iter().chain(answers.iter().map(|answer| Arg::from(answer.as_str())));
            let bars = labels.zip(numbers).map(|(label, &number)| bar(label, number)).collect();
            vec![Bars { title, unit: Unit::Votes, bars, of }]
        }
        (Question::Lists { lists, .. }, Numbers::Lists(numbers)) => {
            let of_list = |(names, numbers): (&Vec<String>, &Vec<u128>)| {
                let title = Message::new("board-bars-list")
                    .with("question", question.title())
                    .with("list", names.first().map_or("", String::as_str));
                let bars = names.iter().zip(numbers).map(|(name, &number)| bar(name.as_str().into(), number)).collect();
                Bars { title, unit: Unit::Votes, bars, of: of.clone() }
            };
            lists.iter().zip(numbers).map(of_list).collect()
        }
        (Question::NonHomomorphic { answers, .. }, Numbers::Votes(votes)) => {
            let mut counts: BTreeMap<&[u32], u64> = BTreeMap::new();
            votes.iter().for_each(|vote| *counts.entry(vote).or_default() += 1);
            let mut counts: Vec<_> = counts.into_iter().collect();
            counts.sort_by_key(|&(vote, count)| (std::cmp::Reverse(count), vote));
            let label = |vote: &[u32]| vote.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
            let bars = counts.into_iter().map(|(vote, count)| bar(label(vote).into(), count.into())).collect();
            let title = Message::new("board-bars-votes")
                .with("question", question.title())
                .with("answers", Arg::List(answers.iter().map(|answer| answer.as_str().into()).collect()));
            vec![Bars { title, unit: Unit::Votes, bars, of }]
        }
        _ => Vec::new(),
    }
}

/// How to come to the same finding with other means.
fn rechecks(view: &BoardView) -> Vec<Recheck> {
    let file = shell_word(&view.file_name);
    let last_event = view.board.facts.last_event.as_str();
    let digest = Recheck::new(Message::new("board-recheck-digest").with("digest", view.sha256.as_str()));
    let event = Recheck::new(Message::new("board-recheck-event").with("digest", last_event));
    let tool = Recheck::new(Message::new("board-recheck-tool"));
    let voters = Recheck::new(Message::new("board-recheck-voters"));
    // The last record is an event of one block; a tool that looks for the one board of a folder gets a folder of its own.
    let (read, copy) = match view.packing {
        Packing::None => (format!("tail -c 512 {file}"), format!("cp {file} alone/")),
        Packing::Gzip => (format!("gzip -dc {file} | tail -c 512"), format!("gzip -dc {file} > alone/board.bel")),
        Packing::Other => return vec![digest, event, tool, voters],
    };
    vec![
        digest.command(format!("sha256sum {file}")),
        event.command(format!("{read} | tr -d '\\0' | sha256sum")),
        tool.command(format!(
            "mkdir alone && {copy} && cd alone && LWT_ASYNC_METHOD=none belenios-tool election verify"
        )),
        voters,
    ]
}
