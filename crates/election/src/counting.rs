//! From the result of a board to who is elected: the counting methods, applied to each question.

use adil_belenios::{Election, Outcome, Question};
use adil_count::{Count, CountError, Input, Method, Middle, count};

use crate::CountingMethod;

/// What a question's votes come to by its counting method.
#[derive(Debug, Clone)]
pub struct QuestionCount {
    /// The question, from 0.
    pub question: usize,
    /// The method.
    pub method: Method,
    /// Votes that the question counts blank under encryption.
    pub blank: Option<u128>,
    /// Every round and the outcome.
    pub count: Result<Count, CountError>,
}

/// The method of counting that adil's own arithmetic has for a declared one.
///
/// Of an even number of grades the deployed tools take the better one of the middle two, so that is what counts.
fn method(declared: &CountingMethod) -> Method {
    match declared {
        CountingMethod::Plurality { seats } => Method::Plurality { seats: *seats },
        CountingMethod::Approval { seats } => Method::Approval { seats: *seats },
        CountingMethod::Schulze { blank } => Method::Schulze { blank: *blank },
        CountingMethod::Stv { blank, seats } => Method::Stv { seats: *seats, blank: *blank },
        CountingMethod::MajorityJudgment { blank, grades } => {
            Method::MajorityJudgment { grades: grades.clone(), blank: *blank, middle: Middle::Upper }
        }
    }
}

/// The counts of all questions that have a method: the one that the log declares, or else that of the election's record.
pub fn count_questions(
    election: &Election,
    outcomes: &[Outcome],
    declared: &[Option<CountingMethod>],
) -> Vec<QuestionCount> {
    let mut counts = Vec::new();
    for (question, (asked, outcome)) in election.questions.iter().zip(outcomes).enumerate() {
        let in_record = || {
            let extra = election.extras.get(question)?.as_ref()?;
            CountingMethod::from_extra(extra).ok()
        };
        let Some(declared) = declared.get(question).cloned().flatten().or_else(in_record) else { continue };
        let method = method(&declared);
        let (blank, count) = match (asked, outcome) {
            (Question::Homomorphic { blank, .. }, Outcome::Numbers(numbers)) => {
                let (flag, totals) = numbers.split_at(usize::from(*blank).min(numbers.len()));
                (flag.first().copied(), count(&method, Input::Totals(totals)))
            }
            (Question::NonHomomorphic { answers, .. }, Outcome::Votes(ballots)) => {
                (None, count(&method, Input::Ballots { candidates: answers.len(), ballots }))
            }
            _ => continue,
        };
        counts.push(QuestionCount { question, method, blank, count });
    }
    counts
}
