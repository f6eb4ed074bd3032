//! What a voter answers, before it is encrypted.
//!
//! Two forms are read: JSON as the deployed tools take it, and words such as `Chair=Answer 2`. Both go through the same
//! checks (`docs/spec/plan.md`). What a voter chose is wiped from memory when it is dropped, and no `Debug` shows it.
//! Messages about faults may name what the voter wrote: they are for her eyes and are never kept.

mod choose;
mod fault;
mod json;
mod valid;

use std::fmt;

use adil_belenios::Question;
pub use fault::{AnswerFault, AnswerProblem, AnswersError};
use zeroize::{Zeroize as _, Zeroizing};

use crate::Contest;

/// The answer to one question. It is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// Which answers are chosen, one flag for each.
    Choices(Vec<bool>),
    /// A blank vote, where a question of choices allows it.
    Blank,
    /// A rank or a grade for each answer; all zeros are a blank vote.
    Vector(Vec<u32>),
    /// One list, and some of its candidates.
    Lists {
        /// The list, from 0.
        list: usize,
        /// Which of its candidates are chosen, one flag for each; at least one is.
        candidates: Vec<bool>,
    },
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Answer(..)")
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        match self {
            Self::Choices(chosen) => chosen.zeroize(),
            Self::Blank => {}
            Self::Vector(numbers) => numbers.zeroize(),
            Self::Lists { list, candidates } => {
                list.zeroize();
                candidates.zeroize();
            }
        }
    }
}

impl Answer {
    /// The numbers that are encrypted, in the order of the ballot's ciphertexts: for choices 0 or 1 for each answer,
    /// before them the blank vote where the question allows it; ranks or grades; for lists 0 or 1 for each list and
    /// then its candidates, list after list. For another question than the one that was answered they mean nothing.
    pub fn numbers(&self, question: &Question) -> Zeroizing<Vec<u32>> {
        let mut numbers = Zeroizing::new(Vec::with_capacity(question.ciphertexts() + self.len() + 1));
        let has_blank = matches!(question, Question::Homomorphic { blank: true, .. });
        match (self, question) {
            (Self::Choices(chosen), _) => {
                numbers.extend(has_blank.then_some(0));
                numbers.extend(chosen.iter().map(|chosen| u32::from(*chosen)));
            }
            (Self::Blank, _) => {
                numbers.push(1);
                numbers.resize(question.ciphertexts(), 0);
            }
            (Self::Vector(ranks), _) => numbers.extend_from_slice(ranks),
            (Self::Lists { list, candidates }, Question::Lists { lists, .. }) => {
                for (place, of) in lists.iter().enumerate() {
                    let is_chosen = place == *list;
                    numbers.push(u32::from(is_chosen));
                    let chosen =
                        |candidate: usize| is_chosen && candidates.get(candidate).is_some_and(|chosen| *chosen);
                    numbers.extend((0..of.len().saturating_sub(1)).map(|candidate| u32::from(chosen(candidate))));
                }
            }
            (Self::Lists { .. }, _) => {}
        }
        numbers
    }

    fn len(&self) -> usize {
        match self {
            Self::Choices(flags) | Self::Lists { candidates: flags, .. } => flags.len(),
            Self::Blank => 0,
            Self::Vector(numbers) => numbers.len(),
        }
    }
}

/// A voter's answers, one for each question, every one allowed by its question.
#[derive(Clone, PartialEq, Eq)]
pub struct Answers(Vec<Answer>);

impl fmt::Debug for Answers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Answers(..)")
    }
}

impl Answers {
    /// Reads answers as the deployed tools take them: a JSON list with one list of numbers for each question, such as
    /// `[[1,0,0],[2,1,3]]`.
    ///
    /// # Errors
    /// The voter's faults, by question.
    pub fn parse(contests: &[Contest], text: &str) -> Result<Self, AnswersError> {
        let tokens = json::tokens(text).map_err(AnswersError::of_all)?;
        let entries = json::entries(&tokens).ok_or_else(|| AnswersError::of_all(AnswerProblem::Form))?;
        if entries.len() != contests.len() {
            let problem = AnswerProblem::QuestionCount { found: entries.len(), expected: contests.len() };
            return Err(AnswersError::of_all(problem));
        }
        let answers = contests.iter().zip(entries).map(|(contest, entry)| match &contest.question {
            Question::Lists { lists, .. } => {
                valid::lists(lists, &json::lists(entry).ok_or(AnswerProblem::FormOfLists)?)
            }
            _ => valid::numbers(contest, &json::numbers(entry).ok_or(AnswerProblem::FormOfNumbers)?),
        });
        Self::of(contests, answers)
    }

    /// Reads answers as words, one text for each question: `Chair=Answer 2`, or by number `1=2`.
    ///
    /// # Errors
    /// The voter's faults, by question; a question that is not answered is one.
    pub fn choose(contests: &[Contest], choices: &[&str]) -> Result<Self, AnswersError> {
        let answers = choose::answers(contests, choices)?;
        Self::of(contests, answers.into_iter())
    }

    fn of(
        contests: &[Contest],
        answers: impl Iterator<Item = Result<Answer, AnswerProblem>>,
    ) -> Result<Self, AnswersError> {
        let mut sound = Vec::with_capacity(contests.len());
        let mut faults = Vec::new();
        for (place, (contest, answer)) in contests.iter().zip(answers).enumerate() {
            match answer {
                Ok(answer) => sound.push(answer),
                Err(problem) => faults.push(AnswerFault::of(place, contest, problem)),
            }
        }
        if faults.is_empty() { Ok(Self(sound)) } else { Err(AnswersError { faults }) }
    }

    /// The answers, in the order of the questions.
    pub fn as_slice(&self) -> &[Answer] {
        &self.0
    }

    /// What is encrypted of each answer.
    pub fn numbers(&self, contests: &[Contest]) -> Vec<adil_belenios::Answer> {
        let one = |(contest, answer): (&Contest, &Answer)| {
            let numbers = answer.numbers(&contest.question);
            match contest.question {
                Question::NonHomomorphic { .. } => adil_belenios::Answer::Vector(numbers.to_vec()),
                _ => adil_belenios::Answer::Bits(numbers.iter().map(|&number| u8::from(number == 1)).collect()),
            }
        };
        contests.iter().zip(&self.0).map(one).collect()
    }

    /// The answers as JSON, in the form that [`Answers::parse`] reads. `contests` are those that were answered.
    pub fn to_json(&self, contests: &[Contest]) -> Zeroizing<String> {
        let numbers = self.0.iter().zip(contests).map(|(answer, contest)| answer.numbers(&contest.question));
        json::write(contests.iter().zip(numbers))
    }
}
