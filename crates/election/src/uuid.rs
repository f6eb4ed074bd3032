//! The identifier of an election.

use std::fmt;

/// An election's identifier: at least 14 digits in base 58 (rule S6 of `docs/spec/belenios-v1.md`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(String);

/// A text that is no identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no identifier of an election: it has at least 14 digits and letters without 0, O, I and l")]
pub struct UuidFault {
    /// The text, its first 100 characters.
    pub found: String,
}

impl Uuid {
    /// The digits, from 0 to 57.
    pub const DIGITS: &'static [u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// The longest that is taken, in digits.
    pub const LONGEST: usize = 100;

    /// Reads an identifier.
    ///
    /// # Errors
    /// It is too short, too long, or has a character that is no digit in base 58.
    pub fn parse(text: &str) -> Result<Self, UuidFault> {
        let is_long_enough = (14..=Self::LONGEST).contains(&text.len());
        if is_long_enough && text.bytes().all(|byte| Self::DIGITS.contains(&byte)) {
            Ok(Self(text.to_owned()))
        } else {
            Err(UuidFault { found: text.chars().take(100).collect() })
        }
    }

    /// The identifier as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_look_alike_are_none() {
        assert_eq!(Uuid::parse("14MjsdKEb6aRMQ").map(|uuid| uuid.to_string()).as_deref(), Ok("14MjsdKEb6aRMQ"));
        for text in ["", "14MjsdKEb6aRM", "14MjsdKEb6aRM0", "14MjsdKEb6aRMO", "14MjsdKEb6aRMl", "14MjsdKEb6aRM\n"] {
            assert!(Uuid::parse(text).is_err(), "{text:?}");
        }
        assert!(Uuid::parse(&"1".repeat(101)).is_err());
    }
}
