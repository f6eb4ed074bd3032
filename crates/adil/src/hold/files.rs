//! Files that are whole or not there: written beside their place, flushed, and renamed into it.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::HoldFailure;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Its owner alone.
    Owner,
    /// Everybody.
    All,
}

/// Files larger than this are no file of a role.
const LARGEST: u64 = 2 << 30;

/// Opens a file that must not be there, for its owner alone or for everybody.
fn create(path: &Path, readers: Readers) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(if readers == Readers::Owner { 0o600 } else { 0o644 });
    }
    #[cfg(not(unix))]
    let _ = readers;
    options.open(path)
}

/// Makes what happened in a folder last.
fn flush_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A name beside a path that nothing else has.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    parent(path).join(format!(".{name}.new-{}", std::process::id()))
}

/// Writes a file, new or in the place of another one: killed at any moment, the old one or the new one is there.
pub(crate) fn write(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), HoldFailure> {
    let new = beside(path);
    let whole = || {
        let _ = fs::remove_file(&new);
        let mut file = create(&new, readers)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        flush_folder(parent(path))
    };
    whole().map_err(|error: std::io::Error| {
        let _ = fs::remove_file(&new);
        HoldFailure::file(path, error)
    })
}

/// A folder that comes into being whole: filled under another name and renamed.
pub(crate) struct NewFolder {
    place: PathBuf,
    new: PathBuf,
}

impl NewFolder {
    /// Begins a folder that must not be there, for its owner alone.
    pub(crate) fn begin(place: &Path) -> Result<Self, HoldFailure> {
        if place.exists() {
            return Err(HoldFailure::Exists { path: place.display().to_string() });
        }
        let new = beside(place);
        let _ = fs::remove_dir_all(&new);
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            builder.mode(0o700);
        }
        builder.create(&new).map_err(|error| HoldFailure::file(place, error))?;
        Ok(Self { place: place.to_owned(), new })
    }

    /// A file in it, flushed when it is written; folders in between are made.
    pub(crate) fn write(&self, name: &str, bytes: &[u8], readers: Readers) -> Result<(), HoldFailure> {
        let path = self.new.join(name);
        let put = || {
            fs::create_dir_all(parent(&path))?;
            let mut file = create(&path, readers)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        put().map_err(|error: std::io::Error| HoldFailure::file(&path, error))
    }

    /// Puts it into its place.
    pub(crate) fn finish(self) -> Result<(), HoldFailure> {
        let put = || {
            flush_folder(&self.new)?;
            fs::rename(&self.new, &self.place)?;
            flush_folder(parent(&self.place))
        };
        put().map_err(|error| HoldFailure::file(&self.place, error))
    }
}

impl Drop for NewFolder {
    fn drop(&mut self) {
        // Gone already where it was finished.
        let _ = fs::remove_dir_all(&self.new);
    }
}

/// Reads a file that holds nothing secret.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, HoldFailure> {
    let read = || {
        let file = File::open(path)?;
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
        match bytes.len() as u64 > LARGEST {
            true => Err(std::io::Error::other(format!("is larger than {LARGEST} bytes"))),
            false => Ok(bytes),
        }
    };
    read().map_err(|error| HoldFailure::file(path, error))
}

/// Reads a file with a secret in it; refused where others could read it too.
pub(crate) fn read_private(path: &Path) -> Result<Zeroizing<Vec<u8>>, HoldFailure> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let metadata = fs::metadata(path).map_err(|error| HoldFailure::file(path, error))?;
        let mode = metadata.permissions().mode() & 0o777;
        if metadata.is_file() && mode & 0o077 != 0 {
            return Err(HoldFailure::Exposed { path: path.display().to_string(), mode });
        }
    }
    read(path).map(Zeroizing::new)
}

/// A text with a secret in it, without the line's end.
pub(crate) fn read_private_text(path: &Path) -> Result<Zeroizing<String>, HoldFailure> {
    let bytes = read_private(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| HoldFailure::Content {
        path: path.display().to_string(),
        what: "a text",
        found: "it is none in UTF-8".to_owned(),
    })?;
    Ok(Zeroizing::new(text.trim_end_matches(['\n', '\r']).to_owned()))
}

/// A lock on a folder, until it is dropped: a second command on the folder is refused.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Locks a folder that is there.
    pub(crate) fn on(folder: &Path) -> Result<Self, HoldFailure> {
        let path = folder.join(".lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|error| HoldFailure::file(&path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(fs::TryLockError::WouldBlock) => Err(HoldFailure::Locked { path: folder.display().to_string() }),
            Err(fs::TryLockError::Error(error)) => Err(HoldFailure::file(&path, error)),
        }
    }
}
