//! From rows to columns.
//!
//! Nothing is dropped silently: every row is a station, or is counted in [`LeftOut`](crate::LeftOut) with its reason.

mod cell;
mod construction;
mod join;
mod long;
mod plan;

use std::collections::BTreeMap;

pub use cell::CellFault;
pub(crate) use cell::{count, grouped_count};
pub use join::{append, join};
pub use plan::Strictness;
use plan::{Formula, Outcome, Plan};

use crate::map::{HeaderError, Headers, TableMap};
use crate::{
    Area, Cells, Counts, Identity, LeftOut, Names, Proof, Rows, RowsError, StationTable, Term, TurnoutReport, sums,
};

/// A table that was read: the columns, and the names of the options in their order.
#[derive(Debug, Clone, Default)]
pub struct ImportedTable {
    /// The stations.
    pub stations: StationTable,
    /// The options; `stations.votes` has one column for each.
    pub options: Vec<String>,
}

/// Characters of the longest header: names of options are printed again and again.
const LONGEST_HEADER: usize = 1_000;

/// Why a table could not be read with a map.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ImportError {
    /// A column is absent or ambiguous.
    #[error("{0}")]
    Header(#[from] HeaderError),
    /// A row could not be read at all.
    #[error("{0}")]
    Rows(#[from] RowsError),
    /// A cell holds no count.
    #[error("row {row}, column {column:?}: expected {}, found {found:?}, which {fault}", fault.expected())]
    Cell {
        /// The row, counted from 1.
        row: u64,
        /// The header of the column.
        column: String,
        /// What stands there, shortened.
        found: String,
        /// What is wrong with it.
        fault: CellFault,
    },
    /// The table has a header and no station.
    #[error("no row is a station ({left_out} rows were left out)")]
    NoStations {
        /// Rows left out.
        left_out: u64,
    },
    /// A sum that any protocol obeys fails nearly everywhere: a column is not what the map says.
    #[error(
        "misread: {} fails in {failing} of {tested} rows, first in row {row} ({left} against {right}); \
         a column is not what the map says",
        .identity.formula()
    )]
    Misreading {
        /// The sum.
        identity: Identity,
        /// Rows in which it fails.
        failing: u64,
        /// Rows in which it could be tested.
        tested: u64,
        /// The first failing row, counted from 1.
        row: u64,
        /// Its left side.
        left: u32,
        /// Its right side.
        right: u32,
    },
    /// An option is the total of others.
    #[error(
        "misread: the option {option:?} is the sum of {parts} other options in {holds} of {tested} rows looked at; it is a \
         total and no option: name it under ignore, or as a line of the protocol"
    )]
    TotalAmongOptions {
        /// Its name.
        option: String,
        /// How many options it adds up.
        parts: usize,
        /// Rows in which it does.
        holds: usize,
        /// Rows looked at.
        tested: usize,
    },
    /// A header that no table has: the row is not the header, or the file is not a table.
    #[error(
        "the header of column {column} has {characters} characters; a name of at most {LONGEST_HEADER} was expected"
    )]
    HeaderTooLong {
        /// The column, counted from 1.
        column: usize,
        /// Its characters.
        characters: usize,
    },
    /// The map says neither where the options stand nor where a line of the protocol does.
    #[error("the map names neither an option nor a line of the protocol")]
    NothingMapped,
}

/// Reads a table with a map. `headers` is the header row; `rows` yields the rows after it.
///
/// The sums of the result are tested by [`ImportedTable::prove`], once all parts of the table are together.
///
/// # Errors
/// A column is absent, a cell holds no count, a row cannot be read.
pub fn import(
    input: &str,
    headers: &Headers,
    rows: &mut dyn Rows,
    map: &TableMap,
    strictness: Strictness,
) -> Result<ImportedTable, ImportError> {
    if map.long.is_none() && map.options.is_none() && map.lines.is_empty() && map.areas.is_empty() {
        return Err(ImportError::NothingMapped);
    }
    for (column, name) in (1..).zip(headers.iter()) {
        // A name has at most as many characters as bytes, so most names need not be counted.
        let characters = if name.len() > LONGEST_HEADER { name.chars().count() } else { 0 };
        if characters > LONGEST_HEADER {
            return Err(ImportError::HeaderTooLong { column, characters });
        }
    }
    let plan = Plan::new(map, headers, strictness)?;
    let mut imported = match &map.long {
        Some(long) => long::import(headers, rows, &plan, long)?,
        None => wide(headers, rows, &plan)?,
    };
    imported.stations.input = input.to_owned();
    imported.stations.share_of = map.share_of;
    imported.stations.turnout_of = map.turnout_of;
    imported.stations.unproved.clone_from(&map.unproved);
    Ok(imported)
}

