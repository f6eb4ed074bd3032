//! A real election as a population, and samples of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use adil_check::{Allocation, IntervalBy, PlanFrom, QuickCountEstimate, QuickCountPlan, expected_margin};
use adil_open::{Limits, ReportsFile, open_frame, open_quick_count};
use adil_record::{Design, Frame, FrameColumns, OneOrMany, Reports, SampleCount};
use rayon::prelude::*;

use super::LEVEL;

/// The script that writes the populations as CSV.
const CONVERT: &str = include_str!("convert.py");
/// The part of the stations that a sample has.
const PART: f64 = 0.06;
/// The margin of the planned designs, as a fraction.
const WANTED: f64 = 0.015;

/// How a sample is designed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One stratum, six stations in a hundred.
    Simple,
    /// The states' own strata, six in a hundred of each.
    Proportional,
    /// A third of the strata with twelve in a hundred, the others with three.
    Disproportionate,
    /// Proportional, of the size planned for a margin of 1.5 points.
    Planned,
    /// Neyman's allocation, of the size planned for it.
    Neyman,
    /// Whole electoral sections, six in a hundred of all.
    Clustered,
    /// Whole electoral sections, six in a hundred of each stratum.
    ClusteredStrata,
}

/// A population.
pub(crate) struct Population {
    strata: Frame,
    simple: Frame,
    /// The same with electoral sections as the units that are drawn.
    sections: [Frame; 2],
    results: Reports,
}

/// What came of the samples of a design, for one option.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) option: String,
    /// Stations in a sample; their mean where clusters are drawn.
    pub(crate) drawn: u64,
    pub(crate) samples: u64,
    /// Samples whose interval holds the result.
    pub(crate) covered: u64,
    /// The margin that was to be expected.
    pub(crate) planned: f64,
    /// The mean margin.
    pub(crate) margin: f64,
    /// The mean design effect.
    pub(crate) deff: f64,
}

impl Kind {
    pub(crate) const ALL: [Self; 7] = [
        Self::Simple,
        Self::Proportional,
        Self::Disproportionate,
        Self::Planned,
        Self::Neyman,
        Self::Clustered,
        Self::ClusteredStrata,
    ];

    fn has_strata(self) -> bool {
        !matches!(self, Self::Simple | Self::Clustered)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Simple => "simple, 6 %",
            Self::Proportional => "stratified, proportional, 6 %",
            Self::Disproportionate => "stratified, a third of the strata four times as much",
            Self::Planned => "proportional, planned for 1.5 points",
            Self::Neyman => "Neyman, planned for 1.5 points",
            Self::Clustered => "clusters: whole sections, 6 %",
            Self::ClusteredStrata => "clusters: whole sections, stratified, 6 %",
        }
    }
}

/// The folder of converted populations; converts them where they are not there.
pub(crate) fn cache(root: &Path) -> Result<PathBuf, String> {
    let data =
        std::env::var_os("ADIL_DATA").map(PathBuf::from).ok_or("ADIL_DATA must name the folder of real tables")?;
    let cache = root.join("target/quickcount");
    if !cache.join("feed.csv").is_file() {
        let converted = Command::new("python3").args(["-c", CONVERT]).arg(data.join("quickcount")).arg(&cache).output();
        let output = converted.map_err(|error| format!("python3: {error}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let last = said.lines().last().unwrap_or("no reason");
            return Err(format!("python3 with pyreadr could not convert the populations: {last}"));
        }
    }
    Ok(cache)
}

/// The columns of the converted tables.
pub(super) fn columns(strata: bool) -> FrameColumns {
    FrameColumns {
        station: OneOrMany::One("station".to_owned()),
        stratum: strata.then(|| "stratum".to_owned()),
        cluster: None,
        register: Some("registered".to_owned()),
    }
}

/// The votes in a converted table.
pub(super) fn reports(path: &Path) -> Result<Reports, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let header = text.lines().next().unwrap_or_default();
    let is_vote = |column: &&str| !["station", "stratum", "registered", "time"].contains(column);
    let options: Vec<String> = header.split(',').filter(is_vote).map(str::to_owned).collect();
    let how = ReportsFile { options: &options, ..ReportsFile::default() };
    let (count, _) = open_quick_count(None, path, &how, &Limits::default()).map_err(|error| error.to_string())?;
    Ok(count.reports().clone())
}

/// The frame with sections as its units: a station is called by its district, its section and its own name, with blanks between.
fn by_section(frame: &Frame) -> Frame {
    let mut frame = frame.clone();
    for station in &mut frame.stations {
        station.unit = station.name.rsplit_once(' ').map_or(station.name.as_str(), |(section, _)| section).to_owned();
    }
    frame
}

