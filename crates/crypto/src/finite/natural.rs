//! Whole numbers of any size as slices of 64-bit words, the least significant first.
//!
//! What is done a few times for each number stands here: reading and writing decimals, `u = q v + r`. What is done
//! thousands of times has a fixed width and stands in `montgomery`. Leading zero words are allowed everywhere. Times
//! depend on the values.

use std::cmp::Ordering;

/// `10^19`, the largest power of ten below `2^64`: decimals are read and written in digits of this size.
const CHUNK: u64 = 10_000_000_000_000_000_000;
/// Decimal digits of one chunk.
const CHUNK_DIGITS: usize = 19;
/// `floor((2^128 - 1) / 10^19) - 2^64`, which makes a division by `10^19` two products (Möller and Granlund, "Improved
/// division by invariant integers", 2011, algorithm 4).
const CHUNK_RECIPROCAL: u64 = (u128::MAX / CHUNK as u128 - (1 << 64)) as u64;

/// Why a text is no number below a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Malformed {
    /// Something else than decimal digits, or nothing.
    NoNumber,
    /// A number, with zeros before it.
    LeadingZeros,
    /// A number that is too large.
    TooLarge,
}

/// Reads a canonical decimal number below `bound`.
///
/// A text that is longer than the digits of `bound` is refused after as many digits, however long it is.
pub(super) fn parse(text: &str, bound: &[u64]) -> Result<Vec<u64>, Malformed> {
    let digits = text.as_bytes();
    let most = most_digits(bound);
    let looked_at = &digits[..digits.len().min(most + 1)];
    if looked_at.is_empty() || !looked_at.iter().all(u8::is_ascii_digit) {
        return Err(Malformed::NoNumber);
    }
    if digits.len() > 1 && digits[0] == b'0' {
        return Err(Malformed::LeadingZeros);
    }
    if digits.len() > most {
        return Err(Malformed::TooLarge);
    }
    let mut number = Vec::with_capacity(bound.len() + 1);
    for chunk in digits.rchunks(CHUNK_DIGITS).rev() {
        let value = chunk.iter().fold(0, |value: u64, digit| value * 10 + u64::from(digit - b'0'));
        let mut carry = value;
        for word in &mut number {
            (*word, carry) = CHUNK.carrying_mul(*word, carry);
        }
        if carry != 0 {
            number.push(carry);
        }
    }
    if compare(&number, bound).is_lt() { Ok(number) } else { Err(Malformed::TooLarge) }
}

/// No number of as many bits has more decimal digits: `bits * log10(2) + 1`, from above.
fn most_digits(bound: &[u64]) -> usize {
    bits(bound) * 30_103 / 100_000 + 1
}

/// Appends the canonical decimal digits of a number.
pub(crate) fn write(number: &[u64], text: &mut String) {
    let mut rest = trimmed(number).to_vec();
    let mut chunks = Vec::with_capacity(rest.len() + rest.len() / 60 + 1);
    while !rest.is_empty() {
        let mut remainder = 0;
        for word in rest.iter_mut().rev() {
            (*word, remainder) = divide_by_chunk(remainder, *word);
        }
        chunks.push(remainder);
        while rest.last() == Some(&0) {
            rest.pop();
        }
    }
    let mut digits = Vec::with_capacity(chunks.len() * CHUNK_DIGITS);
    for chunk in &chunks {
        let mut value = *chunk;
        for _ in 0..CHUNK_DIGITS {
            digits.push((value % 10) as u8);
            value /= 10;
        }
    }
    while digits.len() > 1 && digits.last() == Some(&0) {
        digits.pop();
    }
    if digits.is_empty() {
        digits.push(0);
    }
    text.extend(digits.iter().rev().map(|digit| char::from(b'0' + digit)));
}

/// Quotient and remainder of `high 2^64 + low` by `10^19`, where `high` is below `10^19`.
#[inline]
fn divide_by_chunk(high: u64, low: u64) -> (u64, u64) {
    let estimate =
        (u128::from(CHUNK_RECIPROCAL) * u128::from(high)).wrapping_add((u128::from(high) << 64) | u128::from(low));
    let mut quotient = ((estimate >> 64) as u64).wrapping_add(1);
    let mut remainder = low.wrapping_sub(quotient.wrapping_mul(CHUNK));
    if remainder > estimate as u64 {
        quotient = quotient.wrapping_sub(1);
        remainder = remainder.wrapping_add(CHUNK);
    }
    if remainder >= CHUNK {
        quotient = quotient.wrapping_add(1);
        remainder -= CHUNK;
    }
    (quotient, remainder)
}

/// A big-endian number of any length.
pub(super) fn from_big_endian(bytes: &[u8]) -> Vec<u64> {
    let word = |chunk: &[u8]| chunk.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte));
    bytes.rchunks(8).map(word).collect()
}

/// The number without leading zero words.
pub(super) fn trimmed(number: &[u64]) -> &[u64] {
    let length = number.iter().rposition(|word| *word != 0).map_or(0, |last| last + 1);
    &number[..length]
}

/// The number of binary digits; 0 for zero.
pub(super) fn bits(number: &[u64]) -> usize {
    let number = trimmed(number);
    number.last().map_or(0, |last| number.len() * 64 - last.leading_zeros() as usize)
}

/// Whether binary digit `index` is one.
pub(super) fn bit(number: &[u64], index: usize) -> bool {
    number.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
}

/// `count` binary digits from `index` on, at most 32 of them.
#[inline]
pub(super) fn digit(number: &[u64], index: usize, count: usize) -> usize {
    let word = |index: usize| number.get(index).copied().unwrap_or(0);
    let (at, shift) = (index / 64, index % 64);
    let mut value = word(at) >> shift;
    if shift + count > 64 {
        value |= word(at + 1) << (64 - shift);
    }
    (value & ((1 << count) - 1)) as usize
}

