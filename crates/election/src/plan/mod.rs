//! What the organiser plans: `questions.toml`, read strictly.
//!
//! Whatever the protocol, the deployed tools or our own checker would refuse later is refused here, by a rule with a
//! number (`docs/spec/plan.md`). All faults are told at once, each with its line.

pub mod limits;
mod moment;
mod question;
mod record;
mod rule;
mod source;
mod template;

use adil_belenios::Question;

pub(crate) use question::{folded, shortened};
pub use rule::{PlanError, PlanFault, PlanRule};
pub(crate) use source::steers;
use source::{At, Reader, Table};

use crate::{Contest, CountingMethod, GroupName, Language};

const FIELDS: [&str; 11] = [
    "title",
    "description",
    "languages",
    "organiser",
    "authority",
    "group",
    "weights",
    "second_factor",
    "opens",
    "closes",
    "question",
];

/// An election as it is planned. Everything in it keeps the rules of `docs/spec/plan.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Plan {
    /// The title; `name` in the election's record.
    pub title: String,
    /// The description, of any number of lines; it may be empty.
    pub description: String,
    /// The languages of letters, at least one; the first is for voters of whom none is known.
    pub languages: Vec<Language>,
    /// Who organises the election; `administrator` in its record.
    pub organiser: Option<String>,
    /// Who makes the credentials; `credential_authority` in the record.
    pub authority: Option<String>,
    /// The group.
    pub group: GroupName,
    /// Whether every voter has a weight.
    pub has_weights: bool,
    /// Whether only ballots count that the voting server accepted, besides the voter's credential.
    pub needs_second_factor: bool,
    /// When voting opens, in RFC 3339; for information.
    pub opens: Option<String>,
    /// When voting closes, in RFC 3339; for information.
    pub closes: Option<String>,
    /// The questions, at least one.
    pub contests: Vec<Contest>,
}

impl Plan {
    /// Reads `questions.toml`.
    ///
    /// # Errors
    /// Everything that is wrong with it, by line; where the TOML itself is broken, that alone.
    pub fn parse(text: &str) -> Result<Self, PlanError> {
        let mut reader = Reader::new(text);
        let plan = plan(text, &mut reader);
        match plan {
            Some(plan) if reader.faults.is_empty() => Ok(plan),
            _ => Err(PlanError::of(reader.faults)),
        }
    }

    /// How the votes of each question are counted.
    pub fn counting(&self) -> Vec<Option<CountingMethod>> {
        self.contests.iter().map(|contest| contest.counting.clone()).collect()
    }
}

fn plan(text: &str, reader: &mut Reader) -> Option<Plan> {
    let document = source::document(text, reader)?;
    let table = Table::new(document.get_ref(), 1, "the plan".to_owned(), &FIELDS, reader);
    table.missing("title", reader);
    let title = table.text("title", reader);
    let description = table.raw_text("description", reader);
    if let Some(description) = description.as_ref().filter(|description| !description.value.is_empty()) {
        reader.text("description", description, limits::DESCRIPTION_CHARACTERS, true);
    }
    let organiser = table.text("organiser", reader);
    let authority = table.text("authority", reader);
    let languages = languages(&table, reader);
    let group = group(&table, reader);
    let has_weights = table.flag("weights", reader).unwrap_or(false);
    let needs_second_factor = table.flag("second_factor", reader).unwrap_or(false);
    let (opens, closes) = moments(&table, reader);
    let contests = contests(&table, question::Setting { group, has_weights }, reader);
    Some(Plan {
        title: title?.value,
        description: description.map_or_else(String::new, |description| description.value),
        languages: languages?,
        organiser: organiser.map(|text| text.value),
        authority: authority.map(|text| text.value),
        group: group?,
        has_weights,
        needs_second_factor,
        opens,
        closes,
        contests: contests?,
    })
}

