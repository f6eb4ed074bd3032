//! What was done to a table, as a value: so that what a check says can be set against it.

use serde::Serialize;

use crate::Scenario;

/// What was done, where, and by how much.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Truth {
    /// The technique, its strength and spread, and the seed.
    pub scenario: Scenario,
    /// How many stations the table has.
    pub stations: usize,
    /// The sums over all stations.
    pub totals: Totals,
    /// The stations in which something was done, by row.
    pub moved: Vec<Moved>,
}

/// What was done in one station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Moved {
    /// The row in the table, from 0.
    pub row: usize,
    /// Ballots for the side that nobody entitled cast: the side's votes, the ballots and those issued grew by so many.
    pub added: u32,
    /// Votes for others that became votes for the side: the side's votes grew by so many, the others' fell.
    pub switched: u32,
    /// Voters from elsewhere put on the register.
    pub registered: u32,
    /// Whether officials were present, for the technique that is about them.
    pub present: bool,
    /// The first report of turnout in which the added voters stand, by its place in the table; where it has such reports.
    pub report: Option<usize>,
}

/// Sums over all stations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Totals {
    /// Stations in which a number was changed.
    pub stations: usize,
    /// Ballots added for the side.
    pub added: u64,
    /// Votes switched to the side.
    pub switched: u64,
    /// Voters put on registers.
    pub registered: u64,
}

impl Moved {
    /// Whether any number was changed.
    pub fn is_change(&self) -> bool {
        self.added > 0 || self.switched > 0 || self.registered > 0
    }
}

impl Totals {
    /// The sums of these stations.
    pub(crate) fn of(moved: &[Moved]) -> Self {
        moved.iter().fold(Self::default(), |sum, one| Self {
            stations: sum.stations + usize::from(one.is_change()),
            added: sum.added + u64::from(one.added),
            switched: sum.switched + u64::from(one.switched),
            registered: sum.registered + u64::from(one.registered),
        })
    }

    /// By how many votes the side's result is too high.
    pub fn votes(&self) -> u64 {
        self.added + self.switched
    }
}

impl Truth {
    /// What was done in each row, one after the other; nothing in most.
    pub fn by_row(&self) -> impl Iterator<Item = Moved> + '_ {
        let mut moved = self.moved.iter().peekable();
        (0..self.stations).map(move |row| match moved.next_if(|one| one.row == row) {
            Some(one) => *one,
            None => Moved { row, ..Moved::default() },
        })
    }
}
