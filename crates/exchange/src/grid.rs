//! A station table that grows by rows, with columns that come up later.

use adil_record::{Area, Counts, Identity, ImportedTable, LeftOut, Names, ShareOf, StationTable, Term};

/// Columns under the names of what they hold, all of one length.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    pub(crate) table: StationTable,
}

impl Grid {
    /// Begins the row of a station; what is not set in it stays unknown.
    pub(crate) fn begin(&mut self, station: &str, source_row: usize) {
        self.table.stations.push(station);
        self.table.source_rows.push(u32::try_from(source_row).unwrap_or(u32::MAX));
    }

    fn row(&self) -> usize {
        self.table.stations.len().saturating_sub(1)
    }

    /// Sets a line of the protocol in the row at hand.
    pub(crate) fn line(&mut self, term: Term, count: Option<u32>) {
        let row = self.row();
        let at = self.table.lines.iter().position(|(known, _)| *known == term).unwrap_or_else(|| {
            self.table.lines.push((term, Counts::default()));
            self.table.lines.len() - 1
        });
        set(&mut self.table.lines[at].1, row, count);
    }

    /// Sets the votes of an option in the row at hand.
    pub(crate) fn votes(&mut self, option: usize, count: Option<u32>) {
        let row = self.row();
        if self.table.votes.len() <= option {
            self.table.votes.resize_with(option + 1, Counts::default);
        }
        set(&mut self.table.votes[option], row, count);
    }

    /// Sets a text in the row at hand.
    pub(crate) fn text(&mut self, column: &str, text: &str) {
        let row = self.row();
        let at = self.table.extra.iter().position(|(known, _)| known == column).unwrap_or_else(|| {
            self.table.extra.push((column.to_owned(), Names::default()));
            self.table.extra.len() - 1
        });
        fill(&mut self.table.extra[at].1, row);
        self.table.extra[at].1.push(text);
    }

    /// Sets the areas of the row at hand, by their levels.
    pub(crate) fn area(&mut self, level: usize, name: &str) {
        let row = self.row();
        if let Some(area) = self.table.areas.get_mut(level) {
            fill(&mut area.names, row);
            area.names.push(name);
        }
    }

    /// Says what levels of areas there are.
    pub(crate) fn levels(&mut self, levels: &[String]) {
        self.table.areas = levels.iter().map(|level| Area { level: level.clone(), names: Names::default() }).collect();
    }

    /// Notes a cell that is not known although something stands there.
    pub(crate) fn unknown(&mut self, reason: &str) {
        let row = self.table.source_rows.last().copied().map_or(0, u64::from);
        match self.table.unknown_cells.iter_mut().find(|known| known.reason == reason) {
            Some(known) => known.rows += 1,
            None => {
                self.table.unknown_cells.push(LeftOut { reason: reason.to_owned(), rows: 1, first_row: row });
            }
        }
    }

    /// The table, under the names of its options; lines that are missing in every row are not in it.
    pub(crate) fn finish(mut self, options: Vec<String>, share_of: ShareOf) -> Option<ImportedTable> {
        let rows = self.table.len();
        if rows == 0 {
            return None;
        }
        self.table.votes.resize_with(options.len(), Counts::default);
        let lines = self.table.lines.iter_mut().map(|(_, counts)| counts);
        lines.chain(&mut self.table.votes).for_each(|counts| pad(counts, rows));
        let areas = self.table.areas.iter_mut().map(|area| &mut area.names);
        areas.chain(self.table.extra.iter_mut().map(|(_, names)| names)).for_each(|names| fill(names, rows));
        self.table.lines.retain(|(_, counts)| !counts.all_missing());
        self.table.lines.sort_by_key(|(term, _)| *term);
        self.table.share_of = share_of;
        // What these formats call cast and rejected differs from place to place: the sums are counted, and refuse no file.
        self.table.unproved = vec![Identity::ValidAndInvalidAreInBoxes, Identity::ValidAndInvalidAreIssued];
        Some(ImportedTable { stations: self.table, options })
    }
}

fn set(counts: &mut Counts, row: usize, count: Option<u32>) {
    pad(counts, row);
    match counts.len() == row {
        true => counts.push(count),
        false => counts.set(row, count),
    }
}

fn pad(counts: &mut Counts, rows: usize) {
    (counts.len()..rows).for_each(|_| counts.push(None));
}

fn fill(names: &mut Names, rows: usize) {
    (names.len()..rows).for_each(|_| names.push(""));
}

/// Names that are all different: one that others have too gets its key behind it.
pub(crate) fn told_apart(named: &[(String, String)]) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    named.iter().for_each(|(_, name)| *seen.entry(name.as_str()).or_insert(0) += 1);
    let shared = |name: &str| seen.get(name).is_some_and(|&times| times > 1);
    let mut names: Vec<String> = Vec::with_capacity(named.len());
    for (key, name) in named {
        let base = match (name.is_empty(), shared(name)) {
            (true, _) => key.clone(),
            (false, true) => format!("{name} ({key})"),
            (false, false) => name.clone(),
        };
        let mut unique = base.clone();
        let mut number = 2;
        while names.contains(&unique) {
            unique = format!("{base} [{number}]");
            number += 1;
        }
        names.push(unique);
    }
    names
}
