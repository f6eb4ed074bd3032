//! OASIS EML 5, documents 510 (count) and 520 (result), with the meaning that EML-NL gives to them.
//!
//! ```text
//! EML ─┬─ ManagingAuthority, CreationDateTime
//!      ├─ Count ── Election ── Contests ── Contest ─┬─ TotalVotes
//!      │                                            └─ ReportingUnitVotes: a station, or an area
//!      └─ Result ── Election ── Contest ── Selection: who was elected
//! ```
//!
//! The kinds of EML-NL say who counted: `510a` a station, `510b` a municipality, `510c` a district, `510d` the central office. In `a` and `b` units of
//! reporting are stations; in `c` and `d` those are whose identifier ends in `SB` and a number, and all others are areas.
//!
//! | element | EML-NL | other EML |
//! |---|---|---|
//! | `Cast` | voters with the right to vote: [`Term::Registered`](adil_record::Term) | votes cast: `InBoxes` |
//! | `TotalCounted` | votes for candidates: `Valid` | the same |
//! | `RejectedVotes` | blank and invalid papers: `Invalid` is their sum | the same |
//! | `UncountedVotes` | `toegelaten kiezers`: voters admitted, `Issued`; `kwijtgeraakte stembiljetten`: `Lost`; others kept as text | kept as text |

mod names;
mod rows;
mod take;

use std::io::BufRead;

use crate::tree::{Syntax, feed};
use crate::{ExchangeError, Format, ReadError, ReadLimits, Results};

/// The namespace of EML.
pub(crate) const NAMESPACE: &str = "urn:oasis:names:tc:evs:schema:eml";
/// The namespace of what EML-NL adds.
pub(crate) const EXTENSIONS: &str = "http://www.kiesraad.nl/extensions";
/// The reason of voters who were admitted to vote.
pub(crate) const ADMITTED: &str = "toegelaten kiezers";
/// The reason of papers that were lost.
pub(crate) const LOST: &str = "kwijtgeraakte stembiljetten";

/// Reads a count or a result.
pub(crate) fn read(format: Format, reader: &mut dyn BufRead, limits: &ReadLimits) -> Result<Results, ReadError> {
    let mut taken = take::Document::new(limits);
    let mut not_placed = feed(Syntax::Xml, reader, &mut taken, limits)?;
    if let Some(exceeded) = taken.exceeded {
        return Err(exceeded.into());
    }
    let mut results = taken.finish(format)?;
    results.not_placed.append(&mut not_placed);
    match results.contests.is_empty() {
        true => Err(ExchangeError::NoContest(results.not_placed.first().map(|note| note.what.clone())).into()),
        false => Ok(results),
    }
}
