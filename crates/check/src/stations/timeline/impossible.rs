//! Series that cannot be: they fall, end above the protocol, or exceed the register.

use adil_finding::{Arg, Evidence, Finding, Message, StatementRef, Subject, Value};
use adil_record::Term;

use super::{
    ID, count, of_station,
    series::{Reported, Series},
};
use crate::stations::{
    base_rate::{self, BaseRate, LEVEL, Standing},
    cut, row,
};
use crate::{ContestView, Piece, Settings, Tested};

/// An order that reports cannot break.
struct Order {
    text: &'static str,
    measure: &'static str,
    source: &'static str,
    rates: &'static [BaseRate],
    /// What breaks it without any error.
    honest: Option<&'static str>,
    /// Whether a series can be tested by it.
    tests: fn(&Reported) -> bool,
    /// By how much a series breaks it.
    excess: fn(&Reported) -> Option<u64>,
}

const FALLS: Order = Order {
    text: "timeline-falls",
    measure: "decreasing",
    source: "timeline-source-decreasing",
    rates: base_rate::REPORTS_FALL,
    honest: None,
    tests: |_| true,
    excess: |series| series.fall().map(|(_, fall)| u64::from(fall)),
};

const ABOVE_PROTOCOL: Order = Order {
    text: "timeline-above-protocol",
    measure: "last_above_protocol",
    source: "timeline-source-above-protocol",
    rates: base_rate::REPORTS_ABOVE_PROTOCOL,
    honest: None,
    tests: |series| series.protocol.is_some(),
    excess: |series| series.above_protocol().map(u64::from),
};

const ABOVE_REGISTER: Order = Order {
    text: "timeline-above-register",
    measure: "above_register",
    source: "timeline-source-above-register",
    rates: base_rate::REPORTS_ABOVE_REGISTER,
    honest: None,
    tests: |series| series.registered.is_some(),
    excess: Reported::above_register,
};

impl Order {
    /// The rates that failures are compared with: reports are typed by hand, so at least what a sum written by hand shows.
    fn yardstick(&self) -> &'static [BaseRate] {
        let by_hand = base_rate::BY_HAND;
        if base_rate::bound(self.rates) > base_rate::bound(by_hand) { self.rates } else { by_hand }
    }
}

/// The series that break an order, the largest excess first.
struct Tally<'s> {
    order: Order,
    tested: usize,
    broken: Vec<(&'s Reported, u64)>,
    standing: Standing,
}

impl<'s> Tally<'s> {
    fn of(order: Order, series: &'s Series<'_>) -> Self {
        let tested = series.complete.iter().filter(|series| (order.tests)(series)).count();
        let all = series.complete.iter();
        let mut broken: Vec<_> = all.filter_map(|series| Some((series, (order.excess)(series)?))).collect();
        broken.sort_by_key(|&(series, excess)| (std::cmp::Reverse(excess), series.row));
        let standing = Standing::of(broken.len() as u64, tested as u64, order.yardstick(), order.honest);
        Self { order, tested, broken, standing }
    }

    fn evidence(&self) -> Evidence {
        let id = match self.standing {
            Standing::NoFailure => "timeline-order-holds",
            Standing::Clerical => "timeline-order-clerical",
            Standing::Open(_) => "timeline-order-open",
            Standing::BeyondClerical => "timeline-order-beyond",
        };
        let failing = self.broken.len();
        let statement = Message::new(id)
            .with("order", Message::new(self.order.text))
            .with("tested", self.tested)
            .with("failing", failing)
            .with("rate", Arg::Percent(row::share(failing as u64, self.tested as u64), 2))
            .with("bound", Arg::Percent(base_rate::bound(self.order.yardstick()), 2))
            .with("level", Arg::Percent(LEVEL, 0));
        Evidence::new(self.standing.because(statement))
            .value("failing", Value::Count(i64::try_from(failing).unwrap_or(i64::MAX)))
    }
}

