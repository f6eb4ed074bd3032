//! Secret exponents of finite-field groups, and powers with them in constant time.
//!
//! An exponent has as many words as the order `q`, whatever its value. Modulo `q` it is added and multiplied in
//! Montgomery's way; a power takes four digits at a time from the top, and reads all 16 entries of a table for each:
//!
//! ```text
//! base ^ e = prod over windows j of (base ^ (16^j)) ^ e_j,   0 <= e_j <= 15
//! ```

use std::fmt::Debug;

use zeroize::Zeroize;

use super::montgomery::{Modulus, Residue, padded};
use super::natural;
use super::{FieldElement, FieldScalar};

/// A secret exponent below `q`. Wiped when it goes.
pub struct FieldSecret {
    words: Box<[u64]>,
}

impl Drop for FieldSecret {
    fn drop(&mut self) {
        self.words.zeroize();
    }
}

impl FieldSecret {
    /// The value, which becomes public.
    pub(super) fn publish(&self) -> FieldScalar {
        FieldScalar::new(&self.words)
    }
}

/// Digits of a window.
const WINDOW: usize = 4;
/// Entries of a table: one for each value of a window.
const ENTRIES: usize = 1 << WINDOW;

/// The tables of a public base: for each window the 16 powers.
pub struct FieldSecretBase {
    /// Entries one after another, each with the words of the group's width.
    words: Vec<u64>,
}

/// Arithmetic with exponents, for whichever width the order has.
pub(super) trait Exponents: Debug + Send + Sync {
    fn reduce(&self, number: &[u64]) -> FieldSecret;
    fn add(&self, left: &FieldSecret, right: &FieldSecret) -> FieldSecret;
    fn subtract(&self, left: &FieldSecret, right: &FieldSecret) -> FieldSecret;
    fn multiply(&self, left: &FieldSecret, right: &FieldSecret) -> FieldSecret;
}

/// The arithmetic modulo an order; `None` for an even one and one of more than 4096 bits.
pub(super) fn exponents(order: &[u64]) -> Option<Box<dyn Exponents>> {
    match natural::trimmed(order).len() {
        0..=4 => sized::<4>(order),
        5..=8 => sized::<8>(order),
        9..=16 => sized::<16>(order),
        17..=32 => sized::<32>(order),
        _ => sized::<64>(order),
    }
}

fn sized<const L: usize>(order: &[u64]) -> Option<Box<dyn Exponents>> {
    Some(Box::new(Sized { modulus: Modulus::<L>::new(order)?, words: natural::trimmed(order).len() }))
}

#[derive(Debug)]
struct Sized<const L: usize> {
    modulus: Modulus<L>,
    /// Words of the order.
    words: usize,
}

impl<const L: usize> Sized<L> {
    /// The exponent of a number below `q`.
    fn secret(&self, mut number: [u64; L]) -> FieldSecret {
        let secret = FieldSecret { words: number[..self.words].into() };
        number.zeroize();
        secret
    }

    /// `left * right` in the plain form, below `q`: two products, the second of which takes the factor `1 / R` away.
    fn product(&self, left: &[u64; L], right: &[u64; L]) -> [u64; L] {
        let product = self.modulus.mul(&self.modulus.mul(left, right), self.modulus.square_of_r());
        self.modulus.below(&product, 0)
    }

    fn sum(&self, left: &[u64; L], right: &[u64; L]) -> [u64; L] {
        let mut sum = [0; L];
        let mut carry = false;
        for ((word, left), right) in sum.iter_mut().zip(left).zip(right) {
            (*word, carry) = left.carrying_add(*right, carry);
        }
        self.modulus.below(&sum, u64::from(carry))
    }
}

impl<const L: usize> Exponents for Sized<L> {
    /// Horner's rule over pieces of `L` words: `R` times what came before, and the next piece.
    fn reduce(&self, number: &[u64]) -> FieldSecret {
        let mut value = [0; L];
        for piece in number.chunks(L).rev() {
            let square = self.modulus.square_of_r();
            // x R: Montgomery's product of x and R^2. The piece itself: of its product with R^2, and then with 1.
            let shifted = self.modulus.below(&self.modulus.mul(&value, square), 0);
            let mut one = [0; L];
            one[0] = 1;
            let piece = self.modulus.mul(&self.modulus.mul(&padded(piece), square), &one);
            value = self.sum(&shifted, &self.modulus.below(&piece, 0));
        }
        self.secret(value)
    }

