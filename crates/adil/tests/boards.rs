//! Electronic ballot boards, as users of the program check them.

mod program;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use program::{adil, check, findings, text};
use serde_json::{Value, json};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/electronic-board/election.bel")
}

fn scratch(test: &str) -> PathBuf {
    adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test)
}

fn verdicts(report: &Value) -> Vec<(String, String)> {
    let word = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let all = report["findings"].as_array().expect("findings are a list");
    all.iter().map(|finding| (word(finding, "check"), word(finding, "verdict"))).collect()
}

/// A copy of the example whose record of a kind was changed; hashes and chain are left as they were.
fn changed(folder: &Path, from: &str, to: &str) -> PathBuf {
    assert_eq!(from.len(), to.len());
    let mut bytes = fs::read(example()).expect("the example can be read");
    let at = bytes.windows(from.len()).rposition(|window| window == from.as_bytes()).expect("the text is there");
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    let file = folder.join("changed.bel");
    fs::write(&file, bytes).expect("the copy can be written");
    file
}

#[test]
fn a_finished_sound_board_is_proven_with_its_result() {
    let report = check(&[text(&example())]);
    let verdicts = verdicts(&report);
    assert!(verdicts.iter().all(|(_, verdict)| verdict == "proven"), "{verdicts:?}");
    // Every check of a board but that of shuffles, which this election does not need.
    assert_eq!(verdicts.len(), 9, "{verdicts:?}");
    let measures = |id: &str| findings(&report, id)[0]["measures"].clone();
    let ballots = measures("board/ballots");
    // Made with 24 ballots of 30 credentials, one in twenty replaced: one.
    assert_eq!(ballots, json!({ "credentials": 30, "voters": 23, "ballots": 24, "revotes": 1 }));
    assert_eq!(measures("board/result")["result"], json!([[13, 4, 6]]));
    assert_eq!(13 + 4 + 6, 23, "each voter chose one answer");
    assert_eq!(report["record"]["title"], "Made with seed 7");
    let steps = findings(&report, "board/result")[0]["recheck"].as_array().expect("steps").len();
    assert_eq!(steps, 4);
    let technique = |name: &str| {
        let lines = report["coverage"].as_array().expect("a list");
        lines.iter().find(|line| line["technique"] == name).expect("all techniques are listed").clone()
    };
    assert_eq!(technique("count")["status"], "checked");
    assert_eq!(technique("stuffing")["status"], "partly checkable");
    assert_eq!(technique("mobile-voting")["status"], "not checkable");
}

