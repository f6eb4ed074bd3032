//! The protocol is written anew after the count.
//!
//! `strength * ballots` votes for others become votes for the side. With a target of turnout, voters who stayed away become votes for the
//! side until it is reached. With whole percentages, turnout is then raised to the next multiple and the share brought to the nearest
//! one: counts are the whole numbers nearest to the percentage, so that the quotient is as near to it as the station's size allows.
//! With strength 0 no protocol is touched.

use super::Chance;
use crate::ledger::{Ledger, Way};
use crate::truth::Moved;

/// What a protocol is brought to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    /// The turnout reached at least.
    pub(super) turnout: Option<f64>,
    /// Turnout and share are multiples of so many percent.
    pub(super) round_to: Option<u32>,
}

/// Writes the protocol of one station anew.
pub(super) fn station(ledger: &mut Ledger<'_>, row: usize, strength: f64, chance: Chance, target: Target) -> Moved {
    if strength <= 0.0 {
        return Moved::default();
    }
    let wanted = chance.part(ledger.ballots(row).unwrap_or(0), strength);
    let added = turnout(ledger, row, target);
    ledger.add(row, added, Way::Room);
    let switched = match target.round_to {
        Some(step) => rounded_share(ledger, row, wanted, step),
        None => wanted,
    };
    let switched = ledger.switch(row, switched, chance.other);
    Moved { added, switched, ..Moved::default() }
}

/// How many more must have voted.
fn turnout(ledger: &Ledger<'_>, row: usize, target: Target) -> u32 {
    let (Some(registered), Some(voted)) = (ledger.registered(row), ledger.turnout(row)) else { return 0 };
    if registered == 0 {
        return 0;
    }
    let away = ledger.away(row);
    let aimed = target.turnout.map_or(0, |turnout| (turnout * f64::from(registered)).ceil() as u32);
    let least = aimed.saturating_sub(voted).min(away);
    let Some(step) = target.round_to else { return least };
    // The next multiple that enough voters stayed away for; where there is none, turnout falls as it falls.
    let least_percent =
        (100.0 * f64::from(voted + least) / f64::from(registered) / f64::from(step)).floor() as u32 * step;
    let multiples = [least_percent.saturating_add(step), least_percent];
    let reached = multiples.into_iter().filter(|&percent| percent <= 100).map(|percent| nearest(percent, registered));
    let whole = reached.filter_map(|count| count.checked_sub(voted)).find(|&added| added <= away);
    whole.unwrap_or(least)
}

/// How many votes must be switched for a whole share near that which `wanted` would give.
fn rounded_share(ledger: &Ledger<'_>, row: usize, wanted: u32, step: u32) -> u32 {
    let (Some(base), Some(own)) = (ledger.share_base(row), ledger.own(row)) else { return wanted };
    if base == 0 {
        return 0;
    }
    let others = ledger.others(row);
    let aimed = f64::from(own.saturating_add(wanted.min(others))) / f64::from(base);
    let percent = (100.0 * aimed / f64::from(step)).round() as u32 * step;
    let reached = [percent, percent.saturating_add(step)].map(|percent| nearest(percent.min(100), base));
    let switched = reached.into_iter().filter_map(|count| count.checked_sub(own)).find(|&switched| switched <= others);
    switched.unwrap_or(wanted)
}

/// The whole number nearest to a percentage, halves upward.
fn nearest(percent: u32, whole: u32) -> u32 {
    ((u64::from(percent) * u64::from(whole) + 50) / 100) as u32
}
