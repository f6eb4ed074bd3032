//! Questions and counts as a terminal shows them.

use adil_belenios::Question;
use adil_count::{Action, Count, Method, Outcome, Round};
use adil_election::{Contest, CountingMethod, QuestionCount};

/// A question with its answers, and how it is answered.
pub(crate) fn question(number: usize, contest: &Contest) -> String {
    let list = |answers: &[String]| {
        let lines: Vec<String> =
            (1..).zip(answers).map(|(number, answer): (usize, _)| format!("  {number}. {answer}")).collect();
        lines.join("\n")
    };
    match &contest.question {
        Question::Homomorphic { title, answers, blank, min, max } => {
            let blank = if *blank { ", or the word blank" } else { "" };
            format!(
                "{number}. {title}\n{}\n({min} to {max} of them, by number or name with commas between{blank})",
                list(answers)
            )
        }
        Question::NonHomomorphic { title, answers } => {
            let how = match &contest.counting {
                Some(CountingMethod::MajorityJudgment { grades, .. }) => {
                    let grades: Vec<String> =
                        (1..).zip(grades).map(|(number, grade): (usize, _)| format!("{number} {grade}")).collect();
                    format!("a grade for each answer, in their order: {}", grades.join(", "))
                }
                _ => "a rank for each answer, in their order, 1 for the first".to_owned(),
            };
            format!("{number}. {title}\n{}\n({how})", list(answers))
        }
        Question::Lists { title, lists } => {
            let lists: Vec<String> = lists.iter().map(|list| format!("  {}", list.join(" | "))).collect();
            format!("{number}. {title}\n{}\n(one list, and candidates of it)", lists.join("\n"))
        }
    }
}

/// A count: its outcome, and every round in a line of its own.
pub(crate) fn count(of: &QuestionCount, question: &Question) -> Vec<String> {
    let answers: &[String] = match question {
        Question::Homomorphic { answers, .. } | Question::NonHomomorphic { answers, .. } => answers,
        Question::Lists { .. } => &[],
    };
    let name = |candidate: usize| answers.get(candidate).map_or("?", String::as_str);
    let mut lines = vec![format!("{}: {}", question.title(), of.method.name())];
    if let Some(blank) = of.blank {
        lines.push(format!("  blank votes: {blank}"));
    }
    match &of.count {
        Ok(count) => {
            lines.extend(rounds(count, &name).into_iter().map(|line| format!("  {line}")));
            lines.extend(outcome(&count.outcome, &of.method, &name).into_iter().map(|line| format!("  {line}")));
        }
        Err(error) => lines.push(format!("  cannot be counted: {error}")),
    }
    lines
}

fn names<'a>(candidates: &[usize], name: &impl Fn(usize) -> &'a str) -> String {
    candidates.iter().map(|&candidate| name(candidate)).collect::<Vec<_>>().join(", ")
}

fn outcome<'a>(outcome: &Outcome, method: &Method, name: &impl Fn(usize) -> &'a str) -> Vec<String> {
    let mut lines = Vec::new();
    if method.seats().is_some() {
        lines.push(format!("elected: {}", names(&outcome.elected, name)));
        if outcome.open_seats > 0 {
            lines.push(format!("seats that stay open: {}", outcome.open_seats));
        }
    } else {
        let groups: Vec<String> = outcome.ranking.iter().map(|group| names(group, name)).collect();
        lines.push(format!("order: {}", groups.join(" > ")));
    }
    for tie in &outcome.ties {
        lines.push(format!("tie: {}", names(&tie.candidates, name)));
    }
    lines
}

fn rounds<'a>(count: &Count, name: &impl Fn(usize) -> &'a str) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(counted) = count.counted {
        let (blank, invalid) = (count.blank.len(), count.invalid.len());
        lines.push(format!("{counted} ballots counted, {blank} blank, {invalid} invalid"));
    }
    for (number, round) in (1..).zip(&count.rounds) {
        match round {
            Round::Totals(totals) => {
                let each =
                    totals.totals.iter().enumerate().map(|(candidate, total)| format!("{} {total}", name(candidate)));
                lines.push(each.collect::<Vec<_>>().join(", "));
            }
            Round::Pairwise(pairwise) => {
                for (candidate, row) in pairwise.preferences.iter().enumerate() {
                    let row: Vec<String> = row.iter().map(u64::to_string).collect();
                    lines.push(format!("preferred to the others, {}: {}", name(candidate), row.join(" ")));
                }
                for (candidate, row) in pairwise.strengths.iter().enumerate() {
                    let row: Vec<String> = row.iter().map(|strength| strength.winning.to_string()).collect();
                    lines.push(format!("strongest paths from {}: {}", name(candidate), row.join(" ")));
                }
            }
            Round::Grades(table) => {
                for (candidate, row) in table.counts.iter().enumerate() {
                    let row: Vec<String> = row.iter().map(u64::to_string).collect();
                    let majority = table.majority.get(candidate).copied().flatten();
                    let majority = majority.map_or_else(|| "none".to_owned(), |grade| grade.to_string());
                    lines.push(format!("grades of {}: {}; majority grade {majority}", name(candidate), row.join(" ")));
                }
            }
            Round::Median(step) => {
                let grades: Vec<String> = step.grades.iter().map(u32::to_string).collect();
                lines.push(format!(
                    "{} median grades taken away from {}: next {}",
                    step.removed,
                    names(&step.candidates, name),
                    grades.join(" ")
                ));
            }
            Round::Stv(round) => {
                let votes = round.votes.iter().enumerate().filter_map(|(candidate, votes)| {
                    votes.as_ref().map(|votes| format!("{} {votes}", name(candidate)))
                });
                let votes = votes.collect::<Vec<_>>().join(", ");
                let action = match &round.action {
                    Action::Elected { candidate, .. } => format!("{} is elected", name(*candidate)),
                    Action::Excluded { candidate } => format!("{} is excluded", name(*candidate)),
                    Action::Unnamed { candidates } => format!("named by nobody: {}", names(candidates, name)),
                    Action::Remaining { candidates } => {
                        format!("the remaining ones are elected: {}", names(candidates, name))
                    }
                };
                lines.push(format!(
                    "round {number}: {votes}; quota {}; {action}; exhausted {}",
                    round.quota, round.exhausted
                ));
            }
        }
    }
    lines
}
