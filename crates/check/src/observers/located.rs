//! Observers' stations among those of the table, and what the checks of observers say alike.

use std::collections::BTreeMap;

use adil_finding::{CheckId, Evidence, Finding, Message, Place, Reason, StatementRef, Subject, Value, Verdict};
use adil_record::{Access, ObserverBook, Observers, Quarantine, StationIndex};

use crate::ContestView;

/// Whether findings of the whole record stand with this contest: with the first.
pub(super) fn is_first(view: &ContestView<'_>) -> bool {
    view.record.contests.first().is_some_and(|first| std::ptr::eq(first, view.contest))
}

/// What the index of the table under test is kept under: several checks, and every organisation, ask for it.
const INDEX: CheckId = CheckId("observers/stations");

/// The row of each station of a book in the table under test; none where there is no table.
pub(super) fn rows_of(view: &ContestView<'_>, book: &ObserverBook) -> Vec<Option<usize>> {
    let Some(tested) = view.tested.as_ref().filter(|_| !book.stations.is_empty()) else {
        return vec![None; book.stations.len()];
    };
    let index = view.once_for_all(INDEX, || StationIndex::of(tested.table));
    book.stations.iter().map(|station| index.find(station)).collect()
}

/// The best access that any of some visits had, by where they were; `None` where no visit says.
pub(super) fn best_access<K: Ord>(visits: impl Iterator<Item = (K, Option<Access>)>) -> BTreeMap<K, Option<Access>> {
    let mut best: BTreeMap<K, Option<Access>> = BTreeMap::new();
    for (place, access) in visits {
        let known = best.entry(place).or_insert(access);
        *known = match (*known, access) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    best
}

/// A finding that only says what there is.
pub(super) fn descriptive(check: CheckId, view: &ContestView<'_>, of: &Observers, statement: Message) -> Finding {
    let forms = of.book.forms.iter().map(|form| form.input.as_str());
    let files: Vec<&str> = forms.chain(of.book.incidents.iter().map(|file| file.input.as_str())).collect();
    let mut subject = Subject::contest(&view.contest.title);
    subject.statements.push(StatementRef {
        publisher: of.publisher.name.clone(),
        text: files.join(", "),
        time: None,
        source: of.source.clone(),
    });
    Finding::new(check, Verdict::Undecided(Reason::Descriptive), subject, statement)
}

/// The rows of a file that were set aside, a line for each rule, at its first row. What stands in them is not repeated.
pub(super) fn set_aside(input: &str, quarantine: &Quarantine) -> Vec<Evidence> {
    let of = |(rule, rows): (&adil_record::ObserverRule, &u64)| {
        let statement = Message::new("observers-set-aside")
            .with("rule", rule.number())
            .with("why", Message::new(rule.message_id()))
            .with("rows", *rows);
        let evidence = Evidence::new(statement).value("rows", Value::Count(i64::try_from(*rows).unwrap_or(i64::MAX)));
        match quarantine.first.iter().find(|row| row.rule == *rule) {
            Some(first) => evidence.at(Place::of_row(input, first.row)),
            None => evidence,
        }
    };
    quarantine.counts.iter().map(of).collect()
}
