//! `cargo xtask honest`: honest elections drawn at random, and how often the checks raise an alarm or list a station all the same.
//!
//! Each election has its own size, regions, towns, sides and unevenness. It is checked twice: as it is, where every alarm and every
//! station listed is false; and with 20 % of the register stuffed for one side in 5 % of the stations, where those listed that
//! were not touched are false. Rates stand beside their exact upper bounds (Clopper and Pearson, 95 %).

use std::fmt::Write as _;

use adil_check::{Check, Settings, all, pointed_stations, run};
use adil_finding::{Finding, Verdict};
use adil_laboratory::{Injected, Parameters, Regions, Scenario, inject};
use adil_record::{Contest, ContestOption, Publisher, PublisherKind, Record, Release, StationTable, Status};
use adil_stat::{Stream, stream, upper_bound};
use rayon::prelude::*;

/// Elections between two lines of progress.
const AT_A_TIME: u64 = 50;
/// The confidence of the bounds.
const LEVEL: f64 = 0.95;

/// Checks that can raise no alarm: they describe, or prove.
const NOT_JUDGED: [&str; 5] =
    ["stations/klimek", "stations/comet", "stations/estimate", "stations/fingerprint", "stations/power"];

/// What became of one honest election.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) stations: usize,
    /// Findings called anomalous for the whole, for regions.
    pub(crate) whole_alarms: usize,
    pub(crate) region_alarms: usize,
    /// The mean e-values of every side and way.
    pub(crate) means: Vec<f64>,
    /// Stations listed for any side although nothing was done.
    pub(crate) listed: usize,
    /// After stuffing: stations listed anew for that side, and how many of them were not touched.
    pub(crate) found: usize,
    pub(crate) wrongly: usize,
}

/// The experiment: how many, and from which seed on.
pub(crate) fn experiment(options: &[&str]) -> Result<String, String> {
    let (mut elections, mut seed) = (1_000u64, 1u64);
    let mut options = options.iter();
    while let Some(option) = options.next() {
        let value = options.next().and_then(|value| value.parse().ok());
        match (*option, value) {
            ("--elections", Some(value)) => elections = value,
            ("--seed", Some(value)) => seed = value,
            _ => return Err("cargo xtask honest [--elections N] [--seed S]".to_owned()),
        }
    }
    let mut outcomes = Vec::new();
    while outcomes.len() < elections as usize {
        let next = seed + outcomes.len() as u64;
        let some: Vec<u64> = (next..(next + AT_A_TIME).min(seed + elections)).collect();
        outcomes.extend(some.into_par_iter().map(tried).collect::<Result<Vec<_>, _>>()?);
        eprintln!("{} of {elections}", outcomes.len());
    }
    Ok(told(&outcomes))
}

/// Draws an honest election and checks it.
pub(crate) fn tried(seed: u64) -> Result<Outcome, String> {
    let mut draws = stream(seed, "honest elections", 0);
    let parameters = parameters(&mut draws);
    let table = parameters.draw(seed).map_err(|error| format!("seed {seed}: {error}"))?;
    let side = draws.below(table.votes.len());
    let judged = |check: &&'static dyn Check| {
        let id = check.id().0;
        id.starts_with("stations/") && !NOT_JUDGED.contains(&id)
    };
    let checks: Vec<&'static dyn Check> = all().iter().copied().filter(judged).collect();
    let settings = Settings { seed, ..Settings::default() };
    let record = record(table.clone(), &parameters);
    let (findings, _) = run(&record, &[], &checks, &settings).map_err(|error| error.to_string())?;
    let mut outcome = Outcome { stations: table.len(), ..Outcome::default() };
    for finding in &findings {
        outcome.add(finding);
    }
    let scenario =
        Scenario { technique: Injected::Stuffing, side, strength: 0.2, spread: 0.05, regions: Regions::All, seed };
    let injection = inject(&table, &scenario).map_err(|error| error.to_string())?;
    let moved: Vec<usize> =
        injection.truth.moved.iter().filter(|moved| moved.added > 0).map(|moved| moved.row).collect();
    let stuffed = self::record(injection.copy(&table), &parameters);
    let evidence: Vec<_> = checks.iter().copied().filter(|check| check.id().0 == "stations/evidence").collect();
    let (findings, _) = run(&stuffed, &[], &evidence, &settings).map_err(|error| error.to_string())?;
    let pointed = pointed_stations(&stuffed, &evidence, &findings, &settings).map_err(|error| error.to_string())?;
    let name = &stuffed.contests[0].options[side].name;
    for station in pointed.iter().filter(|station| station.listed.as_ref().is_some_and(|own| own.side == *name)) {
        // A drawn table has its stations in the rows 2, 3, …
        let row = station.place.row.and_then(|row| usize::try_from(row).ok()).map_or(0, |row| row.saturating_sub(2));
        outcome.found += 1;
        outcome.wrongly += usize::from(moved.binary_search(&row).is_err());
    }
    Ok(outcome)
}

