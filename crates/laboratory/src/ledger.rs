//! The books of a table while votes are moved in it: every move keeps the protocol's sums, as a careful forger would.
//!
//! ```text
//! votes of all options = valid                     valid + invalid = in boxes = mobile + fixed
//! early + in the room + outside = issued           received + unaccounted = issued + unused + lost
//! ```
//!
//! A column is copied when it is first changed and not before. A cell that is not known stays so.

use adil_record::{Counts, ShareOf, StationTable, Term, TurnoutOf};

use crate::injection::Column;

/// How ballots come into a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Issued in the room, found in the fixed boxes.
    Room,
    /// Issued to voters at home, found in the mobile boxes.
    Home,
}

/// A table, and the columns of it that were changed.
#[derive(Debug)]
pub(crate) struct Ledger<'a> {
    pub(crate) table: &'a StationTable,
    /// The option that the votes are moved to.
    side: usize,
    /// Where each line stands in the table.
    positions: [Option<usize>; Term::ALL.len()],
    lines: Vec<Option<Counts>>,
    votes: Vec<Option<Counts>>,
    reports: Vec<Option<Counts>>,
}

impl<'a> Ledger<'a> {
    pub(crate) fn new(table: &'a StationTable, side: usize) -> Self {
        let mut positions = [None; Term::ALL.len()];
        for (position, (term, _)) in table.lines.iter().enumerate() {
            positions[*term as usize].get_or_insert(position);
        }
        let unchanged = |columns: usize| vec![None; columns];
        let (lines, votes) = (unchanged(table.lines.len()), unchanged(table.votes.len()));
        Self { table, side, positions, lines, votes, reports: unchanged(table.turnout.len()) }
    }

    /// The columns that were changed.
    pub(crate) fn changed(self) -> Vec<(Column, Counts)> {
        let lines = self.lines.into_iter().enumerate().map(|(at, counts)| (Column::Line(at), counts));
        let votes = self.votes.into_iter().enumerate().map(|(at, counts)| (Column::Option(at), counts));
        let reports = self.reports.into_iter().enumerate().map(|(at, counts)| (Column::Report(at), counts));
        lines.chain(votes).chain(reports).filter_map(|(column, counts)| Some((column, counts?))).collect()
    }

    /// The cell of a line; `None` where the table has no such line, or the cell is not known.
    pub(crate) fn line(&self, term: Term, row: usize) -> Option<u32> {
        let at = self.positions[term as usize]?;
        self.lines[at].as_ref().unwrap_or(&self.table.lines[at].1).get(row)
    }

    fn votes(&self, option: usize, row: usize) -> Option<u32> {
        self.votes[option].as_ref().unwrap_or(&self.table.votes[option]).get(row)
    }

    /// The votes of the side; `None` where the votes of any option are not known.
    pub(crate) fn own(&self, row: usize) -> Option<u32> {
        self.all(row)?;
        self.votes(self.side, row)
    }

    /// The votes of all options.
    fn all(&self, row: usize) -> Option<u32> {
        (0..self.votes.len()).try_fold(0u32, |sum, option| Some(sum.saturating_add(self.votes(option, row)?)))
    }

    /// The votes of all options but the side.
    pub(crate) fn others(&self, row: usize) -> u32 {
        self.all(row).zip(self.votes(self.side, row)).map_or(0, |(all, own)| all.saturating_sub(own))
    }

    fn valid(&self, row: usize) -> Option<u32> {
        self.line(Term::Valid, row).or_else(|| self.all(row))
    }

    fn in_boxes(&self, row: usize) -> Option<u32> {
        let boxes = || Some(self.line(Term::InFixedBoxes, row)?.saturating_add(self.or_zero(Term::InMobileBoxes, row)));
        self.line(Term::InBoxes, row).or_else(boxes)
    }

    /// Ballots issued.
    pub(crate) fn issued(&self, row: usize) -> Option<u32> {
        let parts = || {
            let room = self.line(Term::IssuedInRoom, row)?;
            let away = self.or_zero(Term::IssuedEarly, row).saturating_add(self.or_zero(Term::IssuedOutside, row));
            Some(room.saturating_add(away))
        };
        self.line(Term::Issued, row).or_else(parts)
    }

    /// Ballots found, by the count or else by the boxes.
    pub(crate) fn ballots(&self, row: usize) -> Option<u32> {
        let counted = || Some(self.valid(row)?.saturating_add(self.line(Term::Invalid, row)?));
        counted().or_else(|| self.in_boxes(row)).or_else(|| self.valid(row))
    }

    /// The numerator of turnout.
    pub(crate) fn turnout(&self, row: usize) -> Option<u32> {
        match self.table.turnout_of {
            TurnoutOf::Issued => self.issued(row).or_else(|| self.ballots(row)),
            TurnoutOf::Ballots => self.ballots(row),
        }
    }

    /// The denominator of shares.
    pub(crate) fn share_base(&self, row: usize) -> Option<u32> {
        match self.table.share_of {
            ShareOf::Ballots => self.ballots(row),
            ShareOf::Valid => self.valid(row),
        }
    }

    /// Voters on the register.
    pub(crate) fn registered(&self, row: usize) -> Option<u32> {
        self.line(Term::Registered, row)
    }

    /// What a strength is a part of: the register; the ballots where none is known.
    pub(crate) fn electorate(&self, row: usize) -> u32 {
        self.registered(row).or_else(|| self.ballots(row)).unwrap_or(0)
    }

