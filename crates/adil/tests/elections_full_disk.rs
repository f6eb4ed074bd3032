//! A full disk and folders that cannot be written: status 2, nothing is lost, and everything goes on afterwards.
//!
//! A limit on the size of files stands for the full disk: the write that goes beyond it fails, after a part of the bytes.
#![cfg(unix)]
#![allow(clippy::print_stderr, reason = "a test says what it leaves out")]

mod roles;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use roles::{
    Call, GROUP, Numbers, RANKED, begin, call, copy, done, files, hand_out, is_refusal, mode, rounds, scratch,
};

/// The program under a limit of so many blocks of 512 bytes for each file.
fn limited(folder: &Path, line: &str, blocks: u64) -> Call {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {line}");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_adil")]).current_dir(folder);
    command.output().expect("a shell").into()
}

/// The files of roles: without locks, and of the log what its checkpoint vouches for.
fn kept(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let is_kept = |name: &String| {
        !name.ends_with(".lock") && !name.starts_with("ORG/log/tile/") && !name.starts_with("ORG/log/object/")
    };
    files(folder).into_iter().filter(|(name, _)| is_kept(name)).collect()
}

struct Full {
    folder: PathBuf,
    before: PathBuf,
    numbers: Numbers,
    refused: u32,
}

impl Full {
    /// Gives a command on full disks of several sizes, and then on one that is not full.
    fn step(&mut self, line: &str) -> Call {
        let folder = self.folder.clone();
        copy(&folder, &self.before);
        let mut blocks = vec![self.numbers.below(2)];
        blocks.extend((0..rounds("ADIL_FULL_ROUNDS", 1)).map(|_| 2 + self.numbers.below(12)));
        for blocks in blocks {
            let said = format!("adil {line}, with files of at most {blocks} blocks");
            let call = limited(&folder, line, blocks);
            if call.status == Some(0) {
                copy(&self.before, &folder);
                continue;
            }
            self.refused += 1;
            is_refusal(&call, &said);
            assert!(call.err.contains("File too large"), "{said}: {}", call.err);
            let in_part = ["is in the log as entry", "voting is closed, and"];
            if in_part.iter().any(|words| call.err.contains(words)) {
                readable(&folder, &said);
                copy(&self.before, &folder);
                continue;
            }
            let (was, is) = (kept(&self.before), kept(&folder));
            let other: Vec<&String> =
                was.keys().chain(is.keys()).filter(|name| was.get(*name) != is.get(*name)).collect();
            assert!(other.is_empty(), "{said}: {other:?} changed");
            readable(&folder, &said);
        }
        done(&folder, line)
    }
}

fn readable(folder: &Path, said: &str) {
    for line in ["election status ORG", "log fsck ORG/log"] {
        if folder.join("ORG/log").exists() {
            let call = call(folder, line);
            assert_eq!(call.status, Some(0), "{said}: {}{}", call.out, call.err);
        }
    }
}

