//! A bundle in the log of bundles that it carries a copy of.

use std::path::Path;

use adil_log::VerifierKey;
use adil_record::{BundleEntry, BundleLog, BundleStatement, bundle_names};

use crate::log::{LogError, LogFolder};

/// What the log says of a bundle whose statement holds.
pub(super) fn of(folder: &Path, statement: &BundleStatement, key: &VerifierKey) -> BundleLog {
    let Some(entry) = statement.entry else { return BundleLog::None };
    let path = folder.join(bundle_names::LOG);
    if !path.join("checkpoint").exists() {
        return BundleLog::Absent { entry };
    }
    let log = match LogFolder::open(&path) {
        Ok(log) => log,
        Err(error) => return BundleLog::Broken(error.to_string()),
    };
    if log.checkpoint().origin != statement.origin {
        return BundleLog::Broken("its origin is not the name of the key that signs the bundle".to_owned());
    }
    // Every entry, every hash, the root, and the signature under it.
    if let Err(fault) = log.fsck(std::slice::from_ref(key), &mut |_, _| {}) {
        return BundleLog::Broken(fault.to_string());
    }
    match chain(&log, statement, entry) {
        Ok(found) => found,
        Err(error) => BundleLog::Broken(error.to_string()),
    }
}

/// Reads the entries in their order: each follows the one before.
fn chain(log: &LogFolder, statement: &BundleStatement, entry: u64) -> Result<BundleLog, LogError> {
    let size = log.checkpoint().size;
    let mut before: Option<String> = None;
    let mut own = None;
    for read in log.entries(0..size) {
        let (index, bytes) = read?;
        let parsed = std::str::from_utf8(&bytes).ok().and_then(|text| BundleEntry::parse(text).ok());
        let Some(parsed) = parsed else {
            return Ok(BundleLog::Broken(format!("its entry {index} is none of a bundle")));
        };
        if parsed.previous != before {
            return Ok(BundleLog::OtherPrevious { entry: index });
        }
        if index == entry {
            own = Some(parsed.manifest == statement.manifest);
        }
        before = Some(parsed.manifest);
    }
    Ok(match own {
        None => BundleLog::Stale { entry, size },
        Some(false) => BundleLog::OtherEntry { entry },
        Some(true) => BundleLog::Holds { entry, size },
    })
}
