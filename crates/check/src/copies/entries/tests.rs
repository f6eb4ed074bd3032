//! Typed by hand.

use adil_finding::{Finding, Reason, Verdict};
use adil_record::Contest;

use super::Entries;
use super::tally::error_of_one;
use crate::copies::sample::{book, contest_with, statement};
use crate::sample::{measured, real, run};

fn of(lines: &[String]) -> Finding {
    let contest: Contest = contest_with(&[&[60, 30], &[40, 70]], lines);
    run(&Entries, contest).remove(0)
}

#[test]
fn states_and_errors_are_counted() {
    // Papers with two fields each: 18 typed in twice, of which one differs in one field (decided), and one of another pair in both (not decided).
    let mut lines: Vec<String> =
        (0..16).map(|number| statement(&format!("a{number}"), 1, "posted", &["ash 60 40", "birch 60 40"])).collect();
    lines.push(statement("b", 1, "posted", &["ash 66 40", "birch 60 40", "cedar 66"]));
    lines.push(statement("c", 2, "observer", &["cedar 31 77", "birch 30 70"]));
    lines.push(statement("d", 2, "party", &["ash 30 70"]));
    lines.push(statement("e", 2, "photograph", &[]));
    lines.push(statement("f", 9, "photograph", &[]));
    let finding = of(&lines);
    assert_eq!(finding.verdict, Verdict::Undecided(Reason::Descriptive));
    let names = ["copies_current", "copies_not_typed", "copies_typed_once", "copies_agreed", "copies_resolved"];
    assert_eq!(names.map(|name| measured(&finding, name)), [20, 1, 1, 16, 1]);
    let names = ["copies_differing", "copies_set_aside", "fields_typed_twice", "fields_differing"];
    assert_eq!(names.map(|name| measured(&finding, name)), [1, 1, 36, 3]);
    assert!((real(&finding, "field_difference_rate") - 3.0 / 36.0).abs() < 1e-12);
    // 2 q (1 - q) = 1/12: q = (1 - sqrt(5/6)) / 2 = .043565; q^2 = .0018979.
    assert!((real(&finding, "field_error_rate") - 0.043_564_5).abs() < 1e-6);
    assert!((real(&finding, "errors_alike") - 0.001_897_9).abs() < 1e-6);
    // One field was decided, and for one of both typists.
    assert_eq!(real(&finding, "errors_of_both_seen"), 0.0);
    let said = format!("{finding:?}");
    assert!(["ash", "birch", "cedar"].iter().all(|name| !said.contains(name)), "no typist is named");
    assert!(said.contains("entries-rule-pc6"));
}

#[test]
fn a_field_that_neither_had_right_was_seen() {
    let finding = of(&[statement("a", 1, "posted", &["ash 61 40", "birch 66 40", "cedar 60"])]);
    assert!((real(&finding, "errors_of_both_seen") - 0.5).abs() < 1e-12);
    let none = of(&[statement("a", 1, "posted", &["ash 61 40"])]);
    assert!(none.value("field_difference_rate").is_none(), "one entry says nothing of errors");
    assert_eq!(of(&["{}".to_owned()]).verdict, Verdict::Undecided(Reason::NoData));
}

#[test]
fn errors_of_papers_come_together() {
    // Two papers of ten differ in all of their fields: of 10 papers 2, and not of 20 fields 4.
    let lines: Vec<String> = (0..10)
        .map(|number| {
            let second = if number < 2 { "birch 61 41" } else { "birch 60 40" };
            statement(&format!("a{number}"), 1, "posted", &["ash 60 40", second])
        })
        .collect();
    let finding = of(&lines);
    let rate = finding.measures.iter().find(|measure| measure.name == "field_difference_rate").expect("a rate");
    let interval = rate.interval.as_ref().expect("an interval");
    // Clopper and Pearson for 2 of 10: .02521 to .55610 (scipy.stats.beta.ppf(.025, 2, 9), .ppf(.975, 3, 8)).
    assert!((interval.low - 0.025_21).abs() < 1e-4 && (interval.high - 0.556_10).abs() < 1e-4, "{interval:?}");
}

#[test]
fn pairs_of_typists_are_numbered_in_the_order_of_the_file() {
    let finding = of(&[
        statement("a", 1, "posted", &["ash 60 40", "birch 60 40"]),
        statement("b", 1, "party", &["cedar 60 40", "birch 61 40"]),
        statement("c", 2, "party", &["birch 30 70", "cedar 30 70"]),
    ]);
    let pairs: Vec<String> = finding
        .evidence
        .iter()
        .filter(|line| line.statement.id == "entries-pair")
        .map(|line| format!("{:?}", &line.statement.args[..4]))
        .collect();
    assert_eq!(
        pairs,
        [
            r#"[("pair", Count(2)), ("papers", Count(2)), ("compared", Count(4)), ("differing", Count(1))]"#,
            r#"[("pair", Count(1)), ("papers", Count(1)), ("compared", Count(2)), ("differing", Count(0))]"#,
        ]
    );
}

#[test]
fn half_of_the_fields_is_no_typing() {
    assert_eq!(error_of_one(0.5), None);
    assert_eq!(error_of_one(0.0), Some(0.0));
    // 2 * .1 * .9
    assert!((error_of_one(0.18).expect("a rate") - 0.1).abs() < 1e-12);
    assert_eq!(book(&[]).read, 0);
}
