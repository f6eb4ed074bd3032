//! The program as its users call it.

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{adil, check, findings, text};
use serde_json::Value;

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

fn scratch(test: &str) -> PathBuf {
    adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test)
}

/// A made-up country: stations in districts in regions, with all lines of a protocol.
fn country(rows: usize) -> String {
    let mut table =
        String::from("region,district,station,voters,received,issued,unused,invalid,valid,Alpha,Beta,Gamma\n");
    for row in 0..rows {
        let voters = 400 + (row * 37) % 900;
        let issued = voters * (40 + row % 35) / 100;
        let (invalid, valid) = (issued / 50, issued - issued / 50);
        let alpha = valid * (35 + row % 30) / 100;
        let beta = (valid - alpha) * 2 / 3;
        let gamma = valid - alpha - beta;
        let unused = voters - issued;
        table.push_str(&format!(
            "R{},D{},{row},{voters},{voters},{issued},{unused},{invalid},{valid},{alpha},{beta},{gamma}\n",
            row / 200,
            row / 20
        ));
    }
    table
}

/// The statements of findings that satisfy a condition.
fn statements(report: &Value, pick: impl Fn(&Value) -> bool) -> Vec<String> {
    let all = report["findings"].as_array().expect("findings are a list");
    all.iter()
        .filter(|finding| pick(finding))
        .map(|finding| finding["statement"].as_str().unwrap_or("").to_owned())
        .collect()
}

#[test]
fn kazakhstan_2007_is_told_with_publishers_and_ends_with_status_0() {
    let folder = example("kazakhstan-2007");
    let call = adil(&["check", "--json", text(&folder)]);
    assert_eq!(call.status, 0, "both contradicted sentences are third parties': {}", call.err);
    let report: Value = serde_json::from_str(&call.out).expect("JSON");
    let contradicted = statements(&report, |finding| finding["verdict"] == "contradicted");
    assert_eq!(contradicted.len(), 2, "{contradicted:#?}");
    // 5,174,000 / 5,726,544 = 0.90351
    assert!(contradicted.iter().any(|said| said.contains("90.35%") && said.contains("88.5%")), "{contradicted:#?}");
    assert!(contradicted.iter().any(|said| said.contains("5,174,169") && said.contains("88.41%")), "{contradicted:#?}");
    let whose = |finding: &Value| finding["verdict"] == "contradicted" && finding["whose"] != "third-parties";
    assert!(statements(&report, whose).is_empty());
    let changed = statements(&report, |finding| finding["reason"] == "changed");
    // 6,082,430 - 5,726,544 = 355,886
    assert!(changed.iter().any(|said| said.contains("355,886")), "{changed:#?}");
    // 5,726,544 / 8,891,561 = 0.64404; 5,726,544 / 0.6456 = 8,870,112
    let night = changed.iter().find(|said| said.contains("64.56%")).expect("the night's turnout");
    assert!(night.contains("64.40%") && night.contains("8,891,561") && night.contains("8,870,000"), "{night}");
    let proven = statements(&report, |finding| finding["verdict"] == "proven");
    assert!(!proven.is_empty(), "5,935,625 + 146,805 = 6,082,430");
    let polls = findings(&report, "exit-poll/national");
    assert!(findings(&report, "releases/arithmetic").len() + 1 == report["findings"].as_array().expect("a list").len());
    // (.8841092 / .1158908) / (.80 / .20) = 1.907; no sample size is known, so no z is given.
    let odds = polls[0]["measures"]["tipping_odds"].as_f64().expect("a number");
    assert!((odds - 1.907).abs() < 0.001 && polls[0]["measures"]["z_deff1"].is_null(), "{odds}");
    let named = |finding: &Value| {
        let statements = finding["subject"]["statements"].as_array().cloned().unwrap_or_default();
        finding["verdict"] == "contradicted"
            && statements.iter().all(|one| one["publisher"].as_str().is_none_or(str::is_empty))
    };
    assert!(statements(&report, named).is_empty(), "a contradiction names its publishers");
    let untested = statements(&report, |finding| finding["measures"]["statements_untested"] == 3);
    assert_eq!(untested.len(), 1, "observers, and two parties' own counts: on record, not tested");
    let said = report["findings"].to_string();
    assert!(said.contains("over 40 % of the stations visited") && said.contains("no estimate for the country"));
    assert_eq!(report["coverage"].as_array().map(Vec::len), Some(8));
}

