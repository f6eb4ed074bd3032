//! `manifest.json`: every file of a bundle with its size and its SHA-256, in one form only.

use serde::{Deserialize, Serialize};

use super::is_digest;
use crate::PublisherKind;

/// What the first key of a manifest says.
const FORMAT: &str = "adil-bundle/v1";

/// The list of the files of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: String,
    /// Who publishes the bundle.
    pub publisher: String,
    /// In what part: a departure of a bundle of the organisers is one of theirs.
    pub kind: PublisherKind,
    /// The public key that signs it: name, identifier and key, as signed notes write it.
    pub key: String,
    /// The files, sorted by path.
    pub files: Vec<ManifestFile>,
}

/// A file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestFile {
    /// Its path in the bundle, with `/` between the parts.
    pub path: String,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// Why a text is no manifest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// It is no JSON, or has other keys. What stands there is not repeated.
    #[error("line {line}, place {column}: is no manifest of a bundle")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The place in it.
        column: usize,
    },
    /// It is of another format.
    #[error("is of another format than {FORMAT}")]
    Format,
    /// A path that leads out of the bundle, or is written otherwise than it must be.
    #[error("file {number} of its list has a path that no file of a bundle has")]
    Path {
        /// The file's place in the list, from 1.
        number: usize,
    },
    /// A digest that is none.
    #[error("file {number} of its list has no SHA-256 of 64 digits")]
    Digest {
        /// The file's place in the list, from 1.
        number: usize,
    },
    /// The files are not in order, or one stands twice.
    #[error("file {number} of its list is not in the order of the paths, or stands twice")]
    Order {
        /// The file's place in the list, from 1.
        number: usize,
    },
    /// It says the same in other bytes.
    #[error("is not in the one form that a manifest is written in")]
    NotCanonical,
}

impl Manifest {
    /// A list of files, which are put in order.
    ///
    /// # Errors
    /// A path or digest is none, or a path stands twice.
    pub fn new(
        publisher: &str,
        kind: PublisherKind,
        key: &str,
        mut files: Vec<ManifestFile>,
    ) -> Result<Self, ManifestError> {
        files.sort();
        let (format, publisher, key) = (FORMAT.to_owned(), publisher.to_owned(), key.to_owned());
        Self { format, publisher, kind, key, files }.checked()
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// It is none, or not in the form that [`Manifest::print`] writes.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let manifest: Self = serde_json::from_str(text)
            .map_err(|error| ManifestError::Syntax { line: error.line(), column: error.column() })?;
        let manifest = manifest.checked()?;
        if manifest.print() == text { Ok(manifest) } else { Err(ManifestError::NotCanonical) }
    }

    fn checked(self) -> Result<Self, ManifestError> {
        if self.format != FORMAT {
            return Err(ManifestError::Format);
        }
        for (number, file) in (1..).zip(&self.files) {
            if !is_path(&file.path) {
                return Err(ManifestError::Path { number });
            }
            if !is_digest(&file.sha256) {
                return Err(ManifestError::Digest { number });
            }
        }
        match self.files.windows(2).position(|pair| pair[0].path >= pair[1].path) {
            Some(at) => Err(ManifestError::Order { number: at + 2 }),
            None => Ok(self),
        }
    }

    /// The manifest as a file: the one form.
    pub fn print(&self) -> String {
        // Texts and numbers can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// Whether a path is one of a file in a bundle: parts of letters, digits and `. _ -` of any script, none of which begins with a dot, and
/// none of the files that speak of the bundle itself.
fn is_path(path: &str) -> bool {
    let fits = |letter: char| !letter.is_control() && !matches!(letter, '\\' | '/' | ':');
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(fits);
    let is_own = [super::names::MANIFEST, super::names::NOTE].contains(&path);
    let of_log = path == super::names::LOG || path.starts_with("log/");
    path.len() <= 1024 && path.split('/').all(is_part) && !is_own && !of_log
}
