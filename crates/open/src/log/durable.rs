//! Files that are there completely or not at all, also after a power cut.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::LogError;

/// The file that everything is written to before it is put in its place. The lock sees to it that one writer has it.
const WRITING: &str = ".writing";

/// Puts files into a log's folder. What is put is on the disk after [`Placer::settle`].
#[derive(Debug)]
pub(super) struct Placer {
    folder: PathBuf,
    /// Folders in which names changed since they were last made durable.
    changed: BTreeSet<PathBuf>,
}

impl Placer {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), changed: BTreeSet::new() }
    }

    /// Puts a file to its place below the folder: its bytes are on the disk before it has its name.
    pub(super) fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), LogError> {
        let file = self.folder.join(path);
        let writing = self.folder.join(WRITING);
        let failed = |error: std::io::Error| LogError::writing(&file, &error);
        if let Some(parent) = file.parent() {
            self.make(parent)?;
            self.changed.insert(parent.to_path_buf());
        }
        let mut written = File::create(&writing).map_err(failed)?;
        let put = written.write_all(bytes).and_then(|()| written.sync_all()).and_then(|()| fs::rename(&writing, &file));
        put.map_err(|error| {
            let _ = fs::remove_file(&writing);
            failed(error)
        })
    }

    /// Makes a folder and those above it.
    pub(super) fn make(&mut self, folder: &Path) -> Result<(), LogError> {
        if folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            // A name without folders stands in the one that we are in.
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            self.make(parent)?;
            self.changed.insert(parent.to_path_buf());
        }
        fs::create_dir(folder).map_err(|error| LogError::writing(folder, &error))
    }

    /// Makes the names of all that was put durable.
    pub(super) fn settle(&mut self) -> Result<(), LogError> {
        while let Some(folder) = self.changed.pop_first() {
            if let Err(error) = sync(&folder) {
                let failed = LogError::writing(&folder, &error);
                self.changed.insert(folder);
                return Err(failed);
            }
        }
        Ok(())
    }
}

#[cfg(unix)]
fn sync(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems have no such call, and keep names without it.
#[cfg(not(unix))]
fn sync(_: &Path) -> std::io::Result<()> {
    Ok(())
}
