//! A form: what observers are asked at one stage, as a plain text that a person can write.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::words::shown_by_itself;
use super::{Blank, IncidentCode, Stage};
use crate::OneOrMany;

/// A form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Form {
    /// A short name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version, as its publisher counts.
    pub version: String,
    /// The part of the day that it is of.
    pub stage: Option<Stage>,
    /// The language of its texts, as a program for forms names it: `English (en)`.
    pub language: Option<String>,
    /// What is asked, in order.
    pub items: Vec<FormItem>,
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct FormItem {
    /// A short name, which is that of its column.
    pub id: String,
    /// The question.
    pub text: String,
    /// What can be answered.
    pub kind: ItemKind,
    /// The answers that are in order, by their place among the choices; empty where none is out of order.
    pub in_order: Vec<usize>,
    /// The incident that an answer out of order would be of.
    pub code: Option<IncidentCode>,
    /// The obligation that the question is about, as its publisher cites it.
    pub obligation: Option<String>,
    /// When it is asked, as an expression of XPath with `${name}` for answers; else it is *not asked*. Always, where there is none.
    pub relevant: Option<String>,
    /// Whether the observer must answer, if only with a reason for a blank.
    pub required: bool,
    /// What is shown for choices, where it is not the choice itself.
    pub labels: BTreeMap<String, String>,
    /// The same in further languages, by their names.
    pub translations: BTreeMap<String, Translation>,
}

/// A question in a further language. What it does not have is shown as in the form's own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// The question.
    #[serde(default)]
    pub text: Option<String>,
    /// What is shown for choices.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

/// What can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemKind {
    /// One of some choices, by their words: at most 200.
    OneOf(Vec<String>),
    /// Any of some choices: at most 60.
    SeveralOf(Vec<String>),
    /// A number of things or people.
    Count,
    /// A time of the day.
    Clock,
    /// Words. They are never kept: only that there are some.
    Text,
}

/// Why a form cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// It is no TOML, or has keys or values that it should not have.
    #[error("{0}")]
    Syntax(String),
    /// Two items have one name.
    #[error("two items are called {0:?}")]
    Twice(String),
    /// An item that cannot be.
    #[error("the item {item:?} {fault}")]
    Item {
        /// Its name.
        item: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A language without a name.
    #[error("a language has a name without colons, like \"Russian (ru)\"")]
    Language,
    /// More languages than a form can have.
    #[error("has translations into more than 20 languages")]
    Languages,
    /// A word that is no stage or code.
    #[error("{what} {found:?} is none; one of {words} was expected")]
    Word {
        /// What it should be.
        what: &'static str,
        /// What it is.
        found: String,
        /// What there is.
        words: String,
    },
}

/// A form as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawForm {
    id: String,
    title: Option<String>,
    #[serde(default)]
    version: String,
    stage: Option<String>,
    language: Option<String>,
    #[serde(default)]
    item: Vec<RawItem>,
}

/// An item as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawItem {
    id: String,
    text: Option<String>,
    kind: Option<RawKind>,
    #[serde(default)]
    choices: Vec<String>,
    in_order: Option<OneOrMany<String>>,
    code: Option<String>,
    obligation: Option<String>,
    relevant: Option<String>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    #[serde(default)]
    translations: BTreeMap<String, Translation>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawKind {
    YesNo,
    OneOf,
    SeveralOf,
    Mark,
    Count,
    Clock,
    Text,
}

impl Form {
    /// The most languages that a form is translated into.
    pub const MOST_LANGUAGES: usize = 20;

