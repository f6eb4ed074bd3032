//! Whether points are in the subgroup of prime order `l`.
//!
//! One point: `l P = 0`. Many: sums over random subsets. If some `l P_i` is not neutral, the sum over a subset that
//! each point enters with probability 1/2 is outside the subgroup with probability at least 1/2, whatever the others
//! are; 128 subsets miss it with probability `2^-128`. A byte names the subsets of eight rounds that a point is in:
//! points are added to the buckets of their bytes, and the buckets are summed up by bits at the end.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::buckets::{self, BLOCK, MOST_LANES};
use crate::curve::{Bucket, Completed};
use crate::engine::{Engine, with_engine};
use crate::kernels::Kernels;
use crate::packed::{self, ZERO};
use crate::point::Point;
use crate::portable::Portable;
use crate::scalar::ORDER;

/// Random subsets.
const ROUNDS: usize = 128;
/// Up to so many points, each by itself is cheaper.
const FEW: usize = 128;

/// Whether `l P` is neutral, exactly. The neutral element counts as of prime order.
pub fn is_prime_order(point: &Point) -> bool {
    all_neutral(Portable, &times_order(Portable, &Portable.load(&[*point])))
}

/// Whether all points are in the subgroup of prime order.
///
/// Up to 128 points exactly. More by 128 random subsets drawn from `seed`: a point outside goes unnoticed with
/// probability `2^-128`, provided that whoever chose the points could not know the seed. Take it from the operating
/// system, or from a hash of everything that is checked.
pub fn all_prime_order(engine: Engine, points: &[Point], seed: &[u8; 32]) -> bool {
    if points.len() <= FEW {
        with_engine!(engine, field => each(field, points))
    } else {
        with_engine!(engine, field => subsets(field, points, seed))
    }
}

fn each<K: Kernels>(field: K, points: &[Point]) -> bool {
    points.chunks(K::LANES).all(|chunk| {
        let mut lanes = [Point::neutral(); MOST_LANES];
        lanes[..chunk.len()].copy_from_slice(chunk);
        all_neutral(field, &times_order(field, &field.load(&lanes[..K::LANES])))
    })
}

fn subsets<K: Kernels>(field: K, points: &[Point], seed: &[u8; 32]) -> bool {
    let mut random = ChaCha20Rng::from_seed(*seed);
    let mut bytes = [0; BLOCK * MOST_LANES];
    let mut subsets = vec![Bucket::NEUTRAL; 256 * K::LANES];
    (0..ROUNDS / (8 * K::LANES)).all(|_| {
        subsets.fill(Bucket::NEUTRAL);
        buckets::each_row(field, points, |index, row| {
            let place = index % BLOCK;
            if place == 0 {
                random.fill_bytes(&mut bytes[..BLOCK * K::LANES]);
            }
            let at = std::array::from_fn(|lane| usize::from(bytes[place * K::LANES + lane % K::LANES]));
            buckets::add_to_buckets(field, &mut subsets, at, &[(row, 0); MOST_LANES][..K::LANES]);
        });
        by_bits(field, &subsets).iter().all(|sum| all_neutral(field, &times_order(field, sum)))
    })
}

/// For each of eight bits the sum of the buckets whose index has it.
fn by_bits<K: Kernels>(field: K, subsets: &[Bucket]) -> Vec<Completed<K>> {
    let mut points: Vec<Completed<K>> = (0..256).map(|index| buckets::bucket(field, subsets, index)).collect();
    let mut sums = Vec::with_capacity(8);
    while points.len() > 1 {
        // Indices of the upper half have the top bit. Without it they are those of the lower half.
        let upper = points.split_off(points.len() / 2);
        let mut sum = upper[0];
        for (low, high) in points.iter_mut().zip(&upper).skip(1) {
            let high = field.cached(high);
            field.add_cached(&mut sum, &high);
            field.add_cached(low, &high);
        }
        sums.push(sum);
    }
    sums
}

/// `l P`, by windows of up to four bits that begin and end with 1.
fn times_order<K: Kernels>(field: K, point: &Completed<K>) -> Completed<K> {
    let mut twice = *point;
    field.double(&mut twice, 1);
    let twice = field.cached(&twice);
    let mut odd = *point;
    let odds: [_; 8] = std::array::from_fn(|_| {
        let multiple = field.cached(&odd);
        field.add_cached(&mut odd, &twice);
        multiple
    });
    let bit = |position: usize| (ORDER[position / 64] >> (position % 64)) as usize & 1;
    let mut result = *point; // bit 252
    let mut from = 252;
    let mut pending = 0; // doublings not done yet
    while from > 0 {
        from -= 1;
        pending += 1;
        if bit(from) == 0 {
            continue;
        }
        let lowest = (from.saturating_sub(3)..=from).find(|position| bit(*position) == 1).unwrap_or(from);
        let value = (lowest..=from).rev().fold(0, |value, position| 2 * value + bit(position));
        field.double(&mut result, pending + from - lowest);
        field.add_cached(&mut result, &odds[value / 2]);
        (from, pending) = (lowest, 0);
    }
    result
}

/// Whether every lane is neutral: `x = E / G = 0`, `y = H / F = 1`.
fn all_neutral<K: Kernels>(field: K, point: &Completed<K>) -> bool {
    let mut lanes = [Bucket::NEUTRAL; MOST_LANES];
    let at: [usize; MOST_LANES] = std::array::from_fn(|lane| lane);
    field.put(point, &mut lanes, &at[..K::LANES]);
    lanes[..K::LANES].iter().all(|lane| {
        let [e, f, _, h] = lane.0.map(packed::canonical);
        e == ZERO && f == h
    })
}
