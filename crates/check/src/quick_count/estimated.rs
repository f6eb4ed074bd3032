//! Shares and turnout estimated from a sample, with what is missing in the worst case.

use adil_record::{SampleCount, StationReport};
use adil_stat::{Bounds, Missing, RatioEstimate, Stratum, bootstrap_ratio, combined_ratio, stream, worst_case};

/// The part of the sample that must have reported before a margin is worked out as if the rest were missing by chance.
pub(super) const MOST_REPORTED: f64 = 0.9;
/// The same for each stratum by itself.
pub(super) const STRATUM_REPORTED: f64 = 0.5;

/// What a sample of stations says of the country.
#[derive(Debug, Clone, PartialEq)]
pub struct QuickCountEstimate {
    /// The share of each option among all votes for options, in the order of the reports' columns.
    pub shares: Vec<Estimated>,
    /// Turnout, where the frame has every register.
    pub turnout: Option<Estimated>,
    /// How far each stratum has reported.
    pub strata: Vec<StratumReported>,
}

/// How far a stratum has reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StratumReported {
    /// Its name.
    pub name: String,
    /// Units in the frame: stations, or clusters of them.
    pub units: u64,
    /// Units drawn.
    pub drawn: u64,
    /// Stations drawn.
    pub stations: u64,
    /// Stations of these that have reported.
    pub reported: u64,
}

/// A ratio estimated.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimated {
    /// What has been reported, weighted up within its strata; `None` while a stratum has no report.
    pub ratio: Option<f64>,
    /// How uncertain it is.
    pub uncertainty: Uncertainty,
}

/// How uncertain an estimate is. Only a sample that is in whole has a margin of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Uncertainty {
    /// The whole sample has reported.
    Sample(Box<Margin>),
    /// Part of the sample is missing.
    Partial {
        /// The interval that holds whatever the missing stations are; `None` where nothing bounds them.
        worst: Option<Bounds>,
        /// The margin as if the missing ones were missing by chance; `None` where too many are.
        by_chance: Option<Box<Margin>>,
    },
}

/// The margin of a probability sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// The fit that it follows from.
    pub fit: RatioEstimate,
    /// The interval's ends.
    pub interval: (f64, f64),
    /// Whether the interval was made by resampling.
    pub resampled: bool,
}

/// How intervals are made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IntervalBy {
    /// Their level.
    pub level: f64,
    /// Repetitions and seed of a bootstrap within strata; Student's t where there is none.
    pub bootstrap: Option<(usize, u64)>,
}

/// A numerator and a denominator.
type Pair = (f64, f64);
/// Of a station: its report, the register, and the most votes that it can have.
type Observe<'a> = &'a dyn Fn(Option<&StationReport>, Option<u32>, f64) -> (Pair, Pair);

impl QuickCountEstimate {
    /// The estimates of a sample.
    pub fn of(count: &SampleCount, by: IntervalBy) -> Self {
        let most = MostVotes::of(count);
        let ratio =
            |label: &str, bounded: bool, observe: Observe<'_>| estimated(count, &most, by, label, bounded, observe);
        let shares = (0..count.reports.names.len()).map(|option| {
            ratio(&count.reports.names[option], most.is_known(), &|report, _, most| match report {
                Some(report) => {
                    let pair = (f64::from(report.votes[option]), report.base() as f64);
                    (pair, pair)
                }
                None => ((0.0, most), (most, most)),
            })
        });
        let turnout = count.frame.has_registers().then(|| {
            ratio("turnout", true, &|report, register, most| {
                let register = f64::from(register.unwrap_or(0));
                match report {
                    Some(report) => ((report.turnout() as f64, register), (report.turnout() as f64, register)),
                    None => ((0.0, register), (most, register)),
                }
            })
        });
        Self { shares: shares.collect(), turnout, strata: reported(count) }
    }

    /// Stations drawn, and of these reported.
    pub fn reported(&self) -> (u64, u64) {
        self.strata.iter().fold((0, 0), |sums, stratum| (sums.0 + stratum.stations, sums.1 + stratum.reported))
    }
}

/// The most votes that a station without a report can have.
///
/// Its register; and where some station reported more than its register, at least as many as any such: the register bounds
/// nothing there. Without registers it is the most votes that any station has reported.
pub(super) struct MostVotes {
    least: f64,
    has_registers: bool,
}

