//! From the sheets of an XLSForm to a form.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::header::{Header, text_at};
use super::kind::RowKind;
use super::{BLANK_LIST, PassedRow, Sheet, WhyPassed, XlsForm, XlsFormError, blank_of};
use crate::observers::form::Translation;
use crate::observers::words::FIELDS;
use crate::observers::{Blank, Form, FormError, FormItem, IncidentCode, ItemKind, Stage};

/// A choice of a list.
struct Choice<'a> {
    name: &'a str,
    cells: &'a [String],
}

/// The lists of the sheet `choices`, and where its labels are.
#[derive(Default)]
struct Lists<'a> {
    lists: BTreeMap<&'a str, Vec<Choice<'a>>>,
    labels: Vec<(String, usize)>,
}

/// A group that is open.
struct Group<'a> {
    relevant: &'a str,
    repeats: bool,
    row: u64,
}

/// The most groups within one another.
const DEEPEST: usize = 64;
/// The most bytes of texts that a form keeps: lists are copied for each question, and conditions for each question of a group.
const MOST_BYTES: usize = 16 << 20;

/// Reads the sheets of an XLSForm. A form without an identifier is called `fallback`.
///
/// # Errors
/// A sheet or column is missing, or a cell means nothing: with its sheet, row and column.
pub fn read(sheets: &[Sheet], fallback: &str) -> Result<XlsForm, XlsFormError> {
    let named = |name: &str| sheets.iter().find(|sheet| sheet.name.trim().eq_ignore_ascii_case(name));
    let no_survey = || {
        let there: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        XlsFormError::NoSheet {
            sheet: "survey",
            there: if there.is_empty() { "none".to_owned() } else { there.join(", ") },
        }
    };
    let empty = Sheet::default();
    let survey = Header::of("survey", named("survey").ok_or_else(no_survey)?)?;
    let choices = Header::of("choices", named("choices").unwrap_or(&empty))?;
    let settings = Header::of("settings", named("settings").unwrap_or(&empty))?;
    let lists = lists(&choices)?;
    let mut found = XlsForm::default();
    let setting = |name: &str| settings.rows.first().map_or("", |(_, row)| text_at(row, settings.place(name)));
    let own = own_language(&survey.languages("label"), setting("default_language"));
    let word = |text: &str, instead: &str| if text.is_empty() { instead.to_owned() } else { text.to_owned() };
    let id = word(setting("form_id"), fallback);
    let stage = Some(setting("adil_stage")).filter(|word| !word.is_empty()).map(|word| {
        let row = settings.rows.first().map_or(0, |(row, _)| *row);
        Stage::of(word).ok_or_else(|| settings.fault(row, "adil_stage", none_of(word, Stage::ALL, Stage::word)))
    });
    found.form = Form {
        title: word(setting("form_title"), &id),
        id,
        version: setting("version").to_owned(),
        stage: stage.transpose()?,
        language: Some(own.clone()).filter(|language| !language.is_empty()),
        items: Vec::new(),
    };
    let rows = Survey { survey, lists, own, left: Cell::new(MOST_BYTES) };
    let places = rows.read(&mut found)?;
    found.languages = rows.survey.languages("label").into_iter().map(|(name, _)| name).collect();
    found.languages.retain(|language| !language.is_empty());
    found.unread.extend(rows.survey.unread(&[
        "type",
        "name",
        "label",
        "relevant",
        "required",
        "parameters",
        "disabled",
        "adil_in_order",
        "adil_code",
        "obligation",
    ]));
    found.unread.extend(choices.unread(&["list_name", "name", "label"]));
    found.unread.extend(settings.unread(&["form_id", "form_title", "version", "default_language", "adil_stage"]));
    found.form = found.form.proved().map_err(|error| match &error {
        FormError::Item { item, .. } | FormError::Twice(item) => {
            let row = places.get(item).copied().unwrap_or(0);
            rows.survey.fault(row, "name", error.to_string())
        }
        _ => error.into(),
    })?;
    Ok(found)
}

/// The language of the form's own texts: the default one, else the one without a name, English, Russian, Kazakh, else the first.
fn own_language(languages: &[(String, usize)], default: &str) -> String {
    let is = |language: &str, wanted: &str| language.to_lowercase().starts_with(wanted);
    let exact = |wanted: &str| languages.iter().find(|(language, _)| language == wanted);
    let begins = |wanted: &str| languages.iter().find(|(language, _)| is(language, wanted));
    let found = Some(default).filter(|default| !default.is_empty()).and_then(exact).or_else(|| exact(""));
    let found = found.or_else(|| ["english", "russian", "русск", "kazakh", "қазақ"].into_iter().find_map(begins));
    found.or_else(|| languages.first()).map(|(language, _)| language.clone()).unwrap_or_default()
}

