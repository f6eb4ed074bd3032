//! Reading one table with one map, and telling how far it is.

use std::cell::Cell;

use adil_finding::InputFile;
use adil_record::{
    Cells, Headers, ImportError, ImportedTable, Rows, RowsError, Selector, Strictness, TableMap, import,
};

use super::RecordError;
use crate::{Declared, Fault, Limits, Opened, Table};

/// Is told what is being read.
pub trait Progress {
    /// `rows` data rows of `table` have been read.
    fn rows(&self, table: &str, rows: u64);
}

impl Progress for () {
    fn rows(&self, _: &str, _: u64) {}
}

/// What is common to all tables of a record.
pub(super) struct Reading<'a> {
    pub(super) limits: &'a Limits,
    progress: &'a dyn Progress,
    /// The files read so far.
    pub(super) inputs: Vec<InputFile>,
    /// The texts of pseudonyms by organisation, where the record is opened to be published.
    pub(super) pseudonyms: Option<Vec<Vec<String>>>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(limits: &'a Limits, progress: &'a dyn Progress) -> Self {
        Self { limits, progress, inputs: Vec::new(), pseudonyms: None }
    }

    /// Notes that a file is part of the record.
    pub(super) fn note(&mut self, file: &InputFile) {
        if !self.inputs.iter().any(|known| known.path == file.path) {
            self.inputs.push(file.clone());
        }
    }

    /// Notes a file with the rows that were read of it.
    pub(super) fn note_rows(&mut self, file: InputFile, rows: u64) {
        self.note(&InputFile { rows: Some(rows), ..file });
    }

    /// Reads an opened table whose header is in row `header_row`.
    pub(super) fn import(
        &mut self,
        file: &InputFile,
        table: &Table,
        mut opened: Opened,
        header_row: u64,
        map: &TableMap,
        strictness: Strictness,
    ) -> Result<ImportedTable, RecordError> {
        let in_table = |error: ImportError| RecordError::Import { file: table.name().to_owned(), error };
        let mut cells = Cells::default();
        let headers = loop {
            match opened.next_row(&mut cells).map_err(|error| in_table(error.into()))? {
                Some(row) if row < header_row => {}
                Some(_) => break Headers::new(&cells),
                None => return Err(RecordError::NoHeaderRow { file: table.name().to_owned(), row: header_row }),
            }
        };
        let mut counted = Counted {
            rows: Within::new(&mut opened, &headers),
            read: Cell::new(0),
            table: table.name(),
            progress: self.progress,
        };
        let imported = import(table.name(), &headers, &mut counted, map, strictness).map_err(in_table)?;
        let read = counted.read.get();
        self.note(file);
        if let Some(known) = self.inputs.iter_mut().find(|known| known.path == file.path) {
            known.rows = Some(known.rows.unwrap_or(0) + read);
        }
        Ok(imported)
    }
}

/// Rows that are counted as they pass.
struct Counted<'a> {
    rows: Within<'a>,
    read: Cell<u64>,
    table: &'a str,
    progress: &'a dyn Progress,
}

/// Rows between two reports of progress.
const REPORT_EVERY: u64 = 1 << 13;

impl Rows for Counted<'_> {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        let row = self.rows.next_row(cells)?;
        if row.is_some() {
            let read = self.read.get() + 1;
            self.read.set(read);
            if read.is_multiple_of(REPORT_EVERY) {
                self.progress.rows(self.table, read);
            }
        }
        Ok(row)
    }
}

/// Rows that have nothing beyond their header. In a delimited text that is a fault: a separator inside a name without
/// quotation marks moves all cells after it under the wrong header, and the last one out. Cells of a sheet stand where
/// they stand, so there it is a remark beside the table.
pub(super) struct Within<'a> {
    rows: &'a mut Opened,
    /// Cells of the header, for delimited text.
    header: Option<usize>,
}

impl<'a> Within<'a> {
    pub(super) fn new(rows: &'a mut Opened, headers: &Headers) -> Self {
        let header = rows.delimiter().map(|_| headers.len());
        Self { rows, header }
    }
}

impl Rows for Within<'_> {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        let row = self.rows.next_row(cells)?;
        if let (Some(row), Some(header)) = (row, self.header)
            && (header..cells.len()).any(|cell| !cells.get(cell).trim().is_empty())
        {
            return Err(Fault::BeyondHeader { cells: cells.len(), header }.at(row));
        }
        Ok(row)
    }
}

/// Rows in which a header is looked for.
const HEADER_ROWS: usize = 30;

/// The first row that `fits` says is a header, with its number.
pub(super) fn find_header<T>(opened: &Opened, fits: impl Fn(&Headers) -> Option<T>) -> Option<(u64, T)> {
    let rows = opened.peek().iter().take(HEADER_ROWS).filter(|(_, cells)| !cells.is_blank());
    rows.into_iter().find_map(|(row, cells)| fits(&Headers::new(cells)).map(|found| (*row, found)))
}

/// The columns of the first row, for a message.
pub(super) fn first_columns(opened: &Opened) -> Vec<String> {
    let row = opened.peek().iter().find(|(_, cells)| !cells.is_blank());
    row.map_or_else(Vec::new, |(_, cells)| Headers::new(cells).iter().map(str::to_owned).collect())
}

/// Whether a header has the columns that name a station and its areas.
pub(super) fn names_stations(map: &TableMap, headers: &Headers) -> bool {
    let has = |selector: &Selector| matches!(headers.find(selector), Ok(Some(_)));
    map.station.as_slice().iter().all(has) && map.areas.iter().all(|area| has(&area.column))
}

/// What a map declares of a table's form.
pub(super) fn declared(map: &TableMap) -> Declared {
    let delimiter = map.delimiter.and_then(|delimiter| u8::try_from(delimiter).ok());
    match map.encoding.as_slice() {
        [only] => Declared { encoding: Some(only.clone()), delimiter },
        _ => Declared { encoding: None, delimiter },
    }
}

/// Whether a map asks for another sheet than this.
pub(super) fn is_other_sheet(map: &TableMap, table: &Table) -> bool {
    match (&map.sheet, table.sheet()) {
        (Some(wanted), Some(sheet)) => !sheet.to_lowercase().contains(&wanted.to_lowercase()),
        _ => false,
    }
}
