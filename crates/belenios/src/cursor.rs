//! Reading canonical JSON: one way to write each record, so a reader that goes along it byte by byte.
//!
//! Records other than the election and the trustees have a fixed order of fields, no spaces, and texts without escapes.
//! A reader of exactly that form refuses everything else at the first byte that differs, cannot be made to recurse, and
//! allocates nothing.

use std::fmt;

/// Where and how a record departs from its canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unexpected {
    /// The byte of the record, from 0.
    pub byte: usize,
    /// What must stand there.
    pub expected: &'static str,
    /// What stands there, shortened.
    pub found: String,
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: {}", self.byte, self.found)
    }
}

/// A position in a record.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

type Read<T> = Result<T, Unexpected>;

impl<'a> Cursor<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The byte that is read next.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    fn unexpected(&self, expected: &'static str) -> Unexpected {
        let rest = &self.bytes[self.at..];
        let found = match rest.is_empty() {
            true => "the end".to_owned(),
            false => String::from_utf8_lossy(&rest[..rest.len().min(24)]).into_owned(),
        };
        Unexpected { byte: self.at, expected, found }
    }

    /// Goes over a text that must stand here.
    pub(crate) fn expect(&mut self, text: &'static str) -> Read<()> {
        match self.bytes[self.at..].starts_with(text.as_bytes()) {
            true => {
                self.at += text.len();
                Ok(())
            }
            false => Err(self.unexpected(text)),
        }
    }

    /// Goes over a text if it stands here.
    pub(crate) fn skip(&mut self, text: &str) -> bool {
        let stands = self.bytes[self.at..].starts_with(text.as_bytes());
        if stands {
            self.at += text.len();
        }
        stands
    }

    /// Whether a byte stands here.
    pub(crate) fn peek(&self, byte: u8) -> bool {
        self.bytes.get(self.at) == Some(&byte)
    }

    /// A JSON text without escapes, of printable ASCII.
    pub(crate) fn text(&mut self) -> Read<&'a str> {
        self.expect("\"")?;
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| !matches!(byte, b' '..=b'!' | b'#'..=b'[' | b']'..=b'~'));
        let length = length.unwrap_or(rest.len());
        let text = std::str::from_utf8(&rest[..length]).map_err(|_| self.unexpected("a text"))?;
        self.at += length;
        self.expect("\"")?;
        Ok(text)
    }

    /// A canonical whole number: digits without sign or leading zeros.
    pub(crate) fn number(&mut self) -> Read<&'a str> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        let digits = &rest[..length];
        if !is_canonical_number(digits) {
            return Err(self.unexpected("a whole number"));
        }
        self.at += length;
        std::str::from_utf8(digits).map_err(|_| self.unexpected("a whole number"))
    }

    /// A list, its elements read by `element`; at most `most` of them.
    pub(crate) fn list<T>(&mut self, most: usize, mut element: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let mut list = Vec::new();
        self.each(most, |cursor| {
            list.push(element(cursor)?);
            Ok(())
        })?;
        Ok(list)
    }

    /// Goes over a list; at most `most` elements.
    pub(crate) fn each(&mut self, most: usize, mut element: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.expect("[")?;
        if self.skip("]") {
            return Ok(());
        }
        for _ in 0..most {
            element(self)?;
            if !self.skip(",") {
                return self.expect("]");
            }
        }
        Err(self.unexpected("no further element of the list"))
    }

    /// The end of the record.
    pub(crate) fn end(&self) -> Read<()> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(self.unexpected("the end of the record")) }
    }
}

/// Whether digits are the canonical form of a whole number.
pub(crate) fn is_canonical_number(digits: &[u8]) -> bool {
    digits == b"0" || (digits.first().is_some_and(|first| *first != b'0') && digits.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_form_is_read() {
        let mut cursor = Cursor::new(br#"{"a":["x",12]}"#);
        cursor.expect("{\"a\":[").expect("stands there");
        assert_eq!(cursor.text().expect("a text"), "x");
        cursor.expect(",").expect("stands there");
        assert_eq!(cursor.number().expect("a number"), "12");
        assert_eq!(cursor.end().expect_err("more follows").byte, 12);
        cursor.expect("]}").expect("stands there");
        cursor.end().expect("nothing follows");
    }

    #[test]
    fn texts_have_no_escapes_and_numbers_no_other_form() {
        for bad in [r#""a\n""#, "\"\u{7f}\"", "\"é\"", "\"a", "a", ""] {
            assert!(Cursor::new(bad.as_bytes()).text().is_err(), "{bad:?}");
        }
        for bad in ["", "-1", "01", "x"] {
            assert!(Cursor::new(bad.as_bytes()).number().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn lists_are_held_to_their_length() {
        let list =
            |text: &str, most| Cursor::new(text.as_bytes()).list(most, |cursor| cursor.number().map(str::to_owned));
        assert_eq!(list("[]", 0), Ok(vec![]));
        assert_eq!(list("[1,2]", 2), Ok(vec!["1".to_owned(), "2".to_owned()]));
        assert!(list("[1,2,3]", 2).is_err());
        assert!(list("[1,]", 2).is_err());
        assert!(list("[1", 2).is_err());
    }
}
