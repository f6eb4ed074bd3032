//! Scores of the probabilities of outcomes of which exactly one comes about.

/// The logarithmic score (I. J. Good 1952): `-ln p` of what came about, in nats. Infinite where it had been given no chance; give a
/// probability that has a floor, and say so.
pub fn log_score(probability_of_outcome: f64) -> f64 {
    -probability_of_outcome.ln()
}

/// The quadratic score (G. W. Brier, Monthly Weather Review 78, 1950): `sum_k (p_k - o_k)^2`, o being 1 for what came about and 0
/// for all others. From 0 to 2.
pub fn brier_score(probabilities: &[f64], outcome: usize) -> f64 {
    let happened = |index: usize| if index == outcome { 1.0 } else { 0.0 };
    probabilities.iter().enumerate().map(|(index, p)| (p - happened(index)).powi(2)).sum()
}

/// How much of a baseline's loss a forecast saves: `1 - score / baseline`. 1 is perfect, 0 as good as the baseline, below 0 worse;
/// none where the baseline loses nothing.
pub fn skill(score: f64, baseline: f64) -> Option<f64> {
    (baseline > 0.0).then(|| 1.0 - score / baseline)
}
