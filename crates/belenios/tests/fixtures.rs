//! Elections made by the reference tool, sound and corrupted, against the verdicts that a strict verifier must give.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use adil_belenios::{Board, EventKind, Limits, Options, Outcome, Part, Rule, verify};
use serde_json::Value;

/// What each corrupted board is refused for: the rules that are broken by what was done to it, as its note tells, and
/// those that follow from it. Boards of which either verdict can be defended are decided here as the specification says.
const REFUSED: [(&str, &str); 87] = [
    ("bad-ed-answer-extra-field", "B1"),
    ("bad-ed-ballot-after-result", "O3 B17"),
    ("bad-ed-ballot-removed-rechained", "E5"),
    ("bad-ed-ballots-before-first-endballots-ignored", "O2 E3 E4 E5"),
    ("bad-ed-copied-answers", "B9 B10 E5"),
    ("bad-ed-data-removed", "A10 A11 E5"),
    ("bad-ed-dup-ballot-adjacent", "B17"),
    ("bad-ed-dup-credential", "C3"),
    ("bad-ed-election-renamed", "B3 B9 B10 D5 D6"),
    ("bad-ed-empty-oproof", "B7"),
    ("bad-ed-endballots-missing", "O2"),
    ("bad-ed-event-removed", "A8 A9 A10 E3 E4 E5"),
    ("bad-ed-events-swapped", "A8 A9 A11"),
    ("bad-ed-extra-answer", "B7"),
    ("bad-ed-header-version-2", "A1"),
    ("bad-ed-iproof-flip-resigned", "B9"),
    ("bad-ed-json-whitespace", "B1 E5"),
    ("bad-ed-junk-data-appended", "A6"),
    ("bad-ed-missing-choice", "B7"),
    ("bad-ed-nh-result-changed", "R4"),
    ("bad-ed-no-signature", "B1"),
    ("bad-ed-noncanon-identity-signbit", "B5"),
    ("bad-ed-noncanon-identity-yplusp", "B5"),
    ("bad-ed-not-on-curve", "B5"),
    ("bad-ed-num-tallied", "E3"),
    ("bad-ed-oproof-flip-resigned", "B10"),
    ("bad-ed-overvote", "B10"),
    ("bad-ed-padding-appended", "A3"),
    ("bad-ed-pd-duplicate", "D3"),
    ("bad-ed-pd-factor-changed", "D5 D6"),
    ("bad-ed-pd-missing", "O2 D6"),
    ("bad-ed-pd-owner-99", "D2 D6"),
    ("bad-ed-pd-proof-flip", "D5 D6"),
    ("bad-ed-pd-proof-flip-no-result", "D5"),
    ("bad-ed-pd-scalar-plus-q", "D4 D6"),
    ("bad-ed-replay-old-ballot", "B17"),
    ("bad-ed-result-as-string", "R1"),
    ("bad-ed-result-empty", "R1"),
    ("bad-ed-result-plus-one", "R4"),
    ("bad-ed-result-plus-q", "R1"),
    ("bad-ed-result-short", "R2"),
    ("bad-ed-scalar-negative", "B6"),
    ("bad-ed-scalar-plus-q", "B6"),
    ("bad-ed-second-setup-drops-ballots", "O1 E3 E4 E5"),
    ("bad-ed-shuffle-duplicated-output", "M5 D5 D6"),
    ("bad-ed-shuffle-proof-flip", "M5"),
    ("bad-ed-shuffle-wrong-owner", "M3"),
    ("bad-ed-sig-flip", "B16"),
    ("bad-ed-sig-scalar-plus-q", "B6"),
    ("bad-ed-small-order-alpha", "B5"),
    ("bad-ed-stuffed-ballot", "B9 B10 B15 B16"),
    ("bad-ed-swap-ciphertexts", "B9 B10"),
    ("bad-ed-tally-changed", "E5 R4"),
    ("bad-ed-tally-event-missing", "O2"),
    ("bad-ed-tar-mode", "A3"),
    ("bad-ed-tar-mtime", "A3"),
    ("bad-ed-thr-coefexp-changed", "T8 T9 T10"),
    ("bad-ed-thr-extra-invalid-pd", "D5"),
    ("bad-ed-thr-threshold-lowered", "T7 T8 R4"),
    ("bad-ed-thr-too-few", "D6"),
    ("bad-ed-total-weight", "E4"),
    ("bad-ed-truncated-last-event", "A6"),
    ("bad-ed-truncated-mid-block", "A6"),
    ("bad-ed-trustee-key-replaced", "T4 D5 D6"),
    ("bad-ed-trustee-pok-flip", "T3"),
    ("bad-ed-unknown-credential", "B4"),
    ("bad-ed-uppercase-hex", "B5"),
    ("bad-ed-weight-changed", "E4 E5"),
    ("bad-ed-weight-hex", "C4 C5 E4 E5"),
    ("bad-ed-weight-negative", "C4 C5 E4 E5"),
    ("bad-ed-wrong-election-hash", "B3"),
    ("bad-ff-alpha-plus-p", "B5"),
    ("bad-ff-ballots-before-first-endballots-ignored", "O2 E3 E4 E5"),
    ("bad-ff-blank-dos", "B8"),
    ("bad-ff-dup-ballot-adjacent", "B17"),
    ("bad-ff-iproof-flip-resigned", "B9"),
    ("bad-ff-leading-zero", "B5"),
    ("bad-ff-order2-alpha", "B5"),
    ("bad-ff-pd-proof-flip", "D5 D6"),
    ("bad-ff-replay-old-ballot", "B17"),
    ("bad-ff-result-plus-q", "R1"),
    ("bad-ff-second-setup-drops-ballots", "O1 E3 E4 E5"),
    ("bad-ff-shuffle-proof-flip", "M5"),
    ("bad-ff-sig-flip", "B16"),
    ("bad-ff-tally-changed", "E5 R4"),
    ("bad-ff-thr-too-few", "D6"),
    ("bad-ff-weight-changed", "E4 E5"),
];

