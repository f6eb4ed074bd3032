//! A folder to its tables and boards.

use std::fs;
use std::path::{Path, PathBuf};

use crate::detect::DESCRIPTION;
use crate::{Input, Limits, NotATable, OpenError, PassedOver};

/// What is in a folder.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// The `election.toml` directly in the folder. It alone says which files belong to the record, so that no other
    /// file is opened where there is one.
    pub description: Option<PathBuf>,
    /// The files that hold tables or boards, sorted by path.
    pub inputs: Vec<Input>,
    /// Folders of transparency logs, sorted by path. Nothing in them is looked at.
    pub logs: Vec<PathBuf>,
    /// Everything else, sorted by path, and why.
    pub passed_over: Vec<PassedOver>,
}

impl Folder {
    /// Looks through a folder, [`Limits::folder_depth`] deep, in the order of the paths. Links are not followed.
    ///
    /// # Errors
    /// [`OpenError::NoTables`] where there is neither a description nor a table or board; an unreadable file or
    /// folder; a damaged table; a ballot archive whose beginning is broken; more files than the limit.
    pub fn open(folder: &Path, limits: &Limits) -> Result<Self, OpenError> {
        let description = folder.join(DESCRIPTION);
        if description.is_file() {
            return Ok(Self { description: Some(description), ..Self::default() });
        }
        let mut walk = Walk { limits, root: folder, files: Vec::new(), logs: Vec::new(), passed_over: Vec::new() };
        walk.enter(folder, 0)?;
        let Walk { files, logs, mut passed_over, .. } = walk;
        let mut inputs = Vec::new();
        for path in files {
            let name = path.display().to_string();
            match Input::open(&path, limits) {
                Ok(input) => inputs.push(input),
                Err(OpenError::NotATable { why, .. }) => passed_over.push(PassedOver { name, why }),
                Err(OpenError::Empty { .. }) => passed_over.push(PassedOver { name, why: NotATable::Empty }),
                Err(OpenError::NoTables { .. }) => passed_over.push(PassedOver { name, why: NotATable::Archive }),
                Err(error) => return Err(error),
            }
        }
        if inputs.is_empty() {
            let folder = folder.display().to_string();
            return Err(OpenError::NoTables { folder, others: passed_over.len() });
        }
        passed_over.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { description: None, inputs, logs, passed_over })
    }
}

struct Walk<'a> {
    limits: &'a Limits,
    root: &'a Path,
    files: Vec<PathBuf>,
    logs: Vec<PathBuf>,
    passed_over: Vec<PassedOver>,
}

/// The folder of a log, in a folder with the archive that was made of it.
pub(crate) const LOG: &str = "log";

/// Whether a folder is that of a log: it has a checkpoint, and tiles, or the name that the log of a board has.
fn is_log(path: &Path, name: &str, depth: usize) -> bool {
    path.join("checkpoint").is_file() && (path.join("tile").is_dir() || (depth == 0 && name == LOG))
}

impl Walk<'_> {
    fn enter(&mut self, folder: &Path, depth: usize) -> Result<(), OpenError> {
        let cannot = |path: &Path, error: std::io::Error| OpenError::CannotRead {
            file: path.display().to_string(),
            cause: error.to_string(),
        };
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| cannot(folder, error))? {
            let entry = entry.map_err(|error| cannot(folder, error))?;
            entries.push((entry.path(), entry.file_type().map_err(|error| cannot(&entry.path(), error))?));
            if entries.len() + self.files.len() + self.passed_over.len() > self.limits.files_in_folder {
                let limit = self.limits.files_in_folder;
                return Err(OpenError::TooManyFiles { folder: self.root.display().to_string(), limit });
            }
        }
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        for (path, kind) in entries {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let why = match () {
                () if name.starts_with(['.', '~']) => Some(NotATable::Hidden),
                () if kind.is_symlink() => Some(NotATable::Link),
                () if kind.is_dir() && is_log(&path, &name, depth) => {
                    self.logs.push(path);
                    continue;
                }
                () if kind.is_dir() && depth >= self.limits.folder_depth => Some(NotATable::TooDeep),
                () if kind.is_dir() => {
                    self.enter(&path, depth + 1)?;
                    continue;
                }
                () if !kind.is_file() => Some(NotATable::Binary),
                () => None,
            };
            match why {
                Some(why) => self.passed_over.push(PassedOver { name: path.display().to_string(), why }),
                None => self.files.push(path),
            }
        }
        Ok(())
    }
}
