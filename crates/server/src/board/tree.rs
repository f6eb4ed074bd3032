//! The hashes of a log's tree in memory: every complete subtree, level by level. A million entries take 64 MB.

use adil_log::tree::FrontierError;
use adil_log::{Frontier, Hash, HashSource, node_hash};

/// The tree of a log.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    /// `levels[l][i]`: the root over the 2^l leaves from i 2^l on.
    levels: Vec<Vec<Hash>>,
}

/// A subtree that the tree does not have.
#[derive(Debug, thiserror::Error)]
#[error("the tree has no subtree {index} of level {level}")]
pub(crate) struct NoSubtree {
    level: u32,
    index: u64,
}

impl Tree {
    /// How many leaves it has.
    pub(crate) fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Adds a leaf.
    pub(crate) fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let Some(row) = self.levels.get_mut(level) else { return };
            row.push(hash);
            if row.len() % 2 == 1 {
                return;
            }
            let [.., left, right] = row.as_slice() else { return };
            hash = node_hash(left, right);
        }
    }

    /// The right edge.
    pub(crate) fn frontier(&self) -> Result<Frontier, FrontierError> {
        let size = self.size();
        let peaks = (0..self.levels.len()).rev().filter(|&level| size >> level & 1 == 1);
        let peak = |level: usize| self.levels.get(level).and_then(|row| row.last()).copied();
        Frontier::from_parts(size, peaks.filter_map(peak).collect())
    }

    /// The hashes of a row, of number `from` to `from + count`; `None` where there are not so many.
    pub(crate) fn row(&self, level: usize, from: u64, count: u64) -> Option<&[Hash]> {
        let from = usize::try_from(from).ok()?;
        self.levels.get(level)?.get(from..from.checked_add(usize::try_from(count).ok()?)?)
    }
}

impl HashSource for &Tree {
    type Error = NoSubtree;

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, NoSubtree> {
        let found = self.row(level as usize, index, 1).and_then(|row| row.first());
        found.copied().ok_or(NoSubtree { level, index })
    }
}

#[cfg(test)]
mod tests {
    use adil_log::leaf_hash;
    use adil_log::tree::{inclusion_proof, root_of, verify_inclusion};

    use super::*;

    #[test]
    fn the_tree_has_the_roots_and_proofs_of_its_frontier() {
        let mut tree = Tree::default();
        let mut frontier = Frontier::default();
        for number in 0..300_u64 {
            assert_eq!(tree.frontier(), Ok(frontier.clone()));
            assert_eq!(root_of(&mut &tree, number).expect("a root"), frontier.root());
            let leaf = leaf_hash(&number.to_be_bytes());
            tree.push(leaf);
            frontier.push(leaf).expect("room");
        }
        for index in [0, 1, 127, 255, 256, 299] {
            let proof = inclusion_proof(&mut &tree, index, 300).expect("a proof");
            let leaf = leaf_hash(&index.to_be_bytes());
            assert_eq!(verify_inclusion(&leaf, index, 300, &frontier.root(), &proof), Ok(()));
        }
    }
}
