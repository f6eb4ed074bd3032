//! Observers' forms, incidents and drawings from the command line.

mod program;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use program::{adil, check, findings, text};
use serde_json::{Value, json};

const STATIONS: u32 = 240;

/// A description with observers; `more` follows the lines of `[[observers]]`.
fn described(folder: &Path, more: &str) {
    let toml = format!(
        "title = \"A vote\"\n[[table]]\nfile = \"official.csv\"\n[table.map]\nstation = \"station\"\n\
         areas = [{{ level = \"district\", column = \"district\" }}]\n[table.map.lines]\nregistered = \"voters\"\n\
         [table.map.options]\nlist = [{{ name = \"A\", votes = \"A\" }}, {{ name = \"B\", votes = \"B\" }}]\n\
         [[observers]]\npublisher = \"The coalition\"\nstation = [\"district\", \"station\"]\n\
         from = \"2024-03-01T00:00Z\"\nuntil = \"2024-03-20T00:00Z\"\n{more}"
    );
    fs::write(folder.join("election.toml"), toml).expect("a file");
    let mut official = "district,station,voters,A,B\n".to_owned();
    for station in 0..STATIONS {
        let _ = writeln!(
            official,
            "d{},{station},{},{},{}",
            station % 6,
            900 + station,
            300 + station * 37 % 61,
            250 + station * 53 % 47
        );
    }
    fs::write(folder.join("official.csv"), official).expect("a file");
}

fn all(folder: &Path) -> Value {
    let only = "observers/coverage,observers/answers,observers/incidents,observers/contrast";
    check(&[text(folder), "--only", only])
}

const FORM: &str = "id = \"voting\"\ntitle = \"Voting\"\nstage = \"voting\"\n[[item]]\nid = \"sealed\"\n\
                    text = \"Was the box sealed?\"\nin-order = \"yes\"\ncode = \"V5\"\n[[item]]\nid = \"words\"\nkind = \"text\"\n";

#[test]
fn a_coalition_is_read_and_its_hostile_rows_are_set_aside() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    described(
        folder.path(),
        "incidents = [\"incidents.jsonl\"]\n[[observers.form]]\ndefinition = \"voting.toml\"\nfile = \"voting.csv\"\n",
    );
    fs::write(at("voting.toml"), FORM).expect("a file");
    let mut rows = "id,district,station,observer,arrived,access,overall,sealed,words\n".to_owned();
    for station in 0..90 {
        let (access, sealed) = match station % 9 {
            0 => ("refused", "refused"),
            1 | 2 => ("full", "no"),
            _ => ("full", "yes"),
        };
        let observer = format!("o{}", station % 7);
        let _ = writeln!(
            rows,
            "v{station},d{},{station},{observer},2024-03-10T08:00Z,{access},2,{sealed},Aigerim Planted saw it",
            station % 6
        );
    }
    rows.push_str(
        "v900,d1,999,o1,,full,1,yes,\nv901,d1,1,o1,2077-03-10T08:00Z,full,1,yes,\nv902,d1,1,=1+1,,full,1,yes,\n",
    );
    fs::write(at("voting.csv"), rows).expect("a file");
    let mut lines = String::new();
    for station in (0..90).filter(|station| station % 4 == 1) {
        let _ = writeln!(
            lines,
            "{}",
            json!({
                "id": format!("i{station}"), "station": [format!("d{}", station % 6), station.to_string()], "code": "V5",
                "time": "2024-03-10T09:00:00+05:00", "severity": 3, "observer": "o1", "note": "Aigerim Planted"
            })
        );
    }
    let long = "n".repeat(10 << 20);
    for (id, station, note) in
        [("x1", "1 Planted", ""), ("x2", "1", long.as_str()), ("x3", "1\u{202e}", ""), ("i1", "1", "another")]
    {
        let line = json!({"id": id, "station": ["d1", station], "code": "V5", "note": note});
        let _ = writeln!(lines, "{line}");
    }
    fs::write(at("incidents.jsonl"), lines).expect("a file");

    let report = all(folder.path());
    let coverage = findings(&report, "observers/coverage")[0];
    assert_eq!(coverage["measures"]["visits_made"], 90);
    assert_eq!(coverage["measures"]["access_refused"], 10);
    assert_eq!(coverage["measures"]["rows_set_aside"], 7);
    assert_eq!(coverage["verdict"], "undecided");
    // Of 80 visits that saw the box, 20 found it open.
    let answers = findings(&report, "observers/answers")[0];
    assert!(answers["statement"].as_str().is_some_and(|text| text.contains("20 of the 80 visits")), "{answers}");
    let incidents = findings(&report, "observers/incidents")[0];
    assert_eq!(incidents["measures"]["incidents"], 23);
    let contrasts = findings(&report, "observers/contrast");
    assert_eq!(contrasts.len(), 4, "observed, refused, items, incidents");
    assert!(contrasts.iter().all(|finding| finding["reason"] == "not-identified"));
    assert!(!report.to_string().contains("Planted"), "no words of observers are shown");
    // Stations with incidents stand in the table of stations beside what other checks say of them.
    let stations = at("stations.csv");
    let call = adil(&["check", text(folder.path()), "--stations", text(&stations)]);
    assert!(call.status < 2, "{}", call.err);
    let table = fs::read_to_string(stations).expect("a table");
    assert!(table.contains("V5 × 1"), "{table}");
    assert!(!table.contains("Planted") && !call.out.contains("Planted") && !call.err.contains("Planted"));
}

