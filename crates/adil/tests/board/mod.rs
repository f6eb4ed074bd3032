//! Boards in tests: reading, writing and changing archives, and making random elections with `belenios-tool`.
//!
//! All of it is written without the crates that verify, so that a mistake there is not repeated here.

#![allow(dead_code, reason = "every test file uses a part of this")]

pub(crate) mod archive;
pub(crate) mod change;
pub(crate) mod hold;
pub(crate) mod plan;
pub(crate) mod random;
pub(crate) mod uncovered;

/// A number that the caller of the tests set, for longer runs than the usual ones.
pub(crate) fn number(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} is {value}, which is no number")))
}
