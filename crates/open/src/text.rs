//! Bytes to text: the encoding is applied strictly, and a byte outside it is named by its place.

use std::io::Read;

use encoding_rs::{Decoder, DecoderResult, Encoding};

use crate::Fault;

/// A stream of text in a known encoding.
pub(crate) struct Text {
    reader: Box<dyn Read + Send>,
    encoding: &'static Encoding,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Bytes of the stream before `raw`.
    before: u64,
    finished: bool,
}

/// Bytes decoded at once.
const CHUNK_BYTES: usize = 64 << 10;

impl Text {
    /// Text of `reader`; a byte-order mark of the encoding at its start is not part of the text.
    pub(crate) fn new(reader: Box<dyn Read + Send>, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { reader, encoding, decoder, raw: vec![0; CHUNK_BYTES], before: 0, finished: false }
    }

    /// Adds the next piece to `text`; false at the end. What precedes a fault is added before the fault is returned.
    pub(crate) fn append(&mut self, text: &mut String) -> Result<bool, Fault> {
        if self.finished {
            return Ok(false);
        }
        let read = loop {
            match self.reader.read(&mut self.raw) {
                Ok(read) => break read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Fault::of(&error)),
            }
        };
        self.finished = read == 0;
        let piece = &self.raw[..read];
        let room = self.decoder.max_utf8_buffer_length_without_replacement(read).unwrap_or(3 * read + 16);
        text.reserve(room);
        let from = text.len();
        let (result, used) = self.decoder.decode_to_string_without_replacement(piece, text, self.finished);
        if let DecoderResult::Malformed(length, after) = result {
            // The malformed sequence may have begun in the piece before this one.
            let end = self.before + used as u64 - u64::from(after);
            let byte = end.saturating_sub(u64::from(length));
            let value = byte.checked_sub(self.before).and_then(|at| piece.get(usize::try_from(at).ok()?)).copied();
            return Err(self.not_valid(byte, value.unwrap_or_default()));
        }
        if self.encoding.is_single_byte() {
            self.refuse_unassigned(piece, text, from)?;
        }
        self.before += read as u64;
        Ok(!self.finished)
    }

    /// The tables of the web map bytes that an encoding leaves unassigned to control characters. In a table they
    /// mean that the encoding is another one.
    fn refuse_unassigned(&self, piece: &[u8], text: &mut String, from: usize) -> Result<(), Fault> {
        let control = |letter: char| ('\u{80}'..'\u{a0}').contains(&letter);
        let Some((at, _)) = text[from..].char_indices().find(|&(_, letter)| control(letter)) else { return Ok(()) };
        // One byte is one character in these encodings.
        let index = text[from..from + at].chars().count();
        text.truncate(from + at);
        let value = piece.get(index).copied().unwrap_or_default();
        Err(self.not_valid(self.before + index as u64, value))
    }

    fn not_valid(&self, byte: u64, value: u8) -> Fault {
        Fault::NotInEncoding { encoding: self.encoding.name(), byte, value }
    }
}
