//! Points of the curve in all lanes, by the complete formulas of Hisil, Wong, Carter and Dawson (2008) for `a = -1`.
//!
//! A running point is kept *completed*: four elements of which
//!
//! ```text
//! X = E F,  Y = G H,  Z = F G,  T = E H,      x = X / Z = E / G,  y = Y / Z = H / F
//! ```
//!
//! and each operation forms those products that it needs: a doubling three, an addition four. `d` is no square, so no
//! pair of points is an exception, neutral element and small orders included.

use crate::field::{self, Field, Packed};
use crate::packed::{self, D, D2, ONE, ROOT_OF_MINUS_ONE, TWO, ZERO};
use crate::point::Point;

/// `(E, F, G, H)`
#[derive(Clone, Copy)]
pub(crate) struct Completed<F: Field> {
    pub(crate) e: F::Element,
    pub(crate) f: F::Element,
    pub(crate) g: F::Element,
    pub(crate) h: F::Element,
}

/// A point to be added: `(Y + X, Y - X, 2 d T, 2 Z)`
#[derive(Clone, Copy)]
pub(crate) struct Cached<F: Field> {
    plus: F::Element,
    minus: F::Element,
    t2d: F::Element,
    z2: F::Element,
}

/// `(X, Y, Z)`; after [`invert_all`] the third is `1 / Z`.
#[derive(Clone, Copy)]
pub(crate) struct Projective<F: Field> {
    x: F::Element,
    y: F::Element,
    z: F::Element,
}

/// One affine point to be added, in memory: `y + x, y - x, 2 d x y, -2 d x y`. Its negative is the same with the
/// first two and the last two exchanged. Two cache lines.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Row(pub(crate) [Packed; 4]);

impl Row {
    pub(crate) const NEUTRAL: Self = Self([ONE, ONE, ZERO, ZERO]);
}

/// For each lane a row and whether it is subtracted (1) or added (0).
pub(crate) type Picks<'a> = [(&'a Row, usize)];

/// One completed point in memory.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Bucket(pub(crate) [Packed; 4]);

impl Bucket {
    pub(crate) const NEUTRAL: Self = Self([ZERO, ONE, ONE, ONE]);
}

/// What a square root leaves to be decided, lane by lane; canonical.
#[derive(Clone, Copy)]
pub(crate) struct Root {
    /// `r = u v^3 (u v^7)^((p - 5) / 8)`, where `x^2 = u / v`
    pub(crate) first: Packed,
    /// `r sqrt(-1)`
    pub(crate) second: Packed,
    /// `u`
    pub(crate) wanted: Packed,
    /// `v r^2`: `u`, `-u`, or neither if `u / v` is no square
    pub(crate) got: Packed,
}

impl Root {
    pub(crate) const EMPTY: Self = Self { first: ZERO, second: ZERO, wanted: ZERO, got: ZERO };
}

/// `2^times P`; each 3 products and 4 squares.
#[inline(always)]
pub(crate) fn double<F: Field>(field: F, point: &mut Completed<F>, times: usize) {
    for _ in 0..times {
        let x = field.product(&point.e, &point.f);
        let y = field.product(&point.g, &point.h);
        let z = field.product(&point.f, &point.g);
        let xx = field.square(&x);
        let yy = field.square(&y);
        let zz = field.square(&z);
        let sum = field.square(&field.add(&x, &y));
        let h = field.plus(&xx, &yy);
        let g = field.minus(&xx, &yy);
        point.e = field.carry(&field.minus(&h, &sum));
        point.f = field.carry(&field.plus(&field.plus(&zz, &zz), &g));
        point.g = field.carry(&g);
        point.h = field.carry(&h);
    }
}

