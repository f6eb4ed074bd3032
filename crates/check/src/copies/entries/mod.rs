//! # copies/entries
//!
//! Says how well copies of protocols were typed in, and how many wrong numbers may be left after two have typed them.
//!
//! **What it looks at.** The statements of a file of copies (`docs/spec/protocol-copies.md`): how many nobody has typed in, how many one person or two
//! have, how many entries differ and were decided on, which statements were replaced, and which lines were set aside.
//!
//! **Formula.** D, the part of the fields of papers with two entries in which these differ (a field that only one of them gives differs), with an exact
//! interval for as many fields as would have the same variance, since errors come by papers. By field and by pair of typists the interval is
//! exact as if fields erred one by one. Pairs have numbers in the order in which they occur; who they are is not known here.
//!
//! ```text
//! 2 q (1 - q) = D      q: how often one typist errs in a field
//! q^2                  the part of fields in which both err
//! ```
//!
//! q^2 is what may be wrong after two entries if typists err independently and two who err always write the same, which is the worst that independence
//! allows. Beside it stands the part of fields for which a third person decided that neither had it right: there both erred and it was seen, because they
//! erred differently. Had two who err as often alike as not, as many fields are wrong unseen.
//!
//! **Null model.** None. Nothing here speaks of the election.
//!
//! **When it is wrong.** A paper that cannot be read makes both typists err alike: then more is wrong than q^2. Two pseudonyms of one person, or
//! a second who copies the first, make D small whatever is on the paper. Easy papers are typed first. A third person errs too.
//!
//! **What may not be concluded.** That a number on which two agree stands on the paper: only that the typing does not speak against it. That the paper is genuine.
//!
//! **References.** E. L. Korn and B. I. Graubard, Survey Methodology 24, 1998. C. J. Clopper and E. S. Pearson, Biometrika 26, 1934.

mod tally;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use adil_finding::{
    Arg, CheckId, Evidence, Finding, Interval, Measure, Message, Place, Reason, Subject, Unit, Value, Verdict,
};
use adil_record::{Copies, CopyField, EntryState, QuarantinedCopy};

use crate::{Check, Claim, ContestView, Page, Settings};
use tally::{Fields, LEVEL, Rate, Tally, error_of_one};

/// The check.
pub(crate) struct Entries;

const ID: CheckId = CheckId("copies/entries");

/// Fields and pairs of typists shown one by one.
const SHOWN: usize = 6;

impl Check for Entries {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        view.contest.copies.iter().map(|copies| finding(copies, view, settings)).collect()
    }
}

fn finding(copies: &Copies, view: &ContestView<'_>, settings: &Settings) -> Finding {
    let (book, tally) = (&copies.book, Tally::of(&copies.book));
    let state = |state| tally.state(state);
    let twice = state(EntryState::Different) + state(EntryState::Resolved) + state(EntryState::Agreed);
    let current = twice + state(EntryState::First) + state(EntryState::Empty);
    let verdict = match book.statements.is_empty() {
        true => Verdict::Undecided(Reason::NoData),
        false => Verdict::Undecided(Reason::Descriptive),
    };
    let said = |id| {
        Message::new(id)
            .with("collector", copies.publisher.name.as_str())
            .with("current", current)
            .with("once", state(EntryState::First))
            .with("twice", twice)
            .with("agreed", state(EntryState::Agreed))
            .with("resolved", state(EntryState::Resolved))
            .with("different", state(EntryState::Different))
            .with("empty", state(EntryState::Empty))
            .with("aside", book.set_aside())
    };
    let id = if book.statements.is_empty() { "entries-none" } else { "entries-statement" };
    let mut finding = Finding::new(ID, verdict, Subject::contest(&view.contest.title), said(id))
        .brief(said("entries-brief"))
        .caveat(Message::new("entries-caveat"));
    let count = |name, value, id| Measure::count(name, value, Unit::Pure, Message::new(id));
    finding.measures.extend([
        count("copies_current", current, "entries-source-current"),
        count("copies_not_typed", state(EntryState::Empty), "entries-source-empty"),
        count("copies_typed_once", state(EntryState::First), "entries-source-first"),
        count("copies_agreed", state(EntryState::Agreed), "entries-source-agreed"),
        count("copies_resolved", state(EntryState::Resolved), "entries-source-resolved"),
        count("copies_differing", state(EntryState::Different), "entries-source-different"),
        count("copies_replaced", tally.replaced, "entries-source-replaced"),
        count("copies_repeated", book.repeated, "entries-source-repeated"),
        count("copies_set_aside", book.set_aside(), "entries-source-aside"),
        count("fields_typed_twice", tally.all.compared, "entries-source-compared"),
        count("fields_differing", tally.all.differing, "entries-source-differing"),
    ]);
    if let Some(rate) = tally.differing() {
        errors(&mut finding, &tally, rate);
    }
    finding.evidence.extend(by_field(&tally, view));
    finding.evidence.extend(by_pair(&tally));
    finding.evidence.extend(book.by_rule.iter().map(|(rule, lines)| {
        let statement = Message::new("entries-aside-rule").with("rule", *rule).with("lines", *lines);
        Evidence::new(statement.with("reason", reason(rule)))
    }));
    finding.evidence.extend(book.quarantined.iter().take(settings.listed).map(|line| aside(copies, line)));
    finding
}

