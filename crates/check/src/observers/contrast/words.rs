//! What is said of a contrast.

use adil_finding::{Arg, Evidence, Finding, Interval, Measure, Message, Reason, Subject, Unit, Value, Verdict};

use super::compare::{LEVEL, Matched};
use super::exposure::Kind;
use super::outcome::Outcome;
use super::{Asked, ID, Shown};
use crate::stations::row::place;
use crate::{ContestView, Settings};

/// The finding on the contrasts of one kind; `all` is how many there are of all kinds, `reports` what the table's column says.
pub(super) fn finding(
    view: &ContestView<'_>,
    asked: &Asked<'_>,
    lines: &[&Shown],
    all: usize,
    reports: &[(usize, u64)],
    settings: &Settings,
) -> Option<Finding> {
    let first = headline(asked.kind, lines)?;
    let side = view.leader_name().unwrap_or_default();
    let publisher = asked.of.map_or("", |of| of.publisher.name.as_str());
    let said = |id| {
        let message = Message::new(id)
            .with("publisher", publisher)
            .with("exposed", asked.exposures[first.exposure].name.clone())
            .with("outcome", first.outcome.name(side))
            .with("stations", first.compared.with.0)
            .with("with", Arg::Percent(first.compared.with.1, 1))
            .with("others", first.compared.without.0)
            .with("without", Arg::Percent(first.compared.without.1, 1));
        match &first.compared.matched {
            Some(matched) => message.with("matched", said_of(matched)),
            None => message.with("matched", Message::new("contrast-unmatched")),
        }
    };
    let (id, brief) = match asked.of {
        Some(_) => ("contrast-statement", "contrast-brief"),
        None => ("contrast-column", "contrast-brief-column"),
    };
    let subject = Subject::contest(&view.contest.title).side(side);
    let verdict = Verdict::Undecided(Reason::NotIdentified);
    let mut finding = Finding::new(ID, verdict, subject, said(id))
        .brief(said(brief))
        .caveat(Message::new("contrast-caveat-chosen"))
        .caveat(Message::new("contrast-caveat-nothing"));
    let found = lines.iter().filter(|line| line.found).count();
    let rate = Arg::Percent(settings.listing_rate, 0);
    let together = Message::new("contrast-together").with("all", all).with("found", found).with("rate", rate);
    finding.caveats.push(together);
    finding.measures.extend(measures(first));
    finding.measures.push(count("contrasts", lines.len() as u64, Unit::Pure, "contrast-source-contrasts"));
    finding.measures.push(count("contrasts_found", found as u64, Unit::Pure, "contrast-source-found"));
    finding.evidence.extend(lines.iter().map(|line| evidence(asked, line, side)));
    if asked.kind == Kind::Column {
        finding.evidence.extend(named(view, reports, settings));
    }
    Some(finding)
}

/// The contrast that the statement is about: the share of the side tested for the first exposure; of many items the one that is furthest
/// beyond chance.
fn headline<'l>(kind: Kind, lines: &[&'l Shown]) -> Option<&'l Shown> {
    let share = || lines.iter().copied().filter(|line| line.outcome.outcome == Outcome::Share);
    let p = |line: &Shown| line.compared.matched.as_ref().map_or(1.0, |matched| matched.p);
    let first = match kind {
        Kind::Items => share().min_by(|a, b| p(a).total_cmp(&p(b))),
        _ => share().next(),
    };
    first.or_else(|| lines.first().copied())
}

/// What the pairs of a contrast show.
fn said_of(matched: &Matched) -> Message {
    let points = |value: f64| Arg::Number(100.0 * value, 1);
    let said = |id| {
        Message::new(id)
            .with("pairs", matched.pairs)
            .with("unmatched", matched.unmatched)
            .with("points", points(matched.estimate))
            .with("p", Arg::Probability(matched.p))
    };
    match (matched.interval, matched.gamma) {
        (Some((low, high)), Some(gamma)) => said("contrast-matched-beyond")
            .with("low", points(low))
            .with("high", points(high))
            .with("gamma", Arg::Number(gamma, 2)),
        (Some((low, high)), None) => {
            said("contrast-matched-within").with("low", points(low)).with("high", points(high))
        }
        (None, _) => said("contrast-matched-few"),
    }
}

