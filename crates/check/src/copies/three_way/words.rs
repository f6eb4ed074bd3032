//! What copies beside a table show, in words.

use std::collections::BTreeMap;

use adil_finding::{
    Arg, Evidence, Finding, Interval, Measure, Message, Place, Reason, StatementRef, Subject, Unit, Value, Verdict,
    Whose,
};
use adil_record::{Holder, StationTable};
use adil_stat::sign_test;

use super::agreement::{Agreement, Voice};
use super::country::Country;
use super::pair::{Outcome, Pair, Station};
use super::{ID, Official};
use crate::copies::compare::detectable;
use crate::copies::compare::kinds::Kind;
use crate::releases::arithmetic::sheet::{Sheet, label};
use crate::stations::base_rate::{COPIES, is_beyond};
use crate::{ContestView, Settings};

/// The finding on the copies of one holder.
pub(super) fn pair(pair: &Pair<'_>, official: &Official<'_>, view: &ContestView<'_>, settings: &Settings) -> Finding {
    let (agreeing, differing) = (pair.count(Outcome::Agrees), pair.count(Outcome::Differs));
    let tested = agreeing + differing;
    let verdict = verdict(pair.holder, tested, differing, official);
    let (id, brief) = match (verdict, differing) {
        (_, 0) if tested == 0 => ("three-way-once", "three-way-brief-once"),
        (_, 0) => ("three-way-same", "three-way-brief-same"),
        (Verdict::Contradicted(_), _) => ("three-way-excluded", "three-way-brief-excluded"),
        (Verdict::Undecided(Reason::Changed), _) => ("three-way-changed", "three-way-brief-changed"),
        _ => ("three-way-clerical", "three-way-brief-clerical"),
    };
    let votes: u64 = pair.differing().map(Station::votes).sum();
    let moved: u64 = pair.differing().map(Station::moved).sum();
    let said = |id| {
        Message::new(id)
            .with("collector", pair.copies.publisher.name.as_str())
            .with("holder", holder(pair.holder))
            .with("tested", tested)
            .with("differing", differing)
            .with("once", pair.count(Outcome::OnceAgrees) + pair.count(Outcome::OnceDiffers))
            .with("split", pair.count(Outcome::Split))
            .with("votes", votes)
    };
    let mut subject = Subject::contest(&view.contest.title);
    subject.statements = vec![said_by(pair), Sheet::new(view.contest, official.release).said(&[])];
    let statement = said(id).with("official", label(view.contest, official.release));
    let mut finding = Finding::new(ID, verdict, subject, statement)
        .brief(said(brief))
        .caveat(Message::new("three-way-caveat"))
        .caveat(Message::new(match pair.copies.sample {
            Some(_) => "three-way-caveat-sample",
            None => "three-way-caveat-chosen",
        }));
    let count = |name, value: u64, id| Measure::count(name, value, Unit::Stations, Message::new(id));
    let lines = pair.stations.iter().filter(|station| station.other_lines).count() as u64;
    finding.measures.extend([
        count("stations_with_copies", pair.stations.len() as u64, "three-way-source-copies"),
        count("stations_typed_twice", tested, "three-way-source-tested"),
        count("copies_agreeing", agreeing, "three-way-source-agreeing"),
        count("copies_excluded", differing, "three-way-source-differing"),
        count("copies_split", pair.count(Outcome::Split), "three-way-source-split"),
        count("copies_once_agreeing", pair.count(Outcome::OnceAgrees), "three-way-source-once-agreeing"),
        count("copies_once_differing", pair.count(Outcome::OnceDiffers), "three-way-source-once-differing"),
        count("copies_other_lines", lines, "three-way-source-lines"),
        Measure::count("copies_votes", votes, Unit::Votes, Message::new("three-way-source-votes")),
        Measure::count("copies_votes_moved", moved, Unit::Votes, Message::new("three-way-source-moved")),
    ]);
    if differing > 0 {
        directions(&mut finding, pair, official);
        finding.evidence.extend(by_kind(pair, official.table));
        finding.evidence.extend(COPIES.iter().map(|rate| rate.evidence(Message::new("three-way-base-rate"))));
    }
    if let Some(sample) = &pair.copies.sample {
        let level = settings.quick_count_level;
        let country = Country::of(pair, sample, official.table, official.sides, level);
        all_stations(&mut finding, &country, level);
    }
    let mut shown: Vec<&Station<'_>> = pair.differing().collect();
    shown.sort_by_key(|station| (std::cmp::Reverse(station.votes()), station.row));
    let unsure = pair.stations.iter().filter(|station| station.outcome == Outcome::Split);
    let room = settings.listed.saturating_sub(finding.evidence.len());
    finding
        .evidence
        .extend(shown.into_iter().chain(unsure).take(room).map(|station| line(pair, station, official.table)));
    finding
}

