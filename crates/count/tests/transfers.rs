//! What must hold of every round of the single transferable vote.

mod common;

use std::collections::BTreeSet;

use adil_count::{Action, Count, Fraction, Method, Place};
use common::{Numbers, counted, stv_rounds};
use proptest::prelude::*;

/// Seats, candidates, and ballots that rank some of the candidates without a gap.
fn elections() -> impl Strategy<Value = (u32, usize, Vec<Vec<u32>>)> {
    (1usize..=7).prop_flat_map(|candidates| {
        let order: Vec<usize> = (0..candidates).collect();
        let ballot = (Just(order).prop_shuffle(), 0..=candidates).prop_map(move |(order, ranked)| {
            let mut ballot = vec![0; candidates];
            for (rank, candidate) in (1..).zip(order.into_iter().take(ranked)) {
                ballot[candidate] = rank;
            }
            ballot
        });
        let most = u32::try_from(candidates).expect("a small number");
        (1..=most, Just(candidates), prop::collection::vec(ballot, 0..40))
    })
}

/// All votes that a round knows of.
fn all_votes(round: &adil_count::StvRound) -> Fraction {
    let votes: Fraction = round.votes.iter().flatten().sum();
    votes.plus(&round.exhausted).plus(&round.cut_off).plus(&Fraction::from(round.kept))
}

fn moved(round: &adil_count::StvRound, to: Option<usize>) -> Fraction {
    round.transfers.iter().filter(|moved| moved.to == to).map(|moved| &moved.votes).sum()
}

/// Every round follows from the one before, and no vote is lost or made. Says how many rounds were rounded.
fn follow(count: &Count) -> usize {
    let rounds = stv_rounds(count);
    let all = Fraction::from(count.counted.expect("ballots were counted") as u64);
    for (index, round) in rounds.iter().enumerate() {
        assert_eq!(all_votes(round), all, "round {index}");
        let total: Fraction = round.transfers.iter().map(|moved| &moved.votes).sum();
        match &round.action {
            Action::Unnamed { candidates } => {
                assert!(candidates.iter().all(|&candidate| round.votes[candidate] == Some(Fraction::zero())));
                assert_eq!(index, 0);
            }
            Action::Elected { candidate, surplus, .. } => {
                let votes = round.votes[*candidate].as_ref().expect("who is elected stood");
                assert_eq!(&surplus.plus(&Fraction::from(round.quota)), votes);
                assert!(round.votes.iter().flatten().all(|others| others <= votes));
                assert!(round.transfers.is_empty() || total == *surplus, "round {index}");
            }
            Action::Excluded { candidate } => {
                let votes = round.votes[*candidate].as_ref().expect("who is excluded stood");
                assert!(*votes < Fraction::from(round.quota));
                assert!(round.votes.iter().flatten().all(|others| others >= votes));
                assert_eq!(total, *votes);
            }
            Action::Remaining { .. } => assert_eq!(index, rounds.len() - 1),
        }
        let Some(next) = rounds.get(index + 1) else { continue };
        if round.rounding.is_none() {
            for (candidate, votes) in next.votes.iter().enumerate() {
                let Some(votes) = votes else { continue };
                let before = round.votes[candidate].as_ref().expect("nobody comes back");
                assert_eq!(*votes, before.plus(&moved(round, Some(candidate))), "round {index}");
            }
            assert_eq!(next.exhausted, round.exhausted.plus(&moved(round, None)), "round {index}");
        }
    }
    rounds.iter().filter(|round| round.rounding.is_some()).count()
}