#[test]
fn a_file_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    let fails = |more: &str, said: &str| {
        described(folder.path(), more);
        let call = adil(&["check", text(folder.path())]);
        assert_eq!(call.status, 2, "{}", call.out);
        assert!(call.err.contains(said), "{}", call.err);
    };
    fails("", "neither a form nor a file of incidents");
    fails("incidents = [\"none.jsonl\"]\n", "none.jsonl");
    fails(
        "incidents = []\nform = [{ definition = \"f.toml\", file = \"f.csv\", columns = { name = \"x\" } }]\n",
        "columns has",
    );
    fs::write(at("f.toml"), "id = \"f\"\n[[item]]\nid = \"a\"\nkind = \"one-of\"\n").expect("a file");
    fs::write(at("f.csv"), "station,district,a\n1,d1,yes\n").expect("a file");
    fails("form = [{ definition = \"f.toml\", file = \"f.csv\" }]\n", "needs choices");
    fs::write(at("f.toml"), "id = \"f\"\n[[item]]\nid = \"b\"\n").expect("a file");
    fails("form = [{ definition = \"f.toml\", file = \"f.csv\" }]\n", "has no column for an item");
    fs::write(at("i.csv"), "id,place\na,b\n").expect("a file");
    fails("incidents = [\"i.csv\"]\n", "has no column");
}

/// St Petersburg 2021: the number of reports that name a station is a column of the table.
#[test]
fn reports_of_st_petersburg_show_no_contrast_and_prove_nothing() {
    let Some(stations) = adil_outside::stations("reports of St Petersburg") else { return };
    let table = stations.join("stpetersburg2021/duma2021_party_list_by_uik.csv.gz");
    let report = check(&[text(&table), "--only", "observers/contrast"]);
    let contrast = findings(&report, "observers/contrast")[0];
    // forensics-methods: 35.1 % at stations that reports name, 35.0 % at the others, all votes of a group together.
    let rounded = |name: &str| contrast["measures"][name].as_f64().map(|share| (1000.0 * share).round());
    assert_eq!((rounded("outcome_with"), rounded("outcome_without")), (Some(351.0), Some(350.0)));
    assert_eq!((&contrast["verdict"], &contrast["reason"]), (&json!("undecided"), &json!("not-identified")));
    assert!(
        contrast["statement"].as_str().is_some_and(|text| text.contains("proves nothing either way")),
        "{contrast}"
    );
}

