//! Verifying a log's files down to the last byte.

use std::fs;

use adil_log::tile::{Bundle, FULL, LAST_LEVEL, root_of_row, tile_hashes};
use adil_log::{Checkpoint, Frontier, Hash, Tile, TileKind, VerifierKey, leaf_hash};

use super::folder::CHECKPOINT;
use super::{LogError, LogFault, LogFolder, ObjectDigest};

/// What was found to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FsckFacts {
    /// The checkpoint that all files agree with.
    pub checkpoint: Checkpoint,
    /// Of the keys given, those whose signatures it bears; with the time for witnesses.
    pub signed_by: Vec<(VerifierKey, adil_log::note::Verified)>,
    /// Entries read.
    pub entries: u64,
    /// Bytes of entries, without their lengths.
    pub entry_bytes: u64,
    /// Tiles read, of all levels, without bundles.
    pub tiles: u64,
    /// Objects read.
    pub objects: u64,
    /// Bytes of objects.
    pub object_bytes: u64,
}

impl LogFolder {
    /// Reads every entry, tile and object, computes every hash anew and compares: entries with the lowest tiles, tiles
    /// with those below them, the root with the checkpoint, the checkpoint's signatures with `keys` (at least one must be
    /// the log's; with no keys signatures are not looked at), objects with their names. `progress` is told the entries
    /// read and those there are, at every bundle.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn fsck(&self, keys: &[VerifierKey], progress: &mut dyn FnMut(u64, u64)) -> Result<FsckFacts, LogFault> {
        let file = || self.path().join(CHECKPOINT).display().to_string();
        let checkpoint = self.checkpoint().clone();
        let mut signed_by = Vec::new();
        if !keys.is_empty() {
            let (_, held) =
                Checkpoint::signed(self.note(), keys).map_err(|error| LogFault::Signature { file: file(), error })?;
            signed_by = held.into_iter().map(|signed| (signed.key.clone(), signed.verified)).collect();
        }
        let size = checkpoint.size;
        let run = self.run(&mut |index, _| {
            // Told at every bundle, and at the end.
            let read = index + 1;
            if read == size || read.is_multiple_of(u64::from(FULL)) {
                progress(read, size);
            }
        })?;
        let (entries, tiles, entry_bytes) = (run.tree.size(), run.tiles, run.entry_bytes);
        let (objects, object_bytes) = self.objects()?;
        Ok(FsckFacts { checkpoint, signed_by, entries, entry_bytes, tiles, objects, object_bytes })
    }

    /// The part of [`LogFolder::fsck`] that concerns the tree, for who looks at the entries in the same reading: every
    /// entry is given to `each` with its number, as soon as it is read, then compared. What was given is the log only
    /// if all of it is found to hold.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn fsck_tree(&self, each: &mut dyn FnMut(u64, &[u8])) -> Result<(), LogFault> {
        self.run(each).map(|_| ())
    }

    fn run<'l>(&'l self, each: &mut dyn FnMut(u64, &[u8])) -> Result<Run<'l>, LogFault> {
        let Checkpoint { size, root: stated, .. } = *self.checkpoint();
        let mut run = Run { log: self, size, tree: Frontier::default(), tiles: 0, entry_bytes: 0 };
        run.entries(each)?;
        let found = run.tree.root();
        if found != stated {
            let file = self.path().join(CHECKPOINT).display().to_string();
            return Err(LogFault::Root { file, size, stated, found });
        }
        Ok(run)
    }

    /// Reads all objects: how many they are, and their bytes.
    fn objects(&self) -> Result<(u64, u64), LogFault> {
        let folder = self.path().join("object");
        if !folder.exists() {
            return Ok((0, 0));
        }
        let failed = |error: std::io::Error| LogError::reading(&folder, &error);
        let (mut objects, mut bytes) = (0, 0);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let digest = entry.file_name().to_str().and_then(ObjectDigest::parse);
            let stray = || LogFault::Stray { file: entry.path().display().to_string() };
            bytes += self.object(&digest.ok_or_else(stray)?)?.verify()?;
            objects += 1;
        }
        Ok((objects, bytes))
    }
}

/// A pass over all entries.
struct Run<'l> {
    log: &'l LogFolder,
    size: u64,
    tree: Frontier,
    tiles: u64,
    entry_bytes: u64,
}

impl Run<'_> {
    /// Compares all bundles with the lowest tiles, and all tiles with those above them.
    fn entries(&mut self, each: &mut dyn FnMut(u64, &[u8])) -> Result<(), LogFault> {
        let mut levels: [Vec<Hash>; LAST_LEVEL as usize + 1] = Default::default();
        while let Some(tile) = TileKind::Entries.holding(self.tree.size(), self.size) {
            let leaves = self.bundle(tile, each)?;
            let mut above = Some(leaves);
            let mut number = tile.index;
            for (level, collected) in (0..=LAST_LEVEL).zip(levels.iter_mut()) {
                // Level 0 comes a tile at a time, each level above a hash at a time.
                let Some(mut hashes) = above.take() else { break };
                collected.append(&mut hashes);
                if collected.len() == usize::from(FULL) {
                    self.compare(Tile { kind: TileKind::Hashes(level), index: number, width: FULL }, collected)?;
                    above = Some(vec![root_of_row(collected)]);
                    collected.clear();
                }
                number /= u64::from(FULL);
            }
        }
        for (level, collected) in (0..=LAST_LEVEL).zip(&levels) {
            if let Some(tile) = TileKind::Hashes(level).partial(self.size) {
                self.compare(tile, collected)?;
            }
        }
        Ok(())
    }

    /// The hashes of the entries of a bundle.
    fn bundle(&mut self, tile: Tile, each: &mut dyn FnMut(u64, &[u8])) -> Result<Vec<Hash>, LogFault> {
        let bytes = self.log.tile(tile)?;
        let bundle =
            Bundle::parse(&bytes, tile.width).map_err(|error| LogError::Bundle { file: self.name(tile), error })?;
        let mut leaves = Vec::with_capacity(bundle.entries().len());
        for entry in bundle.entries() {
            each(self.tree.size(), entry);
            let leaf = leaf_hash(entry);
            self.tree.push(leaf).map_err(|_| LogError::Full { folder: self.log.path().display().to_string() })?;
            self.entry_bytes += u64::try_from(entry.len()).unwrap_or(u64::MAX);
            leaves.push(leaf);
        }
        Ok(leaves)
    }

    /// Compares a tile with the hashes that it should have.
    fn compare(&mut self, tile: Tile, expected: &[Hash]) -> Result<(), LogFault> {
        let bytes = self.log.tile(tile)?;
        self.tiles += 1;
        let found = tile_hashes::<LogError>(tile, &bytes).unwrap_or_default();
        let Some(place) = found.iter().zip(expected).position(|(found, expected)| found != expected) else {
            return Ok(());
        };
        let (file, byte) = (self.name(tile), place * Hash::BYTES);
        let number = tile.index * u64::from(FULL) + u64::try_from(place).unwrap_or(0);
        Err(match tile.kind {
            TileKind::Hashes(level) if level > 0 => {
                let below = Tile { kind: TileKind::Hashes(level - 1), index: number, width: FULL };
                LogFault::Node { file, byte, below: self.name(below) }
            }
            _ => {
                let bundle = Tile { kind: TileKind::Entries, ..tile };
                LogFault::Leaf { file, byte, index: number, bundle: self.name(bundle) }
            }
        })
    }

    fn name(&self, tile: Tile) -> String {
        self.log.path().join(tile.path()).display().to_string()
    }
}
