//! Stations 1 to 12 with 60 votes for A and 40 for B each.

use adil_finding::{Finding, Reason, Value, Verdict, Whose};
use adil_record::{Contest, CopySample, Frame, FrameStation, SampledStratum};

use super::ThreeWay;
use crate::copies::sample::{contest_with, statement, statement_at};
use crate::sample::{measured, real, run};

const SAME: &[&str] = &["ash 60 40", "birch 60 40"];
/// Ten votes were moved to A.
const MOVED: &[&str] = &["ash 50 50", "birch 50 50"];

fn contest(lines: &[String]) -> Contest {
    contest_with(&[&[60; 12], &[40; 12]], lines)
}

fn of(lines: &[String]) -> Vec<Finding> {
    run(&ThreeWay, contest(lines))
}

/// Copies of stations 1, 2, 3 …
fn copies(holder: &str, votes: &[&[&str]]) -> Vec<String> {
    let of = |(place, entries): (usize, &&[&str])| {
        statement(&format!("{holder}-{place}"), place as u32 + 1, holder, entries)
    };
    votes.iter().enumerate().map(of).collect()
}

#[test]
fn a_posted_copy_that_the_table_excludes_contradicts_the_organisers() {
    let finding = of(&copies("posted", &[MOVED, SAME, MOVED, SAME])).remove(0);
    assert_eq!(
        (finding.statement.id, finding.verdict),
        ("three-way-excluded", Verdict::Contradicted(Whose::Organisers))
    );
    assert_eq!(finding.subject.statements.len(), 2, "its subject is the pair");
    let names = ["stations_typed_twice", "copies_agreeing", "copies_excluded", "copies_votes", "copies_votes_moved"];
    // Two stations, each with ten votes less of B and ten more of A: twenty differ, ten were moved.
    assert_eq!(names.map(|name| measured(&finding, name)), [4, 2, 2, 40, 20]);
    assert_eq!(
        ["copies_margin_up", "copies_margin_down", "copies_margin_net"].map(|name| measured(&finding, name)),
        [2, 0, 40]
    );
    // 2 (1/2)^2
    assert!((real(&finding, "copies_margin_p") - 0.5).abs() < 1e-12);
    let station = finding.evidence.iter().find(|line| line.statement.id == "three-way-station").expect("a station");
    assert_eq!(station.place.as_ref().and_then(|place| place.row), Some(1));
    assert_eq!(station.values[0], ("copy", Value::List(vec![Value::Count(50), Value::Count(50)])));
    assert!(finding.evidence.iter().any(|line| format!("{:?}", line.statement).contains("copies-kind-transfer")));
}

#[test]
fn copies_of_others_contradict_as_statements_of_others() {
    for holder in ["observer", "party", "photograph"] {
        let finding = of(&copies(holder, &[MOVED, SAME])).remove(0);
        assert_eq!(finding.verdict, Verdict::Contradicted(Whose::ThirdParties), "{holder}");
    }
    assert_eq!(of(&copies("machine-memory", &[MOVED])).remove(0).verdict, Verdict::Contradicted(Whose::Organisers));
    assert_eq!(of(&copies("official-site", &[MOVED])).remove(0).verdict, Verdict::Undecided(Reason::Changed));
}

#[test]
fn one_entry_may_be_an_error_of_its_typist_and_contradicts_nothing() {
    let finding = of(&copies("posted", &[&["ash 50 50"], &["ash 60 40"]])).remove(0);
    assert_eq!((finding.statement.id, finding.verdict), ("three-way-once", Verdict::Undecided(Reason::Descriptive)));
    let names = ["stations_typed_twice", "copies_once_agreeing", "copies_once_differing"];
    assert_eq!(names.map(|name| measured(&finding, name)), [0, 1, 1]);
    // Where two differ and nobody decided, only the field on which they agree counts.
    let open = of(&copies("posted", &[&["ash 50 40", "birch 55 40"]])).remove(0);
    assert_eq!(measured(&open, "copies_agreeing"), 1);
    // Where a third decided, it counts.
    let decided = of(&copies("posted", &[&["ash 50 40", "birch 55 40", "cedar 50"]])).remove(0);
    assert_eq!(decided.verdict, Verdict::Contradicted(Whose::Organisers));
}

#[test]
fn few_differences_among_many_are_clerical() {
    // 1 of 12: the exact lower bound at 99 % is 1 - .99^(1/12) = .00084, below the upper bound of 6 of 9,580, .00152.
    let votes: Vec<&[&str]> = std::iter::once(MOVED).chain(std::iter::repeat_n(SAME, 11)).collect();
    let finding = of(&copies("posted", &votes)).remove(0);
    assert_eq!(
        (finding.statement.id, finding.verdict),
        ("three-way-clerical", Verdict::Undecided(Reason::Descriptive))
    );
    assert_eq!(measured(&finding, "copies_excluded"), 1);
    // 1 of 4: 1 - .99^(1/4) = .00251.
    assert!(matches!(of(&copies("posted", &votes[..4])).remove(0).verdict, Verdict::Contradicted(_)));
}

