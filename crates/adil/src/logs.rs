//! The transparency log of a board: read once with its tree, and once more to derive the archive and compare it.

use std::io::{self, Read};

use adil_check::{Archived, LogView};
use adil_election::ledger::{Contents, Ledger, LedgerRule};
use adil_election::statement::Content;
use adil_election::{DeriveError, derive};
use adil_log::{Checkpoint, Note, VerifierKey};
use adil_open::log::{LogError, LogFault, LogFolder, ObjectDigest};
use adil_open::{BoardLog, OpenedBoard, RecordError};

use crate::compared::Compared;
use crate::failure::Failure;
use crate::progress::Line;

/// The records that lie beside a log by their digests.
pub(crate) struct Objects<'a>(pub(crate) &'a LogFolder);

impl Contents for Objects<'_> {
    fn content(&self, content: &Content) -> io::Result<Option<Vec<u8>>> {
        let limit = adil_belenios::Limits::default().record_bytes;
        if content.bytes > limit {
            let large = format!("a record of {} bytes is named, and at most {limit} are read", content.bytes);
            return Err(io::Error::other(large));
        }
        let reader = match self.0.object(&ObjectDigest::from_bytes(content.sha256)) {
            Err(LogError::Missing { .. }) => return Ok(None),
            opened => opened.map_err(io::Error::other)?,
        };
        let mut bytes = Vec::new();
        match reader.take(content.bytes + 1).read_to_end(&mut bytes) {
            Ok(read) => Ok(Some(bytes).filter(|_| read as u64 == content.bytes)),
            // It has other contents than its name says: what was named is not there.
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Entries between two reports of progress.
const REPORT_EVERY: u64 = 1 << 10;

/// Reads the log of a board, where it has one, and compares the board with what follows from it.
pub(crate) fn viewed(board: &OpenedBoard, line: &Line) -> Result<Option<LogView>, Failure> {
    let Some(opened) = &board.log else { return Ok(None) };
    let path = opened.folder.display().to_string();
    let log = match &opened.log {
        Ok(log) => log,
        Err(error) => {
            let mut ledger = Ledger::new();
            ledger.fault(LedgerRule::Checkpoint, None, error);
            return Ok(Some(LogView { path, ledger, archived: Archived::NotDerived }));
        }
    };
    let unreadable = |error: &dyn ToString| Failure::BoardLog { folder: path.clone(), cause: error.to_string() };
    let contents = Objects(log);
    let mut reading = Reading::new(opened, &contents, line, board);
    let is_whole = reading.whole(log).map_err(|error| unreadable(&error))?;
    let Reading { mut ledger, beginning, .. } = reading;
    let key = ledger.log_key().cloned();
    signed(&mut ledger, log.note(), key.as_ref());
    let state = state(&mut ledger, opened, log, key.as_ref()).map_err(|error| unreadable(&error))?;
    let twice = ledger.voters_counted_twice(&ledger.not_counted());
    if twice > 0 {
        ledger.fault(LedgerRule::OneCounted, None, format!("{twice} voters"));
    }
    let archived = match state {
        State::Of(entries) if is_whole => {
            let of = beginning.as_ref().unwrap_or(&ledger);
            let archived = archived(board, log, of, entries, line);
            match archived.map_err(|error| error.failure(board, &path))? {
                Ok(archived) => archived,
                Err(why) => {
                    ledger.fault(LedgerRule::Archive, None, why);
                    Archived::NotDerived
                }
            }
        }
        State::Of(_) => Archived::NotDerived,
        State::Newer(entries) => Archived::Newer { entries },
    };
    if let Archived::Differs { byte, event } = archived {
        ledger.fault(LedgerRule::Archive, None, format!("byte {byte}, in event {event}"));
    }
    Ok(Some(LogView { path, ledger, archived }))
}

/// Holds a checkpoint to the log's key.
fn signed(ledger: &mut Ledger, note: &Note, key: Option<&VerifierKey>) -> bool {
    let outcome = match key {
        Some(key) => Checkpoint::signed(note, std::slice::from_ref(key)).map(drop).map_err(|error| error.to_string()),
        None => Err("the log names no key of its own".to_owned()),
    };
    outcome.map_err(|why| ledger.fault(LedgerRule::Checkpoint, None, why)).is_ok()
}

/// Of which state of the log the board was made.
enum State {
    Of(u64),
    Newer(u64),
}

/// The whole log, or what a checkpoint beside the archive says; that one belongs to the same log.
fn state(
    ledger: &mut Ledger,
    opened: &BoardLog,
    log: &LogFolder,
    key: Option<&VerifierKey>,
) -> Result<State, LogError> {
    let size = log.checkpoint().size;
    match &opened.archived {
        None => Ok(State::Of(size)),
        Some(Err(error)) => {
            ledger.fault(LedgerRule::Checkpoint, None, error);
            Ok(State::Of(size))
        }
        Some(Ok((note, archived))) => {
            let is_signed = signed(ledger, note, key);
            if archived.size > size {
                return Ok(if is_signed { State::Newer(archived.size) } else { State::Of(size) });
            }
            // The tiles have been compared with the entries; where they are broken, that is told already.
            match log.root(archived.size) {
                Ok(root) if root != archived.root => {
                    let found = format!(
                        "the archive's checkpoint states the root {} of {} entries, and theirs is {root}",
                        archived.root, archived.size
                    );
                    ledger.fault(LedgerRule::Tree, None, found);
                }
                Err(error) if ledger.fault_count() == 0 => return Err(error),
                _ => {}
            }
            Ok(State::Of(archived.size))
        }
    }
}

/// The first reading.
struct Reading<'a> {
    ledger: Ledger,
    contents: &'a Objects<'a>,
    /// After how many entries the archive was made, and the ledger of that moment.
    archived: Option<u64>,
    beginning: Option<Ledger>,
    failed: Option<io::Error>,
    line: &'a Line,
    name: &'a str,
    size: u64,
}

impl<'a> Reading<'a> {
    fn new(opened: &BoardLog, contents: &'a Objects<'a>, line: &'a Line, board: &'a OpenedBoard) -> Self {
        let size = contents.0.checkpoint().size;
        let archived = opened.archived.as_ref().and_then(|read| read.as_ref().ok());
        Self {
            ledger: Ledger::new(),
            contents,
            archived: archived.map(|(_, checkpoint)| checkpoint.size).filter(|&archived| archived < size),
            beginning: None,
            failed: None,
            line,
            name: &board.file.path,
            size,
        }
    }

    /// Reads the whole log; whether all entries could be read.
    fn whole(&mut self, log: &LogFolder) -> Result<bool, io::Error> {
        let mut is_whole = true;
        match log.fsck_tree(&mut |index, entry| self.take(index, entry)) {
            Ok(()) => {}
            Err(LogFault::Unreadable(error)) => return Err(io::Error::other(error)),
            Err(fault) => {
                // What comes after the place is read all the same.
                for entry in log.entries(self.ledger.size()..self.size) {
                    match entry {
                        Ok((index, entry)) => self.take(index, &entry),
                        Err(_) => is_whole = false,
                    }
                }
                self.ledger.fault(LedgerRule::Tree, None, fault);
            }
        }
        match self.failed.take() {
            Some(error) => Err(error),
            None => Ok(is_whole),
        }
    }

    fn take(&mut self, index: u64, entry: &[u8]) {
        if self.failed.is_some() {
            return;
        }
        if self.archived == Some(index) {
            self.beginning = Some(self.ledger.clone());
        }
        if index.is_multiple_of(REPORT_EVERY) {
            self.line.say(&format!("reading the log of {}: entry {index} of {}", self.name, self.size));
        }
        self.failed = self.ledger.absorb(entry, self.contents).err();
    }
}

/// What cannot be read while the archive is compared.
enum Unreadable {
    Board(io::Error),
    Log(io::Error),
    Record(RecordError),
}

impl Unreadable {
    fn failure(self, board: &OpenedBoard, folder: &str) -> Failure {
        match self {
            Self::Board(error) => Failure::Record(board.in_file(&error).into()),
            Self::Log(error) => Failure::BoardLog { folder: folder.to_owned(), cause: error.to_string() },
            Self::Record(error) => Failure::Record(error),
        }
    }
}

/// The second reading: derives the archive and compares it with the board; or why nothing follows from the log.
fn archived(
    board: &OpenedBoard,
    log: &LogFolder,
    ledger: &Ledger,
    entries: u64,
    line: &Line,
) -> Result<Result<Archived, String>, Unreadable> {
    let reader = board.reader().map_err(|error| Unreadable::Record(error.into()))?;
    let mut compared = Compared::new(reader);
    let read = log.entries(0..entries).map(|entry| {
        let (index, entry) = entry.map_err(io::Error::other)?;
        if index.is_multiple_of(REPORT_EVERY) {
            line.say(&format!("deriving {}: entry {index} of {entries}", board.file.path));
        }
        Ok(entry)
    });
    let derived = derive(ledger, read, &Objects(log), &mut compared).map(drop);
    if derived.is_ok() {
        compared.end();
    }
    match (compared.outcome(), derived) {
        (Err(error), _) => Err(Unreadable::Board(error)),
        (Ok(Some((byte, event))), _) => Ok(Ok(Archived::Differs { byte, event })),
        (Ok(None), Ok(())) => Ok(Ok(Archived::Equal { entries })),
        (Ok(None), Err(DeriveError::Io(error))) => Err(Unreadable::Log(error)),
        (Ok(None), Err(why)) => Ok(Err(why.to_string())),
    }
}