#[test]
fn a_full_disk_is_an_error_and_loses_nothing() {
    let place = scratch("full");
    let folder = place.join("election");
    fs::create_dir(&folder).expect("writable");
    let mut of = Full { folder: folder.clone(), before: place.join("before"), numbers: Numbers(7), refused: 0 };
    begin(&folder, RANKED, "id\nv1\nv2\nv3\n");
    of.step("election new PLAN");
    fs::copy(folder.join("plan.toml"), folder.join("PLAN/questions.toml")).expect("writable");
    of.step("election new PLAN");
    for line in GROUP {
        of.step(line);
        hand_out(&folder);
    }
    let code = fs::read_to_string(folder.join("code-v3")).expect("a code");
    roles::private(&folder.join("votes"), &format!("{{\"code\":\"{code}\",\"answers\":[[1,0,0],[2,1,3]]}}\n"));
    for line in [
        "election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v1 --audit opened.json",
        "election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v1 --receipts receipts",
        "election vote ORG --answers [[0,1,0],[1,2,3]] --code-file code-v2 --ballot ballot",
        "election cast ORG ballot --receipts receipts",
        "election vote ORG --batch votes --receipts receipts",
        "election revoke AUTH --board ORG --voter v1 --since 2026-01-01T00:00Z --reason leak",
        "election cosign ORG revocations.json",
        "election spares AUTH/spares spare-orders.json",
        "election publish ORG",
        "election close ORG",
        "election shuffle ORG --owner 1",
        "election trustee shuffle T2 ORG --passphrase-file phrase",
        "election add ORG T2/shuffle.json",
        "election trustee decrypt S ORG --passphrase-file phrase",
        "election trustee decrypt T1 ORG --passphrase-file phrase",
        "election trustee decrypt T3 ORG --passphrase-file phrase",
        "election add ORG S/decryption.json T1/decryption.json T3/decryption.json",
        "election result ORG",
        "election publish ORG",
    ] {
        of.step(line);
    }
    let result = done(&folder, "election result ORG");
    assert!(result.out.contains("Answer 1 1, Answer 2 1, Answer 3 0"), "{}", result.out);
    assert!(done(&folder, "check ORG/election.bel").out.contains("result: proven"));
    assert!(of.refused > 30, "only {} commands met a full disk", of.refused);
}

#[test]
fn a_ballot_without_its_receipt_is_in_the_log_and_said_to_be() {
    let folder = roles::open("no-receipt", RANKED, "id\nv1\n");
    fs::write(folder.join("file"), "no folder").expect("writable");
    let line = "election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v1 --receipts file";
    let call = roles::refused(&folder, line, "is in the log as entry");
    let tracker = roles::after(&call.err, "the ballot of tracker ");
    assert!(call.err.contains("`adil election receipt`"), "{}", call.err);
    let again = done(&folder, &format!("election receipt ORG {tracker} --receipts receipts"));
    let receipt = roles::after(&again.out, "receipt: ");
    let draft: serde_json::Value = serde_json::from_slice(&files(&folder)["ORG/draft.json"]).expect("JSON");
    let (entry, key) = (receipt.replace(".tlog-proof", ".entry"), draft["log"].as_str().expect("a key"));
    done(&folder, &format!("log verify {receipt} --entry {entry} --key {key}"));
    roles::refused(&folder, "election receipt ORG abc", "abc: no ballot of that tracker is in the log");
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error() {
    let folder = roles::open("read-only", RANKED, "id\nv1\n");
    mode(&folder.join("ORG"), 0o500);
    if fs::write(folder.join("ORG/probe"), "x").is_ok() {
        mode(&folder.join("ORG"), 0o700);
        fs::remove_file(folder.join("ORG/probe")).expect("ours");
        eprintln!("skipped: this user writes to read-only folders too (root does)");
        return;
    }
    for inner in [
        "ORG/log/tile/0/000.p",
        "ORG/log/tile/0",
        "ORG/log/tile/entries",
        "ORG/log/tile",
        "ORG/log/object",
        "ORG/log",
        "S",
    ] {
        mode(&folder.join(inner), 0o500);
    }
    let before = files(&folder);
    for line in [
        "election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v1 --receipts receipts",
        "election close ORG",
        "election publish ORG",
        "election trustee test S ORG/rehearsal.json --passphrase-file phrase",
    ] {
        let call = roles::refused(&folder, line, "Permission denied");
        assert!(call.err.contains("ORG/") || call.err.contains("S/"), "{}", call.err);
    }
    assert_eq!(files(&folder), before);
    done(&folder, "election status ORG");
    done(&folder, "log fsck ORG/log");
    for inner in [
        "ORG",
        "ORG/log",
        "ORG/log/object",
        "ORG/log/tile",
        "ORG/log/tile/entries",
        "ORG/log/tile/0",
        "ORG/log/tile/0/000.p",
        "S",
    ] {
        mode(&folder.join(inner), 0o700);
    }
    done(&folder, "election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v1 --receipts receipts");
}
