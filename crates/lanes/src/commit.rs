//! The outputs of a plan for many items: one item in each lane.
//!
//! For a vector of items: the `T_j` of every base, their tables made affine by one inversion, then each output in one
//! accumulator, column by column from the highest, and last the windows of the shared points. Outputs of several
//! vectors are made affine together.

use crate::combs::{self, Chain, Comb, TABLE};
use crate::curve::{Cached, Completed, Projective, Row};
use crate::engine::{Engine, with_engine};
use crate::fixed::{FixedBase, WINDOWS};
use crate::kernels::Kernels;
use crate::plan::{Output, Plan};
use crate::point::Point;
use crate::scalar::{Scalar, Signs};

/// Outputs, in vectors, that share an inversion.
const TOGETHER: usize = 128;
/// Lanes of the widest engine.
const MOST_LANES: usize = 8;

/// The outputs of every item, as encodings of RFC 8032: `items * outputs` of them, those of an item together.
///
/// `points` has `items * plan.inputs()` of them, `scalars` `items * plan.scalars()` in the order that
/// [`Plan::scalars`] gives; `fixed` are the two shared points.
///
/// Every point, the shared ones included, must be in the prime-order subgroup ([`all_prime_order`]): an even scalar `c`
/// is taken as `c + l`. For other points the results are wrong.
///
/// # Panics
/// If the lengths do not belong to the same number of items.
///
/// [`all_prime_order`]: crate::all_prime_order
pub fn commitments(
    engine: Engine,
    plan: &Plan,
    fixed: [&FixedBase; 2],
    points: &[Point],
    scalars: &[Scalar],
) -> Vec<[u8; 32]> {
    let items = match (plan.inputs(), plan.scalars()) {
        (0, 0) => 0,
        (0, each) => scalars.len() / each,
        (each, _) => points.len() / each,
    };
    assert_eq!(points.len(), items * plan.inputs(), "points of whole items");
    assert_eq!(scalars.len(), items * plan.scalars(), "as many items of scalars as of points");
    with_engine!(engine, field => Batch::new(field, plan, fixed).run(items, points, scalars))
}

/// For every item the encodings of sums of its points: `items * sums.len()` of them, those of an item together.
///
/// `points` has `items * inputs` of them; each sum lists indices of inputs, and is the neutral element of none. Points may
/// be of any order.
///
/// # Panics
/// If the points are not those of whole items, or an index is not below `inputs`.
pub fn sums(engine: Engine, inputs: usize, sums: &[Vec<usize>], points: &[Point]) -> Vec<[u8; 32]> {
    assert!(inputs > 0 && points.len().is_multiple_of(inputs), "points of whole items");
    with_engine!(engine, field => sums_in(field, inputs, sums, points))
}

fn sums_in<K: Kernels>(field: K, inputs: usize, sums: &[Vec<usize>], points: &[Point]) -> Vec<[u8; 32]> {
    let items = points.len() / inputs;
    let mut encodings = vec![[0; 32]; items * sums.len()];
    let (mut waiting, mut before) = (Waiting { points: Vec::new(), places: Vec::new() }, Vec::new());
    for first in (0..items).step_by(K::LANES) {
        let load = |input: usize| {
            let of_lane = |lane: usize| points[(first + lane).min(items - 1) * inputs + input];
            let lanes: [Point; MOST_LANES] = std::array::from_fn(of_lane);
            field.load(&lanes[..K::LANES])
        };
        for (index, members) in sums.iter().enumerate() {
            let mut members = members.iter().map(|&input| load(input));
            let mut sum = members.next().unwrap_or_else(|| neutral(field));
            members.for_each(|member| field.add_cached(&mut sum, &field.cached(&member)));
            waiting.points.push(field.projective(&sum));
            waiting.places.push((first, index));
        }
        if waiting.points.len() >= TOGETHER {
            waiting.write(field, &mut before, &mut encodings, sums.len());
        }
    }
    waiting.write(field, &mut before, &mut encodings, sums.len());
    encodings
}

/// The state of one call.
struct Batch<'a, K: Kernels> {
    field: K,
    plan: &'a Plan,
    fixed: [&'a FixedBase; 2],
    combs: Vec<Option<Comb>>,
    /// The tables of one vector of items: by base, by lane, by table.
    rows: Vec<Row>,
    /// Points on their way into `rows`, in the order of base and table.
    entries: Vec<Projective<K>>,
    /// For inversions.
    before: Vec<K::Element>,
}

