//! What a count comes to: who stands where, who is elected, and every tie on the way (rules K5 and K6).

/// The outcome of a count. Candidates are their indices in the question, from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// All candidates, the best group first; those in one group are tied and stand in the order of the question. Empty
    /// for the single transferable vote, which does not rank.
    pub ranking: Vec<Vec<usize>>,
    /// The elected in the order of their election. Empty for methods that rank and fill no seats.
    pub elected: Vec<usize>,
    /// Seats that nobody has got: those that a tie leaves open ([`Place::LastSeats`]), and in the single transferable
    /// vote those that no ballot names a candidate for (rule K41).
    pub open_seats: usize,
    /// Every tie, in the order in which it arose.
    pub ties: Vec<Tie>,
}

/// Candidates that the rules cannot tell apart at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Who is tied, in the order of the question; two or more.
    pub candidates: Vec<usize>,
    /// Where.
    pub place: Place,
    /// Whom the written rule took to go on; `None` where the tie stands.
    pub taken: Option<usize>,
}

/// Where a tie is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// They share a group of the ranking.
    Rank {
        /// The group's index in [`Outcome::ranking`].
        group: usize,
    },
    /// They share the votes that would fill the last seats, and there are more of them than seats. Nobody of them is
    /// elected; a lot or a run-off has to decide.
    LastSeats {
        /// Seats left for them.
        seats: usize,
    },
    /// They have the most votes, at least the quota, in a round of the single transferable vote. One after another is
    /// elected; the order decides whose surplus is transferred first.
    Election {
        /// The round's index in [`crate::Count::rounds`].
        round: usize,
    },
    /// They have the fewest votes in a round of the single transferable vote, and one is excluded.
    Exclusion {
        /// The round's index in [`crate::Count::rounds`].
        round: usize,
    },
}

impl Outcome {
    /// The outcome of a method that ranks: a tie for each group of several.
    pub(crate) fn ranked(ranking: Vec<Vec<usize>>) -> Self {
        let ties = ranking.iter().enumerate().filter(|(_, group)| group.len() > 1);
        let ties = ties.map(|(group, candidates)| Tie {
            candidates: candidates.clone(),
            place: Place::Rank { group },
            taken: None,
        });
        Self { ties: ties.collect(), ranking, elected: Vec::new(), open_seats: 0 }
    }
}
