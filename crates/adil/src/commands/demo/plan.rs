//! What is voted on in the demonstration, by whom, and what must come out.

use std::collections::BTreeMap;

use adil_belenios::Outcome;

use crate::hold::HoldFailure;

/// The plan of the election.
pub(super) const QUESTIONS: &str = r#"title = "Board of the reading society"
description = "A demonstration."
languages = ["en"]

[[question]]
title = "Who is to chair the society?"
kind = "choices"
answers = ["Answer A", "Answer B", "Answer C"]
min = 1
max = 1
blank = true
count = "plurality"

[[question]]
title = "Where is it to meet?"
kind = "ranked"
answers = ["North", "South", "East", "West"]
count = "schulze"
"#;

/// How many voters there are.
pub(super) const VOTERS: usize = 24;
/// The voters whose codes leak, from 0: half of all.
pub(super) const LEAKED: std::ops::Range<usize> = 0..12;
/// The trustees whose keys leak, from 1: one fewer than decrypt.
pub(super) const LEAKED_TRUSTEES: [usize; 2] = [2, 4];

/// A vote: the voter from 0, the answer chosen from 0 (3 is blank), the ranks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vote {
    pub(super) voter: usize,
    pub(super) chair: usize,
    pub(super) ranks: [u32; 4],
}

const fn vote(voter: usize, chair: usize, ranks: [u32; 4]) -> Vote {
    Vote { voter, chair, ranks }
}

/// The votes before the leak.
pub(super) const HONEST: &[Vote] = &[
    vote(0, 0, [1, 2, 3, 4]),
    vote(1, 1, [2, 1, 3, 4]),
    vote(2, 0, [1, 3, 2, 4]),
    vote(3, 3, [1, 1, 2, 2]),
    vote(4, 2, [4, 3, 2, 1]),
    vote(5, 0, [1, 2, 3, 4]),
    vote(6, 1, [2, 1, 4, 3]),
    vote(7, 0, [1, 2, 4, 3]),
    vote(12, 1, [3, 1, 2, 4]),
    vote(13, 0, [1, 2, 3, 4]),
    vote(14, 2, [4, 1, 2, 3]),
    vote(15, 0, [2, 1, 3, 4]),
    vote(16, 1, [1, 2, 3, 4]),
    vote(17, 0, [1, 4, 2, 3]),
    vote(18, 3, [1, 2, 2, 2]),
    vote(19, 0, [2, 3, 1, 4]),
    vote(20, 1, [3, 2, 1, 4]),
];

/// Voters who change their mind before the leak.
pub(super) const REVOTES: &[Vote] = &[vote(1, 0, [2, 1, 3, 4]), vote(14, 1, [4, 1, 2, 3]), vote(20, 1, [1, 2, 3, 4])];

/// What the attacker votes with every leaked code.
pub(super) const ATTACK: (usize, [u32; 4]) = (2, [4, 4, 4, 1]);

/// Votes with spare codes. Voter 7 had voted before the leak and does not vote again: that ballot still counts.
pub(super) const BY_SPARE: &[Vote] = &[
    vote(0, 0, [1, 2, 3, 4]),
    vote(1, 0, [2, 1, 3, 4]),
    vote(2, 0, [1, 3, 2, 4]),
    vote(3, 3, [1, 1, 2, 2]),
    vote(4, 1, [4, 3, 2, 1]),
    vote(5, 0, [1, 2, 3, 4]),
    vote(6, 1, [2, 1, 4, 3]),
    vote(8, 0, [1, 2, 3, 4]),
    vote(9, 1, [2, 1, 3, 4]),
    vote(10, 0, [1, 3, 2, 4]),
];

/// The last vote of every voter.
#[derive(Debug, Default)]
pub(super) struct Expected {
    last: BTreeMap<usize, Vote>,
}

impl Expected {
    /// The voter's last vote so far.
    pub(super) fn count(&mut self, vote: &Vote) {
        self.last.insert(vote.voter, *vote);
    }

    /// Whether the result is that of these votes and no others.
    pub(super) fn compare(&self, outcomes: &[Outcome]) -> Result<(), HoldFailure> {
        // Blank first.
        let mut chair = vec![0; 4];
        let mut ranks = Vec::new();
        for vote in self.last.values() {
            chair[(vote.chair + 1) % 4] += 1;
            ranks.push(vote.ranks.to_vec());
        }
        ranks.sort();
        let holds = match outcomes {
            [Outcome::Numbers(numbers), Outcome::Votes(votes)] => {
                let mut votes = votes.clone();
                votes.sort();
                *numbers == chair && votes == ranks
            }
            _ => false,
        };
        match holds {
            true => Ok(()),
            false => Err(HoldFailure::Order(format!("the result {outcomes:?} is not that of the honest votes"))),
        }
    }
}
