//! # observers/incidents
//!
//! Counts incidents by their code, and says how far each has been looked into.
//!
//! **What it looks at.** The incidents of each organisation: codes V1 to V5 (multiple voting, mobile voting, officials present, group voting,
//! stuffing), C1 to C3 (count, unused ballots, protocol), T1 (tabulation), S1 (signatures), A1 (observers' access), E1 (electronic voting). A row
//! that another one replaces, a refuted and a withdrawn one, and one that is marked as a duplicate, are counted apart.
//!
//! **Formula.** Incidents that stand and are no duplicate, and stations with one, by code; of them first-hand, verified, and grave ones
//! (severity 4 or 5). Two incidents of one code at one station within 15 minutes, by different observers, may be one that nobody marked: the
//! number of incidents that would be left then is given as well.
//!
//! **Null model.** None: it counts.
//!
//! **When it is wrong.** Where there are more observers there are more reports. A code says what an observer took it for.
//!
//! **What may not be concluded.** Reports are not a count of what happened: most stations had no observer, and what observers are not shown they do
//! not report. Comparing regions by their number of incidents compares observers. Nothing here says who was to blame or that it was meant.

use std::collections::{BTreeMap, BTreeSet};

use adil_finding::{Bar, Bars, CheckId, Evidence, Finding, Map, Measure, Message, Place, Technique, Unit, Value};
use adil_record::{Incident, IncidentCode, Observers, VerificationState, Where};

use super::located::{descriptive, is_first, rows_of};
use crate::stations::row;
use crate::{Check, Claim, ContestView, Page, Settings, mapped};

/// The check.
pub(crate) struct Incidents;

const ID: CheckId = CheckId("observers/incidents");
/// Two reports of one kind from one station within so many seconds may be of one thing.
const NEAR_SECONDS: i64 = 15 * 60;

impl Check for Incidents {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("incidents.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        if !is_first(view) {
            return Vec::new();
        }
        let has = |of: &&Observers| !of.book.incidents.is_empty();
        view.record.observers.iter().filter(has).map(|of| finding(view, of, settings)).collect()
    }
}

/// Whether an incident stands by itself: it is not replaced, refuted, withdrawn, or another report of one before.
pub(super) fn counts(incident: &Incident) -> bool {
    incident.stands() && incident.duplicate_of.is_none()
}

/// The incidents of one code.
#[derive(Debug, Default)]
struct OfCode {
    incidents: u64,
    stations: BTreeSet<u32>,
    first_hand: u64,
    verified: u64,
    grave: u64,
    refuted: u64,
    duplicates: u64,
}

fn finding(view: &ContestView<'_>, of: &Observers, settings: &Settings) -> Finding {
    let mut codes: BTreeMap<IncidentCode, OfCode> = BTreeMap::new();
    let mut techniques: BTreeSet<Technique> = BTreeSet::new();
    let current = || of.book.incidents.iter().flat_map(|file| &file.rows).filter(|row| row.replaced_by.is_none());
    for incident in current() {
        let of_code = codes.entry(incident.code).or_default();
        if !incident.state.stands() {
            of_code.refuted += 1;
        } else if incident.duplicate_of.is_some() {
            of_code.duplicates += 1;
        } else {
            of_code.incidents += 1;
            of_code.first_hand += u64::from(incident.first_hand == Some(true));
            of_code.verified += u64::from(incident.state == VerificationState::Verified);
            of_code.grave += u64::from(incident.severity.is_some_and(|severity| severity >= 4));
            techniques.extend(incident.code.technique());
            if let Where::Station(station) = incident.place {
                of_code.stations.insert(station);
            }
        }
    }
    let sum = |number: &dyn Fn(&OfCode) -> u64| codes.values().map(number).sum::<u64>();
    let all = sum(&|code| code.incidents);
    let stations: BTreeSet<u32> = codes.values().flat_map(|code| code.stations.iter().copied()).collect();
    let near: u64 = of.book.incidents.iter().map(|file| nearby(&file.rows)).sum();
    let said = |id| {
        Message::new(id)
            .with("publisher", of.publisher.name.as_str())
            .with("incidents", all)
            .with("stations", stations.len())
            .with("verified", sum(&|code| code.verified))
            .with("refuted", sum(&|code| code.refuted))
            .with("duplicates", sum(&|code| code.duplicates))
            .with("near", near)
            .with("techniques", techniques.len())
    };
    let mut finding = descriptive(ID, view, of, said("incidents-all"))
        .brief(said("incidents-brief"))
        .caveat(Message::new("incidents-caveat"));
    let count = |name, value: u64, unit, id| Measure::count(name, value, unit, Message::new(id));
    finding.measures.extend([
        count("incidents", all, Unit::Events, "incidents-source-all"),
        count("stations_with_incidents", stations.len() as u64, Unit::Stations, "incidents-source-stations"),
        count("first_hand", sum(&|code| code.first_hand), Unit::Events, "incidents-source-first-hand"),
        count("verified", sum(&|code| code.verified), Unit::Events, "incidents-source-verified"),
        count("grave", sum(&|code| code.grave), Unit::Events, "incidents-source-grave"),
        count("refuted", sum(&|code| code.refuted), Unit::Events, "incidents-source-refuted"),
        count("duplicates_marked", sum(&|code| code.duplicates), Unit::Events, "incidents-source-duplicates"),
        count("possible_duplicates", near, Unit::Events, "incidents-source-near"),
    ]);
    for (code, of_code) in &codes {
        let statement = Message::new("incidents-line")
            .with("code", code.word())
            .with("name", Message::new(code.message_id()))
            .with("incidents", of_code.incidents)
            .with("stations", of_code.stations.len())
            .with("first", of_code.first_hand)
            .with("verified", of_code.verified)
            .with("grave", of_code.grave);
        let first = of.book.incidents.iter().find_map(|file| {
            let row = file.rows.iter().find(|row| row.code == *code && counts(row))?;
            Some(Place::of_row(&file.input, row.row))
        });
        let evidence = Evidence::new(statement)
            .value("incidents", Value::Count(of_code.incidents as i64))
            .value("stations", Value::Count(of_code.stations.len() as i64));
        finding.evidence.push(match first {
            Some(first) => evidence.at(first),
            None => evidence,
        });
    }
    let (said_of_stations, map) = stations_of(view, of, settings);
    finding.evidence.extend(said_of_stations);
    let bars = codes.iter().map(|(code, of_code)| Bar {
        label: Message::new("incidents-bar")
            .with("code", code.word())
            .with("name", Message::new(code.message_id()))
            .into(),
        value: of_code.incidents,
        marked: false,
    });
    let title = Message::new("incidents-figure").with("publisher", of.publisher.name.as_str());
    finding.figures.push(Bars { title, unit: Unit::Events, bars: bars.collect(), of: None }.into());
    finding.figures.extend(map.map(Into::into));
    finding
}

