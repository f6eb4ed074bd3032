//! Stations that reported after others, beside those.

use std::collections::BTreeMap;

/// Votes for the side tested, and all, of a group of stations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) stations: u64,
    pub(super) side: u64,
    pub(super) votes: u64,
}

/// Stations by when they first reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Late {
    pub(super) early: Group,
    pub(super) late: Group,
    /// Early and late stations of each district.
    by_district: BTreeMap<usize, [Group; 2]>,
}

impl Group {
    fn absorb(&mut self, side: u64, votes: u64) {
        self.stations += 1;
        self.side += side;
        self.votes += votes;
    }

    /// The share of the side tested among the votes of all options; zero without votes.
    pub(super) fn share(self) -> f64 {
        if self.votes == 0 { 0.0 } else { self.side as f64 / self.votes as f64 }
    }
}

impl Late {
    /// Adds a station with its last votes.
    pub(super) fn absorb(&mut self, is_late: bool, district: usize, side: u64, votes: u64) {
        if is_late {
            self.late.absorb(side, votes)
        } else {
            self.early.absorb(side, votes)
        }
        self.by_district.entry(district).or_default()[usize::from(is_late)].absorb(side, votes);
    }

    /// The difference of shares within districts, late less early, weighted by late votes, and how many districts have both.
    pub(super) fn within(&self) -> Option<(f64, usize)> {
        let (mut sum, mut weight, mut districts) = (0.0, 0.0, 0);
        for [early, late] in self.by_district.values().filter(|[early, late]| early.votes > 0 && late.votes > 0) {
            sum += late.votes as f64 * (late.share() - early.share());
            weight += late.votes as f64;
            districts += 1;
        }
        (districts > 0).then(|| (sum / weight, districts))
    }
}
