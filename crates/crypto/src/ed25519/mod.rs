//! Edwards25519: -x² + y² = 1 + d x² y² over the integers modulo p = 2^255 - 19, its subgroup of prime order
//! q = 2^252 + 27742317777372353535851937790883648493, and the texts of the protocol.
//!
//! An element is written as the number y + 2^255 (x mod 2) in 64 lower-case hexadecimal digits, most significant first:
//! the bytes of RFC 8032 in reverse. The protocol embeds vectors of numbers below 256 as that number shifted left by 14
//! bits, and takes the next point of the subgroup.

mod arithmetic;
mod secret;
mod text;

use std::cmp::Ordering;

use adil_lanes::{Engine, FixedBase, Plan, Point};
use curve25519_dalek::Scalar;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use sha2::{Digest, Sha256};

use crate::{ElementFault, Embedding, Group, ScalarFault};

pub use secret::Ed25519Secret;

/// The group, with the arithmetic that this processor is best at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ed25519 {
    engine: Engine,
}

/// A point of the subgroup of prime order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ed25519Element(Point);

/// The bits below the numbers of an embedded vector, by which a point is searched for.
const EMBEDDING_PADDING_BITS: usize = 14;
/// The longest vector that fits above the padding.
const LONGEST_VECTOR: usize = 30;

impl Ed25519 {
    /// The group with the fastest arithmetic of this processor.
    pub fn new() -> Self {
        Self { engine: Engine::fastest() }
    }

    /// The group with a chosen arithmetic; the results are the same.
    pub fn with_engine(engine: Engine) -> Self {
        Self { engine }
    }

    /// The arithmetic used.
    pub fn engine(self) -> Engine {
        self.engine
    }
}

impl Default for Ed25519 {
    fn default() -> Self {
        Self::new()
    }
}

impl Group for Ed25519 {
    type Element = Ed25519Element;
    type Scalar = Scalar;
    type Fixed = FixedBase;

