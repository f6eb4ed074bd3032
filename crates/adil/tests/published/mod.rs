//! Published bundles: what `adil publish` writes, what `adil check` says of it, and that no name of a person is in either.

mod planted;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{adil, check, findings, text};

const ELECTION: &str = r#"
title = "Vote of Example"
date = "2024-03-10"

[[contest]]
id = "mayor"
[[contest.release]]
id = "final"
publisher = "Town election commission"

[[table]]
file = "results.csv"
contest = "mayor"
release = "final"
[table.map]
station = "station"
areas = [{ level = "region", column = "region" }]
lines = { registered = "registered", valid = "valid", invalid = "invalid" }
options = { rest = true }
"#;

const RESULTS: &str = "region,station,registered,valid,invalid,Ada,Ben\nNorth,1,100,50,1,30,20\nNorth,2,200,80,2,50,30\nSouth,3,150,70,0,40,30\n";

const OBSERVERS: &str = r#"
[[observers]]
publisher = "Observers of Example"
from = "2024-03-10T07:05Z"
until = "2024-03-12T00:00Z"
incidents = ["incidents.jsonl"]
[[observers.form]]
definition = "voting.toml"
file = "voting.csv"
"#;

const FORM: &str = "id = 'voting'\ntitle = 'Voting'\nstage = 'voting'\n[[item]]\nid = 'sealed'\ntext = 'Was the box sealed?'\n\
                    in-order = 'yes'\n[[item]]\nid = 'opened'\nkind = 'clock'\n[[item]]\nid = 'seen'\nkind = 'several-of'\n\
                    choices = ['police', 'agents', 'lists']\n[[item]]\nid = 'queue'\nkind = 'count'\n[[item]]\nid = 'words'\n\
                    kind = 'text'\n";

const VISITS: &str = "id,replaces,station,observer,arrived,left,access,overall,sealed,opened,seen,queue,words\n\
                      a,,1,swift,2024-03-10T08:07Z,2024-03-10T09:59Z,full,1,yes,7:05,police lists,4,said something\n\
                      b,a,1,swift,2024-03-10T08:07Z,2024-03-10T09:59Z,limited,3,no,7:20,,not-observed,\n\
                      c,,3,lark,2024-03-10T08:14Z,,refused,,perhaps,,refused,,not-asked\n";

const INCIDENTS: &str = r#"{"id":"x","station":"1","code":"V5","time":"2024-03-10T10:07Z","observer":"swift","severity":4,"first-hand":true,"note":"he said it"}
{"id":"y","station":"1","code":"V5","time":"2024-03-10T10:17:59Z","observer":"lark","corroborated-by":["x"],"state":"corroborated","stage":"voting"}
{"id":"z","replaces":"y","station":"1","code":"V5","time":"2024-03-10T10:17Z","observer":"lark","evidence":["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],"state":"verified","duplicate-of":"x"}
{"id":"w","area":"South","code":"A1","observer":"wren"}
{"id":"v","station":"99","code":"A1"}
"#;

/// A folder of a test with a record in it, and with a key.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("published").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("record")).expect("a folder is made");
        let folder = Self(folder);
        folder.put("record/election.toml", &format!("# a remark of swift\n{ELECTION}{OBSERVERS}"));
        folder.put("record/results.csv", RESULTS);
        folder.put("record/voting.toml", FORM);
        folder.put("record/voting.csv", VISITS);
        folder.put("record/incidents.jsonl", INCIDENTS);
        folder.put("record/voters.csv", "id,name\n1,Swift Voter\n");
        let made = adil(&["publish", "--new-key", &folder.path("key"), "--origin", "observers.example/bundles"]);
        assert_eq!(made.status, 0, "{}", made.err);
        folder
    }

    fn path(&self, name: &str) -> String {
        text(&self.0.join(name)).to_owned()
    }

    fn put(&self, name: &str, contents: &str) {
        fs::write(self.0.join(name), contents).unwrap_or_else(|error| panic!("{name}: {error}"));
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Publishes the record; the public key.
    fn publish(&self, bundle: &str, more: &[&str]) -> String {
        let (record, output, key) = (self.path("record"), self.path(bundle), self.path("key"));
        let call = adil(&[&["publish", &record, "-o", &output, "--key", &key], more].concat());
        assert_eq!((call.status, call.err.as_str()), (0, ""), "{}", call.out);
        call.out.lines().last().and_then(|line| line.split(" --key ").nth(1)).expect("the key is told").to_owned()
    }

    /// The one finding of a check on a bundle, with the exit status.
    fn found(&self, bundle: &str, id: &str, more: &[&str]) -> (i32, Value) {
        let call = adil(&[&["check", &self.path(bundle), "--json"], more].concat());
        assert!(call.status < 2, "{}", call.err);
        let report: Value = serde_json::from_str(&call.out).expect("JSON");
        (call.status, findings(&report, id)[0].clone())
    }

    /// Every file below a folder, by path, with its bytes.
    fn files(&self, name: &str) -> Vec<(String, Vec<u8>)> {
        let mut all = Vec::new();
        let mut folders = vec![self.0.join(name)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                match entry.path() {
                    path if path.is_dir() => folders.push(path),
                    path => {
                        let within = path.strip_prefix(&self.0).expect("below it").to_string_lossy().into_owned();
                        all.push((within, fs::read(&path).expect("a file")));
                    }
                }
            }
        }
        all.sort();
        all
    }
}

