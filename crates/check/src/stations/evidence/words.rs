//! What is said of the evidence: one finding a side.

use adil_finding::{
    Arg, Axis, AxisScale, Evidence as Said, Finding, Map, Measure, Message, Point, Reason, Scatter, Unit, Value,
    Verdict,
};
use adil_record::StationTable;

use super::lists::WAYS;
use super::model::MOVED;
use super::side::{Side, Weighed};
use super::stations::SMALLEST_REGISTER;
use super::{ID, row};
use crate::every_side::SMALLEST_SIDE;
use crate::{ContestView, Settings, Tested, mapped};

/// The evidence that a station is counted at.
const STRONG: f64 = 20.0;
/// The names of the ways.
const WORDS: [&str; WAYS] = ["evidence-way-stuffed", "evidence-way-switched"];

pub(super) fn findings(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    weighed: &Weighed,
    settings: &Settings,
) -> Vec<Finding> {
    let mut sides: Vec<&Side> = weighed.sides.iter().collect();
    // The side that the run is about first, the others by their votes.
    sides.sort_by_key(|side| side.option != tested.leader);
    let mut findings: Vec<Finding> = sides.iter().map(|side| finding(view, tested, weighed, side, settings)).collect();
    if let Some(first) = findings.first_mut() {
        first.evidence.extend(sides.iter().skip(1).map(|side| symmetry(view, side)));
        first.figures.push(figure(view, &sides).into());
    }
    findings
}

fn name<'a>(view: &ContestView<'a>, side: &Side) -> &'a str {
    &view.contest.options[side.option.0].name
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn strong(values: &[f64]) -> usize {
    values.iter().filter(|&&e| e > STRONG).count()
}

fn count(flags: &[bool]) -> usize {
    flags.iter().filter(|&&flag| flag).count()
}

fn part(values: &[f64]) -> f64 {
    strong(values) as f64 / values.len().max(1) as f64
}

impl Side {
    /// The cap in the middle station.
    fn cap(&self) -> f64 {
        let mut caps: Vec<f64> = self.evidence.iter().map(|own| own.cap).collect();
        caps.sort_by(f64::total_cmp);
        caps.get(caps.len() / 2).copied().unwrap_or(0.0)
    }
}

fn finding(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    weighed: &Weighed,
    side: &Side,
    settings: &Settings,
) -> Finding {
    let stations = weighed.stations.rows.len();
    let (listed, regions) = (count(&side.listed), count(&side.regions_listed));
    let statement = Message::new("evidence-statement")
        .with("side", name(view, side))
        .with("stations", stations)
        .with("mean", Arg::Number(mean(&side.e[0]), 2))
        .with("strong", strong(&side.e[0]))
        .with("percent", Arg::Percent(part(&side.e[0]), 2))
        .with("listed", listed)
        .with("regions", regions)
        .with("allregions", side.regions_listed.len());
    let brief = Message::new("evidence-brief")
        .with("side", name(view, side))
        .with("mean", Arg::Number(mean(&side.e[0]), 2))
        .with("listed", listed)
        .with("regions", regions);
    let subject = adil_finding::Subject::contest(&view.contest.title).side(name(view, side));
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), subject, statement)
        .brief(brief)
        .measures(measures(view, weighed, side))
        .caveat(Message::new("evidence-caveat-kinds"))
        .caveat(Message::new("evidence-caveat-core"))
        .caveat(Message::new("evidence-caveat-listed").with("rate", Arg::Percent(settings.listing_rate, 0)));
    let needed = stations as f64 / settings.alarm_rate;
    if count(&side.listed_by_e) == 0 {
        let caveat = Message::new("evidence-caveat-cap")
            .with("cap", Arg::Number(side.cap(), 0))
            .with("rate", Arg::Percent(settings.alarm_rate, 1))
            .with("least", (needed / side.cap().max(1.0)).ceil() as u64);
        finding.caveats.push(caveat);
    }
    if weighed.stations.left_out > 0 {
        let caveat = Message::new("evidence-caveat-left-out")
            .with("stations", weighed.stations.left_out)
            .with("smallest", u64::from(SMALLEST_REGISTER));
        finding.caveats.push(caveat);
    }
    finding.caveats.push(Message::new("evidence-caveat-small-sides").with("part", Arg::Percent(SMALLEST_SIDE, 0)));
    finding.evidence = regions_said(tested.table, weighed, side, settings);
    finding.evidence.extend(stations_said(tested.table, weighed, side, settings));
    finding.figures.extend(map(view, weighed, side).map(Into::into));
    finding
}

