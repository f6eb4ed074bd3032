//! Visits: stations that somebody chose to go to.

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Reason, Unit, Value, Verdict};
use adil_record::Visits;

use super::{ID, words};
use crate::ContestView;

/// What was reported from visits. There is no margin here, and nothing that one could be made of.
pub(super) fn finding(publisher: &str, visits: &Visits, view: &ContestView<'_>) -> Finding {
    let reports = &visits.reports;
    let stations = reports.stations.len();
    let all: u64 = reports.stations.iter().map(adil_record::StationReport::base).sum();
    let said = |id| Message::new(id).with("stations", stations).with("votes", all).with("publisher", publisher);
    let subject = words::subject(view, publisher, &reports.input);
    let mut finding =
        Finding::new(ID, Verdict::Undecided(Reason::Descriptive), subject, said("quick-visits-statement"))
            .brief(said("quick-visits-brief"))
            .caveat(Message::new("quick-visits-caveat"))
            .measures([
                Measure::count("visits", stations, Unit::Stations, Message::new("quick-source-visits")),
                Measure::count("visits_votes", all, Unit::Votes, Message::new("quick-source-visits-votes")),
            ]);
    finding.evidence.extend(reports.names.iter().enumerate().map(|(at, name)| {
        let votes: u64 = reports.stations.iter().map(|report| u64::from(report.votes[at])).sum();
        let share = if all > 0 { votes as f64 / all as f64 } else { 0.0 };
        let statement = Message::new("quick-visits-share")
            .with("option", words::option_name(view, reports, at).unwrap_or(name))
            .with("share", Arg::Percent(share, 2))
            .with("votes", votes);
        Evidence::new(statement).value("share_of_visits", Value::Real(share))
    }));
    finding
}
