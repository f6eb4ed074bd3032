//! Boards beside the log that they were made of, as users of the program check them: what is told of a sound one, and
//! by which rule each way of cheating is found.

mod held;
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use adil_election::statement::Statement;
use adil_open::log::LogWriter;
use held::{Held, OPEN, Terms, UUID, key};
use program::{adil, check, findings, text};
use serde_json::{Value, json};

fn scratch(test: &str) -> PathBuf {
    adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test)
}

const ONLY: [&str; 2] = ["--only", "board/derivation"];

/// What is said of board and log in a folder.
fn derivation(folder: &Path) -> Value {
    let report = check(&[ONLY[0], ONLY[1], text(folder)]);
    findings(&report, "board/derivation")[0].clone()
}

/// The rules that are broken, in their order, each once.
fn rules(finding: &Value) -> Vec<String> {
    let evidence = finding["evidence"].as_array().expect("a list");
    let mut rules: Vec<String> =
        evidence.iter().filter_map(|one| one["values"]["rule"].as_str().map(str::to_owned)).collect();
    rules.dedup();
    rules
}

/// Five voters, three of whom vote; one of them twice.
fn voted(seed: u64) -> Held {
    let mut held = Held::open(&Terms::default(), seed);
    held.vote(0, 0);
    held.now += 1;
    held.vote(1, 0);
    held.vote(2, 1);
    held.now += 1;
    held.vote(0, 2);
    held
}

#[test]
fn a_board_that_follows_from_its_log_is_proven() {
    let folder = scratch("a_board_that_follows_from_its_log_is_proven");
    let mut held = voted(100);
    held.finish();
    held.write(&folder);
    let report = check(&[text(&folder)]);
    let found = findings(&report, "board/derivation")[0];
    assert_eq!(found["verdict"], "proven", "{found:#}");
    // Setup, credentials, opening, four ballots, closing, tally, decryption, result.
    let expected = json!({ "entries": 11, "ballots_logged": 4, "set_aside": 0, "voters_set_aside": 0,
        "voters_not_voted_again": 0, "voters_without_counted_ballot": 0, "not_accepted": 0, "revocations": 0,
        "spares_left": 2 });
    assert_eq!(found["measures"], expected);
    let all = report["findings"].as_array().expect("a list");
    assert!(all.iter().all(|finding| finding["verdict"] == "proven"), "{all:#?}");
    assert_eq!(findings(&report, "board/result")[0]["measures"]["result"], json!([[1, 1, 1]]));
    assert!(findings(&report, "board/count").is_empty(), "no method is declared");
    let inputs = report["record"]["inputs"].to_string();
    let checkpoint = fs::read(folder.join("log/checkpoint")).expect("a checkpoint");
    let sha256 = adil_belenios::hexadecimal(&adil_belenios::digest(&checkpoint));
    assert!(inputs.contains("log/checkpoint") && inputs.contains(&sha256), "{inputs}");
    assert!(!report.to_string().contains("log/tile"), "nothing in the log's folder is looked at as a table");
    let coverage = report["coverage"].to_string();
    assert!(coverage.contains("board/derivation"), "{coverage}");
    for lang in ["en", "ru", "kk"] {
        let call = adil(&["check", text(&folder), "--lang", lang, "--html", text(&folder.join("r.html"))]);
        assert_eq!(call.status, 0, "{}", call.err);
        let page = fs::read_to_string(folder.join("r.html")).expect("a page");
        assert!(!page.contains("[board-") && !call.out.contains("[board-"), "a text is missing in {lang}");
    }
}

#[test]
fn a_log_that_a_description_names_is_read_and_one_that_is_not_there_is_status_2() {
    let folder = scratch("a_log_that_a_description_names");
    voted(101).write(&folder.join("files"));
    let describe = |log: &str| {
        let text = format!("title = \"Club\"\n[[board]]\nfile = \"files/election.bel\"\nlog = \"{log}\"\n");
        fs::write(folder.join("election.toml"), text).expect("the folder can be written");
    };
    describe("files/log");
    assert_eq!(derivation(&folder)["verdict"], "proven");
    describe("files/nothing");
    let call = adil(&["check", text(&folder)]);
    assert_eq!(call.status, 2, "{}", call.out);
    assert!(call.err.contains("is not the folder of a log"), "{}", call.err);
    // The board alone is checked as ever.
    let report = check(&[text(&folder.join("files/election.bel"))]);
    assert!(findings(&report, "board/derivation").is_empty());
}