/// The rates of differing fields, of one typist's errors, and of those that two make alike.
fn errors(finding: &mut Finding, tally: &Tally, rate: Rate) {
    let within = |name, rate: Rate, source, method| {
        let interval = Interval { low: rate.low, high: rate.high, level: LEVEL, method: Message::new(method) };
        Measure::real(name, rate.value, Unit::Fraction, Message::new(source)).within(interval)
    };
    finding.measures.push(within("field_difference_rate", rate, "entries-source-rate", "entries-method-papers"));
    if let (Some(one), Some(alike)) = (error_of_one(rate.value), rate.alike()) {
        let ends = |end| error_of_one(end).unwrap_or(0.5);
        let one = Rate { value: one, low: ends(rate.low), high: ends(rate.high) };
        finding.measures.push(within("field_error_rate", one, "entries-source-error", "entries-method-papers"));
        finding.measures.push(within("errors_alike", alike, "entries-source-alike", "entries-method-papers"));
        let statement = Message::new("entries-alike")
            .with("rate", Arg::Percent(rate.value, 2))
            .with("error", Arg::Percent(one.value, 2))
            .with("alike", Arg::Percent(alike.value, 4))
            .with("high", Arg::Percent(alike.high, 4));
        finding.evidence.push(Evidence::new(statement));
    }
    if let Some(neither) = tally.neither().filter(|_| tally.decided > 0) {
        finding.measures.push(within("errors_of_both_seen", neither, "entries-source-neither", "entries-method-exact"));
        let statement = Message::new("entries-neither").with("decided", tally.decided).with("neither", tally.neither);
        finding.evidence.push(Evidence::new(statement));
    }
}

fn by_field<'a>(tally: &'a Tally, view: &'a ContestView<'_>) -> impl Iterator<Item = Evidence> + 'a {
    let mut fields: Vec<(CopyField, Fields)> =
        tally.by_field.iter().map(|(field, of)| (*field, *of)).filter(|(_, of)| of.differing > 0).collect();
    fields.sort_by_key(|(field, of)| (Reverse(of.differing), *field));
    fields.into_iter().take(SHOWN).map(|(field, of)| {
        let name = match field {
            CopyField::Line(term) => Arg::from(Message::new(term.message_id())),
            CopyField::Votes(place) => {
                Arg::from(view.contest.options.get(usize::from(place)).map_or("", |option| option.name.as_str()))
            }
        };
        rated(Message::new("entries-field").with("field", name), of)
    })
}

fn by_pair(tally: &Tally) -> impl Iterator<Item = Evidence> {
    let mut pairs: Vec<(usize, Fields)> = tally.pairs.iter().copied().enumerate().collect();
    pairs.sort_by_key(|(number, of)| (Reverse(of.differing), *number));
    let of_pair = |(number, of)| rated(Message::new("entries-pair").with("pair", number + 1), of);
    pairs.into_iter().take(SHOWN).map(of_pair)
}

fn rated(message: Message, of: Fields) -> Evidence {
    let rate = of.rate();
    let statement = message
        .with("papers", of.statements)
        .with("compared", of.compared)
        .with("differing", of.differing)
        .with("rate", Arg::Percent(rate.value, 2))
        .with("low", Arg::Percent(rate.low, 2))
        .with("high", Arg::Percent(rate.high, 2));
    Evidence::new(statement).value("rate", Value::Real(rate.value))
}

fn aside(copies: &Copies, line: &QuarantinedCopy) -> Evidence {
    let rule = line.fault.rule();
    let statement =
        Message::new("entries-aside").with("line", line.line).with("rule", rule).with("reason", reason(rule));
    let place = Place::of_row(&copies.file, line.line);
    Evidence::new(statement).at(place).value("fault", Value::Text(line.fault.to_string()))
}

/// The words for a rule.
fn reason(rule: &str) -> Message {
    Message::new(match rule {
        "PC1" => "entries-rule-pc1",
        "PC2" => "entries-rule-pc2",
        "PC3" => "entries-rule-pc3",
        "PC4" => "entries-rule-pc4",
        "PC5" => "entries-rule-pc5",
        "PC6" => "entries-rule-pc6",
        "PC7" => "entries-rule-pc7",
        "PC8" => "entries-rule-pc8",
        "PC9" => "entries-rule-pc9",
        "PC10" => "entries-rule-pc10",
        "PC11" => "entries-rule-pc11",
        "PC12" => "entries-rule-pc12",
        "PC13" => "entries-rule-pc13",
        "PC14" => "entries-rule-pc14",
        _ => "entries-rule-pc15",
    })
}
