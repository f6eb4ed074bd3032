//! Forecasts by the command line: committed to, revealed, scored. In the same binary: bundles (`published`), which cost no second one.

mod program;
mod published;

use std::fs;
use std::path::Path;

use program::{adil, check, findings, text};
use serde_json::Value;

const FORECAST: &str = "contest = \"mayor\"\nforecaster = \"NAME\"\nwinner = { ada = P, ben = Q }\nturnout = { mean = 0.6, sd = 0.05 }\n\
                        [shares]\nada = { mean = P, sd = 0.04 }\nben = { mean = Q, sd = 0.04 }\n";

const ELECTION: &str = r#"
title = "Mayor of Example, 2024"
date = "2024-03-10"

[[contest]]
id = "mayor"

[[contest.option]]
id = "ada"
name = "Ada"

[[contest.option]]
id = "ben"
name = "Ben"

[[contest.release]]
id = "final"
publisher = "Town election commission"

[[contest.release.figure]]
what = "votes"
option = "ada"
value = 550

[[contest.release.figure]]
what = "votes"
option = "ben"
value = 450

[[contest.release.figure]]
what = "turnout"
percent = "62.5"
"#;

const DESCRIBED: &str = r#"
[contest.forecasts]
file = "forecasts.jsonl"
close = "2024-03-10T20:00Z"

[contest.forecasts.previous]
share = { ada = "48.0", ben = "52.0" }
turnout = "70"
"#;

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap_or_else(|error| panic!("{name}: {error}"));
}

fn forecast(arguments: &[&str]) -> program::Call {
    adil(&[&["forecast"], arguments].concat())
}

fn commit(folder: &Path, name: &str, ada: &str, ben: &str, time: &str) {
    write(folder, "forecast.toml", &FORECAST.replace("NAME", name).replace('P', ada).replace('Q', ben));
    let paths = [folder.join("forecast.toml"), folder.join("forecasts.jsonl"), folder.join(format!("{name}.json"))];
    let [file, out, keep] = paths.each_ref().map(|path| text(path));
    let call = forecast(&["commit", "--forecast", file, "--out", out, "--keep", keep, "--time", time]);
    assert_eq!(call.status, 0, "{}", call.err);
    assert!(!call.out.contains(ada), "the forecast is not shown: {}", call.out);
}

fn reveal(folder: &Path, name: &str, time: &str) {
    let (keep, out) = (folder.join(format!("{name}.json")), folder.join("forecasts.jsonl"));
    let call = forecast(&["reveal", "--keep", text(&keep), "--out", text(&out), "--time", time]);
    assert_eq!(call.status, 0, "{}", call.err);
}

/// Three forecasters, of whom one does not reveal and one commits too late.
fn played(folder: &Path) {
    write(folder, "election.toml", &format!("{ELECTION}{DESCRIBED}"));
    commit(folder, "swift", "0.6", "0.4", "2024-03-09T10:00Z");
    commit(folder, "heron", "0.3", "0.7", "2024-03-09T11:00Z");
    commit(folder, "silent", "0.5", "0.5", "2024-03-09T12:00Z");
    commit(folder, "late", "0.55", "0.45", "2024-03-10T20:00Z");
    reveal(folder, "swift", "2024-03-10T21:00Z");
    reveal(folder, "heron", "2024-03-10T21:01Z");
    reveal(folder, "late", "2024-03-10T21:02Z");
}

#[test]
fn what_is_committed_and_revealed_is_scored() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path();
    played(folder);
    let report = check(&[text(folder), "--only", "forecasts"]);
    let [finding] = findings(&report, "forecasts/score")[..] else { panic!("{report}") };
    let measure = |name: &str| finding["measures"][name].as_f64().unwrap_or_else(|| panic!("{name} in {finding}"));
    assert_eq!((finding["verdict"].as_str(), finding["reason"].as_str()), (Some("undecided"), Some("descriptive")));
    assert_eq!(["forecast_forecasters", "forecast_revealed", "forecast_set_aside"].map(measure), [3.0, 2.0, 2.0]);
    // (0.6 + 0.3)/2.
    assert!((measure("forecast_winner_probability") - 0.45).abs() < 1e-9);
    assert!((measure("forecast_crowd_log") - 0.798_507_696).abs() < 1e-9, "-ln 0.45");
    assert!(measure("forecast_skill_crps") > 0.0 && measure("forecast_skill_turnout_before") > 0.0);
    // The same file given by hand gives the same rows, without the election before.
    write(folder, "bare.toml", ELECTION);
    let (result, file) = (folder.join("bare.toml"), folder.join("forecasts.jsonl"));
    let close = ["--close", "2024-03-10T20:00Z"];
    let call =
        forecast(&[&["score", "--result", text(&result), "--forecasts", text(&file), "--json"], &close[..]].concat());
    let again: Value = serde_json::from_str(&call.out).expect("JSON");
    let [by_hand] = findings(&again, "forecasts/score")[..] else { panic!("{again}") };
    assert_eq!(by_hand["evidence"], finding["evidence"]);
    assert!(by_hand["measures"]["forecast_skill_crps_before"].is_null());
}

