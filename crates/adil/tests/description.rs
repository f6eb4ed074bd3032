//! `election.toml`: the reference page, the JSON Schema and the reader hold each other to the same language.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use adil_record::{Description, Family, Identity, Term};
use jsonschema::Validator;
use serde_json::{Value as Json, json};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn schema() -> Json {
    let schema: Json = serde_json::from_str(&text("docs/schema/election.schema.json")).expect("the schema is JSON");
    jsonschema::draft202012::meta::validate(&schema).expect("the schema is one of draft 2020-12");
    schema
}

fn validator(schema: &Json) -> Validator {
    jsonschema::draft202012::new(schema).expect("the schema can be used")
}

/// The schema of one of the definitions.
fn definition(name: &str) -> Validator {
    validator(&json!({ "$defs": schema()["$defs"], "$ref": format!("#/$defs/{name}") }))
}

fn as_json(toml: &str) -> Json {
    toml::from_str(toml).unwrap_or_else(|error| panic!("{error}\n{toml}"))
}

fn faults(validator: &Validator, value: &Json) -> Vec<String> {
    validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

/// The code blocks of the reference page whose fence says exactly `fence`.
fn blocks(fence: &str) -> Vec<String> {
    let page = text("docs/election-toml.md");
    let opening = format!("```{fence}");
    let mut lines = page.lines();
    let mut blocks = Vec::new();
    while let Some(line) = lines.next() {
        if line == opening {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(block.join("\n"));
        }
    }
    blocks
}

const SMALL: &str = r#"
title = "A vote"
date = "2024-03-10"

[[contest]]
id = "mayor"

[[contest.option]]
id = "a"
name = "A"

[[contest.release]]
id = "final"
publisher = "The commission"
kind = "organiser"
status = "final"

[[contest.release.figure]]
what = "share"
option = "a"
percent = "50.5"

[[contest.release.figure]]
what = "voted"
value = 10

[[table]]
file = "stations.csv"
release = "final"

[table.map]
areas = [{ level = "region", column = "Region", first = 2 }]
station = ["Place", { column-number = 3 }]
share-of = "valid"

[table.map.lines]
registered = "Voters"
invalid = { sum = ["Blank", { any = ["Void", { contains = ["spoil"], without = ["%"] }] }] }
valid = { minus = ["Counted", { constant = 0 }] }

[table.map.options]
rest = true
"#;

/// One change for each way of being wrong; each must change the text.
const BROKEN: &[(&str, &str, &str)] = &[
    ("an unknown key of the record", "date = \"2024-03-10\"", "day = \"2024-03-10\""),
    ("an unknown key of a contest", "id = \"mayor\"", "id = \"mayor\"\nname = \"Mayor\""),
    ("an unknown key of an option", "name = \"A\"", "name = \"A\"\nparty = \"A\""),
    ("an unknown key of a release", "publisher = \"The commission\"", "publisher = \"X\"\nurl = \"x\""),
    ("an unknown key of a figure", "value = 10", "value = 10\nunit = \"voters\""),
    ("an unknown key of a table", "file = \"stations.csv\"", "file = \"stations.csv\"\npath = \"x\""),
    ("an unknown key of a map", "share-of = \"valid\"", "shares-of = \"valid\""),
    ("an unknown key of the options", "rest = true", "all = true"),
    ("an unknown key of an area", "first = 2", "last = 2"),
    ("an unknown line", "registered = \"Voters\"", "voters = \"Voters\""),
    ("no title", "title = \"A vote\"", ""),
    ("no publisher", "publisher = \"The commission\"\n", ""),
    ("no station", "station = [\"Place\", { column-number = 3 }]", ""),
    ("a title that is a number", "title = \"A vote\"", "title = 3"),
    ("a date that is no string", "date = \"2024-03-10\"", "date = 2024-03-10"),
    ("an unknown kind", "kind = \"organiser\"", "kind = \"state\""),
    ("an unknown status", "status = \"final\"", "status = \"done\""),
    ("an unknown base of shares", "share-of = \"valid\"", "share-of = \"voters\""),
    ("a count that is text", "value = 10", "value = \"10\""),
    ("a negative count", "value = 10", "value = -10"),
    ("a count with a fraction", "value = 10", "value = 10.5"),
    ("a percentage that is a number", "percent = \"50.5\"", "percent = 50.5"),
    ("a percentage above 1000", "percent = \"50.5\"", "percent = \"1000.5\""),
    ("a percentage with its sign", "percent = \"50.5\"", "percent = \"50.5 %\""),
    ("a figure with value and percent", "percent = \"50.5\"", "percent = \"50.5\"\nvalue = 5"),
    ("a figure without number", "value = 10", ""),
    ("a share that is a count", "percent = \"50.5\"", "value = 50"),
    ("a count that is a percentage", "value = 10", "percent = \"10\""),
    ("a share of no option", "option = \"a\"\n", ""),
    ("a table with map and family", "release = \"final\"\n\n[table.map]", "family = \"russia\"\n\n[table.map]"),
    ("a table without file", "file = \"stations.csv\"", "file = []"),
    ("a column by a number without key", "column-number = 3", "number = 3"),
    ("an expression that does not exist", "{ constant = 0 }", "{ product = [\"A\", \"B\"] }"),
    ("a negative constant", "{ constant = 0 }", "{ constant = -1 }"),
];

#[test]
fn a_broken_description_is_refused_by_the_schema_and_by_the_reader() {
    let validator = validator(&schema());
    assert_eq!(faults(&validator, &as_json(SMALL)), Vec::<String>::new());
    Description::parse(SMALL).unwrap_or_else(|error| panic!("{error}"));
    for (what, sound, broken) in BROKEN {
        let text = SMALL.replace(sound, broken);
        assert_ne!(text, SMALL, "{what}: nothing was changed");
        assert!(Description::parse(&text).is_err(), "{what}: the reader takes it");
        assert!(!validator.is_valid(&as_json(&text)), "{what}: the schema takes it");
    }
}

#[test]
fn the_reader_refuses_names_that_nothing_has() {
    // A schema cannot follow names, so these are the reader's alone.
    let same_release = "id = \"final\"\npublisher = \"X\"\n\n[[contest.release]]\nid = \"final\"\n";
    for (what, sound, broken, error) in [
        ("option", "option = \"a\"", "option = \"b\"", "names the option \"b\", which is not described"),
        ("release", "release = \"final\"", "release = \"night\"", "names the release \"night\""),
        ("contest", "release = \"final\"", "contest = \"council\"", "names the contest \"council\""),
        ("twice", "id = \"final\"\n", same_release, "two releases are called \"final\""),
    ] {
        let text = SMALL.replace(sound, broken);
        assert_ne!(text, SMALL, "{what}: nothing was changed");
        let found = Description::parse(&text).expect_err(what).to_string();
        assert!(found.contains(error), "{what}: {found}");
    }
    let family = "title = \"A\"\n[[table]]\nfile = \"a.csv\"\nfamily = \"nowhere\"\n";
    let found = Description::parse(family).expect_err("a family that does not exist").to_string();
    assert!(found.contains("names the family \"nowhere\""), "{found}");
}

#[test]
fn complete_examples_of_the_reference_page_are_sound() {
    let validator = validator(&schema());
    let complete = blocks("toml complete");
    assert!(complete.len() >= 3, "only {} complete examples", complete.len());
    for example in complete {
        Description::parse(&example).unwrap_or_else(|error| panic!("{error}\n{example}"));
        assert_eq!(faults(&validator, &as_json(&example)), Vec::<String>::new(), "{example}");
    }
}

/// What the program says of a described table.
fn checked(test: &str, description: &str, (file, table): (&str, &str)) -> Json {
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test);
    fs::write(folder.join(file), format!("{table}\n")).expect("a file for the test");
    fs::write(folder.join("election.toml"), description).expect("a file for the test");
    let adil = Command::new(env!("CARGO_BIN_EXE_adil"))
        .args(["check", "--json", "--only", "stations/totals,stations/balance"])
        .arg(&folder)
        .output()
        .expect("adil runs");
    assert!(adil.status.success(), "{}", String::from_utf8_lossy(&adil.stderr));
    serde_json::from_slice(&adil.stdout).expect("JSON")
}

