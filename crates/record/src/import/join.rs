//! One table out of several: rows after rows, or columns beside columns.

use std::collections::HashMap;

use super::ImportedTable;
use crate::{Area, Counts, LeftOut, Names, TurnoutReport};

/// Puts tables with the same columns one after the other.
pub fn append(tables: Vec<ImportedTable>) -> ImportedTable {
    let mut tables = tables.into_iter();
    let Some(mut all) = tables.next() else { return ImportedTable::default() };
    for next in tables {
        let before = all.stations.len();
        push_names(&mut all.stations.stations, &next.stations.stations);
        for level in &next.stations.areas {
            if !all.stations.areas.iter().any(|area| area.level == level.level) {
                all.stations.areas.push(Area { level: level.level.clone(), names: blanks(before) });
            }
        }
        for area in &mut all.stations.areas {
            match next.stations.areas.iter().find(|other| other.level == area.level) {
                Some(other) => push_names(&mut area.names, &other.names),
                None => push_blanks(&mut area.names, next.stations.len()),
            }
        }
        for (name, names) in &mut all.stations.extra {
            match next.stations.extra.iter().find(|(other, _)| other == name) {
                Some((_, other)) => push_names(names, other),
                None => push_blanks(names, next.stations.len()),
            }
        }
        for (kind, _) in &next.stations.interviews {
            if !all.stations.interviews.iter().any(|(known, _)| known == kind) {
                all.stations.interviews.push((kind.clone(), vec![None; before]));
            }
        }
        for (kind, numbers) in &mut all.stations.interviews {
            let more = next.stations.interviews.iter().find(|(other, _)| other == kind);
            extend_cells(numbers, more.map_or(&[], |(_, more)| more), before, before + next.stations.len());
        }
        extend_turnout(&mut all.stations.turnout, &next.stations.turnout, before, next.stations.len());
        let rows = before + next.stations.len();
        extend_cells(&mut all.stations.coordinates, &next.stations.coordinates, before, rows);
        extend_cells(&mut all.stations.counted_by_machine, &next.stations.counted_by_machine, before, rows);
        all.stations.source_rows.extend(&next.stations.source_rows);
        extend_counts(&mut all, &next, before);
        merge_left_out(&mut all.stations.left_out, next.stations.left_out);
        merge_left_out(&mut all.stations.unknown_cells, next.stations.unknown_cells);
    }
    all
}

/// Puts cells after those of `before` rows; a column that neither table has stays empty.
fn extend_cells<T: Copy>(known: &mut Vec<Option<T>>, more: &[Option<T>], before: usize, rows: usize) {
    if !known.is_empty() || !more.is_empty() {
        known.resize(before, None);
        known.extend(more);
        known.resize(rows, None);
    }
}

fn extend_turnout(known: &mut Vec<TurnoutReport>, more: &[TurnoutReport], before: usize, added: usize) {
    for report in more {
        if !known.iter().any(|other| other.time == report.time) {
            let voters = std::iter::repeat_n(None, before).collect();
            known.push(TurnoutReport { voters, ..report.clone() });
        }
    }
    for report in known {
        let next = more.iter().find(|other| other.time == report.time);
        (0..added).for_each(|row| report.voters.push(next.and_then(|next| next.voters.get(row))));
    }
}

fn extend_counts(all: &mut ImportedTable, next: &ImportedTable, before: usize) {
    let added = next.stations.len();
    let rows = before + added;
    let padded = |counts: &Counts| -> Counts { (0..before).map(|_| None).chain(counts.iter()).collect() };
    for (term, counts) in &next.stations.lines {
        match all.stations.lines.iter_mut().find(|(name, _)| name == term) {
            Some((_, known)) => counts.iter().for_each(|count| known.push(count)),
            None => all.stations.lines.push((*term, padded(counts))),
        }
    }
    for (name, counts) in next.options.iter().zip(&next.stations.votes) {
        match all.options.iter().position(|option| option == name) {
            Some(index) => counts.iter().for_each(|count| all.stations.votes[index].push(count)),
            None => {
                all.options.push(name.clone());
                all.stations.votes.push(padded(counts));
            }
        }
    }
    let columns = all.stations.lines.iter_mut().map(|(_, counts)| counts).chain(&mut all.stations.votes);
    for counts in columns {
        while counts.len() < rows {
            counts.push(None);
        }
    }
}

