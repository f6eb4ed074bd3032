//! Sums of many points, and of many multiples by the method of buckets.
//!
//! With signed digits `s_i = sum_w d_iw 2^(c w)`, the lanes are windows `w`: every lane reads the same point and adds it
//! to its own bucket `|d_iw|`. The sum of a window is `sum_b b * bucket_b`, by two additions for each bucket, and the
//! result `sum_w 2^(c w) window_w`.

use crate::curve::{Bucket, Completed, Row};
use crate::engine::{Engine, with_engine};
use crate::field::Field;
use crate::kernels::Kernels;
use crate::point::Point;
use crate::portable::Portable;
use crate::scalar::Scalar;

/// Points whose rows are in memory at a time.
pub(crate) const BLOCK: usize = 256;
/// Lanes of the widest engine.
pub(crate) const MOST_LANES: usize = 8;

/// `sum of scalars[i] * points[i]`, of any points of the curve.
///
/// # Panics
/// If there are not as many scalars as points.
pub fn multi_scalar(engine: Engine, points: &[Point], scalars: &[Scalar]) -> Point {
    assert_eq!(points.len(), scalars.len(), "a scalar for each point");
    with_engine!(engine, field => multi_scalar_on(field, points, scalars))
}

/// The sum of the points.
pub fn sum(engine: Engine, points: &[Point]) -> Point {
    with_engine!(engine, field => sum_on(field, points))
}

fn multi_scalar_on<K: Kernels>(field: K, points: &[Point], scalars: &[Scalar]) -> Point {
    let (bits, groups) = window(points.len(), K::LANES);
    let mut windows = Vec::with_capacity(groups * K::LANES);
    let mut buckets = vec![Bucket::NEUTRAL; ((1 << (bits - 1)) + 1) * K::LANES];
    for group in 0..groups {
        buckets.fill(Bucket::NEUTRAL);
        each_row(field, points, |index, row| {
            let digit = |lane: usize| digit(&scalars[index], bits, group * K::LANES + lane);
            let digits: [i32; MOST_LANES] = std::array::from_fn(|lane| digit(lane % K::LANES));
            let at = digits.map(|digit| digit.unsigned_abs() as usize);
            let picks = digits.map(|digit| (row, usize::from(digit < 0)));
            add_to_buckets(field, &mut buckets, at, &picks[..K::LANES]);
        });
        let total = to_points(field, &weighted(field, &buckets));
        windows.extend_from_slice(&total[..K::LANES]);
    }
    let mut result = Portable.load(&[Point::neutral()]);
    for window in windows.iter().rev() {
        Portable.double(&mut result, bits);
        let window = Portable.cached(&Portable.load(&[*window]));
        Portable.add_cached(&mut result, &window);
    }
    to_points(Portable, &result)[0]
}

/// Bits of a window and how many vectors of windows: the cheapest for so many points.
fn window(points: usize, lanes: usize) -> (usize, usize) {
    // 254 bits: a scalar has 253, and the last carry must find room.
    let groups = |bits: usize| 254_usize.div_ceil(bits).div_ceil(lanes);
    // A bucket takes two additions of 13 products at the end, a point one of about 10.
    let price = |bits: usize| groups(bits) * (10 * points + (26 << (bits - 1)));
    let bits = (2..=13).min_by_key(|bits| price(*bits)).unwrap_or(8);
    (bits, groups(bits))
}

/// Digit `window` of `2^bits`, from `-2^(bits - 1)` to `2^(bits - 1) - 1`.
fn digit(scalar: &Scalar, bits: usize, window: usize) -> i32 {
    let words = scalar.words();
    let field = |window: usize| {
        let from = window * bits;
        let word = |index: usize| u128::from(words.get(index).copied().unwrap_or(0));
        let two = word(from / 64) | word(from / 64 + 1) << 64;
        (two >> (from % 64)) as i64 & ((1 << bits) - 1)
    };
    let half = 1_i64 << (bits - 1);
    let mut below = window;
    // The carry is decided by the first window below whose value is not exactly one short of the half.
    let carry = loop {
        if below == 0 {
            break 0;
        }
        below -= 1;
        match field(below) {
            value if value >= half => break 1,
            value if value < half - 1 => break 0,
            _ => {}
        }
    };
    let value = field(window) + carry;
    (if value >= half { value - 2 * half } else { value }) as i32
}

