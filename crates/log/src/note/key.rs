//! Keys of notes, their names and identifiers.
//!
//! ```text
//! identifier = first four bytes of SHA-256(name || 0x0A || algorithm || public key)
//! verifier key:  name+<identifier in hex>+base64(algorithm || public key)
//! signing key:   PRIVATE+KEY+name+<identifier in hex>+base64(algorithm || seed)
//! ```

use std::fmt;

use ed25519_dalek::Signer as _;
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

use super::{KeyError, SignatureLine};
use crate::cosignature::{self, Timestamp};
use crate::lines;

const VERIFIER_FORM: &str = "name+identifier+base64";
const SIGNING_FORM: &str = "PRIVATE+KEY+name+identifier+base64";
const PRIVATE: &str = "PRIVATE+KEY+";

/// The longest text of a key that is read.
const LONGEST_KEY: usize = KeyName::LONGEST + 100;

/// The name of a key: no spaces, no plus, no control characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

impl KeyName {
    /// The most bytes of a name.
    pub const LONGEST: usize = 1_000;

    /// Takes a name, such as `example.com/log`.
    ///
    /// # Errors
    /// It is empty or too long, or has a space of any kind, a plus or a control character.
    pub fn parse(name: &str) -> Result<Self, KeyError> {
        let is_bad = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '+';
        match name.is_empty() || name.len() > Self::LONGEST || name.chars().any(is_bad) {
            true => Err(KeyError::Name { name: lines::shown(name) }),
            false => Ok(Self(name.to_owned())),
        }
    }

    /// The name as a text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// The identifier of a key. It tells keys of one name apart, and proves nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub u32);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// What a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// The text of a note with Ed25519: kind 1. Logs sign so.
    Ed25519,
    /// A cosignature with a time, Ed25519: kind 4. Witnesses sign so.
    Cosignature,
}

impl Algorithm {
    fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 1,
            Self::Cosignature => 4,
        }
    }

    fn purpose(self) -> &'static str {
        match self {
            Self::Ed25519 => "signing a log",
            Self::Cosignature => "cosigning as a witness",
        }
    }

    fn of(name: &KeyName, kind: u8) -> Result<Self, KeyError> {
        [Self::Ed25519, Self::Cosignature]
            .into_iter()
            .find(|algorithm| algorithm.byte() == kind)
            .ok_or_else(|| KeyError::Algorithm { name: name.clone(), kind })
    }
}

/// The identifier that belongs to a name and a public key.
fn id_of(name: &KeyName, algorithm: Algorithm, key: &[u8; 32]) -> KeyId {
    let mut hash = Sha256::new();
    hash.update(name.as_str());
    hash.update([b'\n', algorithm.byte()]);
    hash.update(key);
    let [a, b, c, d, ..] = <[u8; 32]>::from(hash.finalize());
    KeyId(u32::from_be_bytes([a, b, c, d]))
}

/// Name, identifier and the 33 bytes of a key's text after its prefix.
fn parts(text: &str, form: &'static str) -> Result<(KeyName, KeyId, Zeroizing<Vec<u8>>), KeyError> {
    let bad = || KeyError::Form { expected: form };
    if text.len() > LONGEST_KEY {
        return Err(bad());
    }
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(bytes)) = (parts.next(), parts.next(), parts.next()) else { return Err(bad()) };
    let name = KeyName::parse(name)?;
    let is_hex = id.len() == 8 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let id = u32::from_str_radix(id, 16).ok().filter(|_| is_hex).ok_or_else(bad)?;
    let bytes = lines::bytes(bytes).map(Zeroizing::new).ok_or_else(bad)?;
    Ok((name, KeyId(id), bytes))
}

/// Algorithm and the 32 bytes after it. A key of an algorithm that is not known may have another length.
fn material(name: &KeyName, bytes: &[u8], form: &'static str) -> Result<(Algorithm, Zeroizing<[u8; 32]>), KeyError> {
    let (&kind, key) = bytes.split_first().ok_or(KeyError::Form { expected: form })?;
    let algorithm = Algorithm::of(name, kind)?;
    let key = <[u8; 32]>::try_from(key).map_err(|_| KeyError::Form { expected: form })?;
    Ok((algorithm, Zeroizing::new(key)))
}

/// A public key that signatures are verified with.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: KeyName,
    id: KeyId,
    algorithm: Algorithm,
    key: ed25519_dalek::VerifyingKey,
}

/// A signature that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadSignature;

/// What a signature that holds says besides that its key made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// Nothing.
    Text,
    /// The time at which a witness saw this as the largest consistent tree.
    SeenAt(Timestamp),
}

impl VerifierKey {
    fn new(name: KeyName, algorithm: Algorithm, key: ed25519_dalek::VerifyingKey) -> Self {
        Self { id: id_of(&name, algorithm, key.as_bytes()), name, algorithm, key }
    }

