//! A map, resolved against a header: which cells to read and what to make of them.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::{CellFault, ImportError, cell};
use crate::map::{
    AreaMap, Constant, Expression, HeaderError, Headers, LeaveOut, MarkMap, Minus, OptionsMap, Selector, Sum, TableMap,
    Thousands, TurnoutMap,
};
use crate::{Cells, Coordinates, InterviewColumn, Term, interviews};

/// How strictly a map's columns must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// All of them: the map was written for this table.
    Every,
    /// Lines and extra columns may be absent: the map is of a whole family of tables.
    Family,
}

/// What to do with each row.
#[derive(Debug)]
pub(super) struct Plan<'m> {
    pub(super) areas: Vec<(&'m AreaMap, usize)>,
    pub(super) station: Vec<usize>,
    /// The columns that are read as counts.
    slots: Vec<usize>,
    pub(super) lines: Vec<(Term, Formula)>,
    pub(super) options: Vec<(String, Formula)>,
    pub(super) turnout: Vec<(&'m TurnoutMap, usize)>,
    /// The columns of latitude and longitude.
    pub(super) coordinates: Option<(usize, usize)>,
    pub(super) counted_by_machine: Option<(&'m MarkMap, usize)>,
    pub(super) interviews: Vec<(InterviewColumn, usize)>,
    pub(super) extra: Vec<(&'m str, usize)>,
    pub(super) leave_out: Vec<(&'m LeaveOut, usize)>,
    missing: &'m [String],
    empty_is_zero: bool,
    negative_is_missing: bool,
    thousands: Option<char>,
    /// Cells taken as not known because they are negative: how many, and the row of the first.
    pub(super) negative: Cell<Option<(u64, u64)>>,
}

/// An expression over slots.
#[derive(Debug)]
pub(super) enum Formula {
    Slot(usize),
    Sum(Vec<Formula>),
    Minus(Vec<Formula>),
    Constant(u32),
}

/// What a formula gives in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Count(u32),
    Missing,
    /// A difference below zero, or a sum too large: no count.
    OutOfRange,
}

impl<'m> Plan<'m> {
    pub(super) fn new(map: &'m TableMap, headers: &Headers, strictness: Strictness) -> Result<Self, HeaderError> {
        let mut slots = Slots { headers, strictness, columns: Vec::new() };
        let mut areas = Vec::new();
        for area in &map.areas {
            areas.extend(slots.column(&area.column)?.map(|column| (area, column)));
        }
        let station = map.station.as_slice().iter().map(|column| headers.require(column));
        let station = station.collect::<Result<Vec<_>, _>>()?;
        let mut lines = Vec::new();
        for (&term, expression) in &map.lines {
            lines.extend(slots.formula(expression)?.map(|formula| (term, formula)));
        }
        let mut turnout = Vec::new();
        for report in &map.turnout {
            turnout.extend(slots.column(&report.column)?.map(|column| (report, column)));
        }
        let coordinates = match &map.coordinates {
            Some(point) => slots.column(&point.latitude)?.zip(slots.column(&point.longitude)?),
            None => None,
        };
        let counted_by_machine = match &map.counted_by_machine {
            Some(mark) => slots.column(&mark.column)?.map(|column| (mark, column)),
            None => None,
        };
        let mut interviews = Vec::new();
        for (kind, selector) in interviews::columns(&map.poll_columns, &map.poll_cells) {
            interviews.extend(slots.column(selector)?.map(|column| (kind, column)));
        }
        let mut extra = Vec::new();
        for (name, selector) in &map.extra {
            extra.extend(slots.column(selector)?.map(|column| (name.as_str(), column)));
        }
        let mut leave_out = Vec::new();
        for rule in &map.leave_out {
            leave_out.extend(slots.column(&rule.column)?.map(|column| (rule, column)));
        }
        let options = match &map.options {
            Some(options) => slots.options(options, &taken(map, headers))?,
            None => Vec::new(),
        };
        let slots = slots.columns;
        let (missing, empty_is_zero) = (map.missing.as_slice(), map.empty_is_zero);
        let (negative_is_missing, negative) = (map.negative_is_missing, Cell::new(None));
        Ok(Self {
            areas,
            station,
            slots,
            lines,
            options,
            turnout,
            coordinates,
            counted_by_machine,
            interviews,
            extra,
            leave_out,
            missing,
            empty_is_zero,
            negative_is_missing,
            thousands: map.thousands.map(Thousands::mark),
            negative,
        })
    }

    /// Reads the counts of a row into `values`, one a slot.
    pub(super) fn read(
        &self,
        row: u64,
        cells: &Cells,
        headers: &Headers,
        values: &mut Vec<Option<u32>>,
    ) -> Result<(), ImportError> {
        values.clear();
        for &column in &self.slots {
            values.push(self.count(row, cells, headers, column)?);
        }
        Ok(())
    }

    /// Reads one count.
    pub(super) fn count(
        &self,
        row: u64,
        cells: &Cells,
        headers: &Headers,
        column: usize,
    ) -> Result<Option<u32>, ImportError> {
        let count = self.report(row, cells, headers, column)?;
        Ok(count.or((self.empty_is_zero && cells.get(column).trim().is_empty()).then_some(0)))
    }

    /// Reads one count of a report: where nothing was reported, nothing is known, whatever an empty cell stands for.
    pub(super) fn report(
        &self,
        row: u64,
        cells: &Cells,
        headers: &Headers,
        column: usize,
    ) -> Result<Option<u32>, ImportError> {
        let text = cells.get(column);
        let parsed = match self.thousands {
            Some(mark) => cell::grouped_count(text, mark),
            None => cell::count(text),
        };
        match parsed {
            Ok(count) => Ok(count),
            Err(_) if self.is_missing(text) => Ok(None),
            Err(CellFault::Negative) if self.negative_is_missing => {
                let (cells, first) = self.negative.get().unwrap_or((0, row));
                self.negative.set(Some((cells + 1, first)));
                Ok(None)
            }
            Err(fault) => Err(faulty(row, cells, headers, column, fault)),
        }
    }

    /// Where a row's station is. Both degrees zero is a place in the sea that stands for none.
    pub(super) fn point(
        &self,
        row: u64,
        cells: &Cells,
        headers: &Headers,
        (latitude, longitude): (usize, usize),
    ) -> Result<Option<Coordinates>, ImportError> {
        let degrees = |column: usize, most: f64| match cell::degrees(cells.get(column), most) {
            Err(_) if self.is_missing(cells.get(column)) => Ok(None),
            read => read.map_err(|fault| faulty(row, cells, headers, column, fault)),
        };
        let point = degrees(latitude, 90.0)?.zip(degrees(longitude, 180.0)?);
        Ok(point
            .filter(|&point| point != (0.0, 0.0))
            .and_then(|(latitude, longitude)| Coordinates::new(latitude, longitude)))
    }

    /// Whether a row's cell says yes.
    pub(super) fn mark(
        &self,
        row: u64,
        cells: &Cells,
        headers: &Headers,
        (map, column): (&MarkMap, usize),
    ) -> Result<Option<bool>, ImportError> {
        let text = cells.get(column);
        match map.read(text) {
            None if !text.trim().is_empty() && !self.is_missing(text) => {
                Err(faulty(row, cells, headers, column, CellFault::Mark))
            }
            mark => Ok(mark),
        }
    }

    /// A number of a poll's table.
    pub(super) fn interview(
        &self,
        row: u64,
        cells: &Cells,
        headers: &Headers,
        (kind, column): (&InterviewColumn, usize),
    ) -> Result<Option<f64>, ImportError> {
        let text = cells.get(column);
        let fault = |fault| faulty(row, cells, headers, column, fault);
        match cell::decimal(text) {
            Some(Some(number)) => match kind.fault(number) {
                Some(what) => Err(fault(CellFault::Interview(what))),
                None => Ok(Some(number)),
            },
            Some(None) => Ok(None),
            None if self.is_missing(text) => Ok(None),
            None => Err(fault(CellFault::Text)),
        }
    }

    fn is_missing(&self, cell: &str) -> bool {
        self.missing.iter().any(|missing| missing == cell.trim())
    }
}

/// What is said of a cell that cannot be read.
fn faulty(row: u64, cells: &Cells, headers: &Headers, column: usize, fault: CellFault) -> ImportError {
    ImportError::Cell { row, column: headers.name(column).to_owned(), found: shortened(cells.get(column)), fault }
}

impl Formula {
    pub(super) fn value(&self, values: &[Option<u32>]) -> Outcome {
        match self.signed(values) {
            None => Outcome::Missing,
            Some(sum) => u32::try_from(sum)
                .ok()
                .filter(|&count| count <= crate::Counts::LARGEST)
                .map_or(Outcome::OutOfRange, Outcome::Count),
        }
    }

    fn signed(&self, values: &[Option<u32>]) -> Option<i64> {
        match self {
            Self::Slot(slot) => values[*slot].map(i64::from),
            Self::Sum(parts) => parts.iter().map(|part| part.signed(values)).sum(),
            Self::Minus(parts) => {
                let (first, others) = parts.split_first()?;
                let others: Option<i64> = others.iter().map(|part| part.signed(values)).sum();
                Some(first.signed(values)? - others?)
            }
            Self::Constant(count) => Some(i64::from(*count)),
        }
    }
}

/// Gives each column that is read as a count a slot.
struct Slots<'h> {
    headers: &'h Headers,
    strictness: Strictness,
    columns: Vec<usize>,
}

impl Slots<'_> {
    /// A column that a family's table may lack.
    fn column(&self, selector: &Selector) -> Result<Option<usize>, HeaderError> {
        match self.strictness {
            Strictness::Every => self.headers.require(selector).map(Some),
            Strictness::Family => self.headers.find(selector),
        }
    }

    fn slot(&mut self, column: usize) -> Formula {
        let known = self.columns.iter().position(|&other| other == column);
        Formula::Slot(known.unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        }))
    }

    /// A formula; `None` where a family's table has none of its columns. A sum is over those that are there.
    fn formula(&mut self, expression: &Expression) -> Result<Option<Formula>, HeaderError> {
        Ok(match expression {
            Expression::Column(selector) => self.column(selector)?.map(|column| self.slot(column)),
            Expression::Constant(Constant { constant }) => Some(Formula::Constant(*constant)),
            Expression::Sum(Sum { sum }) => {
                let mut parts = Vec::new();
                for part in sum {
                    parts.extend(self.formula(part)?);
                }
                (!parts.is_empty()).then_some(Formula::Sum(parts))
            }
            Expression::Minus(Minus { minus }) => {
                let mut parts = Vec::new();
                for (position, part) in minus.iter().enumerate() {
                    match self.formula(part)? {
                        Some(formula) => parts.push(formula),
                        None if position == 0 => return Ok(None),
                        None => {}
                    }
                }
                Some(Formula::Minus(parts))
            }
        })
    }

    fn options(&mut self, map: &OptionsMap, taken: &BTreeSet<usize>) -> Result<Vec<(String, Formula)>, HeaderError> {
        let mut options = Vec::new();
        for listed in &map.list {
            if let Some(formula) = self.formula(&listed.votes)? {
                options.push((listed.name.clone(), formula));
            }
        }
        let mut columns = BTreeSet::new();
        if let Some(selector) = &map.matching {
            columns.extend(self.headers.all(selector));
        }
        if let Some([from, to]) = &map.between {
            columns.extend(self.headers.require(from)?..=self.headers.require(to)?);
        }
        if map.rest {
            columns.extend((0..self.headers.len()).filter(|&column| !self.headers.name(column).is_empty()));
        }
        for column in columns.into_iter().filter(|column| !taken.contains(column)) {
            let name = map.name_for(self.headers.name(column));
            if let Some((_, Formula::Slot(first))) = options.iter().find(|(other, _)| *other == name) {
                return Err(HeaderError::Ambiguous {
                    wanted: format!("the option {name:?}"),
                    first: (self.columns[*first] + 1).to_string(),
                    second: (column + 1).to_string(),
                });
            }
            let slot = self.slot(column);
            options.push((name, slot));
        }
        Ok(options)
    }
}

