//! Which stations were looked at, and what was seen there.

use std::collections::BTreeMap;

use adil_finding::Message;
use adil_record::{Access, FormTable, IncidentCode, Observers, Reply, StationTable, Where};

use super::super::incidents::counts;
use super::super::located::best_access;
use super::compare::Groups;
use super::outcome::Outcome;

/// A contrast that can be asked for.
#[derive(Debug, Clone)]
pub(super) struct Exposure {
    /// What the exposed stations have, in words.
    pub(super) name: Message,
    /// The stations.
    pub(super) groups: Groups,
    /// An outcome besides turnout and share.
    pub(super) own: Option<Outcome>,
}

/// The kinds of contrast, one finding each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Stations with observers beside those without.
    Observed,
    /// Stations at which observers were refused beside those at which they were let in.
    Refused,
    /// Stations at which something was out of order beside those at which it was not.
    Items,
    /// Stations with incidents beside others.
    Incidents,
    /// Stations that reports name, by a column of the table.
    Column,
}

/// The columns of a table with the number of reports that name a station, by the name that maps give it.
pub(crate) const REPORTS: &str = "observers-reports";

/// All contrasts of one organisation, by kind; `rows` is the row of each of its stations.
pub(super) fn of_observers(of: &Observers, rows: &[Option<usize>], stations: usize) -> Vec<(Kind, Vec<Exposure>)> {
    let visits = of.book.forms.iter().flat_map(FormTable::current);
    let best = best_access(visits.filter_map(|(_, visit)| Some((rows[visit.station as usize]?, visit.access))));
    let seen = |row: &usize| best.get(row).is_some_and(|best| *best != Some(Access::Refused));
    let observed = groups(0..stations, seen);
    let refused = groups(best.keys().copied(), |row| best[row] == Some(Access::Refused));
    let visited = best.keys().copied().filter(seen).collect::<Vec<_>>();
    let one = |id, groups| vec![Exposure { name: Message::new(id), groups, own: None }];
    let mut all = Vec::new();
    if !best.is_empty() {
        all.push((Kind::Observed, one("exposure-observed", observed)));
        all.push((Kind::Refused, one("exposure-refused", refused)));
        all.push((Kind::Items, items(of, rows)));
    }
    // Where it is known who was where, the others are stations at which somebody looked and reported nothing.
    let eligible = if best.is_empty() { (0..stations).collect() } else { visited };
    all.push((Kind::Incidents, incidents(of, rows, &eligible)));
    all.retain(|(_, exposures)| !exposures.is_empty());
    all
}

/// The contrast of a table's own column of reports.
pub(super) fn of_column(table: &StationTable) -> Option<(Exposure, Vec<(usize, u64)>)> {
    let column = table.extra(REPORTS)?;
    let reports: Vec<(usize, u64)> =
        (0..table.len()).filter_map(|row| Some((row, column.get(row).trim().parse().ok()?))).collect();
    let by_row: BTreeMap<usize, u64> = reports.iter().copied().collect();
    let groups = groups(by_row.keys().copied(), |row| by_row[row] > 0);
    Some((Exposure { name: Message::new("exposure-column"), groups, own: None }, reports))
}

fn groups(rows: impl IntoIterator<Item = usize>, exposed: impl Fn(&usize) -> bool) -> Groups {
    let rows: Vec<usize> = rows.into_iter().collect();
    Groups { exposed: rows.iter().map(exposed).collect(), rows }
}

/// For each question with an answer that is in order: stations with one that is not, beside the others that answered.
fn items(of: &Observers, rows: &[Option<usize>]) -> Vec<Exposure> {
    let mut all = Vec::new();
    for form in &of.book.forms {
        for (item, answers) in form.form.items.iter().zip(&form.answers).filter(|(item, _)| !item.in_order.is_empty()) {
            let mut out: BTreeMap<usize, bool> = BTreeMap::new();
            for (place, visit) in form.current() {
                if let (Some(row), Reply::Choice(choice)) = (rows[visit.station as usize], answers.get(place)) {
                    // One visit that saw it is enough.
                    *out.entry(row).or_default() |= !item.in_order.contains(&choice);
                }
            }
            let groups = groups(out.keys().copied(), |row| out[row]);
            let name = Message::new("exposure-item").with("item", item.text.as_str());
            all.push(Exposure { name, groups, own: item.code.and_then(Outcome::of_code) });
        }
    }
    all
}

/// Stations with any incident, and with one of each code.
fn incidents(of: &Observers, rows: &[Option<usize>], eligible: &[usize]) -> Vec<Exposure> {
    let mut by_code: BTreeMap<IncidentCode, BTreeMap<usize, ()>> = BTreeMap::new();
    for incident in of.book.incidents.iter().flat_map(|file| &file.rows).filter(|row| counts(row)) {
        if let Where::Station(station) = incident.place
            && let Some(row) = rows[station as usize]
        {
            by_code.entry(incident.code).or_default().insert(row, ());
        }
    }
    if by_code.is_empty() {
        return Vec::new();
    }
    let any = |row: &usize| by_code.values().any(|rows| rows.contains_key(row));
    let eligible = || eligible.iter().copied();
    let first = Exposure { name: Message::new("exposure-any"), groups: groups(eligible(), any), own: None };
    let of_code = |(code, rows): (&IncidentCode, &BTreeMap<usize, ()>)| Exposure {
        name: Message::new("exposure-code").with("code", code.word()).with("name", Message::new(code.message_id())),
        groups: groups(eligible(), |row| rows.contains_key(row)),
        own: Outcome::of_code(*code),
    };
    std::iter::once(first).chain(by_code.iter().map(of_code)).collect()
}
