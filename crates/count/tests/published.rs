//! Elections that others have published with their counts.

mod common;

use adil_count::{Action, Method, Middle, Round};
use common::{ballots, counted, judgment, pairwise, stv_rounds};

/// M. Schulze, "Schulze method examples", example 1 (electowiki.org); also the example of "Schulze method" on Wikipedia.
#[test]
fn schulze_with_45_voters() {
    let lines = [
        (5, "ACBED"),
        (5, "ADECB"),
        (8, "BEDAC"),
        (3, "CABED"),
        (7, "CAEBD"),
        (2, "CBADE"),
        (7, "DCEBA"),
        (8, "EBADC"),
    ];
    let count = counted(&Method::Schulze { blank: false }, 5, &ballots(5, &lines));
    let preferences =
        [[0, 20, 26, 30, 22], [25, 0, 16, 33, 18], [19, 29, 0, 17, 24], [15, 12, 28, 0, 14], [23, 27, 21, 31, 0]];
    let strengths =
        [[0, 28, 28, 30, 24], [25, 0, 28, 33, 24], [25, 29, 0, 29, 24], [25, 28, 28, 0, 24], [25, 28, 28, 31, 0]];
    let round = pairwise(&count);
    for a in 0..5 {
        for b in (0..5).filter(|&b| b != a) {
            assert_eq!(round.preferences[a][b], preferences[a][b], "{a} against {b}");
            assert_eq!(round.strengths[a][b].winning, strengths[a][b], "from {a} to {b}");
        }
    }
    // E, A, C, B, D.
    assert_eq!(count.outcome.ranking, [vec![4], vec![0], vec![2], vec![1], vec![3]]);
    assert!(count.outcome.ties.is_empty());
}

/// "Majority judgment", Wikipedia: X with Good, Good, Fair, Poor and Y with Excellent, Fair, Fair, Fair both have the
/// majority grade Fair; without it X has Good.
#[test]
fn majority_judgment_with_four_grades() {
    let [excellent, good, fair, poor] = [1, 2, 3, 4];
    let ballots = [[good, excellent], [good, fair], [fair, fair], [poor, fair]].map(Vec::from);
    let count = counted(&judgment(4, false, Middle::Lower), 2, &ballots);
    let [Round::Grades(table), Round::Median(step)] = count.rounds.as_slice() else {
        panic!("grades and one step: {:?}", count.rounds)
    };
    assert_eq!(table.majority, [Some(fair), Some(fair)]);
    assert_eq!((step.removed, &step.grades), (1, &vec![good, fair]));
    assert_eq!(count.outcome.ranking, [vec![0], vec![1]]);
}

/// Lee Yingtong Li, "A conceptual primer on the single transferable vote", parts 4 to 6 (yingtongli.me, 2022): 100
/// ballots, three seats, the weighted inclusive Gregory method. Published are the quota and the votes after the exclusion
/// of Fish Owner; the votes after the surplus of Dog Owner 1, by the factor 9/35 for all of the 35 ballots, are worked out
/// from the rule as published: 28 ballots to Dog Owner 2, 6 to Cat Owner 2, 1 exhausted.
#[test]
fn transferable_votes_with_100_voters() {
    // A, B: Dog Owner 1 and 2; C, D: Cat Owner 1 and 2; E: Fish Owner.
    let lines = [(21, "ABECD"), (19, "BAECD"), (40, "CDEAB"), (6, "DCEAB"), (7, "EABCD"), (6, "EACDB"), (1, "EA")];
    let count = counted(&Method::Stv { seats: 3, blank: false }, 5, &ballots(5, &lines));
    let rounds = stv_rounds(&count);
    assert!(rounds.iter().all(|round| round.quota == 26));
    let votes = |round: usize| -> Vec<String> {
        rounds[round].votes.iter().map(|votes| votes.as_ref().map_or("-".to_owned(), ToString::to_string)).collect()
    };
    assert_eq!(votes(0), ["21", "19", "40", "6", "14"]);
    // 40 - 26 = 14 of Cat Owner 1 go to Cat Owner 2.
    assert_eq!(votes(1), ["21", "19", "-", "20", "14"]);
    assert_eq!(rounds[1].action, Action::Excluded { candidate: 4 });
    assert_eq!(votes(2), ["35", "19", "-", "20", "-"]);
    let Action::Elected { candidate: 0, surplus, factor } = &rounds[2].action else { panic!("{:?}", rounds[2].action) };
    assert_eq!((surplus.to_string(), factor.to_string()), ("9".to_owned(), "9/35".to_owned()));
    // 19 + 28 * 9/35 = 131/5; 20 + 6 * 9/35 = 754/35.
    assert_eq!(votes(3), ["-", "131/5", "-", "754/35", "-"]);
    assert_eq!(rounds[3].exhausted.to_string(), "9/35");
    assert_eq!(count.outcome.elected, [2, 0, 1]);
}

/// "Counting single transferable votes", Wikipedia, as retold on several pages: two seats, 57 voters, the quota 20.
/// Andrea's 40 votes are 20 too many; 12 go to Carter and 8 to Brad, who is excluded; Carter has 20.
#[test]
fn transferable_votes_with_57_voters() {
    // A Andrea, B Brad, C Carter, D Delilah.
    let lines = [(16, "ABCD"), (24, "ACBD"), (17, "DABC")];
    let count = counted(&Method::Stv { seats: 2, blank: false }, 4, &ballots(4, &lines));
    let rounds = stv_rounds(&count);
    assert_eq!(rounds[0].quota, 20);
    let moved: Vec<_> = rounds[0].transfers.iter().map(|moved| (moved.to, moved.votes.to_string())).collect();
    assert_eq!(moved, [(Some(1), "8".to_owned()), (Some(2), "12".to_owned())]);
    assert_eq!(rounds[1].action, Action::Excluded { candidate: 1 });
    assert_eq!(rounds[2].votes[2].as_ref().map(ToString::to_string).as_deref(), Some("20"));
    assert_eq!(count.outcome.elected, [0, 2]);
}