fn folder(test: &str) -> Option<PathBuf> {
    adil_outside::data(test).map(|data| data.join("belenios"))
}

fn board(folder: &Path, name: &str) -> Board {
    let bytes = fs::read(folder.join(name).join("election.bel")).expect("the fixture can be read");
    let options = Options { limits: Limits::default(), engine: None, trackers: &[], progress: &|_, _| {} };
    verify(&bytes, &options).expect("the first record can be read")
}

fn json(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).expect("the file can be read")).expect("JSON")
}

/// The codes of the rules that are broken, in the order of the specification.
fn broken(board: &Board) -> String {
    let codes: Vec<&str> = board.faults.by_rule().map(|(rule, _)| Rule::code(rule)).collect();
    codes.join(" ")
}

#[test]
fn every_fixture_has_the_expected_verdict() {
    let Some(folder) = folder("every_fixture_has_the_expected_verdict") else { return };
    let manifest = json(&folder.join("manifest.json"));
    let fixtures = manifest.as_object().expect("an object");
    let mut wrong = Vec::new();
    for (name, fixture) in fixtures {
        let board = board(&folder, name);
        let is_sound = board.faults.is_empty();
        // What may be either is decided, and every decision is to refuse.
        if is_sound != (fixture["expected"] == "accept") {
            wrong.push(format!("{name}: {}", broken(&board)));
        }
    }
    assert_eq!(fixtures.len(), 117);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn corrupted_boards_are_refused_for_what_is_wrong_with_them() {
    let Some(folder) = folder("corrupted_boards_are_refused_for_what_is_wrong_with_them") else { return };
    let wrong: Vec<String> = REFUSED
        .iter()
        .map(|(name, expected)| (name, expected, broken(&board(&folder, name))))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(name, expected, found)| format!("{name}: expected {expected}, found {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The weight of each voter by number from 0: `w` of `key,w,voterN` for the voter N - 1, or 1.
fn weights(folder: &Path) -> BTreeMap<u64, u128> {
    let list = json(&folder.join("private-test-keys/pubcreds-with-usernames.json"));
    let lines = list.as_array().expect("a list").iter().filter_map(Value::as_str);
    let weight = |line: &str| {
        let mut fields = line.split(',').skip(1);
        let weight = fields.next().and_then(|weight| weight.parse().ok()).unwrap_or(1);
        let digits: String = fields.next().unwrap_or("").chars().filter(char::is_ascii_digit).collect();
        (digits.parse::<u64>().map_or(0, |number| number - 1), weight)
    };
    lines.map(weight).collect()
}

#[test]
fn results_of_finished_boards_are_the_last_votes_of_all_voters() {
    let Some(folder) = folder("results_of_finished_boards_are_the_last_votes_of_all_voters") else { return };
    let mut finished = 0;
    for entry in fs::read_dir(&folder).expect("the folder can be read") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        let info = folder.join(&name).join("info.json");
        if name.starts_with("bad-") || !info.exists() {
            continue;
        }
        let info = json(&info);
        let board = board(&folder, &name);
        assert!(board.faults.is_empty(), "{name}: {}", broken(&board));
        let cast = info["votes"].as_array().expect("a list").len() as u64;
        assert_eq!(board.facts.voters.ballots, cast, "{name}");
        assert_eq!(board.facts.has(EventKind::Result), info["stage"] == "finished", "{name}");
        let Some(outcomes) = &board.outcomes else { continue };
        finished += 1;
        let mut last: BTreeMap<u64, &Value> = BTreeMap::new();
        for vote in info["votes"].as_array().expect("a list") {
            last.insert(vote[0].as_u64().expect("a voter"), &vote[1]);
        }
        assert_eq!(board.facts.voters.voters, last.len() as u64, "{name}");
        let weights = weights(&folder.join(&name));
        for (question, outcome) in outcomes.iter().enumerate() {
            let votes = last.iter().map(|(voter, vote)| (weights.get(voter).copied().unwrap_or(1), &vote[question]));
            assert_eq!(&counted(outcome, votes), outcome, "{name}, question {question}");
        }
    }
    // Of the 25 sound elections the table of the fixtures calls 19 finished.
    assert_eq!(finished, 19);
}

/// The votes of a question added up, in the form of an outcome. Shuffled votes come in the outcome's own order.
fn counted<'a>(form: &Outcome, votes: impl Iterator<Item = (u128, &'a Value)>) -> Outcome {
    let numbers = |vote: &Value| -> Vec<u128> {
        vote.as_array().expect("a list").iter().map(|number| number.as_u64().expect("a number").into()).collect()
    };
    let add = |sum: &mut Vec<u128>, weight: u128, vote: Vec<u128>| {
        sum.iter_mut().zip(vote).for_each(|(sum, number)| *sum += weight * number);
    };
    match form {
        Outcome::Numbers(form) => {
            let mut sum = vec![0; form.len()];
            votes.for_each(|(weight, vote)| add(&mut sum, weight, numbers(vote)));
            Outcome::Numbers(sum)
        }
        Outcome::Lists(form) => {
            let mut sums: Vec<Vec<u128>> = form.iter().map(|list| vec![0; list.len()]).collect();
            for (weight, vote) in votes {
                let lists = vote.as_array().expect("a list of lists");
                sums.iter_mut().zip(lists).for_each(|(sum, list)| add(sum, weight, numbers(list)));
            }
            Outcome::Lists(sums)
        }
        Outcome::Votes(form) => {
            let mut cast: Vec<Vec<u32>> = votes
                .map(|(_, vote)| {
                    numbers(vote).into_iter().map(|number| u32::try_from(number).expect("small")).collect()
                })
                .collect();
            let mut published = form.clone();
            cast.sort();
            published.sort();
            if cast == published { Outcome::Votes(form.clone()) } else { Outcome::Votes(cast) }
        }
    }
}

#[test]
fn every_part_of_a_board_but_the_setup_is_broken_by_some_fixture() {
    let letters: Vec<char> =
        REFUSED.iter().flat_map(|(_, rules)| rules.split(' ')).filter_map(|rule| rule.chars().next()).collect();
    for part in Part::ALL {
        let letter = Rule::ALL.iter().find(|rule| rule.part() == part).and_then(|rule| rule.code().chars().next());
        assert!(letter.is_some_and(|letter| letters.contains(&letter) || part == Part::Setup), "{part:?}");
    }
}
