//! The protocol checks on real elections, against numbers counted apart from this program.
//!
//! Unless a comment says otherwise the expected values were counted with pandas on the same files. The tables are
//! looked for in the folder that ADIL_DATA names; `docs/data.md` says where each file comes from.

mod program;

use std::path::PathBuf;

use program::{check, findings, text};
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
