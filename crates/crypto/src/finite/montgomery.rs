//! Products modulo an odd number of a fixed number of 64-bit words.
//!
//! A residue `x` modulo `p` is kept as `x R mod p` with `R = 2^(64 L)`; the product of two is
//!
//! ```text
//! a b / R mod p = (a b + m p) / R,   m = -a b / p mod R
//! ```
//!
//! (Montgomery, "Modular multiplication without trial division", 1985), here with four words of `m` at a time: the
//! inner loop multiplies one word of one factor by four of the other, so that the processor has four products in flight
//! and two chains of carries.
//!
//! Between operations a residue may be any number below `R`; [`Modulus::settle`] makes it the one below `p`. Products
//! take constant time ([`Modulus::mul`], [`Modulus::square`], [`Modulus::below`]); the time of all else depends on the
//! values.

use super::natural;

/// An odd modulus of at most `64 L` bits; `L` is a multiple of 4.
#[derive(Debug, Clone)]
pub(super) struct Modulus<const L: usize> {
    value: [u64; L],
    /// `-1 / p` modulo `2^256`
    inverse: [u64; 4],
    /// `R mod p`: the residue 1.
    one: [u64; L],
    /// `R^2 mod p`
    square: [u64; L],
}

/// A residue, as `x R` modulo `p`.
pub(super) type Residue<const L: usize> = [u64; L];

impl<const L: usize> Modulus<L> {
    /// `None` for an even modulus, and for one that has too many words.
    pub(super) fn new(value: &[u64]) -> Option<Self> {
        let words = natural::trimmed(value);
        if words.len() > L || !L.is_multiple_of(4) || words.first()?.is_multiple_of(2) {
            return None;
        }
        let mut power = vec![0; L];
        power.push(1);
        let one = natural::divide(&power, words).1;
        let square = natural::divide(&natural::times(&one, &one), words).1;
        let value: [u64; L] = padded(words);
        Some(Self {
            inverse: negated_inverse(*value.first_chunk()?),
            one: padded(&one),
            square: padded(&square),
            value,
        })
    }

    /// The residue 1.
    pub(super) fn one(&self) -> &Residue<L> {
        &self.one
    }

    /// The modulus.
    pub(super) fn value(&self) -> &[u64; L] {
        &self.value
    }

    /// The residue of a number below `R`.
    pub(super) fn enter(&self, number: &[u64]) -> Residue<L> {
        self.mul(&padded(number), &self.square)
    }

    /// The number from 0 to `p - 1` that a residue stands for.
    pub(super) fn leave(&self, residue: &Residue<L>) -> [u64; L] {
        let mut wide = [[0; L]; 2];
        wide[0] = *residue;
        let mut number = self.reduce(&mut wide);
        self.less_one(&mut number);
        number
    }

    /// The one form of a residue that is below `p`: residues are equal if and only if these are.
    pub(super) fn settle(&self, residue: &mut Residue<L>) {
        // A product with 1 is below 2 p, and so is every number of 64 L bits where p has as many.
        if self.value[L - 1] >> 63 == 0 {
            *residue = self.mul(residue, &self.one);
        }
        self.less_one(residue);
    }

    /// Whether a residue is 1.
    pub(super) fn is_one(&self, residue: &Residue<L>) -> bool {
        let mut settled = *residue;
        self.settle(&mut settled);
        settled == self.one
    }

    fn less_one(&self, number: &mut [u64; L]) {
        *number = self.below(number, 0);
    }

    /// `left * right`
    #[inline(never)]
    pub(super) fn mul(&self, left: &Residue<L>, right: &Residue<L>) -> Residue<L> {
        let mut wide = [[0; L]; 2];
        let words = wide.as_flattened_mut();
        for (block, factors) in left.as_chunks::<4>().0.iter().enumerate() {
            let carry = add_rows(&mut words[4 * block..][..L], factors, right, [0; 4]);
            words[4 * block + L..][..4].copy_from_slice(&carry);
        }
        self.reduce(&mut wide)
    }

