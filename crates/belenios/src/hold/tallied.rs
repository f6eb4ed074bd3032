//! From counted ballots to a result: the encrypted tally, shuffles, and the numbers that the decryption gives.

use adil_crypto::SecretGroup;
use adil_crypto::proof::{ShuffleProof, shuffle as prove_shuffle, text_of};
use rand_core::CryptoRng;
use rayon::prelude::*;

use super::logarithm::Logarithms;
use super::polls::{PollsOf, name};
use crate::ballot::{BallotBytes, SlotKind, Slots};
use crate::tally::{Ciphertext, EncryptedTally, TallySum, check_shuffle, write_number, write_shaped};
use crate::{Fault, Faults, Place};

/// The encrypted tally's two records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedTally {
    /// The ciphertexts.
    pub tally: String,
    /// How many ballots and what weight they are of, and the digest of the ciphertexts.
    pub sized: String,
    /// The weight.
    pub total_weight: u128,
}

/// Why a tally cannot be gone on with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TallyError {
    /// Records that were given break rules of the protocol.
    #[error("{what} does not hold: {}", describe(.faults))]
    Faults {
        /// Which record.
        what: &'static str,
        /// The rules.
        faults: Vec<Fault>,
    },
    /// A ballot that is counted cannot be read.
    #[error("{0} counted ballots cannot be read")]
    Ballots(u64),
    /// Nothing is shuffled in an election of these questions.
    #[error("no question of this election is shuffled")]
    NothingToShuffle,
    /// The private key belongs to no trustee of the election.
    #[error("the private key is none of a trustee of this election")]
    NoTrustee,
    /// There is no trustee of that number.
    #[error("the election has no trustee of number {0}")]
    UnknownTrustee(u64),
    /// Too few trustees have decrypted.
    #[error("the partial decryptions of {found} trustees are not enough")]
    TooFew {
        /// How many there are.
        found: usize,
    },
    /// A number of votes is larger than can be found by search.
    #[error(
        "question {question}, choice {choice}: the number is none from 0 to the total weight, or too large to be found"
    )]
    TooLarge {
        /// The question, from 1.
        question: usize,
        /// The choice, from 1.
        choice: usize,
    },
    /// A decrypted ballot stands for no numbers.
    #[error("question {question}: ballot {choice} decrypts to no vote")]
    NoVote {
        /// The question, from 1.
        question: usize,
        /// The ballot's place in the tally, from 1.
        choice: usize,
    },
}

fn describe(faults: &[Fault]) -> String {
    let one = |fault: &Fault| format!("{} ({})", fault.rule.code(), fault.rule.text());
    faults.iter().take(3).map(one).collect::<Vec<_>>().join("; ")
}

/// Nothing, or the error that the faults of a record are.
pub(super) fn sound(what: &'static str, faults: &Faults) -> Result<(), TallyError> {
    match faults.is_empty() {
        true => Ok(()),
        false => Err(TallyError::Faults { what, faults: faults.iter().cloned().collect() }),
    }
}

/// Ballots that one core adds up together.
const TOGETHER: usize = 256;
/// Ballots that are read before they are added up.
const AHEAD: usize = 4096;

