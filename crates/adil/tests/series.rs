//! What stands beside the protocols of real elections: reports of turnout, places, machines.
//!
//! The tables are looked for in the folder that ADIL_DATA names; `docs/data.md` says where each file comes from.

mod program;

use program::{check, findings, text};
use serde_json::Value;

/// What a check says of a table.
fn report(table: &str, only: &str) -> Option<Value> {
    let table = adil_outside::stations(only)?.join(table);
    Some(check(&[text(&table), "--only", only]))
}

/// A measure of the finding at that place.
fn measure(report: &Value, check: &str, place: usize, name: &str) -> f64 {
    let value = &findings(report, check)[place]["measures"][name];
    value.as_f64().unwrap_or_else(|| panic!("{check} has no {name}"))
}

const ST_PETERSBURG: &str = "stpetersburg2021/duma2021_party_list_by_uik.csv.gz";

#[test]
fn series_of_reports_fall_as_often_as_another_program_counts() {
    let only = "stations/timeline";
    // Complete series, falling, ending above the protocol, above the register. Of St Petersburg's 103 that end above the protocol 93 do
    // not fall before. Georgia 2016: six fall and four end above the protocol.
    let counted = [
        (ST_PETERSBURG, [1_906, 105, 103, 0], "contradicted"),
        ("georgia/2012_official_party_list.csv.gz", [3_676, 8, 2, 20], "undecided"),
        ("georgia/2013_official_pres.csv.gz", [3_704, 1, 3, 3], "undecided"),
        ("georgia/2016_official_parl_party.csv.gz", [3_663, 6, 4, 3], "undecided"),
    ];
    for (table, numbers, verdict) in counted {
        let Some(report) = report(table, only) else { return };
        let names = ["complete_series", "decreasing", "last_above_protocol", "above_register"];
        for (name, expected) in names.into_iter().zip(numbers) {
            assert_eq!(measure(&report, only, 0, name), f64::from(expected), "{table} {name}");
        }
        assert_eq!(findings(&report, only)[0]["verdict"], verdict, "{table}");
        // No station is like another in three accepted elections, and the mean of their e-values is no more than 1.
        if verdict == "undecided" {
            assert_eq!(measure(&report, only, 1, "copied_pairs"), 0.0, "{table}");
            assert!(measure(&report, only, 1, "spike_mean_e") <= 1.0, "{table}");
        }
    }
    let Some(report) = report(ST_PETERSBURG, only) else { return };
    assert_eq!(measure(&report, only, 0, "decreasing_and_above_protocol"), 10.0);
    let coverage = report["coverage"].as_array().expect("a list");
    let group = coverage.iter().find(|line| line["technique"] == "group-voting").expect("the technique");
    assert!(!group["needs"].to_string().contains("hour"), "{group}");
}

#[test]
fn the_difference_under_machines_is_that_of_least_squares() {
    let only = "stations/machines";
    let Some(report) = report(ST_PETERSBURG, only) else { return };
    let get = |name: &str| measure(&report, only, 0, name);
    assert_eq!([get("machine_stations"), get("hand_stations"), get("districts")], [320.0, 142.0, 12.0]);
    // numpy: weighted least squares on the stations less their districts' means, in districts with both kinds.
    let by_numpy = [
        ("machine_difference", -9.975_971),
        ("machine_difference_unadjusted", -10.401_765),
        ("machine_difference_balanced", -2.978_927),
    ];
    for (name, expected) in by_numpy {
        assert!((get(name) - expected).abs() < 1e-6, "{name}: {}", get(name));
    }
    assert!(get("p_placebo") < 0.001);
}

#[test]
fn places_are_compared_with_those_that_another_program_finds() {
    let only = "stations/neighbours";
    // scipy.spatial.cKDTree over points of the unit sphere, numpy for the weighted correlation; and how many places stand out.
    let found = [
        ("bolivia2019", 5_276, 34_551, (0.131_376_859, 13.0)),
        ("bulgaria/20210711", 6_095, 12_071, (-0.140_811_500, 10.0)),
    ];
    for (table, places, stations, (correlation, far)) in found {
        let Some(report) = report(table, only) else { return };
        let get = |name: &str| measure(&report, only, 0, name);
        assert_eq!((get("places"), get("placed_stations")), (f64::from(places), f64::from(stations)), "{table}");
        assert!(
            (get("correlation_neighbours") - correlation).abs() < 1e-8,
            "{table}: {}",
            get("correlation_neighbours")
        );
        assert_eq!(get("standing_out"), far, "{table}");
    }
}
