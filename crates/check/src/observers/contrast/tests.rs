use adil_finding::{Finding, Value, Verdict};
use adil_record::{
    Area, Contest, Coordinates, DescribedAssignment, Names, ObserverBook, Observers, OneOrMany, Publisher, Record,
    Status, Term,
};

use super::Contrast;
use crate::observers::tests::rows;
use crate::sample::{contest, stations, table};
use crate::{Check, ContestView, Settings};

/// Eighty stations in four districts; station i has 500 + i voters, of whom `voted(i)` took part, half for each side.
fn country(voted: impl Fn(u32) -> u32) -> Contest {
    let count = 0..80u32;
    let registered: Vec<u32> = count.clone().map(|i| 500 + i).collect();
    let issued: Vec<u32> = count.clone().map(&voted).collect();
    let half: Vec<u32> = issued.iter().map(|voters| voters / 2).collect();
    let rest: Vec<u32> = issued.iter().zip(&half).map(|(voters, half)| voters - half).collect();
    let mut table = table(&[(Term::Registered, &registered), (Term::Issued, &issued)], &[&half, &rest]);
    let (mut districts, mut names) = (Area { level: "district".to_owned(), ..Area::default() }, Names::default());
    for i in count.clone() {
        districts.names.push(&format!("d{}", i % 4));
        names.push(&i.to_string());
    }
    (table.areas, table.stations) = (vec![districts], names);
    table.coordinates = count.map(|i| Coordinates::new(50.0, 70.0 + 0.01 * f64::from(i))).collect();
    Contest { releases: vec![stations("final", Status::Final, table)], ..contest(&["A", "B"]) }
}

fn found(contest: Contest, of: impl Fn(&mut ObserverBook) -> Option<adil_record::Assignment>) -> Vec<Finding> {
    let tables = contest.releases.iter().filter_map(|release| release.stations.as_ref());
    let mut book = ObserverBook::of_tables(tables);
    let assignment = of(&mut book);
    let publisher = Publisher { name: "Observers".to_owned(), ..Publisher::default() };
    let observers = Observers { publisher, book: book.finished(), assignment, ..Observers::default() };
    let record = Record { contests: vec![contest], observers: vec![observers], ..Record::default() };
    let view = ContestView::new(&record, &record.contests[0], &Settings::default()).expect("no side is named");
    Contrast.run(&view, &Settings::default())
}

fn real(finding: &Finding, name: &str) -> f64 {
    match finding.value(name) {
        Some(Value::Real(value)) => *value,
        Some(Value::Count(count)) => *count as f64,
        other => panic!("{name} is {other:?}"),
    }
}

/// Incidents at the stations that `is_at` names.
fn incidents(book: &mut ObserverBook, is_at: impl Fn(u32) -> bool) -> Option<adil_record::Assignment> {
    let line = |i: u32| format!("{{\"id\":\"i{i}\",\"station\":\"{i}\",\"code\":\"V5\"}}\n");
    let lines: String = (0..80).filter(|&i| is_at(i)).map(line).collect();
    book.read_incident_lines("incidents.jsonl", Default::default(), &mut lines.as_bytes()).expect("lines");
    None
}

#[test]
fn a_difference_within_districts_is_told_with_what_could_hide_behind_it() {
    // Where there are incidents, at every eighth and the one after the next, 320 voters took part, elsewhere 260.
    let exposed = |i: u32| i % 8 < 4;
    let all = found(country(|i| if exposed(i) { 320 } else { 260 }), |book| incidents(book, exposed));
    assert_eq!(all.len(), 1);
    let line =
        all[0].evidence.iter().find(|line| line.values.contains(&("outcome", Value::Text("turnout".to_owned()))));
    let line = line.expect("turnout is compared");
    assert_eq!(line.statement.id, "contrast-line-found");
    let value = |name: &str| line.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    assert_eq!(value("pairs"), Some(Value::Count(40)));
    // The registers are from 500 to 579: sums of 320 and 260 by them.
    let turnout = |with: bool| {
        let group = || (0..80u32).filter(|&i| exposed(i) == with);
        let voters: u32 = group().map(|i| if exposed(i) { 320 } else { 260 }).sum();
        f64::from(voters) / f64::from(group().map(|i| 500 + i).sum::<u32>())
    };
    assert_eq!(
        (value("with"), value("without")),
        (Some(Value::Real(turnout(true))), Some(Value::Real(turnout(false))))
    );
    // Forty pairs that all go one way: the two-sided p-value is 2/2^40.
    let Some(Value::Real(p)) = value("p") else { panic!("there is a p-value") };
    assert!((p - 2.0 * 0.5f64.powi(40)).abs() < 1e-20, "{p}");
    assert!(!matches!(all[0].verdict, Verdict::Anomalous), "nobody drew these stations");
}

