//! The engine of AVX2: four lanes, ten limbs of 26 and 25 bits in turn, `sum a_i 2^ceil(25.5 i)`.
//!
//! `vpmuludq` multiplies 32 bits by 32 bits into 64, four at a time. Bounds, with `e = 2^-8`:
//! * carried: even limbs below `2^26 (1 + e)`, odd ones below `2^25 (1 + e)`; a *unit* below is that size;
//! * `add` gives 2 units, `sub` (which adds `2 p`, at least a unit and at most 2 in every limb) 3;
//! * `mul`, `square`: `19 x 3 x 2^26 (1 + e) < 2^32`, so that operands of up to 3 units fit. An even column of a product
//!   of one-unit operands is below `(1 + 38 x 5 / 4 + 19 x 4) 2^52 (1 + e)^2 < 2^59`, an odd one below
//!   `(2 + 19 x 8) 2^51 (1 + e)^2 < 2^58.3`; of operands of 3 units, below 9 times that, `2^62.2`;
//! * `minus` adds `2^36 p`: at least `2^62 - 2^41` in even and `2^61 - 2^36` in odd limbs, and so at least the square of
//!   a sum (4 products, `2^61` and `2^60.3`);
//! * a wide that is carried is below `2^62 + 4 x 2^59 < 2^63`.

#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::curve::{Bucket, Cached, Completed, Picks, Projective, Root, Row};
use crate::field::{Field, Packed};
use crate::kernels::{each_kernel, featured_kernels};
use crate::point::Point;

/// Exists only where the processor has AVX2.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Avx2(());

type Vector = __m256i;
type Limbs = [Vector; 10];

const LOW_26: i64 = (1 << 26) - 1;
const LOW_25: i64 = (1 << 25) - 1;

impl Avx2 {
    pub(crate) fn detect() -> Option<Self> {
        std::arch::is_x86_feature_detected!("avx2").then_some(Self(()))
    }

    #[inline(always)]
    fn set(self, value: i64) -> Vector {
        // SAFETY: `self` proves AVX2.
        unsafe { _mm256_set1_epi64x(value) }
    }

    #[inline(always)]
    fn plus_64(self, a: Vector, b: Vector) -> Vector {
        // SAFETY: `self` proves AVX2.
        unsafe { _mm256_add_epi64(a, b) }
    }

    #[inline(always)]
    fn minus_64(self, a: Vector, b: Vector) -> Vector {
        // SAFETY: `self` proves AVX2.
        unsafe { _mm256_sub_epi64(a, b) }
    }

    /// Of the lower halves.
    #[inline(always)]
    fn times_32(self, a: Vector, b: Vector) -> Vector {
        // SAFETY: `self` proves AVX2.
        unsafe { _mm256_mul_epu32(a, b) }
    }

    /// Of values whose product has 32 bits. (The compiler would make a product of 64 bits of `times_32` by a constant.)
    #[inline(always)]
    fn times_small(self, a: Vector, b: Vector) -> Vector {
        // SAFETY: `self` proves AVX2.
        unsafe { _mm256_mullo_epi32(a, b) }
    }

    #[inline(always)]
    fn and(self, a: Vector, b: Vector) -> Vector {
        // SAFETY: `self` proves AVX2.
        unsafe { _mm256_and_si256(a, b) }
    }

    #[inline(always)]
    fn or(self, a: Vector, b: Vector) -> Vector {
        // SAFETY: `self` proves AVX2.
        unsafe { _mm256_or_si256(a, b) }
    }

    #[inline(always)]
    fn right<const BITS: i32>(self, a: Vector) -> Vector {
        // SAFETY: `self` proves AVX2.
        unsafe { _mm256_srli_epi64::<BITS>(a) }
    }

    #[inline(always)]
    fn left<const BITS: i32>(self, a: Vector) -> Vector {
        // SAFETY: `self` proves AVX2.
        unsafe { _mm256_slli_epi64::<BITS>(a) }
    }

    /// Adds a limb of one factor times all of the other, by column. An odd limb times an odd one stands half a bit
    /// too low (`25.5 i` is rounded up for both) and counts twice: `again` is the limb once more if it is odd, or 0.
    #[inline(always)]
    fn row(self, sum: &mut Limbs, limb: Vector, again: Vector, other: Limbs) {
        let even = self.plus_64(limb, again);
        for column in 0..10_usize {
            let factor = if column.is_multiple_of(2) { even } else { limb };
            sum[column] = self.plus_64(sum[column], self.times_32(factor, other[column]));
        }
    }