#[test]
fn a_log_of_no_one_board_is_passed_over() {
    let folder = scratch("a_log_of_no_one_board_is_passed_over");
    let board = voted(102).write(&folder);
    fs::copy(&board, folder.join("copy.bel")).expect("a copy");
    assert_eq!(derivation(&folder)["verdict"], "proven", "a copy is the same board");
    fs::write(folder.join("other.bel"), voted(103).archive()).expect("another board");
    let report = check(&[text(&folder)]);
    assert!(findings(&report, "board/derivation").is_empty());
    assert!(report.to_string().contains("the folder of a log, which is read with the one board beside it"), "{report}");
}

#[test]
fn revocations_set_ballots_aside_from_their_time_on() {
    let folder = scratch("revocations_set_ballots_aside");
    let mut held = Held::open(&Terms { voters: 6, spares: 4, ..Terms::default() }, 104);
    // Voter 0: before and after the leak, and again by the spare. Voter 1: before and after. Voter 2: after. Voter 3: never.
    let first = [0, 1].map(|voter| held.vote(voter, 0));
    held.now += 10;
    let leak = held.now;
    let late = [0, 1, 2].map(|voter| held.vote(voter, 1));
    held.vote(4, 1);
    held.now += 10;
    for (voter, spare) in [(0, 6), (1, 7), (2, 8), (3, 9)] {
        held.revoke(voter, leak, spare);
    }
    held.vote(6, 2);
    held.finish();
    held.write(&folder);
    let report = check(&[text(&folder)]);
    let found = findings(&report, "board/derivation")[0];
    assert_eq!(found["verdict"], "proven", "{found:#}");
    // Set aside: three after the leak, and voter 0's first one, which the spare's replaces. Of the three voters, 1 and 2
    // have not voted again; of these only voter 2 has nothing that counts.
    let measures = &found["measures"];
    let expected = [
        ("ballots_logged", 7),
        ("set_aside", 4),
        ("voters_set_aside", 3),
        ("voters_not_voted_again", 2),
        ("voters_without_counted_ballot", 1),
        ("revocations", 4),
        ("spares_left", 0),
    ];
    for (name, number) in expected {
        assert_eq!(measures[name], number, "{name}");
    }
    // Counted: voter 1's first (a), voter 4's (b), voter 0's by the spare (c).
    assert_eq!(findings(&report, "board/result")[0]["measures"]["result"], json!([[1, 1, 1]]));
    let evidence = found["evidence"].as_array().expect("a list");
    let by: Vec<&Value> = evidence.iter().filter(|one| one["values"]["reason"].is_string()).collect();
    let counts: Vec<i64> = by.iter().filter_map(|one| one["values"]["set_aside"].as_i64()).collect();
    assert_eq!(counts, [2, 1, 1, 0]);
    assert_eq!(by[0]["values"]["reason"], "a letter was lost");
    // 1,795,000,020 s are 2026-11-18T11:07Z; voting opens ten minutes later, the leak is ten minutes after that.
    assert_eq!(by[0]["values"]["since"], "2026-11-18 11:27 UTC");
    let margin = evidence.iter().find(|one| one["values"]["margin"].is_i64()).expect("a margin");
    // Voter 1 could have moved one vote from one answer to another, voter 2 could have added one: 2 + 1.
    assert_eq!(
        margin["values"],
        json!({ "question": "Who?", "margin": 0, "voters_not_voted_again": 2, "most_changed": 3 })
    );
    assert!(margin["statement"].as_str().expect("a sentence").contains("enough to decide it"), "{margin}");
    assert!(!report.to_string().contains("fraud"));
    // Each of these voters learns what became of her ballot.
    let trackers = [first[0].as_str(), &first[1], &late[0]].join(",");
    let report = check(&["--only", "board/ballots", text(&folder), "--tracker", &trackers]);
    let told: Vec<&str> =
        findings(&report, "board/ballots").iter().skip(1).filter_map(|one| one["statement"].as_str()).collect();
    assert!(told[0].contains("(entry 3), and was set aside: its voter has voted with the code"), "{told:?}");
    assert!(told[1].contains("is the one counted"), "{told:?}");
    assert!(told[2].contains("(entry 5), and was set aside: its voting code was revoked (entry 9)"), "{told:?}");
}

