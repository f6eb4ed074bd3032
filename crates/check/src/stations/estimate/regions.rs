//! The ballots added in each region, and whether they can be told.

use adil_stat::quantile;
use rayon::prelude::*;

use super::STATISTIC;
use super::posterior::{Cell, Posterior, posterior};
use crate::bank::{BankPiece, like};
use crate::stations::cut;
use crate::stations::evidence::{Side, Weighed};
use crate::{Piece, Tested};

/// Fewer stations of a region say little of a part of them.
const FEWEST_STATIONS: usize = 50;
/// Fewer like parts of clean elections have no 95 % quantile.
const FEWEST_LIKE: usize = 20;
/// The quantile of clean elections that is taken off.
const QUANTILE: f64 = 0.95;
/// The part of stations beyond which they depart together.
const HALF: f64 = 0.5;
/// How far above the core's turnout a station departs from it: the width of the core's flank.
const DEPARTS: f64 = 0.1;

/// A region of enough stations.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Region {
    /// Its number among the regions weighed.
    pub(super) number: usize,
    pub(super) stations: usize,
    pub(super) ballots: f64,
    /// Its turnout.
    pub(super) turnout: f64,
    pub(super) posterior: Posterior,
    /// The turnouts of its stations.
    turnouts: Vec<f64>,
    /// Its rows in the table.
    rows: Vec<usize>,
}

/// What can be said of a region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Said {
    /// The quantile of clean elections that was taken off, as a part of the ballots, and what is left: ballots with their interval.
    Surplus { usual: f64, votes: f64, low: f64, high: f64 },
    /// This part of its stations departs together.
    Together(f64),
    /// Too few parts of clean elections are like it.
    Unlike,
}

/// The regions with enough stations, for a side.
pub(super) fn of_side(weighed: &Weighed, side: &Side) -> Vec<Region> {
    let mut inside = vec![Vec::new(); weighed.regions.count];
    weighed.regions.of.iter().enumerate().for_each(|(station, &region)| inside[region].push(station));
    let large = inside.into_par_iter().enumerate().filter(|(_, stations)| stations.len() >= FEWEST_STATIONS);
    large.map(|(number, stations)| Region::of(weighed, side, number, &stations)).collect()
}

impl Region {
    fn of(weighed: &Weighed, side: &Side, number: usize, stations: &[usize]) -> Self {
        let cell = |&station: &usize| {
            let own = &side.evidence[station];
            let register = weighed.stations.registers[station];
            Cell::of([&own.stuffed, &own.switched], &side.groups.shifts, register)
        };
        let cells: Vec<Cell> = stations.iter().map(cell).collect();
        let sum = |column: &[u32]| stations.iter().map(|&station| f64::from(column[station])).sum::<f64>();
        let ballots = sum(&weighed.stations.ballots);
        let turnout = |&station: &usize| {
            f64::from(weighed.stations.ballots[station]) / f64::from(weighed.stations.registers[station])
        };
        Self {
            number,
            stations: stations.len(),
            ballots,
            turnout: ballots / sum(&weighed.stations.registers).max(1.0),
            posterior: posterior(&cells, side.groups.country[0], side.groups.regions[number][1]),
            turnouts: stations.iter().map(turnout).collect(),
            rows: stations.iter().map(|&station| weighed.stations.rows[station]).collect(),
        }
    }

    /// The part of its ballots that were added, by the model.
    pub(super) fn part(&self) -> f64 {
        self.posterior.votes / self.ballots.max(1.0)
    }

    /// What a bank keeps of it.
    pub(super) fn piece(&self, tested: &Tested<'_>, weighed: &Weighed, side: &Side) -> Option<Piece> {
        let said = cut::Said { statistic: STATISTIC, side: Some(side.option), effect: self.part(), ln_p: None };
        cut::piece(tested, weighed.codes.get(self.number).copied(), &self.rows, said)
    }

    /// What can be said of it, where the core of the country has this turnout, beside the parts of clean elections.
    pub(super) fn said(&self, core: f64, piece: Option<&Piece>, clean: &[&BankPiece]) -> Said {
        let departing = self.turnouts.iter().filter(|&&turnout| turnout >= core + DEPARTS).count();
        let departing = (departing as f64 / self.stations as f64).max(self.posterior.most_stations);
        if departing > HALF {
            return Said::Together(departing);
        }
        let like = piece.map(|piece| like(piece, clean)).unwrap_or_default();
        let effects: Vec<f64> = like.iter().map(|piece| piece.effect).collect();
        if effects.len() < FEWEST_LIKE {
            return Said::Unlike;
        }
        let usual = quantile(&effects, QUANTILE).unwrap_or(0.0);
        let beyond = |votes: f64| (votes - usual * self.ballots).max(0.0);
        let Posterior { votes, low, high, .. } = self.posterior;
        Said::Surplus { usual, votes: beyond(votes), low: beyond(low), high: beyond(high) }
    }
}
