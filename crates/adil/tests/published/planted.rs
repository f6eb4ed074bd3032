//! A name is planted in every field of every file that observers fill in. It must be in no byte of any report, error or bundle.

use super::{ELECTION, FORM, Folder, OBSERVERS};
use crate::program::adil;

/// The name, in the ways in which it could come out.
const NAMES: [&str; 4] = ["Zhanserik-Planted-7731", "Жансерік-Жасырын-7731", "Zhanserik%2DPlanted%2D7731", "Zhanserik"];

/// The parts of the name that are looked for, in small letters: whatever case or escape it is written in.
const TRACES: [&str; 5] = ["zhanserik", "planted", "7731", "жансерік", "\\u0436\\u0430\\u043d\\u0441"];

const FIELDS: [&str; 19] = [
    "id",
    "replaces",
    "duplicate-of",
    "station",
    "area",
    "code",
    "stage",
    "time",
    "until",
    "reported",
    "severity",
    "first-hand",
    "actor",
    "channel",
    "state",
    "corroborated-by",
    "observer",
    "evidence",
    "note",
];

/// Lines of incidents: the name alone in each field in turn, in a sound row where it can be, in fields that are unknown, in lines that are
/// no JSON or too long, and as identifier, pseudonym and note of rows that are sound.
fn incidents(name: &str) -> String {
    let mut text = String::new();
    for field in FIELDS {
        let mut row = serde_json::json!({ "id": format!("f-{field}"), "station": "1", "code": "V5" });
        row[field] = name.into();
        text.push_str(&format!("{row}\n"));
    }
    let id = name.replace('%', ".");
    text.push_str(&format!(
        "{{\"id\":\"{id}\",\"station\":\"1\",\"code\":\"V5\",\"observer\":\"{id}\",\"note\":\"{name}\"}}\n"
    ));
    text.push_str(&format!("{{\"id\":\"{id}\",\"station\":\"2\",\"code\":\"V5\",\"observer\":\"{id}\"}}\n"));
    text.push_str(&format!(
        "{{\"id\":\"d\",\"station\":\"1\",\"code\":\"C1\",\"duplicate-of\":\"{id}\",\"observer\":\"lark\"}}\n"
    ));
    text.push_str(&format!(
        "{{\"id\":\"r\",\"station\":\"1\",\"code\":\"C1\",\"replaces\":\"{id}\",\"observer\":\"lark\"}}\n"
    ));
    text.push_str(&format!("{{\"id\":\"u\",\"station\":\"1\",\"code\":\"C1\",\"{name}\":\"{name}\"}}\n"));
    text.push_str(&format!("{name}\n{{\"id\":\"{name}\n[\"{name}\"]\n"));
    text.push_str(&format!(
        "{{\"id\":\"long\",\"station\":\"1\",\"code\":\"C1\",\"note\":\"{}\"}}\n",
        name.repeat(9_000)
    ));
    text.push_str(&format!(
        "{{\"id\":\"s\",\"station\":[\"{name}\",\"1\"],\"code\":\"V5\",\"evidence\":[\"{name}\"]}}\n"
    ));
    text
}

/// Rows of a form: the name in each column in turn, and in all at once; a column is called by it, too.
fn visits(name: &str) -> String {
    let columns = "id,replaces,station,observer,arrived,left,access,overall,sealed,opened,seen,queue,words";
    let mut text = format!("{columns},{name}\n");
    let id = name.replace('%', ".");
    text.push_str(&format!("{id},,1,{id},2024-03-10T08:07Z,,full,2,yes,7:05,police,3,{name} said,{name}\n"));
    for (at, _) in columns.split(',').enumerate() {
        let sound = [&format!("r{at}"), "", "1", "lark", "", "", "full", "1", "yes", "7:05", "police", "4", ""];
        let cells: Vec<&str> =
            sound.iter().enumerate().map(|(place, cell)| if place == at { name } else { cell }).collect();
        text.push_str(&format!("{},{name}\n", cells.join(",")));
    }
    text.push_str(&format!("{}\n", [name; 14].join(",")));
    text
}

