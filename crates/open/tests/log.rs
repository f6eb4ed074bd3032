//! Logs on disk: the same files whatever the commits, before or after and nothing between, and no byte that may change.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use adil_log::tree::{verify_consistency, verify_inclusion};
use adil_log::{KeyName, SigningKey, Tile, leaf_hash};
use adil_open::log::{LogError, LogFault, LogFolder, LogWriter, ObjectDigest};
use proptest::prelude::*;

const ORIGIN: &str = "example.com/log";

fn key() -> SigningKey {
    SigningKey::from_seed(KeyName::parse(ORIGIN).expect("a name"), &[7; 32].into())
}

fn scratch(test: &str) -> PathBuf {
    adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), &format!("log-{test}"))
}

/// Entry i: of very different lengths, some of none.
fn entry(i: u64) -> Vec<u8> {
    format!("entry {i} ").into_bytes().repeat(usize::try_from(i % 5).expect("small"))
}

fn grow(writer: &mut LogWriter, count: u64) {
    for _ in 0..count {
        let index = writer.size();
        assert_eq!(writer.append(entry(index)), Ok(index));
    }
}

/// A log of that many entries, committed at once.
fn made(folder: &Path, size: u64) {
    let mut writer = LogWriter::create(folder, ORIGIN, &key()).expect("a new log");
    grow(&mut writer, size);
    assert_eq!(writer.commit(&key()).expect("writable").size, size);
}

/// All files below a folder but for the lock, by their paths.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for path in fs::read_dir(&next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let name = path.strip_prefix(folder).expect("below").display().to_string();
            if path.is_dir() {
                open.push(path);
            } else if name != ".lock" {
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

fn copy(from: &BTreeMap<String, Vec<u8>>, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).expect("writable");
    for (name, bytes) in from {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("writable");
        fs::write(path, bytes).expect("writable");
    }
}

fn fsck(folder: &Path) -> Result<u64, LogFault> {
    let log = LogFolder::open(folder)?;
    log.fsck(&[key().verifier().clone()], &mut |_, _| {}).map(|facts| facts.entries)
}

#[test]
fn what_is_written_is_read_and_proven() {
    let folder = scratch("read");
    let mut writer = LogWriter::create(&folder.join("log"), ORIGIN, &key()).expect("a new log");
    grow(&mut writer, 300);
    let first = writer.commit(&key()).expect("writable");
    grow(&mut writer, 400);
    let second = writer.commit(&key()).expect("writable");
    assert_eq!(writer.commit(&key()), Ok(second.clone()), "nothing new changes nothing");
    // The folder around the log names it as well.
    let log = LogFolder::open(&folder).expect("a log");
    assert_eq!(log.checkpoint(), &second);
    let all: Vec<(u64, Vec<u8>)> = log.entries(0..u64::MAX).map(|entry| entry.expect("readable")).collect();
    assert_eq!(all, (0..700).map(|i| (i, entry(i))).collect::<Vec<_>>());
    let some: Vec<u64> = log.entries(250..520).map(|entry| entry.expect("readable").0).collect();
    assert_eq!(some, (250..520).collect::<Vec<_>>());
    assert_eq!(log.entry(511), Ok(entry(511)));
    assert!(matches!(log.entry(700), Err(LogError::Prove { .. })));
    for index in [0, 255, 256, 299] {
        let (old, new) = (log.inclusion(index, 300).expect("tiles"), log.inclusion(index, 700).expect("tiles"));
        let leaf = leaf_hash(&entry(index));
        assert_eq!(verify_inclusion(&leaf, index, 300, &first.root, &old), Ok(()));
        assert_eq!(verify_inclusion(&leaf, index, 700, &second.root, &new), Ok(()));
    }
    let proof = log.consistency(300, 700).expect("tiles");
    assert_eq!(verify_consistency((300, &first.root), (700, &second.root), &proof), Ok(()));
    assert_eq!(log.root(300), Ok(first.root));
    assert!(log.consistency(300, 701).is_err() && log.inclusion(700, 700).is_err() && log.root(701).is_err());
    assert_eq!(fsck(&folder), Ok(700));
    // 44 of the entries of the second bundle were all of it once; the file is gone, and can still be served.
    let old = Tile::parse("tile/entries/001.p/44").expect("a path");
    assert!(!log.path().join(old.path()).exists());
    let whole = fs::read(log.path().join("tile/entries/001")).expect("a full bundle");
    let cut = log.tile(old).expect("cut from the full one");
    assert!(whole.starts_with(&cut) && cut.len() < whole.len());
    let tile = log.tile(Tile::parse("tile/0/002.p/100").expect("a path")).expect("cut from a partial one");
    assert_eq!(tile.len(), 3_200);
}

