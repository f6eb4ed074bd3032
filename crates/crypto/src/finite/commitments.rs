//! The commitments of many proofs, `product of B^c, g^u, y^v`, by the steps that [`Recipe`] lists.

use adil_lanes::Plan;

use super::fixed::{FixedBase, Powers};
use super::montgomery::{Modulus, Residue};
use super::multi::{collect, running_products};
use super::natural;
use super::recipe::{Comb, Recipe, Use};
use super::{FieldElement, FieldScalar};

/// The outputs of all items, as numbers; `bits` is the length of the group's order.
pub(super) fn commitments<const L: usize>(
    modulus: &Modulus<L>,
    bits: usize,
    plan: &Plan,
    fixed: [&FixedBase; 2],
    points: &[FieldElement],
    scalars: &[FieldScalar],
) -> Vec<[u64; L]> {
    let items = items(plan, points.len(), scalars.len());
    let recipe = Recipe::new(plan, bits);
    let powers: [Powers<'_>; 2] = std::array::from_fn(|which| {
        let each = recipe.fixed.iter().filter(|fixed| fixed[which].is_some()).count();
        fixed[which].prepare(modulus, bits, items * each)
    });
    let mut work = Work::new(modulus, &recipe);
    let mut numbers = Vec::with_capacity(items * plan.outputs().len());
    for item in 0..items {
        let points = &points[item * plan.inputs()..][..plan.inputs()];
        let scalars = &scalars[item * plan.scalars()..][..plan.scalars()];
        work.item(points, scalars);
        for (result, fixed) in work.results.iter().zip(&recipe.fixed) {
            let result = fixed.iter().zip(&powers).fold(*result, |result, (scalar, powers)| match scalar {
                Some(scalar) => powers.multiply(modulus, result, scalars[*scalar].words()),
                None => result,
            });
            numbers.push(modulus.leave(&result.unwrap_or(*modulus.one())));
        }
    }
    numbers
}

/// How many items there are; as many as both slices hold in full.
fn items(plan: &Plan, points: usize, scalars: usize) -> usize {
    match (plan.inputs(), plan.scalars()) {
        (0, 0) => 0,
        (0, each) => scalars / each,
        (each, 0) => points / each,
        (inputs, each) => (points / inputs).min(scalars / each),
    }
}

/// What is kept while an item is computed.
struct Work<'run, const L: usize> {
    modulus: &'run Modulus<L>,
    recipe: &'run Recipe,
    /// For each output the products of bases with the same window.
    buckets: Vec<Vec<Option<Residue<L>>>>,
    /// For each chain the powers that combs need.
    teeth: Vec<Vec<Residue<L>>>,
    /// What was multiplied for each output, without the fixed bases.
    results: Vec<Option<Residue<L>>>,
}

impl<'run, const L: usize> Work<'run, L> {
    fn new(modulus: &'run Modulus<L>, recipe: &'run Recipe) -> Self {
        let outputs = recipe.fixed.len();
        Self {
            modulus,
            recipe,
            buckets: vec![vec![None; 1 << (recipe.window - 1)]; outputs],
            teeth: vec![Vec::new(); recipe.chains.len()],
            results: vec![None; outputs],
        }
    }

    fn item(&mut self, points: &[FieldElement], scalars: &[FieldScalar]) {
        for buckets in &mut self.buckets {
            buckets.fill(None);
        }
        let mut wanted = vec![0; self.recipe.chains.len()];
        for comb in &self.recipe.combs {
            let teeth = longest(&comb.uses, scalars).div_ceil(self.recipe.spacing);
            for chain in &comb.members {
                wanted[*chain] = teeth.max(wanted[*chain]);
            }
        }
        for (chain, wanted) in wanted.into_iter().enumerate() {
            self.chain(chain, wanted, points, scalars);
        }
        for (result, buckets) in self.results.iter_mut().zip(&self.buckets) {
            *result = odd_product(self.modulus, buckets);
        }
        for comb in &self.recipe.combs {
            self.comb(comb, scalars);
        }
    }

