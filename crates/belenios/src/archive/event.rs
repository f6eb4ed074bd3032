//! Events: what happened, after what, and with which record.

use super::{Hash, hash_of};
use crate::cursor::{Cursor, Unexpected};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// The election is set up.
    Setup,
    /// A ballot is accepted.
    Ballot,
    /// Voting ends.
    EndBallots,
    /// The encrypted tally is published.
    EncryptedTally,
    /// Somebody shuffles.
    Shuffle,
    /// Shuffling ends.
    EndShuffles,
    /// A trustee decrypts.
    PartialDecryption,
    /// The result is published.
    Result,
}

/// An event as it stands in its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event<'a> {
    pub(crate) parent: Option<Hash>,
    pub(crate) height: &'a str,
    pub(crate) kind: EventKind,
    pub(crate) payload: Option<Hash>,
}

impl EventKind {
    const ALL: [(Self, &'static str, usize); 8] = [
        (Self::Setup, "Setup", 4),
        (Self::Ballot, "Ballot", 1),
        (Self::EndBallots, "EndBallots", 0),
        (Self::EncryptedTally, "EncryptedTally", 2),
        (Self::Shuffle, "Shuffle", 2),
        (Self::EndShuffles, "EndShuffles", 0),
        (Self::PartialDecryption, "PartialDecryption", 2),
        (Self::Result, "Result", 1),
    ];

    /// The name in the archive.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, name, _)| name)
    }

    /// How many records stand before such an event.
    pub(super) fn records(self) -> usize {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or(0, |(.., records)| *records)
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(kind, ..)| *kind)
    }
}

impl<'a> Event<'a> {
    /// Reads the canonical form.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Unexpected> {
        let mut cursor = Cursor::new(bytes);
        cursor.expect("{")?;
        let mut parent = None;
        if cursor.skip("\"parent\":") {
            parent = Some(hash(&mut cursor)?);
            cursor.expect(",")?;
        }
        cursor.expect("\"height\":")?;
        let height = cursor.number()?;
        cursor.expect(",\"type\":")?;
        let at = cursor.at();
        let name = cursor.text()?;
        let kind = EventKind::named(name);
        let unknown = || Unexpected { byte: at, expected: "a type of event", found: name.to_owned() };
        let kind = kind.ok_or_else(unknown)?;
        let payload = match kind.records() {
            0 => None,
            _ => {
                cursor.expect(",\"payload\":")?;
                Some(hash(&mut cursor)?)
            }
        };
        cursor.expect("}")?;
        cursor.end()?;
        Ok(Self { parent, height, kind, payload })
    }
}

/// A digest in hexadecimal digits.
pub(crate) fn hash(cursor: &mut Cursor<'_>) -> Result<Hash, Unexpected> {
    let at = cursor.at();
    let text = cursor.text()?;
    let unexpected = || Unexpected { byte: at, expected: "a SHA-256 in hexadecimal digits", found: text.to_owned() };
    hash_of(text).ok_or_else(unexpected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_have_one_form() {
        let zeros = "0".repeat(64);
        let first = format!(r#"{{"height":0,"type":"Setup","payload":"{zeros}"}}"#);
        let event = Event::read(first.as_bytes()).expect("canonical");
        assert_eq!(
            (event.parent, event.height, event.kind, event.payload),
            (None, "0", EventKind::Setup, Some([0; 32]))
        );
        let later = format!(r#"{{"parent":"{zeros}","height":8,"type":"EndBallots"}}"#);
        assert_eq!(Event::read(later.as_bytes()).map(|event| event.payload), Ok(None));
        for bad in [
            r#"{"height":0,"type":"Setup"}"#.to_owned(),
            format!(r#"{{"height":0,"type":"Party","payload":"{zeros}"}}"#),
            format!(r#"{{"height":00,"type":"Setup","payload":"{zeros}"}}"#),
            format!(r#"{{"height":0, "type":"Setup","payload":"{zeros}"}}"#),
            format!(r#"{{"parent":"{zeros}","height":8,"type":"EndBallots","payload":"{zeros}"}}"#),
            format!(r#"{{"height":0,"type":"Setup","payload":"{}"}}"#, &zeros[1..]),
        ] {
            assert!(Event::read(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