#[test]
fn one_writer_at_a_time_and_one_key() {
    let folder = scratch("lock");
    let mut writer = LogWriter::create(&folder, ORIGIN, &key()).expect("a new log");
    assert!(matches!(LogWriter::open(&folder), Err(LogError::Busy { .. })));
    grow(&mut writer, 1);
    let other = SigningKey::from_seed(KeyName::parse(ORIGIN).expect("a name"), &[8; 32].into());
    assert!(matches!(writer.commit(&other), Err(LogError::OtherKey { .. })));
    assert_eq!(writer.commit(&key()).map(|checkpoint| checkpoint.size), Ok(1));
    let long = writer.append(vec![0; 65_536]).expect_err("too long").to_string();
    assert!(long.contains("65536") && long.contains("65535"), "{long}");
    drop(writer);
    assert!(matches!(LogWriter::create(&folder, ORIGIN, &key()), Err(LogError::Exists { .. })));
    // A log whose checkpoint was lost is not written over.
    let checkpoint = fs::read(folder.join("checkpoint")).expect("there");
    fs::remove_file(folder.join("checkpoint")).expect("there");
    assert!(matches!(LogWriter::create(&folder, ORIGIN, &key()), Err(LogError::Exists { .. })));
    fs::write(folder.join("checkpoint"), checkpoint).expect("writable");
    assert_eq!(LogWriter::open(&folder).map(|writer| writer.size()), Ok(1));
    let misnamed = LogWriter::create(&folder.join("other"), "example.com/other", &key());
    assert!(matches!(misnamed, Err(LogError::KeyName { .. })));
    assert!(matches!(LogFolder::open(&folder.join("nothing")), Err(LogError::NoLog { .. })));
}

#[test]
fn objects_are_what_their_names_say() {
    let folder = scratch("objects");
    let mut writer = LogWriter::create(&folder, ORIGIN, &key()).expect("a new log");
    let digest = writer.store_object(b"contents").expect("writable");
    assert_eq!(writer.store_object(b"contents"), Ok(digest));
    assert_eq!(ObjectDigest::parse(&digest.to_string()), Some(digest));
    writer.append(digest.as_bytes().to_vec()).expect("short");
    writer.commit(&key()).expect("writable");
    let log = LogFolder::open(&folder).expect("a log");
    let mut read = Vec::new();
    log.object(&digest).expect("there").read_to_end(&mut read).expect("what its name says");
    assert_eq!(read, b"contents");
    fs::write(folder.join(digest.path()), b"Contents").expect("writable");
    let error = log.object(&digest).expect("there").read_to_end(&mut read).expect_err("other contents");
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert!(matches!(fsck(&folder), Err(LogFault::Damaged(LogError::Object { .. }))));
    // Storing it again mends it.
    writer.store_object(b"contents").expect("writable");
    assert_eq!(fsck(&folder), Ok(1));
    fs::write(folder.join("object/note.txt"), b"x").expect("writable");
    assert!(matches!(fsck(&folder), Err(LogFault::Stray { .. })));
}

#[test]
fn a_writer_that_was_stopped_leaves_the_log_as_it_was() {
    let folder = scratch("stopped");
    let (before, after) = (folder.join("before"), folder.join("after"));
    made(&before, 250);
    let old = files(&before);
    copy(&old, &after);
    let mut writer = LogWriter::open(&after).expect("a log");
    grow(&mut writer, 600);
    writer.commit(&key()).expect("writable");
    drop(writer);
    let new = files(&after);
    // Every file that the commit wrote, alone and with all before it, in the order of writing; the last one torn.
    let written: Vec<&String> = new.keys().filter(|name| !old.contains_key(*name)).collect();
    assert!(written.len() >= 8, "{written:?}");
    for stop in 0..=written.len() {
        let mut state = old.clone();
        for name in &written[..stop] {
            state.insert((*name).clone(), new[*name].clone());
        }
        if let Some(torn) = written.get(stop) {
            let bytes = &new[*torn];
            state.insert(".writing".to_owned(), bytes[..bytes.len() / 2].to_vec());
        }
        let stopped = folder.join("stopped");
        copy(&state, &stopped);
        assert_eq!(fsck(&stopped), Ok(250), "stopped before file {stop}");
        // Other entries follow than those that were being written.
        let mut writer = LogWriter::open(&stopped).expect("a log");
        for i in 0..3u64 {
            assert_eq!(writer.append(format!("another {i}").into_bytes()), Ok(250 + i));
        }
        writer.commit(&key()).expect("writable");
        drop(writer);
        assert_eq!(fsck(&stopped), Ok(253), "stopped before file {stop}");
        assert_eq!(files(&stopped).len(), old.len(), "nothing is left beyond the checkpoint");
    }
}

