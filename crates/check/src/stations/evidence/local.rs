//! What the logit of a proportion is expected to be in a station, from the other stations around it.
//!
//! With y the logit observed in station i (turnout, or a side's share), v its sampling variance and x the logarithm of its
//! register less the country's mean,
//!
//! ```text
//! y_i = m + b x_i + u(region) + u(district) + … + e_i + error,    u(level) ~ N(0, tau of the level),  e ~ N(0, s2 of the region)
//! ```
//!
//! The effects u are shrunk means of what the wider levels leave, the slope b is a region's drawn towards the country's. tau is
//! found by expectation and maximisation, s2 from the median of squared residuals, and stations far from the others lose
//! their weight (Huber 1964), so that up to half of the stations of a region may be unlike the rest without moving s2 to theirs.
//! The prediction for a station that was not fitted on is N(m + b x + sum of u, s2 + sum of the variances of u).

use rayon::prelude::*;

use super::areas::{Areas, Level};

/// Rounds of the fit.
const ROUNDS: usize = 8;
/// The median of the square of a standard normal variable.
const MEDIAN_SQUARE: f64 = 0.454_936_423_119_572_8;
/// Residuals, in standard deviations, beyond which a station's weight falls, and beyond which it has none.
const FULL: f64 = 2.0;
const NONE: f64 = 5.0;
/// The least variance of a logit among stations: nobody is as alike as that.
const LEAST_VARIANCE: f64 = 1e-4;
/// Stations that a region needs for a spread of its own.
const OWN_SPREAD: usize = 60;
/// How many units of information on the slope the country counts for in a region.
const SLOPE_PRIOR: f64 = 50.0;

/// The logit of a proportion in each station.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Logit {
    /// The logit of (k + 1/2) / (n + 1).
    pub(crate) y: f64,
    /// Its sampling variance, 1/(k + 1/2) + 1/(n - k + 1/2).
    pub(crate) v: f64,
}

impl Logit {
    /// Of `part` in `part + rest`.
    pub(crate) fn of(part: u32, rest: u32) -> Self {
        let (part, rest) = (f64::from(part) + 0.5, f64::from(rest) + 0.5);
        Self { y: (part / rest).ln(), v: part.recip() + rest.recip() }
    }
}

/// A normal distribution of a logit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Expected {
    /// The mean.
    pub(crate) mean: f64,
    pub(crate) variance: f64,
    /// The mean and the variance where nothing is known of the station but its size and region's spread: as if it stood in another
    /// area of the country.
    pub(crate) anywhere: (f64, f64),
}

/// What is expected in every station, from those that are `fitted`. `x` has a mean near 0.
pub(crate) fn expected(logits: &[Logit], x: &[f64], areas: &Areas, fitted: &[bool]) -> Vec<Expected> {
    let mut fit = Fit::new(logits, x, areas, fitted);
    for _ in 0..ROUNDS {
        fit.round();
    }
    fit.expected()
}

struct Effects {
    of: Vec<f64>,
    variance: Vec<f64>,
    tau: f64,
}

struct Fit<'a> {
    logits: &'a [Logit],
    x: &'a [f64],
    areas: &'a Areas,
    fitted: &'a [bool],
    regions: Level,
    mean: f64,
    slopes: Vec<f64>,
    levels: Vec<Effects>,
    /// The variance between stations, by region.
    spread: Vec<f64>,
    /// Between 0 and 1; 0 for stations that are not fitted on.
    trust: Vec<f64>,
}

impl<'a> Fit<'a> {
    fn new(logits: &'a [Logit], x: &'a [f64], areas: &'a Areas, fitted: &'a [bool]) -> Self {
        let regions = areas.regions();
        let effects =
            |level: &Level| Effects { of: vec![0.0; level.count], variance: vec![0.1; level.count], tau: 0.1 };
        Self {
            mean: 0.0,
            slopes: vec![0.0; regions.count],
            levels: areas.levels().iter().map(effects).collect(),
            spread: vec![0.1; regions.count],
            trust: fitted.iter().map(|&fitted| f64::from(u8::from(fitted))).collect(),
            logits,
            x,
            areas,
            fitted,
            regions,
        }
    }

    fn round(&mut self) {
        let weights: Vec<f64> = (0..self.logits.len())
            .map(|row| self.trust[row] / (self.spread[self.regions.of[row]] + self.logits[row].v))
            .collect();
        self.fit_slopes(&weights);
        let mut left: Vec<f64> = self
            .logits
            .iter()
            .zip(self.x)
            .zip(&self.regions.of)
            .map(|((l, x), &region)| l.y - self.slopes[region] * x)
            .collect();
        self.mean = weighted_mean(&left, &weights);
        left.iter_mut().for_each(|left| *left -= self.mean);
        for (level, effects) in self.areas.levels().iter().zip(&mut self.levels) {
            effects.fit(level, &mut left, &weights);
        }
        self.fit_spread(&left, &weights);
        self.fit_trust(&left);
    }

