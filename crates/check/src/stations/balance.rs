//! # stations/balance
//!
//! Tests in every station the sums that a protocol must obey, and sets the failures beside those of accepted elections.
//!
//! **What it looks at.** Every sum that the columns of the table allow:
//!
//! * votes of all options = valid papers
//! * valid + invalid papers = papers in the boxes (the votes of all options, where valid papers are no column)
//! * valid + invalid papers = ballots issued, only where nothing says what was in the boxes; never *contradicted*
//! * papers in mobile + in fixed boxes = papers in the boxes
//! * ballots received + not accounted for on receipt = issued + unused + lost
//! * issued early + in the room + outside = issued
//!
//! Orders that physics forbids (more papers in the boxes than were issued) are in `stations/impossible`.
//!
//! **Formula.** For each sum the difference `d = left - right` in every row where all its parts are known. A row fails
//! where d is not 0. The finding gives the rows with d > 0 and d < 0, the sums of both, and the share of the side tested
//! in failing rows beside its share in all others: who would gain if the failing rows were altered.
//!
//! **Rule.** Clerical error is common: ballot papers do not balance in 523 of 27,416 Polish stations (2014, 1.9 %), the
//! voters do not match the votes in 13.5 % of Buenos Aires' tables (2015, mostly a number that was not copied) and in
//! 0.2 % of Bulgarian stations (2021), in none in Peru (2021) or Russia, whose systems refuse a protocol that does not
//! add up. A sum is *contradicted* only where the exact lower bound of its failure rate is above the exact upper bound
//! of the largest such rate (both one-sided at 99 %). Failures up to there are one finding, `undecided`,
//! `descriptive`; so are more of them in fewer than ten rows, too few to tell a misread column by, and more rows
//! where valid and invalid papers are not the ballots issued. Without failures the sums are `proven` for the rows tested. Where every rate known for a sum comes
//! from a system that refuses wrong sums, the bound is that of the Polish ballot papers, which are added by hand.
//!
//! **When it is wrong.** A misread column fails nearly everywhere: the reading is proved before any check runs. Voters
//! may sign and keep the paper, so `valid + invalid = issued` can fail without any error: its failures are counted, and
//! contradict nothing (`stations/impossible` tests the direction that cannot be honest). An election in the table
//! above is compared with a bound that it helped to set.
//!
//! **What may not be concluded.** That the sums hold proves only that the table agrees with itself; a system that
//! refuses protocols which do not add up makes this check powerless. That they fail says that two published numbers
//! exclude each other, not which one is wrong, nor why.
//!
//! **References.** Station results of Poland 2014 and 2015 (PKW), Buenos Aires 2015 (DINE), Bulgaria 11 July 2021 (CIK),
//! Peru 2021 (ONPE), Georgia 2016 (CEC), Sweden 2018 (Valmyndigheten), Israel (Central Elections Committee).

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, StatementRef, Technique, Unit, Value};
use adil_record::{Counts, Identity, Term};

use super::base_rate::{self, BaseRate, LEVEL, Standing};
use super::row;
use crate::{Check, Claim, ContestView, Need, Page, Settings, Tested};

/// The check.
pub(crate) struct Balance;

const ID: CheckId = CheckId("stations/balance");

impl Check for Balance {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("balance.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[
            Claim { technique: Technique::Count, needs: &[Need::Stations, Need::Line(Term::Invalid)] },
            Claim {
                technique: Technique::UnusedBallots,
                needs: &[Need::Line(Term::Received), Need::Line(Term::Unused), Need::Issued],
            },
        ]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let sums = sums(tested);
        if sums.is_empty() {
            let lacking = [Term::Invalid, Term::InBoxes].into_iter().find(|&term| tested.table.line(term).is_none());
            return vec![row::absent(ID, view, "balance-no-data", lacking.unwrap_or(Term::Valid).message_id())];
        }
        let tallies: Vec<Tally> = sums.iter().map(|sum| Tally::of(sum, settings.listed)).collect();
        vec![finding(view, tested, &sums, &tallies, settings)]
    }
}

/// A sum on every row of the table.
struct Sum {
    identity: Identity,
    left: Counts,
    right: Counts,
}

impl Sum {
    /// Left minus right in a row where both are known.
    fn difference(&self, row: usize) -> Option<i64> {
        Some(i64::from(self.left.get(row)?) - i64::from(self.right.get(row)?))
    }

    fn text(&self) -> Message {
        Message::new(self.identity.message_id())
    }

