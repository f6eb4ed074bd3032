//! # stations/impossible
//!
//! Counts the stations whose numbers break an order that cannot be broken, such as more papers in the box than were issued.
//!
//! **What it looks at.** Every order that the columns of the table allow:
//!
//! * ballots issued above the voters on the register with those added on the day; where the additions are no column,
//!   above the register alone, which is counted and never *contradicted*
//! * papers in the boxes above ballots issued; votes and invalid papers above papers in the boxes, or above ballots
//!   issued, where nothing says what was in the boxes; votes of the side tested above the valid votes
//! * papers in mobile boxes above ballots issued outside the room and early; ballots issued outside the room, or papers
//!   in mobile boxes, above the requests to vote there
//! * ballots issued above, or unused ballots above, the ballots received
//!
//! **Formula.** For each order `left <= right` the excess `left - right` in every row where both are known. A row fails
//! where the excess is positive. The finding gives rows and the sum of their excess, and the share of the side tested
//! in failing rows beside its share elsewhere.
//!
//! **Rule.** As in `stations/balance`: clerical error breaks orders too. More papers in the box than issued stand in 452
//! of 27,416 Polish stations (2014) and 15 of 13,005 Bulgarian ones (2021); more votes than voters signed in 635 of
//! 7,326 tables of Buenos Aires (2015, in 337 because the voters were not copied) and 125 of 3,668 Georgian precincts
//! (2016). An order is
//! *contradicted* only where the exact lower bound of its failure rate is above the exact upper bound of the largest
//! such rate (both one-sided at 99 %); where no rate is known for an order, the rate of Polish ballot papers is used
//! (523 of 27,416). Failures up to there are one finding, `undecided`, `descriptive`; so are more of them in fewer than
//! ten rows, too few to tell a misread column by, and more voters than a register without its additions holds: voters
//! who register at the station on the day break that order honestly.
//!
//! **When it is wrong.** A register printed before the vote is not the register at its end: in Bulgaria 1,090 of 12,973
//! stations have more voters than their printed list and 14 more than the list with its additions. Stations without a
//! register of their own (ships, double envelopes, votes counted apart) are counted and not tested. Early ballots are
//! counted from mobile boxes in Russia: mobile papers above those issued outside the room alone (1,200 to 1,850 stations
//! a year) break no order. A row whose votes exceed its papers fails a sum of `stations/balance` too: the two counts
//! must not be added.
//!
//! **What may not be concluded.** An excess of papers shows that one of two published numbers is wrong, not that papers
//! were put into a box. Its absence shows nothing where a system refuses such protocols.
//!
//! **References.** The sources of `stations/balance`; Russia 2004 to 2021, where 0 to 18 stations a year have more papers
//! in the boxes than issued.

use std::borrow::Cow;

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Technique, Unit, Value};
use adil_record::{Counts, Term};

use super::base_rate::{self, BaseRate, LEVEL, Standing};
use super::row;
use crate::{Check, Claim, ContestView, Need, Page, Settings, Tested};

/// The check.
pub(crate) struct Impossible;

const ID: CheckId = CheckId("stations/impossible");

impl Check for Impossible {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("impossible.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[
            Claim { technique: Technique::Stuffing, needs: &[Need::Stations, Need::Issued] },
            Claim { technique: Technique::MobileVoting, needs: &[Need::Line(Term::RequestedOutside)] },
            Claim { technique: Technique::MultipleVoting, needs: &[Need::Line(Term::Registered)] },
        ]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let orders = orders(tested);
        if orders.is_empty() {
            return vec![row::absent(ID, view, "impossible-no-data", Term::Issued.message_id())];
        }
        let tallies: Vec<Tally> = orders.iter().map(|order| Tally::of(order, settings.listed)).collect();
        vec![finding(view, tested, &orders, &tallies, settings)]
    }
}

/// An order that cannot be broken: left <= right in every station.
struct Order<'a> {
    /// The message that says what a broken order is.
    text: &'static str,
    /// The measure of its failing rows.
    measure: &'static str,
    left: Cow<'a, Counts>,
    right: Cow<'a, Counts>,
    /// The names of both sides in `election.toml`.
    names: [&'static str; 2],
    /// A right side of zero says that the station has none of it, not that there were none.
    zero_is_absent: bool,
    rates: &'static [BaseRate],
}

impl Order<'_> {
    /// What breaks it without any error.
    fn honest(&self) -> Option<&'static str> {
        (self.text == ABOVE_REGISTER).then_some("impossible-added-on-the-day")
    }

    /// Left minus right in a row where the order can be tested.
    fn excess(&self, row: usize) -> Option<i64> {
        let (left, right) = (self.left.get(row)?, self.right.get(row)?);
        (right > 0 || !self.zero_is_absent).then(|| i64::from(left) - i64::from(right))
    }
}

