//! Looking at an unknown table: which column is what, and which sums prove it.
//!
//! Names are compared with a dictionary in several languages; sums between columns find the options and settle what a
//! name leaves open. A guess is only ever a proposal: it is written out as an `election.toml` with a reason behind each
//! line, and the importer proves it like any other map.

mod labels;
mod sample;
mod words;
mod write;

use std::collections::BTreeMap;

pub use sample::Sample;
pub use write::toml_string;

use crate::map::{AreaMap, Expression, OneOrMany, OptionsMap, Selector, TableMap};
use crate::{Cells, Headers, LeaveOut, LongTable, Rows, RowsError, Term, sums};

/// A proposed map, with the reasons for it.
#[derive(Debug, Clone)]
pub struct Guess {
    /// The map.
    pub map: TableMap,
    /// Why each line of it is there, by the line's key: `lines.registered`, `areas`, `station`, `options` …
    pub reasons: BTreeMap<String, String>,
    /// Columns that were recognised, with what they were taken for.
    pub recognised: Vec<(String, String)>,
    /// Columns that were not.
    pub unrecognised: Vec<String>,
}

/// Why nothing can be proposed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GuessError {
    /// A row cannot be read.
    #[error("{0}")]
    Rows(#[from] RowsError),
    /// There is a header and nothing after it.
    #[error("has a header row and no rows after it; there is nothing to look at")]
    NoRows,
    /// No column holds counts.
    #[error("no column holds whole numbers in its rows; the header may be in another row (looked at row {header_row})")]
    NoCounts {
        /// The row taken for the header.
        header_row: u64,
    },
}

/// Which of the first rows of an unknown table is its header: the first that is mostly words, nearly as wide as the
/// widest, and followed by a row with a number in it. `None` where there is no such row.
pub fn header_position(rows: &[(u64, Cells)]) -> Option<usize> {
    let words = |cells: &Cells| {
        cells.iter().map(str::trim).filter(|cell| !cell.is_empty() && cell.chars().any(char::is_alphabetic)).count()
    };
    let numbers = |cells: &Cells| cells.iter().filter(|cell| matches!(crate::import::count(cell), Ok(Some(_)))).count();
    let widest = rows.iter().map(|(_, cells)| words(cells)).max()?;
    let is_header = |&position: &usize| {
        let (header, next) = (&rows[position].1, rows.get(position + 1).map(|(_, cells)| cells));
        let is_words = words(header) * 10 >= widest * 6 && words(header) > numbers(header);
        words(header) > 0 && is_words && next.is_some_and(|next| numbers(next) > 0)
    };
    (0..rows.len()).find(is_header)
}

impl Guess {
    /// Proposes a map for a table. `above` is the row just above the header, which may be the first of its two lines;
    /// `rows` yields the rows after the header, of which at most [`Sample::ROWS`] are looked at.
    ///
    /// # Errors
    /// A row cannot be read; there are no rows, or no column of counts.
    pub fn of(
        headers: &Headers,
        above: Option<&Cells>,
        header_row: u64,
        rows: &mut dyn Rows,
    ) -> Result<Self, GuessError> {
        let sample = Sample::read(headers, rows)?;
        if sample.rows == 0 {
            return Err(GuessError::NoRows);
        }
        if !sample.columns.iter().any(|column| column.is_counts()) {
            return Err(GuessError::NoCounts { header_row });
        }
        let mut guesser = Guesser::new(headers, above, &sample, header_row);
        if !guesser.long() {
            guesser.lines();
            guesser.options();
            guesser.by_sums();
        }
        guesser.names();
        guesser.totals();
        Ok(guesser.finish())
    }
}

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Role {
    Line(Term),
    Option,
    Area,
    Station,
    Other(&'static str),
}

struct Guesser<'a> {
    headers: &'a Headers,
    /// What the columns are called, in both lines of a header that has two.
    labels: Vec<String>,
    sample: &'a Sample,
    roles: BTreeMap<usize, Role>,
    map: TableMap,
    reasons: BTreeMap<String, String>,
}

impl<'a> Guesser<'a> {
    fn new(headers: &'a Headers, above: Option<&Cells>, sample: &'a Sample, header_row: u64) -> Self {
        let (missing, thousands) = (sample.missing.clone(), sample.thousands);
        let map = TableMap { header_row: Some(header_row), missing, thousands, ..TableMap::default() };
        let labels = labels::labels(headers, above);
        Self { headers, labels, sample, roles: BTreeMap::new(), map, reasons: BTreeMap::new() }
    }

    /// What a column is called.
    fn label(&self, column: usize) -> &str {
        self.labels.get(column).map_or("", String::as_str)
    }

    fn reason(&mut self, key: impl Into<String>, why: impl Into<String>) {
        self.reasons.insert(key.into(), why.into());
    }