impl MostVotes {
    fn of(count: &SampleCount) -> Self {
        let has_registers = count.frame.has_registers();
        let above = count.report_of.iter().filter_map(|(&station, &report)| {
            let report = &count.reports.stations[report];
            let votes = report.turnout().max(report.base());
            let register = count.frame.stations[station].register.filter(|_| has_registers);
            register.is_none_or(|register| votes > u64::from(register)).then_some(votes)
        });
        Self { least: above.max().unwrap_or(0) as f64, has_registers }
    }

    fn is_known(&self) -> bool {
        self.has_registers || self.least > 0.0
    }

    fn at(&self, register: Option<u32>) -> f64 {
        self.least.max(register.map_or(0.0, f64::from))
    }
}

fn reported(count: &SampleCount) -> Vec<StratumReported> {
    let of = |stratum: &adil_record::SampledStratum| {
        let stations = stratum.drawn.iter().flatten();
        StratumReported {
            name: stratum.name.clone(),
            units: stratum.units,
            drawn: stratum.drawn.len() as u64,
            stations: stations.clone().count() as u64,
            reported: stations.filter(|station| count.report_of.contains_key(station)).count() as u64,
        }
    };
    count.sample.iter().map(of).collect()
}

fn estimated(
    count: &SampleCount,
    most: &MostVotes,
    by: IntervalBy,
    label: &str,
    bounded: bool,
    observe: Observe<'_>,
) -> Estimated {
    let (mut strata, mut missing) = (Vec::with_capacity(count.sample.len()), Vec::new());
    for (at, sampled) in count.sample.iter().enumerate() {
        let mut stratum = Stratum { population: sampled.units, pairs: Vec::with_capacity(sampled.drawn.len()) };
        for unit in &sampled.drawn {
            let (mut lowest, mut highest, mut whole) = ((0.0, 0.0), (0.0, 0.0), true);
            for station in unit {
                let report = count.report_of.get(station).map(|&report| &count.reports.stations[report]);
                let register = count.frame.stations[*station].register;
                let (low, high) = observe(report, register, most.at(register));
                lowest = (lowest.0 + low.0, lowest.1 + low.1);
                highest = (highest.0 + high.0, highest.1 + high.1);
                whole &= report.is_some();
            }
            match whole {
                true => stratum.pairs.push(lowest),
                false => missing.push(Missing { stratum: at, lowest, highest }),
            }
        }
        strata.push(stratum);
    }
    let fit = combined_ratio(&strata);
    let ratio = fit.as_ref().map(|fit| fit.ratio);
    let margin = |fit: RatioEstimate| {
        let resampled = by.bootstrap.and_then(|(draws, seed)| {
            bootstrap_ratio(&strata, by.level, draws, &mut stream(seed, &format!("quick-count/estimate:{label}"), 0))
        });
        let interval = resampled.unwrap_or_else(|| fit.interval(by.level));
        Box::new(Margin { fit, interval, resampled: resampled.is_some() })
    };
    let uncertainty = match (missing.is_empty(), fit) {
        (true, Some(fit)) => Uncertainty::Sample(margin(fit)),
        (_, fit) => Uncertainty::Partial {
            worst: worst_case(&strata, &missing, by.level).filter(|_| bounded),
            by_chance: fit.filter(|_| is_nearly_whole(count)).map(margin),
        },
    };
    Estimated { ratio, uncertainty }
}

/// Whether so much of the sample has reported that its margin is worth printing: nine tenths of all, half of each stratum.
fn is_nearly_whole(count: &SampleCount) -> bool {
    let strata = reported(count);
    let enough = |part: u64, all: u64, least: f64| part as f64 >= least * all as f64;
    let (all, part) =
        strata.iter().fold((0, 0), |sums, stratum| (sums.0 + stratum.stations, sums.1 + stratum.reported));
    enough(part, all, MOST_REPORTED)
        && strata.iter().all(|stratum| enough(stratum.reported, stratum.stations, STRATUM_REPORTED))
}

impl Estimated {
    /// The interval that may be relied on: the sample's own where it is in whole, else that of the worst case.
    pub fn interval(&self) -> Option<(f64, f64)> {
        match &self.uncertainty {
            Uncertainty::Sample(margin) => Some(margin.interval),
            Uncertainty::Partial { worst, .. } => worst.as_ref().map(Bounds::interval),
        }
    }

    /// The margin of a sample that is in whole, or nearly so.
    pub fn margin(&self) -> Option<&Margin> {
        match &self.uncertainty {
            Uncertainty::Sample(margin) => Some(margin),
            Uncertainty::Partial { by_chance, .. } => by_chance.as_deref(),
        }
    }

    /// Whether the whole sample has reported.
    pub fn is_whole(&self) -> bool {
        matches!(self.uncertainty, Uncertainty::Sample(_))
    }
}
