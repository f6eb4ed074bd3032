//! All files of one organisation: stations and areas by number, pseudonyms as numbers.

use std::collections::HashMap;
use std::io::BufRead;

use super::incident::IncidentReader;
use super::odk::{Layout, OdkRows};
use super::raw::{BETWEEN, LONGEST_LINE, RawIncident};
use super::visit::{self, FormTable, FormTableError};
use super::{DescribedForm, Form, FormLayout, Incidents, ObservationWindow, ObserverRule};
use crate::letters::is_pseudonym;
use crate::{Cells, OneOrMany, Rows, RowsError, StationIndex, StationTable};

/// Forms and incidents, and the places that they are of.
#[derive(Debug, Clone, Default)]
pub struct ObserverBook {
    /// The stations that rows name, in the order in which they are first named: as the record's tables call them.
    pub stations: Vec<String>,
    /// The areas that rows name.
    pub areas: Vec<String>,
    /// The forms, each with its rows.
    pub forms: Vec<FormTable>,
    /// The files of incidents.
    pub incidents: Vec<Incidents>,
    /// How many pseudonyms there are.
    pub observers: u32,
    known: Known,
    station_numbers: HashMap<String, u32>,
    area_numbers: HashMap<String, u32>,
    pseudonyms: Pseudonyms,
}

/// The stations of the record, by which rows are placed.
#[derive(Debug, Clone, Default)]
struct Known {
    /// An index of each table, with the full names of its rows. None where the record has no table: then every name is a station, and is
    /// called by a number, since nobody but whoever wrote the row vouches that it is no other text.
    tables: Vec<(StationIndex, Vec<String>)>,
    areas: HashMap<String, ()>,
}

/// Pseudonyms as numbers. The texts are forgotten with the book's reading.
#[derive(Clone, Default)]
pub(super) struct Pseudonyms {
    numbers: HashMap<String, u32>,
}

impl std::fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pseudonyms({})", self.numbers.len())
    }
}

impl Pseudonyms {
    /// The number of a pseudonym; `None` where there is none.
    pub(super) fn number(&mut self, name: &str) -> Result<Option<u32>, ObserverRule> {
        let name = name.trim();
        if name.is_empty() {
            return Ok(None);
        }
        if let Some(&known) = self.numbers.get(name) {
            return Ok(Some(known));
        }
        if !is_pseudonym(name) {
            return Err(ObserverRule::Pseudonym);
        }
        let number = u32::try_from(self.numbers.len()).map_err(|_| ObserverRule::Pseudonym)?;
        self.numbers.insert(name.to_owned(), number);
        Ok(Some(number))
    }
}

