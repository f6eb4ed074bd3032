//! The tools of the tests of boards, tested by themselves: archives that are read and written, chains that are made
//! anew, random elections, and changes, held against real boards and `belenios-tool`.

mod board;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use board::archive::{Archive, Kind, places};
use board::change;
use board::hold::{hold, verify};
use board::number;
use board::plan::{Family, Plan, Question, Stage};
use board::random::Random;
use board::uncovered::Expected;
use serde_json::Value;

/// Every sound board among the real data, by name.
fn sound(test: &str) -> Vec<(String, Vec<u8>)> {
    let Some(data) = adil_outside::data(test) else { return Vec::new() };
    let folders = fs::read_dir(data.join("belenios")).expect("the data has a folder of boards");
    let mut folders: Vec<PathBuf> = folders.map(|folder| folder.expect("it can be listed").path()).collect();
    folders.sort();
    let boards = folders.into_iter().filter(|folder| folder.join("info.json").is_file()).map(|folder| {
        let name = folder.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        (name, fs::read(folder.join("election.bel")).expect("the board can be read"))
    });
    let boards: Vec<_> = boards.collect();
    assert!(boards.len() >= 20, "{} sound boards", boards.len());
    boards
}

#[test]
fn sound_boards_are_written_as_they_were_read() {
    for (name, bytes) in sound("sound_boards_are_written_as_they_were_read") {
        let board = Archive::read(&bytes);
        assert!(board.write() == bytes, "{name}");
        for record in &board.records {
            let written = serde_json::to_vec(&record.json()).expect("JSON can be written");
            assert!(written == record.bytes, "{name}: {}", record.text());
        }
    }
}

#[test]
fn a_chain_made_anew_without_a_change_is_the_chain() {
    for (name, bytes) in sound("a_chain_made_anew_without_a_change_is_the_chain") {
        let board = Archive::read(&bytes);
        for number in 1..board.records.len() {
            assert!(board.with(number, board.records[number].bytes.clone()) == board, "{name}, record {number}");
        }
        assert!(board.with_events(&board.events()) == board, "{name}");
    }
}

/// Every name that a record calls another by is the name of one that stands before it.
fn is_chained(board: &Archive) -> bool {
    let mut known = BTreeSet::new();
    board.records.iter().all(|record| {
        let json = record.json();
        let names: Vec<&Value> = match record.kind {
            Kind::Setup => vec![&json["election"], &json["trustees"], &json["credentials"]],
            Kind::SizedTally => vec![&json["encrypted_tally"]],
            Kind::ShuffleOwner | Kind::DecryptionOwner => vec![&json["payload"]],
            Kind::Event => ["parent", "payload"].into_iter().filter_map(|name| json.get(name)).collect(),
            _ => Vec::new(),
        };
        let all = names.into_iter().all(|name| name.as_str().is_some_and(|name| known.contains(name)));
        known.insert(record.digest());
        all
    })
}

#[test]
fn a_changed_record_is_renamed_wherever_it_is_named() {
    for (name, bytes) in sound("a_changed_record_is_renamed_wherever_it_is_named") {
        let board = Archive::read(&bytes);
        assert!(is_chained(&board), "{name}");
        let data = (1..board.records.len()).filter(|number| {
            !matches!(
                board.records[*number].kind,
                Kind::Event | Kind::Setup | Kind::SizedTally | Kind::ShuffleOwner | Kind::DecryptionOwner
            )
        });
        for number in data {
            let changed = board.with(number, b"[]".to_vec());
            assert!(is_chained(&changed), "{name}, record {number}");
            assert!(changed.records.last() != board.records.last(), "{name}, record {number}: the last event stays");
            assert!(Archive::read(&changed.write()) == changed, "{name}, record {number}");
        }
    }
}

#[test]
fn changes_of_bytes_are_changes() {
    for (name, bytes) in sound("changes_of_bytes_are_changes") {
        let (random, board) = (&mut Random::new(3), Archive::read(&bytes));
        for _ in 0..20 {
            let change = change::raw(random, &board);
            assert!(change.bytes != bytes && change.expected >= Expected::ContradictedOrUnreadable, "{name}");
        }
    }
}

