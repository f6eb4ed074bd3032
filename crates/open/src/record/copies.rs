//! Files of copies of single protocols.

use std::io::BufReader;
use std::path::Path;

use adil_finding::InputFile;
use adil_record::{
    Contest, Copies, CopiesError, CopyBook, CopyLimits, CopySample, CopyTerms, DescribedCopies, Publisher,
    StationPlaces,
};

use super::quick_count::open_design;
use super::{RecordError, beside};
use crate::stored::Stored;
use crate::{Declared, Fault, Input, Limits, OpenError};

/// Reads copies that a description names, of a contest whose options and tables are known; `description` is the file that an error in it is
/// told of.
///
/// # Errors
/// The file cannot be read or is too large, or the design is none. A line that breaks a rule is no error: it is in the book, set aside.
pub(super) fn described(
    described: &DescribedCopies,
    folder: &Path,
    contest: &Contest,
    description: &str,
    limits: &Limits,
) -> Result<(Copies, Vec<InputFile>), RecordError> {
    let read_at =
        described.moment().map_err(|error| RecordError::Description { file: description.to_owned(), error })?;
    let table = contest.latest_table().and_then(|release| release.stations.as_ref());
    let stations = table.map_or_else(StationPlaces::any, StationPlaces::of);
    let terms = CopyTerms { options: &contest.options, stations, read_at, limits: CopyLimits::default() };
    let path = beside(folder, &described.file);
    let is_lines = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jsonl"));
    let (book, mut input) = if is_lines { lines(&path, &terms, limits)? } else { rows(&path, &terms, limits)? };
    input.rows = Some(book.read);
    let mut inputs = vec![input];
    let sample = match &described.known_sample {
        Some(design) => {
            let path = beside(folder, design);
            let (design, frame, files) = open_design(&path, limits)?;
            let drawn = adil_record::draw(&design, &frame);
            let strata = drawn.map_err(|error| RecordError::QuickCount { file: path.display().to_string(), error })?;
            inputs.extend(files);
            Some(CopySample { frame, strata })
        }
        None => None,
    };
    let publisher = Publisher { name: described.publisher.clone(), kind: described.kind };
    let file = inputs.first().map_or(String::new(), |input| input.path.clone());
    Ok((Copies { file, publisher, book, sample }, inputs))
}

fn lines(path: &Path, terms: &CopyTerms<'_>, limits: &Limits) -> Result<(CopyBook, InputFile), RecordError> {
    let (stored, file) = Stored::take(path, limits)?;
    if stored.len() > limits.unpacked_bytes {
        return Err(OpenError::fault(&file.path, Fault::TooMuchInput { limit: limits.unpacked_bytes }).into());
    }
    let book = CopyBook::read_lines(BufReader::new(stored.reader()?), terms).map_err(in_file(&file.path))?;
    Ok((book, file))
}

fn rows(path: &Path, terms: &CopyTerms<'_>, limits: &Limits) -> Result<(CopyBook, InputFile), RecordError> {
    let input = Input::of_tables(path, limits)?;
    let table = input.tables.first().ok_or_else(|| OpenError::Empty { file: input.file.path.clone() })?;
    let mut opened = table.open(&Declared::default())?;
    let book = CopyBook::read_rows(&mut opened, terms).map_err(in_file(table.name()))?;
    Ok((book, input.file))
}

fn in_file(file: &str) -> impl FnOnce(CopiesError) -> RecordError + use<> {
    let file = file.to_owned();
    move |error| RecordError::Copies { file, error }
}
