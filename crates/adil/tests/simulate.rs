//! Simulated elections are read back whole, and their truth is not.

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use adil_laboratory::{Fitted, Injected, Parameters, Regions, Scenario, inject};
use adil_open::{Limits, open_record};
use adil_record::{Counts, Record, StationTable, Term};
use program::{adil, check, findings, text};
use serde_json::Value;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn opened(paths: &[PathBuf]) -> Record {
    open_record(paths, &Limits::default(), &()).expect("the record can be read").record
}

fn tested(record: &Record) -> &StationTable {
    record.contests[0].tested().and_then(|release| release.stations.as_ref()).expect("stations")
}

/// Everything that a table says of its stations, by column.
fn said(table: &StationTable) -> BTreeMap<String, Vec<String>> {
    let mut said = BTreeMap::new();
    let counts = |counts: &Counts| counts.iter().map(|count| format!("{count:?}")).collect::<Vec<_>>();
    let rows = 0..table.len();
    said.insert("station".to_owned(), rows.clone().map(|row| table.stations.get(row).to_owned()).collect());
    for area in &table.areas {
        let names = rows.clone().map(|row| area.names.get(row).to_owned()).collect();
        said.insert(format!("area {}", area.level), names);
    }
    for report in &table.turnout {
        said.insert(format!("voted by {} {}", report.time, report.protocol), counts(&report.voters));
    }
    said.insert("machine".to_owned(), table.counted_by_machine.iter().map(|mark| format!("{mark:?}")).collect());
    said.insert("point".to_owned(), table.coordinates.iter().map(|point| format!("{point:?}")).collect());
    for (name, names) in &table.extra {
        said.insert(format!("text {name}"), rows.clone().map(|row| names.get(row).to_owned()).collect());
    }
    table.lines.iter().for_each(|(term, column)| drop(said.insert(term.id().to_owned(), counts(column))));
    table.votes.iter().enumerate().for_each(|(at, column)| drop(said.insert(format!("option {at}"), counts(column))));
    said
}

