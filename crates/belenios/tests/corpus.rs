//! Replays the seeds of the fuzz targets, and what once failed, with the stable compiler.

#[path = "support/changes.rs"]
mod changes;
#[path = "support/number.rs"]
mod number;
#[path = "support/prover.rs"]
mod prover;

use std::fs;
use std::path::{Path, PathBuf};

use adil_belenios::fuzz::{RECORDS, ballot_paths, board_archive, board_records};
use changes::Elections;

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a file of the corpus").path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    files.into_iter().map(|path| (name(&path), fs::read(&path).expect("a file of the corpus"))).collect()
}

/// The seeds say in their names whether they are sound.
fn is_sound(name: &str) -> bool {
    !name.starts_with("broken-")
}

#[test]
fn boards_are_sound_or_refused() {
    let mut results = 0;
    for (name, bytes) in corpus("board_archive") {
        let board = board_archive(&bytes);
        assert_eq!(board.as_ref().is_some_and(|board| board.faults.is_empty()), is_sound(&name), "{name}: {board:#?}");
        results += usize::from(board.is_some_and(|board| board.result_compared));
    }
    assert!(results > 0, "some board is finished");
}

#[test]
fn records_are_sound_or_refused() {
    let mut sound = [false; RECORDS.len()];
    for (name, bytes) in corpus("board_records") {
        assert_eq!(board_records(&bytes), is_sound(&name), "{name}");
        if let Some(&choice) = bytes.first() {
            sound[usize::from(choice) % RECORDS.len()] |= is_sound(&name);
        }
    }
    let missing: Vec<&str> = RECORDS.into_iter().zip(sound).filter(|(_, sound)| !sound).map(|(name, _)| name).collect();
    assert_eq!(missing, ["shuffle"], "every other kind of record has a sound seed");
}

#[test]
fn ballots_are_sound_or_refused_on_every_path() {
    let mut elections = Elections::new();
    for (name, bytes) in corpus("ballot_paths") {
        let case = elections.case(&bytes);
        let faults = ballot_paths(case.election.as_bytes(), case.credentials.as_bytes(), &case.ballots);
        assert_eq!(faults.is_some_and(|faults| faults.is_empty()), is_sound(&name), "{name}");
    }
}
