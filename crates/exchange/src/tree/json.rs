//! JSON: an object is an element, a list is its elements one after the other, and anything else is an element with text.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};

use super::Feed;
use crate::{ExchangeError, Fault, ReadError};

/// The name of the outermost object, where JSON has none.
const ROOT: &str = "ElectionReport";
/// What names of types begin with.
const TYPES: &str = "ElectionResults.";

/// A reader that keeps the failure of the one below it, and gives no more than a limit between two values.
struct Kept<'a> {
    inner: &'a mut dyn BufRead,
    left: &'a Cell<u64>,
    failed: Option<io::Error>,
}

impl Read for Kept<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::other("too long"));
        }
        match self.inner.read(buffer) {
            Ok(read) => {
                self.left.set(self.left.get().saturating_sub(read as u64));
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.failed = Some(error);
                Err(io::Error::other("the reader below failed"))
            }
        }
    }
}

/// Reads a text into the feed.
pub(super) fn feed(reader: &mut dyn BufRead, feed: &mut Feed<'_>) -> Result<(), ReadError> {
    if reader.fill_buf().map_err(ReadError::Source)?.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    let limit = feed.limits.text_bytes;
    let left = Cell::new(limit);
    let mut kept = Kept { inner: reader, left: &left, failed: None };
    let mut stopped = None;
    let result = {
        let mut json = serde_json::Deserializer::from_reader(&mut kept);
        let root = Piece { feed, stopped: &mut stopped, name: ROOT, left: &left, is_root: true };
        root.deserialize(&mut json).and_then(|()| json.end())
    };
    match (kept.failed, stopped, result) {
        (Some(failed), ..) => Err(ReadError::Source(failed)),
        (None, Some(stopped), _) => Err(stopped.into()),
        (None, None, Err(_)) if left.get() == 0 => {
            Err(ExchangeError::Content { path: feed.path.to_string(), fault: Fault::TooLong(limit) }.into())
        }
        (None, None, Err(error)) => {
            let said = error.to_string();
            let detail = said.split(" at line ").next().unwrap_or_default().to_owned();
            Err(ExchangeError::Json { line: error.line(), column: error.column(), detail }.into())
        }
        (None, None, Ok(())) => Ok(()),
    }
}

/// A value, under the name of its key.
struct Piece<'p, 'f, 'n> {
    feed: &'p mut Feed<'f>,
    /// What the feed refuses; serde's errors carry words only.
    stopped: &'p mut Option<ExchangeError>,
    name: &'n str,
    left: &'n Cell<u64>,
    is_root: bool,
}

impl Piece<'_, '_, '_> {
    fn hold<E: serde::de::Error>(&mut self, result: Result<(), ExchangeError>) -> Result<(), E> {
        result.map_err(|error| {
            *self.stopped = Some(error);
            E::custom("stopped")
        })
    }

    fn scalar<E: serde::de::Error>(mut self, text: &str) -> Result<(), E> {
        if self.is_root {
            return Err(E::custom("an object was expected"));
        }
        self.left.set(self.feed.limits.text_bytes);
        let result = match self.name {
            "@type" => self.feed.attribute("@type", text.strip_prefix(TYPES).unwrap_or(text)),
            name if name.starts_with('@') => self.feed.attribute(name, text),
            _ if text.len() as u64 > self.feed.limits.text_bytes => {
                let fault = Fault::TooLong(self.feed.limits.text_bytes);
                Err(self.feed.fault(fault))
            }
            name => {
                let feed = &mut *self.feed;
                feed.open(name).and_then(|()| feed.text(text)).and_then(|()| feed.close())
            }
        };
        self.hold(result)
    }
}

impl<'de> DeserializeSeed<'de> for Piece<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Piece<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        self.scalar(text)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        self.scalar(&number.to_string())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        self.scalar(&number.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        self.scalar(&number.to_string())
    }

    fn visit_bool<E: serde::de::Error>(self, truth: bool) -> Result<(), E> {
        self.scalar(if truth { "true" } else { "false" })
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        if self.is_root { Err(E::custom("an object was expected")) } else { Ok(()) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if self.is_root {
            return Err(A::Error::custom("an object was expected"));
        }
        loop {
            let piece = Piece {
                feed: &mut *self.feed,
                stopped: &mut *self.stopped,
                name: self.name,
                left: self.left,
                is_root: false,
            };
            if list.next_element_seed(piece)?.is_none() {
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let opened = self.feed.open(self.name);
        self.hold(opened)?;
        while let Some(key) = map.next_key::<String>()? {
            if key.len() > LONGEST_KEY {
                let fault = self.feed.fault(Fault::TooLong(LONGEST_KEY as u64));
                self.hold(Err(fault))?;
            }
            let piece = Piece {
                feed: &mut *self.feed,
                stopped: &mut *self.stopped,
                name: &key,
                left: self.left,
                is_root: false,
            };
            map.next_value_seed(piece)?;
        }
        let closed = self.feed.close();
        self.hold(closed)
    }
}

/// Bytes of a name; the longest of the format has 30.
const LONGEST_KEY: usize = 200;
