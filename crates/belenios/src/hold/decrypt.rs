//! Partial decryptions, made and put together, and rehearsals of them.

use adil_crypto::SecretGroup;
use adil_crypto::proof::{challenge, response, text_of};
use rand_core::CryptoRng;
use rayon::prelude::*;

use super::polls::PollsOf;
use super::tallied::{TallyError, sound};
use crate::ballot::Slots;
use crate::setup::{Question, TrusteeGroup};
use crate::tally::{Ciphertext, Decryption, EncryptedTally, combine, write_shaped};
use crate::{Faults, Place};

/// The number of the trustee to whom a private key belongs, from 1, and the key as an exponent.
pub(super) fn owner<G: SecretGroup>(polls: &PollsOf<G>, private: &str) -> Option<(u64, G::Secret)> {
    // Keys made by adding up shares may be written unreduced: digits are read one by one.
    let secret = decimal(&polls.group, private)?;
    let public = polls.group.secret_power(&polls.group.generator(), &secret);
    let mut trustees = polls.setup.trustees.trustees.iter();
    let index = trustees.position(|trustee| trustee.key.as_ref() == Some(&public))?;
    Some((index as u64 + 1, secret))
}

/// The exponent that decimal digits give, whatever their number.
fn decimal<G: SecretGroup>(group: &G, text: &str) -> Option<G::Secret> {
    const LONGEST: usize = 2_000;
    if text.is_empty() || text.len() > LONGEST || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let ten = group.secret(&[10]);
    let digit = |value: G::Secret, digit: u8| {
        group.secret_sum(&group.secret_product(&value, &ten), &group.secret(&[digit - b'0']))
    };
    Some(text.bytes().fold(group.secret(&[0]), digit))
}

pub(super) fn decrypt<G: SecretGroup>(
    polls: &PollsOf<G>,
    slots: &Slots,
    tally: &EncryptedTally<G>,
    private: &str,
    random: &mut dyn CryptoRng,
) -> Result<(u64, String), TallyError> {
    let group = &polls.group;
    let (number, secret) = owner(polls, private).ok_or(TallyError::NoTrustee)?;
    let public = group.secret_power(&group.generator(), &secret);
    let prefix = format!("decrypt|{}|{}|", polls.setup.election.fingerprint, text_of(group, &public));
    let [g, _] = polls.tables();
    let (mut factors, mut proofs) = (Vec::new(), Vec::new());
    for ciphertexts in &tally.questions {
        let witnesses: Vec<G::Secret> = ciphertexts.iter().map(|_| group.draw(random)).collect();
        let firsts = group.secret_powers(&[g], &witnesses);
        let one = |ciphertext: &Ciphertext<G::Element>, witness: &G::Secret, first: &G::Element| {
            let factor = group.secret_power(&ciphertext.alpha, &secret);
            let second = group.secret_power(&ciphertext.alpha, witness);
            let pieces = [prefix.as_str(), &text_of(group, first), ",", &text_of(group, &second)];
            let c = challenge(group, &pieces);
            let mut proof = "{\"challenge\":\"".to_owned();
            group.write_scalar(&c, &mut proof);
            proof.push_str("\",\"response\":\"");
            group.write_scalar(&response(group, witness, &c, &secret), &mut proof);
            proof.push_str("\"}");
            (format!("\"{}\"", text_of(group, &factor)), proof)
        };
        let made: Vec<(String, String)> = ciphertexts
            .par_iter()
            .zip(&witnesses)
            .zip(&firsts)
            .map(|((ciphertext, witness), first)| one(ciphertext, witness, first))
            .collect();
        let (own_factors, own_proofs): (Vec<String>, Vec<String>) = made.into_iter().unzip();
        factors.push(own_factors);
        proofs.push(own_proofs);
    }
    let mut record = "{\"decryption_factors\":".to_owned();
    let put = |text: &String, record: &mut String| record.push_str(text);
    write_shaped(slots, &factors, &mut record, put);
    record.push_str(",\"decryption_proofs\":");
    write_shaped(slots, &proofs, &mut record, put);
    record.push('}');
    Ok((number, record))
}

/// Reads a trustee's partial decryption and checks its proofs.
pub(super) fn read<G: SecretGroup>(
    polls: &PollsOf<G>,
    slots: &Slots,
    tally: &EncryptedTally<G>,
    trustee: u64,
    bytes: &[u8],
) -> Result<Decryption<G::Element>, TallyError> {
    let known = polls.setup.trustees.number(trustee).and_then(|trustee| trustee.key.as_ref());
    let key = known.ok_or(TallyError::UnknownTrustee(trustee))?;
    let mut faults = Faults::new(10);
    let (election, place) = (&polls.setup.election, Place::default().trustee(trustee));
    let read = Decryption::read(&polls.group, election, slots, tally, (trustee, key), bytes, &place, &mut faults);
    sound("a partial decryption", &faults)?;
    read.ok_or(TallyError::UnknownTrustee(trustee))
}

/// The factors of all trustees together.
pub(super) fn combined<G: SecretGroup>(
    polls: &PollsOf<G>,
    slots: &Slots,
    tally: &EncryptedTally<G>,
    decryptions: &[(u64, Vec<u8>)],
) -> Result<Vec<Vec<G::Element>>, TallyError> {
    let read: Vec<Decryption<G::Element>> = decryptions
        .iter()
        .map(|(trustee, bytes)| read(polls, slots, tally, *trustee, bytes))
        .collect::<Result<_, _>>()?;
    combine(&polls.group, &polls.setup.trustees.groups, &read).ok_or(TallyError::TooFew { found: read.len() })
}

/// Whether trustees of these numbers are enough.
pub(super) fn are_enough(groups: &[TrusteeGroup], trustees: &[u64]) -> bool {
    let has = |index: usize| trustees.contains(&(index as u64 + 1));
    groups.iter().all(|group| match *group {
        TrusteeGroup::Single { index } => has(index),
        TrusteeGroup::Pedersen { first, members, threshold } => {
            (first..first + members).filter(|&index| has(index)).count() >= threshold
        }
    })
}

/// What is decrypted in a rehearsal: one question of one choice, whose `alpha` is the independent generator `h` of the
/// group. Whoever asks for a rehearsal has no choice of it.
pub(super) fn rehearsal<G: SecretGroup>(polls: &PollsOf<G>) -> (Slots, EncryptedTally<G>) {
    let question =
        Question::Homomorphic { title: String::new(), answers: vec![String::new()], blank: false, min: 0, max: 1 };
    let slots = Slots::of(&crate::Election { questions: vec![question], ..polls.setup.election.clone() });
    let alpha = polls.group.independent_generators(0).pop().unwrap_or_else(|| polls.group.neutral());
    let ciphertext = Ciphertext { alpha, beta: polls.group.neutral() };
    (slots, EncryptedTally { questions: vec![vec![ciphertext]] })
}
