//! Bad input to every step: status 2 and a sentence that says where the fault is; never a panic.
#![cfg(unix)]

mod roles;

use std::fs;
use std::path::{Path, PathBuf};

use roles::{
    CHOICE, GROUP, Numbers, RANKED, SINGLE, begin, call_with, codes, copy, done, files, hand_out, is_refusal, open,
    private, program, refused, rounds, scratch, take,
};

/// Two elections in one folder's `one` and `other`, and files that are none of an election.
fn two(test: &str) -> PathBuf {
    let place = scratch(test);
    for name in ["one", "other"] {
        let folder = place.join(name);
        fs::create_dir(&folder).expect("writable");
        begin(&folder, CHOICE, "id\nv1\nv2\nv3\n");
        let bytes: Vec<u8> = (0..=255).rev().collect();
        fs::write(folder.join("binary"), bytes).expect("writable");
        fs::write(folder.join("empty"), "").expect("writable");
        private(&folder.join("private-binary"), "\u{1}\u{2}");
        fs::write(folder.join("private-binary"), [0xff, 0xfe, 0]).expect("writable");
        private(&folder.join("private-empty"), "");
    }
    place
}

/// What is no file of a role, by a name in the folder and by words of the sentence about it.
const NO_MESSAGES: [(&str, &str); 5] = [
    ("missing", "missing: No such file"),
    ("empty", "empty: "),
    ("binary", "binary: "),
    ("plan.toml", "plan.toml: "),
    ("ORG/private", "ORG/private: Is a directory"),
];

#[test]
fn steps_before_the_voting() {
    let place = two("bad-before");
    take(&place.join("other"), &SINGLE);
    let folder = &place.join("one");
    for (name, words) in
        [("missing", "missing: "), ("binary", "binary: invalid utf-8"), ("empty", "empty: line 1: the plan has no")]
    {
        refused(folder, &format!("election new ORG --questions {name}"), words);
        assert!(!folder.join("ORG").exists());
    }
    for (from, to, words) in [
        ("min = 1", "min = 3", "line "),
        ("min = 1", "", "has no `min`"),
        ("kind = \"choices\"", "kind = \"other\"", "line 5"),
        ("answers = [", "answers = ", "line "),
        ("title = \"One choice\"", "title = \"One choice\"\nweight = 2", "weight"),
    ] {
        fs::write(folder.join("bad.toml"), CHOICE.replacen(from, to, 1)).expect("writable");
        refused(folder, "election new ORG --questions bad.toml", words);
        refused(folder, "election new ORG --questions bad.toml", "bad.toml: ");
    }
    done(folder, SINGLE[0]);
    refused(folder, SINGLE[0], "ORG: is there already");
    for (name, words) in NO_MESSAGES {
        refused(folder, &format!("election credentials AUTH --draft {name} --voters voters.csv"), words);
        refused(folder, &format!("election trustee new S --draft {name} --passphrase-file phrase"), words);
    }
    for (name, words) in [
        ("missing", "missing: No such file"),
        ("empty", "empty: line 1: the list is empty"),
        ("binary", "binary: line 1: the byte 0x"),
    ] {
        refused(folder, &format!("election credentials AUTH --draft ORG/draft.json --voters {name}"), words);
    }
    for (list, words) in [
        ("id,weight\na,2\n", "line 1: there is a column weight"),
        ("id\na\na\n", "line 3"),
        ("name\na\n", "line 1"),
        ("id,language\na,fr\n", "line 2"),
        ("id\n\"a\n", "line "),
    ] {
        fs::write(folder.join("bad.csv"), list).expect("writable");
        refused(folder, "election credentials AUTH --draft ORG/draft.json --voters bad.csv", "bad.csv: ");
        refused(folder, "election credentials AUTH --draft ORG/draft.json --voters bad.csv", words);
    }
    done(folder, SINGLE[1]);
    refused(folder, SINGLE[1], "AUTH: is there already");
    refused(
        folder,
        "election trustee new S --draft ORG/draft.json --passphrase-file private-empty",
        "private-empty: is empty",
    );
    refused(
        folder,
        "election trustee new S --draft ORG/draft.json --passphrase-file private-binary",
        "private-binary: ",
    );
    private(&folder.join("short"), "seven77");
    refused(
        folder,
        "election trustee new S --draft ORG/draft.json --passphrase-file short",
        "short: a passphrase has at least 8",
    );
    refused(
        folder,
        "election trustee new S --draft AUTH/credentials.json --passphrase-file phrase",
        "it is lists of credentials",
    );
    done(folder, SINGLE[2]);
    let cert = "election trustee cert T --draft ORG/draft.json --passphrase-file phrase";
    for (terms, words) in [
        ("--threshold 3 --members 2 --number 1", "T5"),
        ("--threshold 0 --members 2 --number 1", "T5"),
        ("--threshold 1 --members 2 --number 3", "--number 3: the members are numbered from 1 to 2"),
        ("--threshold 1 --members 2 --number 0", "--number 0"),
        ("--threshold 2 --members 99999999999 --number 1", ""),
    ] {
        refused(folder, &format!("{cert} {terms}"), words);
    }
    refused(
        folder,
        "election trustee contribute S S/trustee.json --passphrase-file phrase",
        "belongs to a single trustee",
    );
    refused(
        folder,
        "election trustee contribute ORG S/trustee.json --passphrase-file phrase",
        "ORG: is no trustee's folder",
    );
    assemble_and_open(folder);
}