proptest! {
    #[test]
    fn no_vote_is_lost_or_made((seats, candidates, ballots) in elections()) {
        let count = counted(&Method::Stv { seats, blank: false }, candidates, &ballots);
        prop_assert_eq!(follow(&count), 0);
    }

    #[test]
    fn seats_are_filled_as_far_as_ballots_name_candidates((seats, candidates, ballots) in elections()) {
        let count = counted(&Method::Stv { seats, blank: true }, candidates, &ballots);
        let named = (0..candidates).filter(|&candidate| ballots.iter().any(|ballot| ballot[candidate] > 0)).count();
        let elected: BTreeSet<usize> = count.outcome.elected.iter().copied().collect();
        prop_assert_eq!(elected.len(), count.outcome.elected.len());
        prop_assert_eq!(elected.len(), named.min(seats as usize));
        prop_assert_eq!(elected.len() + count.outcome.open_seats, seats as usize);
    }

    #[test]
    fn candidates_in_another_order_are_elected_all_the_same(
        (seats, candidates, ballots) in elections(),
        turn in any::<prop::sample::Index>(),
    ) {
        let by = turn.index(candidates);
        let turned: Vec<Vec<u32>> = ballots.iter()
            .map(|ballot| { let mut turned = ballot.clone(); turned.rotate_right(by); turned })
            .collect();
        let method = Method::Stv { seats, blank: false };
        let (one, other) = (counted(&method, candidates, &ballots), counted(&method, candidates, &turned));
        // Ties are broken by the order of the question; without them it does not matter.
        if one.outcome.ties.is_empty() {
            let renamed: BTreeSet<usize> = one.outcome.elected.iter().map(|c| (c + by) % candidates).collect();
            prop_assert_eq!(renamed, other.outcome.elected.into_iter().collect::<BTreeSet<usize>>());
            prop_assert!(other.outcome.ties.is_empty());
        }
    }

    #[test]
    fn ties_are_broken_by_the_order_of_the_question((seats, candidates, ballots) in elections()) {
        let count = counted(&Method::Stv { seats, blank: false }, candidates, &ballots);
        let rounds = stv_rounds(&count);
        for tie in &count.outcome.ties {
            prop_assert!(tie.candidates.len() > 1);
            let (round, taken) = match tie.place {
                Place::Election { round } => (round, tie.candidates.first()),
                Place::Exclusion { round } => (round, tie.candidates.last()),
                place => panic!("no such tie in this method: {place:?}"),
            };
            prop_assert_eq!(tie.taken.as_ref(), taken);
            let votes = |candidate: &usize| rounds[round].votes[*candidate].clone();
            prop_assert!(tie.candidates.iter().all(|candidate| votes(candidate) == votes(&tie.candidates[0])));
            let acted = match &rounds[round].action {
                Action::Elected { candidate, .. } | Action::Excluded { candidate } => Some(*candidate),
                _ => None,
            };
            prop_assert_eq!(acted, tie.taken);
        }
    }

    /// Droop's proportionality for solid coalitions (M. Dummett, Voting Procedures, 1984; D. R. Woodall, Voting matters 3,
    /// 1994): voters who fill k quotas and rank the same candidates before all others elect k of them, or all.
    #[test]
    fn solid_coalitions_get_their_seats((seats, candidates, ballots) in elections(), size in any::<prop::sample::Index>()) {
        let coalition = size.index(candidates) + 1;
        let count = counted(&Method::Stv { seats, blank: false }, candidates, &ballots);
        // The first so many candidates are the coalition; its voters rank all of them, before all others.
        let most = u32::try_from(coalition).expect("a small number");
        let is_solid = |ballot: &&Vec<u32>| ballot[..coalition].iter().all(|&rank| (1..=most).contains(&rank));
        let voters = ballots.iter().filter(is_solid).count();
        let quota = ballots.len() / (seats as usize + 1) + 1;
        let elected = count.outcome.elected.iter().filter(|&&candidate| candidate < coalition).count();
        prop_assert!(elected >= (voters / quota).min(coalition));
    }
}

/// Twenty seats: fractions of so many surpluses would have millions of digits, and are cut off (rule K46).
#[test]
fn long_fractions_are_cut_off_and_accounted_for() {
    let mut numbers = Numbers(2_463_534_242);
    let candidates = 24;
    let ballots: Vec<Vec<u32>> = (0..600)
        .map(|_| {
            let mut ballot = vec![0; candidates];
            for (rank, candidate) in (1..).zip(numbers.order(candidates)) {
                ballot[candidate] = rank;
            }
            ballot
        })
        .collect();
    let count = counted(&Method::Stv { seats: 20, blank: false }, candidates, &ballots);
    let rounded = follow(&count);
    assert!(rounded > 0, "the election is long enough to be rounded");
    assert_eq!(count.outcome.elected.len(), 20);
    let last = stv_rounds(&count).last().map(|round| round.cut_off.clone()).expect("a round");
    // 600 ballots lose less than 10^-100 each, in each rounding.
    assert!(last > Fraction::zero());
    assert_eq!(last.decimal(97), format!("0.{}", "0".repeat(97)).as_str().to_owned());
}
