//! Secret exponents of edwards25519: scalars of curve25519-dalek, whose operations take constant time, and powers of
//! shared bases many at a time.

use adil_lanes::{SecretBase, SecretScalar, secret_powers};
use curve25519_dalek::Scalar;
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::traits::MultiscalarMul;
use rand_core::CryptoRng;
use subtle::{Choice, ConditionallySelectable};
use zeroize::Zeroize;

use super::{EMBEDDING_PADDING_BITS, Ed25519, Ed25519Element, LONGEST_VECTOR, arithmetic};
use crate::finite::write_decimal;
use crate::{Group, SecretGroup};

/// A secret exponent below `q`. Wiped when it goes.
pub struct Ed25519Secret(Scalar);

impl Drop for Ed25519Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Candidates that are looked at together for an embedded vector. One in 16 is an element, so that all of them fail for
/// one vector in 4,000, and then as many more are looked at.
const CANDIDATES: usize = 128;
/// Terms of a product that are multiplied together; their tables take 1.3 kB each.
const TERMS: usize = 1024;

impl SecretGroup for Ed25519 {
    type Secret = Ed25519Secret;
    type SecretBase = SecretBase;

    fn order_bytes(&self) -> usize {
        32
    }

    fn secret(&self, big_endian: &[u8]) -> Ed25519Secret {
        Ed25519Secret(self.reduce(big_endian))
    }

    fn hide(&self, scalar: &Scalar) -> Ed25519Secret {
        Ed25519Secret(*scalar)
    }

    fn publish(&self, secret: &Ed25519Secret) -> Scalar {
        secret.0
    }

    fn secret_sum(&self, left: &Ed25519Secret, right: &Ed25519Secret) -> Ed25519Secret {
        Ed25519Secret(left.0 + right.0)
    }

    fn secret_difference(&self, left: &Ed25519Secret, right: &Ed25519Secret) -> Ed25519Secret {
        Ed25519Secret(left.0 - right.0)
    }

    fn secret_product(&self, left: &Ed25519Secret, right: &Ed25519Secret) -> Ed25519Secret {
        Ed25519Secret(left.0 * right.0)
    }

    fn secret_choice(&self, zero: &Ed25519Secret, one: &Ed25519Secret, choice: Choice) -> Ed25519Secret {
        Ed25519Secret(Scalar::conditional_select(&zero.0, &one.0, choice))
    }

    fn secret_base(&self, base: &Ed25519Element) -> SecretBase {
        SecretBase::new(&base.0)
    }

    fn secret_powers(&self, bases: &[&SecretBase], exponents: &[Ed25519Secret]) -> Vec<Ed25519Element> {
        let exponents: Vec<SecretScalar> =
            exponents.iter().map(|exponent| SecretScalar::from_reduced(exponent.0.as_bytes())).collect();
        secret_powers(self.engine(), bases, &exponents).into_iter().map(Ed25519Element).collect()
    }

    fn secret_power(&self, base: &Ed25519Element, exponent: &Ed25519Secret) -> Ed25519Element {
        Ed25519Element(arithmetic::own(&(arithmetic::dalek(&base.0) * exponent.0)))
    }

    fn secret_product_of_powers(&self, bases: &[Ed25519Element], exponents: &[Ed25519Secret]) -> Ed25519Element {
        let product = |(bases, exponents): (&[Ed25519Element], &[Ed25519Secret])| {
            let points = bases.iter().map(|base| arithmetic::dalek(&base.0));
            EdwardsPoint::multiscalar_mul(exponents.iter().map(|exponent| &exponent.0), points)
        };
        let sum: EdwardsPoint = bases.chunks(TERMS).zip(exponents.chunks(TERMS)).map(product).sum();
        Ed25519Element(arithmetic::own(&sum))
    }

    fn embed<R: CryptoRng + ?Sized>(&self, vector: &[u32], _: &mut R) -> Option<Ed25519Element> {
        if vector.len() > LONGEST_VECTOR || vector.iter().any(|&number| number > 0xff) {
            return None;
        }
        let mut start = number(vector);
        loop {
            let candidates: Vec<[u8; 32]> = (0..CANDIDATES).map(|offset| plus(&start, offset)).collect();
            // All are decoded and tested before one is taken.
            let points = adil_lanes::decompress(self.engine(), &candidates);
            let inside: Vec<_> = points.into_iter().map(|point| point.filter(adil_lanes::is_prime_order)).collect();
            match inside.iter().flatten().next() {
                Some(point) => return Some(Ed25519Element(*point)),
                None => start = plus(&start, CANDIDATES),
            }
        }
    }

    fn write_scalar(&self, scalar: &Scalar, text: &mut String) {
        let words: Vec<u64> =
            scalar.as_bytes().as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word)).collect();
        write_decimal(&words, text);
    }
}

/// `(..(v_1 256 + v_2) 256 + ..) 2^14`, least significant byte first.
fn number(vector: &[u32]) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (place, number) in vector.iter().rev().enumerate() {
        let lowest = EMBEDDING_PADDING_BITS + 8 * place;
        let shifted = (number & 0xff) << (lowest % 8);
        let at = lowest / 8;
        bytes[at] |= (shifted & 0xff) as u8;
        if let Some(next) = bytes.get_mut(at + 1) {
            *next |= (shifted >> 8) as u8;
        }
    }
    bytes
}

fn plus(number: &[u8; 32], offset: usize) -> [u8; 32] {
    let mut sum = *number;
    let mut carry = offset;
    for byte in &mut sum {
        let part = usize::from(*byte) + (carry & 0xff);
        *byte = (part & 0xff) as u8;
        carry = (carry >> 8) + (part >> 8);
    }
    sum
}
