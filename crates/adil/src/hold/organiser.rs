//! The organiser's folder: the plan, the keys that sign for the organiser and the log, and the log.

use std::path::{Path, PathBuf};
use std::time::Duration;

use adil_election::messages::{Draft, Message};
use adil_election::statement::Statement;
use adil_log::{KeyName, Note, SigningKey};
use adil_open::log::LogWriter;

use super::board::Board;
use super::files::{self, Lock, Readers};
use super::{HoldFailure, random};

/// Names in the folder.
pub(crate) const QUESTIONS: &str = "questions.toml";
pub(crate) const DRAFT: &str = "draft.json";
pub(crate) const ASSEMBLED: &str = "assembled.json";
pub(crate) const REHEARSAL: &str = "rehearsal.json";
const KEYS: &str = "private/keys";

/// How long a command waits for others that write to the log, such as voters who cast at the same moment.
const PATIENCE: Duration = Duration::from_secs(10);

/// The organiser's folder.
pub(crate) struct Organiser {
    /// Where it is.
    pub(crate) folder: PathBuf,
    /// The election that is being prepared or held.
    pub(crate) draft: Draft,
}

/// The organiser's private keys.
pub(crate) struct OrganiserKeys {
    /// Signs statements.
    pub(crate) organiser: SigningKey,
    /// Signs the log's checkpoints.
    pub(crate) log: SigningKey,
    /// Signs acceptances.
    pub(crate) acceptance: Option<SigningKey>,
}

impl OrganiserKeys {
    /// New keys for an election.
    pub(crate) fn draw(uuid: &str, origin: &str, with_acceptance: bool) -> Result<Self, HoldFailure> {
        let key = |name: String| -> Result<SigningKey, HoldFailure> {
            let name = KeyName::parse(&name).map_err(|error| HoldFailure::Input(format!("{name:?}: {error}")))?;
            Ok(SigningKey::from_seed(name, &random::seed()?))
        };
        Ok(Self {
            organiser: key(format!("organiser/{uuid}"))?,
            log: key(origin.to_owned())?,
            acceptance: if with_acceptance { Some(key(format!("acceptance/{uuid}"))?) } else { None },
        })
    }

    /// The text of the private file: a key in each line.
    pub(crate) fn to_text(&self) -> zeroize::Zeroizing<String> {
        let mut text = zeroize::Zeroizing::new(String::new());
        for key in [Some(&self.organiser), Some(&self.log), self.acceptance.as_ref()].into_iter().flatten() {
            text.push_str(&key.to_text());
            text.push('\n');
        }
        text
    }

    fn read(path: &Path) -> Result<Self, HoldFailure> {
        let text = files::read_private_text(path)?;
        let wrong = || HoldFailure::Content {
            path: path.display().to_string(),
            what: "the organiser's private keys",
            found: "it holds something else".to_owned(),
        };
        let mut keys = text.lines().map(|line| SigningKey::parse(line).map_err(|_| wrong()));
        let mut next = || keys.next().unwrap_or_else(|| Err(wrong()));
        let (organiser, log) = (next()?, next()?);
        let acceptance = keys.next().transpose()?;
        Ok(Self { organiser, log, acceptance })
    }
}

impl Organiser {
    /// Makes the folder of a new election: the plan, the keys, and the draft that the others need.
    pub(crate) fn create(folder: &Path, plan: &str, draft: &Draft, keys: &OrganiserKeys) -> Result<(), HoldFailure> {
        let new = files::NewFolder::begin(folder)?;
        new.write(QUESTIONS, plan.as_bytes(), Readers::All)?;
        new.write(KEYS, keys.to_text().as_bytes(), Readers::Owner)?;
        new.write(DRAFT, &Message::Draft(draft.clone()).to_bytes(), Readers::All)?;
        new.finish()
    }

    /// Makes a folder with a plan in it into that of a new election. With the draft, which comes last, it is one.
    pub(crate) fn create_in_place(folder: &Path, draft: &Draft, keys: &OrganiserKeys) -> Result<(), HoldFailure> {
        let _lock = Lock::on(folder)?;
        let (private, path) = (folder.join("private"), folder.join(DRAFT));
        if path.exists() {
            return Err(HoldFailure::Exists { path: path.display().to_string() });
        }
        if !private.is_dir() {
            files::make_folder(&private).map_err(|error| HoldFailure::file(&private, error))?;
        }
        files::write_together(&[
            (&folder.join(KEYS), keys.to_text().as_bytes(), Readers::Owner),
            (&path, &Message::Draft(draft.clone()).to_bytes(), Readers::All),
        ])
    }

