//! An election whose setup has been read and found sound, and everything that is done with it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use adil_crypto::{Engine, Group, SecretGroup};
use rand_core::CryptoRng;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::tallied::{PublishedTally, TallyError};
use super::{VotingCode, decrypt, tallied};
use crate::archive::{self, base64, hexadecimal};
use crate::ballot::{
    Answer, Arithmetic, AuditFault, BallotBytes, BallotContext, Opening, SealContext, SealedBallot, Shape, Vote,
    answer_fits,
};
use crate::setup::Election;
use crate::verify::{GroupVisitor, Setup, with_group};
use crate::{Fault, Faults, Outcome, Place, Rule};

/// A setup that no election can be held with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the setup is not sound: {}", describe(.faults))]
pub struct SetupFaults {
    /// The rules that it breaks.
    pub faults: Vec<Fault>,
}

fn describe(faults: &[Fault]) -> String {
    let one = |fault: &Fault| format!("{} ({})", fault.rule.code(), fault.rule.text());
    faults.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Why no ballot can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VoteError {
    /// The code belongs to no voter of this election.
    #[error("vote {index}: the voting code is none of this election")]
    UnknownCode {
        /// Which vote, from 1.
        index: usize,
    },
    /// There are more or fewer answers than questions.
    #[error("vote {index}: {expected} questions are asked, {found} are answered")]
    Answers {
        /// Which vote, from 1.
        index: usize,
        /// How many questions there are.
        expected: usize,
        /// How many answers.
        found: usize,
    },
    /// An answer is none that its question allows.
    #[error("vote {index}: the answer to question {question} is none that the question allows")]
    Answer {
        /// Which vote, from 1.
        index: usize,
        /// Which question, from 1.
        question: usize,
    },
    /// The numbers of an answer cannot be written as an element of the group.
    #[error("the numbers of an answer are too large for the group of this election")]
    Embedding,
}

/// What is known of a ballot that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotFacts {
    /// The position of its credential on the list.
    pub credential: usize,
    /// The tracker.
    pub tracker: String,
}

/// An election that can be held. Positions of credentials are those of the published list, from 0.
pub trait Polls: Send + Sync {
    /// The election.
    fn election(&self) -> &Election;

    /// How many public credentials there are.
    fn credentials(&self) -> usize;

    /// The position of a public credential on the list.
    fn position(&self, credential: &str) -> Option<usize>;

    /// The weight of a vote.
    fn weight(&self, position: usize) -> u128;

    /// The public credential of a code, whether it is on the list or not.
    fn public_credential(&self, code: &VotingCode) -> String;

    /// Makes a ballot of each vote.
    ///
    /// # Errors
    /// A code is of no voter, or an answer is none that its question allows.
    fn seal(
        &self,
        votes: &[(&VotingCode, &[Answer])],
        random: &mut dyn CryptoRng,
    ) -> Result<Vec<SealedBallot>, VoteError>;

    /// Checks ballots: form, names, credential, every proof, signature. Whether a ballot is a second one of its voter or
    /// was there before is not looked at.
    fn check(&self, ballots: &[&[u8]]) -> Vec<Result<BallotFacts, Vec<Fault>>>;

    /// Checks what a ballot without its signature holds; `shown` is the commitment that the device had shown before.
    ///
    /// # Errors
    /// It does not hold what its opening says.
    fn check_opening(
        &self,
        unsigned: &str,
        shown: Option<&str>,
        opening: &Opening,
        random: &mut dyn CryptoRng,
    ) -> Result<(), AuditFault>;

    /// The encrypted tally of ballots that count, each of another voter and sound.
    ///
    /// # Errors
    /// A ballot cannot be read.
    fn tally(&self, ballots: &mut dyn Iterator<Item = Vec<u8>>) -> Result<PublishedTally, TallyError>;

    /// Shuffles what is shuffled of a tally, after the shuffles that were made before.
    ///
    /// # Errors
    /// The tally or a shuffle before cannot be read or does not hold, or nothing is shuffled in this election.
    fn shuffle(&self, tally: &[u8], before: &[Vec<u8>], random: &mut dyn CryptoRng) -> Result<String, TallyError>;

    /// Checks the last of several shuffles of a tally.
    ///
    /// # Errors
    /// The tally or a shuffle cannot be read or does not hold.
    fn check_shuffles(&self, tally: &[u8], shuffles: &[Vec<u8>]) -> Result<(), TallyError>;

    /// The number of the trustee, from 1, to whom a private key belongs. `private` is a decimal number.
    fn trustee(&self, private: &str) -> Option<u64>;

