//! What a drawn sample says, and what the official result beside it.

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Place, Reason, Unit, Value, Verdict};
use adil_record::SampleCount;
use adil_stat::t_quantile;

use super::estimated::{Estimated, IntervalBy, QuickCountEstimate};
use super::official::{Official, Paired, PairedShift};
use super::{ID, words};
use crate::{ContestView, Settings};

/// Stations of the frame that an official table must have to be compared.
const COVERED: f64 = 0.99;
/// The probability with which a shift has to be noticed, as a quantile of the normal distribution: 0.8.
const POWER_QUANTILE: f64 = 0.841_621_233_572_914_2;

/// The findings on a sample: itself, each option, the same stations.
pub(super) fn findings(
    publisher: &str,
    count: &SampleCount,
    view: &ContestView<'_>,
    settings: &Settings,
) -> Vec<Finding> {
    let bootstrap = settings.quick_count_bootstrap.then_some((settings.bootstrap_draws, settings.seed));
    let estimate = QuickCountEstimate::of(count, IntervalBy { level: settings.quick_count_level, bootstrap });
    let rate = settings.alarm_rate / count.reports.names.len().max(1) as f64;
    let at_rate = QuickCountEstimate::of(count, IntervalBy { level: 1.0 - rate, bootstrap: None });
    let table = view.contest.latest_table().and_then(|release| release.stations.as_ref());
    let official = table.map(|table| Official::of(table, count));
    let shares = official.as_ref().and_then(|official| official.shares(&count.reports.options));
    let mut findings = vec![of_sample(publisher, count, &estimate, official.as_ref(), view, settings)];
    for (option, estimated) in estimate.shares.iter().enumerate() {
        let compared = official.as_ref().zip(shares.as_ref()).map(|(official, shares)| Compared {
            share: shares[option],
            covered: official.found() as f64 / count.frame.stations.len().max(1) as f64,
            at_rate: &at_rate.shares[option],
            rate,
        });
        let named = Named { publisher, count, option };
        findings.push(of_option(&named, estimated, compared.as_ref(), view, settings));
    }
    if let Some(official) = &official {
        findings.extend(of_pairs(publisher, count, official, rate, view, settings));
    }
    findings
}

/// Which option of which sample.
struct Named<'a> {
    publisher: &'a str,
    count: &'a SampleCount,
    option: usize,
}

/// The official share beside an estimate.
struct Compared<'a> {
    share: f64,
    covered: f64,
    at_rate: &'a Estimated,
    rate: f64,
}

fn of_sample(
    publisher: &str,
    count: &SampleCount,
    estimate: &QuickCountEstimate,
    official: Option<&Official<'_>>,
    view: &ContestView<'_>,
    settings: &Settings,
) -> Finding {
    let (drawn, reported) = estimate.reported();
    let said = |id| {
        Message::new(id)
            .with("publisher", publisher)
            .with("frame", count.frame.stations.len())
            .with("strata", count.sample.len())
            .with("drawn", drawn)
            .with("reported", reported)
    };
    let subject = words::subject(view, publisher, &count.reports.input);
    let statement = said("quick-sample-statement");
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::Descriptive), subject, statement)
        .brief(said("quick-sample-brief"))
        .caveat(Message::new("quick-caveat-frame"));
    if reported < drawn {
        finding = finding.caveat(Message::new("quick-caveat-missing"));
    }
    let number = |name, value: u64, id| Measure::count(name, value, Unit::Stations, Message::new(id));
    finding.measures.extend([
        number("frame_stations", count.frame.stations.len() as u64, "quick-source-frame"),
        number("drawn", drawn, "quick-source-drawn"),
        number("reported", reported, "quick-source-reported"),
        number("not_drawn", count.not_drawn, "quick-source-not-drawn"),
    ]);
    if let Some(official) = official {
        finding.measures.push(number("in_official_table", official.found(), "quick-source-in-official"));
    }
    if count.not_drawn > 0 {
        finding.evidence.push(Evidence::new(Message::new("quick-not-drawn").with("stations", count.not_drawn)));
    }
    if let Some(turnout) = &estimate.turnout {
        finding.measures.extend(words::measures(turnout, settings.quick_count_level));
        let ratio = turnout.ratio.map_or(Message::new("quick-unknown"), percent);
        let statement = Message::new("quick-turnout").with("turnout", ratio).with("interval", words::interval(turnout));
        finding.evidence.push(Evidence::new(statement));
    }
    let missing = estimate.strata.iter().filter(|stratum| stratum.reported < stratum.stations);
    let with_missing: Vec<_> = missing.collect();
    finding.evidence.extend(with_missing.iter().take(settings.listed).map(|stratum| {
        let statement = Message::new("quick-missing-in")
            .with("stratum", stratum.name.as_str())
            .with("missing", stratum.stations - stratum.reported)
            .with("drawn", stratum.stations);
        Evidence::new(statement)
    }));
    let collapsed = estimate.shares.first().and_then(Estimated::margin).map(|margin| &margin.fit.collapsed);
    finding.evidence.extend(
        collapsed
            .into_iter()
            .flatten()
            .take(settings.listed)
            .map(|&at| Evidence::new(Message::new("quick-collapsed").with("stratum", count.sample[at].name.as_str()))),
    );
    finding
}