impl<'a, K: Kernels> Batch<'a, K> {
    fn new(field: K, plan: &'a Plan, fixed: [&'a FixedBase; 2]) -> Self {
        let (combs, rows) = combs::combs(plan);
        let rows = vec![Row::NEUTRAL; rows * K::LANES];
        Self { field, plan, fixed, combs, rows, entries: Vec::new(), before: Vec::new() }
    }

    fn run(mut self, items: usize, points: &[Point], scalars: &[Scalar]) -> Vec<[u8; 32]> {
        let (inputs, outputs, per_item) = (self.plan.inputs(), self.plan.outputs().len(), self.plan.scalars());
        let mut encodings = vec![[0; 32]; items * outputs];
        let mut waiting = Waiting { points: Vec::new(), places: Vec::new() };
        let mut loaded = Vec::with_capacity(inputs);
        let mut signs = Vec::with_capacity(per_item * K::LANES);
        for first in (0..items).step_by(K::LANES) {
            // Lanes beyond the last item repeat it.
            let item_of = |lane: usize| (first + lane).min(items - 1);
            loaded.clear();
            for input in 0..inputs {
                let lanes: [Point; MOST_LANES] = std::array::from_fn(|lane| points[item_of(lane) * inputs + input]);
                loaded.push(self.field.load(&lanes[..K::LANES]));
            }
            self.fill_tables(&loaded);
            signs.clear();
            for scalar in 0..per_item {
                signs.extend((0..K::LANES).map(|lane| scalars[item_of(lane) * per_item + scalar].signs()));
            }
            let mut rest = signs.as_slice();
            for (index, output) in self.plan.outputs().iter().enumerate() {
                let (own, others) = rest.split_at(output.scalars() * K::LANES);
                rest = others;
                waiting.points.push(self.field.projective(&self.output(output, own)));
                waiting.places.push((first, index));
            }
            if waiting.points.len() >= TOGETHER {
                waiting.write(self.field, &mut self.before, &mut encodings, outputs);
            }
        }
        waiting.write(self.field, &mut self.before, &mut encodings, outputs);
        encodings
    }

    /// The tables of all bases for this vector of items.
    fn fill_tables(&mut self, inputs: &[Completed<K>]) {
        let field = self.field;
        self.entries.clear();
        let mut chains: Vec<Vec<Completed<K>>> = self.combs.iter().map(|_| Vec::new()).collect();
        for (base, comb) in self.combs.iter().enumerate() {
            if let Some(Comb { chain: Chain::Doubled(members), step, .. }) = comb {
                chains[base] = doubled(field, inputs, members, *step);
            }
        }
        for (base, comb) in self.combs.iter().enumerate() {
            let Some(comb) = comb else { continue };
            if let Chain::Summed(members) = &comb.chain {
                chains[base] =
                    (0..comb.teeth()).map(|tooth| self.summed(&chains, members, tooth * comb.step)).collect();
            }
            for teeth in chains[base].as_chunks::<4>().0 {
                self.entries.extend(signed_sums(field, teeth).iter().map(|sum| field.projective(sum)));
            }
        }
        field.invert_all(&mut self.entries, &mut self.before);
        let mut entries = self.entries.iter();
        for comb in self.combs.iter().flatten() {
            let (first, stride) = (comb.first_row * K::LANES, comb.rows());
            for (row, entry) in (0..stride).zip(&mut entries) {
                field.rows(entry, &mut self.rows[first + row..], stride);
            }
        }
    }

    /// `sum over members of 2^shift B`, of their chains.
    fn summed(&self, chains: &[Vec<Completed<K>>], members: &[usize], shift: usize) -> Completed<K> {
        let tooth = |base: usize| {
            let step = self.combs[base].as_ref().map_or(1, |comb| comb.step);
            &chains[base][shift / step]
        };
        let mut sum = *tooth(members[0]);
        for base in &members[1..] {
            self.field.add_cached(&mut sum, &self.field.cached(tooth(*base)));
        }
        sum
    }

    /// One output for this vector of items; `signs` of its scalars, those of all lanes together.
    fn output(&self, output: &Output, signs: &[Signs]) -> Completed<K> {
        let mut sum = Sum { field: self.field, point: None };
        let combs: Vec<&Comb> = output.bases.iter().filter_map(|base| self.combs[*base].as_ref()).collect();
        let columns = combs.iter().map(|comb| comb.step).max().unwrap_or(0);
        for column in (0..columns).rev() {
            sum.double();
            for (comb, signs) in combs.iter().zip(signs.chunks(K::LANES)).filter(|(comb, _)| comb.step > column) {
                let rows = &self.rows[comb.first_row * K::LANES..][..comb.rows() * K::LANES];
                for table in 0..comb.tables() {
                    let from = table * 4 * comb.step + column;
                    sum.add(|lane| {
                        let (index, minus) = signs[lane].comb(from, comb.step);
                        (&rows[lane * comb.rows() + table * TABLE + index], minus)
                    });
                }
            }
        }
        let used = self.fixed.iter().zip(output.fixed).filter(|(_, used)| *used).map(|(base, _)| base);
        for (base, signs) in used.zip(signs.chunks(K::LANES).skip(output.bases.len())) {
            for window in 0..WINDOWS {
                let next = (window + 1) % WINDOWS;
                signs.iter().for_each(|signs| self.field.prefetch(base.pick(next, signs).0));
                sum.add(|lane| base.pick(window, &signs[lane]));
            }
        }
        sum.point.unwrap_or_else(|| neutral(self.field))
    }
}

