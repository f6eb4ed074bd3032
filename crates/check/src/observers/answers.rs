//! # observers/answers
//!
//! Counts what observers answered, question by question, as shares of visits.
//!
//! **What it looks at.** Each form of each organisation: the answers to its questions in the visits that count, and the observer's mark for
//! the whole.
//!
//! **Formula.** Of the visits in which a question was answered, those with each answer. Visits without an answer are in no denominator; they are
//! counted by their reason: not asked, not observed, not applicable, refused, and cells that can be no answer.
//!
//! **Null model.** None: it counts.
//!
//! **When it is wrong.** Several visits to one station are several visits. Observers who were not let see what is asked do not answer, so that
//! the worst stations can be missing from a share.
//!
//! **What may not be concluded.** These are shares of visits, not estimates for the country: nobody drew the visited stations, and there is no
//! margin of error that would be true. Where stations were drawn, `quick-count/estimate` is for counts and `observers/contrast` for comparisons.
//!
//! **References.** ODIHR's observers answer forms in the same way; its reports' percentages are of stations visited.

use std::collections::BTreeMap;

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Place, Unit, Value};
use adil_record::{Blank, FormItem, FormTable, ItemKind, Observers, Reply};

use super::located::{descriptive, is_first};
use crate::stations::row::share;
use crate::{Check, Claim, ContestView, Page, Settings};

/// The check.
pub(crate) struct Answers;

const ID: CheckId = CheckId("observers/answers");

impl Check for Answers {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("answers.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Finding> {
        if !is_first(view) {
            return Vec::new();
        }
        let of_one = |of| move |form| finding(view, of, form);
        view.record.observers.iter().flat_map(|of| of.book.forms.iter().map(of_one(of))).collect()
    }
}

/// The answers to one question, counted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Visits by the answer's place among the choices.
    pub(super) choices: Vec<u64>,
    /// Visits with any answer.
    pub(super) answered: u64,
    /// The sum of the numbers answered.
    pub(super) sum: u64,
    /// Visits without an answer, by reason.
    pub(super) blank: BTreeMap<Blank, u64>,
}

impl Tally {
    /// Counts the answers in the visits that count.
    pub(super) fn of(table: &FormTable, item: usize) -> Self {
        let mut tally = Self::default();
        if let ItemKind::OneOf(choices) | ItemKind::SeveralOf(choices) = &table.form.items[item].kind {
            tally.choices = vec![0; choices.len()];
        }
        for (row, _) in table.current() {
            tally.answered += 1;
            match table.answers[item].get(row) {
                Reply::Choice(place) => tally.choices[place] += 1,
                Reply::Choices(bits) => {
                    (0..tally.choices.len()).for_each(|place| tally.choices[place] += bits >> place & 1);
                }
                Reply::Number(number) => tally.sum += u64::from(number),
                Reply::Words => {}
                Reply::Blank(blank) => {
                    tally.answered -= 1;
                    *tally.blank.entry(blank).or_default() += 1;
                }
            }
        }
        tally
    }

    /// Visits whose answer is out of order.
    pub(super) fn out_of_order(&self, item: &FormItem) -> Option<u64> {
        let all = || self.choices.iter().enumerate().filter(|(place, _)| !item.in_order.contains(place));
        (!item.in_order.is_empty()).then(|| all().map(|(_, visits)| visits).sum())
    }
}

