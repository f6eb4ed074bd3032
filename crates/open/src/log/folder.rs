//! Reading a log's folder.

use std::convert::Infallible;
use std::fs::{self, File};
use std::io::Read as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use adil_log::tile::{Bundle, FULL, LAST_LEVEL, LONGEST_BUNDLE, TileHashes, TileSource};
use adil_log::tree::{self, ProveError};
use adil_log::{Checkpoint, CheckpointError, Hash, Note, Tile, TileKind, note};

use super::{Entries, LogError, ObjectDigest, ObjectReader};

/// A log as its checkpoint stated it when it was opened. The log may grow meanwhile.
///
/// Nothing is verified by opening it; [`LogFolder::fsck`] verifies all of it, and proofs can be verified as they come.
#[derive(Debug, Clone)]
pub struct LogFolder {
    folder: PathBuf,
    note: Note,
    text: String,
    checkpoint: Checkpoint,
}

impl LogFolder {
    /// Opens the log in a folder, or in the folder `log` in it.
    ///
    /// # Errors
    /// There is no log, or its checkpoint cannot be read.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let folder = [path.to_path_buf(), path.join("log")].into_iter().find(|folder| folder.join(CHECKPOINT).exists());
        let folder = folder.ok_or_else(|| LogError::NoLog { folder: path.display().to_string() })?;
        let (text, note, checkpoint) = read_checkpoint(&folder.join(CHECKPOINT))?;
        Ok(Self { folder, note, text, checkpoint })
    }

    /// The folder that holds the file `checkpoint`.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// The checkpoint as it stands in its file, with signatures.
    pub fn note_text(&self) -> &str {
        &self.text
    }

    /// The signed note of the checkpoint. Its signatures have not been verified.
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// The checkpoint. Its signatures have not been verified.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The entries of a range with their numbers, one bundle after another; what is beyond the checkpoint is left out.
    /// They are not compared with the hashes of the tree.
    pub fn entries(&self, range: Range<u64>) -> Entries<'_> {
        Entries::new(self, range)
    }

    /// One entry. It is not compared with the hashes of the tree.
    ///
    /// # Errors
    /// There is no such entry, or its bundle cannot be read.
    pub fn entry(&self, index: u64) -> Result<Vec<u8>, LogError> {
        let none = || self.none(index, self.checkpoint.size);
        let mut entries = self.entries(index..index.saturating_add(1));
        entries.next().unwrap_or_else(|| Err(none())).map(|(_, entry)| entry)
    }

    /// The files of tiles and bundles that a log of the checkpoint's size has: what a copy of it needs, beside the checkpoint.
    pub fn tiles(&self) -> impl Iterator<Item = Tile> {
        let size = self.checkpoint.size;
        let kinds = (0..=LAST_LEVEL).map(TileKind::Hashes).chain([TileKind::Entries]);
        kinds.flat_map(move |kind| {
            let full = u64::from(FULL);
            (0..kind.count(size).div_ceil(full)).filter_map(move |index| kind.holding(index * full, size))
        })
    }

    /// A reader of an object that checks its digest when it comes to the end.
    ///
    /// # Errors
    /// It is not there.
    pub fn object(&self, digest: &ObjectDigest) -> Result<ObjectReader, LogError> {
        ObjectReader::open(&self.folder, digest)
    }

    /// The hashes that lead from an entry to the root of the log's first `size` entries, which are at most those of the
    /// checkpoint.
    ///
    /// # Errors
    /// There is no such entry or size, or a tile cannot be read.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, LogError> {
        self.covered(size)?;
        tree::inclusion_proof(&mut self.hashes(), index, size).map_err(|error| LogError::proving(&self.folder, error))
    }

    /// The hashes that show the log's first `new` entries, at most those of the checkpoint, to begin with its first `old`.
    ///
    /// # Errors
    /// There are no such sizes, or a tile cannot be read.
    pub fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, LogError> {
        self.covered(new)?;
        tree::consistency_proof(&mut self.hashes(), old, new).map_err(|error| LogError::proving(&self.folder, error))
    }

    /// The root of the log's first `size` entries by its tiles, which are at most those of the checkpoint.
    ///
    /// # Errors
    /// There is no such size, or a tile cannot be read.
    pub fn root(&self, size: u64) -> Result<Hash, LogError> {
        self.covered(size)?;
        tree::root_of(&mut self.hashes(), size).map_err(|error| LogError::proving(&self.folder, error))
    }

    /// The bytes of a tile or bundle of a tree of at most the checkpoint's size. A partial one that is no longer there is
    /// cut from a longer one: both begin alike.
    ///
    /// # Errors
    /// It is not there, or has another length than its path says.
    pub fn tile(&self, tile: Tile) -> Result<Vec<u8>, LogError> {
        let file = self.folder.join(tile.path());
        let mut looks = 0;
        loop {
            let found = match read(&file, most(tile)) {
                Ok(bytes) => cut(tile, bytes, true, &file),
                Err(missing @ LogError::Missing { .. }) if !tile.is_full() => self.longer(tile, missing),
                Err(error) => Err(error),
            };
            looks += 1;
            match found {
                // A writer puts a longer one in the place of a partial one: it may have done so between two looks.
                Err(LogError::Missing { .. }) if !tile.is_full() && looks < LOOKS => {}
                found => return found,
            }
        }
    }

    /// A partial tile from a longer one.
    fn longer(&self, tile: Tile, missing: LogError) -> Result<Vec<u8>, LogError> {
        let full = self.folder.join(tile.full().path());
        match read(&full, most(tile)) {
            Err(LogError::Missing { .. }) => {}
            read => return cut(tile, read?, false, &full),
        }
        let partial = self.folder.join(tile.path());
        let Some(folder) = partial.parent() else { return Err(missing) };
        let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let widths = names.filter_map(|name| name.to_str().and_then(|name| name.parse::<u16>().ok()));
        let wider: Vec<u16> = widths.filter(|&width| tile.width < width && width < FULL).collect();
        let Some(width) = wider.into_iter().min() else { return Err(missing) };
        let file = folder.join(width.to_string());
        cut(tile, read(&file, most(tile))?, false, &file)
    }

    fn hashes(&self) -> TileHashes<&Self> {
        TileHashes::new(self, self.checkpoint.size)
    }

    /// A size that the checkpoint covers.
    fn covered(&self, size: u64) -> Result<(), LogError> {
        match size <= self.checkpoint.size {
            true => Ok(()),
            false => Err(self.none(size - 1, self.checkpoint.size)),
        }
    }

    fn none(&self, index: u64, size: u64) -> LogError {
        let error = ProveError::<Infallible>::NoEntry { index, size };
        LogError::Prove { folder: self.folder.display().to_string(), error }
    }
}