/// The listed stations whose coordinates are known.
fn map(view: &ContestView<'_>, weighed: &Weighed, side: &Side) -> Option<Map> {
    let stations = weighed.stations.rows.iter().zip(&weighed.stations.registers).zip(&side.listed);
    let listed = stations.filter(|(_, listed)| **listed).map(|((row, register), _)| (*row, f64::from(*register)));
    let size = Message::new("evidence-map-size");
    let said = mapped::Said {
        id: "map-listed",
        title: Message::new("evidence-map").with("side", name(view, side)),
        description: Message::new("evidence-map-description"),
        label: size.clone(),
        unvalued: size.clone(),
    };
    mapped::of_stations(view, listed.collect(), size, said)
}

fn measures(view: &ContestView<'_>, weighed: &Weighed, side: &Side) -> Vec<Measure> {
    let source = Message::new;
    let stations = weighed.stations.rows.len();
    let name = Measure {
        name: "side",
        value: Value::Text(name(view, side).to_owned()),
        unit: Unit::Pure,
        interval: None,
        source: source("evidence-source-side"),
    };
    let real = |name, value, unit, id| Measure::real(name, value, unit, source(id));
    let counted = |name, value: usize, unit, id| Measure::count(name, value, unit, source(id));
    vec![
        name,
        counted("stations_weighed", stations, Unit::Stations, "evidence-source-stations"),
        real("side_share", side.share, Unit::Fraction, "evidence-source-share"),
        real("mean_e", mean(&side.e[0]), Unit::Pure, "evidence-source-stuffed"),
        real("share_above_20", part(&side.e[0]), Unit::Fraction, "evidence-source-stuffed"),
        real("mean_e_switched", mean(&side.e[1]), Unit::Pure, "evidence-source-switched"),
        real("share_above_20_switched", part(&side.e[1]), Unit::Fraction, "evidence-source-switched"),
        real("cap", side.cap(), Unit::Pure, "evidence-source-cap"),
        counted("listed_ebh", count(&side.listed_by_e), Unit::Stations, "evidence-source-ebh"),
        counted("listed_lfdr", count(&side.listed), Unit::Stations, "evidence-source-lfdr"),
        counted("regions_listed", count(&side.regions_listed), Unit::Regions, "evidence-source-regions"),
        real("part_stuffed", side.groups.country[0], Unit::Fraction, "evidence-source-part"),
        real("part_switched", side.groups.country[1], Unit::Fraction, "evidence-source-part"),
        real("part_stuffed_clean", side.bounds.country.most[0], Unit::Fraction, "evidence-source-clean"),
        real("part_switched_clean", side.bounds.country.most[1], Unit::Fraction, "evidence-source-clean"),
    ]
}

fn symmetry(view: &ContestView<'_>, side: &Side) -> Said {
    let statement = Message::new("evidence-other-side")
        .with("side", name(view, side))
        .with("mean", Arg::Number(mean(&side.e[0]), 2))
        .with("strong", strong(&side.e[0]))
        .with("listed", count(&side.listed))
        .with("regions", count(&side.regions_listed));
    Said::new(statement)
}

