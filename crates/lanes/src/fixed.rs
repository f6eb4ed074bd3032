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
        let field = Portable;
        let mut points = Vec::with_capacity(WINDOWS * ROWS);
        let mut unit = field.load(&[*base]);
        for _ in 0..WINDOWS {
            let mut twice = unit;
            field.double(&mut twice, 1);
            let twice = field.cached(&twice);
            let mut odd = unit;
            for _ in 0..ROWS {
                points.push(field.projective(&odd));
                field.add_cached(&mut odd, &twice);
            }
            field.double(&mut unit, 8);
        }
        field.invert_all(&mut points, &mut Vec::new());
        let mut rows = vec![Row::NEUTRAL; points.len()];
        for (point, row) in points.iter().zip(&mut rows) {
            field.rows(point, std::slice::from_mut(row), 1);
        }
        Self { rows }
    }

    /// The row of a window of a scalar, and whether it is subtracted.
    #[inline(always)]
    pub(crate) fn pick(&self, window: usize, signs: &Signs) -> (&Row, usize) {
        let (index, minus) = signs.window(window);
        (&self.rows[window * ROWS + index], minus)
    }
}
