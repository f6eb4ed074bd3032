//! Powers of shared points with secret exponents, in constant time: one product of powers in each lane.
//!
//! With the digits of `scalar`, taken four at a time, an exponent is `u = sum over j < 64 of d_j 16^j` with odd
//! `|d_j| <= 15`, and
//!
//! ```text
//! u B = sum over j of d_j (16^j B)
//! ```
//!
//! The table has for each `j` the 8 points `(2 i + 1) 16^j B`. All 8 rows are read for every digit and the one wanted is
//! kept under a mask, so that neither the time nor an address depends on an exponent. There is no doubling and no
//! branch; the formulas are complete.

use zeroize::Zeroize;

use crate::curve::{Completed, Row};
use crate::engine::{Engine, with_engine};
use crate::fixed::odd_multiples;
use crate::kernels::Kernels;
use crate::packed;
use crate::point::Point;
use crate::pointwise::{self, MOST_LANES};
use crate::scalar::ORDER;

/// Digits of an exponent.
const WINDOWS: usize = 64;
/// Rows of a digit.
pub(crate) const ROWS: usize = 8;

/// A secret exponent below `l`, 32 bytes, least significant first. It is wiped when it goes, cannot be copied or
/// printed, and no function in variable time takes it.
pub struct SecretScalar([u8; 32]);

impl SecretScalar {
    /// `bytes` must be below `l`; the results for others are wrong.
    pub fn from_reduced(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }

    /// The bits of `(s - 1) / 2 + 2^255`, or of `(s + l - 1) / 2 + 2^255` where `s` is even: the signs of 256 digits.
    fn signs(&self) -> Digits {
        let mut words = packed::from_bytes(&self.0);
        let is_even = (words[0] & 1).wrapping_sub(1);
        let mut carry = false;
        for (word, order) in words.iter_mut().zip(ORDER) {
            (*word, carry) = word.carrying_add(order & is_even, carry);
        }
        let [a, b, c, d] = words;
        Digits([a >> 1 | b << 63, b >> 1 | c << 63, c >> 1 | d << 63, d >> 1 | 1 << 63])
    }
}

impl Drop for SecretScalar {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The signs of the 256 digits of an exponent.
struct Digits([u64; 4]);

impl Digits {
    /// Of the four digits of a window: the index of the odd multiple, and all ones where it is subtracted.
    #[inline(always)]
    fn window(&self, window: usize) -> (u64, u64) {
        let bits = self.0[window / 16 % 4] >> (window % 16 * 4) & 0xf;
        let minus = (bits >> 3).wrapping_sub(1);
        ((bits ^ minus) & 7, minus)
    }
}

impl Drop for Digits {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The table of one point of the prime-order subgroup. 64 KiB.
pub struct SecretBase {
    rows: Vec<Row>,
}

impl SecretBase {
    /// The table of `base`, which is public and must be in the prime-order subgroup.
    pub fn new(base: &Point) -> Self {
        Self { rows: odd_multiples(base, WINDOWS, ROWS, 4) }
    }

    fn window(&self, window: usize) -> &[Row] {
        &self.rows[window * ROWS..][..ROWS]
    }
}

/// For every item the product of the bases' powers: `exponents` has one for each base, item after item.
///
/// # Panics
/// If there are no bases, or the exponents are not those of whole items.
pub fn secret_powers(engine: Engine, bases: &[&SecretBase], exponents: &[SecretScalar]) -> Vec<Point> {
    assert!(!bases.is_empty() && exponents.len().is_multiple_of(bases.len()), "exponents of whole items");
    with_engine!(engine, field => powers(field, bases, exponents))
}

fn powers<K: Kernels>(field: K, bases: &[&SecretBase], exponents: &[SecretScalar]) -> Vec<Point> {
    let items = exponents.len() / bases.len();
    pointwise::each(field, items, |of_lane| {
        product(field, bases, |lane, base| &exponents[of_lane(lane) * bases.len() + base])
    })
}

/// One product in each lane.
fn product<'a, K: Kernels>(
    field: K,
    bases: &[&SecretBase],
    exponent: impl Fn(usize, usize) -> &'a SecretScalar,
) -> Completed<K> {
    let mut picked = [Row::NEUTRAL; MOST_LANES];
    let mut sum: Option<Completed<K>> = None;
    for (index, base) in bases.iter().enumerate() {
        let digits: [Digits; MOST_LANES] = std::array::from_fn(|lane| exponent(lane % K::LANES, index).signs());
        for window in 0..WINDOWS {
            let wanted: [(u64, u64); MOST_LANES] = std::array::from_fn(|lane| digits[lane].window(window));
            field.pick_rows(base.window(window), &wanted[..K::LANES], &mut picked[..K::LANES]);
            let picks: [(&Row, usize); MOST_LANES] = std::array::from_fn(|lane| (&picked[lane], 0));
            match &mut sum {
                Some(sum) => field.add_rows(sum, &picks[..K::LANES]),
                None => sum = Some(field.start_rows(&picks[..K::LANES])),
            }
        }
    }
    picked.iter_mut().for_each(|row| row.0.iter_mut().for_each(Zeroize::zeroize));
    sum.unwrap_or_else(|| field.load(&[Point::neutral(); MOST_LANES][..K::LANES]))
}
