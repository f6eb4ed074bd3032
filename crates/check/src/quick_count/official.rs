//! A sample set against the official table: on the same stations, and as a whole.

use adil_record::{Counts, OptionId, SampleCount, StationIndex, StationReport, StationTable, Term};
use adil_stat::{Stratum, combined_ratio, sign_test};

/// The official table as the frame's stations see it.
pub(super) struct Official<'a> {
    pub(super) table: &'a StationTable,
    /// The row of each station of the frame.
    rows: Vec<Option<usize>>,
    /// Voters who took part, where the table has a line for them; ballots alone would leave out who took one home.
    voted: Option<Counts>,
}

/// A station whose report and official row differ.
pub(super) struct Difference<'a> {
    pub(super) report: &'a StationReport,
    /// Its row in the official table.
    pub(super) row: usize,
    /// Official votes by option, in the order of the report's columns.
    pub(super) official: Vec<u32>,
}

/// The stations that have both a report and an official row with votes for every option of the report.
pub(super) struct Paired<'a> {
    pub(super) compared: u64,
    pub(super) differing: Vec<Difference<'a>>,
}

/// How the share of an option differs on the same stations.
pub(super) struct PairedShift {
    /// Official share less the reported one, weighted as the sample is.
    pub(super) shift: f64,
    /// Half the width of its interval.
    pub(super) margin: f64,
    /// Stations in which the official votes are above those reported, and below.
    pub(super) up: u64,
    pub(super) down: u64,
    /// The two-sided sign test of these.
    pub(super) p: f64,
}

impl<'a> Official<'a> {
    /// Finds the frame's stations in a table: by their full name with the areas, or by their own where no other has it.
    pub(super) fn of(table: &'a StationTable, count: &SampleCount) -> Self {
        let index = StationIndex::of(table);
        let rows = count.frame.stations.iter().map(|station| index.find(&station.name)).collect();
        // Votes for options are no turnout: invalid papers are missing.
        let voted = table.issued().or_else(|| table.in_boxes()).or_else(|| {
            table.line(Term::Invalid)?;
            table.ballots()
        });
        Self { table, rows, voted }
    }

    /// Stations of the frame that the table has.
    pub(super) fn found(&self) -> u64 {
        self.rows.iter().flatten().count() as u64
    }

    /// The official share of each option of the reports over the frame's stations; `None` without votes.
    pub(super) fn shares(&self, options: &[OptionId]) -> Option<Vec<f64>> {
        let of = |option: &OptionId| -> u64 {
            let votes = self.table.option(*option);
            self.rows.iter().flatten().filter_map(|&row| votes.get(row)).map(u64::from).sum()
        };
        let votes: Vec<u64> = options.iter().map(of).collect();
        let all: u64 = votes.iter().sum();
        (all > 0).then(|| votes.iter().map(|&votes| votes as f64 / all as f64).collect())
    }

    fn votes(&self, station: usize, options: &[OptionId]) -> Option<(usize, Vec<u32>)> {
        let row = self.rows[station]?;
        let votes: Option<Vec<u32>> = options.iter().map(|&option| self.table.option(option).get(row)).collect();
        Some((row, votes?))
    }

