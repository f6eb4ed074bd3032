//! Randomness: a ChaCha stream that is seeded by the operating system, once for each command.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use zeroize::Zeroizing;

use super::HoldFailure;

/// A stream from 256 bits of the operating system's randomness.
pub(crate) fn stream() -> Result<ChaCha20Rng, HoldFailure> {
    let mut seed = Zeroizing::new([0; 32]);
    fill(&mut *seed)?;
    Ok(ChaCha20Rng::from_seed(*seed))
}

/// Fills bytes by the operating system.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), HoldFailure> {
    getrandom::fill(bytes)
        .map_err(|error| HoldFailure::Order(format!("the operating system gives no randomness: {error}")))
}

/// A seed of a signing key.
pub(crate) fn seed() -> Result<Zeroizing<[u8; 32]>, HoldFailure> {
    let mut seed = Zeroizing::new([0; 32]);
    fill(&mut *seed)?;
    Ok(seed)
}
