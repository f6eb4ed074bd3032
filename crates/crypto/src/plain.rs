//! The commitments of a [`Plan`] by the plainest way there is: one power at a time.
//!
//! Nothing but [`Group::power`] and [`Group::multiply`] is used, so that the fast ways can be held against it.

use adil_lanes::{Base, Plan};

use crate::Group;

/// What [`Group::commitments`] gives, slowly. `fixed` are `g` and `y` themselves.
pub fn plain_commitments<G: Group>(
    group: &G,
    plan: &Plan,
    fixed: [&G::Element; 2],
    points: &[G::Element],
    scalars: &[G::Scalar],
) -> Vec<String> {
    let mut texts = Vec::new();
    let items = points.chunks(plan.inputs().max(1)).zip(scalars.chunks(plan.scalars().max(1)));
    for (points, scalars) in items {
        let base = |base: &Base| match base {
            Base::Input(input) => points[*input].clone(),
            Base::Sum(inputs) => {
                inputs.iter().fold(group.neutral(), |product, &input| group.multiply(&product, &points[input]))
            }
        };
        let bases: Vec<G::Element> = plan.bases().iter().map(base).collect();
        let mut scalars = scalars.iter();
        for output in plan.outputs() {
            let of_bases = output.bases.iter().map(|&index| &bases[index]);
            let of_fixed = fixed.into_iter().zip(output.fixed).filter(|(_, is_used)| *is_used).map(|(base, _)| base);
            let mut product = group.neutral();
            for (base, scalar) in of_bases.chain(of_fixed).zip(&mut scalars) {
                product = group.multiply(&product, &group.power(base, scalar));
            }
            let mut text = String::new();
            group.encode(&product, &mut text);
            texts.push(text);
        }
    }
    texts
}
