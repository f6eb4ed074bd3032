//! Checking proofs, RFC 9162, sections 2.1.3.2 and 2.1.4.2 (the trees are those of RFC 6962).

use super::LARGEST_SIZE;
use crate::hash::{Hash, node_hash};

/// A proof does not show what it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofMismatch {
    /// The proof leads to another root.
    #[error("the proof leads to the root {found}, and {stated} is stated")]
    Root {
        /// The root stated.
        stated: Hash,
        /// The root that the proof leads to.
        found: Hash,
    },
    /// The proof leads to another root of the older tree.
    #[error("the proof leads to the root {found} of the older log, and {stated} was stated")]
    OldRoot {
        /// The older root stated.
        stated: Hash,
        /// The older root that the proof leads to.
        found: Hash,
    },
    /// The proof has too many or too few hashes.
    #[error("the proof has {found} hashes, which is not the number that it must have")]
    Length {
        /// The number of hashes given.
        found: usize,
    },
    /// There is no such leaf, or the older tree is the larger one, or a tree is too large.
    #[error("nothing can be proven of {small} in a log of {size} entries")]
    Sizes {
        /// The index of the leaf, or the size of the older tree.
        small: u64,
        /// The size of the tree.
        size: u64,
    },
}

/// Whether the leaf with this hash is at `index` in the tree of `size` leaves with this root.
///
/// # Errors
/// The proof does not show it.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, root: &Hash, proof: &[Hash]) -> Result<(), ProofMismatch> {
    if index >= size || size > LARGEST_SIZE {
        return Err(ProofMismatch::Sizes { small: index, size });
    }
    let (mut node, mut last) = (index, size - 1);
    let mut found = *leaf;
    for hash in proof {
        if last == 0 {
            return Err(ProofMismatch::Length { found: proof.len() });
        }
        if node & 1 == 1 || node == last {
            found = node_hash(hash, &found);
            // A last node without a sibling stands for its parent, up to where it has one.
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            found = node_hash(&found, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    match () {
        () if last != 0 => Err(ProofMismatch::Length { found: proof.len() }),
        () if found != *root => Err(ProofMismatch::Root { stated: *root, found }),
        () => Ok(()),
    }
}

/// Whether the tree of `new` leaves begins with the tree of `old` leaves.
///
/// An older tree of no leaves is the beginning of any tree, and needs an empty proof; so does a tree of the same size,
/// whose root must be the same.
///
/// # Errors
/// The proof does not show it.
pub fn verify_consistency(
    (old, old_root): (u64, &Hash),
    (new, new_root): (u64, &Hash),
    proof: &[Hash],
) -> Result<(), ProofMismatch> {
    if old > new || new > LARGEST_SIZE {
        return Err(ProofMismatch::Sizes { small: old, size: new });
    }
    if old == 0 || old == new {
        let is_empty = proof.is_empty();
        let stated = if old == 0 { Hash::of_nothing() } else { *new_root };
        return match () {
            () if !is_empty => Err(ProofMismatch::Length { found: proof.len() }),
            () if *old_root != stated => Err(ProofMismatch::OldRoot { stated: *old_root, found: stated }),
            () => Ok(()),
        };
    }
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    // A complete older tree is a subtree of the newer one: its root is where the walk begins.
    let mut hashes = proof.iter();
    let start = if old.is_power_of_two() { Some(old_root) } else { hashes.next() };
    let Some(&start) = start else { return Err(ProofMismatch::Length { found: proof.len() }) };
    let (mut found_old, mut found_new) = (start, start);
    for hash in hashes {
        if last == 0 {
            return Err(ProofMismatch::Length { found: proof.len() });
        }
        if node & 1 == 1 || node == last {
            found_old = node_hash(hash, &found_old);
            found_new = node_hash(hash, &found_new);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            found_new = node_hash(&found_new, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    match () {
        () if last != 0 => Err(ProofMismatch::Length { found: proof.len() }),
        () if found_old != *old_root => Err(ProofMismatch::OldRoot { stated: *old_root, found: found_old }),
        () if found_new != *new_root => Err(ProofMismatch::Root { stated: *new_root, found: found_new }),
        () => Ok(()),
    }
}
