//! Officials at the station: where they are, `strength * ballots` votes for others become votes for the side.
//!
//! Every station is marked, in a column of text [`COLUMN`]: `yes` where officials were present, `no` elsewhere. With strength 0 they
//! are there and have no effect.

use adil_record::{Names, StationTable};

use super::Chance;
use crate::ledger::Ledger;
use crate::truth::Moved;

/// The column that says where officials were present.
const COLUMN: &str = "officials-present";

/// Lets officials be present at one station.
pub(super) fn station(ledger: &mut Ledger<'_>, row: usize, strength: f64, chance: Chance) -> Moved {
    let wanted = chance.part(ledger.ballots(row).unwrap_or(0), strength);
    let switched = ledger.switch(row, wanted, chance.other);
    Moved { switched, present: true, ..Moved::default() }
}

/// The column of marks.
pub(super) fn marks(table: &StationTable, moved: &[Moved]) -> (String, Option<Names>) {
    let mut names = Names::default();
    let mut present = moved.iter().peekable();
    for row in 0..table.len() {
        names.push(if present.next_if(|one| one.row == row).is_some() { "yes" } else { "no" });
    }
    (COLUMN.to_owned(), Some(names))
}
