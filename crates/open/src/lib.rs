//! The edge: from a path to the rows of tables and to the boards of electronic elections.
//!
//! Files, archives, encodings, digests and limits are dealt with here and nowhere else. [`Input::open`] finds the
//! tables, boards and reports of a file, [`Folder::open`] those of a folder, [`Table::open`] reads a table as
//! [`adil_record::Rows`] and [`OpenedBoard::reader`] a board as bytes. Nothing is written but standard input into a
//! nameless temporary file, and nothing but the paths given is touched.

mod archive;
mod board;
mod bundle;
mod delimited;
#[cfg(test)]
mod delimited_tests;
mod detect;
mod encoding;
mod error;
#[cfg(test)]
mod fixture;
mod folder;
mod input;
#[cfg(test)]
mod input_tests;
mod limits;
pub mod log;
#[cfg(feature = "parquet")]
mod parquet;
mod record;
mod report;
mod shape;
mod spool;
mod stored;
mod table;
mod text;
mod unpack;
mod workbook;
mod written_workbook;
mod xls;

#[doc(hidden)]
pub mod fuzz;

pub use board::{BoardFault, OpenedBoard};
pub use bundle::file_digest;
pub use encoding::{EncodingBy, FoundEncoding, Guess, guess_encoding};
pub use error::{Fault, NotATable, OpenError, PassedOver};
pub use folder::Folder;
pub use input::{Input, read_text};
pub use limits::Limits;
pub use record::{
    BoardLog, ForPublication, Looked, OpenedRecord, Progress, Proposal, RecordError, ReportsFile, add_options,
    look_at_table, open_design, open_for_publication, open_forecasts, open_form, open_frame, open_quick_count,
    open_record, open_sizes,
};
pub use report::{ReportError, ReportFile};
pub use table::{Declared, Format, Opened, Table};
pub use written_workbook::written_workbook;
