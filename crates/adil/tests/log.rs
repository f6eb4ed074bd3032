//! `adil log` as it is called: statuses, sentences, and a witness over a socket.

mod program;
mod witness;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};

use adil_log::{KeyName, SigningKey};
use adil_open::log::{LogFolder, LogWriter};
use program::{Call, adil, text};
use witness::{Witness, witness};

const ORIGIN: &str = "example.com/log";

fn scratch(test: &str) -> PathBuf {
    adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), &format!("log-{test}"))
}

fn key() -> SigningKey {
    SigningKey::from_seed(KeyName::parse(ORIGIN).expect("a name"), &[7; 32].into())
}

fn vkey() -> String {
    key().verifier().to_string()
}

/// A log in `folder/log`; entry i is `<word> i`.
fn made(folder: &Path, word: &str, size: u64) -> LogWriter {
    let mut writer = LogWriter::create(&folder.join("log"), ORIGIN, &key()).expect("a new log");
    grow(&mut writer, word, size);
    writer
}

fn grow(writer: &mut LogWriter, word: &str, size: u64) {
    while writer.size() < size {
        let entry = format!("{word} {}", writer.size()).into_bytes();
        writer.append(entry).expect("short");
    }
    writer.commit(&key()).expect("writable");
}

/// A copy of the checkpoint under another name, as somebody saw it.
fn seen(folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(name);
    fs::write(&file, LogFolder::open(folder).expect("a log").note_text()).expect("writable");
    file
}

fn refused(call: &Call, why: &str) {
    assert_eq!(call.status, 2, "{}{}", call.out, call.err);
    assert!(call.err.contains(why) && call.err.lines().count() == 1, "{why}: {}", call.err);
}

