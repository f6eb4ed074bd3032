//! The clock and the randomness of the operating system.

use std::time::{SystemTime, UNIX_EPOCH};

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use zeroize::Zeroizing;

use crate::ServerError;

/// Seconds since 1970.
pub fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Minutes since 1970.
pub fn minute() -> u64 {
    seconds() / 60
}

/// Random bytes.
///
/// # Errors
/// The operating system gives none.
pub fn random_bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, ServerError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).map_err(|error| ServerError::System(format!("no randomness: {error}")))?;
    Ok(bytes)
}

/// A generator with a fresh seed.
///
/// # Errors
/// The operating system gives no randomness.
pub fn random_stream() -> Result<ChaCha20Rng, ServerError> {
    Ok(ChaCha20Rng::from_seed(*random_bytes::<32>()?))
}

/// A token of 256 bits that nobody can guess, in 43 characters that can stand in an address.
///
/// # Errors
/// The operating system gives no randomness.
pub fn token() -> Result<Zeroizing<String>, ServerError> {
    use base64::Engine as _;
    let bytes = random_bytes::<32>()?;
    Ok(Zeroizing::new(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(*bytes)))
}
