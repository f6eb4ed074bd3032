//! Small tables of stations.

use adil_finding::{Reason, Unit, Verdict, Whose};
use adil_record::{Contest, Release, Status};

use super::Compare;
use crate::sample::{contest, measured, real, run, stations, table};

#[test]
fn stations_are_matched_and_their_changes_counted() {
    // Station 3 is only in the final table; 1 was blank on the night; 2 moved by +4 and -1.
    let night = table(&[], &[&[0, 40], &[0, 31]]);
    let last = table(&[], &[&[50, 44, 20], &[20, 30, 10]]);
    let releases = vec![stations("quick", Status::Night, night), stations("final", Status::Final, last)];
    let findings = run(&Compare, Contest { releases, ..contest(&["A", "B"]) });
    let tables = &findings[0];
    assert_eq!(tables.verdict, Verdict::Undecided(Reason::Changed));
    let names =
        ["stations_compared", "stations_only_tested", "stations_only_other", "stations_contradicted", "stations_blank"];
    assert_eq!(names.map(|name| measured(tables, name)), [2, 1, 0, 2, 1]);
    // A: +50 and +4; B: +20 and -1; the margin: +30 and +5
    let names =
        ["leader_up", "leader_down", "leader_net", "margin_up", "margin_net", "cells_differing", "votes_changed"];
    assert_eq!(names.map(|name| measured(tables, name)), [2, 0, 54, 2, 35, 4, 75]);
    // two of two in one direction: 2 * (1/2)^2
    assert!((real(tables, "margin_p") - 0.5).abs() < 1e-12);
    let p = tables.measures.iter().find(|measure| measure.name == "margin_p").expect("it is there");
    assert_eq!(p.unit, Unit::Probability);
}

#[test]
fn directions_have_the_power_of_their_test() {
    // Of six changes all must go one way for 2 / 2^6 = .031: with probability .8 if each does so with .8^(1/6) = .9635.
    let earlier = table(&[], &[&[100; 7], &[50; 7]]);
    let later = table(&[], &[&[101, 101, 101, 101, 101, 101, 100], &[50; 7]]);
    let releases = vec![stations("quick", Status::Night, earlier), stations("final", Status::Final, later)];
    let findings = run(&Compare, Contest { releases, ..contest(&["A", "B"]) });
    assert!((real(&findings[0], "margin_detectable") - 0.8f64.powf(1.0 / 6.0)).abs() < 1e-6);
    assert!((real(&findings[0], "margin_p") - 2.0 / 64.0).abs() < 1e-12);
    // Five changes can never be that unlikely: 2 / 2^5 = .0625.
    assert_eq!(super::comparison::detectable(5), None);
}

#[test]
fn a_part_of_the_papers_excludes_only_a_smaller_whole() {
    // Photographs of 30 of 50, and of 12 of 10: two more than there are.
    let photographs = table(&[], &[&[30, 12], &[0, 0]]);
    let count = table(&[], &[&[50, 10], &[20, 80]]);
    let photographs = Release { partial: true, ..stations("photographs", Status::Copy, photographs) };
    let releases = vec![stations("final", Status::Final, count), photographs];
    let finding = run(&Compare, Contest { releases, ..contest(&["A", "B"]) }).remove(0);
    assert_eq!((finding.statement.id, finding.verdict), ("copies-above", Verdict::Contradicted(Whose::ThirdParties)));
    let names = ["stations_compared", "stations_contradicted", "cells_compared", "cells_differing", "votes_changed"];
    assert_eq!(names.map(|name| measured(&finding, name)), [2, 1, 4, 1, 2]);
    assert_eq!(finding.subject.statements.len(), 2, "its subject is the pair");
    assert!(finding.value("margin_p").is_none(), "a part has no direction");
}

#[test]
fn every_pair_of_tables_is_compared_and_options_where_they_stood() {
    // C has no vote in any table: it did not stand.
    let of = |a: u32| table(&[], &[&[a, 40], &[20, 31], &[0, 0]]);
    let releases = vec![
        stations("first", Status::Night, of(1)),
        stations("second", Status::Night, of(2)),
        stations("final", Status::Final, of(4)),
    ];
    let findings = run(&Compare, Contest { releases, ..contest(&["A", "B", "C"]) });
    assert_eq!(findings.len(), 3);
    assert_eq!(findings.iter().map(|finding| measured(finding, "votes_changed")).collect::<Vec<_>>(), [3, 2, 1]);
    assert!(findings.iter().all(|finding| measured(finding, "cells_compared") == 4));
}
