//! Unused ballots become votes for the side: `strength * unused`, at most as many as voters stayed away.
//!
//! Where ballots come in books, the last book begun is filled up: the number of ballots issued is then a multiple of the book's size,
//! or the largest multiple that papers and register allow.

use adil_record::Term;

use super::Chance;
use crate::ledger::{Ledger, Way};
use crate::truth::Moved;

/// Uses unused ballots of one station.
pub(super) fn station(ledger: &mut Ledger<'_>, row: usize, strength: f64, chance: Chance, book: u32) -> Moved {
    let issued = ledger.issued(row).or_else(|| ledger.ballots(row)).unwrap_or(0);
    let of_received = || ledger.line(Term::Received, row).map(|received| received.saturating_sub(issued));
    let unused = ledger.line(Term::Unused, row).or_else(of_received).unwrap_or(0);
    let most = unused.min(ledger.away(row));
    let wanted = chance.part(unused, strength).min(most);
    let added = if wanted == 0 || book == 0 { wanted } else { filled(issued, wanted, most, book) };
    ledger.add(row, added, Way::Room);
    Moved { added, ..Moved::default() }
}

/// How many ballots fill the book that is begun by `wanted` more than `issued`, and are no more than `most`.
fn filled(issued: u32, wanted: u32, most: u32, book: u32) -> u32 {
    let end = u64::from(issued + wanted).div_ceil(u64::from(book)) * u64::from(book);
    let reach = u64::from(issued) + u64::from(most);
    let end = if end <= reach { end } else { reach / u64::from(book) * u64::from(book) };
    match end.checked_sub(u64::from(issued)) {
        Some(added) if added > 0 => added as u32,
        _ => wanted,
    }
}
