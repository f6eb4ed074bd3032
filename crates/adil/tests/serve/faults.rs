//! `adil serve` that is killed, that has no room left, whose database or clock fails, and that is left by its clients: what
//! was acknowledged is in the log, once, and every checkpoint that anybody was shown is a beginning of the log as it is
//! afterwards.

use std::io::Write as _;
use std::process::Command;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::load::{Kept, Prepared, Server, cast_all, nothing_is_lost, prepare};
use sqlx::Connection as _;

/// A server as it should be takes what is left, and nothing is lost of all.
fn the_rest_is_taken(prepared: &Prepared, left: Vec<String>, kept: &Mutex<Kept>) {
    let server = Server::start(prepared);
    let left = cast_all(&server.address, &prepared.uuid, left, kept);
    drop(server);
    assert!(left.is_empty(), "{} ballots could not be cast", left.len());
    nothing_is_lost(prepared, &kept.lock().expect("kept"), prepared.ballots.len());
}

#[test]
fn no_acknowledged_ballot_is_lost_where_the_server_is_killed_again_and_again() {
    let prepared = prepare(None, 30, 240);
    let kept = Arc::new(Mutex::new(Kept::default()));
    let mut left = prepared.ballots.clone();
    for round in 0..6 {
        let mut server = Server::start(&prepared);
        let (address, uuid, sending) = (server.address.clone(), prepared.uuid.clone(), kept.clone());
        let before = kept.lock().expect("kept").receipts.len();
        let ballots = std::mem::take(&mut left);
        let clients = std::thread::spawn(move || cast_all(&address, &uuid, ballots, &sending));
        // Killed in the middle of it: once some have been accepted, at another moment each time.
        while kept.lock().expect("kept").receipts.len() < before + 3 + 2 * round && !clients.is_finished() {
            std::thread::sleep(Duration::from_millis(1));
        }
        server.child.kill().expect("SIGKILL");
        server.child.wait().expect("it has ended");
        left = clients.join().expect("no client has panicked");
    }
    assert!(!left.is_empty(), "the server was killed while ballots were coming in");
    the_rest_is_taken(&prepared, left, &kept);
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let prepared = prepare(None, 100, 800);
    let kept = Arc::new(Mutex::new(Kept::default()));
    let largest = std::fs::read_dir(prepared.data.path())
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.metadata().ok())
        .map(|metadata| metadata.len())
        .max()
        .expect("files");
    // Room for some of the ballots: the database and its journal may each hold 30 kB more than the journal does now, and the
    // ballots take 2,400 bytes each.
    let blocks = largest / 512 + 60;
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")])
        .arg(env!("CARGO_BIN_EXE_adil"));
    let server = Server::start_as(shell, &prepared, &[]);
    let mut left = prepared.ballots.clone();
    for _ in 0..3 {
        left = cast_all(&server.address, &prepared.uuid, left, &kept);
    }
    drop(server);
    assert!(kept.lock().expect("kept").refused > 0, "the disk was full");
    assert!(!left.is_empty(), "it was full before all ballots had come in");
    assert!(!kept.lock().expect("kept").receipts.is_empty(), "some came in before");
    the_rest_is_taken(&prepared, left, &kept);
}

#[test]
fn clients_that_send_half_a_ballot_and_leave_hold_nobody_up() {
    let prepared = prepare(None, 5, 10);
    let kept = Arc::new(Mutex::new(Kept::default()));
    let server = Server::start(&prepared);
    let host = server.address.strip_prefix("http://").expect("an address");
    let ballot = &prepared.ballots[0];
    let (half, _) = ballot.split_at(ballot.len() / 2);
    let mut open = Vec::new();
    for number in 0..60 {
        let mut stream = std::net::TcpStream::connect(host).expect("a connection");
        let head = format!(
            "POST /api/e/{}/ballots HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            prepared.uuid,
            ballot.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(half.as_bytes())).expect("sent");
        // Some leave, some stay and send nothing more.
        if number % 2 == 0 {
            open.push(stream);
        }
    }
    let left = cast_all(&server.address, &prepared.uuid, prepared.ballots.clone(), &kept);
    assert!(left.is_empty(), "{} ballots could not be cast", left.len());
    drop((open, server));
    nothing_is_lost(&prepared, &kept.lock().expect("kept"), prepared.ballots.len());
}