#[test]
fn garbage_beyond_the_checkpoint_is_not_trusted() {
    let folder = scratch("garbage");
    made(&folder, 300);
    for name in ["tile/0/001", "tile/0/001.p/60", "tile/0/002.p/9", "tile/entries/001", "tile/1/000.p/2", ".writing"] {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("writable");
        fs::File::create(path).and_then(|mut file| file.write_all(&[0xa5; 77])).expect("writable");
    }
    assert_eq!(fsck(&folder), Ok(300));
    let mut writer = LogWriter::open(&folder).expect("a log");
    grow(&mut writer, 400);
    writer.commit(&key()).expect("writable");
    drop(writer);
    let fresh = scratch("garbage-fresh");
    made(&fresh, 700);
    let mut found = files(&folder);
    found.remove(".writing");
    assert_eq!(found, files(&fresh));
}

#[test]
fn no_byte_may_change() {
    let folder = scratch("bytes");
    let whole = folder.join("whole");
    let mut writer = LogWriter::create(&whole, ORIGIN, &key()).expect("a new log");
    writer.store_object(b"an object").expect("writable");
    grow(&mut writer, 259);
    writer.commit(&key()).expect("writable");
    drop(writer);
    let sound = files(&whole);
    assert_eq!(fsck(&whole), Ok(259));
    let changed = folder.join("changed");
    copy(&sound, &changed);
    let mut tried = 0;
    for (name, bytes) in &sound {
        // Every byte of short files, and of long ones every 61st.
        let step = if bytes.len() < 600 { 1 } else { 61 };
        for at in (0..bytes.len()).step_by(step) {
            let mut other = bytes.clone();
            other[at] ^= 1;
            fs::write(changed.join(name), &other).expect("writable");
            assert!(fsck(&changed).is_err(), "byte {at} of {name}");
            tried += 1;
        }
        for other in [&bytes[..bytes.len() - 1], &[&bytes[..], b"x"].concat()[..]] {
            fs::write(changed.join(name), other).expect("writable");
            assert!(fsck(&changed).is_err(), "the length of {name}");
        }
        fs::remove_file(changed.join(name)).expect("there");
        assert!(fsck(&changed).is_err() || name.starts_with("object/"), "{name} is missing");
        fs::write(changed.join(name), bytes).expect("writable");
    }
    assert!(tried > 500, "{tried}");
    assert_eq!(fsck(&changed), Ok(259));
}

#[test]
fn a_damaged_edge_is_not_built_upon() {
    let folder = scratch("edge");
    made(&folder, 300);
    for (name, at) in [("tile/0/001.p/44", 40), ("tile/1/000.p/1", 3), ("tile/entries/001.p/44", 9)] {
        let path = folder.join(name);
        let sound = fs::read(&path).expect("there");
        let mut other = sound.clone();
        other[at] ^= 1;
        fs::write(&path, &other).expect("writable");
        assert!(LogWriter::open(&folder).is_err(), "{name}");
        fs::write(&path, &sound).expect("writable");
    }
    assert!(LogWriter::open(&folder).is_ok());
}

#[test]
fn only_the_right_edge_is_read_to_append() {
    let folder = scratch("right-edge");
    made(&folder, 70_000);
    // What is not on the edge may be away altogether.
    for name in ["tile/0/000", "tile/0/100", "tile/1/000", "tile/entries/000", "tile/entries/272"] {
        fs::remove_file(folder.join(name)).expect("there");
    }
    let mut writer = LogWriter::open(&folder).expect("its edge is there");
    grow(&mut writer, 1);
    assert_eq!(writer.commit(&key()).map(|checkpoint| checkpoint.size), Ok(70_001));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = scratch("read-only");
    made(&folder, 3);
    let mut writer = LogWriter::open(&folder).expect("a log");
    grow(&mut writer, 300);
    // A folder in the place of the temporary file fails for everyone, also for those whom permissions do not bind.
    fs::create_dir(folder.join(".writing")).expect("writable");
    let error = writer.commit(&key()).expect_err("it cannot be written").to_string();
    assert!(error.contains("the log is as it was before"), "{error}");
    assert_eq!(fsck(&folder), Ok(3));
    fs::remove_dir(folder.join(".writing")).expect("empty");
    assert_eq!(writer.commit(&key()).map(|checkpoint| checkpoint.size), Ok(303));
    assert_eq!(fsck(&folder), Ok(303));
    let mode = fs::metadata(folder.join("checkpoint")).expect("there").permissions().mode();
    assert_eq!(mode & 0o444, 0o444, "whoever serves the log can read it");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn commits_leave_no_trace(steps in prop::collection::vec((0u64..300, any::<bool>()), 1..6)) {
        let folder = scratch("commits");
        let (many, one) = (folder.join("many"), folder.join("one"));
        let mut writer = LogWriter::create(&many, ORIGIN, &key()).expect("a new log");
        for (count, reopen) in &steps {
            grow(&mut writer, *count);
            writer.commit(&key()).expect("writable");
            if *reopen {
                drop(writer);
                writer = LogWriter::open(&many).expect("a log");
            }
        }
        made(&one, writer.size());
        prop_assert_eq!(files(&many), files(&one));
        prop_assert_eq!(fsck(&many), Ok(writer.size()));
    }
}
