//! The protocol checks on real elections, against numbers counted apart from this program.
//!
//! Unless a comment says otherwise the expected values were counted with pandas on the same files. The tables are
//! looked for in the folder that ADIL_DATA names; `docs/data.md` says where each file comes from.

mod program;

use std::path::PathBuf;

use program::{adil, check, findings, text};
use serde_json::Value;

/// What the checks of protocols and releases say of a table or folder under `stations`; `None` without outside data.
fn protocol(test: &str, path: &str) -> Option<Value> {
    const ONLY: &str = "stations/balance,stations/impossible,stations/duplicates,stations/mobile,stations/unused,\
                        stations/books,releases/arithmetic,copies/compare";
    let table: PathBuf = adil_outside::data(test)?.join("stations").join(path);
    Some(check(&["--only", ONLY, text(&table)]))
}

/// Measures of a finding, by name.
fn measured<const N: usize>(finding: &Value, names: [&str; N]) -> [i64; N] {
    names.map(|name| finding["measures"][name].as_i64().unwrap_or_else(|| panic!("{name} in {finding:#}")))
}

/// The first finding of a check.
fn first<'r>(report: &'r Value, check: &str) -> &'r Value {
    findings(report, check).first().copied().unwrap_or_else(|| panic!("{check} says something"))
}

fn contradicted(report: &Value) -> usize {
    let all = report["findings"].as_array().expect("findings are a list");
    all.iter().filter(|finding| finding["verdict"] == "contradicted").count()
}

#[test]
fn sums_hold_in_every_russian_protocol() {
    for (year, stations, box_above_issued, mobile_above_issued) in
        [(2004, 95_779, 2, 6), (2012, 95_415, 13, 24), (2016, 96_871, 4, 5), (2021, 96_325, 7, 13)]
    {
        let Some(report) = protocol("sums_hold", &format!("russia/{year}.csv.zip")) else { return };
        let balance = first(&report, "stations/balance");
        assert_eq!(measured(balance, ["rows_tested", "rows_failing"]), [stations, 0], "{year}");
        assert_eq!(balance["verdict"], "proven");
        let impossible = first(&report, "stations/impossible");
        let counted = measured(impossible, ["box_above_issued", "mobile_above_issued", "turnout_above_register"]);
        assert_eq!(counted, [box_above_issued, mobile_above_issued, 0], "{year}");
        assert_eq!((&impossible["verdict"], &impossible["reason"]), (&"undecided".into(), &"descriptive".into()));
    }
}

#[test]
fn clerical_failures_of_accepted_elections_are_not_contradictions() {
    // Failing rows of the sums and of the orders, and the rows in which sums can be tested.
    for (path, tested, sums, orders) in [
        ("poland/ws2014_komitety_by_komisja.csv.gz", 27_416, 523, None),
        ("argentina2015/EG15pres_y_vice_0101.csv.gz", 7_326, 990, Some(("votes_above_issued", 635))),
        ("georgia/2016_official_parl_party.csv.gz", 3_668, 1_033, Some(("votes_above_issued", 125))),
        ("israel/knesset22_expb.csv.gz", 10_901, 0, Some(("turnout_above_register", 2))),
        ("sweden/2018_R_per_valdistrikt.xlsx", 6_325, 0, Some(("turnout_above_register", 0))),
    ] {
        let Some(report) = protocol("clerical_failures", path) else { return };
        let balance = first(&report, "stations/balance");
        assert_eq!(measured(balance, ["rows_tested", "rows_failing"]), [tested, sums], "{path}");
        if let Some((kind, rows)) = orders {
            assert_eq!(measured(first(&report, "stations/impossible"), [kind]), [rows], "{path}");
        }
        assert_eq!(contradicted(&report), 0, "{path}");
    }
    let Some(poland) = protocol("clerical_failures", "poland/ws2014_komitety_by_komisja.csv.gz") else { return };
    assert_eq!(
        measured(first(&poland, "stations/impossible"), ["box_above_issued", "issued_above_received"]),
        [452, 1]
    );
}

