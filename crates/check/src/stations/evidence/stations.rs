//! The stations that evidence is sought in.

use adil_record::{Counts, Term};

use super::areas::Areas;
use super::null::Station;
use crate::Tested;

/// Smaller registers tell nothing: most are hospitals, ships and barracks.
pub(crate) const SMALLEST_REGISTER: u32 = 100;
/// Fewer stations do not show what is usual.
pub(crate) const FEWEST_STATIONS: usize = 100;

/// The stations with a register, ballots and votes, none of which is larger than the one before.
#[derive(Debug)]
pub(crate) struct Stations {
    /// Their rows in the table.
    pub(crate) rows: Vec<usize>,
    pub(crate) registers: Vec<u32>,
    pub(crate) ballots: Vec<u32>,
    pub(crate) areas: Areas,
    /// Stations that are not among them.
    pub(crate) left_out: usize,
}

impl Stations {
    /// `None` where the table has no register or no ballots.
    pub(crate) fn of(tested: &Tested<'_>) -> Option<Self> {
        let (registered, ballots) = (tested.registered?, tested.ballots.as_ref()?);
        let usable = |row: &usize| {
            let (Some(register), Some(ballots)) = (registered.get(*row), ballots.get(*row)) else { return false };
            let votes = |option: &Counts| option.get(*row).is_some_and(|votes| votes <= ballots);
            register >= SMALLEST_REGISTER && ballots <= register && tested.table.votes.iter().all(votes)
        };
        let rows: Vec<usize> = (0..tested.table.len()).filter(usable).collect();
        Some(Self {
            registers: rows.iter().map(|&row| registered.or_zero(row)).collect(),
            ballots: rows.iter().map(|&row| ballots.or_zero(row)).collect(),
            areas: Areas::of(tested.table, &rows),
            left_out: tested.table.len() - rows.len(),
            rows,
        })
    }

    /// Stayed away, others, side.
    pub(crate) fn counts(&self, votes: &Counts) -> Vec<Station> {
        let of = |((&row, &register), &ballots): ((&usize, &u32), &u32)| {
            let side = votes.or_zero(row);
            [register - ballots, ballots - side, side]
        };
        self.rows.iter().zip(&self.registers).zip(&self.ballots).map(of).collect()
    }
}

/// What the check needs and the table lacks.
pub(crate) fn missing(tested: &Tested<'_>) -> &'static str {
    if tested.registered.is_none() { Term::Registered.message_id() } else { Term::InBoxes.message_id() }
}
