//! What a drawn sample says, and what the official result beside it.

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Place, Reason, Unit, Value, Verdict};
use adil_record::SampleCount;

use super::compared::{Compared, SHARE, of_turnout};
use super::estimated::{Estimated, IntervalBy, QuickCountEstimate};
use super::official::{Official, Paired, PairedShift};
use super::published::Whole;
use super::{ID, words};
use crate::{ContestView, Settings};

/// The findings on a sample: itself, each option, the same stations.
pub(super) fn findings(
    publisher: &str,
    count: &SampleCount,
    view: &ContestView<'_>,
    settings: &Settings,
) -> Vec<Finding> {
    let bootstrap = settings.quick_count_bootstrap.then_some((settings.bootstrap_draws, settings.seed));
    let estimate = QuickCountEstimate::of(count, IntervalBy { level: settings.quick_count_level, bootstrap });
    let table = view.contest.latest_table().and_then(|release| release.stations.as_ref());
    let official = table.map(|table| Official::of(table, count));
    let whole = Whole::of(view, count, official.as_ref());
    let turnout = whole.as_ref().and_then(|whole| Some((estimate.turnout.as_ref()?, whole.turnout?)));
    // Turnout is one question more.
    let questions = count.reports.names.len() + usize::from(turnout.is_some());
    let rate = settings.alarm_rate / questions.max(1) as f64;
    let at_rate = QuickCountEstimate::of(count, IntervalBy { level: 1.0 - rate, bootstrap: None });
    let mut findings = vec![of_sample(publisher, count, &estimate, official.as_ref(), view, settings)];
    for (option, estimated) in estimate.shares.iter().enumerate() {
        let compared = whole.as_ref().and_then(|whole| {
            let official = whole.shares.get(option).copied().flatten()?;
            Some(Compared { official, whole, at_rate: at_rate.shares.get(option)?, rate })
        });
        let named = Named { publisher, count, option };
        findings.push(of_option(&named, estimated, compared.as_ref(), view, settings));
    }
    if let (Some((estimated, official)), Some(whole), Some(at_rate)) = (turnout, &whole, &at_rate.turnout) {
        let compared = Compared { official, whole, at_rate, rate };
        findings.push(of_turnout(publisher, &count.reports.input, estimated, &compared, view, settings));
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
        let ratio = turnout.ratio.map_or(Message::new("quick-unknown"), words::percent);
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
    let ratio = estimated.ratio.map_or(Message::new("quick-unknown"), words::percent);
    let said = |id| {
        Message::new(id).with("option", name).with("share", ratio.clone()).with("interval", words::interval(estimated))
    };
    let Some(compared) = compared else {
        return Finding::new(ID, Verdict::Undecided(Reason::Descriptive), subject, said("quick-option-statement"))
            .brief(said("quick-option-brief"))
            .caveat(Message::new("quick-caveat-reports"))
            .measures(words::measures(estimated, settings.quick_count_level));
    };
    compared.finding(&SHARE, estimated, subject, said, settings)
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
    if let Some(shift) = official.turnout_shift(count, 1.0 - rate).filter(|_| !differing.is_empty()) {
        let statement = Message::new("quick-shift-turnout")
            .with("shift", Arg::Number(100.0 * shift.shift, 3))
            .with("margin", Arg::Number(100.0 * shift.margin, 3))
            .with("up", shift.up)
            .with("down", shift.down)
            .with("p", Arg::Probability(shift.p));
        finding.evidence.push(Evidence::new(statement).value("p", Value::Real(shift.p)));
    }
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
