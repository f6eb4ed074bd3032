//! What the organisers and others published of a station, and the day as numbers tell it.

use adil_finding::{Arg, DossierLine, Message};
use adil_record::{OptionId, Term};

use super::Station;
use crate::stations::row::{place, share};

/// What those who ran the election published of the station.
pub(super) fn lines(rows: &[Station<'_>]) -> Vec<DossierLine> {
    rows.iter().filter(|at| at.release.is_official()).flat_map(statement).collect()
}

/// What others published: copies, photographs, exit polls.
pub(super) fn others(rows: &[Station<'_>]) -> Vec<DossierLine> {
    rows.iter().filter(|at| !at.release.is_official()).flat_map(statement).collect()
}

/// The lines of a protocol, and its votes.
fn statement(at: &Station<'_>) -> Vec<DossierLine> {
    let (table, release) = (at.table, at.release);
    let of_term = |term: &Term| {
        let count = table.line(*term)?.get(at.row)?;
        Some(Arg::from(
            Message::new("dossier-line").with("name", Message::new(term.message_id())).with("count", u64::from(count)),
        ))
    };
    let protocol: Vec<Arg> = Term::ALL.iter().filter_map(of_term).collect();
    let base = table.share_base().and_then(|base| base.get(at.row)).map_or(0, u64::from);
    let of_option = |(number, option): (usize, &adil_record::ContestOption)| {
        let votes = u64::from(table.option(OptionId(number)).get(at.row)?);
        Some(Arg::from(
            Message::new("dossier-votes")
                .with("name", option.name.as_str())
                .with("count", votes)
                .with("share", Arg::Percent(share(votes, base), 1)),
        ))
    };
    let votes: Vec<Arg> = at.contest.options.iter().enumerate().filter_map(of_option).collect();
    let said = |id, list: Vec<Arg>| {
        (!list.is_empty()).then(|| {
            Message::new(id)
                .with("contest", at.contest.title.as_str())
                .with("release", release.id.as_str())
                .with("list", Arg::List(list))
        })
    };
    let line = |message: Message| {
        DossierLine::new(message).by(&release.publisher.name).when(release.time.clone()).at(place(table, at.row))
    };
    let beside = beside(at).filter(|_| release.is_official());
    let all = [said("dossier-protocol", protocol), said("dossier-result", votes), beside];
    all.into_iter().flatten().map(line).collect()
}

/// Turnout beside that of the district and of all stations.
fn beside(at: &Station<'_>) -> Option<Message> {
    let (part, whole) = (at.table.turnout_numerator()?, at.table.line(Term::Registered)?.clone());
    let of = |rows: &dyn Fn(usize) -> bool| {
        let rows = (0..at.table.len()).filter(|&row| rows(row));
        let known = rows.filter_map(|row| Some((u64::from(part.get(row)?), u64::from(whole.get(row)?))));
        let (part, whole) = known.fold((0, 0), |sum, (part, whole)| (sum.0 + part, sum.1 + whole));
        (whole > 0).then(|| Arg::Percent(share(part, whole), 1))
    };
    let (districts, _) = at.table.districts();
    Some(
        Message::new("dossier-turnout")
            .with("own", of(&|row| row == at.row)?)
            .with("district", of(&|row| districts[row] == districts[at.row])?)
            .with("all", of(&|_| true)?),
    )
}

/// The day in order: reports of turnout, what observers note, and when results were published.
pub(super) fn timeline(rows: &[Station<'_>], mut seen: Vec<DossierLine>) -> Vec<DossierLine> {
    seen.sort_by(|a, b| a.time.cmp(&b.time));
    let mut turnout = Vec::new();
    for at in rows {
        let registered = at.table.line(Term::Registered).and_then(|line| line.get(at.row)).map_or(0, u64::from);
        let mut before = None;
        for report in &at.table.turnout {
            let Some(voters) = report.voters.get(at.row).map(u64::from) else { continue };
            let id = match before {
                None => "dossier-turnout-first",
                Some(before) if voters < before => "dossier-turnout-falls",
                Some(_) => "dossier-turnout-by",
            };
            let message =
                Message::new(id).with("voters", voters).with("share", Arg::Percent(share(voters, registered), 1));
            let message = match before.and_then(|before| voters.checked_sub(before)) {
                Some(more) => message.with("more", more),
                None => message,
            };
            let line = DossierLine::new(message).by(&at.release.publisher.name).when(Some(report.time.clone()));
            turnout.push(line.at(place(at.table, at.row)));
            before = Some(voters);
        }
    }
    turnout.extend(seen);
    turnout
}
