//! The dictionary of header words: `words.toml` beside the sources.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::Term;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dictionary {
    word: Vec<Word>,
    level: Vec<Level>,
    station: Vec<Words>,
    ignored: Vec<Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    term: Term,
    parts: Vec<Vec<String>>,
    #[serde(default)]
    without: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Level {
    level: String,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

fn dictionary() -> &'static Dictionary {
    static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
    // A dictionary that does not parse is caught by a test, not at run time.
    DICTIONARY.get_or_init(|| toml::from_str(include_str!("../../words.toml")).unwrap_or_default())
}

/// The term that a header means, with the words that say so, in quotation marks.
pub(super) fn term(header: &str) -> Option<(Term, String)> {
    let header = header.to_lowercase().replace('_', " ");
    dictionary().word.iter().find_map(|word| {
        let fits = |parts: &&Vec<String>| parts.iter().all(|part| header.contains(part.as_str()));
        let parts = word.parts.iter().find(fits)?;
        let excluded = word.without.iter().any(|part| header.contains(part.as_str()));
        (!excluded).then(|| (word.term, parts.iter().map(|part| format!("{part:?}")).collect::<Vec<_>>().join(" and ")))
    })
}

/// The level of area that a header means.
pub(super) fn level(header: &str) -> Option<&'static str> {
    let found = dictionary().level.iter().find(|level| contains_word(header, &level.words));
    found.map(|level| level.level.as_str())
}

/// Whether a header names the station.
pub(super) fn is_station(header: &str) -> bool {
    dictionary().station.iter().any(|station| contains_word(header, &station.words))
}

/// Whether a header names something that is no count of people or papers: a percentage, an address.
pub(super) fn is_ignored(header: &str) -> bool {
    dictionary().ignored.iter().any(|ignored| contains_word(header, &ignored.words))
}

/// Whether a header names the votes of a table with one row an option.
pub(super) fn is_votes(header: &str) -> bool {
    let words = [
        "votes",
        "vote count",
        "count",
        "value",
        "votos",
        "valor",
        "cantidad",
        "голоса",
        "число голосов",
        "количество голосов",
        "кількість голосів",
        "значение",
        "głosy",
        "glosy",
        "liczba głosów",
        "stimmen",
        "anzahl",
        "wert",
        "voix",
        "гласове",
        "дауыс",
    ];
    let header = header.trim().to_lowercase().replace('_', " ");
    words.contains(&header.as_str())
}

/// Whether a header names the option in a table with one row an option.
pub(super) fn is_code(header: &str) -> bool {
    let words = [
        "party",
        "party name",
        "candidate",
        "candidate name",
        "option",
        "choice",
        "code",
        "item",
        "item code",
        "partei",
        "показатель",
        "codigo votos",
        "partido",
        "candidato",
        "партия",
        "кандидат",
        "lista",
        "liste",
    ];
    let header = header.trim().to_lowercase().replace('_', " ");
    words.contains(&header.as_str())
}

/// Whether a header contains one of some words; a short one must begin a word of the header.
fn contains_word(header: &str, words: &[String]) -> bool {
    const SHORT: usize = 4;
    let header = header.to_lowercase();
    let begins = |word: &str| header.split(|letter: char| !letter.is_alphanumeric()).any(|part| part == word);
    words.iter().any(|word| match word.chars().count() {
        length if length <= SHORT && word.chars().all(char::is_alphanumeric) => begins(word),
        _ => header.contains(word.as_str()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_is_sound_and_told_apart() {
        let parsed: Result<Dictionary, _> = toml::from_str(include_str!("../../words.toml"));
        assert!(parsed.is_ok(), "{parsed:?}");
        for (header, term_wanted) in [
            ("Число недействительных избирательных бюллетеней", Term::Invalid),
            ("Число действительных бюллетеней", Term::Valid),
            ("Registered voters", Term::Registered),
            ("Electores habiles", Term::Registered),
            ("Votos nulos", Term::Invalid),
            ("Gültige Stimmen", Term::Valid),
            ("Ungültige Stimmen", Term::Invalid),
            ("Ballots issued to voters", Term::Issued),
            ("ballots_in_box", Term::InBoxes),
            ("Сайлаушылар тізімі", Term::Registered),
        ] {
            assert_eq!(term(header).map(|(term, _)| term), Some(term_wanted), "{header}");
        }
        assert_eq!(term("Smith, John"), None);
        assert!(is_station("UIK") && !is_station("quick"));
    }
}
