//! What a witness has seen, on disk: `FOLDER/seen`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use adil_log::Seen;
use adil_log::witness::SeenLogs;

use super::LogError;
use super::durable::Placer;
use super::writer::lock;

/// The memory of a witness. One process has it at a time.
#[derive(Debug)]
pub struct WitnessStore {
    folder: PathBuf,
    _lock: File,
    seen: SeenLogs,
    placer: Placer,
}

const SEEN: &str = "seen";

impl WitnessStore {
    /// Opens the memory in a folder, which is made where it is not there. A folder without the file is a witness that has
    /// seen nothing.
    ///
    /// # Errors
    /// Another process has it, or the file cannot be read: a witness must not go on as if it had seen nothing.
    pub fn open(folder: &Path) -> Result<Self, LogError> {
        let mut placer = Placer::new(folder);
        placer.make(folder)?;
        let lock = lock(folder, Duration::ZERO)?;
        let file = folder.join(SEEN);
        let seen = match fs::read_to_string(&file) {
            Ok(text) => {
                SeenLogs::parse(&text).map_err(|error| LogError::Seen { file: file.display().to_string(), error })?
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => SeenLogs::default(),
            Err(error) => return Err(LogError::reading(&file, &error)),
        };
        Ok(Self { folder: folder.to_path_buf(), _lock: lock, seen, placer })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// What was seen of a log.
    pub fn get(&self, origin: &str) -> Option<&Seen> {
        self.seen.get(origin)
    }

    /// Remembers a checkpoint; when this returns, it is on the disk.
    ///
    /// # Errors
    /// It cannot be written: then nothing may be cosigned.
    pub fn put(&mut self, seen: Seen) -> Result<(), LogError> {
        let mut all = self.seen.clone();
        all.put(seen);
        self.placer.put(SEEN, all.to_string().as_bytes())?;
        self.placer.settle()?;
        self.seen = all;
        Ok(())
    }
}
