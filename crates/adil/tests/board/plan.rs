//! A random election on paper: what is asked, who votes what, how far it goes, and what its result must be.

use serde_json::{Value, json};

use super::random::Random;

/// Where the computations happen, and with which release of the tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Ed25519, made by 3.3.0.
    Curve,
    /// BELENIOS-2048, or RFC-3526-2048 where a question needs it, made by 2.0.
    FiniteField,
}

/// One question.
#[derive(Debug, Clone)]
pub(crate) enum Question {
    /// From `min` to `max` of the answers, or nothing at all where `blank` is allowed.
    Choice { answers: usize, min: usize, max: usize, blank: bool },
    /// A small number for every answer.
    Numbers { answers: usize },
    /// One list, and one or more of its candidates; by list the number of candidates.
    Lists { candidates: Vec<usize> },
}

/// One trustee, or a group of which some are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trustees {
    Single,
    Threshold { needed: usize, of: usize },
}

impl Trustees {
    /// How many numbers the trustee takes in the list of trustees.
    pub(crate) fn members(self) -> usize {
        match self {
            Trustees::Single => 1,
            Trustees::Threshold { of, .. } => of,
        }
    }
}

/// How far an election has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    SetUp,
    Voting,
    Closed,
    Tallied,
    /// Shuffled, but the end of shuffling not yet said.
    Shuffling,
    Shuffled,
    /// Some decryptions are there, but not enough.
    Decrypting,
    Decrypted,
    Finished,
}

/// A whole election.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) family: Family,
    pub(crate) questions: Vec<Question>,
    /// By voter, where votes have weights.
    pub(crate) weights: Option<Vec<u64>>,
    pub(crate) trustees: Vec<Trustees>,
    pub(crate) named_trustees: bool,
    pub(crate) voters: usize,
    /// In the order of casting: the voter, from 0, and her answers.
    pub(crate) votes: Vec<(usize, Vec<Value>)>,
    pub(crate) shuffles: usize,
    pub(crate) stage: Stage,
}

impl Plan {
    /// The election of a seed.
    pub(crate) fn random(seed: u64, family: Family) -> Self {
        let random = &mut Random::new(seed);
        let questions: Vec<Question> = (0..random.between(1, 3)).map(|_| question(random, family)).collect();
        let numbers = questions.iter().any(|question| matches!(question, Question::Numbers { .. }));
        let voters = random.between(1, 8);
        let weigh = !numbers && random.once_in(3);
        let weights = weigh.then(|| (0..voters).map(|_| *random.one_of(&[1, 2, 3, 10, 5_000])).collect());
        let mut trustees = vec![Trustees::Single; random.below(4)];
        if trustees.is_empty() || random.once_in(4) {
            let of = random.between(2, 4);
            trustees.push(Trustees::Threshold { needed: random.between(1, of - 1), of });
        }
        let mut votes = Vec::new();
        for voter in 0..random.between(0, voters) {
            votes.push(voter);
        }
        for _ in 0..if votes.is_empty() { 0 } else { random.below(3) } {
            votes.push(*random.one_of(&votes));
        }
        let order = random.order(votes.len());
        let votes = order.into_iter().map(|at| {
            let answers = questions.iter().map(|question| vote(random, question)).collect();
            (votes[at], answers)
        });
        let votes = votes.collect();
        let mut plan = Self {
            seed,
            family,
            questions,
            weights,
            trustees,
            named_trustees: random.once_in(2),
            voters,
            votes,
            shuffles: if numbers { random.between(1, 2) } else { 0 },
            stage: Stage::Finished,
        };
        // Every second election is finished; the others end anywhere.
        if random.once_in(2) {
            plan.stage = *random.one_of(&plan.stages());
        }
        if plan.stage < Stage::Voting {
            plan.votes.clear();
        }
        plan
    }

    /// The stages that this election passes through.
    fn stages(&self) -> Vec<Stage> {
        let mut stages = vec![Stage::SetUp, Stage::Voting, Stage::Closed, Stage::Tallied];
        if self.shuffles > 0 {
            stages.extend([Stage::Shuffling, Stage::Shuffled]);
        }
        if self.decrypting().len() > 1 {
            stages.push(Stage::Decrypting);
        }
        stages.extend([Stage::Decrypted, Stage::Finished]);
        stages
    }

    /// The trustees who decrypt, by their numbers from 1: all single ones, and as many members of a group as it needs,
    /// its last ones, so that not everyone before them took part.
    pub(crate) fn decrypting(&self) -> Vec<usize> {
        let mut numbers = Vec::new();
        let mut first = 1;
        for trustees in &self.trustees {
            match *trustees {
                Trustees::Single => numbers.push(first),
                Trustees::Threshold { needed, of } => numbers.extend(first + of - needed..first + of),
            }
            first += trustees.members();
        }
        numbers
    }

    /// How many trustees there are.
    pub(crate) fn members(&self) -> usize {
        self.trustees.iter().map(|trustees| trustees.members()).sum()
    }

