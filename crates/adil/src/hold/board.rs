//! An election's log as a role reads it: entries, the records beside them, and what follows from them.

use std::io;
use std::path::{Path, PathBuf};

use adil_belenios::hold::{Polls, polls};
use adil_election::ledger::{Contents, Ledger};
use adil_election::statement::Content;
use adil_election::{Contest, CountingMethod};
use adil_open::log::{LogFolder, LogWriter, ObjectDigest};

use super::HoldFailure;

/// The records beside a log.
pub(crate) struct Objects<'a>(pub(crate) &'a LogFolder);

impl Contents for Objects<'_> {
    fn content(&self, content: &Content) -> io::Result<Option<Vec<u8>>> {
        use io::Read as _;
        let digest = ObjectDigest::from_bytes(content.sha256);
        let Ok(object) = self.0.object(&digest) else { return Ok(None) };
        let mut bytes = Vec::new();
        object.take(content.bytes.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

/// The records beside a log, and others that are to be put there.
struct WithNew<'a> {
    objects: Objects<'a>,
    records: &'a [&'a [u8]],
}

impl Contents for WithNew<'_> {
    fn content(&self, content: &Content) -> io::Result<Option<Vec<u8>>> {
        match self.records.iter().find(|record| Content::of(record) == *content) {
            Some(record) => Ok(Some(record.to_vec())),
            None => self.objects.content(content),
        }
    }
}

/// The entries of a log.
pub(crate) fn entries(log: &LogFolder) -> impl Iterator<Item = io::Result<Vec<u8>>> + '_ {
    let of = |entry: Result<(u64, Vec<u8>), adil_open::log::LogError>| {
        entry.map(|(_, bytes)| bytes).map_err(|error| io::Error::other(error.to_string()))
    };
    log.entries(0..log.checkpoint().size).map(of)
}

/// A log that has been read.
pub(crate) struct Board {
    /// The folder of the log.
    pub(crate) path: PathBuf,
    /// The log.
    pub(crate) log: LogFolder,
    /// What it says.
    pub(crate) ledger: Ledger,
    /// The election, where its setup is sound.
    pub(crate) polls: Box<dyn Polls>,
}

impl Board {
    /// Reads the log in a folder, or in its folder `log`. One that breaks a rule is refused.
    pub(crate) fn open(folder: &Path) -> Result<Self, HoldFailure> {
        let path = match folder.join("checkpoint").is_file() {
            true => folder.to_owned(),
            false => folder.join("log"),
        };
        if !path.join("checkpoint").is_file() {
            return Err(HoldFailure::Order(format!(
                "{}: has no log of an election; `adil election open` begins one",
                folder.display()
            )));
        }
        let log = LogFolder::open(&path).map_err(|error| HoldFailure::log(&path, error))?;
        let ledger = Ledger::read(entries(&log), &Objects(&log)).map_err(|error| HoldFailure::file(&path, error))?;
        if let Some(fault) = ledger.faults().first() {
            let (code, text) = (fault.rule.code(), fault.rule.text());
            let found = match fault.entry {
                Some(entry) => format!("entry {entry}: {}", fault.found),
                None => fault.found.clone(),
            };
            return Err(HoldFailure::Ledger { path: path.display().to_string(), code, text, found });
        }
        let setup = ledger.setup.as_ref();
        let record = |content: Option<&Content>| -> Result<Vec<u8>, HoldFailure> {
            let missing = || HoldFailure::Order(format!("{}: its setup is missing", path.display()));
            let content = content.ok_or_else(missing)?;
            Objects(&log).content(content).map_err(|error| HoldFailure::file(&path, error))?.ok_or_else(missing)
        };
        let polls = polls(
            &record(setup.map(|setup| &setup.election))?,
            &record(setup.map(|setup| &setup.trustees))?,
            &record(setup.map(|setup| &setup.credentials))?,
            None,
        )?;
        Ok(Self { path, log, ledger, polls })
    }

