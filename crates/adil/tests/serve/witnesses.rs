//! Witnesses that the server asks: they cosign while the log grows, and say so when they are shown another one.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::load::{Kept, Prepared, Server, cast_all, copy_log, log_key, prepare};
use crate::witness::witness;

fn adil() -> Command {
    Command::new(env!("CARGO_BIN_EXE_adil"))
}

fn with_policy(prepared: &Prepared, policy: &Path) -> Server {
    Server::start_with(prepared, &["--policy", policy.to_str().expect("UTF-8")])
}

/// What the board says of its only witness, once it is of that state and size.
fn waited_for(server: &Server, prepared: &Prepared, state: &str, size: u64) -> Value {
    let begun = Instant::now();
    loop {
        let board: Value = serde_json::from_slice(&server.get(&format!("/api/e/{}", prepared.uuid))).expect("JSON");
        let found = board["witnesses"][0].clone();
        if found["state"] == state && found["size"] == size {
            return board;
        }
        assert!(begun.elapsed() < Duration::from_secs(40), "{state} {size}: {}", board["witnesses"]);
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_witness_cosigns_what_grows_and_tells_of_what_was_taken_away() {
    let prepared = prepare(None, 10, 20);
    let folder = tempfile::tempdir().expect("a folder");
    let before = folder.path().join("before.backup");
    let kept = Mutex::new(Kept::default());
    let log = {
        let server = Server::start(&prepared);
        log_key(&server, &prepared)
    };
    let witness = witness(folder.path(), &log);
    let policy = folder.path().join("policy");
    std::fs::write(&policy, format!("log {log}\nwitness w {} {}\nquorum w\n", witness.key, witness.url))
        .expect("written");

    // The state before any ballot.
    let backup = adil().arg("backup").arg(prepared.data.path()).arg(&before).output().expect("the program");
    assert!(backup.status.success(), "{}", String::from_utf8_lossy(&backup.stderr));

    let server = with_policy(&prepared, &policy);
    let sent = prepared.ballots.clone();
    assert!(cast_all(&server.address, &prepared.uuid, sent, &kept).is_empty());
    let size = {
        let board: Value = serde_json::from_slice(&server.get(&format!("/api/e/{}", prepared.uuid))).expect("JSON");
        board["entries"].as_u64().expect("a number")
    };
    // The checkpoint that everybody gets has the cosignature, and another program's policy is met by it.
    waited_for(&server, &prepared, "cosigned", size);
    let page = String::from_utf8(server.get(&format!("/e/{}", prepared.uuid))).expect("text");
    assert!(page.contains(&format!("example.org/witness has cosigned {size} entries")), "{page}");
    let copy = copy_log(&server, &prepared.uuid, folder.path());
    let (status, told) = verified(folder.path(), &copy, &policy);
    assert!(status == Some(0), "{told}");
    // Without the cosignature it is not met.
    let checkpoint = std::fs::read_to_string(copy.join("checkpoint")).expect("a checkpoint");
    let lines: Vec<&str> = checkpoint.lines().filter(|line| !line.contains("example.org/witness")).collect();
    std::fs::write(copy.join("checkpoint"), lines.join("\n") + "\n").expect("written");
    let (status, told) = verified(folder.path(), &copy, &policy);
    assert!(status == Some(1) && told.contains("0 of 1 known witnesses"), "{told}");
    let cosigned = server.get(&format!("/e/{}/log/cosigned", prepared.uuid));
    assert_eq!(String::from_utf8(cosigned).expect("text"), checkpoint);

    drop(server);

    // An older state of the database comes back: entries are missing, and the witness remembers them.
    let older = restored(&before, &prepared);
    let server = with_policy(&older, &policy);
    waited_for(&server, &older, "behind", 0);
    drop(server);

    // On the older state another log grows, to the same size: the witness has signed the first one.
    let other = restored(&before, &prepared);
    let server = Server::start(&other);
    let sent = other.ballots.iter().rev().cloned().collect();
    assert!(cast_all(&server.address, &other.uuid, sent, &Mutex::new(Kept::default())).is_empty());
    drop(server);
    let server = with_policy(&other, &policy);
    waited_for(&server, &other, "fork", 0);
    drop(server);
    let doctor = adil().args(["doctor", "--data"]).arg(other.data.path()).output().expect("the program");
    let told = String::from_utf8_lossy(&doctor.stdout);
    assert!(told.contains("example.org/witness has cosigned entries that are not those of this log"), "{told}");
}

/// Whether the first entry of a copy of the log is proven under a policy.
fn verified(folder: &Path, copy: &Path, policy: &Path) -> (Option<i32>, String) {
    let tiles = copy.join("tile/entries");
    let tile = std::fs::read_dir(tiles.join("000.p")).expect("tiles").next().expect("a tile").expect("a file").path();
    let bundle = std::fs::read(tile).expect("a tile");
    // Two bytes of length stand before each entry (C2SP tlog-tiles).
    let length = usize::from(u16::from_be_bytes([bundle[0], bundle[1]]));
    let (entry, proof) = (folder.join("entry"), folder.join("entry.tlog-proof"));
    std::fs::write(&entry, &bundle[2..2 + length]).expect("written");
    let proven = adil().args(["log", "prove"]).arg(copy).args(["--index", "0", "-o"]).arg(&proof).output();
    assert!(proven.expect("the program").status.success());
    let mut command = adil();
    command.args(["log", "verify"]).arg(&proof).arg("--entry").arg(&entry).arg("--policy").arg(policy);
    let output = command.output().expect("the program");
    (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

fn restored(backup: &Path, of: &Prepared) -> Prepared {
    let data = tempfile::tempdir().expect("a folder");
    let inside = data.path().join("data");
    let made = adil().arg("restore").arg(backup).arg(&inside).output().expect("the program");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    for name in ["secret", "adil.sqlite"] {
        std::fs::rename(inside.join(name), data.path().join(name)).expect("moved");
    }
    Prepared { data, database: None, uuid: of.uuid.clone(), ballots: of.ballots.clone() }
}
