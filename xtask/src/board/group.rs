//! Ed25519 as ballots write it: elements as 64 hexadecimal digits, scalars in decimal, challenges from SHA-256.

use curve25519_dalek::constants::ED25519_BASEPOINT_TABLE;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsBasepointTable, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::BasepointTable;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use sha2::{Digest as _, Sha256};

/// A multiple of the base point.
pub(crate) fn base(scalar: &Scalar) -> EdwardsPoint {
    ED25519_BASEPOINT_TABLE * scalar
}

/// The election's key, with a table that makes multiplying it as cheap as the base point.
pub(crate) struct Key {
    pub(crate) secret: Scalar,
    pub(crate) encoded: String,
    table: Box<EdwardsBasepointTable>,
}

impl Key {
    pub(crate) fn new(secret: Scalar) -> Self {
        let point = base(&secret);
        Self { secret, encoded: element(&point.compress()), table: Box::new(EdwardsBasepointTable::create(&point)) }
    }

    pub(crate) fn times(&self, scalar: &Scalar) -> EdwardsPoint {
        &*self.table * scalar
    }
}

/// The text of an element: the 32 bytes from the last to the first.
pub(crate) fn element(point: &CompressedEdwardsY) -> String {
    let mut bytes = point.to_bytes();
    bytes.reverse();
    hex(&bytes)
}

/// Texts of many elements; the one inversion that each needs is shared.
pub(crate) fn elements(points: &[EdwardsPoint]) -> Vec<String> {
    EdwardsPoint::compress_batch_alloc(points).iter().map(element).collect()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// SHA-256 of a text.
pub(crate) fn digest(text: &[u8]) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// The digest in base64 without padding, as fingerprints and trackers are written.
pub(crate) fn fingerprint(text: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes = digest(text);
    // Every six bits from the front are a character; the last has two bits of padding.
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    let digit = |at: usize| (0..6).fold(0, |digit, step| digit << 1 | bit(at * 6 + step));
    (0..43).map(|at| char::from(DIGITS[usize::from(digit(at))])).collect()
}

/// The digest of a text as a number, reduced: a challenge.
pub(crate) fn challenge(text: &str) -> Scalar {
    let mut bytes = digest(text.as_bytes());
    bytes.reverse();
    Scalar::from_bytes_mod_order(bytes)
}

/// A scalar in decimal.
pub(crate) fn decimal(scalar: &Scalar) -> String {
    /// The largest power of ten in 64 bits.
    const PART: u128 = 10_000_000_000_000_000_000;
    let bytes = scalar.to_bytes();
    let mut limbs = [0_u64; 4];
    for (limb, bytes) in limbs.iter_mut().rev().zip(bytes.chunks(8)) {
        *limb = bytes.iter().rev().fold(0, |limb, byte| limb << 8 | u64::from(*byte));
    }
    let mut parts = Vec::new();
    while limbs.iter().any(|limb| *limb != 0) {
        let mut rest = 0_u128;
        for limb in &mut limbs {
            let value = rest << 64 | u128::from(*limb);
            *limb = u64::try_from(value / PART).unwrap_or(u64::MAX);
            rest = value % PART;
        }
        parts.push(rest);
    }
    let mut text = parts.pop().unwrap_or(0).to_string();
    for part in parts.iter().rev() {
        text.push_str(&format!("{part:019}"));
    }
    text
}

/// A proof of one branch, as JSON.
pub(crate) fn proof(challenge: &Scalar, response: &Scalar) -> String {
    format!(r#"{{"challenge":"{}","response":"{}"}}"#, decimal(challenge), decimal(response))
}

/// Secrets that follow from a seed, a name and a number: the same on any number of threads.
pub(crate) struct Secrets(ChaCha8Rng);

impl Secrets {
    pub(crate) fn new(seed: u64, name: &str, number: u64) -> Self {
        Self(ChaCha8Rng::from_seed(digest(format!("{seed}|{name}|{number}").as_bytes())))
    }

    pub(crate) fn scalar(&mut self) -> Scalar {
        let mut bytes = [0; 64];
        self.0.fill_bytes(&mut bytes);
        Scalar::from_bytes_mod_order_wide(&bytes)
    }

    /// A number below another; the bias of less than 1 in 2^32 does not matter here.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0.next_u64() % end.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_written_in_decimal() {
        assert_eq!(decimal(&Scalar::ZERO), "0");
        assert_eq!(decimal(&Scalar::from(u64::MAX)), "18446744073709551615");
        // The order of the group less one.
        let last = "7237005577332262213973186563042994240857116359379907606001950938285454250988";
        assert_eq!(decimal(&-Scalar::ONE), last);
        // 10^19 leaves a part that is nothing but zeros.
        assert_eq!(decimal(&Scalar::from(10_000_000_000_000_000_000_u64)), "10000000000000000000");
    }

    #[test]
    fn digests_are_written_in_base64_without_padding() {
        // SHA-256 of the empty text, e3b0c442…b855.
        assert_eq!(fingerprint(b""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
    }

    #[test]
    fn the_base_point_has_its_known_coordinates() {
        // y = 4/5 and an even x: the encoding of RFC 8032 from its last byte to its first.
        assert_eq!(
            element(&base(&Scalar::ONE).compress()),
            "6666666666666666666666666666666666666666666666666666666666666658"
        );
        assert_eq!(element(&base(&Scalar::ZERO).compress()), format!("{:064}", 1));
    }
}
