//! The languages a report can be read in.

use std::fmt;
use std::str::FromStr;

use unic_langid::LanguageIdentifier;

/// A language of the report. `--json` is always English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
    /// Kazakh.
    Kk,
}

/// A language that the report is not written in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there are no texts in the language {wanted:?}; there are en (English), ru (Russian) and kk (Kazakh)")]
pub struct LanguageUnknown {
    /// What was asked for.
    pub wanted: String,
}

impl Language {
    /// All of them; the first is the one that others fall back to.
    pub const ALL: [Self; 3] = [Self::En, Self::Ru, Self::Kk];

    /// Its tag, as in `--lang` and in the page's `lang` attribute (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
            Self::Kk => "kk",
        }
    }

    pub(crate) fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().expect("the tags above are well-formed")
    }
}

impl FromStr for Language {
    type Err = LanguageUnknown;

    /// Reads `ru`, and also `ru-KZ` or `ru_RU.UTF-8`: only the language counts.
    fn from_str(text: &str) -> Result<Self, LanguageUnknown> {
        let language = text.split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
        let found = Self::ALL.into_iter().find(|known| known.tag() == language);
        found.ok_or_else(|| LanguageUnknown { wanted: text.to_owned() })
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_language_of_a_tag_counts() {
        for (text, language) in [("en", Language::En), ("ru_RU.UTF-8", Language::Ru), ("KK-kz", Language::Kk)] {
            assert_eq!(text.parse(), Ok(language));
        }
    }

    #[test]
    fn an_unknown_language_is_named() {
        let fault = "de".parse::<Language>().expect_err("there are no German texts");
        assert!(fault.to_string().contains("\"de\""), "{fault}");
        assert!("".parse::<Language>().is_err());
    }
}
