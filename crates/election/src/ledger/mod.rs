//! The log of an election, read entry by entry: what has been set up, cast, revoked and decided, and whether the rules
//! were kept.
//!
//! The same reading serves those who write the log and those who check it. A fault does not stop the reading: whatever
//! can still be told from the rest is told.

mod absorb;
mod agreement;
mod counted;
mod credentials;
mod rule;

use std::collections::{BTreeMap, HashMap};

pub use counted::{NotCounted, Totals};
pub use credentials::CredentialList;
pub use rule::LedgerRule;

use adil_belenios::Hash;
use adil_log::VerifierKey;

use crate::statement::{Content, CredentialLists, Revocation, Setup};

/// Where the records are that a log names by their digests.
pub trait Contents {
    /// The bytes with that digest; `None` where they are not there. Other bytes than these must not be given.
    ///
    /// # Errors
    /// They cannot be read.
    fn content(&self, content: &Content) -> std::io::Result<Option<Vec<u8>>>;
}

/// How far an election has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Nothing has been said.
    Empty,
    /// The organiser has said what the election is.
    SetUp,
    /// The credential authority has vouched for the lists.
    Listed,
    /// Ballots are accepted.
    Open,
    /// Voting is over.
    Closed,
    /// The encrypted tally is published.
    Tallied,
    /// The ballots are being shuffled.
    Shuffled,
    /// The trustees are decrypting.
    Decrypting,
    /// The result is published.
    Finished,
}

/// A breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerFault {
    /// The rule.
    pub rule: LedgerRule,
    /// The entry, from 0; `None` where it is of the log as a whole.
    pub entry: Option<u64>,
    /// What was found there.
    pub found: String,
}

/// A ballot of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerBallot {
    /// The entry, from 0.
    pub entry: u64,
    /// The minute since 1970 in which it was accepted.
    pub minute: u64,
    /// The digest of its bytes: its tracker, in another notation.
    pub hash: Hash,
    /// The digest of the text of its credential.
    pub credential: Hash,
    /// Whether the voting server has accepted it, where the election wants that.
    pub accepted: bool,
}

/// A revocation of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRevocation {
    /// The entry, from 0.
    pub entry: u64,
    /// What it says.
    pub revocation: Revocation,
    /// The digests of the texts of the revoked credential and of the spare.
    pub credential: Hash,
    /// See `credential`.
    pub spare: Hash,
}

/// A record of a trustee that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owned {
    /// The entry, from 0.
    pub entry: u64,
    /// The trustee's number, from 1.
    pub owner: u64,
    /// The record.
    pub content: Content,
}

/// Faults that are told one by one; the others are counted.
const MOST_FAULTS: usize = 1_000;

/// What is known of an election from its log.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    size: u64,
    phase: Option<Phase>,
    minute: u64,
    /// What the election is.
    pub setup: Option<Setup>,
    /// What the authority vouches for.
    pub lists: Option<CredentialLists>,
    keys: Option<ReadKeys>,
    credentials: CredentialList,
    ballots: Vec<LedgerBallot>,
    /// The ballot of each digest.
    by_hash: HashMap<Hash, u32>,
    revocations: Vec<LedgerRevocation>,
    /// The revocation of each revoked credential, and of each spare that was given out.
    revoked: HashMap<Hash, u32>,
    given: HashMap<Hash, u32>,
    /// The tally's two records.
    pub tally: Option<(Content, Content)>,
    /// Shuffles.
    pub shuffles: Vec<Owned>,
    /// Partial decryptions.
    pub decryptions: Vec<Owned>,
    /// The result.
    pub result: Option<Content>,
    faults: Vec<LedgerFault>,
    fault_counts: BTreeMap<LedgerRule, u64>,
}

/// The keys of the setup.
#[derive(Debug, Clone)]
struct ReadKeys {
    organiser: VerifierKey,
    authority: VerifierKey,
    log: VerifierKey,
    acceptance: Option<VerifierKey>,
}

impl Ledger {
    /// The ledger of an empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries were read.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// How far the election has come.
    pub fn phase(&self) -> Phase {
        self.phase.unwrap_or(Phase::Empty)
    }

    /// The latest minute that an entry stated.
    pub fn minute(&self) -> u64 {
        self.minute
    }

    /// The key that signs the log's checkpoints.
    pub fn log_key(&self) -> Option<&VerifierKey> {
        self.keys.as_ref().map(|keys| &keys.log)
    }

    /// The public credentials.
    pub fn credentials(&self) -> &CredentialList {
        &self.credentials
    }

    /// All ballots, in the order of the log.
    pub fn ballots(&self) -> &[LedgerBallot] {
        &self.ballots
    }

    /// The ballot with that digest.
    pub fn ballot(&self, hash: &Hash) -> Option<&LedgerBallot> {
        self.by_hash.get(hash).and_then(|&number| self.ballots.get(number as usize))
    }

    /// All revocations, in the order of the log.
    pub fn revocations(&self) -> &[LedgerRevocation] {
        &self.revocations
    }

    /// The revocation of a credential, by the digest of its text.
    pub fn revocation_of(&self, credential: &Hash) -> Option<&LedgerRevocation> {
        self.revoked.get(credential).and_then(|&number| self.revocations.get(number as usize))
    }

    /// The revocation that gave a spare to a voter, by the digest of the spare's text.
    pub fn revocation_giving(&self, spare: &Hash) -> Option<&LedgerRevocation> {
        self.given.get(spare).and_then(|&number| self.revocations.get(number as usize))
    }

    /// Whether the election's ballots need the voting server's acceptance.
    pub fn needs_acceptance(&self) -> bool {
        self.keys.as_ref().is_some_and(|keys| keys.acceptance.is_some())
    }

    /// The faults that are told.
    pub fn faults(&self) -> &[LedgerFault] {
        &self.faults
    }

    /// How many faults there are.
    pub fn fault_count(&self) -> u64 {
        self.fault_counts.values().sum()
    }

    /// Adds a fault that was found outside: in the checkpoint, the tree, or the archive.
    pub fn fault(&mut self, rule: LedgerRule, entry: Option<u64>, found: impl ToString) {
        *self.fault_counts.entry(rule).or_default() += 1;
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(LedgerFault { rule, entry, found: found.to_string() });
        }
    }
}
