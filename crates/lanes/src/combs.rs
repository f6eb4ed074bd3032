//! How each base of a plan is multiplied: signed combs, and which doublings are shared.
//!
//! With `T_j = 2^(step j) B` for `j < 256 / step` and the signs `e_i` of a scalar,
//!
//! ```text
//! c B = sum over columns s < step of 2^s sum over j of e_(step j + s) T_j
//! ```
//!
//! Four `T_j` at a time make a table of the 8 sums `T_3 +- T_2 +- T_1 +- T_0` up to sign. The `256 - step` doublings
//! of the `T_j` and the tables serve every scalar of the base; a scalar then costs `step - 1` doublings and 64
//! additions. The `T_j` of a sum of bases are the sums of their `T_j`.

use crate::plan::{Base, Plan};

/// Rows of one table.
pub(crate) const TABLE: usize = 8;

/// Costs in products, a square being 0.7 of one.
mod cost {
    /// 3 products, 4 squares.
    pub(super) const DOUBLE: f64 = 3.0 + 4.0 * 0.7;
    /// Of an affine row.
    pub(super) const ADD: f64 = 7.0;
    /// Of a cached point, and what caching takes.
    pub(super) const ADD_CACHED: f64 = 8.0 + 5.0;
    /// Three cached points, seven pairs of sum and difference, eight affine rows.
    pub(super) const TABLE: f64 = 3.0 * 5.0 + 7.0 * 10.0 + 8.0 * 10.0;
}

/// Where the `T_j` of a base come from.
#[derive(Debug, PartialEq)]
pub(crate) enum Chain {
    /// Doublings of the sum of these inputs.
    Doubled(Vec<usize>),
    /// The sums of the `T_j` of these bases, all of which are doubled.
    Summed(Vec<usize>),
}

/// How one base is multiplied.
#[derive(Debug, PartialEq)]
pub(crate) struct Comb {
    pub(crate) chain: Chain,
    /// Doublings between one `T_j` and the next: 16, 32 or 64; and as many columns.
    pub(crate) step: usize,
    /// Of its first row among those of an item.
    pub(crate) first_row: usize,
}

impl Comb {
    /// How many `T_j`.
    pub(crate) fn teeth(&self) -> usize {
        256 / self.step
    }

    pub(crate) fn tables(&self) -> usize {
        self.teeth() / 4
    }

    pub(crate) fn rows(&self) -> usize {
        self.tables() * TABLE
    }
}

/// A comb for each base that an output uses, and the rows they need together.
pub(crate) fn combs(plan: &Plan) -> (Vec<Option<Comb>>, usize) {
    let mut uses = vec![0_usize; plan.bases().len()];
    for base in plan.outputs().iter().flat_map(|output| &output.bases) {
        uses[*base] += 1;
    }
    let mut combs: Vec<Option<Comb>> = plan.bases().iter().map(|_| None).collect();
    // Inputs first: sums stand on them.
    for (base, uses) in uses.iter().enumerate().filter(|(_, uses)| **uses > 0) {
        if let Base::Input(input) = plan.bases()[base] {
            let step = cheapest_step(*uses, 0, 16);
            combs[base] = Some(Comb { chain: Chain::Doubled(vec![input]), step, first_row: 0 });
        }
    }
    for (base, uses) in uses.iter().enumerate().filter(|(_, uses)| **uses > 0) {
        if let Base::Sum(members) = &plan.bases()[base] {
            combs[base] = Some(sum_of(plan, &combs, members, *uses));
        }
    }
    let mut rows = 0;
    for comb in combs.iter_mut().flatten() {
        comb.first_row = rows;
        rows += comb.rows();
    }
    (combs, rows)
}

/// The comb of a sum of inputs: on their combs where all have one and that is cheaper.
fn sum_of(plan: &Plan, combs: &[Option<Comb>], members: &[usize], uses: usize) -> Comb {
    let of_input = |input: &usize| {
        let is_it = |base: &usize| plan.bases()[*base] == Base::Input(*input) && combs[*base].is_some();
        (0..combs.len()).find(is_it)
    };
    let own_step = cheapest_step(uses, 0, 16);
    let own = Comb { chain: Chain::Doubled(members.to_vec()), step: own_step, first_row: 0 };
    let Some(bases) = members.iter().map(of_input).collect::<Option<Vec<_>>>() else { return own };
    let Some(widest) = bases.iter().filter_map(|base| combs[*base].as_ref()).map(|comb| comb.step).max() else {
        return own;
    };
    let additions = members.len() - 1;
    let step = cheapest_step(uses, additions, widest);
    let own_cost = price(own_step, uses, 0) + cost::ADD_CACHED * additions as f64;
    if price(step, uses, additions) < own_cost { Comb { chain: Chain::Summed(bases), step, first_row: 0 } } else { own }
}

/// The cheapest step of at least `least` for a base with this many scalars.
fn cheapest_step(uses: usize, additions: usize, least: usize) -> usize {
    let steps = [64, 32, 16].into_iter().filter(|step| *step >= least);
    steps.min_by(|a, b| price(*a, uses, additions).total_cmp(&price(*b, uses, additions))).unwrap_or(64)
}

/// What a base costs: its `T_j` (by so many additions each, or by doublings if none), its tables, its scalars.
fn price(step: usize, uses: usize, additions: usize) -> f64 {
    let (teeth, scalars) = ((256 / step) as f64, uses as f64);
    let chain =
        if additions == 0 { (256 - step) as f64 * cost::DOUBLE } else { teeth * additions as f64 * cost::ADD_CACHED };
    chain + teeth / 4.0 * cost::TABLE + scalars * ((step - 1) as f64 * cost::DOUBLE + 64.0 * cost::ADD)
}

#[cfg(test)]
mod tests {
    use super::{Chain, combs};
    use crate::plan::{Base, Output, Plan};

    fn plan(uses: usize, sum_of: &[usize]) -> Plan {
        let bases = vec![Base::Input(0), Base::Input(1), Base::Sum(sum_of.to_vec())];
        let output = |base| Output { bases: vec![base], fixed: [false; 2] };
        let outputs = (0..uses).map(|_| output(0)).chain([output(2)]).collect();
        Plan::new(2, bases, outputs).expect("a plan")
    }

    #[test]
    fn the_more_scalars_the_shorter_the_steps() {
        let step = |uses| combs(&plan(uses, &[])).0[0].as_ref().map(|comb| comb.step);
        assert_eq!([1, 2, 3, 50].map(step), [64, 32, 32, 16].map(Some));
    }

    #[test]
    fn a_sum_stands_on_combs_only_where_all_its_inputs_have_one() {
        let chain = |sum: &[usize]| combs(&plan(2, sum)).0.pop().flatten().map(|comb| comb.chain);
        assert_eq!(chain(&[0, 0]), Some(Chain::Summed(vec![0, 0])));
        assert_eq!(chain(&[0, 1]), Some(Chain::Doubled(vec![0, 1])));
        assert_eq!(chain(&[]), Some(Chain::Doubled(vec![])));
        assert_eq!(chain(&[0; 100]), Some(Chain::Doubled(vec![0; 100])));
    }

    #[test]
    fn what_no_output_uses_costs_nothing() {
        let (combs, rows) = combs(&plan(0, &[0]));
        assert!(combs[0].is_none() && combs[1].is_none());
        assert_eq!(combs[2].as_ref().map(|comb| comb.rows()), Some(rows));
    }
}
