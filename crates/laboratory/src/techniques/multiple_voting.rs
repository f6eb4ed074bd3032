//! One person votes at several stations: `strength * register` voters from elsewhere are put on the register, each with an
//! absentee certificate, and vote for the side.
//!
//! Register, additions and certificates voted with grow alike; nobody issued the certificates, so that the country's balance of
//! them fails by the same number. This technique alone lets a register grow.

use super::Chance;
use crate::ledger::{Ledger, Way};
use crate::truth::Moved;

/// Lets people vote again in one station.
pub(super) fn station(ledger: &mut Ledger<'_>, row: usize, strength: f64, chance: Chance) -> Moved {
    let added = chance.part(ledger.electorate(row), strength).min(ledger.room(row));
    ledger.register(row, added);
    ledger.add(row, added, Way::Room);
    Moved { added, registered: added, ..Moved::default() }
}