/// More voters than the register, where the table says nothing of those added on the day.
const ABOVE_REGISTER: &str = "impossible-above-register";

/// Every order that the columns allow.
fn orders<'a>(tested: &'a Tested<'_>) -> Vec<Order<'a>> {
    let table = tested.table;
    let line = |term| table.line(term).map(Cow::Borrowed);
    let with = |first: Option<&Counts>, second: Option<&Counts>| {
        first.and_then(|first| Counts::sum_of([Some(first), second].into_iter().flatten())).map(Cow::Owned)
    };
    let boxes = || table.in_boxes().map(Cow::Owned);
    let votes = || with(table.options_sum().as_ref(), table.line(Term::Invalid));
    let issued = || tested.issued.as_ref().map(Cow::Borrowed);
    let leader = || Some(Cow::Borrowed(tested.leader_votes));

    let mut orders = Vec::new();
    let mut add =
        |text, measure, rates, (left_name, left): Named<'a>, (right_name, right): Named<'a>, zero_is_absent| {
            let (Some(left), Some(right)) = (left, right) else { return };
            orders.push(Order { text, measure, left, right, names: [left_name, right_name], zero_is_absent, rates });
        };
    let register = tested.registered.map(Cow::Borrowed);
    let (text, rates) = match table.line(Term::Added) {
        Some(_) => ("impossible-above-register-and-added", base_rate::ABOVE_REGISTER_WITH_ADDITIONS),
        None => (ABOVE_REGISTER, base_rate::ABOVE_REGISTER),
    };
    let voters = tested.turnout_numerator.as_ref().map(Cow::Borrowed);
    add(text, "turnout_above_register", rates, ("turnout", voters), ("registered", register), true);
    let (text, measure) = ("impossible-box-above-issued", "box_above_issued");
    add(text, measure, base_rate::BOX_ABOVE_ISSUED, ("in-boxes", boxes()), ("issued", issued()), false);
    let (text, measure) = ("impossible-votes-above-box", "votes_above_box");
    add(text, measure, base_rate::VOTES_ABOVE_BOX, ("options + invalid", votes()), ("in-boxes", boxes()), false);
    if boxes().is_none() {
        let (text, measure) = ("impossible-votes-above-issued", "votes_above_issued");
        add(text, measure, base_rate::VOTES_ABOVE_VOTERS, ("options + invalid", votes()), ("issued", issued()), false);
    }
    let (text, measure) = ("impossible-leader-above-ballots", "leader_above_ballots");
    let ballots = table.line(Term::Valid).map(Cow::Borrowed).or_else(boxes);
    add(text, measure, base_rate::BY_HAND, ("leader", leader()), ("valid", ballots), false);
    let outside = || with(table.line(Term::IssuedOutside), table.line(Term::IssuedEarly));
    let (text, measure) = ("impossible-mobile-above-issued", "mobile_above_issued");
    let mobile = || ("in-mobile-boxes", line(Term::InMobileBoxes));
    add(text, measure, base_rate::BY_HAND, mobile(), ("issued-outside + issued-early", outside()), false);
    let (text, measure) = ("impossible-mobile-above-requested", "mobile_above_requested");
    let requested = || ("requested-outside", with(table.line(Term::RequestedOutside), table.line(Term::IssuedEarly)));
    add(text, measure, base_rate::BY_HAND, mobile(), requested(), false);
    let (text, measure) = ("impossible-outside-above-requested", "outside_above_requested");
    let requests = ("requested-outside", line(Term::RequestedOutside));
    add(text, measure, base_rate::BY_HAND, ("issued-outside", line(Term::IssuedOutside)), requests, false);
    let received = || ("received", with(table.line(Term::Received), table.line(Term::Unaccounted)));
    let (text, measure) = ("impossible-issued-above-received", "issued_above_received");
    add(text, measure, base_rate::BY_HAND, ("issued", issued()), received(), false);
    let (text, measure) = ("impossible-unused-above-received", "unused_above_received");
    add(text, measure, base_rate::BY_HAND, ("unused", line(Term::Unused)), received(), false);
    // An order that no row can be tested by holds nowhere.
    orders.retain(|order| (0..tested.table.len()).any(|row| order.excess(row).is_some()));
    orders
}

/// A side of an order with its name, empty where the table lacks it.
type Named<'a> = (&'static str, Option<Cow<'a, Counts>>);

/// The rows in which an order holds and fails.
#[derive(Default)]
struct Tally {
    tested: u64,
    failing: u64,
    excess: u64,
    /// The largest excesses, by row.
    largest: Vec<(usize, i64)>,
}