/// The stations of the table with incidents, those with the most first: at their rows, so that they stand beside what other checks say;
/// and a map of all of them whose coordinates are known.
fn stations_of(view: &ContestView<'_>, of: &Observers, settings: &Settings) -> (Vec<Evidence>, Option<Map>) {
    let Some(tested) = &view.tested else { return (Vec::new(), None) };
    let rows = rows_of(view, &of.book);
    let mut stations: BTreeMap<usize, BTreeMap<IncidentCode, u64>> = BTreeMap::new();
    for incident in of.book.incidents.iter().flat_map(|file| &file.rows).filter(|row| counts(row)) {
        if let Where::Station(station) = incident.place
            && let Some(row) = rows[station as usize]
        {
            *stations.entry(row).or_default().entry(incident.code).or_default() += 1;
        }
    }
    let mut stations: Vec<(usize, BTreeMap<IncidentCode, u64>)> = stations.into_iter().collect();
    stations.sort_by_key(|(row, codes)| (std::cmp::Reverse(codes.values().sum::<u64>()), *row));
    let of_one = |(row, codes): &(usize, BTreeMap<IncidentCode, u64>)| {
        let codes = codes.iter().map(|(code, incidents)| format!("{} × {incidents}", code.word()));
        let statement = Message::new("incidents-station")
            .with("publisher", of.publisher.name.as_str())
            .with("station", tested.table.name(*row))
            .with("codes", codes.collect::<Vec<_>>().join(", "));
        Evidence::new(statement).at(row::place(tested.table, *row))
    };
    let weights = stations.iter().map(|(row, codes)| (*row, codes.values().sum::<u64>() as f64)).collect();
    let said = mapped::Said {
        id: "map-incidents",
        title: Message::new("incidents-map").with("publisher", of.publisher.name.as_str()),
        description: Message::new("incidents-map-description"),
        label: Message::new("incidents-map-size"),
        unvalued: Message::new("incidents-map-size"),
    };
    let map = mapped::of_stations(view, weights, Message::new("incidents-map-size"), said);
    (stations.iter().take(settings.listed).map(of_one).collect(), map)
}

/// Incidents that may be others' reports of one before: of one code, from one station, by another observer, and not long after.
fn nearby(rows: &[Incident]) -> u64 {
    let mut known: Vec<(u32, IncidentCode, i64, Option<u32>)> = (rows.iter().filter(|row| counts(row)))
        .filter_map(|row| match row.place {
            Where::Station(station) => Some((station, row.code, row.time?.seconds(), row.observer)),
            Where::Area(_) => None,
        })
        .collect();
    known.sort_unstable();
    let is_near = |pair: &[(u32, IncidentCode, i64, Option<u32>)]| match pair {
        [one, other] => {
            let same = (one.0, one.1) == (other.0, other.1);
            same && other.2 - one.2 <= NEAR_SECONDS && (one.3 != other.3 || one.3.is_none())
        }
        _ => false,
    };
    known.windows(2).filter(|pair| is_near(pair)).count() as u64
}