#[test]
fn two_copies_of_one_holder_that_differ_contradict_nothing() {
    let lines = [statement("a", 1, "observer", MOVED), statement("b", 1, "observer", SAME)];
    let finding = of(&lines).remove(0);
    assert_eq!((measured(&finding, "copies_split"), measured(&finding, "copies_excluded")), (1, 0));
    assert_eq!((finding.statement.id, finding.verdict), ("three-way-once", Verdict::Undecided(Reason::Descriptive)));
    // A replaced statement is no copy any more.
    let replaced = lines[1].replace("\"id\":\"b\"", "\"id\":\"b\",\"replaces\":\"a\"");
    let finding = of(&[lines[0].clone(), replaced]).remove(0);
    assert_eq!((measured(&finding, "copies_split"), measured(&finding, "copies_agreeing")), (0, 1));
}

#[test]
fn who_stands_alone_is_told() {
    let lines = [
        // 1: the table against three. 2: the party against the rest. 3: all agree. 4: two against each other. 5: two pairs. 6: typed in once.
        copies("posted", &[MOVED, SAME, SAME, MOVED, SAME, &["ash 50 50"]]),
        copies("observer", &[MOVED, SAME]),
        copies("party", &[MOVED, MOVED]),
        vec![statement("x", 5, "party", MOVED), statement("y", 5, "observer", MOVED)],
    ]
    .concat();
    let findings = of(&lines);
    let agreement = findings.last().expect("a finding");
    let names = ["stations_with_several", "several_agree", "two_differ", "one_alone", "several_otherwise"];
    assert_eq!(names.map(|name| measured(agreement, name)), [5, 1, 1, 2, 1]);
    let alone: Vec<String> = agreement.evidence.iter().map(|line| format!("{:?}", line.statement.args[0].1)).collect();
    assert!(alone[0].contains("three-way-voice-official") && alone[1].contains("copy-holder-party"), "{alone:?}");
}

/// Twelve stations in one stratum, of which 1, 2, 3 and 4 were drawn.
fn drawn(lines: &[String]) -> Finding {
    let station = |number: u32| {
        let name = format!("district {} / {number}", (number - 1) / 10);
        FrameStation { unit: name.clone(), name, stratum: 0, register: None }
    };
    let frame = Frame { stations: (1..=12).map(station).collect(), strata: vec![String::new()], ..Frame::default() };
    let strata =
        vec![SampledStratum { name: String::new(), units: 12, drawn: (0..4).map(|place| vec![place]).collect() }];
    let mut contest = contest(lines);
    contest.copies[0].sample = Some(CopySample { frame, strata });
    run(&ThreeWay, contest).remove(0)
}

#[test]
fn only_a_sample_that_was_drawn_speaks_for_all_stations() {
    let lines = copies("observer", &[MOVED, SAME, MOVED, SAME]);
    let chosen = of(&lines).remove(0);
    assert!(chosen.value("all_stations_differing").is_none() && chosen.value("all_stations_margin").is_none());
    assert!(chosen.caveats.iter().any(|caveat| caveat.id == "three-way-caveat-chosen"));
    let whole = drawn(&lines);
    // Margins of 20, 0, 20, 0: a mean of 10 for each of 12 stations; s^2 = 400 / 3, v = 144 (1 - 4/12) (400/3) / 4 = 3,200, t on 3 degrees
    // of freedom 3.18245: 120 +- 180.03.
    assert!((real(&whole, "all_stations_differing") - 0.5).abs() < 1e-12);
    assert!((real(&whole, "all_stations_margin") - 120.0).abs() < 1e-9);
    let margin = whole.measures.iter().find(|measure| measure.name == "all_stations_margin").expect("a margin");
    let interval = margin.interval.as_ref().expect("an interval");
    assert!((interval.high - 300.03).abs() < 0.01 && (interval.low + 60.03).abs() < 0.01, "{interval:?}");
    // One of four has no copy: nothing is said of votes, and the interval holds both of what it may be.
    let partly = drawn(&lines[..3]);
    assert!(partly.value("all_stations_margin").is_none());
    let part = partly.measures.iter().find(|measure| measure.name == "all_stations_differing").expect("a part");
    let interval = part.interval.as_ref().expect("an interval");
    assert!(interval.low <= 0.5 && interval.high >= 0.75, "{interval:?}");
}

#[test]
fn the_last_copy_is_shown() {
    let lines = [
        statement_at("a", 1, "observer", "2024-03-10T21:00Z", MOVED),
        statement_at("b", 1, "observer", "2024-03-10T22:00Z", MOVED),
    ];
    let finding = of(&lines).remove(0);
    assert_eq!((measured(&finding, "stations_with_copies"), measured(&finding, "copies_excluded")), (1, 1));
    assert!(format!("{:?}", finding.evidence).contains("2024-03-10T22:00:00Z"));
}
