//! An election on paper: what is asked, who holds the keys, who votes what, and what the result must be.

use serde_json::{Value, json};

/// One question. Answers are called by their numbers.
#[derive(Debug, Clone)]
pub(crate) enum Question {
    /// From `min` to `max` of the answers, or nothing at all where `blank` is allowed; counted by a method or only added.
    Choices { answers: usize, min: usize, max: usize, blank: bool, count: Option<&'static str> },
    /// An order of the answers; with seats by STV, and without by Schulze.
    Ranked { answers: usize, seats: Option<usize>, blank: bool },
    /// A grade for each answer.
    Graded { answers: usize, grades: usize, blank: bool },
    /// One list, and one or more of its candidates; by list the number of candidates.
    Lists { candidates: Vec<usize> },
}

impl Question {
    /// Whether its ballots are shuffled and decrypted one by one.
    pub(crate) fn is_shuffled(&self) -> bool {
        matches!(self, Question::Ranked { .. } | Question::Graded { .. })
    }

    /// The question's table in a plan.
    fn table(&self, number: usize) -> String {
        let names = |what: &str, count: usize| (1..=count).map(|at| format!("{what} {at}")).collect::<Vec<_>>();
        let list = |names: &[String]| serde_json::to_string(names).expect("strings are JSON");
        let mut table = format!("\n[[question]]\ntitle = \"Question {number}\"\n");
        let mut line = |name: &str, value: String| table.push_str(&format!("{name} = {value}\n"));
        match self {
            Question::Choices { answers, min, max, blank, count } => {
                line("kind", "\"choices\"".to_owned());
                line("answers", list(&names("Answer", *answers)));
                line("min", min.to_string());
                line("max", max.to_string());
                line("blank", blank.to_string());
                if let Some(count) = count {
                    line("count", format!("\"{count}\""));
                }
            }
            Question::Ranked { answers, seats, blank } => {
                line("kind", "\"ranked\"".to_owned());
                line("answers", list(&names("Answer", *answers)));
                line("blank", blank.to_string());
                line("count", if seats.is_some() { "\"stv\"" } else { "\"schulze\"" }.to_owned());
                if let Some(seats) = seats {
                    line("seats", seats.to_string());
                }
            }
            Question::Graded { answers, grades, blank } => {
                line("kind", "\"graded\"".to_owned());
                line("answers", list(&names("Answer", *answers)));
                line("grades", list(&names("Grade", *grades)));
                line("blank", blank.to_string());
            }
            Question::Lists { candidates } => {
                line("kind", "\"lists\"".to_owned());
                let one = |(at, count): (usize, &usize)| {
                    format!("{{ name = \"List {at}\", candidates = {} }}", list(&names("Candidate", *count)))
                };
                line("lists", format!("[{}]", (1..).zip(candidates).map(one).collect::<Vec<_>>().join(", ")));
            }
        }
        table
    }
}

/// One trustee, or a group of which some are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trustees {
    /// One who is always needed.
    Single,
    /// Some of several.
    Group { needed: usize, of: usize },
}

impl Trustees {
    /// How many numbers it takes in the list of trustees.
    pub(crate) fn members(self) -> usize {
        match self {
            Trustees::Single => 1,
            Trustees::Group { of, .. } => of,
        }
    }
}

/// How far an election has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// Open, with no ballot.
    Open,
    /// Open, with ballots.
    Voting,
    /// Closed, with the encrypted tally.
    Tallied,
    /// Shuffled by every trustee who shuffles.
    Shuffled,
    /// Some decryptions are there, but not enough.
    Decrypting,
    /// As many decryptions as are needed, and no result.
    Decrypted,
    /// With the result.
    Finished,
}

/// Voters' answers in the order of casting: the voter, from 0, and an entry for each question.
pub(crate) type Votes = Vec<(usize, Value)>;

