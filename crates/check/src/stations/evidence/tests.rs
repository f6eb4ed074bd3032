//! Laws of station evidence, on countries drawn at random.

use adil_laboratory::{Injected, Regions, Scenario, inject};
use adil_record::{Area, Contest, Names, OptionId, Record, StationTable};
use proptest::prelude::*;

use super::side::{Side, Weighed, weighed_for};
use crate::{Bank, ContestView, Settings, sample};

/// The evidence for a side of a table, beside no other elections.
fn weigh(table: &StationTable, side: usize) -> Weighed {
    let record = Record { contests: vec![sample::of_table(table.clone())], ..Record::default() };
    let settings = Settings { bank: Bank::empty(), ..Settings::default() };
    let view = ContestView::new(&record, &record.contests[0], &settings).expect("no side is named");
    weighed_for(&view, OptionId(side), &settings).expect("stations enough")
}

/// A table with so much stuffed for a side in a tenth of its stations, and the rows of these.
fn stuffed(table: &StationTable, side: usize, strength: f64, seed: u64) -> (StationTable, Vec<usize>) {
    let scenario = Scenario { technique: Injected::Stuffing, side, strength, spread: 0.1, regions: Regions::All, seed };
    let injection = inject(table, &scenario).expect("a sound scenario");
    let rows = injection.truth.moved.iter().filter(|moved| moved.added > 0).map(|moved| moved.row).collect();
    (injection.copy(table), rows)
}

/// The mean of ln E over some rows, of the way that ballots are added.
fn mean_ln(weighed: &Weighed, rows: &[usize]) -> f64 {
    let of = |row: &usize| {
        weighed.stations.rows.binary_search(row).ok().map(|at| weighed.sides[0].e[0][at].max(1e-300).ln())
    };
    let of: Vec<f64> = rows.iter().filter_map(of).collect();
    of.iter().sum::<f64>() / of.len() as f64
}

/// The same table with its blocks of regions in reverse, its areas renamed and its options in reverse.
fn relabelled(table: &StationTable) -> (StationTable, Vec<usize>) {
    let regions = table.regions().expect("regions");
    let mut order: Vec<usize> = (0..table.len()).collect();
    order.sort_by_key(|&row| (std::cmp::Reverse(regions.code(row)), row));
    let mut changed = table.clone();
    changed.lines = table.lines.iter().map(|(term, counts)| (*term, counts.select(&order))).collect();
    changed.votes = table.votes.iter().rev().map(|counts| counts.select(&order)).collect();
    changed.source_rows = order.iter().map(|&row| table.source_rows[row]).collect();
    let renamed = |names: &Names, prefix: &str| {
        let mut new = Names::default();
        order.iter().for_each(|&row| new.push(&format!("{prefix}{}", names.get(row))));
        new
    };
    changed.areas =
        table.areas.iter().map(|area| Area { level: area.level.clone(), names: renamed(&area.names, "z") }).collect();
    changed.stations = renamed(&table.stations, "s");
    changed.extra = Vec::new();
    changed.turnout = Vec::new();
    changed.coordinates = Vec::new();
    (changed, order)
}

fn by_row(weighed: &Weighed, of: fn(&Side) -> &Vec<f64>) -> Vec<(usize, f64)> {
    weighed.stations.rows.iter().copied().zip(of(&weighed.sides[0]).iter().copied()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn names_and_the_order_of_options_and_regions_do_not_matter(seed in 0u64..1_000, side in 0usize..3) {
        let table = sample::drawn(1_200, 5, seed);
        let (other, order) = relabelled(&table);
        let options = table.votes.len();
        let (first, second) = (weigh(&table, side), weigh(&other, options - 1 - side));
        for of in [(|side| &side.e[0]) as fn(&Side) -> &Vec<f64>, |side| &side.e[1], |side| &side.rates] {
            let mut second: Vec<(usize, f64)> = by_row(&second, of).iter().map(|&(row, e)| (order[row], e)).collect();
            second.sort_by_key(|&(row, _)| row);
            for ((row, e), (same, other)) in by_row(&first, of).into_iter().zip(second) {
                prop_assert_eq!(row, same);
                prop_assert!((e - other).abs() <= 1e-6 * e.abs().max(1e-6), "row {}: {} and {}", row, e, other);
            }
        }
    }

    #[test]
    fn more_added_is_more_evidence(seed in 0u64..1_000) {
        let table = sample::drawn(1_500, 4, seed);
        let mut last = f64::NEG_INFINITY;
        for strength in [0.0, 0.05, 0.1, 0.2] {
            let (table, rows) = match strength {
                0.0 => (table.clone(), stuffed(&table, 1, 0.2, seed).1),
                strength => stuffed(&table, 1, strength, seed),
            };
            let found = mean_ln(&weigh(&table, 1), &rows);
            prop_assert!(found > last, "{} at {}, {} before", found, strength, last);
            last = found;
        }
    }
}

#[test]
fn honest_stations_have_e_values_of_at_most_one_on_average() {
    for seed in 0..4 {
        let weighed = weigh(&sample::drawn(3_000, 8, seed), 0);
        for e in &weighed.sides[0].e {
            let mean = e.iter().sum::<f64>() / e.len() as f64;
            assert!(mean <= 1.0, "seed {seed}: {mean}");
        }
    }
}

#[test]
fn a_contest_of_its_own_is_weighed_once() {
    let contest: Contest = sample::of_table(sample::drawn(600, 3, 1));
    let record = Record { contests: vec![contest], ..Record::default() };
    let settings = Settings::default();
    let view = ContestView::new(&record, &record.contests[0], &settings).expect("no side is named");
    let first = super::weighed(&view, &settings);
    assert!(first.is_some() && std::sync::Arc::ptr_eq(&first, &super::weighed(&view, &settings)));
}
