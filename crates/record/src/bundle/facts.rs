//! What was found of a bundle that was read: everything is a value, so that a check can say it.

use super::{Manifest, Redaction};

/// A bundle that was read and held to its own manifest, note and log.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// The folder, as given.
    pub folder: String,
    /// The manifest, or what is wrong with it.
    pub manifest: Result<Manifest, String>,
    /// The SHA-256 of `manifest.json`; empty where there is none.
    pub digest: String,
    /// Where the folder departs from its manifest, in the order of the paths.
    pub faults: Vec<BundleFault>,
    /// The signed statement.
    pub note: BundleNote,
    /// What was taken out, or why that cannot be told.
    pub redaction: Result<Redaction, String>,
    /// The log.
    pub log: BundleLog,
    /// The public key that whoever checks believes, where one was given.
    pub believed: Option<String>,
}

/// A departure of the folder from the manifest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum BundleFault {
    /// A file of the list is not there, or is no file.
    Missing {
        /// Its path.
        path: String,
    },
    /// A file has other bytes.
    Differs {
        /// Its path.
        path: String,
        /// The SHA-256 in the list.
        expected: String,
        /// The SHA-256 of the file.
        found: String,
    },
    /// Something is there that the list does not have.
    Extra {
        /// Its path.
        path: String,
    },
}

impl BundleFault {
    /// The path that it is about.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing { path } | Self::Differs { path, .. } | Self::Extra { path } => path,
        }
    }
}

/// What was found of the signed statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BundleNote {
    /// It is signed by the key that the manifest names, and names this manifest.
    Holds,
    /// There is none.
    Absent,
    /// It cannot be read as one, or its signature does not hold: why.
    Broken(String),
    /// It is signed, and names another manifest.
    OtherManifest {
        /// The SHA-256 that it names.
        named: String,
    },
}

/// What was found of the log of bundles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BundleLog {
    /// The bundle was published without a log.
    None,
    /// The statement names an entry, and there is no log in the folder.
    Absent {
        /// The entry.
        entry: u64,
    },
    /// Nothing can be compared: there is no signed statement that holds.
    NotCompared,
    /// The log does not hold together: why.
    Broken(String),
    /// The log ends before the entry that the statement names.
    Stale {
        /// The entry.
        entry: u64,
        /// Entries in the log.
        size: u64,
    },
    /// The entry that the statement names is another one.
    OtherEntry {
        /// The entry.
        entry: u64,
    },
    /// The entry follows another bundle than the one before it in the log.
    OtherPrevious {
        /// The entry.
        entry: u64,
    },
    /// The manifest is in the log, at the entry that the statement names, and every entry follows the one before it.
    Holds {
        /// The entry.
        entry: u64,
        /// Entries in the log.
        size: u64,
    },
}
