//! How many stations to draw for a wanted margin.

use std::collections::BTreeMap;

use adil_record::{Frame, Reports, StationReport};
use adil_stat::{Allocation, Planned, StratumSpread, allocate, margin_of};

/// What a plan is worked out from.
#[derive(Debug, Clone, Copy)]
pub enum PlanFrom<'a> {
    /// The results of an earlier election, or of a pilot, at stations of the frame.
    Earlier(&'a Reports),
    /// Nothing but a share, votes for each unit, and a design effect.
    Assumed {
        /// The share of the option, from 0 to 1; a half is the worst.
        share: f64,
        /// Votes at a unit on average.
        votes: f64,
        /// The design effect of stations as clusters of voters.
        design_effect: f64,
    },
}

/// Sizes by stratum, and what is to be expected of them.
#[derive(Debug, Clone, PartialEq)]
pub struct QuickCountPlan {
    /// Units to draw in each stratum of the frame.
    pub planned: Planned,
    /// The option whose margin decides, by its place among the reports' columns; `None` where a share was assumed.
    pub option: Option<usize>,
    /// Units of the frame that the earlier results have.
    pub known: u64,
}

impl QuickCountPlan {
    /// The smallest sample that gives no option a margin above `margin`, by what is known before.
    ///
    /// `None` where earlier results share no two units with the frame, or have no vote.
    pub fn of(frame: &Frame, from: PlanFrom<'_>, allocation: Allocation, margin: f64, level: f64) -> Option<Self> {
        let reports = match from {
            PlanFrom::Earlier(reports) => reports,
            PlanFrom::Assumed { share, votes, design_effect } => {
                let planned = allocate(&assumed(frame, share, votes, design_effect), allocation, margin, level);
                return Some(Self { planned, option: None, known: 0 });
            }
        };
        let units = Units::of(frame, reports);
        let options = (0..reports.names.len()).map(|option| Some((option, units.spreads(option)?)));
        let spreads: Vec<(usize, Vec<StratumSpread>)> = options.collect::<Option<_>>()?;
        let planned = spreads.iter().map(|(option, strata)| (*option, allocate(strata, allocation, margin, level)));
        let (option, mut planned) = planned.max_by_key(|(_, planned)| planned.sizes.iter().sum::<u64>())?;
        // With sizes by the spread of one option, another's margin may be larger.
        let of_others = spreads.iter().map(|(_, strata)| margin_of(strata, &planned.sizes, level));
        planned.margin = of_others.fold(planned.margin, f64::max);
        Some(Self { planned, option: Some(option), known: units.known() })
    }
}

/// The margin that a sample of these sizes is expected to give an option, by earlier results at stations of the frame.
///
/// `None` where they share no two units with it, or have no vote.
pub fn expected_margin(frame: &Frame, reports: &Reports, option: usize, sizes: &[u64], level: f64) -> Option<f64> {
    Some(margin_of(&Units::of(frame, reports).spreads(option)?, sizes, level))
}

/// A frame's strata if a station were a cluster with that design effect: s^2 = deff R (1 - R) m, for m votes a unit.
fn assumed(frame: &Frame, share: f64, votes: f64, design_effect: f64) -> Vec<StratumSpread> {
    let of = |at| {
        let population = frame.units(at).len() as u64;
        let spread = design_effect * share * (1.0 - share) * votes;
        StratumSpread { population, bottom: population as f64 * votes, spread }
    };
    (0..frame.strata.len()).map(of).collect()
}

/// Earlier votes by unit: of each stratum its size, and votes by option of the units known.
struct Units {
    strata: Vec<(u64, Vec<Vec<u64>>)>,
}

impl Units {
    fn of(frame: &Frame, reports: &Reports) -> Self {
        let earlier: BTreeMap<&str, &StationReport> =
            reports.stations.iter().map(|report| (report.station.as_str(), report)).collect();
        let of = |at| {
            let units = frame.units(at);
            let votes = |stations: &Vec<usize>| -> Option<Vec<u64>> {
                let mut sums = vec![0; reports.names.len()];
                for &station in stations {
                    let report = earlier.get(frame.stations[station].name.as_str())?;
                    sums.iter_mut().zip(&report.votes).for_each(|(sum, &votes)| *sum += u64::from(votes));
                }
                Some(sums)
            };
            (units.len() as u64, units.values().filter_map(votes).collect())
        };
        Self { strata: (0..frame.strata.len()).map(of).collect() }
    }

    fn known(&self) -> u64 {
        self.strata.iter().map(|(_, units)| units.len() as u64).sum()
    }

    /// The spread of an option's residuals; a stratum with fewer than two known units has that of all together.
    fn spreads(&self, option: usize) -> Option<Vec<StratumSpread>> {
        let base = |unit: &[u64]| unit.iter().sum::<u64>() as f64;
        let all = || self.strata.iter().flat_map(|(_, units)| units);
        let (votes, bases) = all().fold((0.0, 0.0), |sums, unit| (sums.0 + unit[option] as f64, sums.1 + base(unit)));
        if bases <= 0.0 {
            return None;
        }
        let ratio = votes / bases;
        let residual = |unit: &Vec<u64>| unit[option] as f64 - ratio * base(unit);
        let overall = variance(&all().map(residual).collect::<Vec<_>>())?;
        let of = |(population, units): &(u64, Vec<Vec<u64>>)| {
            let mean = match units.len() {
                0 => bases / self.known() as f64,
                known => units.iter().map(|unit| base(unit)).sum::<f64>() / known as f64,
            };
            let spread = variance(&units.iter().map(residual).collect::<Vec<_>>()).unwrap_or(overall);
            StratumSpread { population: *population, bottom: *population as f64 * mean, spread }
        };
        Some(self.strata.iter().map(of).collect())
    }
}

fn variance(values: &[f64]) -> Option<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    (values.len() > 1).then(|| values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0))
}
