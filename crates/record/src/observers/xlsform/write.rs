//! From a form to the sheets of an XLSForm.
//!
//! Before the form's own questions come those of a visit: station, pseudonym, arrival and access; after them leaving and the overall mark.
//! Every list of choices ends with the three blanks that can be chosen. A number or a time that is left empty is followed by the
//! question why, since a field for numbers takes no words.

use std::collections::{BTreeMap, BTreeSet};

use super::{BLANK_LIST, Sheet, XlsFormError, blank_of};
use crate::observers::words::{ACCESS, BLANKS, FIELDS, WHY_EMPTY, shown};
use crate::observers::{Form, FormItem, ItemKind};

/// Writes a form as the sheets `survey`, `choices` and `settings`. Their cells cannot be taken for formulas.
///
/// # Errors
/// A name that no XLSForm can have, or a condition on a question that is not there.
pub fn write(form: &Form) -> Result<Vec<Sheet>, XlsFormError> {
    sayable(form)?;
    let mut languages = vec![form.language.clone().unwrap_or_default()];
    let translated: BTreeSet<&String> = form.items.iter().flat_map(|item| item.translations.keys()).collect();
    languages.extend(translated.into_iter().filter(|language| **language != languages[0]).cloned().collect::<Vec<_>>());
    let mut writing = Writing { languages, survey: Vec::new(), choices: Vec::new(), lists: BTreeMap::new() };
    writing.survey(form);
    let mut settings = vec![
        ("form_title", form.title.as_str()),
        ("form_id", form.id.as_str()),
        ("version", form.version.as_str()),
        ("adil_stage", form.stage.map_or("", |stage| stage.word())),
    ];
    settings.extend(form.language.as_deref().map(|language| ("default_language", language)));
    settings.retain(|(_, value)| !value.is_empty());
    let settings = vec![
        settings.iter().map(|(name, _)| (*name).to_owned()).collect(),
        settings.iter().map(|(_, value)| (*value).to_owned()).collect(),
    ];
    Ok(vec![
        Sheet::of("survey", writing.survey),
        Sheet::of("choices", writing.choices),
        Sheet::of("settings", settings),
    ])
}

struct Writing {
    /// The form's own language first.
    languages: Vec<String>,
    survey: Vec<Vec<String>>,
    choices: Vec<Vec<String>>,
    /// The lists that are written, by their rows.
    lists: BTreeMap<Vec<Vec<String>>, String>,
}

/// A row of `survey` besides its labels.
#[derive(Default)]
struct Row<'a> {
    kind: &'a str,
    name: &'a str,
    required: bool,
    relevant: &'a str,
    constraint: &'a str,
    in_order: String,
    code: &'a str,
    obligation: &'a str,
}

/// One blank is chosen by itself.
const BLANK_ALONE: &str = "count-selected(.) <= 1 or not(selected(., 'not_observed') or selected(., 'not_applicable') or \
                           selected(., 'refused'))";

impl Writing {
    fn survey(&mut self, form: &Form) {
        let labels = self.label_columns();
        let columns = ["relevant", "required", "constraint", "adil_in_order", "adil_code", "obligation"];
        let named = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        self.survey.push([named(&["type", "name"]), labels.clone(), named(&columns)].concat());
        self.choices.push([named(&["list_name", "name"]), labels].concat());
        for name in ["start", "end"] {
            self.row(&Row { kind: name, name, ..Row::default() }, |_| String::new());
        }
        let access: Vec<_> =
            ACCESS.iter().map(|word| self.choice(word.0, |language| shown(word, language).to_owned())).collect();
        let access = format!("select_one {}", self.list("access", access));
        for (field, kind) in [("station", "text"), ("observer", "text"), ("arrived", "dateTime"), ("access", &access)] {
            self.field(field, kind, field == "station");
        }
        form.items.iter().for_each(|item| self.item(item));
        self.field("left", "dateTime", false);
        let marks = FormItem::of_marks();
        let marks: Vec<_> = self.choices_of(&marks);
        let marks = format!("select_one {}", self.list("mark_alone", marks));
        self.field("overall", &marks, false);
    }

    fn label_columns(&self) -> Vec<String> {
        let column = |language: &String| match language.is_empty() {
            true => "label".to_owned(),
            false => format!("label::{language}"),
        };
        self.languages.iter().map(column).collect()
    }

    fn row(&mut self, row: &Row<'_>, label: impl Fn(&str) -> String) {
        let mut cells = vec![row.kind.to_owned(), row.name.to_owned()];
        cells.extend(self.languages.iter().map(|language| label(language)));
        let required = if row.required { "yes" } else { "" };
        let rest = [row.relevant, required, row.constraint, &row.in_order, row.code, row.obligation];
        cells.extend(rest.into_iter().map(str::to_owned));
        self.survey.push(cells);
    }

    fn field(&mut self, name: &'static str, kind: &str, required: bool) {
        let words = FIELDS.iter().find(|field| field.0 == name);
        self.row(&Row { kind, name, required, ..Row::default() }, |language| {
            words.map_or(name, |words| shown(words, language)).to_owned()
        });
    }

