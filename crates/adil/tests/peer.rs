//! Random elections held with `belenios-tool`: each is proven as far as it has come, with the result that its votes give;
//! and no random change of one is ever proven.
//!
//! `ADIL_PEER_ELECTIONS` is the number of elections of each family (12 on the curve and 4 in finite fields where it is
//! not set), `ADIL_PEER_CHANGES` that of changes of each kind to each (8 and 3), `ADIL_PEER_SEED` the first seed (1). What
//! failed is named by its seed, and its folder stays.

mod board;
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use board::archive::{Archive, Kind};
use board::change::{self, Change};
use board::hold::hold;
use board::number;
use board::plan::{Family, Plan, Stage};
use board::random::Random;
use board::uncovered::Expected;
use program::{adil, text};
use serde_json::{Value, json};

/// What the program says of one board.
struct Said {
    status: i32,
    error: String,
    /// Empty where the board could not be read.
    report: Value,
}

impl Said {
    fn of(board: &Path) -> Self {
        let call = adil(&["check", text(board), "--json"]);
        let report =
            if call.status < 2 { serde_json::from_str(&call.out).expect("one JSON object") } else { Value::Null };
        Self { status: call.status, error: call.err, report }
    }

    /// The verdicts of a check, or of all checks of boards.
    fn verdicts(&self, check: Option<&str>) -> Vec<&str> {
        let findings = self.report["findings"].as_array().map_or(&[][..], Vec::as_slice);
        let about = |finding: &&Value| match check {
            Some(check) => finding["check"] == check,
            None => finding["check"].as_str().is_some_and(|check| check.starts_with("board/")),
        };
        findings.iter().filter(about).filter_map(|finding| finding["verdict"].as_str()).collect()
    }

    /// A measure of the first finding of a check.
    fn measure(&self, check: &str, name: &str) -> &Value {
        let findings = self.report["findings"].as_array().expect("findings are a list");
        let finding = findings.iter().find(|finding| finding["check"] == check);
        finding.map_or(&Value::Null, |finding| &finding["measures"][name])
    }

    /// Whether this is a word that a changed board deserves.
    fn fits(&self, expected: Expected) -> bool {
        let verdicts = self.verdicts(None);
        let contradicted = self.status == 1 && verdicts.contains(&"contradicted");
        let sound = self.status == 0 && !verdicts.is_empty() && !verdicts.contains(&"contradicted");
        let proven = sound && verdicts.iter().all(|verdict| *verdict == "proven");
        match expected {
            Expected::Contradicted => contradicted,
            Expected::ContradictedOrUnreadable => contradicted || self.status == 2,
            Expected::NotProven => !proven && (0..=2).contains(&self.status),
            Expected::Either => sound || contradicted,
            Expected::Sound => sound,
        }
    }
}

/// The checks that have something to prove, and nothing left to wait for, at a stage.
fn settled(plan: &Plan) -> Vec<&'static str> {
    let mut checks = vec!["board/archive", "board/order", "board/setup", "board/credentials", "board/trustees"];
    let later = [
        (Stage::Closed, "board/ballots"),
        (Stage::Tallied, "board/tally"),
        (Stage::Shuffled, "board/shuffles"),
        (Stage::Decrypted, "board/decryption"),
        (Stage::Finished, "board/result"),
    ];
    let later = later.into_iter().filter(|(stage, check)| {
        let is_asked = *check != "board/shuffles" || plan.shuffles > 0;
        plan.stage >= *stage && is_asked
    });
    checks.extend(later.map(|(_, check)| check));
    checks
}

