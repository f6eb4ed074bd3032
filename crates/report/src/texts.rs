//! The catalogue of one language: messages in, sentences out.
//!
//! The texts are Fluent files, compiled in: the report's own words, the names of measures, and a file for each check. A message
//! that a language lacks is said in English; one that English lacks too is shown by its identifier in brackets, which
//! [`Texts::missing`] reports so that tests can find it first.

use std::borrow::Cow;

use adil_finding::{Arg, Message};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::clean::clean;
use crate::numerals::{Numerals, SMALLEST_PROBABILITY};
use crate::{Language, LanguageUnknown};

/// The texts of one language.
pub struct Texts {
    language: Language,
    own: Bundle,
    /// English, where `own` is another language.
    fallback: Option<Box<Texts>>,
}

/// Why a message cannot be said as its author meant it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// The language has no text of that identifier.
    #[error("the {language} texts have no message {id:?}")]
    Unknown {
        /// The language.
        language: Language,
        /// The identifier.
        id: &'static str,
    },
    /// The text names a value that the message does not carry, or calls something that does not exist.
    #[error("the {language} text of {id:?} cannot be filled in: {fault}")]
    Unfilled {
        /// The language.
        language: Language,
        /// The identifier.
        id: &'static str,
        /// What is missing.
        fault: String,
    },
}

type Bundle = FluentBundle<FluentResource>;

/// The files of one language: name and text.
pub(crate) type Files = [(&'static str, &'static str)];

macro_rules! files {
    ($language:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../locales/", $language, "/", $name, ".ftl")))),+]
    };
}

macro_rules! files_of {
    ($language:literal) => {
        files!($language:
            "report",
            "measures",
            "bank",
            "stations-totals",
            "stations-balance",
            "stations-impossible",
            "stations-duplicates",
            "stations-evidence",
            "stations-integers",
            "stations-fingerprint",
            "stations-estimate",
            "stations-comet",
            "stations-klimek",
            "stations-mobile",
            "stations-unused",
            "stations-last-digit",
            "stations-regions",
            "stations-books",
            "stations-timeline",
            "stations-machines",
            "stations-neighbours",
            "stations-power",
            "stations-coincidences",
            "stations-dispersion",
            "stations-targets",
            "stations-added",
            "stations-twins",
            "stations-borders",
            "releases-arithmetic",
            "copies",
            "protocol-copies",
            "exit-polls",
            "forecasts-score",
            "quick-count",
            "observers",
            "dossier",
            "bundle",
            "board",
            "board-log",
            "board-count",
            "rules",
            "letters",
        )
    };
}

pub(crate) fn files(language: Language) -> &'static Files {
    match language {
        Language::En => files_of!("en"),
        Language::Ru => files_of!("ru"),
        Language::Kk => files_of!("kk"),
    }
}

impl Texts {
    /// The texts of a language.
    pub fn new(language: Language) -> Self {
        let fallback = (language != Language::En).then(|| Box::new(Self::new(Language::En)));
        Self { language, own: bundle(language), fallback }
    }