/// The finding on series that cannot be.
pub(super) fn finding(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    series: &Series<'_>,
    settings: &Settings,
) -> Finding {
    // Without the additions of the day nothing says how many voters the register had at its end.
    let additions = tested.table.line(Term::Added).is_none().then_some("impossible-added-on-the-day");
    let orders = [FALLS, ABOVE_PROTOCOL, Order { honest: additions, ..ABOVE_REGISTER }];
    let tallies: Vec<Tally<'_>> = orders.into_iter().map(|order| Tally::of(order, series)).collect();
    let tallies: Vec<Tally<'_>> = tallies.into_iter().filter(|tally| tally.tested > 0).collect();
    let worst = tallies.iter().map(|tally| tally.standing).max().unwrap_or(Standing::NoFailure);
    let failing = |tally: Option<&Tally<'_>>| tally.map_or(0, |tally| tally.broken.len());
    let of = |text: &str| tallies.iter().find(|tally| tally.order.text == text);
    let [falling, above] = [FALLS.text, ABOVE_PROTOCOL.text].map(|text| failing(of(text)));
    let counted = |id| {
        let message = Message::new(id).with("series", series.complete.len()).with("reports", series.reports.len());
        message.with("falling", falling).with("above", above).with("register", failing(of(ABOVE_REGISTER.text)))
    };
    let id = match worst {
        Standing::NoFailure => "timeline-none",
        Standing::Clerical => "timeline-clerical",
        Standing::Open(_) => "timeline-open",
        Standing::BeyondClerical => "timeline-beyond",
    };
    let statement = worst.because(counted(id));
    let subject = Subject::contest(&view.contest.title);
    let mut finding = Finding::new(ID, worst.verdict(row::whose(tested.release)), subject, statement)
        .measure(count("series", tested.table.len(), "timeline-source-series"))
        .measure(count("complete_series", series.complete.len(), "timeline-source-complete"));
    finding.brief = match worst {
        Standing::Clerical | Standing::Open(_) => Some(counted("timeline-brief")),
        Standing::NoFailure | Standing::BeyondClerical => None,
    };
    for tally in &tallies {
        finding.measures.push(count(tally.order.measure, tally.broken.len(), tally.order.source));
        finding.evidence.push(tally.evidence());
        if tally.standing == Standing::BeyondClerical {
            finding.subject.statements.extend(statements(tested, series, tally));
        }
    }
    let both = series.complete.iter().filter(|series| series.fall().is_some() && series.above_protocol().is_some());
    finding.measures.push(count("decreasing_and_above_protocol", both.count(), "timeline-source-both"));
    let to_zero = |series: &&Reported| series.voters.windows(2).any(|pair| pair[0] > 0 && pair[1] == 0);
    finding.measures.push(count(
        "decreasing_to_zero",
        series.complete.iter().filter(to_zero).count(),
        "timeline-source-zero",
    ));
    let id = if worst == Standing::NoFailure { "timeline-caveat-none" } else { "timeline-caveat-some" };
    finding.caveats.push(Message::new(id));
    let broken: Vec<&Tally<'_>> = tallies.iter().filter(|tally| !tally.broken.is_empty()).collect();
    for tally in &broken {
        finding.evidence.extend(tally.order.rates.iter().map(|rate| rate.evidence(Message::new(tally.order.text))));
    }
    let each = (settings.listed / broken.len().max(1)).max(1);
    for tally in broken {
        finding.evidence.extend(tally.broken.iter().take(each).map(|&(series, excess)| {
            let statement = Message::new("timeline-row").with("order", Message::new(tally.order.text));
            let excess_value = Value::Count(i64::try_from(excess).unwrap_or(i64::MAX));
            of_station(tested, series.row, statement.with("excess", excess), "excess", excess_value)
        }));
    }
    finding
}

/// The two numbers of the widest gap, which exclude each other.
fn statements(tested: &Tested<'_>, series: &Series<'_>, tally: &Tally<'_>) -> Vec<StatementRef> {
    let Some(&(worst, _)) = tally.broken.first() else { return Vec::new() };
    let station = tested.table.name(worst.row);
    let report = |index: usize| {
        let time = series.reports.get(index).map_or("", |report| report.time.as_str());
        (format!("{station}, {time}"), u64::from(worst.voters.get(index).copied().unwrap_or(0)))
    };
    let last = worst.voters.len().saturating_sub(1);
    let highest = (0..worst.voters.len()).max_by_key(|&index| (worst.voters[index], std::cmp::Reverse(index)));
    let sides = match tally.order.text {
        text if text == FALLS.text => {
            let (to, _) = worst.fall().unwrap_or((1, 0));
            [report(to.saturating_sub(1)), report(to)]
        }
        text if text == ABOVE_PROTOCOL.text => {
            [report(last), (format!("{station}, issued"), u64::from(worst.protocol.unwrap_or(0)))]
        }
        _ => [report(highest.unwrap_or(0)), (format!("{station}, registered"), worst.registered.unwrap_or(0))],
    };
    sides.map(|(what, number)| row::statement(tested, &what, number)).into()
}

/// Which part of the series of each region falls.
pub(super) fn pieces(tested: &Tested<'_>, series: &Series<'_>) -> Vec<Piece> {
    let mut falls = vec![false; tested.table.len()];
    series.complete.iter().for_each(|series| falls[series.row] = series.fall().is_some());
    let regions = cut::regions(tested, series.complete.iter().map(|series| series.row));
    let piece = |region: cut::Region| {
        let falling = region.rows.iter().filter(|&&row| falls[row]).count();
        let effect = falling as f64 / region.rows.len() as f64;
        let said = cut::Said { statistic: "stations/timeline:decreasing", side: None, effect, ln_p: None };
        cut::piece(tested, region.number, &region.rows, said)
    };
    regions.into_iter().filter_map(piece).collect()
}
