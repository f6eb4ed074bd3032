//! Three tables and a page.

use adil_finding::{Figure, Finding, Reason, Verdict};
use adil_record::{Contest, Release, Status};

use super::OverTime;
use crate::copies::sample::{contest_with, statement_at};
use crate::sample::{measured, real, run, stations, table};

fn at(id: &str, status: Status, time: &str, votes: &[&[u32]]) -> Release {
    Release { time: Some(time.into()), ..stations(id, status, table(&[], votes)) }
}

fn of(releases: Vec<Release>, lines: &[String]) -> Vec<Finding> {
    let contest: Contest = contest_with(&[&[60, 30, 50, 5], &[40, 70, 20, 5]], lines);
    run(&OverTime, Contest { releases, ..contest })
}

/// Station 1 is changed at 23:00 by 10 and at 01:30 back by 10 and on by 4 of B alone; 3 comes at 23:00; 4 is never seen.
fn night() -> Vec<Release> {
    vec![
        at("a", Status::Night, "2024-03-10T21:00Z", &[&[50, 30, 0], &[50, 70, 0]]),
        at("b", Status::Night, "2024-03-10T23:00Z", &[&[60, 30, 50], &[40, 70, 20]]),
        at("c", Status::Final, "2024-03-11T01:30Z", &[&[50, 30, 50], &[54, 70, 20]]),
    ]
}

#[test]
fn changes_are_told_by_hour_and_side() {
    let findings = of(night(), &[]);
    let changed = &findings[0];
    assert_eq!((changed.statement.id, changed.verdict), ("over-time-changed", Verdict::Undecided(Reason::Changed)));
    let names =
        ["official_times", "stations_seen_again", "stations_changed_later", "later_changes", "later_votes_moved"];
    // 10 of both at 23:00; at 01:30 A loses 10 and B gains 14: 14.
    assert_eq!(names.map(|name| measured(changed, name)), [3, 3, 1, 2, 24]);
    // B has 144 votes in the last table and A 130: B is tested. -10 + 14.
    assert_eq!(measured(changed, "later_leader_net"), 4);
    let hours: Vec<String> = changed
        .evidence
        .iter()
        .filter(|line| line.statement.id == "over-time-hour")
        .map(|line| format!("{:?}", line.statement.args))
        .collect();
    assert_eq!(hours.len(), 2);
    assert!(hours[0].contains("2024-03-10T23:00:00Z") && hours[1].contains("2024-03-11T01:00:00Z"), "{hours:?}");
    let Some(Figure::Histogram(figure)) = changed.figures.first() else { panic!("a figure") };
    // Hours 21, 22, 23, 0 and 1.
    assert_eq!(figure.series[0].values, [0.0, 0.0, 1.0, 0.0, 1.0]);
}

#[test]
fn late_stations_are_set_beside_early_ones() {
    let late = of(night(), &[]).remove(1);
    assert_eq!(late.statement.id, "over-time-late");
    assert_eq!(["late_stations", "early_stations", "late_votes"].map(|name| measured(&late, name)), [1, 2, 70]);
    // B: 20 of 70 in station 3; 54 + 70 of 204 in 1 and 2, all of one district.
    assert!((real(&late, "late_share") - 20.0 / 70.0).abs() < 1e-12);
    assert!((real(&late, "late_within") - 100.0 * (20.0 / 70.0 - 124.0 / 204.0)).abs() < 1e-9);
}

#[test]
fn two_tables_are_compared_elsewhere_unless_somebody_watched_the_site() {
    let two = || night().drain(1..).collect::<Vec<_>>();
    assert!(of(two(), &[]).is_empty(), "no station is late, and copies/compare has the pair");
    let without_times: Vec<Release> =
        night().into_iter().map(|release| Release { time: Some("10 March".into()), ..release }).collect();
    assert!(of(without_times, &[]).is_empty());
    let page = |entries: &[&str]| vec![statement_at("p", 2, "official-site", "2024-03-11T00:10Z", entries)];
    let seen = of(two(), &page(&["ash 33 70", "birch 33 70"])).remove(0);
    // 30 to 33 and back.
    let names = ["official_times", "stations_seen_again", "later_changes", "later_votes_moved"];
    assert_eq!(names.map(|name| measured(&seen, name)), [3, 3, 3, 20]);
    assert!(of(two(), &page(&["ash 33 70"])).is_empty(), "one entry may be an error");
    let same = of(two().drain(1..).collect(), &[page(&["ash 30 70", "birch 30 70"]), vec![]].concat()).remove(0);
    assert_eq!((same.statement.id, same.verdict), ("over-time-same", Verdict::Undecided(Reason::Descriptive)));
}
