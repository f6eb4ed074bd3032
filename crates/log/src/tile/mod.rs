//! Tiles: the files that a log is published as (C2SP tlog-tiles).
//!
//! A tile of level l and index n holds up to 256 hashes; hash i is the root over the entries
//!
//! ```text
//! (256 n + i) 256^l  up to, and without,  (256 n + i + 1) 256^l
//! ```
//!
//! A bundle holds the entries themselves that a tile of level 0 holds the hashes of.

mod bundle;
mod source;

pub use bundle::{Bundle, BundleError, LONGEST_BUNDLE, LONGEST_ENTRY, push_entry};
pub use source::{TileError, TileHashes, TileSource, root_of_row, tile_hashes};

use std::fmt;
use std::fmt::Write as _;

use crate::lines;

/// Hashes in a full tile, entries in a full bundle.
pub const FULL: u16 = 256;

/// The highest level that a path may name.
const HIGHEST_LEVEL: u64 = 63;

/// The highest level at which a tree can have a tile: 256^8 entries are more than any.
pub const LAST_LEVEL: u8 = 7;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKind {
    /// Entries.
    Entries,
    /// Hashes of this level, 0 to 63.
    Hashes(u8),
}

/// One file of a log: what it holds, its index, and how many hashes or entries are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// What it holds.
    pub kind: TileKind,
    /// Its index among those of its kind, from 0.
    pub index: u64,
    /// Hashes or entries in it, 1 to [`FULL`].
    pub width: u16,
}

/// A path that names no tile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{path}\" is not the path of a tile, as tile/0/x001/234, tile/0/000.p/5 or tile/entries/000 are")]
pub struct NotATile {
    /// The beginning of the path.
    pub path: String,
}

impl TileKind {
    /// How many hashes or entries a tree of `size` entries has of this kind.
    pub fn count(self, size: u64) -> u64 {
        match self {
            Self::Entries => size,
            Self::Hashes(level) => size.checked_shr(8 * u32::from(level)).unwrap_or(0),
        }
    }

    /// The tile that holds number `place` of this kind in a tree of `size` entries; `None` where the tree has no such.
    pub fn holding(self, place: u64, size: u64) -> Option<Tile> {
        let count = self.count(size);
        let index = place / u64::from(FULL);
        let width = count.checked_sub(index * u64::from(FULL)).filter(|_| place < count)?;
        Some(Tile { kind: self, index, width: u16::try_from(width).unwrap_or(FULL).min(FULL) })
    }

    /// The last tile of this kind that is not full, in a tree of `size` entries; `None` where all are full.
    pub fn partial(self, size: u64) -> Option<Tile> {
        let count = self.count(size);
        let width = u16::try_from(count % u64::from(FULL)).ok().filter(|&width| width > 0)?;
        Some(Tile { kind: self, index: count / u64::from(FULL), width })
    }
}

impl Tile {
    /// Whether nothing can be added to it.
    pub fn is_full(&self) -> bool {
        self.width == FULL
    }

    /// The full tile of this kind and index.
    pub fn full(self) -> Self {
        Self { width: FULL, ..self }
    }

    /// Its path below the log's prefix, with `/` between the parts.
    pub fn path(&self) -> String {
        let mut path = match self.kind {
            TileKind::Entries => String::from("tile/entries"),
            TileKind::Hashes(level) => format!("tile/{level}"),
        };
        let mut groups = vec![self.index % 1_000];
        let mut rest = self.index / 1_000;
        while rest > 0 {
            groups.push(rest % 1_000);
            rest /= 1_000;
        }
        for (left, group) in groups.iter().enumerate().rev() {
            // Writing to a string cannot fail.
            let _ = write!(path, "/{}{group:03}", if left > 0 { "x" } else { "" });
        }
        if !self.is_full() {
            let _ = write!(path, ".p/{}", self.width);
        }
        path
    }

    /// Reads a path; only the form that [`Tile::path`] writes is taken.
    ///
    /// # Errors
    /// The path is anything else.
    pub fn parse(path: &str) -> Result<Self, NotATile> {
        // The longest index has seven groups; a longer path is none, and is not looked at.
        let tile = if path.len() > 64 { None } else { Self::read(path) };
        tile.ok_or_else(|| NotATile { path: lines::shown(path) })
    }

    fn read(path: &str) -> Option<Self> {
        let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let kind = match kind {
            "entries" => TileKind::Entries,
            level => {
                let level = lines::decimal(level).filter(|&level| level <= HIGHEST_LEVEL)?;
                TileKind::Hashes(u8::try_from(level).ok()?)
            }
        };
        let (groups, width) = match rest.split_once(".p/") {
            None => (rest, FULL),
            Some((groups, width)) => {
                let width = u16::try_from(lines::decimal(width)?).ok()?;
                (groups, Some(width).filter(|width| (1..FULL).contains(width))?)
            }
        };
        let (above, last) = groups.rsplit_once('/').map_or((None, groups), |(above, last)| (Some(above), last));
        let mut index: u64 = 0;
        for group in above.into_iter().flat_map(|above| above.split('/')) {
            index = index.checked_mul(1_000)?.checked_add(digits(group.strip_prefix('x')?)?)?;
            // A group of zeros before all others says nothing.
            (index > 0).then_some(())?;
        }
        index = index.checked_mul(1_000)?.checked_add(digits(last)?)?;
        Some(Self { kind, index, width })
    }
}

