//! # stations/unused
//!
//! Describes the ballots that were not used: none left, round numbers left, papers lost, and whether fewer are left
//! where the side tested does better.
//!
//! **What it looks at.** Ballots received, issued, unused, lost and not accounted for. Numbers at which the ballots of
//! stations stop are a matter for `stations/books`.
//!
//! **Formula.**
//!
//! * *Exhausted*: stations with ballots received, some issued and none left.
//! * *Round*: unused ballots that are a positive multiple of 100 (and of 50), beside the 1 % (2 %) that evenly spread
//!   last digits would give, among stations with at least 100 unused.
//! * *Near the register*: stations that received at least as many ballots as they have voters.
//! * *Slope*: that of the unused share `(received - issued) / received` on the share of the side tested *within
//!   districts*, weighted by the ballots received, with an interval that treats each district as one observation (the
//!   formula is that of `stations/mobile`).
//!
//! **Null model.** For the slope of a region, that it is zero: normal with that deviation. It is not zero in honest
//! elections, where turnout and share go together.
//!
//! **When it is wrong.** Small stations honestly run out. Ballots are delivered in round lots, so unused counts are
//! round wherever the number of voters is. Where stations receive a ballot for every voter, the unused share is turnout
//! told the other way round, and the slope says no more than that turnout goes with share.
//!
//! **What may not be concluded.** Fewer ballots left where one side does better is what stuffing with spare papers
//! leaves, and also what its voters coming in greater numbers leave.
//!
//! **References.** The cluster-robust variance: Liang and Zeger, Biometrika 73, 1986.

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Verdict};
use adil_record::{Counts, Term};

use super::{
    cut, row,
    slope::{Dot, Slope},
};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Unused;

const ID: CheckId = CheckId("stations/unused");

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
        match tested.table.line(Term::Unused) {
            Some(unused) => vec![unused_ballots(tested, unused, row::subject(view))],
            None => vec![row::absent(ID, view, "unused-no-data", Term::Unused.message_id())],
        }
    }

    fn pieces(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let rows = (0..tested.table.len()).filter(|&row| dot(tested, row).is_some());
        let piece = |region: cut::Region| {
            let slope = slope(tested, region.rows.iter().copied())?.falling();
            let (effect, ln_p) = (slope.value, Some(slope.ln_p_above()));
            let said = cut::Said { statistic: "stations/unused:slope", side: Some(tested.leader), effect, ln_p };
            cut::piece(tested, region.number, &region.rows, said)
        };
        cut::regions(tested, rows).into_iter().filter_map(piece).collect()
    }
}

/// The unused share of a station by the share of the side tested, where both are known.
fn dot(tested: &Tested<'_>, row: usize) -> Option<Dot> {
    let received = tested.table.line(Term::Received)?.get(row)?;
    let issued = tested.issued.as_ref()?.get(row)?;
    let (own, base) = (tested.leader_votes.get(row)?, tested.share_base.as_ref()?.get(row)?);
    let usable = received > 0 && issued <= received && base > 0 && own <= base;
    usable.then(|| Dot {
        district: tested.districts[row],
        weight: f64::from(received),
        x: f64::from(own) / f64::from(base),
        y: f64::from(received - issued) / f64::from(received),
    })
}

fn slope(tested: &Tested<'_>, rows: impl Iterator<Item = usize>) -> Option<Slope> {
    let dots: Vec<Dot> = rows.filter_map(|row| dot(tested, row)).collect();
    Slope::of(&dots, tested.district_count)
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
    if let Some(slope) = slope(tested, 0..table.len()) {
        finding.measures.push(slope.measure("unused_slope", "unused-source-slope"));
        finding.evidence.push(slope.evidence("unused-slope"));
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{measured, real, run_on, table};

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
        assert!(finding.value("unused_slope").is_none(), "one district has no deviation");
    }

    #[test]
    fn fewer_ballots_are_left_where_the_side_does_better() {
        // Twelve districts of ten stations that received 1,000 each: the share of A is 0.50 + s/100, the issued 400 +
        // 10 s + 5 d, for s from 0 to 9 in district d: the unused share falls by s/100 as the share rises by s/100.
        let (mut issued, mut own, mut others) = (vec![], vec![], vec![]);
        for row in 0..120u32 {
            let (district, step) = (row / 10, row % 10);
            issued.push(400 + 10 * step + 5 * district);
            own.push(200 + 4 * step);
            others.push(200 - 4 * step);
        }
        let received = [1_000; 120];
        let lines: &[(Term, &[u32])] =
            &[(Term::Unused, &[600; 120]), (Term::Issued, &issued), (Term::Received, &received)];
        let findings = run_on(&Unused, table(lines, &[&own, &others]));
        assert!((real(&findings[0], "unused_slope") + 1.0).abs() < 1e-9);
    }
}