/// A table of incidents, with a column that is called by the name.
fn table(name: &str) -> String {
    let mut text = format!("{},{name}\n", FIELDS.join(","));
    for at in 0..FIELDS.len() {
        let cells = FIELDS.iter().enumerate().map(|(place, field)| match *field {
            _ if place == at => name.to_owned(),
            "id" => format!("t{at}"),
            "station" => "2".to_owned(),
            "code" => "V5".to_owned(),
            _ => String::new(),
        });
        text.push_str(&format!("{},{name}\n", cells.collect::<Vec<_>>().join(",")));
    }
    text
}

/// Copies of protocols: the name in each field in turn, and where a sound line has texts that are nobody's business.
fn copies(name: &str) -> String {
    let id = name.replace('%', ".");
    let entry = |typist: &str, votes: u32| serde_json::json!({ "typist": typist, "time": "2024-03-10T22:05Z", "lines": { "valid": 50 }, "votes": { "Ada": votes } });
    let sound = serde_json::json!({
        "id": id, "station": "1", "holder": "observer", "seen": "2024-03-10T21:40Z", "sha256": "ab".repeat(32), "picture": id,
        "entries": [entry(&id, 30), entry("ash", 31)],
        "resolution": { "by": "birch", "time": "2024-03-10T23:00Z", "reason": format!("{id} looked again"), "votes": { "Ada": 30 } },
    });
    let mut text = format!("{sound}\n");
    for field in
        ["id", "station", "area", "holder", "seen", "sha256", "picture", "replaces", "entries", "resolution", name]
    {
        let mut line = sound.clone();
        line["id"] = format!("c-{}", text.len()).into();
        line[field] = name.into();
        text.push_str(&format!("{line}\n"));
    }
    for field in ["typist", "time", "lines", "votes"] {
        let mut line = sound.clone();
        line["id"] = format!("c-{}", text.len()).into();
        line["entries"][0][field] = name.into();
        text.push_str(&format!("{line}\n"));
        line["entries"][0][field] = serde_json::json!({ name: 1 });
        text.push_str(&format!("{line}\n"));
    }
    text
}

fn clean(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    for trace in TRACES {
        if let Some(at) = text.find(trace) {
            let from = text[..at].char_indices().rev().nth(80).map_or(0, |(at, _)| at);
            panic!("{what} has {trace:?}: {}", text[from..].chars().take(200).collect::<String>());
        }
    }
}

/// Everything that the program says of the record, and every file of its bundle. `reads` where it can be read.
fn nothing_leaks(folder: &Folder, what: &str, reads: bool) {
    let record = folder.path("record");
    let [html, listed] = ["report.html", "listed.csv"].map(|name| folder.path(name));
    let calls: [&[&str]; 5] = [
        &["check", &record],
        &["check", &record, "--json"],
        &["check", &record, "--html", &html, "--stations", &listed],
        &["check", &record, "--lang", "kk"],
        &["publish", &record, "-o", &folder.path("bundle"), "--key", &folder.path("key"), "--log", &folder.path("log")],
    ];
    for call in calls {
        let done = adil(call);
        assert_eq!(done.status == 2, !reads, "{what} {call:?}: {}", done.err);
        clean(&format!("{what}, output of {call:?}"), done.out.as_bytes());
        clean(&format!("{what}, errors of {call:?}"), done.err.as_bytes());
    }
    if !reads {
        return;
    }
    for (name, bytes) in folder.files("bundle").into_iter().chain(folder.files("log")) {
        clean("a path", name.as_bytes());
        clean(&format!("{what}, {name}"), &bytes);
    }
    for file in ["report.html", "listed.csv"] {
        clean(&format!("{what}, {file}"), folder.read(file).as_bytes());
    }
    let done = adil(&["check", &folder.path("bundle"), "--json"]);
    assert!(done.status < 2, "{}", done.err);
    clean("the bundle's report", done.out.as_bytes());
}

