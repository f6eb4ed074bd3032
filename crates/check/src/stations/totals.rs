//! # stations/totals
//!
//! Adds up the station results: how many stations, voters and votes, and what turnout and share they give.
//!
//! **What it looks at.** Every row of the table under test: voters on the register, ballots issued, ballots in the
//! boxes, valid votes, votes of each option. Rows that the reading left out are counted by reason, and the sums that
//! proved the reading are listed.
//!
//! **Formula.** With sums over all stations, `turnout = T / R` and `share = L / B`, where R is the register, T the
//! ballots issued (or, where the table says so or has nothing else, the ballots in the boxes), L the votes of the side
//! tested and B the ballots in the boxes or the valid votes: the table's description says which, and the finding
//! repeats it. Ballots in the boxes are valid and invalid papers together.
//!
//! **When it is wrong.** A cell that is missing counts as nothing. Stations without a register of their own (ships,
//! double envelopes, late votes counted apart) add votes but no voters, so turnout can be a little too high. A table
//! that lacks stations gives sums that lack them too.
//!
//! **What may not be concluded.** The sums are arithmetic on what was published. They do not say that the rows are
//! true. A share of valid votes is not comparable with a share of all ballots.
//!
//! **References.** Definitions of turnout and share as in the published work on Russian elections: Kobak, Shpilkin,
//! Pshenichnikov, "Integer percentages as electoral falsification fingerprints", Annals of Applied Statistics 10, 2016.

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Unit, Value, Verdict};
use adil_record::{Counts, Paired, Proof, ShareOf, StationTable, Term};

use super::row;
use crate::{Check, Claim, ContestView, Page, Settings, Tested};

/// The check.
pub(crate) struct Totals;

const ID: CheckId = CheckId("stations/totals");

impl Check for Totals {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("totals.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        match (&view.tested, view.contest.tested().and_then(|release| release.stations.as_ref())) {
            (Some(tested), _) => vec![totals(view, tested, settings)],
            (None, Some(table)) => vec![without_votes(view, table)],
            (None, None) => Vec::new(),
        }
    }
}

/// A table that says how many voted and not for whom: nothing else can be checked, but it was read.
fn without_votes(view: &ContestView<'_>, table: &StationTable) -> Finding {
    let statement = Message::new("totals-no-votes").with("stations", table.len());
    let verdict = Verdict::Undecided(Reason::NoData);
    let mut finding = Finding::new(ID, verdict, row::subject(view), statement);
    let stations = Measure::count("stations", table.len(), Unit::Stations, Message::new("totals-source-stations"));
    finding = finding.measure(stations);
    if let Some(registered) = table.line(Term::Registered) {
        let source = Message::new("totals-source-registered");
        finding = finding.measure(Measure::count("registered", registered.sum(), Unit::Voters, source));
    }
    finding.evidence = reading(table);
    finding
}

/// The sums of a table.
struct Sums {
    stations: usize,
    registered: Option<u64>,
    issued: Option<u64>,
    ballots: Option<u64>,
    valid: Option<u64>,
    leader_votes: u64,
    turnout: Option<f64>,
    leader_share: Option<f64>,
    /// Stations that the turnout and the share leave out, because one side of the quotient is not known.
    without_turnout: usize,
    without_share: usize,
}

impl Sums {
    fn of(tested: &Tested<'_>) -> Self {
        let sum = |column: &Counts| column.sum();
        let turnout = tested.turnout_numerator.as_ref().zip(tested.registered).map(|(part, whole)| part.paired(whole));
        let share = tested.share_base.as_ref().map(|base| tested.leader_votes.paired(base));
        let left_out = |paired: Option<Paired>| paired.map_or(0, |paired| paired.left_out);
        Self {
            stations: tested.table.len(),
            registered: tested.registered.map(sum),
            issued: tested.issued.as_ref().map(sum),
            ballots: tested.ballots.as_ref().map(sum),
            valid: tested.table.valid().as_ref().map(sum),
            leader_votes: tested.leader_votes.sum(),
            turnout: turnout.and_then(|paired| paired.quotient()),
            leader_share: share.and_then(|paired| paired.quotient()),
            without_turnout: left_out(turnout),
            without_share: left_out(share),
        }
    }
}