    /// The name of the group.
    pub(crate) fn group(&self) -> &'static str {
        match self.family {
            Family::Curve => "Ed25519",
            Family::FiniteField if self.shuffles > 0 => "RFC-3526-2048",
            Family::FiniteField => "BELENIOS-2048",
        }
    }

    /// The template that the tool makes an election of.
    pub(crate) fn template(&self) -> Value {
        let names = |count: usize| (1..=count).map(|number| format!("Answer {number}")).collect::<Vec<_>>();
        let question = |question: &Question| match question {
            Question::Choice { answers, min, max, blank: true } => {
                json!({ "answers": names(*answers), "blank": true, "min": min, "max": max, "question": "Кто? \"Who?\"" })
            }
            Question::Choice { answers, min, max, blank: false } => {
                json!({ "answers": names(*answers), "min": min, "max": max, "question": "Which?" })
            }
            Question::Numbers { answers } => {
                json!({ "type": "NonHomomorphic", "value": { "answers": names(*answers), "question": "In which order?" } })
            }
            Question::Lists { candidates } => {
                let lists: Vec<_> = candidates.iter().map(|count| names(count + 1)).collect();
                json!({ "type": "Lists", "value": { "answers": lists, "question": "Which list?" } })
            }
        };
        let questions: Vec<Value> = self.questions.iter().map(question).collect();
        json!({ "description": "Random", "name": format!("Election {}", self.seed), "questions": questions,
                "administrator": "Administrator", "credential_authority": "Registrar" })
    }

    /// The last vote of every voter who voted, with its weight.
    fn counted(&self) -> Vec<(u64, &Vec<Value>)> {
        let weight = |voter: usize| self.weights.as_ref().map_or(1, |weights| weights[voter]);
        let last = |voter| self.votes.iter().rev().find(|(by, _)| *by == voter).map(|(_, vote)| (weight(voter), vote));
        (0..self.voters).filter_map(last).collect()
    }

    /// Voters who voted.
    pub(crate) fn voted(&self) -> usize {
        self.counted().len()
    }

    /// What the result must be: sums, and for questions with numbers the votes in ascending order.
    pub(crate) fn result(&self) -> Value {
        let counted = self.counted();
        let question = |(number, question): (usize, &Question)| match question {
            Question::Numbers { .. } => sorted(counted.iter().map(|(_, vote)| vote[number].clone()).collect()),
            Question::Choice { answers, blank, .. } => {
                let nothing = json!(vec![0; answers + usize::from(*blank)]);
                counted.iter().fold(nothing, |sum, (weight, vote)| plus(&sum, &vote[number], *weight))
            }
            Question::Lists { candidates } => {
                let nothing = json!(candidates.iter().map(|count| vec![0; count + 1]).collect::<Vec<_>>());
                counted.iter().fold(nothing, |sum, (weight, vote)| plus(&sum, &vote[number], *weight))
            }
        };
        self.questions.iter().enumerate().map(question).collect()
    }

    /// A result with the votes of questions with numbers in ascending order, to be compared with [`Plan::result`].
    pub(crate) fn ordered(&self, result: &Value) -> Value {
        let rows = result.as_array().expect("a result is a list");
        let row = |(row, question): (&Value, &Question)| match question {
            Question::Numbers { .. } => sorted(row.as_array().expect("a list of votes").clone()),
            _ => row.clone(),
        };
        rows.iter().zip(&self.questions).map(row).collect()
    }
}

fn sorted(mut votes: Vec<Value>) -> Value {
    votes.sort_by_key(|vote| {
        let numbers = vote.as_array().expect("a vote is a list").iter();
        numbers.map(|number| number.as_u64().expect("of numbers")).collect::<Vec<_>>()
    });
    Value::Array(votes)
}

/// A sum and a vote with its weight, number by number.
fn plus(sum: &Value, vote: &Value, weight: u64) -> Value {
    match (sum, vote) {
        (Value::Array(sum), Value::Array(vote)) => {
            assert_eq!(sum.len(), vote.len(), "vote and question have one shape");
            sum.iter().zip(vote).map(|(sum, vote)| plus(sum, vote, weight)).collect()
        }
        (sum, vote) => {
            let number = |value: &Value| value.as_u64().expect("a number");
            json!(number(sum) + weight * number(vote))
        }
    }
}

fn question(random: &mut Random, family: Family) -> Question {
    match random.below(6) {
        0 => Question::Numbers { answers: random.between(1, 5) },
        1 if family == Family::Curve => {
            let lists = random.between(1, 3);
            Question::Lists { candidates: (0..lists).map(|_| random.between(1, 3)).collect() }
        }
        _ => {
            let answers = random.between(1, 6);
            let max = random.between(1, answers);
            Question::Choice { answers, min: random.between(0, max), max, blank: random.once_in(3) }
        }
    }
}

/// A valid answer.
fn vote(random: &mut Random, question: &Question) -> Value {
    match question {
        Question::Choice { answers, min, max, blank } => {
            let is_blank = *blank && random.once_in(4);
            let chosen = random.between(*min, *max);
            let order = random.order(*answers);
            let mut choices = vec![0; *answers];
            if !is_blank {
                order[..chosen].iter().for_each(|answer| choices[*answer] = 1);
            }
            if *blank {
                choices.insert(0, usize::from(is_blank));
            }
            json!(choices)
        }
        Question::Numbers { answers } => {
            json!((0..*answers).map(|_| random.below(256)).collect::<Vec<_>>())
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
