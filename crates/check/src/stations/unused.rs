//! # stations/unused
//!
//! Describes the ballots that were not used: none left, round numbers left, papers lost, and counts that stop at the
//! size of a book of ballots.
//!
//! **What it looks at.** Ballots received, issued, unused, lost and not accounted for; and the number of ballots (or of
//! votes, where nothing else is known) of each station.
//!
//! **Formula.**
//!
//! * *Exhausted*: stations with ballots received, some issued and none left.
//! * *Round*: unused ballots that are a positive multiple of 100 (and of 50), beside the 1 % (2 %) that evenly spread
//!   last digits would give, among stations with at least 100 unused.
//! * *Near the register*: stations that received at least as many ballots as they have voters.
//! * *Stop at a book's size*, from the ballots in the boxes (or the votes, where nothing else is known): let c be the most frequent number of ballots at or above 100. With `below` the stations
//!   with c-10 to c-1 ballots and `above` those with c+1 to c+10, the two would be about equal if c were nothing special;
//!   the p-value is that of an exact two-sided sign test of `below` against `above`. It is reported where at least 20
//!   stations are at c, three times as many as at one of its neighbours on average, and `below` is more than twice
//!   `above` with p under one in a million.
//!
//! **When it is wrong.** Small stations honestly run out. Ballots are delivered in round lots, so unused counts are round
//! wherever the number of voters is. The value c is chosen after looking at the data, so the p-value of the stop is a
//! description, not a test. Stations of one size by law (a maximum number of voters) stop there honestly.
//!
//! **What may not be concluded.** A stop at a book's size shows that counts were bounded by the paper at hand: that can be
//! crowded stations or a book filled to its end. No null is calibrated, so no verdict is given.
//!
//! **References.** Afghanistan 2014, second round of results by station: 544 stations at exactly 600 votes, the size of
//! a book, 1,482 at 590 to 599 and 56 at 601 to 610. Bunching at a boundary: McCrary, Journal of Econometrics 142, 2008.

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Value, Verdict};
use adil_record::{Counts, Term};
use adil_stat::sign_test;

use super::row;
use crate::{Check, Claim, ContestView, Need, Page, Settings, Tested};

/// The check.
pub(crate) struct Unused;

const ID: CheckId = CheckId("stations/unused");

/// How far from the stop stations are counted, in ballots.
const WINDOW: usize = 10;
/// The smallest number of ballots at which a stop is looked for.
const SMALLEST_STOP: usize = 100;
/// The largest number of ballots at which a stop is looked for: no station's book is larger.
const LARGEST_STOP: usize = 10_000;

impl Check for Unused {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("unused.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::UnusedBallots, needs: &[Need::Line(Term::Received), Need::Line(Term::Unused)] }]
    }

    fn run(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let subject = || row::subject(view);
        let mut findings = Vec::new();
        match tested.table.line(Term::Unused) {
            Some(unused) => findings.push(unused_ballots(tested, unused, subject())),
            None => findings.push(row::absent(ID, view, "unused-no-data", Term::Unused.message_id())),
        }
        let stop = tested.ballots.as_ref().and_then(Stop::of).filter(Stop::is_notable);
        findings.extend(stop.map(|stop| stop.finding(tested, subject())));
        findings
    }
}

