//! The archive: a file of records, and the chain of events that they hang on.
//!
//! A record is a block of 512 bytes that describes it, and its bytes, filled up with zeros to whole blocks. The first
//! is named `BELENIOS`; every other is named by the SHA-256 of its bytes. An event names the event before it and the
//! last record that belongs to it, so that the last event vouches for everything before it.

mod event;
mod header;
mod index;
mod record;
mod setup;
mod write;

pub use event::EventKind;
pub use index::{BallotEntry, EventEntry, Index};
pub use record::{ArchiveError, Limits};
pub use setup::SetupRecords;
pub use write::ArchiveWriter;

pub(crate) use event::{Event, hash as read_hash};
pub use index::credential;
pub(crate) use record::{Kind, Record, Records};

use std::io::Read;

/// Where an archive can be read from its start, as often as it takes.
pub trait BoardSource: Sync {
    /// A reader at the first byte.
    ///
    /// # Errors
    /// The bytes cannot be read, or are no longer those that were there before.
    fn reader(&self) -> std::io::Result<Box<dyn Read + Send + '_>>;
}

impl BoardSource for [u8] {
    fn reader(&self) -> std::io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(self))
    }
}

impl BoardSource for Vec<u8> {
    fn reader(&self) -> std::io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(self.as_slice()))
    }
}

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// The digest of bytes.
pub fn digest(bytes: &[u8]) -> Hash {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).into()
}

/// The digest in lower-case hexadecimal digits.
pub fn hexadecimal(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The digest that 64 lower-case hexadecimal digits give.
pub fn hash_of(text: &str) -> Option<Hash> {
    let digits = text.as_bytes();
    let mut hash = [0; 32];
    if digits.len() != 64 {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        let nibble = |digit: u8| match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            b'a'..=b'f' => Some(digit - b'a' + 10),
            _ => None,
        };
        *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    Some(hash)
}

/// A digest as the protocol shows it to people: base64 without padding.
pub fn base64(hash: &Hash) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD_NO_PAD.encode(hash)
}

/// The digest that a text in base64 without padding gives.
pub fn of_base64(text: &str) -> Option<Hash> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD_NO_PAD.decode(text).ok()?.try_into().ok()
}
