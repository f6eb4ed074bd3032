//! What can be wrong with a voter's answers. All of it is the voter's to mend.

use crate::Contest;
use crate::plan::shortened;

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerProblem {
    /// The text is no JSON of lists of whole numbers.
    #[error("byte {byte}: answers are lists of whole numbers in brackets, such as [[1,0,0],[2,1,3]]")]
    Json {
        /// The byte, from 0.
        byte: usize,
    },
    /// The whole is not a list with one entry for each question.
    #[error("the answers are one list, with a list for each question in it, such as [[1,0,0],[2,1,3]]")]
    Form,
    /// Another number of entries than of questions.
    #[error("there are {found} answers and {expected} questions")]
    QuestionCount {
        /// Entries.
        found: usize,
        /// Questions.
        expected: usize,
    },
    /// The entry is no list of numbers.
    #[error("the answer is a list of numbers, such as [1,0,0]")]
    FormOfNumbers,
    /// The entry is no list of lists of numbers.
    #[error("the answer is a list of numbers for each list, such as [[1,1,0],[0,0]]")]
    FormOfLists,
    /// Another number of numbers than of places.
    #[error("there are {found} numbers, and {expected} places{}", if *.blank { ", of which the first is for a blank vote" } else { "" })]
    Length {
        /// Numbers.
        found: usize,
        /// Places.
        expected: usize,
        /// Whether the first place is for a blank vote.
        blank: bool,
    },
    /// Another number than 0 or 1.
    #[error("an answer is chosen, 1, or not, 0")]
    NotZeroOrOne,
    /// Too few or too many are chosen.
    #[error("{chosen} are chosen; it takes {min} to {max}")]
    Range {
        /// Chosen.
        chosen: usize,
        /// The fewest.
        min: u32,
        /// The most.
        max: u32,
    },
    /// A blank vote with choices.
    #[error("a blank vote chooses nothing")]
    BlankWithChoices,
    /// A blank vote where none is allowed.
    #[error("the question takes no blank vote")]
    NoBlank,
    /// A rank above the number of answers.
    #[error("ranks go from 1 to {most}; 0 leaves an answer without")]
    RankRange {
        /// The number of answers.
        most: u32,
    },
    /// Two answers of the same rank, where the method takes none.
    #[error("the rank {rank} is given twice; this method takes every rank once")]
    RankTwice {
        /// The rank.
        rank: u32,
    },
    /// A rank is left out, where the method takes none.
    #[error("the rank {rank} is left out; ranks are 1, 2, 3 and so on")]
    RankGap {
        /// The rank.
        rank: u32,
    },
    /// A grade above the worst.
    #[error("grades go from 1, the best, to {most}")]
    GradeRange {
        /// The worst grade.
        most: usize,
    },
    /// Some answers have a grade and others none.
    #[error("every answer needs a grade; number {answer} has none")]
    GradeMissing {
        /// The answer, from 1.
        answer: usize,
    },
    /// A number that no ballot holds.
    #[error("numbers go from 0 to 255")]
    NumberRange,
    /// Not exactly one list.
    #[error("{chosen} lists are chosen; it takes one")]
    ListCount {
        /// Lists chosen.
        chosen: usize,
    },
    /// No candidate of the chosen list.
    #[error("a list is chosen with at least one of its candidates")]
    NoCandidate,
    /// A candidate of a list that is not chosen.
    #[error("candidates are chosen from the chosen list alone")]
    CandidateOfAnotherList,
    /// Words without a question.
    #[error("{0} is no `question=answer` with one of the questions, by its title or its number from 1")]
    NoQuestion(String),
    /// A question that is answered twice.
    #[error("the question is answered twice")]
    Twice,
    /// A question without an answer.
    #[error("the question is not answered")]
    NotAnswered,
    /// Words that are no answer.
    #[error("{found} is none of {what}")]
    Unknown {
        /// The words.
        found: String,
        /// What they should be one of.
        what: String,
    },
    /// An answer that is named twice.
    #[error("{0} is named twice")]
    NamedTwice(String),
    /// Words without the grade or rank.
    #[error("{0} has no grade; it is written answer:grade")]
    NoGrade(String),
    /// Some answers with a rank and others without.
    #[error("either every answer has a rank, as answer:rank, or they stand in order")]
    RankMixed,
}

/// What is wrong with the answer to one question, or with all answers together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", self.of_question())]
pub struct AnswerFault {
    /// The question, from 1, and its title; `None` where the answers cannot be told apart.
    pub question: Option<(usize, String)>,
    /// What is wrong.
    pub problem: AnswerProblem,
}

impl AnswerFault {
    pub(super) fn of(place: usize, contest: &Contest, problem: AnswerProblem) -> Self {
        Self { question: Some((place + 1, contest.question.title().to_owned())), problem }
    }

    fn of_question(&self) -> String {
        let question = self.question.as_ref();
        question.map_or_else(String::new, |(number, title)| format!("question {number} ({}): ", shortened(title)))
    }
}

/// Everything that is wrong with a voter's answers, by question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct AnswersError {
    /// At least one.
    pub faults: Vec<AnswerFault>,
}

impl AnswersError {
    pub(super) fn of_all(problem: AnswerProblem) -> Self {
        Self { faults: vec![AnswerFault { question: None, problem }] }
    }
}
