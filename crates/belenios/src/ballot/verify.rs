//! Many ballots verified at once.
//!
//! Elements of all ballots of a chunk are decoded together, and all their commitments computed together; a chunk is a
//! unit of work for one core.

use adil_crypto::Group;
use base64::Engine as _;
use sha2::{Digest, Sha256};

use super::arithmetic::Arithmetic;
use super::parse::{Parsed, parse};
use super::shape::{Proven, Shape, Source};
use super::texts::Texts;
use crate::archive::{Hash, base64};
use crate::setup::{Credentials, Election};
use crate::tally::{Ciphertext, TallySum};
use crate::{Fault, Faults, Place, Rule};

/// What every ballot of an election is verified with.
pub(crate) struct BallotContext<'a, G: Group> {
    pub(crate) group: &'a G,
    pub(crate) election: &'a Election,
    pub(crate) credentials: &'a Credentials<G>,
    pub(crate) shape: &'a Shape,
    pub(crate) arithmetic: Arithmetic<'a, G>,
}

/// A ballot to be verified.
pub(crate) struct BallotBytes {
    /// Where it stands.
    pub(crate) height: u64,
    /// Its digest.
    pub(crate) hash: Hash,
    /// The position of its credential, if that is on the list.
    pub(crate) credential: Option<usize>,
    /// Whether it is the last of its voter, and so counted.
    pub(crate) counted: bool,
    /// The record.
    pub(crate) bytes: Vec<u8>,
}

/// What verifying a chunk gave.
pub(crate) struct Verified<G: Group> {
    /// What is wrong with its ballots.
    pub(crate) faults: Faults,
    /// The product of its counted ballots.
    pub(crate) tally: TallySum<G>,
    /// How many of its counted ballots have ciphertexts that cannot be read, so that the product lacks them.
    pub(crate) lacking: u64,
}

/// A ballot whose elements and scalars are those of the group.
struct Ready<'a, G: Group> {
    ballot: &'a BallotBytes,
    parsed: Parsed<'a>,
    place: Place,
    /// The credential, then the ballot's elements.
    elements: Vec<G::Element>,
    scalars: Vec<G::Scalar>,
}

