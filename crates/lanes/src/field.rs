//! What the curve asks of a vector of integers modulo `p = 2^255 - 19`.
//!
//! A vector holds `LANES` values, each a few limbs in its own representation. A product comes out *wide*: its limbs
//! are not carried yet, so that sums of products are formed first and carried once:
//!
//! ```text
//! element x element -> wide        (mul, square)
//! wide +- wide      -> wide        (plus, minus)
//! wide              -> element     (carry)
//! ```
//!
//! Every engine says in its own module how large limbs are in each of the three states. The curve keeps to this
//! grammar, which is what the bounds are argued for:
//! * `minus` subtracts one product (not a sum of products, not a difference);
//! * a wide that is carried is a sum or difference of at most four products, one of them subtracted;
//! * `add` and `sub` take carried elements and give an operand for one `mul` or `square`, for `carry` of that, and
//!   for nothing else.

/// 255 bits, least significant word first. The form in memory of all engines: a value below `2^255`, not
/// necessarily below `p`.
pub(crate) type Packed = [u64; 4];

/// Arithmetic in all lanes at once. The value itself is empty: having it proves that the processor can run it.
pub(crate) trait Field: Copy {
    /// Values in a vector.
    const LANES: usize;
    /// Carried limbs.
    type Element: Copy;
    /// Limbs of a product before the carry.
    type Wide: Copy;

    fn mul(self, a: &Self::Element, b: &Self::Element) -> Self::Wide;
    fn square(self, a: &Self::Element) -> Self::Wide;
    fn plus(self, a: &Self::Wide, b: &Self::Wide) -> Self::Wide;
    fn minus(self, a: &Self::Wide, b: &Self::Wide) -> Self::Wide;
    fn carry(self, a: &Self::Wide) -> Self::Element;
    fn add(self, a: &Self::Element, b: &Self::Element) -> Self::Element;
    fn sub(self, a: &Self::Element, b: &Self::Element) -> Self::Element;

    /// Each lane reads the value that `of` names for it.
    fn gather<'a>(self, of: impl Fn(usize) -> &'a Packed) -> Self::Element;
    /// Each lane hands its value, below `2^255`, to `put`.
    fn scatter(self, a: &Self::Element, put: impl FnMut(usize, Packed));

    /// The same value in every lane.
    #[inline(always)]
    fn splat(self, value: &Packed) -> Self::Element {
        self.gather(|_| value)
    }

    /// `a b`, carried.
    #[inline(always)]
    fn product(self, a: &Self::Element, b: &Self::Element) -> Self::Element {
        self.carry(&self.mul(a, b))
    }

    /// `a^2`, carried.
    #[inline(always)]
    fn squared(self, a: &Self::Element) -> Self::Element {
        self.carry(&self.square(a))
    }

    /// `a^(2^times)`
    #[inline(always)]
    fn squarings(self, a: &Self::Element, times: usize) -> Self::Element {
        let mut power = *a;
        for _ in 0..times {
            power = self.squared(&power);
        }
        power
    }
}

/// `(a^(2^250 - 1), a^11)`: what both powers below begin with. 249 squarings, 11 products less one.
#[inline(always)]
fn ladder<F: Field>(field: F, a: &F::Element) -> (F::Element, F::Element) {
    let a2 = field.squared(a);
    let a9 = field.product(a, &field.squarings(&a2, 2));
    let a11 = field.product(&a2, &a9);
    let a5 = field.product(&a9, &field.squared(&a11)); // exponent 2^5 - 1
    let a10 = field.product(&field.squarings(&a5, 5), &a5);
    let a20 = field.product(&field.squarings(&a10, 10), &a10);
    let a40 = field.product(&field.squarings(&a20, 20), &a20);
    let a50 = field.product(&field.squarings(&a40, 10), &a10);
    let a100 = field.product(&field.squarings(&a50, 50), &a50);
    let a200 = field.product(&field.squarings(&a100, 100), &a100);
    let a250 = field.product(&field.squarings(&a200, 50), &a50);
    (a250, a11)
}

/// `a^(p - 2)`: the inverse, and 0 of 0.
#[inline(always)]
pub(crate) fn invert<F: Field>(field: F, a: &F::Element) -> F::Element {
    let (a250, a11) = ladder(field, a);
    field.product(&field.squarings(&a250, 5), &a11)
}

/// `a^((p - 5) / 8)`
#[inline(always)]
pub(crate) fn root_power<F: Field>(field: F, a: &F::Element) -> F::Element {
    let (a250, _) = ladder(field, a);
    field.product(&field.squarings(&a250, 2), a)
}
