//! An open election, its server, and clients that cast ballots, keep what they are told, and compare it with the log.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use adil_server::sample::{self, Sample};
use adil_server::{App, Config};

const PLAN: &str = "title = \"A board\"\n\n[[question]]\ntitle = \"Which?\"\nanswers = [\"A\", \"B\", \"C\"]\n\
                    kind = \"choices\"\nmin = 0\nmax = 1\n";

/// An election that is open, and ballots for it: each voter's one after another.
pub(crate) struct Prepared {
    pub(crate) data: tempfile::TempDir,
    /// The URL of its database; `None` is the embedded one.
    pub(crate) database: Option<String>,
    pub(crate) uuid: String,
    pub(crate) ballots: Vec<String>,
}

pub(crate) fn prepare(database: Option<String>, voters: u64, ballots: usize) -> Prepared {
    let data = tempfile::tempdir().expect("a folder");
    let config = Config { data: data.path().to_owned(), database: database.clone(), ..Config::default() };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (uuid, ballots) = runtime.block_on(async {
        let app = App::open(config).await.expect("a server");
        let organiser = sample::organiser(&app).await.expect("an account");
        let held = Sample::open(&app, organiser, "A board", PLAN, voters).await.expect("voting is open");
        let codes = held.codes(&app, voters).await.expect("codes");
        let votes: Vec<(&str, Vec<&str>)> =
            codes.iter().cycle().take(ballots).map(|code| (code.as_str(), vec!["1=A"])).collect();
        let polls = app.polls(&held.uuid).await.expect("voting is open");
        (held.uuid, sample::ballots(polls.as_ref(), PLAN, &votes).expect("ballots"))
    });
    Prepared { data, database, uuid, ballots }
}

/// A running server; killed where it is let go.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(prepared: &Prepared) -> Self {
        Self::start_with(prepared, &[])
    }

    pub(crate) fn start_with(prepared: &Prepared, arguments: &[&str]) -> Self {
        Self::start_as(Command::new(env!("CARGO_BIN_EXE_adil")), prepared, arguments)
    }

    /// `command`: what runs the program, so that arguments can be added to it.
    pub(crate) fn start_as(mut command: Command, prepared: &Prepared, arguments: &[&str]) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(prepared.data.path());
        command.args(arguments).env("ADIL_LOG", "off");
        if let Some(url) = &prepared.database {
            command.args(["--database", url]);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let told = lines.next().expect("a line").expect("text");
        let address = told.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    pub(crate) fn get(&self, path: &str) -> Vec<u8> {
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
pub(crate) struct Kept {
    /// Answers with a status from 500 on.
    pub(crate) refused: usize,
    /// Ballots whose answer was 201, by their trackers, with the receipts.
    pub(crate) receipts: BTreeMap<String, String>,
    /// Ballots that the server said to have already: an earlier answer was lost.
    pub(crate) again: usize,
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
pub(crate) fn cast_all(address: &str, uuid: &str, ballots: Vec<String>, kept: &Mutex<Kept>) -> Vec<String> {
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

/// The key that the log is signed with.
pub(crate) fn log_key(server: &Server, prepared: &Prepared) -> String {
    let numbers: serde_json::Value =
        serde_json::from_slice(&server.get(&format!("/api/e/{}/booth", prepared.uuid))).expect("JSON");
    numbers["log_key"].as_str().expect("the log's key").to_owned()
}

/// The log as a folder, as an observer copies it.
pub(crate) fn copy_log(server: &Server, uuid: &str, to: &Path) -> PathBuf {
    let zip = server.get(&format!("/e/{uuid}/record.zip"));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).expect("a zip");
    zip.extract(to).expect("its files");
    to.join("log")
}

/// Every acknowledged ballot is in the log once, and `adil log compare` finds one log behind every receipt's checkpoint and
/// the log's own.
pub(crate) fn nothing_is_lost(prepared: &Prepared, kept: &Kept, expected: usize) {
    let server = Server::start(prepared);
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
    let key = log_key(&server, prepared);
    // Receipts of one moment have one checkpoint: each is compared once.
    let mut seen = BTreeSet::new();
    for (number, proof) in kept.receipts.values().enumerate() {
        let checkpoint = proof.split("\n\n").last().expect("a checkpoint").to_owned();
        if !seen.insert(checkpoint) {
            continue;
        }
        let file = folder.path().join(format!("{number}.tlog-proof"));
        std::fs::write(&file, proof).expect("written");
        let mut compare = Command::new(env!("CARGO_BIN_EXE_adil"));
        compare.args(["log", "compare"]).arg(&file).arg(log.join("checkpoint"));
        let output = compare.arg("--log").arg(&log).args(["--key", &key]).output().expect("the program");
        assert!(
            output.status.success(),
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(!seen.is_empty(), "somebody was shown a checkpoint");
}