    /// The texts of the language that `--lang` names.
    ///
    /// # Errors
    /// There are no texts in it.
    pub fn named(tag: &str) -> Result<Self, LanguageUnknown> {
        tag.parse().map(Self::new)
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The message in this language, on one line and without control characters.
    pub fn format(&self, message: &Message) -> String {
        match (say(&self.own, message.id, &self.args(message), &mut Vec::new()), &self.fallback) {
            (Some(said), _) => clean(&said).into_owned(),
            // The whole sentence, so that its numbers are written in the same language as its words.
            (None, Some(english)) => english.format(message),
            (None, None) => format!("[{}]", message.id),
        }
    }

    /// Everything that keeps this message, or one inside it, from being said in this language.
    pub fn missing(&self, message: &Message) -> Vec<TextFault> {
        let mut faults = Vec::new();
        let language = self.language;
        let mut errors = Vec::new();
        if say(&self.own, message.id, &self.args(message), &mut errors).is_none() {
            faults.push(TextFault::Unknown { language, id: message.id });
        }
        let unfilled = |fault| TextFault::Unfilled { language, id: message.id, fault };
        faults.extend(errors.into_iter().map(unfilled));
        for (_, arg) in &message.args {
            self.missing_in(arg, &mut faults);
        }
        faults
    }

    fn missing_in(&self, arg: &Arg, faults: &mut Vec<TextFault>) {
        match arg {
            Arg::Message(message) => faults.extend(self.missing(message)),
            Arg::List(list) => list.iter().for_each(|arg| self.missing_in(arg, faults)),
            _ => {}
        }
    }

    /// One of the report's own words.
    pub(crate) fn word(&self, id: &'static str) -> String {
        self.format(&Message::new(id))
    }

    /// The text of an identifier that is put together at run time, where there is one.
    pub(crate) fn find(&self, id: &str) -> Option<String> {
        let said = say(&self.own, id, &FluentArgs::new(), &mut Vec::new());
        said.or_else(|| self.fallback.as_ref()?.find(id))
    }

    pub(crate) fn numerals(&self) -> Numerals {
        self.language.numerals()
    }

    /// A probability in words.
    pub(crate) fn probability(&self, probability: f64) -> String {
        self.numerals().probability(probability).unwrap_or_else(|| {
            let limit = self.numerals().number(SMALLEST_PROBABILITY, 4);
            self.format(&Message::new("probability-below").with("limit", limit))
        })
    }

    fn args<'a>(&self, message: &'a Message) -> FluentArgs<'a> {
        message.args.iter().map(|(name, arg)| (*name, self.value(arg))).collect()
    }

    fn value<'a>(&self, arg: &'a Arg) -> FluentValue<'a> {
        match arg {
            Arg::Text(text) => FluentValue::String(clean(text)),
            // A number keeps its value, so that a text can choose a plural form by it; `write` puts it into digits.
            Arg::Count(count) if count.unsigned_abs() < (1 << 53) => number(*count as f64, 0),
            Arg::Number(value, decimals) if value.is_finite() => number(*value, *decimals),
            other => FluentValue::String(Cow::Owned(self.arg(other))),
        }
    }

    /// A value by itself, as it stands in a message.
    pub(crate) fn said(&self, arg: &Arg) -> String {
        clean(&self.arg(arg)).into_owned()
    }

    fn arg(&self, arg: &Arg) -> String {
        match arg {
            Arg::Text(text) => clean(text).into_owned(),
            Arg::Count(count) => self.numerals().count(*count),
            Arg::Number(number, decimals) => self.numerals().number(*number, *decimals),
            Arg::Percent(fraction, decimals) => self.numerals().percent(*fraction, *decimals),
            Arg::Probability(probability) => self.probability(*probability),
            Arg::Message(message) => self.format(message),
            Arg::List(list) => list.iter().map(|arg| self.arg(arg)).collect::<Vec<_>>().join(", "),
        }
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").field("language", &self.language).finish_non_exhaustive()
    }
}

fn number(value: f64, decimals: u8) -> FluentValue<'static> {
    let mut number = FluentNumber::from(value);
    // A whole number is left as Fluent reads one, so that a text can have a variant for exactly [0].
    if decimals > 0 {
        number.options.minimum_fraction_digits = Some(usize::from(decimals));
        number.options.maximum_fraction_digits = Some(usize::from(decimals));
    }
    FluentValue::Number(number)
}

fn bundle(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.identifier()]);
    // The marks would keep a name of another direction apart, but would also stand in every copied sentence.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::En => write::<_, true>,
        Language::Ru | Language::Kk => write::<_, false>,
    }));
    for (_, text) in files(language) {
        // A text that does not parse is left out here and fails the test that reads all files.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    #[cfg(test)]
    if let Ok(resource) = FluentResource::try_new(crate::sample::texts(language).to_owned()) {
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Puts numbers into digits; a Fluent formatter is a plain function, so the language is part of its type.
fn write<M, const ENGLISH: bool>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let numerals = if ENGLISH { Language::En.numerals() } else { Language::Ru.numerals() };
    match value {
        FluentValue::Number(number) => {
            let decimals = number.options.minimum_fraction_digits.unwrap_or(0);
            Some(numerals.number(number.value, u8::try_from(decimals).unwrap_or(u8::MAX)))
        }
        _ => None,
    }
}

fn say(bundle: &Bundle, id: &str, args: &FluentArgs<'_>, faults: &mut Vec<String>) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let said = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
    faults.extend(errors.iter().map(ToString::to_string));
    Some(said)
}

#[cfg(test)]
#[path = "texts_tests.rs"]
mod tests;