    /// The name of the measure of its failing rows.
    fn measure(&self) -> &'static str {
        match self.identity {
            Identity::OptionsAreValid => "failing_options_valid",
            Identity::ValidAndInvalidAreInBoxes => "failing_in_boxes",
            Identity::ValidAndInvalidAreIssued => "failing_issued",
            Identity::BoxesAreInBoxes => "failing_boxes",
            Identity::ReceivedAreIssuedAndUnused => "failing_received",
            Identity::PartsAreIssued => "failing_parts",
        }
    }

    /// How often it fails in accepted elections.
    fn rates(&self) -> &'static [BaseRate] {
        match self.identity {
            Identity::OptionsAreValid => base_rate::VALID,
            Identity::ValidAndInvalidAreInBoxes => base_rate::IN_BOXES,
            Identity::ValidAndInvalidAreIssued => base_rate::SIGNED,
            Identity::ReceivedAreIssuedAndUnused => base_rate::PAPERS,
            Identity::BoxesAreInBoxes | Identity::PartsAreIssued => base_rate::BY_HAND,
        }
    }

    /// What makes it fail without any error.
    fn honest(&self) -> Option<&'static str> {
        (self.identity == Identity::ValidAndInvalidAreIssued).then_some("balance-kept-papers")
    }

    fn standing(&self, tally: &Tally) -> Standing {
        Standing::of(tally.failing(), tally.tested, self.rates(), self.honest())
    }
}

/// Every sum that the columns allow and some row can be tested by.
fn sums(tested: &Tested<'_>) -> Vec<Sum> {
    let sum = |&identity: &Identity| {
        let (left, right) = identity.sides(tested.table)?;
        Some(Sum { identity, left, right })
    };
    let testable = |sum: &Sum| (0..tested.table.len()).any(|row| sum.difference(row).is_some());
    Identity::ALL.iter().filter_map(sum).filter(testable).collect()
}

/// The rows in which a sum holds and fails.
#[derive(Default)]
struct Tally {
    tested: u64,
    over: u64,
    over_by: u64,
    under: u64,
    under_by: u64,
    /// The largest differences, by row.
    largest: Vec<(usize, i64)>,
}

impl Tally {
    fn of(sum: &Sum, listed: usize) -> Self {
        let mut tally = Self::default();
        for row in 0..sum.left.len() {
            let Some(difference) = sum.difference(row) else { continue };
            tally.tested += 1;
            match difference {
                0 => continue,
                1.. => (tally.over, tally.over_by) = (tally.over + 1, tally.over_by + difference.unsigned_abs()),
                _ => (tally.under, tally.under_by) = (tally.under + 1, tally.under_by + difference.unsigned_abs()),
            }
            tally.largest.push((row, difference));
        }
        tally.largest.sort_by_key(|&(row, difference)| (std::cmp::Reverse(difference.unsigned_abs()), row));
        tally.largest.truncate(listed);
        tally
    }

    fn failing(&self) -> u64 {
        self.over + self.under
    }
}

