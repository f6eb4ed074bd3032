//! Two commands at once on one folder: one waits or is refused, and neither harms the other.
#![cfg(unix)]

mod roles;

use std::collections::BTreeSet;
use std::fs;
use std::fs::File;
use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use roles::{CHOICE, Call, after, done, files, is_refusal, open, program, refused, rounds, take};

fn voters(number: u64) -> String {
    let ids: Vec<String> = (1..=number).map(|voter| format!("v{voter}\n")).collect();
    format!("id\n{}", ids.concat())
}

fn start(folder: &Path, line: &str) -> (String, Child) {
    (line.to_owned(), program(folder, line).spawn().expect("the program starts"))
}

fn end((line, child): (String, Child)) -> (String, Call) {
    (line, child.wait_with_output().expect("the program ends").into())
}

/// Nothing that commands make on their way is left.
fn nothing_left(folder: &Path) {
    let left: Vec<String> = files(folder)
        .into_keys()
        .filter(|name| name.split('/').any(|part| part.starts_with('.') && part != ".lock"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

fn count(folder: &Path, entries: u64, voters: u64) {
    let fsck = done(folder, "log fsck ORG/log");
    assert!(fsck.out.contains(&format!("{entries} entries")), "{}", fsck.out);
    let status = done(folder, "election status ORG");
    assert!(status.out.contains(&format!("{voters} of them have a ballot that counts")), "{}", status.out);
    nothing_left(folder);
}

#[test]
fn many_vote_at_once() {
    let number = rounds("ADIL_AT_ONCE", 8);
    let folder = open("at-once", CHOICE, &voters(number));
    // Setup, lists and opening.
    let first = files(&folder)["ORG/log/checkpoint"].clone();
    let first: u64 = String::from_utf8_lossy(&first).lines().nth(1).expect("a size").parse().expect("a number");
    let lines = (1..=number)
        .map(|voter| format!("election vote ORG --answers [[1,0]] --code-file code-v{voter} --receipts receipts"));
    let started: Vec<_> = lines.map(|line| start(&folder, &line)).collect();
    // Others read at the same time.
    let reading: Vec<_> =
        ["election status ORG", "election publish ORG", "log fsck ORG/log"].map(|line| start(&folder, line)).into();
    let mut seen = BTreeSet::new();
    for (line, call) in started.into_iter().map(end) {
        assert_eq!(call.status, Some(0), "adil {line}: {}{}", call.out, call.err);
        let (tracker, index) = (after(&call.out, "Tracker:").to_owned(), after(&call.out, "Entry:").to_owned());
        let receipt = after(&call.out, "Receipt:");
        let text = fs::read_to_string(folder.join(receipt)).expect("a receipt");
        assert_eq!(after(&text, "index "), index, "{text}");
        let entry = receipt.replace(".tlog-proof", ".entry");
        // This file alone: others come and go meanwhile.
        let draft = fs::read(folder.join("ORG/draft.json")).expect("a draft");
        let key = serde_json::from_slice::<serde_json::Value>(&draft).expect("JSON");
        let key = key["log"].as_str().expect("a key").to_owned();
        done(&folder, &format!("log verify {receipt} --entry {entry} --key {key}"));
        // Its tracker is that of the ballot at its index.
        let again = done(&folder, &format!("election receipt ORG {tracker} --receipts again"));
        assert!(again.out.contains(&format!("entry {index} of the log")), "{}", again.out);
        assert!(seen.insert((index.parse::<u64>().expect("a number"), tracker)), "{}", call.out);
    }
    for (line, call) in reading.into_iter().map(end) {
        assert_eq!(call.status, Some(0), "adil {line}: {}{}", call.out, call.err);
    }
    let indices: Vec<u64> = seen.iter().map(|(index, _)| *index).collect();
    assert_eq!(indices, (first..first + number).collect::<Vec<_>>());
    count(&folder, first + number, number);
    closed_while_voting(&folder, number);
}

/// Voters vote while two organisers close: a ballot is before the closing, or refused.
fn closed_while_voting(folder: &Path, number: u64) {
    let vote =
        |voter: u64| format!("election vote ORG --answers [[0,1]] --code-file code-v{voter} --receipts receipts");
    let mut voting: Vec<_> = (1..=number / 2).map(|voter| start(folder, &vote(voter))).collect();
    let closing = [start(folder, "election close ORG"), start(folder, "election close ORG")];
    voting.extend((number / 2 + 1..=number).map(|voter| start(folder, &vote(voter))));
    let mut logged = 0;
    for (line, call) in voting.into_iter().map(end) {
        match call.status {
            Some(0) => logged += 1,
            _ => {
                is_refusal(&call, &line);
                assert!(call.err.contains("voting is not open"), "{}", call.err);
            }
        }
    }
    let closed: Vec<_> = closing.into_iter().map(end).collect();
    assert!(closed.iter().any(|(_, call)| call.status == Some(0)), "{closed:?}");
    for (line, call) in closed.iter().filter(|(_, call)| call.status != Some(0)) {
        is_refusal(call, line);
        assert!(["already", "another command"].iter().any(|words| call.err.contains(words)), "{}", call.err);
    }
    let status = done(folder, "election status ORG");
    assert!(status.out.contains("closed, with its encrypted tally"), "{}", status.out);
    assert!(status.out.contains(&format!("{} in the log", number + logged)), "{}", status.out);
    // Trustee's and organiser's commands twice at once.
    for line in [
        "election trustee decrypt S ORG --passphrase-file phrase",
        "election add ORG S/decryption.json",
        "election result ORG",
        "election publish ORG",
    ] {
        for (line, call) in [start(folder, line), start(folder, line)].map(end) {
            assert_eq!(call.status, Some(0), "adil {line}: {}{}", call.out, call.err);
        }
        nothing_left(folder);
        done(folder, "log fsck ORG/log");
    }
    let result = done(folder, "election result ORG");
    // A vote of those that came in time is No, all others stay Yes.
    assert!(result.out.contains(&format!("Yes: {}", number - logged)), "{logged}: {}", result.out);
    assert!(result.out.contains(&format!("No: {logged}")), "{logged}: {}", result.out);
    let check = done(folder, "check ORG/election.bel");
    assert!(check.out.contains("result: proven"), "{}", check.out);
}

#[test]
fn a_folder_is_made_once() {
    let folder = roles::scratch("once");
    roles::begin(&folder, CHOICE, &voters(3));
    let twice = |line: &str| {
        let calls = [start(&folder, line), start(&folder, line)].map(end);
        let made = calls.iter().filter(|(_, call)| call.status == Some(0)).count();
        assert_eq!(made, 1, "{calls:?}");
        for (line, call) in calls.iter().filter(|(_, call)| call.status != Some(0)) {
            is_refusal(call, line);
        }
        nothing_left(&folder);
    };
    done(&folder, "election new PLAN");
    refused(&folder, "election new PLAN", "PLAN/questions.toml: is there already, with nothing filled in");
    fs::copy(folder.join("plan.toml"), folder.join("PLAN/questions.toml")).expect("writable");
    twice("election new PLAN");
    twice("election new ORG --questions plan.toml");
    twice("election credentials AUTH --draft ORG/draft.json --voters voters.csv");
    twice("election trustee new S --draft ORG/draft.json --passphrase-file phrase");
    for member in [1, 2] {
        twice(&format!(
            "election trustee cert T{member} --draft ORG/draft.json --threshold 1 --members 2 --number {member} --passphrase-file phrase"
        ));
    }
    // A second contribution would give the key away.
    for member in [1, 2] {
        twice(&format!(
            "election trustee contribute T{member} T1/certificate-1.json T2/certificate-2.json --passphrase-file phrase"
        ));
    }
    for member in [1, 2] {
        twice(&format!(
            "election trustee finish T{member} T1/contribution-1.json T2/contribution-2.json --passphrase-file phrase"
        ));
    }
    let all = "S/trustee.json T1/certificate-1.json T1/contribution-1.json T1/finished-1.json T2/certificate-2.json \
               T2/contribution-2.json T2/finished-2.json";
    take(&folder, &[&format!("election assemble ORG AUTH/credentials.json {all}")]);
    for trustee in ["S", "T1", "T2"] {
        let line = format!("election trustee test {trustee} ORG/rehearsal.json --passphrase-file phrase");
        for (line, call) in [start(&folder, &line), start(&folder, &line)].map(end) {
            assert_eq!(call.status, Some(0), "adil {line}: {}{}", call.out, call.err);
        }
    }
    twice("election open ORG S/rehearsed.json T2/rehearsed.json");
    done(&folder, "log fsck ORG/log");
}

#[test]
fn a_command_waits_for_the_log_though_not_for_ever() {
    let folder = open("waits", CHOICE, &voters(2));
    let lock = File::options().write(true).open(folder.join("ORG/log/.lock")).expect("a lock");
    lock.lock().expect("free");
    let line = "election vote ORG --answers [[1,0]] --code-file code-v1 --receipts receipts";
    let waiting = start(&folder, line);
    thread::sleep(Duration::from_millis(1_500));
    // Reading needs no lock.
    done(&folder, "election status ORG");
    drop(lock);
    let (_, call) = end(waiting);
    assert_eq!(call.status, Some(0), "{}{}", call.out, call.err);
    let lock = File::options().write(true).open(folder.join("ORG/log/.lock")).expect("a lock");
    lock.lock().expect("free");
    let begun = Instant::now();
    refused(&folder, line, "another command is working on this log; try again when it has ended");
    assert!(begun.elapsed() >= Duration::from_secs(9), "{:?}", begun.elapsed());
    drop(lock);
    let organiser = File::create(folder.join("ORG/.lock")).expect("writable");
    organiser.lock().expect("free");
    refused(&folder, "election close ORG", "ORG: another command is working on it");
}
