//! Distributions, resampling and multiple testing, as the checks need them.
//!
//! Everything here is arithmetic on slices: no tables of stations, no files. What draws at random takes a stream that
//! is fixed by a seed, a label and a number, so results do not depend on the order or the number of threads.

mod beta_binomial;
mod binomial;
mod calibrator;
mod clusters;
mod collision;
mod contrast;
mod correlation;
mod density;
mod dirichlet_multinomial;
mod draws;
mod factorial;
mod false_discovery;
mod gamma;
mod least_squares;
mod linear;
mod meta_regression;
mod nearest;
mod poisson;
mod poisson_binomial;
mod proportion;
mod random_effects;
mod scores;
mod stream;
mod summary;
mod survey;
mod tail;
mod truncated_normal;

pub use beta_binomial::{BetaBinomial, Pearson};
pub use binomial::PluginBinomial;
pub use calibrator::e_of_p;
pub use clusters::{draw_clusters, quantile};
pub use collision::{collision, collision_estimate};
pub use contrast::{
    Balance, Candidates, ContrastError, Design, Draws, Exposure, ExposureContrast, ExposureEstimate,
    ExposureProbabilities, MatchRule, MatchedUnits, Matching, Neighbours, PBounds, RandomisationTest, SignedRanks,
    SpillOver, TailProbability, Unmatched, largest_gamma_signed_rank, match_within, randomisation_test,
    signed_rank_bounds, spill_over,
};
pub use correlation::{Correlation, leave_one_out, permutation_p, weighted_correlation};
pub use density::KernelDensity;
pub use dirichlet_multinomial::{DirichletMultinomial, LOGIT_ACCURACY, Prior, ln_uniform};
pub use factorial::ln_factorial;
pub use false_discovery::{benjamini_hochberg, benjamini_yekutieli_ln, e_benjamini_hochberg};
pub use gamma::{digamma, ln_gamma, tetragamma, trigamma};
pub use least_squares::{Mixture, fit_mixture};
pub use linear::solve;
pub use meta_regression::{Coefficient, MetaRegression};
pub use nearest::{Points, on_sphere};
pub use poisson::ln_poisson_at_least;
pub use poisson_binomial::{PoissonBinomial, UpperTail};
pub use proportion::{binomial_at_least, ln_binomial_at_least, lower_bound, sign_test, upper_bound};
pub use random_effects::{OneMore, RandomEffects};
pub use scores::{
    Ensemble, MeanScore, bootstrap_scores, brier_score, crps_joined, crps_normal, crps_part_of_whole, crps_quantiles,
    energy_score, fair_energy_score, interval_score, log_score, skill,
};
pub use stream::{Stream, stream};
pub use summary::{Moments, intraclass};
pub use survey::{
    Allocation, Bounds, Missing, Planned, RatioEstimate, Stratum, StratumSpread, WeightedStratum, WeightedUnit,
    allocate, bootstrap_ratio, combined_ratio, margin_of, t_quantile, weighted_ratio, worst_case,
};
pub use tail::{
    chi_square_upper, ln_f_upper, ln_gamma_lower, ln_gamma_upper, ln_normal_upper, normal_quantile, normal_upper,
};
pub use truncated_normal::{Kronecker, TruncatedNormal};
