//! # observers/coverage
//!
//! Says where observers were, and where they were not let.
//!
//! **What it looks at.** The visits of each organisation's forms (a row that replaces another counts instead of it), the access that
//! each had, the table of stations, and the drawing of stations to be observed, where there was one. Of rows that were set aside it says how
//! many there are and which rule of `docs/spec/observers.md` they break.
//!
//! **Formula.** Stations with a visit, of all stations of the table; the same by region, by register, and by whether the station was drawn.
//!
//! **Null model.** None: it counts.
//!
//! **When it is wrong.** A visit that nobody wrote down is not there. A form without a column for access does not say whether somebody was
//! refused, and then nobody is counted as let in or kept out.
//!
//! **What may not be concluded.** Stations that observers chose, or could reach, are no sample of all stations. What is seen at them is a share
//! of visits, and never an estimate for the country. Refused access says that nobody saw what was done, not that something was.

use std::collections::BTreeMap;

use adil_finding::{Arg, Bar, Bars, CheckId, Evidence, Finding, Map, Measure, Message, Place, Unit, Value};
use adil_record::{Access, FormTable, Names, Observers, Term};

use super::located::{best_access, descriptive, is_first, rows_of, set_aside};
use crate::stations::row::share;
use crate::{Check, Claim, ContestView, Page, Settings, mapped};

/// The check.
pub(crate) struct Coverage;

const ID: CheckId = CheckId("observers/coverage");

impl Check for Coverage {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("coverage.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        if !is_first(view) {
            return Vec::new();
        }
        view.record.observers.iter().map(|of| finding(view, of, settings)).collect()
    }
}

/// What one organisation's visits cover.
#[derive(Debug, Default)]
struct Seen {
    visits: u64,
    /// By station: the best access that any visit had; `None` where no visit says.
    stations: BTreeMap<u32, Option<Access>>,
    access: BTreeMap<Option<Access>, u64>,
    replaced: u64,
    repeated: u64,
    set_aside: u64,
}

impl Seen {
    fn of(of: &Observers) -> Self {
        let visits = of.book.forms.iter().flat_map(FormTable::current).map(|(_, visit)| (visit.station, visit.access));
        let mut seen = Self { stations: best_access(visits), ..Self::default() };
        for form in &of.book.forms {
            for (_, visit) in form.current() {
                seen.visits += 1;
                *seen.access.entry(visit.access).or_default() += 1;
            }
            seen.replaced += form.visits.iter().filter(|visit| visit.replaced_by.is_some()).count() as u64;
            seen.repeated += form.repeated;
            seen.set_aside += form.quarantine.rows();
        }
        for file in &of.book.incidents {
            seen.replaced += file.rows.iter().filter(|row| row.replaced_by.is_some()).count() as u64;
            seen.repeated += file.repeated;
            seen.set_aside += file.quarantine.rows();
        }
        seen
    }

    fn with(&self, access: Access) -> u64 {
        self.access.get(&Some(access)).copied().unwrap_or(0)
    }
}