fn finding<'r>(report: &'r Json, check: &str) -> &'r Json {
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().find(|finding| finding["check"] == check).unwrap_or_else(|| panic!("nothing by {check}"))
}

/// The first example, with its table, goes through the program; its figures are added up on the page.
#[test]
fn the_first_example_runs() {
    let report = checked(
        "the_first_example_runs",
        &blocks("toml complete")[0],
        ("stations.csv", &blocks("csv stations.csv").concat()),
    );
    let measures = &finding(&report, "stations/totals")["measures"];
    // The row of totals, which is left out: 2,860 voters, 1,953 papers issued, 1,911 valid votes, 996 for Lime Tree.
    for (name, value) in
        [("stations", 4), ("registered", 2860), ("issued", 1953), ("valid", 1911), ("leader_votes", 996)]
    {
        assert_eq!(measures[name], value, "{name}");
    }
    // 1,953 / 2,860 = 0.68286…, printed on the page as 68.29 %; 996 / 1,911 = 0.52119…
    for (name, value) in [("turnout", 0.68286), ("leader_share", 0.52119)] {
        let found = measures[name].as_f64().unwrap_or_else(|| panic!("no {name}"));
        assert!((found - value).abs() < 0.00001, "{name}: {found}");
    }
    assert_eq!(finding(&report, "stations/balance")["verdict"], "proven", "every sum holds");
}

