//! A path to its tables and boards: what the file is, unpacked once, with its digest.

use std::path::Path;

use adil_exchange::Format;
use adil_finding::InputFile;

use crate::archive::{Archive, ArchivePart};
use crate::detect::{BEGINNING_BYTES, Kind, REPORT_BYTES};
use crate::shape::is_tabular;
use crate::stored::Stored;
use crate::table::Contents;
use crate::unpack::{Packed, Packing};
use crate::workbook::{Workbook, WorkbookKind};
use crate::{Fault, Limits, NotATable, OpenError, OpenedBoard, PassedOver, ReportFile, Table};

/// A file with the tables and boards in it.
#[derive(Debug, Clone)]
pub struct Input {
    /// Path, SHA-256 and size of the file as it stands on disk. The rows are for the reader of the table to fill in.
    pub file: InputFile,
    /// The tables, in the order of the archive or workbook.
    pub tables: Vec<Table>,
    /// The boards, in the order of the archive. There is at least one table, board or report.
    pub boards: Vec<OpenedBoard>,
    /// Reports in a format of exchange, in the order of the archive.
    pub reports: Vec<ReportFile>,
    /// Parts of an archive that are none of these.
    pub passed_over: Vec<PassedOver>,
}

impl Input {
    /// Finds the tables and boards of a file: a delimited text, workbook or ballot archive, by itself, gzipped, or in a
    /// zip. The path `-` is standard input, which is read to its end and kept.
    ///
    /// No row is read yet, but a workbook is unpacked and parsed.
    ///
    /// # Errors
    /// [`OpenError::NotATable`] where the file is something else, [`OpenError::NoTables`] where an archive has none,
    /// [`OpenError::NotABoard`] for a ballot archive whose beginning is broken, and what the system or the unpacking
    /// reports.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, OpenError> {
        let (stored, file) = Stored::take(path, limits)?;
        Self::of(stored, file, limits)
    }

    /// The same, of a file that must hold a table.
    pub(crate) fn of_tables(path: &Path, limits: &Limits) -> Result<Self, OpenError> {
        let input = Self::of_results(path, limits)?;
        match input.reports.first().filter(|_| input.tables.is_empty()) {
            Some(report) => Err(OpenError::NotATable { file: report.name().to_owned(), why: NotATable::Report }),
            None => Ok(input),
        }
    }

    /// The same, of a file that must hold a table or a report.
    pub(crate) fn of_results(path: &Path, limits: &Limits) -> Result<Self, OpenError> {
        let input = Self::open(path, limits)?;
        match input.boards.first().filter(|_| input.tables.is_empty() && input.reports.is_empty()) {
            Some(board) => Err(OpenError::NotATable { file: board.name().to_owned(), why: NotATable::Board }),
            None => Ok(input),
        }
    }

    /// The tables and boards of stored bytes that go by the name of `file`.
    pub(crate) fn of(stored: Stored, file: InputFile, limits: &Limits) -> Result<Self, OpenError> {
        let packed = Packed { name: file.path.clone(), stored, packing: Packing::None };
        let name = file.path.clone();
        let mut found = Found {
            limits,
            input: Self { file, tables: vec![], boards: vec![], reports: vec![], passed_over: vec![] },
        };
        found.look(&packed, &name, Inside::Nothing)?;
        let input = found.input;
        match input.tables.is_empty() && input.boards.is_empty() && input.reports.is_empty() {
            true => Err(OpenError::NoTables { folder: name, others: input.passed_over.len() }),
            false => Ok(input),
        }
    }
}

/// Reads a text that is held in memory, such as `election.toml`: UTF-8, at most 16 MiB.
///
/// # Errors
/// What the system reports, a text that is too long, and the first byte that is not UTF-8.
pub fn read_text(path: &Path, limits: &Limits) -> Result<(String, InputFile), OpenError> {
    let (stored, file) = Stored::take(path, limits)?;
    let limits = Limits { held_bytes: limits.held_bytes.min(16 << 20), ..*limits };
    let bytes = Packed { name: file.path.clone(), stored, packing: Packing::None }.hold(&limits)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map_or_else(|| bytes.clone(), <[u8]>::to_vec);
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let value = error.as_bytes()[at];
        OpenError::fault(&file.path, Fault::NotInEncoding { encoding: "UTF-8", byte: at as u64, value })
    })?;
    Ok((text, file))
}

/// What the bytes being looked at were packed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Gzip,
    Zip,
}

struct Found<'a> {
    limits: &'a Limits,
    input: Input,
}

