//! Exponents with their digits: whole numbers below a prime of at most 256 bits. For tests; slow, and plain to read.

use std::cmp::Ordering;

/// A number, the least significant word first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number([u64; 4]);

/// The prime.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Order(Number);

impl Number {
    pub(crate) const ZERO: Self = Self([0; 4]);

    pub(crate) fn small(value: u64) -> Self {
        Self([value, 0, 0, 0])
    }

    fn is_below(&self, other: &Self) -> bool {
        self.0.iter().rev().cmp(other.0.iter().rev()) == Ordering::Less
    }

    /// The sum, and whether it is 2^256 more than that.
    fn plus(self, other: Self) -> (Self, bool) {
        let mut carry = false;
        let word = |index: usize| {
            let (sum, first) = self.0[index].overflowing_add(other.0[index]);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            sum
        };
        (Self([0, 1, 2, 3].map(word)), carry)
    }

    fn minus(self, other: Self) -> Self {
        let mut borrow = false;
        let word = |index: usize| {
            let (rest, first) = self.0[index].overflowing_sub(other.0[index]);
            let (rest, second) = rest.overflowing_sub(u64::from(borrow));
            borrow = first || second;
            rest
        };
        Self([0, 1, 2, 3].map(word))
    }

    fn bit(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    /// The canonical decimal digits.
    pub(crate) fn decimal(mut self) -> String {
        let mut digits = Vec::new();
        while self != Self::ZERO || digits.is_empty() {
            let mut rest = 0u128;
            for word in self.0.iter_mut().rev() {
                let value = rest << 64 | u128::from(*word);
                (*word, rest) = ((value / 10) as u64, value % 10);
            }
            digits.push(char::from(b'0' + rest as u8));
        }
        digits.iter().rev().collect()
    }
}

impl Order {
    /// The prime of these decimal digits.
    pub(crate) fn new(digits: &str) -> Self {
        let add = |number: Number, digit: u8| {
            let double = |number: Number| number.plus(number).0;
            let ten_times = double(double(double(number))).plus(double(number)).0;
            ten_times.plus(Number::small(u64::from(digit - b'0'))).0
        };
        Self(digits.bytes().fold(Number::ZERO, add))
    }

    pub(crate) fn add(&self, left: Number, right: Number) -> Number {
        let (sum, over) = left.plus(right);
        if over || !sum.is_below(&self.0) { sum.minus(self.0) } else { sum }
    }

    pub(crate) fn negate(&self, number: Number) -> Number {
        if number == Number::ZERO { number } else { self.0.minus(number) }
    }

    pub(crate) fn times(&self, left: Number, right: Number) -> Number {
        (0..256).rev().fold(Number::ZERO, |product, place| {
            let double = self.add(product, product);
            if left.bit(place) { self.add(double, right) } else { double }
        })
    }

    /// Bytes, most significant first.
    pub(crate) fn reduce(&self, bytes: [u8; 32]) -> Number {
        let mut number = Number::ZERO;
        for (word, bytes) in number.0.iter_mut().rev().zip(bytes.chunks_exact(8)) {
            *word = bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
        while !number.is_below(&self.0) {
            number = number.minus(self.0);
        }
        number
    }
}
