//! Answers as words: `question=answer,answer`.
//!
//! Names are compared in small letters and with single spaces. A number from 1 stands for the name in that place, but
//! where one of the names is a number itself only names are taken. A name may have commas, colons and equals signs in it: of all ways to read a text,
//! the one that takes the longest names first is tried first.

use adil_belenios::Question;
use zeroize::Zeroizing;

use super::{Answer, AnswerFault, AnswerProblem, AnswersError, valid};
use crate::plan::{folded, shortened};
use crate::{Contest, CountingMethod};

/// An answer or a fault for each question.
pub(super) fn answers(
    contests: &[Contest],
    choices: &[&str],
) -> Result<Vec<Result<Answer, AnswerProblem>>, AnswersError> {
    let titles: Vec<&str> = contests.iter().map(|contest| contest.question.title()).collect();
    let titles = Names::of("the questions", &titles);
    let mut words: Vec<Vec<&str>> = vec![Vec::new(); contests.len()];
    let mut faults = Vec::new();
    for choice in choices {
        let split = splits(choice, '=').into_iter().find_map(|(title, rest)| Some((titles.find(title)?, rest)));
        match split.and_then(|(question, rest)| Some((words.get_mut(question)?, rest))) {
            Some((words, rest)) => words.push(rest),
            None => {
                let problem = AnswerProblem::NoQuestion(shortened(choice));
                faults.push(AnswerFault { question: None, problem });
            }
        }
    }
    if !faults.is_empty() {
        return Err(AnswersError { faults });
    }
    let answers = contests.iter().zip(&words).map(|(contest, words)| match words.as_slice() {
        [] => Err(AnswerProblem::NotAnswered),
        [words] => answer(contest, words),
        _ => Err(AnswerProblem::Twice),
    });
    Ok(answers.collect())
}

/// Both sides of every separator, the longest left side first.
fn splits(text: &str, separator: char) -> Vec<(&str, &str)> {
    text.rmatch_indices(separator).map(|(place, sign)| (&text[..place], &text[place + sign.len()..])).collect()
}

/// Names that words are looked up in.
struct Names<'a> {
    what: &'static str,
    names: Vec<&'a str>,
    folded: Vec<String>,
    takes_numbers: bool,
}

impl<'a> Names<'a> {
    fn of<T: AsRef<str>>(what: &'static str, names: &'a [T]) -> Self {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let folded: Vec<String> = names.iter().map(|name| folded(name)).collect();
        let takes_numbers = !folded.iter().any(|name| is_number(name));
        Self { what, names, folded, takes_numbers }
    }

    /// The place of a name, from 0.
    fn find(&self, words: &str) -> Option<usize> {
        let words = Zeroizing::new(folded(words));
        let by_name = self.folded.iter().position(|name| *name == *words);
        by_name.or_else(|| {
            let number: usize = words.parse().ok().filter(|_| self.takes_numbers && is_number(&words))?;
            let place = number.checked_sub(1)?;
            (place < self.names.len()).then_some(place)
        })
    }

    fn unknown(&self, words: &str) -> AnswerProblem {
        let some: Vec<String> = self.names.iter().take(20).map(|name| shortened(name)).collect();
        let more = if self.names.len() > some.len() { ", ..." } else { "" };
        let what = format!("{}: {}{more}", self.what, some.join(", "));
        AnswerProblem::Unknown { found: shortened(words.trim()), what }
    }

