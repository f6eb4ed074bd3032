//! # copies/over-time
//!
//! Follows the official numbers of each station through time: which stations were changed after they were published, when, by how many votes and for whom, and how
//! stations that came late voted.
//!
//! **What it looks at.** The organisers' tables of stations whose release has a `time` of day, and copies whose holder is `official-site`, typed in by two
//! people, with the time when the page was seen (`docs/spec/protocol-copies.md`). A station without any vote has not reported yet. Two tables alone are compared by
//! `copies/compare`; here changes are told from three times on, or where there are copies of the site.
//!
//! **Formula.** A station's statements in the order of their times; a *change* is a statement whose votes are not those of the one before. It happened at
//! some time between the two, and is put to the hour in which the later one was seen. Votes moved at least: the sum over changes of the larger of votes
//! gained and votes lost; a vote that moves there and back counts twice. Net: the sum by option. *Late* stations first reported after the first of all
//! times: the share of the side tested in their last votes is set beside that of the others, and within districts that have both,
//!
//! ```text
//! sum_d w_d (late share in d - early share in d) / sum_d w_d      w_d: votes of the late stations in district d
//! ```
//!
//! **Null model.** None: `changed` where something changed, `descriptive` where nothing did. Protocols are corrected and completed lawfully.
//!
//! **When it is wrong.** Times of releases that are those of a download. Stations that were renumbered. A page that was seen before it was complete. Whose
//! station reports late is no accident: large stations, far ones and those abroad do, in honest counts too.
//!
//! **What may not be concluded.** Why a number changed. That late stations vote otherwise because they are late: only within one district is part of the
//! geography taken out.
//!
//! **References.** Organization of American States, *Analysis of Electoral Integrity, Bolivia 2019*; F. Idrobo, D. Kronick and F. Rodríguez,
//! Journal of Politics 84, 2022, on what a late swing does not show.

mod late;
mod series;
#[cfg(test)]
mod tests;

use adil_finding::{
    Arg, Axis, CheckId, Evidence, Figure, Finding, Histogram, Measure, Message, Reason, Series as Drawn, Side, Subject,
    Unit, Value, Verdict,
};
use adil_record::Moment;

use crate::{Check, Claim, ContestView, Page, Settings};
use late::Late;
use series::{Changes, Official};

/// The check.
pub(crate) struct OverTime;

const ID: CheckId = CheckId("copies/over-time");

/// Options shown one by one.
const OPTIONS: usize = 6;
/// The most bins of the figure.
const BINS: i64 = 48;

impl Check for OverTime {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(official) = Official::of(view) else { return Vec::new() };
        let (changes, late) = official.follow();
        let mut findings = Vec::new();
        if official.times().len() > 2 || official.has_pages() {
            findings.extend((changes.stations_seen_again > 0).then(|| changed(&official, &changes, view, settings)));
        }
        findings.extend((late.late.stations > 0 && late.early.stations > 0).then(|| arrived(&late, view)));
        findings
    }
}

fn subject(view: &ContestView<'_>) -> Subject {
    let subject = Subject::contest(&view.contest.title);
    match view.leader_name() {
        Some(leader) => subject.side(leader),
        None => subject,
    }
}

