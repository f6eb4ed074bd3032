//! One `[[question]]` of a plan: its kind, the fields of that kind, and the rules of the protocol on them.

use adil_belenios::Question;

use super::limits;
use super::rule::PlanRule;
use super::source::{At, Reader, Table};
use crate::{Contest, CountingMethod, GroupName};

/// The fields of a question, of whatever kind.
pub(super) const FIELDS: [&str; 10] =
    ["title", "kind", "answers", "lists", "min", "max", "blank", "count", "seats", "grades"];

/// What the whole election says and its questions depend on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) group: Option<GroupName>,
    pub(super) has_weights: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Choices,
    Ranked,
    Graded,
    Lists,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Plurality,
    Approval,
    Schulze,
    Stv,
    MajorityJudgment,
}

impl Kind {
    const NAMES: [(&'static str, Self); 4] =
        [("choices", Self::Choices), ("ranked", Self::Ranked), ("graded", Self::Graded), ("lists", Self::Lists)];

    /// The fields besides title and kind.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Choices => &["answers", "min", "max", "blank", "count", "seats"],
            Self::Ranked => &["answers", "blank", "count", "seats"],
            Self::Graded => &["answers", "blank", "count", "grades"],
            Self::Lists => &["lists"],
        }
    }

    /// The fields that it cannot do without.
    fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Choices => &["answers", "min", "max"],
            Self::Ranked => &["answers", "count"],
            Self::Graded => &["answers", "grades"],
            Self::Lists => &["lists"],
        }
    }

    fn methods(self) -> &'static [(&'static str, Method)] {
        match self {
            Self::Choices => &[("plurality", Method::Plurality), ("approval", Method::Approval)],
            Self::Ranked => &[("schulze", Method::Schulze), ("stv", Method::Stv)],
            Self::Graded => &[("majority-judgment", Method::MajorityJudgment)],
            Self::Lists => &[],
        }
    }

    fn is_numbers(self) -> bool {
        matches!(self, Self::Ranked | Self::Graded)
    }
}

/// The question; `None` where something of it could not be read, and a fault says what.
pub(super) fn contest(table: &Table<'_>, setting: Setting, reader: &mut Reader) -> Option<Contest> {
    table.missing("title", reader);
    let title = table.text("title", reader);
    let kind = kind(table, reader)?;
    for field in FIELDS.into_iter().filter(|field| !["title", "kind"].contains(field)) {
        if let Some(line) = table.has(field, reader).filter(|_| !kind.value.fields().contains(&field)) {
            let name = kind.name();
            let allowed = kind.value.fields().join(", ");
            reader.fault(
                PlanRule::KindField,
                line,
                format!("`{field}` is no field of kind \"{name}\", which has {allowed}"),
            );
        }
    }
    for field in kind.value.needs() {
        table.missing(field, reader);
    }
    if kind.value.is_numbers() {
        numbers_are_possible(kind, setting, reader);
    }
    if kind.value == Kind::Lists {
        let lists = lists(table, reader);
        return Some(Contest { question: Question::Lists { title: title?.value, lists: lists? }, counting: None });
    }
    let answers = answers(table, reader);
    let blank = table.flag("blank", reader).unwrap_or(false);
    let method = method(table, kind.value, reader);
    if kind.value == Kind::Choices {
        let range = range(table, answers.as_ref().map(|answers| answers.value.len()), reader);
        let counting = counting(table, method, blank, answers.as_ref(), reader);
        if let (Some(At { value: Method::Plurality, line }), Some((_, max))) = (method, range)
            && max > 1
        {
            let found = format!("\"plurality\" with up to {max} choices; \"approval\" counts those");
            reader.fault(PlanRule::Plurality, line, found);
        }
        let (min, max) = range?;
        let question = Question::Homomorphic { title: title?.value, answers: plain(answers?), blank, min, max };
        return Some(Contest { question, counting });
    }
    let longest = setting.group.and_then(GroupName::embeds).map(|embedding| embedding.longest);
    if let (Some(answers), Some(longest)) = (&answers, longest)
        && answers.value.len() > longest
    {
        let found = format!("{} answers; this group takes {longest}", answers.value.len());
        reader.fault(PlanRule::VectorLength, answers.line, found);
    }
    let counting = counting(table, method, blank, answers.as_ref(), reader)?;
    let question = Question::NonHomomorphic { title: title?.value, answers: plain(answers?) };
    Some(Contest { question, counting: Some(counting) })
}

