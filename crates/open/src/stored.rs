//! Bytes as they stand: a file on disk, standard input, or a part that was unpacked into memory.

use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use adil_finding::InputFile;
use sha2::{Digest, Sha256};

use crate::board::is_named;
use crate::spool::Spool;
use crate::{Fault, Limits, OpenError};

/// A reader that can go back.
pub(crate) trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// Bytes that can be read again from their start.
#[derive(Debug, Clone)]
pub(crate) enum Stored {
    /// A file, as it was when its digest was taken.
    File { path: PathBuf, bytes: u64, modified: Option<SystemTime> },
    /// What came from standard input.
    Spooled(Arc<Spool>),
    /// Bytes in memory.
    Memory(Arc<[u8]>),
}

/// The path that means standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// Bytes read at once: large enough that system calls cost nothing, small enough to stay in the cache.
const READ_BYTES: usize = 128 << 10;

impl Stored {
    /// Takes the digest of a file, or of standard input.
    pub(crate) fn take(path: &Path, limits: &Limits) -> Result<(Self, InputFile), OpenError> {
        if path == Path::new(STANDARD_INPUT) {
            return Self::spool(&mut io::stdin().lock(), limits);
        }
        let name = path.display().to_string();
        let cannot = |error: io::Error| OpenError::CannotRead { file: name.clone(), cause: error.to_string() };
        // Opening a pipe would wait for a writer, so its kind is asked first.
        if !fs::metadata(path).map_err(cannot)?.is_file() {
            return Err(OpenError::NotAFile { file: name });
        }
        let mut file = File::open(path).map_err(cannot)?;
        let modified = file.metadata().map_err(cannot)?.modified().ok();
        let (sha256, bytes) = digest(&mut file, |_| Ok(())).map_err(cannot)?;
        let stored = Self::File { path: path.to_owned(), bytes, modified };
        Ok((stored, InputFile { path: name, sha256, bytes, rows: None }))
    }

    /// Takes the digest of what can be read only once, and keeps it. No more is kept than could be read of a file.
    pub(crate) fn spool(source: &mut dyn Read, limits: &Limits) -> Result<(Self, InputFile), OpenError> {
        let name = || STANDARD_INPUT.to_owned();
        let cannot = |error: io::Error| OpenError::CannotRead { file: name(), cause: error.to_string() };
        let mut spool = Spool::new().map_err(cannot)?;
        let mut limit = None;
        let (sha256, bytes) = digest(source, |bytes| {
            let may_be_board = || is_named(bytes) || bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"PK");
            let most = *limit.get_or_insert_with(|| match may_be_board() {
                true => limits.board_bytes.max(limits.unpacked_bytes),
                false => limits.unpacked_bytes,
            });
            if spool.len() + bytes.len() as u64 > most {
                return Err(Fault::TooMuchInput { limit: most }.into());
            }
            spool.append(bytes)
        })
        .map_err(|error| match Fault::of(&error) {
            Fault::System(_) => cannot(error),
            fault => OpenError::fault(STANDARD_INPUT, fault),
        })?;
        Ok((Self::Spooled(Arc::new(spool)), InputFile { path: name(), sha256, bytes, rows: None }))
    }

    /// How many bytes there are.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::File { bytes, .. } => *bytes,
            Self::Spooled(spool) => spool.len(),
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// Reads from the start again. A file that has changed since its digest was taken is refused: what is computed
    /// must belong to the digest that is reported.
    pub(crate) fn reader(&self) -> Result<Box<dyn Source>, OpenError> {
        let (path, bytes, modified) = match self {
            Self::Memory(bytes) => return Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            Self::Spooled(spool) => return Ok(Box::new(BufReader::with_capacity(READ_BYTES, spool.reader()))),
            Self::File { path, bytes, modified } => (path, bytes, modified),
        };
        let name = || path.display().to_string();
        let cannot = |error: io::Error| OpenError::CannotRead { file: name(), cause: error.to_string() };
        let file = File::open(path).map_err(cannot)?;
        let now = file.metadata().map_err(cannot)?;
        if now.len() != *bytes || now.modified().ok() != *modified {
            return Err(OpenError::Changed { file: name() });
        }
        Ok(Box::new(BufReader::with_capacity(READ_BYTES, file)))
    }
}

/// The SHA-256 and the number of all bytes, each piece of which `keep` gets as well.
fn digest(source: &mut dyn Read, mut keep: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<(String, u64)> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; READ_BYTES];
    let mut bytes = 0u64;
    loop {
        let read = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        digest.update(&buffer[..read]);
        keep(&buffer[..read])?;
        bytes += read as u64;
    }
    Ok((digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect(), bytes))
}