    /// A column by its header where that is the only one so called, else by its number.
    fn selector(&self, column: usize) -> Selector {
        let by_name = Selector::Header(self.headers.name(column).to_owned());
        match self.headers.all(&by_name).len() {
            1 if !self.headers.name(column).is_empty() => by_name,
            _ => Selector::Number(crate::map::ColumnNumber { column_number: column + 1 }),
        }
    }

    fn set_line(&mut self, term: Term, column: usize, why: String) {
        self.map.lines.insert(term, Expression::Column(self.selector(column)));
        self.roles.insert(column, Role::Line(term));
        self.reason(format!("lines.{}", term.id()), why);
    }

    fn line(&self, term: Term) -> Option<usize> {
        self.roles.iter().find(|(_, role)| **role == Role::Line(term)).map(|(&column, _)| column)
    }

    /// Columns of counts that are nothing else yet.
    fn free_counts(&self) -> Vec<usize> {
        let columns = (0..self.sample.columns.len()).filter(|&column| self.sample.columns[column].is_counts());
        columns.filter(|column| !self.roles.contains_key(column)).collect()
    }

    /// Protocol lines by their names.
    fn lines(&mut self) {
        for column in 0..self.headers.len() {
            let name = self.label(column);
            if !self.sample.columns[column].is_counts() || words::is_ignored(name) {
                continue;
            }
            let Some((term, parts)) = words::term(name) else { continue };
            if self.map.lines.contains_key(&term) {
                continue;
            }
            self.set_line(term, column, format!("the name contains {parts}"));
        }
    }

    /// The options: a run of columns that add up to a column of valid votes or ballots; else the columns left over.
    fn options(&mut self) {
        let known: Vec<usize> = self.roles.keys().copied().collect();
        let of_valid = self.line(Term::Valid).and_then(|total| sums::run_for(&self.sample.counts(), total, &known));
        let found = of_valid.or_else(|| sums::best_run(&self.sample.counts(), &known));
        let (columns, why) = match found {
            Some(run) => {
                let total = self.label(run.total).to_owned();
                if self.line(Term::Valid).is_none() && !self.roles.contains_key(&run.total) {
                    let why = format!("{} columns beside it add up to it", run.columns.len());
                    self.set_line(Term::Valid, run.total, why);
                }
                let why = format!(
                    "these {} columns add up to {total:?} in {} of {} rows looked at",
                    run.columns.len(),
                    run.holds,
                    run.tested
                );
                (run.columns, why)
            }
            None => {
                (self.left_over(), "columns of counts that nothing else was found for; no sum proves them".to_owned())
            }
        };
        let names = labels::different(&self.labels, &columns);
        let list = names
            .into_iter()
            .zip(&columns)
            .map(|(name, &column)| crate::ListedOption { name, votes: Expression::Column(self.selector(column)) });
        self.map.options = Some(OptionsMap { list: list.collect(), ..OptionsMap::default() });
        columns.iter().for_each(|&column| {
            self.roles.insert(column, Role::Option);
        });
        self.map.empty_is_zero = columns.iter().any(|&column| !self.sample.columns[column].is_full(self.sample.rows));
        self.reason("options", why);
    }

    fn left_over(&self) -> Vec<usize> {
        let is_name = |&column: &usize| {
            let name = self.label(column);
            words::is_station(name) || words::level(name).is_some() || words::is_ignored(name) || name.is_empty()
        };
        let mut columns = self.free_counts();
        columns.retain(|column| !is_name(column) && !self.sample.columns[*column].is_identifier(self.sample.rows));
        columns
    }

    /// Lines that names leave open and sums settle.
    fn by_sums(&mut self) {
        let issued = self.line(Term::InBoxes).or(self.line(Term::Issued));
        if let (Some(valid), Some(whole), None) = (self.line(Term::Valid), issued, self.line(Term::Invalid)) {
            let found = self
                .free_counts()
                .into_iter()
                .find(|&part| sums::adds_up(&self.sample.counts(), &[valid, part], whole));
            if let Some(column) = found {
                self.set_line(Term::Invalid, column, "added to the valid votes it gives the ballots".to_owned());
            }
        }
        if let (Some(valid), Some(invalid), None) = (self.line(Term::Valid), self.line(Term::Invalid), issued) {
            let found = self
                .free_counts()
                .into_iter()
                .find(|&whole| sums::adds_up(&self.sample.counts(), &[valid, invalid], whole));
            if let Some(column) = found {
                self.set_line(Term::InBoxes, column, "valid and invalid votes add up to it".to_owned());
            }
        }
    }

