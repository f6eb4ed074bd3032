//! # stations/power
//!
//! Puts eight ways of cheating into the table under test, again and again, and says how much of it `stations/evidence` would
//! have listed. Runs with `--power` alone.
//!
//! **What it looks at.** The table as it is, with each technique added for the side tested in 5 % of the stations, chosen by chance:
//! 1, 5, 10, 20, 30 and 50 % of what the technique takes its strength from (the register, the ballots or the unused ballots), four times
//! each.
//!
//! **Formula.** Of the stations in which something was moved, the part that is listed by local false discovery rates, less what is
//! listed without it; and of the votes moved, the part in listed stations.
//!
//! ```text
//! noticed = (stations moved and listed) / (stations moved),     false = (listed, not moved) / listed.
//! ```
//!
//! The mean over repetitions is printed, with its standard error.
//!
//! **Null model.** None: the truth is known. What was already in the table stays there, and counts as honest.
//!
//! **When it is wrong.** Stations are chosen evenly over the country; cheating that fills whole districts is less visible, since it becomes
//! their normal. Forgers who know the check can stay below it.
//!
//! **What may not be concluded.** That little was moved where little was found: see the columns with small strengths. Techniques
//! that leave the numbers of a station as they would honestly be leave nothing to be found in them.
//!
//! **References.** Cantu and Saiegh, "Fraudulent democracy?", Political Analysis 19, 2011, for testing on simulated cheating.

use adil_finding::{
    Arg, Axis, AxisScale, CheckId, Evidence, Finding, Lines, Measure, Message, Reason, Series, Side, Unit, Value,
    Verdict,
};
use adil_laboratory::{Injected, Regions, Scenario, inject};
use adil_record::Contest;

use super::evidence::weighed_for;
use super::{cut, estimate, row};
use crate::{Check, Claim, ContestView, Page, Piece, Settings};

/// The check.
pub(crate) struct Power;

const ID: CheckId = CheckId("stations/power");
/// How much is moved.
const STRENGTHS: [f64; 6] = [0.01, 0.05, 0.1, 0.2, 0.3, 0.5];
/// The part of the stations in which it is.
const SPREAD: f64 = 0.05;
/// How often each is tried.
const REPETITIONS: u64 = 4;
/// The strength that is told in the sentence.
const TOLD: f64 = 0.2;

impl Check for Power {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("power.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        if view.tested.is_none() || !settings.power {
            return Vec::new();
        }
        let Some(before) = Before::of(view, settings) else {
            return vec![row::absent(ID, view, "evidence-no-data", "term-registered")];
        };
        let curves: Vec<Curve> =
            Injected::ALL.iter().map(|&technique| Curve::of(technique, view, &before, settings)).collect();
        vec![finding(view, &curves)]
    }

    fn of_country(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Piece> {
        let piece = || {
            let tested = view.tested.as_ref()?;
            let before = Before::of(view, settings)?;
            let mut contest = view.contest.clone();
            let point = Point::of(Injected::Stuffing, TOLD, view, &mut contest, &before, settings);
            let rows: Vec<usize> = (0..tested.table.len()).collect();
            let side = Some(tested.leader);
            cut::piece(tested, None, &rows, cut::Said { statistic: STATISTIC, side, effect: point.mean(), ln_p: None })
        };
        piece().into_iter().collect()
    }
}

/// Its statistic of a country: the part noticed of stations with 20 % of the register stuffed.
pub(crate) const STATISTIC: &str = "stations/power:stuffing-20";
/// The name of the same number as a measure.
pub(crate) const MEASURE: &str = "power_stuffing_20";

/// What is said of the table without any injection.
struct Before {
    /// The rows of the stations listed, ascending.
    listed: Vec<usize>,
    /// The ballots added by `stations/estimate`.
    estimated: f64,
}

impl Before {
    fn of(view: &ContestView<'_>, settings: &Settings) -> Option<Self> {
        let weighed = weighed_for(view, view.tested.as_ref()?.leader, settings)?;
        Some(Self { listed: weighed.listed(), estimated: estimate::added_ballots(&weighed) })
    }
}