fn verdict(holder: Holder, tested: u64, differing: u64, official: &Official<'_>) -> Verdict {
    if holder == Holder::OfficialSite && differing > 0 {
        return Verdict::Undecided(Reason::Changed);
    }
    if !is_beyond(differing, tested, COPIES) {
        return Verdict::Undecided(Reason::Descriptive);
    }
    let organisers = holder.speaks_for_organisers() && official.release.is_official();
    Verdict::Contradicted(if organisers { Whose::Organisers } else { Whose::ThirdParties })
}

/// Which way the margin between the side tested and the next one moved.
fn directions(finding: &mut Finding, pair: &Pair<'_>, official: &Official<'_>) {
    let Some((side, next)) = official.sides else { return };
    let change =
        |station: &Station<'_>| Some(station.change(side, official.table)? - station.change(next, official.table)?);
    let (mut up, mut down, mut net) = (0, 0, 0i64);
    for change in pair.differing().filter_map(change) {
        up += u64::from(change > 0);
        down += u64::from(change < 0);
        net += change;
    }
    let p = sign_test(up, down);
    let count = |name, value: u64| Measure::count(name, value, Unit::Stations, Message::new("three-way-source-margin"));
    finding.measures.extend([
        count("copies_margin_up", up),
        count("copies_margin_down", down),
        Measure::count("copies_margin_net", net, Unit::Votes, Message::new("three-way-source-net")),
        Measure::real("copies_margin_p", p, Unit::Probability, Message::new("three-way-source-sign-test")),
    ]);
    let statement = Message::new("three-way-margin").with("up", up).with("down", down).with("net", net);
    finding.evidence.push(Evidence::new(statement.with("p", Arg::Probability(p))));
    if let Some(part) = detectable(up + down) {
        let source = Message::new("copies-source-detectable");
        finding.measures.push(Measure::real("copies_margin_detectable", part, Unit::Fraction, source));
    }
}

fn by_kind<'a>(pair: &Pair<'_>, table: &'a StationTable) -> impl Iterator<Item = Evidence> + use<'a> {
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    pair.differing().for_each(|station| *kinds.entry(station.kind(table)).or_default() += 1);
    kinds.into_iter().map(|(kind, stations)| {
        let statement = Message::new("copies-kind").with("kind", kind.name()).with("stations", stations);
        Evidence::new(statement).value("stations", Value::Count(i64::try_from(stations).unwrap_or(i64::MAX)))
    })
}

/// The estimates for all stations of the frame.
fn all_stations(finding: &mut Finding, country: &Country, level: f64) {
    let within = |name, (value, (low, high)), unit, source, method| {
        let interval = Interval { low, high, level, method: Message::new(method) };
        Measure::real(name, value, unit, Message::new(source)).within(interval)
    };
    let whole = country.drawn == country.obtained;
    let method = if whole { "three-way-method-sample" } else { "three-way-method-missing" };
    let said = |id| {
        let message = Message::new(id).with("drawn", country.drawn).with("obtained", country.obtained);
        message.with("stations", country.stations)
    };
    match country.differing {
        Some((part, (low, high))) => {
            let differing = (part, (low, high));
            let source = "three-way-source-all-stations";
            finding.measures.push(within("all_stations_differing", differing, Unit::Fraction, source, method));
            let statement = said("three-way-all").with("part", Arg::Percent(part, 1));
            let statement = statement.with("low", Arg::Percent(low, 1)).with("high", Arg::Percent(high, 1));
            finding.evidence.push(Evidence::new(statement));
        }
        None => finding.evidence.push(Evidence::new(said("three-way-all-none"))),
    }
    if let Some((votes, (low, high))) = country.margin {
        let (source, margin) = ("three-way-source-all-margin", (votes, (low, high)));
        finding.measures.push(within("all_stations_margin", margin, Unit::Votes, source, "three-way-method-sample"));
        let statement = said("three-way-all-margin").with("votes", Arg::Number(votes, 0));
        let statement = statement.with("low", Arg::Number(low, 0)).with("high", Arg::Number(high, 0));
        finding.evidence.push(Evidence::new(statement));
    }
}

