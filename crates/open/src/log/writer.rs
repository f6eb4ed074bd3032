//! Writing a log.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use adil_log::checkpoint::is_origin;
use adil_log::tile::BundleError;
use adil_log::{Checkpoint, CheckpointError, Hash, LONGEST_ENTRY, Note, SignatureLine, SigningKey};

use super::durable::Placer;
use super::edge::{Edge, Finished, sweep_beyond, sweep_partial};
use super::folder::CHECKPOINT;
use super::{LogError, LogFolder, ObjectDigest, ObjectReader};

/// The one writer of a log. It holds the log's lock until it goes.
///
/// Entries are appended in memory and are in the log after [`LogWriter::commit`]. An error leaves the log as it was, or,
/// if the last step of a commit failed, as it becomes; committing again finishes the work.
#[derive(Debug)]
pub struct LogWriter {
    folder: PathBuf,
    _lock: File,
    note: Note,
    checkpoint: Checkpoint,
    edge: Edge,
    /// Files that became full since the last commit and are not written yet.
    finished: Vec<Finished>,
    finished_bytes: usize,
    placer: Placer,
}

/// Bytes of full files that are held before they are written ahead of the commit.
const HELD_BYTES: usize = 32 << 20;

impl LogWriter {
    /// Makes the folder and the checkpoint of a log without entries.
    ///
    /// # Errors
    /// There is a log already or what is left of one, another command works on it, `origin` is not the name of the key, or a file cannot be
    /// written.
    pub fn create(path: &Path, origin: &str, key: &SigningKey) -> Result<Self, LogError> {
        let name = key.verifier().name();
        if name.as_str() != origin || !is_origin(origin) {
            return Err(LogError::KeyName { origin: origin.to_owned(), name: name.clone() });
        }
        let mut placer = Placer::new(path);
        placer.make(path)?;
        let lock = lock(path, Duration::ZERO)?;
        // Tiles without a checkpoint may be all that is left of a log.
        if [CHECKPOINT, "tile"].iter().any(|name| path.join(name).exists()) {
            return Err(LogError::Exists { folder: path.display().to_string() });
        }
        let checkpoint =
            Checkpoint { origin: origin.to_owned(), size: 0, root: Hash::of_nothing(), extensions: Vec::new() };
        let note = signed(&checkpoint, key).map_err(|error| at_checkpoint(path, error))?;
        placer.put(CHECKPOINT, note.to_string().as_bytes())?;
        placer.settle()?;
        Ok(Self::new(path, lock, note, checkpoint, Edge::of_nothing(), placer))
    }

