//! What must hold of every election: of all methods, of Schulze's and of majority judgment.

mod common;

use adil_count::{Count, Input, Method, Middle, Outcome, Place, Round, Strength, count};
use common::{counted, judgment, pairwise};
use proptest::prelude::*;

/// Ballots of up to 6 candidates with numbers from 0 to `highest`.
fn elections(highest: u32) -> impl Strategy<Value = (usize, Vec<Vec<u32>>)> {
    (1usize..=6).prop_flat_map(move |candidates| {
        let ballots = prop::collection::vec(prop::collection::vec(0..=highest, candidates), 0..25);
        (Just(candidates), ballots)
    })
}

/// Such an election, and the candidates in another order.
fn permuted_elections(highest: u32) -> impl Strategy<Value = (usize, Vec<Vec<u32>>, Vec<usize>)> {
    elections(highest).prop_flat_map(|(candidates, ballots)| {
        let order: Vec<usize> = (0..candidates).collect();
        (Just(candidates), Just(ballots), Just(order).prop_shuffle())
    })
}

fn methods() -> [Method; 6] {
    [
        Method::Schulze { blank: false },
        Method::Schulze { blank: true },
        judgment(4, false, Middle::Lower),
        judgment(4, true, Middle::Upper),
        Method::Stv { seats: 1, blank: false },
        Method::Stv { seats: 1, blank: true },
    ]
}

/// Groups with the candidates that stand at their places in another order, each in the order of the question.
fn renamed(ranking: &[Vec<usize>], order: &[usize]) -> Vec<Vec<usize>> {
    let rename = |group: &Vec<usize>| {
        let mut group: Vec<usize> = group.iter().map(|&candidate| order[candidate]).collect();
        group.sort_unstable();
        group
    };
    ranking.iter().map(rename).collect()
}

/// Ballots on which candidate `order[c]` has what candidate `c` has on the given ones.
fn permuted(ballots: &[Vec<u32>], order: &[usize]) -> Vec<Vec<u32>> {
    let permute = |ballot: &Vec<u32>| {
        let mut permuted = vec![0; ballot.len()];
        for (&to, &number) in order.iter().zip(ballot) {
            permuted[to] = number;
        }
        permuted
    };
    ballots.iter().map(permute).collect()
}

/// The strongest path by trying all of them.
fn strongest(links: &[Vec<Strength>], from: usize, to: usize, seen: &mut Vec<usize>) -> Strength {
    let mut best = links[from][to];
    seen.push(from);
    for via in 0..links.len() {
        if via != to && !seen.contains(&via) {
            best = best.max(links[from][via].min(strongest(links, via, to, seen)));
        }
    }
    seen.pop();
    best
}

fn group_of(outcome: &Outcome, candidate: usize) -> usize {
    outcome.ranking.iter().position(|group| group.contains(&candidate)).expect("everybody has a place")
}

/// Takes middle grades away one after another.
fn majority_value(mut grades: Vec<u32>, middle: Middle) -> Vec<u32> {
    grades.sort_unstable();
    let mut value = Vec::new();
    while !grades.is_empty() {
        let place = if middle == Middle::Lower { grades.len() / 2 } else { (grades.len() - 1) / 2 };
        value.push(grades.remove(place));
    }
    value
}

fn steps(count: &Count) -> usize {
    count.rounds.iter().filter(|round| matches!(round, Round::Median(_))).count()
}

