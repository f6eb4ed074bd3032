//! The ballot box: which ballots are taken into the log, and why others are not.

use std::collections::HashSet;

use adil_belenios::hold::Polls;
use adil_belenios::{Fault, Hash, base64, credential, digest};

use crate::entry::ballot_entry;
use crate::ledger::{Ledger, Phase};

/// A ballot that may be logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The entry to be logged.
    pub entry: Vec<u8>,
    /// Whether the ballot's bytes must be kept beside the log, as its entry names them by their digest.
    pub is_object: bool,
    /// The tracker.
    pub tracker: String,
}

/// Why a ballot is not taken. Nothing of it is logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Voting has not begun, or is over.
    #[error("voting is not open")]
    NotOpen,
    /// The ballot breaks rules of the protocol.
    #[error("the ballot is not sound: {}", describe(.0))]
    Unsound(Vec<Fault>),
    /// The ballot is in the log already.
    #[error("this very ballot is in the log already; to vote again, make a new one")]
    Again,
    /// The voting code was revoked.
    #[error(
        "this voting code was revoked (entry {revocation} of the log); vote with the code that took its place, or ask the \
         credential authority"
    )]
    Revoked {
        /// The entry of the revocation.
        revocation: u64,
    },
    /// A spare code that belongs to nobody.
    #[error("this is a spare voting code that has not been given to a voter")]
    SpareOfNobody,
}

fn describe(faults: &[Fault]) -> String {
    let one = |fault: &Fault| format!("{} ({})", fault.rule.code(), fault.rule.text());
    faults.iter().take(3).map(one).collect::<Vec<_>>().join("; ")
}

/// Decides about ballots in their order; each is judged as if the ones before it were logged.
pub fn accept(polls: &dyn Polls, ledger: &Ledger, ballots: &[&[u8]], minute: u64) -> Vec<Result<Accepted, Refusal>> {
    let mut seen: HashSet<Hash> = HashSet::new();
    // What is refused for another reason need not have its proofs checked.
    let verdicts: Vec<Option<Refusal>> = ballots
        .iter()
        .map(|ballot| refusal(ledger, ballot).or_else(|| (!seen.insert(digest(ballot))).then_some(Refusal::Again)))
        .collect();
    let to_check: Vec<&[u8]> =
        ballots.iter().zip(&verdicts).filter(|(_, verdict)| verdict.is_none()).map(|(ballot, _)| *ballot).collect();
    let mut checked = polls.check(&to_check).into_iter();
    let decide = |(ballot, verdict): (&&[u8], Option<Refusal>)| match verdict {
        Some(refusal) => Err(refusal),
        None => match checked.next() {
            Some(Ok(_)) => Ok(accepted(ledger, ballot, minute)),
            Some(Err(faults)) => Err(Refusal::Unsound(faults)),
            None => Err(Refusal::Unsound(Vec::new())),
        },
    };
    ballots.iter().zip(verdicts).map(decide).collect()
}

/// Why a ballot is not taken, whatever is in it: by the log as it is. Its proofs are not looked at.
pub fn refusal(ledger: &Ledger, ballot: &[u8]) -> Option<Refusal> {
    if ledger.phase() != Phase::Open {
        return Some(Refusal::NotOpen);
    }
    if ledger.ballot(&digest(ballot)).is_some() {
        return Some(Refusal::Again);
    }
    credential_refused(ledger, ballot)
}

/// The entry of a ballot that is sound, and that [`refusal`] does not refuse.
pub fn accepted(ledger: &Ledger, ballot: &[u8], minute: u64) -> Accepted {
    let (entry, is_object) = ballot_entry(ballot, minute.max(ledger.minute()));
    Accepted { entry, is_object, tracker: base64(&digest(ballot)) }
}

/// Why the credential of a ballot may not vote.
fn credential_refused(ledger: &Ledger, ballot: &[u8]) -> Option<Refusal> {
    let credential = credential(ballot);
    if let Some(revoked) = ledger.revocation_of(&credential) {
        return Some(Refusal::Revoked { revocation: revoked.entry });
    }
    let is_of_nobody = ledger.credentials().is_spare(&credential) && ledger.revocation_giving(&credential).is_none();
    is_of_nobody.then_some(Refusal::SpareOfNobody)
}