    fn add(&self, left: &FieldSecret, right: &FieldSecret) -> FieldSecret {
        self.secret(self.sum(&padded(&left.words), &padded(&right.words)))
    }

    /// `left + (q - right)`, which is below `2 q`.
    fn subtract(&self, left: &FieldSecret, right: &FieldSecret) -> FieldSecret {
        let mut opposite = [0; L];
        let mut borrow = false;
        for ((word, order), part) in opposite.iter_mut().zip(self.modulus.value()).zip(padded::<L>(&right.words)) {
            (*word, borrow) = order.borrowing_sub(part, borrow);
        }
        self.secret(self.sum(&padded(&left.words), &opposite))
    }

    fn multiply(&self, left: &FieldSecret, right: &FieldSecret) -> FieldSecret {
        self.secret(self.product(&padded(&left.words), &padded(&right.words)))
    }
}

/// Which of two exponents, under a mask of all ones or zeros.
pub(super) fn choose(zero: &FieldSecret, one: &FieldSecret, mask: u64) -> FieldSecret {
    let mask = std::hint::black_box(mask);
    let words = zero.words.iter().zip(&one.words).map(|(zero, one)| zero ^ ((zero ^ one) & mask));
    FieldSecret { words: words.collect() }
}

/// The tables of a base for exponents of so many bits.
pub(super) fn table<const L: usize>(modulus: &Modulus<L>, base: &FieldElement, bits: usize) -> FieldSecretBase {
    let mut words = Vec::with_capacity(bits.div_ceil(WINDOW) * ENTRIES * L);
    let mut unit = base.residue::<L>();
    for _ in 0..bits.div_ceil(WINDOW) {
        let mut entry = *modulus.one();
        for _ in 0..ENTRIES {
            words.extend(entry);
            entry = modulus.mul(&entry, &unit);
        }
        unit = entry;
    }
    FieldSecretBase { words }
}

/// The product of powers of bases that have tables.
pub(super) fn powers<const L: usize>(
    modulus: &Modulus<L>,
    bases: &[&FieldSecretBase],
    exponents: &[FieldSecret],
) -> Residue<L> {
    let mut product = *modulus.one();
    for (base, exponent) in bases.iter().zip(exponents) {
        for (window, entries) in base.words.chunks_exact(ENTRIES * L).enumerate() {
            product = modulus.mul(&product, &pick(entries, digit(&exponent.words, window)));
        }
    }
    product
}

/// A power of any base.
pub(super) fn power<const L: usize>(modulus: &Modulus<L>, base: &FieldElement, exponent: &FieldSecret) -> Residue<L> {
    let entries = table(modulus, base, WINDOW).words;
    let mut power = *modulus.one();
    for window in (0..exponent.words.len() * 64 / WINDOW).rev() {
        for _ in 0..WINDOW {
            power = modulus.square(&power);
        }
        power = modulus.mul(&power, &pick(&entries, digit(&exponent.words, window)));
    }
    power
}

/// The product of powers of any bases: squarings are shared.
pub(super) fn product_of_powers<const L: usize>(
    modulus: &Modulus<L>,
    bases: &[FieldElement],
    exponents: &[FieldSecret],
) -> Residue<L> {
    let tables: Vec<FieldSecretBase> = bases.iter().map(|base| table(modulus, base, WINDOW)).collect();
    let windows = exponents.first().map_or(0, |exponent| exponent.words.len() * 64 / WINDOW);
    let mut product = *modulus.one();
    for window in (0..windows).rev() {
        for _ in 0..WINDOW {
            product = modulus.square(&product);
        }
        for (table, exponent) in tables.iter().zip(exponents) {
            product = modulus.mul(&product, &pick(&table.words, digit(&exponent.words, window)));
        }
    }
    product
}

fn digit(words: &[u64], window: usize) -> u64 {
    words.get(window * WINDOW / 64).map_or(0, |word| word >> (window * WINDOW % 64) & (ENTRIES as u64 - 1))
}

/// The entry of an index; all are read.
fn pick<const L: usize>(entries: &[u64], index: u64) -> Residue<L> {
    let mut picked = [0; L];
    for (number, entry) in (0_u64..).zip(entries.chunks_exact(L)) {
        let mask = std::hint::black_box((number ^ index).wrapping_sub(1) >> 63).wrapping_neg();
        for (word, of) in picked.iter_mut().zip(entry) {
            *word |= of & mask;
        }
    }
    picked
}
