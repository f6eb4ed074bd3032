//! From the end of voting to the result: what the organiser says in the log, step by step.
//!
//! Every step takes the ledger and gives the statement that comes next, with the records that it names. A record that a
//! trustee hands in is checked before it is taken.

use std::io;

use adil_belenios::hold::{Polls, PublishedTally, TallyError};

use crate::entry::{Entry, LoggedBallot};
use crate::ledger::{Contents, Ledger, Phase};
use crate::statement::{Content, Statement};

/// A statement with the records that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The statement.
    pub statement: Statement,
    /// The records, to be kept beside the log.
    pub records: Vec<Vec<u8>>,
}

/// Why a step cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// Something cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The election has not come so far, or has gone on.
    #[error("{step} comes after {after}; the election is at another step ({now:?})")]
    Phase {
        /// What was to be done.
        step: &'static str,
        /// After what it is done.
        after: &'static str,
        /// How far the election is.
        now: Phase,
    },
    /// A record does not hold.
    #[error(transparent)]
    Tally(#[from] TallyError),
    /// A ballot that counts does not hold.
    #[error("the ballot {tracker} counts and breaks rule {rule}: nothing is done with its tally")]
    Ballot {
        /// The ballot.
        tracker: String,
        /// The first rule that it breaks.
        rule: &'static str,
    },
    /// A trustee's record was handed in before.
    #[error("trustee {0} has handed that in already")]
    Again(u64),
    /// There is no such trustee.
    #[error("the election has no trustee of number {0}")]
    NoTrustee(u64),
    /// What the log names is not beside it.
    #[error("a record that the log names is missing beside it")]
    Missing,
    /// Shuffles come before decryptions.
    #[error("this election has ranked or graded questions: their ballots are shuffled before the trustees decrypt")]
    NotShuffled,
}

fn content(contents: &dyn Contents, content: &Content) -> Result<Vec<u8>, StepError> {
    contents.content(content)?.ok_or(StepError::Missing)
}

/// The encrypted tally of the ballots that count. `entries` are those of the log once more, from the first.
///
/// # Errors
/// Voting is not over, or a ballot cannot be read.
pub fn tally(
    ledger: &Ledger,
    polls: &dyn Polls,
    entries: &mut dyn Iterator<Item = io::Result<Vec<u8>>>,
    contents: &dyn Contents,
) -> Result<Step, StepError> {
    if ledger.phase() != Phase::Closed {
        return Err(StepError::Phase { step: "the tally", after: "the closing", now: ledger.phase() });
    }
    let tally = tally_of(ledger, polls, entries, contents)?;
    let records = vec![tally.tally.into_bytes(), tally.sized.into_bytes()];
    let statement = Statement::Tally { tally: Content::of(&records[0]), sized: Content::of(&records[1]) };
    Ok(Step { statement, records })
}

/// The encrypted tally that the ballots of a log have, at whatever step the election is. `entries` are those of the log
/// once more, from the first.
///
/// # Errors
/// A ballot cannot be read.
pub fn tally_of(
    ledger: &Ledger,
    polls: &dyn Polls,
    entries: &mut dyn Iterator<Item = io::Result<Vec<u8>>>,
    contents: &dyn Contents,
) -> Result<PublishedTally, StepError> {
    let mut failed = None;
    let tally = polls.tally(&mut counted_ballots(ledger, entries, contents, &mut failed))?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(tally),
    }
}

/// Checks every ballot that counts: form, proofs, signature. A trustee does so before decrypting, since the sum of
/// ballots that do not hold could be made to show single votes. `entries` as in [`tally_of`].
///
/// # Errors
/// A ballot does not hold, or cannot be read.
pub fn check_counted(
    ledger: &Ledger,
    polls: &dyn Polls,
    entries: &mut dyn Iterator<Item = io::Result<Vec<u8>>>,
    contents: &dyn Contents,
) -> Result<u64, StepError> {
    const TOGETHER: usize = 4096;
    let (mut failed, mut checked) = (None, 0);
    {
        let mut ballots = counted_ballots(ledger, entries, contents, &mut failed);
        loop {
            let read: Vec<Vec<u8>> = ballots.by_ref().take(TOGETHER).collect();
            if read.is_empty() {
                break;
            }
            let bytes: Vec<&[u8]> = read.iter().map(Vec::as_slice).collect();
            for (ballot, verdict) in read.iter().zip(polls.check(&bytes)) {
                if let Err(faults) = verdict {
                    let tracker = adil_belenios::base64(&adil_belenios::digest(ballot));
                    let rule = faults.first().map_or("", |fault| fault.rule.code());
                    return Err(StepError::Ballot { tracker, rule });
                }
                checked += 1;
            }
        }
    }
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(checked),
    }
}

