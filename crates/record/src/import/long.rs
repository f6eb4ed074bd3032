//! Tables with one row a station and code.

use std::collections::{BTreeMap, HashMap};

use super::plan::Plan;
use super::{Builder, ImportError, ImportedTable};
use crate::map::{Headers, LongTable};
use crate::{Cells, Rows, Term};

/// What a code stands for.
enum Role {
    Line(Term),
    Option(usize),
    Ignored,
}

pub(super) fn import(
    headers: &Headers,
    rows: &mut dyn Rows,
    plan: &Plan<'_>,
    long: &LongTable,
) -> Result<ImportedTable, ImportError> {
    let (code_column, value_column) = (headers.require(&long.code)?, headers.require(&long.value)?);
    let mut roles = known_roles(long);
    let mut options: Vec<String> = Vec::new();
    let mut builder = Builder::new(plan);
    // The station of each row is found by its areas and name together.
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut lines: BTreeMap<Term, BTreeMap<usize, u32>> = BTreeMap::new();
    let mut votes: Vec<Vec<Option<u32>>> = Vec::new();
    let mut stated: std::collections::HashSet<(usize, String)> = std::collections::HashSet::new();
    let mut cells = Cells::default();
    while let Some(row) = rows.next_row(&mut cells)? {
        if !builder.admit(row, &cells, headers) {
            continue;
        }
        let key = key(plan, &cells, builder.station_name(&cells));
        let station = match places.get(&key) {
            Some(&station) => station,
            None => {
                builder.station(row, &cells, headers)?;
                places.insert(key, places.len());
                places.len() - 1
            }
        };
        let code = cells.get(code_column).trim();
        if !stated.insert((station, code.to_owned())) {
            builder.leave_out(row, "station and code stated before");
            continue;
        }
        let role = roles.entry(code.to_owned()).or_insert_with(|| {
            options.push(long.names.get(code).cloned().unwrap_or_else(|| code.to_owned()));
            votes.push(Vec::new());
            Role::Option(options.len() - 1)
        });
        if matches!(role, Role::Ignored) {
            continue;
        }
        let Some(count) = plan.count(row, &cells, headers, value_column)? else { continue };
        match role {
            Role::Ignored => {}
            Role::Line(term) => {
                let cell = lines.entry(*term).or_default().entry(station).or_default();
                *cell = cell.saturating_add(count);
            }
            Role::Option(option) => {
                let column = &mut votes[*option];
                column.resize(column.len().max(station + 1), None);
                column[station] = Some(column[station].unwrap_or(0).saturating_add(count));
            }
        }
    }
    let stations = builder.finish();
    let count = stations.len();
    let mut imported = ImportedTable { stations, options };
    // A station whose rows do not have an option's code has no votes for it: it did not stand there.
    let is_option = |station: usize| votes.iter().any(|column| column.get(station).copied().flatten().is_some());
    let with_votes: Vec<bool> = (0..count).map(is_option).collect();
    let votes = votes.iter().map(|column| {
        let cell = |station: usize| column.get(station).copied().flatten();
        (0..count).map(|station| cell(station).or(with_votes[station].then_some(0))).collect()
    });
    imported.stations.votes = votes.collect();
    for (term, cells) in lines {
        *imported.line_mut(term) = (0..count).map(|station| cells.get(&station).copied()).collect();
    }
    Ok(imported)
}

fn known_roles(long: &LongTable) -> HashMap<String, Role> {
    let mut roles: HashMap<String, Role> = long.ignore.iter().map(|code| (code.clone(), Role::Ignored)).collect();
    for (term, codes) in &long.lines {
        roles.extend(codes.as_slice().iter().map(|code| (code.clone(), Role::Line(*term))));
    }
    roles
}

/// The areas and the name of a row's station, kept apart by a character that no name has.
fn key(plan: &Plan<'_>, cells: &Cells, station: &str) -> String {
    let mut key = String::new();
    for &(_, column) in &plan.areas {
        key.push_str(cells.get(column).trim());
        key.push('\u{1f}');
    }
    key + station
}
