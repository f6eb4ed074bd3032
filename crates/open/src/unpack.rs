//! Unpacking: gzip and the parts of a zip, streamed, checked against their checksum and held to the limits.

use std::io::{self, BufReader, Read, SeekFrom};

use flate2::Crc;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};

use crate::stored::{Source, Stored};
use crate::{Fault, Limits, OpenError};

/// How bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// As they stand.
    None,
    /// One or several gzip members.
    Gzip,
    /// A part of a zip.
    Zip(ZipPart),
}

/// Where a part of a zip stands, from the archive's directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ZipPart {
    /// Its first packed byte.
    pub(crate) start: u64,
    /// Its packed size in bytes.
    pub(crate) packed: u64,
    /// Its unpacked size in bytes, as the directory states it.
    pub(crate) unpacked: u64,
    /// The CRC-32 of the unpacked bytes, as the directory states it.
    pub(crate) crc: u32,
    /// Whether it is deflated; stored otherwise.
    pub(crate) deflated: bool,
}

/// Bytes in their packing, with the name that errors give them.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    pub(crate) name: String,
    pub(crate) stored: Stored,
    pub(crate) packing: Packing,
}

impl Packed {
    /// Streams the unpacked bytes. What is wrong with them comes as a [`Fault`] inside the [`io::Error`].
    pub(crate) fn reader(&self, limits: &Limits) -> Result<Box<dyn Read + Send>, OpenError> {
        let mut source = self.stored.reader()?;
        let (packed, start) = match self.packing {
            Packing::Zip(part) => (part.packed, part.start),
            _ => (self.stored.len(), 0),
        };
        let over = |fault| OpenError::fault(&self.name, fault);
        source.seek(SeekFrom::Start(start)).map_err(|error| over(Fault::of(&error)))?;
        let bounds = Bounds::new(packed, limits);
        let input = BufReader::with_capacity(32 << 10, Counted { source, left: packed, read: 0 });
        let (decoder, expected) = match self.packing {
            Packing::None => (Decoder::Plain(input), None),
            Packing::Gzip => (Decoder::Gzip(MultiGzDecoder::new(input)), None),
            Packing::Zip(part) => {
                // What the directory already admits need not be unpacked to be refused.
                bounds.hold(part.unpacked).map_err(over)?;
                let decoder =
                    if part.deflated { Decoder::Deflate(DeflateDecoder::new(input)) } else { Decoder::Plain(input) };
                (decoder, Some((part.unpacked, part.crc)))
            }
        };
        Ok(Box::new(Unpacker { decoder, bounds, expected, crc: Crc::new(), unpacked: 0 }))
    }

    /// Unpacks into memory, at most `limits.held_bytes`.
    pub(crate) fn hold(&self, limits: &Limits) -> Result<Vec<u8>, OpenError> {
        let limits = Limits { unpacked_bytes: limits.unpacked_bytes.min(limits.held_bytes), ..*limits };
        let mut bytes = Vec::new();
        let read = self.reader(&limits)?.read_to_end(&mut bytes);
        read.map_err(|error| OpenError::fault(&self.name, Fault::of(&error)))?;
        Ok(bytes)
    }

    /// The first `bytes` unpacked bytes, or fewer where there are no more.
    pub(crate) fn beginning(&self, bytes: u64, limits: &Limits) -> Result<Vec<u8>, OpenError> {
        let mut beginning = Vec::new();
        let read = self.reader(limits)?.take(bytes).read_to_end(&mut beginning);
        read.map_err(|error| OpenError::fault(&self.name, Fault::of(&error)))?;
        Ok(beginning)
    }
}

/// How far a packed file may grow.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    packed: u64,
    ratio: u64,
    by_ratio: u64,
    bytes: u64,
}

impl Bounds {
    fn new(packed: u64, limits: &Limits) -> Self {
        let ratio = limits.unpacked_to_packed;
        let by_ratio = packed.saturating_mul(ratio).max(limits.ratio_from_bytes);
        Self { packed, ratio, by_ratio, bytes: limits.unpacked_bytes }
    }

    fn hold(&self, unpacked: u64) -> Result<(), Fault> {
        if unpacked > self.by_ratio {
            return Err(Fault::TooCompressed { ratio: self.ratio, packed: self.packed });
        }
        if unpacked > self.bytes { Err(Fault::TooManyBytes { limit: self.bytes }) } else { Ok(()) }
    }
}

/// The packed bytes of one part, counted.
struct Counted {
    source: Box<dyn Source>,
    left: u64,
    read: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let read = self.source.read(&mut buffer[..most])?;
        self.left -= read as u64;
        self.read += read as u64;
        Ok(read)
    }
}

enum Decoder {
    Plain(BufReader<Counted>),
    Gzip(MultiGzDecoder<BufReader<Counted>>),
    Deflate(DeflateDecoder<BufReader<Counted>>),
}

impl Decoder {
    fn input(&self) -> &BufReader<Counted> {
        match self {
            Self::Plain(input) => input,
            Self::Gzip(decoder) => decoder.get_ref(),
            Self::Deflate(decoder) => decoder.get_ref(),
        }
    }

    /// How many packed bytes have been used.
    fn position(&self) -> u64 {
        let input = self.input();
        input.get_ref().read - input.buffer().len() as u64
    }

    fn packing(&self) -> &'static str {
        if matches!(self, Self::Gzip(_)) { "gzip" } else { "zip" }
    }
}

struct Unpacker {
    decoder: Decoder,
    bounds: Bounds,
    /// Size and CRC-32 that a zip's directory states; gzip's are checked by its decoder.
    expected: Option<(u64, u32)>,
    crc: Crc,
    unpacked: u64,
}

impl Unpacker {
    fn fault(&self, error: &io::Error) -> Fault {
        let (packing, byte) = (self.decoder.packing(), self.decoder.position());
        let detail = error.to_string();
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Fault::CutOff { packing, byte },
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData if detail.contains("checksum") => {
                Fault::Checksum { packing }
            }
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Fault::Damaged { packing, byte, detail },
            _ => Fault::of(error),
        }
    }

    fn finish(&self) -> Result<(), Fault> {
        let Some((size, crc)) = self.expected else { return Ok(()) };
        let (packing, byte) = (self.decoder.packing(), self.decoder.position());
        match self.unpacked {
            unpacked if unpacked < size => Err(Fault::CutOff { packing, byte }),
            unpacked if unpacked > size || self.crc.sum() != crc => Err(Fault::Checksum { packing }),
            _ => Ok(()),
        }
    }
}

impl Read for Unpacker {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.decoder {
            Decoder::Plain(input) => input.read(buffer),
            Decoder::Gzip(decoder) => decoder.read(buffer),
            Decoder::Deflate(decoder) => decoder.read(buffer),
        };
        let read = match read {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => return Err(self.fault(&error).into()),
        };
        if read == 0 && !buffer.is_empty() {
            self.finish()?;
        }
        self.unpacked += read as u64;
        self.bounds.hold(self.unpacked)?;
        if self.expected.is_some() {
            self.crc.update(&buffer[..read]);
        }
        Ok(read)
    }
}