    /// The questions with their ways of counting, as voters answer them.
    pub(crate) fn contests(&self) -> Vec<Contest> {
        let election = self.polls.election();
        let declared = self.ledger.setup.as_ref().map(|setup| setup.counting.clone()).unwrap_or_default();
        let of = |(question, asked): (usize, &adil_belenios::Question)| {
            let in_record = || {
                let extra = election.extras.get(question)?.as_ref()?;
                CountingMethod::from_extra(extra).ok()
            };
            let counting = declared.get(question).cloned().flatten().or_else(in_record);
            Contest { question: asked.clone(), counting }
        };
        election.questions.iter().enumerate().map(of).collect()
    }

    /// Works the whole log out anew: every hash, the root, and the signature of the log's key under it.
    pub(crate) fn fsck(&self) -> Result<(), HoldFailure> {
        let keys: Vec<adil_log::VerifierKey> = self.ledger.log_key().cloned().into_iter().collect();
        let outcome = self.log.fsck(&keys, &mut |_, _| {});
        outcome.map(|_| ()).map_err(|fault| HoldFailure::file(&self.path, fault))
    }

    /// Whether the log would still keep the rules with further entries and the records that they name: what breaks one
    /// must not be logged, since nothing can be taken out again.
    pub(crate) fn would_hold(&self, further: &[Vec<u8>], records: &[&[u8]]) -> Result<(), HoldFailure> {
        let contents = WithNew { objects: Objects(&self.log), records };
        let mut ledger = self.ledger.clone();
        for entry in further {
            let absorbed = ledger.absorb(entry, &contents);
            absorbed.map_err(|error| HoldFailure::file(&self.path, error))?;
        }
        match ledger.faults().first() {
            None => Ok(()),
            Some(fault) => Err(HoldFailure::Order(format!(
                "nothing was logged, since the log would break rule {} ({}): {}",
                fault.rule.code(),
                fault.rule.text(),
                fault.found
            ))),
        }
    }

    /// Checks the proofs and signatures of all ballots that count.
    pub(crate) fn check_counted(&self) -> Result<u64, HoldFailure> {
        let mut entries = entries(&self.log);
        let objects = Objects(&self.log);
        Ok(adil_election::tallying::check_counted(&self.ledger, &*self.polls, &mut entries, &objects)?)
    }

    /// The tally of the ballots that count, worked out anew.
    pub(crate) fn recompute_tally(&self) -> Result<adil_belenios::hold::PublishedTally, HoldFailure> {
        let ledger = &self.ledger;
        let mut entries = entries(&self.log);
        Ok(adil_election::tallying::tally_of(ledger, &*self.polls, &mut entries, &Objects(&self.log))?)
    }

    /// The result that the log has.
    pub(crate) fn outcomes(&self) -> Result<Vec<adil_belenios::Outcome>, HoldFailure> {
        let missing = || HoldFailure::Order(format!("{}: there is no result yet", self.path.display()));
        let content = self.ledger.result.as_ref().ok_or_else(missing)?;
        let record = Objects(&self.log).content(content).map_err(|error| HoldFailure::file(&self.path, error))?;
        let (tally, shuffles) = adil_election::tallying::so_far(&self.ledger, &Objects(&self.log))?;
        Ok(self.polls.outcomes(&tally, &shuffles, &record.ok_or_else(missing)?)?)
    }

    /// Writes to the log, with the lock on it: entries with the records that they name, in one commitment.
    pub(crate) fn append(
        &mut self,
        writer: &mut LogWriter,
        key: &adil_log::SigningKey,
        entries: &[Vec<u8>],
        records: &[&[u8]],
    ) -> Result<u64, HoldFailure> {
        let failed = |error| HoldFailure::log(&self.path, error);
        let first = writer.size();
        for record in records {
            writer.store_object(record).map_err(failed)?;
        }
        for entry in entries {
            writer.append(entry.clone()).map_err(failed)?;
        }
        writer.commit(key).map_err(failed)?;
        self.log = LogFolder::open(&self.path).map_err(failed)?;
        for entry in entries {
            let absorbed = self.ledger.absorb(entry, &Objects(&self.log));
            absorbed.map_err(|error| HoldFailure::file(&self.path, error))?;
        }
        Ok(first)
    }
}