    /// Voters on the register in whose name no ballot was issued or found; without a limit where no register is known.
    pub(crate) fn away(&self, row: usize) -> u32 {
        let voted = self.issued(row).unwrap_or(0).max(self.ballots(row).unwrap_or(0));
        self.registered(row).map_or(Counts::LARGEST, |registered| registered.saturating_sub(voted)).min(self.room(row))
    }

    /// By how much every cell of a station can grow.
    pub(crate) fn room(&self, row: usize) -> u32 {
        let lines = Term::ALL.into_iter().map(|term| self.or_zero(term, row));
        let votes = self.all(row).unwrap_or(0);
        Counts::LARGEST.saturating_sub(lines.fold(votes, u32::max))
    }

    fn or_zero(&self, term: Term, row: usize) -> u32 {
        self.line(term, row).unwrap_or(0)
    }

    /// Writes a known cell of a line anew; false where there is none.
    fn alter(&mut self, term: Term, row: usize, alter: impl FnOnce(u32) -> u32) -> bool {
        let (Some(at), Some(count)) = (self.positions[term as usize], self.line(term, row)) else { return false };
        let column = self.lines[at].get_or_insert_with(|| self.table.lines[at].1.clone());
        column.set(row, Some(alter(count)));
        true
    }

    fn alter_votes(&mut self, option: usize, row: usize, alter: impl FnOnce(u32) -> u32) {
        if let Some(count) = self.votes(option, row) {
            let column = self.votes[option].get_or_insert_with(|| self.table.votes[option].clone());
            column.set(row, Some(alter(count)));
        }
    }

    /// Adds to the first of these lines that is there.
    fn raise(&mut self, terms: &[Term], row: usize, by: u32) {
        let _ = terms.iter().any(|&term| self.alter(term, row, |count| count + by));
    }

    /// Puts `count` more ballots for the side into the boxes: issued, found and counted. Unused papers go down; where there
    /// are not enough, more were received. `count` is at most [`Self::room`].
    pub(crate) fn add(&mut self, row: usize, count: u32, way: Way) {
        if count == 0 {
            return;
        }
        let (issued, boxes): (&[Term], &[Term]) = match way {
            Way::Room => (&[Term::IssuedInRoom], &[Term::InFixedBoxes]),
            Way::Home => (&[Term::IssuedOutside, Term::IssuedInRoom], &[Term::InMobileBoxes, Term::InFixedBoxes]),
        };
        self.alter_votes(self.side, row, |votes| votes + count);
        for lines in [&[Term::Valid], &[Term::InBoxes], boxes, &[Term::Issued], issued] {
            self.raise(lines, row, count);
        }
        if way == Way::Home {
            self.raise(&[Term::RequestedOutside], row, count);
        }
        // What was filled in from the protocol follows it.
        let table = self.table;
        for (report, _) in table.turnout.iter().enumerate().filter(|(_, report)| report.protocol) {
            self.report(report, row, count);
        }
        match self.line(Term::Unused, row) {
            Some(unused) => {
                let taken = unused.min(count);
                self.alter(Term::Unused, row, |unused| unused - taken);
                self.raise(&[Term::Received], row, count - taken);
            }
            None => {
                let issued = self.issued(row).unwrap_or(0);
                self.alter(Term::Received, row, |received| received.max(issued));
            }
        }
    }

    /// Lets a report of turnout count so many more voters, where it is known.
    pub(crate) fn report(&mut self, report: usize, row: usize, count: u32) {
        let known = self.table.turnout.get(report).and_then(|own| own.voters.get(row));
        if count > 0 && known.is_some() {
            let column = self.reports[report].get_or_insert_with(|| self.table.turnout[report].voters.clone());
            let raised = column.or_zero(row).saturating_add(count).min(Counts::LARGEST);
            column.set(row, Some(raised));
        }
    }

    /// Moves `count` votes from the other options to the side, from each in proportion to what it has; at most what they have.
    /// `chance` decides the fractions: whole numbers are the differences of `floor((C n + r) / T)`, C the cumulative votes,
    /// T all of them and r below T, so that each part is rounded down or up and none is more than there is.
    pub(crate) fn switch(&mut self, row: usize, count: u32, chance: f64) -> u32 {
        let Some(own) = self.own(row) else { return 0 };
        let side = self.side;
        let options = (0..self.votes.len()).filter(|&option| option != side);
        let whole: u64 = options.clone().map(|option| u64::from(self.votes(option, row).unwrap_or(0))).sum();
        let count = u64::from(count.min(Counts::LARGEST.saturating_sub(own))).min(whole);
        if count == 0 {
            return 0;
        }
        let offset = ((chance * whole as f64) as u64).min(whole - 1);
        let (mut cumulative, mut taken) = (0u64, 0);
        for option in options {
            cumulative += u64::from(self.votes(option, row).unwrap_or(0));
            let now = (cumulative * count + offset) / whole;
            let part = (now - taken) as u32;
            taken = now;
            if part > 0 {
                self.alter_votes(option, row, |votes| votes - part);
            }
        }
        self.alter_votes(self.side, row, |votes| votes + count as u32);
        count as u32
    }

    /// Puts voters from elsewhere on the register, each with a certificate.
    pub(crate) fn register(&mut self, row: usize, count: u32) {
        if count > 0 {
            for term in [Term::Registered, Term::Added, Term::CertificatesVoted] {
                self.alter(term, row, |cell| cell + count);
            }
        }
    }
}
