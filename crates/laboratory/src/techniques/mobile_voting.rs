//! Voters at home who never voted: `strength * register` ballots from mobile boxes, at most as many as stayed away.
//!
//! Applications, ballots issued outside the room and those found in mobile boxes grow alike.

use super::Chance;
use crate::ledger::{Ledger, Way};
use crate::truth::Moved;

/// Fills the mobile boxes of one station.
pub(super) fn station(ledger: &mut Ledger<'_>, row: usize, strength: f64, chance: Chance) -> Moved {
    let added = chance.part(ledger.electorate(row), strength).min(ledger.away(row));
    ledger.add(row, added, Way::Home);
    Moved { added, ..Moved::default() }
}