/// The regions that are listed, the strongest first.
fn regions_said(table: &StationTable, weighed: &Weighed, side: &Side, settings: &Settings) -> Vec<Said> {
    let ln_e = |region: usize| side.together[0][region].ln_e.max(side.together[1][region].ln_e);
    let mut regions: Vec<usize> =
        (0..side.regions_listed.len()).filter(|&region| side.regions_listed[region]).collect();
    regions.sort_by(|&a, &b| ln_e(b).total_cmp(&ln_e(a)).then(a.cmp(&b)));
    let Some(names) = table.regions() else { return Vec::new() };
    let said = |&region: &usize| {
        let [stuffed, switched] = side.together.each_ref().map(|way| way[region]);
        let way = usize::from(switched.ln_e > stuffed.ln_e);
        let own = if way == 0 { stuffed } else { switched };
        let statement = Message::new("evidence-region")
            .with("region", names.spelling(weighed.codes[region]))
            .with("stations", own.stations)
            .with("way", Message::new(WORDS[way]))
            .with("mean", Arg::Number(own.mean, 1))
            .with("digits", Arg::Number(own.ln_e / std::f64::consts::LN_10, 1))
            .with("part", Arg::Percent(side.groups.regions[region][way], 1));
        Said::new(statement).value("mean_e", Value::Real(own.mean)).value("ln_e", Value::Real(own.ln_e))
    };
    regions.iter().take(settings.listed).map(said).collect()
}

/// The stations that are listed, the surest first.
fn stations_said(table: &StationTable, weighed: &Weighed, side: &Side, settings: &Settings) -> Vec<Said> {
    let mut rows: Vec<usize> = (0..side.rates.len()).filter(|&row| side.listed[row]).collect();
    rows.sort_by(|&a, &b| side.rates[a].total_cmp(&side.rates[b]).then(a.cmp(&b)));
    rows.iter().take(settings.listed).map(|&row| station_said(table, weighed, side, row)).collect()
}

/// A station's numbers and why it is listed.
pub(crate) fn station_said(table: &StationTable, weighed: &Weighed, side: &Side, row: usize) -> Said {
    let own = &side.evidence[row];
    let [stuffed, switched] = side.groups.probabilities[row];
    let way = usize::from(switched > stuffed);
    let ratios = if way == 0 { &own.stuffed } else { &own.switched };
    let shifts = ratios.iter().zip(&side.groups.shifts[way]).map(|(ratio, part)| ratio * part);
    let (all, moved) =
        shifts.zip(MOVED).fold((0.0, 0.0), |sum, (weight, part)| (sum.0 + weight, sum.1 + weight * part));
    let [away, others, votes] = side.counts[row];
    let (register, ballots) = (f64::from(away + others + votes), f64::from(others + votes));
    let statement = Message::new("evidence-station")
        .with("station", table.name(weighed.stations.rows[row]))
        .with("turnout", Arg::Percent(ballots / register, 1))
        .with("turnoutexpected", Arg::Percent(own.expected[0], 1))
        .with("share", Arg::Percent(f64::from(votes) / ballots.max(1.0), 1))
        .with("shareexpected", Arg::Percent(own.expected[1], 1))
        .with("way", Message::new(WORDS[way]))
        .with("votes", (register * moved / all.max(f64::MIN_POSITIVE)).round() as u64)
        .with("e", Arg::Number(side.e[way][row], 0))
        .with("rate", Arg::Percent(side.rates[row], 1));
    Said::new(statement)
        .at(row::place(table, weighed.stations.rows[row]))
        .value("e_stuffed", Value::Real(side.e[0][row]))
        .value("e_switched", Value::Real(side.e[1][row]))
        .value("local_rate", Value::Real(side.rates[row]))
}

/// All sides beside each other.
fn figure(view: &ContestView<'_>, sides: &[&Side]) -> Scatter {
    let point = |side: &&Side| Point {
        name: name(view, side).to_owned(),
        x: side.share,
        y: part(&side.e[0]),
        weight: side.share,
    };
    let highest = sides.iter().map(|side| part(&side.e[0])).fold(0.01, f64::max);
    Scatter {
        id: "sides",
        title: Message::new("evidence-figure"),
        description: Message::new("evidence-figure-description"),
        x: Axis::fraction(Message::new("evidence-axis-share")),
        y: Axis {
            label: Message::new("evidence-axis-strong"),
            low: 0.0,
            high: 1.1 * highest,
            scale: AxisScale::Fraction,
        },
        points: sides.iter().map(point).collect(),
        size: Message::new("evidence-size"),
    }
}