fn unused_ballots(tested: &Tested<'_>, unused: &Counts, subject: adil_finding::Subject) -> Finding {
    let table = tested.table;
    let issued = tested.issued.as_ref();
    let used = |row: usize| issued.is_none_or(|issued| issued.or_zero(row) > 0);
    let known = unused.iter().flatten().count();
    let exhausted = unused.iter().enumerate().filter(|&(row, count)| count == Some(0) && used(row)).count();
    let many: Vec<u32> = unused.iter().flatten().filter(|&count| count >= 100).collect();
    let round = |step: u32| many.iter().filter(|count| count.is_multiple_of(step)).count();
    let (many, hundreds, fifties) = (many.len(), round(100), round(50));
    let statement = Message::new("unused-statement")
        .with("stations", known)
        .with("exhausted", exhausted)
        .with("round", hundreds)
        .with("expected", Arg::Number(many as f64 / 100.0, 0))
        .with("unused", unused.sum());
    let brief =
        Message::new("unused-brief").with("unused", unused.sum()).with("exhausted", exhausted).with("stations", known);
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), subject, statement)
        .brief(brief)
        .caveat(Message::new("unused-caveat-round"))
        .caveat(Message::new("unused-caveat-system"));
    let count = |name, value: u64, unit, id| Measure::count(name, value, unit, Message::new(id));
    let stations = |name, value: usize, id| count(name, value as u64, Unit::Stations, id);
    finding.measures.extend([
        count("unused", unused.sum(), Unit::Ballots, "unused-source-unused"),
        stations("exhausted", exhausted, "unused-source-exhausted"),
        stations("unused_at_least_100", many, "unused-source-many"),
        stations("unused_multiple_of_100", hundreds, "unused-source-hundreds"),
        stations("unused_multiple_of_50", fifties, "unused-source-fifties"),
    ]);
    let expected = |name, value: f64, id| Measure::real(name, value, Unit::Stations, Message::new(id));
    finding.measures.push(expected("expected_multiple_of_100", many as f64 / 100.0, "unused-source-expected"));
    if let Some(received) = table.line(Term::Received) {
        finding.measures.push(count("received", received.sum(), Unit::Ballots, "unused-source-received"));
        if let Some(registered) = tested.registered {
            let full = |row: &usize| registered.or_zero(*row) > 0 && received.or_zero(*row) >= registered.or_zero(*row);
            let full = (0..table.len()).filter(full).count();
            finding.measures.push(stations("received_at_least_registered", full, "unused-source-full"));
        }
    }
    for (name, term, id) in
        [("lost", Term::Lost, "unused-source-lost"), ("unaccounted", Term::Unaccounted, "unused-source-unaccounted")]
    {
        finding.measures.extend(table.line(term).map(|column| count(name, column.sum(), Unit::Ballots, id)));
    }
    let lost: u64 = [Term::Lost, Term::Unaccounted].iter().filter_map(|&term| table.line(term)).map(Counts::sum).sum();
    if lost > 0 {
        let rows = (0..table.len()).filter(|&row| {
            [Term::Lost, Term::Unaccounted]
                .iter()
                .any(|&term| table.line(term).is_some_and(|column| column.or_zero(row) > 0))
        });
        let statement = Message::new("unused-lost").with("papers", lost).with("stations", rows.count());
        finding.evidence.push(Evidence::new(statement));
    }
    finding
}

/// A number of ballots that many stations have and few exceed.
struct Stop {
    at: usize,
    exactly: u64,
    below: u64,
    above: u64,
    p: f64,
}

impl Stop {
    /// The most frequent number of a column, from [`SMALLEST_STOP`] to [`LARGEST_STOP`].
    fn of(column: &Counts) -> Option<Self> {
        let mut frequency = vec![0u64; LARGEST_STOP + WINDOW + 1];
        for count in column.iter().flatten() {
            if let Some(cell) = frequency.get_mut(count as usize) {
                *cell += 1;
            }
        }
        let within = SMALLEST_STOP..=LARGEST_STOP;
        let at = within.max_by_key(|&count| (frequency[count], std::cmp::Reverse(count)))?;
        let sum = |range: std::ops::RangeInclusive<usize>| frequency[range].iter().sum::<u64>();
        let (below, above) = (sum(at - WINDOW..=at - 1), sum(at + 1..=at + WINDOW));
        Some(Self { at, exactly: frequency[at], below, above, p: sign_test(below, above) })
    }

    /// Whether it is worth a finding: far more stations at it than at its neighbours, and far fewer above than below.
    fn is_notable(&self) -> bool {
        let neighbours = (self.below + self.above) as f64 / (2 * WINDOW) as f64;
        self.exactly >= 20 && self.exactly as f64 > 3.0 * neighbours && self.below > 2 * self.above && self.p < 1e-6
    }

