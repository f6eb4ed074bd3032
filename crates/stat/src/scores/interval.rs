//! The score of an interval.

/// The interval score of a central interval that is to hold the outcome with probability `level`:
/// `(u - l) + 2/a (l - y)+ + 2/a (y - u)+`, a = 1 - level (R. L. Winkler 1972; Gneiting and Raftery 2007, equation 43).
pub fn interval_score(low: f64, high: f64, level: f64, outcome: f64) -> f64 {
    let missed = (low - outcome).max(0.0) + (outcome - high).max(0.0);
    (high - low) + 2.0 / (1.0 - level) * missed
}