impl At<Kind> {
    fn name(self) -> &'static str {
        Kind::NAMES.into_iter().find(|(_, kind)| *kind == self.value).map_or("", |(name, _)| name)
    }
}

fn kind(table: &Table<'_>, reader: &mut Reader) -> Option<At<Kind>> {
    table.missing("kind", reader);
    let At { value, line } = table.raw_text("kind", reader)?;
    let found = Kind::NAMES.into_iter().find(|(name, _)| *name == value);
    if found.is_none() {
        let names = Kind::NAMES.map(|(name, _)| format!("\"{name}\"")).join(", ");
        reader.fault(PlanRule::Kind, line, format!("the kind {} is none of {names}", shortened(&value)));
    }
    found.map(|(_, kind)| At { value: kind, line })
}

fn numbers_are_possible(kind: At<Kind>, setting: Setting, reader: &mut Reader) {
    let name = kind.name();
    if let Some(group) = setting.group.filter(|group| group.embeds().is_none()) {
        let found = format!("a {name} question in {}; Ed25519 and RFC-3526-2048 take it", group.name());
        reader.fault(PlanRule::Embedding, kind.line, found);
    }
    if setting.has_weights {
        let found = format!("a {name} question, and `weights = true`");
        reader.fault(PlanRule::Weights, kind.line, found);
    }
}

fn answers(table: &Table<'_>, reader: &mut Reader) -> Option<At<Vec<At<String>>>> {
    let answers = table.texts("answers", reader)?;
    let count = answers.value.len();
    if !(1..=limits::ANSWERS).contains(&count) {
        reader.fault(PlanRule::Answers, answers.line, format!("{count} answers"));
        return None;
    }
    distinct("answer", &answers.value, reader);
    Some(answers)
}

fn lists(table: &Table<'_>, reader: &mut Reader) -> Option<Vec<Vec<String>>> {
    let lists = table.tables("lists", "list", &["name", "candidates"], reader)?;
    let count = lists.value.len();
    if !(1..=limits::LISTS).contains(&count) {
        reader.fault(PlanRule::Answers, lists.line, format!("{count} lists"));
        return None;
    }
    let mut names = Vec::with_capacity(count);
    let mut read = Vec::with_capacity(count);
    for list in &lists.value {
        list.missing("name", reader);
        list.missing("candidates", reader);
        let name = list.text("name", reader);
        let candidates = list.texts("candidates", reader);
        let (Some(name), Some(candidates)) = (name, candidates) else { continue };
        let count = candidates.value.len();
        if !(1..=limits::ANSWERS).contains(&count) {
            reader.fault(PlanRule::Answers, candidates.line, format!("{count} candidates"));
        }
        distinct("candidate", &candidates.value, reader);
        read.push([vec![name.value.clone()], plain(candidates)].concat());
        names.push(name);
    }
    distinct("list", &names, reader);
    (read.len() == count).then_some(read)
}

/// The fewest and the most choices.
fn range(table: &Table<'_>, answers: Option<usize>, reader: &mut Reader) -> Option<(u32, u32)> {
    let (min, max) = (table.number("min", reader), table.number("max", reader));
    let (min, max) = (min?, max?);
    let mut refuse = |line, found| reader.fault(PlanRule::Range, line, found);
    if min.value > max.value {
        refuse(min.line, format!("min is {}, max is {}", min.value, max.value));
    }
    if max.value == 0 {
        refuse(max.line, "max is 0, so that nothing can be chosen".to_owned());
    }
    if let Some(answers) = answers {
        for (name, bound) in [("min", min), ("max", max)] {
            if usize::try_from(bound.value).map_or(true, |bound| bound > answers) {
                refuse(bound.line, format!("{name} is {}, and there are {answers} answers", bound.value));
            }
        }
    }
    Some((min.value, max.value))
}

