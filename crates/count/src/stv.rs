//! The single transferable vote (rules K40 to K47): Droop's quota, surpluses by the weighted inclusive Gregory method, one
//! candidate at a time.
//!
//! With n ballots that count and s seats
//!
//! ```text
//! quota q = floor(n / (s + 1)) + 1
//! factor of a candidate elected with v >= q votes = (v - q) / v, for every ballot in the pile
//! votes of the standing + q * (elected by the quota) + exhausted + cut off = n, in every round
//! ```

use std::cmp::Reverse;

use num_bigint::BigUint;

use crate::tally::{Tally, Transfer};
use crate::{Count, Fraction, InvalidReason, Method, Outcome, Place, Round, Tie, sorting};

/// A round: the votes as it finds them, what is done, and where votes go by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StvRound {
    /// The votes of each candidate; `None` for those who are elected or excluded already.
    pub votes: Vec<Option<Fraction>>,
    /// Votes that elect, the same in all rounds.
    pub quota: u64,
    /// Votes that stay with candidates elected so far: a quota each.
    pub kept: u64,
    /// Votes of ballots that name nobody who stands.
    pub exhausted: Fraction,
    /// Votes cut off by all roundings so far (rule K46); nearly always 0.
    pub cut_off: Fraction,
    /// What is done.
    pub action: Action,
    /// Where votes go, candidates in the order of the question and exhausted ballots last. Empty where nothing moves.
    pub transfers: Vec<Transfer>,
    /// Votes that a rounding cut off after these transfers; `None` where nothing was rounded.
    pub rounding: Option<Fraction>,
}

/// What a round does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Excludes, before anything else, those whom no ballot names (rule K41).
    Unnamed {
        /// Who, in the order of the question.
        candidates: Vec<usize>,
    },
    /// Elects the candidate with the most votes, who has the quota (rule K43).
    Elected {
        /// Who.
        candidate: usize,
        /// Votes above the quota.
        surplus: Fraction,
        /// By what the weight of each of the candidate's ballots is multiplied (rule K44).
        factor: Fraction,
    },
    /// Excludes the candidate with the fewest votes (rule K45).
    Excluded {
        /// Who.
        candidate: usize,
    },
    /// Elects all who stand, because there are no more of them than seats (rule K42).
    Remaining {
        /// Who, in the order of the question.
        candidates: Vec<usize>,
    },
}

/// Counts rankings. There are 1 to as many seats as candidates.
pub(crate) fn count(method: &Method, seats: u32, blank: bool, candidates: usize, ballots: &[Vec<u32>]) -> Count {
    let sorted = sorting::sort(blank, ballots, read);
    let counted = sorted.counted.len();
    // 64 bits hold the length of any slice.
    let quota = counted as u64 / (u64::from(seats) + 1) + 1;
    let mut run = Run {
        tally: Tally::new(candidates, sorted.counted),
        candidates,
        seats: usize::try_from(seats).unwrap_or(usize::MAX),
        quota,
        kept: 0,
        cut_off: Fraction::zero(),
        rounds: Vec::new(),
        outcome: Outcome::default(),
    };
    run.exclude_unnamed();
    while run.outcome.elected.len() < run.seats && run.step() {}
    run.outcome.open_seats = run.seats - run.outcome.elected.len();
    Count {
        method: method.clone(),
        candidates,
        counted: Some(counted),
        blank: sorted.blank,
        invalid: sorted.invalid,
        rounds: run.rounds.into_iter().map(|round| Round::Stv(Box::new(round))).collect(),
        outcome: run.outcome,
    }
}

/// Rule K40: the candidates that a ballot ranks, the best first.
fn read(ballot: &[u32]) -> Result<Vec<usize>, InvalidReason> {
    let mut ranked: Vec<(u32, usize)> = ballot.iter().copied().zip(0..).filter(|&(rank, _)| rank > 0).collect();
    ranked.sort_unstable();
    for (expected, &(rank, _)) in (1..).zip(&ranked) {
        if rank < expected {
            return Err(InvalidReason::RankTwice(rank));
        }
        if rank > expected {
            return Err(InvalidReason::RankMissing(expected));
        }
    }
    Ok(ranked.into_iter().map(|(_, candidate)| candidate).collect())
}

