//! Proofs of knowledge about group elements, verified and made.
//!
//! Every proof is made non-interactive by a challenge `c = H(text) mod q`, where `H` is SHA-256 read as a big-endian
//! number and the text contains the commitments. A verifier works the commitments out from challenge and response and
//! compares the challenge. All proofs but that of a shuffle have the sign `response = w - c * secret`.

mod equality;
mod prove;
mod prove_shuffle;
mod schnorr;
mod shuffle;

use sha2::{Digest, Sha256};

pub use equality::equal_logarithms;
pub use prove::{prove_equality, prove_logarithm, response};
pub use prove_shuffle::shuffle;
pub use schnorr::knows_logarithm;
pub use shuffle::{Ciphertext, ShuffleProof, ShuffleShape, shuffles};

use crate::Group;

/// Challenge and response of one proof, or of one branch of a disjunction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof<S> {
    /// The challenge `c`.
    pub challenge: S,
    /// The response `r`.
    pub response: S,
}

/// `H(pieces, one after another) mod q`.
pub fn challenge<G: Group>(group: &G, pieces: &[&str]) -> G::Scalar {
    let mut hash = Sha256::new();
    pieces.iter().for_each(|piece| hash.update(piece.as_bytes()));
    group.reduce(&hash.finalize())
}

/// The canonical text of an element.
pub fn text_of<G: Group>(group: &G, element: &G::Element) -> String {
    let mut text = String::new();
    group.encode(element, &mut text);
    text
}
