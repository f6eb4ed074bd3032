//! Replays the seeds of the fuzz targets, and what once failed, with the stable compiler.

use std::fs;
use std::path::Path;

use adil_log::fuzz;

fn replay(target: &str, read: fn(&[u8]) -> bool) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a file of the corpus").path())
        .collect();
    files.sort();
    assert!(files.len() >= 3, "{} has {} files", folder.display(), files.len());
    for path in files {
        let bytes = fs::read(&path).expect("a file of the corpus");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // The seeds say in their names whether they are what they are taken for.
        assert_eq!(read(&bytes), !name.starts_with("broken-"), "{target}/{name}");
        // And with every byte changed, cut off everywhere: whatever is said of them, nothing panics.
        for at in 0..bytes.len() {
            let mut bent = bytes.clone();
            bent[at] ^= 0x15;
            read(&bent);
            read(&bytes[..at]);
        }
    }
}

#[test]
fn notes_are_read_or_refused() {
    replay("log_note", fuzz::note);
    replay("log_checkpoint", fuzz::checkpoint);
}

#[test]
fn proofs_are_read_or_refused() {
    replay("log_proof", fuzz::proof);
}

#[test]
fn paths_name_tiles_or_nothing() {
    replay("log_tile_path", fuzz::tile_path);
}

#[test]
fn requests_are_answered() {
    replay("log_witness_request", fuzz::witness_request);
}

#[test]
fn policies_are_read_or_refused() {
    replay("log_policy", fuzz::policy);
}