/// The ballots that count, one after another; what cannot be read ends them and is kept in `failed`.
fn counted_ballots<'a>(
    ledger: &'a Ledger,
    entries: &'a mut dyn Iterator<Item = io::Result<Vec<u8>>>,
    contents: &'a dyn Contents,
    failed: &'a mut Option<io::Error>,
) -> impl Iterator<Item = Vec<u8>> + 'a {
    let counted = ledger.last_of_each(&ledger.not_counted());
    let wanted: Vec<u64> = counted.iter().map(|&number| ledger.ballots()[number].entry).collect();
    let mut wanted = wanted.into_iter().peekable();
    let mut indexed = (0_u64..).zip(entries);
    std::iter::from_fn(move || {
        loop {
            let next = *wanted.peek()?;
            let (index, entry) = indexed.next()?;
            if index != next {
                continue;
            }
            wanted.next();
            let read = entry.and_then(|entry| match Entry::parse(&entry) {
                Ok(Entry::Ballot { ballot: LoggedBallot::Inline(bytes), .. }) => Ok(bytes.to_vec()),
                Ok(Entry::Ballot { ballot: LoggedBallot::Object(object), .. }) => {
                    contents.content(&object)?.ok_or_else(|| io::Error::other("a ballot's bytes are missing"))
                }
                _ => Err(io::Error::other("the log has changed since it was first read")),
            });
            match read {
                Ok(bytes) => return Some(bytes),
                Err(error) => {
                    *failed = Some(error);
                    return None;
                }
            }
        }
    })
}

/// The tally and the shuffles of an election so far, as they were published.
///
/// # Errors
/// There is no tally yet, or a record is missing.
pub fn so_far(ledger: &Ledger, contents: &dyn Contents) -> Result<(Vec<u8>, Vec<Vec<u8>>), StepError> {
    let Some((tally, _)) = &ledger.tally else {
        return Err(StepError::Phase { step: "this", after: "the tally", now: ledger.phase() });
    };
    let shuffles = ledger.shuffles.iter().map(|shuffle| content(contents, &shuffle.content));
    Ok((content(contents, tally)?, shuffles.collect::<Result<_, _>>()?))
}

/// Takes in a shuffle.
///
/// # Errors
/// It is not time for it, its trustee has shuffled before, or it does not hold.
pub fn add_shuffle(
    ledger: &Ledger,
    polls: &dyn Polls,
    contents: &dyn Contents,
    owner: u64,
    record: Vec<u8>,
) -> Result<Step, StepError> {
    if !matches!(ledger.phase(), Phase::Tallied | Phase::Shuffled) {
        return Err(StepError::Phase { step: "a shuffle", after: "the tally", now: ledger.phase() });
    }
    if !(1..=polls.trustees().len() as u64).contains(&owner) {
        return Err(StepError::NoTrustee(owner));
    }
    if ledger.shuffles.iter().any(|shuffle| shuffle.owner == owner) {
        return Err(StepError::Again(owner));
    }
    let (tally, mut shuffles) = so_far(ledger, contents)?;
    shuffles.push(record);
    polls.check_shuffles(&tally, &shuffles)?;
    let record = shuffles.pop().unwrap_or_default();
    Ok(Step { statement: Statement::Shuffle { owner, shuffle: Content::of(&record) }, records: vec![record] })
}

/// Takes in a partial decryption.
///
/// # Errors
/// It is not time for it, its trustee has decrypted before, or it does not hold.
pub fn add_decryption(
    ledger: &Ledger,
    polls: &dyn Polls,
    contents: &dyn Contents,
    owner: u64,
    record: Vec<u8>,
) -> Result<Step, StepError> {
    may_decrypt(ledger, polls)?;
    if ledger.decryptions.iter().any(|decryption| decryption.owner == owner) {
        return Err(StepError::Again(owner));
    }
    let (tally, shuffles) = so_far(ledger, contents)?;
    polls.check_decryption(&tally, &shuffles, owner, &record)?;
    Ok(Step { statement: Statement::Decryption { owner, decryption: Content::of(&record) }, records: vec![record] })
}

/// Whether it is time to decrypt.
///
/// # Errors
/// It is not.
pub fn may_decrypt(ledger: &Ledger, polls: &dyn Polls) -> Result<(), StepError> {
    match ledger.phase() {
        Phase::Tallied if polls.election().needs_shuffles() => Err(StepError::NotShuffled),
        Phase::Tallied | Phase::Shuffled | Phase::Decrypting => Ok(()),
        now => Err(StepError::Phase { step: "a partial decryption", after: "the tally", now }),
    }
}

/// The trustees who have decrypted, by number.
pub fn decrypted_by(ledger: &Ledger) -> Vec<u64> {
    ledger.decryptions.iter().map(|decryption| decryption.owner).collect()
}

/// The result.
///
/// # Errors
/// It is not time for it, or too few trustees have decrypted.
pub fn result(ledger: &Ledger, polls: &dyn Polls, contents: &dyn Contents) -> Result<Step, StepError> {
    if ledger.phase() != Phase::Decrypting {
        let after = "the partial decryptions of enough trustees";
        return Err(StepError::Phase { step: "the result", after, now: ledger.phase() });
    }
    let (tally, shuffles) = so_far(ledger, contents)?;
    let decryptions = ledger
        .decryptions
        .iter()
        .map(|decryption| Ok((decryption.owner, content(contents, &decryption.content)?)))
        .collect::<Result<Vec<_>, StepError>>()?;
    let total_weight = total_weight(ledger);
    let record = polls.result(&tally, &shuffles, &decryptions, total_weight)?.into_bytes();
    Ok(Step { statement: Statement::Result { result: Content::of(&record) }, records: vec![record] })
}

/// The weight of all ballots that count.
pub fn total_weight(ledger: &Ledger) -> u128 {
    let counted = ledger.last_of_each(&ledger.not_counted());
    let weight = |&number: &usize| ledger.credentials().weight(&ledger.ballots()[number].credential);
    counted.iter().filter_map(weight).sum()
}
