//! Where the ciphertexts of an election's questions stand, in a ballot and in the tally.

use crate::setup::{Election, Question};

/// The questions as places for ciphertexts, numbered through a whole ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slots {
    pub(crate) questions: Vec<QuestionSlots>,
    /// How many places there are.
    pub(crate) count: usize,
}

/// The places of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QuestionSlots {
    /// The first place.
    pub(crate) first: usize,
    /// What kind of question it is.
    pub(crate) kind: SlotKind,
}

/// How the places of a question are grouped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SlotKind {
    /// That many places, added up.
    Homomorphic(usize),
    /// One place, for a vector of that length, shuffled.
    NonHomomorphic(usize),
    /// Lists of places, added up.
    Lists(Vec<usize>),
}

impl Slots {
    pub(crate) fn of(election: &Election) -> Self {
        let mut count = 0;
        let mut slots = |question: &Question| {
            let first = count;
            count += question.ciphertexts();
            let kind = match question {
                Question::Homomorphic { .. } => SlotKind::Homomorphic(question.ciphertexts()),
                Question::NonHomomorphic { answers, .. } => SlotKind::NonHomomorphic(answers.len()),
                Question::Lists { lists, .. } => SlotKind::Lists(lists.iter().map(Vec::len).collect()),
            };
            QuestionSlots { first, kind }
        };
        let questions = election.questions.iter().map(&mut slots).collect();
        Self { questions, count }
    }
}

impl QuestionSlots {
    /// How many places it has in a ballot.
    pub(crate) fn len(&self) -> usize {
        match &self.kind {
            SlotKind::Homomorphic(count) => *count,
            SlotKind::NonHomomorphic(_) => 1,
            SlotKind::Lists(lists) => lists.iter().sum(),
        }
    }

    /// Whether it is shuffled rather than added up.
    pub(crate) fn is_shuffled(&self) -> bool {
        matches!(self.kind, SlotKind::NonHomomorphic(_))
    }
}