/// Three digits.
fn digits(group: &str) -> Option<u64> {
    let is_group = group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    if is_group { group.parse().ok() } else { None }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path())
    }
}

/// Every file that a tree of `size` entries has, and that a tree of `before` entries, at most `size`, did not have: the
/// bundles first, then the tiles level by level.
pub fn tiles_between(before: u64, size: u64) -> impl Iterator<Item = Tile> {
    let kinds = std::iter::once(TileKind::Entries).chain((0..=LAST_LEVEL).map(TileKind::Hashes));
    kinds.flat_map(move |kind| {
        let first = kind.count(before) / u64::from(FULL);
        let grows = kind.count(size) > kind.count(before);
        let end = if grows { kind.count(size).div_ceil(u64::from(FULL)) } else { first };
        (first..end).filter_map(move |index| kind.holding(index * u64::from(FULL), size))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_specification() {
        let tile = |kind, index, width| Tile { kind, index, width };
        for (expected, path) in [
            (tile(TileKind::Hashes(0), 1_234_067, FULL), "tile/0/x001/x234/067"),
            (tile(TileKind::Hashes(0), 0, 5), "tile/0/000.p/5"),
            (tile(TileKind::Hashes(63), 273, 112), "tile/63/273.p/112"),
            (tile(TileKind::Entries, 1_000, 255), "tile/entries/x001/000.p/255"),
            (tile(TileKind::Entries, u64::MAX, 1), "tile/entries/x018/x446/x744/x073/x709/x551/615.p/1"),
        ] {
            assert_eq!(expected.path(), path);
            assert_eq!(Tile::parse(path), Ok(expected));
        }
    }

    #[test]
    fn other_paths_name_nothing() {
        for bad in [
            "",
            "tile",
            "tile/0",
            "tile/0/",
            "tile/64/000",
            "tile/00/000",
            "tile/-1/000",
            "tile/0/00",
            "tile/0/0000",
            "tile/0/x000/001",
            "tile/0/001/002",
            "tile/0/x001",
            "tile/0/000.p",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/05",
            "tile/0/000.p/1/2",
            "tile/entries/x018/x446/x744/x073/x709/x551/616",
            "tile/0/../000",
            "/tile/0/000",
            "tile/0/000/",
            "tile/data/000",
        ] {
            assert!(Tile::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_tree_has_the_tiles_of_the_specifications_example() {
        // 70,000 entries: 273 full tiles of level 0 and one of 112, one full tile of level 1 and one of 17, one of level
        // 2 of width 1.
        let tiles: Vec<Tile> = tiles_between(0, 70_000).collect();
        let widths = |kind| tiles.iter().filter(|tile| tile.kind == kind).map(|tile| tile.width).collect::<Vec<_>>();
        let level_0 = widths(TileKind::Hashes(0));
        assert_eq!((level_0.len(), level_0.last()), (274, Some(&112)));
        assert!(level_0[..273].iter().all(|&width| width == FULL));
        assert_eq!(widths(TileKind::Entries), level_0);
        assert_eq!(widths(TileKind::Hashes(1)), [FULL, 17]);
        assert_eq!(widths(TileKind::Hashes(2)), [1]);
        assert_eq!(widths(TileKind::Hashes(3)), [0u16; 0]);
        // 256 entries: a full tile of level 0 and one of level 1 of width 1.
        let paths: Vec<String> = tiles_between(0, 256).map(|tile| tile.path()).collect();
        assert_eq!(paths, ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]);
        let paths: Vec<String> = tiles_between(255, 257).map(|tile| tile.path()).collect();
        assert_eq!(
            paths,
            ["tile/entries/000", "tile/entries/001.p/1", "tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]
        );
    }

    #[test]
    fn a_place_is_in_one_tile() {
        assert_eq!(TileKind::Hashes(0).holding(0, 0), None);
        assert_eq!(TileKind::Hashes(0).holding(300, 300), None);
        assert_eq!(TileKind::Hashes(0).holding(299, 300).map(|tile| tile.path()), Some("tile/0/001.p/44".to_owned()));
        assert_eq!(TileKind::Hashes(0).holding(255, 300).map(|tile| tile.width), Some(FULL));
        assert_eq!(TileKind::Hashes(1).partial(300).map(|tile| tile.path()), Some("tile/1/000.p/1".to_owned()));
        assert_eq!(TileKind::Hashes(63).partial(u64::MAX), None);
    }
}
