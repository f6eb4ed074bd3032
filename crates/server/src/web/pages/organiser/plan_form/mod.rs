//! A plan as the fields of forms have it: everything is what the organiser typed, right or wrong.
//!
//! There is one set of rules, that of `docs/spec/plan.md`: a form is written as `questions.toml`, read by
//! [`adil_election::Plan`], and each fault is taken back from its line to the field that stands on it.

mod write;

use adil_belenios::Question;
use adil_election::{CountingMethod, Plan, PlanFault};

pub(super) use write::Place;

/// The plan of an election, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PlanForm {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) languages: Vec<String>,
    pub(super) organiser: String,
    pub(super) authority: String,
    pub(super) group: String,
    pub(super) weights: bool,
    pub(super) second_factor: bool,
    pub(super) opens: String,
    pub(super) closes: String,
    pub(super) questions: Vec<QuestionForm>,
}

/// The kinds of questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Choices,
    Ranked,
    Graded,
    Lists,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Choices, Self::Ranked, Self::Graded, Self::Lists];

    /// The name in a plan.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Choices => "choices",
            Self::Ranked => "ranked",
            Self::Graded => "graded",
            Self::Lists => "lists",
        }
    }

    /// The kind of a name.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The counting methods that it has; the empty one leaves the totals as they are.
    pub(super) fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Choices => &["", "plurality", "approval"],
            Self::Ranked => &["schulze", "stv"],
            Self::Graded => &["majority-judgment"],
            Self::Lists => &[],
        }
    }
}

/// A question, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct QuestionForm {
    pub(super) title: String,
    pub(super) kind: Kind,
    pub(super) answers: Vec<String>,
    pub(super) min: String,
    pub(super) max: String,
    pub(super) blank: bool,
    pub(super) count: String,
    pub(super) seats: String,
    pub(super) grades: Vec<String>,
    /// Lists: the name first, then the candidates.
    pub(super) lists: Vec<Vec<String>>,
}

impl PlanForm {
    /// The fields of a plan that keeps the rules.
    pub(super) fn of(plan: &Plan) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            title: plan.title.clone(),
            description: plan.description.clone(),
            languages: plan.languages.iter().map(|language| language.code().to_owned()).collect(),
            organiser: text(&plan.organiser),
            authority: text(&plan.authority),
            group: plan.group.name().to_owned(),
            weights: plan.has_weights,
            second_factor: plan.needs_second_factor,
            opens: text(&plan.opens),
            closes: text(&plan.closes),
            questions: plan
                .contests
                .iter()
                .map(|contest| QuestionForm::of(&contest.question, contest.counting.as_ref()))
                .collect(),
        }
    }

    /// The fields of a text that may break rules; `None` where it is no TOML, and can be edited as text alone.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        if let Ok(plan) = Plan::parse(text) {
            return Some(Self::of(&plan));
        }
        let table: toml::Table = text.parse().ok()?;
        let languages = texts(&table, "languages");
        let questions = table.get("question").and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Some(Self {
            title: word(&table, "title"),
            description: word(&table, "description"),
            languages: if languages.is_empty() { vec!["en".to_owned()] } else { languages },
            organiser: word(&table, "organiser"),
            authority: word(&table, "authority"),
            group: word(&table, "group"),
            weights: flag(&table, "weights"),
            second_factor: flag(&table, "second_factor"),
            opens: word(&table, "opens"),
            closes: word(&table, "closes"),
            questions: questions.iter().filter_map(toml::Value::as_table).map(QuestionForm::of_table).collect(),
        })
    }

    /// A new plan without questions.
    pub(super) fn new(title: &str, language: &str) -> Self {
        Self { title: title.to_owned(), languages: vec![language.to_owned()], ..Self::default() }
    }

    /// What breaks rules, with the field where it stands.
    pub(super) fn faults(&self) -> Vec<(Place, PlanFault)> {
        let written = self.write();
        let faults = Plan::parse(&written.text).err().map(|error| error.faults).unwrap_or_default();
        faults.into_iter().map(|fault| (written.place(fault.line), fault)).collect()
    }

    /// `questions.toml`.
    pub(super) fn to_text(&self) -> String {
        self.write().text
    }
}