/// A count under way.
struct Run {
    tally: Tally,
    candidates: usize,
    seats: usize,
    quota: u64,
    kept: u64,
    cut_off: Fraction,
    rounds: Vec<StvRound>,
    outcome: Outcome,
}

impl Run {
    /// Rule K41.
    fn exclude_unnamed(&mut self) {
        let named = self.tally.named();
        let unnamed: Vec<usize> = (0..self.candidates).filter(|candidate| !named.contains(candidate)).collect();
        if unnamed.is_empty() {
            return;
        }
        let round = self.round(&self.tally.standing(), Action::Unnamed { candidates: unnamed.clone() });
        for candidate in unnamed {
            self.tally.withdraw(candidate);
        }
        self.rounds.push(round);
    }

    /// One round; says whether there can be another.
    fn step(&mut self) -> bool {
        let standing = self.tally.standing();
        if standing.len() <= self.seats - self.outcome.elected.len() {
            self.elect_remaining(&standing);
            return false;
        }
        // Rule K47: of equals, the first in the question is elected first and the last is excluded first.
        let most = standing.iter().max_by_key(|&&(candidate, ref votes)| (votes, Reverse(candidate)));
        let fewest = standing.iter().min_by_key(|&&(candidate, ref votes)| (votes, Reverse(candidate)));
        let (Some((first, most)), Some((last, fewest))) = (most, fewest) else { return false };
        if *most >= self.tally.whole(self.quota) {
            self.elect(&standing, *first, most);
        } else {
            self.exclude(&standing, *last, fewest);
        }
        true
    }

    /// Rule K42.
    fn elect_remaining(&mut self, standing: &[(usize, BigUint)]) {
        let candidates: Vec<usize> = standing.iter().map(|&(candidate, _)| candidate).collect();
        if candidates.is_empty() {
            return;
        }
        self.outcome.elected.extend(&candidates);
        let round = self.round(standing, Action::Remaining { candidates });
        self.rounds.push(round);
    }

    /// Rules K43 and K44.
    fn elect(&mut self, standing: &[(usize, BigUint)], candidate: usize, votes: &BigUint) {
        self.note_tie(standing, votes, candidate, Place::Election { round: self.rounds.len() });
        let surplus = votes - self.tally.whole(self.quota);
        let factor = Fraction::new(surplus.clone(), votes.clone());
        let action = Action::Elected { candidate, surplus: self.tally.votes(&surplus), factor };
        let mut round = self.round(standing, action);
        self.kept += self.quota;
        self.outcome.elected.push(candidate);
        let is_last = self.outcome.elected.len() == self.seats;
        if is_last || surplus == BigUint::ZERO {
            self.tally.withdraw(candidate);
        } else {
            round.transfers = self.tally.transfer_surplus(candidate, &surplus, votes);
            round.rounding = self.tally.round();
            if let Some(rounding) = &round.rounding {
                self.cut_off = self.cut_off.plus(rounding);
            }
        }
        self.rounds.push(round);
    }

    /// Rule K45.
    fn exclude(&mut self, standing: &[(usize, BigUint)], candidate: usize, votes: &BigUint) {
        self.note_tie(standing, votes, candidate, Place::Exclusion { round: self.rounds.len() });
        let mut round = self.round(standing, Action::Excluded { candidate });
        round.transfers = self.tally.transfer_all(candidate);
        self.rounds.push(round);
    }

    /// The round as it finds the votes.
    fn round(&self, standing: &[(usize, BigUint)], action: Action) -> StvRound {
        let mut votes = vec![None; self.candidates];
        for (candidate, numerator) in standing {
            votes[*candidate] = Some(self.tally.votes(numerator));
        }
        StvRound {
            votes,
            quota: self.quota,
            kept: self.kept,
            exhausted: self.tally.exhausted(),
            cut_off: self.cut_off.clone(),
            action,
            transfers: Vec::new(),
            rounding: None,
        }
    }

    /// Rule K47: a tie that the order of the question breaks is in the outcome.
    fn note_tie(&mut self, standing: &[(usize, BigUint)], votes: &BigUint, taken: usize, place: Place) {
        let tied = standing.iter().filter(|(_, others)| others == votes);
        let candidates: Vec<usize> = tied.map(|&(candidate, _)| candidate).collect();
        if candidates.len() > 1 {
            self.outcome.ties.push(Tie { candidates, place, taken: Some(taken) });
        }
    }
}
