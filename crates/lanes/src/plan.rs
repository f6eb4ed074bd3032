//! What is computed for every item of a batch: which sums of multiples of which points.
//!
//! An item (a ballot) has `inputs` points of its own. Bases are inputs or sums of inputs; an output is
//! `sum c_k B_k (+ u G) (+ v Y)` over bases `B_k`, where `G` and `Y` are the two points that all items share.
//! Nothing here knows of which group the points are.

/// A point that outputs multiply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Base {
    /// The input at this index.
    Input(usize),
    /// The sum of the inputs at these indices; of none, the neutral element.
    Sum(Vec<usize>),
}

/// `sum over bases c_k B_k (+ u G if fixed[0]) (+ v Y if fixed[1])`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Output {
    /// Indices into the bases of the plan.
    pub bases: Vec<usize>,
    /// Whether the first and the second shared point take part.
    pub fixed: [bool; 2],
}

impl Output {
    /// Scalars it takes: one for each base, then `u`, then `v`, where present.
    pub fn scalars(&self) -> usize {
        self.bases.len() + usize::from(self.fixed[0]) + usize::from(self.fixed[1])
    }
}

/// The computation of one item; the same for all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    inputs: usize,
    bases: Vec<Base>,
    outputs: Vec<Output>,
}

impl Plan {
    /// A plan for items of `inputs` points; `None` if an index is out of range.
    pub fn new(inputs: usize, bases: Vec<Base>, outputs: Vec<Output>) -> Option<Self> {
        let inputs_exist = bases.iter().all(|base| match base {
            Base::Input(input) => *input < inputs,
            Base::Sum(members) => members.iter().all(|input| *input < inputs),
        });
        let bases_exist = outputs.iter().all(|output| output.bases.iter().all(|base| *base < bases.len()));
        (inputs_exist && bases_exist).then_some(Self { inputs, bases, outputs })
    }

    /// Points per item.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// What is computed, in the order of the results.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// What the outputs multiply.
    pub fn bases(&self) -> &[Base] {
        &self.bases
    }

    /// Scalars per item: for each output in order one per base, then `u`, then `v` where present.
    pub fn scalars(&self) -> usize {
        self.outputs.iter().map(Output::scalars).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Base, Output, Plan};

    #[test]
    fn an_index_out_of_range_is_no_plan() {
        let output = |base| Output { bases: vec![base], fixed: [false, false] };
        assert!(Plan::new(1, vec![Base::Input(1)], vec![]).is_none());
        assert!(Plan::new(1, vec![Base::Sum(vec![0, 1])], vec![]).is_none());
        assert!(Plan::new(1, vec![Base::Input(0)], vec![output(1)]).is_none());
        assert!(Plan::new(1, vec![Base::Input(0)], vec![output(0)]).is_some());
    }

    #[test]
    fn scalars_are_counted_over_bases_and_shared_points() {
        let outputs = vec![
            Output { bases: vec![0, 1], fixed: [true, true] },
            Output { bases: vec![], fixed: [false, true] },
            Output { bases: vec![1], fixed: [false, false] },
        ];
        let plan = Plan::new(2, vec![Base::Input(0), Base::Sum(vec![0, 1])], outputs).expect("a plan");
        assert_eq!(plan.scalars(), 4 + 1 + 1);
    }
}
