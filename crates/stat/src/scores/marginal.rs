//! The continuous ranked probability score of one number, `integral (F(x) - 1{x >= y})^2 dx`: in the unit of the number, and for a
//! point forecast its absolute error.

use std::f64::consts::PI;

use crate::normal_upper;

/// Of a normal distribution: `s (z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi))`, z = (y - m)/s (Gneiting, Raftery, Westveld and Goldman,
/// Monthly Weather Review 133, 2005). With s = 0 it is a point forecast.
pub fn crps_normal(mean: f64, sd: f64, outcome: f64) -> f64 {
    if sd <= 0.0 {
        return (outcome - mean).abs();
    }
    let z = (outcome - mean) / sd;
    let density = (-0.5 * z * z).exp() / (2.0 * PI).sqrt();
    sd * (z * (1.0 - 2.0 * normal_upper(z)) + 2.0 * density - 1.0 / PI.sqrt())
}

/// Of quantiles, pairs of level and value: twice the mean of their pinball losses, `(1{y < q} - a)(q - y)`. It is proper for the
/// quantiles given and approaches the score of the whole distribution as levels become evenly dense. 0 where there are none.
pub fn crps_quantiles(quantiles: &[(f64, f64)], outcome: f64) -> f64 {
    let loss = |&(level, value): &(f64, f64)| match value <= outcome {
        true => level * (outcome - value),
        false => (1.0 - level) * (value - outcome),
    };
    2.0 * quantiles.iter().map(loss).sum::<f64>() / quantiles.len().max(1) as f64
}

/// Of a distribution function that is given at points and joined by straight lines: pairs of value and level, both ascending, from level
/// 0 to level 1. Unlike the losses of quantiles, it can be compared between forecasts that give different levels. On a piece of
/// length w on which the difference to the outcome's step goes from a to b, the integral is `w (a^2 + a b + b^2)/3`.
pub fn crps_joined(points: &[(f64, f64)], outcome: f64) -> f64 {
    let piece = |width: f64, a: f64, b: f64| width * (a * a + a * b + b * b) / 3.0;
    let (first, last) = (points.first().map_or(0.0, |point| point.0), points.last().map_or(0.0, |point| point.0));
    let outside = (first - outcome).max(0.0) + (outcome - last).max(0.0);
    let inside = points.windows(2).map(|pair| {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        match () {
            () if to <= outcome => piece(to - from, low, high),
            () if from >= outcome => piece(to - from, 1.0 - low, 1.0 - high),
            () => {
                let at = low + (high - low) * (outcome - from) / (to - from);
                piece(outcome - from, low, at) + piece(to - outcome, 1.0 - at, 1.0 - high)
            }
        }
    });
    outside + inside.sum::<f64>()
}

/// Of somebody who knows nothing but that the number is one of `parts` parts of a whole, all ways to divide it being equally likely:
/// the distribution Beta(1, b) with b = parts - 1, `F(x) = 1 - (1 - x)^b`, so that
///
/// ```text
/// y - 2 (1 - (1 - y)^(b+1))/(b + 1) + (1 - (1 - y)^(2b+1))/(2b + 1) + (1 - y)^(2b+1)/(2b + 1)
/// ```
///
/// With two parts it is the uniform distribution. A whole of one part is 1.
pub fn crps_part_of_whole(parts: usize, outcome: f64) -> f64 {
    let Some(b) = parts.checked_sub(1).filter(|&b| b > 0) else { return (1.0 - outcome).abs() };
    let (b, rest) = (b as f64, 1.0 - outcome);
    outcome - 2.0 * (1.0 - rest.powf(b + 1.0)) / (b + 1.0) + 1.0 / (2.0 * b + 1.0)
}