impl Outcome {
    fn add(&mut self, finding: &Finding) {
        if finding.verdict == Verdict::Anomalous {
            let of = |end: &str| finding.evidence.iter().filter(|line| line.statement.id.ends_with(end)).count();
            let regions = of("bank-alarm-region");
            self.region_alarms += regions;
            self.whole_alarms += usize::from(regions == 0 || of("bank-alarm-country") + of("bank-alarm") > 0);
        }
        if finding.check.0 == "stations/evidence" {
            let number = |name: &str| match finding.value(name) {
                Some(adil_finding::Value::Real(value)) => *value,
                _ => 0.0,
            };
            self.means.extend([number("mean_e"), number("mean_e_switched")]);
            if let Some(adil_finding::Value::Count(listed)) = finding.value("listed_lfdr") {
                self.listed += usize::try_from(*listed).unwrap_or(0);
            }
        }
    }
}

/// A country of its own: every number within the range that real ones have.
fn parameters(draws: &mut Stream) -> Parameters {
    let mut parameters = Parameters::default();
    let mut between = |low: f64, high: f64| low + (high - low) * draws.unit();
    parameters.stations = between(600.0, 4_000.0) as u32;
    parameters.regions = between(4.0, 25.0) as u32;
    parameters.towns = between(0.2, 0.8);
    parameters.town.turnout = between(0.4, 0.75);
    parameters.village.turnout = (parameters.town.turnout + between(-0.1, 0.12)).clamp(0.3, 0.9);
    parameters.village.register = between(300.0, 900.0);
    let times = between(0.5, 1.6);
    for spread in [
        &mut parameters.spread.region_turnout,
        &mut parameters.spread.region_share,
        &mut parameters.spread.district_turnout,
        &mut parameters.spread.district_share,
        &mut parameters.spread.station_turnout,
        &mut parameters.spread.station_share,
    ] {
        *spread *= times;
    }
    parameters.spread.correlation = between(-0.3, 0.5);
    parameters.spread.concentration = between(60.0, 400.0);
    let sides = between(2.0, 5.99) as usize;
    parameters.option.truncate(sides);
    for option in &mut parameters.option {
        option.share = between(0.1, 0.6);
        option.village = between(-0.5, 0.5);
    }
    parameters
}

fn record(table: StationTable, parameters: &Parameters) -> Record {
    let option = |choice: &adil_laboratory::Choice| ContestOption {
        id: choice.name.to_lowercase(),
        name: choice.name.clone(),
        incumbent: false,
    };
    let publisher = Publisher { name: "laboratory".into(), kind: PublisherKind::Organiser };
    let release =
        Release { id: "final".into(), publisher, status: Status::Final, stations: Some(table), ..Release::default() };
    let contest = Contest {
        id: "drawn".into(),
        title: "Drawn".into(),
        options: parameters.option.iter().map(option).collect(),
        releases: vec![release],
        ..Contest::default()
    };
    Record { contests: vec![contest], ..Record::default() }
}

