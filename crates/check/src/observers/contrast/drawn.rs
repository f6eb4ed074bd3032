//! The contrast where stations were drawn by lot: as they were drawn, whoever then came.

use std::collections::BTreeMap;

use adil_finding::{Arg, Evidence, Finding, Interval, Measure, Message, Place, Reason, Subject, Unit, Value, Verdict};
use adil_record::{Assignment, Coordinates, Observers};
use adil_stat::{
    Design, Exposure, Neighbours, RandomisationTest, SpillOver, on_sphere, randomisation_test, spill_over, stream,
};

use super::compare::LEVEL;
use super::outcome::Fractions;
use super::words::count;
use super::{ID, rows_of};
use crate::stations::row::share;
use crate::{ContestView, Settings, Tested};

/// Drawings made again for the test.
const DRAWS: usize = 4_999;
/// Drawings made again for rings: twice as many are made, and each looks at all neighbours.
const RING_DRAWS: u32 = 1_000;
/// A station whose exposure was less likely than this, either way, is in no contrast of rings.
const LEAST_PROBABILITY: f64 = 0.02;

/// One finding an outcome, of one drawing.
pub(super) fn findings(
    view: &ContestView<'_>,
    of: &Observers,
    outcomes: &[Fractions],
    settings: &Settings,
) -> Vec<Finding> {
    let (Some(assignment), Some(tested)) = (&of.assignment, &view.tested) else { return Vec::new() };
    let rows = rows_of(view, &of.book);
    outcomes.iter().filter_map(|outcome| finding(view, tested, of, assignment, &rows, outcome, settings)).collect()
}

/// The drawn stations that have the outcome.
struct Drawn {
    rows: Vec<usize>,
    drawn: Vec<bool>,
    values: Vec<f64>,
    design: Design,
}

