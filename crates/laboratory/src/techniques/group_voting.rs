//! Organised groups: `strength * register` voters who would have stayed away are brought in at one hour and vote for the side.
//!
//! Where the table has reports of turnout during the vote, the group stands in every report from its own hour on; the hour is drawn for
//! each station. Where there are none, the votes are only added.

use super::Chance;
use crate::ledger::{Ledger, Way};
use crate::truth::Moved;

/// Brings a group to one station. `reports` are the places of the table's reports that were made during the vote.
pub(super) fn station(ledger: &mut Ledger<'_>, row: usize, strength: f64, chance: Chance, reports: &[usize]) -> Moved {
    let added = chance.part(ledger.electorate(row), strength).min(ledger.away(row));
    ledger.add(row, added, Way::Room);
    let first = ((chance.other * reports.len() as f64) as usize).min(reports.len().saturating_sub(1));
    for &report in &reports[first..] {
        ledger.report(report, row, added);
    }
    Moved { added, report: reports.get(first).copied(), ..Moved::default() }
}