/// The mean e-value over all elections, sides and ways.
fn mean_e(outcomes: &[Outcome]) -> f64 {
    let means: Vec<f64> = outcomes.iter().flat_map(|outcome| outcome.means.iter().copied()).collect();
    means.iter().sum::<f64>() / means.len().max(1) as f64
}

/// Whether an election counts.
type Is = fn(&Outcome) -> bool;

/// The rates with their bounds, as Markdown.
fn told(outcomes: &[Outcome]) -> String {
    let elections = outcomes.len() as u64;
    let count = |is: Is| outcomes.iter().filter(|outcome| is(outcome)).count() as u64;
    let sum = |of: fn(&Outcome) -> usize| outcomes.iter().map(of).sum::<usize>();
    let mut text = format!(
        "{elections} honest elections, {} stations in all\n\n| what | how many | rate | upper bound, 95 % |\n|---|---|---|---|\n",
        sum(|outcome| outcome.stations)
    );
    let kinds: [(&str, Is); 4] = [
        ("elections with an alarm for the whole", |outcome| outcome.whole_alarms > 0),
        ("elections with an alarm for a region", |outcome| outcome.region_alarms > 0),
        ("elections with any station listed", |outcome| outcome.listed > 0),
        ("elections with a side whose mean E is above 1", |outcome| outcome.means.iter().any(|mean| *mean > 1.0)),
    ];
    for (what, is) in kinds {
        let k = count(is);
        let (rate, bound) = (k as f64 / elections as f64, upper_bound(k, elections, LEVEL));
        let _ = writeln!(text, "| {what} | {k} | {:.2} % | {:.2} % |", 100.0 * rate, 100.0 * bound);
    }
    let _ = writeln!(text, "\nMean E over all elections, sides and ways: {:.3}.", mean_e(outcomes));
    let proportions = |outcome: &Outcome| outcome.wrongly as f64 / outcome.found.max(1) as f64;
    let mean = outcomes.iter().map(proportions).sum::<f64>() / outcomes.len().max(1) as f64;
    let (found, wrongly) = (sum(|outcome| outcome.found), sum(|outcome| outcome.wrongly));
    let bound = upper_bound(wrongly as u64, found as u64, LEVEL);
    let _ = write!(
        text,
        "\nWith 20 % stuffed in 5 % of the stations: {found} stations listed, {wrongly} of them not touched ({:.2} %, at most \
         {:.2} %, as if independent); mean over elections {:.2} %; elections with a list: {}.",
        100.0 * wrongly as f64 / found.max(1) as f64,
        100.0 * bound,
        100.0 * mean,
        count(|outcome| outcome.found > 0)
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_honest_elections_raise_no_more_alarms_than_the_rate_allows() {
        let outcomes: Vec<Outcome> =
            (1..=20u64).into_par_iter().map(|seed| tried(seed).expect("sound parameters")).collect();
        let count = |is: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| is(outcome)).count();
        // At 1 % three or more of 20 have a chance of 0.001 (scipy.stats.binom.sf(2, 20, .01)).
        assert!(count(|outcome| outcome.whole_alarms > 0) <= 2, "{outcomes:?}");
        assert!(count(|outcome| outcome.region_alarms > 0) <= 2, "{outcomes:?}");
        // At 10 % seven or more have a chance of 0.0024 (scipy.stats.binom.sf(6, 20, .1)).
        assert!(count(|outcome| outcome.listed > 0) <= 6, "{outcomes:?}");
        assert!(mean_e(&outcomes) <= 1.0, "{outcomes:?}");
        let (found, wrongly) =
            outcomes.iter().fold((0, 0), |sum, outcome| (sum.0 + outcome.found, sum.1 + outcome.wrongly));
        assert!(found > 0 && 10 * wrongly <= found, "{wrongly} of {found}");
    }
}
