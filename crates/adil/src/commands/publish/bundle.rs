//! The folder of a bundle while it is being written, with the list of its files.

use std::io::Read;
use std::path::Path;

use adil_open::{Limits, RecordError, file_digest};
use adil_record::{ManifestFile, RedactedFile};

use crate::failure::Failure;
use crate::hold::HoldFailure;
use crate::hold::files::{NewFolder, Readers};

/// A bundle that is not in its place yet.
pub(super) struct NewBundle {
    folder: NewFolder,
    files: Vec<ManifestFile>,
    redacted: Vec<RedactedFile>,
}

impl NewBundle {
    /// Begins a bundle in a folder that must not be there.
    pub(super) fn begin(place: &Path) -> Result<Self, Failure> {
        Ok(Self { folder: NewFolder::begin(place)?, files: Vec::new(), redacted: Vec::new() })
    }

    /// Where it is being written.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file of the manifest.
    pub(super) fn text(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        self.put(name, &mut text.as_bytes()).map(drop)
    }

    /// Writes a file of the manifest from its bytes, and returns its SHA-256.
    pub(super) fn put(&mut self, name: &str, bytes: &mut dyn Read) -> Result<String, Failure> {
        self.folder.write_from(name, bytes, Readers::All)?;
        let is = file_digest(&self.path().join(name), &Limits::default()).map_err(RecordError::from)?;
        self.files.push(ManifestFile { path: name.to_owned(), sha256: is.sha256.clone(), bytes: is.bytes });
        Ok(is.sha256)
    }

    /// Copies a file whose SHA-256 is known.
    pub(super) fn copy(&mut self, name: &str, (path, sha256): &(std::path::PathBuf, String)) -> Result<(), Failure> {
        let mut file = std::fs::File::open(path).map_err(|error| HoldFailure::file(path, error))?;
        match self.put(name, &mut file)? == *sha256 {
            true => Ok(()),
            false => Err(HoldFailure::file(path, "changed while it was copied").into()),
        }
    }

    /// Writes a file that the manifest does not list.
    pub(super) fn unlisted(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        Ok(self.folder.write(name, bytes, Readers::All)?)
    }

    /// Notes what was taken out of a file.
    pub(super) fn redact(&mut self, file: RedactedFile) {
        self.redacted.push(file);
    }

    /// What was taken out.
    pub(super) fn redacted(&self) -> Vec<RedactedFile> {
        self.redacted.clone()
    }

    /// The files so far.
    pub(super) fn files(&self) -> Vec<ManifestFile> {
        self.files.clone()
    }

    /// Puts it into its place.
    pub(super) fn finish(self) -> Result<(), Failure> {
        Ok(self.folder.finish()?)
    }
}

/// The endings by which a file's kind is known, in small letters: `.csv.zip` of `Results.CSV.zip`.
pub(super) fn endings(file: &str) -> String {
    const KNOWN: [&str; 11] =
        [".gz", ".zip", ".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xls", ".ods", ".parquet", ".bel"];
    let name = file.to_lowercase();
    let mut rest = name.as_str();
    while let Some(shorter) = KNOWN.iter().find_map(|ending| rest.strip_suffix(ending)) {
        rest = shorter;
    }
    name[rest.len()..].to_owned()
}
