//! Revocations, acceptances and trustees against those who would misuse them: each is refused, or seen by everybody.

mod roles;

use std::fs;
use std::path::Path;

use roles::{CHOICE, SINGLE, after, begin, call, codes, done, open, private, refused, scratch, take};
use serde_json::{Value, json};

const VOTERS: &str = "id\nv1\nv2\nv3\nv4\n";

fn vote(folder: &Path, voter: &str, answer: &str) -> String {
    let line = format!("election vote ORG --answers {answer} --code-file code-{voter} --receipts receipts-{voter}");
    done(folder, &line).out
}

/// A time long before any ballot of a test.
const EARLY: &str = "2020-01-01T00:00Z";

fn finish(folder: &Path) {
    done(folder, "election close ORG");
    done(folder, "election trustee decrypt S ORG --passphrase-file phrase");
    done(folder, "election add ORG S/decryption.json");
    done(folder, "election result ORG");
    done(folder, "election publish ORG");
}

fn report(folder: &Path) -> Value {
    serde_json::from_str(&done(folder, "check ORG --json").out).expect("one JSON object")
}

fn measures(report: &Value, check: &str) -> Value {
    let findings = report["findings"].as_array().expect("findings");
    let finding = findings.iter().find(|finding| finding["check"] == check).expect("the check has run");
    assert_eq!(finding["verdict"], "proven", "{finding:#}");
    finding["measures"].clone()
}

#[test]
fn a_voter_whose_code_was_revoked_without_a_leak_can_show_it_to_anybody() {
    let folder = open("revoked-falsely", CHOICE, VOTERS);
    let told = vote(&folder, "v1", "[[1,0]]");
    let (tracker, entry) = (after(&told, "Tracker:"), after(&told, "Entry:"));
    vote(&folder, "v2", "[[0,1]]");
    done(&folder, &format!("election revoke AUTH --board ORG --voter v1 --since {EARLY} --reason none"));
    done(&folder, "election cosign ORG revocations.json");
    finish(&folder);
    // The voter's evidence, without anybody's help: the receipt proves that her ballot was logged ...
    let log_key = {
        let draft: Value =
            serde_json::from_slice(&fs::read(folder.join("ORG/draft.json")).expect("there")).expect("JSON");
        draft["log"].as_str().expect("a key").to_owned()
    };
    let receipts = fs::read_dir(folder.join("receipts-v1")).expect("there").map(|file| file.expect("readable").path());
    let receipts: Vec<_> = receipts.collect();
    let of = |end: &str| {
        let file = receipts.iter().find(|file| file.to_string_lossy().ends_with(end)).expect("a receipt");
        file.to_string_lossy().into_owned()
    };
    done(&folder, &format!("log verify {} --entry {} --key {log_key}", of(".tlog-proof"), of(".entry")));
    let logged = fs::read_to_string(of(".entry")).expect("there");
    // ... under the public credential that the revocation, which is proven to be in the log too, names with both
    // signatures under it.
    let revocation: u64 = entry.parse::<u64>().expect("a number") + 2;
    done(&folder, &format!("log prove ORG --index {revocation} -o revocation.tlog-proof"));
    let said = entry_of(&folder, revocation);
    fs::write(folder.join("revocation.entry"), &said).expect("writable");
    done(&folder, &format!("log verify revocation.tlog-proof --entry revocation.entry --key {log_key}"));
    let credential = after(&said, "\"credential\":\"").split('"').next().expect("a text").to_owned();
    assert!(logged.contains(&credential), "{said}");
    assert!(said.contains("authority/") && said.contains("organiser/"), "{said}");
    // And everybody is told by the check, with the reason that was given.
    let report = report(&folder);
    let derivation = measures(&report, "board/derivation");
    assert_eq!((&derivation["set_aside"], &derivation["voters_not_voted_again"]), (&json!(1), &json!(1)));
    assert_eq!(measures(&report, "board/result")["result"], json!([[0, 1]]));
    let told = call(&folder, &format!("check ORG/election.toml --tracker {tracker}"));
    assert!(told.out.contains("set aside"), "{}", told.out);
}

/// An entry of the log, from its bundle.
fn entry_of(folder: &Path, index: u64) -> String {
    let tiles = folder.join("ORG/log/tile/entries");
    let partial = fs::read_dir(tiles.join("000.p")).expect("a partial bundle").next().expect("one").expect("readable");
    let bytes = fs::read(partial.path()).expect("readable");
    let mut rest = bytes.as_slice();
    for _ in 0..index {
        let length = usize::from(rest[0]) << 8 | usize::from(rest[1]);
        rest = &rest[2 + length..];
    }
    let length = usize::from(rest[0]) << 8 | usize::from(rest[1]);
    String::from_utf8(rest[2..2 + length].to_vec()).expect("a note")
}

