//! Proofs, made: `w` is drawn, `A = g^w` committed to, and `r = w - c x` answered.

use rand_core::CryptoRng;

use super::{Proof, challenge, text_of};
use crate::SecretGroup;

/// Proves knowledge of `x` with `X = g^x`; `prefix` is everything that is hashed before the commitment.
pub fn prove_logarithm<G: SecretGroup, R: CryptoRng + ?Sized>(
    group: &G,
    secret: &G::Secret,
    prefix: &str,
    random: &mut R,
) -> Proof<G::Scalar> {
    let witness = group.draw(random);
    let commitment = group.secret_power(&group.generator(), &witness);
    let challenge = challenge(group, &[prefix, &text_of(group, &commitment)]);
    Proof { response: response(group, &witness, &challenge, secret), challenge }
}

/// Proves that `X = g^x` and `F = alpha^x` for one `x`, and gives `F`.
pub fn prove_equality<G: SecretGroup, R: CryptoRng + ?Sized>(
    group: &G,
    secret: &G::Secret,
    alpha: &G::Element,
    prefix: &str,
    random: &mut R,
) -> (G::Element, Proof<G::Scalar>) {
    let witness = group.draw(random);
    let factor = group.secret_power(alpha, secret);
    let first = group.secret_power(&group.generator(), &witness);
    let second = group.secret_power(alpha, &witness);
    let challenge = challenge(group, &[prefix, &text_of(group, &first), ",", &text_of(group, &second)]);
    (factor, Proof { response: response(group, &witness, &challenge, secret), challenge })
}

/// `w - c x`, which is public.
pub fn response<G: SecretGroup>(
    group: &G,
    witness: &G::Secret,
    challenge: &G::Scalar,
    secret: &G::Secret,
) -> G::Scalar {
    let product = group.secret_product(&group.hide(challenge), secret);
    group.publish(&group.secret_difference(witness, &product))
}