fn finding(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    sums: &[Sum],
    tallies: &[Tally],
    settings: &Settings,
) -> Finding {
    let (rows_tested, rows_failing) = rows(sums, tested);
    let standings: Vec<Standing> = sums.iter().zip(tallies).map(|(sum, tally)| sum.standing(tally)).collect();
    let worst = standings.iter().copied().max().unwrap_or(Standing::NoFailure);
    let id = match worst {
        Standing::NoFailure => "balance-holds",
        Standing::Clerical => "balance-clerical",
        Standing::Open(_) => "balance-open",
        Standing::BeyondClerical => "balance-beyond",
    };
    let counted = |id| {
        let message = Message::new(id).with("tested", rows_tested).with("failing", rows_failing.len());
        message.with("rate", Arg::Percent(row::share(rows_failing.len() as u64, rows_tested), 2))
    };
    let statement = worst.because(counted(id).with("sums", sums.len()));
    let failing = || sums.iter().zip(tallies).filter(|(_, tally)| tally.failing() > 0).map(|(sum, _)| sum);
    let mut finding = Finding::new(ID, worst.verdict(row::whose(tested.release)), row::subject(view), statement)
        .measure(Measure::count("rows_tested", rows_tested, Unit::Rows, Message::new("balance-source-tested")))
        .measure(Measure::count(
            "rows_failing",
            rows_failing.len(),
            Unit::Rows,
            Message::new("balance-source-failing"),
        ));
    let caveats = [
        (rows_failing.is_empty(), "balance-caveat-holds"),
        (failing().any(|sum| sum.honest().is_none()), "balance-caveat-fails"),
        (failing().any(|sum| sum.honest().is_some()), "balance-caveat-kept-papers"),
    ];
    finding.caveats.extend(caveats.into_iter().filter(|(said, _)| *said).map(|(_, id)| Message::new(id)));
    finding.brief = match worst {
        Standing::Clerical => Some(counted("balance-brief")),
        Standing::Open(_) => Some(worst.because(counted("balance-brief-open"))),
        Standing::NoFailure | Standing::BeyondClerical => None,
    };
    for ((sum, tally), standing) in sums.iter().zip(tallies).zip(standings) {
        let source = Message::new("balance-source-sum").with("sum", sum.text());
        finding.measures.push(Measure::count(sum.measure(), tally.failing(), Unit::Rows, source));
        finding.evidence.push(sum_evidence(sum, tally, standing));
        if standing == Standing::BeyondClerical {
            finding.subject.statements.extend(statements(tested, sum));
        }
    }
    row::add_gain(&mut finding, tested, &rows_failing);
    for sum in failing() {
        finding.evidence.extend(sum.rates().iter().map(|rate| rate.evidence(sum.text())));
    }
    let each = settings.listed / failing().count().max(1);
    for (sum, tally) in sums.iter().zip(tallies) {
        finding.evidence.extend(tally.largest.iter().take(each.max(1)).map(|&(row, difference)| {
            let statement = Message::new("balance-row")
                .with("station", tested.table.name(row))
                .with("sum", sum.text())
                .with("difference", difference);
            Evidence::new(statement).at(row::place(tested.table, row)).value("difference", Value::Count(difference))
        }));
    }
    finding
}

fn sum_evidence(sum: &Sum, tally: &Tally, standing: Standing) -> Evidence {
    let id = match standing {
        Standing::NoFailure => "balance-sum-holds",
        Standing::Clerical => "balance-sum-clerical",
        Standing::Open(_) => "balance-sum-open",
        Standing::BeyondClerical => "balance-sum-beyond",
    };
    let statement = Message::new(id)
        .with("sum", sum.text())
        .with("tested", tally.tested)
        .with("failing", tally.failing())
        .with("rate", Arg::Percent(row::share(tally.failing(), tally.tested), 2))
        .with("bound", Arg::Percent(base_rate::bound(sum.rates()), 2))
        .with("level", Arg::Percent(LEVEL, 0))
        .with("over", tally.over)
        .with("overby", tally.over_by)
        .with("under", tally.under)
        .with("underby", tally.under_by);
    let net = i64::try_from(tally.over_by).unwrap_or(i64::MAX) - i64::try_from(tally.under_by).unwrap_or(i64::MAX);
    Evidence::new(standing.because(statement))
        .value("failing", Value::Count(i64::try_from(tally.failing()).unwrap_or(i64::MAX)))
        .value("net", Value::Count(net))
}

/// The two sides of a sum as published, which exclude each other.
fn statements(tested: &Tested<'_>, sum: &Sum) -> [StatementRef; 2] {
    let (left, right) = sum.identity.formula().split_once(" = ").unwrap_or((sum.identity.formula(), ""));
    [row::statement(tested, left, sum.left.sum()), row::statement(tested, right, sum.right.sum())]
}

/// The rows in which some sum can be tested, and those in which one fails.
fn rows(sums: &[Sum], tested: &Tested<'_>) -> (u64, Vec<usize>) {
    let mut known = 0;
    let mut failing = Vec::new();
    for row in 0..tested.table.len() {
        let mut differences = sums.iter().filter_map(|sum| sum.difference(row)).peekable();
        known += u64::from(differences.peek().is_some());
        if differences.any(|difference| difference != 0) {
            failing.push(row);
        }
    }
    (known, failing)
}

#[cfg(test)]
mod tests {
    use adil_finding::{Reason, Verdict, Whose};

    use super::*;
    use crate::sample::{measured, real, run_on, table};

    /// A thousand stations with 60 + 30 valid votes and 10 invalid papers; `wrong` of them record 101 in the boxes.
    fn thousand(wrong: usize) -> Finding {
        let boxes: Vec<u32> = (0..1000).map(|row| if row < wrong { 101 } else { 100 }).collect();
        let lines: &[(Term, &[u32])] = &[(Term::Invalid, &[10; 1000]), (Term::InBoxes, &boxes)];
        let mut findings = run_on(&Balance, table(lines, &[&[60; 1000], &[30; 1000]]));
        assert_eq!(findings.len(), 1);
        findings.remove(0)
    }