/// Adds an affine point in each lane: 7 products.
#[inline(always)]
pub(crate) fn add_rows<F: Field>(field: F, point: &mut Completed<F>, picks: &Picks<'_>) {
    let x = field.mul(&point.e, &point.f);
    let y = field.mul(&point.g, &point.h);
    let z = field.mul(&point.f, &point.g);
    let t = field.product(&point.e, &point.h);
    let part = |which: usize| move |lane: usize| row_part(picks, which, lane);
    let a = field.mul(&field.carry(&field.minus(&y, &x)), &field.gather(part(1)));
    let b = field.mul(&field.carry(&field.plus(&y, &x)), &field.gather(part(0)));
    let c = field.mul(&t, &field.gather(part(2)));
    *point = complete(field, &a, &b, &c, &field.plus(&z, &z));
}

/// Part 0 of a row is `y + x`, 1 `y - x`, 2 `2 d x y`, with the sign taken into account.
#[inline(always)]
fn row_part<'a>(picks: &Picks<'a>, which: usize, lane: usize) -> &'a Packed {
    let (row, minus) = picks[lane];
    &row.0[(which ^ minus) & 3]
}

/// `E = B - A, F = D - C, G = D + C, H = B + A`
#[inline(always)]
fn complete<F: Field>(field: F, a: &F::Wide, b: &F::Wide, c: &F::Wide, d: &F::Wide) -> Completed<F> {
    Completed {
        e: field.carry(&field.minus(b, a)),
        f: field.carry(&field.minus(d, c)),
        g: field.carry(&field.plus(d, c)),
        h: field.carry(&field.plus(b, a)),
    }
}

/// For each lane the row of an index, negated where the mask says so: every row is read, and the time is that of all.
#[inline(always)]
pub(crate) fn pick_rows<F: Field>(_field: F, rows: &[Row], wanted: &[(u64, u64)], picked: &mut [Row]) {
    for (row, (index, minus)) in picked.iter_mut().zip(wanted) {
        let mut words = [[0; 4]; 4];
        for (number, candidate) in (0_u64..).zip(rows) {
            // All ones where the numbers are equal: their difference, below 2^32, has no bit to lend otherwise.
            let is_it = (number ^ index).wrapping_sub(1) >> 63;
            let mask = std::hint::black_box(is_it.wrapping_neg());
            for (part, of) in words.iter_mut().zip(&candidate.0) {
                for (word, of) in part.iter_mut().zip(of) {
                    *word |= of & mask;
                }
            }
        }
        let minus = std::hint::black_box(*minus);
        let [plus, less, t2d, negated] = &mut words;
        for (one, other) in plus.iter_mut().zip(less).chain(t2d.iter_mut().zip(negated)) {
            let exchange = (*one ^ *other) & minus;
            *one ^= exchange;
            *other ^= exchange;
        }
        row.0 = words;
    }
}

/// The rows themselves: `E = 2 x, F = G = 2, H = 2 y`.
#[inline(always)]
pub(crate) fn start_rows<F: Field>(field: F, picks: &Picks<'_>) -> Completed<F> {
    let plus = field.gather(|lane| row_part(picks, 0, lane));
    let minus = field.gather(|lane| row_part(picks, 1, lane));
    let (one, two) = (field.splat(&ONE), field.splat(&TWO));
    Completed {
        e: field.product(&field.sub(&plus, &minus), &one),
        f: two,
        g: two,
        h: field.product(&field.add(&plus, &minus), &one),
    }
}

/// The form to be added: 5 products.
#[inline(always)]
pub(crate) fn cached<F: Field>(field: F, point: &Completed<F>) -> Cached<F> {
    let x = field.mul(&point.e, &point.f);
    let y = field.mul(&point.g, &point.h);
    let z = field.mul(&point.f, &point.g);
    let t = field.product(&point.e, &point.h);
    Cached {
        plus: field.carry(&field.plus(&y, &x)),
        minus: field.carry(&field.minus(&y, &x)),
        t2d: field.product(&t, &field.splat(&D2)),
        z2: field.carry(&field.plus(&z, &z)),
    }
}

