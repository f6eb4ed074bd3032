//! `adil serve` that is killed, that has no room left, and that is left by its clients: what was acknowledged is in the log,
//! once, and every checkpoint that anybody was shown is a beginning of the log as it is afterwards.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use adil_server::sample::{self, Sample};
use adil_server::{App, Config};

const PLAN: &str = "title = \"A board\"\n\n[[question]]\ntitle = \"Which?\"\nanswers = [\"A\", \"B\", \"C\"]\n\
                    kind = \"choices\"\nmin = 0\nmax = 1\n";

/// An election that is open, and ballots for it: each voter's one after another.
struct Prepared {
    data: tempfile::TempDir,
    uuid: String,
    ballots: Vec<String>,
}

fn prepare(voters: u64, ballots: usize) -> Prepared {
    let data = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (uuid, ballots) = runtime.block_on(async {
        let app = App::open(Config { data: data.path().to_owned(), ..Config::default() }).await.expect("a server");
        let organiser = sample::organiser(&app).await.expect("an account");
        let held = Sample::open(&app, organiser, "A board", PLAN, voters).await.expect("voting is open");
        let codes = held.codes(&app, voters).await.expect("codes");
        let votes: Vec<(&str, Vec<&str>)> =
            codes.iter().cycle().take(ballots).map(|code| (code.as_str(), vec!["1=A"])).collect();
        let polls = app.polls(&held.uuid).await.expect("voting is open");
        (held.uuid, sample::ballots(polls.as_ref(), PLAN, &votes).expect("ballots"))
    });
    Prepared { data, uuid, ballots }
}

/// A running server; killed where it is let go.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// `blocks`: the size in 512 bytes that no file may exceed, which stands for a full disk.
    fn start(data: &Path, blocks: Option<u64>) -> Self {
        let adil = env!("CARGO_BIN_EXE_adil");
        let mut command = match blocks {
            None => Command::new(adil),
            Some(blocks) => {
                let mut shell = Command::new("sh");
                shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""), adil]);
                shell
            }
        };
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).env("ADIL_LOG", "off");
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let told = lines.next().expect("a line").expect("text");
        let address = told.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    fn get(&self, path: &str) -> Vec<u8> {
        let mut response = agent().get(format!("{}{path}", self.address)).call().expect("an answer");
        response.body_mut().read_to_vec().expect("a body")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    config.timeout_global(Some(Duration::from_secs(20))).build().into()
}

/// What clients keep.
#[derive(Default)]
struct Kept {
    /// Answers with a status from 500 on.
    refused: usize,
    /// Ballots whose answer was 201, by their trackers, with the receipts.
    receipts: BTreeMap<String, String>,
    /// Ballots that the server said to have already: an earlier answer was lost.
    again: usize,
}

/// Sends a ballot; whether it need not be sent again.
fn cast(agent: &ureq::Agent, url: &str, ballot: &str, kept: &Mutex<Kept>) -> bool {
    let sent = agent.post(url).header("content-type", "application/json").send(ballot);
    let answer = sent.and_then(|mut response| Ok((response.status().as_u16(), response.body_mut().read_to_string()?)));
    let Ok((status, body)) = answer else { return false };
    let mut kept = kept.lock().expect("no client has panicked");
    match status {
        201 => {
            let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
            let text = |name: &str| body[name].as_str().expect("a text").to_owned();
            kept.receipts.insert(text("tracker"), text("proof"));
            true
        }
        409 if body.contains("\"again\"") => {
            kept.again += 1;
            true
        }
        500..=599 => {
            kept.refused += 1;
            false
        }
        other => panic!("{other}: {body}"),
    }
}

/// Sends ballots from several clients until none is left or the server no longer answers; those that are left.
fn cast_all(address: &str, uuid: &str, ballots: Vec<String>, kept: &Arc<Mutex<Kept>>) -> Vec<String> {
    let (waiting, left) = (Mutex::new(ballots), Mutex::new(Vec::new()));
    let url = format!("{address}/api/e/{uuid}/ballots");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let agent = agent();
                loop {
                    let Some(ballot) = waiting.lock().expect("a list").pop() else { return };
                    if !cast(&agent, &url, &ballot, kept) {
                        left.lock().expect("a list").push(ballot);
                        return;
                    }
                }
            });
        }
    });
    let mut left = left.into_inner().expect("a list");
    left.extend(waiting.into_inner().expect("a list"));
    left
}