fn wide(headers: &Headers, rows: &mut dyn Rows, plan: &Plan<'_>) -> Result<ImportedTable, ImportError> {
    let mut builder = Builder::new(plan);
    let mut lines: Vec<Counts> = plan.lines.iter().map(|_| Counts::default()).collect();
    let mut votes: Vec<Counts> = plan.options.iter().map(|_| Counts::default()).collect();
    let (mut cells, mut values) = (Cells::default(), Vec::new());
    while let Some(row) = rows.next_row(&mut cells)? {
        if !builder.admit(row, &cells, headers) {
            continue;
        }
        plan.read(row, &cells, headers, &mut values)?;
        let formulas = plan.lines.iter().map(|(_, formula)| formula).chain(plan.options.iter().map(|(_, f)| f));
        for (formula, counts) in formulas.zip(lines.iter_mut().chain(&mut votes)) {
            counts.push(builder.settle(row, formula, &values));
        }
        builder.station(row, &cells, headers)?;
    }
    let mut stations = builder.finish();
    stations.lines = plan.lines.iter().map(|(term, _)| *term).zip(lines).collect();
    stations.lines.retain(|(_, counts)| !counts.all_missing());
    stations.votes = votes;
    let present: Vec<Term> = stations.lines.iter().map(|(term, _)| *term).collect();
    stations.by_construction = construction::by_construction(plan, &present);
    let options = plan.options.iter().map(|(name, _)| name.clone()).collect();
    Ok(ImportedTable { stations, options })
}

/// Collects what names a station, and counts the rows that are none.
struct Builder<'p, 'm> {
    plan: &'p Plan<'m>,
    stations: StationTable,
    left_out: BTreeMap<String, LeftOut>,
    /// Cells that a formula gives no count for: how many, and the row of the first.
    out_of_range: Option<(u64, u64)>,
    name: String,
}

impl<'p, 'm> Builder<'p, 'm> {
    fn new(plan: &'p Plan<'m>) -> Self {
        let area = |(area, _): &(&crate::AreaMap, usize)| Area { level: area.level.clone(), names: Names::default() };
        let report = |(map, _): &(&crate::TurnoutMap, usize)| TurnoutReport {
            time: map.time.clone(),
            protocol: map.protocol,
            voters: Counts::default(),
        };
        let stations = StationTable {
            areas: plan.areas.iter().map(area).collect(),
            turnout: plan.turnout.iter().map(report).collect(),
            interviews: plan.interviews.iter().map(|(kind, _)| (kind.clone(), Vec::new())).collect(),
            extra: plan.extra.iter().map(|(name, _)| ((*name).to_owned(), Names::default())).collect(),
            ..StationTable::default()
        };
        Self { plan, stations, left_out: BTreeMap::new(), out_of_range: None, name: String::new() }
    }

    /// Whether a row is to be read; if not, it is counted.
    fn admit(&mut self, row: u64, cells: &Cells, headers: &Headers) -> bool {
        let reason = if cells.is_blank() {
            Some("empty row")
        } else if is_header(cells, headers) {
            Some("repeated header")
        } else {
            let rules = &self.plan.leave_out;
            rules.iter().find(|(rule, column)| rule.applies(cells.get(*column))).map(|(rule, _)| rule.reason.as_str())
        };
        if let Some(reason) = reason {
            self.leave_out(row, reason);
        }
        reason.is_none()
    }

    fn leave_out(&mut self, row: u64, reason: &str) {
        let first = LeftOut { reason: reason.to_owned(), rows: 0, first_row: row };
        self.left_out.entry(reason.to_owned()).or_insert(first).rows += 1;
    }

    /// The count that a formula gives; one that is out of range is no count, and is told.
    fn settle(&mut self, row: u64, formula: &Formula, values: &[Option<u32>]) -> Option<u32> {
        match formula.value(values) {
            Outcome::Count(count) => Some(count),
            Outcome::Missing => None,
            Outcome::OutOfRange => {
                let (cells, first) = self.out_of_range.unwrap_or((0, row));
                self.out_of_range = Some((cells + 1, first));
                None
            }
        }
    }

    fn station_name(&mut self, cells: &Cells) -> &str {
        self.name.clear();
        for &column in &self.plan.station {
            if !self.name.is_empty() {
                self.name.push('-');
            }
            self.name.push_str(cells.get(column).trim());
        }
        &self.name
    }

    fn station(&mut self, row: u64, cells: &Cells, headers: &Headers) -> Result<(), ImportError> {
        self.station_name(cells);
        self.stations.stations.push(&self.name);
        self.stations.source_rows.push(u32::try_from(row).unwrap_or(u32::MAX));
        for ((map, column), area) in self.plan.areas.iter().zip(&mut self.stations.areas) {
            area.names.push(map.name(cells.get(*column)));
        }
        for ((_, column), (_, names)) in self.plan.extra.iter().zip(&mut self.stations.extra) {
            names.push(cells.get(*column).trim());
        }
        for ((_, column), report) in self.plan.turnout.iter().zip(&mut self.stations.turnout) {
            report.voters.push(self.plan.report(row, cells, headers, *column)?);
        }
        for ((kind, column), (_, numbers)) in self.plan.interviews.iter().zip(&mut self.stations.interviews) {
            numbers.push(self.plan.interview(row, cells, headers, (kind, *column))?);
        }
        if let Some(columns) = self.plan.coordinates {
            self.stations.coordinates.push(self.plan.point(row, cells, headers, columns)?);
        }
        if let Some(mark) = self.plan.counted_by_machine {
            self.stations.counted_by_machine.push(self.plan.mark(row, cells, headers, mark)?);
        }
        Ok(())
    }

