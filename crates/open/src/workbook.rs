//! Workbooks (XLSX, XLS) to rows.
//!
//! A sheet is held in memory as the text of its filled cells; numbers are printed as the whole numbers they mostly
//! are (`1097.0` as `1097`), dates as ISO 8601, empty cells as nothing. Row numbers are those of the sheet.

use std::cell::Cell;
use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex, Once};

use adil_record::{Cells, Rows, RowsError};
use calamine::{Data, DataRef, Reader, Xlsx};

use crate::archive::Archive;
use crate::stored::Stored;
use crate::unpack::{Packed, Packing};
use crate::xls::XlsBook;
use crate::{Fault, Limits, OpenError};

type Bytes = Cursor<Arc<[u8]>>;

/// The kinds of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WorkbookKind {
    Xlsx,
    Xls,
}

enum Reading {
    Xlsx(Box<Xlsx<Bytes>>),
    Xls(Box<XlsBook>),
}

/// A workbook, whose sheets are read on demand.
#[derive(Clone)]
pub(crate) struct Workbook {
    name: String,
    sheets: Vec<String>,
    reading: Arc<Mutex<Reading>>,
}

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workbook").field("name", &self.name).field("sheets", &self.sheets).finish_non_exhaustive()
    }
}

impl Workbook {
    /// Reads a workbook; everything it is made of is first unpacked within the limits.
    pub(crate) fn open(packed: &Packed, kind: WorkbookKind, limits: &Limits) -> Result<Self, OpenError> {
        let bytes: Arc<[u8]> = packed.hold(limits)?.into();
        if kind == WorkbookKind::Xlsx {
            let held = Packed { stored: Stored::Memory(Arc::clone(&bytes)), packing: Packing::None, ..packed.clone() };
            hold_parts(&held, limits)?;
        }
        let cannot = |detail: String| OpenError::fault(&packed.name, Fault::Workbook(detail));
        let cursor = Cursor::new(bytes);
        let reading = match kind {
            WorkbookKind::Xlsx => {
                let book = guarded(|| Xlsx::new(cursor).map_err(|error| error.to_string())).map_err(cannot)?;
                Reading::Xlsx(Box::new(book))
            }
            WorkbookKind::Xls => Reading::Xls(Box::new(XlsBook::open(cursor.get_ref()).map_err(cannot)?)),
        };
        let sheets = match &reading {
            Reading::Xlsx(book) => book.sheet_names(),
            Reading::Xls(book) => book.sheet_names(),
        };
        Ok(Self { name: packed.name.clone(), sheets, reading: Arc::new(Mutex::new(reading)) })
    }

    /// The names of the sheets, in their order.
    pub(crate) fn sheets(&self) -> &[String] {
        &self.sheets
    }

    /// The rows of a sheet.
    pub(crate) fn rows(&self, sheet: &str, limits: &Limits) -> Result<SheetRows, OpenError> {
        let file = format!("{}#{sheet}", self.name);
        let cannot = |detail: String| OpenError::fault(&file, Fault::Workbook(detail));
        let mut reading = self.reading.lock().map_err(|_| cannot("an earlier sheet could not be read".to_owned()))?;
        let mut filled = Filled::new(limits);
        let over = |fault| OpenError::fault(&file, fault);
        match &mut *reading {
            Reading::Xlsx(book) => guarded(|| fill(book, sheet, &mut filled)).map_err(cannot)?.map_err(over)?,
            Reading::Xls(book) => {
                book.cells(sheet, |row, column, value| filled.add(row, column, &written(&value))).map_err(over)?;
            }
        }
        Ok(filled.into_rows())
    }
}

thread_local! {
    /// Whether a panic of this thread is caught and becomes an error, which says all that there is to say.
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs the library that reads XLSX; a place of a cell that is out of all bounds makes it panic.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !CAUGHT.get() {
                tell(panic);
            }
        }));
    });
    CAUGHT.set(true);
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    CAUGHT.set(false);
    caught.unwrap_or_else(|_| Err("a part of it cannot be understood".to_owned()))
}

/// Takes the filled cells of a sheet: what the library says, and within that, what the limits say.
fn fill(book: &mut Xlsx<Bytes>, sheet: &str, filled: &mut Filled) -> Result<Result<(), Fault>, String> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|error| error.to_string())?;
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        let (row, column) = cell.get_position();
        if let Err(fault) = filled.add(row, column, &written_ref(cell.get_value())) {
            return Ok(Err(fault));
        }
    }
    Ok(Ok(()))
}