    /// `residue ^ 2`
    #[inline(never)]
    pub(super) fn square(&self, residue: &Residue<L>) -> Residue<L> {
        let mut wide = [[0; L]; 2];
        square(residue, wide.as_flattened_mut());
        self.reduce(&mut wide)
    }

    /// `wide / R`, below `R`.
    #[inline(always)]
    fn reduce(&self, wide: &mut [[u64; L]; 2]) -> Residue<L> {
        let words = wide.as_flattened_mut();
        let mut carry = false;
        for block in 0..L / 4 {
            let low = &mut words[4 * block..][..L + 4];
            let (low, high) = low.split_at_mut(L);
            let Some(lowest) = low.first_chunk::<4>() else { continue };
            let multiple = low_product(lowest, &self.inverse);
            let rest = add_rows(low, &multiple, &self.value, [0; 4]);
            for (word, part) in high.iter_mut().zip(rest) {
                (*word, carry) = word.carrying_add(part, carry);
            }
        }
        // Without a branch, as factors may be secret.
        self.less(wide[1], u64::from(carry))
    }

    /// A number less the modulus where `wanted` is 1; the number itself where it is 0.
    #[inline(always)]
    fn less(&self, mut number: [u64; L], wanted: u64) -> [u64; L] {
        let mask = std::hint::black_box(wanted).wrapping_neg();
        let mut borrow = false;
        for (word, part) in number.iter_mut().zip(&self.value) {
            (*word, borrow) = word.borrowing_sub(part & mask, borrow);
        }
        number
    }

    /// The number below `p` of one below `2 p`; `over` is 1 where its topmost bit did not fit. In constant time.
    pub(super) fn below(&self, number: &[u64; L], over: u64) -> [u64; L] {
        let mut borrow = false;
        for (word, part) in number.iter().zip(&self.value) {
            (_, borrow) = word.borrowing_sub(*part, borrow);
        }
        self.less(*number, over | (1 - u64::from(borrow)))
    }

    /// `R^2 mod p`, which takes a number into its residue.
    pub(super) fn square_of_r(&self) -> &[u64; L] {
        &self.square
    }

    /// `base ^ exponent`, by squarings from the top with windows of four digits.
    pub(super) fn power(&self, base: &Residue<L>, exponent: &[u64]) -> Residue<L> {
        const WINDOW: usize = 4;
        let mut odd = vec![*base];
        let twice = self.square(base);
        for index in 1..1 << (WINDOW - 1) {
            odd.push(self.mul(&odd[index - 1], &twice));
        }
        let mut result: Option<Residue<L>> = None;
        let mut left = natural::bits(exponent);
        while left > 0 {
            if !natural::bit(exponent, left - 1) {
                result = result.map(|value| self.square(&value));
                left -= 1;
                continue;
            }
            let mut length = WINDOW.min(left);
            while !natural::bit(exponent, left - length) {
                length -= 1;
            }
            let factor = &odd[natural::digit(exponent, left - length, length) / 2];
            result = Some(match result {
                None => *factor,
                Some(value) => self.mul(&(0..length).fold(value, |value, _| self.square(&value)), factor),
            });
            left -= length;
        }
        result.unwrap_or(self.one)
    }
}

/// A number with zeros up to `L` words.
pub(super) fn padded<const L: usize>(number: &[u64]) -> [u64; L] {
    let mut words = [0; L];
    for (word, part) in words.iter_mut().zip(number) {
        *word = *part;
    }
    words
}

/// Adds `factors * other` to `words`, which has the length of `other`, and to it `carry` at the same place; what does
/// not fit is returned. Sums of as many parts fit: `(2^256 - 1) b + t + carry < 2^320`.
#[inline(always)]
fn add_rows(words: &mut [u64], factors: &[u64; 4], other: &[u64], carry: [u64; 4]) -> [u64; 4] {
    let [mut c0, mut c1, mut c2, mut c3] = carry;
    for (word, other) in words.iter_mut().zip(other) {
        let (low0, high0) = factors[0].carrying_mul(*other, 0);
        let (low1, high1) = factors[1].carrying_mul(*other, 0);
        let (low2, high2) = factors[2].carrying_mul(*other, 0);
        let (low3, high3) = factors[3].carrying_mul(*other, 0);
        let (s0, k) = c0.carrying_add(low0, false);
        let (s1, k) = c1.carrying_add(low1, k);
        let (s2, k) = c2.carrying_add(low2, k);
        let (s3, k) = c3.carrying_add(low3, k);
        let s4 = u64::from(k);
        let k;
        (*word, k) = s0.carrying_add(*word, false);
        let (s1, k) = s1.carrying_add(high0, k);
        let (s2, k) = s2.carrying_add(high1, k);
        let (s3, k) = s3.carrying_add(high2, k);
        (c0, c1, c2, c3) = (s1, s2, s3, s4.wrapping_add(high3).wrapping_add(u64::from(k)));
    }
    [c0, c1, c2, c3]
}