#[test]
fn no_name_of_a_person_reaches_a_report_or_a_bundle() {
    for (number, name) in NAMES.into_iter().enumerate() {
        let folder = Folder::new(&format!("names-{number}"));
        folder.put("record/incidents.jsonl", &incidents(name));
        folder.put("record/voting.csv", &visits(name));
        folder.put("record/incidents.csv", &table(name));
        let observers = OBSERVERS.replace("\"incidents.jsonl\"", "\"incidents.jsonl\", \"incidents.csv\"");
        folder.put("record/copies.jsonl", &copies(name));
        let described = "[[contest.copies]]\npublisher = \"Observers of Example\"\nfile = \"copies.jsonl\"\n";
        let election = ELECTION.replace("[[table]]", &format!("{described}[[table]]"));
        folder.put("record/election.toml", &format!("# {name}\n{election}{observers}"));
        folder.put("record/voters.csv", &format!("id,name\n1,{name}\n"));
        nothing_leaks(&folder, name, true);
    }
}

#[test]
fn no_name_reaches_them_where_no_table_vouches_for_stations() {
    let name = NAMES[0];
    let folder = Folder::new("no-table");
    let election = "title = \"A vote\"\n[[contest]]\nid = \"mayor\"\n";
    let results = "[[contest.quick-count]]\npublisher = \"Observers\"\nresults = \"visited.csv\"\n";
    folder.put("record/election.toml", &format!("{election}{results}{OBSERVERS}"));
    folder.put("record/visited.csv", &format!("station,time,A,B\n{name},{name},1,2\n2,2024-03-10T20:07Z,3,4\n"));
    let places = format!("{{\"id\":\"p\",\"area\":\"{name}\",\"code\":\"V5\"}}\n");
    folder.put("record/incidents.jsonl", &(incidents(name) + &places));
    folder.put("record/voting.csv", &visits(name));
    nothing_leaks(&folder, "no table", true);
}

#[test]
fn no_name_stands_in_an_error() {
    let name = NAMES[0];
    let words = format!("{name},{name},{name} \n{name},1,2\n");
    let form = FORM.replace("'", "\"");
    for (what, file, contents) in [
        ("a form without a header", "record/voting.csv", words.clone()),
        ("a form with other columns", "record/voting.csv", format!("station,{name}\n1,{name}\n")),
        ("a row beyond its header", "record/voting.csv", format!("id,station,sealed\na,1,yes,{name}\n")),
        ("a quotation that does not end", "record/voting.csv", format!("id,station,sealed\na,1,\"{name}\n")),
        ("bytes that are no text", "record/voting.csv", format!("id,station,sealed\na,1,{name}\u{0}\n")),
        ("a form that is no form", "record/voting.toml", format!("{form}\n= {name}")),
        ("an empty form", "record/voting.csv", String::new()),
    ] {
        let folder = Folder::new("errors");
        folder.put(file, &contents);
        let record = folder.path("record");
        for call in [
            vec!["check", &record],
            vec!["publish", &record, "-o", &folder.path("bundle"), "--key", &folder.path("key")],
        ] {
            let done = adil(&call);
            clean(&format!("{what}: {}", done.out), done.out.as_bytes());
            clean(what, done.err.as_bytes());
        }
    }
    let counts = [
        ("no number", format!("station,{name}\n1,{name}\n")),
        ("a station twice", format!("station,A\n{name},1\n{name},2\n")),
        ("no station", format!("{name},A\n1,2\n")),
        ("a column twice", format!("station,{name},{name}\n1,2,3\n")),
        ("no votes", format!("station,time\n{name},{name}\n")),
    ];
    for (what, contents) in counts {
        let folder = Folder::new("count-errors");
        let results = "[[contest.quick-count]]\npublisher = \"Observers\"\nresults = \"visited.csv\"\n";
        folder.put("record/election.toml", &format!("title = \"A vote\"\n[[contest]]\nid = \"mayor\"\n{results}"));
        folder.put("record/visited.csv", &contents);
        let done = adil(&["check", &folder.path("record")]);
        assert_eq!(done.status, 2, "{what}: {}", done.out);
        clean(what, done.err.as_bytes());
    }
}
