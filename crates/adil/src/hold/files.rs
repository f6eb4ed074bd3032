//! Files that are whole or not there: written beside their place, flushed, and renamed into it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

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
pub(crate) fn flush_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The name under which something is made before it has its place. Whoever makes it holds a lock on it, so that what a
/// killed command left under this name can be told from what another one is making, and is taken away.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    parent(path).join(format!(".{name}.new"))
}

/// Whether a path still names what was opened.
#[cfg(unix)]
fn is_named(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (named, opened) = (fs::symlink_metadata(path), file.metadata());
    matches!((named, opened), (Ok(named), Ok(opened)) if (named.dev(), named.ino()) == (opened.dev(), opened.ino()))
}

#[cfg(not(unix))]
fn is_named(path: &Path, _: &File) -> bool {
    path.exists()
}

/// How often a file that another command is writing at the same moment is looked at again, and how long between.
const LOOKS: u32 = 200;
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Something new of this name with a lock on it; `make` fails where it is there already, `remove` takes away what a killed
/// command left.
fn make_locked(
    new: &Path,
    looks: u32,
    mut make: impl FnMut() -> std::io::Result<File>,
    remove: impl Fn() -> std::io::Result<()>,
) -> std::io::Result<File> {
    for _ in 0..looks {
        match make() {
            Ok(file) => {
                // Another command may have taken it for a leftover before the lock was there: then once more.
                if file.try_lock().is_ok() && is_named(new, &file) {
                    return Ok(file);
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => match File::open(new) {
                Ok(left) if left.try_lock().is_ok() => {
                    if is_named(new, &left) {
                        remove()?;
                    }
                }
                Ok(_) => thread::sleep(BETWEEN_LOOKS),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    // Gone meanwhile; or a link that leads nowhere, which stays in the way.
                    let _ = fs::symlink_metadata(new).map(|_| fs::remove_file(new));
                }
                Err(error) => return Err(error),
            },
            Err(error) => return Err(error),
        }
    }
    Err(std::io::ErrorKind::WouldBlock.into())
}

/// Writes a file, new or in the place of another one: killed at any moment, the old one or the new one is there.
pub(crate) fn write(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), HoldFailure> {
    Prepared::write(path, bytes, readers)?.put()
}

/// Writes files that belong together, and puts them into their places in this order when all are written: a full disk
/// leaves all as they were.
pub(crate) fn write_together(all: &[(&Path, &[u8], Readers)]) -> Result<(), HoldFailure> {
    let prepared = all.iter().map(|&(path, bytes, readers)| Prepared::write(path, bytes, readers));
    let prepared = prepared.collect::<Result<Vec<_>, _>>()?;
    prepared.into_iter().try_for_each(Prepared::put)
}

/// A file that is written and flushed, and not yet in its place.
pub(crate) struct Prepared {
    place: PathBuf,
    new: PathBuf,
    is_put: bool,
    file: File,
}

impl Prepared {
    /// Writes it beside its place.
    pub(crate) fn write(place: &Path, bytes: &[u8], readers: Readers) -> Result<Self, HoldFailure> {
        // Renamed over, a device or a pipe would be gone.
        if fs::metadata(place).is_ok_and(|there| !there.is_file()) {
            return Err(HoldFailure::file(place, "is there already, and is no file"));
        }
        let new = beside(place);
        let file = make_locked(&new, LOOKS, || create(&new, readers), || fs::remove_file(&new))
            .map_err(|error| not_made(place, &error))?;
        let mut prepared = Self { place: place.to_owned(), new, is_put: false, file };
        let written = prepared.file.write_all(bytes).and_then(|()| prepared.file.sync_all());
        written.map_err(|error| HoldFailure::file(place, error))?;
        Ok(prepared)
    }

    /// Puts it into its place.
    pub(crate) fn put(mut self) -> Result<(), HoldFailure> {
        let put = fs::rename(&self.new, &self.place);
        self.is_put = put.is_ok();
        put.and_then(|()| flush_folder(parent(&self.place))).map_err(|error| HoldFailure::file(&self.place, error))
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        if !self.is_put {
            let _ = fs::remove_file(&self.new);
        }
    }
}

fn not_made(path: &Path, error: &std::io::Error) -> HoldFailure {
    match error.kind() {
        std::io::ErrorKind::WouldBlock => HoldFailure::Locked { path: path.display().to_string() },
        _ => HoldFailure::file(path, error),
    }
}

/// A folder that comes into being whole: filled under another name and renamed.
pub(crate) struct NewFolder {
    place: PathBuf,
    new: PathBuf,
    /// The folders in it, itself first.
    made: RefCell<BTreeSet<PathBuf>>,
    _lock: File,
}

impl NewFolder {
    /// Begins a folder that must not be there, for its owner alone.
    pub(crate) fn begin(place: &Path) -> Result<Self, HoldFailure> {
        if fs::symlink_metadata(place).is_ok() {
            return Err(HoldFailure::Exists { path: place.display().to_string() });
        }
        let new = beside(place);
        let make = || make_folder(&new).and_then(|()| File::open(&new));
        let lock = make_locked(&new, 3, make, || fs::remove_dir_all(&new)).map_err(|error| not_made(place, &error))?;
        Ok(Self { place: place.to_owned(), made: BTreeSet::from([new.clone()]).into(), new, _lock: lock })
    }

    /// A file in it, flushed when it is written; a folder in between is made, for its owner alone.
    pub(crate) fn write(&self, name: &str, bytes: &[u8], readers: Readers) -> Result<(), HoldFailure> {
        self.write_from(name, &mut &*bytes, readers)
    }

    /// The same, from a reader that is read to its end.
    pub(crate) fn write_from(&self, name: &str, from: &mut dyn Read, readers: Readers) -> Result<(), HoldFailure> {
        let path = self.new.join(name);
        let mut put = || {
            let mut new: Vec<PathBuf> = parent(&path).ancestors().map(Path::to_owned).collect();
            new.retain(|folder| folder.starts_with(&self.new) && !self.made.borrow().contains(folder));
            for folder in new.into_iter().rev() {
                make_folder(&folder)?;
                self.made.borrow_mut().insert(folder);
            }
            let mut file = create(&path, readers)?;
            std::io::copy(from, &mut file)?;
            file.sync_all()
        };
        put().map_err(|error: std::io::Error| HoldFailure::file(&path, error))
    }

    /// Where it is being filled.
    pub(crate) fn path(&self) -> &Path {
        &self.new
    }

    /// Puts it into its place.
    pub(crate) fn finish(self) -> Result<(), HoldFailure> {
        let put = || {
            self.made.borrow().iter().try_for_each(|folder| flush_folder(folder))?;
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

/// Makes a folder for its owner alone.
pub(crate) fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
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

/// A private file of JSON. What is wrong with it is told by its place alone: a message with the values could give them away.
pub(crate) fn read_private_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, HoldFailure> {
    serde_json::from_slice(&read_private(path)?).map_err(|error| HoldFailure::file(path, unread(&error)))
}

/// What is wrong with JSON, without a word of what it holds.
pub(crate) fn unread(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Eof => "the file ends too early",
        Category::Data => "this is not what such a file holds",
        Category::Syntax | Category::Io => "this is no JSON",
    };
    format!("line {}, place {}: {what}", error.line(), error.column())
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
