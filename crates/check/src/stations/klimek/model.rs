//! The model's parameters, densities and fit.

use adil_stat::{KernelDensity, Kronecker, Mixture, TruncatedNormal, fit_mixture};

use crate::stations::rates::Rated;

/// Densities are evaluated at multiples of this.
const GRID_STEP: f64 = 0.001;
/// Peaks at or below this are passed over.
const LOWEST_PEAK: f64 = 0.3;
/// The spread of what is left by extreme stations.
const EXTREME_SPREAD: f64 = 0.075;
/// Stations with smaller registers are left out of the fit.
const SMALLEST_REGISTER: u32 = 100;
/// Bins of the side's votes per registered voter.
const BINS: usize = 100;
/// Evenly spread points for each density.
const POINTS: u32 = 1 << 15;

/// What the data say of honest stations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Parameters {
    /// The peak of turnout.
    pub(super) tau: f64,
    /// The peak of the share.
    pub(super) nu: f64,
    /// The spread of turnout below both peaks.
    pub(super) sigma_tau: f64,
    /// The spread of the share below its peak.
    pub(super) sigma_nu: f64,
    /// The spread of incremental additions: the square root of the share's spread above its peak.
    pub(super) theta: f64,
    /// How high the lower of the two peaks is, as a part of the highest density of turnout or share.
    pub(super) peak_height: f64,
}

/// The model with parameters that give proper laws.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// The parameters.
    pub(super) parameters: Parameters,
    turnout: TruncatedNormal,
    share: TruncatedNormal,
    incremental: TruncatedNormal,
    extreme: TruncatedNormal,
}

/// The observed histogram of the side's votes per registered voter.
#[derive(Debug, Clone)]
pub(super) struct Observed {
    /// The part of stations in each bin.
    pub(super) parts: Vec<f64>,
    stations: usize,
}

/// The best fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    /// The share f_i of incremental stations.
    pub(super) incremental: f64,
    /// The share f_e of extreme stations.
    pub(super) extreme: f64,
    /// The exponent.
    pub(super) alpha: f64,
    /// The sum of squared differences over observed parts.
    pub(super) distance: f64,
    /// The part of stations that would have to change their bin to agree with the model.
    pub(super) misfit: f64,
    /// Whether alpha is the smallest or largest tried.
    pub(super) at_edge: bool,
}

impl Parameters {
    /// From all stations; `None` where turnout or share has no peak above 0.3.
    pub(super) fn of(stations: &[Rated]) -> Option<Self> {
        let peak = |value: fn(&Rated) -> f64| {
            let values: Vec<f64> = stations.iter().map(value).collect();
            let points = (1.0 / GRID_STEP) as usize + 1;
            let density = KernelDensity::new(&values)?;
            let peak = density.first_peak(0.0, GRID_STEP, points, LOWEST_PEAK)?;
            Some((peak, density.at(peak) / density.highest(0.0, GRID_STEP, points)))
        };
        let ((tau, of_turnout), (nu, of_share)) = (peak(Rated::turnout)?, peak(Rated::share)?);
        let below = |station: &&Rated| station.turnout() < tau && station.share() < nu;
        let sigma_tau = spread(stations.iter().filter(below).map(|station| station.turnout() - tau))?;
        let shares = || stations.iter().map(|station| station.share() - nu);
        let sigma_nu = spread(shares().filter(|&away| away < 0.0))?;
        let theta = spread(shares().filter(|&away| away > 0.0))?.sqrt();
        Some(Self { tau, nu, sigma_tau, sigma_nu, theta, peak_height: of_turnout.min(of_share) })
    }
}

/// The root of the mean square; `None` without values.
fn spread(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), value| (sum + value * value, count + 1));
    (count > 0).then(|| (sum / f64::from(count)).sqrt())
}

/// The part of stations with at least 100 voters in each bin of votes per registered voter.
pub(super) fn observed_histogram(stations: &[Rated]) -> Observed {
    let kept = || stations.iter().filter(|station| station.registered >= SMALLEST_REGISTER);
    let values = kept().map(|station| f64::from(station.leader) / f64::from(station.registered));
    Observed { parts: histogram(values), stations: kept().count() }
}

/// The part of the values in each bin; values above 1 are in the last.
fn histogram(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut parts = vec![0.0; BINS];
    let mut count = 0.0;
    for value in values {
        parts[((value * BINS as f64) as usize).min(BINS - 1)] += 1.0;
        count += 1.0;
    }
    parts.iter_mut().for_each(|part| *part /= f64::max(count, 1.0));
    parts
}

/// A point of the model: an honest station, and how much is added to it in either way.
struct Station {
    turnout: f64,
    share: f64,
    incremental: f64,
    extreme: f64,
}

