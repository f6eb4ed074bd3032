//! The same station in two tables.

use std::collections::BTreeMap;

use adil_record::StationTable;

/// Rows of the same station: by its name, where no other station of its table has it (areas may be spelled otherwise
/// in the other one), else by areas and name.
pub(crate) fn matched(table: &StationTable, other: &StationTable) -> Vec<(usize, usize)> {
    let unique = |table: &StationTable| table.stations.distinct() == table.len();
    if unique(table) && unique(other) {
        return pairs(table, other, |table, row| table.stations.get(row).to_owned());
    }
    pairs(table, other, StationTable::name)
}

/// Rows whose key is the same, where it is unique in both tables; in the order of the first table.
fn pairs(
    table: &StationTable,
    other: &StationTable,
    key: impl Fn(&StationTable, usize) -> String,
) -> Vec<(usize, usize)> {
    let index = |table: &StationTable| {
        let mut rows: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for row in 0..table.len() {
            rows.entry(key(table, row)).and_modify(|found| *found = None).or_insert(Some(row));
        }
        rows
    };
    let (rows, other_rows) = (index(table), index(other));
    let unique = rows.into_iter().filter_map(|(key, row)| Some((row?, (*other_rows.get(&key)?)?)));
    let mut pairs: Vec<(usize, usize)> = unique.collect();
    pairs.sort_unstable();
    pairs
}
