//! Replays the seeds of the fuzz target `server_ballot`, and what once failed, and changes a sound ballot everywhere.

mod common;
mod posted;

use std::path::Path;

use axum::http::StatusCode;
use posted::Posted;

#[test]
fn seeds_are_answered_as_their_names_say() {
    let mut posted = Posted::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/server_ballot");
    let mut files: Vec<_> =
        folder.read_dir().expect("seeds").map(|entry| entry.expect("a file of the corpus").path()).collect();
    files.sort();
    assert!(files.len() >= 5, "{} seeds", files.len());
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let status = posted.send(&std::fs::read(&file).expect("a file of the corpus"));
        let is_refused = name.starts_with("broken-");
        assert_eq!(status == StatusCode::CREATED, !is_refused, "{name}: {status}");
    }
}

#[test]
fn a_ballot_that_is_changed_anywhere_is_refused_and_leaves_no_trace() {
    let mut posted = Posted::new();
    let length = posted.length();
    // Every seventh byte is another, and the ballot ends there.
    for at in (0..length).step_by(7) {
        let [high, low] = u16::try_from((at << 16).div_ceil(length)).expect("below 65,536").to_be_bytes();
        for input in [vec![0, 1, high, low, 0, 0x15], vec![0, 3, high, low]] {
            let status = posted.send(&input);
            assert!(status.is_client_error(), "byte {at}: {status}");
        }
    }
    assert_eq!(posted.send(&[0]), StatusCode::CREATED);
    assert_eq!(posted.send(&[0]), StatusCode::CONFLICT);
}