#[test]
fn a_bundle_has_what_was_parsed_and_in_steps() {
    let folder = Folder::new("steps");
    let seed = folder.path("seed");
    folder.put("seed", &"5".repeat(64));
    make_private(&seed);
    folder.publish("bundle", &["--seed", &seed, "--keep-mapping", &folder.path("mapping")]);
    let mapping: Value = serde_json::from_str(&folder.read("mapping")).expect("JSON");
    let name = |own: &str| mapping["observers"][0]["pseudonyms"][own].as_str().unwrap_or_else(|| panic!("{own}"));
    let (swift, lark, wren) = (name("swift"), name("lark"), name("wren"));
    let form = folder.read("bundle/observers/001/form-001.csv");
    let expected = format!(
        "id,replaces,station,observer,arrived,left,access,overall,sealed,opened,seen,queue\n\
         v-000001,,North / 1,{swift},2024-03-10T08:00:00Z,2024-03-10T09:45:00Z,full,1,yes,07:00,police lists,4\n\
         v-000002,v-000001,North / 1,{swift},2024-03-10T08:00:00Z,2024-03-10T09:45:00Z,limited,3,no,07:15,not-asked,not-observed\n\
         v-000003,,South / 3,{lark},2024-03-10T08:00:00Z,,refused,,unreadable,not-asked,refused,not-asked\n"
    );
    assert_eq!(form, expected);
    let lines = folder.read("bundle/observers/001/incidents-001.jsonl");
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[1]["corroborated-by"], serde_json::json!(["i-000001"]));
    assert_eq!((&rows[1]["time"], &rows[1]["observer"]), (&"2024-03-10T10:15:00Z".into(), &lark.into()));
    assert_eq!((&rows[2]["replaces"], &rows[2]["duplicate-of"]), (&"i-000002".into(), &"i-000001".into()));
    assert_eq!((&rows[3]["area"], &rows[3]["observer"]), (&"South".into(), &wren.into()));
    let redaction: Value = serde_json::from_str(&folder.read("bundle/redaction.json")).expect("JSON");
    let rules = &redaction["files"][0]["rules"];
    assert_eq!((&rules["row-set-aside-o7"], &rules["note-left-out"]), (&1.into(), &1.into()));
    assert_eq!(redaction["files"][1]["rules"]["words-left-out"], 1);
    // What nobody describes is not there, and official tables are, byte for byte.
    let files = folder.files("bundle");
    assert_eq!(files.len(), 8, "{:?}", files.iter().map(|(name, _)| name).collect::<Vec<_>>());
    assert_eq!(folder.read("bundle/tables/001-001.csv"), RESULTS);
    // The same record, key and seed give the same bytes; without the seed the order is another one sooner or later.
    folder.publish("again", &["--seed", &seed]);
    let strip = |files: Vec<(String, Vec<u8>)>, from: &str| -> Vec<(String, Vec<u8>)> {
        files.into_iter().map(|(name, bytes)| (name.replacen(from, "", 1), bytes)).collect()
    };
    assert_eq!(strip(folder.files("again"), "again"), strip(files, "bundle"));
}