#[test]
fn ballots_that_the_server_did_not_accept_do_not_count() {
    let folder = scratch("ballots_that_the_server_did_not_accept");
    let mut held = Held::open(&Terms { accepts: true, ..Terms::default() }, 105);
    let first = held.vote(0, 0);
    held.accept(&first);
    held.vote(1, 1);
    held.finish();
    held.write(&folder);
    let found = derivation(&folder);
    assert_eq!(found["verdict"], "proven", "{found:#}");
    assert_eq!((&found["measures"]["not_accepted"], &found["measures"]["ballots_logged"]), (&json!(1), &json!(2)));
}

/// Each way of cheating in the log, and the rules that it breaks.
#[test]
fn every_way_of_breaking_the_log_is_found_by_its_rule() {
    type Change = fn(&mut Held);
    let cases: &[(&str, Change, &[&str])] = &[
        ("an entry of no form", |held| held.entries.push(b"{}".to_vec()), &["J1"]),
        ("a second setup", |held| held.say(Statement::Setup(Box::new(held.setup.clone()))), &["J2"]),
        (
            "a revocation that the organiser has not signed",
            |held| {
                let said = Statement::Revocation(held.revocation(3, OPEN, 5)).signed(&[&held.authority]);
                held.entries.push(said.expect("a statement").to_string().into_bytes());
            },
            &["J3"],
        ),
        (
            "a ballot after the close",
            |held| {
                held.close();
                held.vote(3, 0);
            },
            &["J5"],
        ),
        (
            "a statement of another election",
            |held| {
                held.say(Statement::Close { uuid: "HsqB3C3y62Ekq4E".to_owned(), minute: held.now });
            },
            &["J6"],
        ),
        ("a revocation of a spare", |held| held.revoke(5, OPEN, 6), &["J8"]),
        (
            "a second revocation",
            |held| {
                held.revoke(3, OPEN, 5);
                held.revoke(3, OPEN, 6);
            },
            &["J8"],
        ),
        (
            "a spare given twice",
            |held| {
                held.revoke(3, OPEN, 5);
                held.revoke(4, OPEN, 5);
            },
            &["J9"],
        ),
        ("a revocation of tomorrow", |held| held.revoke(3, held.now + 1, 5), &["J10"]),
        (
            "a ballot after the revocation",
            |held| {
                held.revoke(3, OPEN, 5);
                held.vote(3, 0);
            },
            &["J11"],
        ),
        (
            "a spare of nobody",
            |held| {
                held.vote(5, 0);
            },
            &["J12"],
        ),
        ("a ballot twice", |held| held.entries.push(held.entries[3].clone()), &["J15", "J14"]),
        (
            "a ballot of an earlier minute",
            |held| {
                held.now -= 1;
                held.vote(3, 0);
            },
            &["J15"],
        ),
        (
            "an acceptance that nobody asked for",
            |held| {
                let tracker = held.vote(3, 0);
                held.accept(&tracker);
            },
            &["J3", "J16"],
        ),
        (
            "a record that is not there",
            |held| {
                held.close();
                let nothing = adil_election::statement::Content::of(b"nothing");
                held.say(Statement::Tally { tally: nothing, sized: nothing });
            },
            &["J17", "J20"],
        ),
    ];
    let folder = scratch("every_way_of_breaking_the_log");
    for (name, change, expected) in cases {
        let mut held = voted(106);
        // The board is what follows from the broken log, so that nothing but the rule tells.
        change(&mut held);
        held.write_log(&folder.join("log"));
        let derived =
            adil_election::derive(&held.ledger(), held.entries.iter().cloned().map(Ok), &held.records, Vec::new());
        fs::write(folder.join("election.bel"), derived.unwrap_or_else(|_| voted(106).archive())).expect("a board");
        let call = adil(&["check", "--json", ONLY[0], ONLY[1], text(&folder)]);
        assert_eq!(call.status, 1, "{name}: {}", call.err);
        let report: Value = serde_json::from_str(&call.out).expect("JSON");
        let found = findings(&report, "board/derivation")[0];
        assert_eq!(rules(found), *expected, "{name}: {found:#}");
        let first = &found["evidence"][0]["values"];
        if expected[0] != "J20" {
            assert!(first["entry"].is_i64(), "{name}: {first}");
        }
        if ["J11", "J12", "J15"].contains(&expected[0]) {
            assert!(first["tracker"].is_string(), "{name}: {first}");
            assert_eq!(found["subject"]["tracker"], first["tracker"], "{name}");
        }
    }
}

