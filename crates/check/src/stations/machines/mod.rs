//! # stations/machines
//!
//! Sets the share of the side tested where a machine counted the votes against its share where people did, within districts.
//!
//! **What it looks at.** Stations of which it is known whether a machine counted, in districts that have both kinds; their
//! share and their register (ballots, where no register is known).
//!
//! **Formula.** With x = 1 for a machine, y the share, l = ln(register), all less the mean of their district, weighted by the
//! share's denominator w,
//!
//! ```text
//! y = b x + c l + rest,   b = (Sxy Sll - Sxl Sly) / (Sxx Sll - Sxl^2),   Sab = sum w a b
//! ```
//!
//! b is the difference of the share under machines, beside stations of the same size by hand. Without l it is Sxy / Sxx.
//! The interval draws districts with replacement (percentiles of the redraws, where there are at least five).
//!
//! Beside it stands the same for districts with at least five stations of either kind: where all stations but one have a
//! machine, that one is mostly of another kind.
//!
//! **Null model.** The placebo: the machines are dealt anew among the stations of each district, and b is worked out again; p is
//! (1 + redraws at least as far from zero) / (1 + redraws). It holds where machines had been dealt so in truth.
//!
//! **When it is wrong.** Machines are not dealt at random. They go to new buildings, to large or central stations, to places that
//! were complained of; these may vote otherwise. In some districts nearly all stations have a machine, and the few that do
//! not (hospitals, barracks, ships) are of another kind. Few districts have both kinds, so an interval over districts is rough.
//!
//! **What may not be concluded.** A difference is not by itself a difference in counting: no election before the machines came
//! is compared. Where machines count what was stuffed, they count it faithfully.
//!
//! **References.** The "koibatost" of Russian analysts. St Petersburg 2021: 352 stations with scanners, in 12 of 64 districts beside
//! stations without. Observers dealt at random: Enikolopov and others, PNAS 110, 2013.

mod compare;

use adil_finding::{
    Arg, Axis, CheckId, Evidence, Finding, Interval, Measure, Message, Point, Reason, Scatter, Technique, Unit, Value,
    Verdict,
};
use adil_stat::{Moments, Stream, stream};

use self::compare::{Compared, FEWEST, FEWEST_DISTRICTS, Station, stations};
use super::{cut, row};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Machines;

const ID: CheckId = CheckId("stations/machines");

impl Check for Machines {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::Count, needs: &[Need::CountedByMachine] }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        if tested.table.counted_by_machine.iter().all(Option::is_none) {
            return vec![row::absent(ID, view, "machines-no-data", "need-counted-by-machine")];
        }
        let stations = stations(tested);
        let compared = Compared::of(&stations, 1);
        if !compared.is_enough() {
            return vec![row::no_stations(ID, view, "machines-no-stations")];
        }
        let balanced = Compared::of(&stations, FEWEST);
        vec![finding(view, tested, &compared, &balanced, settings)]
    }

    fn pieces(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let stations = stations(tested);
        let piece = |region: cut::Region| {
            let own: Vec<Station> =
                stations.iter().filter(|station| region.rows.binary_search(&station.row).is_ok()).copied().collect();
            let compared = Compared::of(&own, 1);
            let rows: Vec<usize> = compared.stations.iter().map(|station| station.row).collect();
            let effect = compared.is_enough().then(|| compared.difference().adjusted).flatten()?;
            let number = region.number.map_or(0, |number| number as u64 + 1);
            let placebo =
                compared.placebo(effect, &mut placebo_stream(view, settings, number), settings.permutations / 10);
            let said = cut::Said {
                statistic: "stations/machines:difference",
                side: Some(tested.leader),
                effect: -effect,
                ln_p: Some(placebo.lower.ln()),
            };
            cut::piece(tested, region.number, &rows, said)
        };
        cut::regions(tested, stations.iter().map(|station| station.row)).into_iter().filter_map(piece).collect()
    }
}

fn placebo_stream(view: &ContestView<'_>, settings: &Settings, index: u64) -> Stream {
    stream(settings.seed, &format!("{ID} placebo {}", view.contest.id), index)
}

/// The share of stations together.
fn share<'s>(stations: impl Iterator<Item = &'s Station>) -> f64 {
    let mut moments = Moments::default();
    stations.for_each(|station| moments.push(station.share, station.weight));
    moments.mean().unwrap_or(0.0)
}