/// The columns that something other than the options mentions.
fn taken(map: &TableMap, headers: &Headers) -> BTreeSet<usize> {
    let listed = map.options.iter().flat_map(|options| &options.list).flat_map(|option| option.votes.selectors());
    let lines = map.lines.values().flat_map(Expression::selectors);
    let names = map.areas.iter().map(|area| &area.column).chain(map.station.as_slice());
    let rules = map.leave_out.iter().map(|rule| &rule.column);
    let points = map.coordinates.iter().flat_map(|point| [&point.latitude, &point.longitude]);
    let marks = map.counted_by_machine.iter().map(|mark| &mark.column);
    let interviews = interviews::columns(&map.poll_columns, &map.poll_cells);
    let asked = interviews.iter().map(|(_, selector)| *selector);
    let beside = map.turnout.iter().map(|report| &report.column).chain(points).chain(marks).chain(asked);
    // A selector with alternatives takes the one that it means; the ignored ones take all that they fit.
    let meant = listed.chain(lines).chain(names).chain(map.extra.values()).chain(rules).chain(beside);
    let mut taken: BTreeSet<usize> = meant.filter_map(|selector| headers.find(selector).ok().flatten()).collect();
    taken.extend(map.ignore.iter().flat_map(|selector| headers.all(selector)));
    taken
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