#[test]
fn checks_say_the_same_of_the_bundle_as_of_the_record() {
    let folder = Folder::new("alike");
    folder.publish("bundle", &[]);
    let (own, published) = (check(&[&folder.path("record")]), check(&[&folder.path("bundle")]));
    for id in ["observers/coverage", "observers/incidents", "stations/totals"] {
        let measures = |report: &Value| {
            let mut measures = findings(report, id)[0]["measures"].clone();
            // The one row that is set aside is counted in redaction.json.
            measures.as_object_mut().expect("measures").remove("rows_set_aside");
            measures
        };
        assert_eq!(measures(&own), measures(&published), "{id}");
    }
}

#[test]
fn a_change_is_named_and_only_the_organisers_set_the_status() {
    let folder = Folder::new("changes");
    for (kind, status) in [("observer", 0), ("organiser", 1)] {
        let key = folder.publish(kind, &["--kind", kind]);
        let found = |more: &[&str]| folder.found(kind, "bundle/manifest", more);
        let (same, finding) = found(&["--key", &key]);
        assert_eq!((same, &finding["verdict"]), (0, &"proven".into()));
        assert!(!finding["statement"].as_str().expect("a text").contains("names itself"));
        let other = key.replacen("observers.example", "others.example", 1);
        assert_eq!(
            adil(&["check", &folder.path(kind), "--key", &other]).status,
            2,
            "its identifier is that of its name"
        );
        // One vote is moved: the table reads as before.
        let table = format!("{kind}/tables/001-001.csv");
        folder.put(&table, &RESULTS.replace("30,20\n", "20,30\n"));
        let (is, finding) = found(&[]);
        assert_eq!((is, &finding["verdict"]), (status, &"contradicted".into()));
        assert!(finding["statement"].as_str().expect("a text").contains("tables/001-001.csv"));
        // Nor does it help to make it unreadable: the error names the file, too.
        folder.put(&table, "a,b\n1,2\n");
        let call = adil(&["check", &folder.path(kind)]);
        assert!(call.status == 2 && call.err.contains("not as its manifest says: tables/001-001.csv"), "{}", call.err);
        folder.put(&table, RESULTS);
        folder.put(&format!("{kind}/voters.csv"), "1,Swift Voter\n");
        let (is, finding) = found(&[]);
        assert_eq!((is, &finding["verdict"]), (status, &"contradicted".into()));
        assert!(finding["statement"].as_str().expect("a text").contains("voters.csv"));
        fs::remove_file(folder.0.join(kind).join("voters.csv")).expect("removed");
        let manifest = folder.read(&format!("{kind}/manifest.json"));
        folder.put(&format!("{kind}/manifest.json"), &manifest.replace("observers.example/bundles\"", "Others\""));
        let (is, finding) = found(&[]);
        let changed = &finding["verdict"];
        // A publisher's name that somebody changes is another manifest than the one signed.
        assert_eq!((is, changed), (status, &"contradicted".into()), "{finding}");
        folder.put(&format!("{kind}/manifest.json"), &manifest);
        fs::remove_file(folder.0.join(kind).join("bundle.note")).expect("removed");
        assert_eq!(found(&[]).1["verdict"], "undecided");
    }
}