    /// A table with one row a station and option: one column of codes that repeat for each station, one of votes.
    fn long(&mut self) -> bool {
        let counts: Vec<usize> = (0..self.sample.columns.len())
            .filter(|&column| self.sample.columns[column].is_counts() && words::is_votes(self.label(column)))
            .collect();
        let code = (0..self.sample.columns.len()).find(|&column| words::is_code(self.label(column)));
        let (Some(code), [value]) = (code, counts.as_slice()) else { return false };
        let station = (0..self.headers.len()).find(|&column| words::is_station(self.label(column)));
        if station.is_none_or(|station| self.sample.columns[station].distinct() * 2 > self.sample.rows) {
            return false;
        }
        let (lines, names) = (BTreeMap::new(), BTreeMap::new());
        let (code_column, value_column) = (self.selector(code), self.selector(*value));
        self.map.long = Some(LongTable { code: code_column, value: value_column, lines, ignore: Vec::new(), names });
        self.roles.insert(code, Role::Other("the option or line of each row"));
        self.roles.insert(*value, Role::Other("the number of each row"));
        self.reason("long", "one row a station and option: the station repeats, and one column holds the votes; codes that are totals must be named under ignore or lines".to_owned());
        true
    }

    /// Areas and the station's own name.
    fn names(&mut self) {
        let mut areas: Vec<(usize, usize, String)> = Vec::new();
        for column in (0..self.headers.len()).filter(|column| !self.roles.contains_key(column)) {
            let name = self.label(column);
            if words::is_station(name) && self.map.station.as_slice().is_empty() {
                continue;
            }
            if let Some(level) = words::level(name) {
                areas.push((self.sample.columns[column].distinct(), column, level.to_owned()));
            }
        }
        areas.sort();
        // An area that nearly every row has another of is the station itself.
        let is_wide =
            |(distinct, ..): &(usize, usize, String)| *distinct * 2 <= self.sample.rows || self.sample.rows < 4;
        let narrowest = areas.last().filter(|area| !is_wide(area)).map(|(_, column, _)| *column);
        areas.retain(is_wide);
        for (_, column, level) in areas {
            let taken = self.map.areas.iter().filter(|area| area.level.starts_with(&level)).count();
            let level = if taken == 0 { level } else { format!("{level}-{}", taken + 1) };
            self.map.areas.push(AreaMap { level, column: self.selector(column), ..AreaMap::default() });
            self.roles.insert(column, Role::Area);
        }
        let free = (0..self.headers.len()).filter(|column| !self.roles.contains_key(column));
        let free: Vec<usize> = free.collect();
        let named = free.iter().copied().find(|&column| words::is_station(self.label(column)));
        let unique = || free.iter().copied().find(|&column| self.sample.columns[column].is_key(self.sample.rows));
        let (column, why) = match (named, narrowest) {
            (Some(column), _) => (Some(column), "the name says so"),
            (None, Some(column)) => (Some(column), "an area by its name, and nearly every row has another one"),
            (None, None) => (unique(), "every row has another value"),
        };
        if let Some(column) = column {
            self.map.station = OneOrMany::One(self.selector(column));
            self.roles.insert(column, Role::Station);
            self.reason("station", why);
        } else if let Some(last) = self.map.areas.pop() {
            // Without a column of its own, the narrowest area is the station.
            self.map.station = OneOrMany::One(last.column);
            self.reason("station", "no column names the station, so the narrowest area does");
        } else {
            self.map.station = OneOrMany::One(self.selector(0));
            self.reason("station", "no column names the station; the first one is taken");
        }
        self.reason("areas", "by their names, the one with the fewest values first");
    }

    /// Rows of totals: by their words, or because they name no station.
    fn totals(&mut self) {
        let station = self.roles.iter().find(|(_, role)| **role == Role::Station).map(|(&column, _)| column);
        if let Some(column) = station.filter(|&column| !self.sample.columns[column].is_full(self.sample.rows)) {
            let column = self.selector(column);
            let reason = "no station named".to_owned();
            self.map.leave_out.push(LeaveOut { reason, column, empty: true, ..LeaveOut::default() });
        }
        for (column, words) in self.sample.totals() {
            let column = self.selector(column);
            self.map.leave_out.push(LeaveOut {
                reason: "totals".to_owned(),
                column,
                equals: words,
                ..LeaveOut::default()
            });
        }
    }

    fn finish(self) -> Guess {
        let mut recognised = Vec::new();
        let mut unrecognised = Vec::new();
        for column in 0..self.headers.len() {
            let name = self.label(column);
            let shown = if name.is_empty() { format!("column {}", column + 1) } else { name.to_owned() };
            match self.roles.get(&column) {
                Some(Role::Line(term)) => recognised.push((shown, term.id().to_owned())),
                Some(Role::Option) => recognised.push((shown, "option".to_owned())),
                Some(Role::Area) => recognised.push((shown, "area".to_owned())),
                Some(Role::Station) => recognised.push((shown, "station".to_owned())),
                Some(Role::Other(what)) => recognised.push((shown, (*what).to_owned())),
                None => unrecognised.push(match self.sample.columns[column].stray() {
                    Some(cell) => format!("{shown} (no whole number: {cell:?})"),
                    None => shown,
                }),
            }
        }
        Guess { map: self.map, reasons: self.reasons, recognised, unrecognised }
    }
}