    /// The partial decryption of a tally by the trustee with that private key, and the trustee's number.
    ///
    /// # Errors
    /// The key is no trustee's, or the tally or a shuffle does not hold.
    fn decrypt(
        &self,
        tally: &[u8],
        shuffles: &[Vec<u8>],
        private: &str,
        random: &mut dyn CryptoRng,
    ) -> Result<(u64, String), TallyError>;

    /// Checks the partial decryption of the trustee of a number.
    ///
    /// # Errors
    /// There is no such trustee, or it does not hold.
    fn check_decryption(
        &self,
        tally: &[u8],
        shuffles: &[Vec<u8>],
        trustee: u64,
        decryption: &[u8],
    ) -> Result<(), TallyError>;

    /// The names of the trustees, in the order of their numbers.
    fn trustees(&self) -> Vec<Option<String>>;

    /// The public keys of the trustees, in the order of their numbers.
    fn trustee_keys(&self) -> Vec<String>;

    /// How many partial decryptions the result needs at least.
    fn decryptions_needed(&self) -> u64;

    /// Whether trustees of these numbers are enough to decrypt.
    fn are_enough(&self, trustees: &[u64]) -> bool;

    /// The result's record.
    ///
    /// # Errors
    /// There are too few partial decryptions, one does not hold, or a number is too large to be found.
    fn result(
        &self,
        tally: &[u8],
        shuffles: &[Vec<u8>],
        decryptions: &[(u64, Vec<u8>)],
        total_weight: u128,
    ) -> Result<String, TallyError>;

    /// Reads the result's record of a tally; whether it is what the tally decrypts to is not looked at.
    ///
    /// # Errors
    /// It has another form.
    fn outcomes(&self, tally: &[u8], shuffles: &[Vec<u8>], result: &[u8]) -> Result<Vec<Outcome>, TallyError>;

    /// A trustee's rehearsal of decryption: the power of an element that nobody chose, and the trustee's number. Its
    /// record has the form of a partial decryption of one question of one choice.
    ///
    /// The element is the group's independent generator, whose logarithm nobody knows: no ciphertext of a ballot, which
    /// comes with a proof of its randomness, can hold it, so that the answer opens nothing.
    ///
    /// # Errors
    /// The key is no trustee's.
    fn rehearse(&self, private: &str, random: &mut dyn CryptoRng) -> Result<(u64, String), TallyError>;

    /// Whether the answers prove that their trustees can decrypt together.
    ///
    /// # Errors
    /// There are too few answers, or one does not hold.
    fn rehearsed(&self, answers: &[(u64, Vec<u8>)]) -> Result<(), TallyError>;
}

/// Reads the three records of a setup.
///
/// # Errors
/// It breaks a rule.
pub fn polls(
    election: &[u8],
    trustees: &[u8],
    credentials: &[u8],
    engine: Option<Engine>,
) -> Result<Box<dyn Polls>, SetupFaults> {
    let mut faults = Faults::new(100);
    let read = Election::read(election, &Place::default(), &mut faults);
    let Some(read) = read.filter(|_| faults.is_empty()) else { return Err(of(&faults)) };
    let label = read.group.clone();
    match with_group(&label, engine, Visitor { election: read, trustees, credentials, faults }) {
        Ok(polls) => polls,
        Err((visitor, why)) => {
            let mut faults = visitor.faults;
            faults.push(Fault::new(Rule::ElectionGroup, Place::default()).expected(why).found(&label));
            Err(of(&faults))
        }
    }
}

fn of(faults: &Faults) -> SetupFaults {
    SetupFaults { faults: faults.iter().cloned().collect() }
}

struct Visitor<'a> {
    election: Election,
    trustees: &'a [u8],
    credentials: &'a [u8],
    faults: Faults,
}

impl GroupVisitor for Visitor<'_> {
    type Output = Result<Box<dyn Polls>, SetupFaults>;

    fn visit<G: SecretGroup>(self, group: &G) -> Self::Output {
        let Self { election, trustees, credentials, mut faults } = self;
        let nowhere = Place::default;
        let setup = Setup::of_records(group, election, (trustees, nowhere()), (credentials, nowhere()), &mut faults);
        let shape = Shape::of(&setup.election).filter(|_| faults.is_empty());
        let (Some(shape), Some(key)) = (shape, setup.key.clone()) else { return Err(of(&faults)) };
        Ok(Box::new(PollsOf {
            group: group.clone(),
            setup,
            key,
            shape,
            tables: OnceLock::new(),
            fixed: OnceLock::new(),
        }))
    }
}

/// An election over one group.
pub(super) struct PollsOf<G: SecretGroup> {
    pub(super) group: G,
    pub(super) setup: Setup<G>,
    pub(super) key: G::Element,
    pub(super) shape: Shape,
    /// Of `g` and `y`, made when they are needed.
    tables: OnceLock<[G::SecretBase; 2]>,
    fixed: OnceLock<[<G as Group>::Fixed; 2]>,
}

