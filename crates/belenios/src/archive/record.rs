//! Records one after another, from a reader.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

use super::header::{BLOCK, Header};
use super::{Hash, hash_of, hexadecimal};
use crate::cursor::Cursor;
use crate::{Fault, Place, Rule};

/// How large a board may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a record between the setup and the end of voting: of a ballot.
    pub ballot_bytes: u64,
    /// Bytes of any other record.
    pub record_bytes: u64,
    /// Bytes of the election's and of the trustees' record, which are read as trees.
    pub tree_bytes: u64,
    /// Bytes of all records that are kept together: those of all events but ballots.
    pub kept_bytes: u64,
    /// Ciphertexts of one ballot, over all its questions; each costs about a tenth of a megabyte on each thread.
    pub ciphertexts: usize,
    /// Branches of the proofs of one ballot, of each question its longest proof.
    pub branches: usize,
    /// Faults that are told one by one; the others are counted.
    pub faults: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            ballot_bytes: 64 << 20,
            record_bytes: 1 << 30,
            tree_bytes: 32 << 20,
            kept_bytes: 2 << 30,
            ciphertexts: 4_096,
            branches: 4_096,
            faults: 1_000,
        }
    }
}

/// Why a board could not be read at all. Everything else that is wrong with it is a [`Fault`].
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The bytes cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// The first record is not that of a ballot archive.
    #[error("byte {byte}: no ballot archive: {expected} was expected")]
    NotAnArchive {
        /// The byte.
        byte: u64,
        /// What was expected there.
        expected: &'static str,
    },
    /// Something is larger than it may be.
    #[error("byte {byte}: {what} exceeds the limit of {limit}")]
    Limit {
        /// The byte of the archive.
        byte: u64,
        /// What is too large.
        what: &'static str,
        /// The limit, with its unit.
        limit: String,
    },
}

/// The latest time that eleven octal digits can state.
const LATEST_TIME: u64 = (1 << 33) - 1;

/// What a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Data,
    Event,
}

/// One record.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// The first byte of its header in the archive.
    pub(crate) offset: u64,
    /// What its name says that it holds; `None` where the name says nothing of the kind.
    pub(crate) kind: Option<Kind>,
    /// The digest of its bytes.
    pub(crate) hash: Hash,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// Reads records.
pub(crate) struct Records<R> {
    reader: R,
    offset: u64,
    time: u64,
    /// Set where nothing more can be read.
    ended: bool,
}

impl<R: Read> Records<R> {
    /// Reads the first record: the records after it, and the time it states.
    pub(crate) fn open(reader: R, faults: &mut Vec<Fault>) -> Result<(Self, String), ArchiveError> {
        let mut records = Self { reader, offset: 0, time: 0, ended: false };
        let not = |byte, expected| ArchiveError::NotAnArchive { byte, expected };
        let mut block = [0; BLOCK];
        let read = records.fill(&mut block)?;
        let header = Header::read(&block).filter(|_| read == BLOCK);
        let header = header.ok_or_else(|| not(0, "a record named BELENIOS"))?;
        if header.name != "BELENIOS" {
            return Err(not(0, "a record named BELENIOS"));
        }
        if !Header::sums_up(&block) {
            return Err(not(148, "the checksum of the first record"));
        }
        if header.size > 4096 {
            return Err(not(124, "a first record of at most 4,096 bytes"));
        }
        let body = records.body(&header, 4096)?.ok_or_else(|| not(512, "the whole of the first record"))?;
        let parsed: Result<serde_json::Value, _> = serde_json::from_slice(&body);
        let parsed = parsed.map_err(|_| not(512, "JSON in the first record"))?;
        if parsed.get("version") != Some(&1.into()) {
            let found = parsed.get("version").map_or_else(|| "nothing".to_owned(), ToString::to_string);
            faults.push(Fault::new(Rule::ArchiveVersion, Place::byte(0)).expected(1).found(found));
        } else if stated_time(&body).and_then(|time| time.parse::<u64>().ok()).is_none_or(|time| time > LATEST_TIME) {
            let found = String::from_utf8_lossy(&body).into_owned();
            let expected = r#"{"version":1,"timestamp":"…"}"#;
            faults.push(Fault::new(Rule::ArchiveHeader, Place::byte(0)).expected(expected).found(found));
        }
        let time = parsed.get("timestamp").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        records.time = time.parse().unwrap_or(header.time);
        check_block(&block, &Header { time: records.time, ..header }, 0, faults);
        records.padding(body.len(), 0, faults)?;
        Ok((records, time))
    }

