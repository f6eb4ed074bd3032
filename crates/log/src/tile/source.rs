//! Roots of subtrees from tiles.

use std::collections::VecDeque;

use super::{FULL, Tile, TileKind};
use crate::hash::{Hash, node_hash};
use crate::tree::HashSource;

/// Gives the bytes of tiles.
pub trait TileSource {
    /// Why a tile cannot be had.
    type Error;

    /// The bytes of a tile: 32 for each of its hashes.
    ///
    /// # Errors
    /// The source does not have it.
    fn tile(&mut self, tile: Tile) -> Result<Vec<u8>, Self::Error>;
}

/// Why a root of a subtree cannot be computed from tiles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError<E> {
    /// The tile has another length than its path says.
    #[error("{tile}: has {bytes} bytes, and {} were expected", usize::from(tile.width) * Hash::BYTES)]
    Length {
        /// The tile.
        tile: Tile,
        /// The bytes that it has.
        bytes: usize,
    },
    /// The tree has no such subtree.
    #[error("a log of {size} entries has no subtree {index} of level {level}")]
    NoSubtree {
        /// The level of the subtree.
        level: u32,
        /// Its index.
        index: u64,
        /// Entries of the tree.
        size: u64,
    },
    /// The source fails.
    #[error(transparent)]
    Source(#[from] E),
}

/// The hashes of a tile, taken from its bytes.
///
/// # Errors
/// The bytes are not 32 for each hash.
pub fn tile_hashes<E>(tile: Tile, bytes: &[u8]) -> Result<Vec<Hash>, TileError<E>> {
    let (hashes, rest) = bytes.as_chunks::<{ Hash::BYTES }>();
    if hashes.len() != usize::from(tile.width) || !rest.is_empty() {
        return Err(TileError::Length { tile, bytes: bytes.len() });
    }
    Ok(hashes.iter().map(|&hash| Hash::from_bytes(hash)).collect())
}

/// The subtrees of a tree of fixed size, from its tiles. The last few tiles are kept.
#[derive(Debug)]
pub struct TileHashes<S> {
    source: S,
    size: u64,
    kept: VecDeque<(Tile, Vec<Hash>)>,
}

/// Tiles kept: one for each level of two paths.
const KEPT: usize = 16;

impl<S: TileSource> TileHashes<S> {
    /// The tree of `size` entries whose tiles `source` has.
    pub fn new(source: S, size: u64) -> Self {
        Self { source, size, kept: VecDeque::new() }
    }

    fn hashes(&mut self, tile: Tile) -> Result<&[Hash], TileError<S::Error>> {
        let place = self.kept.iter().position(|(kept, _)| *kept == tile);
        let at = match place {
            Some(place) => place,
            None => {
                let bytes = self.source.tile(tile)?;
                let hashes = tile_hashes(tile, &bytes)?;
                if self.kept.len() == KEPT {
                    self.kept.pop_back();
                }
                self.kept.push_front((tile, hashes));
                0
            }
        };
        Ok(self.kept.get(at).map_or(&[], |(_, hashes)| hashes))
    }
}

impl<S: TileSource> HashSource for TileHashes<S> {
    type Error = TileError<S::Error>;

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, Self::Error> {
        let none = TileError::NoSubtree { level, index, size: self.size };
        // The subtree stands `inside` steps above the hashes of a tile: it covers 2^inside of them.
        let (tile_level, inside) = (level / 8, level % 8);
        let Ok(tile_level) = u8::try_from(tile_level) else { return Err(none) };
        let kind = TileKind::Hashes(tile_level);
        let count = 1u64 << inside;
        let Some(first) = index.checked_mul(count) else { return Err(none) };
        let Some(tile) = first.checked_add(count - 1).and_then(|last| kind.holding(last, self.size)) else {
            return Err(none);
        };
        let start = usize::try_from(first % u64::from(FULL)).unwrap_or(usize::MAX);
        let hashes = self.hashes(tile)?;
        let Some(row) = hashes.get(start..).and_then(|row| row.get(..1 << inside)) else { return Err(none) };
        Ok(root_of_row(row))
    }
}

/// The root over a row of hashes of one level, whose number is a power of two: of a whole tile, or of a part of one.
pub fn root_of_row(row: &[Hash]) -> Hash {
    let mut row = row.to_vec();
    while row.len() > 1 {
        let (pairs, _) = row.as_chunks::<2>();
        row = pairs.iter().map(|[left, right]| node_hash(left, right)).collect();
    }
    row.first().copied().unwrap_or_else(Hash::of_nothing)
}