#[test]
fn stations_without_a_register_are_special_and_not_impossible() {
    for (path, without) in [
        ("israel/knesset21_expb.csv.gz", 305),
        ("israel/knesset24_expb.csv.gz", 799),
        ("sweden/2018_R_per_valdistrikt.xlsx", 321),
    ] {
        let Some(report) = protocol("without_a_register", path) else { return };
        let impossible = first(&report, "stations/impossible");
        assert_eq!(measured(impossible, ["stations_without_register", "rows_failing"]), [without, 0], "{path}");
        assert_eq!(impossible["verdict"], "proven");
    }
}

#[test]
fn equal_votes_are_as_many_as_there_are() {
    // Groups with the same votes for every option (50 votes, 3 options with votes), the stations in them, and pairs of
    // rows with one name: in 2021 the sixteen rows of electronic voting in four regions have none of their own.
    for (path, groups, stations, repeated_rows) in
        [("russia/2004.csv.zip", 38, 77, 0), ("russia/2012.csv.zip", 86, 178, 0), ("russia/2021.csv.zip", 5, 10, 12)]
    {
        let Some(report) = protocol("equal_votes", path) else { return };
        let counted =
            measured(first(&report, "stations/duplicates"), ["groups", "stations_in_groups", "repeated_rows"]);
        assert_eq!(counted, [groups, stations, repeated_rows], "{path}");
    }
}

#[test]
fn mobile_shares_are_the_known_ones() {
    // 6.6 to 8.6 % of ballots from 2004 to 2018, 14.8 % in the three days of 2021.
    for (year, percent) in [(2004, 6.8), (2007, 6.6), (2012, 8.6), (2021, 14.8)] {
        let Some(report) = protocol("mobile_shares", &format!("russia/{year}.csv.zip")) else { return };
        let share = first(&report, "stations/mobile")["measures"]["mobile_share"].as_f64().expect("a share");
        assert!((100.0 * share - percent).abs() < 0.05, "{year}: {share}");
    }
}

#[test]
fn afghan_counts_stop_at_600() {
    let Some(report) = protocol("afghan_counts", "afghanistan/presidential_finalbyPs.csv.gz") else { return };
    let stop = first(&report, "stations/books");
    let names = ["stop_at", "stations_at_stop", "stations_below_stop", "stations_above_stop"];
    assert_eq!(measured(stop, names), [600, 544, 1_482, 56]);
}

#[test]
fn bolivian_acts_are_compared_one_by_one() {
    let Some(report) = protocol("bolivian_acts", "bolivia2019") else { return };
    let tables = findings(&report, "copies/compare");
    let last =
        tables.into_iter().find(|finding| finding["measures"]["stations_compared"] == 32_806).expect("32,806 acts");
    let names = ["leader_up", "leader_down", "margin_up", "margin_down", "margin_net", "stations_blank"];
    assert_eq!(measured(last, names), [121, 53, 132, 140, 1_495, 7]);
    // scipy.stats.binomtest(140, 272).pvalue
    let p = last["measures"]["margin_p"].as_f64().expect("a probability");
    assert!((p - 0.671_325_135_371).abs() < 1e-9, "{p}");
    let rival = last["evidence"].as_array().expect("evidence").iter().find(|line| line["values"]["net"] == 2_301);
    assert_eq!(
        rival.map(|line| (line["values"]["up"].clone(), line["values"]["down"].clone())),
        Some((127.into(), 52.into()))
    );
    assert_eq!((&last["verdict"], &last["reason"]), (&"undecided".into(), &"changed".into()));
}

#[test]
fn bulgarian_machines_and_their_record_differ_in_six_stations() {
    let Some(report) = protocol("bulgarian_machines", "bulgaria/20210711") else { return };
    let tables = findings(&report, "copies/compare");
    let machines =
        tables.into_iter().find(|finding| finding["measures"]["stations_compared"] == 9_580).expect("9,580 stations");
    assert_eq!(
        measured(machines, ["cells_compared", "cells_differing", "stations_contradicted", "votes_changed"]),
        [226_597, 47, 6, 415]
    );
    assert_eq!(contradicted(&report), 0);
}

