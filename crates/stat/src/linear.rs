//! Systems of linear equations, by Gaussian elimination with the largest pivot.

/// The solution of as many equations as unknowns, each row its coefficients and its right side; `None` where the system
/// is singular. All rows have one cell more than there are rows.
pub fn solve(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let size = rows.len();
    let scale = rows.iter().flatten().fold(0.0f64, |largest, value| largest.max(value.abs()));
    for column in 0..size {
        let pivot = (column..size).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, pivot);
        if rows[column][column].abs() <= 1e-13 * scale {
            return None;
        }
        let (done, rest) = rows.split_at_mut(column + 1);
        let from = &done[column];
        for row in rest {
            let factor = row[column] / from[column];
            row.iter_mut().zip(from).for_each(|(cell, above)| *cell -= factor * above);
        }
    }
    let mut solution = vec![0.0; size];
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| rows[row][column] * solution[column]).sum();
        solution[row] = (rows[row][size] - known) / rows[row][row];
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_equations() {
        // 2 x + y = 5, x - y = 1: x = 2, y = 1; the second pair says the same thing twice.
        let solution = solve(vec![vec![2.0, 1.0, 5.0], vec![1.0, -1.0, 1.0]]).expect("a solution");
        assert!((solution[0] - 2.0).abs() < 1e-14 && (solution[1] - 1.0).abs() < 1e-14);
        assert_eq!(solve(vec![vec![1.0, 1.0, 2.0], vec![2.0, 2.0, 4.0]]), None);
        assert_eq!(solve(Vec::new()), Some(Vec::new()));
    }
}