    /// The next record, held to `limit` bytes; `None` at the end, or where no more can be made out.
    pub(crate) fn next(&mut self, limit: u64, faults: &mut Vec<Fault>) -> Result<Option<Record>, ArchiveError> {
        if self.ended {
            return Ok(None);
        }
        let offset = self.offset;
        let mut block = [0; BLOCK];
        let read = self.fill(&mut block)?;
        if read == 0 {
            self.ended = true;
            return Ok(None);
        }
        let Some(header) = Header::read(&block).filter(|_| read == BLOCK) else {
            self.ended = true;
            let fault = if read < BLOCK { Rule::ArchiveEnd } else { Rule::RecordHeader };
            let found = if read < BLOCK { format!("{read} bytes") } else { "no record".to_owned() };
            faults.push(Fault::new(fault, Place::byte(offset)).found(found));
            return Ok(None);
        };
        check_block(&block, &Header { time: self.time, ..header.clone() }, offset, faults);
        let Some(bytes) = self.body(&header, limit)? else {
            self.ended = true;
            faults.push(Fault::new(Rule::ArchiveEnd, Place::byte(offset)).expected(format!("{} bytes", header.size)));
            return Ok(None);
        };
        self.padding(bytes.len(), offset, faults)?;
        let hash: Hash = Sha256::digest(&bytes).into();
        let (name, kind) = match header.name.split_once('.') {
            Some((name, "data.json")) => (name, Some(Kind::Data)),
            Some((name, "event.json")) => (name, Some(Kind::Event)),
            _ => (header.name.as_str(), None),
        };
        if kind.is_none() || hash_of(name) != Some(hash) {
            let expected = format!("{}.data.json or .event.json", hexadecimal(&hash));
            faults.push(Fault::new(Rule::RecordName, Place::byte(offset)).expected(expected).found(&header.name));
        }
        Ok(Some(Record { offset, kind, hash, bytes }))
    }

    /// Where the next record begins.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// The bytes of a record; `None` where the archive ends before them. What a header promises is not believed:
    /// memory is taken as bytes come.
    fn body(&mut self, header: &Header, limit: u64) -> Result<Option<Vec<u8>>, ArchiveError> {
        if header.size > limit {
            let limit = format!("{limit} bytes");
            return Err(ArchiveError::Limit { byte: self.offset, what: "a record", limit });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(header.size.min(1 << 16)).unwrap_or(0));
        let read = (&mut self.reader).take(header.size).read_to_end(&mut bytes)?;
        self.offset += read as u64;
        Ok((read as u64 == header.size).then_some(bytes))
    }

    /// Reads the zeros after a record.
    fn padding(&mut self, length: usize, offset: u64, faults: &mut Vec<Fault>) -> Result<(), ArchiveError> {
        let mut padding = [0; BLOCK];
        let length = length.next_multiple_of(BLOCK) - length;
        let read = self.fill(&mut padding[..length])?;
        if read < length {
            self.ended = true;
            faults.push(Fault::new(Rule::ArchiveEnd, Place::byte(offset)).expected("a whole block"));
        } else if padding.iter().any(|&byte| byte != 0) {
            faults.push(Fault::new(Rule::RecordPadding, Place::byte(offset)));
        }
        Ok(())
    }

    fn fill(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.reader.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.offset += filled as u64;
        Ok(filled)
    }
}

fn check_block(block: &[u8; BLOCK], header: &Header, offset: u64, faults: &mut Vec<Fault>) {
    let expected = header.block();
    if *block == expected {
        return;
    }
    if let Some(at) = block.iter().zip(expected).position(|(&found, expected)| found != expected) {
        let fault = Fault::new(Rule::RecordHeader, Place::byte(offset));
        faults.push(fault.found(format!("byte {at} of the header")));
    }
}

/// The time in the canonical form of the first record.
fn stated_time(body: &[u8]) -> Option<&str> {
    let mut cursor = Cursor::new(body);
    cursor.expect(r#"{"version":1,"timestamp":"#).ok()?;
    let time = cursor.text().ok()?;
    cursor.expect("}").ok()?;
    cursor.end().ok()?;
    crate::cursor::is_canonical_number(time.as_bytes()).then_some(time)
}
