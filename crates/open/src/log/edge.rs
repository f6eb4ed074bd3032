//! The right edge of a log: the last bundle and the last tile of every level, which are all that appending needs.

use std::fs;
use std::path::Path;

use adil_log::tile::{Bundle, FULL, LAST_LEVEL, push_entry, root_of_row, tile_hashes};
use adil_log::{Frontier, Hash, LONGEST_ENTRY, Tile, TileKind, leaf_hash};

use super::{LogError, LogFolder};

/// What is not full yet.
#[derive(Debug, Clone)]
pub(super) struct Edge {
    /// The edge of the tree.
    pub(super) tree: Frontier,
    /// The last bundle.
    bundle: Vec<u8>,
    /// The hashes of the last tile of every level.
    levels: [Vec<Hash>; LAST_LEVEL as usize + 1],
}

/// A file that nothing can be added to any more.
pub(super) type Finished = (Tile, Vec<u8>);

impl Edge {
    /// The edge of a log without entries.
    pub(super) fn of_nothing() -> Self {
        Self { tree: Frontier::default(), bundle: Vec::new(), levels: Default::default() }
    }

    /// Reads the edge of a log, and nothing else of it, and compares it with the checkpoint.
    pub(super) fn of(log: &LogFolder) -> Result<Self, LogError> {
        let (size, root) = (log.checkpoint().size, log.checkpoint().root);
        let name = |tile: Tile| log.path().join(tile.path()).display().to_string();
        let mut edge = Self::of_nothing();
        let mut peaks = Vec::new();
        for (level, hashes) in (0..=LAST_LEVEL).zip(edge.levels.iter_mut()).rev() {
            let Some(tile) = TileKind::Hashes(level).partial(size) else { continue };
            let bytes = log.tile(tile)?;
            let expected = usize::from(tile.width) * Hash::BYTES;
            *hashes = tile_hashes::<LogError>(tile, &bytes).map_err(|_| LogError::TileLength {
                file: name(tile),
                bytes: bytes.len(),
                expected,
            })?;
            // The complete subtrees of a row of hashes: one for each bit of its length, the largest first.
            let mut rest = hashes.as_slice();
            while !rest.is_empty() {
                let (row, after) = rest.split_at(1 << rest.len().ilog2());
                peaks.push(root_of_row(row));
                rest = after;
            }
        }
        let no_edge = |found| LogError::Edge { folder: log.path().display().to_string(), stated: root, found };
        edge.tree = Frontier::from_parts(size, peaks).map_err(|_| no_edge(Hash::of_nothing()))?;
        if edge.tree.root() != root {
            return Err(no_edge(edge.tree.root()));
        }
        if let Some(tile) = TileKind::Entries.partial(size) {
            edge.bundle = log.tile(tile)?;
            let file = name(tile);
            let bundle = Bundle::parse(&edge.bundle, tile.width)
                .map_err(|error| LogError::Bundle { file: file.clone(), error })?;
            let pairs = bundle.entries().iter().zip(&edge.levels[0]);
            for (index, (entry, hash)) in (tile.index * u64::from(FULL)..).zip(pairs) {
                if leaf_hash(entry) != *hash {
                    return Err(LogError::EdgeEntry { file, index });
                }
            }
        }
        Ok(edge)
    }

    /// Appends an entry of at most [`LONGEST_ENTRY`] bytes. What becomes full is added to `finished`.
    pub(super) fn push(&mut self, entry: &[u8], folder: &Path, finished: &mut Vec<Finished>) -> Result<u64, LogError> {
        debug_assert!(entry.len() <= LONGEST_ENTRY);
        let named = |error| LogError::Bundle { file: folder.display().to_string(), error };
        let mut hash = leaf_hash(entry);
        let index = self.tree.push(hash).map_err(|_| LogError::Full { folder: folder.display().to_string() })?;
        push_entry(&mut self.bundle, entry).map_err(named)?;
        let mut number = index;
        for (level, hashes) in (0..=LAST_LEVEL).zip(self.levels.iter_mut()) {
            hashes.push(hash);
            if hashes.len() < usize::from(FULL) {
                break;
            }
            let tile = |kind| Tile { kind, index: number / u64::from(FULL), width: FULL };
            if level == 0 {
                finished.push((tile(TileKind::Entries), std::mem::take(&mut self.bundle)));
            }
            let full = std::mem::take(hashes);
            hash = root_of_row(&full);
            finished.push((tile(TileKind::Hashes(level)), bytes_of(&full)));
            number /= u64::from(FULL);
        }
        Ok(index)
    }

    /// The files that are not full and have changed since the log had `before` entries.
    pub(super) fn partial(&self, before: u64) -> impl Iterator<Item = Finished> {
        let size = self.tree.size();
        let changed = move |kind: TileKind| kind.partial(size).filter(|_| kind.count(size) > kind.count(before));
        let bundle = changed(TileKind::Entries).map(|tile| (tile, self.bundle.clone()));
        let levels = (0..=LAST_LEVEL).zip(&self.levels);
        let tiles = levels
            .filter_map(move |(level, hashes)| changed(TileKind::Hashes(level)).map(|tile| (tile, bytes_of(hashes))));
        bundle.into_iter().chain(tiles)
    }
}

fn bytes_of(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// All kinds of tiles.
fn kinds() -> impl Iterator<Item = TileKind> {
    std::iter::once(TileKind::Entries).chain((0..=LAST_LEVEL).map(TileKind::Hashes))
}

/// Takes away the partial files of a log of `before` entries that one of `size` entries does not have.
///
/// Whatever cannot be taken away does no harm.
pub(super) fn sweep_partial(folder: &Path, before: u64, size: u64) {
    for kind in kinds() {
        let (old, new) = (kind.partial(before), kind.partial(size));
        let Some(old) = old.filter(|_| old != new) else { continue };
        let file = folder.join(old.path());
        let _ = fs::remove_file(&file);
        if let Some(parent) = file.parent() {
            // Fails where something is left in it, as it should.
            let _ = fs::remove_dir(parent);
        }
    }
}

/// Takes away what a writer that was stopped left beyond the checkpoint.
///
/// Files are written in the order of their numbers, so the first number of a level that is not there ends the search.
pub(super) fn sweep_beyond(folder: &Path, size: u64) {
    for kind in kinds() {
        let current = kind.partial(size);
        let first = kind.count(size) / u64::from(FULL);
        for index in first.. {
            let full = Tile { kind, index, width: FULL };
            let removed = fs::remove_file(folder.join(full.path())).is_ok();
            let parts = folder.join(format!("{}.p", full.path()));
            let names = fs::read_dir(&parts).into_iter().flatten().flatten();
            let kept = current.filter(|tile| tile.index == index).map(|tile| tile.width.to_string());
            let mut found = false;
            for part in names {
                found = true;
                if part.file_name().to_str() != kept.as_deref() {
                    let _ = fs::remove_file(part.path());
                }
            }
            let _ = fs::remove_dir(&parts);
            if !removed && !found && index > first {
                break;
            }
        }
    }
}
