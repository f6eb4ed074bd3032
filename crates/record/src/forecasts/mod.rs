//! Forecasts that were committed to before the polls closed and revealed after: the lines of a `forecasts.jsonl`.
//!
//! `docs/spec/forecasts.md` has the rules F1 to F19; [`ForecastFault`] carries their numbers. Nothing that is read is dropped: what
//! breaks a rule is set aside with its line and its reason.

mod book;
mod canonical;
mod described;
mod fault;
mod forecast;
mod line;
mod moment;
#[cfg(test)]
mod tests;

pub use book::{Commitment, ForecastBook, ForecastTerms, Quarantined, Revealed};
pub use canonical::{Digest, Nonce};
pub use described::{DescribedForecasts, DescribedPrevious, Forecasts, Previous};
pub use fault::ForecastFault;
pub use forecast::{Distribution, Forecast, Fraction};
pub(crate) use line::Pairs;
pub use line::{ForecastDraft, ForecastDraftError, KeptForecast, commitment_line};
pub use moment::Moment;
