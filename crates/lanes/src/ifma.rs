//! The engine of AVX-512 IFMA: eight lanes, five limbs of 51 bits, `sum a_i 2^(51 i)`.
//!
//! The instructions multiply 52 bits by 52 bits and add the low or the high 52 bits of the product. A low half belongs
//! to column `i + j`, a high half, which stands at `2^(51 (i + j) + 52)`, twice to column `i + j + 1`. Bounds:
//! * carried: limbs below `2^51 + 2^17`; `add` and `sub` carry, so that every operand is below `2^52`;
//! * `mul`, `square`: a column of low halves is below `5 x 2^52`, of high halves below `5 x 2^50 (1 + 2^-32)`; column
//!   `k < 5` takes 19 times column `k + 5` (at most 4 low and 5 high halves), and has at most
//!   `5 x 2^52 + 19 x 6.6 x 2^52 < 2^60`;
//! * `minus` adds `2^10 p`, at least `2^61 - 2^15` in every limb, to take one product away;
//! * a wide that is carried is below `2^61 + 4 x 2^60 < 2^63`, its carries are below `2^12`, and 19 times the one out of
//!   the top is below `2^17`.
//!
//! The instructions are behind [`Words`], so that this code also runs on a model of them in plain integers.

use crate::field::{Field, Packed};

/// Vectors of eight words. A value proves that the processor has their instructions.
pub(crate) trait Words: Copy {
    type Vector: Copy;

