//! Pressure by regional administrations: each region has a target of turnout of its own, and its stations are zealous.
//!
//! ```text
//! target_r = t_r + u_r (1 - t_r),   u_r uniform,   t_r the region's turnout
//! added    = strength * (target_r * register - voted), not below 0
//! ```
//!
//! Strength is the part of the way to the target: at 1 every chosen station below the target reaches it. The added voters stayed away,
//! and vote for the side.

use adil_stat::stream;

use super::Chance;
use crate::ledger::{Ledger, Way};
use crate::truth::Moved;

/// The targets of the regions.
#[derive(Debug)]
pub(super) struct Targets {
    of_region: Vec<f64>,
}

impl Targets {
    /// Draws a target above each region's turnout. A table without regions is one region.
    pub(super) fn new(ledger: &Ledger<'_>, seed: u64) -> Self {
        let names = ledger.table.regions();
        let mut sums = vec![(0u64, 0u64); names.map_or(1, |names| names.distinct())];
        for row in 0..ledger.table.len() {
            if let (Some(registered), Some(voted)) = (ledger.registered(row), ledger.turnout(row)) {
                let sum = &mut sums[names.map_or(0, |names| names.code(row))];
                *sum = (sum.0 + u64::from(voted), sum.1 + u64::from(registered));
            }
        }
        let mut chances = stream(seed, "laboratory/targets", 0);
        let target = |(voted, registered): (u64, u64)| {
            let turnout = if registered > 0 { (voted as f64 / registered as f64).min(1.0) } else { 0.0 };
            turnout + chances.unit() * (1.0 - turnout)
        };
        Self { of_region: sums.into_iter().map(target).collect() }
    }

    /// Brings one station nearer to its region's target.
    pub(super) fn station(&self, ledger: &mut Ledger<'_>, row: usize, strength: f64, chance: Chance) -> Moved {
        let (Some(registered), Some(voted)) = (ledger.registered(row), ledger.turnout(row)) else {
            return Moved::default();
        };
        let region = ledger.table.regions().map_or(0, |names| names.code(row));
        let aimed = (self.of_region[region] * f64::from(registered)).ceil() as u32;
        let added = chance.part(aimed.saturating_sub(voted), strength).min(ledger.away(row));
        ledger.add(row, added, Way::Room);
        Moved { added, ..Moved::default() }
    }
}
