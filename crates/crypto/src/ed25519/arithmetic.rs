//! Between the vector arithmetic and curve25519-dalek.

use adil_lanes::{Engine, Point};
use curve25519_dalek::Scalar;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use sha2::{Digest, Sha256};

/// The encoding of the neutral element.
pub(super) const NEUTRAL: [u8; 32] = {
    let mut bytes = [0; 32];
    bytes[0] = 1;
    bytes
};

/// Fewer points are tested one by one: the sums over random subsets have a cost of their own.
const FEWEST_FOR_SUBSETS: usize = 48;

/// Whether all points lie in the subgroup of prime order. The subsets are drawn from a digest of everything that is
/// decoded with them, so whoever chooses the points has no choice of the subsets.
pub(super) fn all_prime_order(engine: Engine, points: &[Point], encodings: &[[u8; 32]]) -> bool {
    if points.len() < FEWEST_FOR_SUBSETS {
        return points.iter().all(adil_lanes::is_prime_order);
    }
    let mut seed = Sha256::new();
    seed.update(b"adil random subsets of points");
    encodings.iter().for_each(|encoding| seed.update(encoding));
    adil_lanes::all_prime_order(engine, points, &seed.finalize().into())
}

/// A scalar for the vector arithmetic. dalek's are reduced unless they were made from unreduced bits, which is done
/// nowhere here.
pub(super) fn scalar(scalar: &Scalar) -> adil_lanes::Scalar {
    let reduced = adil_lanes::Scalar::from_canonical(scalar.to_bytes());
    reduced.or_else(|| adil_lanes::Scalar::from_canonical([0; 32])).unwrap_or_else(|| unreachable!("zero is canonical"))
}

/// The same point for dalek.
pub(super) fn dalek(point: &Point) -> EdwardsPoint {
    CompressedEdwardsY(point.compress()).decompress().unwrap_or_default()
}

/// The same point for the vector arithmetic.
pub(super) fn own(point: &EdwardsPoint) -> Point {
    let points = adil_lanes::decompress(Engine::portable(), &[point.compress().to_bytes()]);
    points[0].unwrap_or_else(Point::neutral)
}

/// The number of 32 bytes, most significant first, divided by four: least significant byte first.
pub(super) fn shifted_right_by_two(big_endian: [u8; 32]) -> [u8; 32] {
    let mut shifted = [0; 32];
    for (index, byte) in shifted.iter_mut().enumerate() {
        let own = big_endian[31 - index] >> 2;
        let above = if index < 31 { big_endian[30 - index] << 6 } else { 0 };
        *byte = own | above;
    }
    shifted
}

/// For each number, the smallest one from it on that encodes a point of the curve.
pub(super) fn next_points(engine: Engine, mut numbers: Vec<[u8; 32]>) -> Vec<[u8; 32]> {
    let mut open: Vec<usize> = (0..numbers.len()).collect();
    while !open.is_empty() {
        let tried: Vec<[u8; 32]> = open.iter().map(|&index| numbers[index]).collect();
        let points = adil_lanes::decompress(engine, &tried);
        open = open.iter().zip(points).filter(|(_, point)| point.is_none()).map(|(&index, _)| index).collect();
        open.iter().for_each(|&index| increment(&mut numbers[index]));
    }
    numbers
}

fn increment(number: &mut [u8; 32]) {
    for byte in number {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
}