impl<G: Group> BallotContext<'_, G> {
    /// Verifies a chunk of ballots.
    pub(crate) fn verify(&self, ballots: &[BallotBytes], most_faults: usize) -> Verified<G> {
        let mut verified =
            Verified { faults: Faults::new(most_faults), tally: TallySum::empty(&self.shape.slots), lacking: 0 };
        // One fault a ballot while it is taken apart, several when its proofs are checked: kept by ballot, so that the
        // order is that of the board.
        let mut faults: Vec<Vec<Fault>> = ballots.iter().map(|_| Vec::new()).collect();
        let parsed: Vec<Option<(Parsed<'_>, Place)>> = ballots
            .iter()
            .zip(&mut faults)
            .map(|(ballot, faults)| {
                let tracker = Some(base64(&ballot.hash));
                let place = Place { event: Some(ballot.height), tracker, ..Place::default() };
                match parse(&ballot.bytes, self.shape, &place) {
                    Ok(parsed) => Some((parsed, place)),
                    Err(fault) => {
                        faults.push(*fault);
                        None
                    }
                }
            })
            .collect();
        let ready = self.decode(ballots, parsed, &mut faults);
        verified.lacking = ballots.iter().filter(|ballot| ballot.counted).count() as u64;
        let counted: Vec<&Ready<'_, G>> =
            ready.iter().filter(|(_, ready)| ready.ballot.counted).map(|(_, r)| r).collect();
        verified.lacking -= counted.len() as u64;
        match self.arithmetic.is_plain() {
            true => counted.iter().for_each(|one| self.add_plainly(one, &mut verified.tally)),
            false => self.add(&counted, &mut verified.tally),
        }
        self.prove(ready, &mut faults);
        verified.faults.extend(faults.into_iter().flatten());
        verified
    }

    /// Adds up a chunk of ballots that are known to hold: the product, and how many of them cannot be read.
    pub(crate) fn add_up(&self, ballots: &[BallotBytes]) -> (TallySum<G>, u64) {
        let mut faults: Vec<Vec<Fault>> = ballots.iter().map(|_| Vec::new()).collect();
        let place = Place::default();
        let parsed = ballots
            .iter()
            .map(|ballot| Some((parse(&ballot.bytes, self.shape, &place).ok()?, place.clone())))
            .collect();
        let ready = self.decode(ballots, parsed, &mut faults);
        let ready: Vec<&Ready<'_, G>> = ready.iter().map(|(_, ready)| ready).collect();
        let mut tally = TallySum::empty(&self.shape.slots);
        self.add(&ready, &mut tally);
        (tally, (ballots.len() - ready.len()) as u64)
    }

    /// Decodes elements and scalars. A ballot with a fault in its elements goes no further; one with a fault elsewhere
    /// has its ciphertexts added up all the same, since the tally is to be compared with what is recorded.
    fn decode<'b>(
        &self,
        ballots: &'b [BallotBytes],
        parsed: Vec<Option<(Parsed<'b>, Place)>>,
        faults: &mut [Vec<Fault>],
    ) -> Vec<(usize, Ready<'b, G>)> {
        let texts: Vec<&str> =
            parsed.iter().flatten().flat_map(|(parsed, _)| parsed.elements.iter().copied()).collect();
        let mut decoded = self.arithmetic.decode(self.group, &texts).into_iter();
        let mut ready = Vec::with_capacity(ballots.len());
        for (index, (parsed, ballot)) in parsed.into_iter().zip(ballots).enumerate() {
            let Some((parsed, place)) = parsed else { continue };
            let faults = &mut faults[index];
            let own = decoded.by_ref().take(parsed.elements.len());
            let mut elements = Vec::with_capacity(self.shape.elements);
            let credential = ballot.credential.and_then(|position| self.credentials.element(position));
            elements.push(credential.cloned().unwrap_or_else(|| self.group.neutral()));
            let before = faults.len();
            for (element, (decoded, &(question, choice))) in own.zip(&self.shape.places).enumerate() {
                match decoded {
                    Ok(decoded) => elements.push(decoded),
                    Err(why) => {
                        let place = place.clone().question(question).choice(choice);
                        let fault = Fault::new(Rule::BallotElement, place);
                        faults.push(fault.expected(why).found(parsed.elements[element]));
                    }
                }
            }
            if faults.len() > before {
                continue;
            }
            let mut scalars = Vec::with_capacity(self.shape.scalars);
            for text in &parsed.scalars {
                match self.group.scalar(text) {
                    Ok(scalar) => scalars.push(scalar),
                    Err(why) => {
                        faults.push(Fault::new(Rule::BallotScalar, place.clone()).expected(why).found(text));
                    }
                }
            }
            self.names(&parsed, ballot, &place, faults);
            ready.push((index, Ready { ballot, parsed, place, elements, scalars }));
        }
        ready
    }

    /// The names in a ballot: election, fingerprint, credential, signed hash.
    fn names(&self, parsed: &Parsed<'_>, ballot: &BallotBytes, place: &Place, faults: &mut Vec<Fault>) {
        let mut same = |rule, expected: &str, found: &str| {
            if expected != found {
                faults.push(Fault::new(rule, place.clone()).expected(expected).found(found));
            }
        };
        same(Rule::BallotElection, &self.election.uuid, parsed.uuid);
        same(Rule::BallotFingerprint, &self.election.fingerprint, parsed.fingerprint);
        same(Rule::SignedHash, &signed_hash(&ballot.bytes, parsed.before_signature), parsed.signed_hash);
        if ballot.credential.and_then(|position| self.credentials.element(position)).is_none() {
            faults.push(Fault::new(Rule::BallotCredential, place.clone()).found(parsed.credential));
        }
    }

    /// Adds up the ciphertexts of counted ballots.
    fn add(&self, counted: &[&Ready<'_, G>], tally: &mut TallySum<G>) {
        let weights: Vec<u128> = counted
            .iter()
            .map(|ready| ready.ballot.credential.map_or(0, |position| self.credentials.weight(position)))
            .collect();
        for (slot, element) in self.shape.slot_elements().enumerate() {
            let ciphertexts: Vec<Ciphertext<G::Element>> = counted
                .iter()
                .map(|ready| Ciphertext {
                    alpha: ready.elements[element].clone(),
                    beta: ready.elements[element + 1].clone(),
                })
                .collect();
            tally.absorb(self.group, slot, ciphertexts, &weights, self.credentials.weighs_differently());
        }
    }

    /// Adds the ciphertexts of one ballot, each raised to the voter's weight by itself.
    fn add_plainly(&self, counted: &Ready<'_, G>, tally: &mut TallySum<G>) {
        let weight = counted.ballot.credential.map_or(0, |position| self.credentials.weight(position));
        let exponent = self.group.reduce(&weight.to_be_bytes());
        for (choices, slots) in self.shape.choices.iter().zip(&self.shape.slots.questions) {
            for place in 0..slots.len() {
                let [alpha, beta] = [0, 1].map(|half| {
                    let element = &counted.elements[choices.start + 2 * place + half];
                    // What is shuffled is not weighted; a rule says that all weights are 1 there.
                    if slots.is_shuffled() { element.clone() } else { self.group.power(element, &exponent) }
                });
                tally.absorb(self.group, slots.first + place, vec![Ciphertext { alpha, beta }], &[1], false);
            }
        }
    }

    /// Checks the proofs of ballots whose scalars could all be read.
    fn prove(&self, ready: Vec<(usize, Ready<'_, G>)>, faults: &mut [Vec<Fault>]) {
        let with_credential = |ready: &Ready<'_, G>| {
            ready.scalars.len() == self.shape.scalars
                && ready.ballot.credential.and_then(|position| self.credentials.element(position)).is_some()
        };
        let ready: Vec<(usize, Ready<'_, G>)> = ready.into_iter().filter(|(_, ready)| with_credential(ready)).collect();
        if ready.is_empty() {
            return;
        }
        let mut points = Vec::with_capacity(ready.len() * self.shape.elements);
        let mut scalars = Vec::with_capacity(ready.len() * self.shape.sources.len());
        for (_, ready) in &ready {
            points.extend(ready.elements.iter().cloned());
            scalars.extend(self.shape.sources.iter().map(|source| match *source {
                Source::Plain(index) => ready.scalars[index].clone(),
                Source::MinusTimes(1, index) => self.group.negate(&ready.scalars[index]),
                Source::MinusTimes(m, index) => {
                    self.group.negate(&self.group.times(&self.group.small(m.into()), &ready.scalars[index]))
                }
            }));
        }
        let outputs = self.arithmetic.commitments(self.group, &self.shape.plan, &points, &scalars);
        let products = self.arithmetic.products(self.group, self.shape.elements, &self.shape.products, &points);
        let (each, sums) = (self.shape.plan.outputs().len(), self.shape.products.len());
        for (number, ((index, ready), outputs)) in ready.iter().zip(outputs.chunks(each.max(1))).enumerate() {
            let parsed = &ready.parsed;
            let names = (self.election.fingerprint.as_str(), self.election.public_key.as_str(), parsed.credential);
            let outputs = (outputs, &products[number * sums..][..sums]);
            let texts = Texts::new(self.shape, names, &parsed.elements, outputs, parsed.signed_hash);
            let holds = |proof: &Proven| {
                let challenges = proof.challenges.iter().map(|&index| &ready.scalars[index]);
                let sum = challenges.fold(self.group.small(0), |sum, challenge| self.group.add(&sum, challenge));
                texts.challenge(self.group, &proof.pieces) == sum
            };
            let mut last = None;
            for proof in &self.shape.proofs {
                // Of proofs of one rule and question the first that fails is told: one changed ciphertext breaks many.
                if Some((proof.rule, proof.question)) != last && !holds(proof) {
                    last = Some((proof.rule, proof.question));
                    let mut place = ready.place.clone();
                    place.question = proof.question.map(|question| question as u64 + 1);
                    place.choice = proof.choice.map(|choice| choice as u64 + 1);
                    faults[*index].push(Fault::new(proof.rule, place));
                }
            }
            self.nonzero(ready, &mut faults[*index]);
        }
    }

    /// The commitment of a nonzero proof is not neutral.
    fn nonzero(&self, ready: &Ready<'_, G>, faults: &mut Vec<Fault>) {
        for (question, choices) in self.shape.choices.iter().enumerate() {
            let is_lists = matches!(self.shape.slot_kind(question), super::layout::SlotKind::Lists(_));
            if is_lists && ready.elements[choices.end] == self.group.neutral() {
                faults.push(Fault::new(Rule::NonzeroProof, ready.place.clone().question(question)));
            }
        }
    }
}

/// A ballot's hash without its signature, as the signature names it.
pub(super) fn signed_hash(bytes: &[u8], before_signature: usize) -> String {
    let mut hash = Sha256::new();
    hash.update(&bytes[..before_signature]);
    hash.update(b"}");
    base64::engine::general_purpose::STANDARD_NO_PAD.encode(hash.finalize())
}