/// A station with its copy: who holds it, when it was seen, and which picture it is.
fn line(pair: &Pair<'_>, station: &Station<'_>, table: &StationTable) -> Evidence {
    let copy = station.statement;
    let id = match (station.outcome, &copy.picture) {
        (Outcome::Split, _) => "three-way-station-split",
        (_, Some(_)) => "three-way-station-picture",
        (_, None) => "three-way-station",
    };
    let statement = Message::new(id)
        .with("station", table.name(station.row))
        .with("kind", station.kind(table).name())
        .with("holder", holder(pair.holder))
        .with("seen", copy.seen.to_string())
        .with("votes", station.votes());
    let statement = match &copy.picture {
        Some(picture) => statement.with("picture", picture.sha256.to_string()),
        None => statement,
    };
    let list = |votes: Vec<u32>| Value::List(votes.into_iter().map(|votes| Value::Count(i64::from(votes))).collect());
    let [of_copy, of_table] = station.votes_of_both(table);
    let place = Place::of_row(&pair.copies.file, copy.line);
    let evidence = Evidence::new(statement).at(place).value("copy", list(of_copy)).value("official", list(of_table));
    match &copy.picture {
        Some(picture) => evidence.value("picture", Value::Text(picture.sha256.to_string())),
        None => evidence,
    }
}

/// The copies, as a statement of who collected them.
fn said_by(pair: &Pair<'_>) -> StatementRef {
    let seen = || pair.stations.iter().map(|station| station.statement.seen);
    let time = seen().min().zip(seen().max()).map(|(first, last)| format!("{first} to {last}"));
    StatementRef {
        publisher: pair.copies.publisher.name.clone(),
        text: format!("{} copies of the protocols of {} stations", pair.holder.id(), pair.stations.len()),
        time,
        source: Some(pair.copies.file.clone()),
    }
}

/// The finding on who agrees with whom.
pub(super) fn agreement(agreement: &Agreement, view: &ContestView<'_>) -> Finding {
    let alone: u64 = agreement.alone.values().sum();
    let said = |id| {
        Message::new(id)
            .with("stations", agreement.stations)
            .with("all", agreement.all)
            .with("two", agreement.two)
            .with("alone", alone)
            .with("otherwise", agreement.otherwise)
    };
    let count = |name, value: u64, id| Measure::count(name, value, Unit::Stations, Message::new(id));
    let subject = Subject::contest(&view.contest.title);
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::Descriptive), subject, said("three-way-agreement"))
        .brief(said("three-way-brief-agreement"))
        .caveat(Message::new("three-way-caveat-agreement"))
        .measures([
            count("stations_with_several", agreement.stations, "three-way-source-several"),
            count("several_agree", agreement.all, "three-way-source-all-agree"),
            count("two_differ", agreement.two, "three-way-source-two"),
            count("one_alone", alone, "three-way-source-alone"),
            count("several_otherwise", agreement.otherwise, "three-way-source-otherwise"),
        ]);
    finding.evidence.extend(agreement.alone.iter().map(|(voice, stations)| {
        let name = match voice {
            Voice::Official => Message::new("three-way-voice-official"),
            Voice::Copy(of) => holder(*of),
        };
        let statement = Message::new("three-way-alone").with("voice", name).with("stations", *stations);
        Evidence::new(statement).value("stations", Value::Count(i64::try_from(*stations).unwrap_or(i64::MAX)))
    }));
    finding
}

/// What a holder is called.
pub(super) fn holder(holder: Holder) -> Message {
    Message::new(holder.message_id())
}
