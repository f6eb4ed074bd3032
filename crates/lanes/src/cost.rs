//! Single operations, for measuring, and what a plan needs by formula; no part of the interface.

use crate::combs::{self, Chain};
use crate::curve::{self, Completed, Row};
use crate::engine::{Engine, with_engine};
use crate::field::Field;
use crate::fixed::WINDOWS;
use crate::kernels::Kernels;
use crate::plan::Plan;
use crate::point::Point;

/// What is repeated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    /// A product, with its carry.
    Mul,
    /// A square, with its carry.
    Square,
    /// The doubling of a point.
    Double,
    /// The addition of an affine point from memory.
    AddRow,
    /// The addition of a cached point.
    AddCached,
    /// An addition to a bucket.
    Bucket,
}

/// Lanes of the engine.
pub fn lanes(engine: Engine) -> usize {
    fn of<K: Field>(_: K) -> usize {
        K::LANES
    }
    with_engine!(engine, field => of(field))
}

/// So many of the operation in all lanes, each on the result of the one before.
pub fn repeat(engine: Engine, operation: Operation, times: usize) -> Point {
    with_engine!(engine, field => repeat_on(field, operation, times))
}

fn repeat_on<K: Kernels>(field: K, operation: Operation, times: usize) -> Point {
    let mut row = vec![Row::NEUTRAL; K::LANES];
    let points = vec![Point::base(); K::LANES];
    field.point_rows(&points, &mut row);
    let picks: Vec<_> = row.iter().enumerate().map(|(lane, row)| (row, lane % 2)).collect();
    let mut point = field.load(&points);
    let cached = field.cached(&point);
    let mut buckets = vec![curve::Bucket::NEUTRAL; 256 * K::LANES];
    match operation {
        Operation::Mul => field.muls(&mut point, times),
        Operation::Square => field.squares(&mut point, times),
        Operation::Double => field.double(&mut point, times),
        Operation::AddRow => (0..times).for_each(|_| field.add_rows(&mut point, &picks)),
        Operation::AddCached => (0..times).for_each(|_| field.add_cached(&mut point, &cached)),
        Operation::Bucket => {
            for time in 0..times {
                let at = std::array::from_fn(|lane| time.wrapping_mul(2_654_435_761).wrapping_add(lane) >> 7 & 0xff);
                crate::buckets::add_to_buckets(field, &mut buckets, at, &picks);
            }
            point = crate::buckets::bucket(field, &buckets, 1);
        }
    }
    first(field, &point)
}

fn first<K: Kernels>(field: K, point: &Completed<K>) -> Point {
    crate::buckets::to_points(field, point)[0]
}

/// Products and squares.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// Products of two elements.
    pub products: usize,
    /// Squares of an element.
    pub squares: usize,
}

impl Count {
    fn add(&mut self, times: usize, products: usize, squares: usize) {
        self.products += times * products;
        self.squares += times * squares;
    }

    fn doublings(&mut self, times: usize) {
        self.add(times, 3, 4);
    }
}

/// Field operations of an item of this plan: of its tables, of its outputs on bases, of its outputs on the two shared
/// points (with what makes them affine). The inversion that many outputs share is left out.
pub fn counts(plan: &Plan) -> [Count; 3] {
    let [mut tables, mut bases, mut shared] = [Count::default(); 3];
    let (combs, rows) = combs::combs(plan);
    for comb in combs.iter().flatten() {
        let (additions, members) = match &comb.chain {
            Chain::Doubled(members) => {
                tables.doublings(256 - comb.step);
                (1, members)
            }
            Chain::Summed(members) => (comb.teeth(), members),
        };
        tables.add(additions * members.len().saturating_sub(1), 5 + 8, 0);
        tables.add(comb.tables(), 3 * 5 + 7 * 10, 0);
    }
    // Projective, inverted together, affine; and the inversion.
    tables.add(rows, 3 + 3 + 4, 0);
    tables.add(1, 11, 254);
    for output in plan.outputs() {
        let own: Vec<_> = output.bases.iter().filter_map(|base| combs[*base].as_ref()).collect();
        let columns = own.iter().map(|comb| comb.step).max().unwrap_or(1);
        bases.doublings(columns - 1);
        bases.add(64 * own.len(), 7, 0);
        shared.add(WINDOWS * output.fixed.iter().filter(|used| **used).count(), 7, 0);
        shared.add(1, 3 + 3 + 2, 0);
    }
    [tables, bases, shared]
}
