//! A member of a group of trustees: the seed, and the two keys that follow from it.
//!
//! ```text
//! sk = H("sk|" seed),  dk = H("dk|" seed)
//! ```
//!
//! with `g^sk` the key that the member's signatures are verified with, and `g^dk` the one that messages to the member
//! are encrypted to. The seed has 22 characters of base 58: 128 bits.

use adil_crypto::SecretGroup;
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::fault::KeyFault;

/// Characters of a seed.
const SEED_LENGTH: usize = 22;

/// A member's private side: a seed and its keys. Wiped when it goes.
pub struct Member<G: SecretGroup> {
    seed: Zeroizing<String>,
    /// `sk`.
    pub(super) signing: G::Secret,
    /// `dk`.
    pub(super) opening: G::Secret,
    /// `g^sk`.
    pub(super) verification: G::Element,
    /// `g^dk`.
    pub(super) encryption: G::Element,
}

impl<G: SecretGroup> Member<G> {
    /// A member with a new seed.
    pub fn draw<R: CryptoRng + ?Sized>(group: &G, random: &mut R) -> Self {
        let mut seed = Zeroizing::new(String::with_capacity(SEED_LENGTH));
        for _ in 0..SEED_LENGTH {
            let mut bytes = Zeroizing::new([0; 8]);
            random.fill_bytes(&mut *bytes);
            seed.push(char::from(base58(u64::from_le_bytes(*bytes))));
        }
        Self::of(group, seed)
    }

    /// The member of a seed: 22 characters of base 58, and line ends after them.
    ///
    /// # Errors
    /// The text is no seed.
    pub fn read(group: &G, seed: &str) -> Result<Self, KeyFault> {
        let seed = seed.trim_end_matches(['\n', '\r']);
        if seed.len() != SEED_LENGTH || !seed.bytes().fold(true, |all, byte| all & is_base58(byte)) {
            return Err(KeyFault::Form("a seed of 22 characters of base 58"));
        }
        let mut own = Zeroizing::new(String::with_capacity(SEED_LENGTH));
        own.push_str(seed);
        Ok(Self::of(group, own))
    }

    fn of(group: &G, seed: Zeroizing<String>) -> Self {
        let key = |prefix: &str| {
            let digest: Zeroizing<[u8; 32]> =
                Zeroizing::new(Sha256::new().chain_update(prefix).chain_update(seed.as_bytes()).finalize().into());
            group.secret(&*digest)
        };
        let (signing, opening) = (key("sk|"), key("dk|"));
        let g = group.generator();
        let (verification, encryption) = (group.secret_power(&g, &signing), group.secret_power(&g, &opening));
        Self { seed, signing, opening, verification, encryption }
    }

    /// The seed: the member's file to keep, secret.
    pub fn seed(&self) -> &str {
        &self.seed
    }

    /// The key that the member's signatures are verified with: the fingerprint to compare with others.
    pub fn verification_key(&self) -> &G::Element {
        &self.verification
    }
}

/// A character of base 58 for a uniform number; the favour that some characters get is below `2^-58`. No table is
/// looked into, since the place would be secret.
fn base58(number: u64) -> u8 {
    let [high, ..] = ((u128::from(number) * 58) >> 64).to_le_bytes();
    let from = |first: u8, skip: u8| u8::from(high >= first) * skip;
    // 1-9, A-H J-N P-Z, a-k m-z
    (b'1' + high) + from(9, 7) + from(17, 1) + from(22, 1) + from(33, 6) + from(44, 1)
}

fn is_base58(byte: u8) -> bool {
    let within = |first: u8, last: u8| (byte >= first) & (byte <= last);
    within(b'1', b'9')
        | within(b'A', b'H')
        | within(b'J', b'N')
        | within(b'P', b'Z')
        | within(b'a', b'k')
        | within(b'm', b'z')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_is_that_of_base_58() {
        // ceil(k 2^64 / 58) is the first number with character k.
        let first = |k: u128| u64::try_from((k << 64).div_ceil(58)).expect("below 2^64");
        let alphabet: Vec<u8> = (0..58).map(|k| base58(first(k))).collect();
        assert_eq!(alphabet, b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
        assert_eq!(base58(u64::MAX), b'z');
        let all: Vec<u8> = (0..=255).filter(|byte| is_base58(*byte)).collect();
        assert_eq!(all, alphabet);
    }
}
