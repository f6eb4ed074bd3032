//! What adil writes, golang.org/x/mod/sumdb accepts: signature, root, tiles byte for byte, entries, proofs.

use std::fs;
use std::path::Path;
use std::process::Command;

use adil_log::{KeyName, LogProof, SigningKey};
use adil_open::log::{LogFolder, LogWriter};

const ORIGIN: &str = "example.com/log";

fn checked(checker: &Path, folder: &Path, key: &SigningKey, proofs: &[std::path::PathBuf]) -> (bool, String) {
    let mut command = Command::new(checker);
    let output = command.arg(folder).arg(key.verifier().to_string()).args(proofs).output().expect("the checker starts");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[test]
fn go_accepts_what_adil_writes() {
    let Some(checker) = adil_outside::tlog_checker("go_accepts_what_adil_writes") else { return };
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "log-checker");
    let key = SigningKey::from_seed(KeyName::parse(ORIGIN).expect("a name"), &[7; 32].into());
    let log = folder.join("log");
    let mut writer = LogWriter::create(&log, ORIGIN, &key).expect("a new log");
    // Sizes on both sides of what fills tiles of level 0 and 1: 256 and 65,536 entries.
    for size in [1, 2, 255, 256, 257, 1_000, 65_535, 65_536, 65_537, 66_000] {
        while writer.size() < size {
            let entry = format!("ballot {}", writer.size()).into_bytes();
            writer.append(entry).expect("short");
        }
        let checkpoint = writer.commit(&key).expect("writable");
        assert_eq!(checkpoint.size, size);
        let read = LogFolder::open(&log).expect("a log");
        let mut proofs = Vec::new();
        for index in [0, size / 2, size - 1] {
            let hashes = read.inclusion(index, size).expect("tiles");
            let extra = (index > 0).then(|| b"more".to_vec());
            let proof = LogProof { extra, index, hashes, note: read.note().clone() };
            let file = folder.join(format!("{size}-{index}.tlog-proof"));
            fs::write(&file, proof.to_string()).expect("writable");
            proofs.push(file);
        }
        assert_eq!(checked(&checker, &log, &key, &proofs), (true, "ok".to_owned()), "{size} entries");
    }
    // It is a checker: it does not accept everything.
    let bundle = log.join("tile/entries/007");
    let mut bytes = fs::read(&bundle).expect("there");
    bytes[2] ^= 1;
    fs::write(&bundle, bytes).expect("writable");
    assert!(!checked(&checker, &log, &key, &[]).0);
}