    #[inline(always)]
    fn dot<const TERMS: usize>(self, terms: [(Vector, Vector); TERMS]) -> Vector {
        let mut sum = self.times_32(terms[0].0, terms[0].1);
        for (a, b) in &terms[1..] {
            sum = self.plus_64(sum, self.times_32(*a, *b));
        }
        sum
    }

    /// `19 a` of all 64 bits.
    #[inline(always)]
    fn times_19(self, a: Vector) -> Vector {
        self.plus_64(self.plus_64(a, self.left::<1>(a)), self.left::<4>(a))
    }

    /// What limb `I` has beyond its bits, to limb `I + 1`.
    #[inline(always)]
    fn carry_up<const I: usize>(self, limbs: &mut Limbs) {
        let (over, low) = if I.is_multiple_of(2) {
            (self.right::<26>(limbs[I]), self.and(limbs[I], self.set(LOW_26)))
        } else {
            (self.right::<25>(limbs[I]), self.and(limbs[I], self.set(LOW_25)))
        };
        limbs[I] = low;
        if I == 9 {
            limbs[0] = self.plus_64(limbs[0], self.times_19(over));
        } else {
            limbs[I + 1] = self.plus_64(limbs[I + 1], over);
        }
    }

    /// One chain through all limbs.
    #[inline(always)]
    fn carry_round(self, limbs: &mut Limbs) {
        self.carry_up::<0>(limbs);
        self.carry_up::<1>(limbs);
        self.carry_up::<2>(limbs);
        self.carry_up::<3>(limbs);
        self.carry_up::<4>(limbs);
        self.carry_up::<5>(limbs);
        self.carry_up::<6>(limbs);
        self.carry_up::<7>(limbs);
        self.carry_up::<8>(limbs);
        self.carry_up::<9>(limbs);
    }
}

impl Field for Avx2 {
    const LANES: usize = 4;
    type Element = Limbs;
    type Wide = Limbs;

    #[inline(always)]
    fn mul(self, a: &Limbs, b: &Limbs) -> Limbs {
        // SAFETY: `self` proves AVX2.
        unsafe { mul(self, a, b) }
    }

    #[inline(always)]
    fn square(self, a: &Limbs) -> Limbs {
        // SAFETY: `self` proves AVX2.
        unsafe { square(self, a) }
    }

    #[inline(always)]
    fn plus(self, a: &Limbs, b: &Limbs) -> Limbs {
        let mut sum = *a;
        for i in 0..10_usize {
            sum[i] = self.plus_64(a[i], b[i]);
        }
        sum
    }

    #[inline(always)]
    fn minus(self, a: &Limbs, b: &Limbs) -> Limbs {
        let mut difference = *a;
        for i in 0..10_usize {
            let multiple = match i {
                0 => (LOW_26 - 18) << 36,
                _ if i.is_multiple_of(2) => LOW_26 << 36,
                _ => LOW_25 << 36,
            };
            difference[i] = self.minus_64(self.plus_64(a[i], self.set(multiple)), b[i]);
        }
        difference
    }

    /// Two chains, from limb 0 and from limb 4, side by side. Carries are below `2^38`, the one out of the top below
    /// `19 x 2^38`: limb 1 gets at most `2^17` beyond its bits, limb 5 at most `2^13`.
    #[inline(always)]
    fn carry(self, a: &Limbs) -> Limbs {
        let mut limbs = *a;
        self.carry_up::<0>(&mut limbs);
        self.carry_up::<4>(&mut limbs);
        self.carry_up::<1>(&mut limbs);
        self.carry_up::<5>(&mut limbs);
        self.carry_up::<2>(&mut limbs);
        self.carry_up::<6>(&mut limbs);
        self.carry_up::<3>(&mut limbs);
        self.carry_up::<7>(&mut limbs);
        self.carry_up::<4>(&mut limbs);
        self.carry_up::<8>(&mut limbs);
        self.carry_up::<9>(&mut limbs);
        self.carry_up::<0>(&mut limbs);
        limbs
    }

