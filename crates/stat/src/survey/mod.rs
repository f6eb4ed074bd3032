//! Estimating a ratio of two totals from a stratified probability sample: the estimate, its interval, how large a sample
//! must be, and what remains possible while units are missing.

mod allocation;
mod bootstrap;
mod missing;
mod ratio;
mod weighted;

pub use allocation::{Allocation, Planned, StratumSpread, allocate, margin_of};
pub use bootstrap::bootstrap_ratio;
pub use missing::{Bounds, Missing, worst_case};
pub use ratio::{RatioEstimate, Stratum, combined_ratio, t_quantile};
pub use weighted::{WeightedStratum, WeightedUnit, weighted_ratio};
