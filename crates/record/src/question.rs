//! Questions in a description.

use std::collections::BTreeMap;

use adil_finding::{LocalText, Question, Technique};
use serde::Deserialize;

use crate::DescriptionError;

/// A question of an `election.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedQuestion {
    /// The question.
    pub text: DescribedText,
    /// The checks whose findings speak to it.
    #[serde(default)]
    pub checks: Vec<String>,
    /// The techniques that it asks about, by their names in `--json`.
    #[serde(default)]
    pub techniques: Vec<String>,
    /// What no check can say.
    #[serde(default)]
    pub note: Option<DescribedText>,
    /// Where that can be read.
    #[serde(default)]
    pub source: Option<String>,
}

/// A text, or texts by language.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum DescribedText {
    /// For any language.
    Any(String),
    /// By language tag: `en`, `ru`, `kk`.
    ByLanguage(BTreeMap<String, String>),
}

impl DescribedText {
    fn local(&self) -> LocalText {
        let texts = match self {
            Self::Any(text) => vec![(String::new(), text.clone())],
            Self::ByLanguage(texts) => texts.iter().map(|(tag, text)| (tag.clone(), text.clone())).collect(),
        };
        LocalText { texts }
    }
}

impl DescribedQuestion {
    /// The question.
    ///
    /// # Errors
    /// It names a technique that is none.
    pub(crate) fn question(&self) -> Result<Question, DescriptionError> {
        let technique = |name: &String| {
            let found = Technique::ALL.into_iter().find(|technique| technique.id() == name);
            found.ok_or_else(|| DescriptionError::Unknown {
                place: "a question".to_owned(),
                what: "technique",
                id: name.clone(),
            })
        };
        Ok(Question {
            text: self.text.local(),
            checks: self.checks.clone(),
            techniques: self.techniques.iter().map(technique).collect::<Result<_, _>>()?,
            note: self.note.as_ref().map(DescribedText::local),
            source: self.source.clone(),
        })
    }
}
