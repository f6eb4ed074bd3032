//! What a group of prime order is to the protocol: elements, scalars, and how both are written.
//!
//! A group `G` of prime order `q` with generator `g` is written multiplicatively, as in the protocol's papers. An
//! [`Group::Element`] can only be made by [`Group::decode`], which refuses every text that is not the one canonical
//! encoding of an element of the subgroup of order `q`, or by computing with elements: a value outside the subgroup
//! does not exist.
//!
//! Everything in this trait works on public values and may take time that depends on them. Secret exponents have types
//! of their own, which none of these functions takes.

use std::cmp::Ordering;
use std::fmt::Debug;

use adil_lanes::Plan;

/// A group of prime order, with the texts that the protocol writes its elements and scalars in.
pub trait Group: Clone + Debug + Send + Sync + 'static {
    /// An element of the subgroup of order `q`.
    type Element: Clone + Eq + Debug + Send + Sync;
    /// An exponent: a whole number from 0 to `q - 1`.
    type Scalar: Clone + Eq + Debug + Send + Sync;
    /// A base with the tables that make its powers cheap.
    type Fixed: Send + Sync;

    /// The name as an election gives it; part of the challenge of a trustee's proof.
    fn label(&self) -> &str;

    /// The generator `g`.
    fn generator(&self) -> Self::Element;

    /// The neutral element.
    fn neutral(&self) -> Self::Element;

    /// Reads elements, each from its canonical text. Batches are cheaper by far than one at a time: membership of the
    /// subgroup is tested for all at once, and one by one only where that fails.
    ///
    /// The result has one entry for each text, in order.
    fn decode(&self, texts: &[&str]) -> Vec<Result<Self::Element, ElementFault>>;

    /// Appends the canonical text of an element.
    fn encode(&self, element: &Self::Element, text: &mut String);

    /// The order in which the protocol sorts ciphertexts of a non-homomorphic tally.
    fn order(&self, left: &Self::Element, right: &Self::Element) -> Ordering;

    /// The product of two elements.
    fn multiply(&self, left: &Self::Element, right: &Self::Element) -> Self::Element;

    /// The products of the elements at the same places of two lists of one length.
    fn multiply_each(&self, left: &[Self::Element], right: &[Self::Element]) -> Vec<Self::Element> {
        left.iter().zip(right).map(|(left, right)| self.multiply(left, right)).collect()
    }

    /// The inverse of an element.
    fn invert(&self, element: &Self::Element) -> Self::Element;

    /// The product of all elements; neutral for none.
    fn product(&self, elements: &[Self::Element]) -> Self::Element;

    /// `product of elements[i] ^ scalars[i]`; both slices have one length.
    fn product_of_powers(&self, elements: &[Self::Element], scalars: &[Self::Scalar]) -> Self::Element;

    /// `element ^ exponent` by the plainest way there is; the other functions are tested against it.
    fn power(&self, element: &Self::Element, exponent: &Self::Scalar) -> Self::Element;

    /// Prepares a base that is raised to many powers.
    fn fixed(&self, base: &Self::Element) -> Self::Fixed;

    /// The commitments of many proofs of one shape, as the texts that are hashed.
    ///
    /// `points` has `plan.inputs()` elements for each item and `scalars` has `plan.scalars()`, in the order that
    /// [`Plan`] describes; the result has `plan.outputs().len()` texts for each item. `fixed` are `g` and `y`.
    fn commitments(
        &self,
        plan: &Plan,
        fixed: [&Self::Fixed; 2],
        points: &[Self::Element],
        scalars: &[Self::Scalar],
    ) -> Vec<String>;

    /// The texts of products of elements for many items: `elements` has `inputs` for each item, and each product lists
    /// indices of these; the result has one text for each product of each item.
    fn products(&self, inputs: usize, products: &[Vec<usize>], elements: &[Self::Element]) -> Vec<String> {
        let mut texts = Vec::new();
        for own in elements.chunks(inputs.max(1)) {
            for members in products {
                let product =
                    members.iter().fold(self.neutral(), |product, &input| self.multiply(&product, &own[input]));
                let mut text = String::new();
                self.encode(&product, &mut text);
                texts.push(text);
            }
        }
        texts
    }

    /// Reads a scalar: decimal digits without sign or leading zeros, below `q`.
    ///
    /// # Errors
    /// The text is anything else.
    fn scalar(&self, text: &str) -> Result<Self::Scalar, ScalarFault>;

    /// A big-endian number of any length, modulo `q`.
    fn reduce(&self, big_endian: &[u8]) -> Self::Scalar;

    /// A small number as a scalar.
    fn small(&self, number: u64) -> Self::Scalar;

    /// `left + right` modulo `q`.
    fn add(&self, left: &Self::Scalar, right: &Self::Scalar) -> Self::Scalar;

    /// `left * right` modulo `q`.
    fn times(&self, left: &Self::Scalar, right: &Self::Scalar) -> Self::Scalar;

    /// `-scalar` modulo `q`.
    fn negate(&self, scalar: &Self::Scalar) -> Self::Scalar;

    /// The scalar in bytes, different for different scalars: for digests of everything that a proof consists of.
    fn scalar_bytes(&self, scalar: &Self::Scalar) -> Vec<u8>;

    /// `1 / scalar` modulo `q`; zero for zero.
    fn reciprocal(&self, scalar: &Self::Scalar) -> Self::Scalar;

    /// Whether vectors of small numbers can be elements, as non-homomorphic questions need it.
    fn embeds(&self) -> Option<Embedding>;

    /// The vector of `length` small numbers that an element stands for; `None` where the group embeds none or the
    /// element stands for none of that length.
    fn extract(&self, element: &Self::Element, length: usize) -> Option<Vec<u32>>;

    /// Independent generators `h_i` of the shuffle proof for `i` from 0 to `count - 1`, and `h` for `i = -1` first:
    /// `count + 1` elements.
    fn independent_generators(&self, count: usize) -> Vec<Self::Element>;
}

/// How a group embeds vectors of small numbers into its elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedding {
    /// The longest vector.
    pub longest: usize,
    /// Bits for each number.
    pub bits_each: u32,
}

/// Why a text is no element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ElementFault {
    /// Not the form in which the group's elements are written.
    #[error("it is not written as the group's elements are")]
    Form,
    /// The right form, but another text is the canonical one of the same value.
    #[error("it is not the canonical encoding")]
    NotCanonical,
    /// No element of the curve or field.
    #[error("it is no point of the curve or field")]
    NotOnCurve,
    /// An element, but not of the subgroup of prime order.
    #[error("it lies outside the subgroup of prime order")]
    OutsideSubgroup,
}

/// Why a text is no scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScalarFault {
    /// Not decimal digits alone, or with leading zeros.
    #[error("it is not a canonical decimal number")]
    Form,
    /// Not below the order of the group.
    #[error("it is not below the order of the group")]
    OutOfRange,
}
