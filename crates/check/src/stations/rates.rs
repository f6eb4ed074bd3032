//! Turnout and share of each station, as the whole numbers they are quotients of.

use adil_finding::Technique;
use adil_record::{Counts, OptionId, Term};

use crate::{Claim, Need, Tested};

/// What the checks of turnout and share together speak to.
pub(super) const CLAIMS: &[Claim] =
    &[Claim { technique: Technique::Stuffing, needs: &[Need::Stations, Need::Line(Term::Registered)] }];

/// A station with a register and a share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rated {
    /// Its row in the table.
    pub(super) row: usize,
    /// The numerator of turnout.
    pub(super) voted: u32,
    /// Voters on the register; above zero.
    pub(super) registered: u32,
    /// The votes of the side tested; at most `base`.
    pub(super) leader: u32,
    /// The denominator of shares; above zero.
    pub(super) base: u32,
}

impl Rated {
    /// The turnout; above 1 where more took part than were registered.
    pub(super) fn turnout(&self) -> f64 {
        f64::from(self.voted) / f64::from(self.registered)
    }

    /// The share of the side tested.
    pub(super) fn share(&self) -> f64 {
        f64::from(self.leader) / f64::from(self.base)
    }

    /// What went to others: the share's denominator without the side tested.
    pub(super) fn others(&self) -> u32 {
        self.base - self.leader
    }

    /// The turnout as the nearest whole percentage, halves upward; above 100 counts as 101.
    pub(super) fn turnout_percent(&self) -> usize {
        let (voted, registered) = (u64::from(self.voted), u64::from(self.registered));
        usize::try_from((200 * voted + registered) / (2 * registered)).map_or(101, |percent| percent.min(101))
    }
}

/// What is asked of stations: who took part, or who chose the side tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Turnout,
    Share,
}

impl Question {
    pub(super) const ALL: [Self; 2] = [Self::Turnout, Self::Share];

    /// The side that it concerns, if it does.
    pub(super) fn side(self, tested: &Tested<'_>) -> Option<OptionId> {
        (self == Self::Share).then_some(tested.leader)
    }

    /// How many of how many.
    pub(super) fn part(self, station: &Rated) -> (u32, u32) {
        match self {
            Self::Turnout => (station.voted, station.registered),
            Self::Share => (station.leader, station.base),
        }
    }
}

/// The stations whose four numbers are known, with a register, a share and no more votes than papers.
/// `None` where the table has no register, no turnout or no denominator of shares.
pub(super) fn rated(tested: &Tested<'_>) -> Option<Vec<Rated>> {
    let voted = tested.turnout_numerator.as_ref()?;
    let (registered, base) = (tested.registered?, tested.share_base.as_ref()?);
    let station = |row: usize| {
        let cell = |column: &Counts| column.get(row);
        let station = Rated {
            row,
            voted: cell(voted)?,
            registered: cell(registered)?,
            leader: cell(tested.leader_votes)?,
            base: cell(base)?,
        };
        (station.registered > 0 && station.base > 0 && station.leader <= station.base).then_some(station)
    };
    Some((0..tested.table.len()).filter_map(station).collect())
}

/// The message of the column without which [`rated`] has nothing.
pub(super) fn missing_column(tested: &Tested<'_>) -> &'static str {
    if tested.registered.is_none() { "term-registered" } else { "term-issued" }
}
