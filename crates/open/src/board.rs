//! Ballot archives: the board of an electronic election in one file.
//!
//! Such a file is a row of tar records, the first of which is called `BELENIOS` and holds a small JSON object. A file
//! that begins so is evidence: what is wrong further on is for the checks to say, and only what keeps it from beginning
//! so is an error here.

use std::io::{self, BufReader, Read};

use adil_finding::InputFile;

use crate::unpack::{Packed, Packing};
use crate::{BoardLog, Fault, Limits, OpenError};

/// A ballot archive that can be read from its start, as often as wanted.
#[derive(Debug, Clone)]
pub struct OpenedBoard {
    /// Path, SHA-256 and size of the file as it stands on disk, packed or not.
    pub file: InputFile,
    /// The transparency log that it was made of, where there is one.
    pub log: Option<BoardLog>,
    packed: Packed,
    limits: Limits,
    bytes: u64,
}

/// Why a file that begins with the name of a ballot archive is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BoardFault {
    /// It ends inside its first record.
    #[error("it ends at byte {byte}, inside its first record; the copy is incomplete, fetch the file again")]
    CutOff {
        /// Where it ends, counted from 0 in the unpacked file.
        byte: u64,
    },
    /// A field of the first header has another form.
    #[error("at byte {byte} {expected} were expected")]
    Field {
        /// Where the field begins.
        byte: u64,
        /// Its form.
        expected: &'static str,
    },
    /// The first header is not the one whose checksum it states.
    #[error("the checksum at byte {} is {stated:06o}, and the bytes of the header add up to {found:06o}", CHECKSUM)]
    Checksum {
        /// The checksum stated.
        stated: u64,
        /// The sum of the bytes.
        found: u64,
    },
    /// The first record is too long to be what it should be.
    #[error("the first record has {bytes} bytes, as byte {} and after state; at most {limit} are read", SIZE)]
    TooLong {
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The first record is not JSON.
    #[error("the first record is not JSON, from byte {byte} on ({detail})")]
    Json {
        /// Where it ceases to be JSON, counted from 0 in the unpacked file.
        byte: u64,
        /// What the parser says.
        detail: String,
    },
}

/// How the first header begins: the name and the end of it.
const NAME: &[u8] = b"BELENIOS\0";
/// The bytes of a header, and of a block.
const HEADER: usize = 512;
/// The bytes of a name.
const NAME_BYTES: usize = 100;
/// Where the size stands: eleven octal digits.
const SIZE: usize = 124;
/// Where the checksum stands: six octal digits, NUL and a space.
const CHECKSUM: usize = 148;

/// Whether a file begins with the name that the first header of a ballot archive has.
pub(crate) fn is_named(beginning: &[u8]) -> bool {
    beginning.starts_with(NAME)
}

impl OpenedBoard {
    /// The board in some bytes, of which [`is_named`] holds.
    pub(crate) fn open(file: &InputFile, packed: &Packed, limits: &Limits) -> Result<Self, OpenError> {
        let limits = limits.of_board();
        let not = |fault| OpenError::NotABoard { file: packed.name.clone(), fault };
        // No more is unpacked than is looked at: what comes after it is not judged here.
        let header = packed.beginning(HEADER as u64, &limits)?;
        let length = check_header(&header, limits.board_head_bytes).map_err(not)?;
        let head = packed.beginning(HEADER as u64 + length, &limits)?;
        check_record(&head, length).map_err(not)?;
        let bytes = match packed.packing {
            Packing::None => packed.stored.len(),
            Packing::Zip(part) => part.unpacked,
            Packing::Gzip => gzip_states(packed)?,
        };
        Ok(Self { file: file.clone(), log: None, packed: packed.clone(), limits, bytes })
    }

    /// The path as given, with the part of an archive as `path!part`.
    pub fn name(&self) -> &str {
        &self.packed.name
    }

    /// Reads the unpacked archive from its start. Each call gives a reader of its own, and several threads may have one.
    ///
    /// What is wrong with the packing or goes beyond a limit comes as an [`io::Error`]; [`Self::in_file`] says what.
    ///
    /// # Errors
    /// The file cannot be read, or has changed since its digest was taken.
    pub fn reader(&self) -> Result<Box<dyn Read + Send>, OpenError> {
        const AT_ONCE: usize = 64 << 10;
        Ok(Box::new(BufReader::with_capacity(AT_ONCE, self.packed.reader(&self.limits)?)))
    }