/// Ballots that are checked together by one core.
const TOGETHER: usize = 256;

impl<G: SecretGroup> PollsOf<G> {
    pub(super) fn tables(&self) -> &[G::SecretBase; 2] {
        let make = || [self.group.secret_base(&self.group.generator()), self.group.secret_base(&self.key)];
        self.tables.get_or_init(make)
    }

    pub(super) fn context(&self) -> BallotContext<'_, G> {
        let make = || [self.group.fixed(&self.group.generator()), self.group.fixed(&self.key)];
        let [g, y] = self.fixed.get_or_init(make);
        BallotContext {
            group: &self.group,
            election: &self.setup.election,
            credentials: &self.setup.credentials,
            shape: &self.shape,
            arithmetic: Arithmetic::Fast([g, y]),
        }
    }

    /// A ballot as the verifier takes it; its number stands in the place of its event.
    pub(super) fn ballot(&self, number: usize, bytes: Vec<u8>, counted: bool) -> BallotBytes {
        BallotBytes {
            height: number as u64,
            hash: archive::digest(&bytes),
            credential: self.setup.credentials.position(&archive::credential(&bytes)),
            counted,
            bytes,
        }
    }

    fn check_chunk(&self, ballots: &[&[u8]]) -> Vec<Result<BallotFacts, Vec<Fault>>> {
        let read: Vec<BallotBytes> =
            ballots.iter().enumerate().map(|(number, bytes)| self.ballot(number, bytes.to_vec(), false)).collect();
        let mut faults: BTreeMap<u64, Vec<Fault>> = BTreeMap::new();
        for fault in self.context().verify(&read, usize::MAX).faults.iter() {
            faults.entry(fault.place.event.unwrap_or_default()).or_default().push(fault.clone());
        }
        let one = |ballot: &BallotBytes| match (faults.remove(&ballot.height), ballot.credential) {
            (None, Some(credential)) => Ok(BallotFacts { credential, tracker: base64(&ballot.hash) }),
            (None, None) => Err(vec![Fault::new(Rule::BallotCredential, Place::default())]),
            (Some(faults), _) => Err(faults),
        };
        read.iter().map(one).collect()
    }
}

impl<G: SecretGroup> Polls for PollsOf<G> {
    fn election(&self) -> &Election {
        &self.setup.election
    }

    fn credentials(&self) -> usize {
        self.setup.credentials.len()
    }

    fn position(&self, credential: &str) -> Option<usize> {
        self.setup.credentials.position(&Sha256::digest(credential).into())
    }

    fn weight(&self, position: usize) -> u128 {
        self.setup.credentials.weight(position)
    }

    fn public_credential(&self, code: &VotingCode) -> String {
        let exponent = code.exponent(&self.group, &self.setup.election.uuid);
        let power = self.group.secret_powers(&[&self.tables()[0]], &[exponent]);
        power.first().map(|power| adil_crypto::proof::text_of(&self.group, power)).unwrap_or_default()
    }

    fn seal(
        &self,
        votes: &[(&VotingCode, &[Answer])],
        random: &mut dyn CryptoRng,
    ) -> Result<Vec<SealedBallot>, VoteError> {
        let questions = &self.setup.election.questions;
        for (index, (_, answers)) in (1..).zip(votes) {
            if answers.len() != questions.len() {
                return Err(VoteError::Answers { index, expected: questions.len(), found: answers.len() });
            }
            let mut pairs = questions.iter().zip(*answers);
            if let Some(question) = pairs.position(|(question, answer)| !answer_fits(question, answer)) {
                return Err(VoteError::Answer { index, question: question + 1 });
            }
        }
        let uuid = &self.setup.election.uuid;
        let secrets: Vec<G::Secret> = votes.iter().map(|(code, _)| code.exponent(&self.group, uuid)).collect();
        let public = self.group.secret_powers(&[&self.tables()[0]], &secrets);
        let public: Vec<String> =
            public.iter().map(|element| adil_crypto::proof::text_of(&self.group, element)).collect();
        if let Some(index) = public.iter().position(|credential| self.position(credential).is_none()) {
            return Err(VoteError::UnknownCode { index: index + 1 });
        }
        let [g, y] = self.tables();
        let context = SealContext { group: &self.group, election: &self.setup.election, shape: &self.shape, g, y };
        let votes: Vec<Vote<'_, G>> = votes
            .iter()
            .zip(&secrets)
            .zip(&public)
            .map(|(((_, answers), secret), credential)| Vote { secret, credential, answers })
            .collect();
        context.seal(&votes, random).ok_or(VoteError::Embedding)
    }

