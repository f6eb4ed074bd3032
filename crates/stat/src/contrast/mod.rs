//! Contrasts between units with and without something: an observer, an incident, a device.
//!
//! Where chance decided who had it, [`Design`] is that chance, and [`randomisation_test`] and [`spill_over`] draw it again.
//! Where people decided, [`match_within`] sets like beside like, [`SignedRanks`] tests the pairs as if chance had
//! decided within each, and the bounds of `gamma` say how far from chance the decision could have been
//! before the conclusion falls.

mod assignment;
mod design;
mod error;
mod exposure;
mod gamma;
mod matched;
mod randomised;
mod rings;
mod signed_rank;

pub use design::{Design, Draws};
pub use error::ContrastError;
pub use exposure::{ExposureContrast, ExposureEstimate, SpillOver, spill_over};
pub use gamma::{PBounds, largest_gamma_signed_rank, signed_rank_bounds};
pub use matched::{Balance, Candidates, MatchRule, MatchedUnits, Matching, Unmatched, match_within};
pub use randomised::{RandomisationTest, randomisation_test};
pub use rings::{Exposure, ExposureProbabilities, Neighbours};
pub use signed_rank::{SignedRanks, TailProbability};
