//! One point of result for each item, an item in each lane; vectors of results share inversions.

use crate::curve::{Completed, Projective};
use crate::engine::{Engine, with_engine};
use crate::kernels::Kernels;
use crate::point::Point;

/// Lanes of the widest engine.
pub(crate) const MOST_LANES: usize = 8;
/// Results, in vectors, that share an inversion.
const TOGETHER: usize = 128;

/// The sums of the points at the same places of two lists.
///
/// # Panics
/// If the lists differ in length.
pub fn add_each(engine: Engine, left: &[Point], right: &[Point]) -> Vec<Point> {
    assert_eq!(left.len(), right.len(), "lists of one length");
    with_engine!(engine, field => add(field, left, right))
}

fn add<K: Kernels>(field: K, left: &[Point], right: &[Point]) -> Vec<Point> {
    each(field, left.len(), |of_lane| {
        let load = |points: &[Point]| {
            let lanes: [Point; MOST_LANES] = std::array::from_fn(|lane| points[of_lane(lane)]);
            field.load(&lanes[..K::LANES])
        };
        let mut sum = load(left);
        field.add_cached(&mut sum, &field.cached(&load(right)));
        sum
    })
}

/// What `of` computes for each item, given the item of every lane; lanes beyond the last item repeat it.
pub(crate) fn each<K: Kernels>(
    field: K,
    items: usize,
    of: impl Fn(&dyn Fn(usize) -> usize) -> Completed<K>,
) -> Vec<Point> {
    let mut results = vec![Point::neutral(); items];
    let mut waiting: Vec<Projective<K>> = Vec::with_capacity(TOGETHER);
    let mut before = Vec::new();
    for (block, own) in results.chunks_mut(TOGETHER * K::LANES).enumerate() {
        let first = block * TOGETHER * K::LANES;
        for vector in (0..own.len()).step_by(K::LANES) {
            let completed = of(&|lane| (first + vector + lane % K::LANES).min(items - 1));
            waiting.push(field.projective(&completed));
        }
        field.invert_all(&mut waiting, &mut before);
        for (point, places) in waiting.drain(..).zip(own.chunks_mut(K::LANES)) {
            let mut lanes = [Point::neutral(); MOST_LANES];
            field.affine(&point, &mut lanes[..K::LANES]);
            places.copy_from_slice(&lanes[..places.len()]);
        }
    }
    results
}
