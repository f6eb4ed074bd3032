//! Replays the seeds of the fuzz target, and what once failed, with the stable compiler.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn elements_and_scalars_are_read_in_one_way() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/points");
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder).expect("the corpus").map(|entry| entry.expect("a seed").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    for path in files {
        let read = adil_crypto::fuzz::points(&fs::read(&path).expect("a seed"));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // The seeds say in their names whether there is something to be read in them.
        assert_eq!(read > 0, !name.starts_with("broken-"), "{name}: {read}");
    }
}