fn measures(line: &Shown) -> Vec<Measure> {
    let real = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
    let compared = &line.compared;
    let mut all = vec![
        count("stations_with", compared.with.0, Unit::Stations, "contrast-source-with"),
        count("stations_without", compared.without.0, Unit::Stations, "contrast-source-without"),
        real("outcome_with", compared.with.1, Unit::Fraction, "contrast-source-outcome-with"),
        real("outcome_without", compared.without.1, Unit::Fraction, "contrast-source-outcome-without"),
    ];
    if let Some(matched) = &compared.matched {
        let source = "contrast-source-matched";
        let difference = real("matched_difference", 100.0 * matched.estimate, Unit::PercentagePoints, source);
        all.push(count("pairs", matched.pairs as u64, Unit::Groups, "contrast-source-pairs"));
        all.push(count("unmatched", matched.unmatched as u64, Unit::Stations, "contrast-source-unmatched"));
        all.push(match matched.interval {
            Some((low, high)) => difference.within(Interval {
                low: 100.0 * low,
                high: 100.0 * high,
                level: LEVEL,
                method: Message::new("contrast-method"),
            }),
            None => difference,
        });
        all.push(real("contrast_p", matched.p, Unit::Probability, "contrast-source-p"));
        all.extend(matched.gamma.map(|gamma| real("gamma", gamma, Unit::Pure, "contrast-source-gamma")));
        let balance = |name, value: Option<f64>| {
            value.map(|value| real(name, value, Unit::StandardDeviations, "contrast-source-balance"))
        };
        all.extend(balance("balance_before", matched.balance.0));
        all.extend(balance("balance_after", matched.balance.1));
    }
    all
}

fn evidence(asked: &Asked<'_>, line: &Shown, side: &str) -> Evidence {
    let compared = &line.compared;
    let statement = Message::new(if line.found { "contrast-line-found" } else { "contrast-line" })
        .with("exposed", asked.exposures[line.exposure].name.clone())
        .with("outcome", line.outcome.name(side))
        .with("stations", compared.with.0)
        .with("with", Arg::Percent(compared.with.1, 1))
        .with("others", compared.without.0)
        .with("without", Arg::Percent(compared.without.1, 1))
        .with("matched", compared.matched.as_ref().map_or_else(|| Message::new("contrast-unmatched"), said_of));
    let evidence = Evidence::new(statement)
        .value("outcome", Value::Text(line.outcome.outcome.word().to_owned()))
        .value("with", Value::Real(compared.with.1))
        .value("without", Value::Real(compared.without.1));
    match &compared.matched {
        Some(matched) => evidence
            .value("pairs", Value::Count(i64::try_from(matched.pairs).unwrap_or(i64::MAX)))
            .value("difference", Value::Real(matched.estimate))
            .value("p", Value::Real(matched.p)),
        None => evidence,
    }
}

/// The stations that most reports name.
fn named(view: &ContestView<'_>, reports: &[(usize, u64)], settings: &Settings) -> Vec<Evidence> {
    let Some(tested) = &view.tested else { return Vec::new() };
    let mut named: Vec<(usize, u64)> = reports.iter().copied().filter(|(_, reports)| *reports > 0).collect();
    named.sort_by_key(|&(row, reports)| (std::cmp::Reverse(reports), row));
    let of = |&(row, reports): &(usize, u64)| {
        let statement = Message::new("contrast-named").with("station", tested.table.name(row)).with("reports", reports);
        Evidence::new(statement).at(place(tested.table, row))
    };
    named.iter().take(settings.listed).map(of).collect()
}

pub(super) fn count(name: &'static str, value: u64, unit: Unit, id: &'static str) -> Measure {
    Measure::count(name, value, unit, Message::new(id))
}
