//! Which residues lie in the subgroup of order `q`: those with `x^q = 1`, tested for many at once.
//!
//! A product of a random subset lies in the subgroup if all its factors do; if one does not, then at least half of the
//! subsets have a product outside, whatever the order of what is outside (given the choice for all other elements, the
//! two choices for this one differ by it). [`ROUNDS`] subsets leave `2^-128`. One random combination with large exponents
//! would not do: `(p - 1) / q` has small factors, and of exponents modulo 2 there are two.
//!
//! Eight rounds are computed together: byte `r` of an element's random bytes says which of rounds `8 r` to `8 r + 7` it
//! belongs to. Elements with the same byte are multiplied into one of 256 buckets, one product for an element, and the
//! eight products are put together from the buckets.
//!
//! The subsets come from a hash of everything that was read: they are the same every time, and whoever makes elements
//! that pass has to search for `2^128` of them.

use sha2::{Digest as _, Sha256};

use super::montgomery::{Modulus, Residue};
use super::multi::collect;
use super::natural;

/// Random subsets that are tried.
const ROUNDS: usize = 128;
/// Bytes of an element's choices.
const BYTES: usize = ROUNDS / 8;

/// For each residue whether `x^q = 1`. `seed` is a hash that nobody could choose without changing the residues.
pub(super) fn members<const L: usize>(
    modulus: &Modulus<L>,
    order: &[u64],
    residues: &[Residue<L>],
    seed: &[u8; 32],
) -> Vec<bool> {
    if batch_is_cheaper(natural::bits(order), residues.len()) && all_members(modulus, order, residues, seed) {
        return vec![true; residues.len()];
    }
    residues.iter().map(|residue| modulus.is_one(&modulus.power(residue, order))).collect()
}

/// Products for a power: a squaring for each bit and a product for every fifth.
fn power_cost(bits: usize) -> usize {
    bits + bits / 5 + 8
}

fn batch_is_cheaper(bits: usize, count: usize) -> bool {
    BYTES * (count + 512) + ROUNDS * power_cost(bits) < count * power_cost(bits)
}

fn all_members<const L: usize>(modulus: &Modulus<L>, order: &[u64], residues: &[Residue<L>], seed: &[u8; 32]) -> bool {
    let choices: Vec<[u8; BYTES]> = (0..residues.len()).map(|index| choices(seed, index)).collect();
    (0..BYTES).all(|byte| {
        let mut buckets: Vec<Option<Residue<L>>> = vec![None; 256];
        for (residue, choice) in residues.iter().zip(&choices) {
            let choice = usize::from(choice[byte]);
            if choice != 0 {
                collect(modulus, &mut buckets[choice], residue);
            }
        }
        subset_products(modulus, &mut buckets).iter().all(|product| modulus.is_one(&modulus.power(product, order)))
    })
}

/// The product of the buckets whose number has bit `b`, for every `b`: the upper half of the buckets is those with the
/// highest bit, and is then multiplied into the lower half, where the same is done for the next.
fn subset_products<const L: usize>(modulus: &Modulus<L>, buckets: &mut [Option<Residue<L>>]) -> Vec<Residue<L>> {
    let mut products = Vec::new();
    let mut half = buckets.len() / 2;
    while half > 0 {
        let (lower, upper) = buckets.split_at_mut(half);
        let mut product = None;
        for (below, above) in lower.iter_mut().zip(upper) {
            if let Some(above) = above {
                collect(modulus, &mut product, above);
                collect(modulus, below, above);
            }
        }
        products.extend(product);
        half /= 2;
    }
    products
}

fn choices(seed: &[u8; 32], index: usize) -> [u8; BYTES] {
    let mut hash = Sha256::new();
    hash.update(seed);
    hash.update((index as u64).to_be_bytes());
    let mut bytes = [0; BYTES];
    bytes.copy_from_slice(&hash.finalize()[..BYTES]);
    bytes
}