#[test]
fn ballots_photographed_in_belarus_are_above_the_count_in_438_stations() {
    let Some(report) = protocol("ballots_photographed", "belarus2020/voice.csv.gz") else { return };
    let photographs = findings(&report, "copies/compare")[0];
    // In 438 of the 1,374 stations for one candidate; for some option in 442 (pandas), less three whose count of votes
    // against all is negative.
    assert_eq!(measured(photographs, ["stations_compared", "stations_contradicted"]), [1_374, 439]);
    let evidence = photographs["evidence"].as_array().expect("evidence");
    assert!(evidence.iter().any(|line| line["values"]["down"] == 438), "Tsikhanouskaya: {evidence:#?}");
    assert_eq!((&photographs["verdict"], &photographs["whose"]), (&"contradicted".into(), &"third-parties".into()));
    assert_eq!(photographs["subject"]["statements"].as_array().map(Vec::len), Some(2));
}

/// A line of copies; the votes are the JSON of the entries' votes.
fn copy(id: &str, station: &str, holder: &str, votes: [&str; 2]) -> String {
    let entry = |typist: &str, votes: &str| {
        format!("{{\"typist\":\"{typist}\",\"time\":\"2024-03-11T10:00Z\",\"votes\":{{{votes}}}}}")
    };
    format!(
        "{{\"id\":\"{id}\",\"station\":\"{station}\",\"holder\":\"{holder}\",\"seen\":\"2024-03-10T21:00Z\",\"sha256\":\"{}\",\
         \"entries\":[{},{}]}}\n",
        "0a".repeat(32),
        entry("Zhanar", votes[0]),
        entry("Daulet", votes[1])
    )
}

/// What `adil check` says of a folder, and its exit status.
fn status_and_report(folder: &std::path::Path) -> (i32, Value) {
    const ONLY: &str = "copies/compare,copies/entries,copies/three-way,copies/over-time";
    let call = adil(&["check", "--json", "--only", ONLY, text(folder)]);
    let report = serde_json::from_str(&call.out).unwrap_or(Value::String(call.err));
    (call.status, report)
}

#[test]
fn copies_of_real_protocols_contradict_the_table_where_they_were_changed() {
    let Some(stations) = adil_outside::stations("copies_of_real_protocols") else { return };
    let path = stations.join("belarus2020/total-votes.csv.gz");
    let opened =
        adil_open::open_record(std::slice::from_ref(&path), &adil_open::Limits::default(), &()).expect("a known table");
    let contest = &opened.record.contests[0];
    let table = contest.releases[0].stations.as_ref().expect("a table");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rows = (0..table.len()).filter(|&row| {
        let votes: Vec<Option<u32>> = table.votes.iter().map(|votes| votes.get(row)).collect();
        votes.iter().all(Option::is_some) && votes[0] != votes[1] && votes[0] > Some(100)
    });
    // Copies of sixty protocols as the table has them; in three the numbers were others before.
    let mut lines = String::new();
    for (number, row) in rows.take(60).enumerate() {
        let mut votes: Vec<u32> = table.votes.iter().filter_map(|votes| votes.get(row)).collect();
        match number {
            10 => votes.swap(0, 1),
            20 => votes[0] += 1_000,
            30 => (votes[0], votes[1]) = (votes[0] - 25, votes[1] + 25),
            _ => {}
        }
        let votes: Vec<String> =
            contest.options.iter().zip(votes).map(|(option, votes)| format!("\"{}\":{votes}", option.name)).collect();
        let votes = votes.join(",");
        lines.push_str(&copy(&format!("c{number}"), table.stations.get(row), "posted", [&votes, &votes]));
    }
    let description = format!(
        "title = \"Belarus 2020\"\n[[table]]\nfamily = \"belarus\"\nfile = {:?}\n[[contest]]\nid = \"president\"\n\
         [[contest.copies]]\nfile = \"copies.jsonl\"\npublisher = \"Coalition\"\n",
        text(&path)
    );
    std::fs::write(folder.path().join("election.toml"), description).expect("writable");
    std::fs::write(folder.path().join("copies.jsonl"), lines).expect("writable");
    let (status, report) = status_and_report(folder.path());
    assert_eq!(status, 1, "{report:#}");
    let posted = first(&report, "copies/three-way");
    assert_eq!((&posted["verdict"], &posted["whose"]), (&"contradicted".into(), &"organisers".into()));
    let names = ["stations_typed_twice", "copies_agreeing", "copies_excluded"];
    assert_eq!(measured(posted, names), [60, 57, 3]);
    let evidence: Vec<&str> =
        posted["evidence"].as_array().into_iter().flatten().filter_map(|line| line["statement"].as_str()).collect();
    for kind in ["Two options have each other", "One digit of one number", "Votes went from some options"] {
        assert!(evidence.iter().any(|line| line.starts_with(kind)), "{kind}: {evidence:#?}");
    }
}

