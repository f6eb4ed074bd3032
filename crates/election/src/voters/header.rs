//! The first row of a list of voters: which column is which.

use super::fault::{Faults, VoterFault, VoterProblem};
use super::rows::Rows;
use super::{VoterSettings, cell};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Name,
    Email,
    Language,
    Weight,
}

impl Column {
    const ALL: [Self; 5] = [Self::Id, Self::Name, Self::Email, Self::Language, Self::Weight];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Email => "email",
            Self::Language => "language",
            Self::Weight => "weight",
        }
    }
}

/// The columns, in the order of the list.
pub(super) struct Header(Vec<Column>);

impl Header {
    /// Reads the header; `None` where it cannot be told which column is which.
    pub(super) fn read(
        rows: &mut Rows<'_>,
        settings: VoterSettings<'_>,
        faults: &mut Faults<VoterFault>,
    ) -> Option<Self> {
        let Some(line) = rows.next() else {
            faults.push(1, VoterProblem::NoHeader);
            return None;
        };
        if let Some(problem) = rows.problem() {
            faults.push(line, problem);
            return None;
        }
        let mut columns: Vec<Column> = Vec::with_capacity(rows.len());
        for place in 0..rows.len() {
            let name = rows.cell(place).trim().to_lowercase();
            match Column::ALL.into_iter().find(|column| column.name() == name) {
                None => faults.push(line, VoterProblem::UnknownColumn(cell::shortened(rows.cell(place)))),
                Some(column) if columns.contains(&column) => {
                    faults.push(line, VoterProblem::SameColumn(column.name()));
                }
                Some(column) => columns.push(column),
            }
        }
        if !columns.contains(&Column::Id) {
            faults.push(line, VoterProblem::NoIdColumn);
        }
        match (columns.contains(&Column::Weight), settings.has_weights) {
            (true, false) => faults.push(line, VoterProblem::WeightColumn),
            (false, true) => faults.push(line, VoterProblem::NoWeightColumn),
            _ => {}
        }
        faults.is_empty().then_some(Self(columns))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Every column with its place.
    pub(super) fn columns(&self) -> impl Iterator<Item = (usize, Column)> + '_ {
        self.0.iter().copied().enumerate()
    }

    /// Where the column stands.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.0.iter().position(|found| *found == column)
    }
}