/// Calls `of` with the index and the row of every point.
pub(crate) fn each_row<K: Kernels>(field: K, points: &[Point], mut of: impl FnMut(usize, &Row)) {
    let mut rows = vec![Row::NEUTRAL; BLOCK];
    for (block, points) in points.chunks(BLOCK).enumerate() {
        for (rows, points) in rows.chunks_mut(K::LANES).zip(points.chunks(K::LANES)) {
            let mut lanes = [Point::neutral(); MOST_LANES];
            lanes[..points.len()].copy_from_slice(points);
            field.point_rows(&lanes[..K::LANES], rows);
        }
        for (index, row) in rows.iter().take(points.len()).enumerate() {
            of(block * BLOCK + index, row);
        }
    }
}

/// In each lane, adds a row to the bucket of that lane at this index.
#[inline(always)]
pub(crate) fn add_to_buckets<K: Kernels>(
    field: K,
    buckets: &mut [Bucket],
    at: [usize; MOST_LANES],
    picks: &[(&Row, usize)],
) {
    let at: [usize; MOST_LANES] = std::array::from_fn(|lane| at[lane] * K::LANES + lane);
    let mut point = field.take(buckets, &at[..K::LANES]);
    field.add_rows(&mut point, picks);
    field.put(&point, buckets, &at[..K::LANES]);
}

/// The buckets with this index, one in each lane.
pub(crate) fn bucket<K: Kernels>(field: K, buckets: &[Bucket], index: usize) -> Completed<K> {
    let at: [usize; MOST_LANES] = std::array::from_fn(|lane| index * K::LANES + lane);
    field.take(buckets, &at[..K::LANES])
}

/// `sum over b > 0 of b * bucket_b` in each lane.
fn weighted<K: Kernels>(field: K, buckets: &[Bucket]) -> Completed<K> {
    let last = buckets.len() / K::LANES - 1;
    let mut running = bucket(field, buckets, last);
    let mut total = running;
    for index in (1..last).rev() {
        field.add_cached(&mut running, &field.cached(&bucket(field, buckets, index)));
        field.add_cached(&mut total, &field.cached(&running));
    }
    total
}

/// The points of all lanes.
pub(crate) fn to_points<K: Kernels>(field: K, point: &Completed<K>) -> [Point; MOST_LANES] {
    let mut inverted = [field.projective(point)];
    field.invert_all(&mut inverted, &mut Vec::new());
    let mut points = [Point::neutral(); MOST_LANES];
    field.affine(&inverted[0], &mut points[..K::LANES]);
    points
}

fn sum_on<K: Kernels>(field: K, points: &[Point]) -> Point {
    let mut rows = [Row::NEUTRAL; MOST_LANES];
    let mut total = field.load(&[Point::neutral(); MOST_LANES][..K::LANES]);
    for chunk in points.chunks(K::LANES) {
        let mut lanes = [Point::neutral(); MOST_LANES];
        lanes[..chunk.len()].copy_from_slice(chunk);
        field.point_rows(&lanes[..K::LANES], &mut rows[..K::LANES]);
        let picks: [(&Row, usize); MOST_LANES] = std::array::from_fn(|lane| (&rows[lane], 0));
        field.add_rows(&mut total, &picks[..K::LANES]);
    }
    to_points(field, &total)[..K::LANES].iter().fold(Point::neutral(), |sum, lane| sum.add(lane))
}

const _: () = assert!(BLOCK.is_multiple_of(MOST_LANES) && Portable::LANES <= MOST_LANES);
