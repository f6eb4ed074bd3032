//! Polls made before the vote beside the result: the difference, and nothing more. Exit polls have checks of their own.

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Reason, Unit, Value, Verdict};
use adil_record::{OptionId, Quantity, Status};

use super::official;
use super::sheet::{Sheet, percent};

/// One finding for each poll or forecast that names a share, beside the organisers' last share of the option.
pub(super) fn findings(sheets: &[Sheet<'_>]) -> Vec<Finding> {
    let polls = sheets.iter().filter(|sheet| !sheet.is_of_the_count() && sheet.release.status != Status::ExitPoll);
    polls.filter_map(|poll| differences(poll, sheets)).collect()
}

fn differences(poll: &Sheet<'_>, sheets: &[Sheet<'_>]) -> Option<Finding> {
    let compared: Vec<(OptionId, _, f64)> = poll
        .options()
        .filter_map(|option| Some((option, poll.percent(&Quantity::Share(option))?, official::share(sheets, option)?)))
        .collect();
    let largest =
        compared.iter().max_by(|a, b| (a.1.fraction() - a.2).abs().total_cmp(&(b.1.fraction() - b.2).abs()))?;
    let points = |(_, said, official): &(OptionId, adil_record::Percentage, f64)| 100.0 * (official - said.fraction());
    let decimals = |share: &adil_record::Percentage| share.decimals().max(1);
    let compares = |id| {
        let message = Message::new(id).with("option", poll.option_name(largest.0));
        message.with("said", percent(largest.1)).with("official", Arg::Percent(largest.2, 2))
    };
    let statement = compares("arithmetic-poll")
        .with("release", poll.label())
        .with("points", Arg::Number(points(largest).abs(), decimals(&largest.1)));
    let quantities: Vec<Quantity> = compared.iter().map(|(option, ..)| Quantity::Share(*option)).collect();
    let said = vec![poll.said(&quantities.iter().collect::<Vec<_>>())];
    let source = Message::new("arithmetic-source-poll");
    let mut finding = poll
        .finding(Verdict::Undecided(Reason::NotIdentified), statement, said)
        .brief(compares("arithmetic-brief-poll"))
        .measure(Measure::real("largest_difference", points(largest), Unit::PercentagePoints, source))
        .caveat(Message::new("arithmetic-caveat-poll"));
    finding.evidence.extend(compared.iter().map(|line| {
        let statement = Message::new("arithmetic-poll-line")
            .with("option", poll.option_name(line.0))
            .with("said", percent(line.1))
            .with("official", Arg::Percent(line.2, 2));
        Evidence::new(statement).value("points", Value::Real(points(line)))
    }));
    Some(finding)
}
