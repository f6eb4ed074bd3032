//! Contents that are logged by their digest and kept beside the log.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::LogError;

/// The SHA-256 of an object, by which it is named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectDigest([u8; 32]);

impl ObjectDigest {
    /// The digest of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// A digest that was computed elsewhere.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 digits of hex in lower case; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let nibble = |digit: u8| match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            b'a'..=b'f' => Some(digit - b'a' + 10),
            _ => None,
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != 32 || !rest.is_empty() {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = nibble(high)? << 4 | nibble(low)?;
        }
        Some(Self(bytes))
    }

    /// Its path below the log's folder.
    pub fn path(&self) -> String {
        format!("object/{self}")
    }
}

impl fmt::Display for ObjectDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ObjectDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ObjectDigest({self})")
    }
}

/// Reads an object. What was read is that object only if the end is reached without an error: there the digest is
/// compared, and other contents are an error of the kind `InvalidData` with a [`LogError`] in it.
#[derive(Debug)]
pub struct ObjectReader {
    file: PathBuf,
    source: BufReader<File>,
    hash: Sha256,
    expected: ObjectDigest,
}

impl ObjectReader {
    pub(super) fn open(folder: &Path, digest: &ObjectDigest) -> Result<Self, LogError> {
        let file = folder.join(digest.path());
        let source = File::open(&file).map_err(|error| LogError::reading(&file, &error))?;
        Ok(Self { file, source: BufReader::new(source), hash: Sha256::new(), expected: *digest })
    }

    /// Reads to the end for the digest alone, and returns the number of bytes.
    pub(super) fn verify(mut self) -> Result<u64, LogError> {
        let file = self.file.clone();
        io::copy(&mut self, &mut io::sink()).map_err(|error| {
            let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<LogError>());
            inner.cloned().unwrap_or_else(|| LogError::reading(&file, &error))
        })
    }
}

impl Read for ObjectReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        if let Some(bytes) = buffer.get(..read) {
            self.hash.update(bytes);
        }
        if read == 0 && !buffer.is_empty() {
            let found = ObjectDigest(self.hash.clone().finalize().into());
            if found != self.expected {
                let file = self.file.display().to_string();
                let error = LogError::Object { file, found: found.to_string() };
                return Err(io::Error::new(io::ErrorKind::InvalidData, error));
            }
        }
        Ok(read)
    }
}