fn assemble_and_open(folder: &Path) {
    let assemble = "election assemble ORG";
    for (name, words) in NO_MESSAGES {
        refused(folder, &format!("{assemble} AUTH/credentials.json {name}"), words);
    }
    for (files, words) in [
        ("AUTH/credentials.json", "there is no trustee"),
        ("S/trustee.json", "credentials.json is not among the files"),
        ("AUTH/credentials.json S/trustee.json S/trustee.json", "trustees 1 and 2 have the same key"),
        ("AUTH/credentials.json AUTH/credentials.json S/trustee.json", "AUTH/credentials.json: is a second list"),
        ("AUTH/credentials.json ../other/S/trustee.json", "../other/S/trustee.json: "),
        ("../other/AUTH/credentials.json S/trustee.json", "../other/AUTH/credentials.json: "),
        ("AUTH/credentials.json S/trustee.json ORG/draft.json", "ORG/draft.json: "),
    ] {
        refused(folder, &format!("{assemble} {files}"), words);
    }
    // Others have the draft too, and are no organisers.
    refused(folder, "election assemble S AUTH/credentials.json S/trustee.json", "S: is no organiser's folder");
    refused(folder, "election open ORG", "ORG/assembled.json: is missing");
    assert!(!folder.join("S/rehearsal.json").exists() && !folder.join("ORG/rehearsal.json").exists());
    done(folder, SINGLE[3]);
    let test = |on: &str| format!("election trustee test S {on} --passphrase-file phrase");
    for (name, words) in NO_MESSAGES {
        refused(folder, &test(name), words);
        refused(folder, &format!("election open ORG {name}"), words);
    }
    refused(folder, &test("ORG/draft.json"), "ORG/draft.json: the organiser's rehearsal");
    refused(folder, &test("../other/ORG/rehearsal.json"), "S: belongs to the election");
    done(folder, SINGLE[4]);
    refused(folder, "election open ORG", "that is not enough");
    refused(folder, "election open ORG ../other/S/rehearsed.json", "../other/S/rehearsed.json: ");
    refused(folder, "election open ORG S/trustee.json", "it is a trustee's public key");
    let kept = fs::read(folder.join("ORG/rehearsal.json")).expect("there");
    fs::copy(folder.join("../other/ORG/rehearsal.json"), folder.join("ORG/rehearsal.json")).expect("writable");
    refused(folder, SINGLE[5], "ORG/rehearsal.json: is of another setup");
    fs::write(folder.join("ORG/rehearsal.json"), kept).expect("writable");
    for line in
        ["election vote ORG --answers [[1,0]]", "election close ORG", "election publish ORG", "election result ORG"]
    {
        assert!(refused(folder, line, "ORG: ").err.contains("election open"), "{line}");
    }
    done(folder, SINGLE[5]);
    refused(folder, SINGLE[5], "ORG: voting has been opened already");
    refused(folder, SINGLE[3], "ORG: voting has been opened already");
}

