//! Entries, one bundle after another.

use std::ops::Range;

use adil_log::TileKind;
use adil_log::tile::{Bundle, FULL};

use super::{LogError, LogFolder};

/// The entries of a range with their numbers. One bundle is held at a time, at most 16 MiB twice; after an error there
/// is nothing more.
#[derive(Debug)]
pub struct Entries<'l> {
    log: &'l LogFolder,
    range: Range<u64>,
    bundle: std::vec::IntoIter<Vec<u8>>,
}

impl<'l> Entries<'l> {
    pub(super) fn new(log: &'l LogFolder, range: Range<u64>) -> Self {
        let end = range.end.min(log.checkpoint().size);
        Self { log, range: range.start.min(end)..end, bundle: Vec::new().into_iter() }
    }

    /// The entries of the bundle in which the range begins, from there on.
    fn load(&self) -> Result<Vec<Vec<u8>>, LogError> {
        let start = self.range.start;
        let Some(tile) = TileKind::Entries.holding(start, self.log.checkpoint().size) else { return Ok(Vec::new()) };
        let bytes = self.log.tile(tile)?;
        let named = |error| LogError::Bundle { file: self.log.path().join(tile.path()).display().to_string(), error };
        let bundle = Bundle::parse(&bytes, tile.width).map_err(named)?;
        let before = usize::try_from(start % u64::from(FULL)).unwrap_or(usize::MAX);
        let wanted = usize::try_from(self.range.end - start).unwrap_or(usize::MAX);
        Ok(bundle.entries().iter().skip(before).take(wanted).map(|entry| entry.to_vec()).collect())
    }
}

impl Iterator for Entries<'_> {
    type Item = Result<(u64, Vec<u8>), LogError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.range.is_empty() {
            return None;
        }
        if self.bundle.len() == 0 {
            match self.load() {
                Ok(entries) => self.bundle = entries.into_iter(),
                Err(error) => {
                    self.range.start = self.range.end;
                    return Some(Err(error));
                }
            }
        }
        let entry = self.bundle.next()?;
        let index = self.range.start;
        self.range.start += 1;
        Some(Ok((index, entry)))
    }
}