#[test]
fn the_log_of_bundles_grows_and_old_copies_are_told() {
    let folder = Folder::new("log");
    let log = folder.path("bundles");
    let of = |bundle: &str| folder.found(bundle, "bundle/log", &[]).1;
    let key = folder.publish("first", &["--log", &log]);
    folder.publish("second", &["--log", &log, "--round-minutes", "60"]);
    folder.publish("unlogged", &[]);
    assert_eq!((&of("first")["verdict"], &of("first")["measures"]["bundles_later"]), (&"proven".into(), &0.into()));
    assert_eq!(of("second")["measures"]["bundles_logged"], 2);
    assert!(of("unlogged")["statement"].as_str().expect("a text").contains("without a log"));
    let fsck = adil(&["log", "fsck", &log, "--key", &key]);
    assert!(fsck.status == 0 && fsck.out.contains("2 entries"), "{}{}", fsck.out, fsck.err);
    // A newer copy says that a later bundle is there; an older one, or none, is told plainly.
    let swap = |from: &str, to: &str| {
        let _ = fs::remove_dir_all(folder.0.join(to).join("log"));
        for (name, bytes) in folder.files(&format!("{from}/log")) {
            let path = folder.0.join(name.replacen(from, to, 1));
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
    };
    let old = folder.read("first/log/checkpoint");
    swap("first", "kept");
    swap("second", "first");
    assert_ne!(folder.read("first/log/checkpoint"), old);
    assert_eq!(of("first")["measures"]["bundles_later"], 1);
    swap("kept", "second");
    assert_eq!(of("second")["verdict"], "undecided");
    assert!(of("second")["statement"].as_str().expect("a text").contains("older than the bundle"));
    fs::remove_dir_all(folder.0.join("second/log")).expect("removed");
    assert_eq!(of("second")["verdict"], "undecided");
    // A byte of a tile.
    let tile = "first/log/tile/entries/000.p/2";
    let mut bytes = fs::read(folder.0.join(tile)).expect("a tile");
    bytes[40] ^= 1;
    fs::write(folder.0.join(tile), bytes).expect("written");
    assert_eq!(of("first")["verdict"], "contradicted");
}

#[test]
fn what_cannot_be_published_is_refused() {
    let folder = Folder::new("refused");
    let refused = |more: &[&str], says: &str| {
        let (record, output, key) = (folder.path("record"), folder.path("bundle"), folder.path("key"));
        let call = adil(&[&["publish", &record, "-o", &output, "--key", &key], more].concat());
        assert!(call.status == 2 && call.err.contains(says), "{says}: {}", call.err);
        assert!(!folder.0.join("bundle").exists() && !folder.0.join(".bundle.new").exists());
    };
    refused(&["--origin", "other.example"], "the key is called");
    refused(&["--seed", &folder.path("key")], "64 digits");
    let described = |election: &str| folder.put("record/election.toml", election);
    described(&ELECTION.replace("publisher = \"Town", "kind = \"party\"\npublisher = \"Town"));
    refused(&[], "--public-table final");
    described(ELECTION);
    folder.put("key", "PRIVATE+KEY+nonsense\n");
    refused(&[], "is no private key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder.0.join("key"), fs::Permissions::from_mode(0o644)).expect("set");
        refused(&[], "can be read by others");
    }
}

#[test]
fn few_observers_are_not_shown_at_their_station() {
    let folder = Folder::new("few");
    folder.publish("bundle", &["--min-observers", "2"]);
    // At station 1 there are swift and lark; at station 3 lark alone, and in the whole of South lark and wren.
    let form = folder.read("bundle/observers/001/form-001.csv");
    assert!(form.contains("North / 1") && !form.contains("South / 3"), "{form}");
    let more = r#"{"id":"u","station":"3","code":"C1","observer":"lark"}"#;
    folder.put("record/incidents.jsonl", &format!("{INCIDENTS}{more}\n"));
    folder.publish("more", &["--min-observers", "2"]);
    let lines = folder.read("more/observers/001/incidents-001.jsonl");
    assert!(lines.contains(r#""area":"South","code":"C1""#) && !lines.contains("South / 3"), "{lines}");
    folder.publish("three", &["--min-observers", "3"]);
    assert!(!folder.0.join("three/observers/001/form-001.csv").exists());
}

/// Takes the right to read from others.
fn make_private(file: &str) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(file, fs::Permissions::from_mode(0o600)).expect("its mode is set");
    }
    #[cfg(not(unix))]
    let _ = file;
}
