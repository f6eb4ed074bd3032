//! A table of station results, as columns.

use crate::lines::Lines;
use crate::{Coordinates, Counts, Identity, InterviewColumn, Names, Proof, Term, TurnoutReport};

/// The position of an option in [`Contest::options`](crate::Contest).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionId(pub usize);

/// What shares are taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareOf {
    /// Ballots found in the boxes, invalid ones included.
    #[default]
    Ballots,
    /// Valid votes.
    Valid,
}

/// What turnout is taken of: its numerator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TurnoutOf {
    /// Ballots issued, or voters who signed for one.
    #[default]
    Issued,
    /// Ballots found in the boxes.
    Ballots,
}

/// Station results in memory: one row a station, columns by term and option.
#[derive(Debug, Clone, Default)]
pub struct StationTable {
    /// The path of the input that holds the stations.
    pub input: String,
    /// Areas from the widest (region) to the narrowest (district): name of the level and the area of each station.
    pub areas: Vec<Area>,
    /// The station's own name or number; unique only together with its areas.
    pub stations: Names,
    /// The row of each station in its input, counted from 1 with the header as row 1.
    pub source_rows: Vec<u32>,
    /// The protocol lines that the table has. A line that is missing in every row is not here.
    pub lines: Vec<(Term, Counts)>,
    /// The votes of each option of the contest, in the contest's order.
    pub votes: Vec<Counts>,
    /// Reports of how many had voted by a time, from the earliest. One that is missing in every row is not here.
    pub turnout: Vec<TurnoutReport>,
    /// Where each station is; empty where the table does not say.
    pub coordinates: Vec<Option<Coordinates>>,
    /// Whether each station's votes were counted by a machine; empty where the table does not say.
    pub counted_by_machine: Vec<Option<bool>>,
    /// Of a poll, what its table says of each station beside the answers.
    pub interviews: Vec<(InterviewColumn, Vec<Option<f64>>)>,
    /// Columns kept as text.
    pub extra: Vec<(String, Names)>,
    /// What shares are taken of.
    pub share_of: ShareOf,
    /// What turnout is taken of.
    pub turnout_of: TurnoutOf,
    /// Rows that are not in the table, by reason.
    pub left_out: Vec<LeftOut>,
    /// Cells whose count is not known although something stands there, by reason; their rows are in the table.
    pub unknown_cells: Vec<LeftOut>,
    /// The sums that the reading was proved by.
    pub proofs: Vec<Proof>,
    /// Sums that the table is known not to obey; they are counted and refuse nothing.
    pub unproved: Vec<Identity>,
    /// Sums whose two sides the map makes from the same columns: they hold whatever the table says, and are not tested.
    pub by_construction: Vec<Identity>,
}

/// One level of areas.
#[derive(Debug, Clone, Default)]
pub struct Area {
    /// The level's name: `region`, `district` …
    pub level: String,
    /// The area of each station.
    pub names: Names,
}

/// Rows, or cells, left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Why, in the words of the map: `totals`, `annulled`, `no data`, …
    pub reason: String,
    /// How many.
    pub rows: u64,
    /// The first of them, counted from 1 with the header as row 1.
    pub first_row: u64,
}

impl StationTable {
    /// How many stations there are.
    pub fn len(&self) -> usize {
        self.stations.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.stations.is_empty()
    }

    /// The column of a protocol line.
    pub fn line(&self, term: Term) -> Option<&Counts> {
        self.lines.iter().find(|(name, _)| *name == term).map(|(_, counts)| counts)
    }

    /// The votes of an option.
    pub fn option(&self, option: OptionId) -> &Counts {
        &self.votes[option.0]
    }

    /// The option with the most votes; the first of several.
    pub fn winner(&self) -> Option<OptionId> {
        let totals = self.votes.iter().map(Counts::sum).enumerate();
        totals.max_by_key(|&(index, votes)| (votes, std::cmp::Reverse(index))).map(|(index, _)| OptionId(index))
    }

    /// The widest level of areas, if the table has any.
    pub fn regions(&self) -> Option<&Names> {
        self.areas.first().map(|area| &area.names)
    }

    /// For each station the number of its full area path (all levels together), and how many paths there are.
    /// Stations are clustered by it: they share a commission.
    pub fn districts(&self) -> (Vec<usize>, usize) {
        let mut numbers = std::collections::HashMap::new();
        let districts = (0..self.len())
            .map(|row| {
                let path: Vec<usize> = self.areas.iter().map(|area| area.names.code(row)).collect();
                let next = numbers.len();
                *numbers.entry(path).or_insert(next)
            })
            .collect();
        (districts, numbers.len().max(usize::from(!self.is_empty())))
    }

    /// The station's full name: its areas and its own name, from the widest.
    pub fn name(&self, row: usize) -> String {
        let mut parts: Vec<&str> = self.areas.iter().map(|area| area.names.get(row)).collect();
        parts.push(self.stations.get(row));
        parts.retain(|part| !part.is_empty());
        parts.dedup();
        parts.join(" / ")
    }

    /// Where a station is, if the table says so.
    pub fn coordinates_of(&self, row: usize) -> Option<Coordinates> {
        self.coordinates.get(row).copied().flatten()
    }

    /// A number that a poll's table has for a station.
    pub fn interview(&self, column: &InterviewColumn, row: usize) -> Option<f64> {
        let (_, numbers) = self.interviews.iter().find(|(other, _)| other == column)?;
        numbers.get(row).copied().flatten()
    }

    /// The column kept as text under that name.
    pub fn extra(&self, name: &str) -> Option<&Names> {
        self.extra.iter().find(|(other, _)| other == name).map(|(_, names)| names)
    }

    /// Ballots issued: the column, or early + in the room + outside.
    pub fn issued(&self) -> Option<Counts> {
        Lines::issued(self)
    }

    /// Valid votes: the column, or the sum of the options.
    pub fn valid(&self) -> Option<Counts> {
        Lines::valid(self)
    }

    /// The sum of the votes of all options.
    pub fn options_sum(&self) -> Option<Counts> {
        Counts::sum_of(&self.votes)
    }

    /// Ballots found in the boxes, by the count: valid + invalid; where there is no count of invalid ones,
    /// the column of ballots in boxes, then mobile + fixed, then the valid ones alone.
    pub fn ballots(&self) -> Option<Counts> {
        if let (Some(valid), Some(invalid)) = (self.valid(), self.line(Term::Invalid)) {
            return Counts::sum_of([&valid, invalid]);
        }
        self.in_boxes().or_else(|| self.valid())
    }

    /// Ballots found in the boxes, by the boxes: the column, or mobile + fixed.
    pub fn in_boxes(&self) -> Option<Counts> {
        Lines::in_boxes(self)
    }

    /// The denominator of shares.
    pub fn share_base(&self) -> Option<Counts> {
        match self.share_of {
            ShareOf::Ballots => self.ballots(),
            ShareOf::Valid => self.valid(),
        }
    }

    /// The numerator of turnout: ballots issued or, where the table says so or has no such column, ballots in boxes.
    pub fn turnout_numerator(&self) -> Option<Counts> {
        match self.turnout_of {
            TurnoutOf::Issued => self.issued().or_else(|| self.ballots()),
            TurnoutOf::Ballots => self.ballots(),
        }
    }
}
