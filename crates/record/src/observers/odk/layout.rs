//! Which column of an export is what.

use crate::OneOrMany;
use crate::observers::words::{BLANKS, FIELDS};
use crate::observers::xlsform::blank_of;
use crate::observers::{DescribedForm, Form, ItemKind};

/// Where the text of a column of the form comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// The identifier of a submission, without `uuid:`.
    Identifier(usize),
    /// A cell; where it is empty, the answer why.
    Cell { at: usize, blank: Option<usize> },
    /// A column for each choice.
    Choices(Vec<(String, usize)>),
}

/// How an export is read as rows of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The columns of the form with their sources.
    pub(super) columns: Vec<(String, Source)>,
    /// The column in which collectors say whether they accept a row.
    pub(super) review: Option<usize>,
    /// Columns that are not read, as they are written.
    pub unread: Vec<String>,
}

/// Why a header cannot be read as an export.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// Two columns are one question.
    #[error(
        "columns {first:?} and {second:?} are both {name:?}; give the questions different names, or take one column away"
    )]
    Twice {
        /// The question or field.
        name: String,
        /// One column.
        first: String,
        /// The other.
        second: String,
    },
}

/// Names of the column that identifies a submission, best first.
const IDENTIFIERS: [&str; 5] = ["meta-instanceID", "meta/instanceID", "instanceID", "KEY", "_uuid"];
const REPLACED: [&str; 3] = ["meta-deprecatedID", "meta/deprecatedID", "deprecatedID"];
const REVIEWS: [&str; 2] = ["ReviewState", "_validation_status"];

impl Layout {
    /// Whether a header is that of an export: it has the columns that a server adds.
    pub fn is_of(header: &[String]) -> bool {
        let has = |name: &str| header.iter().any(|column| column == name);
        let pairs = [("KEY", "SubmissionDate"), ("_uuid", "_submission_time")];
        IDENTIFIERS[..3].iter().any(|name| has(name)) || pairs.iter().any(|(one, other)| has(one) && has(other))
    }

    /// The columns that the rows have, by their names in a table of a form.
    pub fn header(&self) -> Vec<String> {
        self.columns.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Reads a header. `station` and the columns that the description names may be named in full or by their last part.
    ///
    /// # Errors
    /// Two columns are the same question.
    pub fn of(
        header: &[String],
        form: &Form,
        described: &DescribedForm,
        station: &OneOrMany<String>,
    ) -> Result<Self, LayoutError> {
        let exact = |names: &[&str]| names.iter().find_map(|name| header.iter().position(|column| column == name));
        let find = |name: &str| found(header, name);
        let mut layout = Self { review: exact(&REVIEWS), ..Self::default() };
        let mut taken: Vec<usize> = layout.review.into_iter().collect();
        // What the description names goes by the name that it gives, so that it is looked up as in any other table.
        let identifier = |field: &str, usual: &[&str]| match described.columns.get(field) {
            Some(name) => find(name).map(|at| at.map(|at| (name.clone(), at))),
            None => Ok(exact(usual).map(|at| (field.to_owned(), at))),
        };
        let identifiers = [identifier("id", &IDENTIFIERS)?, identifier("replaces", &REPLACED)?];
        for (name, at) in identifiers.into_iter().flatten() {
            taken.push(at);
            layout.columns.push((name, Source::Identifier(at)));
        }
        let named = described.columns.iter().filter(|(field, _)| !matches!(field.as_str(), "id" | "replaces"));
        let usual = FIELDS.iter().map(|field| field.0).filter(|field| !described.columns.contains_key(*field));
        let names =
            named.map(|(_, name)| name.as_str()).chain(usual).chain(station.as_slice().iter().map(String::as_str));
        for name in names {
            if layout.columns.iter().any(|(known, _)| known == name) {
                continue;
            }
            if let Some(at) = find(name)? {
                taken.push(at);
                layout.columns.push((name.to_owned(), Source::Cell { at, blank: None }));
            }
        }
        for item in &form.items {
            if layout.columns.iter().any(|(known, _)| *known == item.id) {
                continue;
            }
            let source = match find(&item.id)? {
                Some(at) => {
                    let blank = find(&blank_of(&item.id))?;
                    taken.extend([Some(at), blank].into_iter().flatten());
                    // The same choices one by one say nothing more.
                    taken.extend(split(header, &item.id, item.kind.choices()).into_iter().map(|(_, at)| at));
                    Source::Cell { at, blank }
                }
                None => {
                    let ItemKind::SeveralOf(choices) = &item.kind else { continue };
                    let choices = split(header, &item.id, choices);
                    if choices.is_empty() {
                        continue;
                    }
                    taken.extend(choices.iter().map(|(_, at)| *at));
                    Source::Choices(choices)
                }
            };
            layout.columns.push((item.id.clone(), source));
        }
        let unread = (0..header.len()).filter(|at| !taken.contains(at) && !header[*at].is_empty());
        layout.unread = unread.map(|at| header[at].clone()).collect();
        Ok(layout)
    }
}

/// The column with a name: that name itself, else the only one that ends with it after a group.
fn found(header: &[String], name: &str) -> Result<Option<usize>, LayoutError> {
    if let Some(at) = header.iter().position(|column| column == name) {
        return Ok(Some(at));
    }
    let mut ending = (0..header.len()).filter(|&at| is_in_group(&header[at], name));
    match (ending.next(), ending.next()) {
        (Some(first), Some(second)) => Err(LayoutError::Twice {
            name: name.to_owned(),
            first: header[first].clone(),
            second: header[second].clone(),
        }),
        (first, _) => Ok(first),
    }
}

/// Whether a column is a group's, then a name.
fn is_in_group(column: &str, name: &str) -> bool {
    let group = column.strip_suffix(name).and_then(|group| group.strip_suffix(['-', '/']));
    group.is_some_and(|group| !group.is_empty())
}

/// The columns of single choices, and of the blanks among them.
fn split(header: &[String], item: &str, choices: &[String]) -> Vec<(String, usize)> {
    let blanks = BLANKS.iter().map(|blank| blank.0);
    let names = choices.iter().map(String::as_str).chain(blanks);
    let place = |choice: &str| {
        let is_of = |column: &String| {
            let question = column.strip_suffix(choice).and_then(|question| question.strip_suffix('/'));
            question.is_some_and(|question| question == item || is_in_group(question, item))
        };
        header.iter().position(is_of)
    };
    names.filter_map(|choice| place(choice).map(|at| (choice.to_owned(), at))).collect()
}
