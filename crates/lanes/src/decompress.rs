//! Points from their 32-byte encodings.
//!
//! `x^2 = u / v` with `u = y^2 - 1`, `v = d y^2 + 1`. As `p = 5 mod 8`, `r = u v^3 (u v^7)^((p - 5) / 8)` has
//! `v r^2 = u` (then `x = r`), `-u` (then `x = r sqrt(-1)`), or neither (no point). RFC 8032, section 5.1.3.

use crate::curve::Root;
use crate::engine::{Engine, with_engine};
use crate::field::Packed;
use crate::kernels::Kernels;
use crate::packed::{self, P, ZERO};
use crate::point::Point;

/// The points of these encodings (RFC 8032: `y` least significant byte first, the parity of `x` in the last bit). `None`
/// where `y >= p`, where no point has this `y`, and where the parity bit is set although `x` is 0: what is accepted is
/// exactly what [`Point::compress`] writes.
pub fn decompress(engine: Engine, encodings: &[[u8; 32]]) -> Vec<Option<Point>> {
    with_engine!(engine, field => decompress_on(field, encodings))
}

fn decompress_on<K: Kernels>(field: K, encodings: &[[u8; 32]]) -> Vec<Option<Point>> {
    let mut points = Vec::with_capacity(encodings.len());
    let mut ys = vec![ZERO; K::LANES];
    let mut roots = vec![Root::EMPTY; K::LANES];
    for chunk in encodings.chunks(K::LANES) {
        for (y, encoding) in ys.iter_mut().zip(chunk) {
            *y = packed::from_bytes(encoding);
            y[3] &= u64::MAX >> 1;
        }
        field.roots(&ys, &mut roots);
        for ((encoding, y), root) in chunk.iter().zip(&ys).zip(&roots) {
            points.push(point(*y, encoding[31] >> 7, root));
        }
    }
    points
}

fn point(y: Packed, parity: u8, root: &Root) -> Option<Point> {
    if !packed::is_below(&y, &P) {
        return None;
    }
    let x = if root.got == root.wanted {
        root.first
    } else if root.got == packed::negate(root.wanted) {
        root.second
    } else {
        return None;
    };
    let parity = u64::from(parity);
    if x == ZERO && parity == 1 {
        return None;
    }
    Some(Point { x: if x[0] & 1 == parity { x } else { packed::negate(x) }, y })
}