/// A whole election.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) group: &'static str,
    pub(crate) questions: Vec<Question>,
    /// By voter, where votes have weights.
    pub(crate) weights: Option<Vec<u64>>,
    /// Whether only ballots count that the voting server accepted.
    pub(crate) second_factor: bool,
    pub(crate) trustees: Vec<Trustees>,
    pub(crate) voters: usize,
    pub(crate) votes: Votes,
    /// How many of the trustees shuffle, where a question needs it.
    pub(crate) shuffles: usize,
}

impl Plan {
    /// Whether there are ballots to be shuffled.
    pub(crate) fn is_shuffled(&self) -> bool {
        self.questions.iter().any(Question::is_shuffled)
    }

    /// The stages that the election passes through.
    pub(crate) fn stages(&self) -> Vec<Stage> {
        let mut stages = vec![Stage::Open, Stage::Voting, Stage::Tallied];
        if self.is_shuffled() {
            stages.push(Stage::Shuffled);
        }
        if self.decrypting().len() > 1 {
            stages.push(Stage::Decrypting);
        }
        stages.extend([Stage::Decrypted, Stage::Finished]);
        stages
    }

    /// The trustees who decrypt, by their numbers from 1: all single ones, and as many members of a group as it needs,
    /// its last ones, so that not everyone before them takes part.
    pub(crate) fn decrypting(&self) -> Vec<usize> {
        let (mut numbers, mut first) = (Vec::new(), 1);
        for trustees in &self.trustees {
            match *trustees {
                Trustees::Single => numbers.push(first),
                Trustees::Group { needed, of } => numbers.extend(first + of - needed..first + of),
            }
            first += trustees.members();
        }
        numbers
    }

    /// The file that the organiser writes.
    pub(crate) fn toml(&self) -> String {
        let head = format!(
            "title = \"Сайлау \\\"Election\\\"\"\ndescription = \"A test\"\norganiser = \"Organiser\"\nauthority = \"Authority\"\n\
             languages = [\"en\", \"kk\"]\ngroup = \"{}\"\nweights = {}\nsecond_factor = {}\n",
            self.group,
            self.weights.is_some(),
            self.second_factor
        );
        let tables = (1..).zip(&self.questions).map(|(number, question)| question.table(number));
        head + &tables.collect::<String>()
    }

    /// The list of voters.
    pub(crate) fn voters(&self) -> String {
        let row = |voter: usize| match &self.weights {
            Some(weights) => format!("v{},Voter {},{}\n", voter + 1, voter + 1, weights[voter]),
            None => format!("v{},Voter {}\n", voter + 1, voter + 1),
        };
        let head = if self.weights.is_some() { "id,name,weight\n" } else { "id,name\n" };
        head.to_owned() + &(0..self.voters).map(row).collect::<String>()
    }

    /// The last vote of every voter who voted, with its weight.
    fn counted(&self) -> Vec<(u64, &Value)> {
        let weight = |voter: usize| self.weights.as_ref().map_or(1, |weights| weights[voter]);
        let last = |voter| self.votes.iter().rev().find(|(by, _)| *by == voter).map(|(_, vote)| (weight(voter), vote));
        (0..self.voters).filter_map(last).collect()
    }

    /// Voters who voted.
    pub(crate) fn voted(&self) -> usize {
        self.counted().len()
    }

    /// What the result must be: sums, and for shuffled questions the votes in ascending order.
    pub(crate) fn result(&self) -> Value {
        let counted = self.counted();
        let question = |(number, question): (usize, &Question)| match question {
            Question::Ranked { .. } | Question::Graded { .. } => {
                sorted(counted.iter().map(|(_, vote)| vote[number].clone()).collect())
            }
            Question::Choices { answers, blank, .. } => {
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

    /// A result with the votes of shuffled questions in ascending order, to be compared with [`Plan::result`].
    pub(crate) fn ordered(&self, result: &Value) -> Value {
        let rows = result.as_array().expect("a result is a list");
        assert_eq!(rows.len(), self.questions.len(), "a result for each question");
        let row = |(row, question): (&Value, &Question)| match question.is_shuffled() {
            true => sorted(row.as_array().expect("a list of votes").clone()),
            false => row.clone(),
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