/// What became of some injections of one strength.
#[derive(Debug, Clone, Default)]
struct Point {
    /// The part of the stations that were noticed, for each injection in which anything was moved.
    noticed: Vec<f64>,
    moved_stations: usize,
    moved_votes: u64,
    noticed_votes: u64,
    listed: usize,
    listed_wrongly: usize,
    /// By how many ballots the estimate rose.
    estimated: f64,
}

impl Point {
    fn mean(&self) -> f64 {
        self.noticed.iter().sum::<f64>() / self.noticed.len().max(1) as f64
    }

    fn error(&self) -> f64 {
        let (mean, count) = (self.mean(), self.noticed.len() as f64);
        let squares: f64 = self.noticed.iter().map(|noticed| (noticed - mean).powi(2)).sum();
        if count < 2.0 { 0.0 } else { (squares / (count - 1.0) / count).sqrt() }
    }
}

/// A technique over all strengths.
struct Curve {
    technique: Injected,
    points: Vec<Point>,
}

impl Curve {
    fn of(technique: Injected, view: &ContestView<'_>, before: &Before, settings: &Settings) -> Self {
        let mut contest = view.contest.clone();
        let tried = |strength: f64| Point::of(technique, strength, view, &mut contest, before, settings);
        Self { technique, points: STRENGTHS.into_iter().map(tried).collect() }
    }
}

impl Point {
    /// All repetitions of one strength, for the side that the view is of.
    fn of(
        technique: Injected,
        strength: f64,
        view: &ContestView<'_>,
        contest: &mut Contest,
        before: &Before,
        settings: &Settings,
    ) -> Self {
        let mut point = Self::default();
        let Some(tested) = &view.tested else { return point };
        for repetition in 0..REPETITIONS {
            let seed = settings.seed.wrapping_add(repetition);
            let (side, regions) = (tested.leader.0, Regions::All);
            let scenario = Scenario { technique, side, strength, spread: SPREAD, regions, seed };
            point.add(view, contest, &scenario, before, settings);
        }
        point
    }

    fn add(
        &mut self,
        view: &ContestView<'_>,
        contest: &mut Contest,
        scenario: &Scenario,
        before: &Before,
        settings: &Settings,
    ) {
        let Some(tested) = &view.tested else { return };
        let Ok(mut injection) = inject(tested.table, scenario) else { return };
        let moved: Vec<(usize, u64)> = injection
            .truth
            .moved
            .iter()
            .map(|moved| (moved.row, u64::from(moved.added) + u64::from(moved.switched)))
            .filter(|(_, votes)| *votes > 0)
            .collect();
        if moved.is_empty() {
            return;
        }
        let position = view.contest.releases.iter().position(|release| std::ptr::eq(release, tested.release));
        let Some(position) = position else { return };
        let mut swap = |contest: &mut Contest| {
            let table = contest.releases[position].stations.as_mut();
            table.into_iter().for_each(|table| injection.swap(table));
        };
        swap(contest);
        let changed = ContestView::of_contest(view.record, contest, tested.leader, view.bank_signature());
        let after = Before::of(&changed, settings);
        drop(changed);
        swap(contest);
        let Some(Before { listed: after, estimated }) = after else { return };
        self.estimated += estimated - before.estimated;
        let is_new = |row: &usize| after.binary_search(row).is_ok() && before.listed.binary_search(row).is_err();
        let noticed = moved.iter().filter(|(row, _)| is_new(row));
        let (stations, votes) = noticed.fold((0usize, 0u64), |sum, (_, votes)| (sum.0 + 1, sum.1 + votes));
        let rows: Vec<usize> = moved.iter().map(|(row, _)| *row).collect();
        let new: Vec<&usize> = after.iter().filter(|row| is_new(row)).collect();
        self.noticed.push(stations as f64 / moved.len() as f64);
        self.moved_stations += moved.len();
        self.moved_votes += moved.iter().map(|(_, votes)| votes).sum::<u64>();
        self.noticed_votes += votes;
        self.listed += new.len();
        self.listed_wrongly += new.iter().filter(|row| rows.binary_search(row).is_err()).count();
    }
}