    /// Reads a form.
    ///
    /// # Errors
    /// It is none, or has an item that cannot be.
    pub fn parse(text: &str) -> Result<Self, FormError> {
        let raw: RawForm = toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            FormError::Syntax(format!("line {}: {}", before.matches('\n').count() + 1, error.message()))
        })?;
        let stage = raw.stage.as_deref().map(|word| known("the stage", word, Stage::of, Stage::ALL, Stage::word));
        let form = Self {
            title: raw.title.unwrap_or_else(|| raw.id.clone()),
            id: raw.id,
            version: raw.version,
            stage: stage.transpose()?,
            language: raw.language,
            items: raw.item.into_iter().map(FormItem::of).collect::<Result<_, _>>()?,
        };
        form.proved()
    }

    /// The same form, if its items can be told apart; without labels that say what is shown anyway.
    ///
    /// # Errors
    /// Two items have one name, or one has more choices than can be kept, or one that means a blank.
    pub fn proved(mut self) -> Result<Self, FormError> {
        let language = self.language.clone().unwrap_or_default();
        self.items.iter_mut().for_each(|item| item.drop_what_is_shown_anyway(&language));
        let mut seen = BTreeSet::new();
        let is_name = |name: &String| !name.trim().is_empty() && name.trim() == name && !name.contains(':');
        let languages: BTreeSet<&String> = self.items.iter().flat_map(|item| item.translations.keys()).collect();
        if languages.len() > Self::MOST_LANGUAGES {
            return Err(FormError::Languages);
        }
        if !self.language.iter().chain(self.items.iter().flat_map(|item| item.translations.keys())).all(is_name) {
            return Err(FormError::Language);
        }
        for item in &self.items {
            if !seen.insert(item.id.as_str()) {
                return Err(FormError::Twice(item.id.clone()));
            }
            let (choices, most) = match &item.kind {
                ItemKind::OneOf(choices) => (choices, FormItem::MOST_CHOICES),
                ItemKind::SeveralOf(choices) => (choices, FormItem::MOST_OF_SEVERAL),
                ItemKind::Count | ItemKind::Clock | ItemKind::Text => continue,
            };
            let fault = |fault| FormError::Item { item: item.id.clone(), fault };
            if choices.iter().any(|choice| Blank::of(choice.trim()).is_some()) {
                return Err(fault(
                    "has a choice that means a blank: not-asked, not-observed, not-applicable or refused",
                ));
            }
            if choices.len() < 2 {
                return Err(fault("has fewer than two choices"));
            }
            if choices.len() > most {
                return Err(fault("has more choices than 200, or 60 where several can be chosen"));
            }
            if choices.iter().collect::<BTreeSet<_>>().len() < choices.len() {
                return Err(fault("has one choice twice"));
            }
        }
        Ok(self)
    }
}

impl FormItem {
    /// The most choices of which one is chosen.
    pub const MOST_CHOICES: usize = 200;
    /// The most choices of which several are.
    pub const MOST_OF_SEVERAL: usize = 60;

    fn of(raw: RawItem) -> Result<Self, FormError> {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let fault = |fault| FormError::Item { item: raw.id.clone(), fault };
        let kind = raw.kind.unwrap_or(if raw.choices.is_empty() { RawKind::YesNo } else { RawKind::OneOf });
        let takes_choices = matches!(kind, RawKind::OneOf | RawKind::SeveralOf);
        if takes_choices == raw.choices.is_empty() {
            return Err(fault("needs choices if it is one-of or several-of, and has none otherwise"));
        }
        let kind = match kind {
            RawKind::YesNo => ItemKind::OneOf(words(&["yes", "no"])),
            RawKind::Mark => ItemKind::OneOf(words(&["1", "2", "3", "4"])),
            RawKind::OneOf => ItemKind::OneOf(raw.choices),
            RawKind::SeveralOf => ItemKind::SeveralOf(raw.choices),
            RawKind::Count => ItemKind::Count,
            RawKind::Clock => ItemKind::Clock,
            RawKind::Text => ItemKind::Text,
        };
        let place = |word: &String| match &kind {
            ItemKind::OneOf(choices) => choices.iter().position(|choice| choice == word),
            _ => None,
        };
        let in_order: Option<Vec<usize>> = raw.in_order.iter().flat_map(|words| words.as_slice()).map(place).collect();
        let in_order = in_order.ok_or_else(|| fault("has an in-order that is none of its choices"))?;
        let code = raw.code.as_deref();
        let code = code.map(|word| known("the code", word, IncidentCode::of, IncidentCode::ALL, IncidentCode::word));
        let translated = raw.translations.values().map(|translation| &translation.labels);
        let is_choice = |choice: &String| kind.choices().contains(choice);
        if !translated.chain([&raw.labels]).flat_map(BTreeMap::keys).all(is_choice) {
            return Err(fault("has a label for what is none of its choices"));
        }
        let text = raw.text.unwrap_or_else(|| raw.id.clone());
        Ok(Self {
            text,
            kind,
            in_order,
            code: code.transpose()?,
            obligation: raw.obligation,
            relevant: raw.relevant,
            required: raw.required,
            labels: raw.labels,
            translations: raw.translations,
            id: raw.id,
        })
    }

