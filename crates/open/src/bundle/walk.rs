//! Everything that lies in the folder of a bundle.

use std::fs;
use std::path::Path;

use adil_log::Tile;
use adil_record::bundle_names;

use crate::{Limits, OpenError};

/// What lies in a folder, by path with `/` between the parts, in order. What the manifest does not list, manifest and statement, and the
/// files that a log is made of, is left out.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files.
    pub(super) files: Vec<String>,
    /// What is no file: links, pipes, and folders in which there is none.
    pub(super) others: Vec<String>,
}

/// How deep a bundle's folders may be: a log of many entries has its tiles some folders down.
const DEPTH: usize = 16;

/// Looks through a folder. Links are not followed.
pub(super) fn files(folder: &Path, limits: &Limits) -> Result<Found, OpenError> {
    let mut found = Found::default();
    enter(folder, "", 0, limits, &mut found)?;
    let is_own = |path: &String| path == bundle_names::MANIFEST || path == bundle_names::NOTE || is_of_log(path);
    found.files.retain(|path| !is_own(path));
    found.files.sort();
    found.others.sort();
    Ok(found)
}

/// Whether a log is made of a file: its checkpoint, its tiles, and the lock of whoever works on it.
fn is_of_log(path: &str) -> bool {
    let within = path.strip_prefix(bundle_names::LOG).and_then(|rest| rest.strip_prefix('/'));
    within.is_some_and(|name| matches!(name, "checkpoint" | ".lock") || Tile::parse(name).is_ok())
}

fn enter(folder: &Path, below: &str, depth: usize, limits: &Limits, found: &mut Found) -> Result<(), OpenError> {
    let cannot =
        |error: std::io::Error| OpenError::CannotRead { file: folder.display().to_string(), cause: error.to_string() };
    let mut is_empty = true;
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        is_empty = false;
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(cannot)?;
        let is_deep = depth >= DEPTH;
        match () {
            () if kind.is_file() => found.files.push(path),
            () if kind.is_dir() && !is_deep => {
                enter(&entry.path(), &format!("{path}/"), depth + 1, limits, found)?;
            }
            () => found.others.push(path),
        }
        if found.files.len() + found.others.len() > limits.files_in_folder {
            let (folder, limit) = (folder.display().to_string(), limits.files_in_folder);
            return Err(OpenError::TooManyFiles { folder, limit });
        }
    }
    if is_empty && !below.is_empty() {
        found.others.push(below.trim_end_matches('/').to_owned());
    }
    Ok(())
}
