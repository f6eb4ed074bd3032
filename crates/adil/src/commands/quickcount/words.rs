//! What the steps print in common: percentages, cells of CSV, names of strata.

/// A fraction as a percentage with two decimals.
pub(super) fn percent(fraction: f64) -> String {
    format!("{:.2} %", 100.0 * fraction)
}

/// A difference of fractions in percentage points.
pub(super) fn points(fraction: f64) -> String {
    format!("{:.2} points", 100.0 * fraction)
}

/// A stratum's name on the terminal.
pub(super) fn stratum(name: &str) -> &str {
    if name.is_empty() { "(all stations)" } else { name }
}

/// Lines of a table: every column as wide as its widest cell, the first to the left and the others to the right.
pub(super) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let pad = " ".repeat(widths[at].saturating_sub(cell.chars().count()));
            match at {
                0 => line.push_str(&format!("{cell}{pad}")),
                _ => line.push_str(&format!("  {pad}{cell}")),
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