#[test]
fn kazakhstan_2005_has_four_houses() {
    let report = check(&[text(&example("kazakhstan-2005"))]);
    let odds = |poll: &Value| (poll["measures"]["tipping_odds"].as_f64().unwrap_or(0.0) * 100.0).round();
    assert_eq!(
        findings(&report, "exit-poll/national").into_iter().map(odds).collect::<Vec<_>>(),
        [148.0, 155.0, 208.0, 297.0]
    );
    let houses = &findings(&report, "exit-poll/houses")[0]["measures"];
    assert_eq!(
        (houses["t"].as_f64().map(|t| (t * 100.0).round()), houses["p"].as_f64().map(|p| (p * 100.0).round())),
        (Some(146.0), Some(24.0))
    );
}

#[test]
fn kazakhstan_2012_shows_two_releases_that_differ() {
    let report = check(&[text(&example("kazakhstan-2012"))]);
    let text = report["findings"].to_string();
    for region in ["Kyzylorda", "North Kazakhstan"] {
        assert!(text.contains(region), "{region} differs beyond rounding");
    }
    let contradicted = statements(&report, |finding| finding["verdict"] == "contradicted");
    assert_eq!(contradicted, Vec::<String>::new());
}

#[test]
fn the_output_does_not_depend_on_threads_and_follows_the_schema() {
    let folder = scratch("threads");
    fs::write(folder.join("country.csv"), country(900)).expect("the folder is writable");
    let description = folder.join("election.toml");
    let init = adil(&["init", text(&folder.join("country.csv"))]);
    assert_eq!(init.status, 0, "{}", init.err);
    let with = |threads| adil(&["check", "--json", "--seed", "7", "--threads", threads, text(&description)]);
    let (one, four) = (with("1"), with("4"));
    assert!(one.status < 2, "{}", one.err);
    assert_eq!(one.out, four.out);
    let html = |name: &str, threads| {
        let file = folder.join(name);
        adil(&["check", "--html", text(&file), "--threads", threads, text(&description)]);
        fs::read(&file).expect("the page was written")
    };
    assert_eq!(html("one.html", "1"), html("four.html", "4"));
    let read = |path: PathBuf| -> Value {
        serde_json::from_str(&fs::read_to_string(&path).expect("the schema is there")).expect("JSON")
    };
    let schema = read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/report.schema.json"));
    let validator = jsonschema::validator_for(&schema).expect("the schema is sound");
    fs::create_dir(folder.join("known")).expect("the folder is writable");
    fs::write(folder.join("known/notes.md"), "# beside the table").expect("the folder is writable");
    fs::write(folder.join("known/ps.csv"), "PC_number,PS_number,A,B,Total\n101001,1,300,200,500\n").expect("writable");
    let known = adil(&["check", "--json", text(&folder.join("known"))]);
    assert!(known.out.contains("passed_over") && known.out.contains("notes.md"), "{}", known.out);
    for output in [&known.out, &one.out, &adil(&["check", "--json", text(&example("kazakhstan-2007"))]).out] {
        let report = serde_json::from_str(output).expect("JSON");
        let faults: Vec<String> =
            validator.iter_errors(&report).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

#[test]
fn init_recognises_a_table_by_names_and_sums() {
    let folder = scratch("init");
    let table = folder.join("country.csv");
    fs::write(&table, country(300)).expect("the folder is writable");
    let call = adil(&["init", text(&table)]);
    assert_eq!(call.status, 0, "{}", call.err);
    for line in [
        "registered               voters",
        "valid                    valid",
        "invalid                  invalid",
        "3 options                Alpha, Beta, Gamma",
        "votes of all options = valid holds in 300 of 300 rows",
        "valid + invalid = issued holds in 300 of 300 rows",
        "received + unaccounted = issued + unused + lost holds in 300 of 300 rows",
        "Not recognised: nothing",
    ] {
        assert!(call.out.contains(line), "{line:?} is not in\n{}", call.out);
    }
    let written = fs::read_to_string(folder.join("election.toml")).expect("it was written");
    assert!(written.contains("registered = \"voters\"  # the name contains"), "{written}");
    assert_eq!(adil(&["init", text(&table)]).status, 2, "a description that is there is not replaced");
    assert_eq!(adil(&["init", "--force", text(&table)]).status, 0);
    let totals = check(&[text(&folder.join("election.toml")), "--only", "stations/totals"]);
    assert_eq!(findings(&totals, "stations/totals")[0]["measures"]["stations"], 300);
}

#[test]
fn a_contradicted_table_ends_with_status_1_unless_told_otherwise() {
    let folder = scratch("contradicted");
    // In 40 of 100 stations the options are one vote more than the valid ones: beyond any known base rate, and not
    // everywhere, so that the table was not misread.
    let rows: Vec<String> = (0..100).map(|row| format!("{row},500,300,{},100", 200 + usize::from(row < 40))).collect();
    fs::write(folder.join("t.csv"), format!("station,voters,valid,A,B\n{}\n", rows.join("\n"))).expect("writable");
    let description = folder.join("election.toml");
    let map = "title = \"x\"\n[[table]]\nfile = \"t.csv\"\n[table.map]\nstation = \"station\"\n[table.map.lines]\nregistered \
               = \"voters\"\nvalid = \"valid\"\n[table.map.options]\nrest = true\n";
    fs::write(&description, map).expect("the folder is writable");
    let call = adil(&["check", text(&description)]);
    assert_eq!(call.status, 1, "{}{}", call.out, call.err);
    let last = call.out.trim_end().lines().last().unwrap_or("").to_owned();
    assert!(last.starts_with("Exit status 1"), "{last}");
    assert_eq!(adil(&["check", "--exit-zero", text(&description)]).status, 0);
}

#[test]
fn every_check_has_a_page() {
    let list = adil(&["explain"]);
    assert_eq!(list.status, 0);
    for check in ["stations/totals", "stations/integers", "stations/comet", "releases/arithmetic"] {
        assert!(list.out.contains(check));
        let page = adil(&["explain", check]).out;
        assert!(page.starts_with(&format!("# {check}\n")), "{page}");
        assert!(page.lines().count() > 15, "{check} has a page of {} lines", page.lines().count());
    }
    assert_eq!(adil(&["explain", "integers"]).out, adil(&["explain", "stations/integers"]).out);
}

#[test]
fn the_screen_fits_80_columns_and_has_no_colours_when_piped() {
    let screen = adil(&["check", text(&example("kazakhstan-2007"))]).out;
    assert!(!screen.contains('\u{1b}'));
    let widest = screen.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    assert!(widest <= 80, "{widest} columns");
    for lang in ["ru", "kk"] {
        let other = adil(&["check", "--lang", lang, text(&example("kazakhstan-2007"))]);
        assert_eq!(other.status, 0);
        assert_ne!(other.out, screen);
        assert!(other.out.contains("355") && !other.out.contains('['), "every text exists in {lang}:\n{}", other.out);
    }
}

/// Two regions in a file each, with points between thousands and the region in the file's name only.
#[test]
fn files_by_region_with_grouped_digits_are_read() {
    let folder = scratch("regions");
    let header = "Mesa;Censo;Votos nulos;Votos validos;Partido A;Partido B;Partido C";
    for (region, base) in [("Norte", 1_000), ("Sur", 3_000)] {
        let grouped =
            |count: u32| if count < 1000 { count.to_string() } else { format!("{}.{:03}", count / 1000, count % 1000) };
        let rows: Vec<String> = (0..30)
            .map(|mesa| {
                let (a, b, c) = (base / 4 + mesa, base / 5, base / 10);
                let counts = [base + 31 * mesa, mesa, a + b + c, a, b, c].map(grouped);
                format!("{mesa};{}", counts.join(";"))
            })
            .collect();
        fs::write(folder.join(format!("{region}.csv")), format!("{header}\n{}\n", rows.join("\n"))).expect("writable");
    }
    let init = adil(&["init", text(&folder.join("Norte.csv"))]);
    assert_eq!(init.status, 0, "{}", init.err);
    assert!(init.out.contains("votes of all options = valid holds in 30 of 30 rows"), "{}", init.out);
    let description = folder.join("election.toml");
    let written = fs::read_to_string(&description).expect("it was written");
    assert!(written.contains("thousands = \".\""), "{written}");
    let both =
        written.replace("file = \"Norte.csv\"", "file = [\"Norte.csv\", \"Sur.csv\"]\narea-from-file = \"region\"");
    fs::write(&description, both).expect("the folder is writable");
    let report = check(&[text(&description), "--only", "stations/totals,stations/regions"]);
    let totals = &findings(&report, "stations/totals")[0]["measures"];
    // 30 (1000 + 3000) + 2 * 31 * (0 + ... + 29) = 120,000 + 62 * 435 = 146,970
    assert_eq!((&totals["stations"], &totals["registered"]), (&60.into(), &146_970.into()));
    let regions = findings(&report, "stations/regions")[0].to_string();
    assert!(regions.contains("Norte") || regions.contains("2 regions"), "{regions}");
}