/// `number^2` into `wide`, which is zero and twice as long: products of two different words first, each once; then
/// doubled, with the squares of the words added.
#[inline(always)]
fn square(number: &[u64], wide: &mut [u64]) {
    let length = number.len();
    for (block, x) in number.as_chunks::<4>().0.iter().enumerate() {
        let at = 4 * block;
        // Within the block: 6 products, of which three reach into the rows beyond it.
        let y = &mut wide[2 * at..][..4];
        let carry;
        (y[1], carry) = x[0].carrying_mul_add(x[1], y[1], 0);
        let carry = {
            let next;
            (y[2], next) = x[0].carrying_mul_add(x[2], y[2], carry);
            next
        };
        let (third, carry0) = x[0].carrying_mul_add(x[3], y[3], carry);
        let (third, carry1) = x[1].carrying_mul_add(x[2], third, 0);
        y[3] = third;
        let (c0, carry1) = x[1].carrying_mul_add(x[3], carry0, carry1);
        let (c1, c2) = x[2].carrying_mul_add(x[3], carry1, 0);
        let rest = add_rows(&mut wide[2 * at + 4..at + length], x, &number[at + 4..], [c0, c1, c2, 0]);
        wide[at + length..][..4].copy_from_slice(&rest);
    }
    let (mut carry, mut below) = (false, 0);
    for (word, pair) in number.iter().zip(wide.as_chunks_mut::<2>().0) {
        let (low, high) = word.carrying_mul(*word, 0);
        let doubled = [pair[0] << 1 | below, pair[1] << 1 | pair[0] >> 63];
        below = pair[1] >> 63;
        (pair[0], carry) = doubled[0].carrying_add(low, carry);
        (pair[1], carry) = doubled[1].carrying_add(high, carry);
    }
}

/// `left * right` modulo `2^256`
#[inline(always)]
fn low_product(left: &[u64; 4], right: &[u64; 4]) -> [u64; 4] {
    let (r0, carry) = left[0].carrying_mul(right[0], 0);
    let (r1, carry) = left[0].carrying_mul(right[1], carry);
    let (r2, carry) = left[0].carrying_mul(right[2], carry);
    let r3 = left[0].wrapping_mul(right[3]).wrapping_add(carry);
    let (r1, carry) = left[1].carrying_mul(right[0], r1);
    let (r2, carry) = left[1].carrying_mul_add(right[1], r2, carry);
    let r3 = left[1].wrapping_mul(right[2]).wrapping_add(carry).wrapping_add(r3);
    let (r2, carry) = left[2].carrying_mul(right[0], r2);
    let r3 = left[2].wrapping_mul(right[1]).wrapping_add(carry).wrapping_add(r3);
    [r0, r1, r2, left[3].wrapping_mul(right[0]).wrapping_add(r3)]
}

/// `-1 / value` modulo `2^256`, for an odd value: Newton's `v (2 - p v)` doubles the digits that are right.
fn negated_inverse(value: [u64; 4]) -> [u64; 4] {
    // An odd number is its own inverse modulo 8.
    let mut inverse = [value[0], 0, 0, 0];
    for _ in 0..7 {
        let mut correction = [2, 0, 0, 0];
        natural::subtract(&mut correction, &low_product(&value, &inverse));
        inverse = low_product(&inverse, &correction);
    }
    let mut negated = [0; 4];
    natural::subtract(&mut negated, &inverse);
    negated
}
