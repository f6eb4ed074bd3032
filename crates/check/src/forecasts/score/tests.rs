//! Forecasts of small contests, worked out by hand.

use adil_finding::{Finding, Reason, Value, Verdict};
use adil_record::{
    Contest, ForecastBook, ForecastDraft, ForecastTerms, Forecasts, KeptForecast, Moment, Nonce, Previous,
    PublisherKind, Quantity, Record, Status, commitment_line,
};

use super::Score;
use crate::sample::{contest, count, measured, real, release, run, votes};
use crate::{Check, ContestView, Settings};

fn moment(text: &str) -> Moment {
    Moment::parse(text).expect("a time")
}

const CLOSE: &str = "2024-03-10T20:00Z";

fn kept(forecaster: &str, forecast: &str, number: u8) -> KeptForecast {
    let draft = ForecastDraft::parse(&format!("contest = \"c\"\nforecaster = {forecaster:?}\n{forecast}"));
    KeptForecast { draft: draft.expect("a sound forecast"), nonce: Nonce::new([number; 32]) }
}

/// The lines of forecasts that are committed to at these hours of the last day, and revealed.
fn lines(all: &[(&str, u32, &str)]) -> String {
    let all: Vec<(KeptForecast, u32)> =
        all.iter().zip(0..).map(|((name, hour, said), number)| (kept(name, said, number), *hour)).collect();
    let commitments = all.iter().map(|(kept, hour)| {
        commitment_line("c", &kept.draft.forecaster, moment(&format!("2024-03-10T{hour:02}:00Z")), kept.digest())
    });
    let reveals = all.iter().map(|(kept, _)| kept.reveal_line(moment("2024-03-10T21:00Z")));
    commitments.chain(reveals).collect()
}

fn book(text: &str) -> ForecastBook {
    let options = vec!["a".to_owned(), "b".to_owned()];
    let contests = vec!["c".to_owned()];
    ForecastBook::read(
        text,
        &ForecastTerms { contest: "c".into(), contests, options, close: moment(CLOSE), reveal_by: None },
    )
}

/// A has 600 of 1,000 votes, of 2,000 registered.
fn with(text: &str, previous: Option<Previous>) -> Contest {
    let forecasts = Forecasts { file: "forecasts.jsonl".into(), close: moment(CLOSE), book: book(text), previous };
    let figures = vec![
        count(votes(0), 600),
        count(votes(1), 400),
        count(Quantity::Voted, 1000),
        count(Quantity::Registered, 2000),
    ];
    let last = release("final", PublisherKind::Organiser, Status::Final, figures);
    Contest { releases: vec![last], forecasts: Some(forecasts), ..contest(&["A", "B"]) }
}

fn scored(all: &[(&str, u32, &str)]) -> Finding {
    run(&Score, with(&lines(all), None)).remove(0)
}

/// A number of a forecaster's row.
fn of(finding: &Finding, name: &str, value: &str) -> Option<f64> {
    let is_own = |values: &&Vec<(&str, Value)>| values.contains(&("forecaster", Value::Text(name.to_owned())));
    let row = finding.evidence.iter().map(|evidence| &evidence.values).find(is_own).expect("the forecaster has a row");
    row.iter().find_map(|(known, number)| match number {
        Value::Real(number) if *known == value => Some(*number),
        _ => None,
    })
}

fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} and {expected}");
}

const WINNER: &str = "winner = { a = 0.8, b = 0.2 }";

#[test]
fn a_point_forecast_loses_its_error() {
    let said =
        "shares = { a = { mean = 0.55, sd = 0 }, b = { mean = 0.45, sd = 0 } }\nturnout = { mean = 0.6, sd = 0 }";
    let finding = scored(&[("one", 8, &format!("{WINNER}\n{said}"))]);
    assert_eq!(finding.verdict, Verdict::Undecided(Reason::Descriptive));
    // -ln 0.8; 0.2^2 + 0.2^2; |0.6 - 0.55|, meaned over two; the length of (0.05, 0.05); |0.5 - 0.6|.
    assert_near(of(&finding, "one", "log").expect("a score"), -(0.8f64.ln()));
    assert_near(of(&finding, "one", "brier").expect("a score"), 0.08);
    assert_near(of(&finding, "one", "crps").expect("a score"), 0.05);
    assert_near(of(&finding, "one", "energy").expect("a score"), 0.005f64.sqrt());
    assert_near(of(&finding, "one", "turnout_crps").expect("a score"), 0.1);
    // The crowd of one is the one.
    assert_near(real(&finding, "forecast_crowd_crps"), 0.05);
    // One who knows nothing has 1/2 for each: Brier 1/4 + 1/4, so that 1 - 0.08/0.5 is saved.
    assert_near(real(&finding, "forecast_skill_brier"), 0.84);
    // Of a share evenly distributed between 0 and 1: y - y^2 ... = (y^3 + (1-y)^3)/3 = (0.216 + 0.064)/3.
    assert_near(real(&finding, "forecast_skill_crps"), 1.0 - 0.05 / (0.28 / 3.0));
    // The result is outside what was said for certain.
    assert_near(real(&finding, "forecast_share_tail"), 0.0);
    assert_eq!(finding.figures.len(), 1);
}