#[test]
fn no_difference_says_nothing_either() {
    let exposed = |i: u32| i % 8 < 4;
    // Turnout is from 60 to 64 %, whatever was reported.
    let all = found(country(|i| (500 + i) * (60 + i * 7 % 5) / 100), |book| incidents(book, exposed));
    assert!(all[0].evidence.iter().all(|line| line.statement.id == "contrast-line"));
    assert!(all[0].caveats.iter().any(|caveat| caveat.id == "contrast-caveat-nothing"));
    assert_eq!(real(&all[0], "contrasts_found"), 0.0);
}

/// A drawing of the stations that `is_drawn` names, in strata that are the districts.
fn drawing(book: &mut ObserverBook, is_drawn: impl Fn(u32) -> bool) -> Option<adil_record::Assignment> {
    let described: DescribedAssignment =
        toml::from_str("file = 'a.csv'\nassigned = 'drawn'\nstratum = 'district'\nrings = [1.0]").expect("described");
    let line = |i: u32| format!("\n{i},d{},{}", i % 4, u8::from(is_drawn(i)));
    let text: String = std::iter::once("station,district,drawn".to_owned()).chain((0..80).map(line)).collect();
    let station = OneOrMany::One("station".to_owned());
    book.read_assignment("a.csv", &described, &station, &mut rows(&text)).ok()
}

/// A quarter of each district, drawn by a generator of our own: the upper bits of a linear congruence.
fn is_drawn(i: u32) -> bool {
    let mut ranks: Vec<(u32, u32)> =
        (0..20).map(|k| 4 * k + i % 4).map(|j| (j.wrapping_mul(2_654_435_761).rotate_left(7), j)).collect();
    ranks.sort_unstable();
    ranks.iter().take(5).any(|(_, j)| *j == i)
}

#[test]
fn a_drawing_that_changes_turnout_is_beyond_chance() {
    // Seven points less where observers were drawn; a station more or less has little noise of its own.
    let voted = |i: u32| (500 + i) * (if is_drawn(i) { 53 } else { 60 } + i * 7 % 5) / 100;
    let all = found(country(voted), |book| drawing(book, is_drawn));
    let turnout =
        all.iter().find(|finding| {
            finding.value("drawn_p").is_some()
                && finding.statement.args.iter().any(
                    |(_, arg)| matches!(arg, adil_finding::Arg::Message(message) if message.id == "outcome-turnout"),
                )
        });
    let turnout = turnout.expect("turnout was tested");
    assert!(matches!(turnout.verdict, Verdict::Anomalous), "{turnout:?}");
    let difference = real(turnout, "drawn_difference");
    assert!((difference + 7.0).abs() < 1.5, "{difference}");
    let interval = turnout.measures.iter().find(|measure| measure.name == "drawn_difference");
    let interval = interval.and_then(|measure| measure.interval.clone()).expect("an interval");
    assert!(interval.low <= -7.0 && -7.0 <= interval.high + 0.2, "{interval:?}");
    assert!(turnout.evidence.iter().any(|line| line.statement.id == "contrast-ring"), "stations have places");
}

#[test]
fn a_drawing_that_changes_nothing_is_not() {
    let voted = |i: u32| (500 + i) * (60 + i * 7 % 5) / 100;
    let all = found(country(voted), |book| drawing(book, is_drawn));
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|finding| matches!(finding.verdict, Verdict::Unremarkable | Verdict::Undecided(_))));
    // Turnout is from 60 to 64 %, so that an effect of two points is excluded.
    assert!(all.iter().any(|finding| matches!(finding.verdict, Verdict::Unremarkable)));
}
