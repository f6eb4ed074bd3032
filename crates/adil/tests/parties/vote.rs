//! Votes that follow from a seed: every form that a question allows.

use serde_json::{Value, json};

use super::plan::Question;
use crate::board::random::Random;

/// A valid answer.
pub(crate) fn answer(random: &mut Random, question: &Question) -> Value {
    match question {
        Question::Choices { answers, min, max, blank, .. } => {
            let is_blank = *blank && random.once_in(4);
            let chosen = random.between(*min, *max);
            let mut choices = vec![0; *answers];
            if !is_blank {
                random.order(*answers)[..chosen].iter().for_each(|answer| choices[*answer] = 1);
            }
            if *blank {
                choices.insert(0, usize::from(is_blank));
            }
            json!(choices)
        }
        Question::Ranked { answers, blank, .. } | Question::Graded { answers, blank, .. }
            if *blank && random.once_in(4) =>
        {
            json!(vec![0; *answers])
        }
        // Ranks 1, 2, 3, ... each once, for some of the answers.
        Question::Ranked { answers, seats: Some(_), .. } => {
            let mut ranks = vec![0; *answers];
            let ranked = random.between(1, *answers);
            random.order(*answers)[..ranked].iter().zip(1..).for_each(|(answer, rank)| ranks[*answer] = rank);
            json!(ranks)
        }
        // Answers share ranks, ranks are left out, and answers have none; but one has a rank.
        Question::Ranked { answers, seats: None, .. } => {
            let mut ranks: Vec<usize> = (0..*answers).map(|_| random.between(0, *answers)).collect();
            ranks[random.below(*answers)] = random.between(1, *answers);
            json!(ranks)
        }
        Question::Graded { answers, grades, .. } => {
            json!((0..*answers).map(|_| random.between(1, *grades)).collect::<Vec<_>>())
        }
        Question::Lists { candidates } => {
            let chosen = random.below(candidates.len());
            let mut lists: Vec<Vec<usize>> = candidates.iter().map(|count| vec![0; count + 1]).collect();
            let preferred = random.between(1, candidates[chosen]);
            lists[chosen][0] = 1;
            random.order(candidates[chosen])[..preferred].iter().for_each(|at| lists[chosen][at + 1] = 1);
            json!(lists)
        }
    }
}

/// An answer to each question.
pub(crate) fn vote(random: &mut Random, questions: &[Question]) -> Value {
    questions.iter().map(|question| answer(random, question)).collect()
}
