//! What everybody can fetch of an election, as files, and the checks that anybody makes on them.

use std::path::{Path, PathBuf};
use std::process::Command;

use adil_belenios::hold::{Polls, polls as read_polls};
use adil_election::ledger::{Contents, Ledger};
use adil_election::statement::Content;
use adil_election::tallying;
use adil_open::log::{LogFolder, ObjectDigest};
use adil_server::App;

/// The log's files in a folder: the checkpoint, its tiles, and every record that an entry names by its digest.
async fn log_files(app: &App, uuid: &str, folder: &Path) {
    let size = app.counts(uuid).await.expect("numbers").entries;
    let mut paths: Vec<String> = adil_log::tile::tiles_between(0, size).map(|tile| tile.path()).collect();
    paths.push("checkpoint".to_owned());
    while let Some(path) = paths.pop() {
        let (bytes, _) = app.log_file(uuid, &path).await.expect("a file");
        if path.starts_with("tile/entries/") {
            let text = String::from_utf8_lossy(&bytes);
            let named = text.split("\"sha256\":\"").skip(1).filter_map(|rest| rest.get(..64));
            paths.extend(named.map(|digest| format!("object/{digest}")));
        }
        let to = folder.join(&path);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("made");
        std::fs::write(to, bytes).expect("written");
    }
}

/// The records beside a log.
struct Objects<'a>(&'a LogFolder);

impl Contents for Objects<'_> {
    fn content(&self, content: &Content) -> std::io::Result<Option<Vec<u8>>> {
        use std::io::Read as _;
        let Ok(mut object) = self.0.object(&ObjectDigest::from_bytes(content.sha256)) else { return Ok(None) };
        let mut bytes = Vec::new();
        object.read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

fn entries(log: &LogFolder) -> impl Iterator<Item = std::io::Result<Vec<u8>>> + '_ {
    log.entries(0..log.checkpoint().size)
        .map(|entry| entry.map(|(_, bytes)| bytes).map_err(|error| std::io::Error::other(error.to_string())))
}

fn open(folder: &Path) -> (LogFolder, Ledger, Box<dyn Polls>) {
    let log = LogFolder::open(folder).expect("a log");
    let ledger = Ledger::read(entries(&log), &Objects(&log)).expect("read");
    assert!(ledger.faults().is_empty(), "{:?}", ledger.faults());
    let setup = ledger.setup.clone().expect("a setup");
    let [election, trustees, credentials] = [setup.election, setup.trustees, setup.credentials]
        .map(|content| Objects(&log).content(&content).expect("read").expect("there"));
    let polls = read_polls(&election, &trustees, &credentials, None).expect("a sound setup");
    (log, ledger, polls)
}

/// The election as voters see it.
pub(crate) async fn polls(app: &App, uuid: &str) -> Box<dyn Polls> {
    let folder = tempfile::tempdir().expect("a folder");
    log_files(app, uuid, folder.path()).await;
    open(folder.path()).2
}

/// The record of an election in a folder.
pub(crate) struct Record(PathBuf);

/// Saves what everybody can fetch.
pub(crate) async fn export(app: &App, uuid: &str, folder: &Path) -> Record {
    log_files(app, uuid, &folder.join("log")).await;
    let (archive, checkpoint) = app.archive(uuid).await.expect("an archive");
    std::fs::write(folder.join("election.bel"), archive).expect("written");
    std::fs::write(folder.join("election.checkpoint"), checkpoint).expect("written");
    let text = "title = \"A test\"\n\n[[board]]\nfile = \"election.bel\"\nlog = \"log\"\n";
    std::fs::write(folder.join("election.toml"), text).expect("written");
    Record(folder.to_owned())
}

impl Record {
    /// The totals of a question of choices.
    pub(crate) fn totals(&self, title: &str) -> Vec<(String, String)> {
        let (log, ledger, polls) = open(&self.0.join("log"));
        let (tally, shuffles) = tallying::so_far(&ledger, &Objects(&log)).expect("a tally");
        let result =
            ledger.result.and_then(|content| Objects(&log).content(&content).expect("read")).expect("a result");
        let outcomes = polls.outcomes(&tally, &shuffles, &result).expect("outcomes");
        let questions = polls.election().questions.iter();
        let (question, outcome) =
            questions.zip(outcomes).find(|(question, _)| question.title() == title).expect("a question");
        match (question, outcome) {
            (adil_belenios::Question::Homomorphic { answers, .. }, adil_belenios::Outcome::Numbers(numbers)) => {
                answers.iter().cloned().zip(numbers.iter().map(ToString::to_string)).collect()
            }
            _ => panic!("a question of choices"),
        }
    }

    /// The log is whole, its rules are kept, and the archive is the one that follows from it; `adil check` proves the rest
    /// where the program is named.
    pub(crate) fn check(&self) {
        let (log, ledger, _) = open(&self.0.join("log"));
        let keys: Vec<adil_log::VerifierKey> = ledger.log_key().cloned().into_iter().collect();
        log.fsck(&keys, &mut |_, _| {}).expect("a whole log");
        let archive = adil_election::derive(&ledger, entries(&log), &Objects(&log), Vec::new()).expect("an archive");
        assert_eq!(archive, std::fs::read(self.0.join("election.bel")).expect("read"));
        let Some(program) = adil_outside::program("adil check of a whole election") else { return };
        let output = Command::new(program).arg("check").arg(&self.0).output().expect("adil check");
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{shown}\n{}", String::from_utf8_lossy(&output.stderr));
    }
}