    /// How many bytes a reader gives, to tell how far it is: exact where nothing is packed or a zip states it; of a
    /// gzip, what it states of its last member, or the packed size where that is more.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// An error of a [`Self::reader`] with the file's name.
    pub fn in_file(&self, error: &io::Error) -> OpenError {
        OpenError::fault(&self.packed.name, Fault::of(error))
    }

    /// What tells one board from another: its file's digest and the part inside it.
    pub(crate) fn contents(&self) -> (&str, &str) {
        (&self.file.sha256, self.packed.name.strip_prefix(self.file.path.as_str()).unwrap_or_default())
    }
}

/// The unpacked size at the end of a gzip (RFC 1952, ISIZE), which knows it modulo 2^32 only.
fn gzip_states(packed: &Packed) -> Result<u64, OpenError> {
    let length = packed.stored.len();
    let mut stated = [0; 4];
    let mut source = packed.stored.reader()?;
    let read = source
        .seek(io::SeekFrom::Start(length.saturating_sub(stated.len() as u64)))
        .and_then(|_| source.read_exact(&mut stated));
    // A file this short is refused by whoever unpacks it.
    Ok(read.map_or(length, |()| u64::from(u32::from_le_bytes(stated)).max(length)))
}

/// Checks the first header; returns the length of the record that it announces.
fn check_header(header: &[u8], limit: u64) -> Result<u64, BoardFault> {
    if header.len() < HEADER {
        return Err(BoardFault::CutOff { byte: header.len() as u64 });
    }
    let field = |at: usize, expected| BoardFault::Field { byte: at as u64, expected };
    if let Some(at) = (NAME.len()..NAME_BYTES).find(|at| header[*at] != 0) {
        return Err(field(at, "zeros after the name BELENIOS"));
    }
    let form = "six octal digits, a zero byte and a space";
    let stated = octal(&header[CHECKSUM..CHECKSUM + 6]).ok_or_else(|| field(CHECKSUM, form))?;
    if header[CHECKSUM + 6..CHECKSUM + 8] != *b"\0 " {
        return Err(field(CHECKSUM + 6, "a zero byte and a space, which end the checksum,"));
    }
    // The bytes of the checksum itself count as spaces.
    let counted = |(at, byte): (usize, &u8)| if (CHECKSUM..CHECKSUM + 8).contains(&at) { b' ' } else { *byte };
    let found = header.iter().enumerate().map(|byte| u64::from(counted(byte))).sum();
    if stated != found {
        return Err(BoardFault::Checksum { stated, found });
    }
    let bytes = octal(&header[SIZE..SIZE + 11]).ok_or_else(|| field(SIZE, "eleven octal digits"))?;
    if bytes > limit { Err(BoardFault::TooLong { bytes, limit }) } else { Ok(bytes) }
}

/// Checks that the first record, of `length` bytes, is there and is JSON.
fn check_record(head: &[u8], length: u64) -> Result<(), BoardFault> {
    let body = head.get(HEADER..).unwrap_or_default();
    if (body.len() as u64) < length {
        return Err(BoardFault::CutOff { byte: head.len() as u64 });
    }
    serde_json::from_slice::<serde_json::Value>(body).map(drop).map_err(|error| {
        let lines = body.split_inclusive(|byte| *byte == b'\n').take(error.line().saturating_sub(1));
        // A column counts the bytes up to and with the one that is wrong.
        let at = lines.map(<[u8]>::len).sum::<usize>() + error.column().saturating_sub(1);
        BoardFault::Json { byte: (HEADER + at) as u64, detail: error.to_string() }
    })
}

fn octal(digits: &[u8]) -> Option<u64> {
    let all = digits.iter().all(|digit| (b'0'..=b'7').contains(digit));
    all.then(|| digits.iter().fold(0, |value, digit| value * 8 + u64::from(digit - b'0')))
}

#[cfg(test)]
#[path = "board_tests.rs"]
mod tests;
