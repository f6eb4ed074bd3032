//! The group itself: what [`Group`] asks for, with numbers modulo `p` as elements and modulo `q` as exponents.

use std::cmp::Ordering;
use std::sync::Arc;

use adil_lanes::Plan;
use sha2::{Digest as _, Sha256};

use super::engine::{Engine, engine};
use super::fixed::FixedBase;
use super::montgomery::{Residue, padded};
use super::natural::{self, Malformed};
use super::scalars;
use super::secret::{Exponents, exponents};
use crate::{ElementFault, Embedding, Group, ScalarFault};

/// A subgroup of prime order of the numbers modulo a prime. Clones share everything.
#[derive(Debug, Clone)]
pub struct FiniteField {
    pub(super) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(super) struct Inner {
    label: String,
    modulus: Vec<u64>,
    pub(super) order: Vec<u64>,
    generator: FieldElement,
    pub(super) padding: u32,
    pub(super) embedding: Option<Embedding>,
    pub(super) engine: Box<dyn Engine>,
    pub(super) exponents: Box<dyn Exponents>,
}

/// An element: a number `x` modulo `p` with `x^q = 1`.
///
/// It belongs to the group that made it; with elements of another group nothing is computed that has a meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldElement {
    /// The number in Montgomery's form, below `p`, with the words of the group's width.
    words: Box<[u64]>,
}

/// An exponent: a number from 0 to `q - 1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldScalar {
    /// The number without leading zero words.
    words: Box<[u64]>,
}

impl FieldElement {
    pub(super) fn new(words: &[u64]) -> Self {
        Self { words: words.into() }
    }

    pub(super) fn residue<const L: usize>(&self) -> Residue<L> {
        padded(&self.words)
    }
}

impl FieldScalar {
    pub(super) fn new(words: &[u64]) -> Self {
        Self { words: natural::trimmed(words).into() }
    }

    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }
}

impl FiniteField {
    /// The group of numbers that are known to describe one. `None` for a modulus that is even or too large.
    pub(super) fn unchecked(
        label: &str,
        modulus: &[u64],
        order: &[u64],
        generator: &[u64],
        embedding: Option<(u32, u32)>,
    ) -> Option<Self> {
        let engine = engine(modulus, order)?;
        let longest = |(padding, each): (u32, u32)| {
            let bits = natural::bits(modulus).saturating_sub(padding as usize);
            Embedding { longest: bits / (each as usize).max(1), bits_each: each }
        };
        let inner = Inner {
            label: label.to_owned(),
            modulus: natural::trimmed(modulus).to_vec(),
            order: natural::trimmed(order).to_vec(),
            generator: engine.element(generator),
            padding: embedding.map_or(0, |(padding, _)| padding),
            embedding: embedding.map(longest),
            engine,
            exponents: exponents(order)?,
        };
        Some(Self { inner: Arc::new(inner) })
    }

    /// Whether `g^q = 1`.
    pub(super) fn generator_has_order(&self) -> bool {
        let Inner { engine, generator, order, .. } = &*self.inner;
        engine.power(generator, order) == engine.neutral()
    }

    /// The modulus `p`, the least significant word first.
    #[cfg(test)]
    pub(super) fn modulus(&self) -> &[u64] {
        &self.inner.modulus
    }

    /// The order `q`, the least significant word first.
    #[cfg(test)]
    pub(super) fn group_order(&self) -> &[u64] {
        &self.inner.order
    }

    /// The number from 1 to `p - 1` that a text is.
    fn number(&self, text: &str) -> Result<Vec<u64>, ElementFault> {
        let number = natural::parse(text, &self.inner.modulus).map_err(|malformed| match malformed {
            Malformed::NoNumber => ElementFault::Form,
            Malformed::LeadingZeros | Malformed::TooLarge => ElementFault::NotCanonical,
        })?;
        if natural::is_zero(&number) { Err(ElementFault::OutsideSubgroup) } else { Ok(number) }
    }

    /// `(p - 1) / q`
    fn cofactor(&self) -> Vec<u64> {
        natural::divide(&natural::minus(&self.inner.modulus, &[1]), &self.inner.order).0
    }
}

impl Group for FiniteField {
    type Element = FieldElement;
    type Scalar = FieldScalar;
    type Fixed = FixedBase;

    fn label(&self) -> &str {
        &self.inner.label
    }

    fn generator(&self) -> FieldElement {
        self.inner.generator.clone()
    }

    fn neutral(&self) -> FieldElement {
        self.inner.engine.neutral()
    }

