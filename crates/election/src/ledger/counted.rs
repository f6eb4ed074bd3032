//! Which ballots of a log count: `counted = log - set aside`.
//!
//! A ballot is set aside if its credential was revoked and it was accepted in or after the minute of the revocation's
//! time; if its voter has voted under the spare that took the credential's place; if it is under a spare that was given
//! to nobody; or if it lacks the acceptance that the election wants. Of those that are left, the last one of every
//! credential counts.

use std::collections::{BTreeSet, HashMap, HashSet};

use adil_belenios::Hash;

use super::Ledger;

/// Why a ballot is not in the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotCounted {
    /// Its credential was revoked, and it was cast since the declared time.
    SetAside {
        /// The entry of the revocation.
        revocation: u64,
    },
    /// Its voter has voted under the spare.
    VotedBySpare {
        /// The entry of the revocation.
        revocation: u64,
    },
    /// It is under a spare that no revocation gave to anybody.
    SpareOfNobody,
    /// Its credential is not on the list.
    Unlisted,
    /// The voting server has not accepted it.
    NotAccepted,
}

/// What the set-aside ballots come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Ballots of the log.
    pub logged: u64,
    /// Ballots that a revocation set aside.
    pub set_aside: u64,
    /// Ballots that lack the voting server's acceptance.
    pub not_accepted: u64,
    /// Voters who had a ballot set aside.
    pub voters_set_aside: u64,
    /// Of these, voters who have not voted by their spare.
    pub voters_not_voted_again: u64,
    /// Of these, voters who have no ballot that counts.
    pub voters_without_ballot: u64,
    /// By how much those who have not voted again could have changed the difference of two answers: a voter without a
    /// ballot that counts by the own weight, one whose earlier ballot counts by twice as much.
    pub most_changed: u128,
    /// Revocations.
    pub revocations: u64,
    /// Revocations that could still be made, by the spares that are left.
    pub spares_left: u64,
}

impl Ledger {
    /// For every ballot, in the order of the log, why it does not go into the archive; `None` for those that do.
    pub fn not_counted(&self) -> Vec<Option<NotCounted>> {
        let spare_votes: HashSet<Hash> = self
            .ballots
            .iter()
            .filter(|ballot| self.given.contains_key(&ballot.credential) && self.is_accepted(ballot))
            .map(|ballot| ballot.credential)
            .collect();
        let of = |ballot: &super::LedgerBallot| {
            if self.credentials.weight(&ballot.credential).is_none() {
                return Some(NotCounted::Unlisted);
            }
            if self.credentials.is_spare(&ballot.credential) && !self.given.contains_key(&ballot.credential) {
                return Some(NotCounted::SpareOfNobody);
            }
            if let Some(revoked) = self.revocation_of(&ballot.credential) {
                let revocation = revoked.entry;
                // What came after the revocation itself should not be there, whatever minute it states.
                if ballot.minute >= revoked.revocation.since || ballot.entry > revocation {
                    return Some(NotCounted::SetAside { revocation });
                }
                if spare_votes.contains(&revoked.spare) {
                    return Some(NotCounted::VotedBySpare { revocation });
                }
            }
            (!self.is_accepted(ballot)).then_some(NotCounted::NotAccepted)
        };
        self.ballots.iter().map(of).collect()
    }

    fn is_accepted(&self, ballot: &super::LedgerBallot) -> bool {
        ballot.accepted || !self.needs_acceptance()
    }

    /// The ballots whose votes are counted: of those in the archive the last one of every credential, by their numbers
    /// in the order of the log.
    pub fn last_of_each(&self, not_counted: &[Option<NotCounted>]) -> BTreeSet<usize> {
        let mut last: HashMap<Hash, usize> = HashMap::new();
        for (number, (ballot, why)) in self.ballots.iter().zip(not_counted).enumerate() {
            if why.is_none() {
                last.insert(ballot.credential, number);
            }
        }
        last.into_values().collect()
    }

    /// What the set-aside ballots come to.
    pub fn totals(&self, not_counted: &[Option<NotCounted>]) -> Totals {
        let mut totals = Totals { logged: self.ballots.len() as u64, ..Totals::default() };
        let mut set_aside: BTreeSet<u64> = BTreeSet::new();
        let mut counted: HashSet<Hash> = HashSet::new();
        for (ballot, why) in self.ballots.iter().zip(not_counted) {
            match why {
                Some(NotCounted::SetAside { revocation } | NotCounted::VotedBySpare { revocation }) => {
                    totals.set_aside += 1;
                    set_aside.insert(*revocation);
                }
                Some(NotCounted::NotAccepted) => totals.not_accepted += 1,
                Some(NotCounted::SpareOfNobody | NotCounted::Unlisted) => {}
                None => {
                    counted.insert(ballot.credential);
                }
            }
        }
        let affected = self.revocations.iter().filter(|revocation| set_aside.contains(&revocation.entry));
        for revocation in affected {
            totals.voters_set_aside += 1;
            let by_spare = counted.contains(&revocation.spare);
            totals.voters_not_voted_again += u64::from(!by_spare);
            let is_without = !by_spare && !counted.contains(&revocation.credential);
            totals.voters_without_ballot += u64::from(is_without);
            let weight = self.credentials.weight(&revocation.credential).unwrap_or(0);
            let times = match (by_spare, is_without) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => 2,
            };
            totals.most_changed = totals.most_changed.saturating_add(weight.saturating_mul(times));
        }
        totals.revocations = self.revoked.len() as u64;
        totals.spares_left = (self.credentials.spares().len() as u64).saturating_sub(self.given.len() as u64);
        totals
    }

    /// Whether two credentials of one voter both have a ballot that counts. By the rules above that cannot be; it is
    /// worked out once more, from the ballots that count, for those who check.
    pub fn voters_counted_twice(&self, not_counted: &[Option<NotCounted>]) -> u64 {
        let counted: HashSet<Hash> =
            self.last_of_each(not_counted).iter().map(|&number| self.ballots[number].credential).collect();
        let twice = |revocation: &&super::LedgerRevocation| {
            counted.contains(&revocation.credential) && counted.contains(&revocation.spare)
        };
        self.revocations.iter().filter(twice).count() as u64
    }

    /// The first spare of a weight that is still free.
    pub fn free_spare(&self, weight: u128) -> Option<&str> {
        let is_free = |(text, of): &&(String, u128)| {
            *of == weight && !self.given.contains_key(&adil_belenios::digest(text.as_bytes()))
        };
        self.credentials.spares().iter().find(is_free).map(|(text, _)| text.as_str())
    }
}