    #[inline(always)]
    fn add(self, a: &Limbs, b: &Limbs) -> Limbs {
        self.plus(a, b)
    }

    #[inline(always)]
    fn sub(self, a: &Limbs, b: &Limbs) -> Limbs {
        let mut difference = *a;
        for i in 0..10_usize {
            let twice_p = match i {
                0 => 2 * (LOW_26 - 18),
                _ if i.is_multiple_of(2) => 2 * LOW_26,
                _ => 2 * LOW_25,
            };
            difference[i] = self.minus_64(self.plus_64(a[i], self.set(twice_p)), b[i]);
        }
        difference
    }

    #[inline(always)]
    fn gather<'a>(self, of: impl Fn(usize) -> &'a Packed) -> Limbs {
        let rows = [of(0), of(1), of(2), of(3)];
        let half = |first: usize, second: usize, from: usize| {
            let (low, high) = (rows[first][from..from + 2].as_ptr(), rows[second][from..from + 2].as_ptr());
            // SAFETY: both point to two words; `self` proves AVX2.
            unsafe {
                let low = _mm256_castsi128_si256(_mm_loadu_si128(low.cast()));
                _mm256_inserti128_si256::<1>(low, _mm_loadu_si128(high.cast()))
            }
        };
        let (even, odd) = ([half(0, 2, 0), half(0, 2, 2)], [half(1, 3, 0), half(1, 3, 2)]);
        // SAFETY: `self` proves AVX2.
        let [w0, w1, w2, w3] = unsafe {
            [
                _mm256_unpacklo_epi64(even[0], odd[0]),
                _mm256_unpackhi_epi64(even[0], odd[0]),
                _mm256_unpacklo_epi64(even[1], odd[1]),
                _mm256_unpackhi_epi64(even[1], odd[1]),
            ]
        };
        let (low_26, low_25) = (self.set(LOW_26), self.set(LOW_25));
        let both = |low, high| self.or(low, high);
        [
            self.and(w0, low_26),
            self.and(self.right::<26>(w0), low_25),
            self.and(both(self.right::<51>(w0), self.left::<13>(w1)), low_26),
            self.and(self.right::<13>(w1), low_25),
            self.right::<38>(w1),
            self.and(w2, low_25),
            self.and(self.right::<25>(w2), low_26),
            self.and(both(self.right::<51>(w2), self.left::<13>(w3)), low_25),
            self.and(self.right::<12>(w3), low_26),
            self.right::<38>(w3),
        ]
    }

    #[inline(always)]
    fn scatter(self, a: &Limbs, mut put: impl FnMut(usize, Packed)) {
        let mut limbs = *a;
        // After the first round limb 0 alone may have a bit too many. If the second still carries out of the top, all
        // others have become 0 and limb 0 is small.
        self.carry_round(&mut limbs);
        self.carry_round(&mut limbs);
        let [a, b, c, d, e, f, g, h, i, j] = limbs;
        let three = |low, middle, high| self.or(self.or(low, middle), high);
        let words = [
            three(a, self.left::<26>(b), self.left::<51>(c)),
            three(self.right::<13>(c), self.left::<13>(d), self.left::<38>(e)),
            three(f, self.left::<25>(g), self.left::<51>(h)),
            three(self.right::<13>(h), self.left::<12>(i), self.left::<38>(j)),
        ];
        let mut memory = [[0_u64; 4]; 4];
        for (word, lanes) in words.iter().zip(&mut memory) {
            // SAFETY: `lanes` has room for four words; `self` proves AVX2.
            unsafe { _mm256_storeu_si256(lanes.as_mut_ptr().cast(), *word) }
        }
        let [a, b, c, d] = memory;
        put(0, [a[0], b[0], c[0], d[0]]);
        put(1, [a[1], b[1], c[1], d[1]]);
        put(2, [a[2], b[2], c[2], d[2]]);
        put(3, [a[3], b[3], c[3], d[3]]);
    }
}

