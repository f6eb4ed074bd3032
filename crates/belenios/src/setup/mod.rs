//! What an election is set up with: its questions, the credentials of its voters, the keys of its trustees.

mod credentials;
mod election;
mod pedersen;
mod trustees;

pub use credentials::Credentials;
pub use election::{Election, Question};
pub(crate) use pedersen::{
    MOST_MEMBERS, WireCertificate, WireCoefficients, WireContext, WirePedersen, WireSigned, ceremony_text,
    certificates_text, is_signed, verification_key,
};
pub use trustees::{Trustee, Trustees};
pub(crate) use trustees::{TrusteeGroup, WireKey, WireProof, checked_key, element, proof};

/// A whole number of weights or votes: canonical decimal digits of up to 38 digits.
pub(crate) fn whole_number(text: &str) -> Option<u128> {
    let canonical = crate::cursor::is_canonical_number(text.as_bytes());
    if canonical { text.parse().ok() } else { None }
}