    /// A text of more digits than `p` is refused after as many, and is then said not to be canonical: the least number
    /// of the same residue is.
    fn decode(&self, texts: &[&str]) -> Vec<Result<FieldElement, ElementFault>> {
        let mut results = Vec::with_capacity(texts.len());
        let mut numbers = Vec::with_capacity(texts.len());
        let mut seed = Sha256::new();
        for text in texts {
            let number = self.number(text);
            if let Ok(number) = &number {
                seed.update(text.as_bytes());
                seed.update(b",");
                numbers.push(number.clone());
            }
            results.push(number.map(|_| ()));
        }
        let mut elements = self.inner.engine.admit(&numbers, &seed.finalize().into()).into_iter();
        let mut next = || elements.next().flatten().ok_or(ElementFault::OutsideSubgroup);
        results.into_iter().map(|result| result.and_then(|()| next())).collect()
    }

    fn encode(&self, element: &FieldElement, text: &mut String) {
        natural::write(&self.inner.engine.number(element), text);
    }

    /// By the numbers from 1 to `p - 1`.
    fn order(&self, left: &FieldElement, right: &FieldElement) -> Ordering {
        let engine = &self.inner.engine;
        natural::compare(&engine.number(left), &engine.number(right))
    }

    fn multiply(&self, left: &FieldElement, right: &FieldElement) -> FieldElement {
        self.inner.engine.multiply(left, right)
    }

    fn invert(&self, element: &FieldElement) -> FieldElement {
        self.inner.engine.power(element, &natural::minus(&self.inner.order, &[1]))
    }

    fn product(&self, elements: &[FieldElement]) -> FieldElement {
        self.inner.engine.product(elements)
    }

    fn product_of_powers(&self, elements: &[FieldElement], scalars: &[FieldScalar]) -> FieldElement {
        self.inner.engine.product_of_powers(elements, scalars)
    }

    fn power(&self, element: &FieldElement, exponent: &FieldScalar) -> FieldElement {
        self.inner.engine.plain_power(element, exponent.words())
    }

    fn fixed(&self, base: &FieldElement) -> FixedBase {
        FixedBase::new(base.clone())
    }

    fn commitments(
        &self,
        plan: &Plan,
        fixed: [&FixedBase; 2],
        points: &[FieldElement],
        scalars: &[FieldScalar],
    ) -> Vec<String> {
        self.inner.engine.commitments(plan, fixed, points, scalars)
    }

    /// A text of more digits than `q` is refused after as many.
    fn scalar(&self, text: &str) -> Result<FieldScalar, ScalarFault> {
        match natural::parse(text, &self.inner.order) {
            Ok(number) => Ok(FieldScalar::new(&number)),
            Err(Malformed::TooLarge) => Err(ScalarFault::OutOfRange),
            Err(Malformed::NoNumber | Malformed::LeadingZeros) => Err(ScalarFault::Form),
        }
    }

    fn reduce(&self, big_endian: &[u8]) -> FieldScalar {
        scalars::reduced(&natural::from_big_endian(big_endian), &self.inner.order)
    }

    fn small(&self, number: u64) -> FieldScalar {
        scalars::reduced(&[number], &self.inner.order)
    }

    fn add(&self, left: &FieldScalar, right: &FieldScalar) -> FieldScalar {
        scalars::reduced(&natural::plus(left.words(), right.words()), &self.inner.order)
    }

    fn times(&self, left: &FieldScalar, right: &FieldScalar) -> FieldScalar {
        scalars::reduced(&natural::times(left.words(), right.words()), &self.inner.order)
    }

    fn negate(&self, scalar: &FieldScalar) -> FieldScalar {
        scalars::reduced(&natural::minus(&self.inner.order, scalar.words()), &self.inner.order)
    }

    fn scalar_bytes(&self, scalar: &FieldScalar) -> Vec<u8> {
        scalar.words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    fn reciprocal(&self, scalar: &FieldScalar) -> FieldScalar {
        scalars::reciprocal(scalar, &self.inner.order)
    }

    fn embeds(&self) -> Option<Embedding> {
        self.inner.embedding
    }

    /// The number is `(..(v_1 2^b + v_2) 2^b + ..) 2^padding` and what was added to it; digits above the vector are
    /// ignored, as the protocol does.
    fn extract(&self, element: &FieldElement, length: usize) -> Option<Vec<u32>> {
        let Embedding { longest, bits_each } = self.inner.embedding?;
        if length > longest {
            return None;
        }
        let number = self.inner.engine.number(element);
        let (bits, padding) = (bits_each as usize, self.inner.padding as usize);
        let at = |index: usize| natural::digit(&number, padding + bits * (length - 1 - index), bits) as u32;
        Some((0..length).map(at).collect())
    }

    /// `h_i = H("ggen|" i)^((p - 1) / q)`
    fn independent_generators(&self, count: usize) -> Vec<FieldElement> {
        let engine = &self.inner.engine;
        let cofactor = self.cofactor();
        let generator = |index: String| {
            let hash = Sha256::digest(format!("ggen|{index}").as_bytes());
            engine.power(&engine.element(&natural::from_big_endian(&hash)), &cofactor)
        };
        std::iter::once("-1".to_owned()).chain((0..count).map(|index| index.to_string())).map(generator).collect()
    }
}
