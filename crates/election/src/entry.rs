//! The entries of the log: ballots, and statements.
//!
//! A ballot's entry has one form, which is taken apart without reading the ballot:
//!
//! ```text
//! {"adil":"ballot/1","minute":29876543,"ballot":{…}}
//! {"adil":"ballot/1","minute":29876543,"object":{"sha256":"…","bytes":70000}}
//! ```
//!
//! The second is of a ballot whose entry would be longer than a log takes. Everything else is a signed note.

use adil_log::{LONGEST_ENTRY, Note};

use crate::statement::{Content, Statement, StatementError};

/// An entry.
#[derive(Debug, Clone)]
pub enum Entry<'a> {
    /// A ballot, with the minute since 1970 in which it was accepted.
    Ballot {
        /// The minute.
        minute: u64,
        /// The ballot.
        ballot: LoggedBallot<'a>,
    },
    /// A statement with its signatures.
    Statement(Box<Statement>, Box<Note>),
}

/// A ballot as the log has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoggedBallot<'a> {
    /// Its bytes.
    Inline(&'a [u8]),
    /// Its digest; the bytes are kept beside the log.
    Object(Content),
}

const BEGINNING: &[u8] = b"{\"adil\":\"ballot/1\",\"minute\":";
const BALLOT: &[u8] = b",\"ballot\":";
const OBJECT: &[u8] = b",\"object\":";
/// More digits than a minute has in ten thousand years.
const MINUTE_DIGITS: usize = 10;

impl<'a> Entry<'a> {
    /// Takes an entry apart.
    ///
    /// # Errors
    /// It is neither a ballot nor a statement.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, StatementError> {
        let Some(rest) = bytes.strip_prefix(BEGINNING) else {
            let (statement, note) = Statement::parse(bytes)?;
            return Ok(Self::Statement(Box::new(statement), Box::new(note)));
        };
        ballot(rest).ok_or_else(|| StatementError::Text("a ballot's entry has another form".to_owned()))
    }
}

fn ballot(rest: &[u8]) -> Option<Entry<'_>> {
    let digits = rest.iter().position(|byte| !byte.is_ascii_digit()).filter(|digits| *digits <= MINUTE_DIGITS)?;
    let (digits, rest) = rest.split_at(digits);
    let minute: u64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    if minute.to_string().as_bytes() != digits {
        return None;
    }
    let inside = |rest: &'_ [u8], name: &[u8]| -> Option<std::ops::Range<usize>> {
        let body = rest.strip_prefix(name)?.strip_suffix(b"}")?;
        Some(name.len()..name.len() + body.len())
    };
    if let Some(range) = inside(rest, BALLOT) {
        return Some(Entry::Ballot { minute, ballot: LoggedBallot::Inline(&rest[range]) });
    }
    let range = inside(rest, OBJECT)?;
    let content: Content = serde_json::from_slice(&rest[range.clone()]).ok()?;
    let is_canonical = serde_json::to_vec(&content).ok()? == rest[range];
    is_canonical.then_some(Entry::Ballot { minute, ballot: LoggedBallot::Object(content) })
}

/// The entry of a ballot, and whether the ballot's bytes must be kept beside the log.
pub fn ballot_entry(ballot: &[u8], minute: u64) -> (Vec<u8>, bool) {
    let put = |name: &[u8], body: &[u8]| [BEGINNING, minute.to_string().as_bytes(), name, body, b"}"].concat();
    let entry = put(BALLOT, ballot);
    if entry.len() <= LONGEST_ENTRY {
        return (entry, false);
    }
    let content = serde_json::to_vec(&Content::of(ballot)).unwrap_or_default();
    (put(OBJECT, &content), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ballots_are_logged_whole_or_by_their_digest() {
        let (entry, is_kept_beside) = ballot_entry(b"{\"a\":1}", 29_876_543);
        assert_eq!(entry, b"{\"adil\":\"ballot/1\",\"minute\":29876543,\"ballot\":{\"a\":1}}");
        assert!(!is_kept_beside);
        let Ok(Entry::Ballot { minute: 29_876_543, ballot: LoggedBallot::Inline(b"{\"a\":1}") }) = Entry::parse(&entry)
        else {
            panic!("a ballot");
        };
        let long = vec![b'x'; LONGEST_ENTRY];
        let (entry, is_kept_beside) = ballot_entry(&long, 0);
        assert!(is_kept_beside && entry.len() < 200);
        let Ok(Entry::Ballot { minute: 0, ballot: LoggedBallot::Object(content) }) = Entry::parse(&entry) else {
            panic!("a ballot by its digest");
        };
        assert_eq!(content, Content::of(&long));
    }

    #[test]
    fn other_forms_are_refused() {
        for bad in [
            "",
            "{}",
            r#"{"adil":"ballot/1","minute":01,"ballot":{}}"#,
            r#"{"adil":"ballot/1","minute":,"ballot":{}}"#,
            r#"{"adil":"ballot/1","minute":12345678901,"ballot":{}}"#,
            r#"{"adil":"ballot/1","minute":1,"ballot":{}"#,
            r#"{"adil":"ballot/1","minute":1,"other":{}}"#,
            r#"{"adil":"ballot/1","minute":1,"object":{"sha256":"00","bytes":1}}"#,
        ] {
            let parsed = Entry::parse(bad.as_bytes());
            // Of an inline ballot any bytes are taken; that a closing brace is missing shows when the ballot is read.
            let is_truncated = bad.ends_with("{}") && bad.contains("\"ballot\":");
            assert!(parsed.is_err() || is_truncated, "{bad}");
        }
    }
}
