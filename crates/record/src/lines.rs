//! What follows from the lines of a protocol, whatever form they are in.
//!
//! The same rules serve counts row by row ([`StationTable`]) and a map's combinations of columns, so that a sum which
//! holds by the construction of the map can be told from one that proves the reading.

use crate::{Counts, Identity, StationTable, Term};

/// Lines that can be added.
pub(crate) trait Lines {
    /// A line.
    type Line;

    /// The line of a term.
    fn line(&self, term: Term) -> Option<Self::Line>;

    /// The votes of all options together.
    fn options(&self) -> Option<Self::Line>;

    /// The sum of lines; `None` without any.
    fn sum(parts: Vec<Self::Line>) -> Option<Self::Line>;

    /// The sum of a line and of those of others that are there; `None` without the first.
    fn with(&self, first: Option<Self::Line>, others: &[Term]) -> Option<Self::Line> {
        let others = others.iter().filter_map(|&term| self.line(term));
        Self::sum(std::iter::once(first?).chain(others).collect())
    }

    /// Valid votes: the column, or the sum of the options.
    fn valid(&self) -> Option<Self::Line> {
        self.line(Term::Valid).or_else(|| self.options())
    }

    /// Ballots issued: the column, or early + in the room + outside.
    fn issued(&self) -> Option<Self::Line> {
        self.line(Term::Issued).or_else(|| self.issued_by_parts())
    }

    /// Ballots issued early + in the room + outside.
    fn issued_by_parts(&self) -> Option<Self::Line> {
        self.with(self.line(Term::IssuedInRoom), &[Term::IssuedEarly, Term::IssuedOutside])
    }

    /// Ballots found in the boxes, by the boxes: the column, or mobile + fixed.
    fn in_boxes(&self) -> Option<Self::Line> {
        self.line(Term::InBoxes).or_else(|| self.with(self.line(Term::InFixedBoxes), &[Term::InMobileBoxes]))
    }

    /// Valid and invalid votes.
    fn valid_and_invalid(&self) -> Option<Self::Line> {
        Self::sum(vec![self.valid()?, self.line(Term::Invalid)?])
    }

    /// Both sides of a sum; `None` where a line for it is absent.
    fn sides(&self, identity: Identity) -> Option<(Self::Line, Self::Line)> {
        match identity {
            Identity::OptionsAreValid => Some((self.options()?, self.line(Term::Valid)?)),
            Identity::ValidAndInvalidAreInBoxes => Some((self.valid_and_invalid()?, self.in_boxes()?)),
            Identity::ValidAndInvalidAreIssued => {
                let sides = (self.valid_and_invalid()?, self.issued()?);
                self.in_boxes().is_none().then_some(sides)
            }
            Identity::BoxesAreInBoxes => {
                let boxes = vec![self.line(Term::InMobileBoxes)?, self.line(Term::InFixedBoxes)?];
                Some((Self::sum(boxes)?, self.line(Term::InBoxes)?))
            }
            Identity::ReceivedAreIssuedAndUnused => {
                let left = self.with(self.line(Term::Received), &[Term::Unaccounted])?;
                let unused = self.with(self.line(Term::Unused), &[Term::Lost])?;
                Some((left, Self::sum(vec![self.issued()?, unused])?))
            }
            Identity::PartsAreIssued => Some((self.issued_by_parts()?, self.line(Term::Issued)?)),
        }
    }
}

impl Lines for StationTable {
    type Line = Counts;

    fn line(&self, term: Term) -> Option<Counts> {
        StationTable::line(self, term).cloned()
    }

    fn options(&self) -> Option<Counts> {
        self.options_sum()
    }

    fn sum(parts: Vec<Counts>) -> Option<Counts> {
        Counts::sum_of(&parts)
    }
}
