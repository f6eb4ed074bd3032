//! The series of reports, station by station.

use adil_record::{Counts, Term, TurnoutReport};

use crate::Tested;

/// All complete series of a table.
pub(super) struct Series<'a> {
    /// The reports, without the protocol's number.
    pub(super) reports: Vec<&'a TurnoutReport>,
    /// Series of which every report is known.
    pub(super) complete: Vec<Reported>,
}

/// The reports of a station.
pub(super) struct Reported {
    /// Its row.
    pub(super) row: usize,
    /// Voters by each report.
    pub(super) voters: Vec<u32>,
    /// Voters by the protocol, where it is known.
    pub(super) protocol: Option<u32>,
    /// The register with its additions, where it is known and above zero.
    pub(super) registered: Option<u64>,
}

impl<'a> Series<'a> {
    /// `None` where there are fewer than two reports.
    pub(super) fn of(tested: &'a Tested<'_>) -> Option<Self> {
        let table = tested.table;
        let reports: Vec<&TurnoutReport> = table.turnout.iter().filter(|report| !report.protocol).collect();
        if reports.len() < 2 {
            return None;
        }
        let marked = table.turnout.iter().find(|report| report.protocol).map(|report| &report.voters);
        let protocol = marked.or(tested.issued.as_ref());
        let added = table.line(Term::Added);
        let series = |row: usize| {
            let voters = reports.iter().map(|report| report.voters.get(row)).collect::<Option<Vec<u32>>>()?;
            // Where every report is zero, none was made.
            voters.iter().any(|&voters| voters > 0).then_some(())?;
            let registered = tested.registered.and_then(|registered| registered.get(row)).filter(|&voters| voters > 0);
            let more = added.map_or(0, |added| u64::from(added.or_zero(row)));
            Some(Reported {
                row,
                voters,
                protocol: protocol.and_then(|protocol: &Counts| protocol.get(row)),
                registered: registered.map(|registered| u64::from(registered) + more),
            })
        };
        let complete = (0..table.len()).filter_map(series).collect();
        Some(Self { reports, complete })
    }

    /// The series that never fall, up to the protocol, and have at least one voter.
    pub(super) fn sound(&self) -> impl Iterator<Item = &Reported> {
        self.complete.iter().filter(|series| series.increments().is_some())
    }

    /// The name of the interval that ends at a report, or at the protocol.
    pub(super) fn until(&self, interval: usize) -> Option<&str> {
        self.reports.get(interval).map(|report| report.time.as_str())
    }
}

impl Reported {
    /// Voters of each interval: up to the first report, between two, and from the last to the protocol. `None` where one of them
    /// is negative. Where the protocol is not known, the last interval is empty.
    pub(super) fn increments(&self) -> Option<Vec<u32>> {
        let mut before = 0;
        let last = self.protocol.or(self.voters.last().copied());
        let steps = self.voters.iter().copied().chain(last).map(|voters| {
            let step = voters.checked_sub(before);
            before = voters;
            step
        });
        steps.collect()
    }

    /// By how much the series falls from one report to the next, at most.
    pub(super) fn fall(&self) -> Option<(usize, u32)> {
        let pairs = self.voters.windows(2).enumerate();
        let falls = pairs.filter(|(_, pair)| pair[1] < pair[0]).map(|(index, pair)| (index + 1, pair[0] - pair[1]));
        falls.max_by_key(|&(index, fall)| (fall, std::cmp::Reverse(index)))
    }

    /// By how much the last report is above the protocol.
    pub(super) fn above_protocol(&self) -> Option<u32> {
        let above = self.voters.last()?.checked_sub(self.protocol?)?;
        (above > 0).then_some(above)
    }

    /// By how much some report is above the register.
    pub(super) fn above_register(&self) -> Option<u64> {
        let above = u64::from(*self.voters.iter().max()?).checked_sub(self.registered?)?;
        (above > 0).then_some(above)
    }
}
