//! Proper scores: what a forecast loses to what came about. All are losses, 0 or more, and smaller is better.
//!
//! A score is proper where nobody can expect a smaller one by saying something else than he believes (T. Gneiting and A. E.
//! Raftery, "Strictly proper scoring rules, prediction, and estimation", JASA 102, 2007).

mod bootstrap;
mod energy;
mod ensemble;
mod interval;
mod marginal;
mod probabilities;
#[cfg(test)]
mod tests;

pub use bootstrap::{MeanScore, bootstrap_scores};
pub use energy::{energy_score, fair_energy_score};
pub use ensemble::Ensemble;
pub use interval::interval_score;
pub use marginal::{crps_joined, crps_normal, crps_part_of_whole, crps_quantiles};
pub use probabilities::{brier_score, log_score, skill};
