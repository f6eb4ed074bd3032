//! Opened ballots: a test of the device that made them.
//!
//! A device commits to a ballot before it knows whether the ballot will be cast or opened. An opened one shows the
//! randomness `r` of every ciphertext, from which anybody works out what it holds:
//!
//! ```text
//! alpha = g^r,   beta = y^r g^m  or  y^r v
//! ```
//!
//! (Benaloh, "Simple verifiable elections", 2006.)

use adil_crypto::SecretGroup;
use adil_crypto::proof::text_of;
use rand_core::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::parse::parse;
use super::seal::{Answer, answer_fits};
use super::shape::Shape;
use crate::setup::Election;
use crate::{Fault, Place};

/// Everything that shows what a ballot holds. Wiped when it goes.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Opening {
    /// What was chosen, by question.
    pub answers: Vec<Answer>,
    /// The randomness of every ciphertext, in decimal digits.
    pub randomness: Vec<String>,
}

/// Why an opened ballot does not hold what its opening says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuditFault {
    /// The ballot itself cannot be read.
    #[error("the ballot is no ballot of this election: {}", .0.rule.code())]
    Ballot(Box<Fault>),
    /// The ballot is one of another election.
    #[error("the ballot names another election")]
    OtherElection,
    /// The commitment is not the ballot's.
    #[error("the ballot's digest is {found}; the device had shown {shown}")]
    Commitment {
        /// What the device had shown.
        shown: String,
        /// The digest of the ballot.
        found: String,
    },
    /// The opening has no form that belongs to the election.
    #[error("the opening does not belong to the questions of this election")]
    Form,
    /// A ciphertext holds something else.
    #[error("question {question}, ciphertext {choice}: it does not hold what the device says it holds")]
    Holds {
        /// The question, from 1.
        question: usize,
        /// The ciphertext within it, from 1.
        choice: usize,
    },
}

/// Whether a ballot without its signature holds what its opening says.
pub(crate) fn check<G: SecretGroup, R: CryptoRng + ?Sized>(
    group: &G,
    election: &Election,
    shape: &Shape,
    key: &G::Element,
    (unsigned, shown): (&str, Option<&str>),
    opening: &Opening,
    random: &mut R,
) -> Result<(), AuditFault> {
    // The reader wants a signature, which an opened ballot never has.
    let open = unsigned.strip_suffix('}').ok_or(AuditFault::Form)?;
    let signed = format!("{open}{}", super::write::signature("", &["0".to_owned(), "0".to_owned()]));
    let parsed = parse(signed.as_bytes(), shape, &Place::default()).map_err(AuditFault::Ballot)?;
    if (parsed.uuid, parsed.fingerprint) != (election.uuid.as_str(), election.fingerprint.as_str()) {
        return Err(AuditFault::OtherElection);
    }
    let found = super::verify::signed_hash(unsigned.as_bytes(), open.len());
    if let Some(shown) = shown.filter(|shown| **shown != found) {
        return Err(AuditFault::Commitment { shown: shown.to_owned(), found });
    }
    let fits = election.questions.iter().zip(&opening.answers).all(|(question, answer)| answer_fits(question, answer));
    let count: usize = shape.slots.questions.iter().map(super::layout::QuestionSlots::len).sum();
    if !fits || opening.answers.len() != election.questions.len() || opening.randomness.len() != count {
        return Err(AuditFault::Form);
    }
    let mut randomness = opening.randomness.iter();
    for (question, ((choices, slots), answer)) in
        shape.choices.iter().zip(&shape.slots.questions).zip(&opening.answers).enumerate()
    {
        for choice in 0..slots.len() {
            let r = randomness.next().and_then(|text| group.scalar(text).ok()).ok_or(AuditFault::Form)?;
            let held = match answer {
                Answer::Bits(bits) => group.power(&group.generator(), &group.small(bits[choice].into())),
                Answer::Vector(vector) => group.embed(vector, random).ok_or(AuditFault::Form)?,
            };
            let alpha = text_of(group, &group.power(&group.generator(), &r));
            let beta = text_of(group, &group.multiply(&group.power(key, &r), &held));
            // The credential is the first element of the shape and none of the ballot's text.
            let first = choices.start + 2 * choice - 1;
            if [alpha.as_str(), beta.as_str()] != parsed.elements[first..first + 2] {
                return Err(AuditFault::Holds { question: question + 1, choice: choice + 1 });
            }
        }
    }
    Ok(())
}
