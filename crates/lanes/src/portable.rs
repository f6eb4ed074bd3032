//! The engine of 64-bit words: one lane, five limbs of 51 bits, `sum a_i 2^(51 i)`.
//!
//! Products are carried at once, so a wide is an element here. Bounds, by which the grammar of `field` is safe:
//! * carried: limbs below `2^51 + 2^15`;
//! * `minus` and `sub` add `2 p`, whose limbs are at least `2^52 - 38`, to take one carried value away: no limb goes
//!   below zero;
//! * a sum of four, `2 c + (a - b)`, has limbs below `2^54`, and so has every operand;
//! * `mul`: `5 x 19 x 2^54 x 2^54 < 2^115` in 128 bits; the carry out of such a column is below `2^64`.

use crate::curve::{Bucket, Cached, Completed, Picks, Projective, Root, Row};
use crate::field::{Field, Packed};
use crate::kernels::{each_kernel, portable_kernels};
use crate::point::Point;

/// The engine of every machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Portable;

/// 51 bits.
const MASK: u64 = (1 << 51) - 1;
/// The limbs of `2 p`.
const TWICE_P: [u64; 5] = [2 * (MASK - 18), 2 * MASK, 2 * MASK, 2 * MASK, 2 * MASK];

type Limbs = [u64; 5];

impl Field for Portable {
    const LANES: usize = 1;
    type Element = Limbs;
    type Wide = Limbs;

    #[inline(always)]
    fn mul(self, a: &Limbs, b: &Limbs) -> Limbs {
        let [a0, a1, a2, a3, a4] = *a;
        let [b0, b1, b2, b3, b4] = *b;
        let (c1, c2, c3, c4) = (19 * b1, 19 * b2, 19 * b3, 19 * b4);
        reduce([
            by(a0, b0) + by(a1, c4) + by(a2, c3) + by(a3, c2) + by(a4, c1),
            by(a0, b1) + by(a1, b0) + by(a2, c4) + by(a3, c3) + by(a4, c2),
            by(a0, b2) + by(a1, b1) + by(a2, b0) + by(a3, c4) + by(a4, c3),
            by(a0, b3) + by(a1, b2) + by(a2, b1) + by(a3, b0) + by(a4, c4),
            by(a0, b4) + by(a1, b3) + by(a2, b2) + by(a3, b1) + by(a4, b0),
        ])
    }

    #[inline(always)]
    fn square(self, a: &Limbs) -> Limbs {
        let [a0, a1, a2, a3, a4] = *a;
        let (d0, d1, d2) = (2 * a0, 2 * a1, 2 * a2);
        let (c3, c4) = (19 * a3, 19 * a4);
        reduce([
            by(a0, a0) + by(d1, c4) + by(d2, c3),
            by(d0, a1) + by(d2, c4) + by(a3, c3),
            by(d0, a2) + by(a1, a1) + by(2 * a3, c4),
            by(d0, a3) + by(d1, a2) + by(a4, c4),
            by(d0, a4) + by(d1, a3) + by(a2, a2),
        ])
    }

    #[inline(always)]
    fn plus(self, a: &Limbs, b: &Limbs) -> Limbs {
        [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]]
    }

    #[inline(always)]
    fn minus(self, a: &Limbs, b: &Limbs) -> Limbs {
        let mut limbs = [0; 5];
        for (i, limb) in limbs.iter_mut().enumerate() {
            *limb = a[i] + TWICE_P[i] - b[i];
        }
        limbs
    }

    #[inline(always)]
    fn carry(self, a: &Limbs) -> Limbs {
        *a
    }

    #[inline(always)]
    fn add(self, a: &Limbs, b: &Limbs) -> Limbs {
        self.plus(a, b)
    }

    #[inline(always)]
    fn sub(self, a: &Limbs, b: &Limbs) -> Limbs {
        self.minus(a, b)
    }

    #[inline(always)]
    fn gather<'a>(self, of: impl Fn(usize) -> &'a Packed) -> Limbs {
        let [a, b, c, d] = *of(0);
        [a & MASK, (a >> 51 | b << 13) & MASK, (b >> 38 | c << 26) & MASK, (c >> 25 | d << 39) & MASK, d >> 12]
    }

    #[inline(always)]
    fn scatter(self, a: &Limbs, mut put: impl FnMut(usize, Packed)) {
        let mut limbs = *a;
        // After the first round limb 0 alone may have 52 bits. If the second still carries out of the top, limbs 1 to
        // 4 have become 0 and limb 0 is small: all are below 2^51.
        for _ in 0..2 {
            let mut carry = 0;
            for limb in &mut limbs {
                let sum = *limb + carry;
                (*limb, carry) = (sum & MASK, sum >> 51);
            }
            limbs[0] += 19 * carry;
        }
        let [a, b, c, d, e] = limbs;
        put(0, [a | b << 51, b >> 13 | c << 38, c >> 26 | d << 25, d >> 39 | e << 12]);
    }
}

#[inline(always)]
fn by(a: u64, b: u64) -> u128 {
    u128::from(a) * u128::from(b)
}

/// Five columns below `2^115` to limbs below `2^51 + 2^15`. Carries fit 64 bits: `2^115 / 2^51`; the one out of the top
/// is below `2^64 / 19` for operands below `2^54`, as column 4 has no factor 19.
#[inline(always)]
fn reduce(columns: [u128; 5]) -> Limbs {
    let [c0, mut c1, mut c2, mut c3, mut c4] = columns;
    c1 += u128::from((c0 >> 51) as u64);
    c2 += u128::from((c1 >> 51) as u64);
    c3 += u128::from((c2 >> 51) as u64);
    c4 += u128::from((c3 >> 51) as u64);
    let low = (c0 as u64 & MASK) + 19 * (c4 >> 51) as u64;
    [low & MASK, (c1 as u64 & MASK) + (low >> 51), c2 as u64 & MASK, c3 as u64 & MASK, c4 as u64 & MASK]
}

each_kernel!(portable_kernels, Portable);

#[cfg(test)]
impl crate::tests::Bounds for Portable {
    fn largest(self) -> Limbs {
        [(1 << 54) - 1; 5]
    }
}