#[test]
fn a_proof_is_written_and_checked() {
    let folder = scratch("prove");
    drop(made(&folder, "entry", 300));
    let (proof, entry) = (folder.join("mine.tlog-proof"), folder.join("mine"));
    fs::write(&entry, "entry 41").expect("writable");
    let call = adil(&["log", "prove", text(&folder), "--index", "41", "--extra", "bW9yZQ==", "-o", text(&proof)]);
    assert_eq!(call.status, 0, "{}", call.err);
    assert!(call.out.contains("entry 41 (8 bytes)") && call.out.contains("300 entries"), "{}", call.out);
    let verify = |entry: &Path, trust: &[&str]| {
        adil(&[&["log", "verify", text(&proof), "--entry", text(entry)], trust].concat())
    };
    let call = verify(&entry, &["--key", &vkey()]);
    assert_eq!(call.status, 0, "{}{}", call.out, call.err);
    assert!(
        call.out.starts_with("Verified: ") && call.out.contains("is entry 41 of the log example.com/log"),
        "{}",
        call.out
    );
    assert!(call.out.contains("signed by example.com/log"), "{}", call.out);
    let policy = folder.join("policy");
    fs::write(&policy, format!("log {}\nquorum none\n", vkey())).expect("writable");
    assert_eq!(verify(&entry, &["--policy", text(&policy)]).status, 0);
    // Another entry, another key.
    let other = folder.join("other");
    fs::write(&other, "entry 42").expect("writable");
    let call = verify(&other, &["--key", &vkey()]);
    assert_eq!(call.status, 1, "{}", call.err);
    assert!(call.out.starts_with("Not verified: ") && call.out.contains("is not entry 41"), "{}", call.out);
    let stranger = SigningKey::from_seed(KeyName::parse(ORIGIN).expect("a name"), &[8; 32].into());
    let call = verify(&entry, &["--key", &stranger.verifier().to_string()]);
    assert_eq!((call.status, call.out.contains("not signed by any of the keys")), (1, true), "{}", call.out);
    // What cannot be used.
    refused(&verify(&entry, &["--key", "nonsense"]), "--key: is not a key of the form");
    refused(&verify(&folder.join("nothing"), &["--key", &vkey()]), "nothing: cannot be read");
    assert_eq!(verify(&entry, &[]).status, 2, "whom to believe must be said");
    fs::write(&proof, "c2sp.org/tlog-proof@v1\nindex x\n").expect("writable");
    refused(&verify(&entry, &["--key", &vkey()]), "line 2 is not \"index\"");
    refused(&adil(&["log", "prove", text(&folder), "--index", "300"]), "there is no entry 300 in a log of 300 entries");
    refused(&adil(&["log", "prove", text(&folder), "--index", "1", "--extra", "?"]), "--extra");
    refused(&adil(&["log", "prove", text(&folder.join("x")), "--index", "0"]), "is not the folder of a log");
    let call = adil(&["log", "prove", text(&folder.join("log")), "--index", "0"]);
    assert!(call.out.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n"), "{}", call.out);
}

#[test]
fn fsck_finds_what_was_changed() {
    let folder = scratch("fsck");
    drop(made(&folder, "entry", 300));
    let call = adil(&["log", "fsck", text(&folder)]);
    assert_eq!(call.status, 0, "{}{}", call.out, call.err);
    // 10 entries of 7 bytes, 90 of 8, 200 of 9; tiles 0/000, 0/001 and 1/000.
    assert!(call.out.contains("300 entries (2590 bytes)") && call.out.contains("3 tiles"), "{}", call.out);
    assert!(call.out.contains("No signature was checked"), "{}", call.out);
    let call = adil(&["log", "fsck", text(&folder), "--key", &vkey()]);
    assert!(call.status == 0 && call.out.contains("signed by example.com/log"), "{}{}", call.out, call.err);
    let bundle = folder.join("log/tile/entries/001.p/44");
    let mut bytes = fs::read(&bundle).expect("there");
    bytes[2] ^= 1;
    fs::write(&bundle, &bytes).expect("writable");
    let call = adil(&["log", "fsck", text(&folder)]);
    assert_eq!(call.status, 1, "{}", call.err);
    assert!(call.out.starts_with("Contradicted: ") && call.out.contains("entry 256"), "{}", call.out);
    fs::remove_file(&bundle).expect("there");
    let call = adil(&["log", "fsck", text(&folder)]);
    assert!(call.status == 1 && call.out.contains("is not there"), "{}{}", call.out, call.err);
    refused(&adil(&["log", "fsck", text(&folder.join("log/tile"))]), "is not the folder of a log");
}

#[test]
fn a_fork_is_shown() {
    let (ours, theirs) = (scratch("compare-ours"), scratch("compare-theirs"));
    let mut writer = made(&ours, "entry", 5);
    let five = seen(&ours, "five");
    grow(&mut writer, "entry", 11);
    let eleven = seen(&ours, "eleven");
    drop(made(&theirs, "other", 11));
    let fork = seen(&theirs, "fork");
    let compare =
        |one: &Path, other: &Path, more: &[&str]| adil(&[&["log", "compare", text(one), text(other)], more].concat());
    let key = vkey();
    let keyed = |more: &[&'static str]| [&["--key", key.as_str()], more].concat();
    let call = compare(&eleven, &eleven, &keyed(&[]));
    assert!(call.status == 0 && call.out.starts_with("The same: "), "{}{}", call.out, call.err);
    let call = compare(&eleven, &fork, &keyed(&[]));
    assert_eq!(call.status, 1, "{}{}", call.out, call.err);
    assert!(
        call.out.starts_with("A fork: ") && call.out.matches("signed by example.com/log").count() == 2,
        "{}",
        call.out
    );
    let call = compare(&eleven, &fork, &[]);
    assert!(call.status == 1 && call.out.contains("none was checked"), "{}", call.out);
    // Of different lengths: nothing without the log, all with it.
    refused(&compare(&five, &eleven, &[]), "give a copy of its folder with --log");
    let call = compare(&eleven, &five, &["--log", text(&ours), "--key", &key]);
    assert_eq!(call.status, 0, "{}{}", call.out, call.err);
    assert!(call.out.contains("by 6 entries"), "{}", call.out);
    // The smaller one does not belong to the log in the folder.
    let call = compare(&five, &fork, &["--log", text(&theirs), "--key", &key]);
    assert!(call.status == 1 && call.out.starts_with("A fork: "), "{}{}", call.out, call.err);
    let call = compare(&five, &fork, &["--log", text(&ours), "--key", &key]);
    assert!(call.status == 1 && call.out.starts_with("A fork: "), "{}{}", call.out, call.err);
    // A receipt is as good as a checkpoint.
    let receipt = ours.join("r.tlog-proof");
    assert_eq!(adil(&["log", "prove", text(&ours), "--index", "0", "-o", text(&receipt)]).status, 0);
    assert_eq!(compare(&receipt, &fork, &keyed(&[])).status, 1);
    // A checkpoint that the key did not sign is nobody's statement.
    let forged = ours.join("forged");
    let lie = fs::read_to_string(&eleven).expect("there").replacen("11", "12", 1);
    fs::write(&forged, lie).expect("writable");
    refused(&compare(&eleven, &forged, &keyed(&[])), "is not a signature of this text");
    let folder_of_five = scratch("compare-five");
    drop(made(&folder_of_five, "entry", 5));
    refused(&compare(&five, &eleven, &["--log", text(&folder_of_five)]), "take a newer copy");
}

/// The answer to a request as it goes over the wire.
fn raw(running: &Witness, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(running.url.strip_prefix("http://").expect("an address")).expect("it listens");
    stream.write_all(request).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("text");
    answer
}

#[test]
fn a_witness_cosigns_one_history() {
    let folder = scratch("witness");
    let mut writer = made(&folder, "entry", 5);
    drop(writer);
    let running = witness(&folder, &vkey());
    let cosign = |folder: &Path, running: &Witness| {
        adil(&["log", "cosign", text(folder), "--witness", &running.url, "--key", &running.key])
    };
    let call = cosign(&folder, &running);
    assert_eq!(call.status, 0, "{}{}", call.out, call.err);
    assert!(call.out.contains("cosigned by example.org/witness"), "{}", call.out);
    writer = LogWriter::open(&folder).expect("a log");
    grow(&mut writer, "entry", 300);
    drop(writer);
    // The witness is asked with old size 0, says 5, and is asked again with a proof; a policy is met then.
    let policy = folder.join("policy");
    fs::write(&policy, format!("log {}\nwitness w {} {}\nquorum w\n", vkey(), running.key, running.url))
        .expect("writable");
    let (proof, entry) = (folder.join("p.tlog-proof"), folder.join("e"));
    fs::write(&entry, "entry 299").expect("writable");
    let prove = || {
        assert_eq!(adil(&["log", "prove", text(&folder), "--index", "299", "-o", text(&proof)]).status, 0);
        adil(&["log", "verify", text(&proof), "--entry", text(&entry), "--policy", text(&policy)])
    };
    let call = prove();
    assert!(call.status == 1 && call.out.contains("0 of 1 known witnesses"), "{}{}", call.out, call.err);
    let call = adil(&["log", "cosign", text(&folder), "--witness", &running.url, "--policy", text(&policy)]);
    assert!(call.status == 0 && call.out.contains("The policy is met"), "{}{}", call.out, call.err);
    let call = prove();
    assert!(call.status == 0 && call.out.contains("cosigned by example.org/witness"), "{}{}", call.out, call.err);
    assert_eq!(adil(&["log", "fsck", text(&folder), "--key", &vkey(), "--key", &running.key]).status, 0);
    // A fork of any length is not cosigned, also after the witness was started anew.
    let key = running.key.clone();
    drop(running);
    let running = witness(&folder, &vkey());
    assert_eq!(running.key, key);
    for size in [300, 301, 700] {
        let fork = scratch("witness-fork");
        drop(made(&fork, "other", size));
        let call = cosign(&fork, &running);
        assert!(call.status == 1 && call.out.starts_with("A fork: "), "{size}: {}{}", call.out, call.err);
    }
    let old = scratch("witness-old");
    drop(made(&old, "entry", 5));
    refused(&cosign(&old, &running), "this is an old copy, or entries were lost");
    assert_eq!(cosign(&folder, &running).status, 0, "the same again");
    // Two witnesses do not share a memory.
    let secret = folder.join("witness.key");
    let state = folder.join("state");
    let twice = ["log", "witness", text(&state), "--key", text(&secret), "--log", &vkey(), "--listen", "127.0.0.1:0"];
    refused(&adil(&twice), "another command is working");
    // What is no request of a log.
    let post = |body: &str| format!("POST /add-checkpoint HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    for (request, status) in [
        (post("old 0\n\n"), 400),
        ("GET /add-checkpoint HTTP/1.1\r\n\r\n".to_owned(), 405),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), 404),
        ("nonsense\r\n\r\n".to_owned(), 404),
        ("POST /add-checkpoint HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n".to_owned(), 413),
        ("POST /add-checkpoint HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n".to_owned(), 413),
        ("POST /add-checkpoint HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned(), 400),
        (format!("GET / HTTP/1.1\r\nx: {}\r\n", "y".repeat(20_000)), 400),
    ] {
        let answer = raw(&running, request.as_bytes());
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request:.60}: {answer}");
    }
    let note = fs::read_to_string(folder.join("log/checkpoint")).expect("there");
    let answer = raw(&running, post(&format!("old 0\n\n{note}")).as_bytes());
    assert!(
        answer.contains(" 409 ") && answer.contains("text/x.tlog.size") && answer.ends_with("\r\n\r\n300\n"),
        "{answer}"
    );
}