/// `T_0, T_1, ...` of the sum of these inputs.
fn doubled<K: Kernels>(field: K, inputs: &[Completed<K>], members: &[usize], step: usize) -> Vec<Completed<K>> {
    let mut members = members.iter().map(|input| inputs[*input]);
    let mut point = members.next().unwrap_or_else(|| neutral(field));
    for member in members {
        field.add_cached(&mut point, &field.cached(&member));
    }
    let mut chain = vec![point];
    for _ in 1..256 / step {
        field.double(&mut point, step);
        chain.push(point);
    }
    chain
}

/// `T_3 +- T_2 +- T_1 +- T_0`: bit `i` of the index is set where `T_i` is added.
fn signed_sums<K: Kernels>(field: K, teeth: &[Completed<K>; 4]) -> [Completed<K>; TABLE] {
    let cached: [Cached<K>; 3] = std::array::from_fn(|tooth| field.cached(&teeth[tooth]));
    let mut sums = [teeth[3]; TABLE];
    for bit in (0..3).rev() {
        for index in (0..TABLE).step_by(2 << bit) {
            (sums[index + (1 << bit)], sums[index]) = field.add_and_sub(&sums[index], &cached[bit]);
        }
    }
    sums
}

fn neutral<K: Kernels>(field: K) -> Completed<K> {
    field.load(&[Point::neutral(); MOST_LANES][..K::LANES])
}

/// A sum that begins with its first term.
struct Sum<K: Kernels> {
    field: K,
    point: Option<Completed<K>>,
}

impl<K: Kernels> Sum<K> {
    fn double(&mut self) {
        if let Some(point) = &mut self.point {
            self.field.double(point, 1);
        }
    }

    #[inline(always)]
    fn add<'r>(&mut self, pick: impl Fn(usize) -> (&'r Row, usize)) {
        let picks: [_; MOST_LANES] = std::array::from_fn(|lane| pick(lane % K::LANES));
        match &mut self.point {
            Some(point) => self.field.add_rows(point, &picks[..K::LANES]),
            None => self.point = Some(self.field.start_rows(&picks[..K::LANES])),
        }
    }
}

/// Outputs that are not affine yet, and of which (first item, output) they are.
struct Waiting<K: Kernels> {
    points: Vec<Projective<K>>,
    places: Vec<(usize, usize)>,
}

impl<K: Kernels> Waiting<K> {
    fn write(&mut self, field: K, before: &mut Vec<K::Element>, encodings: &mut [[u8; 32]], outputs: usize) {
        field.invert_all(&mut self.points, before);
        let mut lanes = [Point::neutral(); MOST_LANES];
        for (point, (first, output)) in self.points.drain(..).zip(self.places.drain(..)) {
            field.affine(&point, &mut lanes[..K::LANES]);
            let items = encodings[first * outputs..].chunks_mut(outputs);
            for (item, point) in items.zip(&lanes[..K::LANES]) {
                item[output] = point.compress();
            }
        }
    }
}
