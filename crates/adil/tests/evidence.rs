//! What station evidence says of real elections: silent on clean ones, loud on known ones, strong where votes are put in.
//!
//! The tables are looked for in the folder that ADIL_DATA names; `docs/data.md` says where each file comes from.

mod program;

use adil_check::{ContestView, Settings};
use adil_open::{Limits, open_record};
use program::{check, findings, text};
use serde_json::Value;

/// The elections that are graded clean in the bank; each is left out of it while it is tested.
const CLEAN: [&str; 7] = [
    "sweden/2018_R_per_valdistrikt.xlsx",
    "israel/knesset21_expb.csv.gz",
    "israel/knesset22_expb.csv.gz",
    "israel/knesset24_expb.csv.gz",
    "poland/ws2014_komitety_by_komisja.csv.gz",
    "peru/presidencial-actas_ronderos.pe.csv.gz",
    "argentina2015/EG15pres_y_vice_0101.csv.gz",
];

fn number(finding: &Value, name: &str) -> f64 {
    finding["measures"][name].as_f64().unwrap_or_else(|| panic!("no {name} in {finding}"))
}

#[test]
fn clean_elections_are_quiet_for_every_side() {
    let Some(folder) = adil_outside::stations("clean_elections_are_quiet_for_every_side") else { return };
    for table in CLEAN {
        let report = check(&[text(&folder.join(table)), "--exit-zero"]);
        for finding in report["findings"].as_array().expect("findings are a list") {
            assert_ne!(finding["verdict"], "anomalous", "{table}: {finding}");
        }
        let sides = findings(&report, "stations/evidence");
        assert!(sides.len() >= 3, "{table} has {} sides", sides.len());
        for side in sides {
            let name = &side["measures"]["side"];
            for mean in ["mean_e", "mean_e_switched"] {
                assert!(number(side, mean) <= 1.0, "{table} {name} {mean}: {}", number(side, mean));
            }
            assert!(number(side, "listed_lfdr") <= 1.0, "{table} {name} lists {}", number(side, "listed_lfdr"));
        }
    }
}

#[test]
fn the_known_elections_have_listed_regions_or_stations() {
    for year in [2007, 2008, 2011, 2012, 2016, 2020, 2021] {
        let Some(folder) = adil_outside::stations("the_known_elections_have_listed_regions") else { return };
        let report = check(&[text(&folder.join(format!("russia/{year}.csv.zip"))), "--only", "stations/evidence"]);
        let winner = findings(&report, "stations/evidence")[0];
        let (regions, stations) = (number(winner, "regions_listed"), number(winner, "listed_lfdr"));
        assert!(regions >= 5.0 || stations >= 1000.0, "{year}: {regions} regions, {stations} stations");
        assert!(number(winner, "mean_e") > 1.0, "{year}: {}", number(winner, "mean_e"));
    }
}

#[test]
fn stuffing_put_into_a_clean_election_is_noticed() {
    let Some(folder) = adil_outside::stations("stuffing_put_into_a_clean_election_is_noticed") else { return };
    let table = folder.join("poland/ws2014_komitety_by_komisja.csv.gz");
    // 20 % of the register in 5 % of the stations: three quarters of them listed, at most a tenth of the list untouched, and of the ballots
    // put in three quarters estimated, hardly more.
    let report = check(&[text(&table), "--only", "stations/power", "--power", "--leader", "PSL"]);
    let power = findings(&report, "stations/power")[0];
    let [noticed, wrong, estimated] =
        ["power_stuffing_20", "false_discovery_20", "estimated_20"].map(|name| number(power, name));
    assert!(noticed >= 0.75 && wrong <= 0.1, "{noticed} noticed, {wrong} of the list untouched");
    assert!((0.75..1.05).contains(&estimated), "{estimated}");
    // The other side, without the curves: the bank keeps this number of every side.
    let record = open_record(&[table], &Limits::default(), &()).expect("the table can be read").record;
    let settings = Settings { leader: Some("PO".to_owned()), ..Settings::default() };
    let view = ContestView::new(&record, &record.contests[0], &settings).expect("PO is a side");
    let power = adil_check::find("stations/power").expect("a check");
    let noticed = power.of_country(&view, &settings)[0].effect;
    assert!(noticed >= 0.75, "PO: {noticed}");
}