#[test]
fn keys_of_witnesses_are_kept_from_others() {
    let folder = scratch("witness-key");
    let secret = folder.join("w.key");
    let new = || adil(&["log", "witness", "--new", text(&secret), "--name", "example.org/witness"]);
    let call = new();
    assert_eq!(call.status, 0, "{}", call.err);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&secret).expect("there").permissions().mode() & 0o777, 0o600);
    }
    let written = fs::read_to_string(&secret).expect("there");
    assert!(written.starts_with("PRIVATE+KEY+example.org/witness+"), "another form");
    refused(&new(), "a secret key is never replaced");
    assert_eq!(fs::read_to_string(&secret).expect("there"), written);
    refused(&adil(&["log", "witness", "--new", text(&folder.join("x")), "--name", "a b"]), "--name");
    // The key of a log is none of a witness.
    fs::write(&secret, &*key().to_text()).expect("writable");
    let state = folder.join("state");
    let call =
        adil(&["log", "witness", text(&state), "--key", text(&secret), "--log", &vkey(), "--listen", "127.0.0.1:0"]);
    refused(&call, "is for signing a log");
    drop(made(&folder, "entry", 1));
    let cosign = |url: &str| adil(&["log", "cosign", text(&folder), "--witness", url, "--key", &vkey()]);
    refused(&cosign("http://127.0.0.1:1"), "is for signing a log");
}
