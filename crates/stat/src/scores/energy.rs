//! The score of several numbers at once, of which a forecast gives joint draws.

/// The energy score of the draws taken as the whole distribution: `mean |X - y| - 1/2 mean |X - X'|` with Euclidean distances, over all
/// ordered pairs (Gneiting and Raftery 2007, equation 22). Of one number it is the continuous ranked probability score. None
/// where there are no draws or their numbers are not as many as those of the outcome.
pub fn energy_score(draws: &[Vec<f64>], outcome: &[f64]) -> Option<f64> {
    let count = draws.len() as f64;
    let (to_outcome, between) = distances(draws, outcome)?;
    Some(to_outcome / count - between / (count * count))
}

/// The same, of the distribution that the draws come from: the second mean is over pairs of different draws. None also of a
/// single draw.
pub fn fair_energy_score(draws: &[Vec<f64>], outcome: &[f64]) -> Option<f64> {
    let count = draws.len() as f64;
    let (to_outcome, between) = distances(draws, outcome).filter(|_| draws.len() > 1)?;
    Some(to_outcome / count - between / (count * (count - 1.0)))
}

/// The sum of the draws' distances to the outcome, and of those between all pairs, each pair once.
fn distances(draws: &[Vec<f64>], outcome: &[f64]) -> Option<(f64, f64)> {
    if draws.is_empty() || draws.iter().any(|draw| draw.len() != outcome.len()) {
        return None;
    }
    let to_outcome = draws.iter().map(|draw| distance(draw, outcome)).sum();
    let pairs = draws.iter().enumerate();
    let between = pairs.map(|(index, one)| draws[index + 1..].iter().map(|other| distance(one, other)).sum::<f64>());
    Some((to_outcome, between.sum()))
}

fn distance(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}