fn finding(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    compared: &Compared,
    balanced: &Compared,
    settings: &Settings,
) -> Finding {
    let difference = compared.difference();
    let adjusted = difference.adjusted.unwrap_or(0.0);
    let placebo = compared.placebo(adjusted, &mut placebo_stream(view, settings, 0), settings.permutations);
    let interval = compared.interval(settings, &format!("{ID} {}", view.contest.id));
    let leader = view.leader_name().unwrap_or_default();
    let [machine, hand] = [true, false].map(|kind| compared.kind(kind).count());
    let said = |id| {
        let message = Message::new(id).with("machine", machine).with("hand", hand);
        message.with("districts", compared.districts.len()).with("difference", Arg::Number(100.0 * adjusted, 1))
    };
    let statement = said("machines-statement")
        .with("leader", leader)
        .with("machineshare", Arg::Percent(share(compared.kind(true)), 1))
        .with("handshare", Arg::Percent(share(compared.kind(false)), 1))
        .with("p", Arg::Probability(placebo.both));
    let points = |name, value: f64, id| Measure::real(name, 100.0 * value, Unit::PercentagePoints, Message::new(id));
    let stations = |name, count: usize, id| Measure::count(name, count, Unit::Stations, Message::new(id));
    let mut main = points("machine_difference", adjusted, "machines-source-adjusted");
    if let Some((low, high)) = interval {
        let method = Message::new("machines-method").with("districts", compared.districts.len());
        main = main.within(Interval { low: 100.0 * low, high: 100.0 * high, level: 0.95, method });
    }
    let placebo_source = Message::new("machines-source-placebo").with("draws", placebo.draws);
    let fraction = |name, kind| {
        Measure::real(name, share(compared.kind(kind)), Unit::Fraction, Message::new("machines-source-share"))
    };
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), row::subject(view), statement)
        .brief(said("machines-brief"))
        .caveat(Message::new("machines-caveat-placed"))
        .caveat(Message::new("machines-caveat-count"))
        .measure(main)
        .measure(points("machine_difference_unadjusted", difference.within.unwrap_or(0.0), "machines-source-within"))
        .measure(Measure::real("p_placebo", placebo.both, Unit::Probability, placebo_source))
        .measure(stations("machine_stations", machine, "machines-source-machine"))
        .measure(stations("hand_stations", hand, "machines-source-hand"))
        .measure(fraction("machine_share", true))
        .measure(fraction("hand_share", false))
        .measure(Measure::count(
            "districts",
            compared.districts.len(),
            Unit::Groups,
            Message::new("machines-source-districts"),
        ));
    if let Some(value) = balanced.difference().adjusted {
        let placebo = balanced.placebo(value, &mut placebo_stream(view, settings, u64::MAX), settings.permutations);
        let source = Message::new("machines-source-placebo").with("draws", placebo.draws);
        finding.measures.push(points("machine_difference_balanced", value, "machines-source-balanced"));
        finding.measures.push(Measure::real("p_placebo_balanced", placebo.both, Unit::Probability, source));
        let statement = Message::new("machines-balanced")
            .with("districts", balanced.districts.len())
            .with("fewest", FEWEST)
            .with("difference", Arg::Number(100.0 * value, 1))
            .with("p", Arg::Probability(placebo.both));
        finding.evidence.push(Evidence::new(statement).value("difference", Value::Real(100.0 * value)));
    }
    if interval.is_none() {
        finding.caveats.push(Message::new("machines-caveat-few").with("fewest", FEWEST_DISTRICTS));
    }
    let districts = districts(tested, compared);
    finding.evidence.extend(evidence(&districts, settings));
    finding.figure(scatter(&districts, leader))
}

/// A district with the shares of both kinds.
struct District {
    name: String,
    stations: usize,
    machines: usize,
    machine: f64,
    hand: f64,
    weight: f64,
}

fn districts(tested: &Tested<'_>, compared: &Compared) -> Vec<District> {
    let district = |places: &std::ops::Range<usize>| {
        let stations = &compared.stations[places.clone()];
        let of = |kind: bool| stations.iter().filter(move |station| station.machine == kind);
        let path = tested.table.areas.iter().map(|area| area.names.get(stations[0].row));
        District {
            name: path.collect::<Vec<_>>().join(" / "),
            stations: stations.len(),
            machines: of(true).count(),
            machine: share(of(true)),
            hand: share(of(false)),
            weight: stations.iter().map(|station| station.weight).sum(),
        }
    };
    compared.districts.iter().map(district).collect()
}

fn evidence(districts: &[District], settings: &Settings) -> Vec<Evidence> {
    let mut sorted: Vec<&District> = districts.iter().collect();
    sorted.sort_by(|a, b| (a.machine - a.hand).total_cmp(&(b.machine - b.hand)).then_with(|| a.name.cmp(&b.name)));
    let line = |district: &&District| {
        let statement = Message::new("machines-district")
            .with("district", district.name.as_str())
            .with("machines", district.machines)
            .with("stations", district.stations)
            .with("machine", Arg::Percent(district.machine, 1))
            .with("hand", Arg::Percent(district.hand, 1));
        Evidence::new(statement)
            .value("machine_share", Value::Real(district.machine))
            .value("hand_share", Value::Real(district.hand))
    };
    sorted.iter().take(settings.listed).map(line).collect()
}

fn scatter(districts: &[District], leader: &str) -> Scatter {
    let point = |district: &District| Point {
        name: district.name.clone(),
        x: district.hand,
        y: district.machine,
        weight: district.weight,
    };
    let message = |id| Message::new(id).with("leader", leader);
    Scatter {
        id: "machines",
        title: message("machines-figure"),
        description: message("machines-figure-description"),
        x: Axis::fraction(message("machines-axis-hand")),
        y: Axis::fraction(message("machines-axis-machine")),
        points: districts.iter().map(point).collect(),
        size: Message::new("machines-size"),
    }
}

#[cfg(test)]
mod tests;
