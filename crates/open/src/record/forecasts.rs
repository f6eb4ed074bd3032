//! Files of forecasts.

use std::path::Path;

use adil_finding::InputFile;
use adil_record::{Contest, DescribedForecasts, ForecastBook, Forecasts};

use super::RecordError;
use crate::{Limits, read_text};

/// Reads the forecasts of a contest whose options are known; `contests` are the names of all contests of the record, and `description`
/// is the file that an error in it is told of.
///
/// # Errors
/// The file cannot be read or is no text; the description has a time, a share or an option that cannot be. Lines that break a
/// rule are no error: they are in the book, set aside.
pub fn open_forecasts(
    path: &Path,
    described: &DescribedForecasts,
    contest: &Contest,
    contests: &[String],
    description: &str,
    limits: &Limits,
) -> Result<(Forecasts, InputFile), RecordError> {
    let in_file = |error| RecordError::Description { file: description.to_owned(), error };
    let (terms, previous) = described.terms(contest, contests).map_err(in_file)?;
    let (text, input) = read_text(path, limits)?;
    let book = ForecastBook::read(&text, &terms);
    Ok((Forecasts { file: input.path.clone(), close: terms.close, book, previous }, input))
}