#[test]
fn steps_of_the_voting() {
    let place = two("bad-voting");
    let folder = &place.join("one");
    take(folder, &SINGLE);
    take(&place.join("other"), &SINGLE);
    let vote = "election vote ORG --answers [[1,0]] --code-file";
    for (file, words) in [
        ("missing", "missing: No such file"),
        ("private-empty", "private-empty: is empty"),
        ("private-binary", "private-binary: a text was expected"),
        ("phrase", "phrase: "),
        ("../other/code-v1", "none of this election"),
    ] {
        refused(folder, &format!("{vote} {file}"), words);
    }
    for (answers, words) in [
        ("[[1,1]]", "question 1"),
        ("[[0,0]]", "question 1"),
        ("[[1,0],[1,0]]", ""),
        ("[[1,0", "byte 5"),
        ("[]", ""),
        ("[[99999999999999999999,0]]", ""),
    ] {
        refused(folder, &format!("election vote ORG --answers {answers} --code-file code-v1"), words);
    }
    refused(
        folder,
        "election vote ORG --choose Proposal=Maybe --code-file code-v1",
        "\"Maybe\" is none of the answers",
    );
    refused(folder, "election vote ORG --code-file code-v1", "the answers are missing");
    refused(folder, "election vote S --answers [[1,0]] --code-file code-v1", "S: has no log");
    let spares: serde_json::Value = serde_json::from_slice(&files(folder)["AUTH/spares/codes.json"]).expect("JSON");
    private(&folder.join("spare"), spares[0]["code"].as_str().expect("a code"));
    refused(folder, &format!("{vote} spare"), "a spare voting code that has not been given to a voter");
    // Ballots.
    done(folder, "election vote ORG --answers [[1,0]] --code-file code-v1 --ballot ballot");
    done(folder, "election cast ORG ballot");
    let before = files(folder)["ORG/log/checkpoint"].clone();
    refused(folder, "election cast ORG ballot", "ballot: this very ballot is in the log already");
    done(&place.join("other"), "election vote ORG --answers [[1,0]] --code-file code-v1 --ballot ballot");
    for (file, words) in [
        ("missing", "missing: No such file"),
        ("empty", "empty: the ballot is not sound"),
        ("binary", "binary: the ballot is not sound"),
        ("../other/ballot", "../other/ballot: the ballot is not sound"),
        ("S/trustee.json", "S/trustee.json: the ballot is not sound"),
    ] {
        refused(folder, &format!("election cast ORG {file}"), words);
    }
    for (line, words) in [("{}", "line 1"), ("{\"code\":\"x\",\"answers\":[[1,0]]}", "line 1"), ("[", "line 1")] {
        private(&folder.join("votes"), &format!("{line}\n"));
        refused(folder, "election vote ORG --batch votes", &format!("votes, {words}"));
    }
    refused(folder, "election accept ORG abc", "second factor");
    assert_eq!(files(folder)["ORG/log/checkpoint"], before, "what was refused is not in the log");
    leaks(&place);
    after_the_voting(&place);
}

fn leaks(place: &Path) {
    let folder = &place.join("one");
    let revoke = "election revoke AUTH --board ORG --reason leak --output r --orders o";
    let since = "--since 2026-01-01T00:00Z";
    fs::write(folder.join("ids"), "v1\nnobody\n").expect("writable");
    for (more, words) in [
        ("--voter nobody --since 2026-01-01T00:00Z", "\"nobody\" is no voter"),
        ("--voter v1 --since yesterday", "\"yesterday\" is no time"),
        ("--voter v1 --since 2999-01-01T00:00Z", "after now"),
        ("--voters-file ids --since 2026-01-01T00:00Z", "ids: line 2: \"nobody\""),
        ("--voters-file binary --since 2026-01-01T00:00Z", "binary: "),
        ("--voters-file missing --since 2026-01-01T00:00Z", "missing: "),
    ] {
        refused(folder, &format!("{revoke} {more}"), words);
    }
    refused(
        folder,
        &format!("{} --voter v1 {since}", revoke.replace("AUTH", "S")),
        "S: is no credential authority's folder",
    );
    refused(folder, &format!("{} --voter v1 {since}", revoke.replace(" ORG ", " ../other/ORG ")), "");
    assert!(!folder.join("r").exists() && !folder.join("o").exists());
    for (name, words) in NO_MESSAGES {
        refused(folder, &format!("election cosign ORG {name}"), words);
    }
    refused(folder, "election cosign ORG S/trustee.json", "S/trustee.json: the authority's signed revocations");
    // Named twice, a voter is revoked once.
    done(folder, &format!("{revoke} --voter v1,v1 {since}"));
    done(folder, "election cosign ORG r");
    refused(folder, "election cosign ORG r", "r: nothing was logged");
    refused(&place.join("other"), "election cosign ORG ../one/r", "../one/r: ");
    refused(
        folder,
        &format!("{} --voter v1 {since}", revoke.replace("--output r --orders o", "--output r2 --orders o2")),
        "was revoked before",
    );
    refused(folder, "election spares AUTH/spares r", "`chmod 600 r`");
    refused(folder, "election spares AUTH/spares private-binary", "private-binary: line 1");
    refused(folder, "election spares ../other/AUTH/spares o", "../other/AUTH/spares/codes.json: ");
    done(folder, "election spares AUTH/spares o --table table.csv");
    refused(folder, "election vote ORG --answers [[1,0]] --code-file code-v1", "this voting code was revoked (entry ");
    private(&folder.join("spare"), &codes(&folder.join("table.csv"))[0].1);
    done(folder, "election vote ORG --answers [[0,1]] --code-file spare --receipts receipts");
    done(folder, "election vote ORG --answers [[0,1]] --code-file code-v2 --ballot late");
}