/// The languages; English where none are given.
fn languages(table: &Table<'_>, reader: &mut Reader) -> Option<Vec<Language>> {
    if table.has("languages", reader).is_none() {
        return Some(vec![Language::English]);
    }
    let codes = table.texts("languages", reader)?;
    if codes.value.is_empty() {
        reader.fault(PlanRule::Languages, codes.line, "no languages");
    }
    let mut languages = Vec::with_capacity(codes.value.len());
    for At { value, line } in codes.value {
        match Language::of_code(&value) {
            None => reader.fault(PlanRule::Languages, line, format!("the language {}", shortened(&value))),
            Some(language) if languages.contains(&language) => {
                reader.fault(PlanRule::Languages, line, format!("the language \"{value}\" twice"));
            }
            Some(language) => languages.push(language),
        }
    }
    Some(languages)
}

/// The group; `Ed25519` where none is named.
fn group(table: &Table<'_>, reader: &mut Reader) -> Option<GroupName> {
    if table.has("group", reader).is_none() {
        return Some(GroupName::default());
    }
    let At { value, line } = table.raw_text("group", reader)?;
    let group = GroupName::of_name(&value);
    if group.is_none() {
        reader.fault(PlanRule::Group, line, format!("the group {}", shortened(&value)));
    }
    group
}

fn moments(table: &Table<'_>, reader: &mut Reader) -> (Option<String>, Option<String>) {
    let mut of = |field: &str| {
        let text = table.moment(field, reader)?;
        let seconds = moment::seconds(&text.value);
        if seconds.is_none() {
            let found =
                format!("`{field}` is {}; a moment is such as 2026-05-01T09:00:00+05:00", shortened(&text.value));
            reader.fault(PlanRule::Moments, text.line, found);
        }
        Some((text, seconds))
    };
    let (opens, closes) = (of("opens"), of("closes"));
    if let (Some((_, Some(opens))), Some((text, Some(closes)))) = (&opens, &closes)
        && closes <= opens
    {
        reader.fault(PlanRule::Moments, text.line, "voting closes before it has opened");
    }
    let text = |moment: Option<(At<String>, Option<i64>)>| moment.map(|(text, _)| text.value);
    (text(opens), text(closes))
}

fn contests(table: &Table<'_>, setting: question::Setting, reader: &mut Reader) -> Option<Vec<Contest>> {
    table.missing("question", reader);
    let tables = table.tables("question", "question", &question::FIELDS, reader)?;
    let count = tables.value.len();
    if !(1..=limits::QUESTIONS).contains(&count) {
        reader.fault(PlanRule::Questions, tables.line, format!("{count} questions"));
        return None;
    }
    let mut titles = Vec::with_capacity(count);
    let mut contests = Vec::with_capacity(count);
    for table in &tables.value {
        let Some(contest) = question::contest(table, setting, reader) else { continue };
        titles.push(At { value: contest.question.title().to_owned(), line: table.line });
        contests.push(contest);
    }
    question::distinct("question", &titles, reader);
    size_of_a_ballot(&contests, tables.line, reader);
    (contests.len() == count).then_some(contests)
}

/// Refuses an election whose ballots a checker of boards would not read.
fn size_of_a_ballot(contests: &[Contest], line: usize, reader: &mut Reader) {
    let ciphertexts: usize = contests.iter().map(|contest| contest.question.ciphertexts()).sum();
    let branches: u64 = contests.iter().map(|contest| branches(&contest.question)).sum();
    if ciphertexts > limits::BALLOT_CIPHERTEXTS {
        reader.fault(PlanRule::BallotSize, line, format!("{ciphertexts} ciphertexts"));
    }
    if branches > limits::BALLOT_CIPHERTEXTS as u64 {
        reader.fault(PlanRule::BallotSize, line, format!("{branches} branches"));
    }
}

/// The branches of an answer's longest proof: one for each number of choices, and one for a blank vote.
fn branches(question: &Question) -> u64 {
    match question {
        Question::Homomorphic { min, max, .. } => u64::from(max.saturating_sub(*min)) + 2,
        Question::NonHomomorphic { .. } | Question::Lists { .. } => 2,
    }
}