    /// Opens a log to append to it. Only its right edge is read, and compared with the checkpoint; what a writer that was
    /// stopped left beyond it is taken away.
    ///
    /// # Errors
    /// There is no log, another command works on it, or its right edge is not that of the checkpoint.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        Self::open_within(path, Duration::ZERO)
    }

    /// As [`LogWriter::open`], but waits that long for another command to end.
    ///
    /// # Errors
    /// As [`LogWriter::open`].
    pub fn open_within(path: &Path, patience: Duration) -> Result<Self, LogError> {
        // Where the log is must be known before it can be locked; what it says is read under the lock.
        let folder = LogFolder::open(path)?.path().to_path_buf();
        let lock = lock(&folder, patience)?;
        let log = LogFolder::open(&folder)?;
        let edge = Edge::of(&log)?;
        sweep_beyond(&folder, log.checkpoint().size);
        let placer = Placer::new(&folder);
        Ok(Self::new(&folder, lock, log.note().clone(), log.checkpoint().clone(), edge, placer))
    }

    fn new(folder: &Path, lock: File, note: Note, checkpoint: Checkpoint, edge: Edge, placer: Placer) -> Self {
        let (folder, finished) = (folder.to_path_buf(), Vec::new());
        Self { folder, _lock: lock, note, checkpoint, edge, finished, finished_bytes: 0, placer }
    }

    /// The folder that holds the file `checkpoint`.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// The checkpoint that was committed last.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The signed note of the checkpoint that was committed last.
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// Entries in the log, with those that are not committed yet.
    pub fn size(&self) -> u64 {
        self.edge.tree.size()
    }

    /// Appends an entry, and returns its number. It is in the log after [`LogWriter::commit`].
    ///
    /// # Errors
    /// The entry is longer than [`LONGEST_ENTRY`], or a full file, written ahead of the commit, cannot be written.
    pub fn append(&mut self, entry: Vec<u8>) -> Result<u64, LogError> {
        if entry.len() > LONGEST_ENTRY {
            let error = BundleError::TooLong { bytes: entry.len() };
            return Err(LogError::Bundle { file: self.folder.display().to_string(), error });
        }
        if self.finished_bytes > HELD_BYTES {
            self.write_finished()?;
        }
        let before = self.finished.len();
        let index = self.edge.push(&entry, &self.folder, &mut self.finished)?;
        self.finished_bytes += self.finished.iter().skip(before).map(|(_, bytes)| bytes.len()).sum::<usize>();
        Ok(index)
    }

    /// Stores contents under their digest. They are durable before the next commit is.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn store_object(&mut self, bytes: &[u8]) -> Result<ObjectDigest, LogError> {
        let digest = ObjectDigest::of(bytes);
        let is_there = ObjectReader::open(&self.folder, &digest).and_then(ObjectReader::verify).is_ok();
        if !is_there {
            self.placer.put(&digest.path(), bytes)?;
        }
        Ok(digest)
    }

    /// Commits all entries appended since: bundles and tiles are put in their places, then the checkpoint is replaced.
    /// That is the one moment at which the log changes. Without new entries the checkpoint stays as it is.
    ///
    /// Witnesses can be asked only afterwards, and [`LogWriter::add_cosignatures`] takes what they say: a checkpoint that
    /// a witness has seen must not be forgotten, or the log could never go on from it.
    ///
    /// # Errors
    /// The last checkpoint is not signed by this key, or a file cannot be written.
    pub fn commit(&mut self, key: &SigningKey) -> Result<Checkpoint, LogError> {
        let is_ours = self.note.verify([key.verifier()]).is_ok_and(|held| !held.is_empty());
        if !is_ours {
            let file = self.folder.join(CHECKPOINT).display().to_string();
            return Err(LogError::OtherKey { file, name: key.verifier().name().clone() });
        }
        let before = self.checkpoint.size;
        if self.edge.tree.size() == before {
            self.placer.settle()?;
            return Ok(self.checkpoint.clone());
        }
        self.write_finished()?;
        for (tile, bytes) in self.edge.partial(before) {
            self.placer.put(&tile.path(), &bytes)?;
        }
        self.placer.settle()?;
        let checkpoint = Checkpoint {
            origin: self.checkpoint.origin.clone(),
            size: self.edge.tree.size(),
            root: self.edge.tree.root(),
            extensions: Vec::new(),
        };
        let note = signed(&checkpoint, key).map_err(|error| at_checkpoint(&self.folder, error))?;
        self.placer.put(CHECKPOINT, note.to_string().as_bytes())?;
        self.placer.settle()?;
        (self.note, self.checkpoint) = (note, checkpoint.clone());
        sweep_partial(&self.folder, before, checkpoint.size);
        Ok(checkpoint)
    }

    /// Adds lines of witnesses to the last checkpoint, each in place of an earlier one of its key. They are not verified
    /// here.
    ///
    /// # Errors
    /// The checkpoint would have too many signatures, or cannot be written.
    pub fn add_cosignatures(&mut self, lines: &[SignatureLine]) -> Result<(), LogError> {
        let mut note = self.note.clone();
        for line in lines {
            note.replace(line.clone()).map_err(|error| at_checkpoint(&self.folder, error.into()))?;
        }
        self.placer.put(CHECKPOINT, note.to_string().as_bytes())?;
        self.placer.settle()?;
        self.note = note;
        Ok(())
    }

    /// Writes what became full. Nothing trusts it before the checkpoint covers it.
    fn write_finished(&mut self) -> Result<(), LogError> {
        for (tile, bytes) in &self.finished {
            self.placer.put(&tile.path(), bytes)?;
        }
        self.finished.clear();
        self.finished_bytes = 0;
        Ok(())
    }
}

fn signed(checkpoint: &Checkpoint, key: &SigningKey) -> Result<Note, CheckpointError> {
    let mut note = checkpoint.note()?;
    note.sign(key)?;
    Ok(note)
}

fn at_checkpoint(folder: &Path, error: CheckpointError) -> LogError {
    LogError::Checkpoint { file: folder.join(CHECKPOINT).display().to_string(), error }
}

/// How long a writer that waits looks away from the lock.
const BETWEEN_LOOKS: Duration = Duration::from_millis(15);

/// Takes the lock of a folder, within a time. The system gives it back when the process ends, however it ends.
pub(super) fn lock(folder: &Path, patience: Duration) -> Result<File, LogError> {
    let path = folder.join(".lock");
    let failed = |error: std::io::Error| LogError::writing(&path, &error);
    let file = File::options().create(true).write(true).truncate(false).open(&path).map_err(failed)?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if begun.elapsed() < patience => thread::sleep(BETWEEN_LOOKS),
            Err(TryLockError::WouldBlock) => return Err(LogError::Busy { folder: folder.display().to_string() }),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}