/// The log as a folder, as an observer copies it.
fn copy_log(server: &Server, uuid: &str, to: &Path) -> PathBuf {
    let zip = server.get(&format!("/e/{uuid}/record.zip"));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).expect("a zip");
    zip.extract(to).expect("its files");
    to.join("log")
}

/// Every acknowledged ballot is in the log once, and `adil log compare` finds one log behind every receipt's checkpoint and
/// the log's own.
fn nothing_is_lost(prepared: &Prepared, kept: &Kept, expected: usize) {
    let server = Server::start(prepared.data.path(), None);
    let listed = String::from_utf8(server.get(&format!("/e/{}/trackers.txt", prepared.uuid))).expect("text");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in listed.lines() {
        *counts.entry(line.split_whitespace().next().expect("a tracker")).or_default() += 1;
    }
    assert_eq!(counts.len(), expected, "ballots in the log");
    for tracker in kept.receipts.keys() {
        assert_eq!(counts.get(tracker.as_str()), Some(&1), "{tracker}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let log = copy_log(&server, &prepared.uuid, folder.path());
    let numbers: serde_json::Value =
        serde_json::from_slice(&server.get(&format!("/api/e/{}/booth", prepared.uuid))).expect("JSON");
    let key = numbers["log_key"].as_str().expect("the log's key");
    // Receipts of one moment have one checkpoint: each is compared once.
    let mut seen = std::collections::BTreeSet::new();
    for (number, proof) in kept.receipts.values().enumerate() {
        let checkpoint = proof.split("\n\n").last().expect("a checkpoint").to_owned();
        if !seen.insert(checkpoint) {
            continue;
        }
        let file = folder.path().join(format!("{number}.tlog-proof"));
        std::fs::write(&file, proof).expect("written");
        let mut compare = Command::new(env!("CARGO_BIN_EXE_adil"));
        compare.args(["log", "compare"]).arg(&file).arg(log.join("checkpoint"));
        let output = compare.arg("--log").arg(&log).args(["--key", key]).output().expect("the program");
        assert!(
            output.status.success(),
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(!seen.is_empty(), "somebody was shown a checkpoint");
}

#[test]
fn no_acknowledged_ballot_is_lost_where_the_server_is_killed_again_and_again() {
    let prepared = prepare(30, 240);
    let kept = Arc::new(Mutex::new(Kept::default()));
    let mut left = prepared.ballots.clone();
    for round in 0..6 {
        let mut server = Server::start(prepared.data.path(), None);
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
    let server = Server::start(prepared.data.path(), None);
    let left = cast_all(&server.address, &prepared.uuid, left, &kept);
    drop(server);
    assert!(left.is_empty(), "{} ballots could not be cast", left.len());
    nothing_is_lost(&prepared, &kept.lock().expect("kept"), prepared.ballots.len());
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let prepared = prepare(100, 800);
    let kept = Arc::new(Mutex::new(Kept::default()));
    let largest = std::fs::read_dir(prepared.data.path())
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.metadata().ok())
        .map(|metadata| metadata.len())
        .max()
        .expect("files");
    // Room for some of the ballots: the database and its journal may each hold 30 kB more than the journal does now, and the
    // ballots take 2,400 bytes each.
    let server = Server::start(prepared.data.path(), Some(largest / 512 + 60));
    let mut left = prepared.ballots.clone();
    for _ in 0..3 {
        left = cast_all(&server.address, &prepared.uuid, left, &kept);
    }
    drop(server);
    assert!(kept.lock().expect("kept").refused > 0, "the disk was full");
    assert!(!left.is_empty(), "it was full before all ballots had come in");
    assert!(!kept.lock().expect("kept").receipts.is_empty(), "some came in before");
    let server = Server::start(prepared.data.path(), None);
    let left = cast_all(&server.address, &prepared.uuid, left, &kept);
    drop(server);
    assert!(left.is_empty(), "{} ballots could not be cast", left.len());
    nothing_is_lost(&prepared, &kept.lock().expect("kept"), prepared.ballots.len());
}

#[test]
fn clients_that_send_half_a_ballot_and_leave_hold_nobody_up() {
    let prepared = prepare(5, 10);
    let kept = Arc::new(Mutex::new(Kept::default()));
    let server = Server::start(prepared.data.path(), None);
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
