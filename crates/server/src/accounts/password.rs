//! Passwords, as Argon2id hashes.
//!
//! 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's first choice for Argon2id. Two are worked on at the
//! same time and few wait, so that nobody can take the server's memory and processors by signing in.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use subtle::ConstantTimeEq as _;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::{ServerError, system};

/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 12;
/// The most, so that nobody makes the server hash books.
pub(super) const LONGEST_PASSWORD: usize = 256;
/// Kibibytes of memory.
const MEMORY_KIB: u32 = 19_456;
/// Passes over it.
const PASSES: u32 = 2;
/// The most that a kept hash may ask for.
const MOST_MEMORY_KIB: u32 = 1 << 18;
/// How many are worked on at the same time.
const AT_ONCE: usize = 2;
/// How many may wait.
const WAITING: usize = 32;

/// Works passwords out, few at a time.
pub struct Hasher {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Default for Hasher {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)), waiting: AtomicUsize::new(0) }
    }
}

/// Counts one who waits, until she goes.
struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Hasher {
    /// The hash of a password under fresh salt, in the PHC form `$argon2id$v=19$m=…,t=…,p=1$salt$hash`.
    ///
    /// # Errors
    /// Too many wait, or the system gives no randomness.
    pub async fn hash(&self, password: &str) -> Result<String, ServerError> {
        let salt = *system::random_bytes::<16>()?;
        let hash = self.work(password, salt.to_vec(), MEMORY_KIB, PASSES).await?;
        let (salt, hash) = (BASE64.encode(salt), BASE64.encode(*hash));
        Ok(format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p=1${salt}${hash}"))
    }

    /// Whether it is the password of a hash. Without a hash it takes as long, so that the time says nothing.
    ///
    /// # Errors
    /// Too many wait.
    pub async fn is_password(&self, password: &str, kept: Option<&str>) -> Result<bool, ServerError> {
        let Some((memory_kib, passes, salt, hash)) = kept.and_then(parts) else {
            self.work(password, vec![0; 16], MEMORY_KIB, PASSES).await?;
            return Ok(false);
        };
        let own = self.work(password, salt, memory_kib, passes).await?;
        Ok(own.as_slice().ct_eq(&hash).into())
    }

    async fn work(
        &self,
        password: &str,
        salt: Vec<u8>,
        memory_kib: u32,
        passes: u32,
    ) -> Result<Zeroizing<[u8; 32]>, ServerError> {
        if password.len() > 4 * LONGEST_PASSWORD {
            return Err(ServerError::refused("password", "the password is too long"));
        }
        let place = Place(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING {
            return Err(ServerError::TooMany { seconds: 5 });
        }
        let fault = |error: String| ServerError::Fault(format!("Argon2id: {error}"));
        let permit = self.permits.clone().acquire_owned().await.map_err(|error| fault(error.to_string()))?;
        drop(place);
        let password = Zeroizing::new(password.to_owned());
        let worked = tokio::task::spawn_blocking(move || {
            // The work goes on where whoever asked for it has gone: the permit stays with it.
            let _permit = permit;
            let parameters = Params::new(memory_kib, passes, 1, Some(32)).map_err(|error| error.to_string())?;
            let mut hash = Zeroizing::new([0; 32]);
            Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
                .hash_password_into(password.as_bytes(), &salt, &mut *hash)
                .map_err(|error| error.to_string())?;
            Ok(hash)
        });
        worked.await.map_err(|error| fault(error.to_string()))?.map_err(fault)
    }
}

/// What a kept hash says: memory, passes, salt, hash.
fn parts(kept: &str) -> Option<(u32, u32, Vec<u8>, Vec<u8>)> {
    let rest = kept.strip_prefix("$argon2id$v=19$m=")?;
    let (memory, rest) = rest.split_once(",t=")?;
    let (passes, rest) = rest.split_once(",p=1$")?;
    let (salt, hash) = rest.split_once('$')?;
    let (memory, passes) = (memory.parse().ok()?, passes.parse().ok()?);
    let in_range = memory <= MOST_MEMORY_KIB && (1..=16).contains(&passes);
    in_range.then_some((memory, passes, BASE64.decode(salt).ok()?, BASE64.decode(hash).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash() {
        let hasher = Hasher::default();
        let kept = hasher.hash("a long password").await.expect("hashed");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(hasher.is_password("a long password", Some(&kept)).await.expect("worked out"));
        assert!(!hasher.is_password("a long passwore", Some(&kept)).await.expect("worked out"));
        assert!(!hasher.is_password("a long password", None).await.expect("worked out"));
        assert_ne!(kept, hasher.hash("a long password").await.expect("hashed"), "salted");
    }

    #[tokio::test]
    async fn a_hash_of_the_reference_program_is_understood() {
        // phc-winner-argon2, test.c: version 0x13, t=2, m=16, p=1, password "password", salt "somesalt"; the Argon2id row.
        let kept = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert!(Hasher::default().is_password("password", Some(kept)).await.expect("worked out"));
    }

    #[tokio::test]
    async fn few_wait() {
        let hasher = Hasher::default();
        hasher.waiting.store(WAITING, Ordering::Relaxed);
        assert!(matches!(hasher.hash("x").await, Err(ServerError::TooMany { .. })));
        assert_eq!(hasher.waiting.load(Ordering::Relaxed), WAITING, "one who was sent away does not wait");
    }
}