    fn label(&self) -> &'static str {
        "Ed25519"
    }

    fn generator(&self) -> Ed25519Element {
        Ed25519Element(Point::base())
    }

    fn neutral(&self) -> Ed25519Element {
        Ed25519Element(Point::neutral())
    }

    fn decode(&self, texts: &[&str]) -> Vec<Result<Ed25519Element, ElementFault>> {
        let bytes: Vec<_> = texts.iter().map(|text| text::bytes(text)).collect();
        // What is not written as an element still takes a place, so that the points stay beside their texts.
        let encodings: Vec<[u8; 32]> = bytes.iter().map(|bytes| bytes.unwrap_or(arithmetic::NEUTRAL)).collect();
        let points = adil_lanes::decompress(self.engine, &encodings);
        let candidates: Vec<Point> = points.iter().flatten().copied().collect();
        let all_inside = arithmetic::all_prime_order(self.engine, &candidates, &encodings);
        let element = |(bytes, point): (Result<[u8; 32], ElementFault>, Option<Point>)| {
            let bytes = bytes?;
            let point = point.ok_or_else(|| text::why_no_point(&bytes))?;
            match all_inside || adil_lanes::is_prime_order(&point) {
                true => Ok(Ed25519Element(point)),
                false => Err(ElementFault::OutsideSubgroup),
            }
        };
        bytes.into_iter().zip(points).map(element).collect()
    }

    fn encode(&self, element: &Ed25519Element, text: &mut String) {
        text::write(&element.0.compress(), text);
    }

    fn order(&self, left: &Ed25519Element, right: &Ed25519Element) -> Ordering {
        left.0.compress().cmp(&right.0.compress())
    }

    fn multiply(&self, left: &Ed25519Element, right: &Ed25519Element) -> Ed25519Element {
        Ed25519Element(left.0.add(&right.0))
    }

    fn multiply_each(&self, left: &[Ed25519Element], right: &[Ed25519Element]) -> Vec<Ed25519Element> {
        let points = |elements: &[Ed25519Element]| elements.iter().map(|element| element.0).collect::<Vec<Point>>();
        adil_lanes::add_each(self.engine, &points(left), &points(right)).into_iter().map(Ed25519Element).collect()
    }

    fn invert(&self, element: &Ed25519Element) -> Ed25519Element {
        Ed25519Element(element.0.negate())
    }

    fn product(&self, elements: &[Ed25519Element]) -> Ed25519Element {
        let points: Vec<Point> = elements.iter().map(|element| element.0).collect();
        Ed25519Element(adil_lanes::sum(self.engine, &points))
    }

    fn product_of_powers(&self, elements: &[Ed25519Element], scalars: &[Scalar]) -> Ed25519Element {
        let points: Vec<Point> = elements.iter().map(|element| element.0).collect();
        let scalars: Vec<_> = scalars.iter().map(arithmetic::scalar).collect();
        Ed25519Element(adil_lanes::multi_scalar(self.engine, &points, &scalars))
    }

    fn power(&self, element: &Ed25519Element, exponent: &Scalar) -> Ed25519Element {
        let product = arithmetic::dalek(&element.0) * exponent;
        Ed25519Element(arithmetic::own(&product))
    }

    fn fixed(&self, base: &Ed25519Element) -> FixedBase {
        FixedBase::new(&base.0)
    }

    fn commitments(
        &self,
        plan: &Plan,
        fixed: [&FixedBase; 2],
        points: &[Ed25519Element],
        scalars: &[Scalar],
    ) -> Vec<String> {
        let points: Vec<Point> = points.iter().map(|element| element.0).collect();
        let scalars: Vec<_> = scalars.iter().map(arithmetic::scalar).collect();
        let encoded = adil_lanes::commitments(self.engine, plan, fixed, &points, &scalars);
        encoded.iter().map(text::of).collect()
    }

    fn products(&self, inputs: usize, products: &[Vec<usize>], elements: &[Ed25519Element]) -> Vec<String> {
        if products.is_empty() {
            return Vec::new();
        }
        let points: Vec<Point> = elements.iter().map(|element| element.0).collect();
        let encoded = adil_lanes::sums(self.engine, inputs, products, &points);
        encoded.iter().map(text::of).collect()
    }

    fn scalar(&self, text: &str) -> Result<Scalar, ScalarFault> {
        let bytes = text::decimal(text)?;
        Option::from(Scalar::from_canonical_bytes(bytes)).ok_or(ScalarFault::OutOfRange)
    }

    fn reduce(&self, big_endian: &[u8]) -> Scalar {
        // Horner over pieces of 32 bytes: 2^256 is a scalar of its own.
        let mut wide = [0u8; 64];
        wide[32] = 1;
        let shift = Scalar::from_bytes_mod_order_wide(&wide);
        let (first, rest) = big_endian.split_at(big_endian.len() % 32);
        let piece = |bytes: &[u8]| {
            let mut little = [0u8; 32];
            little.iter_mut().zip(bytes.iter().rev()).for_each(|(to, from)| *to = *from);
            Scalar::from_bytes_mod_order(little)
        };
        rest.chunks(32).fold(piece(first), |sum, bytes| sum * shift + piece(bytes))
    }

    fn small(&self, number: u64) -> Scalar {
        Scalar::from(number)
    }

    fn add(&self, left: &Scalar, right: &Scalar) -> Scalar {
        left + right
    }

    fn times(&self, left: &Scalar, right: &Scalar) -> Scalar {
        left * right
    }

    fn negate(&self, scalar: &Scalar) -> Scalar {
        -scalar
    }

    fn scalar_bytes(&self, scalar: &Scalar) -> Vec<u8> {
        scalar.to_bytes().to_vec()
    }

    fn reciprocal(&self, scalar: &Scalar) -> Scalar {
        if *scalar == Scalar::ZERO { Scalar::ZERO } else { scalar.invert() }
    }

    fn embeds(&self) -> Option<Embedding> {
        Some(Embedding { longest: LONGEST_VECTOR, bits_each: 8 })
    }

    fn extract(&self, element: &Ed25519Element, length: usize) -> Option<Vec<u32>> {
        if length > LONGEST_VECTOR {
            return None;
        }
        let bytes = element.0.compress();
        let bit = |index: usize| u32::from(bytes[index / 8] >> (index % 8) & 1);
        let number = |place: usize| {
            let lowest = EMBEDDING_PADDING_BITS + 8 * place;
            (0..8).map(|offset| if lowest + offset < 256 { bit(lowest + offset) << offset } else { 0 }).sum()
        };
        Some((0..length).rev().map(number).collect())
    }

    fn independent_generators(&self, count: usize) -> Vec<Ed25519Element> {
        let digest = |index: String| -> [u8; 32] { Sha256::digest(format!("ggen|{index}")).into() };
        let names = std::iter::once("-1".to_owned()).chain((0..count).map(|index| index.to_string()));
        let starts: Vec<[u8; 32]> = names.map(|name| arithmetic::shifted_right_by_two(digest(name))).collect();
        let found = arithmetic::next_points(self.engine, starts);
        let times_cofactor: Vec<EdwardsPoint> =
            found.iter().map(|bytes| CompressedEdwardsY(*bytes).decompress().unwrap_or_default()).collect();
        let encodings: Vec<[u8; 32]> = EdwardsPoint::compress_batch_alloc(
            &times_cofactor.iter().map(EdwardsPoint::mul_by_cofactor).collect::<Vec<_>>(),
        )
        .into_iter()
        .map(|compressed| compressed.0)
        .collect();
        let points = adil_lanes::decompress(self.engine, &encodings);
        points.into_iter().map(|point| Ed25519Element(point.unwrap_or_else(Point::neutral))).collect()
    }
}
