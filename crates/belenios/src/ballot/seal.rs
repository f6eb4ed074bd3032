//! Ballots, made: many at once, in constant time for everything that is secret.
//!
//! Whoever makes a ballot knows the logarithms of all its elements, so that every commitment is a product of powers of
//! `g` and `y` alone. With a ciphertext `(g^r, y^r g^m)`, a branch that it holds `M` is made from a drawn `a` and a drawn
//! challenge `c`:
//!
//! ```text
//! A = g^a      B = y^a g^((m - M) c)      response = a - c r
//! ```
//!
//! That is a simulation where `m` is not `M`, and the honest commitment, whatever `c` is, where it is. The challenge of
//! the true branch is what the hash leaves for it. All branches are computed alike, and the true one is chosen under a
//! mask.

use adil_crypto::SecretGroup;
use rand_core::CryptoRng;
use rayon::prelude::*;
use subtle::{Choice, ConstantTimeEq};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::audit::Opening;
use super::layout::SlotKind;
use super::shape::{Shape, Witness};
use super::texts::Texts;
use super::write::{self, Written};
use crate::setup::{Election, Question};
use adil_crypto::proof::text_of;

/// The answer to one question, as the numbers that are encrypted. Wiped when it goes.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub enum Answer {
    /// For each ciphertext 0 or 1: of choices with the blank vote first where there is one, of lists one after another
    /// with each list's own choice first.
    Bits(Vec<u8>),
    /// A small number for each answer.
    Vector(Vec<u32>),
}

/// What is made into a ballot.
pub(crate) struct Vote<'a, G: SecretGroup> {
    pub(crate) secret: &'a G::Secret,
    /// The public credential, as listed.
    pub(crate) credential: &'a str,
    pub(crate) answers: &'a [Answer],
}

/// A ballot that is made and neither cast nor opened yet.
///
/// The voter is shown [`SealedBallot::commitment`] first and then decides: to cast it, or to have it opened as a test. An
/// opened ballot has no signature and can never be cast.
pub struct SealedBallot {
    unsigned: String,
    commitment: String,
    signature: String,
    opening: Opening,
}

impl SealedBallot {
    /// The digest of the ballot without its signature, which a cast ballot names in `signature.hash`.
    pub fn commitment(&self) -> &str {
        &self.commitment
    }

    /// The ballot, signed; what could open it is wiped.
    pub fn cast(self) -> String {
        let mut text = self.unsigned;
        text.pop();
        text.push_str(&self.signature);
        text
    }

    /// The ballot without its signature, with everything that shows what it holds.
    pub fn open(self) -> (String, Opening) {
        (self.unsigned, self.opening)
    }
}

/// What ballots of an election are made with.
pub(crate) struct SealContext<'a, G: SecretGroup> {
    pub(crate) group: &'a G,
    pub(crate) election: &'a Election,
    pub(crate) shape: &'a Shape,
    /// The tables of `g` and `y`.
    pub(crate) g: &'a G::SecretBase,
    pub(crate) y: &'a G::SecretBase,
}

/// Ballots that one core makes together.
const TOGETHER: usize = 64;

/// Whether an answer is one that the question's proofs can be made for.
pub(crate) fn answer_fits(question: &Question, answer: &Answer) -> bool {
    let ones = |bits: &[u8]| bits.iter().map(|&bit| u32::from(bit)).sum::<u32>();
    match (question, answer) {
        (Question::Homomorphic { blank, min, max, .. }, Answer::Bits(bits)) => {
            let (flag, rest) = bits.split_at(usize::from(*blank).min(bits.len()));
            bits.len() == question.ciphertexts()
                && bits.iter().all(|bit| *bit <= 1)
                && if ones(flag) == 1 { ones(rest) == 0 } else { (*min..=*max).contains(&ones(rest)) }
        }
        (Question::NonHomomorphic { answers, .. }, Answer::Vector(vector)) => vector.len() == answers.len(),
        (Question::Lists { lists, .. }, Answer::Bits(bits)) => {
            let mut rest = bits.as_slice();
            let (mut heads, mut candidates, mut is_consistent) = (0, 0, true);
            for list in lists {
                let Some((own, others)) = rest.split_at_checked(list.len()) else { return false };
                let (head, tail) = (ones(&own[..1]), ones(&own[1..]));
                is_consistent &= head == 1 || tail == 0;
                heads += head;
                candidates += tail;
                rest = others;
            }
            rest.is_empty() && bits.iter().all(|bit| *bit <= 1) && is_consistent && heads == 1 && candidates > 0
        }
        _ => false,
    }
}

