//! Elections among which is every pair of a group, a trusteeship and a kind of questions that the protocol allows.

use super::plan::{Plan, Question, Stage, Trustees};
use super::vote;
use crate::board::random::Random;

pub(crate) const GROUPS: [&str; 3] = ["Ed25519", "BELENIOS-2048", "RFC-3526-2048"];
pub(crate) const CURVE: &str = "Ed25519";
/// Embeds no numbers, and so has no ranked and graded questions.
pub(crate) const WITHOUT_NUMBERS: &str = "BELENIOS-2048";

/// Who holds the keys.
pub(crate) fn trusteeships() -> Vec<Vec<Trustees>> {
    let (one, group) = (Trustees::Single, |needed, of| Trustees::Group { needed, of });
    vec![vec![one], vec![one, one], vec![group(2, 3)], vec![group(1, 1)], vec![one, group(2, 3)]]
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Asked {
    Added,
    Weighted,
    Shuffled,
    Both,
}

pub(crate) const ASKED: [Asked; 4] = [Asked::Added, Asked::Weighted, Asked::Shuffled, Asked::Both];

impl Asked {
    pub(crate) fn questions(self) -> Vec<Question> {
        let choices = |answers, min, max, blank, count| Question::Choices { answers, min, max, blank, count };
        let ranked = |answers, seats, blank| Question::Ranked { answers, seats, blank };
        match self {
            Asked::Added => vec![
                choices(3, 1, 1, false, Some("plurality")),
                choices(4, 0, 4, true, Some("approval")),
                choices(2, 2, 2, false, None),
            ],
            Asked::Weighted => {
                vec![
                    choices(3, 1, 2, true, None),
                    Question::Lists { candidates: vec![2, 1] },
                    choices(2, 0, 1, false, None),
                ]
            }
            Asked::Shuffled => {
                vec![
                    ranked(3, None, true),
                    ranked(4, Some(2), false),
                    Question::Graded { answers: 2, grades: 255, blank: true },
                ]
            }
            Asked::Both => vec![
                Question::Graded { answers: 3, grades: 5, blank: false },
                choices(2, 1, 1, true, Some("plurality")),
                ranked(3, Some(1), true),
                Question::Lists { candidates: vec![1, 2] },
                ranked(2, None, false),
                choices(1, 0, 1, false, None),
            ],
        }
    }

    pub(crate) fn fits(self, group: &str) -> bool {
        group != WITHOUT_NUMBERS || matches!(self, Asked::Added | Asked::Weighted)
    }
}

/// The elections: the group of each trusteeship and kind of questions.
#[rustfmt::skip]
pub(crate) const HELD: [[&str; 4]; 5] = [
    // Added           Weighted         Shuffled         Both
    ["BELENIOS-2048", "Ed25519",       "RFC-3526-2048", "Ed25519"],
    ["RFC-3526-2048", "BELENIOS-2048", "Ed25519",       "Ed25519"],
    ["Ed25519",       "BELENIOS-2048", "RFC-3526-2048", "Ed25519"],
    ["BELENIOS-2048", "RFC-3526-2048", "Ed25519",       "RFC-3526-2048"],
    ["BELENIOS-2048", "Ed25519",       "RFC-3526-2048", "Ed25519"],
];

/// One election with the stages that are verified.
pub(crate) struct Case {
    pub(crate) trusteeship: usize,
    pub(crate) asked: Asked,
    pub(crate) plan: Plan,
    pub(crate) seen: Vec<Stage>,
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (trusteeship, groups) in HELD.iter().enumerate() {
        for (asked, group) in ASKED.into_iter().zip(groups) {
            let plan = plan(group, trusteeships()[trusteeship].clone(), asked, 1 + cases.len() as u64);
            let stages = plan.stages();
            let before = cases.iter().filter(|case| case.plan.group == *group).count();
            // That these numbers show each stage with everything is tested.
            let one = stages[(7 * before + 1) % (stages.len() - 1)];
            let seen = if *group == CURVE { stages } else { vec![one, Stage::Finished] };
            cases.push(Case { trusteeship, asked, plan, seen });
        }
    }
    cases
}

/// An election in which all voters but one vote, and one of them twice: three of four on the curve, two of three in the
/// finite fields, where one trustee shuffles and not two.
pub(crate) fn plan(group: &'static str, trustees: Vec<Trustees>, asked: Asked, seed: u64) -> Plan {
    let random = &mut Random::new(seed);
    let questions = asked.questions();
    let voting = if group == CURVE { 3 } else { 2 };
    let mut votes: Vec<_> = (0..voting).map(|voter| (voter, vote::vote(random, &questions))).collect();
    votes.push((random.below(voting), vote::vote(random, &questions)));
    let weights = (asked == Asked::Weighted).then(|| [1, 5_000, 3, 1][..=voting].to_vec());
    let members: usize = trustees.iter().map(|trustees| trustees.members()).sum();
    let shuffles = members.min(if group == CURVE { 2 } else { 1 });
    Plan { group, questions, weights, second_factor: false, trustees, voters: voting + 1, votes, shuffles }
}
