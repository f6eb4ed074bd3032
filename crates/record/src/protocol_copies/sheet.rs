//! Statements in a table: one row an entry, the rows of one statement one after another.

use super::line::{RawCopy, RawEntry, RawNumber, RawResolution};
use super::{CopiesError, CopyFault};
use crate::forecasts::Pairs;
use crate::{Cells, OneOrMany, Rows, RowsError, Term};

/// The columns of a table of copies.
pub(super) struct Sheet {
    columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Id,
    Station,
    Area,
    Holder,
    Seen,
    Sha256,
    Picture,
    Replaces,
    Entry,
    Typist,
    Time,
    Reason,
    Line(String),
    Votes(String),
}

/// The most rows of one statement: two entries and a resolution.
const MOST_ROWS: usize = 3;

/// The rows of one statement, as far as they have been read.
pub(super) struct Group {
    /// The first of its rows.
    pub(super) row: u64,
    raw: RawCopy,
    rows: usize,
    fault: Option<CopyFault>,
}

impl Sheet {
    /// Reads the header. Columns that are nothing else are options.
    pub(super) fn read(rows: &mut dyn Rows) -> Result<Self, CopiesError> {
        let mut cells = Cells::default();
        rows.next_row(&mut cells)?.ok_or(CopiesError::Empty)?;
        let mut names: Vec<&str> = cells.iter().map(str::trim).collect();
        while names.last().is_some_and(|name| name.is_empty()) {
            names.pop();
        }
        let mut seen = std::collections::BTreeSet::new();
        if let Some(twice) = names.iter().position(|name| !seen.insert(*name)) {
            return Err(CopiesError::ColumnTwice(twice + 1));
        }
        for column in ["id", "station", "holder", "seen", "entry", "typist", "time"] {
            if !seen.contains(column) {
                return Err(CopiesError::NoColumn { column, columns: names.len() });
            }
        }
        Ok(Self { columns: names.into_iter().map(Column::of).collect() })
    }

    /// Puts a row to the statement that it belongs to; gives the statement before it back where it begins another one.
    pub(super) fn take(&self, row: u64, cells: &Cells, open: &mut Option<Group>) -> Option<Group> {
        let mut said = Said::of(self, cells);
        let beyond = (self.columns.len()..cells.len()).any(|cell| !cells.get(cell).trim().is_empty());
        let fault = beyond.then(|| CopyFault::Syntax("the row has cells beyond the header".to_owned()));
        match open {
            Some(group) if group.raw.id == said.statement.id && !said.statement.id.is_empty() => {
                group.rows += 1;
                let too_many = || CopyFault::Entries("has more rows than two entries and a resolution");
                let fault = fault.or_else(|| (group.rows > MOST_ROWS).then(too_many));
                let fault = fault.or_else(|| group.other(&said.statement)).or_else(|| said.put(&mut group.raw));
                // The first fault is told.
                group.fault = group.fault.take().or(fault);
                None
            }
            _ => {
                let mut raw = std::mem::take(&mut said.statement);
                let fault = fault.or_else(|| said.put(&mut raw));
                open.replace(Group { row, raw, rows: 1, fault })
            }
        }
    }
}

impl Group {
    /// The statement, or what is wrong with its rows.
    pub(super) fn finish(self) -> Result<RawCopy, CopyFault> {
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(self.raw),
        }
    }

    /// What another row says of the statement must be the same.
    fn other(&self, row: &RawCopy) -> Option<CopyFault> {
        let of = |raw: &RawCopy| {
            let texts = [&raw.station, &raw.holder, &raw.seen].map(Clone::clone);
            (texts, raw.area.as_slice().to_vec(), raw.sha256.clone(), raw.picture.clone(), raw.replaces.clone())
        };
        (of(&self.raw) != of(row)).then_some(CopyFault::Twice { line: self.row })
    }
}

impl Column {
    fn of(name: &str) -> Self {
        match name {
            "id" => Self::Id,
            "station" => Self::Station,
            "area" | "area-2" | "area-3" | "area-4" => Self::Area,
            "holder" => Self::Holder,
            "seen" => Self::Seen,
            "sha256" => Self::Sha256,
            "picture" => Self::Picture,
            "replaces" => Self::Replaces,
            "entry" => Self::Entry,
            "typist" => Self::Typist,
            "time" => Self::Time,
            "reason" => Self::Reason,
            line if Term::ALL.iter().any(|term| term.id() == line) => Self::Line(line.to_owned()),
            option => Self::Votes(option.to_owned()),
        }
    }
}

/// What one row says: of its statement, and of one entry or resolution.
#[derive(Default)]
struct Said {
    statement: RawCopy,
    part: String,
    typist: String,
    time: String,
    reason: String,
    lines: Vec<(String, RawNumber)>,
    votes: Vec<(String, RawNumber)>,
}

impl Said {
    fn of(sheet: &Sheet, cells: &Cells) -> Self {
        let (mut said, mut areas) = (Self::default(), Vec::new());
        for (place, column) in sheet.columns.iter().enumerate() {
            let text = cells.get(place).trim();
            if text.is_empty() {
                continue;
            }
            let own = || text.to_owned();
            let number = |name: &String| (name.clone(), RawNumber::of_cell(text));
            match column {
                Column::Id => said.statement.id = own(),
                Column::Station => said.statement.station = own(),
                Column::Area => areas.push(own()),
                Column::Holder => said.statement.holder = own(),
                Column::Seen => said.statement.seen = own(),
                Column::Sha256 => said.statement.sha256 = Some(own()),
                Column::Picture => said.statement.picture = Some(own()),
                Column::Replaces => said.statement.replaces = Some(own()),
                Column::Entry => said.part = own(),
                Column::Typist => said.typist = own(),
                Column::Time => said.time = own(),
                Column::Reason => said.reason = own(),
                Column::Line(name) => said.lines.push(number(name)),
                Column::Votes(name) => said.votes.push(number(name)),
            }
        }
        said.statement.area = OneOrMany::Many(areas);
        said
    }

    /// Adds the entry or resolution of a row to its statement.
    fn put(self, raw: &mut RawCopy) -> Option<CopyFault> {
        let Self { part, typist, time, reason, lines, votes, .. } = self;
        let (lines, votes) = (Pairs(lines), Pairs(votes));
        match (part.as_str(), raw.entries.len()) {
            ("first", 0) | ("second", 1) => raw.entries.push(RawEntry { typist, time, lines, votes }),
            ("resolution", _) if raw.resolution.is_none() => {
                raw.resolution = Some(RawResolution { by: typist, time, reason, lines, votes });
            }
            ("", 0) if typist.is_empty() && lines.0.is_empty() && votes.0.is_empty() => {}
            _ => {
                return Some(CopyFault::Entries(
                    "the column entry has first, then second, then resolution, or nothing in a row without numbers",
                ));
            }
        }
        None
    }
}

/// The next row that is not blank.
pub(super) fn next(rows: &mut dyn Rows, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
    while let Some(row) = rows.next_row(cells)? {
        if !cells.is_blank() {
            return Ok(Some(row));
        }
    }
    Ok(None)
}