fn percent(ratio: f64) -> Message {
    Message::new("quick-percent").with("share", Arg::Percent(ratio, 2))
}

fn of_option(
    named: &Named<'_>,
    estimated: &Estimated,
    compared: Option<&Compared<'_>>,
    view: &ContestView<'_>,
    settings: &Settings,
) -> Finding {
    let reports = &named.count.reports;
    let name = words::option_name(view, reports, named.option).unwrap_or(&reports.names[named.option]);
    let subject = words::subject(view, named.publisher, &reports.input).side(name);
    let ratio = estimated.ratio.map_or(Message::new("quick-unknown"), percent);
    let said = |id| {
        Message::new(id).with("option", name).with("share", ratio.clone()).with("interval", words::interval(estimated))
    };
    let Some(compared) = compared else {
        return Finding::new(ID, Verdict::Undecided(Reason::Descriptive), subject, said("quick-option-statement"))
            .brief(said("quick-option-brief"))
            .caveat(Message::new("quick-caveat-reports"))
            .measures(words::measures(estimated, settings.quick_count_level));
    };
    let verdict = verdict(compared, settings);
    let statement = match verdict {
        Verdict::Anomalous => "quick-option-outside",
        Verdict::Undecided(Reason::NotIdentified) => "quick-option-uncovered",
        Verdict::Undecided(Reason::NoPower) => "quick-option-no-power",
        _ => "quick-option-inside",
    };
    let official = Arg::Percent(compared.share, 2);
    let mut finding = Finding::new(ID, verdict, subject, said(statement).with("official", official.clone()))
        .brief(said("quick-option-brief-official").with("official", official))
        .caveat(Message::new(match verdict {
            Verdict::Anomalous => "quick-caveat-reports",
            _ => "quick-caveat-inside",
        }))
        .measures(words::measures(estimated, settings.quick_count_level));
    let fraction = |name, value, id| Measure::real(name, value, Unit::Fraction, Message::new(id));
    finding.measures.push(fraction("official", compared.share, "quick-source-official"));
    if let Some((low, high)) = compared.at_rate.interval() {
        let level = Message::new("quick-source-at-rate").with("level", Arg::Percent(1.0 - compared.rate, 2));
        finding.measures.push(Measure::real("low_at_alarm_rate", low, Unit::Fraction, level.clone()));
        finding.measures.push(Measure::real("high_at_alarm_rate", high, Unit::Fraction, level));
    }
    if let Some(shift) = noticed(compared) {
        finding.measures.push(fraction("shift_noticed", shift, "quick-source-shift"));
    }
    finding
}

