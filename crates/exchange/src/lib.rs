//! Results as others write them, in and out: values and readers come in, values and texts go out.
//!
//! * [`Format::of`] tells a file by its contents, [`read`] makes [`Results`] of it: a station table for each contest, figures of areas,
//!   and a list of what has no place in a record, counted and named.
//! * [`write()`] makes a file of the station tables of a record, and [`lost`] says what the format has no place for.
//!
//! | format | what | module |
//! |---|---|---|
//! | NIST SP 1500-100, version 2.0 | results reporting in the United States; JSON and XML | `nist` |
//! | OASIS EML 5, 510 and 520, as EML-NL has them | counts and results in the Netherlands; XML | `eml` |
//! | delimited text for spreadsheets | one row a station | `sheet` |
//! | GeoJSON, RFC 7946 | where areas and stations are | `geojson` |
//!
//! JSON and XML are taken apart by one reader (`tree`), piece by piece: what is in memory is the table and the piece being read.
//! `docs/exchange.md` says what is mapped to what.

mod count;
mod eml;
mod error;
mod format;
mod geojson;
mod grid;
mod nist;
mod results;
mod sheet;
mod tree;
mod write;

#[doc(hidden)]
pub mod fuzz;

pub use error::{ExchangeError, Fault, ReadError};
pub use format::Format;
pub use geojson::{GeoFault, GeoFeature, GeoLimits, read_geojson};
pub use results::{ContestResults, NotPlaced, ReadLimits, Results};
pub use sheet::station_sheet;
pub use write::{Exported, ExportedContest, Lost, OutFormat, WriteError, lost, write};

use std::io::BufRead;

/// Reads results in a known format.
///
/// # Errors
/// The reader fails; the text is not well formed, or not in UTF-8; something in it cannot be: a count that is none, a reference to nothing,
/// two things of one name; a limit is exceeded.
pub fn read(format: Format, reader: &mut dyn BufRead, limits: &ReadLimits) -> Result<Results, ReadError> {
    match format {
        Format::NistJson => nist::read(tree::Syntax::Json, reader, limits),
        Format::NistXml => nist::read(tree::Syntax::Xml, reader, limits),
        Format::EmlCount | Format::EmlResult => eml::read(format, reader, limits),
    }
}

#[cfg(test)]
mod tests;