/// Runs statements on the database server.
fn run(url: &str, statements: &[String]) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(url).await.expect("ADIL_POSTGRES can be reached");
        for sql in statements {
            sqlx::query(sqlx::AssertSqlSafe(sql.clone())).execute(&mut connection).await.expect("it can be run");
        }
    });
}

/// As when PostgreSQL is restarted: every connection ends in the middle of what it does, and none is taken for a while.
#[test]
fn no_acknowledged_ballot_is_lost_where_the_database_goes_away_and_comes_back() {
    let Some(url) = adil_outside::postgres("a database that is restarted") else { return };
    let name = format!("adil_restarted_{}", std::process::id());
    run(&url, &[format!("CREATE DATABASE {name}")]);
    let (server_url, _) = url.rsplit_once('/').expect("the URL names a database");
    let prepared = prepare(Some(format!("{server_url}/{name}")), 30, 300);
    let kept = Mutex::new(Kept::default());
    let server = Server::start(&prepared);
    let done = std::sync::atomic::AtomicBool::new(false);
    let mut left = prepared.ballots.clone();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..5 {
                let before = kept.lock().expect("kept").receipts.len();
                while kept.lock().expect("kept").receipts.len() < before + 5 + round && !done.load(Ordering::Relaxed) {
                    std::thread::sleep(Duration::from_millis(1));
                }
                run(
                    &url,
                    &[
                        format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false"),
                        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"),
                    ],
                );
                std::thread::sleep(Duration::from_millis(200));
                run(&url, &[format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")]);
            }
        });
        // Whoever is refused tries again, as the booth says.
        for _ in 0..100 {
            left = cast_all(&server.address, &prepared.uuid, std::mem::take(&mut left), &kept);
            if left.is_empty() {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        done.store(true, Ordering::Relaxed);
    });
    drop(server);
    assert!(kept.lock().expect("kept").refused > 0, "the database was away");
    assert!(left.is_empty(), "{} ballots could not be cast", left.len());
    nothing_is_lost(&prepared, &kept.lock().expect("kept"), prepared.ballots.len());
    run(&url, &[format!("DROP DATABASE {name} WITH (FORCE)")]);
}

/// Two hours back and one forward, while the server runs: voting goes on, and no entry is dated before the one that it follows.
#[test]
fn a_clock_that_is_moved_while_voting_goes_on_moves_no_entry_back() {
    let Some(library) = adil_outside::faketime("a clock that is moved") else { return };
    let prepared = prepare(None, 20, 60);
    let clock = prepared.data.path().join("clock");
    let kept = Mutex::new(Kept::default());
    let mut moved = Command::new(env!("CARGO_BIN_EXE_adil"));
    moved.env("LD_PRELOAD", library).env("FAKETIME_TIMESTAMP_FILE", &clock);
    moved.env("FAKETIME_NO_CACHE", "1").env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    std::fs::write(&clock, "+0\n").expect("written");
    let server = Server::start_as(moved, &prepared, &[]);
    let mut parts = prepared.ballots.chunks(20);
    for offset in ["+0", "-2h", "+1h"] {
        std::fs::write(&clock, format!("{offset}\n")).expect("written");
        let part = parts.next().expect("a part").to_vec();
        let left = cast_all(&server.address, &prepared.uuid, part, &kept);
        assert!(left.is_empty(), "{offset}: {} ballots could not be cast", left.len());
    }
    // (entry, minute) of every ballot, in the order of the log.
    let receipts: Vec<String> = kept.lock().expect("kept").receipts.keys().cloned().collect();
    let mut entries: Vec<(u64, u64)> = receipts
        .iter()
        .map(|tracker| {
            let path = format!("/api/e/{}/ballot?tracker={tracker}", prepared.uuid);
            let found: serde_json::Value = serde_json::from_slice(&server.get(&path)).expect("JSON");
            (found["entry"].as_u64().expect("an entry"), found["minute"].as_u64().expect("a minute"))
        })
        .collect();
    entries.sort_unstable();
    drop(server);
    assert!(entries.is_sorted_by_key(|&(_, minute)| minute), "{entries:?}");
    let (first, last) = (entries.first().expect("the first").1, entries.last().expect("the last").1);
    assert!((60..=62).contains(&(last - first)), "the clock was moved an hour forward at the end: {first}, {last}");
    nothing_is_lost(&prepared, &kept.lock().expect("kept"), prepared.ballots.len());
}
