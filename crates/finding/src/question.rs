//! Questions that a record asks, with the checks that speak to them.

use crate::{CheckId, Technique};

/// A text in one or several languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalText {
    /// Texts by language tag; an empty tag stands for any language.
    pub texts: Vec<(String, String)>,
}

impl LocalText {
    /// The text in a language, else the one for any, else the first.
    pub fn in_language(&self, tag: &str) -> &str {
        let of = |wanted: &str| self.texts.iter().find(|(known, _)| known == wanted).map(|(_, text)| text.as_str());
        of(tag).or_else(|| of("")).or_else(|| self.texts.first().map(|(_, text)| text.as_str())).unwrap_or_default()
    }
}

/// A question of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// The question.
    pub text: LocalText,
    /// The checks whose findings speak to it, by name, in the order in which they are to be read.
    pub checks: Vec<String>,
    /// The techniques that it asks about.
    pub techniques: Vec<Technique>,
    /// What no check can say and the record's author does, with its source.
    pub note: Option<LocalText>,
    /// Where what the note says can be read.
    pub source: Option<String>,
}

impl Question {
    /// Whether a check speaks to it.
    pub fn is_for(&self, check: CheckId) -> bool {
        self.checks.iter().any(|name| name == check.0)
    }
}