impl Found<'_> {
    /// Adds the tables and boards of `packed`, whose innermost file name is `inner`.
    fn look(&mut self, packed: &Packed, inner: &str, inside: Inside) -> Result<(), OpenError> {
        // How far it may unpack is seen when it is known what it is.
        let beginning = packed.beginning(BEGINNING_BYTES, &self.limits.of_board())?;
        let not = |why| Err(OpenError::NotATable { file: packed.name.clone(), why });
        let mut kind = Kind::of(&beginning, inner);
        if kind.may_be_report(&beginning)
            && let Some(format) = Format::of(&packed.beginning(REPORT_BYTES, self.limits)?)
        {
            kind = Kind::Report(format);
        }
        match kind {
            Kind::Report(format) => {
                self.input.reports.push(ReportFile::new(packed.clone(), format, *self.limits));
                Ok(())
            }
            Kind::Gzip if inside == Inside::Nothing => {
                let unpacked = Packed { packing: Packing::Gzip, ..packed.clone() };
                self.look(&unpacked, without_ending(inner, ".gz"), Inside::Gzip)
            }
            Kind::Gzip => not(NotATable::PackedTwice),
            Kind::Zip => self.look_into_zip(packed, inside),
            Kind::Ole => self.add_workbook(packed, WorkbookKind::Xls),
            Kind::Parquet => self.add_parquet(packed),
            Kind::Board => {
                self.input.boards.push(OpenedBoard::open(&self.input.file, packed, self.limits)?);
                Ok(())
            }
            Kind::Table => {
                self.add(packed.name.clone(), Contents::Delimited(packed.clone()));
                Ok(())
            }
            Kind::Text => {
                let sample = packed.beginning(16 << 10, self.limits)?;
                if !is_tabular(&String::from_utf8_lossy(&sample)) {
                    return not(NotATable::Prose);
                }
                self.add(packed.name.clone(), Contents::Delimited(packed.clone()));
                Ok(())
            }
            Kind::Not(NotATable::Empty) => Err(OpenError::Empty { file: packed.name.clone() }),
            Kind::Not(why) => not(why),
        }
    }

    fn look_into_zip(&mut self, packed: &Packed, inside: Inside) -> Result<(), OpenError> {
        // A directory can only be read where all bytes can be reached.
        let held = match packed.packing {
            Packing::None => packed.clone(),
            _ => {
                let stored = Stored::Memory(packed.hold(self.limits)?.into());
                Packed { stored, packing: Packing::None, ..packed.clone() }
            }
        };
        let parts = Archive::open(&held.name, &held.stored, self.limits)?.parts()?;
        let not = |why| Err(OpenError::NotATable { file: packed.name.clone(), why });
        match Bundle::of(&parts) {
            Bundle::Xlsx => return self.add_workbook(&held, WorkbookKind::Xlsx),
            Bundle::OpenDocument => return not(NotATable::OpenDocument),
            Bundle::Document => return not(NotATable::Document),
            Bundle::Files if inside != Inside::Nothing => return not(NotATable::PackedTwice),
            Bundle::Files => {}
        }
        for part in parts {
            let looked = match part.not_a_table {
                Some(why) => Err(OpenError::NotATable { file: part.packed.name.clone(), why }),
                None => self.look(&part.packed, &part.inner, Inside::Zip),
            };
            self.pass_over(looked, part.packed.name)?;
        }
        Ok(())
    }

    /// Notes a part that is no table; other errors remain errors.
    fn pass_over(&mut self, looked: Result<(), OpenError>, name: String) -> Result<(), OpenError> {
        match looked {
            Err(OpenError::NotATable { why, .. }) => self.input.passed_over.push(PassedOver { name, why }),
            Err(OpenError::Empty { .. }) => {
                self.input.passed_over.push(PassedOver { name, why: NotATable::Empty });
            }
            looked => return looked,
        }
        Ok(())
    }

    fn add(&mut self, name: String, contents: Contents) {
        self.input.tables.push(Table::new(name, contents, *self.limits));
    }

    fn add_workbook(&mut self, packed: &Packed, kind: WorkbookKind) -> Result<(), OpenError> {
        let workbook = Workbook::open(packed, kind, self.limits)?;
        for sheet in workbook.sheets() {
            let contents = Contents::Sheet { workbook: workbook.clone(), sheet: sheet.clone() };
            self.add(format!("{}#{sheet}", packed.name), contents);
        }
        Ok(())
    }

    #[cfg(feature = "parquet")]
    fn add_parquet(&mut self, packed: &Packed) -> Result<(), OpenError> {
        self.add(packed.name.clone(), Contents::Parquet(packed.clone()));
        Ok(())
    }

    #[cfg(not(feature = "parquet"))]
    fn add_parquet(&mut self, packed: &Packed) -> Result<(), OpenError> {
        Err(OpenError::NotATable { file: packed.name.clone(), why: NotATable::ParquetNotBuilt })
    }
}

/// What a zip is, by the names in it.
enum Bundle {
    Xlsx,
    OpenDocument,
    Document,
    Files,
}

impl Bundle {
    fn of(parts: &[ArchivePart]) -> Self {
        let has = |name: &str| parts.iter().any(|part| part.inner == name);
        if has("xl/workbook.xml") {
            Self::Xlsx
        } else if has("META-INF/manifest.xml") && has("content.xml") {
            Self::OpenDocument
        } else if has("[Content_Types].xml") {
            Self::Document
        } else {
            Self::Files
        }
    }
}

fn without_ending<'a>(name: &'a str, ending: &str) -> &'a str {
    let cut = name.len().saturating_sub(ending.len());
    match name.get(cut..) {
        Some(last) if last.eq_ignore_ascii_case(ending) => &name[..cut],
        _ => name,
    }
}