    /// Opens the folder.
    pub(crate) fn open(folder: &Path) -> Result<Self, HoldFailure> {
        let path = folder.join(DRAFT);
        // Others have the draft too; the keys are the organiser's alone.
        if !path.is_file() || !folder.join(KEYS).is_file() {
            return Err(HoldFailure::Order(format!(
                "{}: is no organiser's folder of an election; `adil election new` makes one",
                folder.display()
            )));
        }
        Ok(Self { folder: folder.to_owned(), draft: read_draft(&path)? })
    }

    /// A lock against another command on the folder.
    pub(crate) fn lock(&self) -> Result<Lock, HoldFailure> {
        Lock::on(&self.folder)
    }

    /// The private keys.
    pub(crate) fn keys(&self) -> Result<OrganiserKeys, HoldFailure> {
        OrganiserKeys::read(&self.folder.join(KEYS))
    }

    /// Where the log is, or will be.
    pub(crate) fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// The log, locked for writing; waits for other writers, though not for ever.
    pub(crate) fn board(&self) -> Result<Held, HoldFailure> {
        let path = self.log();
        if !path.join("checkpoint").is_file() {
            return Err(HoldFailure::Order(format!(
                "{}: voting has not been opened yet; `adil election open` does that",
                self.folder.display()
            )));
        }
        let writer = LogWriter::open_within(&path, PATIENCE).map_err(|error| HoldFailure::log(&path, error))?;
        Ok(Held { writer, board: Board::open(&path)?, keys: self.keys()? })
    }
}

/// The log of an election in its organiser's hands.
pub(crate) struct Held {
    writer: LogWriter,
    /// What it says.
    pub(crate) board: Board,
    /// The organiser's keys.
    pub(crate) keys: OrganiserKeys,
}

impl Held {
    /// Logs ballots that were accepted, in one commitment; the index of the first.
    pub(crate) fn log_ballots(&mut self, entries: &[Vec<u8>], records: &[&[u8]]) -> Result<u64, HoldFailure> {
        self.board.append(&mut self.writer, &self.keys.log, entries, records)
    }

    /// Logs statements of the organiser, with the records that they name.
    pub(crate) fn say(&mut self, statements: &[Statement], records: &[Vec<u8>]) -> Result<u64, HoldFailure> {
        let sign = |statement: &Statement| -> Result<Vec<u8>, HoldFailure> {
            Ok(note_bytes(&statement.signed(&[&self.keys.organiser])?))
        };
        let entries = statements.iter().map(sign).collect::<Result<Vec<_>, _>>()?;
        let records: Vec<&[u8]> = records.iter().map(Vec::as_slice).collect();
        self.log_statements(&entries, &records)
    }

    /// Logs signed statements, if the log keeps the rules with them; the index of the first.
    pub(crate) fn log_statements(&mut self, entries: &[Vec<u8>], records: &[&[u8]]) -> Result<u64, HoldFailure> {
        self.board.would_hold(entries, records)?;
        self.board.append(&mut self.writer, &self.keys.log, entries, records)
    }
}

/// The bytes of a note.
pub(crate) fn note_bytes(note: &Note) -> Vec<u8> {
    note.to_string().into_bytes()
}

/// Reads a draft.
pub(crate) fn read_draft(path: &Path) -> Result<Draft, HoldFailure> {
    match read_message(path)? {
        Message::Draft(draft) => Ok(draft),
        other => Err(HoldFailure::Content {
            path: path.display().to_string(),
            what: "the organiser's draft (draft.json)",
            found: format!("it is {}", other.name()),
        }),
    }
}

/// Reads a message that a role handed on.
pub(crate) fn read_message(path: &Path) -> Result<Message, HoldFailure> {
    let bytes = files::read(path)?;
    Message::parse(&bytes).map_err(|error| HoldFailure::Content {
        path: path.display().to_string(),
        what: "a file that another role handed on",
        found: error.to_string(),
    })
}