impl Population {
    pub(crate) fn read(cache: &Path, file: &str) -> Result<Self, String> {
        let path = cache.join(file).with_extension("csv");
        let frame = |strata| {
            let opened = open_frame(&path, &columns(strata), &Limits::default());
            opened.map(|(frame, _)| frame).map_err(|error| error.to_string())
        };
        let (strata, simple) = (frame(true)?, frame(false)?);
        let sections = [&simple, &strata].map(by_section);
        Ok(Self { strata, simple, sections, results: reports(&path)? })
    }

    fn frame(&self, kind: Kind) -> &Frame {
        let [simple, strata] = &self.sections;
        match kind {
            Kind::Simple => &self.simple,
            Kind::Clustered => simple,
            Kind::ClusteredStrata => strata,
            _ => &self.strata,
        }
    }

    fn sizes(&self, kind: Kind) -> Result<Vec<u64>, String> {
        let frame = self.frame(kind);
        let planned = |allocation| {
            QuickCountPlan::of(frame, PlanFrom::Earlier(&self.results), allocation, WANTED, LEVEL)
                .map(|plan| plan.planned.sizes)
                .ok_or_else(|| "no plan".to_owned())
        };
        let part = |at: usize| match kind {
            Kind::Disproportionate if at.is_multiple_of(3) => 2.0 * PART,
            Kind::Disproportionate => PART / 2.0,
            _ => PART,
        };
        let size = |at: usize| {
            let units = frame.units(at).len() as u64;
            ((units as f64 * part(at)).round() as u64).clamp(units.min(2), units)
        };
        match kind {
            Kind::Planned => planned(Allocation::Proportional),
            Kind::Neyman => planned(Allocation::Neyman),
            _ => Ok((0..frame.strata.len()).map(size).collect()),
        }
    }

    /// Draws samples and estimates the shares of the two options with the most votes.
    pub(crate) fn tried(&self, kind: Kind, samples: u64) -> Result<Vec<Outcome>, String> {
        let (frame, sizes) = (self.frame(kind), self.sizes(kind)?);
        let totals: Vec<u64> = (0..self.results.names.len())
            .map(|option| self.results.stations.iter().map(|report| u64::from(report.votes[option])).sum())
            .collect();
        let all: u64 = totals.iter().sum();
        let mut order: Vec<usize> = (0..totals.len()).collect();
        order.sort_by_key(|&option| std::cmp::Reverse(totals[option]));
        order.truncate(2);
        let by_name: BTreeMap<&str, usize> =
            self.results.stations.iter().enumerate().map(|(at, report)| (report.station.as_str(), at)).collect();
        let one = |sample: u64| -> Result<QuickCountEstimate, String> {
            let seed = format!("{} {sample}", kind.name());
            let design = Design::new(&seed, "frame.csv", frame, &columns(kind.has_strata()), &sizes);
            let design = design.map_err(|error| error.to_string())?;
            let drawn = adil_record::draw(&design, frame).map_err(|error| error.to_string())?;
            let mut reports =
                Reports { input: self.results.input.clone(), names: self.results.names.clone(), ..Reports::default() };
            let names = drawn.iter().flat_map(|stratum| &stratum.drawn).flatten().map(|&at| &frame.stations[at].name);
            let found = names.filter_map(|name| by_name.get(name.as_str()));
            reports.stations.extend(found.map(|&at| self.results.stations[at].clone()));
            let count = SampleCount::new(&design, frame.clone(), reports).map_err(|error| error.to_string())?;
            Ok(QuickCountEstimate::of(&count, IntervalBy { level: LEVEL, bootstrap: None }))
        };
        let estimates = (0..samples).into_par_iter().map(one).collect::<Result<Vec<_>, _>>()?;
        order
            .into_iter()
            .map(|option| self.outcome(option, totals[option] as f64 / all as f64, &estimates, frame, &sizes))
            .collect()
    }

    fn outcome(
        &self,
        option: usize,
        truth: f64,
        estimates: &[QuickCountEstimate],
        frame: &Frame,
        sizes: &[u64],
    ) -> Result<Outcome, String> {
        let (mut covered, mut margin, mut deff) = (0, 0.0, 0.0);
        for estimate in estimates {
            let fit = &estimate.shares[option].margin().ok_or("a sample without a margin")?.fit;
            let own = fit.margin(LEVEL);
            covered += u64::from((fit.ratio - truth).abs() <= own);
            margin += own;
            deff += fit.design_effect().unwrap_or(0.0);
        }
        let count = estimates.len() as f64;
        let planned = expected_margin(frame, &self.results, option, sizes, LEVEL).ok_or("no margin to expect")?;
        Ok(Outcome {
            option: self.results.names[option].clone(),
            drawn: stations(estimates),
            samples: estimates.len() as u64,
            covered,
            planned,
            margin: margin / count,
            deff: deff / count,
        })
    }
}

/// The mean number of stations in a sample.
fn stations(estimates: &[QuickCountEstimate]) -> u64 {
    let all: u64 = estimates.iter().map(|estimate| estimate.reported().0).sum();
    (all as f64 / estimates.len().max(1) as f64).round() as u64
}
