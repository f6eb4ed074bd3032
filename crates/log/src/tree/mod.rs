//! The tree of RFC 6962, section 2.1: its right edge, its proofs, and how proofs are checked.
//!
//! A tree of n > 1 leaves is a node over the first k and the other n - k of them, with k the largest power of two
//! smaller than n. So every tree is a row of complete subtrees, one for each bit of n, and everything about it can be
//! computed from roots of complete subtrees, which is what [`HashSource`] gives.

mod frontier;
mod prove;
mod verify;

pub use frontier::{Frontier, FrontierError};
pub use prove::{HashSource, ProveError, consistency_proof, inclusion_proof, root_of};
pub use verify::{ProofMismatch, verify_consistency, verify_inclusion};

/// The largest tree that is dealt with, 2^63 - 1 leaves: what fits the signed numbers of other programs.
pub const LARGEST_SIZE: u64 = (1 << 63) - 1;

/// The longest proof of any kind in such a tree, in hashes.
pub const LONGEST_PROOF: usize = 63;

/// The largest power of two that is smaller than `size`, which is at least 2.
fn split(size: u64) -> u64 {
    1 << (63 - (size - 1).leading_zeros())
}
