//! Whole findings on small tables.

use adil_finding::Whose;
use adil_record::{OptionId, StationTable, Term, TurnoutReport};
use proptest::prelude::*;

use super::*;
use crate::sample::{column, contest, measured, real, run_on, stations, table};

/// A table with these series; the last number of each is the protocol's.
fn with(series: &[[u32; 4]]) -> StationTable {
    let cells = |point: usize| series.iter().map(|of_station| of_station[point]).collect::<Vec<u32>>();
    let registered = vec![1_000; series.len()];
    let mut table = table(&[(Term::Registered, &registered), (Term::Issued, &cells(3))], &[&cells(3)]);
    let times = ["10:00", "12:00", "18:00"];
    let report = |(point, time): (usize, &&str)| TurnoutReport {
        time: (*time).to_owned(),
        protocol: false,
        voters: column(&cells(point)),
    };
    table.turnout = times.iter().enumerate().map(report).collect();
    table
}

#[test]
fn impossible_series_are_counted_by_what_is_impossible() {
    let table = with(&[
        [100, 200, 300, 400],
        [100, 90, 300, 400],    // falls by 10
        [100, 200, 410, 400],   // ends above the protocol by 10
        [100, 0, 300, 250],     // both, and falls to zero
        [100, 200, 1001, 1001], // above the register
        [0, 0, 0, 400],         // nothing was reported
    ]);
    let findings = run_on(&Timeline, table);
    assert_eq!(findings.len(), 1, "too few series for a course");
    let names = [
        "series",
        "complete_series",
        "decreasing",
        "last_above_protocol",
        "above_register",
        "decreasing_and_above_protocol",
        "decreasing_to_zero",
    ];
    assert_eq!(names.map(|name| measured(&findings[0], name)), [6, 5, 2, 2, 1, 1, 1]);
    // Two of five: beyond 1.9 %, but too few rows to trust the reading.
    assert_eq!(findings[0].verdict, Verdict::Undecided(Reason::Descriptive));
}

#[test]
fn many_falling_series_are_contradicted_and_few_are_clerical() {
    let of = |falling: usize| {
        let series: Vec<[u32; 4]> =
            (0..200).map(|row| if row < falling { [100, 99, 300, 400] } else { [100, 200, 300, 400] }).collect();
        run_on(&Timeline, with(&series)).remove(0)
    };
    assert_eq!(of(0).verdict, Verdict::Proven);
    // scipy.stats.beta.ppf(.01, 4, 197) = 0.0041, below the 2.1 % of paper written by hand
    assert_eq!(of(4).verdict, Verdict::Undecided(Reason::Descriptive));
    // scipy.stats.beta.ppf(.01, 20, 181) = 0.056
    let beyond = of(20);
    assert_eq!(beyond.verdict, Verdict::Contradicted(Whose::Organisers));
    assert_eq!(beyond.subject.statements.len(), 2);
}

#[test]
fn without_reports_there_is_nothing_to_say() {
    let findings = run_on(&Timeline, table(&[], &[&[5], &[4]]));
    assert_eq!(findings[0].verdict, Verdict::Undecided(Reason::NoData));
}

/// Series of 100 stations that grow by about 100 and never by the same three numbers; station 7 with `added` voters more in the
/// second interval.
fn course_with(added: u32) -> StationTable {
    let series = (0..100u32).map(|row| {
        let (a, b, c) = (90 + row * 7 % 20, 90 + row * 11 % 21, 90 + row * 13 % 23);
        let more = if row == 7 { added } else { 0 };
        [a, a + b + more, a + b + c + more, a + b + c + more + 100 + row % 3]
    });
    with(&series.collect::<Vec<_>>())
}

#[test]
fn a_rise_is_found_where_it_is() {
    let plain = run_on(&Timeline, course_with(0)).remove(1);
    assert_eq!((measured(&plain, "sound_series"), measured(&plain, "spikes")), (100, 0));
    assert!(real(&plain, "spike_mean_e") < 1.0);
    let risen = run_on(&Timeline, course_with(400)).remove(1);
    assert_eq!(measured(&risen, "spikes"), 1);
    let place = risen.evidence.iter().find_map(|evidence| evidence.place.as_ref());
    assert_eq!(place.and_then(|place| place.row), Some(9), "station 8 stands in row 9");
}

#[test]
fn copied_series_are_found() {
    let mut series: Vec<[u32; 4]> = (0..40u32)
        .map(|row| {
            let (a, b, c) = (90 + row * 7 % 20, 120 + row * 11 % 21, 90 + row * 13 % 23);
            [a, a + b, a + b + c, a + b + c + 100 + row % 17]
        })
        .collect();
    let of = |series: &[[u32; 4]]| {
        let course = run_on(&Timeline, with(series)).remove(1);
        (measured(&course, "copied_pairs"), real(&course, "copied_expected"), real(&course, "p_copied"))
    };
    let before = of(&series);
    series[3] = series[5];
    series[15] = series[11];
    let after = of(&series);
    assert_eq!(after.0, before.0 + 2);
    assert!(after.1 < 0.5 && after.2 < before.2, "{before:?} {after:?}");
}

proptest! {
    #[test]
    fn no_series_makes_it_fall_over(
        cells in proptest::collection::vec(proptest::array::uniform4(prop_oneof![0u32..600, 0u32..1_000_000_000]), 1..50)
    ) {
        run_on(&Timeline, with(&cells));
    }

    #[test]
    fn the_names_of_districts_do_not_matter(shift in 1usize..9) {
        let of = |turned: bool| {
            let mut table = course_with(200);
            if turned {
                // The same ten stations together, under other names and in another order of districts.
                let order: Vec<usize> = (0..100).map(|row| (row + 10 * shift) % 100).collect();
                let select = |counts: &adil_record::Counts| counts.select(&order);
                table.turnout.iter_mut().for_each(|report| report.voters = select(&report.voters));
                table.lines.iter_mut().for_each(|(_, counts)| *counts = select(counts));
                table.votes = table.votes.iter().map(select).collect();
            }
            let mut contest = contest(&["A"]);
            contest.releases = vec![stations("final", adil_record::Status::Final, table)];
            let record = adil_record::Record { contests: vec![contest], ..adil_record::Record::default() };
            let settings = Settings::default();
            let view = ContestView::new(&record, &record.contests[0], &settings).expect("no side is named");
            let mut pieces = Timeline.pieces(&view, &settings);
            assert!(pieces.iter().all(|piece| piece.side.is_none_or(|side| side == OptionId(0))));
            pieces.sort_by(|a, b| (a.statistic, a.effect).partial_cmp(&(b.statistic, b.effect)).expect("numbers"));
            pieces.into_iter().map(|piece| (piece.statistic, piece.effect)).collect::<Vec<_>>()
        };
        for (plain, turned) in of(false).into_iter().zip(of(true)) {
            prop_assert!(plain.0 == turned.0 && (plain.1 - turned.1).abs() < 1e-6);
        }
    }
}
