//! `election.toml` of a bundle: what the author of the record wrote of it, with the names of the bundle's files.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::Moment;

/// What the files of a bundle are called, part by part, in the order of the description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BundleNames {
    /// The files of each table.
    pub tables: Vec<Vec<String>>,
    /// The contests' own files.
    pub contests: Vec<ContestNames>,
    /// The archive of each board, and the folder of its log.
    pub boards: Vec<(String, Option<String>)>,
    /// Observers; `None` for those of whom nothing is left.
    pub observers: Vec<Option<ObserverNames>>,
}

/// The files of a contest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContestNames {
    /// The forecasts.
    pub forecasts: Option<String>,
    /// Design, reports, station column and option columns of each quick count.
    pub quick_counts: Vec<(Option<String>, String, String, Vec<String>)>,
    /// The lines and the design of each file of copies.
    pub copies: Vec<(String, Option<String>)>,
}

/// The files of observers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObserverNames {
    /// The files of incidents.
    pub incidents: Vec<String>,
    /// Definition, table, station column and renamed columns of each form that is left.
    pub forms: Vec<(String, String, String, BTreeMap<String, String>)>,
    /// The drawing.
    pub assignment: Option<String>,
    /// The first moment that a time can be of, rounded as the times are.
    pub from: Option<Moment>,
}

/// A part of a description that nobody has said how to publish. What is not known is not copied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "its part {part:?} is none that can be published: nothing says what of it may be shown; take it out, or publish without it"
)]
pub struct PartUnknown {
    /// Where it is.
    pub part: String,
}

/// The parts that can be published. Whoever adds a part to a description says here, and below, what is shown of it.
const RECORD: [&str; 7] = ["title", "date", "question", "contest", "table", "board", "observers"];
/// The parts of a contest.
const CONTEST: [&str; 7] = ["id", "title", "option", "release", "forecasts", "quick-count", "copies"];

/// The description with the names of the bundle's files. It must have been read before: keys that it does not know are refused there.
/// Remarks are no part of what is read, and are not there.
///
/// # Errors
/// It has a part that cannot be published.
pub fn rewritten_description(text: &str, names: &BundleNames) -> Result<String, PartUnknown> {
    let unknown = |part: &str| PartUnknown { part: part.chars().take(40).collect() };
    let mut table: Table = toml::from_str(text).map_err(|_| unknown(""))?;
    if let Some(part) = table.keys().find(|key| !RECORD.contains(&key.as_str())) {
        return Err(unknown(part));
    }
    for (of, files) in each(&mut table, "table").zip(&names.tables) {
        put(of, "file", list(files));
    }
    let mut contests = names.contests.iter();
    for contest in each(&mut table, "contest") {
        if let Some(part) = contest.keys().find(|key| !CONTEST.contains(&key.as_str())) {
            return Err(unknown(&format!("contest.{part}")));
        }
        let Some(files) = contests.next() else { continue };
        if let (Some(Value::Table(forecasts)), Some(file)) = (contest.get_mut("forecasts"), &files.forecasts) {
            put(forecasts, "file", file.as_str().into());
        }
        for (of, (design, results, station, options)) in each(contest, "quick-count").zip(&files.quick_counts) {
            if let Some(design) = design {
                put(of, "design", design.as_str().into());
            }
            put(of, "results", results.as_str().into());
            put(of, "station", station.as_str().into());
            put(of, "option", Value::Array(options.iter().map(|option| option.as_str().into()).collect()));
        }
        for (of, (file, design)) in each(contest, "copies").zip(&files.copies) {
            put(of, "file", file.as_str().into());
            if let Some(design) = design {
                put(of, "known-sample", design.as_str().into());
            }
        }
    }
    for (of, (file, log)) in each(&mut table, "board").zip(&names.boards) {
        put(of, "file", file.as_str().into());
        if let Some(log) = log {
            put(of, "log", log.as_str().into());
        }
    }
    observers(&mut table, &names.observers);
    // A table of texts and numbers can always be written.
    Ok(toml::to_string(&table).unwrap_or_default())
}

fn observers(table: &mut Table, names: &[Option<ObserverNames>]) {
    let Some(Value::Array(all)) = table.remove("observers") else { return };
    let mut left = Vec::new();
    for (value, names) in all.into_iter().zip(names) {
        let (Value::Table(of), Some(names)) = (value, names) else { continue };
        let mut kept = Table::new();
        for key in ["publisher", "kind", "source", "until"] {
            if let Some(value) = of.get(key) {
                put(&mut kept, key, value.clone());
            }
        }
        if let Some(from) = names.from {
            put(&mut kept, "from", from.to_string().into());
        }
        if !names.incidents.is_empty() {
            put(
                &mut kept,
                "incidents",
                Value::Array(names.incidents.iter().map(|file| file.as_str().into()).collect()),
            );
        }
        let forms = names.forms.iter().map(|(definition, file, station, columns)| {
            let mut form = Table::new();
            put(&mut form, "definition", definition.as_str().into());
            put(&mut form, "file", file.as_str().into());
            put(&mut form, "station", station.as_str().into());
            if !columns.is_empty() {
                let columns = columns.iter().map(|(usual, name)| (usual.clone(), name.as_str().into()));
                put(&mut form, "columns", Value::Table(columns.collect()));
            }
            Value::Table(form)
        });
        let forms: Vec<Value> = forms.collect();
        if !forms.is_empty() {
            put(&mut kept, "form", Value::Array(forms));
        }
        if let (Some(file), Some(Value::Table(drawn))) = (&names.assignment, of.get("assignment")) {
            let mut assignment = Table::new();
            put(&mut assignment, "file", file.as_str().into());
            put(&mut assignment, "station", "station".into());
            put(&mut assignment, "assigned", "assigned".into());
            put(&mut assignment, "stratum", "stratum".into());
            for key in ["rings", "note"] {
                if let Some(value) = drawn.get(key) {
                    put(&mut assignment, key, value.clone());
                }
            }
            put(&mut kept, "assignment", Value::Table(assignment));
        }
        left.push(Value::Table(kept));
    }
    if !left.is_empty() {
        put(table, "observers", Value::Array(left));
    }
}

/// The tables of a list of tables; of one that is not there, none.
fn each<'t>(table: &'t mut Table, key: &str) -> impl Iterator<Item = &'t mut Table> {
    let all = match table.get_mut(key) {
        Some(Value::Array(all)) => all.as_mut_slice(),
        _ => &mut [],
    };
    all.iter_mut().filter_map(Value::as_table_mut)
}

fn put(table: &mut Table, key: &str, value: Value) {
    table.insert(key.to_owned(), value);
}

fn list(files: &[String]) -> Value {
    match files {
        [only] => only.as_str().into(),
        several => Value::Array(several.iter().map(|file| file.as_str().into()).collect()),
    }
}