/// The name of a technique.
fn name(technique: Injected) -> Message {
    match technique {
        Injected::Count { round_to: Some(_), .. } => Message::new("power-count-rounded"),
        other => Message::new(other.technique().message_id()),
    }
}

fn finding(view: &ContestView<'_>, curves: &[Curve]) -> Finding {
    let leader = view.leader_name().unwrap_or_default();
    let told = STRENGTHS.iter().position(|&strength| strength == TOLD).unwrap_or(0);
    let stuffing = curves.iter().find(|curve| curve.technique == Injected::Stuffing).map(|curve| &curve.points[told]);
    let none = Point::default();
    let stuffing = stuffing.unwrap_or(&none);
    let part = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
    let statement = Message::new("power-statement")
        .with("leader", leader)
        .with("noticed", Arg::Percent(stuffing.mean(), 0))
        .with("strength", Arg::Percent(TOLD, 0))
        .with("spread", Arg::Percent(SPREAD, 0));
    let brief = Message::new("power-brief")
        .with("noticed", Arg::Percent(stuffing.mean(), 0))
        .with("strength", Arg::Percent(TOLD, 0));
    let real = |name, value, id| Measure::real(name, value, Unit::Fraction, Message::new(id));
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::Descriptive), row::subject(view), statement)
        .brief(brief)
        .measure(real(MEASURE, stuffing.mean(), "power-source-noticed"))
        .measure(real(
            "estimated_20",
            stuffing.estimated / stuffing.moved_votes.max(1) as f64,
            "power-source-estimated",
        ))
        .measure(real("false_discovery_20", part(stuffing.listed_wrongly, stuffing.listed), "power-source-false"))
        .caveat(Message::new("power-caveat-even"))
        .caveat(Message::new("power-caveat-small"));
    for curve in curves {
        for (point, strength) in curve.points.iter().zip(STRENGTHS).filter(|(point, _)| !point.noticed.is_empty()) {
            let statement = Message::new("power-line")
                .with("technique", name(curve.technique))
                .with("strength", Arg::Percent(strength, 0))
                .with("noticed", Arg::Percent(point.mean(), 0))
                .with("error", Arg::Percent(point.error(), 0))
                .with("stations", (point.moved_stations / point.noticed.len()) as u64)
                .with("votes", point.noticed_votes / point.noticed.len() as u64)
                .with("all", point.moved_votes / point.noticed.len() as u64)
                .with("wrongly", Arg::Percent(part(point.listed_wrongly, point.listed), 0));
            let said = Evidence::new(statement)
                .value("technique", Value::Text(curve.technique.id().to_owned()))
                .value("strength", Value::Real(strength))
                .value("noticed", Value::Real(point.mean()))
                .value("false_discovery", Value::Real(part(point.listed_wrongly, point.listed)));
            finding.evidence.push(said);
        }
    }
    finding.figure(figure(curves))
}

/// The techniques that are drawn: more lines could not be told apart.
fn drawn(technique: Injected) -> Option<Side> {
    match technique {
        Injected::Stuffing => Some(Side::Leader),
        Injected::Count { round_to: None, .. } => Some(Side::Others),
        Injected::UnusedBallots { .. } => Some(Side::Neutral),
        _ => None,
    }
}

fn figure(curves: &[Curve]) -> Lines {
    let tried = curves.iter().filter(|curve| curve.points.iter().any(|point| !point.noticed.is_empty()));
    let series = tried.filter_map(|curve| {
        let values = curve.points.iter().map(Point::mean).collect();
        drawn(curve.technique).map(|side| Series { label: name(curve.technique), side, values })
    });
    Lines {
        id: "power",
        title: Message::new("power-figure"),
        description: Message::new("power-figure-description"),
        x: Axis { label: Message::new("power-axis-strength"), low: 0.0, high: 0.5, scale: AxisScale::Fraction },
        y: Axis::fraction(Message::new("power-axis-noticed")),
        positions: STRENGTHS.to_vec(),
        series: series.collect(),
        shaded: None,
    }
}
