//! Bytes as they stand: a file on disk, or a part that was unpacked into memory.

use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use adil_finding::InputFile;
use sha2::{Digest, Sha256};

use crate::OpenError;

/// A reader that can go back.
pub(crate) trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// Bytes that can be read again from their start.
#[derive(Debug, Clone)]
pub(crate) enum Stored {
    /// A file, as it was when its digest was taken.
    File { path: PathBuf, bytes: u64, modified: Option<SystemTime> },
    /// Bytes in memory.
    Memory(Arc<[u8]>),
}

/// Bytes read at once: large enough that system calls cost nothing, small enough to stay in the cache.
const READ_BYTES: usize = 128 << 10;

impl Stored {
    /// Takes the digest of a file.
    pub(crate) fn take(path: &Path) -> Result<(Self, InputFile), OpenError> {
        let name = path.display().to_string();
        let cannot = |error: io::Error| OpenError::CannotRead { file: name.clone(), cause: error.to_string() };
        // Opening a pipe would wait for a writer, so its kind is asked first.
        if !fs::metadata(path).map_err(cannot)?.is_file() {
            return Err(OpenError::NotAFile { file: name });
        }
        let mut file = File::open(path).map_err(cannot)?;
        let modified = file.metadata().map_err(cannot)?.modified().ok();
        let mut digest = Sha256::new();
        let mut buffer = vec![0; READ_BYTES];
        let mut bytes = 0u64;
        loop {
            let read = match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(cannot(error)),
            };
            digest.update(&buffer[..read]);
            bytes += read as u64;
        }
        let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let stored = Self::File { path: path.to_owned(), bytes, modified };
        Ok((stored, InputFile { path: name, sha256, bytes, rows: None }))
    }

    /// How many bytes there are.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::File { bytes, .. } => *bytes,
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// Reads from the start again. A file that has changed since its digest was taken is refused: what is computed
    /// must belong to the digest that is reported.
    pub(crate) fn reader(&self) -> Result<Box<dyn Source>, OpenError> {
        let (path, bytes, modified) = match self {
            Self::Memory(bytes) => return Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
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
