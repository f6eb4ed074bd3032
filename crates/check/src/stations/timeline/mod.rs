//! # stations/timeline
//!
//! Looks at the reports of turnout during the vote: series that cannot be, sudden rises, and series that were copied.
//!
//! **What it looks at.** How many had voted by each of the reported times (at least two), and how many in all by the protocol. A
//! number that the table marks as filled in from the protocol is the protocol's, not a report. Complete is a series of which
//! every report is known and some is above zero.
//!
//! **Formula.**
//!
//! * *Impossible*: a report below the one before it; the last report above the protocol; a report above the register (with
//!   the additions of the day, where they are known). Each is counted by itself: a series may be in several counts.
//! * *Rises*: of the T voters of a station, d came between two times. In a district d is beta-binomial, with parameters
//!   fitted to the other half of its stations and drawn to those of the whole table (normal in ln a and ln b, sd 0.7), and
//!   one time in twenty anything from 0 to T: P(d; T) = 0.95 BB(d; T) + 0.05 / (T + 1). Had s of these voters been added
//!   there, d - s of T - s would have come, so that
//!
//! ```text
//! E = mean over times and over s = 5, 10, 20, 30, 50 % of T of  P(d - s; T - s) / P(d; T)
//! ```
//!
//!   is an e-value: on average at most 1 where nothing was added. Stations with E >= 10 are counted (an honest one is
//!   there with probability at most 1/10) and those listed that the e-value form of Benjamini and Hochberg selects.
//! * *Copies*: pairs of stations of one district with the same increments, or with the same parts of their registers to
//!   half a voter, in three intervals one after the other. Expected is the sum over all pairs of the product of their
//!   chances, each summed exactly over both stations' beta-binomials (fitted to half of the district); p is the upper tail of the Poisson distribution.
//!
//! **Rule.** As in `stations/impossible`: an order is *contradicted* only where the exact lower bound of its failure rate is
//! above the exact upper bound of what clerical error is known to leave. Reports fall in 15 of 11,071 series of three Georgian
//! elections; reports everywhere are typed by hand, so the larger rate of Polish ballot papers (523 of 27,416) is the bound.
//!
//! **Null model.** Stations of a district share a curve of turnout, with beta-binomial spread around it. No election that
//! everybody accepted has reports in the bank yet, so rises and copies have no verdict.
//!
//! **When it is wrong.** Reports are telephoned and typed in; a wrong number is corrected by the next. Shifts, church hours,
//! trains and ships make honest peaks. A barracks votes within an hour. Reports are often estimates: round, equal, repeated
//! (no increment at all). Where the protocol counts ballots and the reports people, they differ a little.
//!
//! **What may not be concluded.** A falling series shows that one of two published numbers is wrong, not which, nor that
//! votes were added. A rise shows that many came, or were entered, at one time.
//!
//! **References.** St Petersburg 2021: of 1,906 complete series 105 fall within the reports and 103 end above the protocol;
//! the three Georgian elections of 2012, 2013 and 2016. E-values: Vovk and Wang, Annals of Statistics 49, 2021; Wang and
//! Ramdas, Journal of the Royal Statistical Society B 84, 2022.

mod copies;
mod course;
mod impossible;
mod series;
mod spikes;

use std::sync::Arc;

use adil_finding::{
    Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Subject, Technique, Unit, Value, Verdict,
};

use self::{
    copies::Copies,
    series::Series,
    spikes::{Halves, NOTABLE, Spikes},
};
use super::row;
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Timeline;

const ID: CheckId = CheckId("stations/timeline");
/// Fewer complete series say nothing on the usual course of turnout.
const FEWEST: usize = 30;

impl Check for Timeline {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[
            Claim { technique: Technique::GroupVoting, needs: &[Need::TurnoutReports] },
            Claim { technique: Technique::Stuffing, needs: &[Need::TurnoutReports] },
        ]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let Some(series) = Series::of(tested) else {
            return vec![row::absent(ID, view, "timeline-no-data", "need-turnout-by-hour")];
        };
        if series.complete.is_empty() {
            return vec![row::no_stations(ID, view, "timeline-no-stations")];
        }
        let mut findings = vec![impossible::finding(view, tested, &series, settings)];
        if series.sound().count() >= FEWEST {
            findings.push(course(view, tested, &series, settings));
        }
        findings
    }

    fn weighs_all_sides(&self) -> bool {
        true
    }

    fn pieces(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let Some(series) = Series::of(tested) else { return Vec::new() };
        let mut pieces = impossible::pieces(tested, &series);
        if series.sound().count() >= FEWEST {
            let course = Course::of(view, tested, &series);
            pieces.extend(course.spikes.pieces(tested));
            pieces.extend(course.copies.pieces(tested));
        }
        pieces
    }
}

/// What departs from the course of turnout.
struct Course {
    spikes: Spikes,
    copies: Copies,
}

impl Course {
    fn of(view: &ContestView<'_>, tested: &Tested<'_>, series: &Series<'_>) -> Arc<Self> {
        view.once_for_all(ID, || {
            let halves = Halves::of(tested, series);
            let copies = Copies::of(tested, series, &halves.courses[0]);
            Self { spikes: Spikes::of(tested, &halves), copies }
        })
    }
}

/// The finding on the course of turnout: rises and copies.
fn course(view: &ContestView<'_>, tested: &Tested<'_>, series: &Series<'_>, settings: &Settings) -> Finding {
    let course = Course::of(view, tested, series);
    let Course { spikes, copies } = &*course;
    let notable = spikes.notable().count();
    let (same, alike) = (copies.same(), copies.alike());
    let counted = |id| {
        let message = Message::new(id).with("series", spikes.stations.len()).with("spikes", notable);
        message
            .with("pairs", same.observed)
            .with("expected", Arg::Number(same.expected, 1))
            .with("alike", alike.observed)
            .with("alikeexpected", Arg::Number(alike.expected, 1))
    };
    let statement = counted("timeline-course").with("most", Arg::Number(spikes.stations.len() as f64 / NOTABLE, 0));
    let subject = Subject::contest(&view.contest.title);
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), subject, statement)
        .brief(counted("timeline-course-brief"))
        .caveat(Message::new("timeline-caveat-peaks"))
        .caveat(Message::new("timeline-caveat-typed"))
        .measures(spikes.measures(settings))
        .measures(copies.measures());
    if copies.left_out > 0 {
        finding.caveats.push(Message::new("timeline-caveat-pairs").with("districts", copies.left_out));
    }
    finding.evidence.extend(spikes.evidence(tested, series, settings));
    finding.evidence.extend(copies.evidence(tested, settings));
    finding.figures.extend(course::figure(series).map(Into::into));
    finding
}

/// A piece of evidence on a station, with a number.
fn of_station(tested: &Tested<'_>, row: usize, statement: Message, name: &'static str, value: Value) -> Evidence {
    let statement = statement.with("station", tested.table.name(row));
    Evidence::new(statement).at(row::place(tested.table, row)).value(name, value)
}

/// A count of stations or series.
fn count(name: &'static str, value: usize, source: &'static str) -> Measure {
    Measure::count(name, value, Unit::Stations, Message::new(source))
}

#[cfg(test)]
mod tests;