fn totals(view: &ContestView<'_>, tested: &Tested<'_>, settings: &Settings) -> Finding {
    let sums = Sums::of(tested);
    let leader = view.leader_name().unwrap_or_default();
    let [statement, brief] = match (sums.turnout, sums.leader_share) {
        (Some(turnout), Some(share)) => ["totals-statement", "totals-brief"]
            .map(|id| Message::new(id).with("turnout", Arg::Percent(turnout, 2)).with("share", Arg::Percent(share, 2))),
        (None, Some(share)) => ["totals-statement-no-turnout", "totals-brief-no-turnout"]
            .map(|id| Message::new(id).with("share", Arg::Percent(share, 2))),
        _ => ["totals-statement-votes", "totals-brief-votes"].map(Message::new),
    };
    let statement = statement
        .with("stations", sums.stations)
        .with("leader", leader)
        .with("votes", sums.leader_votes)
        .with("base", Message::new(base(tested)));
    let short_base = match tested.table.share_of {
        ShareOf::Ballots => "totals-brief-base-ballots",
        ShareOf::Valid => "totals-brief-base-valid",
    };
    let brief = brief.with("leader", leader).with("votes", sums.leader_votes).with("base", Message::new(short_base));
    let finding = Finding::new(ID, Verdict::Undecided(Reason::Descriptive), row::subject(view), statement)
        .brief(brief)
        .measures(measures(&sums, tested))
        .caveat(Message::new("totals-caveat-arithmetic"))
        .caveat(Message::new("totals-caveat-denominators").with("base", Message::new(base(tested))));
    let mut finding = finding;
    if sums.without_turnout + sums.without_share > 0 {
        let caveat = Message::new("totals-caveat-unpaired").with("turnout", sums.without_turnout);
        finding = finding.caveat(caveat.with("share", sums.without_share));
    }
    finding.evidence.extend(options(view, tested, settings));
    finding.evidence.extend(reading(tested.table));
    finding
}

