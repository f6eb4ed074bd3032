//! Which answers a question takes.

use adil_belenios::Question;
use zeroize::Zeroizing;

use super::{Answer, AnswerProblem};
use crate::{Contest, CountingMethod};

/// The answer that the numbers give, for a question of choices or of numbers.
pub(super) fn numbers(contest: &Contest, numbers: &[u32]) -> Result<Answer, AnswerProblem> {
    match &contest.question {
        Question::Homomorphic { answers, blank, min, max, .. } => {
            let expected = answers.len() + usize::from(*blank);
            if numbers.len() != expected {
                return Err(AnswerProblem::Length { found: numbers.len(), expected, blank: *blank });
            }
            let flags = Zeroizing::new(flags(numbers)?);
            let (is_blank, chosen) = match flags.split_first() {
                Some((is_blank, chosen)) if *blank => (*is_blank, chosen),
                _ => (false, flags.as_slice()),
            };
            choices(is_blank, chosen, *min, *max)
        }
        Question::NonHomomorphic { answers, .. } => {
            if numbers.len() != answers.len() {
                let (found, expected) = (numbers.len(), answers.len());
                return Err(AnswerProblem::Length { found, expected, blank: false });
            }
            vector(contest.counting.as_ref(), numbers)?;
            Ok(Answer::Vector(numbers.to_vec()))
        }
        Question::Lists { .. } => Err(AnswerProblem::FormOfLists),
    }
}

fn flags(numbers: &[u32]) -> Result<Vec<bool>, AnswerProblem> {
    if numbers.iter().any(|number| *number > 1) {
        return Err(AnswerProblem::NotZeroOrOne);
    }
    Ok(numbers.iter().map(|number| *number == 1).collect())
}

fn choices(is_blank: bool, chosen: &[bool], min: u32, max: u32) -> Result<Answer, AnswerProblem> {
    let count = chosen.iter().filter(|chosen| **chosen).count();
    if is_blank {
        return if count == 0 { Ok(Answer::Blank) } else { Err(AnswerProblem::BlankWithChoices) };
    }
    let is_in_range = u32::try_from(count).is_ok_and(|count| (min..=max).contains(&count));
    if is_in_range {
        Ok(Answer::Choices(chosen.to_vec()))
    } else {
        Err(AnswerProblem::Range { chosen: count, min, max })
    }
}

/// Checks ranks or grades by the method that counts them.
fn vector(counting: Option<&CountingMethod>, numbers: &[u32]) -> Result<(), AnswerProblem> {
    let Some(method) = counting else {
        return if numbers.iter().all(|number| *number < 256) { Ok(()) } else { Err(AnswerProblem::NumberRange) };
    };
    if numbers.iter().all(|number| *number == 0) {
        return if method.allows_blank() { Ok(()) } else { Err(AnswerProblem::NoBlank) };
    }
    match method {
        CountingMethod::MajorityJudgment { grades, .. } => {
            let most = grades.len();
            if numbers.iter().any(|grade| usize::try_from(*grade).map_or(true, |grade| grade > most)) {
                return Err(AnswerProblem::GradeRange { most });
            }
            let missing = numbers.iter().position(|grade| *grade == 0);
            missing.map_or(Ok(()), |place| Err(AnswerProblem::GradeMissing { answer: place + 1 }))
        }
        CountingMethod::Stv { .. } => ranks(numbers).and_then(|()| order(numbers)),
        _ => ranks(numbers),
    }
}

fn ranks(numbers: &[u32]) -> Result<(), AnswerProblem> {
    let most = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    if numbers.iter().any(|rank| *rank > most) { Err(AnswerProblem::RankRange { most }) } else { Ok(()) }
}

/// Ranks that are 1, 2, 3 and so on, each once.
fn order(numbers: &[u32]) -> Result<(), AnswerProblem> {
    let mut given = Zeroizing::new(numbers.to_vec());
    given.retain(|rank| *rank > 0);
    given.sort_unstable();
    for (rank, given) in (1..).zip(given.iter()) {
        match given.cmp(&rank) {
            std::cmp::Ordering::Less => return Err(AnswerProblem::RankTwice { rank: *given }),
            std::cmp::Ordering::Greater => return Err(AnswerProblem::RankGap { rank }),
            std::cmp::Ordering::Equal => {}
        }
    }
    Ok(())
}

/// The answer that numbers for each list give: its own first, then those of its candidates.
pub(super) fn lists(lists: &[Vec<String>], numbers: &[Zeroizing<Vec<u32>>]) -> Result<Answer, AnswerProblem> {
    if numbers.len() != lists.len() {
        return Err(AnswerProblem::Length { found: numbers.len(), expected: lists.len(), blank: false });
    }
    let mut given = Vec::with_capacity(numbers.len());
    for (list, numbers) in lists.iter().zip(numbers) {
        if numbers.len() != list.len() {
            return Err(AnswerProblem::Length { found: numbers.len(), expected: list.len(), blank: false });
        }
        given.push(Zeroizing::new(flags(numbers)?));
    }
    let chosen: Vec<usize> = (0..given.len()).filter(|list| given.get(*list).is_some_and(|flags| has(flags))).collect();
    let &[list] = chosen.as_slice() else {
        return Err(AnswerProblem::ListCount { chosen: chosen.len() });
    };
    let mut candidates = Vec::new();
    for (place, flags) in given.iter().enumerate() {
        let of_list = flags.get(1..).unwrap_or_default();
        if place == list {
            candidates = of_list.to_vec();
        } else if of_list.contains(&true) {
            return Err(AnswerProblem::CandidateOfAnotherList);
        }
    }
    let answer = Answer::Lists { list, candidates };
    match &answer {
        Answer::Lists { candidates, .. } if !candidates.contains(&true) => Err(AnswerProblem::NoCandidate),
        _ => Ok(answer),
    }
}

/// Whether the list itself is chosen.
fn has(flags: &[bool]) -> bool {
    flags.first().is_some_and(|flag| *flag)
}
