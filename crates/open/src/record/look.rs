//! Looking at one table, known or not, to propose how to read it.

use std::path::Path;

use adil_record::{
    Cells, Family, Guess, GuessError, Headers, ImportError, Proof, Rows, Strictness, header_position, import,
};

use super::RecordError;
use super::known::recognise_table;
use super::reading::Within;
use crate::{Declared, Input, Limits, OpenError, Opened, Table};

/// A table that was looked at.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The table: the path, with the part of an archive or the sheet.
    pub table: String,
    /// Other tables in the same file.
    pub others: Vec<String>,
    /// The encoding it is in.
    pub encoding: &'static str,
    /// The row of its header, counted from 1.
    pub header_row: u64,
    /// How to read it.
    pub proposal: Proposal,
}

/// How to read a table.
#[derive(Debug, Clone)]
pub enum Proposal {
    /// A built-in map knows it.
    Known(&'static Family),
    /// A map was put together from names and sums.
    Guessed {
        /// The map and its reasons.
        guess: Box<Guess>,
        /// What came of reading the whole table with it: the sums, or why it cannot be read.
        proved: Result<Vec<Proof>, ImportError>,
        /// Stations read.
        stations: usize,
    },
}

/// Looks at the table of a file; of several, at the one whose name contains `part`, else the first.
///
/// # Errors
/// The file cannot be read or holds no table; nothing in the table can be told.
pub fn look_at_table(
    path: &Path,
    part: Option<&str>,
    encoding: Option<&str>,
    limits: &Limits,
) -> Result<Looked, RecordError> {
    let input = Input::of_tables(path, limits)?;
    let wanted = |table: &&Table| part.is_none_or(|part| table.name().to_lowercase().contains(&part.to_lowercase()));
    let Some(table) = input.tables.iter().find(wanted) else {
        let names: Vec<String> = input.tables.iter().map(|table| table.name().to_owned()).collect();
        return Err(RecordError::NoSuchPart { file: input.file.path.clone(), names: super::shown(&names) });
    };
    let others = input.tables.iter().map(Table::name).filter(|name| *name != table.name()).map(str::to_owned).collect();
    let name = table.name().to_owned();
    if encoding.is_none()
        && let Some((declared, header_row, (family, _))) = recognise_table(table)?
    {
        let encoding = table.open(&declared)?.encoding().name;
        return Ok(Looked { table: name, others, encoding, header_row, proposal: Proposal::Known(family) });
    }
    let declared = Declared { encoding: encoding.map(str::to_owned), delimiter: None };
    let AfterHeader { mut opened, headers, header_row, above } = AfterHeader::of(table, &declared)?;
    let encoding = opened.encoding();
    let in_table = |error: GuessError| RecordError::Guess { file: name.clone(), error };
    let mut rows = Within::new(&mut opened, &headers);
    let mut guess = Guess::of(&headers, above.as_ref(), header_row, &mut rows).map_err(in_table)?;
    if encoding.name != "UTF-8" {
        guess.map.encoding = vec![encoding.name.to_owned()];
    }
    guess.map.sheet = table.sheet().map(str::to_owned);
    let AfterHeader { mut opened, headers, .. } = AfterHeader::of(table, &declared)?;
    let mut stations = 0;
    let mut rows = Within::new(&mut opened, &headers);
    let proved = import(&name, &headers, &mut rows, &guess.map, Strictness::Every).and_then(|mut imported| {
        stations = imported.stations.len();
        imported.prove()?;
        Ok(imported.stations.proofs)
    });
    let proposal = Proposal::Guessed { guess: Box::new(guess), proved, stations };
    Ok(Looked { table: name, others, encoding: encoding.name, header_row, proposal })
}

/// A table, opened and read up to and including its header.
struct AfterHeader {
    opened: Opened,
    headers: Headers,
    header_row: u64,
    /// The row just above the header, which may be its first line.
    above: Option<Cells>,
}

impl AfterHeader {
    fn of(table: &Table, declared: &Declared) -> Result<Self, RecordError> {
        let mut opened = table.open(declared)?;
        let position = header_position(opened.peek()).unwrap_or(0);
        let empty = || OpenError::Empty { file: table.name().to_owned() };
        let (header_row, cells) = opened.peek().get(position).cloned().ok_or_else(empty)?;
        let above = position.checked_sub(1).and_then(|above| opened.peek().get(above));
        let above = above.filter(|(row, _)| row + 1 == header_row).map(|(_, cells)| cells.clone());
        let mut skipped = Cells::default();
        while let Some(read) = opened.next_row(&mut skipped).map_err(|error| opened.in_file(error))? {
            if read >= header_row {
                break;
            }
        }
        Ok(Self { opened, headers: Headers::new(&cells), header_row, above })
    }
}
