//! The same quantity in two releases: what changed.

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Reason, Subject, Unit, Value, Verdict};
use adil_record::{Amount, Contest, PublishedFigure, Quantity, Release};

use super::ID;
use super::sheet::{Sheet, label, printed, quantity, same_amount};
use crate::Settings;

/// A quantity that two releases print differently.
struct Change<'a> {
    what: &'a Quantity,
    from: Amount,
    to: Amount,
}

/// What changed between the organisers' releases of the count: one finding for each pair of releases that follow each
/// other in some quantity.
pub(super) fn national(sheets: &[Sheet<'_>]) -> Vec<Finding> {
    let official: Vec<&Sheet<'_>> =
        sheets.iter().filter(|sheet| sheet.release.is_official() && sheet.is_of_the_count()).collect();
    let mut findings = Vec::new();
    for (later, after) in official.iter().enumerate() {
        for (earlier, before) in official[..later].iter().enumerate() {
            let follows = |figure: &&PublishedFigure| {
                !official[earlier + 1..later].iter().any(|between| amount(between, figure).is_some())
            };
            let mut changes = Vec::new();
            for figure in before.figures().filter(follows) {
                if let Some(to) = amount(after, figure)
                    && !same_amount(figure.amount, to)
                {
                    changes.push(Change { what: &figure.what, from: figure.amount, to });
                }
            }
            if !changes.is_empty() {
                findings.push(changed(before, after, &changes));
            }
        }
    }
    findings
}

/// The figure of the same quantity and kind (count or percentage) in a release.
fn amount(sheet: &Sheet<'_>, figure: &PublishedFigure) -> Option<Amount> {
    let same = |other: &&PublishedFigure| {
        other.what == figure.what
            && matches!(other.amount, Amount::Count(_)) == matches!(figure.amount, Amount::Count(_))
    };
    sheet.figures().find(same).map(|figure| figure.amount)
}

fn changed(before: &Sheet<'_>, after: &Sheet<'_>, changes: &[Change<'_>]) -> Finding {
    let counts = |change: &&Change<'_>| matches!(change.what, Quantity::Voted);
    let voted = changes.iter().find(counts).and_then(|change| match (change.from, change.to) {
        (Amount::Count(from), Amount::Count(to)) => Some((from, to)),
        _ => None,
    });
    let statement = match voted {
        Some((from, to)) => {
            let id = if to > from { "arithmetic-changed-more-voters" } else { "arithmetic-changed-fewer-voters" };
            let message = Message::new(id).with("difference", to.abs_diff(from)).with("from", from).with("to", to);
            message.with("others", changes.len() - 1)
        }
        None => Message::new("arithmetic-changed").with("quantities", changes.len()),
    };
    let statement = statement.with("earlier", before.label()).with("later", after.label());
    let brief = match voted {
        Some((from, to)) => {
            let id = if to > from { "arithmetic-brief-more-voters" } else { "arithmetic-brief-fewer-voters" };
            Message::new(id).with("difference", to.abs_diff(from)).with("from", from).with("to", to)
        }
        None => {
            let one = &changes[0];
            let message = Message::new("arithmetic-brief-changed").with("others", changes.len() - 1);
            let message = message.with("quantity", quantity(after.contest, one.what));
            message.with("from", printed(one.from)).with("to", printed(one.to))
        }
    };
    let what: Vec<&Quantity> = changes.iter().map(|change| change.what).collect();
    let said = vec![before.said(&what), after.said(&what)];
    let mut finding = after
        .finding(Verdict::Undecided(Reason::Changed), statement, said)
        .brief(brief)
        .caveat(Message::new("arithmetic-caveat-changed"));
    finding.measures.push(quantities_measure(changes.len()));
    if let Some((from, to)) = voted {
        let difference = i64::try_from(i128::from(to) - i128::from(from)).unwrap_or(i64::MAX);
        let source = Message::new("arithmetic-source-difference");
        finding.measures.push(Measure::count("voted_difference", difference, Unit::Voters, source));
        finding.caveats.extend(incomplete(before, after, from, to));
    }
    finding.evidence.extend(changes.iter().map(|change| evidence(after.contest, change, None)));
    finding
}

fn quantities_measure(count: usize) -> Measure {
    Measure::count("quantities_changed", count, Unit::Pure, Message::new("arithmetic-source-changed"))
}

/// What the earlier release would look like if it was only incomplete.
fn incomplete(before: &Sheet<'_>, after: &Sheet<'_>, from: u64, to: u64) -> Option<Message> {
    let counted = (from < to).then(|| from as f64 / to as f64)?;
    let stations = after.count(&Quantity::Stations).filter(|_| before.count(&Quantity::Stations).is_none());
    let message = match stations {
        Some(stations) => Message::new("arithmetic-incomplete-stations")
            .with("stations", stations.value)
            .with("missing", ((1.0 - counted) * stations.value as f64).round() as u64),
        None => Message::new("arithmetic-incomplete"),
    };
    Some(message.with("counted", Arg::Percent(counted, 1)))
}

fn evidence(contest: &Contest, change: &Change<'_>, area: Option<&str>) -> Evidence {
    let id = if area.is_some() { "arithmetic-change-area" } else { "arithmetic-change" };
    let statement = Message::new(id)
        .with("quantity", quantity(contest, change.what))
        .with("from", printed(change.from))
        .with("to", printed(change.to));
    let statement = match area {
        Some(area) => statement.with("area", area),
        None => statement,
    };
    Evidence::new(statement).value("from", value(change.from)).value("to", value(change.to))
}

fn value(amount: Amount) -> Value {
    match amount {
        Amount::Count(count) => Value::Count(i64::try_from(count).unwrap_or(i64::MAX)),
        Amount::Percent(percentage) => Value::Real(percentage.fraction()),
    }
}

/// Where two releases print the same quantity by region: the regions in which they differ by more than rounding.
pub(super) fn regional(contest: &Contest, settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (later, after) in contest.releases.iter().enumerate() {
        for before in &contest.releases[..later] {
            findings.extend(regions_changed(contest, before, after, settings));
        }
    }
    findings
}

fn regions_changed(contest: &Contest, before: &Release, after: &Release, settings: &Settings) -> Option<Finding> {
    let key = |figure: &PublishedFigure| figure.area.as_ref().map(|area| area.trim().to_lowercase());
    let same = |figure: &PublishedFigure| {
        let kind = |amount| matches!(amount, Amount::Count(_));
        let same = |other: &&PublishedFigure| {
            other.what == figure.what && key(other) == key(figure) && kind(other.amount) == kind(figure.amount)
        };
        after.figures.iter().find(same).map(|other| (figure.amount, other.amount))
    };
    let of_regions = before.figures.iter().filter(|figure| figure.area.is_some());
    let pairs: Vec<(&PublishedFigure, (Amount, Amount))> =
        of_regions.filter_map(|figure| Some((figure, same(figure)?))).collect();
    let differ: Vec<_> = pairs.iter().filter(|(_, (from, to))| !same_amount(*from, *to)).collect();
    if pairs.len() < 2 {
        return None;
    }
    let id = if differ.is_empty() { "arithmetic-regions-agree" } else { "arithmetic-regions-differ" };
    let brief_id = if differ.is_empty() { "arithmetic-brief-regions-agree" } else { "arithmetic-brief-regions-differ" };
    let areas = differ.iter().take(5).filter_map(|(figure, _)| figure.area.clone()).map(Arg::Text).collect();
    let compared = |id, areas| {
        let message = Message::new(id).with("compared", pairs.len()).with("differing", differ.len());
        message.with("areas", Arg::List(areas))
    };
    let brief = compared(brief_id, Vec::clone(&areas));
    let statement = compared(id, areas).with("earlier", label(contest, before)).with("later", label(contest, after));
    let reason = if differ.is_empty() { Reason::Descriptive } else { Reason::Changed };
    let said = [before, after].map(|release| Sheet::new(contest, release).said(&[]));
    let subject = Subject { statements: said.to_vec(), ..Subject::contest(&contest.title) };
    let count = |name, value: usize, id| Measure::count(name, value, Unit::Regions, Message::new(id));
    let mut finding = Finding::new(ID, Verdict::Undecided(reason), subject, statement)
        .brief(brief)
        .measure(count("regions_compared", pairs.len(), "arithmetic-source-regions"))
        .measure(count("regions_differing", differ.len(), "arithmetic-source-regions-differing"))
        .caveat(Message::new("arithmetic-caveat-regions"));
    finding.evidence.extend(differ.into_iter().take(settings.listed).map(|(figure, (from, to))| {
        let change = Change { what: &figure.what, from: *from, to: *to };
        evidence(contest, &change, figure.area.as_deref())
    }));
    Some(finding)
}
