//! What a forecast says.

use std::collections::BTreeMap;

use super::ForecastFault;
use super::line::{RawDistribution, RawForecast};

/// A fraction from 0 to 1, in whole billionths, so that every reader hashes the same number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fraction(u32);

/// A distribution of a fraction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distribution {
    /// A normal distribution; a point where the deviation is 0.
    Normal {
        /// The mean.
        mean: Fraction,
        /// The standard deviation.
        sd: Fraction,
    },
    /// Levels and values, both ascending; 1 to 99 of them.
    Quantiles(Vec<(Fraction, Fraction)>),
    /// Draws, each as likely as the others; 2 to 10,000 of them.
    Samples(Vec<Fraction>),
}

/// A forecast of one contest: of the official result. It has at least one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The probability that an option gets the most votes, by the option's identifier. Options that are not named have none.
    pub winner: Option<BTreeMap<String, Fraction>>,
    /// The share of an option, of the votes that the official result takes shares of.
    pub shares: Option<BTreeMap<String, Distribution>>,
    /// The turnout.
    pub turnout: Option<Distribution>,
}

const BILLION: u32 = 1_000_000_000;
/// How far a sum may be from 1, in billionths: thirds that are printed with six decimals are allowed.
const ROUNDING: u64 = 1_000;
const MOST_QUANTILES: usize = 99;
const MOST_SAMPLES: usize = 10_000;

impl Fraction {
    /// A number with at most nine decimals.
    ///
    /// # Errors
    /// It is none, or not from 0 to 1.
    pub(super) fn of(number: f64) -> Result<Self, ForecastFault> {
        let billionths = number * f64::from(BILLION);
        let is_fraction = (0.0..=1.0).contains(&number) && (billionths - billionths.round()).abs() < 1e-5;
        if is_fraction { Ok(Self(billionths.round() as u32)) } else { Err(ForecastFault::Fraction(number.to_string())) }
    }

    /// As a number.
    pub fn value(self) -> f64 {
        f64::from(self.0) / f64::from(BILLION)
    }

    /// In billionths.
    pub fn billionths(self) -> u32 {
        self.0
    }
}

impl Forecast {
    /// Takes a forecast as it was written.
    ///
    /// # Errors
    /// It has no part, or one that cannot be.
    pub(super) fn of(raw: &RawForecast) -> Result<Self, ForecastFault> {
        let distributions = |pairs: &[(String, RawDistribution)]| {
            let of = |(option, raw): &(String, _)| Ok((option.clone(), Distribution::of(option, raw)?));
            pairs.iter().map(of).collect::<Result<BTreeMap<_, _>, ForecastFault>>()
        };
        let fractions = |pairs: &[(String, f64)]| {
            let of = |(option, number): &(String, f64)| Ok((option.clone(), Fraction::of(*number)?));
            pairs.iter().map(of).collect::<Result<BTreeMap<_, _>, ForecastFault>>()
        };
        let forecast = Self {
            winner: raw.winner.as_ref().map(|pairs| fractions(&pairs.0)).transpose()?,
            shares: raw.shares.as_ref().map(|pairs| distributions(&pairs.0)).transpose()?,
            turnout: raw.turnout.as_ref().map(|raw| Distribution::of("turnout", raw)).transpose()?,
        };
        forecast.hold()?;
        Ok(forecast)
    }

    fn hold(&self) -> Result<(), ForecastFault> {
        let is_empty = |shares: &BTreeMap<_, _>| shares.is_empty();
        if (self.winner.is_none() && self.shares.is_none() && self.turnout.is_none())
            || self.shares.as_ref().is_some_and(is_empty)
        {
            return Err(ForecastFault::Nothing);
        }
        if let Some(winner) = &self.winner {
            let sum: u64 = winner.values().map(|fraction| u64::from(fraction.0)).sum();
            if sum.abs_diff(BILLION.into()) > ROUNDING {
                return Err(ForecastFault::Sum((sum as f64 / f64::from(BILLION)).to_string()));
            }
        }
        self.shares.as_ref().map_or(Ok(()), parts_of_a_whole)
    }

    /// The options that it names.
    pub fn options(&self) -> impl Iterator<Item = &str> {
        let winner = self.winner.iter().flat_map(BTreeMap::keys);
        winner.chain(self.shares.iter().flat_map(BTreeMap::keys)).map(String::as_str)
    }
}

fn parts_of_a_whole(shares: &BTreeMap<String, Distribution>) -> Result<(), ForecastFault> {
    let counts: Vec<Option<usize>> = shares.values().map(|share| share.samples().map(<[_]>::len)).collect();
    let fault = |fault| Err(ForecastFault::Shares(fault));
    if counts.iter().any(|count| *count != counts[0]) {
        return fault("have samples for some options and not for others, or not equally many");
    }
    let limit = u64::from(BILLION) + ROUNDING;
    let sum = |of: &dyn Fn(&Distribution) -> u32| shares.values().map(|share| u64::from(of(share))).sum::<u64>();
    if let Some(draws) = counts[0] {
        let in_draw = |draw: usize| sum(&|share| share.samples().map_or(0, |samples| samples[draw].0));
        return if (0..draws).all(|draw| in_draw(draw) <= limit) {
            Ok(())
        } else {
            fault("of one draw are together more than 1")
        };
    }
    let middle = |share: &Distribution| match share {
        Distribution::Normal { mean, .. } => mean.0,
        // Medians may add up to more than 1 where distributions lean, so that they are not held to it.
        _ => 0,
    };
    if sum(&middle) <= limit { Ok(()) } else { fault("have means that are together more than 1") }
}

impl Distribution {
    fn of(what: &str, raw: &RawDistribution) -> Result<Self, ForecastFault> {
        let fault = |fault| Err(ForecastFault::Distribution { what: what.to_owned(), fault });
        let fractions =
            |numbers: &[f64]| numbers.iter().map(|number| Fraction::of(*number)).collect::<Result<Vec<_>, _>>();
        match raw {
            RawDistribution { mean: Some(mean), sd: Some(sd), quantiles: None, samples: None } => {
                Ok(Self::Normal { mean: Fraction::of(*mean)?, sd: Fraction::of(*sd)? })
            }
            RawDistribution { mean: None, sd: None, quantiles: Some(pairs), samples: None } => {
                let levels = fractions(&pairs.iter().map(|(level, _)| *level).collect::<Vec<_>>())?;
                let values = fractions(&pairs.iter().map(|(_, value)| *value).collect::<Vec<_>>())?;
                let inside = levels.iter().all(|level| (1..BILLION).contains(&level.0));
                match () {
                    () if !(1..=MOST_QUANTILES).contains(&pairs.len()) => fault("has not 1 to 99 quantiles"),
                    () if !inside => fault("has a quantile at the level 0 or 1"),
                    () if !levels.is_sorted_by(|one, next| one < next) => fault("has levels that do not ascend"),
                    () if !values.is_sorted() => fault("has quantiles that descend"),
                    () => Ok(Self::Quantiles(levels.into_iter().zip(values).collect())),
                }
            }
            RawDistribution { mean: None, sd: None, quantiles: None, samples: Some(samples) } => {
                match (2..=MOST_SAMPLES).contains(&samples.len()) {
                    true => Ok(Self::Samples(fractions(samples)?)),
                    false => fault("has not 2 to 10,000 samples"),
                }
            }
            _ => fault("has to be a mean with an sd, or quantiles, or samples"),
        }
    }

    /// Its draws, where it is given by draws.
    pub fn samples(&self) -> Option<&[Fraction]> {
        match self {
            Self::Samples(samples) => Some(samples),
            _ => None,
        }
    }
}