fn accepted(plan: &Plan, board: &Path) -> Archive {
    let said = Said::of(board);
    let place = format!("seed {} ({:?}) in {}", plan.seed, plan.family, board.display());
    assert_eq!(said.status, 0, "{place}: {}{}", said.error, said.report);
    assert!(!said.verdicts(None).contains(&"contradicted"), "{place}: {}", said.report);
    for check in settled(plan) {
        let verdicts = said.verdicts(Some(check));
        let all = !verdicts.is_empty() && verdicts.iter().all(|verdict| *verdict == "proven");
        assert!(all, "{place}: {check} at {:?}: {verdicts:?}", plan.stage);
    }
    let archive = Archive::read(&fs::read(board).expect("the board can be read"));
    if plan.stage >= Stage::Voting {
        let counts = [
            ("credentials", plan.voters),
            ("voters", plan.voted()),
            ("ballots", plan.votes.len()),
            ("revotes", plan.votes.len() - plan.voted()),
        ];
        for (name, count) in counts {
            assert_eq!(*said.measure("board/ballots", name), json!(count), "{place}: {name}");
        }
    }
    if plan.stage == Stage::Finished {
        let stated = archive.of(Kind::Result).next().expect("a finished election has a result").json();
        let found = said.measure("board/result", "result");
        assert_eq!(*found, stated["result"], "{place}: the result that the board states");
        assert_eq!(plan.ordered(found), plan.result(), "{place}: the result that the votes give");
    }
    archive
}

fn changed(plan: &Plan, folder: &Path, change: &Change) {
    let path = folder.join("changed.bel");
    fs::write(&path, &change.bytes).expect("the folder can be written");
    let said = Said::of(&path);
    assert!(
        said.fits(change.expected),
        "seed {} ({:?}), {}: {}: {:?} was expected, status {}: {}{}",
        plan.seed,
        plan.family,
        path.display(),
        change.what,
        change.expected,
        said.status,
        said.error,
        said.report
    );
}

/// Folders of the family's random elections, held; each is handed on and removed afterwards.
fn each(test: &str, family: Family, mut on: impl FnMut(&Plan, &Path, &Path)) {
    let Some(peer) = adil_outside::peer(test) else { return };
    let elections = number("ADIL_PEER_ELECTIONS").unwrap_or(if family == Family::Curve { 12 } else { 4 });
    let first = number("ADIL_PEER_SEED").unwrap_or(1);
    for seed in first..first + elections {
        let plan = Plan::random(seed, family);
        let folder: PathBuf = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), &format!("{test}-{seed}"));
        let held = hold(&peer, &plan, &folder);
        on(&plan, &held.folder, &held.board);
        let _ = fs::remove_dir_all(&folder);
    }
}

/// Every election of a family is accepted as it is, and none of its changes is.
fn elections(test: &str, family: Family) {
    let changes = number("ADIL_PEER_CHANGES").unwrap_or(if family == Family::Curve { 8 } else { 3 });
    each(test, family, |plan, folder, board| {
        let archive = accepted(plan, board);
        let random = &mut Random::new(plan.seed ^ 0x5eed);
        for _ in 0..changes {
            changed(plan, folder, &change::raw(random, &archive));
            changed(plan, folder, &change::rechained(random, &archive));
        }
    });
}

#[test]
fn elections_on_the_curve_are_proven_and_their_changes_are_not() {
    elections("elections_on_the_curve_are_proven_and_their_changes_are_not", Family::Curve);
}

#[test]
fn elections_in_finite_fields_are_proven_and_their_changes_are_not() {
    elections("elections_in_finite_fields_are_proven_and_their_changes_are_not", Family::FiniteField);
}

/// What of each sound board at hand is changed must be noticed: the same, without the tool.
#[test]
fn changes_of_the_sound_boards_at_hand_are_not_proven() {
    let test = "changes_of_the_sound_boards_at_hand_are_not_proven";
    let Some(data) = adil_outside::data(test) else { return };
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test);
    let first = number("ADIL_PEER_SEED").unwrap_or(1);
    let changes = number("ADIL_PEER_CHANGES").unwrap_or(4);
    for name in [
        "ed-base",
        "ed-03-multi-blank",
        "ed-04-thr-2of3-v33",
        "ed-07-weights",
        "ed-08-nh-2shuffles",
        "ed-09-lists",
        "ff-base",
    ] {
        let bytes = fs::read(data.join("belenios").join(name).join("election.bel")).expect("the data has this board");
        let archive = Archive::read(&bytes);
        let random = &mut Random::new(first);
        for _ in 0..changes {
            for change in [change::raw(random, &archive), change::rechained(random, &archive)] {
                let path = folder.join("changed.bel");
                fs::write(&path, &change.bytes).expect("the folder can be written");
                let said = Said::of(&path);
                let what = format!("{name}, seed {first}: {}", change.what);
                assert!(said.fits(change.expected), "{what}: {:?}: {} {}", change.expected, said.error, said.report);
            }
        }
    }
}