    /// The places that words with commas between them name; `read` says what one of them is.
    fn sequence<T>(&self, words: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, AnswerProblem> {
        let mut found = Vec::new();
        let mut rest = words;
        while !rest.trim().is_empty() {
            if let Some(last) = read(rest) {
                found.push(last);
                break;
            }
            let next = splits(rest, ',').into_iter().find_map(|(item, others)| Some((read(item)?, others)));
            let Some((item, others)) = next else {
                let first = rest.split(',').next().unwrap_or(rest);
                return Err(self.unknown(first));
            };
            found.push(item);
            rest = others;
        }
        Ok(found)
    }

    fn name(&self, place: usize) -> String {
        shortened(self.names.get(place).copied().unwrap_or_default())
    }

    /// One number for each name: `values` of the places that are named, and 0 of all others.
    fn numbers(&self, values: &[(usize, u32)]) -> Result<Zeroizing<Vec<u32>>, AnswerProblem> {
        let mut numbers = Zeroizing::new(vec![0; self.names.len()]);
        let mut is_named = Zeroizing::new(vec![false; self.names.len()]);
        for (place, value) in values {
            if let (Some(number), Some(is_named)) = (numbers.get_mut(*place), is_named.get_mut(*place)) {
                if *is_named {
                    return Err(AnswerProblem::NamedTwice(self.name(*place)));
                }
                (*number, *is_named) = (*value, true);
            }
        }
        Ok(numbers)
    }
}

fn answer(contest: &Contest, words: &str) -> Result<Answer, AnswerProblem> {
    match &contest.question {
        Question::Homomorphic { answers, blank, .. } => {
            let names = Names::of("the answers", answers);
            let mut numbers = Zeroizing::new(Vec::with_capacity(answers.len() + 1));
            if is_blank(words, &names) {
                if !blank {
                    return Err(AnswerProblem::NoBlank);
                }
                numbers.push(1);
                numbers.resize(answers.len() + 1, 0);
            } else {
                let chosen = names.sequence(words, |item| names.find(item))?;
                let chosen: Vec<(usize, u32)> = chosen.into_iter().map(|place| (place, 1)).collect();
                numbers.extend(blank.then_some(0));
                numbers.extend_from_slice(&names.numbers(&chosen)?);
            }
            valid::numbers(contest, &numbers)
        }
        Question::NonHomomorphic { answers, .. } => {
            let names = Names::of("the answers", answers);
            let values = if is_blank(words, &names) {
                Vec::new()
            } else if let Some(CountingMethod::MajorityJudgment { grades, .. }) = &contest.counting {
                graded(words, &names, grades)?
            } else {
                ranked(words, &names)?
            };
            valid::numbers(contest, &names.numbers(&values)?)
        }
        Question::Lists { lists, .. } => list(words, lists),
    }
}

/// Whether the words are the blank vote, and no answer is called so.
fn is_blank(words: &str, names: &Names<'_>) -> bool {
    folded(words) == "blank" && names.find("blank").is_none()
}

/// `answer:grade` for every answer.
fn graded(words: &str, names: &Names<'_>, grades: &[String]) -> Result<Vec<(usize, u32)>, AnswerProblem> {
    let grades = Names::of("the grades", grades);
    let pair = |item: &str| {
        let pair = |(answer, grade)| Some((names.find(answer)?, grades.find(grade)?));
        splits(item, ':').into_iter().find_map(pair)
    };
    let pairs = names.sequence(words, pair).map_err(|problem| why_no_pair(words, names, &grades, problem))?;
    Ok(pairs.into_iter().map(|(answer, grade)| (answer, number(grade))).collect())
}

/// The more exact of two messages: whether it is the answer or its grade that is unknown.
fn why_no_pair(words: &str, names: &Names<'_>, grades: &Names<'_>, problem: AnswerProblem) -> AnswerProblem {
    for item in words.split(',') {
        if names.find(item).is_some() {
            return AnswerProblem::NoGrade(shortened(item.trim()));
        }
        if let Some((_, grade)) = splits(item, ':').into_iter().find(|(answer, _)| names.find(answer).is_some())
            && grades.find(grade).is_none()
        {
            return grades.unknown(grade);
        }
    }
    problem
}

/// Answers in order, or `answer:rank` for each.
fn ranked(words: &str, names: &Names<'_>) -> Result<Vec<(usize, u32)>, AnswerProblem> {
    let item = |item: &str| {
        let pair = |(answer, rank): (&str, &str)| Some((names.find(answer)?, Some(rank.trim().parse::<u32>().ok()?)));
        let by_name = names.find(item).map(|place| (place, None));
        by_name.or_else(|| splits(item, ':').into_iter().find_map(pair))
    };
    let items = names.sequence(words, item)?;
    let with_rank = items.iter().filter(|(_, rank)| rank.is_some()).count();
    if with_rank != 0 && with_rank != items.len() {
        return Err(AnswerProblem::RankMixed);
    }
    let ranked = items.into_iter().enumerate().map(|(order, (place, rank))| (place, rank.unwrap_or(number(order))));
    Ok(ranked.collect())
}

/// The list, then its candidates.
fn list(words: &str, lists: &[Vec<String>]) -> Result<Answer, AnswerProblem> {
    let names: Vec<&str> = lists.iter().map(|list| list.first().map_or("", String::as_str)).collect();
    let names = Names::of("the lists", &names);
    let whole = names.find(words).map(|list| (list, ""));
    let parts = splits(words, ',').into_iter().find_map(|(list, rest)| Some((names.find(list)?, rest)));
    let Some((list, rest)) = whole.or(parts) else {
        return Err(names.unknown(words.split(',').next().unwrap_or(words)));
    };
    let mut numbers: Vec<Zeroizing<Vec<u32>>> = Vec::with_capacity(lists.len());
    for (place, of) in lists.iter().enumerate() {
        if place == list {
            let candidates = Names::of("the list's candidates", of.get(1..).unwrap_or_default());
            let chosen = candidates.sequence(rest, |item| candidates.find(item))?;
            let chosen: Vec<(usize, u32)> = chosen.into_iter().map(|place| (place, 1)).collect();
            let mut of_list = Zeroizing::new(Vec::with_capacity(of.len()));
            of_list.push(1);
            of_list.extend_from_slice(&candidates.numbers(&chosen)?);
            numbers.push(of_list);
        } else {
            numbers.push(Zeroizing::new(vec![0; of.len()]));
        }
    }
    valid::lists(lists, &numbers)
}

fn is_number(words: &str) -> bool {
    !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number, from 1, of a place.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1)
}
