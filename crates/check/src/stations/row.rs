//! What station checks say in common: where a row stands, and which column is missing.

use adil_finding::{
    Arg, CheckId, Evidence, Finding, Measure, Message, Place, Reason, StatementRef, Subject, Unit, Verdict, Whose,
};
use adil_record::{Release, StationTable};

use crate::{ContestView, Tested};

/// The place of a station in its input.
pub(crate) fn place(table: &StationTable, row: usize) -> Place {
    Place { input: table.input.clone(), row: table.source_rows.get(row).map(|&row| u64::from(row)), column: None }
}

/// The subject of a finding on the whole contest and the side tested.
pub(super) fn subject(view: &ContestView<'_>) -> Subject {
    let subject = Subject::contest(&view.contest.title);
    match view.leader_name() {
        Some(leader) => subject.side(leader),
        None => subject,
    }
}

/// The finding of a check that lacks a column: `statement` takes the column's name as `column`.
pub(super) fn absent(check: CheckId, view: &ContestView<'_>, statement: &'static str, column: &'static str) -> Finding {
    let statement = Message::new(statement).with("column", Message::new(column));
    Finding::new(check, Verdict::Undecided(Reason::NoData), Subject::contest(&view.contest.title), statement)
}

/// The finding of a check whose columns are all there, but with no station to look at: `statement` says what they lack.
pub(super) fn no_stations(check: CheckId, view: &ContestView<'_>, statement: &'static str) -> Finding {
    Finding::new(check, Verdict::Undecided(Reason::NoData), subject(view), Message::new(statement))
}

/// Whose statement a release is.
pub(super) fn whose(release: &Release) -> Whose {
    if release.is_official() { Whose::Organisers } else { Whose::ThirdParties }
}

/// A fraction, or zero where there is nothing to divide by.
pub(crate) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The total of a part of the table, as a statement of its publisher.
pub(super) fn statement(tested: &Tested<'_>, names: &str, total: u64) -> StatementRef {
    let release = tested.release;
    StatementRef {
        publisher: release.publisher.name.clone(),
        text: format!("{names} = {total}"),
        time: release.time.clone(),
        source: release.source.clone().or_else(|| Some(tested.table.input.clone())),
    }
}

/// Who would gain if some rows were altered: adds the share of the side tested in `rows` and in all others to a
/// finding, where both have votes.
pub(super) fn add_gain(finding: &mut Finding, tested: &Tested<'_>, rows: &[usize]) {
    let Some(base) = &tested.share_base else { return };
    // A share is of rows in which both of its sides are known.
    let all = tested.leader_votes.paired(base);
    let of_rows = tested.leader_votes.select(rows).paired(&base.select(rows));
    let (leader, votes, all_leader, all_votes) = (of_rows.this, of_rows.other, all.this, all.other);
    if votes == 0 || votes == all_votes {
        return;
    }
    let (inside, outside) = (share(leader, votes), share(all_leader - leader, all_votes - votes));
    let statement = Message::new("balance-gain")
        .with("failing", Arg::Percent(inside, 1))
        .with("other", Arg::Percent(outside, 1))
        .with("votes", leader)
        .with("all", all_leader);
    finding.evidence.push(Evidence::new(statement));
    let measure = |name, value, id| Measure::real(name, value, Unit::Fraction, Message::new(id));
    finding.measures.push(measure("leader_share_failing", inside, "balance-source-share-failing"));
    finding.measures.push(measure("leader_share_other", outside, "balance-source-share-other"));
}