fn assert_same(read: &StationTable, expected: &StationTable) {
    let (read, expected) = (said(read), said(expected));
    assert_eq!(read.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (column, cells) in &expected {
        let differs = cells.iter().zip(&read[column]).position(|(a, b)| a != b);
        assert_eq!((differs, cells.len()), (None, read[column].len()), "{column}");
    }
}

fn simulate(arguments: &[&str], out: &Path) {
    let call = adil(&[&["simulate"], arguments, &["--out", text(out)]].concat());
    assert_eq!(call.status, 0, "{}", call.err);
    assert!(call.out.contains("adil check"), "{}", call.out);
}

/// A parameter file with awkward names: a comma, quotation marks, the name of a line, two that differ by case.
fn awkward() -> Parameters {
    let mut parameters =
        Parameters { stations: 300, regions: 4, title: "A \"trial\", small".into(), ..Parameters::default() };
    let names = ["Unity, the \"First\"", "registered", "Valid", "valid", "Ынтымақ"];
    parameters.option.iter_mut().zip(names).for_each(|(option, name)| option.name = name.to_owned());
    parameters
}

#[test]
fn what_is_written_is_read_back_whole() {
    let (place, parameters) = (folder(), awkward());
    let file = place.path().join("country.toml");
    fs::write(&file, toml::to_string(&parameters).expect("parameters are TOML")).expect("a file");
    for technique in Injected::ALL {
        let out = place.path().join(technique.id());
        let call =
            ["--technique", technique.id(), "--strength", "0.2", "--spread", "0.5", "--side", "first", "--seed", "9"];
        simulate(&[&[text(&file)], &call[..]].concat(), &out);

        let mut expected = parameters.draw(9).expect("parameters in range");
        let scenario = Scenario { technique, side: 0, strength: 0.2, spread: 0.5, regions: Regions::All, seed: 9 };
        let mut injection = inject(&expected, &scenario).expect("the scenario fits");
        injection.swap(&mut expected);
        let record = opened(std::slice::from_ref(&out));
        assert_same(tested(&record), &expected);
        assert!(
            record.title.starts_with("A \"trial\", small")
                && record.inputs.iter().all(|input| !input.path.contains("truth"))
        );
        let names: Vec<&str> = record.contests[0].options.iter().map(|option| option.name.as_str()).collect();
        assert_eq!(names, parameters.option.iter().map(|option| option.name.as_str()).collect::<Vec<_>>());
        let truth: Value =
            serde_json::from_str(&fs::read_to_string(out.join("truth/truth.json")).expect("a truth")).expect("JSON");
        assert_eq!(truth["totals"]["added"], injection.truth.totals.added);
        assert_eq!(truth["totals"]["switched"], injection.truth.totals.switched);
        assert_eq!(truth["side"], "Unity, the \"First\"");
        let by_station = fs::read_to_string(out.join("truth/truth.csv")).expect("a truth");
        assert_eq!(by_station.lines().count(), 301);
    }
}

#[test]
fn an_honest_country_can_be_checked() {
    let place = folder();
    let out = place.path().join("honest");
    simulate(&["--stations", "500"], &out);
    let report = check(&[text(&out), "--only", "stations/totals"]);
    let measures = &findings(&report, "stations/totals")[0]["measures"];
    let expected = Parameters { stations: 500, ..Parameters::default() }.draw(1).expect("parameters in range");
    assert_eq!(measures["stations"], 500);
    assert_eq!(measures["registered"], expected.line(Term::Registered).map_or(0, Counts::sum));
    assert_eq!(measures["leader_votes"], expected.votes.iter().map(Counts::sum).max().unwrap_or(0));
    // The same seed gives the same bytes, another one does not.
    let (again, other) = (place.path().join("again"), place.path().join("other"));
    simulate(&["--stations", "500", "--seed", "1"], &again);
    simulate(&["--stations", "500", "--seed", "2"], &other);
    for file in ["stations.csv", "election.toml", "truth/truth.csv", "truth/truth.json"] {
        let bytes = |folder: &Path| fs::read(folder.join(file)).expect("a file");
        assert_eq!(bytes(&out), bytes(&again), "{file}");
    }
    assert_ne!(fs::read(out.join("stations.csv")).ok(), fs::read(other.join("stations.csv")).ok());
}

#[test]
fn stations_that_checks_point_to_are_written_one_a_line() {
    let folder = folder();
    let (country, table) = (folder.path().join("country"), folder.path().join("pointed.csv"));
    simulate(&["--stations", "2000", "--technique", "stuffing", "--strength", "0.3", "--spread", "0.05"], &country);
    let call = adil(&["check", text(&country), "--stations", text(&table), "--exit-zero"]);
    assert_eq!(call.status, 0, "{}", call.err);
    let written = fs::read_to_string(&table).expect("the table was written");
    let mut lines = written.lines();
    let header = "contest,input,row,station,checks,listed_for,e_stuffed,e_switched,local_rate,reasons,from";
    assert_eq!(lines.next(), Some(header));
    // The truth lies beside the table: the row of each station, and the ballots added there.
    let truth = fs::read_to_string(country.join("truth").join("truth.csv")).expect("the truth was written");
    let field = |line: &str, number: usize| line.split(',').nth(number).unwrap_or_default().to_owned();
    let added = truth.lines().next().and_then(|header| header.split(',').position(|name| name == "added"));
    let added = added.expect("the truth has a column of ballots added");
    let stuffed: std::collections::BTreeSet<String> =
        truth.lines().skip(1).filter(|line| field(line, added) != "0").map(|line| field(line, 0)).collect();
    assert!(stuffed.len() > 50, "{}", stuffed.len());
    // Paths and titles of this test hold no comma.
    let listed: Vec<String> =
        lines.clone().filter(|line| line.contains("stations/evidence")).map(|line| field(line, 2)).collect();
    let right = listed.iter().filter(|row| stuffed.contains(*row)).count();
    assert!(listed.len() > 20 && 10 * right >= 9 * listed.len(), "{right} of {}", listed.len());
    let mut rows: Vec<String> = lines.map(|line| field(line, 2)).collect();
    let all = rows.len();
    rows.sort();
    rows.dedup();
    assert_eq!(rows.len(), all, "each station has one line");
}

#[test]
fn calls_that_cannot_be_used_say_why() {
    let place = folder();
    let full = place.path().join("full");
    fs::create_dir(&full).expect("a folder");
    fs::write(full.join("kept"), "kept").expect("a file");
    let wrong = place.path().join("wrong.toml");
    fs::write(&wrong, "towns = 7").expect("a file");
    let out = place.path().join("out");
    let stuffing = ["--technique", "stuffing", "--spread", "0.1"];
    for (arguments, words) in [
        (vec!["--out", text(&full)], "is not empty"),
        (vec![text(&wrong), "--out", text(&out)], "towns is 7"),
        ([&stuffing[..], &["--strength", "1.5", "--out", text(&out)]].concat(), "strength is 1.5"),
        ([&stuffing[..], &["--out", text(&out)]].concat(), "--strength"),
        ([&stuffing[..], &["--strength", "0.1", "--turnout", "0.9", "--out", text(&out)]].concat(), "--turnout"),
        ([&stuffing[..], &["--strength", "0.1", "--region", "Nowhere", "--out", text(&out)]].concat(), "Nowhere"),
        (
            vec!["--technique", "magic", "--strength", "0.1", "--spread", "0.1", "--out", text(&out)],
            "administrative-pressure",
        ),
        (vec!["--side", "Nobody", "--out", text(&out)], "Nobody"),
        (vec![], "--out"),
    ] {
        let call = adil(&[&["simulate"], &arguments[..]].concat());
        assert_eq!(call.status, 2, "{arguments:?}");
        assert!(call.err.contains(words), "{arguments:?}: {}", call.err);
    }
    assert!(!out.exists() && fs::read_to_string(full.join("kept")).is_ok_and(|kept| kept == "kept"));
    let printed = adil(&["simulate", "--print-parameters"]);
    assert_eq!(Parameters::parse(&printed.out), Ok(Parameters::default()));
}

fn quotient(part: &Counts, whole: &Counts) -> f64 {
    part.paired(whole).quotient().expect("something to divide by")
}

/// Turnout by the ballots found, and share of the ballots.
fn nation(table: &StationTable, side: usize) -> [f64; 2] {
    let ballots = table.ballots().expect("ballots");
    [quotient(&ballots, table.line(Term::Registered).expect("registers")), quotient(&table.votes[side], &ballots)]
}

#[test]
fn twins_of_real_tables_have_their_turnout_and_share() {
    let Some(stations) = adil_outside::stations("twins_of_real_tables_have_their_turnout_and_share") else { return };
    for path in
        ["russia/2021.csv.zip", "poland/ws2014_komitety_by_komisja.csv.gz", "georgia/2016_official_parl_party.csv.gz"]
    {
        let record = opened(&[stations.join(path)]);
        let real = tested(&record);
        let side = (0..real.votes.len()).max_by_key(|&option| real.votes[option].sum()).expect("options");
        let fitted = Fitted::fit(real, side).expect("a model");
        let drawn = fitted.draw(1);
        // The stations that were drawn, as they really are.
        let rows: Vec<usize> =
            (0..real.len()).filter(|&row| drawn.source_rows.binary_search(&real.source_rows[row]).is_ok()).collect();
        let kept = StationTable {
            lines: real.lines.iter().map(|(term, counts)| (*term, counts.select(&rows))).collect(),
            votes: real.votes.iter().map(|counts| counts.select(&rows)).collect(),
            ..StationTable::default()
        };
        assert_eq!(drawn.line(Term::Registered), kept.line(Term::Registered), "{path}");
        let draws: Vec<[f64; 2]> = (1..=8).map(|seed| nation(&fitted.draw(seed), side)).collect();
        for (figure, expected) in nation(&kept, side).into_iter().enumerate() {
            let mean = draws.iter().map(|nation| nation[figure]).sum::<f64>() / 8.0;
            let sd = (draws.iter().map(|nation| (nation[figure] - mean).powi(2)).sum::<f64>() / 7.0).sqrt();
            // Seven degrees of freedom: 5.4 standard errors are passed by chance once in a thousand; the seeds are fixed.
            assert!(
                (mean - expected).abs() < 5.4 * sd / 8f64.sqrt(),
                "{path} {figure}: {mean} ± {sd}, really {expected}"
            );
        }
    }
    // Scanners, points and several levels of areas are written too.
    let place = folder();
    for path in ["stpetersburg2021", "bulgaria/20210711"] {
        let (table, out) = (stations.join(path), place.path().join(&path[..5]));
        simulate(&["--like", text(&table), "--seed", "3"], &out);
        let record = opened(&[table]);
        let real = tested(&record);
        let side = (0..real.votes.len()).max_by_key(|&option| real.votes[option].sum()).expect("options");
        let expected = Fitted::fit(real, side).expect("a model").draw(3);
        assert_same(tested(&opened(&[out])), &expected);
        assert!(!expected.counted_by_machine.is_empty() || !expected.coordinates.is_empty(), "{path}");
    }
    let out = place.path().join("twin");
    let table = stations.join("georgia/2016_official_parl_party.csv.gz");
    simulate(&["--like", text(&table), "--technique", "stuffing", "--strength", "0.1", "--spread", "0.2"], &out);
    let report = check(&[text(&out), "--only", "stations/totals"]);
    assert_eq!(findings(&report, "stations/totals")[0]["measures"]["stations"], 3_608);
}
