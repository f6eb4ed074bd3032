//! Partial decryptions, and how they combine.
//!
//! A trustee with key `X = g^x` gives for every ciphertext the factor `F = alpha^x`, and proves that it is the same `x`.
//! All factors of single trustees multiply; of a group with threshold `t`, those of the first `t` members that gave
//! one, each raised to `lambda_j = prod over the other members k of k / (k - j)`.

use adil_crypto::Group;
use adil_crypto::proof::{Proof, equal_logarithms};
use rayon::prelude::*;

use super::{EncryptedTally, read_shaped};
use crate::ballot::Slots;
use crate::cursor::{Cursor, Unexpected};
use crate::setup::{Election, TrusteeGroup};
use crate::{Fault, Faults, Place, Rule};

/// The factors of one trustee.
#[derive(Debug, Clone)]
pub(crate) struct Decryption<E> {
    /// The trustee, counted from 1.
    pub(crate) owner: u64,
    factors: Vec<Vec<E>>,
}

impl<E: Clone + Send + Sync> Decryption<E> {
    /// Reads a partial decryption of the tally and checks its proofs with the trustee's key. `None` where it cannot be
    /// read or a proof fails.
    #[expect(clippy::too_many_arguments, reason = "what a record is checked against, its bytes, and where faults go")]
    pub(crate) fn read<G: Group<Element = E>>(
        group: &G,
        election: &Election,
        slots: &Slots,
        tally: &EncryptedTally<G>,
        (owner, key): (u64, &E),
        bytes: &[u8],
        place: &Place,
        faults: &mut Faults,
    ) -> Option<Self> {
        let lengths = |question: usize| tally.questions.get(question).map(Vec::len);
        let mut cursor = Cursor::new(bytes);
        let mut parts = || {
            cursor.expect("{\"decryption_factors\":")?;
            let factors = read_shaped(&mut cursor, slots, lengths, Cursor::text)?;
            cursor.expect(",\"decryption_proofs\":")?;
            let proofs = read_shaped(&mut cursor, slots, lengths, read_proof)?;
            cursor.expect("}")?;
            cursor.end()?;
            Ok((factors, proofs))
        };
        let (factors, proofs) = parts()
            .map_err(|misshapen: super::Misshapen| faults.push(misshapen.fault(Rule::DecryptionForm, place)))
            .ok()?;
        let prefix = format!("decrypt|{}|{}|", election.fingerprint, adil_crypto::proof::text_of(group, key));
        let mut all = Vec::with_capacity(factors.len());
        let mut sound = true;
        for (question, (texts, proofs)) in factors.iter().zip(&proofs).enumerate() {
            let decoded = group.decode(texts);
            // Each factor is checked by itself; the faults are collected in order.
            let checked: Vec<Result<E, Rule>> = decoded
                .into_par_iter()
                .zip(proofs)
                .zip(&tally.questions[question])
                .map(|((factor, [challenge, response]), ciphertext)| {
                    let factor = factor.map_err(|_| Rule::DecryptionElement)?;
                    let scalar = |text| group.scalar(text).map_err(|_| Rule::DecryptionElement);
                    let proof = Proof { challenge: scalar(challenge)?, response: scalar(response)? };
                    match equal_logarithms(group, key, &ciphertext.alpha, &factor, &proof, &prefix) {
                        true => Ok(factor),
                        false => Err(Rule::DecryptionProof),
                    }
                })
                .collect();
            let mut own = Vec::with_capacity(checked.len());
            for (choice, checked) in checked.into_iter().enumerate() {
                match checked {
                    Ok(factor) => own.push(factor),
                    Err(rule) => {
                        sound = false;
                        faults.push(Fault::new(rule, place.clone().question(question).choice(choice)));
                    }
                }
            }
            all.push(own);
        }
        sound.then_some(Self { owner, factors: all })
    }
}

fn read_proof<'a>(cursor: &mut Cursor<'a>) -> Result<[&'a str; 2], Unexpected> {
    cursor.expect("{\"challenge\":")?;
    let challenge = cursor.text()?;
    cursor.expect(",\"response\":")?;
    let response = cursor.text()?;
    cursor.expect("}")?;
    Ok([challenge, response])
}

/// The factor that takes the encryption off each ciphertext; `None` where there are too few partial decryptions.
pub(crate) fn combine<G: Group>(
    group: &G,
    groups: &[TrusteeGroup],
    decryptions: &[Decryption<G::Element>],
) -> Option<Vec<Vec<G::Element>>> {
    let of = |index: usize| decryptions.iter().find(|decryption| decryption.owner == index as u64 + 1);
    let (mut used, mut exponents) = (Vec::new(), Vec::new());
    for members in groups {
        match *members {
            TrusteeGroup::Single { index } => {
                used.push(of(index)?);
                exponents.push(group.small(1));
            }
            TrusteeGroup::Pedersen { first, members, threshold } => {
                let present: Vec<usize> =
                    (0..members).filter(|member| of(first + member).is_some()).take(threshold).collect();
                if present.len() < threshold {
                    return None;
                }
                for &member in &present {
                    used.push(of(first + member)?);
                    exponents.push(lagrange(group, &present, member));
                }
            }
        }
    }
    let shape = &used.first()?.factors;
    let is_plain = groups.iter().all(|members| matches!(members, TrusteeGroup::Single { .. }));
    let one = |question: usize, choice: usize| {
        let factors: Vec<G::Element> = used.iter().map(|own| own.factors[question][choice].clone()).collect();
        if is_plain { group.product(&factors) } else { group.product_of_powers(&factors, &exponents) }
    };
    let of_question = |(question, factors): (usize, &Vec<G::Element>)| {
        (0..factors.len()).into_par_iter().map(|choice| one(question, choice)).collect()
    };
    Some(shape.iter().enumerate().map(of_question).collect())
}

/// `prod over the others k of k / (k - j)`, members counted from 1.
fn lagrange<G: Group>(group: &G, present: &[usize], member: usize) -> G::Scalar {
    let minus_j = group.negate(&group.small(member as u64 + 1));
    let (mut above, mut below) = (group.small(1), group.small(1));
    for &other in present.iter().filter(|&&other| other != member) {
        let k = group.small(other as u64 + 1);
        above = group.times(&above, &k);
        below = group.times(&below, &group.add(&k, &minus_j));
    }
    group.times(&above, &group.reciprocal(&below))
}