pub(super) fn tally<G: SecretGroup>(
    polls: &PollsOf<G>,
    ballots: &mut dyn Iterator<Item = Vec<u8>>,
) -> Result<PublishedTally, TallyError> {
    let context = polls.context();
    let mut sum = TallySum::empty(&polls.shape.slots);
    let (mut number, mut total_weight, mut lacking) = (0_u64, 0_u128, 0);
    loop {
        let read: Vec<BallotBytes> = ballots.take(AHEAD).map(|bytes| polls.ballot(0, bytes, true)).collect();
        if read.is_empty() {
            break;
        }
        number += read.len() as u64;
        total_weight += read
            .iter()
            .filter_map(|ballot| ballot.credential)
            .map(|position| polls.setup.credentials.weight(position))
            .sum::<u128>();
        let added: Vec<_> = read.par_chunks(TOGETHER).map(|chunk| context.add_up(chunk)).collect();
        for (own, own_lacking) in added {
            sum.merge(&polls.group, own);
            lacking += own_lacking;
        }
    }
    if lacking > 0 {
        return Err(TallyError::Ballots(lacking));
    }
    let tally = sum.tally(&polls.group).text(&polls.group, &polls.shape.slots);
    let mut sized = format!(r#"{{"num_tallied":{number},"total_weight":"#);
    write_number(total_weight, &mut sized);
    sized.push_str(&format!(r#","encrypted_tally":"{}"}}"#, name(tally.as_bytes())));
    Ok(PublishedTally { tally, sized, total_weight })
}

/// The tally that is decrypted: as published, with what was shuffled put in its place.
pub(super) fn after_shuffles<G: SecretGroup>(
    polls: &PollsOf<G>,
    tally: &[u8],
    shuffles: &[Vec<u8>],
) -> Result<EncryptedTally<G>, TallyError> {
    let mut faults = Faults::new(10);
    let (slots, place) = (&polls.shape.slots, Place::default());
    let read = EncryptedTally::read(&polls.group, slots, tally, &place, &mut faults);
    sound("the encrypted tally", &faults)?;
    let Some(mut read) = read else { return Err(TallyError::Ballots(0)) };
    if shuffles.is_empty() {
        return Ok(read);
    }
    let mut lists = shuffled(slots, &read);
    let generators = generators(polls, &lists);
    for bytes in shuffles {
        let election = &polls.setup.election;
        let own = check_shuffle(&polls.group, election, &polls.key, &generators, &lists, bytes, &place, &mut faults);
        sound("a shuffle", &faults)?;
        let Some(own) = own else { return Err(TallyError::NothingToShuffle) };
        lists.iter_mut().zip(own).for_each(|((_, list), own)| *list = own);
    }
    lists.into_iter().for_each(|(question, list)| read.questions[question] = list);
    Ok(read)
}

/// The ciphertexts of each shuffled question, with its index.
type Lists<G> = Vec<(usize, Vec<Ciphertext<<G as adil_crypto::Group>::Element>>)>;

fn shuffled<G: SecretGroup>(slots: &Slots, tally: &EncryptedTally<G>) -> Lists<G> {
    let of = |(question, slots): (usize, &crate::ballot::QuestionSlots)| {
        slots.is_shuffled().then(|| (question, tally.questions[question].clone()))
    };
    slots.questions.iter().enumerate().filter_map(of).collect()
}

fn generators<G: SecretGroup>(polls: &PollsOf<G>, lists: &Lists<G>) -> Vec<G::Element> {
    polls.group.independent_generators(lists.iter().map(|(_, list)| list.len()).max().unwrap_or(0))
}

pub(super) fn shuffle<G: SecretGroup>(
    polls: &PollsOf<G>,
    tally: &[u8],
    before: &[Vec<u8>],
    random: &mut dyn CryptoRng,
) -> Result<String, TallyError> {
    let group = &polls.group;
    let lists = shuffled(&polls.shape.slots, &after_shuffles(polls, tally, before)?);
    if lists.is_empty() {
        return Err(TallyError::NothingToShuffle);
    }
    let generators = generators(polls, &lists);
    let fingerprint = &polls.setup.election.fingerprint;
    let (mut ciphertexts, mut proofs) = (String::new(), String::new());
    for (_, list) in &lists {
        let made = prove_shuffle(group, fingerprint, &polls.key, &generators, list, random);
        let Some((outputs, proof)) = made else { return Err(TallyError::NothingToShuffle) };
        for text in [&mut ciphertexts, &mut proofs] {
            text.push_str(if text.is_empty() { "" } else { "," });
        }
        let one = |ciphertext: &Ciphertext<G::Element>| {
            let (alpha, beta) = (text_of(group, &ciphertext.alpha), text_of(group, &ciphertext.beta));
            format!(r#"{{"alpha":"{alpha}","beta":"{beta}"}}"#)
        };
        ciphertexts.push_str(&list_of(&outputs, one));
        proofs.push_str(&proof_text(group, &proof));
    }
    Ok(format!(r#"{{"ciphertexts":[{ciphertexts}],"proofs":[{proofs}]}}"#))
}

fn list_of<T>(items: &[T], one: impl Fn(&T) -> String) -> String {
    format!("[{}]", items.iter().map(one).collect::<Vec<_>>().join(","))
}

/// `[[t1,t2,t3,[t41,t42],[t̂…]],[s1,s2,s3,s4,[ŝ…],[s'…]],[c…],[ĉ…]]`
fn proof_text<G: SecretGroup>(group: &G, proof: &ShuffleProof<G::Element, G::Scalar>) -> String {
    let element = |element: &G::Element| format!("\"{}\"", text_of(group, element));
    let scalar = |scalar: &G::Scalar| {
        let mut text = "\"".to_owned();
        group.write_scalar(scalar, &mut text);
        text.push('"');
        text
    };
    let bare = |list: String| list.trim_start_matches('[').trim_end_matches(']').to_owned();
    let (t, s) = (bare(list_of(&proof.t, element)), bare(list_of(&proof.s, scalar)));
    let (t4, t_hat) = (list_of(&proof.t4, element), list_of(&proof.t_hat, element));
    let (s_hat, s_prime) = (list_of(&proof.s_hat, scalar), list_of(&proof.s_prime, scalar));
    let (c, c_hat) = (list_of(&proof.c, element), list_of(&proof.c_hat, element));
    format!("[[{t},{t4},{t_hat}],[{s},{s_hat},{s_prime}],{c},{c_hat}]")
}

/// The result's record, of the tally and the combined factors.
pub(super) fn result<G: SecretGroup>(
    polls: &PollsOf<G>,
    tally: &EncryptedTally<G>,
    factors: &[Vec<G::Element>],
    total_weight: u128,
) -> Result<String, TallyError> {
    let group = &polls.group;
    let logarithms = Logarithms::new(group, total_weight);
    let mut texts: Vec<Vec<String>> = Vec::new();
    let questions = tally.questions.iter().zip(factors).zip(&polls.shape.slots.questions).enumerate();
    for (question, ((ciphertexts, factors), slots)) in questions {
        let inverses: Vec<G::Element> = factors.iter().map(|factor| group.invert(factor)).collect();
        let betas: Vec<G::Element> = ciphertexts.iter().map(|ciphertext| ciphertext.beta.clone()).collect();
        let plain = group.multiply_each(&betas, &inverses);
        let one = |(choice, element): (usize, &G::Element)| match &slots.kind {
            SlotKind::NonHomomorphic(length) => {
                let vector = group.extract(element, *length);
                let vector = vector.ok_or(TallyError::NoVote { question: question + 1, choice: choice + 1 })?;
                Ok(list_of(&vector, u32::to_string))
            }
            _ => {
                let number = logarithms.of(group, element);
                let number = number.ok_or(TallyError::TooLarge { question: question + 1, choice: choice + 1 })?;
                let mut text = String::new();
                write_number(number, &mut text);
                Ok(text)
            }
        };
        texts.push(plain.par_iter().enumerate().map(one).collect::<Result<_, _>>()?);
    }
    let mut record = "{\"result\":".to_owned();
    write_shaped(&polls.shape.slots, &texts, &mut record, |text, record| record.push_str(text));
    record.push('}');
    Ok(record)
}