fn changed(official: &Official<'_>, changes: &Changes, view: &ContestView<'_>, settings: &Settings) -> Finding {
    let is_same = changes.stations_changed == 0;
    let moments = official.times();
    let ends = || moments.first().zip(moments.last()).map(|(first, last)| (first.to_string(), last.to_string()));
    let (first, last) = ends().unwrap_or_default();
    let said = |id| {
        Message::new(id)
            .with("stations", changes.stations_seen_again)
            .with("changed", changes.stations_changed)
            .with("moved", changes.moved)
            .with("times", moments.len())
            .with("first", first.as_str())
            .with("last", last.as_str())
    };
    let (id, brief, reason) = match is_same {
        true => ("over-time-same", "over-time-brief-same", Reason::Descriptive),
        false => ("over-time-changed", "over-time-brief-changed", Reason::Changed),
    };
    let count = |name, value: u64, unit, id| Measure::count(name, value, unit, Message::new(id));
    let mut finding = Finding::new(ID, Verdict::Undecided(reason), subject(view), said(id))
        .brief(said(brief))
        .caveat(Message::new("over-time-caveat"))
        .measures([
            count("official_times", moments.len() as u64, Unit::Pure, "over-time-source-times"),
            count("stations_seen_again", changes.stations_seen_again, Unit::Stations, "over-time-source-again"),
            count("stations_changed_later", changes.stations_changed, Unit::Stations, "over-time-source-changed"),
            count("later_changes", changes.changes, Unit::Pure, "over-time-source-changes"),
            count("later_votes_moved", changes.moved, Unit::Votes, "over-time-source-moved"),
        ]);
    if is_same {
        return finding;
    }
    if let Some(net) = official.leader.and_then(|leader| changes.net.get(leader.0)) {
        let source = Message::new("over-time-source-net");
        finding.measures.push(Measure::count("later_leader_net", *net, Unit::Votes, source));
    }
    let mut hours: Vec<_> = changes.hours.iter().collect();
    // The hours in which most was moved, told in their order.
    hours.sort_by_key(|(hour, of)| (std::cmp::Reverse(of.moved), **hour));
    hours.truncate(settings.listed / 2);
    hours.sort_by_key(|(hour, _)| **hour);
    finding.evidence.extend(hours.into_iter().map(|(hour, of)| {
        let statement = Message::new("over-time-hour")
            .with("hour", Moment::of_seconds(hour * 3600).to_string())
            .with("changed", of.stations)
            .with("moved", of.moved)
            .with("net", of.leader_net);
        Evidence::new(statement).value("leader_net", Value::Count(of.leader_net))
    }));
    let mut net: Vec<(usize, i64)> = changes.net.iter().copied().enumerate().filter(|(_, net)| *net != 0).collect();
    net.sort_by_key(|&(option, net)| (std::cmp::Reverse(net.unsigned_abs()), option));
    finding.evidence.extend(net.into_iter().take(OPTIONS).map(|(option, net)| {
        let name = view.contest.options.get(option).map_or("", |option| option.name.as_str());
        let statement = Message::new("over-time-option").with("option", name).with("net", net);
        Evidence::new(statement).value("net", Value::Count(net))
    }));
    finding.evidence.extend(changes.largest(settings.listed / 2).map(|one| {
        let statement = Message::new("over-time-station")
            .with("station", official.table.name(one.row))
            .with("time", one.time.to_string())
            .with("moved", one.moved);
        Evidence::new(statement).at(crate::stations::row::place(official.table, one.row))
    }));
    finding.figures.extend(figure(official, changes));
    finding
}

/// Stations changed by hour since the first statement.
fn figure(official: &Official<'_>, changes: &Changes) -> Option<Figure> {
    let begin = official.times().first()?.seconds().div_euclid(3600);
    let end = changes.hours.keys().next_back().copied()?;
    let width = ((end - begin) / BINS + 1).max(1);
    let mut bins = vec![0.0; usize::try_from((end - begin) / width + 1).ok()?];
    for (hour, of) in &changes.hours {
        if let Some(bin) = usize::try_from((hour - begin) / width).ok().and_then(|bin| bins.get_mut(bin)) {
            *bin += of.stations as f64;
        }
    }
    let (half, top) = (width as f64 / 2.0, bins.iter().copied().fold(1.0, f64::max));
    let high = bins.len() as f64 * width as f64;
    Some(Figure::Histogram(Histogram {
        id: "changes-by-hour",
        title: Message::new("over-time-figure-title"),
        description: Message::new("over-time-figure-description").with("changes", changes.changes),
        x: Axis::number(Message::new("over-time-axis-hours"), 0.0, high),
        y: Axis::number(Message::new("over-time-axis-stations"), 0.0, top),
        first: half,
        width: width as f64,
        series: vec![Drawn { label: Message::new("over-time-series-changes"), side: Side::Neutral, values: bins }],
        marked: Vec::new(),
    }))
}

/// How stations that came late voted.
fn arrived(late: &Late, view: &ContestView<'_>) -> Finding {
    let share = |share: f64| Arg::Percent(share, 2);
    let said = |id| {
        Message::new(id)
            .with("late", late.late.stations)
            .with("early", late.early.stations)
            .with("latevotes", late.late.votes)
            .with("side", view.leader_name().unwrap_or_default())
            .with("lateshare", share(late.late.share()))
            .with("earlyshare", share(late.early.share()))
    };
    let verdict = Verdict::Undecided(Reason::Descriptive);
    let count = |name, value: u64, unit, id| Measure::count(name, value, unit, Message::new(id));
    let real = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
    let mut finding = Finding::new(ID, verdict, subject(view), said("over-time-late"))
        .brief(said("over-time-brief-late"))
        .caveat(Message::new("over-time-caveat-late"))
        .measures([
            count("late_stations", late.late.stations, Unit::Stations, "over-time-source-late"),
            count("early_stations", late.early.stations, Unit::Stations, "over-time-source-early"),
            count("late_votes", late.late.votes, Unit::Votes, "over-time-source-late-votes"),
            real("late_share", late.late.share(), Unit::Fraction, "over-time-source-share"),
            real("early_share", late.early.share(), Unit::Fraction, "over-time-source-share"),
        ]);
    if let Some((difference, districts)) = late.within() {
        let points = 100.0 * difference;
        finding.measures.push(real("late_within", points, Unit::PercentagePoints, "over-time-source-within"));
        let statement = Message::new("over-time-within").with("points", Arg::Number(points, 2));
        finding.evidence.push(Evidence::new(statement.with("districts", districts)));
    }
    finding
}