    fn check(&self, ballots: &[&[u8]]) -> Vec<Result<BallotFacts, Vec<Fault>>> {
        ballots.par_chunks(TOGETHER).flat_map_iter(|chunk| self.check_chunk(chunk)).collect()
    }

    fn check_opening(
        &self,
        unsigned: &str,
        shown: Option<&str>,
        opening: &Opening,
        random: &mut dyn CryptoRng,
    ) -> Result<(), AuditFault> {
        let (election, shape) = (&self.setup.election, &self.shape);
        crate::ballot::check_opening(&self.group, election, shape, &self.key, (unsigned, shown), opening, random)
    }

    fn tally(&self, ballots: &mut dyn Iterator<Item = Vec<u8>>) -> Result<PublishedTally, TallyError> {
        tallied::tally(self, ballots)
    }

    fn shuffle(&self, tally: &[u8], before: &[Vec<u8>], random: &mut dyn CryptoRng) -> Result<String, TallyError> {
        tallied::shuffle(self, tally, before, random)
    }

    fn check_shuffles(&self, tally: &[u8], shuffles: &[Vec<u8>]) -> Result<(), TallyError> {
        tallied::after_shuffles(self, tally, shuffles).map(|_| ())
    }

    fn trustee(&self, private: &str) -> Option<u64> {
        decrypt::owner(self, private).map(|(number, _)| number)
    }

    fn decrypt(
        &self,
        tally: &[u8],
        shuffles: &[Vec<u8>],
        private: &str,
        random: &mut dyn CryptoRng,
    ) -> Result<(u64, String), TallyError> {
        let tally = tallied::after_shuffles(self, tally, shuffles)?;
        decrypt::decrypt(self, &self.shape.slots, &tally, private, random)
    }

    fn check_decryption(
        &self,
        tally: &[u8],
        shuffles: &[Vec<u8>],
        trustee: u64,
        decryption: &[u8],
    ) -> Result<(), TallyError> {
        let tally = tallied::after_shuffles(self, tally, shuffles)?;
        decrypt::read(self, &self.shape.slots, &tally, trustee, decryption).map(|_| ())
    }

    fn trustees(&self) -> Vec<Option<String>> {
        self.setup.trustees.trustees.iter().map(|trustee| trustee.name.clone()).collect()
    }

    fn trustee_keys(&self) -> Vec<String> {
        let text = |key: &Option<G::Element>| {
            key.as_ref().map(|key| adil_crypto::proof::text_of(&self.group, key)).unwrap_or_default()
        };
        self.setup.trustees.trustees.iter().map(|trustee| text(&trustee.key)).collect()
    }

    fn decryptions_needed(&self) -> u64 {
        let needed = self.setup.trustees.groups.iter().map(|group| match group {
            crate::setup::TrusteeGroup::Single { .. } => 1,
            crate::setup::TrusteeGroup::Pedersen { threshold, .. } => *threshold as u64,
        });
        needed.fold(0, u64::saturating_add)
    }

    fn are_enough(&self, trustees: &[u64]) -> bool {
        decrypt::are_enough(&self.setup.trustees.groups, trustees)
    }

    fn result(
        &self,
        tally: &[u8],
        shuffles: &[Vec<u8>],
        decryptions: &[(u64, Vec<u8>)],
        total_weight: u128,
    ) -> Result<String, TallyError> {
        let tally = tallied::after_shuffles(self, tally, shuffles)?;
        let factors = decrypt::combined(self, &self.shape.slots, &tally, decryptions)?;
        tallied::result(self, &tally, &factors, total_weight)
    }

    fn outcomes(&self, tally: &[u8], shuffles: &[Vec<u8>], result: &[u8]) -> Result<Vec<Outcome>, TallyError> {
        let tally = tallied::after_shuffles(self, tally, shuffles)?;
        let mut faults = Faults::new(10);
        let read = Outcome::read(&self.shape.slots, &tally, result, &Place::default(), &mut faults);
        tallied::sound("the result", &faults)?;
        read.ok_or(TallyError::Ballots(0))
    }

    fn rehearse(&self, private: &str, random: &mut dyn CryptoRng) -> Result<(u64, String), TallyError> {
        let (slots, tally) = decrypt::rehearsal(self);
        decrypt::decrypt(self, &slots, &tally, private, random)
    }

    fn rehearsed(&self, answers: &[(u64, Vec<u8>)]) -> Result<(), TallyError> {
        let (slots, tally) = decrypt::rehearsal(self);
        decrypt::combined(self, &slots, &tally, answers).map(|_| ())
    }
}

/// The digest of a record as the archive names it.
pub(super) fn name(bytes: &[u8]) -> String {
    hexadecimal(&archive::digest(bytes))
}