fn lists<'a>(choices: &Header<'a>) -> Result<Lists<'a>, XlsFormError> {
    let mut found = Lists { labels: choices.languages("label"), ..Lists::default() };
    if choices.rows.is_empty() {
        return Ok(found);
    }
    let (list, name) = (choices.needed("list_name")?, choices.needed("name")?);
    for (row, cells) in choices.rows {
        let (list, name) = (text_at(cells, Some(list)), text_at(cells, Some(name)));
        match (list, name) {
            ("", "") => {}
            ("", _) => return Err(choices.fault(*row, "list_name", "a choice is of no list")),
            (_, "") => return Err(choices.fault(*row, "name", "a choice has no name")),
            _ => found.lists.entry(list).or_default().push(Choice { name, cells }),
        }
    }
    Ok(found)
}

struct Survey<'a> {
    survey: Header<'a>,
    lists: Lists<'a>,
    own: String,
    /// Bytes that the form may still keep.
    left: Cell<usize>,
}

impl Survey<'_> {
    /// Reads all rows; returns the row of each item.
    fn read(&self, found: &mut XlsForm) -> Result<BTreeMap<String, u64>, XlsFormError> {
        let kind_at = self.survey.needed("type")?;
        let name_at = self.survey.needed("name")?;
        let [relevant, required, parameters, disabled] =
            ["relevant", "required", "parameters", "disabled"].map(|name| self.survey.place(name));
        let (mut places, mut groups) = (BTreeMap::new(), Vec::<Group<'_>>::new());
        for (row, cells) in self.survey.rows {
            let (kind, name) = (text_at(cells, Some(kind_at)), text_at(cells, Some(name_at)));
            if kind.is_empty() {
                match name.is_empty() {
                    true => continue,
                    false => return Err(self.survey.fault(*row, "type", format!("{name:?} has no type"))),
                }
            }
            let unknown =
                || self.survey.fault(*row, "type", format!("{kind:?} is no type of XLSForm, or names no list"));
            let meaning = RowKind::of(kind, text_at(cells, parameters)).ok_or_else(unknown)?;
            let mut pass = |why| {
                found.passed_over.push(PassedRow { row: *row, kind: kind.to_owned(), name: name.to_owned(), why });
            };
            if is_yes(text_at(cells, disabled)) {
                pass(WhyPassed::Disabled);
                continue;
            }
            match meaning {
                RowKind::BeginGroup | RowKind::BeginRepeat => {
                    if groups.len() == DEEPEST {
                        return Err(self.survey.fault(
                            *row,
                            "type",
                            format!("more than {DEEPEST} groups in one another"),
                        ));
                    }
                    let repeats = meaning == RowKind::BeginRepeat;
                    groups.push(Group { relevant: text_at(cells, relevant), repeats, row: *row });
                    continue;
                }
                RowKind::EndGroup | RowKind::EndRepeat => {
                    let repeats = meaning == RowKind::EndRepeat;
                    if groups.pop().is_none_or(|group| group.repeats != repeats) {
                        return Err(self.survey.fault(
                            *row,
                            "type",
                            "ends what is not the innermost group that is open",
                        ));
                    }
                    continue;
                }
                _ => {}
            }
            if groups.iter().any(|group| group.repeats) {
                pass(WhyPassed::Repeated);
                continue;
            }
            let is_field = FIELDS.iter().map(|field| field.0).chain(["id", "replaces"]).any(|field| field == name);
            if is_field && !matches!(meaning, RowKind::Passed(WhyPassed::Note)) {
                found.fields.push(name.to_owned());
                pass(WhyPassed::Field);
                continue;
            }
            if matches!(&meaning, RowKind::Select { list, several: false, .. } if list == BLANK_LIST)
                && let Some(before) = found.form.items.last_mut().filter(|before| blank_of(&before.id) == name)
            {
                before.required |= is_yes(text_at(cells, required));
                pass(WhyPassed::Blank);
                continue;
            }
            if let RowKind::Passed(why) = meaning {
                pass(why);
                continue;
            }
            if name.is_empty() {
                return Err(self.survey.fault(*row, "name", "the question has no name"));
            }
            let mut item = self.item(*row, cells, name, meaning)?;
            let conditions = groups.iter().map(|group| group.relevant).chain([text_at(cells, relevant)]);
            item.relevant = all_of(conditions);
            self.keep(*row, "relevant", item.relevant.as_deref().unwrap_or_default())?;
            item.required = is_yes(text_at(cells, required));
            places.entry(item.id.clone()).or_insert(*row);
            found.form.items.push(item);
        }
        match groups.last() {
            Some(open) => Err(self.survey.fault(open.row, "type", "begins a group that is not ended")),
            None => Ok(places),
        }
    }

    /// A text that the form keeps, of which there may be only so much.
    fn keep(&self, row: u64, column: &str, text: &str) -> Result<String, XlsFormError> {
        // A text has a cost of its own beside its letters.
        let left = self.left.get().checked_sub(text.len() + 32);
        let fault =
            || self.survey.fault(row, column, format!("with it the form has more than {MOST_BYTES} bytes of texts"));
        self.left.set(left.ok_or_else(fault)?);
        Ok(text.to_owned())
    }

    fn item(&self, row: u64, cells: &[String], name: &str, kind: RowKind) -> Result<FormItem, XlsFormError> {
        let texts = self.survey.languages("label");
        let mut item = FormItem {
            id: name.to_owned(),
            text: name.to_owned(),
            kind: ItemKind::Text,
            in_order: Vec::new(),
            code: None,
            obligation: None,
            relevant: None,
            required: false,
            labels: BTreeMap::new(),
            translations: BTreeMap::new(),
        };
        for (language, at) in texts {
            let text = text_at(cells, Some(at));
            match text.is_empty() {
                true => {}
                false if language == self.own => item.text = self.keep(row, "label", text)?,
                false => translation(&mut item, language).text = Some(self.keep(row, "label", text)?),
            }
        }
        item.kind = match kind {
            RowKind::Count => ItemKind::Count,
            RowKind::Clock => ItemKind::Clock,
            RowKind::Select { several, list, or_other } => self.select(row, &mut item, several, &list, or_other)?,
            _ => ItemKind::Text,
        };
        let own = |column: &str| text_at(cells, self.survey.place(column));
        for word in own("adil_in_order").split_whitespace() {
            let place = item.kind.choices().iter().position(|choice| choice == word);
            let fault = || self.survey.fault(row, "adil_in_order", format!("{word:?} is no choice of {name:?}"));
            item.in_order.push(place.filter(|_| matches!(item.kind, ItemKind::OneOf(_))).ok_or_else(fault)?);
        }
        if let Some(word) = Some(own("adil_code")).filter(|word| !word.is_empty()) {
            let fault = || self.survey.fault(row, "adil_code", none_of(word, IncidentCode::ALL, IncidentCode::word));
            item.code = Some(IncidentCode::of(word).ok_or_else(fault)?);
        }
        item.obligation = match own("obligation") {
            "" => None,
            text => Some(self.keep(row, "obligation", text)?),
        };
        Ok(item)
    }

    fn select(
        &self,
        row: u64,
        item: &mut FormItem,
        several: bool,
        list: &str,
        or_other: bool,
    ) -> Result<ItemKind, XlsFormError> {
        let there = || self.lists.lists.keys().take(20).copied().collect::<Vec<_>>().join(", ");
        let absent =
            || self.survey.fault(row, "type", format!("the sheet choices has no list {list:?}; it has: {}", there()));
        let choices = self.lists.lists.get(list).ok_or_else(absent)?;
        // A list is copied for each question, so it is not copied before it is known to be short enough.
        let most = if several { FormItem::MOST_OF_SEVERAL } else { FormItem::MOST_CHOICES };
        let answers: Vec<&Choice<'_>> =
            choices.iter().filter(|choice| Blank::of(choice.name).is_none()).take(most + 1).collect();
        if answers.len() > most {
            let fault = format!("the list {list:?} has more than {most} choices");
            return Err(self.survey.fault(row, "type", fault));
        }
        let names = answers.iter().map(|choice| self.keep(row, "type", choice.name));
        let mut names = names.collect::<Result<Vec<String>, _>>()?;
        if let Some(spaced) = names.iter().find(|name| name.contains(char::is_whitespace)) {
            let fault = format!("the list {list:?} has the choice {spaced:?}, and names of choices have no spaces");
            return Err(self.survey.fault(row, "type", fault));
        }
        for choice in answers {
            for (language, at) in &self.lists.labels {
                let label = text_at(choice.cells, Some(*at));
                if label.is_empty() {
                    continue;
                }
                let labels = match *language == self.own {
                    true => &mut item.labels,
                    false => &mut translation(item, language.clone()).labels,
                };
                labels.insert(self.keep(row, "type", choice.name)?, self.keep(row, "type", label)?);
            }
        }
        if or_other && !names.iter().any(|name| name == "other") {
            names.push("other".to_owned());
        }
        Ok(if several { ItemKind::SeveralOf(names) } else { ItemKind::OneOf(names) })
    }
}

/// The translation into a language; a column without one, where the form has another, is what pyxform calls `default`.
fn translation(item: &mut FormItem, language: String) -> &mut Translation {
    let language = if language.is_empty() { "default".to_owned() } else { language };
    item.translations.entry(language).or_default()
}

/// All of some conditions, as one; `None` where there is none.
fn all_of<'a>(conditions: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut seen = BTreeSet::new();
    let conditions: Vec<&str> =
        conditions.filter(|condition| !condition.is_empty() && seen.insert(*condition)).collect();
    match conditions.as_slice() {
        [] => None,
        [only] => Some((*only).to_owned()),
        several => Some(several.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" and ")),
    }
}

/// Whether a cell says yes, in the words that pyxform takes; an expression says no.
fn is_yes(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "yes" | "true" | "true()" | "1")
}

fn none_of<T: Copy>(found: &str, all: &[T], name: impl Fn(T) -> &'static str) -> String {
    let words: Vec<&str> = all.iter().map(|&value| name(value)).collect();
    format!("{:?} is none of {}", found.chars().take(40).collect::<String>(), words.join(", "))
}