impl Tally {
    fn of(order: &Order<'_>, listed: usize) -> Self {
        let mut tally = Self::default();
        for row in 0..order.left.len() {
            let Some(excess) = order.excess(row) else { continue };
            tally.tested += 1;
            if excess > 0 {
                tally.failing += 1;
                tally.excess += excess.unsigned_abs();
                tally.largest.push((row, excess));
            }
        }
        tally.largest.sort_by_key(|&(row, excess)| (std::cmp::Reverse(excess), row));
        tally.largest.truncate(listed);
        tally
    }
}

fn finding(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    orders: &[Order<'_>],
    tallies: &[Tally],
    settings: &Settings,
) -> Finding {
    let standing =
        |(order, tally): (&Order<'_>, &Tally)| Standing::of(tally.failing, tally.tested, order.rates, order.honest());
    let standings: Vec<Standing> = orders.iter().zip(tallies).map(standing).collect();
    let worst = standings.iter().copied().max().unwrap_or(Standing::NoFailure);
    let rows_tested = rows(orders, tested, |excess| excess.is_some());
    let rows_failing = rows(orders, tested, |excess| excess.is_some_and(|excess| excess > 0));
    let id = match worst {
        Standing::NoFailure => "impossible-none",
        Standing::Clerical => "impossible-clerical",
        Standing::Open(_) => "impossible-open",
        Standing::BeyondClerical => "impossible-beyond",
    };
    let counted = |id| {
        let message = Message::new(id).with("tested", rows_tested.len()).with("failing", rows_failing.len());
        message.with("rate", Arg::Percent(row::share(rows_failing.len() as u64, rows_tested.len() as u64), 2))
    };
    let statement = worst.because(counted(id).with("orders", orders.len()));
    let broken = || orders.iter().zip(tallies).filter(|(_, tally)| tally.failing > 0);
    let mut finding = Finding::new(ID, worst.verdict(row::whose(tested.release)), row::subject(view), statement)
        .measure(rows_measure("rows_tested", rows_tested.len(), "impossible-source-tested"))
        .measure(rows_measure("rows_failing", rows_failing.len(), "impossible-source-failing"));
    finding.brief = match worst {
        Standing::Clerical => Some(counted("impossible-brief")),
        Standing::Open(_) => Some(worst.because(counted("impossible-brief-open"))),
        Standing::NoFailure | Standing::BeyondClerical => None,
    };
    if rows_failing.is_empty() {
        finding.caveats.push(Message::new("impossible-caveat-none"));
    } else if broken().any(|(order, _)| order.honest().is_none()) {
        finding.caveats.push(Message::new("impossible-caveat-some"));
    }
    if tested.table.line(Term::Added).is_none() && tested.registered.is_some() {
        finding.caveats.push(Message::new("impossible-caveat-additions"));
    }
    if let Some(registered) = tested.registered {
        let without = registered.iter().filter(|count| count.unwrap_or(0) == 0).count();
        finding.measures.push(rows_measure("stations_without_register", without, "impossible-source-without-register"));
        if without > 0 {
            let statement = Message::new("impossible-without-register").with("stations", without);
            finding.evidence.push(Evidence::new(statement));
        }
    }
    for ((order, tally), standing) in orders.iter().zip(tallies).zip(standings) {
        let source = Message::new("impossible-source-order").with("order", Message::new(order.text));
        finding.measures.push(Measure::count(order.measure, tally.failing, Unit::Rows, source));
        finding.evidence.push(order_evidence(order, tally, standing));
        if standing == Standing::BeyondClerical {
            let sides = [(order.names[0], &order.left), (order.names[1], &order.right)];
            finding.subject.statements.extend(sides.map(|(name, column)| row::statement(tested, name, column.sum())));
        }
    }
    row::add_gain(&mut finding, tested, &rows_failing);
    for (order, _) in broken() {
        finding.evidence.extend(order.rates.iter().map(|rate| rate.evidence(Message::new(order.text))));
    }
    let each = (settings.listed / broken().count().max(1)).max(1);
    for (order, tally) in broken() {
        finding.evidence.extend(tally.largest.iter().take(each).map(|&(row, excess)| {
            let statement = Message::new("impossible-row")
                .with("station", tested.table.name(row))
                .with("order", Message::new(order.text))
                .with("excess", excess);
            Evidence::new(statement).at(row::place(tested.table, row)).value("excess", Value::Count(excess))
        }));
    }
    finding
}

fn rows_measure(name: &'static str, rows: usize, source: &'static str) -> Measure {
    Measure::count(name, rows, Unit::Rows, Message::new(source))
}

/// The rows in which the excess of any order is as asked.
fn rows(orders: &[Order<'_>], tested: &Tested<'_>, asked: impl Fn(Option<i64>) -> bool) -> Vec<usize> {
    (0..tested.table.len()).filter(|&row| orders.iter().any(|order| asked(order.excess(row)))).collect()
}

fn order_evidence(order: &Order<'_>, tally: &Tally, standing: Standing) -> Evidence {
    let id = match standing {
        Standing::NoFailure => "impossible-order-holds",
        Standing::Clerical => "impossible-order-clerical",
        Standing::Open(_) => "impossible-order-open",
        Standing::BeyondClerical => "impossible-order-beyond",
    };
    let statement = Message::new(id)
        .with("order", Message::new(order.text))
        .with("tested", tally.tested)
        .with("failing", tally.failing)
        .with("rate", Arg::Percent(row::share(tally.failing, tally.tested), 3))
        .with("bound", Arg::Percent(base_rate::bound(order.rates), 2))
        .with("level", Arg::Percent(LEVEL, 0))
        .with("excess", tally.excess);
    Evidence::new(standing.because(statement))
        .value("failing", Value::Count(i64::try_from(tally.failing).unwrap_or(i64::MAX)))
        .value("excess", Value::Count(i64::try_from(tally.excess).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests {
    use adil_finding::{Reason, Verdict, Whose};

    use super::*;
    use crate::sample::{measured, run_on, table};

    #[test]
    fn broken_orders_are_counted_by_kind() {
        let lines: &[(Term, &[u32])] = &[
            // turnout is tested in three stations: the fourth has no register
            (Term::Registered, &[100, 100, 100, 0]),
            (Term::IssuedInRoom, &[90, 70, 80, 50]),
            (Term::IssuedOutside, &[20, 5, 10, 0]),
            (Term::IssuedEarly, &[0, 5, 0, 0]),
            // mobile above outside alone (second station) breaks nothing: early ballots are counted from there
            (Term::InMobileBoxes, &[20, 10, 12, 0]),
            (Term::InFixedBoxes, &[90, 70, 80, 50]),
            (Term::Invalid, &[10, 10, 10, 10]),
        ];
        let findings = run_on(&Impossible, table(lines, &[&[60, 40, 50, 30], &[40, 30, 32, 10]]));
        let finding = &findings[0];
        assert_eq!(measured(finding, "turnout_above_register"), 1, "110 of 100");
        assert_eq!(measured(finding, "box_above_issued"), 1, "92 in the boxes, 90 issued");
        assert_eq!(measured(finding, "mobile_above_issued"), 1, "12 above 10");
        assert_eq!(measured(finding, "stations_without_register"), 1);
        assert_eq!((measured(finding, "rows_tested"), measured(finding, "rows_failing")), (4, 2));
        // One of three or four stations: too few to be beyond clerical error.
        assert_eq!(finding.verdict, Verdict::Undecided(Reason::Descriptive));
    }

    #[test]
    fn voters_added_on_the_day_contradict_nothing_where_they_are_no_column() {
        // 110 voters where 100 were registered before the vote, in every station: the ten were added on the day.
        let of = |added: Option<u32>| {
            let cells = [added.unwrap_or_default(); 100];
            let register = [100 + added.unwrap_or_default(); 100];
            let mut lines: Vec<(Term, &[u32])> = vec![(Term::Registered, &register), (Term::Issued, &[110; 100])];
            lines.extend(added.map(|_| (Term::Added, &cells[..])));
            run_on(&Impossible, table(&lines, &[&[70; 100], &[40; 100]])).remove(0)
        };
        let unknown = of(None);
        assert_eq!(unknown.verdict, Verdict::Undecided(Reason::Descriptive));
        assert_eq!((measured(&unknown, "turnout_above_register"), unknown.statement.id), (100, "impossible-open"));
        let caveats: Vec<&str> = unknown.caveats.iter().map(|caveat| caveat.id).collect();
        assert_eq!(caveats, ["impossible-caveat-additions"]);
        assert_eq!(of(Some(10)).verdict, Verdict::Proven);
        // Where the additions are known, an eleventh voter cannot be explained by them.
        assert_eq!(of(Some(9)).verdict, Verdict::Contradicted(Whose::Organisers));
    }

    #[test]
    fn an_order_that_no_row_can_be_tested_by_is_not_proven() {
        let lines: &[(Term, &[u32])] = &[(Term::Registered, &[0; 20])];
        let findings = run_on(&Impossible, table(lines, &[&[60; 20], &[40; 20]]));
        assert_eq!(findings[0].verdict, Verdict::Undecided(Reason::NoData));
    }

    #[test]
    fn many_broken_orders_are_contradicted_and_none_is_proven() {
        let of = |issued: u32| {
            let issued = [issued; 100];
            let lines: &[(Term, &[u32])] = &[(Term::Issued, &issued), (Term::InBoxes, &[100; 100])];
            run_on(&Impossible, table(lines, &[&[60; 100], &[40; 100]])).remove(0)
        };
        assert_eq!(of(100).verdict, Verdict::Proven);
        let beyond = of(99);
        assert_eq!(beyond.verdict, Verdict::Contradicted(Whose::Organisers));
        assert_eq!(beyond.subject.statements.len(), 2);
    }
}