#[test]
fn options_of_one_name_are_one_option() {
    let long = r#"
        title = "A long table"
        [[table]]
        file = "a.csv"
        [table.map]
        station = "S"
        share-of = "valid"
        long = { code = "K", value = "V", names = { a = "P", b = "P" } }
    "#;
    // P has 10 + 15 and 11 + 16 votes, c has 5 and none: 52 of 57.
    let report = checked("options_of_one_name", long, ("a.csv", "S,K,V\n1,a,10\n1,b,15\n1,c,5\n2,a,11\n2,b,16"));
    let measures = &finding(&report, "stations/totals")["measures"];
    assert_eq!((&measures["leader_votes"], &measures["valid"]), (&json!(52), &json!(57)));
}

#[test]
fn maps_and_families_of_the_reference_page_are_sound() {
    let map = definition("tableMap");
    let maps = blocks("toml map");
    assert!(maps.len() >= 10, "only {} maps", maps.len());
    for example in maps {
        let value = as_json(&example);
        assert_eq!(faults(&map, &value["table"][0]["map"]), Vec::<String>::new(), "{example}");
        // A map is a part of a table, which is a part of a record.
        let record = format!("title = \"A\"\n{example}");
        Description::parse(&record).unwrap_or_else(|error| panic!("{error}\n{example}"));
    }
    let families = blocks("toml family");
    assert!(!families.is_empty(), "no family");
    for example in families {
        Family::parse(&example).unwrap_or_else(|error| panic!("{error}\n{example}"));
        each_map(&example, &map, "docs/election-toml.md");
    }
}

/// Holds every map of a family's file to the schema; how many there are.
fn each_map(family: &str, map: &Validator, place: &str) -> usize {
    let family = as_json(family);
    let parts = family["part"].as_array().expect("a family has parts");
    let maps = parts.iter().filter_map(|part| part.get("map"));
    maps.inspect(|value| assert_eq!(faults(map, value), Vec::<String>::new(), "{place}")).count()
}

#[test]
fn built_in_maps_keep_to_the_schema() {
    let map = definition("tableMap");
    let mut maps = 0;
    for family in Family::built_in() {
        let file = format!("crates/record/maps/{}.toml", family.family);
        maps += each_map(&text(&file), &map, &file);
    }
    assert!(maps >= Family::built_in().len(), "{maps} maps of {} families", Family::built_in().len());
}

#[test]
fn examples_keep_to_the_schema() {
    let validator = validator(&schema());
    let mut found = 0;
    for entry in fs::read_dir(project("examples")).expect("the examples") {
        let file = entry.expect("an example").path().join("election.toml");
        let Ok(description) = fs::read_to_string(&file) else { continue };
        let faults = faults(&validator, &as_json(&description));
        assert_eq!(faults, Vec::<String>::new(), "{}", file.display());
        let described = Description::parse(&description).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let asked = described.question.iter().flat_map(|question| &question.checks);
        asked.for_each(|check| assert!(adil_check::find(check).is_some(), "{}: {check}", file.display()));
        found += 1;
    }
    assert!(found >= 2, "only {found} examples");
}

/// The values that the schema lists for a name are those of the program, and the page explains each.
#[test]
fn lines_sums_and_families_are_all_listed() {
    let (schema, page) = (schema(), text("docs/election-toml.md"));
    let listed = |name: &str| -> Vec<String> {
        let values = schema["$defs"][name]["oneOf"].as_array().expect("a list of values");
        values.iter().map(|value| value["const"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(listed("term"), Term::ALL.map(Term::id));
    assert_eq!(listed("identity"), Identity::ALL.map(Identity::id));
    let families = Family::built_in().iter().map(|family| family.family.as_str());
    for name in Term::ALL.map(Term::id).into_iter().chain(Identity::ALL.map(Identity::id)).chain(families) {
        assert!(page.contains(&format!("\n| `{name}` |")), "the reference page has no row for {name}");
    }
}

/// Every key that the schema knows is named on the reference page.
#[test]
fn every_key_is_on_the_reference_page() {
    fn keys(schema: &Json, found: &mut Vec<String>) {
        match schema {
            Json::Object(members) => {
                for (name, value) in members {
                    if let (true, Some(properties)) = (name == "properties", value.as_object()) {
                        found.extend(properties.keys().cloned());
                    }
                    keys(value, found);
                }
            }
            Json::Array(values) => values.iter().for_each(|value| keys(value, found)),
            _ => {}
        }
    }
    let (mut found, page) = (Vec::new(), text("docs/election-toml.md"));
    keys(&schema(), &mut found);
    assert!(found.len() > 50, "{found:?}");
    for key in found {
        assert!(page.contains(&format!("`{key}`")), "the reference page does not name the key {key}");
    }
}
