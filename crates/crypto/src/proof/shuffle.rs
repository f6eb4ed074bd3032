//! Terelius and Wikström's proof that a list of ciphertexts is another one, re-encrypted and permuted, in the form of
//! the CHVote specification 1.3.2 (Haenni, Koenig, Locher, Dubuis), algorithms 8.44 to 8.48.
//!
//! With inputs `e_i = (alpha_i, beta_i)`, outputs `e'_i`, permutation commitments `c_i` and chain `ĉ_i` (`ĉ_(-1) = h`),
//! `u_i` from a digest of the lists, and `C = prod c_i / prod h_i`, `Ĉ = ĉ_(N-1) / h^(prod u_i)`, `c̃ = prod c_i^(u_i)`:
//!
//! ```text
//! t1   = C^-c g^s1                       t2    = Ĉ^-c g^s2
//! t3   = c̃^-c g^s3 prod h_i^(s'_i)       t̂_i   = ĉ_i^-c g^(ŝ_i) ĉ_(i-1)^(s'_i)
//! t4_1 = (prod beta_i^(u_i))^-c  y^-s4 prod beta'_i^(s'_i)
//! t4_2 = (prod alpha_i^(u_i))^-c g^-s4 prod alpha'_i^(s'_i)
//! ```
//!
//! All `N + 5` equations are tested at once: each is raised to a weight of 128 bits that is drawn from a digest of the
//! whole proof, and their product must be neutral. If they all hold it is; if one fails, it is with probability below
//! 2^-127, since the group has prime order and every element was proven to lie in it.

use sha2::{Digest, Sha256};

use super::{challenge, text_of};
use crate::Group;

/// An ElGamal ciphertext `(g^r, y^r m)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ciphertext<E> {
    /// `g^r`.
    pub alpha: E,
    /// `y^r m`.
    pub beta: E,
}

/// The proof; every list has as many entries as there are ciphertexts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShuffleProof<E, S> {
    /// `t1, t2, t3`.
    pub t: [E; 3],
    /// `t4_1, t4_2`.
    pub t4: [E; 2],
    /// `t̂_i`.
    pub t_hat: Vec<E>,
    /// `s1, s2, s3, s4`.
    pub s: [S; 4],
    /// `ŝ_i`.
    pub s_hat: Vec<S>,
    /// `s'_i`.
    pub s_prime: Vec<S>,
    /// The commitments `c_i` to the permutation.
    pub c: Vec<E>,
    /// The chain `ĉ_i`.
    pub c_hat: Vec<E>,
}

/// The lists have different lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the lists of the proof do not have one entry for each ciphertext")]
pub struct ShuffleShape;

/// Whether `outputs` is proven to be a re-encryption and permutation of `inputs` under the key `y`.
///
/// `fingerprint` is that of the election. `generators` are `h` and then at least one `h_i` for each ciphertext, as
/// [`Group::independent_generators`] gives them.
///
/// # Errors
/// The lists have different lengths.
pub fn shuffles<G: Group>(
    group: &G,
    fingerprint: &str,
    y: &G::Element,
    generators: &[G::Element],
    inputs: &[Ciphertext<G::Element>],
    outputs: &[Ciphertext<G::Element>],
    proof: &ShuffleProof<G::Element, G::Scalar>,
) -> Result<bool, ShuffleShape> {
    let n = inputs.len();
    let lengths = [outputs.len(), proof.t_hat.len(), proof.s_hat.len(), proof.s_prime.len(), proof.c.len()];
    let Some((h, generators)) = generators.split_first() else { return Err(ShuffleShape) };
    if lengths.iter().any(|&length| length != n) || proof.c_hat.len() != n || generators.len() < n {
        return Err(ShuffleShape);
    }
    let statement = statement(group, inputs, outputs, &proof.c);
    let u = exponents(group, fingerprint, &statement, n);
    let (c, seed) = main_challenge(group, fingerprint, &statement, proof, y);
    let mut product = Product { group, bases: Vec::with_capacity(8 * n + 9), exponents: Vec::with_capacity(8 * n + 9) };
    let weights = Weights { group, seed };
    let minus_c = group.negate(&c);
    let [w1, w2, w3, w41, w42] = [0, 1, 2, 3, 4].map(|index| weights.get(index));
    let times = |left: &G::Scalar, right: &G::Scalar| group.times(left, right);
    // Exponents of g, y and h collect from several equations.
    let [s1, s2, s3, s4] = &proof.s;
    let mut of_g = [(&w1, s1), (&w2, s2), (&w3, s3)]
        .into_iter()
        .fold(group.small(0), |sum, (weight, response)| group.add(&sum, &times(weight, response)));
    of_g = group.add(&of_g, &group.negate(&times(&w42, s4)));
    let all_u = u.iter().fold(group.small(1), |product, u| times(&product, u));
    // Ĉ^-c holds h^(c prod u_i).
    let mut of_h = times(&w2, &times(&c, &all_u));
    let [c1, c2, c3, c41, c42] = [&w1, &w2, &w3, &w41, &w42].map(|weight| times(weight, &minus_c));
    let mut of_chain = vec![group.small(0); n];
    for i in 0..n {
        let (u, s_prime) = (&u[i], &proof.s_prime[i]);
        product.push(&inputs[i].beta, times(&c41, u));
        product.push(&inputs[i].alpha, times(&c42, u));
        product.push(&outputs[i].beta, times(&w41, s_prime));
        product.push(&outputs[i].alpha, times(&w42, s_prime));
        // C^-c = prod c_i^-c h_i^c
        product.push(&proof.c[i], group.add(&c1, &times(&c3, u)));
        product.push(&generators[i], group.add(&group.negate(&c1), &times(&w3, s_prime)));
        let weight = weights.get(5 + i);
        of_g = group.add(&of_g, &times(&weight, &proof.s_hat[i]));
        of_chain[i] = group.add(&of_chain[i], &times(&weight, &minus_c));
        let before = times(&weight, s_prime);
        match i.checked_sub(1) {
            Some(previous) => of_chain[previous] = group.add(&of_chain[previous], &before),
            None => of_h = group.add(&of_h, &before),
        }
        product.push(&proof.t_hat[i], group.negate(&weight));
    }
    // Of no ciphertexts the chain ends where it begins, at h.
    match of_chain.last_mut() {
        Some(last) => *last = group.add(last, &c2),
        None => of_h = group.add(&of_h, &c2),
    }
    proof.c_hat.iter().zip(of_chain).for_each(|(element, exponent)| product.push(element, exponent));
    product.push(&group.generator(), of_g);
    product.push(y, group.negate(&times(&w41, s4)));
    product.push(h, of_h);
    let commitments = proof.t.iter().chain(&proof.t4).zip([&w1, &w2, &w3, &w41, &w42]);
    commitments.for_each(|(t, weight)| product.push(t, group.negate(weight)));
    Ok(group.product_of_powers(&product.bases, &product.exponents) == group.neutral())
}

