//! What holds for the language files as a whole, and for the way messages are filled in.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// The messages of a file with the values that each names.
///
/// A message begins at the margin; everything below it that is indented belongs to it.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|character: char| character.is_ascii_alphabetic() || character == '-') {
            let id = line.split('=').next().unwrap_or_default().trim().to_owned();
            assert!(!messages.contains_key(&id), "{id} stands twice in one file");
            messages.insert(id.clone(), BTreeSet::new());
            current = Some(id);
        }
        let Some(variables) = current.as_ref().and_then(|id| messages.get_mut(id)) else { continue };
        for part in line.split('$').skip(1) {
            let name: String =
                part.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            variables.insert(name);
        }
    }
    messages
}

#[test]
fn every_file_parses() {
    for language in Language::ALL {
        for (name, text) in files(language) {
            if let Err((_, errors)) = FluentResource::try_new((*text).to_owned()) {
                panic!("{language}/{name}.ftl: {errors:?}");
            }
        }
    }
}

#[test]
fn all_languages_say_the_same_things_with_the_same_values() {
    for (index, (name, english)) in files(Language::En).iter().enumerate() {
        let english = messages(english);
        for language in [Language::Ru, Language::Kk] {
            let other = messages(files(language)[index].1);
            let ids = |messages: &BTreeMap<String, BTreeSet<String>>| messages.keys().cloned().collect::<BTreeSet<_>>();
            let difference: Vec<_> = ids(&english).symmetric_difference(&ids(&other)).cloned().collect();
            assert!(difference.is_empty(), "{language}/{name}.ftl and en/{name}.ftl differ in {difference:?}");
            for (id, variables) in &english {
                assert_eq!(&other[id], variables, "values of {id} in {language}/{name}.ftl");
            }
        }
    }
}

#[test]
fn an_identifier_stands_in_one_file_only_and_is_lower_case() {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for (name, text) in files(Language::En) {
        for id in messages(text).into_keys() {
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}: {id}");
            if let Some(other) = owners.insert(id.clone(), name) {
                panic!("{id} stands in {other}.ftl and in {name}.ftl");
            }
        }
    }
}

/// What is written in Latin letters alone is either a name or was left untranslated.
#[test]
fn russian_and_kazakh_are_written_in_cyrillic() {
    for language in [Language::Ru, Language::Kk] {
        for (name, text) in files(language) {
            for line in text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
                let Some((_, said)) = line.split_once('=') else { continue };
                let letters = said.chars().filter(|c| c.is_alphabetic()).collect::<String>();
                let values_alone = said.trim_start().starts_with('{') || letters.is_empty();
                assert!(values_alone || !letters.is_ascii(), "{language}/{name}.ftl: {line}");
            }
        }
    }
}

#[test]
fn plural_forms_follow_the_count() {
    let stations = |language, count: i64| {
        let texts = Texts::new(language);
        texts.format(&Message::new("count-findings").with("count", count))
    };
    assert_eq!(stations(Language::En, 1), "1 finding");
    assert_eq!(stations(Language::En, 1_234), "1,234 findings");
    assert_eq!(stations(Language::Ru, 1), "1 вывод");
    assert_eq!(stations(Language::Ru, 3), "3 вывода");
    assert_eq!(stations(Language::Ru, 1_211), "1\u{a0}211 выводов");
    assert_eq!(stations(Language::Kk, 5), "5 қорытынды");
}

#[test]
fn a_variant_for_exactly_none_is_chosen() {
    let said = |repeated: u64| {
        let counts = ["compared", "stations", "groups", "protocols"];
        let message = Message::new("duplicates-statement").with("repeated", repeated);
        Texts::new(Language::En).format(&counts.iter().fold(message, |message, name| message.with(name, 5u64)))
    };
    assert!(said(0).ends_with("no station name occurs twice."), "{}", said(0));
    assert!(said(1).ends_with("1 station name occurs more than once."), "{}", said(1));
}

#[test]
fn values_are_written_as_the_language_does() {
    let texts = Texts::new(Language::Ru);
    let list = vec![Arg::Percent(0.125, 1), Arg::Number(1234.5, 1), Arg::Probability(0.00001), Arg::Count(-7)];
    let message = Message::new("need-column").with("column", Arg::List(list));
    assert_eq!(texts.format(&message), "столбец «12,5\u{a0}%, 1\u{a0}234,5, меньше 0,0001, \u{2212}7»");
    assert_eq!(texts.missing(&message), []);
}

#[test]
fn what_is_missing_is_named_and_shown_in_brackets() {
    let texts = Texts::new(Language::Kk);
    let message = Message::new("no-such-message");
    assert_eq!(texts.format(&message), "[no-such-message]");
    assert_eq!(texts.missing(&message), [TextFault::Unknown { language: Language::Kk, id: "no-such-message" }]);

    let inside = Message::new("need-column").with("column", message);
    assert_eq!(texts.missing(&inside).len(), 1);

    let faults = texts.missing(&Message::new("need-column"));
    assert!(matches!(faults.as_slice(), [TextFault::Unfilled { id: "need-column", .. }]), "{faults:?}");
}

#[test]
fn a_name_from_an_input_cannot_forge_a_line() {
    let message = Message::new("need-column").with("column", "a\u{1b}[2J\nb");
    assert_eq!(Texts::new(Language::En).format(&message), "the column “a[2J b”");
}

#[test]
fn what_a_language_lacks_is_said_in_english_numbers_and_all() {
    let message = Message::new("sample-balance").with("rows", 1_234u64);
    let said = Texts::new(Language::Kk).format(&message);
    assert_eq!(said, "All sums hold in all 1,234 rows: the table is consistent with itself.");
}
