//! Roots and proofs from the roots of complete subtrees, RFC 6962, sections 2.1.1 and 2.1.2.

use super::{LARGEST_SIZE, split};
use crate::hash::{Hash, node_hash};

/// Gives the roots of complete subtrees.
pub trait HashSource {
    /// Why a hash cannot be had.
    type Error;

    /// The root of the subtree over the 2^`level` leaves from `index` · 2^`level` on.
    ///
    /// # Errors
    /// The source does not have it.
    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, Self::Error>;
}

/// Why there is no proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProveError<E> {
    /// No entry has that number.
    #[error("there is no entry {index} in a log of {size} entries")]
    NoEntry {
        /// The index asked for.
        index: u64,
        /// Leaves in the tree.
        size: u64,
    },
    /// The older tree is the larger one.
    #[error("a log of {old} entries cannot have grown to {new}")]
    Shrinks {
        /// Leaves in the older tree.
        old: u64,
        /// Leaves in the newer tree.
        new: u64,
    },
    /// The tree is too large.
    #[error("a log has at most {LARGEST_SIZE} entries")]
    TooLarge,
    /// A hash is missing.
    #[error(transparent)]
    Source(#[from] E),
}

/// The root of the tree of the first `size` leaves.
///
/// # Errors
/// The source fails, or the size is above [`LARGEST_SIZE`].
pub fn root_of<S: HashSource>(source: &mut S, size: u64) -> Result<Hash, ProveError<S::Error>> {
    match size {
        0 => Ok(Hash::of_nothing()),
        1..=LARGEST_SIZE => Ok(range(source, 0, size)?),
        _ => Err(ProveError::TooLarge),
    }
}

/// The hashes that lead from a leaf to the root of the tree of the first `size` leaves: the leaf's sibling first.
///
/// # Errors
/// There is no such leaf, the size is above [`LARGEST_SIZE`], or the source fails.
pub fn inclusion_proof<S: HashSource>(
    source: &mut S,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProveError<S::Error>> {
    if size > LARGEST_SIZE {
        return Err(ProveError::TooLarge);
    }
    if index >= size {
        return Err(ProveError::NoEntry { index, size });
    }
    let mut proof = Vec::new();
    let (mut start, mut end) = (0, size);
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            proof.push(range(source, middle, end)?);
            end = middle;
        } else {
            proof.push(range(source, start, middle)?);
            start = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The hashes that show the first `old` leaves of a tree of `new` leaves to be the older tree. Empty where `old` is 0 or
/// `new`: nothing has to be shown.
///
/// # Errors
/// `old` is above `new`, `new` is above [`LARGEST_SIZE`], or the source fails.
pub fn consistency_proof<S: HashSource>(source: &mut S, old: u64, new: u64) -> Result<Vec<Hash>, ProveError<S::Error>> {
    if new > LARGEST_SIZE {
        return Err(ProveError::TooLarge);
    }
    if old > new {
        return Err(ProveError::Shrinks { old, new });
    }
    let mut proof = Vec::new();
    if old == 0 {
        return Ok(proof);
    }
    // The subtree in question is [start, end), and ends at `old` when nothing is left to do; as long as it begins at 0
    // it is the older tree itself, whose root is known.
    let (mut start, mut end) = (0, new);
    while end != old {
        let middle = start + split(end - start);
        if old <= middle {
            proof.push(range(source, middle, end)?);
            end = middle;
        } else {
            proof.push(range(source, start, middle)?);
            start = middle;
        }
    }
    if start > 0 {
        proof.push(range(source, start, end)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The hash over [start, end), which is not empty and whose start is a multiple of the power of two that it needs.
fn range<S: HashSource>(source: &mut S, start: u64, end: u64) -> Result<Hash, S::Error> {
    let mut root: Option<Hash> = None;
    let mut end = end;
    // The complete subtrees from right to left: the smallest bit of the length first.
    while end > start {
        let level = (end - start).trailing_zeros();
        end -= 1 << level;
        let left = source.subtree(level, end >> level)?;
        root = Some(root.map_or(left, |right| node_hash(&left, &right)));
    }
    Ok(root.unwrap_or_else(Hash::of_nothing))
}
