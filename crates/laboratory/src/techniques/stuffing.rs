//! Ballots put into the boxes that no voter cast: voters who stayed away become votes for the side.
//!
//! ```text
//! (A, O, L) -> (A - s, O, L + s),   s = strength * register, at most A
//! ```
//!
//! with A those who stayed away, O the ballots for others and L those for the side. The papers were issued, in the book as well.

use super::Chance;
use crate::ledger::{Ledger, Way};
use crate::truth::Moved;

/// Stuffs the boxes of one station.
pub(super) fn station(ledger: &mut Ledger<'_>, row: usize, strength: f64, chance: Chance) -> Moved {
    let added = chance.part(ledger.electorate(row), strength).min(ledger.away(row));
    ledger.add(row, added, Way::Room);
    Moved { added, ..Moved::default() }
}