/// Whether the number is zero.
pub(super) fn is_zero(number: &[u64]) -> bool {
    number.iter().all(|word| *word == 0)
}

/// Which of two numbers is larger.
pub(super) fn compare(left: &[u64], right: &[u64]) -> Ordering {
    let (left, right) = (trimmed(left), trimmed(right));
    left.len().cmp(&right.len()).then_with(|| left.iter().rev().cmp(right.iter().rev()))
}

/// `left + right`
pub(super) fn plus(left: &[u64], right: &[u64]) -> Vec<u64> {
    let (long, short) = if left.len() < right.len() { (right, left) } else { (left, right) };
    let mut sum = long.to_vec();
    let mut carry = false;
    for (index, word) in sum.iter_mut().enumerate() {
        (*word, carry) = word.carrying_add(short.get(index).copied().unwrap_or(0), carry);
    }
    if carry {
        sum.push(1);
    }
    sum
}

/// `left - right`, which must not be negative: modulo a power of `2^64` it is right in any case.
pub(super) fn minus(left: &[u64], right: &[u64]) -> Vec<u64> {
    let mut difference = left.to_vec();
    subtract(&mut difference, right);
    difference
}

/// Subtracts in place and says whether the difference was negative.
#[inline]
pub(super) fn subtract(left: &mut [u64], right: &[u64]) -> bool {
    let mut borrow = false;
    for (index, word) in left.iter_mut().enumerate() {
        (*word, borrow) = word.borrowing_sub(right.get(index).copied().unwrap_or(0), borrow);
    }
    borrow
}

/// `left * right`
pub(super) fn times(left: &[u64], right: &[u64]) -> Vec<u64> {
    let mut product = vec![0; left.len() + right.len()];
    for (index, factor) in left.iter().enumerate() {
        let mut carry = 0;
        for (word, other) in product[index..].iter_mut().zip(right) {
            (*word, carry) = factor.carrying_mul_add(*other, *word, carry);
        }
        product[index + right.len()] = carry;
    }
    product
}

/// `number / 2^count`, rounded down.
pub(super) fn shifted_down(number: &[u64], count: usize) -> Vec<u64> {
    let (words, bits) = (count / 64, count % 64);
    let rest = number.get(words..).unwrap_or(&[]);
    let above = |index: usize| rest.get(index + 1).map_or(0, |next| if bits == 0 { 0 } else { next << (64 - bits) });
    rest.iter().enumerate().map(|(index, word)| word >> bits | above(index)).collect()
}

/// `number * 2^count` for `count` below 64, with one word more than the number has.
fn shifted_up(number: &[u64], count: usize) -> Vec<u64> {
    let mut below = 0;
    let mut shifted: Vec<u64> = number
        .iter()
        .map(|word| {
            let wide = (u128::from(*word) << count) | below;
            below = wide >> 64;
            wide as u64
        })
        .collect();
    shifted.push(below as u64);
    shifted
}

/// Quotient and remainder of `dividend` by `divisor`, which is not zero (Knuth, The Art of Computer Programming 2,
/// 4.3.1, algorithm D). The remainder has as many words as the divisor without its leading zeros.
pub(super) fn divide(dividend: &[u64], divisor: &[u64]) -> (Vec<u64>, Vec<u64>) {
    let divisor = trimmed(divisor);
    let Some(top) = divisor.last() else { return (Vec::new(), dividend.to_vec()) };
    let size = divisor.len();
    let shift = top.leading_zeros() as usize;
    let mut rest = shifted_up(trimmed(dividend), shift);
    let divisor = &shifted_up(divisor, shift)[..size];
    if rest.len() <= size {
        rest.resize(size + 1, 0);
    }
    let mut quotient = vec![0; rest.len() - size];
    for at in (0..quotient.len()).rev() {
        let window = &mut rest[at..=at + size];
        let digit = estimate(window, divisor);
        quotient[at] = if subtract_multiple(window, divisor, digit) {
            add_back(window, divisor);
            digit.wrapping_sub(1)
        } else {
            digit
        };
    }
    rest.truncate(size);
    let mut remainder = shifted_down(&rest, shift);
    remainder.resize(size, 0);
    (quotient, remainder)
}

/// A digit of the quotient from the leading words, right or one too large (Knuth's step D3).
fn estimate(window: &[u64], divisor: &[u64]) -> u64 {
    let size = divisor.len();
    let top = u128::from(divisor[size - 1]);
    let leading = (u128::from(window[size]) << 64) | u128::from(window[size - 1]);
    if window[size] >= divisor[size - 1] {
        return u64::MAX;
    }
    let (mut digit, mut rest) = (leading / top, leading % top);
    if size > 1 {
        let (next, below) = (u128::from(divisor[size - 2]), u128::from(window[size - 2]));
        while rest >> 64 == 0 && digit * next > ((rest << 64) | below) {
            digit -= 1;
            rest += top;
        }
    }
    digit as u64
}

/// `window -= divisor * digit`; whether that was negative.
fn subtract_multiple(window: &mut [u64], divisor: &[u64], digit: u64) -> bool {
    let (mut carry, mut borrow) = (0, false);
    for (word, part) in window.iter_mut().zip(divisor.iter().chain(&[0])) {
        let low;
        (low, carry) = digit.carrying_mul(*part, carry);
        (*word, borrow) = word.borrowing_sub(low, borrow);
    }
    borrow
}

/// `window += divisor`, modulo the window's size.
fn add_back(window: &mut [u64], divisor: &[u64]) {
    let mut carry = false;
    for (word, part) in window.iter_mut().zip(divisor.iter().chain(&[0])) {
        (*word, carry) = word.carrying_add(*part, carry);
    }
}
