//! Organised groups: `strength * register` voters who would have stayed away are brought in at one hour and vote for the side.
//!
//! Where the table has reports of turnout by the hour (columns of text called `voted-by-…`, each counting all who have voted so far),
//! the group stands in every report from its own hour on; the hour is drawn for each station. Where there are none, the votes are only
//! added.

use adil_record::{Names, StationTable};

use super::Chance;
use crate::ledger::{Ledger, Way};
use crate::truth::Moved;

/// How the names of the columns begin that report turnout.
const REPORT: &str = "voted-by-";

/// The reports of turnout, in the table's order: places among its columns of text.
pub(super) fn reports(table: &StationTable) -> Vec<usize> {
    (0..table.extra.len()).filter(|&at| table.extra[at].0.starts_with(REPORT)).collect()
}

/// Brings a group to one station.
pub(super) fn station(ledger: &mut Ledger<'_>, row: usize, strength: f64, chance: Chance, reports: usize) -> Moved {
    let added = chance.part(ledger.electorate(row), strength).min(ledger.away(row));
    ledger.add(row, added, Way::Room);
    let report = (chance.other * reports as f64) as usize;
    Moved { added, report: (reports > 0).then_some(report.min(reports.saturating_sub(1))), ..Moved::default() }
}

/// The reports with the groups in them. A cell that holds no count stays as it is.
pub(super) fn raised(table: &StationTable, reports: &[usize], moved: &[Moved]) -> Vec<(String, Option<Names>)> {
    if moved.is_empty() {
        return Vec::new();
    }
    let columns = reports.iter().enumerate().map(|(hour, &at)| {
        let (name, before) = &table.extra[at];
        let mut names = Names::default();
        let mut groups = moved.iter().peekable();
        for row in 0..table.len() {
            let group = groups.next_if(|one| one.row == row).filter(|one| one.report.is_some_and(|from| from <= hour));
            let raised = group.and_then(|group| Some(before.get(row).parse::<u32>().ok()?.saturating_add(group.added)));
            match raised {
                Some(count) => names.push(&count.to_string()),
                None => names.push(before.get(row)),
            }
        }
        (name.clone(), Some(names))
    });
    columns.collect()
}