    /// Squares a base from the lowest bit of its exponents to the highest, and past it where a comb needs more.
    fn chain(&mut self, index: usize, teeth: usize, points: &[FieldElement], scalars: &[FieldScalar]) {
        let (modulus, recipe) = (self.modulus, self.recipe);
        let chain = &recipe.chains[index];
        let mut power = None;
        for member in &chain.members {
            collect(modulus, &mut power, &points[*member].residue());
        }
        let Some(mut power) = power else { return };
        let past = if teeth == 0 { 0 } else { (teeth - 1) * recipe.spacing + 1 };
        let length = longest(&chain.uses, scalars).max(past);
        // The exponents, with the place where the next window may begin.
        let mut exponents: Vec<(usize, &[u64], usize)> =
            chain.uses.iter().map(|each| (each.output, scalars[each.scalar].words(), 0)).collect();
        let saved = &mut self.teeth[index];
        saved.clear();
        for place in 0..length {
            if place > 0 {
                power = modulus.square(&power);
            }
            if place % recipe.spacing == 0 && saved.len() < teeth {
                saved.push(power);
            }
            for (output, exponent, next) in &mut exponents {
                if place >= *next && natural::bit(exponent, place) {
                    let window = natural::digit(exponent, place, recipe.window);
                    collect(modulus, &mut self.buckets[*output][window / 2], &power);
                    *next = place + recipe.window;
                }
            }
        }
    }

    /// Multiplies the powers of a sum into the results that take it.
    fn comb(&mut self, comb: &Comb, scalars: &[FieldScalar]) {
        let (modulus, recipe) = (self.modulus, self.recipe);
        let teeth = longest(&comb.uses, scalars).div_ceil(recipe.spacing);
        let powers: Vec<Residue<L>> = (0..teeth)
            .map(|tooth| {
                let mut power = None;
                for chain in &comb.members {
                    collect(modulus, &mut power, &self.teeth[*chain][tooth]);
                }
                power.unwrap_or(*modulus.one())
            })
            .collect();
        let tables: Vec<Vec<Residue<L>>> =
            powers.chunks(recipe.teeth).map(|powers| subset_products(modulus, powers)).collect();
        for each in &comb.uses {
            let exponent = scalars[each.scalar].words();
            let mut power = None;
            for place in (0..recipe.spacing).rev() {
                power = power.map(|power| modulus.square(&power));
                for (index, table) in tables.iter().enumerate() {
                    let first = index * recipe.teeth;
                    let subset = (0..recipe.teeth)
                        .filter(|tooth| natural::bit(exponent, (first + tooth) * recipe.spacing + place))
                        .fold(0, |subset, tooth| subset | 1 << tooth);
                    if subset != 0 {
                        collect(modulus, &mut power, &table[subset - 1]);
                    }
                }
            }
            if let Some(power) = power {
                collect(modulus, &mut self.results[each.output], &power);
            }
        }
    }
}

/// Bits of the longest exponent.
fn longest(uses: &[Use], scalars: &[FieldScalar]) -> usize {
    uses.iter().map(|each| natural::bits(scalars[each.scalar].words())).max().unwrap_or(0)
}

/// `b_0 b_1^3 b_2^5 ...`, as `(b_1 b_2^2 ...)^2 (b_0 b_1 ...)`.
fn odd_product<const L: usize>(modulus: &Modulus<L>, buckets: &[Option<Residue<L>>]) -> Option<Residue<L>> {
    let (lowest, rest) = buckets.split_first()?;
    let (mut all, weighted) = running_products(modulus, rest);
    if let Some(lowest) = lowest {
        collect(modulus, &mut all, lowest);
    }
    if let Some(weighted) = weighted {
        collect(modulus, &mut all, &modulus.square(&weighted));
    }
    all
}

/// The products of all subsets but the empty one; bit `i` of an index, counted from 1, says whether power `i` is in it.
fn subset_products<const L: usize>(modulus: &Modulus<L>, powers: &[Residue<L>]) -> Vec<Residue<L>> {
    let mut products: Vec<Residue<L>> = Vec::with_capacity((1 << powers.len()) - 1);
    for power in powers {
        let known = products.len();
        products.push(*power);
        for index in 0..known {
            products.push(modulus.mul(&products[index], power));
        }
    }
    products
}