fn finding(view: &ContestView<'_>, of: &Observers, settings: &Settings) -> Finding {
    let seen = Seen::of(of);
    let table = view.tested.as_ref().map(|tested| tested.table);
    let all = table.map_or(0, |table| table.len());
    let visited = seen.stations.len();
    let id = match (of.book.forms.is_empty(), all > 0) {
        (true, _) => "coverage-incidents-only",
        (false, true) => "coverage-of-table",
        (false, false) => "coverage-visits",
    };
    let said = |id| {
        Message::new(id)
            .with("publisher", of.publisher.name.as_str())
            .with("visits", seen.visits)
            .with("visited", visited)
            .with("stations", all)
            .with("share", Arg::Percent(share(visited as u64, all as u64), 1))
            .with("limited", seen.with(Access::Limited))
            .with("refused", seen.with(Access::Refused))
            .with("aside", seen.set_aside)
    };
    let brief = match id {
        "coverage-incidents-only" => "coverage-brief-incidents-only",
        _ => "coverage-brief",
    };
    let mut finding = descriptive(ID, view, of, said(id)).brief(said(brief));
    let count = |name, value: u64, unit, id| Measure::count(name, value, unit, Message::new(id));
    finding.measures.extend([
        count("visits_made", seen.visits, Unit::Visits, "coverage-source-visits"),
        count("stations_visited", visited as u64, Unit::Stations, "coverage-source-visited"),
        count("access_full", seen.with(Access::Full), Unit::Visits, "coverage-source-access"),
        count("access_limited", seen.with(Access::Limited), Unit::Visits, "coverage-source-access"),
        count("access_refused", seen.with(Access::Refused), Unit::Visits, "coverage-source-access"),
        count("observers", u64::from(of.book.observers), Unit::Pure, "coverage-source-observers"),
        count("rows_replaced", seen.replaced, Unit::Rows, "coverage-source-replaced"),
        count("rows_repeated", seen.repeated, Unit::Rows, "coverage-source-repeated"),
        count("rows_set_aside", seen.set_aside, Unit::Rows, "coverage-source-set-aside"),
    ]);
    if all > 0 && !of.book.forms.is_empty() {
        finding.measures.push(count("stations", all as u64, Unit::Stations, "coverage-source-stations"));
        let visited = share(visited as u64, all as u64);
        let source = Message::new("coverage-source-share");
        finding.measures.push(Measure::real("share_visited", visited, Unit::Fraction, source));
        finding.caveats.push(Message::new("coverage-caveat"));
        beside_table(view, of, &seen, &mut finding);
    }
    when(of, &mut finding);
    refused(of, settings, &mut finding);
    drawn(of, &seen, &mut finding);
    for form in &of.book.forms {
        finding.evidence.extend(set_aside(&form.input, &form.quarantine));
        finding.evidence.extend(unread(&form.input, form.unread));
        if !form.absent.is_empty() {
            let statement = Message::new("observers-absent").with("columns", form.absent.join(", "));
            finding.evidence.push(Evidence::new(statement).at(Place::of_row(&form.input, 1)));
        }
    }
    for file in &of.book.incidents {
        finding.evidence.extend(set_aside(&file.input, &file.quarantine));
        finding.evidence.extend(unread(&file.input, file.unread));
    }
    finding
}

/// That columns are not read: how many, since what they are called may be what somebody wrote.
fn unread(input: &str, columns: usize) -> Option<Evidence> {
    let statement = Message::new("observers-unread").with("columns", columns);
    (columns > 0).then(|| Evidence::new(statement).at(Place::of_row(input, 1)))
}

/// Where the visits lie among the stations: regions, and the size of stations.
fn beside_table(view: &ContestView<'_>, of: &Observers, seen: &Seen, finding: &mut Finding) {
    let Some(tested) = &view.tested else { return };
    let rows = rows_of(view, &of.book);
    let visited: Vec<usize> = seen.stations.keys().filter_map(|&station| rows[station as usize]).collect();
    if let Some(regions) = tested.table.regions().filter(|regions| regions.distinct() > 1) {
        let mut of_region = vec![(0u64, 0u64); regions.distinct()];
        (0..tested.table.len()).for_each(|row| of_region[regions.code(row)].1 += 1);
        visited.iter().for_each(|&row| of_region[regions.code(row)].0 += 1);
        for (code, &(visited, stations)) in of_region.iter().enumerate() {
            let statement = Message::new("coverage-region")
                .with("region", regions.spelling(code))
                .with("visited", visited)
                .with("stations", stations)
                .with("share", Arg::Percent(share(visited, stations), 1));
            finding.evidence.push(
                Evidence::new(statement)
                    .value("visited", Value::Count(visited as i64))
                    .value("stations", Value::Count(stations as i64)),
            );
        }
        finding.figures.push(match visited_map(view, of, &visited) {
            Some(map) => map.into(),
            None => bars(of, &of_region, regions).into(),
        });
    }
    let register = tested.table.line(Term::Registered);
    if let Some((visited, all)) = register.and_then(|register| {
        let mean = |rows: &[usize]| {
            let known: Vec<u64> = rows.iter().filter_map(|&row| register.get(row)).map(u64::from).collect();
            (!known.is_empty()).then(|| known.iter().sum::<u64>() as f64 / known.len() as f64)
        };
        let all: Vec<usize> = (0..tested.table.len()).collect();
        Some((mean(&visited)?, mean(&all)?))
    }) {
        let measure = |name, value, id| Measure::real(name, value, Unit::Voters, Message::new(id));
        finding.measures.push(measure("register_visited", visited, "coverage-source-register-visited"));
        finding.measures.push(measure("register_all", all, "coverage-source-register-all"));
    }
}

/// The stations visited, by region.
fn bars(of: &Observers, of_region: &[(u64, u64)], regions: &Names) -> Bars {
    let bars = of_region.iter().enumerate().map(|(code, &(visited, _))| Bar {
        label: regions.spelling(code).into(),
        value: visited,
        marked: visited == 0,
    });
    let title = Message::new("coverage-figure").with("publisher", of.publisher.name.as_str());
    Bars { title, unit: Unit::Stations, bars: bars.collect(), of: None }
}

