//! Questions and inputs that cannot be counted, and ballots that are set aside.

mod common;

use adil_count::{CountError, Input, InputKind, Invalid, InvalidReason, MAX_CANDIDATES, Method, Middle, Place, count};
use common::{counted, judgment, stv_rounds};

fn error(method: &Method, input: Input<'_>) -> CountError {
    count(method, input).expect_err("a question that cannot be counted")
}

fn no_ballots(candidates: usize) -> Input<'static> {
    Input::Ballots { candidates, ballots: &[] }
}

#[test]
fn questions_without_candidates_or_with_too_many() {
    let schulze = Method::Schulze { blank: false };
    assert_eq!(error(&schulze, no_ballots(0)), CountError::NoCandidates);
    assert_eq!(error(&Method::Plurality { seats: 1 }, Input::Totals(&[])), CountError::NoCandidates);
    let candidates = MAX_CANDIDATES + 1;
    assert_eq!(error(&schulze, no_ballots(candidates)), CountError::TooManyCandidates { candidates });
    assert!(count(&schulze, no_ballots(MAX_CANDIDATES)).is_ok());
}

#[test]
fn seats_are_one_to_the_number_of_candidates() {
    for seats in [0, 4, u32::MAX] {
        let expected = CountError::Seats { seats, candidates: 3 };
        assert_eq!(error(&Method::Stv { seats, blank: false }, no_ballots(3)), expected);
        assert_eq!(error(&Method::Approval { seats }, Input::Totals(&[1, 2, 3])), expected);
    }
    assert!(count(&Method::Approval { seats: 3 }, Input::Totals(&[1, 2, 3])).is_ok());
}

#[test]
fn grades_are_one_to_a_hundred() {
    for grades in [0, 101] {
        let method = judgment(grades, false, Middle::Lower);
        assert_eq!(error(&method, no_ballots(2)), CountError::Grades { grades });
    }
}

#[test]
fn a_method_counts_totals_or_ballots() {
    let expected = CountError::Kind { method: "stv", expected: InputKind::Ballots };
    assert_eq!(error(&Method::Stv { seats: 1, blank: false }, Input::Totals(&[1])), expected);
    let expected = CountError::Kind { method: "plurality", expected: InputKind::Totals };
    assert_eq!(error(&Method::Plurality { seats: 1 }, no_ballots(2)), expected);
}

#[test]
fn a_ballot_of_another_length_is_an_error_that_names_it() {
    let ballots = [vec![1, 2], vec![1, 2, 3]];
    let expected = CountError::BallotLength { ballot: 1, expected: 2, found: 3 };
    for method in [Method::Schulze { blank: true }, Method::Stv { seats: 1, blank: true }] {
        assert_eq!(error(&method, Input::Ballots { candidates: 2, ballots: &ballots }), expected);
    }
}

#[test]
fn ballots_set_aside_keep_their_indices_and_reasons() {
    let ballots = [vec![1, 2, 3], vec![0, 0, 0], vec![1, 1, 2], vec![0, 2, 3], vec![0, 0, 0], vec![1, u32::MAX, 2]];
    let count = counted(&Method::Stv { seats: 1, blank: true }, 3, &ballots);
    assert_eq!((count.counted, &count.blank), (Some(1), &vec![1, 4]));
    let invalid = |ballot, reason| Invalid { ballot, reason };
    let expected = [
        invalid(2, InvalidReason::RankTwice(1)),
        invalid(3, InvalidReason::RankMissing(1)),
        invalid(5, InvalidReason::RankMissing(3)),
    ];
    assert_eq!(count.invalid, expected);

    let ballots = [vec![1, 2], vec![0, 0], vec![1, 0], vec![4, 1]];
    let count = counted(&judgment(3, false, Middle::Lower), 2, &ballots);
    let expected = [
        invalid(1, InvalidReason::GradeMissing { candidate: 0 }),
        invalid(2, InvalidReason::GradeMissing { candidate: 1 }),
        invalid(3, InvalidReason::GradeUnknown { candidate: 0, grade: 4 }),
    ];
    assert_eq!((count.counted, &count.blank, count.invalid.as_slice()), (Some(1), &vec![], expected.as_slice()));
}

#[test]
fn blank_ballots_count_towards_the_quota_where_they_are_not_set_aside() {
    let ballots = [vec![1, 2], vec![1, 2], vec![2, 1], vec![0, 0], vec![0, 0], vec![0, 0]];
    let quota = |blank| stv_rounds(&counted(&Method::Stv { seats: 1, blank }, 2, &ballots))[0].quota;
    // floor(3 / 2) + 1 and floor(6 / 2) + 1.
    assert_eq!((quota(true), quota(false)), (2, 4));
}

#[test]
fn without_ballots_everybody_is_tied_or_nobody_elected() {
    for method in [Method::Schulze { blank: false }, judgment(3, false, Middle::Lower)] {
        let outcome = counted(&method, 3, &[]).outcome;
        assert_eq!(outcome.ranking, [vec![0, 1, 2]]);
        assert_eq!(outcome.ties[0].place, Place::Rank { group: 0 });
    }
    let outcome = counted(&Method::Stv { seats: 2, blank: false }, 3, &[]).outcome;
    assert_eq!((outcome.elected.as_slice(), outcome.open_seats), ([].as_slice(), 2));
}

#[test]
fn names_are_those_of_records() {
    let methods = [
        (Method::Plurality { seats: 1 }, "plurality"),
        (Method::Approval { seats: 1 }, "approval"),
        (Method::Schulze { blank: false }, "schulze"),
        (Method::Stv { seats: 1, blank: false }, "stv"),
        (judgment(2, false, Middle::Upper), "majority-judgment"),
    ];
    for (method, name) in methods {
        assert_eq!(method.name(), name);
    }
}
