//! What people read: one Fluent file a language, `locales/<language>.ftl`. English stands in where another language has
//! no text. Keys that begin with `js-` are for the scripts of the pages: plain texts with `{ $name }` in them.

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::ServerError;

// `LANGUAGES`, from the files in `locales`.
include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// A language that there are texts in, by its place in the list; English is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tongue(usize);

impl Tongue {
    /// The code, e.g. `kk`.
    pub fn code(self) -> &'static str {
        LANGUAGES[self.0].0
    }

    /// What the language calls itself.
    pub fn own_name(self) -> &'static str {
        LANGUAGES[self.0].1
    }

    /// The language of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        LANGUAGES.iter().position(|(own, ..)| *own == code).map(Self)
    }

    /// All languages.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LANGUAGES.len()).map(Self)
    }

    /// The first language that a browser asks for (`Accept-Language`) and that there is; English where there is none.
    pub fn asked_for(header: &str) -> Self {
        let mut wanted: Vec<(f32, usize, &str)> = Vec::new();
        for (place, part) in header.split(',').enumerate().take(32) {
            let (code, quality) = part.split_once(';').unwrap_or((part, "q=1"));
            let quality = quality.trim().strip_prefix("q=").and_then(|number| number.parse().ok()).unwrap_or(1.0);
            wanted.push((quality, place, code.trim()));
        }
        wanted.retain(|(quality, ..)| *quality > 0.0);
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let known = |code: &str| Self::of_code(&code.split('-').next().unwrap_or_default().to_ascii_lowercase());
        wanted.into_iter().find_map(|(.., code)| known(code)).unwrap_or_default()
    }
}

/// The texts of all languages.
pub struct Texts {
    bundles: Vec<FluentBundle<FluentResource>>,
    for_scripts: Vec<String>,
}

impl Texts {
    /// Reads the texts that the program holds.
    ///
    /// # Errors
    /// A file is no Fluent file, which a test shows before it is released.
    pub fn built_in() -> Result<Self, ServerError> {
        let (mut bundles, mut for_scripts) = (Vec::new(), Vec::new());
        for &(code, _, text) in LANGUAGES {
            let broken = |what: String| ServerError::Fault(format!("locales/{code}.ftl: {what}"));
            let id: LanguageIdentifier = code.parse().map_err(|_| broken("no language".to_owned()))?;
            let mut bundle = FluentBundle::new_concurrent(vec![id]);
            bundle.set_use_isolating(false);
            let resource =
                FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| broken(format!("{errors:?}")))?;
            bundle.add_resource(resource).map_err(|errors| broken(format!("{errors:?}")))?;
            bundles.push(bundle);
            for_scripts.push(script_texts(text));
        }
        Ok(Self { bundles, for_scripts })
    }

    /// A text.
    pub fn get(&self, tongue: Tongue, key: &str, arguments: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in arguments {
            // Numbers choose the form of the words beside them.
            match value.parse::<f64>() {
                Ok(number) if value.len() < 15 && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    args.set(*name, FluentValue::from(number));
                }
                _ => args.set(*name, FluentValue::from(*value)),
            }
        }
        for bundle in [self.bundles.get(tongue.0), self.bundles.first()].into_iter().flatten() {
            if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
                return bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned();
            }
        }
        key.to_owned()
    }

    /// The texts for scripts, as JSON.
    pub fn for_scripts(&self, tongue: Tongue) -> &str {
        self.for_scripts.get(tongue.0).map_or("{}", String::as_str)
    }
}

/// The `js-` texts of a file; each is one line.
fn script_texts(text: &str) -> String {
    let pairs: BTreeMap<&str, &str> = text
        .lines()
        .filter(|line| line.starts_with("js-"))
        .filter_map(|line| line.split_once('=').map(|(key, value)| (key.trim(), value.trim())))
        .collect();
    serde_json::to_string(&pairs).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(text: &str) -> BTreeSet<&str> {
        let is_key = |line: &&str| line.starts_with(|first: char| first.is_ascii_lowercase());
        text.lines().filter(is_key).filter_map(|line| line.split_once(" =")).map(|(key, _)| key.trim()).collect()
    }

    #[test]
    fn all_languages_have_the_same_texts() {
        Texts::built_in().expect("readable");
        let english = keys(LANGUAGES[0].2);
        for &(code, _, text) in LANGUAGES {
            let own = keys(text);
            let missing: Vec<_> = english.symmetric_difference(&own).collect();
            assert!(missing.is_empty(), "{code}: {missing:?}");
        }
    }

    /// The codes that the program refuses with, from its sources: what stands in `ServerError::refused("…` and `ServerError::later("…`, and
    /// what `service/ballots.rs` makes of the refusals of ballots.
    fn codes() -> BTreeSet<String> {
        let (mut codes, mut computed) = (BTreeSet::new(), Vec::new());
        let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders = vec![sources.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("texts.rs") {
                    let text = std::fs::read_to_string(&path).expect("a source");
                    let named = ["ServerError::refused(", "ServerError::later("];
                    for after in named.iter().flat_map(|of| text.split(of).skip(1)) {
                        match after.trim_start().strip_prefix('"').and_then(|code| code.split_once('"')) {
                            Some((code, _)) => {
                                codes.insert(code.to_owned());
                            }
                            None => computed.push(path.strip_prefix(&sources).expect("below").to_owned()),
                        }
                    }
                    let of_ballot =
                        |line: &str| Some(line.trim().strip_prefix("Refusal::")?.split('"').nth(1)?.to_owned());
                    codes.extend(text.lines().filter_map(of_ballot));
                }
            }
        }
        assert_eq!(computed, [std::path::Path::new("service/ballots.rs")], "a code that this test cannot read");
        codes
    }

    #[test]
    fn every_refusal_has_a_text_in_every_language() {
        let codes = codes();
        assert!(["unsound", "out-of-turn", "leak-spares"].iter().all(|code| codes.contains(*code)), "{codes:?}");
        for &(language, _, text) in LANGUAGES {
            let own: BTreeSet<String> =
                keys(text).into_iter().filter_map(|key| key.strip_prefix("refused-").map(str::to_owned)).collect();
            let differing: Vec<_> = codes.symmetric_difference(&own).collect();
            assert!(differing.is_empty(), "{language}: codes without a text, or texts without a code: {differing:?}");
        }
    }

    #[test]
    fn a_browser_gets_the_first_language_that_there_is() {
        for (header, code) in [
            ("", "en"),
            ("kk", "kk"),
            ("de, ru;q=0.5, kk;q=0.7", "kk"),
            ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
            ("fr", "en"),
        ] {
            assert_eq!(Tongue::asked_for(header).code(), code, "{header}");
        }
    }
}
