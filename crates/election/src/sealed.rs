//! Private keys at rest: encrypted under a passphrase.
//!
//! ```text
//! key = Argon2id(passphrase, salt),   file = AES-256-GCM(key, nonce, secret)
//! ```
//!
//! with 64 MiB, three passes and one lane (RFC 9106, section 4, the second recommended choice with one lane). A file
//! states its parameters, so that they can be raised later.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Kibibytes of memory.
const MEMORY_KIB: u32 = 65_536;
/// Passes over it.
const PASSES: u32 = 3;
/// The most memory that a file may ask for.
const MOST_MEMORY_KIB: u32 = 1 << 20;
/// The most passes that a file may ask for.
const MOST_PASSES: u32 = 64;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    adil: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    data: String,
}

const FORM: &str = "sealed/1";

/// Why a sealed file cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealedError {
    /// The bytes are no sealed file.
    #[error("it is no file of a private key, or it is damaged")]
    Form,
    /// The passphrase is another one, or the file was changed.
    #[error("the passphrase is wrong, or the file was changed")]
    Passphrase,
}

/// Encrypts a secret under a passphrase.
///
/// # Errors
/// The parameters of the key's derivation are out of range, which those of this program are not.
pub fn seal<R: CryptoRng + ?Sized>(secret: &[u8], passphrase: &str, random: &mut R) -> Result<String, SealedError> {
    let (mut salt, mut nonce) = ([0; 16], [0; 12]);
    random.fill_bytes(&mut salt);
    random.fill_bytes(&mut nonce);
    let key = key(passphrase, &salt, MEMORY_KIB, PASSES)?;
    let cipher = Aes256Gcm::new_from_slice(&*key).map_err(|_| SealedError::Form)?;
    let data = cipher.encrypt(&Nonce::from(nonce), secret).map_err(|_| SealedError::Form)?;
    let sealed = Sealed {
        adil: FORM.to_owned(),
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        salt: BASE64.encode(salt),
        nonce: BASE64.encode(nonce),
        data: BASE64.encode(data),
    };
    serde_json::to_string(&sealed).map(|text| text + "\n").map_err(|_| SealedError::Form)
}

/// The secret in a sealed file.
///
/// # Errors
/// It is none, or the passphrase is another one.
pub fn open(sealed: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, SealedError> {
    let sealed: Sealed = serde_json::from_slice(sealed).map_err(|_| SealedError::Form)?;
    let bytes = |text: &str| BASE64.decode(text).map_err(|_| SealedError::Form);
    let nonce: [u8; 12] = bytes(&sealed.nonce)?.try_into().map_err(|_| SealedError::Form)?;
    if sealed.adil != FORM || sealed.memory_kib > MOST_MEMORY_KIB || sealed.passes > MOST_PASSES {
        return Err(SealedError::Form);
    }
    let key = key(passphrase, &bytes(&sealed.salt)?, sealed.memory_kib, sealed.passes)?;
    let cipher = Aes256Gcm::new_from_slice(&*key).map_err(|_| SealedError::Form)?;
    let secret = cipher.decrypt(&Nonce::from(nonce), bytes(&sealed.data)?.as_slice());
    secret.map(Zeroizing::new).map_err(|_| SealedError::Passphrase)
}

fn key(passphrase: &str, salt: &[u8], memory: u32, passes: u32) -> Result<Zeroizing<[u8; 32]>, SealedError> {
    let parameters = Params::new(memory, passes, 1, Some(32)).map_err(|_| SealedError::Form)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(passphrase.as_bytes(), salt, &mut *key)
        .map_err(|_| SealedError::Form)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn a_secret_is_opened_by_its_passphrase_alone() {
        let mut random = ChaCha20Rng::seed_from_u64(1);
        let sealed = seal(b"a secret", "a passphrase", &mut random).expect("sealed");
        assert!(!sealed.contains("a secret"));
        assert_eq!(open(sealed.as_bytes(), "a passphrase").as_deref().map(Vec::as_slice), Ok(&b"a secret"[..]));
        assert_eq!(open(sealed.as_bytes(), "another one").err(), Some(SealedError::Passphrase));
        let changed = sealed.replace("\"data\":\"", "\"data\":\"AAAA");
        assert_eq!(open(changed.as_bytes(), "a passphrase").err(), Some(SealedError::Passphrase));
        let greedy = sealed.replace("65536", "4000000000");
        assert_eq!(open(greedy.as_bytes(), "a passphrase").err(), Some(SealedError::Form));
        assert_eq!(open(b"{}", "a passphrase").err(), Some(SealedError::Form));
    }
}