/// Puts the columns of the later tables beside the stations of the first. Stations are matched by their own name.
/// Counts for the same line or option are added: paper and machine votes are both votes.
///
/// A row of a later table whose station the first does not have, or which an earlier row of that table was for, is left
/// out and counted.
pub fn join(tables: Vec<ImportedTable>) -> ImportedTable {
    let mut tables = tables.into_iter();
    let Some(mut all) = tables.next() else { return ImportedTable::default() };
    let places: HashMap<String, usize> =
        (0..all.stations.len()).map(|row| (all.stations.stations.get(row).to_owned(), row)).collect();
    for next in tables {
        let place = |row: usize| places.get(next.stations.stations.get(row)).copied();
        let mut matched = vec![None; all.stations.len()];
        let left = |reason: String| LeftOut { reason, ..LeftOut::default() };
        let mut unmatched = left(format!("{}: no such station in {}", next.stations.input, all.stations.input));
        let mut repeated = left(format!("{}: the station had a row before", next.stations.input));
        for row in 0..next.stations.len() {
            let left = match place(row) {
                Some(station) if matched[station].is_none() => {
                    matched[station] = Some(row);
                    continue;
                }
                Some(_) => &mut repeated,
                None => &mut unmatched,
            };
            if left.rows == 0 {
                left.first_row = u64::from(next.stations.source_rows[row]);
            }
            left.rows += 1;
        }
        if !next.options.is_empty() || !next.stations.lines.is_empty() {
            // Counts from two tables are never one combination of columns.
            all.stations.by_construction.clear();
        }
        add_columns(&mut all, &next, &matched);
        merge_left_out(&mut all.stations.left_out, next.stations.left_out);
        merge_left_out(&mut all.stations.unknown_cells, next.stations.unknown_cells);
        all.stations.left_out.extend([unmatched, repeated].into_iter().filter(|left| left.rows > 0));
    }
    all
}

fn add_columns(all: &mut ImportedTable, next: &ImportedTable, matched: &[Option<usize>]) {
    let spread = |names: &Names| -> Names {
        let mut spread = Names::default();
        matched.iter().for_each(|row| spread.push(row.map_or("", |row| names.get(row))));
        spread
    };
    for area in &next.stations.areas {
        if !all.stations.areas.iter().any(|known| known.level == area.level) {
            all.stations.areas.push(Area { level: area.level.clone(), names: spread(&area.names) });
        }
    }
    for (name, names) in &next.stations.extra {
        all.stations.extra.push((name.clone(), spread(names)));
    }
    for (kind, more) in &next.stations.interviews {
        let known = all.stations.interviews.iter().position(|(known, _)| known == kind).unwrap_or_else(|| {
            all.stations.interviews.push((kind.clone(), Vec::new()));
            all.stations.interviews.len() - 1
        });
        beside(&mut all.stations.interviews[known].1, more, matched);
    }
    for report in &next.stations.turnout {
        let cell = |row: &Option<usize>| row.and_then(|row| report.voters.get(row));
        match all.stations.turnout.iter_mut().find(|known| known.time == report.time) {
            // Of two reports of one time the first table's holds.
            Some(known) => {
                let cells = known.voters.iter().zip(matched);
                known.voters = cells.map(|(known, row)| known.or(cell(row))).collect();
            }
            None => {
                let voters = matched.iter().map(cell).collect();
                all.stations.turnout.push(TurnoutReport { voters, ..report.clone() });
            }
        }
    }
    beside(&mut all.stations.coordinates, &next.stations.coordinates, matched);
    beside(&mut all.stations.counted_by_machine, &next.stations.counted_by_machine, matched);
    for (term, counts) in &next.stations.lines {
        add(all.line_mut(*term), counts, matched);
    }
    for (name, counts) in next.options.iter().zip(&next.stations.votes) {
        add(all.option_mut(name), counts, matched);
    }
}

/// Fills what a column does not know from another table.
fn beside<T: Copy>(known: &mut Vec<Option<T>>, more: &[Option<T>], matched: &[Option<usize>]) {
    if more.is_empty() {
        return;
    }
    known.resize(matched.len(), None);
    for (cell, row) in known.iter_mut().zip(matched) {
        *cell = cell.or(row.and_then(|row| more.get(row).copied().flatten()));
    }
}

/// Adds counts to a column; what one side does not know the other one says.
fn add(known: &mut Counts, counts: &Counts, matched: &[Option<usize>]) {
    *known = matched
        .iter()
        .enumerate()
        .map(|(station, row)| match (known.get(station), row.and_then(|row| counts.get(row))) {
            (Some(before), Some(more)) => Some(before.saturating_add(more)),
            (before, more) => before.or(more),
        })
        .collect();
}