    fn finish(mut self) -> StationTable {
        self.stations.turnout.retain(|report| !report.voters.all_missing());
        self.stations.left_out = self.left_out.into_values().collect();
        let cells = [
            ("a difference of columns is below zero, or a sum above any station's", self.out_of_range),
            ("negative count", self.plan.negative.get()),
        ];
        for (reason, cells) in cells {
            let unknown = cells.map(|(rows, first_row)| LeftOut { reason: reason.to_owned(), rows, first_row });
            self.stations.unknown_cells.extend(unknown);
        }
        self.stations
    }
}

/// Whether a row repeats the header: its first named column, and at least three in all where there are so many.
fn is_header(cells: &Cells, headers: &Headers) -> bool {
    let is_same = |(column, name): &(usize, &str)| cells.get(*column).trim().trim_start_matches('\u{feff}') == *name;
    let mut named = headers.iter().enumerate().filter(|(_, name)| !name.is_empty());
    // Nearly every row is told apart by its first cell.
    let Some(first) = named.next() else { return false };
    is_same(&first) && headers.len() > 1 && named.filter(is_same).take(2).count() == 2.min(headers.len() - 1)
}

impl ImportedTable {
    /// Tests every sum that the columns allow and keeps the outcome in the table.
    ///
    /// # Errors
    /// A sum fails nearly everywhere, or an option is a total: the table was misread. There is no station.
    pub fn prove(&mut self) -> Result<(), ImportError> {
        let table = &mut self.stations;
        if table.is_empty() {
            return Err(ImportError::NoStations { left_out: table.left_out.iter().map(|left| left.rows).sum() });
        }
        table.proofs = Proof::all(table);
        let expected = |proof: &&Proof| proof.is_misreading() && !table.unproved.contains(&proof.identity);
        let Some(proof) = table.proofs.iter().find(expected) else { return self.no_option_is_a_total() };
        let sides = proof.identity.sides(table).zip(proof.first);
        let (left, right, row) = sides.map_or((0, 0, 0), |((left, right), first)| {
            (left.or_zero(first), right.or_zero(first), table.source_rows[first])
        });
        let Proof { identity, failing, tested, .. } = *proof;
        Err(ImportError::Misreading { identity, failing, tested, row: u64::from(row), left, right })
    }

    /// Refuses a table in which one of the larger options adds up at least three neighbours nearly everywhere: totals of
    /// the protocol that were read as parties.
    fn no_option_is_a_total(&self) -> Result<(), ImportError> {
        const LOOKED_AT: usize = 2_000;
        const NEARLY: f64 = 0.9;
        let votes = &self.stations.votes;
        let sample: Vec<Vec<Option<u32>>> =
            votes.iter().map(|counts| counts.iter().take(LOOKED_AT).collect()).collect();
        let columns: Vec<&[Option<u32>]> = sample.iter().map(Vec::as_slice).collect();
        let sums: Vec<u64> =
            sample.iter().map(|column| column.iter().flatten().map(|&count| u64::from(count)).sum()).collect();
        let whole: u64 = sums.iter().sum();
        // A total and what it adds up are at least two equal parts of the whole; with several totals, a few more.
        let large = (0..votes.len()).filter(|&option| sums[option] * 10 > whole);
        for option in large {
            let Some(run) = sums::run_for(&columns, option, &[]) else { continue };
            let is_total = run.columns.len() >= 3
                && run.tested as u64 >= Proof::ENOUGH_ROWS
                && run.holds as f64 >= NEARLY * run.tested as f64;
            if is_total {
                let (parts, option) = (run.columns.len(), self.options[option].clone());
                return Err(ImportError::TotalAmongOptions { option, parts, holds: run.holds, tested: run.tested });
            }
        }
        Ok(())
    }

    /// Puts all stations into one area of a level above those they have.
    pub fn put_in_area(&mut self, level: &str, name: &str) {
        let mut names = Names::default();
        (0..self.stations.len()).for_each(|_| names.push(name));
        self.stations.areas.insert(0, Area { level: level.to_owned(), names });
    }

    /// The column of a line, made if it is not there.
    fn line_mut(&mut self, term: Term) -> &mut Counts {
        let rows = self.stations.len();
        let lines = &mut self.stations.lines;
        let index = lines.iter().position(|(name, _)| *name == term).unwrap_or_else(|| {
            lines.push((term, std::iter::repeat_n(None, rows).collect()));
            lines.len() - 1
        });
        &mut lines[index].1
    }

    /// The votes of an option, made if it is not there.
    fn option_mut(&mut self, name: &str) -> &mut Counts {
        let rows = self.stations.len();
        let index = self.options.iter().position(|option| option == name).unwrap_or_else(|| {
            self.options.push(name.to_owned());
            self.stations.votes.push(std::iter::repeat_n(None, rows).collect());
            self.options.len() - 1
        });
        &mut self.stations.votes[index]
    }
}