#[test]
fn the_table_has_a_row_for_each_and_the_page_a_figure() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path();
    played(folder);
    let page = folder.join("page.html");
    for lang in ["en", "ru", "kk"] {
        let call = forecast(&["score", "--result", text(folder), "--html", text(&page), "--lang", lang]);
        assert_eq!(call.status, 0, "{}", call.err);
        assert!(["swift", "heron", "silent"].iter().all(|name| call.out.contains(name)), "{}", call.out);
        // -ln 0.6.
        assert!(call.out.contains("0.5108"), "{}", call.out);
        assert!(!call.out.contains('['), "a text is missing: {}", call.out);
        assert!(
            lang != "en" || call.out.contains("A good forecast is no proof that a result was fixed"),
            "{}",
            call.out
        );
        assert!(fs::read_to_string(&page).expect("the page").contains("<svg"));
    }
}

#[test]
fn what_is_kept_is_private_and_never_replaced() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path();
    commit(folder, "swift", "0.6", "0.4", "2024-03-09T10:00Z");
    let keep = folder.join("swift.json");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&keep).expect("the file").permissions().mode() & 0o777, 0o600);
    }
    let before = fs::read_to_string(&keep).expect("the file");
    let lines = fs::read_to_string(folder.join("forecasts.jsonl")).expect("the lines");
    assert!(!lines.contains("0.6"), "{lines}");
    let (file, out) = (folder.join("forecast.toml"), folder.join("forecasts.jsonl"));
    let call = forecast(&["commit", "--forecast", text(&file), "--out", text(&out), "--keep", text(&keep)]);
    assert_eq!((call.status, fs::read_to_string(&keep).expect("the file")), (2, before.clone()));
    assert_eq!(fs::read_to_string(&out).expect("the lines"), lines);
    // Two commitments to one forecast differ by their nonces.
    let other = folder.join("other.json");
    let call = forecast(&["commit", "--forecast", text(&file), "--out", text(&out), "--keep", text(&other)]);
    assert_eq!(call.status, 0, "{}", call.err);
    let all = fs::read_to_string(&out).expect("the lines");
    assert!(all.starts_with(&lines) && all.lines().count() == 2, "{all}");
    assert_ne!(fs::read_to_string(&other).expect("the file"), before);
}

#[test]
fn bad_input_ends_with_status_two_and_names_its_place() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path();
    let (file, out, keep) = (folder.join("forecast.toml"), folder.join("out.jsonl"), folder.join("keep.json"));
    let commit = |forecast: &str| {
        write(folder, "forecast.toml", forecast);
        let call = self::forecast(&["commit", "--forecast", text(&file), "--out", text(&out), "--keep", text(&keep)]);
        assert!(call.status == 2 && !out.exists() && !keep.exists(), "{}", call.out);
        call.err
    };
    let head = "contest = \"mayor\"\nforecaster = \"swift\"\n";
    assert!(commit("contest = ").contains("forecast.toml: line 1"));
    assert!(commit(&format!("{head}winner = {{ ada = 0.6 }}")).contains("rule F17"));
    assert!(commit(&format!("{head}turnout = {{ mean = 60, sd = 1 }}")).contains("rule F16"));
    assert!(commit(&format!("{head}weather = 1")).contains("weather"));
    write(folder, "election.toml", &format!("{ELECTION}{DESCRIBED}").replace("T20:00Z", " 20:00"));
    let call = adil(&["check", text(folder)]);
    assert!(call.status == 2 && call.err.contains("is no time"), "{}", call.err);
    write(folder, "election.toml", &format!("{ELECTION}{DESCRIBED}").replace("ben = \"52.0\"", "eve = \"52.0\""));
    let call = adil(&["check", text(folder)]);
    assert!(call.status == 2 && call.err.contains("\"eve\""), "{}", call.err);
    write(folder, "election.toml", ELECTION);
    let call = self::forecast(&["score", "--result", text(folder)]);
    assert!(call.status == 2 && call.err.contains("--forecasts"), "{}", call.err);
}
