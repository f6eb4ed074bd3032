//! Bundles that are read: the folder held to its manifest, the manifest to its signed statement, the statement to its log.
//!
//! `docs/spec/bundle.md` has the rules. Whatever departs is a value in [`adil_record::Bundle`]: only what the system cannot read is an error.

mod logged;
mod walk;

use std::path::Path;

use adil_finding::InputFile;
use adil_log::{Note, VerifierKey};
use adil_record::{Bundle, BundleFault, BundleLog, BundleNote, BundleStatement, Manifest, Redaction, bundle_names};

use crate::stored::Stored;
use crate::{Limits, OpenError, RecordError, read_text};

/// The SHA-256 and the size of a file.
///
/// # Errors
/// It cannot be read.
pub fn file_digest(path: &Path, limits: &Limits) -> Result<InputFile, OpenError> {
    Ok(Stored::take(path, limits)?.1)
}

/// What is found of a folder with a bundle; `None` where it is no bundle: it has neither a statement nor a manifest with its redactions.
///
/// # Errors
/// Something cannot be read.
pub(crate) fn verified(folder: &Path, limits: &Limits) -> Result<Option<Bundle>, RecordError> {
    // A description that is named alone lies in the folder that the program is in.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let has = |name: &str| folder.join(name).exists();
    let has_lists = has(bundle_names::MANIFEST) && has(bundle_names::REDACTION);
    if !has(bundle_names::NOTE) && !has_lists {
        return Ok(None);
    }
    let (manifest, digest) = match text(folder, bundle_names::MANIFEST, limits)? {
        None => (Err(format!("there is no {}", bundle_names::MANIFEST)), String::new()),
        Some(Err(why)) => (Err(why), String::new()),
        Some(Ok((text, file))) => (Manifest::parse(&text).map_err(|error| error.to_string()), file.sha256),
    };
    let faults = match &manifest {
        Ok(manifest) => faults(folder, manifest, limits)?,
        Err(_) => Vec::new(),
    };
    let redaction = match text(folder, bundle_names::REDACTION, limits)? {
        None => Err(format!("there is no {}", bundle_names::REDACTION)),
        Some(read) => read.and_then(|(text, _)| Redaction::parse(&text).map_err(|error| error.to_string())),
    };
    let (note, log) = match &manifest {
        Ok(manifest) => signed(folder, manifest, &digest, limits)?,
        Err(_) => (BundleNote::Broken("there is no manifest that names its key".to_owned()), BundleLog::NotCompared),
    };
    let mut bundle =
        Bundle { folder: folder.display().to_string(), manifest, digest, faults, note, redaction, log, believed: None };
    // A folder of a log that the statement does not name is one thing more.
    if bundle.log == BundleLog::None && has(bundle_names::LOG) {
        bundle.faults.push(BundleFault::Extra { path: bundle_names::LOG.to_owned() });
    }
    Ok(Some(bundle))
}

/// A small file of the bundle; `None` where it is not there, or is no file; what it is instead of a text.
type Read = Option<Result<(String, InputFile), String>>;

fn text(folder: &Path, name: &str, limits: &Limits) -> Result<Read, RecordError> {
    let path = folder.join(name);
    match path.symlink_metadata() {
        Ok(metadata) if metadata.is_file() => match read_text(&path, limits) {
            Ok(read) => Ok(Some(Ok(read))),
            Err(error @ OpenError::CannotRead { .. }) => Err(error.into()),
            Err(error) => Ok(Some(Err(error.to_string()))),
        },
        _ => Ok(None),
    }
}

/// Where the folder departs from the manifest.
fn faults(folder: &Path, manifest: &Manifest, limits: &Limits) -> Result<Vec<BundleFault>, RecordError> {
    let found = walk::files(folder, limits)?;
    let mut faults = Vec::new();
    for file in &manifest.files {
        if found.files.binary_search(&file.path).is_err() {
            faults.push(BundleFault::Missing { path: file.path.clone() });
            continue;
        }
        let is = file_digest(&folder.join(&file.path), limits)?;
        if is.sha256 != file.sha256 || is.bytes != file.bytes {
            let (path, expected) = (file.path.clone(), file.sha256.clone());
            faults.push(BundleFault::Differs { path, expected, found: is.sha256 });
        }
    }
    let is_listed = |path: &String| manifest.files.binary_search_by(|file| file.path.cmp(path)).is_ok();
    let extra = found.files.iter().filter(|path| !is_listed(path)).chain(&found.others);
    faults.extend(extra.map(|path| BundleFault::Extra { path: path.clone() }));
    faults.sort();
    faults.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(faults)
}

/// The statement and what it says of the log.
fn signed(
    folder: &Path,
    manifest: &Manifest,
    digest: &str,
    limits: &Limits,
) -> Result<(BundleNote, BundleLog), RecordError> {
    let read = match text(folder, bundle_names::NOTE, limits)? {
        None => return Ok((BundleNote::Absent, BundleLog::NotCompared)),
        Some(read) => read,
    };
    let outcome = read.and_then(|(text, _)| {
        let key = VerifierKey::parse(&manifest.key).map_err(|error| format!("the manifest's key: {error}"))?;
        let note = Note::parse(text.as_bytes()).map_err(|error| error.to_string())?;
        let held = note.verify([&key]).map_err(|error| error.to_string())?;
        if held.is_empty() {
            return Err("it is not signed by the key that the manifest names".to_owned());
        }
        let statement = BundleStatement::parse(note.text()).map_err(|error| error.to_string())?;
        match statement.origin == key.name().as_str() {
            true => Ok((statement, key)),
            false => Err("its second line is not the name of its key".to_owned()),
        }
    });
    Ok(match outcome {
        Err(why) => (BundleNote::Broken(why), BundleLog::NotCompared),
        Ok((statement, _)) if statement.manifest != digest => {
            (BundleNote::OtherManifest { named: statement.manifest }, BundleLog::NotCompared)
        }
        Ok((statement, key)) => (BundleNote::Holds, logged::of(folder, &statement, &key)),
    })
}
