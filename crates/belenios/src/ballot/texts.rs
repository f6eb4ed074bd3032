//! The texts that a ballot's challenges are hashes of.

use adil_crypto::Group;
use sha2::{Digest, Sha256};

use super::shape::{Piece, Shape};

/// The texts of one ballot.
pub(super) struct Texts<'a> {
    /// The election's public key.
    pub(super) key: &'a str,
    /// The election's fingerprint, a bar, and the credential.
    origin: String,
    /// For each question the origin, a bar, and all its choices.
    statements: Vec<String>,
    /// All elements but the credential.
    pub(super) elements: &'a [&'a str],
    /// The commitments.
    pub(super) outputs: &'a [String],
    /// The products of elements.
    pub(super) products: &'a [String],
    /// The hash of the ballot without its signature.
    pub(super) signed_hash: &'a str,
}

impl<'a> Texts<'a> {
    pub(super) fn new(
        shape: &Shape,
        (fingerprint, key, credential): (&str, &'a str, &str),
        elements: &'a [&'a str],
        (outputs, products): (&'a [String], &'a [String]),
        signed_hash: &'a str,
    ) -> Self {
        let origin = format!("{fingerprint}|{credential}");
        let statement = |choices: &std::ops::Range<usize>| {
            // The credential is the first element of the plan and none of the ballot's text.
            format!("{origin}|{}", elements[choices.start - 1..choices.end - 1].join(","))
        };
        let statements = shape.choices.iter().map(statement).collect();
        Self { key, origin, statements, elements, outputs, products, signed_hash }
    }

    /// The challenge that the hash of these pieces is.
    pub(super) fn challenge<G: Group>(&self, group: &G, pieces: &[Piece]) -> G::Scalar {
        let mut hash = Sha256::new();
        for piece in pieces {
            hash.update(match *piece {
                Piece::Literal(text) => text,
                Piece::Origin => &self.origin,
                Piece::Statement(question) => &self.statements[question],
                Piece::Key => self.key,
                Piece::Element(element) => self.elements[element - 1],
                Piece::Output(output) => &self.outputs[output],
                Piece::Product(product) => &self.products[product],
                Piece::SignedHash => self.signed_hash,
            });
        }
        group.reduce(&hash.finalize())
    }
}