/// `P + Q`: 8 products.
#[inline(always)]
pub(crate) fn add_cached<F: Field>(field: F, point: &mut Completed<F>, other: &Cached<F>) {
    let [plus, minus, t, z] = operands(field, point);
    let a = field.mul(&minus, &other.minus);
    let b = field.mul(&plus, &other.plus);
    let c = field.mul(&t, &other.t2d);
    let d = field.mul(&z, &other.z2);
    *point = complete(field, &a, &b, &c, &d);
}

/// `P + Q` and `P - Q`: 10 products.
#[inline(always)]
pub(crate) fn add_and_sub<F: Field>(field: F, point: &Completed<F>, other: &Cached<F>) -> (Completed<F>, Completed<F>) {
    let [plus, minus, t, z] = operands(field, point);
    let c = field.mul(&t, &other.t2d);
    let d = field.mul(&z, &other.z2);
    let (a, b) = (field.mul(&minus, &other.minus), field.mul(&plus, &other.plus));
    let sum = complete(field, &a, &b, &c, &d);
    let (a, b) = (field.mul(&minus, &other.plus), field.mul(&plus, &other.minus));
    let mut difference = complete(field, &a, &b, &c, &d);
    (difference.f, difference.g) = (difference.g, difference.f); // C has the other sign
    (sum, difference)
}

/// `Y + X, Y - X, T, Z`
#[inline(always)]
fn operands<F: Field>(field: F, point: &Completed<F>) -> [F::Element; 4] {
    let x = field.mul(&point.e, &point.f);
    let y = field.mul(&point.g, &point.h);
    [
        field.carry(&field.plus(&y, &x)),
        field.carry(&field.minus(&y, &x)),
        field.product(&point.e, &point.h),
        field.product(&point.f, &point.g),
    ]
}

/// `(X, Y, Z)`: 3 products.
#[inline(always)]
pub(crate) fn projective<F: Field>(field: F, point: &Completed<F>) -> Projective<F> {
    Projective {
        x: field.product(&point.e, &point.f),
        y: field.product(&point.g, &point.h),
        z: field.product(&point.f, &point.g),
    }
}

/// Every `Z` to `1 / Z`: 3 products each and one inversion. No `Z` is 0, as the formulas are complete.
#[inline(always)]
pub(crate) fn invert_all<F: Field>(field: F, points: &mut [Projective<F>], before: &mut Vec<F::Element>) {
    before.clear();
    let mut product = field.splat(&ONE);
    for point in points.iter() {
        before.push(product);
        product = field.product(&product, &point.z);
    }
    let mut inverse = field::invert(field, &product);
    for (point, before) in points.iter_mut().zip(before.iter()).rev() {
        let z = point.z;
        point.z = field.product(&inverse, before);
        inverse = field.product(&inverse, &z);
    }
}

/// Rows of inverted points, that of lane `i` to `rows[i * stride]`: 4 products.
#[inline(always)]
pub(crate) fn rows<F: Field>(field: F, point: &Projective<F>, rows: &mut [Row], stride: usize) {
    let x = field.product(&point.x, &point.z);
    let y = field.product(&point.y, &point.z);
    affine_rows(field, &x, &y, rows, stride);
}

/// Rows of affine points.
#[inline(always)]
fn affine_rows<F: Field>(field: F, x: &F::Element, y: &F::Element, rows: &mut [Row], stride: usize) {
    let t2d = field.product(&field.product(x, y), &field.splat(&D2));
    field.scatter(&field.add(y, x), |lane, value| rows[lane * stride].0[0] = value);
    field.scatter(&field.sub(y, x), |lane, value| rows[lane * stride].0[1] = value);
    field.scatter(&t2d, |lane, value| {
        rows[lane * stride].0[2] = value;
        rows[lane * stride].0[3] = packed::negate(value);
    });
}