#[test]
fn a_folder_and_standard_input_are_the_same_board() {
    let by_path = check(&[text(&example())]);
    let by_folder = check(&[text(example().parent().expect("a folder"))]);
    assert_eq!(by_path["findings"], by_folder["findings"]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_adil"))
        .args(["check", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let bytes = fs::read(example()).expect("the example can be read");
    child.stdin.take().expect("a pipe").write_all(&bytes).expect("the program reads");
    let output = child.wait_with_output().expect("the program ends");
    assert!(output.status.success());
    let by_stream: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    // The last finding's commands name the file, and a stream has none.
    let without_result = |report: &Value| {
        let all = report["findings"].as_array().expect("a list");
        all.iter().filter(|finding| finding["check"] != "board/result").cloned().collect::<Vec<_>>()
    };
    assert_eq!(without_result(&by_path), without_result(&by_stream));
}

#[test]
fn a_changed_board_is_contradicted_with_event_and_rule_and_the_rest_is_told() {
    let folder = scratch("a_changed_board_is_contradicted_with_event_and_rule_and_the_rest_is_told");
    let file = changed(&folder, "\"result\":[[13,4,6]]", "\"result\":[[14,3,6]]");
    let call = adil(&["check", text(&file), "--json"]);
    assert_eq!(call.status, 1, "{}", call.err);
    let report: Value = serde_json::from_str(&call.out).expect("JSON");
    let result = findings(&report, "board/result")[0];
    assert_eq!(result["verdict"], "contradicted");
    let rules: Vec<&str> = result["evidence"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["values"]["rule"].as_str())
        .collect();
    assert_eq!(rules, ["R4", "R4"], "two of the three numbers were changed");
    assert_eq!(result["subject"]["event"], "28", "setup, 24 ballots, close, tally, decryption, result: 0 to 28");
    assert_eq!(findings(&report, "board/archive")[0]["verdict"], "contradicted", "the record's name is its digest");
    let ballots = findings(&report, "board/ballots")[0];
    assert_eq!(ballots["verdict"], "undecided", "a broken chain may lack ballots");
    assert_eq!(ballots["measures"]["ballots"], 24);
    let zero = adil(&["check", text(&file), "--json", "--exit-zero"]);
    assert_eq!(zero.status, 0);
}

#[test]
fn an_earlier_state_says_what_is_still_to_come() {
    let folder = scratch("an_earlier_state_says_what_is_still_to_come");
    let bytes = fs::read(example()).expect("the example can be read");
    // The board up to the close of voting: cut before the record that follows its event.
    let event = b"\"type\":\"EndBallots\"}";
    let at = bytes.windows(event.len()).position(|window| window == event).expect("voting is closed");
    let file = folder.join("closed.bel");
    fs::write(&file, &bytes[..(at + event.len()).next_multiple_of(512)]).expect("the copy can be written");
    let report = check(&[text(&file)]);
    let verdict = |id: &str| findings(&report, id)[0]["verdict"].clone();
    assert_eq!(verdict("board/ballots"), "proven");
    for id in ["board/tally", "board/decryption", "board/result"] {
        assert_eq!(verdict(id), "undecided", "{id}");
        assert_eq!(findings(&report, id)[0]["reason"], "no-data", "{id}");
    }
    let call = adil(&["check", text(&file)]);
    assert_eq!(call.status, 0);
    assert!(call.out.contains("still to come"), "{}", call.out);
}

#[test]
fn shards_in_any_order_give_the_report_of_one_run() {
    let folder = scratch("shards_in_any_order_give_the_report_of_one_run");
    let example = example();
    let summary = |index: usize, of: usize| {
        let file = folder.join(format!("{index}-of-{of}.json"));
        let shard = format!("{index}/{of}");
        let call = adil(&["check", text(&example), "--shard", &shard, "--summary", text(&file)]);
        assert_eq!(call.status, 0, "{}", call.err);
        text(&file).to_owned()
    };
    let whole = adil(&["check", text(&example), "--json"]);
    for of in [1, 3, 7] {
        let mut files: Vec<String> = (1..=of).map(|index| summary(index, of)).collect();
        files.reverse();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let merged = adil(&[&["check", "--json", "--merge"], files.as_slice()].concat());
        assert_eq!(merged.out, whole.out, "{of} shards: {}", merged.err);
        assert_eq!(merged.status, 0);
        if of > 1 {
            let missing = adil(&[&["check", "--merge"], &files[1..]].concat());
            assert_eq!(missing.status, 2, "{}", missing.out);
            assert!(missing.err.contains("covered by no summary"), "{}", missing.err);
            let twice = adil(&[&["check", "--merge", files[0]], files.as_slice()].concat());
            assert_eq!(twice.status, 2, "{}", twice.out);
            assert!(twice.err.contains("covered twice"), "{}", twice.err);
        }
    }
    let foreign = adil(&["check", "--merge", text(&example)]);
    assert_eq!(foreign.status, 2);
    assert!(foreign.err.contains("is no summary"), "{}", foreign.err);
}

#[test]
fn shards_of_a_changed_board_give_the_faults_of_one_run() {
    let folder = scratch("shards_of_a_changed_board_give_the_faults_of_one_run");
    // The last ballot's signature: its challenge is 77 digits or so, and one of them is changed.
    let bytes = fs::read(example()).expect("the example can be read");
    let mark = b"\"proof\":{\"challenge\":\"";
    let at = bytes.windows(mark.len()).rposition(|window| window == mark).expect("a signature") + mark.len() + 9;
    let mut bytes = bytes.clone();
    bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
    let file = folder.join("changed.bel");
    fs::write(&file, bytes).expect("the copy can be written");
    let whole = adil(&["check", text(&file), "--json"]);
    assert_eq!(whole.status, 1);
    assert!(whole.out.contains("B16"), "the signature does not hold");
    let mut files = Vec::new();
    for index in 1..=2 {
        let summary = folder.join(format!("{index}.json"));
        let shard = format!("{index}/2");
        adil(&["check", text(&file), "--shard", &shard, "--summary", text(&summary)]);
        files.push(text(&summary).to_owned());
    }
    let merged = adil(&["check", "--json", "--merge", &files[0], &files[1]]);
    assert_eq!((merged.out, merged.status), (whole.out, 1), "{}", merged.err);
}

#[test]
fn a_voter_learns_what_became_of_her_ballot() {
    let report = check(&[text(&example()), "--tracker", "nosuchtracker"]);
    let told = |report: &Value| {
        let all = findings(report, "board/ballots");
        all.iter()
            .skip(1)
            .map(|finding| finding["statement"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(told(&report)[0].contains("No ballot on this board"), "{report}");
    // Every ballot's tracker is the base64 of its record's SHA-256, which is the record's name in hexadecimal.
    let bytes = fs::read(example()).expect("the example can be read");
    let trackers: Vec<String> = ballots(&bytes);
    assert_eq!(trackers.len(), 24);
    let report = check(&[text(&example()), "--tracker", &trackers.join(",")]);
    let told = told(&report);
    assert_eq!(told.iter().filter(|said| said.contains("is the one counted")).count(), 23);
    assert_eq!(told.iter().filter(|said| said.contains("a later one")).count(), 1, "one voter voted twice");
    let replaced = told.iter().find(|said| said.contains("a later one")).expect("one is");
    assert!(trackers.iter().filter(|tracker| replaced.contains(tracker.as_str())).count() == 2, "{replaced}");
    let none = adil(&["check", text(&kazakhstan()), "--tracker", "x"]);
    assert_eq!(none.status, 2, "{}", none.out);
}

fn kazakhstan() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/kazakhstan-2007")
}

/// The trackers of the ballots of an archive, from the names of its records.
fn ballots(archive: &[u8]) -> Vec<String> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut trackers, mut at) = (Vec::new(), 0);
    while at < archive.len() {
        let header = &archive[at..at + 512];
        let size = header[124..135].iter().fold(0usize, |size, digit| size * 8 + usize::from(digit - b'0'));
        if archive[at + 512..].starts_with(b"{\"election_uuid\"") {
            let nibble = |digit: u8| char::from(digit).to_digit(16).expect("a hexadecimal digit");
            let bits: Vec<u32> =
                header[..64].iter().flat_map(|&digit| (0..4).rev().map(move |bit| nibble(digit) >> bit & 1)).collect();
            let sextet = |bits: &[u32]| (0..6).fold(0, |value, bit| value << 1 | bits.get(bit).copied().unwrap_or(0));
            trackers.push(bits.chunks(6).map(|bits| char::from(DIGITS[sextet(bits) as usize])).collect());
        }
        at += 512 + size.next_multiple_of(512);
    }
    trackers
}

#[test]
fn any_number_of_threads_and_any_engine_give_the_same_bytes() {
    let example = example();
    let one = adil(&["check", text(&example), "--json", "--threads", "1"]).out;
    assert_eq!(one, adil(&["check", text(&example), "--json", "--threads", "5"]).out);
    for engine in adil_crypto::Engine::available() {
        let output = Command::new(env!("CARGO_BIN_EXE_adil"))
            .args(["check", text(&example), "--json"])
            .env("ADIL_ENGINE", engine.name())
            .output()
            .expect("the program starts");
        assert_eq!(String::from_utf8_lossy(&output.stdout), one, "{}", engine.name());
    }
    let unknown = Command::new(env!("CARGO_BIN_EXE_adil"))
        .args(["check", text(&example)])
        .env("ADIL_ENGINE", "abacus")
        .output()
        .expect("the program starts");
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn what_does_not_begin_as_an_archive_is_status_2_and_what_does_is_evidence() {
    let folder = scratch("what_does_not_begin_as_an_archive_is_status_2_and_what_does_is_evidence");
    let bytes = fs::read(example()).expect("the example can be read");
    let status = |name: &str, bytes: &[u8]| {
        let file = folder.join(name);
        fs::write(&file, bytes).expect("the copy can be written");
        adil(&["check", text(&file)])
    };
    let mut broken = bytes.clone();
    broken[148] = b'7';
    let call = status("checksum.bel", &broken);
    assert_eq!(call.status, 2);
    assert!(call.err.contains("checksum"), "{}", call.err);
    assert_eq!(status("cut.bel", &bytes[..300]).status, 2);
    // The first record alone is an archive without an event: a contradiction, not an unreadable file.
    assert_eq!(status("header.bel", &bytes[..1024]).status, 1);
    assert_eq!(status("half.bel", &bytes[..bytes.len() / 2 + 100]).status, 1);
}

#[test]
fn the_page_shows_timeline_bars_and_how_to_check() {
    let folder = scratch("the_page_shows_timeline_bars_and_how_to_check");
    let file = folder.join("report.html");
    for lang in ["en", "ru", "kk"] {
        let call = adil(&["check", text(&example()), "--html", text(&file), "--lang", lang]);
        assert_eq!(call.status, 0, "{}", call.err);
        let page = fs::read_to_string(&file).expect("the page is there");
        assert!(!page.contains("[board-") && !page.contains("[rule-"), "a text is missing in {lang}");
        for part in ["Answer 1", "belenios-tool", "class=\"recheck\""] {
            assert!(page.contains(part), "{part} in {lang}");
        }
    }
}
