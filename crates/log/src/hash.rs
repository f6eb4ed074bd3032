//! A hash of the tree, RFC 6962, section 2.1:
//!
//! ```text
//! MTH({}) = SHA-256()      leaf(d) = SHA-256(0x00 || d)      node(l, r) = SHA-256(0x01 || l || r)
//! ```

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// A SHA-256 hash of a leaf, of a node or of a whole tree. It is written in base64 (RFC 4648, section 4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; Self::BYTES]);

/// A text that is not 32 bytes in base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not the base64 of a hash of 32 bytes")]
pub struct NotAHash;

impl Hash {
    /// Bytes in a hash.
    pub const BYTES: usize = 32;

    /// The hash of these bytes, taken as they are.
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    /// The root of the tree without leaves.
    pub fn of_nothing() -> Self {
        Self(Sha256::digest(b"").into())
    }

    /// Reads base64 with padding; no other form of the same bytes is taken.
    ///
    /// # Errors
    /// The text is anything else.
    pub fn parse(text: &str) -> Result<Self, NotAHash> {
        // 32 bytes are 44 letters; the length is looked at first so that no long text is decoded.
        if text.len() != 44 {
            return Err(NotAHash);
        }
        let bytes = STANDARD.decode(text).map_err(|_| NotAHash)?;
        bytes.try_into().map(Self).map_err(|_| NotAHash)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// The hash of an entry.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    let mut hash = Sha256::new();
    hash.update([0]);
    hash.update(entry);
    Hash(hash.finalize().into())
}

/// The hash of a node with these two children.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 1 + 2 * Hash::BYTES];
    bytes[1..33].copy_from_slice(&left.0);
    bytes[33..].copy_from_slice(&right.0);
    Hash(Sha256::digest(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_the_hash_that_everyone_knows() {
        // SHA-256 of no bytes: e3b0c442 98fc1c14 … (FIPS 180-4 examples).
        assert_eq!(Hash::of_nothing().to_string(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn one_form_of_a_hash_is_read() {
        let text = Hash::of_nothing().to_string();
        assert_eq!(Hash::parse(&text), Ok(Hash::of_nothing()));
        // The last letter carries two bits that stand for nothing; only zeros are taken.
        let other = text.replace("FU=", "FV=");
        for bad in ["", &text[..43], &other, &text.replace('+', "-"), &text.replace('=', "A")] {
            assert_eq!(Hash::parse(bad), Err(NotAHash), "{bad}");
        }
    }
}