/// Row by row, so that the ten columns stay in registers.
#[target_feature(enable = "avx2")]
#[inline(never)]
fn mul(by: Avx2, a: &Limbs, b: &Limbs) -> Limbs {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9] = *a;
    let [b0, b1, b2, b3, b4, b5, b6, b7, b8, b9] = *b;
    let nineteen = by.set(19);
    let wrapped = |limb| by.times_small(limb, nineteen);
    let (c1, c2, c3, c4, c5) = (wrapped(b1), wrapped(b2), wrapped(b3), wrapped(b4), wrapped(b5));
    let (c6, c7, c8, c9) = (wrapped(b6), wrapped(b7), wrapped(b8), wrapped(b9));
    let mut sum = [by.set(0); 10];
    let zero = by.set(0);
    by.row(&mut sum, a0, zero, [b0, b1, b2, b3, b4, b5, b6, b7, b8, b9]);
    by.row(&mut sum, a1, a1, [c9, b0, b1, b2, b3, b4, b5, b6, b7, b8]);
    by.row(&mut sum, a2, zero, [c8, c9, b0, b1, b2, b3, b4, b5, b6, b7]);
    by.row(&mut sum, a3, a3, [c7, c8, c9, b0, b1, b2, b3, b4, b5, b6]);
    by.row(&mut sum, a4, zero, [c6, c7, c8, c9, b0, b1, b2, b3, b4, b5]);
    by.row(&mut sum, a5, a5, [c5, c6, c7, c8, c9, b0, b1, b2, b3, b4]);
    by.row(&mut sum, a6, zero, [c4, c5, c6, c7, c8, c9, b0, b1, b2, b3]);
    by.row(&mut sum, a7, a7, [c3, c4, c5, c6, c7, c8, c9, b0, b1, b2]);
    by.row(&mut sum, a8, zero, [c2, c3, c4, c5, c6, c7, c8, c9, b0, b1]);
    by.row(&mut sum, a9, a9, [c1, c2, c3, c4, c5, c6, c7, c8, c9, b0]);
    sum
}

#[target_feature(enable = "avx2")]
#[inline(never)]
fn square(by: Avx2, a: &Limbs) -> Limbs {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9] = *a;
    let twice = |limb| by.plus_64(limb, limb);
    let (nineteen, thirty_eight) = (by.set(19), by.set(38));
    let (d0, d1, d2, d3, d4) = (twice(a0), twice(a1), twice(a2), twice(a3), twice(a4));
    let (d5, d6, d7) = (twice(a5), twice(a6), twice(a7));
    // Twice an odd limb by an odd one is four times the product of the limbs.
    let (q1, q3, q5, q7) = (twice(d1), twice(d3), twice(d5), twice(d7));
    let (c6, c8) = (by.times_small(a6, nineteen), by.times_small(a8, nineteen));
    let (c5, c7, c9) = (by.times_small(a5, thirty_eight), by.times_small(a7, nineteen), by.times_small(a9, nineteen));
    let (e7, e9) = (twice(c7), twice(c9));
    [
        by.dot([(a0, a0), (q1, c9), (d2, c8), (q3, c7), (d4, c6), (a5, c5)]),
        by.dot([(d0, a1), (d2, c9), (d3, c8), (d4, c7), (d5, c6)]),
        by.dot([(d0, a2), (d1, a1), (q3, c9), (d4, c8), (q5, c7), (a6, c6)]),
        by.dot([(d0, a3), (d1, a2), (d4, c9), (d5, c8), (d6, c7)]),
        by.dot([(d0, a4), (q1, a3), (a2, a2), (q5, c9), (d6, c8), (a7, e7)]),
        by.dot([(d0, a5), (d1, a4), (d2, a3), (d6, c9), (d7, c8)]),
        by.dot([(d0, a6), (q1, a5), (d2, a4), (d3, a3), (q7, c9), (a8, c8)]),
        by.dot([(d0, a7), (d1, a6), (d2, a5), (d3, a4), (twice(a8), c9)]),
        by.dot([(d0, a8), (q1, a7), (d2, a6), (q3, a5), (a4, a4), (a9, e9)]),
        by.dot([(d0, a9), (d1, a8), (d2, a7), (d3, a6), (d4, a5)]),
    ]
}

each_kernel!(featured_kernels, Avx2, "avx2");

#[cfg(test)]
impl crate::tests::Bounds for Avx2 {
    fn largest(self) -> Limbs {
        let (even, odd) = (self.set(3 * ((1 << 26) + (1 << 18))), self.set(3 * ((1 << 25) + (1 << 17))));
        [even, odd, even, odd, even, odd, even, odd, even, odd]
    }
}
