//! Exponents that must not become known: a type for them, and what may be done with it.
//!
//! A [`SecretGroup::Secret`] is wiped when it goes and cannot be copied, compared or printed. Everything that takes one
//! works in a time that does not depend on it, as far as a compiler lets that be promised: no branch and no address
//! follows from it. Nothing that works in variable time takes one; a proof's response becomes public by
//! [`SecretGroup::publish`], and by nothing else.

use rand_core::CryptoRng;
use subtle::Choice;
use zeroize::Zeroizing;

use crate::Group;

/// A group whose elements can be raised to secret exponents.
pub trait SecretGroup: Group {
    /// A secret exponent: a whole number from 0 to `q - 1`. Wiped when it goes.
    type Secret: Send + Sync;
    /// A public base with the tables that make its powers cheap.
    type SecretBase: Send + Sync;

    /// The number of bytes of the order `q`.
    fn order_bytes(&self) -> usize;

    /// A big-endian number of any length, modulo `q`.
    fn secret(&self, big_endian: &[u8]) -> Self::Secret;

    /// A uniform exponent, from 16 bytes more than the order has: its bias is below `2^-127`.
    fn draw<R: CryptoRng + ?Sized>(&self, random: &mut R) -> Self::Secret {
        let mut bytes = Zeroizing::new(vec![0; self.order_bytes() + 16]);
        random.fill_bytes(&mut bytes);
        self.secret(&bytes)
    }

    /// A public scalar among secret ones.
    fn hide(&self, scalar: &Self::Scalar) -> Self::Secret;

    /// Makes the value public: for responses of proofs, and for keys on their way into an encrypted file.
    fn publish(&self, secret: &Self::Secret) -> Self::Scalar;

    /// The same secret once more.
    fn secret_copy(&self, secret: &Self::Secret) -> Self::Secret {
        self.secret_sum(secret, &self.secret(&[0]))
    }

    /// `left + right` modulo `q`.
    fn secret_sum(&self, left: &Self::Secret, right: &Self::Secret) -> Self::Secret;

    /// `left - right` modulo `q`.
    fn secret_difference(&self, left: &Self::Secret, right: &Self::Secret) -> Self::Secret;

    /// `left * right` modulo `q`.
    fn secret_product(&self, left: &Self::Secret, right: &Self::Secret) -> Self::Secret;

    /// `one` where the choice is 1, else `zero`.
    fn secret_choice(&self, zero: &Self::Secret, one: &Self::Secret, choice: Choice) -> Self::Secret;

    /// Prepares a public base that is raised to many secret powers.
    fn secret_base(&self, base: &Self::Element) -> Self::SecretBase;

    /// For every item the product of the bases' powers; `exponents` has one for each base, item after item.
    fn secret_powers(&self, bases: &[&Self::SecretBase], exponents: &[Self::Secret]) -> Vec<Self::Element>;

    /// `base ^ exponent`.
    fn secret_power(&self, base: &Self::Element, exponent: &Self::Secret) -> Self::Element;

    /// `product of bases[i] ^ exponents[i]`; both slices have one length.
    fn secret_product_of_powers(&self, bases: &[Self::Element], exponents: &[Self::Secret]) -> Self::Element;

    /// The element that stands for a vector of small numbers, as [`Group::extract`] reads it; `None` where the group
    /// embeds none, or none of that length or size. A fixed number of candidates is looked at, whichever is taken.
    fn embed<R: CryptoRng + ?Sized>(&self, vector: &[u32], random: &mut R) -> Option<Self::Element>;

    /// Appends the decimal digits of a scalar.
    fn write_scalar(&self, scalar: &Self::Scalar, text: &mut String);
}