    /// The stations that have both.
    pub(super) fn paired<'c>(&self, count: &'c SampleCount) -> Paired<'c> {
        let (mut compared, mut differing) = (0, Vec::new());
        for (&station, &report) in &count.report_of {
            let report = &count.reports.stations[report];
            if let Some((row, official)) = self.votes(station, &count.reports.options) {
                compared += 1;
                if official != report.votes {
                    differing.push(Difference { report, row, official });
                }
            }
        }
        Paired { compared, differing }
    }

    /// How an option's share differs on the stations that have both, weighted up within their strata.
    pub(super) fn shift(&self, count: &SampleCount, option: usize, level: f64) -> Option<PairedShift> {
        shift(count, level, |station, report| {
            let (_, votes) = self.votes(station, &count.reports.options)?;
            let all: u64 = votes.iter().map(|&votes| u64::from(votes)).sum();
            let (said, found) = (*report.votes.get(option)?, *votes.get(option)?);
            Some(((f64::from(said), report.base() as f64), (f64::from(found), all as f64)))
        })
    }

    /// The same of turnout; the register is the frame's in both.
    pub(super) fn turnout_shift(&self, count: &SampleCount, level: f64) -> Option<PairedShift> {
        shift(count, level, |station, report| {
            let register = f64::from(count.frame.stations.get(station)?.register?);
            let voted = self.voted.as_ref()?.get((*self.rows.get(station)?)?)?;
            Some(((report.turnout() as f64, register), (f64::from(voted), register)))
        })
    }

    /// The official turnout over the frame's stations: voters by the table, over the registers of the frame.
    pub(super) fn turnout(&self, count: &SampleCount) -> Option<f64> {
        let voted = self.voted.as_ref()?;
        let of = |(row, station): (&Option<usize>, &adil_record::FrameStation)| {
            Some((u64::from(voted.get((*row)?)?), u64::from(station.register?)))
        };
        let known = self.rows.iter().zip(&count.frame.stations).filter_map(of);
        let (voted, registers) = known.fold((0, 0), |sums, pair| (sums.0 + pair.0, sums.1 + pair.1));
        (voted > 0 && registers > 0).then(|| voted as f64 / registers as f64)
    }
}

/// Numerator and denominator by the report, and by the official row.
type Pairs = ((f64, f64), (f64, f64));

/// How a ratio differs on the stations that have both, weighted up within their strata. With the residuals
/// z = (a' - R' m')/M' - (a - R m)/M of official and reported numbers, the variance is sum N^2 (1 - n/N) s_z^2 / n.
/// `None` where a stratum has no station with both.
fn shift(
    count: &SampleCount,
    level: f64,
    both: impl Fn(usize, &StationReport) -> Option<Pairs>,
) -> Option<PairedShift> {
    let mut reported: Vec<Stratum> = Vec::new();
    let mut official: Vec<Stratum> = Vec::new();
    let (mut up, mut down) = (0, 0);
    for sampled in &count.sample {
        let empty = || Stratum { population: sampled.units, pairs: Vec::new() };
        let (mut said, mut found) = (empty(), empty());
        for unit in &sampled.drawn {
            let (mut own, mut other, mut some) = ((0.0, 0.0), (0.0, 0.0), false);
            for &station in unit {
                let Some(&report) = count.report_of.get(&station) else { continue };
                let Some((said, found)) = both(station, &count.reports.stations[report]) else { continue };
                some = true;
                own = (own.0 + said.0, own.1 + said.1);
                other = (other.0 + found.0, other.1 + found.1);
                up += u64::from(found.0 > said.0);
                down += u64::from(found.0 < said.0);
            }
            if some {
                said.pairs.push(own);
                found.pairs.push(other);
            }
        }
        reported.push(said);
        official.push(found);
    }
    let (own, other) = (combined_ratio(&reported)?, combined_ratio(&official)?);
    let total = |strata: &[Stratum]| -> f64 {
        let of = |stratum: &Stratum| {
            let sum: f64 = stratum.pairs.iter().map(|pair| pair.1).sum();
            stratum.population as f64 / stratum.pairs.len().max(1) as f64 * sum
        };
        strata.iter().map(of).sum()
    };
    let (of_own, of_other) = (total(&reported), total(&official));
    let residuals: Vec<Stratum> = (reported.iter().zip(&official))
        .map(|(said, found)| {
            let z = |(a, b): (&(f64, f64), &(f64, f64))| {
                ((b.0 - other.ratio * b.1) / of_other - (a.0 - own.ratio * a.1) / of_own, 1.0)
            };
            Stratum { population: said.population, pairs: said.pairs.iter().zip(&found.pairs).map(z).collect() }
        })
        .collect();
    // The ratio of the residuals to a constant is their mean: its margin times the units is that of their total.
    let units: f64 = count.sample.iter().map(|stratum| stratum.units as f64).sum();
    let margin = combined_ratio(&residuals)?.margin(level) * units;
    Some(PairedShift { shift: other.ratio - own.ratio, margin, up, down, p: sign_test(up, down) })
}

impl PairedShift {
    /// Whether the official votes are shifted: zero lies outside the interval, and the directions are not equally likely.
    pub(super) fn is_shifted(&self, rate: f64) -> bool {
        self.shift.abs() > self.margin && self.p <= rate
    }
}