impl Station {
    /// w = t v + xi (1 - t) + xi^alpha (1 - v) t
    fn with(&self, added: f64, alpha: f64) -> f64 {
        let honest = self.turnout * self.share;
        honest + added * (1.0 - self.turnout) + added.powf(alpha) * (self.turnout - honest)
    }
}

impl Shape {
    /// The model that the stations suggest; `None` where there is no peak or no spread.
    pub(super) fn of(stations: &[Rated]) -> Option<Self> {
        let parameters = Parameters::of(stations)?;
        Some(Self {
            parameters,
            turnout: TruncatedNormal::new(parameters.tau, parameters.sigma_tau)?,
            share: TruncatedNormal::new(parameters.nu, parameters.sigma_nu)?,
            incremental: TruncatedNormal::new(0.0, parameters.theta)?,
            extreme: TruncatedNormal::new(0.0, EXTREME_SPREAD)?,
        })
    }

    /// The shares and alpha that bring the model closest to the observed histogram, and the model's histogram.
    pub(super) fn fit(&self, observed: &Observed) -> Option<(Fit, Vec<f64>)> {
        let points = Kronecker::default();
        let stations: Vec<Station> = (0..POINTS).map(|index| self.station(points.point(index))).collect();
        // An empty bin weighs as one with a single station.
        let least = 1.0 / observed.stations.max(1) as f64;
        let weights: Vec<f64> = observed.parts.iter().map(|&part| 1.0 / part.max(least)).collect();
        let honest = histogram(stations.iter().map(|station| station.turnout * station.share));
        let mut best: Option<(f64, Mixture, Vec<f64>)> = None;
        let alphas = || (5u32..=50).map(|tenths| f64::from(tenths) / 10.0);
        for alpha in alphas() {
            let incremental = histogram(stations.iter().map(|station| station.with(station.incremental, alpha)));
            let extreme = histogram(stations.iter().map(|station| station.with(station.extreme, alpha)));
            let Some(mixture) = fit_mixture(&[&honest, &incremental, &extreme], &observed.parts, &weights) else {
                continue;
            };
            if best.as_ref().is_none_or(|(_, best, _)| mixture.distance < best.distance) {
                let shares = &mixture.shares;
                let mixed =
                    |bin: usize| shares[0] * honest[bin] + shares[1] * incremental[bin] + shares[2] * extreme[bin];
                let modelled = (0..BINS).map(mixed).collect();
                best = Some((alpha, mixture, modelled));
            }
        }
        let (alpha, mixture, modelled) = best?;
        let at_edge = alphas().next() == Some(alpha) || alphas().next_back() == Some(alpha);
        let misfit = observed.parts.iter().zip(&modelled).map(|(y, m)| (y - m).abs()).sum::<f64>() / 2.0;
        let (incremental, extreme) = (mixture.shares[1], mixture.shares[2]);
        let fit = Fit { incremental, extreme, alpha, distance: mixture.distance, misfit, at_edge };
        Some((fit, modelled))
    }

    fn station(&self, [turnout, share, added]: [f64; 3]) -> Station {
        Station {
            turnout: self.turnout.quantile(turnout),
            share: self.share.quantile(share),
            incremental: self.incremental.quantile(added),
            extreme: 1.0 - self.extreme.quantile(added),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_recovered_from_its_own_histogram() {
        let parameters =
            Parameters { tau: 0.55, nu: 0.4, sigma_tau: 0.08, sigma_nu: 0.07, theta: 0.5, peak_height: 1.0 };
        let law = |mean, sd| TruncatedNormal::new(mean, sd).expect("a law");
        let shape = Shape {
            parameters,
            turnout: law(parameters.tau, parameters.sigma_tau),
            share: law(parameters.nu, parameters.sigma_nu),
            incremental: law(0.0, parameters.theta),
            extreme: law(0.0, EXTREME_SPREAD),
        };
        let points = Kronecker::default();
        // Other points than those of the fit: 30 % incremental, 10 % extreme, alpha = 2.
        let values = (POINTS..2 * POINTS).map(|index| {
            let station = shape.station(points.point(index));
            match index % 10 {
                0 => station.with(station.extreme, 2.0),
                1..=3 => station.with(station.incremental, 2.0),
                _ => station.turnout * station.share,
            }
        });
        let observed = Observed { parts: histogram(values), stations: POINTS as usize };
        let (fit, _) = shape.fit(&observed).expect("a fit");
        assert!((fit.incremental - 0.3).abs() < 0.02, "{fit:?}");
        assert!((fit.extreme - 0.1).abs() < 0.02, "{fit:?}");
        assert!((fit.alpha - 2.0).abs() <= 0.3, "{fit:?}");
    }

    #[test]
    fn stations_without_spread_have_no_shape() {
        let station = Rated { row: 0, voted: 50, registered: 100, leader: 20, base: 50 };
        assert!(Shape::of(&vec![station; 200]).is_none());
    }
}
