//! Sums between columns: a run of neighbouring columns that adds up to another one.
//!
//! Columns are given as slices of counts, all of one length; a column that holds no counts is given as an empty slice.

/// A run of neighbouring columns that add up to another one.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) columns: Vec<usize>,
    pub(crate) total: usize,
    /// Rows in which the sum holds.
    pub(crate) holds: usize,
    /// Rows in which it could be tested.
    pub(crate) tested: usize,
}

/// Rows that a sum is tried on before it is tried on all.
const TRIED: usize = 60;
/// Columns of counts above which runs are not searched for.
const COLUMNS: usize = 600;
/// The share of rows in which a sum must hold to be taken for one.
const ENOUGH: f64 = 0.7;

/// Whether `parts` add up to `whole` in most rows.
pub(crate) fn adds_up(columns: &[&[Option<u32>]], parts: &[usize], whole: usize) -> bool {
    if parts.contains(&whole) {
        return false;
    }
    let (holds, tested) = tally(columns, parts, whole);
    is_enough(holds, tested)
}

fn is_enough(holds: usize, tested: usize) -> bool {
    tested > 0 && holds as f64 >= ENOUGH * tested as f64
}

fn tally(columns: &[&[Option<u32>]], parts: &[usize], whole: usize) -> (usize, usize) {
    let (mut holds, mut tested) = (0, 0);
    for (row, whole) in columns[whole].iter().enumerate() {
        let Some(whole) = *whole else { continue };
        let parts = parts.iter().map(|&part| u64::from(columns[part][row].unwrap_or(0)));
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
pub(crate) fn run_for(columns: &[&[Option<u32>]], total: usize, known: &[usize]) -> Option<Run> {
    let is_free = |column: &usize| !columns[*column].is_empty() && *column != total && !known.contains(column);
    let free: Vec<usize> = (0..columns.len()).filter(is_free).collect();
    let rows = tried(columns, total);
    if free.len() > COLUMNS || rows.is_empty() {
        return None;
    }
    // Sums of the first columns, row by row: a run is the difference of two.
    let before: Vec<Vec<u64>> = rows
        .iter()
        .map(|&row| {
            let mut sum = 0;
            let mut sums = vec![0];
            sums.extend(free.iter().map(|&column| {
                sum += u64::from(columns[column][row].unwrap_or(0));
                sum
            }));
            sums
        })
        .collect();
    let wholes: Vec<u64> = rows.iter().map(|&row| u64::from(columns[total][row].unwrap_or(0))).collect();
    let faults = rows.len() - (ENOUGH * rows.len() as f64).ceil() as usize;
    let fits = |from: usize, to: usize| {
        let misses = before.iter().zip(&wholes).filter(|(sums, whole)| sums[to] - sums[from] != **whole);
        misses.take(faults + 1).count() <= faults
    };
    let mut best: Option<(usize, usize)> = None;
    for from in 0..free.len() {
        let width = best.map_or(2, |(from, to)| to - from + 1);
        let wider = (from + width..=free.len()).rev().find(|&to| fits(from, to));
        best = wider.map(|to| (from, to)).or(best);
    }
    let (from, to) = best?;
    let run = free[from..to].to_vec();
    let (holds, tested) = tally(columns, &run, total);
    is_enough(holds, tested).then_some(Run { columns: run, total, holds, tested })
}

/// Of the runs that add up to some column, the longest.
pub(crate) fn best_run(columns: &[&[Option<u32>]], known: &[usize]) -> Option<Run> {
    let totals = (0..columns.len()).filter(|&column| !columns[column].is_empty());
    let runs = totals.filter_map(|total| run_for(columns, total, known));
    // The first of the longest, so that the outcome does not depend on anything else.
    runs.reduce(|best, run| if run.columns.len() > best.columns.len() { run } else { best })
}

/// Rows, spread over the sample, in which the total is known and not zero.
fn tried(columns: &[&[Option<u32>]], total: usize) -> Vec<usize> {
    let useful = |row: &usize| columns[total][*row].is_some_and(|count| count > 0);
    let rows: Vec<usize> = (0..columns[total].len()).filter(useful).collect();
    let step = rows.len().div_ceil(TRIED).max(1);
    rows.into_iter().step_by(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_that_adds_up_is_found() {
        // columns: an identifier, three options, their total, something else
        let rows = 12u32;
        let column = |cell: fn(u32) -> u32| -> Vec<Option<u32>> { (0..rows).map(|row| Some(cell(row))).collect() };
        let columns = [
            column(|r| r),
            column(|r| r * 3 + 1),
            column(|r| 40 - r),
            column(|r| r % 5),
            column(|r| 41 + r * 2 + r % 5),
            column(|_| 7),
        ];
        let columns: Vec<&[Option<u32>]> = columns.iter().map(Vec::as_slice).collect();
        let run = best_run(&columns, &[]).expect("columns 1 to 3 add up to column 4");
        assert_eq!((run.columns.as_slice(), run.total, run.holds, run.tested), ([1, 2, 3].as_slice(), 4, 12, 12));
        assert!(adds_up(&columns, &[1, 2, 3], 4) && !adds_up(&columns, &[1, 2], 4));
    }
}
