//! Multiples of a point that all items share, in a table.
//!
//! `u B = sum over j < 32 of (d_j 2^(8 j)) B` with the odd digits `|d_j| <= 255` of `scalar`. The table has for each `j`
//! the 128 points `(2 i + 1) 2^(8 j) B`: 4096 rows of 128 bytes, 512 KiB, no doubling when it is used.

use crate::curve::Row;
use crate::kernels::Kernels;
use crate::point::Point;
use crate::portable::Portable;
use crate::scalar::Signs;

/// Windows of a scalar.
pub(crate) const WINDOWS: usize = 32;
/// Rows of a window.
const ROWS: usize = 128;

/// The table of one point of the prime-order subgroup. 512 KiB.
pub struct FixedBase {
    rows: Vec<Row>,
}

impl FixedBase {
    /// The table of `base`, which must be in the prime-order subgroup.
    pub fn new(base: &Point) -> Self {
        Self { rows: odd_multiples(base, WINDOWS, ROWS, 8) }
    }

    /// The row of a window of a scalar, and whether it is subtracted.
    #[inline(always)]
    pub(crate) fn pick(&self, window: usize, signs: &Signs) -> (&Row, usize) {
        let (index, minus) = signs.window(window);
        (&self.rows[window * ROWS + index], minus)
    }
}

/// For each window `j` the first `rows` odd multiples of `2^(digits j) base`, ready to be added.
pub(crate) fn odd_multiples(base: &Point, windows: usize, rows: usize, digits: usize) -> Vec<Row> {
    let field = Portable;
    let mut points = Vec::with_capacity(windows * rows);
    let mut unit = field.load(&[*base]);
    for _ in 0..windows {
        let mut twice = unit;
        field.double(&mut twice, 1);
        let twice = field.cached(&twice);
        let mut odd = unit;
        for _ in 0..rows {
            points.push(field.projective(&odd));
            field.add_cached(&mut odd, &twice);
        }
        field.double(&mut unit, digits);
    }
    field.invert_all(&mut points, &mut Vec::new());
    let mut table = vec![Row::NEUTRAL; points.len()];
    for (point, row) in points.iter().zip(&mut table) {
        field.rows(point, std::slice::from_mut(row), 1);
    }
    table
}