impl Drawn {
    /// The design is that so many of each stratum were drawn as were, each choice equally likely.
    fn new(assignment: &Assignment, rows: &[Option<usize>], outcome: &Fractions) -> Option<Self> {
        let (mut strata, mut treated): (Vec<u32>, BTreeMap<u32, usize>) = (Vec::new(), BTreeMap::new());
        let (mut at, mut drawn, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for &(station, stratum, is_drawn) in &assignment.stations {
            let Some(row) = rows[station as usize] else { continue };
            let Some((part, whole)) = outcome.of_row(row) else { continue };
            strata.push(stratum);
            *treated.entry(stratum).or_default() += usize::from(is_drawn);
            at.push(row);
            drawn.push(is_drawn);
            values.push(share(part, whole));
        }
        let design = Design::within(&strata, &treated).ok()?;
        Some(Self { rows: at, drawn, values, design })
    }
}

fn finding(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    of: &Observers,
    assignment: &Assignment,
    rows: &[Option<usize>],
    outcome: &Fractions,
    settings: &Settings,
) -> Option<Finding> {
    let drawn = Drawn::new(assignment, rows, outcome)?;
    let label = format!("{}/drawn/{}", ID.0, outcome.outcome.word());
    let mut random = stream(settings.seed, &label, 0);
    let test = randomisation_test(&drawn.design, &drawn.drawn, &drawn.values, DRAWS, &mut random).ok()?;
    let (low, high) = test.interval(LEVEL).ok()?;
    let side = view.leader_name().unwrap_or_default();
    let (verdict, id, brief) = verdict(&test, (low, high), settings);
    let points = |value: f64| Arg::Number(100.0 * value, 1);
    let stations = drawn.drawn.iter().filter(|drawn| **drawn).count();
    let said = |id| {
        Message::new(id)
            .with("publisher", of.publisher.name.as_str())
            .with("outcome", outcome.name(side))
            .with("drawn", stations)
            .with("others", drawn.drawn.len() - stations)
            .with("points", points(test.estimate))
            .with("low", points(low))
            .with("high", points(high))
            .with("p", Arg::Probability(test.two_sided))
            .with("shift", points(settings.quick_count_shift))
    };
    let subject = Subject::contest(&view.contest.title).side(side);
    let real = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
    let effect = real("drawn_difference", 100.0 * test.estimate, Unit::PercentagePoints, "contrast-source-drawn");
    let method = Message::new("contrast-method-drawn");
    let effect = match low.is_finite() && high.is_finite() {
        true => effect.within(Interval { low: 100.0 * low, high: 100.0 * high, level: LEVEL, method }),
        false => effect,
    };
    let mut finding = Finding::new(ID, verdict, subject, said(id))
        .brief(said(brief))
        .caveat(Message::new("contrast-caveat-drawn"))
        .measures([
            count("stations_drawn", stations as u64, Unit::Stations, "contrast-source-stations-drawn"),
            count(
                "stations_not_drawn",
                (drawn.drawn.len() - stations) as u64,
                Unit::Stations,
                "contrast-source-others",
            ),
            effect,
            real("drawn_p", test.two_sided, Unit::Probability, "contrast-source-drawn-p"),
        ]);
    if let Some(note) = &assignment.design.note {
        let statement = Message::new("contrast-drawing").with("note", note.as_str());
        finding.evidence.push(Evidence::new(statement).at(Place::of_row(&assignment.input, 1)));
    }
    finding.evidence.extend(rings(tested, assignment, &drawn, &label, settings));
    Some(finding)
}

/// A difference beyond chance is anomalous; none, where one of the size that matters would have been seen, is not.
fn verdict(
    test: &RandomisationTest,
    interval: (f64, f64),
    settings: &Settings,
) -> (Verdict, &'static str, &'static str) {
    let within = interval.0 >= -settings.quick_count_shift && interval.1 <= settings.quick_count_shift;
    match (test.two_sided <= settings.alarm_rate, within) {
        (true, _) => (Verdict::Anomalous, "drawn-beyond", "drawn-brief-beyond"),
        (false, true) => (Verdict::Unremarkable, "drawn-within", "drawn-brief-within"),
        (false, false) => (Verdict::Undecided(Reason::NoPower), "drawn-no-power", "drawn-brief-within"),
    }
}

/// Stations near drawn ones beside those far from all, where the table has places and the drawing has rings.
fn rings(
    tested: &Tested<'_>,
    assignment: &Assignment,
    drawn: &Drawn,
    label: &str,
    settings: &Settings,
) -> Vec<Evidence> {
    let rings = &assignment.design.rings;
    let places: Option<Vec<[f64; 3]>> = (drawn.rows.iter())
        .map(|&row| {
            let place = tested.table.coordinates_of(row)?;
            Some(on_sphere(place.latitude, place.longitude))
        })
        .collect();
    let (Some(places), false) = (places, rings.is_empty()) else { return Vec::new() };
    let chords: Vec<f64> = rings.iter().map(|&km| Coordinates::chord(km)).collect();
    let Ok(neighbours) = Neighbours::around(places, &chords) else { return Vec::new() };
    let how = SpillOver { draws: RING_DRAWS, least_probability: LEAST_PROBABILITY };
    let mut random = stream(settings.seed, label, 1);
    let contrasts = spill_over(&drawn.design, &neighbours, &drawn.drawn, &drawn.values, how, &mut random);
    let of_one = |contrast: adil_stat::ExposureContrast| {
        let estimate = contrast.estimate?;
        let (low, high) = estimate.interval(LEVEL);
        let points = |value: f64| Arg::Number(100.0 * value, 1);
        let name = match contrast.class {
            Exposure::Treated => Message::new("ring-drawn"),
            Exposure::Ring(ring) => {
                let km = rings.get(usize::from(ring) - 1).copied().unwrap_or(f64::NAN);
                Message::new("ring-near").with("km", Arg::Number(km, 1))
            }
            Exposure::PureControl => return None,
        };
        let statement = Message::new("contrast-ring")
            .with("class", name)
            .with("stations", contrast.units.0)
            .with("others", contrast.units.1)
            .with("excluded", contrast.excluded)
            .with("points", points(estimate.hajek))
            .with("low", points(low))
            .with("high", points(high))
            .with("p", Arg::Probability(estimate.two_sided));
        Some(Evidence::new(statement).value("difference", Value::Real(estimate.hajek)))
    };
    contrasts.into_iter().flatten().filter_map(of_one).collect()
}
