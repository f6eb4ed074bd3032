//! Cosignatures of witnesses (C2SP tlog-cosignature, Ed25519).
//!
//! A witness states with the time what it has seen as the largest consistent tree of a log. What it signs is
//!
//! ```text
//! cosignature/v1
//! time <seconds since 1970>
//! <the text of the checkpoint>
//! ```
//!
//! and its signature is eight bytes of time, the highest first, and the 64 bytes of Ed25519.

use std::fmt;

use zeroize::Zeroizing;

use crate::checkpoint::Checkpoint;
use crate::note::{Algorithm, KeyError, KeyName, Secret, SignatureLine, VerifierKey};

/// Seconds since 1970-01-01 00:00 UTC, at most 2^63 - 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

impl Timestamp {
    /// So many seconds; `None` above 2^63 - 1.
    pub fn new(seconds: u64) -> Option<Self> {
        i64::try_from(seconds).is_ok().then_some(Self(seconds))
    }

    /// The seconds.
    pub fn seconds(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// What a witness signs.
pub(crate) fn message(time: Timestamp, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

/// The key of a witness. It is overwritten when it goes, and never shown.
pub struct CosigningKey(Secret);

impl CosigningKey {
    /// The key of this name from 32 random bytes. Two witnesses must not share them: what is signed does not name the
    /// witness.
    pub fn from_seed(name: KeyName, seed: &Zeroizing<[u8; 32]>) -> Self {
        Self(Secret::from_seed(name, Algorithm::Cosignature, seed))
    }

    /// Reads `PRIVATE+KEY+name+identifier+base64`.
    ///
    /// # Errors
    /// The text has another form, or is the key of a log.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        Secret::parse(text, Algorithm::Cosignature).map(Self)
    }

    /// The text for a file that only its owner can read.
    pub fn to_text(&self) -> Zeroizing<String> {
        self.0.to_text()
    }

    /// The public key.
    pub fn verifier(&self) -> &VerifierKey {
        &self.0.verifier
    }

    /// Cosigns a checkpoint. Whoever calls this must have checked that it is consistent with all that was cosigned
    /// before, and have stored it: [`crate::Witness`] does the first.
    pub fn cosign(&self, checkpoint: &Checkpoint, time: Timestamp) -> SignatureLine {
        let mut signature = time.0.to_be_bytes().to_vec();
        signature.extend_from_slice(&self.0.sign(message(time, &checkpoint.to_string()).as_bytes()));
        self.0.line(signature)
    }
}

impl fmt::Debug for CosigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CosigningKey(secret of {})", self.verifier())
    }
}