proptest! {
    #[test]
    fn no_ballot_is_lost((candidates, ballots) in elections(5)) {
        for method in methods() {
            let count = counted(&method, candidates, &ballots);
            let aside = count.blank.iter().copied().chain(count.invalid.iter().map(|invalid| invalid.ballot));
            let aside: std::collections::BTreeSet<usize> = aside.collect();
            prop_assert_eq!(aside.len(), count.blank.len() + count.invalid.len());
            prop_assert_eq!(count.counted, Some(ballots.len() - aside.len()));
            prop_assert!(aside.iter().all(|&index| index < ballots.len()));
        }
    }

    #[test]
    fn the_order_of_voters_changes_nothing(
        (candidates, ballots) in elections(5),
        order in any::<prop::sample::Index>(),
    ) {
        let mut turned = ballots.clone();
        turned.reverse();
        if !turned.is_empty() {
            let by = order.index(turned.len());
            turned.rotate_left(by);
        }
        for method in methods() {
            let (one, other) = (counted(&method, candidates, &ballots), counted(&method, candidates, &turned));
            prop_assert_eq!(one.rounds, other.rounds);
            prop_assert_eq!(one.outcome, other.outcome);
        }
    }

    #[test]
    fn candidates_in_another_order_stand_in_the_same_places((candidates, ballots, order) in permuted_elections(4)) {
        for method in &methods()[..4] {
            let one = counted(method, candidates, &ballots).outcome.ranking;
            let other = counted(method, candidates, &permuted(&ballots, &order)).outcome.ranking;
            prop_assert_eq!(renamed(&one, &order), other);
        }
    }

    #[test]
    fn ties_are_the_groups_of_several((candidates, ballots) in elections(3)) {
        for method in &methods()[..4] {
            let outcome = counted(method, candidates, &ballots).outcome;
            let ranked: usize = outcome.ranking.iter().map(Vec::len).sum();
            prop_assert_eq!(ranked, candidates);
            let groups = outcome.ranking.iter().enumerate().filter(|(_, group)| group.len() > 1);
            let expected: Vec<_> = groups.map(|(group, candidates)| (Place::Rank { group }, candidates)).collect();
            let ties: Vec<_> = outcome.ties.iter().map(|tie| (tie.place, &tie.candidates)).collect();
            prop_assert_eq!(ties, expected);
        }
    }

    #[test]
    fn nobody_is_elected_before_a_larger_total(
        totals in prop::collection::vec(0u128..6, 1..8),
        part in any::<prop::sample::Index>(),
    ) {
        let seats = part.index(totals.len()) + 1;
        let method = Method::Plurality { seats: u32::try_from(seats).expect("a small number") };
        let outcome = count(&method, Input::Totals(&totals)).expect("a question that can be counted").outcome;
        prop_assert_eq!(outcome.elected.len() + outcome.open_seats, seats);
        for candidate in 0..totals.len() {
            let above = totals.iter().filter(|&&total| total > totals[candidate]).count();
            let level = totals.iter().filter(|&&total| total == totals[candidate]).count();
            // Elected are those who would be with any order of the tied.
            prop_assert_eq!(outcome.elected.contains(&candidate), above + level <= seats);
        }
    }

    #[test]
    fn schulze_takes_the_strongest_of_all_paths((candidates, ballots) in elections(4)) {
        let count = counted(&Method::Schulze { blank: false }, candidates, &ballots);
        let round = pairwise(&count);
        let link = |a: usize, b: usize| match (round.preferences[a][b], round.preferences[b][a]) {
            (winning, losing) if winning > losing => Strength { winning, losing },
            _ => Strength { winning: 0, losing: 0 },
        };
        let links: Vec<Vec<Strength>> = (0..candidates)
            .map(|a| (0..candidates).map(|b| link(a, b)).collect())
            .collect();
        for a in 0..candidates {
            for b in (0..candidates).filter(|&b| b != a) {
                prop_assert_eq!(round.strengths[a][b], strongest(&links, a, b, &mut Vec::new()));
                if round.strengths[a][b] > round.strengths[b][a] {
                    prop_assert!(group_of(&count.outcome, a) < group_of(&count.outcome, b));
                }
            }
        }
    }

    #[test]
    fn who_beats_everybody_is_first_and_who_loses_to_everybody_last((candidates, ballots) in elections(4)) {
        let count = counted(&Method::Schulze { blank: false }, candidates, &ballots);
        let round = pairwise(&count);
        for a in 0..candidates {
            let mut others = (0..candidates).filter(|&b| b != a);
            if others.clone().all(|b| round.preferences[a][b] > round.preferences[b][a]) {
                prop_assert_eq!(&count.outcome.ranking[0], &vec![a]);
            }
            if others.all(|b| round.preferences[a][b] < round.preferences[b][a]) {
                prop_assert_eq!(count.outcome.ranking.last(), Some(&vec![a]));
            }
        }
    }

    #[test]
    fn reversed_rankings_reverse_every_path((candidates, ballots) in elections(4)) {
        let reversed: Vec<Vec<u32>> = ballots.iter()
            .map(|ballot| ballot.iter().map(|&rank| if rank == 0 { 1 } else { 10 - rank }).collect())
            .collect();
        let method = Method::Schulze { blank: false };
        let (one, other) = (counted(&method, candidates, &ballots), counted(&method, candidates, &reversed));
        for a in 0..candidates {
            for b in (0..candidates).filter(|&b| b != a) {
                prop_assert_eq!(pairwise(&one).strengths[a][b], pairwise(&other).strengths[b][a]);
            }
        }
    }

    #[test]
    fn a_twin_changes_nothing_between_the_others((candidates, ballots) in elections(4)) {
        // The last candidate stands twice, and every voter ranks both equally.
        let twins: Vec<Vec<u32>> = ballots.iter()
            .map(|ballot| ballot.iter().chain(ballot.last()).copied().collect())
            .collect();
        let method = Method::Schulze { blank: false };
        let one = counted(&method, candidates, &ballots).outcome.ranking;
        let mut other = counted(&method, candidates + 1, &twins).outcome.ranking;
        prop_assert!(other.iter().any(|group| group.contains(&(candidates - 1)) && group.contains(&candidates)));
        other.iter_mut().for_each(|group| group.retain(|&candidate| candidate < candidates));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_better_rank_or_grade_does_not_take_the_first_place_away(
        (candidates, ballots) in elections(4),
        voter in any::<prop::sample::Index>(),
    ) {
        let ballots: Vec<Vec<u32>> = ballots.iter()
            .map(|ballot| ballot.iter().map(|&number| number.max(1)).collect())
            .collect();
        prop_assume!(!ballots.is_empty());
        for method in &methods()[..4] {
            let before = counted(method, candidates, &ballots).outcome;
            let favourite = before.ranking[0][0];
            let mut raised = ballots.clone();
            raised[voter.index(ballots.len())][favourite] = 1;
            let after = counted(method, candidates, &raised).outcome;
            prop_assert!(after.ranking[0].contains(&favourite));
        }
    }

    #[test]
    fn majority_judgment_is_the_order_of_majority_values((candidates, ballots) in elections(4)) {
        let ballots: Vec<Vec<u32>> = ballots.into_iter()
            .filter(|ballot| ballot.iter().all(|&grade| grade > 0))
            .collect();
        for middle in [Middle::Lower, Middle::Upper] {
            let count = counted(&judgment(4, false, middle), candidates, &ballots);
            let value = |candidate: usize| {
                majority_value(ballots.iter().map(|ballot| ballot[candidate]).collect(), middle)
            };
            let mut expected: Vec<(Vec<u32>, usize)> = (0..candidates).map(|c| (value(c), c)).collect();
            expected.sort();
            let expected: Vec<Vec<usize>> = expected.chunk_by(|a, b| a.0 == b.0)
                .map(|group| group.iter().map(|&(_, candidate)| candidate).collect())
                .collect();
            prop_assert_eq!(&count.outcome.ranking, &expected);
            for round in &count.rounds {
                let Round::Median(step) = round else { continue };
                let removed = usize::try_from(step.removed).expect("a small number");
                let values: Vec<Vec<u32>> = step.candidates.iter().map(|&candidate| value(candidate)).collect();
                prop_assert!(values.iter().all(|value| value[..removed] == values[0][..removed]));
                let next: Vec<u32> = values.iter().map(|value| value[removed]).collect();
                prop_assert_eq!(&next, &step.grades);
            }
            prop_assert!(steps(&count) < candidates);
        }
    }

    #[test]
    fn the_upper_middle_is_the_lower_one_upside_down((candidates, ballots) in elections(3)) {
        let ballots: Vec<Vec<u32>> = ballots.iter()
            .map(|ballot| ballot.iter().map(|&grade| grade + 1).collect())
            .collect();
        let reversed: Vec<Vec<u32>> = ballots.iter()
            .map(|ballot| ballot.iter().map(|&grade| 5 - grade).collect())
            .collect();
        let upper = counted(&judgment(4, false, Middle::Upper), candidates, &ballots).outcome.ranking;
        let mut lower = counted(&judgment(4, false, Middle::Lower), candidates, &reversed).outcome.ranking;
        lower.reverse();
        prop_assert_eq!(upper, lower);
    }
}