#[test]
fn the_crowd_is_the_mean() {
    let finding = scored(&[("one", 8, WINNER), ("two", 9, "winner = { a = 0.4, b = 0.6 }")]);
    assert_near(real(&finding, "forecast_winner_probability"), 0.6);
    assert_near(real(&finding, "forecast_crowd_brier"), 0.32);
    // 0.8 against the other's 0.4: twice as likely, far below 2/0.025.
    assert_near(of(&finding, "one", "winner_e").expect("an e-value"), 2.0);
    assert_eq!(measured(&finding, "forecast_better"), 0);
    assert!(finding.evidence.iter().any(|one| one.statement.id == "forecast-known-winner"));
}

#[test]
fn one_who_knew_what_all_others_thought_impossible_is_found() {
    // 0.9 against 0.005: 180 times, where 3/0.025 = 120 are needed.
    let others = "winner = { a = 0.005, b = 0.995 }";
    let finding = scored(&[("one", 8, "winner = { a = 0.9, b = 0.1 }"), ("three", 9, others), ("two", 9, others)]);
    assert_eq!(measured(&finding, "forecast_better"), 1);
    // Two more who commit and do not reveal are counted: 180 is below 5/0.025.
    let all = [("one", 8, "winner = { a = 0.9, b = 0.1 }"), ("three", 9, others), ("two", 9, others)];
    let silent = ["four", "five"].map(|name| {
        let kept = kept(name, WINNER, 90);
        commitment_line("c", name, moment("2024-03-10T07:00Z"), kept.digest())
    });
    let finding = run(&Score, with(&(silent.concat() + &lines(&all)), None)).remove(0);
    assert_eq!((measured(&finding, "forecast_better"), measured(&finding, "forecast_forecasters")), (0, 5));
    assert_eq!(measured(&finding, "forecast_revealed"), 3);
}

#[test]
fn one_who_knew_the_share_is_found_among_those_who_did_not() {
    let vague = |mean: f64| {
        format!("shares = {{ a = {{ mean = {mean}, sd = 0.05 }}, b = {{ mean = {}, sd = 0.05 }} }}", 1.0 - mean)
    };
    let exact = "shares = { a = { mean = 0.6, sd = 0.001 }, b = { mean = 0.4, sd = 0.001 } }";
    let (low, lower) = (vague(0.45), vague(0.4));
    let finding = scored(&[("knower", 8, exact), ("low", 9, &low), ("lower", 9, &lower)]);
    assert!(of(&finding, "knower", "shares_p").expect("a probability") < 0.025);
    assert_eq!(measured(&finding, "forecast_better"), 1);
    // Where all are as vague, nobody is better.
    let finding = scored(&[("middle", 8, &vague(0.5)), ("low", 9, &low), ("lower", 9, &lower)]);
    assert_eq!(measured(&finding, "forecast_better"), 0);
}

#[test]
fn revisions_weigh_by_the_time_that_they_stood() {
    // 8 to 17 o'clock with 0.8 and 17 to 20 o'clock with 0.5: (9 * 0.223 + 3 * 0.693)/12.
    let finding = scored(&[("one", 8, WINNER), ("one", 17, "winner = { a = 0.5, b = 0.5 }")]);
    assert_near(of(&finding, "one", "log").expect("a score"), -(0.5f64.ln()));
    assert_near(
        of(&finding, "one", "log_over_time").expect("a score"),
        -(9.0 * 0.8f64.ln() + 3.0 * 0.5f64.ln()) / 12.0,
    );
}