#[test]
fn lists_that_the_authority_did_not_vouch_for_and_spares_that_are_listed_nowhere_are_found() {
    let folder = scratch("lists_that_the_authority_did_not_vouch_for");
    let other = Held::set_up(&Terms::default(), 107);
    let mut held = Held::set_up(&Terms::default(), 108);
    held.entries[1].clone_from(&other.entries[1]);
    held.say(Statement::Open { uuid: UUID.to_owned(), minute: OPEN });
    held.write(&folder);
    assert_eq!(rules(&derivation(&folder)), ["J4"]);
    // A ballot of that other election's voter, and spares of it.
    let mut held = Held::open(&Terms::default(), 108);
    let mut other = Held::open(&Terms::default(), 107);
    other.vote(0, 0);
    held.entries.push(other.entries[3].clone());
    held.write(&folder);
    assert_eq!(rules(&derivation(&folder)), ["J13"]);
    let mut held = Held::open(&Terms::default(), 108);
    held.setup.spares = other.setup.spares;
    held.records.0.push(other.records.0[3].clone());
    let said = Statement::Setup(Box::new(held.setup.clone())).signed(&[&held.organiser]).expect("a statement");
    held.entries[0] = said.to_string().into_bytes();
    held.write(&folder);
    assert_eq!(rules(&derivation(&folder)), ["J7", "J4"]);
}

#[test]
fn a_log_that_was_written_anew_gives_another_archive() {
    let folder = scratch("a_log_that_was_written_anew");
    let held = voted(109);
    held.write(&folder);
    assert_eq!(derivation(&folder)["verdict"], "proven");
    let differs = |finding: &Value| {
        let evidence = finding["evidence"].as_array().expect("a list");
        let one = evidence.iter().find(|one| one["values"]["event"].is_i64()).expect("where they differ");
        one["values"]["event"].as_i64().expect("an event")
    };
    // Entries: setup, credentials, opening, four ballots (3 to 6); events: setup, four ballots (1 to 4).
    let mut dropped = voted(109);
    dropped.entries.remove(4);
    dropped.write_log(&folder.join("log"));
    let found = derivation(&folder);
    assert_eq!((rules(&found), differs(&found)), (vec!["J20".to_owned()], 2));
    let mut changed = voted(109);
    let (mut other, at) = (voted(110), 5);
    changed.entries[at] = {
        other.vote(2, 0);
        changed.vote(2, 0);
        changed.entries.pop().expect("a ballot")
    };
    changed.write_log(&folder.join("log"));
    let found = derivation(&folder);
    // The ballot that was put in states a later minute than the one before it went on with; only the archive differs.
    assert_eq!((rules(&found), differs(&found)), (vec!["J20".to_owned()], 3));
}

#[test]
fn a_board_with_a_ballot_more_or_less_or_in_another_order_is_not_the_archive() {
    let folder = scratch("a_board_with_a_ballot_more_or_less");
    let held = voted(111);
    held.write(&folder);
    let board = |change: &dyn Fn(&mut Held)| {
        let mut other = voted(111);
        change(&mut other);
        let bytes = other.archive();
        fs::write(folder.join("election.bel"), bytes).expect("a board");
        let found = derivation(&folder);
        let evidence = found["evidence"].as_array().expect("a list");
        let event = evidence.iter().find_map(|one| one["values"]["event"].as_i64());
        (rules(&found), event)
    };
    let j20 = vec!["J20".to_owned()];
    assert_eq!(board(&|other| drop(other.vote(3, 0))), (j20.clone(), Some(5)), "one more at the end");
    assert_eq!(board(&|other| drop(other.entries.pop())), (j20.clone(), Some(4)), "the last one less");
    assert_eq!(board(&|other| drop(other.entries.remove(3))), (j20.clone(), Some(1)), "the first one less");
    assert_eq!(board(&|other| other.entries.swap(4, 5)), (j20.clone(), Some(2)), "two in another order");
    assert_eq!(board(&|_| {}), (Vec::new(), None));
}

