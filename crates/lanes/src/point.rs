//! One point, affine.
//!
//! `x_3 = E / G`, `y_3 = H / F` with the completed coordinates of `curve`; the division is exact and slow, so that sums
//! of many points go through [`crate::sum`].

use crate::curve::Row;
use crate::field::Packed;
use crate::kernels::Kernels;
use crate::packed::{self, ONE, ZERO};
use crate::portable::Portable;

/// A point of the curve, canonical; not necessarily of the prime-order subgroup. 64 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point {
    pub(crate) x: Packed,
    pub(crate) y: Packed,
}

impl Point {
    /// `(0, 1)`
    pub fn neutral() -> Self {
        Self { x: ZERO, y: ONE }
    }

    /// The base point of RFC 8032, `y = 4 / 5`.
    pub fn base() -> Self {
        Self {
            x: [0xc956_2d60_8f25_d51a, 0x692c_c760_9525_a7b2, 0xc0a4_e231_fdd6_dc5c, 0x2169_36d3_cd6e_53fe],
            y: [0x6666_6666_6666_6658, 0x6666_6666_6666_6666, 0x6666_6666_6666_6666, 0x6666_6666_6666_6666],
        }
    }

    /// RFC 8032: `y` in 255 bits, least significant byte first, and the parity of `x` in the last.
    pub fn compress(&self) -> [u8; 32] {
        let mut bytes = packed::to_bytes(&self.y);
        bytes[31] |= (self.x[0] as u8 & 1) << 7;
        bytes
    }

    /// The sum of the two.
    pub fn add(&self, other: &Self) -> Self {
        let mut row = [Row::NEUTRAL];
        Portable.point_rows(&[*other], &mut row);
        let mut sum = Portable.load(&[*self]);
        Portable.add_rows(&mut sum, &[(&row[0], 0)]);
        let mut sum = [Portable.projective(&sum)];
        Portable.invert_all(&mut sum, &mut Vec::new());
        let mut point = [Self::neutral()];
        Portable.affine(&sum[0], &mut point);
        point[0]
    }

    /// `(-x, y)`
    pub fn negate(&self) -> Self {
        Self { x: packed::negate(self.x), y: self.y }
    }
}
