//! Schnorr's proof that somebody knows `x` with `X = g^x`: `A = g^r X^c` and `c = H(prefix, A)`.

use super::{Proof, challenge, text_of};
use crate::Group;

/// Whether the proof holds for `public`; `prefix` is everything that is hashed before the commitment.
pub fn knows_logarithm<G: Group>(group: &G, public: &G::Element, proof: &Proof<G::Scalar>, prefix: &str) -> bool {
    let bases = [group.generator(), public.clone()];
    let exponents = [proof.response.clone(), proof.challenge.clone()];
    let commitment = group.product_of_powers(&bases, &exponents);
    challenge(group, &[prefix, &text_of(group, &commitment)]) == proof.challenge
}
