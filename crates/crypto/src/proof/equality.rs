//! Chaum and Pedersen's proof that `X = g^x` and `F = alpha^x` for one `x`: `A = g^r X^c`, `B = alpha^r F^c` and
//! `c = H(prefix, A, ",", B)`.

use super::{Proof, challenge, text_of};
use crate::Group;

/// Whether the proof holds: `public` and `factor` are the same power of `g` and of `alpha`.
pub fn equal_logarithms<G: Group>(
    group: &G,
    public: &G::Element,
    alpha: &G::Element,
    factor: &G::Element,
    proof: &Proof<G::Scalar>,
    prefix: &str,
) -> bool {
    let exponents = [proof.response.clone(), proof.challenge.clone()];
    let first = group.product_of_powers(&[group.generator(), public.clone()], &exponents);
    let second = group.product_of_powers(&[alpha.clone(), factor.clone()], &exponents);
    challenge(group, &[prefix, &text_of(group, &first), ",", &text_of(group, &second)]) == proof.challenge
}