fn after_the_voting(place: &Path) {
    let folder = &place.join("one");
    let decrypt = |on: &str| format!("election trustee decrypt S {on} --passphrase-file phrase");
    refused(folder, &decrypt("ORG"), "after the tally");
    refused(folder, "election result ORG", "after the partial decryptions");
    refused(folder, "election shuffle ORG --owner 1", "after the tally");
    done(folder, "election close ORG");
    refused(folder, "election close ORG", "ORG: voting is closed already");
    refused(folder, "election vote ORG --answers [[0,1]] --code-file code-v2", "voting is not open");
    refused(folder, "election cast ORG late", "late: voting is not open");
    refused(
        folder,
        "election revoke AUTH --board ORG --voter v2 --since 2026-01-01T00:00Z --reason leak --output r3 --orders o3",
        "only while voting is open",
    );
    refused(folder, "election cosign ORG r", "r: ");
    refused(folder, "election shuffle ORG --owner 1", "no question of this election is shuffled");
    refused(folder, "election result ORG", "after the partial decryptions");
    private(&folder.join("wrong"), "a wrong passphrase");
    refused(
        folder,
        "election trustee decrypt S ORG --passphrase-file wrong",
        "S/private/key.sealed: the passphrase is wrong",
    );
    refused(folder, &decrypt("../other/ORG"), "S: belongs to the election");
    done(folder, &decrypt("ORG"));
    done(&place.join("other"), "election vote ORG --answers [[1,0]] --code-file code-v1 --receipts receipts");
    done(&place.join("other"), "election close ORG");
    done(&place.join("other"), &decrypt("ORG"));
    for (name, words) in NO_MESSAGES {
        refused(folder, &format!("election add ORG {name}"), words);
    }
    refused(folder, "election add ORG S/rehearsed.json", "S/rehearsed.json: a shuffle or a partial decryption");
    refused(folder, "election add ORG ../other/S/decryption.json", "of the election");
    // Another's number, and bytes that were changed.
    let text = fs::read_to_string(folder.join("S/decryption.json")).expect("there");
    fs::write(folder.join("number"), text.replace("\"owner\":1", "\"owner\":2")).expect("writable");
    refused(folder, "election add ORG number", "number: ");
    let at = text.rfind("response").expect("a proof") + 20;
    let mut changed = text.clone().into_bytes();
    changed[at] = if changed[at] == b'1' { b'2' } else { b'1' };
    fs::write(folder.join("changed"), changed).expect("writable");
    refused(folder, "election add ORG changed", "changed: ");
    // The same one twice is one.
    done(folder, "election add ORG S/decryption.json S/decryption.json");
    let result = done(folder, "election result ORG");
    // v1 votes once more with the spare code: No; her first ballot is set aside.
    assert!(result.out.contains("Yes: 0") && result.out.contains("No: 1"), "{}", result.out);
    done(folder, "election publish ORG");
    assert!(done(folder, "check ORG/election.bel").out.contains("result: proven"));
}

/// A file with something changed in it.
fn mutated(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    let length = changed.len() as u64;
    let at = numbers.below(length) as usize;
    let to = at + numbers.below((length - at as u64).min(200) + 1) as usize;
    if changed.is_empty() {
        return vec![b'{'];
    }
    match numbers.below(8) {
        0 => changed[at] ^= 1 << numbers.below(8),
        1 => changed.truncate(at),
        2 => drop(changed.drain(at..to.min(bytes.len()))),
        3 => {
            let part = bytes[at..to.min(bytes.len())].to_vec();
            changed.splice(at..at, part);
        }
        4 => changed[at] = numbers.below(256) as u8,
        5 => {
            // A digit: numbers stay numbers.
            let digits: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at].is_ascii_digit()).collect();
            if let Some(&at) = digits.get(numbers.below(digits.len() as u64) as usize) {
                changed[at] = b'0' + numbers.below(10) as u8;
            }
        }
        6 => {
            // A value that is another kind of value.
            let text = String::from_utf8_lossy(bytes);
            let colons: Vec<usize> = text.match_indices(':').map(|(at, _)| at).collect();
            let other = ["null", "[]", "{}", "-1", "1e999", "\"\"", "true", "18446744073709551616", "\"\\u0000\""];
            if let Some(&at) = colons.get(numbers.below(colons.len() as u64) as usize) {
                let end = text[at..].find([',', '}']).map_or(text.len(), |end| at + end);
                let value = other[numbers.below(other.len() as u64) as usize];
                return format!("{}:{value}{}", &text[..at], &text[end..]).into_bytes();
            }
        }
        _ => changed.clear(),
    }
    changed
}