    /// A mark for the whole of a visit, from 1 to 4.
    pub(super) fn of_marks() -> Self {
        Self {
            id: "overall".to_owned(),
            text: String::new(),
            kind: ItemKind::OneOf(["1", "2", "3", "4"].map(str::to_owned).to_vec()),
            in_order: Vec::new(),
            code: None,
            obligation: None,
            relevant: None,
            required: false,
            labels: BTreeMap::new(),
            translations: BTreeMap::new(),
        }
    }

    /// The question in a language: the form's own where there is no translation.
    pub fn text_in(&self, language: &str) -> &str {
        let translated = self.translations.get(language).and_then(|translation| translation.text.as_deref());
        translated.unwrap_or(&self.text)
    }

    /// What is shown for a choice in a language, where the form's own is `own`.
    pub fn label_in<'a>(&'a self, choice: &'a str, language: &str, own: &str) -> &'a str {
        let given = |labels: &'a BTreeMap<String, String>| labels.get(choice).map(String::as_str);
        let translated = self.translations.get(language).and_then(|translation| given(&translation.labels));
        translated.unwrap_or_else(|| self.label_without_translation(choice, language, own))
    }

    fn label_without_translation<'a>(&'a self, choice: &'a str, language: &str, own: &str) -> &'a str {
        let usual = |language| shown_by_itself(choice, self.kind.choices(), language);
        let label = self.labels.get(choice).map(String::as_str);
        match language == own {
            true => label.or_else(|| usual(own)),
            // A word that is usual in the language comes before what its form's own language shows.
            false => usual(language).or(label),
        }
        .unwrap_or(choice)
    }

    fn drop_what_is_shown_anyway(&mut self, own: &str) {
        let choices = self.kind.choices().to_vec();
        let labels = std::mem::take(&mut self.labels);
        let usual = |choice: &str| shown_by_itself(choice, &choices, own).unwrap_or(choice).to_owned();
        self.labels = labels.into_iter().filter(|(choice, label)| *label != usual(choice)).collect();
        self.translations.remove(own);
        let mut translations = std::mem::take(&mut self.translations);
        for (language, translation) in &mut translations {
            translation.text = translation.text.take().filter(|text| *text != self.text);
            let anyway = |choice: &String| self.label_without_translation(choice, language, own).to_owned();
            translation.labels.retain(|choice, label| *label != anyway(choice));
        }
        translations.retain(|_, translation| *translation != Translation::default());
        self.translations = translations;
    }
}

impl ItemKind {
    /// The choices; none where nothing is chosen.
    pub fn choices(&self) -> &[String] {
        match self {
            Self::OneOf(choices) | Self::SeveralOf(choices) => choices,
            Self::Count | Self::Clock | Self::Text => &[],
        }
    }
}

fn known<T: Copy>(
    what: &'static str,
    word: &str,
    of: impl Fn(&str) -> Option<T>,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, FormError> {
    of(word).ok_or_else(|| FormError::Word {
        what,
        found: word.chars().take(40).collect(),
        words: all.iter().map(|&value| name(value)).collect::<Vec<_>>().join(", "),
    })
}
