//! Reports typed from the specifications, broken ones, and the way there and back.

mod eml;
mod geojson;
mod hostile;
mod nist;
mod round_trip;

use adil_record::{ImportedTable, PublishedFigure, Term};

use crate::{ContestResults, ExchangeError, Format, ReadError, ReadLimits, Results, read};

/// Reads a text as what it shows itself as.
fn read_text(text: &str) -> Result<Results, ExchangeError> {
    let format = Format::of(text.as_bytes()).expect("a report by its root");
    read(format, &mut text.as_bytes(), &ReadLimits::default()).map_err(|error| match error {
        ReadError::Content(error) => error,
        ReadError::Source(error) => panic!("a text does not fail: {error}"),
    })
}

fn table(contest: &ContestResults) -> &ImportedTable {
    contest.table.as_ref().expect("stations")
}

/// The names of the stations with the votes of an option.
fn votes(contest: &ContestResults, option: &str) -> Vec<(String, Option<u32>)> {
    let table = table(contest);
    let at =
        table.options.iter().position(|name| name == option).unwrap_or_else(|| panic!("{option}: {:?}", table.options));
    (0..table.stations.len())
        .map(|row| (table.stations.stations.get(row).to_owned(), table.stations.votes[at].get(row)))
        .collect()
}

fn line(contest: &ContestResults, term: Term) -> Vec<Option<u32>> {
    table(contest).stations.line(term).map_or_else(Vec::new, |counts| counts.iter().collect())
}

fn figures(contest: &ContestResults) -> &[PublishedFigure] {
    &contest.release.figures
}

fn notes(results: &Results) -> Vec<(&str, u64)> {
    results.not_placed.iter().map(|note| (note.what.as_str(), note.count)).collect()
}