#[test]
fn checkpoints_by_another_key_and_trees_of_other_entries_are_found() {
    let folder = scratch("checkpoints_by_another_key");
    let mut held = voted(112);
    held.write(&folder);
    let log = folder.join("log");
    held.log = key("club.example/log", 9);
    held.write_log(&log);
    assert_eq!(rules(&derivation(&folder)), ["J18"]);
    // A tile that is not that of the entries.
    held = voted(112);
    held.write_log(&log);
    let tile = log.join("tile/0/000.p/7");
    let mut bytes = fs::read(&tile).expect("a tile of seven hashes");
    bytes[40] ^= 1;
    fs::write(&tile, bytes).expect("the folder can be written");
    let found = derivation(&folder);
    assert_eq!(rules(&found), ["J19"]);
    assert!(found.to_string().contains("entry 1"), "{found:#}");
    // An entry that was changed under a tree that was not.
    held.write_log(&log);
    let bundle = log.join("tile/entries/000.p/7");
    let mut bytes = fs::read(&bundle).expect("a bundle of seven entries");
    let at = bytes.windows(6).position(|window| window == b"minute").expect("a minute") + 10;
    bytes[at] = bytes[at].wrapping_add(1);
    fs::write(&bundle, bytes).expect("the folder can be written");
    assert!(rules(&derivation(&folder)).contains(&"J19".to_owned()));
    // A checkpoint that is none, and entries that are gone, are evidence; the program goes on.
    fs::remove_file(&bundle).expect("it is there");
    let found = derivation(&folder);
    assert_eq!((rules(&found), &found["verdict"]), (vec!["J19".to_owned(), "J18".to_owned()], &json!("contradicted")));
    fs::write(log.join("checkpoint"), "nothing\n").expect("the folder can be written");
    let call = adil(&["check", text(&folder), "--json"]);
    assert_eq!(call.status, 1, "{}", call.err);
    assert!(call.out.contains("J18"), "{}", call.out);
}

#[test]
fn a_provisional_board_is_held_to_the_checkpoint_beside_it() {
    let folder = scratch("a_provisional_board");
    let mut held = voted(113);
    let log = folder.join("log");
    held.write(&folder);
    let earlier = fs::read(log.join("checkpoint")).expect("a checkpoint");
    fs::write(folder.join("election.checkpoint"), &earlier).expect("the folder can be written");
    held.vote(3, 0);
    held.write_log(&log);
    let report = check(&[text(&folder)]);
    let found = findings(&report, "board/derivation")[0];
    assert_eq!((&found["verdict"], &found["measures"]["entries"]), (&json!("proven"), &json!(8)), "{found:#}");
    assert_eq!(found["evidence"][0]["values"]["entries"], 7);
    assert!(report["record"]["inputs"].to_string().contains("election.checkpoint"));
    // Without it the board is too short.
    fs::remove_file(folder.join("election.checkpoint")).expect("it is there");
    assert_eq!(rules(&derivation(&folder)), ["J20"]);
    // A checkpoint of another history.
    let other = scratch("a_provisional_board_other");
    let mut forked = voted(113);
    forked.entries.swap(3, 4);
    forked.write_log(&other);
    fs::copy(other.join("checkpoint"), folder.join("election.checkpoint")).expect("a copy");
    assert_eq!(rules(&derivation(&folder)), ["J19"]);
    // One by another key, one that is none, and one of a later state.
    forked.log = key("club.example/log", 9);
    forked.write_log(&other);
    fs::copy(other.join("checkpoint"), folder.join("election.checkpoint")).expect("a copy");
    assert_eq!(rules(&derivation(&folder)), ["J18", "J19"]);
    let mut later = voted(113);
    later.vote(3, 0);
    later.vote(4, 0);
    later.write_log(&other);
    fs::copy(other.join("checkpoint"), folder.join("election.checkpoint")).expect("a copy");
    let found = derivation(&folder);
    assert_eq!((&found["verdict"], &found["reason"]), (&json!("undecided"), &json!("no-data")), "{found:#}");
}

#[test]
fn a_large_log_is_read_bundle_by_bundle() {
    // More entries than a bundle has; all but the first ballots are revoked and given again, so that few are sealed.
    let folder = scratch("a_large_log");
    let mut held = Held::open(&Terms { voters: 300, spares: 300, ..Terms::default() }, 114);
    for voter in 0..300 {
        held.revoke(voter, OPEN, 300 + voter);
    }
    held.vote(300, 0);
    held.write(&folder);
    let found = derivation(&folder);
    assert_eq!((&found["verdict"], &found["measures"]["entries"]), (&json!("proven"), &json!(304)), "{found:#}");
    assert_eq!(found["measures"]["revocations"], 300);
    let log = LogWriter::open(&folder.join("log")).expect("a log");
    assert_eq!(log.size(), 304);
}