fn base(tested: &Tested<'_>) -> &'static str {
    match tested.table.share_of {
        ShareOf::Ballots => "totals-base-ballots",
        ShareOf::Valid => "totals-base-valid",
    }
}

fn measures(sums: &Sums, tested: &Tested<'_>) -> Vec<Measure> {
    let source = |id| Message::new(id);
    let mut measures =
        vec![Measure::count("stations", sums.stations, Unit::Stations, source("totals-source-stations"))];
    let counts = [
        ("registered", sums.registered, Unit::Voters, "totals-source-registered"),
        ("issued", sums.issued, Unit::Ballots, "totals-source-issued"),
        ("ballots", sums.ballots, Unit::Ballots, "totals-source-ballots"),
        ("valid", sums.valid, Unit::Votes, "totals-source-valid"),
        ("leader_votes", Some(sums.leader_votes), Unit::Votes, "totals-source-leader-votes"),
    ];
    for (name, value, unit, from) in counts {
        measures.extend(value.map(|value| Measure::count(name, value, unit, source(from))));
    }
    measures.extend(sums.turnout.map(|turnout| {
        let from =
            if turnout_is_issued(tested) { "totals-source-turnout-issued" } else { "totals-source-turnout-ballots" };
        Measure::real("turnout", turnout, Unit::Fraction, source(from))
    }));
    measures.extend(sums.leader_share.map(|share| {
        let from = match tested.table.share_of {
            ShareOf::Ballots => "totals-source-share-ballots",
            ShareOf::Valid => "totals-source-share-valid",
        };
        Measure::real("leader_share", share, Unit::Fraction, source(from))
    }));
    measures
}

fn turnout_is_issued(tested: &Tested<'_>) -> bool {
    tested.table.turnout_of == adil_record::TurnoutOf::Issued && tested.issued.is_some()
}

/// The votes of the options, the most first.
fn options(view: &ContestView<'_>, tested: &Tested<'_>, settings: &Settings) -> Vec<Evidence> {
    let mut votes: Vec<(u64, usize)> = tested.table.votes.iter().map(Counts::sum).zip(0..).collect();
    votes.sort_by_key(|&(votes, index)| (std::cmp::Reverse(votes), index));
    let line = |(votes, index): (u64, usize)| {
        let name = view.contest.options.get(index).map_or("", |option| option.name.as_str());
        let paired = tested.share_base.as_ref().map(|base| tested.table.votes[index].paired(base));
        let share = paired.and_then(|paired| paired.quotient()).unwrap_or(0.0);
        let statement = Message::new("totals-option").with("option", name).with("votes", votes);
        Evidence::new(statement.with("share", Arg::Percent(share, 2)))
            .value("votes", Value::Count(i64::try_from(votes).unwrap_or(i64::MAX)))
            .value("share", Value::Real(share))
    };
    votes.into_iter().take(settings.listed).map(line).collect()
}

/// What the reading left out, and the sums that proved it.
fn reading(table: &StationTable) -> Vec<Evidence> {
    let left_out = table.left_out.iter().map(|left| {
        let statement = Message::new("totals-left-out").with("reason", left.reason.as_str()).with("rows", left.rows);
        let place = adil_finding::Place { input: table.input.clone(), row: Some(left.first_row), column: None };
        Evidence::new(statement.with("first", left.first_row)).at(place)
    });
    let cells = table.unknown_cells.iter().map(|unknown| {
        let statement = Message::new("totals-cells-unknown").with("reason", unknown.reason.as_str());
        let place = adil_finding::Place { input: table.input.clone(), row: Some(unknown.first_row), column: None };
        Evidence::new(statement.with("cells", unknown.rows).with("first", unknown.first_row)).at(place)
    });
    let constructed = table.by_construction.iter().map(|identity| {
        let sum = Message::new(identity.message_id());
        Evidence::new(Message::new("totals-proof-by-construction").with("sum", sum))
    });
    left_out.chain(cells).chain(table.proofs.iter().map(proof)).chain(constructed).collect()
}

fn proof(proof: &Proof) -> Evidence {
    let id = if proof.failing == 0 { "totals-proof-holds" } else { "totals-proof-fails" };
    let statement = Message::new(id)
        .with("sum", Message::new(proof.identity.message_id()))
        .with("tested", proof.tested)
        .with("failing", proof.failing);
    Evidence::new(statement)
}

#[cfg(test)]
mod tests {
    use adil_record::LeftOut;

    use super::*;
    use crate::sample::{measured, real, run_on, table};

    #[test]
    fn the_sums_are_those_of_the_columns() {
        let lines: &[(Term, &[u32])] =
            &[(Term::Registered, &[100, 200]), (Term::Issued, &[60, 90]), (Term::Invalid, &[5, 5])];
        let mut table = table(lines, &[&[30, 40], &[25, 45]]);
        table.left_out = vec![LeftOut { reason: "totals".into(), rows: 1, first_row: 4 }];
        let findings = run_on(&Totals, table);
        let [finding] = &findings[..] else { panic!("one finding: {findings:?}") };
        let counts = ["stations", "registered", "issued", "ballots", "valid", "leader_votes"];
        // valid: 70 + 70; ballots: 140 + 10; both options have 70 votes, and the first of equals leads
        assert_eq!(counts.map(|name| measured(finding, name)), [2, 300, 150, 150, 140, 70]);
        assert!((real(finding, "turnout") - 150.0 / 300.0).abs() < 1e-12);
        // shares are of all ballots unless the table says otherwise: 70 / 150
        assert!((real(finding, "leader_share") - 70.0 / 150.0).abs() < 1e-12);
        assert_eq!(finding.verdict, Verdict::Undecided(Reason::Descriptive));
        assert!(finding.evidence.iter().any(|line| line.statement.id == "totals-left-out"));
    }

    #[test]
    fn shares_are_of_rows_in_which_both_sides_are_known() {
        // The second station's invalid papers, and with them its papers in all, are not known: 30 of 60, not 70 of 60.
        let lines: &[(Term, &[u32])] = &[(Term::Registered, &[100, 200])];
        let mut table = table(lines, &[&[30, 40], &[25, 5]]);
        table.lines.push((Term::Invalid, [Some(5), None].into_iter().collect()));
        let finding = run_on(&Totals, table).remove(0);
        assert!((real(&finding, "leader_share") - 0.5).abs() < 1e-12);
        let line = finding.evidence.iter().find(|line| line.statement.id == "totals-option").expect("an option");
        assert!(line.values.contains(&("share", Value::Real(0.5))), "{line:?}");
        assert_eq!(measured(&finding, "leader_votes"), 70);
    }

    #[test]
    fn without_a_register_there_is_no_turnout() {
        let findings = run_on(&Totals, table(&[], &[&[3], &[2]]));
        assert_eq!(findings[0].value("turnout"), None);
        assert_eq!(findings[0].statement.id, "totals-statement-no-turnout");
    }
}