impl ObserverBook {
    /// An empty book, whose rows are placed at the stations of some tables; anywhere, where there is no table.
    pub fn of_tables<'a>(tables: impl Iterator<Item = &'a StationTable>) -> Self {
        let mut known = Known::default();
        for table in tables {
            let names = (0..table.len()).map(|row| table.name(row)).collect();
            known.tables.push((StationIndex::of(table), names));
            for area in &table.areas {
                (0..area.names.distinct()).for_each(|code| {
                    known.areas.insert(area.names.spelling(code).to_owned(), ());
                });
            }
        }
        Self { known, ..Self::default() }
    }

    /// The number of a station, by any name that means one; `None` for one that the record does not have.
    pub(super) fn station(&mut self, name: &str) -> Option<u32> {
        let name = name.trim();
        // Most rows name a station that one before them has named alike.
        if let Some(&number) = self.station_numbers.get(name) {
            return Some(number);
        }
        let found = |(index, names): &(StationIndex, Vec<String>)| index.find(name).map(|row| names[row].clone());
        let full = match self.known.tables.as_slice() {
            [] if name.is_empty() => return None,
            [] => format!("s-{:06}", self.stations.len() + 1),
            tables => tables.iter().find_map(found)?,
        };
        let number = match self.station_numbers.get(&full).filter(|_| !self.known.tables.is_empty()) {
            Some(&number) => number,
            None => {
                let number = u32::try_from(self.stations.len()).ok()?;
                self.stations.push(full.clone());
                if !self.known.tables.is_empty() {
                    self.station_numbers.insert(full, number);
                }
                number
            }
        };
        self.station_numbers.insert(name.to_owned(), number);
        Some(number)
    }

    /// The number of an area.
    pub(super) fn area(&mut self, name: &str) -> Option<u32> {
        if let Some(&number) = self.area_numbers.get(name) {
            return Some(number);
        }
        if !self.known.tables.is_empty() && !self.known.areas.contains_key(name) {
            return None;
        }
        let number = u32::try_from(self.areas.len()).ok()?;
        // As with stations: what no table vouches for is a number.
        let is_known = !self.known.tables.is_empty();
        self.areas.push(if is_known { name.to_owned() } else { format!("a-{:06}", number + 1) });
        self.area_numbers.insert(name.to_owned(), number);
        Some(number)
    }

    /// Reads incidents from lines of JSON. A line that breaks a rule is set aside; a longer one than a line may be is not held.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn read_incident_lines(
        &mut self,
        input: &str,
        window: ObservationWindow,
        lines: &mut dyn BufRead,
    ) -> std::io::Result<()> {
        let mut pseudonyms = std::mem::take(&mut self.pseudonyms);
        let mut reader = IncidentReader::new(input, window, self, &mut pseudonyms);
        let (mut line, mut number) = (Vec::new(), 0);
        while let Some(length) = next_line(lines, &mut line)? {
            number += 1;
            if length > LONGEST_LINE {
                reader.set_aside(number, ObserverRule::Long, None);
                continue;
            }
            let Ok(text) = std::str::from_utf8(&line) else {
                reader.set_aside(number, ObserverRule::Syntax, None);
                continue;
            };
            let text = text.trim_start_matches('\u{feff}').trim();
            if text.is_empty() {
                continue;
            }
            match serde_json::from_str::<RawIncident<'_>>(text) {
                Ok(raw) => reader.take(number, &raw),
                Err(_) => reader.set_aside(number, ObserverRule::Syntax, None),
            }
        }
        let found = reader.found;
        self.pseudonyms = pseudonyms;
        self.incidents.push(found);
        Ok(())
    }

    /// Reads incidents from a table. Its columns are called as the fields are, or as `columns` says; `station` names those of the station.
    ///
    /// # Errors
    /// A row cannot be read.
    pub fn read_incident_rows(
        &mut self,
        input: &str,
        window: ObservationWindow,
        station: &OneOrMany<String>,
        rows: &mut dyn Rows,
    ) -> Result<(), RowsError> {
        let mut cells = Cells::default();
        rows.next_row(&mut cells)?;
        let header: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        let place = |name: &String| header.iter().position(|column| column == name);
        let stations: Option<Vec<usize>> = station.as_slice().iter().map(place).collect();
        let Some(stations) = stations else {
            let fault = format!("has no column {:?} among its {} columns", station.as_slice().join(", "), header.len());
            return Err(RowsError { row: 1, fault });
        };
        let mut pseudonyms = std::mem::take(&mut self.pseudonyms);
        let mut reader = IncidentReader::new(input, window, self, &mut pseudonyms);
        let is_read = |name: &str| RawIncident::default().put(name, "");
        reader.found.unread = (header.iter().enumerate())
            .filter(|(at, name)| !name.is_empty() && !stations.contains(at) && !is_read(name))
            .count();
        while let Some(row) = rows.next_row(&mut cells)? {
            if cells.is_blank() {
                continue;
            }
            let mut raw = RawIncident::default();
            header.iter().enumerate().for_each(|(at, name)| {
                raw.put(name, cells.get(at));
            });
            raw.station.0 = name_of(&cells, &stations).into();
            reader.take(row, &raw);
        }
        let found = reader.found;
        self.pseudonyms = pseudonyms;
        self.incidents.push(found);
        Ok(())
    }

    /// Reads the rows of a form: as it names its columns, or as a server for telephones exports them.
    ///
    /// # Errors
    /// A row cannot be read, or a column that is described is not there.
    pub fn read_form(
        &mut self,
        input: &str,
        form: Form,
        described: &DescribedForm,
        station: &OneOrMany<String>,
        window: ObservationWindow,
        rows: &mut dyn Rows,
    ) -> Result<(), FormTableError> {
        let mut cells = Cells::default();
        rows.next_row(&mut cells)?.ok_or(FormTableError::Empty)?;
        let header: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        let is_export = match described.layout {
            Some(layout) => layout == FormLayout::Odk,
            None => Layout::is_of(&header),
        };
        let how = visit::How { input, described, station, window };
        let mut pseudonyms = std::mem::take(&mut self.pseudonyms);
        let table = if is_export {
            Layout::of(&header, &form, described, station).map_err(FormTableError::from).and_then(|layout| {
                let (header, unread) = (layout.header(), layout.unread.len());
                let mut rows = OdkRows::new(rows, layout);
                let from = visit::From { header, any_order: true, rows: &mut rows };
                let table = visit::read(form, &how, self, &mut pseudonyms, from);
                table.map(|table| FormTable { unread, rejected: rows.rejected, ..table })
            })
        } else {
            visit::read(form, &how, self, &mut pseudonyms, visit::From { header, any_order: false, rows })
        };
        self.pseudonyms = pseudonyms;
        self.forms.push(table?);
        Ok(())
    }

    /// The texts of the pseudonyms read so far, by number. They are for the private file of whoever publishes, and for no report.
    pub fn pseudonyms(&self) -> Vec<String> {
        let mut all: Vec<(&String, &u32)> = self.pseudonyms.numbers.iter().collect();
        all.sort_by_key(|(_, number)| **number);
        all.into_iter().map(|(name, _)| name.clone()).collect()
    }

    /// Forgets what was only needed to read: the record's names, and the texts of pseudonyms.
    #[must_use]
    pub fn finished(mut self) -> Self {
        self.observers = u32::try_from(self.pseudonyms.numbers.len()).unwrap_or(u32::MAX);
        self.known = Known::default();
        self.pseudonyms = Pseudonyms::default();
        self.station_numbers = HashMap::new();
        self.area_numbers = HashMap::new();
        self
    }
}

/// The name of a station in some cells, its parts joined.
pub(super) fn name_of(cells: &Cells, places: &[usize]) -> String {
    let parts: Vec<&str> = places.iter().map(|&place| cells.get(place).trim()).collect();
    // A row without a station has none, however many columns a name has.
    if parts.iter().all(|part| part.is_empty()) { String::new() } else { parts.join(BETWEEN) }
}

/// Reads the next line and returns its length without the line end; `None` at the end. Of a longer line than any may be nothing is held.
fn next_line(lines: &mut dyn BufRead, line: &mut Vec<u8>) -> std::io::Result<Option<usize>> {
    line.clear();
    let (mut length, mut any) = (0, false);
    loop {
        let piece = match lines.fill_buf() {
            Ok(piece) => piece,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if piece.is_empty() {
            return Ok(any.then_some(length));
        }
        any = true;
        let end = piece.iter().position(|&byte| byte == b'\n');
        let part = &piece[..end.unwrap_or(piece.len())];
        length += part.len();
        if length <= LONGEST_LINE {
            line.extend_from_slice(part);
        }
        let used = end.map_or(piece.len(), |end| end + 1);
        lines.consume(used);
        if end.is_some() {
            return Ok(Some(length));
        }
    }
}
