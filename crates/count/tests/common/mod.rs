//! Ways to write questions and to read counts, for several files of tests.
#![allow(dead_code)]

use adil_count::{Count, Input, Method, Middle, Pairwise, Round, StvRound, count};

/// Counts ballots that are known to be countable.
pub(crate) fn counted(method: &Method, candidates: usize, ballots: &[Vec<u32>]) -> Count {
    count(method, Input::Ballots { candidates, ballots }).expect("a question that can be counted")
}

/// Majority judgment with so many grades.
pub(crate) fn judgment(grades: usize, blank: bool, middle: Middle) -> Method {
    let grades = (1..=grades).map(|grade| format!("Grade {grade}")).collect();
    Method::MajorityJudgment { grades, blank, middle }
}

/// Ballots from lines like `5 ACBED`: so many ballots that rank letters in this order; letters from A on.
pub(crate) fn ballots(candidates: usize, lines: &[(usize, &str)]) -> Vec<Vec<u32>> {
    let ballot = |order: &str| {
        let mut ranks = vec![0; candidates];
        for (rank, letter) in (1..).zip(order.bytes()) {
            ranks[usize::from(letter - b'A')] = rank;
        }
        ranks
    };
    lines.iter().flat_map(|&(times, order)| std::iter::repeat_n(ballot(order), times)).collect()
}

pub(crate) fn pairwise(count: &Count) -> &Pairwise {
    match count.rounds.as_slice() {
        [Round::Pairwise(pairwise)] => pairwise,
        rounds => panic!("one round of pairwise preferences, not {rounds:?}"),
    }
}

pub(crate) fn stv_rounds(count: &Count) -> Vec<&StvRound> {
    count
        .rounds
        .iter()
        .map(|round| match round {
            Round::Stv(round) => round.as_ref(),
            other => panic!("a round of transferable votes, not {other:?}"),
        })
        .collect()
}

/// A stream of numbers that is the same everywhere (Marsaglia's xorshift64, 2003).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 16) % u64::from(bound)).expect("a number below 2^32")
    }

    /// The numbers 0 to n - 1 in some order.
    pub(crate) fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for last in (1..n).rev() {
            let bound = u32::try_from(last + 1).expect("a small number");
            order.swap(last, self.below(bound) as usize);
        }
        order
    }
}