/// Unpacks every part of the zip that a workbook is, so that its sizes and checksums are known to be right and the
/// sum of them is within the limit before anything is parsed.
fn hold_parts(book: &Packed, limits: &Limits) -> Result<(), OpenError> {
    let mut left = limits.held_bytes;
    for part in Archive::open(&book.name, &book.stored, limits)?.parts()? {
        let limits = Limits { unpacked_bytes: left, ..*limits };
        let mut reader = part.packed.reader(&limits)?;
        let failed = |error| OpenError::fault(&book.name, Fault::of(&error));
        let bytes = if part.inner.to_ascii_lowercase().ends_with("sharedstrings.xml") {
            let mut strings = Vec::new();
            reader.read_to_end(&mut strings).map_err(failed)?;
            if !has_room_for_strings(&strings) {
                let detail = "it states more shared strings than it can have".to_owned();
                return Err(OpenError::fault(&book.name, Fault::Workbook(detail)));
            }
            strings.len() as u64
        } else {
            std::io::copy(&mut reader, &mut std::io::sink()).map_err(failed)?
        };
        left -= bytes.min(left);
    }
    Ok(())
}

/// Whether each stated number of strings, for which memory is taken in advance, has at least a byte a string.
fn has_room_for_strings(part: &[u8]) -> bool {
    memchr::memmem::find_iter(part, b"uniqueCount").all(|at| {
        let value =
            part[at..].iter().skip_while(|byte| !byte.is_ascii_digit()).take_while(|byte| byte.is_ascii_digit());
        let stated =
            value.fold(0usize, |number, &digit| number.saturating_mul(10).saturating_add(usize::from(digit - b'0')));
        stated <= part.len()
    })
}

fn written_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        other => written(&Data::from(other.clone())),
    }
}

/// The text of a cell.
fn written(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(whole) => whole.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(time) if time.is_duration() => time.as_f64().to_string(),
        Data::DateTime(time) => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
    }
}

/// The filled cells of a sheet, in the order of the file.
struct Filled {
    limits: Limits,
    text: String,
    cells: Vec<Placed>,
}

/// A filled cell; its text ends at `end` of the common text.
#[derive(Clone, Copy)]
struct Placed {
    row: u32,
    column: u32,
    start: usize,
    end: usize,
}

impl Filled {
    fn new(limits: &Limits) -> Self {
        Self { limits: *limits, text: String::new(), cells: Vec::new() }
    }

    fn add(&mut self, row: u32, column: u32, text: &str) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        if self.cells.len() >= self.limits.sheet_cells {
            return Err(Fault::TooManySheetCells { limit: self.limits.sheet_cells });
        }
        if column as usize >= self.limits.cells_per_row {
            return Err(Fault::TooManyCells { limit: self.limits.cells_per_row });
        }
        if text.len() > self.limits.bytes_per_cell {
            return Err(Fault::CellTooLong { limit: self.limits.bytes_per_cell });
        }
        // A shared string may stand in very many cells: the text grows past what was unpacked.
        if (self.text.len() + text.len()) as u64 > self.limits.held_bytes {
            return Err(Fault::TooManyBytes { limit: self.limits.held_bytes });
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.cells.push(Placed { row, column, start, end: self.text.len() });
        Ok(())
    }

    fn into_rows(mut self) -> SheetRows {
        // Nearly always sorted already; a file may list a cell twice, and the later one holds.
        if !self.cells.is_sorted_by_key(|cell| (cell.row, cell.column)) {
            self.cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        SheetRows { text: self.text, cells: self.cells, next: 0 }
    }
}

/// The rows of a sheet that have anything in them.
pub(crate) struct SheetRows {
    text: String,
    cells: Vec<Placed>,
    next: usize,
}

impl Rows for SheetRows {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        let Some(first) = self.cells.get(self.next).copied() else { return Ok(None) };
        cells.clear();
        let rest = &self.cells[self.next..];
        let row = &rest[..rest.iter().take_while(|cell| cell.row == first.row).count()];
        for (index, cell) in row.iter().enumerate() {
            if row.get(index + 1).is_some_and(|later| later.column == cell.column) {
                continue;
            }
            while cells.len() < cell.column as usize {
                cells.push("");
            }
            cells.push(&self.text[cell.start..cell.end]);
        }
        self.next += row.len();
        Ok(Some(u64::from(first.row) + 1))
    }
}
