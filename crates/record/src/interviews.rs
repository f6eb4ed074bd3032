//! What a poll's table says of each station beside the answers: how it was drawn, who did not answer, how it was asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::map::Selector;

/// A column of a poll's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PollColumn {
    /// The probability with which the station was drawn, above 0 and at most 1.
    Probability,
    /// Voters who left the station while voters were asked there, or in all.
    Voters,
    /// Voters who were asked and did not answer.
    Refused,
    /// Voters whom the rule of selection chose and nobody could ask.
    Missed,
    /// How far from the door voters were asked, in metres.
    Distance,
    /// The hour of the day in which voters were asked, its middle, from 0 to 24.
    Hour,
    /// Whether an observer was present: 1 or 0, or the part of the day.
    Observer,
    /// Whether a copy of the station's result matches the published one: 1 or 0.
    CopyMatches,
    /// The part of ballots cast electronically, from 0 to 1.
    Electronic,
    /// The part of ballots from mobile boxes, from 0 to 1; where the table has none, it is taken from the count.
    Mobile,
    /// Turnout, from 0 to 1; where the table has none, it is taken from the count.
    Turnout,
}

/// Voters of one sex and age, or of another group that an interviewer can tell by sight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PollCellMap {
    /// Its name: `women under 35`.
    pub name: String,
    /// The column of those in it who were asked and did not answer.
    pub refused: Selector,
    /// The columns of its answers, by the names of options.
    pub answers: BTreeMap<String, Selector>,
}

/// What a column of numbers is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum InterviewColumn {
    /// Something of the station.
    Station(PollColumn),
    /// Refusals in a cell.
    CellRefused(String),
    /// Answers in a cell: its name, and the option's.
    CellAnswers(String, String),
}

impl InterviewColumn {
    /// What a number in it must be; `None` where `number` is that.
    pub(crate) fn fault(&self, number: f64) -> Option<&'static str> {
        use PollColumn as P;
        let (sound, what) = match self {
            Self::Station(P::Probability) => (number > 0.0 && number <= 1.0, "a probability above 0 and at most 1"),
            Self::Station(P::Hour) => ((0.0..=24.0).contains(&number), "an hour from 0 to 24"),
            Self::Station(P::Distance) => (number >= 0.0, "a distance of at least 0"),
            Self::Station(P::Observer | P::CopyMatches | P::Electronic | P::Mobile | P::Turnout) => {
                ((0.0..=1.0).contains(&number), "a number from 0 to 1")
            }
            Self::Station(P::Voters | P::Refused | P::Missed) | Self::CellRefused(_) | Self::CellAnswers(..) => {
                (number >= 0.0 && number.fract() == 0.0 && number <= 1e9, "a whole number of at least 0")
            }
        };
        (!sound).then_some(what)
    }
}

impl PollColumn {
    /// All columns, in the order in which they are told.
    pub const ALL: [Self; 11] = [
        Self::Probability,
        Self::Voters,
        Self::Refused,
        Self::Missed,
        Self::Distance,
        Self::Hour,
        Self::Observer,
        Self::CopyMatches,
        Self::Electronic,
        Self::Mobile,
        Self::Turnout,
    ];
}

/// The columns that a map names, in one order.
pub(crate) fn columns<'m>(
    stations: &'m BTreeMap<PollColumn, Selector>,
    cells: &'m [PollCellMap],
) -> Vec<(InterviewColumn, &'m Selector)> {
    let of_stations = stations.iter().map(|(column, selector)| (InterviewColumn::Station(*column), selector));
    let of_cells = cells.iter().flat_map(|cell| {
        let refused = (InterviewColumn::CellRefused(cell.name.clone()), &cell.refused);
        let answers = cell
            .answers
            .iter()
            .map(|(option, selector)| (InterviewColumn::CellAnswers(cell.name.clone(), option.clone()), selector));
        std::iter::once(refused).chain(answers)
    });
    of_stations.chain(of_cells).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_held_to_what_they_are() {
        let fault = |column, number| InterviewColumn::Station(column).fault(number).is_some();
        assert!(fault(PollColumn::Probability, 0.0) && !fault(PollColumn::Probability, 1.0));
        assert!(fault(PollColumn::Hour, 24.5) && fault(PollColumn::Observer, -0.1) && fault(PollColumn::Refused, 1.5));
        assert!(InterviewColumn::CellRefused("x".into()).fault(f64::NAN).is_some());
        assert!(PollColumn::ALL.iter().all(|&column| fault(column, f64::NAN)));
    }
}