#[test]
fn leaked_codes_lead_to_their_voters_and_nobody_gets_the_spare_of_another() {
    let folder = open("revoked-by-code", CHOICE, VOTERS);
    for voter in ["v1", "v2", "v3"] {
        vote(&folder, voter, "[[0,1]]");
    }
    let leaked: Vec<String> = codes(&folder.join("AUTH/private/codes.csv"))
        .into_iter()
        .filter(|(id, _)| id == "v1" || id == "v2")
        .map(|(_, code)| code)
        .collect();
    private(&folder.join("leaked"), &leaked.join("\n"));
    // Two calls before anything is co-signed: each voter has a spare of her own, and keeps it when it is done again.
    let revoke = |which: &str, name: &str| {
        let files = format!("--output {name}.json --orders {name}-orders.json");
        done(&folder, &format!("election revoke AUTH --board ORG {which} --since {EARLY} --reason leak {files}"));
        let orders: Value =
            serde_json::from_slice(&fs::read(folder.join(format!("{name}-orders.json"))).expect("there"))
                .expect("JSON");
        orders.as_array().expect("orders").iter().map(|order| order["spare"].clone()).collect::<Vec<_>>()
    };
    let first = revoke("--codes-file leaked", "first");
    let second = revoke("--voter v3", "second");
    assert_eq!(first.len(), 2);
    assert!(!first.contains(&second[0]) && first[0] != first[1]);
    assert_eq!(revoke("--voter v3", "third"), second);
    done(&folder, "election cosign ORG first.json");
    done(&folder, "election cosign ORG second.json");
    refused(&folder, "election cosign ORG third.json", "J8");
    refused(&folder, "election vote ORG --answers [[1,0]] --code-file code-v1", "revoked");
    done(&folder, "election spares AUTH/spares first-orders.json");
    let spare = codes(&folder.join("spare-codes.csv")).into_iter().find(|(id, _)| id == "v1").expect("v1").1;
    private(&folder.join("spare"), &spare);
    done(&folder, "election vote ORG --answers [[1,0]] --code-file spare");
    finish(&folder);
    let report = report(&folder);
    assert_eq!(measures(&report, "board/result")["result"], json!([[1, 0]]));
    let derivation = measures(&report, "board/derivation");
    assert_eq!((&derivation["set_aside"], &derivation["voters_not_voted_again"]), (&json!(3), &json!(2)));
}

#[test]
fn the_organiser_signs_revocations_and_nothing_else_that_the_authority_hands_in() {
    let folder = open("revoked-by-other", CHOICE, VOTERS);
    done(&folder, &format!("election revoke AUTH --board ORG --voter v1 --since {EARLY} --reason leak"));
    let mut message: Value =
        serde_json::from_slice(&fs::read(folder.join("revocations.json")).expect("there")).expect("JSON");
    let uuid = message["uuid"].as_str().expect("a text").to_owned();
    let close = format!("{{\"adil\":\"close/1\",\"uuid\":\"{uuid}\",\"minute\":29927000}}\n\n");
    let signature = message["notes"][0].as_str().expect("a note").split("\n\n").nth(1).expect("a signature").to_owned();
    message["notes"] = json!([close + &signature]);
    fs::write(folder.join("other.json"), message.to_string()).expect("writable");
    refused(&folder, "election cosign ORG other.json", "other.json");
    // Nothing happened: a voter still votes.
    vote(&folder, "v1", "[[1,0]]");
}

#[test]
fn what_would_break_a_rule_is_not_logged() {
    let folder = scratch("accepted-twice");
    let plan = CHOICE.replace("title = \"One choice\"", "title = \"One choice\"\nsecond_factor = true");
    begin(&folder, &plan, VOTERS);
    take(&folder, &SINGLE);
    let told = vote(&folder, "v1", "[[1,0]]");
    let first = after(&told, "Tracker:").to_owned();
    let second = after(&vote(&folder, "v2", "[[0,1]]"), "Tracker:").to_owned();
    let third = after(&vote(&folder, "v1", "[[0,1]]"), "Tracker:").to_owned();
    refused(&folder, &format!("election accept ORG {first} {first}"), "J16");
    done(&folder, &format!("election accept ORG {first}"));
    refused(&folder, &format!("election accept ORG {first}"), "accepted before");
    done(&folder, "election close ORG");
    refused(&folder, &format!("election accept ORG {second}"), "J5");
    done(&folder, "election trustee decrypt S ORG --passphrase-file phrase");
    done(&folder, "election add ORG S/decryption.json");
    done(&folder, "election result ORG");
    done(&folder, "election publish ORG");
    // Of the three ballots the accepted one alone counts; the later one of the same voter was never accepted.
    let report = report(&folder);
    assert_eq!(measures(&report, "board/result")["result"], json!([[1, 0]]));
    assert_eq!(measures(&report, "board/derivation")["not_accepted"], json!(2));
    assert_ne!(third, first);
}

#[test]
fn a_trustee_decrypts_no_log_that_was_changed_and_no_second_tally() {
    let folder = open("decrypted-once", CHOICE, VOTERS);
    vote(&folder, "v1", "[[1,0]]");
    vote(&folder, "v2", "[[0,1]]");
    done(&folder, "election close ORG");
    roles::copy(&folder.join("ORG"), &folder.join("FORGED"));
    let tiles = folder.join("FORGED/log/tile/entries/000.p");
    let bundle = fs::read_dir(&tiles).expect("there").next().expect("one").expect("readable").path();
    let mut bytes = fs::read(&bundle).expect("readable");
    // A digit of the minute of the last ballot, so that every entry can still be read.
    let needle = b"\"minute\":";
    let at = bytes.windows(needle.len()).rposition(|window| window == needle).expect("a minute") + needle.len() + 7;
    bytes[at] = if bytes[at] == b'9' { b'8' } else { b'9' };
    fs::write(&bundle, bytes).expect("writable");
    refused(&folder, "election trustee decrypt S FORGED --passphrase-file phrase", "log");
    assert!(!folder.join("S/decryption.json").exists());
    done(&folder, "election trustee decrypt S ORG --passphrase-file phrase");
    // Another election of the same trustee's key: the same setup, opened again with other ballots.
    fs::remove_dir_all(folder.join("FORGED")).expect("ours");
    roles::copy(&folder.join("ORG"), &folder.join("AGAIN"));
    fs::remove_dir_all(folder.join("AGAIN/log")).expect("ours");
    done(&folder, "election open AGAIN S/rehearsed.json");
    done(&folder, "election vote AGAIN --answers [[1,0]] --code-file code-v1");
    done(&folder, "election close AGAIN");
    refused(&folder, "election trustee decrypt S AGAIN --passphrase-file phrase", "another tally");
}
