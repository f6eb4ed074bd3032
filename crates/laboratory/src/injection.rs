//! Changed columns beside the table that they belong to.

use adil_record::{Counts, Names, StationTable};

use crate::Truth;

/// A column of counts, by its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// In [`StationTable::lines`].
    Line(usize),
    /// In [`StationTable::votes`].
    Option(usize),
    /// In [`StationTable::turnout`].
    Report(usize),
}

/// A technique put into a table: the columns that it changes, and the truth.
#[derive(Debug, Clone)]
pub struct Injection {
    pub(crate) columns: Vec<(Column, Counts)>,
    /// Columns kept as text; `None` for one that the table does not have.
    pub(crate) texts: Vec<(String, Option<Names>)>,
    /// What was done.
    pub truth: Truth,
}

impl Injection {
    /// Exchanges the columns with the table's own. The first call puts the technique into the table, the second takes it
    /// out again, so that no table is ever copied. The table must be the one that was given to [`inject`](crate::inject).
    pub fn swap(&mut self, table: &mut StationTable) {
        for (column, counts) in &mut self.columns {
            let own = match *column {
                Column::Line(at) => table.lines.get_mut(at).map(|(_, counts)| counts),
                Column::Option(at) => table.votes.get_mut(at),
                Column::Report(at) => table.turnout.get_mut(at).map(|report| &mut report.voters),
            };
            if let Some(own) = own {
                std::mem::swap(own, counts);
            }
        }
        for (name, names) in &mut self.texts {
            let at = table.extra.iter().position(|(own, _)| own == name);
            match (at, names.take()) {
                (Some(at), Some(new)) => *names = Some(std::mem::replace(&mut table.extra[at].1, new)),
                (Some(at), None) => *names = Some(table.extra.remove(at).1),
                (None, Some(new)) => table.extra.push((name.clone(), new)),
                (None, None) => {}
            }
        }
    }

    /// A copy of the table with the technique in it.
    pub fn copy(&self, table: &StationTable) -> StationTable {
        let mut table = table.clone();
        self.clone().swap(&mut table);
        table
    }

    /// The columns of counts that differ from the table's; after a [`swap`](Self::swap), the table's own before it.
    pub fn columns(&self) -> &[(Column, Counts)] {
        &self.columns
    }
}
