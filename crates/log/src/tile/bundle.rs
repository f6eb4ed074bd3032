//! Bundles of entries: each entry after its length in two bytes, the higher first.

/// The most bytes that an entry can have: its length is written in two bytes.
pub const LONGEST_ENTRY: usize = 65_535;

/// The most bytes of a full bundle.
pub const LONGEST_BUNDLE: usize = 256 * (2 + LONGEST_ENTRY);

/// What is wrong with a bundle, or with an entry that should go into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The entry has no place in a bundle.
    #[error("an entry of {bytes} bytes was given; it may have {LONGEST_ENTRY} at the most")]
    TooLong {
        /// Its bytes.
        bytes: usize,
    },
    /// The bundle ends within an entry.
    #[error("the bundle ends at byte {byte}, inside entry {number} of it")]
    CutOff {
        /// Its bytes.
        byte: usize,
        /// Which entry of the bundle, from 0.
        number: usize,
    },
    /// The bundle has another number of entries than its path says.
    #[error("the bundle has bytes after entry {expected}, the last one of it, from byte {byte} on")]
    TooMany {
        /// How many entries were expected.
        expected: u16,
        /// Where the bytes begin that belong to none.
        byte: usize,
    },
}

/// Appends an entry to a bundle.
///
/// # Errors
/// The entry is longer than [`LONGEST_ENTRY`].
pub fn push_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), BundleError> {
    let length = u16::try_from(entry.len()).map_err(|_| BundleError::TooLong { bytes: entry.len() })?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// The entries of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle<'a> {
    entries: Vec<&'a [u8]>,
    end: usize,
}

impl<'a> Bundle<'a> {
    /// Takes a bundle of exactly `width` entries apart.
    ///
    /// # Errors
    /// There are fewer or more bytes than those of `width` entries.
    pub fn parse(bytes: &'a [u8], width: u16) -> Result<Self, BundleError> {
        let bundle = Self::beginning(bytes, width)?;
        if bundle.end < bytes.len() {
            return Err(BundleError::TooMany { expected: width, byte: bundle.end });
        }
        Ok(bundle)
    }

    /// Takes the first `width` entries of a bundle, which may have more: a bundle grows at its end only.
    ///
    /// # Errors
    /// There are fewer bytes than those of `width` entries.
    pub fn beginning(bytes: &'a [u8], width: u16) -> Result<Self, BundleError> {
        let mut entries = Vec::with_capacity(usize::from(width));
        let mut rest = bytes;
        for number in 0..usize::from(width) {
            let cut = BundleError::CutOff { byte: bytes.len(), number };
            let (length, after) = rest.split_first_chunk::<2>().ok_or(cut)?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (entry, after) = after.split_at_checked(length).ok_or(cut)?;
            entries.push(entry);
            rest = after;
        }
        Ok(Self { entries, end: bytes.len() - rest.len() })
    }

    /// The entries in their order.
    pub fn entries(&self) -> &[&'a [u8]] {
        &self.entries
    }

    /// How many bytes the entries take in the bundle.
    pub fn bytes(&self) -> usize {
        self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pushed_is_read() {
        let mut bytes = Vec::new();
        let long = vec![7; LONGEST_ENTRY];
        for entry in [&b"one"[..], b"", &long] {
            push_entry(&mut bytes, entry).expect("not too long");
        }
        assert_eq!(&bytes[..7], [0, 3, b'o', b'n', b'e', 0, 0]);
        let bundle = Bundle::parse(&bytes, 3).expect("three entries");
        assert_eq!(bundle.entries(), [&b"one"[..], b"", &long]);
        assert_eq!(Bundle::beginning(&bytes, 1).map(|bundle| bundle.bytes()), Ok(5));
        let error = push_entry(&mut bytes, &vec![7; LONGEST_ENTRY + 1]);
        assert_eq!(error, Err(BundleError::TooLong { bytes: 65_536 }));
    }

    #[test]
    fn other_lengths_name_the_place() {
        let bytes = [0, 1, b'a', 0, 2, b'b'];
        assert_eq!(Bundle::parse(&bytes, 2), Err(BundleError::CutOff { byte: 6, number: 1 }));
        assert_eq!(Bundle::parse(&bytes[..4], 2), Err(BundleError::CutOff { byte: 4, number: 1 }));
        assert_eq!(Bundle::parse(&bytes, 1), Err(BundleError::TooMany { expected: 1, byte: 3 }));
    }
}