/// The same reports one by one: what the map of Golos calls them, by our codes.
#[test]
fn reports_of_st_petersburg_are_joined_one_by_one() {
    let Some(stations) = adil_outside::stations("single reports of St Petersburg") else { return };
    let source = stations.join("stpetersburg2021");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let archive = source.join("raw_uik_federal_parties_and_golos_reports.tar.gz");
    let unpacked = Command::new("tar")
        .args(["-xzf", text(&archive), "-C", text(folder.path()), "data/st-petersburg/violations_map"])
        .status();
    assert!(unpacked.is_ok_and(|status| status.success()), "tar unpacks");
    let map = folder.path().join("data/st-petersburg/violations_map");
    let mut paths: Vec<_> = fs::read_dir(map).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let code = |category: &str| match category {
        "carousel_or_stuffing" => Some("V5"),
        "on_home" => Some("V2"),
        "pressure_on_voters" => Some("V4"),
        "observer_rights_failure" => Some("A1"),
        "count_procedure_failure" => Some("C1"),
        "result_override" | "result_protocol_failure" => Some("C3"),
        "parent_commission" => Some("T1"),
        _ => None,
    };
    let (mut lines, mut expected) = (String::new(), 0);
    for path in paths {
        let report: Value = serde_json::from_str(&fs::read_to_string(path).expect("a text")).expect("JSON");
        let (Some(station), Some(kinds)) = (report["related_to_uik"].as_u64(), report["violations"].as_object()) else {
            continue;
        };
        let categories = kinds.values().flat_map(|kinds| kinds.as_array().into_iter().flatten());
        let mut codes: Vec<&str> = categories.filter_map(|kind| code(kind.as_str()?)).collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            let id = format!("{}-{code}", report["id"]);
            let _ = writeln!(lines, "{}", json!({"id": id, "station": station, "code": code, "note": report["text"]}));
            expected += 1;
        }
    }
    fs::write(folder.path().join("golos.jsonl"), lines).expect("a file");
    let table = source.join("duma2021_party_list_by_uik.csv.gz");
    fs::copy(&table, folder.path().join("stations.csv.gz")).expect("a copy");
    let toml = "title = \"St Petersburg 2021\"\n[[table]]\nfile = \"stations.csv.gz\"\nfamily = \"st-petersburg\"\n\
                [[observers]]\npublisher = \"Golos\"\nincidents = [\"golos.jsonl\"]\n";
    fs::write(folder.path().join("election.toml"), toml).expect("a file");
    let report = all(folder.path());
    let coverage = findings(&report, "observers/coverage")[0];
    let aside = coverage["measures"]["rows_set_aside"].as_u64().expect("a count");
    let incidents = findings(&report, "observers/incidents")[0];
    assert_eq!(incidents["measures"]["incidents"].as_u64().map(|joined| joined + aside), Some(expected));
    assert!(aside * 50 < expected, "nearly all stations are in the table: {aside} of {expected} are not");
    let contrasts = findings(&report, "observers/contrast");
    let mobile = contrasts.iter().flat_map(|finding| finding["evidence"].as_array().into_iter().flatten());
    let mobile = mobile.filter(|line| line["statement"].as_str().is_some_and(|text| text.contains("mobile boxes")));
    assert_eq!(mobile.count(), 1, "incidents of mobile voting stand beside papers from mobile boxes");
}

/// A text without its line breaks.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_dossier_has_what_there_is_of_a_station() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    described(folder.path(), "incidents = [\"incidents.jsonl\"]\n");
    let line =
        json!({"id": "i1", "station": ["d1", "7"], "code": "C3", "time": "2024-03-10T21:00Z", "note": "Planted"});
    fs::write(at("incidents.jsonl"), format!("{line}\n")).expect("a file");
    let page = at("7.html");
    let call = adil(&["dossier", "7", text(folder.path()), "--html", text(&page)]);
    assert_eq!(call.status, 0, "{}", call.err);
    // Station 7 has 907 voters; 300 + 7 * 37 % 61 = 315 votes for A and 250 + 7 * 53 % 47 = 292 for B.
    for said in ["d1 / 7", "907", "A 315", "B 292", "C3, the protocol", "official.csv, row 9", "a note of 7 bytes"] {
        assert!(words(&call.out).contains(said), "{said}: {}", call.out);
    }
    let page = fs::read_to_string(page).expect("a page");
    assert!(page.contains("official.csv, row 9") && !page.contains("Planted"));
    let json = adil(&["dossier", "d1 / 7", text(folder.path()), "--json", "--no-checks"]);
    let json: Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(json["station"], "d1 / 7");
    let unknown = adil(&["dossier", "9999", text(folder.path())]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("no station of the record is called \"9999\""), "{}", unknown.err);
}