impl QuestionForm {
    /// A new question of a kind, with what most organisers want.
    pub(super) fn new(kind: Kind) -> Self {
        let one = matches!(kind, Kind::Choices).then(|| "1".to_owned()).unwrap_or_default();
        let count = kind.methods().get(usize::from(kind == Kind::Choices)).copied().unwrap_or_default();
        Self { kind, min: one.clone(), max: one.clone(), seats: one, count: count.to_owned(), ..Self::default() }
    }

    /// A question that keeps the rules, where only what stands around it is of interest.
    pub(super) fn example() -> Self {
        Self { title: "?".to_owned(), answers: vec!["1".to_owned()], ..Self::new(Kind::Choices) }
    }

    fn of(question: &Question, counting: Option<&CountingMethod>) -> Self {
        let mut form = match question {
            Question::Homomorphic { title, answers, blank, min, max } => Self {
                title: title.clone(),
                kind: Kind::Choices,
                answers: answers.clone(),
                min: min.to_string(),
                max: max.to_string(),
                blank: *blank,
                ..Self::default()
            },
            Question::NonHomomorphic { title, answers } => {
                Self { title: title.clone(), kind: Kind::Ranked, answers: answers.clone(), ..Self::default() }
            }
            Question::Lists { title, lists } => {
                Self { title: title.clone(), kind: Kind::Lists, lists: lists.clone(), ..Self::default() }
            }
        };
        let (count, seats, blank) = match counting {
            None => ("", None, form.blank),
            Some(CountingMethod::Plurality { seats }) => ("plurality", Some(seats), form.blank),
            Some(CountingMethod::Approval { seats }) => ("approval", Some(seats), form.blank),
            Some(CountingMethod::Schulze { blank }) => ("schulze", None, *blank),
            Some(CountingMethod::Stv { seats, blank }) => ("stv", Some(seats), *blank),
            Some(CountingMethod::MajorityJudgment { grades, blank }) => {
                form.kind = Kind::Graded;
                form.grades.clone_from(grades);
                ("majority-judgment", None, *blank)
            }
        };
        form.count = count.to_owned();
        form.seats = seats.map(u32::to_string).unwrap_or_default();
        form.blank = blank;
        form
    }

    fn of_table(table: &toml::Table) -> Self {
        let lists = table.get("lists").and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let list = |list: &toml::Table| [vec![word(list, "name")], texts(list, "candidates")].concat();
        Self {
            title: word(table, "title"),
            kind: Kind::of_name(&word(table, "kind")).unwrap_or_default(),
            answers: texts(table, "answers"),
            min: word(table, "min"),
            max: word(table, "max"),
            blank: flag(table, "blank"),
            count: word(table, "count"),
            seats: word(table, "seats"),
            grades: texts(table, "grades"),
            lists: lists.iter().filter_map(toml::Value::as_table).map(list).collect(),
        }
    }
}

/// A value as it would be typed.
fn word(table: &toml::Table, field: &str) -> String {
    match table.get(field) {
        Some(toml::Value::String(text)) => text.clone(),
        Some(toml::Value::Integer(number)) => number.to_string(),
        Some(toml::Value::Datetime(moment)) => moment.to_string(),
        _ => String::new(),
    }
}

fn texts(table: &toml::Table, field: &str) -> Vec<String> {
    let entries = table.get(field).and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
    entries.iter().filter_map(|entry| entry.as_str().map(str::to_owned)).collect()
}

fn flag(table: &toml::Table, field: &str) -> bool {
    table.get(field).and_then(toml::Value::as_bool).unwrap_or(false)
}

#[cfg(test)]
mod tests;
