//! NIST SP 1500-100, version 2.0 (Election Results Reporting, March 2020), as JSON and as XML; its drafts and version 1.0 as far as their names agree.
//!
//! ```text
//! ElectionReport ─┬─ GpUnit: a tree of reporting units by ComposingGpUnitIds; precincts are stations, what is above them are areas
//!                 ├─ Party
//!                 └─ Election ─┬─ Candidate
//!                              ├─ BallotCounts by unit and type
//!                              └─ Contest ─┬─ ContestSelection ── VoteCounts by unit, type and device
//!                                          └─ OtherCounts by unit: overvotes, undervotes, write-ins
//! ```
//!
//! [`take`] collects the pieces, [`units`] makes the tree, [`tally`] turns counts by type and device into one, and [`place`] puts them into tables.

mod pieces;
mod place;
mod take;
mod tally;
mod units;

use std::io::BufRead;

use crate::tree::{Syntax, feed};
use crate::{ExchangeError, Format, ReadError, ReadLimits, Results};

/// The namespace of version 2.0.
pub(crate) const NAMESPACE: &str = "http://itl.nist.gov/ns/voting/1500-100/v2";

/// Reads a report.
pub(crate) fn read(syntax: Syntax, reader: &mut dyn BufRead, limits: &ReadLimits) -> Result<Results, ReadError> {
    let mut taken = take::Report::new(syntax, limits);
    let mut not_placed = feed(syntax, reader, &mut taken, limits)?;
    if let Some(exceeded) = taken.exceeded {
        return Err(exceeded.into());
    }
    let format = if syntax == Syntax::Json { Format::NistJson } else { Format::NistXml };
    let mut results = place::placed(taken, format)?;
    results.not_placed.append(&mut not_placed);
    match results.contests.is_empty() {
        true => Err(ExchangeError::NoContest(results.not_placed.first().map(|note| note.what.clone())).into()),
        false => Ok(results),
    }
}
