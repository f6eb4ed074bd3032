//! Observers' forms, incidents and drawings, from their files.

use std::io::BufReader;
use std::path::Path;

use adil_record::{
    DescribedForm, DescribedObservers, ObservationWindow, ObserverBook, Observers, OneOrMany, Publisher, StationTable,
};

use super::quick_count::{first_table, header};
use super::reading::{Reading, Within};
use super::{RecordError, beside, forms};
use crate::stored::Stored;
use crate::unpack::{Packed, Packing};
use crate::{Fault, OpenError};

/// Reads what observers of one organisation left. Rows are placed at the stations of `tables`.
///
/// # Errors
/// A file cannot be read, or is not what it should be. A row that breaks a rule is no error: it is set aside in the book.
pub(super) fn described<'a>(
    described: &DescribedObservers,
    folder: &Path,
    tables: impl Iterator<Item = &'a StationTable>,
    reading: &mut Reading<'_>,
) -> Result<Observers, RecordError> {
    // What is wrong with it was told when the description was read.
    let window = described.window().unwrap_or_default();
    let mut book = ObserverBook::of_tables(tables);
    for file in &described.incidents {
        incidents(&mut book, described, &beside(folder, file), window, reading)?;
    }
    for form in &described.form {
        read_form(&mut book, described, form, folder, window, reading)?;
    }
    let station = |own: &Option<OneOrMany<String>>| own.clone().unwrap_or_else(|| described.station());
    let assignment = match &described.assignment {
        None => None,
        Some(drawn) => {
            let (mut opened, file, name) = first_table(&beside(folder, &drawn.file), reading.limits)?;
            let headers = header(&opened);
            let mut rows = Within::new(&mut opened, &headers);
            let found = book.read_assignment(&name, drawn, &station(&drawn.station), &mut rows);
            let found = found.map_err(|error| fault(&name, error))?;
            reading.note_rows(file, found.stations.len() as u64 + found.unknown);
            Some(found)
        }
    };
    if let Some(kept) = &mut reading.pseudonyms {
        kept.push(book.pseudonyms());
    }
    Ok(Observers {
        publisher: Publisher { name: described.publisher.clone(), kind: described.kind },
        source: described.source.clone(),
        book: book.finished(),
        assignment,
    })
}

/// Reads a file of incidents: lines of JSON, which may be packed, or a table.
fn incidents(
    book: &mut ObserverBook,
    described: &DescribedObservers,
    path: &Path,
    window: ObservationWindow,
    reading: &mut Reading<'_>,
) -> Result<(), RecordError> {
    if let Some(packing) = lines_of(path) {
        let (stored, file) = Stored::take(path, reading.limits)?;
        let packed = Packed { name: file.path.clone(), stored, packing };
        let mut lines = BufReader::with_capacity(1 << 16, packed.reader(reading.limits)?);
        let read = book.read_incident_lines(&file.path, window, &mut lines);
        read.map_err(|error| OpenError::fault(&file.path, Fault::of(&error)))?;
        let rows = book.incidents.last().map_or(0, |found| found.rows.len() as u64 + found.quarantine.rows());
        reading.note_rows(file, rows);
        return Ok(());
    }
    let (mut opened, file, name) = first_table(path, reading.limits)?;
    let headers = header(&opened);
    let mut rows = Within::new(&mut opened, &headers);
    let read = book.read_incident_rows(&name, window, &described.station(), &mut rows);
    read.map_err(|error| fault(&name, error))?;
    let rows = book.incidents.last().map_or(0, |found| found.rows.len() as u64 + found.quarantine.rows());
    reading.note_rows(file, rows);
    Ok(())
}

fn read_form(
    book: &mut ObserverBook,
    described: &DescribedObservers,
    of: &DescribedForm,
    folder: &Path,
    window: ObservationWindow,
    reading: &mut Reading<'_>,
) -> Result<(), RecordError> {
    let (found, definition) = forms::open_form(&beside(folder, &of.definition), reading.limits)?;
    reading.note(&definition);
    let (mut opened, file, name) = first_table(&beside(folder, &of.file), reading.limits)?;
    let station = of.station.clone().unwrap_or_else(|| described.station());
    let headers = header(&opened);
    let mut rows = Within::new(&mut opened, &headers);
    let read = book.read_form(&name, found.form, of, &station, window, &mut rows);
    read.map_err(|error| fault(&name, error))?;
    let rows = book.forms.last().map_or(0, |form| form.visits.len() as u64 + form.quarantine.rows());
    reading.note_rows(file, rows);
    Ok(())
}

/// How the lines of JSON in a file are packed, by its name; `None` for a table.
fn lines_of(path: &Path) -> Option<Packing> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let plain = name.strip_suffix(".gz");
    let is_lines = [".jsonl", ".ndjson"].iter().any(|ending| plain.unwrap_or(&name).ends_with(ending));
    is_lines.then_some(if plain.is_some() { Packing::Gzip } else { Packing::None })
}

fn fault(file: &str, error: impl std::fmt::Display) -> RecordError {
    RecordError::Observers { file: file.to_owned(), fault: error.to_string() }
}