fn push_names(names: &mut Names, more: &Names) {
    (0..more.len()).for_each(|row| names.push(more.get(row)));
}

fn push_blanks(names: &mut Names, count: usize) {
    (0..count).for_each(|_| names.push(""));
}

fn blanks(count: usize) -> Names {
    let mut names = Names::default();
    push_blanks(&mut names, count);
    names
}

fn merge_left_out(known: &mut Vec<LeftOut>, more: Vec<LeftOut>) {
    for left in more {
        match known.iter_mut().find(|other| other.reason == left.reason) {
            Some(other) => other.rows += left.rows,
            None => known.push(left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{StationTable, Term};

    fn table(stations: &[&str], option: &str, votes: &[u32]) -> ImportedTable {
        let mut names = Names::default();
        stations.iter().for_each(|name| names.push(name));
        let stations = StationTable {
            source_rows: (2..).take(stations.len()).collect(),
            stations: names,
            votes: vec![votes.iter().map(|&count| Some(count)).collect()],
            lines: vec![(Term::Valid, votes.iter().map(|&count| Some(count)).collect())],
            ..StationTable::default()
        };
        ImportedTable { stations, options: vec![option.to_owned()] }
    }

    #[test]
    fn appended_tables_keep_every_row() {
        let all = append(vec![table(&["1", "2"], "A", &[5, 6]), table(&["3"], "B", &[7])]);
        assert_eq!(all.options, ["A", "B"]);
        assert_eq!(all.stations.len(), 3);
        assert_eq!(all.stations.votes[0].iter().collect::<Vec<_>>(), [Some(5), Some(6), None]);
        assert_eq!(all.stations.votes[1].iter().collect::<Vec<_>>(), [None, None, Some(7)]);
        assert_eq!(all.stations.line(Term::Valid).map(Counts::sum), Some(18));
    }

    #[test]
    fn what_stands_beside_the_protocol_keeps_its_station() {
        let report = |time: &str, cells: &[Option<u32>]| TurnoutReport {
            time: time.into(),
            voters: cells.iter().copied().collect(),
            ..TurnoutReport::default()
        };
        let point = crate::Coordinates::new(42.0, 23.0);
        let with = |mut table: ImportedTable, time: &str, cells: &[Option<u32>]| {
            table.stations.turnout = vec![report(time, cells)];
            table.stations.coordinates = vec![point; cells.len()];
            table
        };
        let bare = || table(&["1", "2"], "A", &[5, 6]);
        let cells = |report: &TurnoutReport| report.voters.iter().collect::<Vec<_>>();
        let all = append(vec![bare(), with(table(&["3"], "A", &[7]), "noon", &[Some(3)]), bare()]);
        assert_eq!(cells(&all.stations.turnout[0]), [None, None, Some(3), None, None]);
        assert_eq!(all.stations.coordinates, [None, None, point, None, None]);
        assert!(all.stations.counted_by_machine.is_empty());
        let later = with(table(&["2", "9"], "A", &[6, 1]), "noon", &[Some(3), Some(1)]);
        let all = join(vec![with(bare(), "noon", &[Some(2), None]), later]);
        assert_eq!(cells(&all.stations.turnout[0]), [Some(2), Some(3)]);
        let later = with(table(&["2"], "A", &[6]), "noon", &[Some(3)]);
        let all = join(vec![bare(), later]);
        assert_eq!(cells(&all.stations.turnout[0]), [None, Some(3)]);
        assert_eq!(all.stations.coordinates, [None, point]);
    }

    #[test]
    fn joined_votes_are_added_and_strangers_counted() {
        let all = join(vec![table(&["1", "2"], "A", &[5, 6]), table(&["2", "9"], "A", &[10, 1])]);
        assert_eq!(all.stations.votes[0].iter().collect::<Vec<_>>(), [Some(5), Some(16)]);
        assert_eq!(all.stations.left_out.len(), 1);
        assert_eq!((all.stations.left_out[0].rows, all.stations.left_out[0].first_row), (1, 3));
    }

    #[test]
    fn a_station_that_comes_twice_in_a_later_table_is_read_once_and_counted() {
        let all = join(vec![table(&["1"], "A", &[5]), table(&["1", "1"], "B", &[10, 20])]);
        assert_eq!(all.stations.votes[1].iter().collect::<Vec<_>>(), [Some(10)]);
        let left = &all.stations.left_out;
        assert_eq!((left.len(), left[0].rows, left[0].first_row), (1, 1, 3));
        assert!(left[0].reason.contains("had a row before"), "{}", left[0].reason);
    }
}