/// A product of powers that is being put together.
struct Product<'a, G: Group> {
    group: &'a G,
    bases: Vec<G::Element>,
    exponents: Vec<G::Scalar>,
}

impl<G: Group> Product<'_, G> {
    fn push(&mut self, base: &G::Element, exponent: G::Scalar) {
        // A neutral base adds nothing, and a zero exponent neither.
        if *base != self.group.neutral() {
            self.bases.push(base.clone());
            self.exponents.push(exponent);
        }
    }
}

/// The weights of the equations: 128 bits each, from a digest of everything that the proof consists of.
struct Weights<'a, G: Group> {
    group: &'a G,
    seed: [u8; 32],
}

impl<G: Group> Weights<'_, G> {
    fn get(&self, index: usize) -> G::Scalar {
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update((index as u64).to_be_bytes());
        self.group.reduce(&hash.finalize()[..16])
    }
}

/// What both challenges are about: inputs, outputs and commitments, each element with its comma.
pub(super) fn statement<G: Group>(
    group: &G,
    inputs: &[Ciphertext<G::Element>],
    outputs: &[Ciphertext<G::Element>],
    commitments: &[G::Element],
) -> String {
    let mut text = String::new();
    for ciphertext in inputs.iter().chain(outputs) {
        with_comma(group, &ciphertext.alpha, &mut text);
        with_comma(group, &ciphertext.beta, &mut text);
    }
    commitments.iter().for_each(|element| with_comma(group, element, &mut text));
    text
}

fn with_comma<G: Group>(group: &G, element: &G::Element, text: &mut String) {
    group.encode(element, text);
    text.push(',');
}

/// The exponents `u_i`.
pub(super) fn exponents<G: Group>(group: &G, fingerprint: &str, statement: &str, count: usize) -> Vec<G::Scalar> {
    let of_all = hexadecimal(&["shuffle-challenges|", fingerprint, "|", statement]);
    (0..count).map(|index| challenge(group, &[&of_all, &hexadecimal(&[&index.to_string()])])).collect()
}

/// The challenge `c`, and a digest of it with all responses for the weights.
pub(super) fn main_challenge<G: Group>(
    group: &G,
    fingerprint: &str,
    statement: &str,
    proof: &ShuffleProof<G::Element, G::Scalar>,
    y: &G::Element,
) -> (G::Scalar, [u8; 32]) {
    let mut commitments = String::new();
    let all = proof.t.iter().chain(&proof.t4).chain(&proof.t_hat);
    all.for_each(|element| with_comma(group, element, &mut commitments));
    let mut chain = String::new();
    proof.c_hat.iter().for_each(|element| with_comma(group, element, &mut chain));
    let y = text_of(group, y);
    let pieces = ["shuffle-challenge|", fingerprint, "|", &commitments, statement, &chain, &y];
    let mut seed = Sha256::new();
    seed.update(b"adil weights of a shuffle");
    pieces.iter().for_each(|piece| seed.update(piece.as_bytes()));
    let responses = proof.s.iter().chain(&proof.s_hat).chain(&proof.s_prime);
    responses.for_each(|response| {
        let bytes = group.scalar_bytes(response);
        seed.update((bytes.len() as u64).to_be_bytes());
        seed.update(bytes);
    });
    (challenge(group, &pieces), seed.finalize().into())
}

fn hexadecimal(pieces: &[&str]) -> String {
    let mut hash = Sha256::new();
    pieces.iter().for_each(|piece| hash.update(piece.as_bytes()));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
