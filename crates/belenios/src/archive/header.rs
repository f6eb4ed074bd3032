//! The block of 512 bytes before a record: name, size and time at fixed places, a checksum, and nothing else.

use std::io::Write as _;

/// Bytes in a block.
pub(super) const BLOCK: usize = 512;

/// What a header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The record's name.
    pub(super) name: String,
    /// Its size in bytes.
    pub(super) size: u64,
    /// Its time in seconds.
    pub(super) time: u64,
}

const NAME: std::ops::Range<usize> = 0..100;
const SIZE: std::ops::Range<usize> = 124..136;
const TIME: std::ops::Range<usize> = 136..148;
const CHECKSUM: std::ops::Range<usize> = 148..156;

impl Header {
    /// Reads what is needed to go on: name, size, time. `None` where one of them is not there.
    pub(super) fn read(block: &[u8; BLOCK]) -> Option<Self> {
        let name = &block[NAME];
        let length = name.iter().position(|&byte| byte == 0).unwrap_or(name.len());
        let name = std::str::from_utf8(&name[..length]).ok()?;
        Some(Self { name: name.to_owned(), size: octal(&block[SIZE])?, time: octal(&block[TIME])? })
    }

    /// Whether the checksum that a block states is the sum of its bytes.
    pub(super) fn sums_up(block: &[u8; BLOCK]) -> bool {
        let stated = &block[CHECKSUM];
        octal(&stated[..7]).is_some_and(|sum| sum == checksum(block)) && stated[7] == b' '
    }

    /// The one block that says this.
    pub(super) fn block(&self) -> [u8; BLOCK] {
        let mut block = [0; BLOCK];
        let name = self.name.as_bytes();
        block[..name.len().min(100)].copy_from_slice(&name[..name.len().min(100)]);
        block[100..107].copy_from_slice(b"0000644");
        block[108..115].copy_from_slice(b"0000000");
        block[116..123].copy_from_slice(b"0000000");
        // A slice of the exact length takes exactly that many digits.
        let _ = write!(&mut block[124..135], "{:011o}", self.size);
        let _ = write!(&mut block[136..147], "{:011o}", self.time);
        block[156] = b'0';
        let sum = checksum(&block);
        let _ = write!(&mut block[148..154], "{sum:06o}");
        block[155] = b' ';
        block
    }
}

/// The sum of all bytes, those of the checksum itself taken as spaces.
fn checksum(block: &[u8; BLOCK]) -> u64 {
    let of = |(index, &byte): (usize, &u8)| if CHECKSUM.contains(&index) { u64::from(b' ') } else { u64::from(byte) };
    block.iter().enumerate().map(of).sum()
}

/// Octal digits, and a zero byte after them.
fn octal(field: &[u8]) -> Option<u64> {
    let (digits, last) = field.split_at(field.len() - 1);
    let is_number = last == [0] && digits.iter().all(|digit| (b'0'..=b'7').contains(digit));
    is_number.then(|| digits.iter().fold(0, |number, digit| number << 3 | u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_says_what_it_was_made_of() {
        let header = Header { name: "BELENIOS".to_owned(), size: 38, time: 1_795_337_584 };
        let block = header.block();
        assert_eq!(Header::read(&block), Some(header));
        assert!(Header::sums_up(&block));
        // 38 = 0o46; 1,795,337,584 = 0o15300526560.
        assert_eq!(&block[124..136], b"00000000046\0");
        assert_eq!(&block[136..148], b"15300526560\0");
        assert_eq!(&block[148..156], b"005712\0 ");
    }

    #[test]
    fn sizes_that_are_no_octal_numbers_are_refused() {
        let mut block = Header { name: "x".to_owned(), size: 1, time: 1 }.block();
        block[130] = b'9';
        assert_eq!(Header::read(&block), None);
        assert!(!Header::sums_up(&block));
    }
}