fn finding(view: &ContestView<'_>, of: &Observers, table: &FormTable) -> Finding {
    let visits = table.current().count() as u64;
    let tallies: Vec<Tally> = (0..table.form.items.len()).map(|item| Tally::of(table, item)).collect();
    // What was out of order in the largest share of the visits that saw it.
    let worst = (tallies.iter().zip(&table.form.items))
        .filter_map(|(tally, item)| Some((tally.out_of_order(item)?, tally.answered, item)))
        .filter(|(out, answered, _)| *out > 0 && *answered > 0)
        .max_by(|a, b| share(a.0, a.1).total_cmp(&share(b.0, b.1)));
    let said = |id| {
        let message = Message::new(id)
            .with("publisher", of.publisher.name.as_str())
            .with("form", table.form.title.as_str())
            .with("visits", visits)
            .with("items", table.form.items.len());
        match worst {
            Some((out, answered, item)) => message
                .with("item", item.text.as_str())
                .with("out", out)
                .with("answered", answered)
                .with("share", Arg::Percent(share(out, answered), 1)),
            None => message,
        }
    };
    let (id, brief) = match worst {
        Some(_) => ("answers-worst", "answers-brief-worst"),
        None => ("answers-none", "answers-brief-none"),
    };
    let mut finding = descriptive(ID, view, of, said(id)).brief(said(brief)).caveat(Message::new("answers-caveat"));
    let blanks: u64 = tallies.iter().flat_map(|tally| tally.blank.values()).sum();
    finding.measures.extend([
        Measure::count("visits_made", visits, Unit::Visits, Message::new("answers-source-visits")),
        Measure::count("items", table.form.items.len(), Unit::Pure, Message::new("answers-source-items")),
        Measure::count("blanks", blanks, Unit::Pure, Message::new("answers-source-blanks")),
    ]);
    for (tally, item) in tallies.iter().zip(&table.form.items) {
        finding.evidence.push(line(table, tally, item));
    }
    finding.evidence.extend(marks(table));
    finding
}

/// What is said of one question.
fn line(table: &FormTable, tally: &Tally, item: &FormItem) -> Evidence {
    let blanks: Vec<Arg> = (tally.blank.iter())
        .map(|(blank, visits)| Message::new(blank.message_id()).with("visits", *visits).into())
        .collect();
    let choices = |choices: &[String]| -> Vec<Arg> {
        let of = |(choice, &visits): (&String, &u64)| {
            Message::new("answers-choice")
                .with("choice", choice.as_str())
                .with("visits", visits)
                .with("share", Arg::Percent(share(visits, tally.answered), 1))
                .into()
        };
        choices.iter().zip(&tally.choices).map(of).collect()
    };
    let said = |id| Message::new(id).with("item", item.text.as_str()).with("answered", tally.answered);
    let statement = match &item.kind {
        ItemKind::OneOf(all) | ItemKind::SeveralOf(all) => {
            said("answers-line").with("choices", Arg::List(choices(all)))
        }
        ItemKind::Count => {
            let mean = tally.sum as f64 / tally.answered.max(1) as f64;
            said("answers-line-count").with("sum", tally.sum).with("mean", Arg::Number(mean, 1))
        }
        ItemKind::Clock => {
            let mean = tally.sum / tally.answered.max(1);
            said("answers-line-clock").with("mean", format!("{:02}:{:02}", mean / 60, mean % 60))
        }
        ItemKind::Text => said("answers-line-text"),
    };
    let statement = match blanks.is_empty() {
        true => statement.with("blanks", Message::new("answers-no-blanks")),
        false => statement.with("blanks", Message::new("answers-blanks").with("blanks", Arg::List(blanks))),
    };
    let count = |visits: u64| Value::Count(i64::try_from(visits).unwrap_or(i64::MAX));
    let mut evidence =
        Evidence::new(statement).at(Place::of_row(&table.input, 1)).value("answered", count(tally.answered));
    if let Some(out) = tally.out_of_order(item) {
        evidence = evidence.value("out_of_order", count(out));
    }
    let of = |blank: Blank| tally.blank.get(&blank).copied().unwrap_or(0);
    evidence
        .value("not_asked", count(of(Blank::NotAsked)))
        .value("not_observed", count(of(Blank::NotObserved)))
        .value("not_applicable", count(of(Blank::NotApplicable)))
        .value("refused", count(of(Blank::Refused)))
        .value("unreadable", count(of(Blank::Unreadable)))
}

/// The marks for the whole, where any were given.
fn marks(table: &FormTable) -> Option<Evidence> {
    let mut marks = [0u64; 4];
    for (_, visit) in table.current() {
        let place = visit.overall.and_then(|mark| usize::from(mark).checked_sub(1));
        if let Some(count) = place.and_then(|place| marks.get_mut(place)) {
            *count += 1;
        }
    }
    let all: u64 = marks.iter().sum();
    let bad = marks[2] + marks[3];
    let statement = Message::new("answers-marks")
        .with("all", all)
        .with("bad", bad)
        .with("share", Arg::Percent(share(bad, all), 1))
        .with("marks", Arg::List(marks.iter().map(|&count| count.into()).collect()));
    (all > 0).then(|| Evidence::new(statement).at(Place::of_row(&table.input, 1)))
}