/// The counting method that is named; for graded questions there is but one.
fn method(table: &Table<'_>, kind: Kind, reader: &mut Reader) -> Option<At<Method>> {
    let Some(At { value, line }) = table.raw_text("count", reader) else {
        let is_left_out = table.has("count", reader).is_none();
        let only = At { value: Method::MajorityJudgment, line: table.line };
        return (is_left_out && kind == Kind::Graded).then_some(only);
    };
    let found = kind.methods().iter().find(|(name, _)| *name == value);
    if found.is_none() {
        let names: Vec<String> = kind.methods().iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let found = format!("the counting method {} is none of {}", shortened(&value), names.join(", "));
        reader.fault(PlanRule::Method, line, found);
    }
    found.map(|(_, method)| At { value: *method, line })
}

fn counting(
    table: &Table<'_>,
    method: Option<At<Method>>,
    blank: bool,
    answers: Option<&At<Vec<At<String>>>>,
    reader: &mut Reader,
) -> Option<CountingMethod> {
    let takes_seats =
        method.is_some_and(|method| matches!(method.value, Method::Plurality | Method::Approval | Method::Stv));
    let seats_line = table.has("seats", reader);
    // A method that could not be read may have taken seats.
    let is_known = method.is_some() || table.has("count", reader).is_none();
    if let Some(line) = seats_line.filter(|_| !takes_seats && is_known) {
        reader.fault(PlanRule::KindField, line, "`seats` goes with \"plurality\", \"approval\" or \"stv\"");
    }
    let method = method?.value;
    if method == Method::Stv {
        table.missing("seats", reader);
    }
    match method {
        Method::Schulze => Some(CountingMethod::Schulze { blank }),
        Method::MajorityJudgment => Some(CountingMethod::MajorityJudgment { grades: grades(table, reader)?, blank }),
        Method::Stv => Some(CountingMethod::Stv { seats: seats(table, answers, reader)?, blank }),
        Method::Plurality | Method::Approval => {
            let seats = if seats_line.is_some() { seats(table, answers, reader)? } else { 1 };
            Some(if method == Method::Plurality {
                CountingMethod::Plurality { seats }
            } else {
                CountingMethod::Approval { seats }
            })
        }
    }
}

fn seats(table: &Table<'_>, answers: Option<&At<Vec<At<String>>>>, reader: &mut Reader) -> Option<u32> {
    let seats = table.number("seats", reader)?;
    let most = answers.map(|answers| answers.value.len());
    let is_too_many = most.is_some_and(|most| usize::try_from(seats.value).map_or(true, |seats| seats > most));
    if seats.value == 0 || is_too_many {
        let of = most.map_or(String::new(), |most| format!(" for {most} answers"));
        reader.fault(PlanRule::Seats, seats.line, format!("{} seats{of}", seats.value));
    }
    Some(seats.value)
}

fn grades(table: &Table<'_>, reader: &mut Reader) -> Option<Vec<String>> {
    let grades = table.texts("grades", reader)?;
    let count = grades.value.len();
    if !(2..=limits::GRADES).contains(&count) {
        reader.fault(PlanRule::Grades, grades.line, format!("{count} grades"));
    }
    distinct("grade", &grades.value, reader);
    Some(plain(grades))
}

/// Refuses texts that a voter could not tell apart by their letters, capital or not.
pub(super) fn distinct(what: &str, texts: &[At<String>], reader: &mut Reader) {
    let mut seen: Vec<(String, usize)> = texts.iter().map(|text| (folded(&text.value), text.line)).collect();
    // Stable, so that of equal texts the first in the file comes first.
    seen.sort_by(|one, other| one.0.cmp(&other.0));
    for pair in seen.windows(2) {
        if let [(first, first_line), (second, line)] = pair
            && first == second
        {
            let found = format!("the {what} {} stands on line {first_line} too", shortened(first));
            reader.fault(PlanRule::Distinct, *line, found);
        }
    }
}

/// The text in small letters with single spaces, as names are compared.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The text in quotation marks, cut where it is long.
pub(crate) fn shortened(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { format!("\"{short}...\"") } else { format!("\"{short}\"") }
}

fn plain(texts: At<Vec<At<String>>>) -> Vec<String> {
    texts.value.into_iter().map(|text| text.value).collect()
}