const TOWN: &str = r#"
title = "A town"
[[table]]
file = "table.csv"
[table.map]
station = "station"
options = { list = [{ name = "Ada", votes = "ada" }, { name = "Ben", votes = "ben" }] }
[[contest]]
id = "mayor"
[[contest.copies]]
file = "FILE"
publisher = "Coalition"
read-at = "2024-03-12T00:00Z"
"#;

#[test]
fn good_and_hostile_copies_are_read_and_only_the_organisers_own_decide_the_status() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("writable");
    let rows: String = (1..=12).map(|station| format!("{station},60,40\n")).collect();
    write("table.csv", &format!("station,ada,ben\n{rows}"));
    write("election.toml", &TOWN.replace("FILE", "copies.jsonl"));
    let (same, other) = (["\"Ada\":60,\"Ben\":40"; 2], ["\"Ada\":50,\"Ben\":50"; 2]);
    let hostile = [
        copy("a", "1", "posted", other),
        copy("h1", "13", "posted", same),
        copy("h2", "=1+1", "posted", same),
        copy("h3", "1\u{202e}", "posted", same),
        copy("h4", "2", "posted", ["\"Eve\":1"; 2]),
        copy("h5", "2", "posted", same).replace("2024-03-10", "2034-03-10"),
        copy("h6", "2", "posted", same).replace("Daulet", "Zhanar"),
        copy("h7", "2", "posted", same).replace("0a0a", "0A0A"),
        format!("{}\n", "x".repeat(70_000)),
        "not JSON\n".to_owned(),
    ]
    .concat();
    let good = [copy("a", "1", "observer", other), copy("b", "2", "observer", same)].concat();
    write("copies.jsonl", &format!("{good}{hostile}"));
    // Copies in the hands of observers contradict, and leave the status alone.
    let (status, report) = status_and_report(folder.path());
    assert_eq!(status, 0, "{report:#}");
    let observer = first(&report, "copies/three-way");
    assert_eq!((&observer["verdict"], &observer["whose"]), (&"contradicted".into(), &"third-parties".into()));
    let entries = first(&report, "copies/entries");
    assert_eq!(measured(entries, ["copies_current", "copies_agreed", "copies_set_aside"]), [2, 2, 10]);
    let said = entries["evidence"].to_string();
    for rule in ["PC1:", "PC2:", "PC4:", "PC5:", "PC6:", "PC9:", "PC10:", "PC11:", "PC12:"] {
        assert!(said.contains(&format!("rule {rule}")), "{rule} in {said}");
    }
    assert!(!report.to_string().contains("Zhanar") && !report.to_string().contains("Daulet"), "no typist is named");
    // A posted one does not.
    write("copies.jsonl", &format!("{good}{}", copy("c", "1", "posted", other)));
    let (status, report) = status_and_report(folder.path());
    assert_eq!(status, 1, "{report:#}");
    let agreement = findings(&report, "copies/three-way").pop().expect("a finding");
    assert_eq!(measured(agreement, ["stations_with_several", "one_alone", "several_agree"]), [2, 1, 1]);
    // The same in a table; and a table that is none.
    let entry = |id: &str, part: &str, typist: &str, votes: &str| {
        format!("{id},1,posted,2024-03-10T21:00Z,{part},{typist},2024-03-11T10:00Z,{votes}\n")
    };
    let table = [
        "id,station,holder,seen,entry,typist,time,Ada,Ben\n".to_owned(),
        entry("a", "first", "Zhanar", "50,50"),
        entry("a", "second", "Daulet", "50,50"),
    ]
    .concat();
    write("election.toml", &TOWN.replace("FILE", "copies.csv"));
    write("copies.csv", &table);
    assert_eq!(status_and_report(folder.path()).0, 1);
    write("copies.csv", &table.replace("holder", "keeper"));
    let (status, error) = status_and_report(folder.path());
    assert_eq!(status, 2);
    assert!(error.as_str().is_some_and(|error| error.contains("copies.csv: has no column \"holder\"")), "{error}");
    write("election.toml", &TOWN.replace("FILE", "nothing.jsonl"));
    assert_eq!(status_and_report(folder.path()).0, 2);
}
