//! A report in a format of exchange, inside an input.

use std::io::BufReader;

use adil_exchange::{ExchangeError, Format, ReadError, ReadLimits, Results, read};

use crate::unpack::Packed;
use crate::{Fault, Limits, OpenError};

/// A report that can be read, as often as wanted.
#[derive(Debug, Clone)]
pub struct ReportFile {
    packed: Packed,
    format: Format,
    limits: Limits,
}

/// Why a report could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The bytes of the file.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// What they say.
    #[error("{file}: {error}")]
    Content {
        /// The file, with the part inside it.
        file: String,
        /// What is wrong in it.
        error: ExchangeError,
    },
}

/// Bytes read at once.
const READ_BYTES: usize = 128 << 10;

impl ReportFile {
    pub(crate) fn new(packed: Packed, format: Format, limits: Limits) -> Self {
        Self { packed, format, limits }
    }

    /// The file, with the part inside it.
    pub fn name(&self) -> &str {
        &self.packed.name
    }

    /// Reads the whole report, in one pass.
    ///
    /// # Errors
    /// The file cannot be read or unpacked; its contents are broken or exceed a limit.
    pub fn read(&self) -> Result<Results, ReportError> {
        let mut reader = BufReader::with_capacity(READ_BYTES, self.packed.reader(&self.limits)?);
        read(self.format, &mut reader, &self.limits.of_report()).map_err(|error| match error {
            ReadError::Source(error) => OpenError::fault(self.name(), Fault::of(&error)).into(),
            ReadError::Content(error) => ReportError::Content { file: self.name().to_owned(), error },
        })
    }
}

impl Limits {
    /// The limits of a report, from those of tables: a unit is a row, a count a cell.
    fn of_report(&self) -> ReadLimits {
        ReadLimits {
            text_bytes: self.bytes_per_row as u64,
            units: self.rows,
            counts: self.rows.saturating_mul(4),
            ..ReadLimits::default()
        }
    }
}
