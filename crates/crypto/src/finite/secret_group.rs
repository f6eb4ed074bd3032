//! Finite-field groups as groups with secret exponents.

use rand_core::CryptoRng;
use subtle::Choice;

use super::natural;
use super::secret::{self, FieldSecret, FieldSecretBase};
use super::{FieldElement, FieldScalar, FiniteField};
use crate::{Group, SecretGroup};

/// Candidates that are looked at for an embedded vector. Where every other number is an element, all of them fail for
/// one vector in `2^64`.
const CANDIDATES: u64 = 64;

impl SecretGroup for FiniteField {
    type Secret = FieldSecret;
    type SecretBase = FieldSecretBase;

    fn order_bytes(&self) -> usize {
        natural::bits(&self.inner.order).div_ceil(8)
    }

    fn secret(&self, big_endian: &[u8]) -> FieldSecret {
        self.inner.exponents.reduce(&natural::from_big_endian(big_endian))
    }

    fn hide(&self, scalar: &FieldScalar) -> FieldSecret {
        self.inner.exponents.reduce(scalar.words())
    }

    fn publish(&self, secret: &FieldSecret) -> FieldScalar {
        secret.publish()
    }

    fn secret_sum(&self, left: &FieldSecret, right: &FieldSecret) -> FieldSecret {
        self.inner.exponents.add(left, right)
    }

    fn secret_difference(&self, left: &FieldSecret, right: &FieldSecret) -> FieldSecret {
        self.inner.exponents.subtract(left, right)
    }

    fn secret_product(&self, left: &FieldSecret, right: &FieldSecret) -> FieldSecret {
        self.inner.exponents.multiply(left, right)
    }

    fn secret_choice(&self, zero: &FieldSecret, one: &FieldSecret, choice: Choice) -> FieldSecret {
        secret::choose(zero, one, u64::from(choice.unwrap_u8()).wrapping_neg())
    }

    fn secret_base(&self, base: &FieldElement) -> FieldSecretBase {
        self.inner.engine.secret_table(base)
    }

    fn secret_powers(&self, bases: &[&FieldSecretBase], exponents: &[FieldSecret]) -> Vec<FieldElement> {
        exponents.chunks(bases.len().max(1)).map(|own| self.inner.engine.secret_powers(bases, own)).collect()
    }

    fn secret_power(&self, base: &FieldElement, exponent: &FieldSecret) -> FieldElement {
        self.inner.engine.secret_power(base, exponent)
    }

    fn secret_product_of_powers(&self, bases: &[FieldElement], exponents: &[FieldSecret]) -> FieldElement {
        self.inner.engine.secret_product_of_powers(bases, exponents)
    }

    /// Whether a candidate is an element is decided for its product with a random element: the time of that test
    /// depends on a value that nobody knows.
    fn embed<R: CryptoRng + ?Sized>(&self, vector: &[u32], random: &mut R) -> Option<FieldElement> {
        let embedding = self.inner.embedding?;
        let padding = self.inner.padding;
        if vector.len() > embedding.longest || vector.iter().any(|&number| number >> embedding.bits_each != 0) {
            return None;
        }
        let engine = &self.inner.engine;
        let start = number(vector, padding as usize, embedding.bits_each as usize);
        let blind = engine.secret_power(&self.generator(), &self.draw(random));
        let candidates: Vec<FieldElement> = (0..CANDIDATES.min(1 << padding.min(63)))
            .map(|offset| engine.element(&natural::plus(&start, &[offset])))
            .collect();
        let blinded: Vec<Vec<u64>> =
            candidates.iter().map(|candidate| engine.number(&engine.multiply(candidate, &blind))).collect();
        let mut seed = [0; 32];
        random.fill_bytes(&mut seed);
        let inside = engine.admit(&blinded, &seed);
        let found = candidates.into_iter().zip(inside).filter_map(|(candidate, inside)| inside.map(|_| candidate));
        found.collect::<Vec<_>>().into_iter().next()
    }

    fn write_scalar(&self, scalar: &FieldScalar, text: &mut String) {
        natural::write(scalar.words(), text);
    }
}

/// `(..(v_1 2^b + v_2) 2^b + ..) 2^padding`
fn number(vector: &[u32], padding: usize, bits: usize) -> Vec<u64> {
    let mut words = vec![0; (padding + bits * vector.len()).div_ceil(64) + 1];
    for (place, number) in vector.iter().rev().enumerate() {
        let lowest = padding + bits * place;
        let shifted = u128::from(*number) << (lowest % 64);
        words[lowest / 64] |= shifted as u64;
        words[lowest / 64 + 1] |= (shifted >> 64) as u64;
    }
    words
}