/// How often a partial tile is looked for while the log grows.
const LOOKS: u32 = 50;

/// The file with the checkpoint.
pub(super) const CHECKPOINT: &str = "checkpoint";

impl TileSource for &LogFolder {
    type Error = LogError;

    fn tile(&mut self, tile: Tile) -> Result<Vec<u8>, LogError> {
        LogFolder::tile(self, tile)
    }
}

/// The text of a file with a checkpoint, the note that it is, and the checkpoint in it. No signature is verified.
///
/// # Errors
/// The file cannot be read, or holds no checkpoint.
pub fn read_checkpoint(file: &Path) -> Result<(String, Note, Checkpoint), LogError> {
    let bytes = read(file, note::LONGEST_NOTE)?;
    let (note, checkpoint) =
        parsed(&bytes).map_err(|error| LogError::Checkpoint { file: file.display().to_string(), error })?;
    Ok((String::from_utf8_lossy(&bytes).into_owned(), note, checkpoint))
}

/// A note and the checkpoint in it.
fn parsed(bytes: &[u8]) -> Result<(Note, Checkpoint), CheckpointError> {
    let note = Note::parse(bytes)?;
    let checkpoint = Checkpoint::of(&note)?;
    Ok((note, checkpoint))
}

/// The most bytes that a file of this kind has.
fn most(tile: Tile) -> usize {
    match tile.kind {
        TileKind::Entries => LONGEST_BUNDLE,
        TileKind::Hashes(_) => usize::from(FULL) * Hash::BYTES,
    }
}

/// The first `tile.width` hashes or entries of a file, which has more only where it is not the tile's own.
fn cut(tile: Tile, mut bytes: Vec<u8>, own: bool, file: &Path) -> Result<Vec<u8>, LogError> {
    let name = || file.display().to_string();
    let expected = match tile.kind {
        TileKind::Hashes(_) => usize::from(tile.width) * Hash::BYTES,
        TileKind::Entries => {
            let bundle = match own {
                true => Bundle::parse(&bytes, tile.width),
                false => Bundle::beginning(&bytes, tile.width),
            };
            bundle.map_err(|error| LogError::Bundle { file: name(), error })?.bytes()
        }
    };
    if bytes.len() < expected || (own && bytes.len() > expected) {
        return Err(LogError::TileLength { file: name(), bytes: bytes.len(), expected });
    }
    bytes.truncate(expected);
    Ok(bytes)
}

/// All bytes of a file, or one more than `most` of them: no file makes us hold more than it should have.
fn read(file: &Path, most: usize) -> Result<Vec<u8>, LogError> {
    let failed = |error: std::io::Error| LogError::reading(file, &error);
    let source = File::open(file).map_err(failed)?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    source.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