#[test]
fn a_record_can_be_written_under_its_old_name() {
    for (name, bytes) in sound("a_record_can_be_written_under_its_old_name") {
        let board = Archive::read(&bytes);
        assert!(board.write_under_names_of(&board) == bytes, "{name}");
        let mut changed = board.clone();
        changed.records[1].bytes.push(b' ');
        let written = changed.write_under_names_of(&board);
        let named = |bytes: &[u8]| bytes[places(bytes)[1].header..][..64].to_vec();
        assert!(written != bytes && named(&written) == named(&bytes), "{name}");
        assert!(Archive::read(&written).records[1] == changed.records[1], "{name}");
    }
}

#[test]
fn changes_of_statements_leave_a_whole_chain() {
    for (name, bytes) in sound("changes_of_statements_leave_a_whole_chain") {
        let board = Archive::read(&bytes);
        let random = &mut Random::new(4);
        for _ in 0..20 {
            let change = change::rechained(random, &board);
            // Names inside records may be what was changed; then the chain is broken on purpose.
            let is_of_names = ["(Setup)", "(SizedTally)", "(ShuffleOwner)", "(DecryptionOwner)", "(Event)"];
            if is_of_names.iter().any(|kind| change.what.contains(kind)) || change.what.starts_with("events") {
                continue;
            }
            assert!(is_chained(&Archive::read(&change.bytes)), "{name}: {}", change.what);
        }
    }
}

#[test]
fn planned_votes_are_valid_and_all_stages_occur() {
    let mut stages = BTreeSet::new();
    for seed in 0..300 {
        let plan = Plan::random(seed, Family::Curve);
        stages.insert(plan.stage);
        assert!(plan.voted() <= plan.voters && plan.voted() <= plan.votes.len());
        for (_, answers) in &plan.votes {
            for (question, answer) in plan.questions.iter().zip(answers) {
                let Question::Choice { min, max, blank, .. } = *question else { continue };
                let choices: Vec<usize> = serde_json::from_value(answer.clone()).expect("numbers");
                let (empty, choices) = choices.split_at(usize::from(blank));
                let sum: usize = choices.iter().sum();
                assert!(if empty == [1] { sum == 0 } else { (min..=max).contains(&sum) }, "{question:?} {answer}");
            }
        }
    }
    assert!(stages.len() == 9 && stages.contains(&Stage::SetUp), "{stages:?}");
}

/// Some random elections of a family: the tool accepts them, its result is the planned one, and it also accepts them
/// after changes of what nothing covers.
fn held(test: &str, family: Family, elections: u64) {
    let Some(peer) = adil_outside::peer(test) else { return };
    let program = if family == Family::Curve { &peer.current } else { &peer.first };
    let first = number("ADIL_PEER_SEED").unwrap_or(1);
    for seed in first..first + number("ADIL_PEER_ELECTIONS").unwrap_or(elections) {
        let plan = Plan::random(seed, family);
        let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), &format!("{test}-{seed}"));
        let held = hold(&peer, &plan, &folder);
        verify(program, &folder).unwrap_or_else(|told| panic!("seed {seed} in {}: {told}", folder.display()));
        let bytes = fs::read(&held.board).expect("the tool made a board");
        let board = Archive::read(&bytes);
        assert!(board.write() == bytes, "{}", folder.display());
        if let Some(result) = board.of(Kind::Result).next() {
            assert_eq!(plan.ordered(&result.json()["result"]), plan.result(), "{}", folder.display());
        }
        assert_eq!(board.of(Kind::Result).count(), usize::from(plan.stage == Stage::Finished));
        assert_eq!(board.of(Kind::Ballot).count(), plan.votes.len());
        let random = &mut Random::new(seed);
        let changes = (0..60).map(|_| change::rechained(random, &board));
        for change in changes.filter(|change| change.expected == Expected::Sound).take(3) {
            fs::write(&held.board, &change.bytes).expect("the folder can be written");
            let outcome = verify(program, &folder);
            assert!(outcome.is_ok(), "seed {seed} in {}: {}: {outcome:?}", folder.display(), change.what);
        }
        let _ = fs::remove_dir_all(&folder);
    }
}

#[test]
fn random_elections_on_the_curve_are_accepted_by_belenios_tool() {
    held("random_elections_on_the_curve_are_accepted_by_belenios_tool", Family::Curve, 4);
}

#[test]
fn random_elections_in_finite_fields_are_accepted_by_belenios_tool() {
    held("random_elections_in_finite_fields_are_accepted_by_belenios_tool", Family::FiniteField, 2);
}
