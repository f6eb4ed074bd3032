//! Sums between columns.

use super::Sample;

/// A run of neighbouring columns that add up to another one.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) columns: Vec<usize>,
    pub(super) total: usize,
    /// Rows in which the sum holds.
    pub(super) holds: usize,
    /// Rows in which it could be tested.
    pub(super) tested: usize,
}

/// Rows that a sum is tried on before it is tried on all.
const TRIED: usize = 60;
/// Columns of counts above which runs are not searched for.
const COLUMNS: usize = 600;
/// The share of rows in which a sum must hold to be taken for one.
const ENOUGH: f64 = 0.7;

/// Whether `parts` add up to `whole` in most rows.
pub(super) fn adds_up(sample: &Sample, parts: &[usize], whole: usize) -> bool {
    if parts.contains(&whole) {
        return false;
    }
    let (holds, tested) = tally(sample, parts, whole);
    is_enough(holds, tested)
}

fn is_enough(holds: usize, tested: usize) -> bool {
    tested > 0 && holds as f64 >= ENOUGH * tested as f64
}

fn tally(sample: &Sample, parts: &[usize], whole: usize) -> (usize, usize) {
    let (mut holds, mut tested) = (0, 0);
    for row in 0..sample.rows {
        let Some(whole) = sample.columns[whole].counts[row] else { continue };
        let parts = parts.iter().map(|&part| u64::from(sample.columns[part].counts[row].unwrap_or(0)));
        let sum: u64 = parts.sum();
        // Rows of zeros agree with anything.
        if whole == 0 && sum == 0 {
            continue;
        }
        tested += 1;
        holds += usize::from(sum == u64::from(whole));
    }
    (holds, tested)
}

/// The longest run that adds up to `total`, of columns that are nothing else.
pub(super) fn run_for(sample: &Sample, total: usize, known: &[usize]) -> Option<Run> {
    let free = |column: &usize| sample.columns[*column].is_counts() && *column != total && !known.contains(column);
    let columns: Vec<usize> = (0..sample.columns.len()).filter(free).collect();
    let rows = tried(sample, total);
    if columns.len() > COLUMNS || rows.is_empty() {
        return None;
    }
    // Sums of the first columns, row by row: a run is the difference of two.
    let before: Vec<Vec<u64>> = rows
        .iter()
        .map(|&row| {
            let mut sum = 0;
            let mut sums = vec![0];
            sums.extend(columns.iter().map(|&column| {
                sum += u64::from(sample.columns[column].counts[row].unwrap_or(0));
                sum
            }));
            sums
        })
        .collect();
    let wholes: Vec<u64> = rows.iter().map(|&row| u64::from(sample.columns[total].counts[row].unwrap_or(0))).collect();
    let faults = rows.len() - (ENOUGH * rows.len() as f64).ceil() as usize;
    let fits = |from: usize, to: usize| {
        let misses = before.iter().zip(&wholes).filter(|(sums, whole)| sums[to] - sums[from] != **whole);
        misses.take(faults + 1).count() <= faults
    };
    let mut best: Option<(usize, usize)> = None;
    for from in 0..columns.len() {
        let width = best.map_or(2, |(from, to)| to - from + 1);
        let wider = (from + width..=columns.len()).rev().find(|&to| fits(from, to));
        best = wider.map(|to| (from, to)).or(best);
    }
    let (from, to) = best?;
    let columns = columns[from..to].to_vec();
    let (holds, tested) = tally(sample, &columns, total);
    is_enough(holds, tested).then_some(Run { columns, total, holds, tested })
}

/// Of the runs that add up to some column, the longest.
pub(super) fn best_run(sample: &Sample, known: &[usize]) -> Option<Run> {
    let totals = (0..sample.columns.len()).filter(|&column| sample.columns[column].is_counts());
    let runs = totals.filter_map(|total| run_for(sample, total, known));
    // The first of the longest, so that the outcome does not depend on anything else.
    runs.reduce(|best, run| if run.columns.len() > best.columns.len() { run } else { best })
}

/// Rows, spread over the sample, in which the total is known and not zero.
fn tried(sample: &Sample, total: usize) -> Vec<usize> {
    let useful = |row: &usize| sample.columns[total].counts[*row].is_some_and(|count| count > 0);
    let rows: Vec<usize> = (0..sample.rows).filter(useful).collect();
    let step = rows.len().div_ceil(TRIED).max(1);
    rows.into_iter().step_by(step).collect()
}