    /// The slopes on x inside the narrowest areas.
    fn fit_slopes(&mut self, weights: &[f64]) {
        let one = Level { of: vec![0; weights.len()], count: 1 };
        let narrowest = self.areas.levels().last().unwrap_or(&one);
        let mut sums = vec![[0.0f64; 3]; narrowest.count];
        for (row, &area) in narrowest.of.iter().enumerate() {
            let (w, [all, x, y]) = (weights[row], &mut sums[area]);
            *all += w;
            *x += w * self.x[row];
            *y += w * self.logits[row].y;
        }
        let mut moments = vec![(0.0, 0.0); self.regions.count];
        for (row, &area) in narrowest.of.iter().enumerate().filter(|(row, _)| weights[*row] > 0.0) {
            let [all, x, y] = sums[area];
            let (x, y) = (self.x[row] - x / all, self.logits[row].y - y / all);
            let (xx, xy) = &mut moments[self.regions.of[row]];
            *xx += weights[row] * x * x;
            *xy += weights[row] * x * y;
        }
        let (xx, xy) = moments.iter().fold((0.0, 0.0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
        let country = if xx > 0.0 { xy / xx } else { 0.0 };
        let slope = |(xx, xy): &(f64, f64)| (xy + SLOPE_PRIOR * country) / (xx + SLOPE_PRIOR);
        self.slopes = moments.iter().map(slope).collect();
    }

    /// The variance between stations of each region: with r the residual and h what the station itself has of the prediction,
    /// median(r^2 / (1 - h)) = (s2 + v) times the median square of a normal variable.
    fn fit_spread(&mut self, left: &[f64], weights: &[f64]) {
        let one = vec![0.0; 1];
        let none = vec![0; left.len()];
        let (narrowest, variance) = match (self.areas.levels().last(), self.levels.last()) {
            (Some(level), Some(effects)) => (&level.of, &effects.variance),
            _ => (&none, &one),
        };
        let mut of_regions: Vec<Vec<(f64, f64)>> = vec![Vec::new(); self.regions.count];
        for row in (0..left.len()).filter(|&row| self.fitted[row]) {
            let own = (weights[row] * variance[narrowest[row]]).min(0.9);
            let square = left[row] * left[row] / (1.0 - own);
            let (region, v) = (self.regions.of[row], self.logits[row].v);
            // Where few votes tell little of the logit, they tell little of its spread.
            let informed = self.spread[region] / (self.spread[region] + v);
            of_regions[region].push((square / MEDIAN_SQUARE - v, informed));
        }
        let needs_country = of_regions.iter().any(|own| own.len() < OWN_SPREAD);
        let mut all: Vec<(f64, f64)> =
            if needs_country { of_regions.iter().flatten().copied().collect() } else { Vec::new() };
        let country = weighted_median(&mut all).max(LEAST_VARIANCE);
        self.spread = of_regions
            .par_iter_mut()
            .map(|own| if own.len() >= OWN_SPREAD { weighted_median(own).max(LEAST_VARIANCE) } else { country })
            .collect();
    }

    fn fit_trust(&mut self, left: &[f64]) {
        for row in (0..left.len()).filter(|&row| self.fitted[row]) {
            let deviation = (self.spread[self.regions.of[row]] + self.logits[row].v + self.uncertain(row)).sqrt();
            let z = left[row].abs() / deviation;
            self.trust[row] = if z > NONE { 0.0 } else { (FULL / z).min(1.0) };
        }
    }

    /// The variance of what is not known of a station's areas.
    fn uncertain(&self, row: usize) -> f64 {
        self.areas.levels().iter().zip(&self.levels).map(|(level, effects)| effects.variance[level.of[row]]).sum()
    }

    fn expected(&self) -> Vec<Expected> {
        let all: f64 = self.levels.iter().map(|effects| effects.tau).sum();
        let of = |row: usize| {
            let region = self.regions.of[row];
            let effects =
                self.areas.levels().iter().zip(&self.levels).map(|(level, effects)| effects.of[level.of[row]]);
            Expected {
                mean: self.mean + self.slopes[region] * self.x[row] + effects.sum::<f64>(),
                variance: self.spread[region] + self.uncertain(row),
                anywhere: (self.mean + self.slopes[region] * self.x[row], self.spread[region] + all),
            }
        };
        (0..self.logits.len()).map(of).collect()
    }
}

impl Effects {
    /// Shrunk means of what is left in each area; takes them off.
    fn fit(&mut self, level: &Level, left: &mut [f64], weights: &[f64]) {
        let mut sums = vec![(0.0f64, 0.0f64); level.count];
        for (row, &area) in level.of.iter().enumerate() {
            let (all, sum) = &mut sums[area];
            *all += weights[row];
            *sum += weights[row] * left[row];
        }
        let (mut squares, mut seen) = (0.0, 0.0);
        for (area, (all, sum)) in sums.into_iter().enumerate() {
            let precision = all + self.tau.recip();
            self.of[area] = sum / precision;
            self.variance[area] = precision.recip();
            if all > 0.0 {
                squares += self.of[area] * self.of[area] + self.variance[area];
                seen += 1.0;
            }
        }
        if seen > 0.0 {
            self.tau = f64::max(squares / seen, LEAST_VARIANCE);
        }
        left.iter_mut().zip(&level.of).for_each(|(left, &area)| *left -= self.of[area]);
    }
}

fn weighted_mean(values: &[f64], weights: &[f64]) -> f64 {
    let all: f64 = weights.iter().sum();
    if all > 0.0 { values.iter().zip(weights).map(|(value, weight)| value * weight).sum::<f64>() / all } else { 0.0 }
}

/// The least of some numbers with at least half of the weight at or below it; 0 of none.
fn weighted_median(values: &mut [(f64, f64)]) -> f64 {
    let half = 0.5 * values.iter().map(|(_, weight)| weight).sum::<f64>();
    values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut sum = 0.0;
    let reaches = |(value, weight): &(f64, f64)| {
        sum += weight;
        (sum >= half).then_some(*value)
    };
    values.iter().find_map(reaches).unwrap_or(0.0)
}
