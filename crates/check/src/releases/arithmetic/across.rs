//! A percentage whose base stands in another release.

use adil_finding::{Arg, Evidence, Finding, Interval, Measure, Message, Reason, Unit, Verdict};
use adil_record::{Percentage, Quantity};

use super::sheet::{Count, Sheet, fits, percent, quotient, ratio};

/// The organisers' turnouts that the register of no other of their releases gives, where their own is not known.
pub(super) fn findings(sheets: &[Sheet<'_>]) -> Vec<Finding> {
    let official = || sheets.iter().filter(|sheet| sheet.release.is_official() && sheet.is_of_the_count());
    official().filter_map(|sheet| turnout(sheet, official().collect())).collect()
}

fn turnout(sheet: &Sheet<'_>, official: Vec<&Sheet<'_>>) -> Option<Finding> {
    let (voted, printed) = (sheet.count(&Quantity::Voted)?, sheet.percent(&Quantity::Turnout)?);
    if sheet.count(&Quantity::Registered).is_some() || printed.fraction() <= 0.0 {
        return None;
    }
    let registers: Vec<(&Sheet<'_>, Count)> =
        official.into_iter().filter_map(|other| Some((other, other.count(&Quantity::Registered)?))).collect();
    if registers.iter().any(|&(_, register)| fits(printed, voted, register)) {
        return None;
    }
    let &(other, register) = registers.last()?;
    let (low, high) = needed(voted, printed);
    let middle = voted.value as f64 / printed.fraction();
    let statement = Message::new("arithmetic-across")
        .with("release", sheet.label())
        .with("other", other.label())
        .with("printed", percent(printed))
        .with("voted", voted.value)
        .with("registered", register.value)
        .with("computed", quotient(voted, register, printed))
        .with("needed", Arg::Number((middle / 1000.0).round() * 1000.0, 0));
    let brief = Message::new("arithmetic-brief-across")
        .with("printed", percent(printed))
        .with("computed", quotient(voted, register, printed));
    let said = vec![sheet.said(&[&Quantity::Voted, &Quantity::Turnout]), other.said(&[&Quantity::Registered])];
    let measure = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
    let range = Interval { low, high, level: 1.0, method: Message::new("arithmetic-method-rounding") };
    let needed = measure("register_needed", middle, Unit::Voters, "arithmetic-source-register-needed");
    let evidence = Message::new("arithmetic-across-range").with("printed", percent(printed));
    let evidence = evidence.with("low", Arg::Number(low, 0)).with("high", Arg::Number(high, 0));
    let finding = sheet
        .finding(Verdict::Undecided(Reason::Changed), statement, said)
        .brief(brief)
        .measure(measure("turnout_printed", printed.fraction(), Unit::Fraction, "arithmetic-source-printed"))
        .measure(measure("turnout_computed", ratio(voted, register), Unit::Fraction, "arithmetic-source-across"))
        .measure(needed.within(range))
        .evidence(Evidence::new(evidence))
        .caveat(Message::new("arithmetic-caveat-register"));
    Some(finding)
}

/// The registers of which `voted` can be the printed percentage.
fn needed(voted: Count, printed: Percentage) -> (f64, f64) {
    let (least, most) = (voted.value.saturating_sub(voted.half) as f64, voted.value.saturating_add(voted.half) as f64);
    (least / (printed.fraction() + printed.half_digit()), most / (printed.fraction() - printed.half_digit()).max(1e-9))
}