/// The part of each area's stations that was visited, where the record has a map of areas.
fn visited_map(view: &ContestView<'_>, of: &Observers, visited: &[usize]) -> Option<Map> {
    let areas = mapped::areas(view)?;
    let mut of_area = vec![(0u64, 0u64); areas.areas.len()];
    areas.of_station.iter().for_each(|&area| of_area[area].1 += 1);
    visited.iter().for_each(|&row| of_area[areas.of_station[row]].0 += 1);
    let values: Vec<Option<f64>> = of_area.iter().map(|&(visited, all)| Some(share(visited, all))).collect();
    let said = mapped::Said {
        id: "map-visited",
        title: Message::new("coverage-map").with("publisher", of.publisher.name.as_str()),
        description: Message::new("coverage-map-description"),
        label: Message::new("coverage-map-share"),
        unvalued: Message::new("coverage-map-none"),
    };
    Some(mapped::of_fractions(&areas, &values, said))
}

/// When observers came and left: hours of the day in universal time, since a station's own clock is not told.
fn when(of: &Observers, finding: &mut Finding) {
    let visits = || of.book.forms.iter().flat_map(FormTable::current).map(|(_, visit)| visit);
    let (first, last) =
        (visits().filter_map(|visit| visit.arrived).min(), visits().filter_map(|visit| visit.left).max());
    let Some(first) = first else { return };
    let mut hours = [0u64; 24];
    for arrived in visits().filter_map(|visit| visit.arrived) {
        let hour = arrived.seconds().rem_euclid(86_400) / 3_600;
        if let Some(count) = usize::try_from(hour).ok().and_then(|hour| hours.get_mut(hour)) {
            *count += 1;
        }
    }
    let told: u64 = hours.iter().sum();
    let statement = Message::new("coverage-when")
        .with("told", told)
        .with("first", first.to_string())
        .with("last", last.map_or_else(|| "–".to_owned(), |last| last.to_string()));
    finding
        .evidence
        .push(Evidence::new(statement).value("visits", Value::Count(i64::try_from(told).unwrap_or(i64::MAX))));
    let bars = hours.iter().enumerate().filter(|(_, visits)| **visits > 0).map(|(hour, &visits)| Bar {
        label: format!("{hour:02}:00").into(),
        value: visits,
        marked: false,
    });
    let title = Message::new("coverage-figure-when").with("publisher", of.publisher.name.as_str());
    finding.figures.push(Bars { title, unit: Unit::Visits, bars: bars.collect(), of: None }.into());
}

/// Stations at which nobody was let in, the first of them one by one.
fn refused(of: &Observers, settings: &Settings, finding: &mut Finding) {
    let all = of.book.forms.iter().flat_map(|form| form.current().map(move |(_, visit)| (form, visit)));
    let refused = all.filter(|(_, visit)| visit.access == Some(Access::Refused));
    finding.evidence.extend(refused.take(settings.listed).map(|(form, visit)| {
        let station = of.book.stations[visit.station as usize].as_str();
        let statement = Message::new("coverage-refused").with("station", station);
        Evidence::new(statement).at(Place::of_row(&form.input, visit.row))
    }));
}

/// How far the drawing was kept.
fn drawn(of: &Observers, seen: &Seen, finding: &mut Finding) {
    let Some(assignment) = &of.assignment else { return };
    let is_seen = |station: u32| seen.stations.get(&station).is_some_and(|best| *best != Some(Access::Refused));
    let count = |wanted: bool| {
        let drawn = assignment.stations.iter().filter(|(.., drawn)| *drawn == wanted);
        drawn.fold((0u64, 0u64), |(visited, all), (station, ..)| (visited + u64::from(is_seen(*station)), all + 1))
    };
    let ((visited, all), (visited_other, others)) = (count(true), count(false));
    let statement = Message::new("coverage-drawn")
        .with("visited", visited)
        .with("drawn", all)
        .with("other", visited_other)
        .with("others", others)
        .with("unknown", assignment.unknown);
    finding.evidence.push(
        Evidence::new(statement)
            .at(Place::of_row(&assignment.input, 1))
            .value("drawn", Value::Count(all as i64))
            .value("drawn_visited", Value::Count(visited as i64))
            .value("not_drawn", Value::Count(others as i64))
            .value("not_drawn_visited", Value::Count(visited_other as i64)),
    );
}
