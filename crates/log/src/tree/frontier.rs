//! The right edge of a tree: all that is needed to append to it and to know its root.

use super::LARGEST_SIZE;
use crate::hash::{Hash, node_hash};

/// The roots of the complete subtrees that a tree is made of, the largest first: one for each bit of its size that is
/// set, at most 63.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// A right edge that does not fit its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrontierError {
    /// Another number of hashes than the size asks for.
    #[error("a tree of {size} entries has a right edge of {expected} hashes, not {found}")]
    Length {
        /// The size of the tree.
        size: u64,
        /// The number of bits of it that are set.
        expected: u32,
        /// The number of hashes given.
        found: usize,
    },
    /// The tree is larger than [`LARGEST_SIZE`], or would become so.
    #[error("a log has at most {LARGEST_SIZE} entries")]
    TooLarge,
}

impl Frontier {
    /// The edge of a tree of `size` leaves; `peaks` are the roots of its complete subtrees from left to right.
    ///
    /// # Errors
    /// The number of peaks is not that of the bits of the size, or the size is above [`LARGEST_SIZE`].
    pub fn from_parts(size: u64, peaks: Vec<Hash>) -> Result<Self, FrontierError> {
        if size > LARGEST_SIZE {
            return Err(FrontierError::TooLarge);
        }
        let expected = size.count_ones();
        if usize::try_from(expected) != Ok(peaks.len()) {
            return Err(FrontierError::Length { size, expected, found: peaks.len() });
        }
        Ok(Self { size, peaks })
    }

    /// Leaves in the tree.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its complete subtrees, from left to right.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Appends a leaf, and returns its index.
    ///
    /// # Errors
    /// The tree has [`LARGEST_SIZE`] leaves.
    pub fn push(&mut self, leaf: Hash) -> Result<u64, FrontierError> {
        if self.size >= LARGEST_SIZE {
            return Err(FrontierError::TooLarge);
        }
        let index = self.size;
        let mut root = leaf;
        // Each bit that is set at the low end is a complete subtree to the left of the same size.
        for _ in 0..index.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                root = node_hash(&left, &root);
            }
        }
        self.peaks.push(root);
        self.size += 1;
        Ok(index)
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(&last) = peaks.next() else { return Hash::of_nothing() };
        peaks.fold(last, |right, left| node_hash(left, &right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;

    #[test]
    fn the_root_is_that_of_the_definition() {
        let leaves: Vec<Hash> = (0..3u8).map(|leaf| leaf_hash(&[leaf])).collect();
        let mut tree = Frontier::default();
        assert_eq!(tree.root(), Hash::of_nothing());
        assert_eq!(tree.push(leaves[0]), Ok(0));
        assert_eq!(tree.root(), leaves[0]);
        assert_eq!(tree.push(leaves[1]), Ok(1));
        assert_eq!(tree.push(leaves[2]), Ok(2));
        // Three leaves: k = 2.
        assert_eq!(tree.root(), node_hash(&node_hash(&leaves[0], &leaves[1]), &leaves[2]));
        assert_eq!(Frontier::from_parts(3, tree.peaks().to_vec()), Ok(tree));
    }

    #[test]
    fn an_edge_of_another_length_is_refused() {
        let hash = Hash::of_nothing();
        assert!(matches!(Frontier::from_parts(5, vec![hash]), Err(FrontierError::Length { expected: 2, .. })));
        assert_eq!(Frontier::from_parts(1 << 63, vec![hash]), Err(FrontierError::TooLarge));
        let mut full = Frontier::from_parts(LARGEST_SIZE, vec![hash; 63]).expect("63 bits are set");
        assert_eq!(full.push(hash), Err(FrontierError::TooLarge));
    }
}