    #[test]
    fn sums_that_hold_are_proven_and_failures_are_judged_by_their_rate() {
        assert_eq!(thousand(0).verdict, Verdict::Proven);
        let clerical = thousand(20);
        assert_eq!(clerical.verdict, Verdict::Undecided(Reason::Descriptive));
        assert_eq!((measured(&clerical, "rows_tested"), measured(&clerical, "rows_failing")), (1000, 20));
        assert!(clerical.evidence.iter().any(|line| line.statement.id == "base-rate-line"));
        assert!(clerical.subject.statements.is_empty());
        // A third of the stations is beyond the 13.5 % of Buenos Aires.
        let beyond = thousand(333);
        assert_eq!(beyond.verdict, Verdict::Contradicted(Whose::Organisers));
        let said: Vec<&str> = beyond.subject.statements.iter().map(|said| said.text.as_str()).collect();
        // valid + invalid: 1,000 (60 + 30 + 10); in boxes 333 more
        assert_eq!(said, ["valid + invalid = 100000", "in boxes = 100333"]);
    }

    #[test]
    fn papers_that_voters_kept_contradict_nothing() {
        // In half of a hundred stations a voter signed and kept the paper: 60 + 30 + 10 of 101 issued.
        let issued: Vec<u32> = (0..100).map(|row| 100 + row % 2).collect();
        let lines: &[(Term, &[u32])] = &[(Term::Invalid, &[10; 100]), (Term::Issued, &issued)];
        let findings = run_on(&Balance, table(lines, &[&[60; 100], &[30; 100]]));
        let finding = &findings[0];
        assert_eq!(finding.verdict, Verdict::Undecided(Reason::Descriptive));
        assert_eq!((measured(finding, "failing_issued"), finding.statement.id), (50, "balance-open"));
        let caveats: Vec<&str> = finding.caveats.iter().map(|caveat| caveat.id).collect();
        assert_eq!(caveats, ["balance-caveat-kept-papers"]);
        assert!(finding.subject.statements.is_empty());
    }

    #[test]
    fn few_rows_do_not_accuse() {
        // A swapped column in a small table: all nine rows fail.
        let of = |rows: usize| {
            let (a, b, invalid, boxes) = (vec![60; rows], vec![30; rows], vec![10; rows], vec![300; rows]);
            let lines: &[(Term, &[u32])] = &[(Term::Invalid, &invalid), (Term::InBoxes, &boxes)];
            run_on(&Balance, table(lines, &[&a, &b])).remove(0).verdict
        };
        assert_eq!(of(9), Verdict::Undecided(Reason::Descriptive));
        assert_eq!(of(10), Verdict::Contradicted(Whose::Organisers));
    }

    #[test]
    fn directions_are_given() {
        // received + 0 = issued + unused: 500 = 300 + 200, 500 < 310 + 200, 500 > 290 + 200
        let lines: &[(Term, &[u32])] =
            &[(Term::Received, &[500; 3]), (Term::Issued, &[300, 310, 290]), (Term::Unused, &[200; 3])];
        let findings = run_on(&Balance, table(lines, &[&[200, 150, 150], &[100, 160, 140]]));
        let finding = &findings[0];
        assert_eq!(measured(finding, "failing_received"), 2);
        let line = finding.evidence.iter().find(|line| line.statement.id.starts_with("balance-sum-")).expect("the sum");
        let arg = |name| line.statement.args.iter().find(|(arg, _)| *arg == name).map(|(_, value)| value.clone());
        assert_eq!((arg("over"), arg("overby")), (Some(Arg::Count(1)), Some(Arg::Count(10))));
        assert_eq!((arg("under"), arg("underby")), (Some(Arg::Count(1)), Some(Arg::Count(10))));
        // A has 150 + 150 of 600 votes in the failing rows and 200 of 300 in the other
        assert!((real(finding, "leader_share_failing") - 0.5).abs() < 1e-12);
        assert!((real(finding, "leader_share_other") - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_missing_column_is_named() {
        let findings = run_on(&Balance, table(&[(Term::Registered, &[10])], &[&[5], &[4]]));
        assert_eq!(findings[0].verdict, Verdict::Undecided(Reason::NoData));
        assert_eq!(findings[0].statement.args[0].0, "column");
    }
}