/// Rows of as many points as there are lanes.
#[inline(always)]
pub(crate) fn point_rows<F: Field>(field: F, points: &[Point], out: &mut [Row]) {
    let x = field.gather(|lane| &points[lane].x);
    let y = field.gather(|lane| &points[lane].y);
    affine_rows(field, &x, &y, out, 1);
}

/// The points of as many lanes, of inverted ones.
#[inline(always)]
pub(crate) fn affine<F: Field>(field: F, point: &Projective<F>, out: &mut [Point]) {
    field.scatter(&field.product(&point.x, &point.z), |lane, value| out[lane].x = packed::canonical(value));
    field.scatter(&field.product(&point.y, &point.z), |lane, value| out[lane].y = packed::canonical(value));
}

/// As many points as there are lanes: `E = x, F = G = 1, H = y`.
#[inline(always)]
pub(crate) fn load<F: Field>(field: F, points: &[Point]) -> Completed<F> {
    let one = field.splat(&ONE);
    Completed { e: field.gather(|lane| &points[lane].x), f: one, g: one, h: field.gather(|lane| &points[lane].y) }
}

/// Completed points from memory, that of lane `i` from `buckets[at[i]]`.
#[inline(always)]
pub(crate) fn take<F: Field>(field: F, buckets: &[Bucket], at: &[usize]) -> Completed<F> {
    let part = |which: usize| move |lane: usize| &buckets[at[lane]].0[which];
    Completed { e: field.gather(part(0)), f: field.gather(part(1)), g: field.gather(part(2)), h: field.gather(part(3)) }
}

/// Completed points to memory, that of lane `i` to `buckets[at[i]]`.
#[inline(always)]
pub(crate) fn put<F: Field>(field: F, point: &Completed<F>, buckets: &mut [Bucket], at: &[usize]) {
    for (which, part) in [&point.e, &point.f, &point.g, &point.h].into_iter().enumerate() {
        field.scatter(part, |lane, value| buckets[at[lane]].0[which] = value);
    }
}

/// The root of `x^2 = (y^2 - 1) / (d y^2 + 1)`, lane by lane: 254 squares and 21 products.
#[inline(always)]
pub(crate) fn roots<F: Field>(field: F, ys: &[Packed], out: &mut [Root]) {
    let one = field.splat(&ONE);
    let yy = field.squared(&field.gather(|lane| &ys[lane]));
    let u = field.sub(&yy, &one);
    let v = field.add(&field.product(&yy, &field.splat(&D)), &one);
    let v3 = field.product(&field.squared(&v), &v);
    let uv3 = field.product(&v3, &u);
    let uv7 = field.product(&field.product(&field.squared(&v3), &v), &u);
    let root = field.product(&field::root_power(field, &uv7), &uv3);
    let got = field.product(&field.squared(&root), &v);
    let second = field.product(&root, &field.splat(&ROOT_OF_MINUS_ONE));
    field.scatter(&root, |lane, value| out[lane].first = packed::canonical(value));
    field.scatter(&second, |lane, value| out[lane].second = packed::canonical(value));
    field.scatter(&u, |lane, value| out[lane].wanted = packed::canonical(value));
    field.scatter(&got, |lane, value| out[lane].got = packed::canonical(value));
}

/// Independent products in four elements, for measuring.
#[inline(always)]
pub(crate) fn muls<F: Field>(field: F, point: &mut Completed<F>, times: usize) {
    for _ in 0..times / 4 {
        point.e = field.product(&point.e, &point.f);
        point.f = field.product(&point.f, &point.g);
        point.g = field.product(&point.g, &point.h);
        point.h = field.product(&point.h, &point.e);
    }
}

/// Independent squares in four elements, for measuring.
#[inline(always)]
pub(crate) fn squares<F: Field>(field: F, point: &mut Completed<F>, times: usize) {
    for _ in 0..times / 4 {
        point.e = field.squared(&point.e);
        point.f = field.squared(&point.f);
        point.g = field.squared(&point.g);
        point.h = field.squared(&point.h);
    }
}