/// The secrets of one ballot.
struct Secrets<G: SecretGroup> {
    /// For each element that begins a ciphertext its randomness and, unless it is an embedded vector, its number.
    ciphertexts: Vec<Option<Hidden<G>>>,
    /// For each proof what was drawn for it.
    proofs: Vec<Drawn<G>>,
}

/// What a ciphertext hides.
struct Hidden<G: SecretGroup> {
    r: G::Secret,
    /// The exponent of `g`; zero where a vector is embedded.
    m: G::Secret,
    /// As a small number, for comparisons.
    small: u32,
    embedded: Option<G::Element>,
}

/// What is drawn for a proof.
enum Drawn<G: SecretGroup> {
    /// For each branch `a` and `c`.
    Branches(Vec<[G::Secret; 2]>),
    /// `a`.
    Witness(G::Secret),
    /// `w1`, `w2`, and `rho` of the commitment.
    Nonzero([G::Secret; 3]),
}

/// Powers that are wanted: of `g` alone, and of `y` and `g`.
struct Wanted<G: SecretGroup> {
    of_g: Vec<G::Secret>,
    of_both: Vec<G::Secret>,
    /// In the order of the texts: whether it is one of `g` alone.
    order: Vec<bool>,
}

impl<G: SecretGroup> Wanted<G> {
    fn g(&mut self, exponent: G::Secret) {
        self.of_g.push(exponent);
        self.order.push(true);
    }

    /// `y^v g^u`
    fn both(&mut self, v: G::Secret, u: G::Secret) {
        self.of_both.extend([v, u]);
        self.order.push(false);
    }
}