    fn finding(&self, tested: &Tested<'_>, subject: adil_finding::Subject) -> Finding {
        let statement = Message::new("unused-stop")
            .with("exactly", self.exactly)
            .with("at", self.at)
            .with("below", self.below)
            .with("belowfrom", self.at - WINDOW)
            .with("belowto", self.at - 1)
            .with("above", self.above)
            .with("abovefrom", self.at + 1)
            .with("aboveto", self.at + WINDOW);
        let brief = Message::new("unused-brief-stop")
            .with("exactly", self.exactly)
            .with("at", self.at)
            .with("below", self.below)
            .with("above", self.above);
        let count = |name, value: u64, id| Measure::count(name, value, Unit::Stations, Message::new(id));
        let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), subject, statement)
            .brief(brief)
            .caveat(Message::new("unused-caveat-stop"))
            .measure(Measure::count("stop_at", self.at, Unit::Ballots, Message::new("unused-source-stop")))
            .measure(count("stations_at_stop", self.exactly, "unused-source-stop"))
            .measure(count("stations_below_stop", self.below, "unused-source-stop-window"))
            .measure(count("stations_above_stop", self.above, "unused-source-stop-window"))
            .measure(Measure::real("stop_p", self.p, Unit::Probability, Message::new("unused-source-stop-p")));
        let ballots = tested.ballots.as_ref();
        let at = |row: &usize| ballots.is_some_and(|column| column.get(*row) == u32::try_from(self.at).ok());
        finding.evidence.extend((0..tested.table.len()).filter(at).take(5).map(|row| {
            let statement = Message::new("unused-stop-station").with("station", tested.table.name(row));
            Evidence::new(statement.with("ballots", self.at))
                .at(row::place(tested.table, row))
                .value("ballots", Value::Count(i64::try_from(self.at).unwrap_or(i64::MAX)))
        }));
        finding
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{measured, run_on, table};

    #[test]
    fn a_stop_at_a_books_size_is_found() {
        // 40 stations at 600, 60 spread over 590 to 599, 5 over 601 to 605, and others far away.
        let mut cells = vec![600; 40];
        cells.extend((0..60).map(|row| 590 + row % 10));
        cells.extend(601..=605);
        cells.extend((0..50).map(|row| 200 + 3 * row));
        let findings = run_on(&Unused, table(&[(Term::Valid, &cells)], &[&cells]));
        let stop = findings.iter().find(|finding| finding.statement.id == "unused-stop").expect("the stop");
        let names = ["stop_at", "stations_at_stop", "stations_below_stop", "stations_above_stop"];
        assert_eq!(names.map(|name| measured(stop, name)), [600, 40, 60, 5]);
    }

    #[test]
    fn round_and_empty_stocks_are_counted() {
        let lines: &[(Term, &[u32])] = &[
            (Term::Unused, &[0, 100, 250, 123, 60]),
            (Term::Issued, &[500, 400, 250, 377, 440]),
            (Term::Received, &[500; 5]),
            (Term::Registered, &[500, 600, 400, 500, 700]),
            (Term::Lost, &[0, 0, 3, 0, 0]),
        ];
        let findings = run_on(&Unused, table(lines, &[&[400, 300, 200, 300, 400]]));
        let finding = &findings[0];
        let names =
            ["unused", "exhausted", "unused_at_least_100", "unused_multiple_of_100", "unused_multiple_of_50", "lost"];
        // 0 + 100 + 250 + 123 + 60; the third and fourth are above 100; 100 is a multiple of 100, 250 of 50 as well
        assert_eq!(names.map(|name| measured(finding, name)), [533, 1, 3, 1, 2, 3]);
        assert_eq!(measured(finding, "received_at_least_registered"), 3);
        assert_eq!(findings.len(), 1, "no stop among five stations");
    }
}
