//! Observers' stations among those of the table, and what the checks of observers say alike.

use adil_finding::{CheckId, Evidence, Finding, Message, Place, Reason, StatementRef, Subject, Value, Verdict};
use adil_record::{ObserverBook, Observers, Quarantine, StationIndex, StationTable};

use crate::ContestView;

/// Whether findings of the whole record stand with this contest: with the first.
pub(super) fn is_first(view: &ContestView<'_>) -> bool {
    view.record.contests.first().is_some_and(|first| std::ptr::eq(first, view.contest))
}

/// The row of each station of a book in a table.
pub(super) fn rows_of(book: &ObserverBook, table: &StationTable) -> Vec<Option<usize>> {
    if book.stations.is_empty() {
        return Vec::new();
    }
    let index = StationIndex::of(table);
    book.stations.iter().map(|station| index.find(station)).collect()
}

/// A finding that only says what there is.
pub(super) fn descriptive(check: CheckId, view: &ContestView<'_>, of: &Observers, statement: Message) -> Finding {
    let text = || StatementRef {
        publisher: of.publisher.name.clone(),
        text: String::new(),
        time: None,
        source: of.source.clone(),
    };
    let mut subject = Subject::contest(&view.contest.title);
    subject.statements.push(text());
    Finding::new(check, Verdict::Undecided(Reason::Descriptive), subject, statement)
}

/// A row of an input.
pub(super) fn place(input: &str, row: u64) -> Place {
    Place { input: input.to_owned(), row: Some(row), column: None }
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
            Some(first) => evidence.at(place(input, first.row)),
            None => evidence,
        }
    };
    quarantine.counts.iter().map(of).collect()
}