    /// Reads `name+identifier+base64`.
    ///
    /// # Errors
    /// The text has another form, its identifier does not belong to it, its algorithm is not known, or the key is one
    /// that anybody could make signatures for.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let (name, stated, bytes) = parts(text, VERIFIER_FORM)?;
        let (algorithm, key) = material(&name, &bytes, VERIFIER_FORM)?;
        let point = ed25519_dalek::VerifyingKey::from_bytes(&key).ok().filter(|key| !key.is_weak());
        let found = id_of(&name, algorithm, &key);
        match point {
            _ if found != stated => Err(KeyError::Id { name, stated, found }),
            Some(key) => Ok(Self::new(name, algorithm, key)),
            None => Err(KeyError::Point { name }),
        }
    }

    /// The name.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The identifier.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// What it signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The 32 bytes of the public key.
    pub fn public_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// This key, if it is one for `wanted`.
    ///
    /// # Errors
    /// It is for something else.
    pub fn require(self, wanted: Algorithm) -> Result<Self, KeyError> {
        if self.algorithm == wanted {
            return Ok(self);
        }
        let (found, wanted) = (self.algorithm.purpose(), wanted.purpose());
        Err(KeyError::Purpose { name: self.name, found, wanted })
    }

    /// Whether a line bears the name and identifier of this key.
    pub fn made(&self, line: &SignatureLine) -> bool {
        line.name == self.name && line.id == self.id
    }

    /// Verifies a signature (what stands after the identifier) of a text, strictly: no point of small order, no other
    /// form of the same signature.
    ///
    /// # Errors
    /// It is not this key's signature of this text.
    pub fn verify(&self, text: &str, signature: &[u8]) -> Result<Verified, BadSignature> {
        let strict = |message: &[u8], signature: &[u8]| {
            let signature = ed25519_dalek::Signature::from_slice(signature).map_err(|_| BadSignature)?;
            self.key.verify_strict(message, &signature).map_err(|_| BadSignature)
        };
        match self.algorithm {
            Algorithm::Ed25519 => strict(text.as_bytes(), signature).map(|()| Verified::Text),
            Algorithm::Cosignature => {
                let (time, signature) = signature.split_first_chunk::<8>().ok_or(BadSignature)?;
                let time = Timestamp::new(u64::from_be_bytes(*time)).ok_or(BadSignature)?;
                strict(cosignature::message(time, text).as_bytes(), signature)?;
                Ok(Verified::SeenAt(time))
            }
        }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.algorithm.byte()];
        bytes.extend_from_slice(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, self.id, lines::base64(&bytes))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

/// A secret key with its name and purpose. It is overwritten when it goes, and never shown.
pub(crate) struct Secret {
    pub(crate) verifier: VerifierKey,
    key: ed25519_dalek::SigningKey,
}

impl Secret {
    pub(crate) fn from_seed(name: KeyName, algorithm: Algorithm, seed: &Zeroizing<[u8; 32]>) -> Self {
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        Self { verifier: VerifierKey::new(name, algorithm, key.verifying_key()), key }
    }

    pub(crate) fn parse(text: &str, wanted: Algorithm) -> Result<Self, KeyError> {
        let rest = text.strip_prefix(PRIVATE).ok_or(KeyError::Form { expected: SIGNING_FORM })?;
        let (name, stated, bytes) = parts(rest, SIGNING_FORM)?;
        let (algorithm, seed) = material(&name, &bytes, SIGNING_FORM)?;
        let secret = Self::from_seed(name, algorithm, &seed);
        let (name, found) = (secret.verifier.name().clone(), secret.verifier.id());
        if found != stated {
            return Err(KeyError::Id { name, stated, found });
        }
        secret.verifier.clone().require(wanted).map(|_| secret)
    }

    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; 33]);
        bytes[0] = self.verifier.algorithm.byte();
        bytes[1..].copy_from_slice(self.key.as_bytes());
        let mut base64 = lines::base64(&*bytes);
        let text = Zeroizing::new(format!("{PRIVATE}{}+{}+{base64}", self.verifier.name, self.verifier.id));
        base64.zeroize();
        text
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    pub(crate) fn line(&self, signature: Vec<u8>) -> SignatureLine {
        SignatureLine { name: self.verifier.name.clone(), id: self.verifier.id, signature }
    }
}

/// The key that a log signs its checkpoints with. It is overwritten when it goes, and never shown.
pub struct SigningKey(Secret);

impl SigningKey {
    /// The key of this name from 32 random bytes.
    pub fn from_seed(name: KeyName, seed: &Zeroizing<[u8; 32]>) -> Self {
        Self(Secret::from_seed(name, Algorithm::Ed25519, seed))
    }

    /// Reads `PRIVATE+KEY+name+identifier+base64`.
    ///
    /// # Errors
    /// The text has another form, or is the key of a witness.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        Secret::parse(text, Algorithm::Ed25519).map(Self)
    }

    /// The text for a file that only its owner can read.
    pub fn to_text(&self) -> Zeroizing<String> {
        self.0.to_text()
    }

    /// The public key.
    pub fn verifier(&self) -> &VerifierKey {
        &self.0.verifier
    }

    /// Signs a text that ends in a newline.
    pub fn sign(&self, text: &str) -> SignatureLine {
        self.0.line(self.0.sign(text.as_bytes()).to_vec())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(secret of {})", self.verifier())
    }
}