    fn item(&mut self, item: &FormItem) {
        let choices = item.kind.choices();
        let list = match &item.kind {
            ItemKind::OneOf(_) | ItemKind::SeveralOf(_) => {
                let mut rows = self.choices_of(item);
                rows.extend(self.blanks());
                let name = match choices.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                    ["yes", "no"] if item.labels.is_empty() => "yes_no".to_owned(),
                    ["1", "2", "3", "4"] if item.labels.is_empty() => "mark".to_owned(),
                    _ => format!("{}_choices", item.id),
                };
                self.list(&name, rows)
            }
            _ => String::new(),
        };
        let (kind, constraint) = match &item.kind {
            ItemKind::OneOf(_) => (format!("select_one {list}"), ""),
            ItemKind::SeveralOf(_) => (format!("select_multiple {list}"), BLANK_ALONE),
            ItemKind::Count => ("integer".to_owned(), ". >= 0"),
            ItemKind::Clock => ("time".to_owned(), ""),
            ItemKind::Text => ("text".to_owned(), ""),
        };
        let may_be_empty = matches!(item.kind, ItemKind::Count | ItemKind::Clock);
        let in_order: Vec<&str> =
            item.in_order.iter().filter_map(|&place| choices.get(place)).map(String::as_str).collect();
        let row = Row {
            kind: &kind,
            name: &item.id,
            required: item.required && !may_be_empty,
            relevant: item.relevant.as_deref().unwrap_or_default(),
            constraint,
            in_order: in_order.join(" "),
            code: item.code.map_or("", |code| code.word()),
            obligation: item.obligation.as_deref().unwrap_or_default(),
        };
        self.row(&row, |language| item.text_in(language).to_owned());
        if may_be_empty {
            let rows = self.blanks();
            let kind = format!("select_one {}", self.list(BLANK_LIST, rows));
            let empty = format!("${{{}}} = ''", item.id);
            let relevant = item.relevant.as_ref().map_or(empty.clone(), |relevant| format!("({relevant}) and {empty}"));
            let name = blank_of(&item.id);
            let row = Row { kind: &kind, name: &name, required: item.required, relevant: &relevant, ..Row::default() };
            self.row(&row, |language| shown(&WHY_EMPTY, language).to_owned());
        }
    }

    fn choice(&self, name: &str, label: impl Fn(&str) -> String) -> Vec<String> {
        let labels = self.languages.iter().map(|language| label(language));
        std::iter::once(name.to_owned()).chain(labels).collect()
    }

    fn choices_of(&self, item: &FormItem) -> Vec<Vec<String>> {
        let own = self.languages.first().map_or("", String::as_str);
        let choices = item.kind.choices().iter();
        choices.map(|choice| self.choice(choice, |language| item.label_in(choice, language, own).to_owned())).collect()
    }

    fn blanks(&self) -> Vec<Vec<String>> {
        BLANKS.iter().map(|word| self.choice(word.0, |language| shown(word, language).to_owned())).collect()
    }

    /// The name of a list, which is written if none with the same choices is.
    fn list(&mut self, name: &str, choices: Vec<Vec<String>>) -> String {
        if let Some(known) = self.lists.get(&choices) {
            return known.clone();
        }
        // A list of another question may have taken the name.
        let mut name = name.to_owned();
        while self.lists.values().any(|known| *known == name) {
            name.push('_');
        }
        let rows = choices.iter().map(|choice| [vec![name.clone()], choice.clone()].concat());
        self.choices.extend(rows);
        self.lists.insert(choices, name.clone());
        name
    }
}

/// Whether everything in a form can be said.
fn sayable(form: &Form) -> Result<(), XlsFormError> {
    let fields = || FIELDS.iter().map(|field| field.0).chain(["id", "replaces", "start", "end"]);
    let names: BTreeSet<String> = form.items.iter().map(|item| item.id.clone()).collect();
    for item in &form.items {
        let fault = |fault: String| Err(XlsFormError::Unsayable { item: item.id.clone(), fault });
        if !is_name(&item.id) {
            return fault(
                "a name is a letter or underscore, then letters, digits, underscores, dots and dashes".to_owned(),
            );
        }
        if fields().any(|field| field == item.id) {
            return fault("every visit has a field of that name".to_owned());
        }
        if matches!(item.kind, ItemKind::Count | ItemKind::Clock) && names.contains(&blank_of(&item.id)) {
            return fault(format!("{} is the name of the question why it is blank", blank_of(&item.id)));
        }
        let spaced = |choice: &&String| choice.is_empty() || choice.contains(char::is_whitespace);
        if let Some(choice) = item.kind.choices().iter().find(spaced) {
            return fault(format!("its choice {choice:?} is empty or has a space; give it a short name and a label"));
        }
        let unknown = |name: &&&str| {
            let of_blank = name.strip_suffix("_blank").is_some_and(|name| names.contains(name));
            !names.contains(**name) && !of_blank && !fields().any(|field| field == **name)
        };
        let relevant = item.relevant.as_deref().unwrap_or_default();
        if let Some(unknown) = references(relevant).iter().find(unknown) {
            return fault(format!("it is asked only if ${{{unknown}}} …, and there is no such question"));
        }
    }
    Ok(())
}

/// The names between `${` and `}`.
fn references(expression: &str) -> Vec<&str> {
    let parts = expression.split("${").skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name.trim()).collect()
}

/// Whether a text can be the name of an element, without a colon.
fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|letter| letter.is_alphabetic() || letter == '_')
        && letters.all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}