    fn set(self, value: u64) -> Self::Vector;
    fn plus(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    fn minus(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    fn and(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    fn or(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    fn right<const BITS: u32>(self, a: Self::Vector) -> Self::Vector;
    fn left<const BITS: u32>(self, a: Self::Vector) -> Self::Vector;
    /// `sum` plus the low 52 bits of `a b`, of the low 52 bits of each.
    fn low(self, sum: Self::Vector, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// `sum` plus the high 52 bits of `a b`, of the low 52 bits of each.
    fn high(self, sum: Self::Vector, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// Four pairs of words, one after the other.
    fn pairs(self, pairs: [&[u64; 2]; 4]) -> Self::Vector;
    /// The first words of the pairs of `a` and `b` in turn.
    fn firsts(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// The second words of the pairs of `a` and `b` in turn.
    fn seconds(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    fn store(self, a: Self::Vector) -> [u64; 8];

    /// [`mul`], which a model does not want in every place of use.
    #[inline(always)]
    fn mul(self, a: &Limbs<Self>, b: &Limbs<Self>) -> Limbs<Self> {
        mul(self, a, b)
    }

    /// [`square`], likewise.
    #[inline(always)]
    fn square(self, a: &Limbs<Self>) -> Limbs<Self> {
        square(self, a)
    }
}

pub(crate) type Limbs<W> = [<W as Words>::Vector; 5];

/// The engine on these words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Ifma<W>(pub(crate) W);

/// 51 bits.
const MASK: u64 = (1 << 51) - 1;

impl<W: Words> Ifma<W> {
    /// Every limb to its 51 bits, what is beyond to the next: all at once.
    #[inline(always)]
    fn carried(self, limbs: &Limbs<W>) -> Limbs<W> {
        let (words, [a, b, c, d, e]) = (self.0, *limbs);
        let mask = words.set(MASK);
        let low = |limb| words.and(limb, mask);
        let over = |limb| words.right::<51>(limb);
        [
            words.low(low(a), over(e), words.set(19)),
            words.plus(low(b), over(a)),
            words.plus(low(c), over(b)),
            words.plus(low(d), over(c)),
            words.plus(low(e), over(d)),
        ]
    }

    /// Words `FROM` and `FROM + 1` of every other row.
    #[inline(always)]
    fn half<const FIRST: usize, const FROM: usize>(self, rows: &[&Packed; 8]) -> W::Vector {
        let [a, b, c, d] = [rows[FIRST], rows[FIRST + 2], rows[FIRST + 4], rows[FIRST + 6]];
        let pair = FROM / 2;
        let (a, b) = (&a.as_chunks::<2>().0[pair], &b.as_chunks::<2>().0[pair]);
        let (c, d) = (&c.as_chunks::<2>().0[pair], &d.as_chunks::<2>().0[pair]);
        self.0.pairs([a, b, c, d])
    }

    /// One chain through all limbs.
    #[inline(always)]
    fn carry_round(self, limbs: &Limbs<W>) -> Limbs<W> {
        let (words, [a, b, c, d, e]) = (self.0, *limbs);
        let mask = words.set(MASK);
        let low = |limb| words.and(limb, mask);
        let over = |limb| words.right::<51>(limb);
        let b = words.plus(b, over(a));
        let c = words.plus(c, over(b));
        let d = words.plus(d, over(c));
        let e = words.plus(e, over(d));
        [words.low(low(a), over(e), words.set(19)), low(b), low(c), low(d), low(e)]
    }

    /// `a + multiple of p - b`, where the multiple has `ones` in every limb but the lowest, which has `lowest`.
    #[inline(always)]
    fn difference(self, a: &Limbs<W>, b: &Limbs<W>, lowest: u64, ones: u64) -> Limbs<W> {
        let words = self.0;
        let (lowest, ones) = (words.set(lowest), words.set(ones));
        let one = |a, multiple, b| words.minus(words.plus(a, multiple), b);
        [
            one(a[0], lowest, b[0]),
            one(a[1], ones, b[1]),
            one(a[2], ones, b[2]),
            one(a[3], ones, b[3]),
            one(a[4], ones, b[4]),
        ]
    }
}

impl<W: Words> Field for Ifma<W> {
    const LANES: usize = 8;
    type Element = Limbs<W>;
    type Wide = Limbs<W>;

    #[inline(always)]
    fn mul(self, a: &Limbs<W>, b: &Limbs<W>) -> Limbs<W> {
        self.0.mul(a, b)
    }

    #[inline(always)]
    fn square(self, a: &Limbs<W>) -> Limbs<W> {
        self.0.square(a)
    }

    #[inline(always)]
    fn plus(self, a: &Limbs<W>, b: &Limbs<W>) -> Limbs<W> {
        let plus = |i: usize| self.0.plus(a[i], b[i]);
        [plus(0), plus(1), plus(2), plus(3), plus(4)]
    }

    #[inline(always)]
    fn minus(self, a: &Limbs<W>, b: &Limbs<W>) -> Limbs<W> {
        self.difference(a, b, (MASK - 18) << 10, MASK << 10)
    }

    #[inline(always)]
    fn carry(self, a: &Limbs<W>) -> Limbs<W> {
        self.carried(a)
    }

    #[inline(always)]
    fn add(self, a: &Limbs<W>, b: &Limbs<W>) -> Limbs<W> {
        self.carried(&self.plus(a, b))
    }

    #[inline(always)]
    fn sub(self, a: &Limbs<W>, b: &Limbs<W>) -> Limbs<W> {
        self.carried(&self.difference(a, b, 2 * (MASK - 18), 2 * MASK))
    }

    #[inline(always)]
    fn gather<'a>(self, of: impl Fn(usize) -> &'a Packed) -> Limbs<W> {
        let words = self.0;
        let rows = [of(0), of(1), of(2), of(3), of(4), of(5), of(6), of(7)];
        let (even, odd) = (self.half::<0, 0>(&rows), self.half::<1, 0>(&rows));
        let (a, b) = (words.firsts(even, odd), words.seconds(even, odd));
        let (even, odd) = (self.half::<0, 2>(&rows), self.half::<1, 2>(&rows));
        let (c, d) = (words.firsts(even, odd), words.seconds(even, odd));
        let mask = words.set(MASK);
        [
            words.and(a, mask),
            words.and(words.or(words.right::<51>(a), words.left::<13>(b)), mask),
            words.and(words.or(words.right::<38>(b), words.left::<26>(c)), mask),
            words.and(words.or(words.right::<25>(c), words.left::<39>(d)), mask),
            words.right::<12>(d),
        ]
    }

    #[inline(always)]
    fn scatter(self, a: &Limbs<W>, mut put: impl FnMut(usize, Packed)) {
        let words = self.0;
        // After the first round limb 0 alone may have 52 bits. If the second still carries out of the top, limbs 1 to
        // 4 have become 0 and limb 0 is small: all are below 2^51.
        let [a, b, c, d, e] = self.carry_round(&self.carry_round(a));
        let first = words.store(words.or(a, words.left::<51>(b)));
        let second = words.store(words.or(words.right::<13>(b), words.left::<38>(c)));
        let third = words.store(words.or(words.right::<26>(c), words.left::<25>(d)));
        let fourth = words.store(words.or(words.right::<39>(d), words.left::<12>(e)));
        let mut lane = |lane: usize| put(lane, [first[lane], second[lane], third[lane], fourth[lane]]);
        lane(0);
        lane(1);
        lane(2);
        lane(3);
        lane(4);
        lane(5);
        lane(6);
        lane(7);
    }
}

/// The columns of a product.
#[inline(always)]
pub(crate) fn mul<W: Words>(words: W, a: &Limbs<W>, b: &Limbs<W>) -> Limbs<W> {
    let zero = words.set(0);
    let (mut lows, mut highs) = ([zero; 9], [zero; 9]);
    row::<W, 0>(words, &mut lows, &mut highs, a, b);
    row::<W, 1>(words, &mut lows, &mut highs, a, b);
    row::<W, 2>(words, &mut lows, &mut highs, a, b);
    row::<W, 3>(words, &mut lows, &mut highs, a, b);
    row::<W, 4>(words, &mut lows, &mut highs, a, b);
    fold(words, lows, highs)
}

/// Adds limb `I` of `a` times all of `b`.
#[inline(always)]
fn row<W: Words, const I: usize>(
    words: W,
    lows: &mut [W::Vector; 9],
    highs: &mut [W::Vector; 9],
    a: &Limbs<W>,
    b: &Limbs<W>,
) {
    for j in 0..5 {
        lows[I + j] = words.low(lows[I + j], a[I], b[j]);
        highs[I + j] = words.high(highs[I + j], a[I], b[j]);
    }
}

/// The columns of a square: products of different limbs once, doubled, then the squares of limbs.
#[inline(always)]
pub(crate) fn square<W: Words>(words: W, a: &Limbs<W>) -> Limbs<W> {
    let [a0, a1, a2, a3, a4] = *a;
    let zero = words.set(0);
    let twice = |vector| words.plus(vector, vector);
    let low = |a, b| words.low(zero, a, b);
    let high = |a, b| words.high(zero, a, b);
    let lows = [
        words.low(zero, a0, a0),
        twice(low(a0, a1)),
        words.low(twice(low(a0, a2)), a1, a1),
        twice(words.low(low(a0, a3), a1, a2)),
        words.low(twice(words.low(low(a0, a4), a1, a3)), a2, a2),
        twice(words.low(low(a1, a4), a2, a3)),
        words.low(twice(low(a2, a4)), a3, a3),
        twice(low(a3, a4)),
        words.low(zero, a4, a4),
    ];
    let highs = [
        words.high(zero, a0, a0),
        twice(high(a0, a1)),
        words.high(twice(high(a0, a2)), a1, a1),
        twice(words.high(high(a0, a3), a1, a2)),
        words.high(twice(words.high(high(a0, a4), a1, a3)), a2, a2),
        twice(words.high(high(a1, a4), a2, a3)),
        words.high(twice(high(a2, a4)), a3, a3),
        twice(high(a3, a4)),
        words.high(zero, a4, a4),
    ];
    fold(words, lows, highs)
}

/// Columns 0 to 8 of low halves and 1 to 9 of high halves to five.
#[inline(always)]
fn fold<W: Words>(words: W, low: [W::Vector; 9], high: [W::Vector; 9]) -> Limbs<W> {
    let twice = |vector| words.plus(vector, vector);
    let nineteen = |vector| words.plus(words.plus(vector, twice(vector)), words.left::<4>(vector));
    let column = |k: usize| words.plus(low[k], twice(high[k - 1]));
    [
        words.plus(low[0], nineteen(column(5))),
        words.plus(column(1), nineteen(column(6))),
        words.plus(column(2), nineteen(column(7))),
        words.plus(column(3), nineteen(column(8))),
        words.plus(column(4), nineteen(twice(high[8]))),
    ]
}

#[cfg(test)]
impl<W: Words> crate::tests::Bounds for Ifma<W> {
    fn largest(self) -> Limbs<W> {
        [self.0.set((1 << 52) - 1); 5]
    }
}
