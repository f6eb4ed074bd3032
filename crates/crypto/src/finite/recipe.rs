//! How the outputs of a [`Plan`] are computed with few products.
//!
//! Every base with exponents of its own gets a *chain*: its powers `B^(2^i)`, one squaring each. An output that takes
//! `B^e` cuts `e` into windows, `e = sum of d_j 2^(i_j)` with odd `d_j` below `2^w`, multiplies `B^(2^(i_j))` into its
//! bucket `d_j`, and at the end forms `product of b_d^d` over its buckets. The squarings are shared by all exponents of
//! a base, and the buckets by all bases of an output.
//!
//! A sum of inputs that have chains (the product of all choices of a ballot) needs no chain: its powers
//! `S^(2^(s j))` are products of theirs. With tables of the products of every subset of `t` of these, an exponent costs
//! `s - 1` squarings and `s` products for each table (a comb: Lim and Lee 1994).

use adil_lanes::{Base, Plan};

/// The computation of one item.
#[derive(Debug)]
pub(super) struct Recipe {
    /// The bases that are squared, with what they go into.
    pub(super) chains: Vec<Chain>,
    /// The bases that are put together from the powers of chains.
    pub(super) combs: Vec<Comb>,
    /// For each output, which scalars belong to the two fixed bases.
    pub(super) fixed: Vec<[Option<usize>; 2]>,
    /// Distance of the teeth of all combs, in bits.
    pub(super) spacing: usize,
    /// Teeth that share a table.
    pub(super) teeth: usize,
    /// Bits of a window.
    pub(super) window: usize,
}

/// A base that is squared.
#[derive(Debug)]
pub(super) struct Chain {
    /// The inputs whose product it is.
    pub(super) members: Vec<usize>,
    /// What it goes into.
    pub(super) uses: Vec<Use>,
}

/// A base whose powers are products of those of chains.
#[derive(Debug)]
pub(super) struct Comb {
    /// Indices of the chains.
    pub(super) members: Vec<usize>,
    /// What it goes into.
    pub(super) uses: Vec<Use>,
}

/// An output with the scalar that the base has there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use {
    /// Index of the output.
    pub(super) output: usize,
    /// Index of the scalar among those of the item.
    pub(super) scalar: usize,
}

impl Recipe {
    /// The cheapest for exponents of `bits` bits.
    pub(super) fn new(plan: &Plan, bits: usize) -> Self {
        let (uses, fixed) = uses(plan);
        let most = plan.outputs().iter().map(|output| output.bases.len()).max().unwrap_or(1).max(1);
        let window = (2..=8).min_by_key(|width| window_cost(most * bits, *width)).unwrap_or(4);
        let mut chains: Vec<Chain> = Vec::new();
        let mut sums = Vec::new();
        for (base, uses) in plan.bases().iter().zip(uses) {
            match base {
                _ if uses.is_empty() => {}
                Base::Input(input) => join(&mut chains, *input, uses),
                Base::Sum(members) => match members.as_slice() {
                    [] => {}
                    [input] => join(&mut chains, *input, uses),
                    _ => sums.push((members.clone(), uses)),
                },
            }
        }
        // A sum can be a comb where each of its members has a chain in any case.
        let chain_of = |input: &usize| chains.iter().position(|chain| chain.members == [*input]);
        let sums: Vec<_> = sums
            .into_iter()
            .map(|(members, uses)| (members.iter().map(chain_of).collect::<Option<Vec<usize>>>(), members, uses))
            .collect();
        let fresh = |members: usize, uses: usize| members - 1 + bits + uses * window_cost(bits, window);
        let shapes =
            [8, 16, 32, 64, 128, 256].into_iter().flat_map(|spacing| (2..=6).map(move |teeth| (spacing, teeth)));
        let cost = |shape: &(usize, usize)| -> usize {
            let of_sum = |(chains, members, uses): &(Option<Vec<usize>>, Vec<usize>, Vec<Use>)| {
                let fresh = fresh(members.len(), uses.len());
                if chains.is_none() { fresh } else { fresh.min(comb_cost(bits, members.len(), uses.len(), *shape)) }
            };
            sums.iter().map(of_sum).sum()
        };
        let (spacing, teeth) = shapes.min_by_key(cost).unwrap_or((32, 4));
        let mut combs = Vec::new();
        for (of_chains, members, uses) in sums {
            match of_chains {
                Some(of_chains)
                    if comb_cost(bits, members.len(), uses.len(), (spacing, teeth))
                        < fresh(members.len(), uses.len()) =>
                {
                    combs.push(Comb { members: of_chains, uses });
                }
                _ => chains.push(Chain { members, uses }),
            }
        }
        Self { chains, combs, fixed, spacing, teeth, window }
    }
}

/// For each base, and for the two fixed ones of each output, where the scalars are.
fn uses(plan: &Plan) -> (Vec<Vec<Use>>, Vec<[Option<usize>; 2]>) {
    let mut uses = vec![Vec::new(); plan.bases().len()];
    let mut fixed = Vec::new();
    let mut scalar = 0..;
    for (output, what) in plan.outputs().iter().enumerate() {
        for (base, scalar) in what.bases.iter().zip(&mut scalar) {
            uses[*base].push(Use { output, scalar });
        }
        fixed.push(what.fixed.map(|present| if present { scalar.next() } else { None }));
    }
    (uses, fixed)
}

/// Adds uses to the chain of an input.
fn join(chains: &mut Vec<Chain>, input: usize, uses: Vec<Use>) {
    match chains.iter_mut().find(|chain| chain.members == [input]) {
        Some(chain) => chain.uses.extend(uses),
        None => chains.push(Chain { members: vec![input], uses }),
    }
}

/// Products for the windows of `bits` bits: one each, less the first in each of `2^(w - 1)` buckets, and two for each
/// bucket in the end.
fn window_cost(bits: usize, width: usize) -> usize {
    bits / (width + 1) + (1 << (width - 1))
}

/// Products and squarings of a comb.
fn comb_cost(bits: usize, members: usize, uses: usize, (spacing, teeth): (usize, usize)) -> usize {
    let powers = bits.div_ceil(spacing);
    let (tables, rest) = (powers / teeth, powers % teeth);
    let table = |teeth: usize| (1 << teeth) - teeth - 1;
    let products = |teeth: usize| spacing - (spacing >> teeth);
    let each = spacing - 1 + tables * products(teeth) + products(rest);
    (members - 1) * powers + tables * table(teeth) + table(rest) + uses * each
}