/// The smallest shift of the share that would have been noticed with probability 0.8.
fn noticed(compared: &Compared<'_>) -> Option<f64> {
    let (low, high) = compared.at_rate.interval()?;
    let margin = compared.at_rate.margin()?;
    // The standard error adds what it takes to be beyond the interval so often, not half the time.
    let power = margin.fit.variance.sqrt() * POWER_QUANTILE;
    let own = t_quantile(1.0 - compared.rate, margin.fit.freedom) * margin.fit.variance.sqrt();
    Some(((high - low) / 2.0).max(own) + power)
}

fn verdict(compared: &Compared<'_>, settings: &Settings) -> Verdict {
    let Some((low, high)) = compared.at_rate.interval().filter(|_| compared.covered >= COVERED) else {
        return Verdict::Undecided(Reason::NotIdentified);
    };
    if compared.share < low || compared.share > high {
        return Verdict::Anomalous;
    }
    match noticed(compared) {
        Some(shift) if shift <= settings.quick_count_shift => Verdict::Unremarkable,
        _ => Verdict::Undecided(Reason::NoPower),
    }
}

/// The same stations in both.
fn of_pairs(
    publisher: &str,
    count: &SampleCount,
    official: &Official<'_>,
    rate: f64,
    view: &ContestView<'_>,
    settings: &Settings,
) -> Option<Finding> {
    let Paired { compared, differing } = official.paired(count);
    if compared == 0 {
        return None;
    }
    let reports = &count.reports;
    let shifts: Vec<Option<PairedShift>> =
        (0..reports.names.len()).map(|option| official.shift(count, option, 1.0 - rate)).collect();
    let is_shifted = shifts.iter().flatten().any(|shift| shift.is_shifted(rate));
    let (verdict, statement) = match (differing.is_empty(), is_shifted) {
        (true, _) => (Verdict::Proven, "quick-pairs-equal"),
        (_, true) => (Verdict::Anomalous, "quick-pairs-shifted"),
        _ => (Verdict::Undecided(Reason::Changed), "quick-pairs-differ"),
    };
    let said = |id| Message::new(id).with("compared", compared).with("differing", differing.len());
    let subject = words::subject(view, publisher, &reports.input);
    let mut finding = Finding::new(ID, verdict, subject, said(statement))
        .brief(said("quick-pairs-brief"))
        .caveat(Message::new("quick-caveat-pairs"));
    let number = |name, value: u64, id| Measure::count(name, value, Unit::Stations, Message::new(id));
    finding.measures.push(number("compared", compared, "quick-source-compared"));
    finding.measures.push(number("differing", differing.len() as u64, "quick-source-differing"));
    for (option, shift) in shifts.iter().enumerate() {
        let Some(shift) = shift.as_ref().filter(|_| !differing.is_empty()) else { continue };
        let name = words::option_name(view, reports, option).unwrap_or(&reports.names[option]);
        let statement = Message::new("quick-shift")
            .with("option", name)
            .with("shift", Arg::Number(100.0 * shift.shift, 3))
            .with("margin", Arg::Number(100.0 * shift.margin, 3))
            .with("up", shift.up)
            .with("down", shift.down)
            .with("p", Arg::Probability(shift.p));
        finding.evidence.push(
            Evidence::new(statement)
                .value("shift", Value::Real(shift.shift))
                .value("margin", Value::Real(shift.margin))
                .value("p", Value::Real(shift.p)),
        );
    }
    finding.evidence.extend(differing.iter().take(settings.listed).map(|difference| {
        let pairs = reports.names.iter().zip(&difference.report.votes).zip(&difference.official);
        let changed = pairs.filter(|((_, said), official)| said != official).map(|((name, said), official)| {
            let pair = Message::new("quick-pair").with("option", name.as_str());
            Arg::from(pair.with("reported", u64::from(*said)).with("official", u64::from(*official)))
        });
        let statement = Message::new("quick-station")
            .with("station", difference.report.station.as_str())
            .with("row", difference.report.row)
            .with("changed", Arg::List(changed.collect()));
        let row = official.table.source_rows.get(difference.row).map(|&row| u64::from(row));
        Evidence::new(statement).at(Place { input: official.table.input.clone(), row, column: None })
    }));
    Some(finding)
}
