//! XML 1.0 in UTF-8, without document types: the five entities of XML are all there are.

use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};

use super::Feed;
use crate::{ExchangeError, Fault, ReadError};

/// A reader that gives no more than a limit between two events, and keeps the failure of the one below it.
struct Bounded<'a> {
    inner: &'a mut dyn BufRead,
    left: u64,
    exceeded: bool,
    failed: Option<io::Error>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let taken = available.len().min(buffer.len());
        buffer[..taken].copy_from_slice(&available[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}

impl BufRead for Bounded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            self.exceeded = true;
            return Err(io::Error::other("too long"));
        }
        match self.inner.fill_buf() {
            Ok(buffer) => {
                let most = usize::try_from(self.left).unwrap_or(usize::MAX);
                Ok(&buffer[..buffer.len().min(most)])
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.failed = Some(error);
                Err(io::Error::other("the reader below failed"))
            }
        }
    }

    fn consume(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes as u64);
        self.inner.consume(bytes);
    }
}

/// Reads a document into the feed.
pub(super) fn feed(reader: &mut dyn BufRead, feed: &mut Feed<'_>) -> Result<(), ReadError> {
    let limit = feed.limits.text_bytes;
    let source = Bounded { inner: reader, left: limit, exceeded: false, failed: None };
    let mut reader = Reader::from_reader(source);
    let mut buffer = Vec::new();
    let (mut depth, mut roots) = (0usize, 0usize);
    loop {
        buffer.clear();
        reader.get_mut().left = limit;
        let begin = reader.buffer_position();
        let at = |fault: Fault| ReadError::Content(ExchangeError::Xml { byte: begin, fault });
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => {
                let byte = reader.error_position();
                let source = reader.get_mut();
                return Err(match (source.failed.take(), source.exceeded) {
                    (Some(failed), _) => ReadError::Source(failed),
                    (None, true) => at(Fault::TooLong(limit)),
                    (None, false) => syntax(byte, &error),
                });
            }
        };
        match event {
            Event::Start(start) => {
                (depth, roots) = (depth + 1, roots + usize::from(depth == 0));
                outside(depth == 1 && roots > 1).map_err(at)?;
                open(&start, feed, begin)?;
            }
            Event::Empty(start) => {
                roots += usize::from(depth == 0);
                outside(depth == 0 && roots > 1).map_err(at)?;
                open(&start, feed, begin)?;
                feed.close()?;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                feed.close()?;
            }
            Event::Text(text) => {
                let text = text.xml10_content();
                outside(depth == 0 && !text.trim_start_matches('\u{feff}').trim().is_empty()).map_err(at)?;
                if depth > 0 {
                    feed.text(&text)?;
                }
            }
            Event::CData(text) => {
                outside(depth == 0).map_err(at)?;
                feed.text(&text.xml10_content())?;
            }
            Event::GeneralRef(entity) => {
                outside(depth == 0).map_err(at)?;
                let letter = match entity.resolve_char_ref() {
                    Ok(Some(letter)) => letter,
                    Ok(None) => {
                        let name = entity.xml10_content();
                        predefined(&name).ok_or_else(|| at(Fault::Entity(name.chars().take(40).collect())))?
                    }
                    Err(error) => return Err(syntax(begin, &error)),
                };
                feed.text(letter.encode_utf8(&mut [0; 4]))?;
            }
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().and_then(Result::ok);
                let foreign = encoding.filter(|label| {
                    !["utf-8", "utf8", "us-ascii", "ascii"].contains(&label.to_ascii_lowercase().as_str())
                });
                if let Some(label) = foreign {
                    return Err(at(Fault::Encoding(label.into_owned())));
                }
            }
            Event::DocType(_) => return Err(at(Fault::DocumentType)),
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof if depth > 0 => return Err(at(Fault::CutOff(feed.within().to_owned()))),
            Event::Eof if roots == 0 => return Err(at(Fault::Syntax("it has no element".to_owned()))),
            Event::Eof => return Ok(()),
        }
    }
}

fn outside(is_outside: bool) -> Result<(), Fault> {
    if is_outside { Err(Fault::OutsideRoot) } else { Ok(()) }
}

/// An element with its attributes; those of namespaces are no part of it.
fn open(start: &BytesStart<'_>, feed: &mut Feed<'_>, byte: u64) -> Result<(), ReadError> {
    feed.open(start.local_name().as_ref())?;
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| syntax(byte, &error.into()))?;
        let name = attribute.key.as_ref();
        if name == "xmlns" || name.starts_with("xmlns:") {
            continue;
        }
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        let value = value.map_err(|error| syntax(byte, &error))?;
        match name {
            "ObjectId" => feed.attribute("@id", &value)?,
            _ if name.ends_with(":type") => {
                feed.attribute("@type", value.rsplit(':').next().unwrap_or_default().trim())?;
            }
            _ => feed.attribute(name, &value)?,
        }
    }
    Ok(())
}

fn predefined(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => None,
    }
}

fn syntax(byte: u64, error: &Error) -> ReadError {
    let fault = match error {
        Error::Escape(quick_xml::escape::EscapeError::UnrecognizedEntity(_, name)) => Fault::Entity(name.clone()),
        error => Fault::Syntax(error.to_string()),
    };
    ExchangeError::Xml { byte, fault }.into()
}