impl<G: SecretGroup> SealContext<'_, G> {
    /// Makes the ballots of votes whose answers fit. `None` where a vector cannot be embedded.
    pub(crate) fn seal<R: CryptoRng + ?Sized>(
        &self,
        votes: &[Vote<'_, G>],
        random: &mut R,
    ) -> Option<Vec<SealedBallot>> {
        // Everything random is drawn in order, so that the ballots do not depend on how many cores make them.
        let secrets: Vec<Secrets<G>> =
            votes.iter().map(|vote| self.draw(vote.answers, random)).collect::<Option<_>>()?;
        let chunks = votes.par_chunks(TOGETHER).zip(secrets.par_chunks(TOGETHER));
        Some(chunks.flat_map_iter(|(votes, secrets)| self.seal_chunk(votes, secrets)).collect())
    }

    fn draw<R: CryptoRng + ?Sized>(&self, answers: &[Answer], random: &mut R) -> Option<Secrets<G>> {
        let group = self.group;
        let mut ciphertexts: Vec<Option<Hidden<G>>> = (0..self.shape.elements).map(|_| None).collect();
        for ((choices, slots), answer) in self.shape.choices.iter().zip(&self.shape.slots.questions).zip(answers) {
            for slot in 0..slots.len() {
                let r = group.draw(random);
                let (small, embedded) = match (answer, &slots.kind) {
                    (Answer::Bits(bits), SlotKind::Homomorphic(_) | SlotKind::Lists(_)) => {
                        (u32::from(*bits.get(slot)?), None)
                    }
                    (Answer::Vector(vector), SlotKind::NonHomomorphic(_)) => (0, Some(group.embed(vector, random)?)),
                    _ => return None,
                };
                let hidden = Hidden { r, m: self.number(small), small, embedded };
                ciphertexts[choices.start + 2 * slot] = Some(hidden);
            }
        }
        let mut draw = || group.draw(random);
        let of_proof = |witness: &Witness| match witness {
            Witness::Branches(branches) => Drawn::Branches(branches.iter().map(|_| [draw(), draw()]).collect()),
            Witness::Randomness(_) | Witness::Credential => Drawn::Witness(draw()),
            Witness::Nonzero(..) => Drawn::Nonzero([draw(), draw(), draw()]),
        };
        let proofs = self.shape.proofs.iter().map(|proof| &proof.witness).map(of_proof).collect();
        Some(Secrets { ciphertexts, proofs })
    }

    /// A small number as an exponent, in constant time.
    fn number(&self, small: u32) -> G::Secret {
        self.group.secret(&small.to_be_bytes())
    }

    /// The sums of what several ciphertexts hide.
    fn sum(&self, secrets: &Secrets<G>, elements: &[usize]) -> Hidden<G> {
        let mut sum = Hidden { r: self.number(0), m: self.number(0), small: 0, embedded: None };
        for hidden in elements.iter().filter_map(|&element| secrets.ciphertexts[element].as_ref()) {
            sum.r = self.group.secret_sum(&sum.r, &hidden.r);
            sum.m = self.group.secret_sum(&sum.m, &hidden.m);
            sum.small = sum.small.wrapping_add(hidden.small);
        }
        sum
    }

    fn seal_chunk(&self, votes: &[Vote<'_, G>], secrets: &[Secrets<G>]) -> Vec<SealedBallot> {
        let group = self.group;
        let mut wanted = Wanted { of_g: Vec::new(), of_both: Vec::new(), order: Vec::new() };
        secrets.iter().for_each(|secrets| self.want(secrets, &mut wanted));
        let of_g = group.secret_powers(&[self.g], &wanted.of_g);
        let of_both = group.secret_powers(&[self.y, self.g], &wanted.of_both);
        let (mut of_g, mut of_both) = (of_g.into_iter(), of_both.into_iter());
        let mut next = {
            let mut order = wanted.order.iter();
            move || {
                let of = if *order.next()? { &mut of_g } else { &mut of_both };
                of.next()
            }
        };
        let mut ballot = |(vote, secrets): (&Vote<'_, G>, &Secrets<G>)| {
            let mut text = |factor: Option<&G::Element>| {
                let element = next().unwrap_or_else(|| group.neutral());
                match factor {
                    Some(factor) => text_of(group, &group.multiply(&element, factor)),
                    None => text_of(group, &element),
                }
            };
            let mut elements = Vec::with_capacity(self.shape.elements - 1);
            for hidden in secrets.ciphertexts.iter().flatten() {
                elements.push(text(None));
                elements.push(text(hidden.embedded.as_ref()));
            }
            let products: Vec<String> = self.shape.products.iter().map(|_| text(None)).collect();
            let mut commitments = Vec::with_capacity(self.shape.proofs.len());
            for proof in &self.shape.proofs {
                if let Witness::Nonzero(_, element) = proof.witness {
                    commitments.push((element, text(None)));
                }
            }
            // Commitments stand among the elements at the place that the shape gives them.
            for (element, commitment) in commitments {
                elements.insert(element - 1, commitment);
            }
            let outputs: Vec<String> = (0..self.shape.commitments()).map(|_| text(None)).collect();
            self.finish(vote, secrets, &elements, &outputs, &products)
        };
        votes.iter().zip(secrets).map(&mut ballot).collect()
    }

    /// Lists the powers of a ballot in the order in which they are taken: ciphertexts, products, commitments of nonzero
    /// proofs, outputs.
    fn want(&self, secrets: &Secrets<G>, wanted: &mut Wanted<G>) {
        let group = self.group;
        let copy = |secret: &G::Secret| group.secret_copy(secret);
        for hidden in secrets.ciphertexts.iter().flatten() {
            wanted.g(copy(&hidden.r));
            wanted.both(copy(&hidden.r), copy(&hidden.m));
        }
        // A product is of the first or of the second elements of ciphertexts.
        for elements in &self.shape.products {
            let is_alpha = elements.iter().all(|&element| secrets.ciphertexts[element].is_some());
            let firsts: Vec<usize> =
                elements.iter().map(|&element| if is_alpha { element } else { element - 1 }).collect();
            let Hidden { r, m, .. } = self.sum(secrets, &firsts);
            if is_alpha { wanted.g(r) } else { wanted.both(r, m) }
        }
        for (proof, drawn) in self.shape.proofs.iter().zip(&secrets.proofs) {
            if let (Witness::Nonzero(elements, _), Drawn::Nonzero([_, _, rho])) = (&proof.witness, drawn) {
                wanted.g(group.secret_product(&self.sum(secrets, elements).m, rho));
            }
        }
        for (proof, drawn) in self.shape.proofs.iter().zip(&secrets.proofs) {
            match (&proof.witness, drawn) {
                (Witness::Branches(branches), Drawn::Branches(drawn)) => {
                    for ((elements, number), [a, c]) in branches.iter().zip(drawn) {
                        let difference = group.secret_difference(&self.sum(secrets, elements).m, &self.number(*number));
                        wanted.g(copy(a));
                        wanted.both(copy(a), group.secret_product(&difference, c));
                    }
                }
                (Witness::Nonzero(elements, _), Drawn::Nonzero([w1, w2, _])) => {
                    // A1 = a^w1 g^w2 and A2 = b^w1 y^w2 of (a, b) = (g^R, y^R g^sigma).
                    let Hidden { r, m, .. } = self.sum(secrets, elements);
                    let exponent = group.secret_sum(&group.secret_product(&r, w1), w2);
                    wanted.g(copy(&exponent));
                    wanted.both(exponent, group.secret_product(&m, w1));
                }
                (_, Drawn::Witness(a)) => wanted.g(copy(a)),
                _ => {}
            }
        }
    }

    /// Answers the challenges and writes the ballot.
    fn finish(
        &self,
        vote: &Vote<'_, G>,
        secrets: &Secrets<G>,
        elements: &[String],
        outputs: &[String],
        products: &[String],
    ) -> SealedBallot {
        let element_texts: Vec<&str> = elements.iter().map(String::as_str).collect();
        let names = (self.election.fingerprint.as_str(), self.election.public_key.as_str(), vote.credential);
        let mut texts = Texts::new(self.shape, names, &element_texts, (outputs, products), "");
        let mut scalars: Vec<String> = Vec::with_capacity(self.shape.scalars);
        for (proof, drawn) in self.shape.proofs.iter().zip(&secrets.proofs) {
            if proof.witness != Witness::Credential {
                let challenge = texts.challenge(self.group, &proof.pieces);
                self.respond(&proof.witness, drawn, secrets, vote, &challenge, &mut scalars);
            }
        }
        let written = Written { shape: self.shape, elements, scalars: &scalars };
        let unsigned = write::unsigned(&self.election.uuid, &self.election.fingerprint, vote.credential, &written);
        let commitment = super::verify::signed_hash(unsigned.as_bytes(), unsigned.len() - 1);
        texts.signed_hash = &commitment;
        let mut signature = Vec::new();
        for (proof, drawn) in self.shape.proofs.iter().zip(&secrets.proofs) {
            if proof.witness == Witness::Credential {
                let challenge = texts.challenge(self.group, &proof.pieces);
                self.respond(&proof.witness, drawn, secrets, vote, &challenge, &mut signature);
            }
        }
        let signature = write::signature(&commitment, &signature);
        let randomness = secrets.ciphertexts.iter().flatten().map(|hidden| {
            let mut text = String::new();
            self.group.write_scalar(&self.group.publish(&hidden.r), &mut text);
            text
        });
        let opening = Opening { answers: vote.answers.to_vec(), randomness: randomness.collect() };
        SealedBallot { unsigned, commitment, signature, opening }
    }

    /// Challenges and responses of one proof, as they are written.
    fn respond(
        &self,
        witness: &Witness,
        drawn: &Drawn<G>,
        secrets: &Secrets<G>,
        vote: &Vote<'_, G>,
        challenge: &G::Scalar,
        scalars: &mut Vec<String>,
    ) {
        let group = self.group;
        let mut put = |secret: &G::Secret| {
            let mut text = String::with_capacity(78);
            group.write_scalar(&group.publish(secret), &mut text);
            scalars.push(text);
        };
        let whole = group.hide(challenge);
        let answer =
            |a: &G::Secret, c: &G::Secret, x: &G::Secret| group.secret_difference(a, &group.secret_product(c, x));
        match (witness, drawn) {
            (Witness::Branches(branches), Drawn::Branches(drawn)) => {
                let all = drawn.iter().fold(self.number(0), |sum, [_, c]| group.secret_sum(&sum, c));
                let left = group.secret_difference(&whole, &all);
                let mut is_found = Choice::from(0);
                for ((elements, number), [a, c]) in branches.iter().zip(drawn) {
                    let hidden = self.sum(secrets, elements);
                    let holds = hidden.small.ct_eq(number) & !is_found;
                    is_found |= holds;
                    // The true branch takes what the others leave of the hash.
                    let c = group.secret_choice(c, &group.secret_sum(&left, c), holds);
                    put(&c);
                    put(&answer(a, &c, &hidden.r));
                }
            }
            (Witness::Nonzero(elements, _), Drawn::Nonzero([w1, w2, rho])) => {
                let minus_r = group.secret_difference(&self.number(0), &self.sum(secrets, elements).r);
                put(&whole);
                put(&answer(w1, &whole, rho));
                put(&answer(w2, &whole, &group.secret_product(&minus_r, rho)));
            }
            (Witness::Randomness(element), Drawn::Witness(a)) => {
                put(&whole);
                put(&answer(a, &whole, &self.sum(secrets, &[*element]).r));
            }
            (_, Drawn::Witness(a)) => {
                put(&whole);
                put(&answer(a, &whole, vote.secret));
            }
            _ => {}
        }
    }
}
