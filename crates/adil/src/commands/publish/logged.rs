//! The log of a publisher's bundles: an entry for each, which names the one before it.

use std::path::{Path, PathBuf};

use adil_log::SigningKey;
use adil_open::log::{LogError, LogFolder, LogWriter};
use adil_record::{BundleEntry, bundle_names};

use super::bundle::NewBundle;
use crate::failure::Failure;
use crate::hold::HoldFailure;

/// The log, locked until it is committed.
pub(super) struct Logged {
    folder: PathBuf,
    writer: LogWriter,
    entry: u64,
    /// What is to be added; nothing where the last entry is of this manifest already.
    new: Option<BundleEntry>,
}

impl Logged {
    /// Opens the log, or makes it, and says which entry the manifest will be.
    pub(super) fn begin(folder: &Path, key: &SigningKey, manifest: &str) -> Result<Self, Failure> {
        let failed = |error: LogError| HoldFailure::log(folder, error);
        let is_there = folder.join("checkpoint").exists();
        let writer = match is_there {
            true => LogWriter::open(folder).map_err(failed)?,
            false => LogWriter::create(folder, key.verifier().name().as_str(), key).map_err(failed)?,
        };
        if writer.checkpoint().origin != key.verifier().name().as_str() {
            return Err(HoldFailure::file(folder, "is the log of another key").into());
        }
        let size = writer.size();
        let last = match size.checked_sub(1) {
            None => None,
            Some(last) => {
                let bytes = LogFolder::open(folder).and_then(|log| log.entry(last)).map_err(failed)?;
                let entry = std::str::from_utf8(&bytes).ok().and_then(|text| BundleEntry::parse(text).ok());
                Some(entry.ok_or_else(|| HoldFailure::file(folder, "is no log of bundles: its last entry is none"))?)
            }
        };
        let folder = folder.to_owned();
        // A command that was stopped after its entry was logged goes on from there.
        if last.as_ref().is_some_and(|last| last.manifest == manifest) {
            return Ok(Self { folder, writer, entry: size.saturating_sub(1), new: None });
        }
        let new = BundleEntry { manifest: manifest.to_owned(), previous: last.map(|last| last.manifest) };
        Ok(Self { folder, writer, entry: size, new: Some(new) })
    }

    /// The number of the entry.
    pub(super) fn entry(&self) -> u64 {
        self.entry
    }

    /// Logs the entry, and copies the log into the bundle.
    pub(super) fn commit(mut self, key: &SigningKey, bundle: &NewBundle) -> Result<(), Failure> {
        let failed = |error: LogError| HoldFailure::log(&self.folder, error);
        if let Some(new) = &self.new {
            self.writer.append(new.print().into_bytes()).map_err(failed)?;
            self.writer.commit(key).map_err(failed)?;
        }
        let log = LogFolder::open(&self.folder).map_err(failed)?;
        let name = |path: &str| format!("{}/{path}", bundle_names::LOG);
        bundle.unlisted(&name("checkpoint"), log.note_text().as_bytes())?;
        for tile in log.tiles() {
            bundle.unlisted(&name(&tile.path()), &log.tile(tile).map_err(failed)?)?;
        }
        Ok(())
    }
}