#[test]
fn the_last_commitment_counts_even_where_it_is_not_revealed() {
    let text = lines(&[("one", 8, WINNER), ("one", 9, "winner = { a = 0.5, b = 0.5 }")]);
    let without_last: String = text.lines().take(3).map(|line| format!("{line}\n")).collect();
    let finding = run(&Score, with(&without_last, None)).remove(0);
    assert_eq!(finding.verdict, Verdict::Undecided(Reason::NoData));
    assert_eq!(finding.statement.id, "forecast-none-revealed");
    assert_eq!((measured(&finding, "forecast_commitments"), measured(&finding, "forecast_revealed")), (2, 0));
}

#[test]
fn a_probability_of_nothing_is_scored_at_the_floor_and_told() {
    let finding = scored(&[("one", 8, "winner = { b = 1 }")]);
    assert_near(of(&finding, "one", "log").expect("a score"), 1e6f64.ln());
    assert_eq!(measured(&finding, "forecast_floored"), 1);
}

#[test]
fn the_election_before_is_a_baseline() {
    let previous = Previous { source: None, shares: vec![0.5, 0.5], turnout: Some(0.7) };
    let said =
        "shares = { a = { mean = 0.55, sd = 0 }, b = { mean = 0.45, sd = 0 } }\nturnout = { mean = 0.4, sd = 0 }";
    let finding = run(&Score, with(&lines(&[("one", 8, said)]), Some(previous))).remove(0);
    // 0.05 where the election before loses 0.1; turnout 0.1 where it loses 0.2.
    assert_near(real(&finding, "forecast_skill_crps_before"), 0.5);
    assert_near(real(&finding, "forecast_skill_turnout_before"), 0.5);
}

#[test]
fn broken_lines_are_shown_and_a_contest_without_forecasts_says_nothing() {
    let finding = run(&Score, with(&format!("{}nonsense\n", lines(&[("one", 8, WINNER)])), None)).remove(0);
    assert_eq!(measured(&finding, "forecast_set_aside"), 1);
    let aside = finding.evidence.last().expect("evidence");
    assert_eq!(aside.place.as_ref().and_then(|place| place.row), Some(3));
    assert!(run(&Score, Contest { forecasts: None, ..with("", None) }).is_empty());
    let no_result = Contest { releases: Vec::new(), ..with(&lines(&[("one", 8, WINNER)]), None) };
    assert_eq!(run(&Score, no_result)[0].statement.id, "forecast-no-result");
}

#[test]
fn scores_over_contests_have_an_interval() {
    // A wins everywhere: of a probability p it has the Brier score 2 (1 - p)^2, and of one half 1/2.
    let given = [0.9, 0.8, 0.7, 0.6, 0.4];
    let of = |p: f64| with(&lines(&[("one", 8, &format!("winner = {{ a = {p}, b = {:.1} }}", 1.0 - p))]), None);
    let record = |count: usize| {
        let contests = given.iter().take(count).map(|&p| of(p)).enumerate();
        let named = contests.map(|(number, contest)| Contest { id: format!("c{number}"), ..contest });
        Record { contests: named.collect(), ..Record::default() }
    };
    let findings = |record: &Record, at: usize| {
        let settings = Settings::default();
        let view = ContestView::new(record, &record.contests[at], &settings).expect("no side is named");
        Score.run(&view, &settings).remove(0)
    };
    let all = record(5);
    let first = findings(&all, 0);
    let losses: Vec<f64> = given.iter().map(|p| 2.0 * (1.0 - p) * (1.0 - p)).collect();
    assert_near(real(&first, "forecast_mean_brier"), losses.iter().sum::<f64>() / 5.0);
    assert_near(real(&first, "forecast_mean_skill_brier"), 1.0 - losses.iter().sum::<f64>() / 2.5);
    let measure = first.measures.iter().find(|measure| measure.name == "forecast_mean_brier").expect("a measure");
    let interval = measure.interval.as_ref().expect("an interval");
    // No mean lies beyond the smallest and the largest loss, and draws of five differ.
    assert!(
        0.02 <= interval.low && interval.low < 0.264 && 0.264 < interval.high && interval.high <= 0.72,
        "{interval:?}"
    );
    assert!(first.evidence.iter().any(|line| line.statement.id == "forecast-questions-brier"));
    // It is said once, and not of four contests.
    assert_eq!(findings(&all, 1).value("forecast_mean_brier"), None);
    assert_eq!(findings(&record(4), 0).value("forecast_mean_brier"), None);
}