/// Runs a step on copies of the folder in which one file that it may read was changed.
fn step(folder: &Path, line: &str, each: u64, numbers: &mut Numbers) -> u64 {
    let copied = folder.with_file_name("changed");
    let all = files(folder);
    // The files that are named, and those of the folder that the step works in.
    let words: Vec<&str> = line.split_whitespace().collect();
    let named: Vec<&String> = all.keys().filter(|name| words.contains(&name.as_str()) && *name != "phrase").collect();
    let own: Vec<&String> = all
        .keys()
        .filter(|name| words.iter().any(|word| name.starts_with(&format!("{word}/"))) && !name.ends_with(".lock"))
        .collect();
    let mut refusals = 0;
    for round in 0..each {
        let from = if round % 2 == 0 && !named.is_empty() || own.is_empty() { &named } else { &own };
        let Some(name) = from.get(numbers.below(from.len() as u64) as usize) else { continue };
        copy(folder, &copied);
        let bytes = mutated(&all[*name], numbers);
        // Written over, so that its mode stays.
        fs::write(copied.join(name), &bytes).expect("writable");
        let said = format!("{line}, with a changed {name}");
        let call = call_with(&copied, line, "");
        if call.status != Some(0) {
            if call.status != Some(2) {
                fs::write(folder.with_file_name("culprit"), &bytes).expect("writable");
            }
            is_refusal(&call, &said);
            refusals += 1;
        }
    }
    refusals
}

#[test]
fn changed_files_never_end_in_a_panic() {
    let place = scratch("changed");
    let folder = place.join("election");
    fs::create_dir(&folder).expect("writable");
    begin(&folder, RANKED, "id,language\nv1,en\nv2,ru\nv3,en\n");
    let each = rounds("ADIL_CHANGES", 4);
    let mut numbers = Numbers(rounds("ADIL_SEED", 1));
    let mut refusals = 0;
    for line in GROUP {
        refusals += step(&folder, line, each, &mut numbers);
        done(&folder, line);
        hand_out(&folder);
    }
    for line in [
        "election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v1 --receipts receipts",
        "election vote ORG --answers [[0,1,0],[1,2,3]] --code-file code-v2 --ballot ballot",
        "election cast ORG ballot",
        "election revoke AUTH --board ORG --voter v1 --since 2026-01-01T00:00Z --reason leak --output revoked --orders orders",
        "election cosign ORG revoked",
        "election spares AUTH/spares orders",
        "election status ORG",
        "election publish ORG",
        "election close ORG",
        "election trustee shuffle T2 ORG --passphrase-file phrase",
        "election add ORG T2/shuffle.json",
        "election trustee decrypt S ORG --passphrase-file phrase",
        "election trustee decrypt T1 ORG --passphrase-file phrase",
        "election trustee decrypt T3 ORG --passphrase-file phrase",
        "election add ORG S/decryption.json T1/decryption.json T3/decryption.json",
        "election result ORG",
        "election publish ORG",
    ] {
        refusals += step(&folder, line, each, &mut numbers);
        done(&folder, line);
    }
    assert!(refusals > each * 10, "only {refusals} changes were noticed");
    assert!(done(&folder, "check ORG/election.bel").out.contains("result: proven"));
}

#[test]
fn what_is_typed_is_read_to_the_end_of_the_line() {
    let folder = open("bad-typed", CHOICE, "id\nv1\n");
    let code = fs::read_to_string(folder.join("code-v1")).expect("a code");
    let line = "election vote ORG --answers [[1,0]] --receipts receipts";
    is_refusal(&call_with(&folder, line, ""), line);
    is_refusal(&call_with(&folder, line, "\n"), line);
    let call = call_with(&folder, line, &format!("{code}\r\nmore"));
    assert_eq!(call.status, Some(0), "{}", call.err);
    // An output that nobody reads is no fault.
    let mut child = program(&folder, "election status ORG").spawn().expect("the program starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
