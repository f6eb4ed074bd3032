//! Texts that come from outside: what a name may be, and how one is shown in an error.

use adil_finding::begins_formula;

use crate::letters::{is_pseudonym, turns_or_hides};

/// The most letters of a name or a reason.
const LONGEST_NAME: usize = 300;
/// The most letters of a text that an error repeats.
const SHOWN: usize = 60;

/// An identifier or a pseudonym: as a pseudonym is, with a letter or digit first.
pub(super) fn is_id(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphanumeric) && is_pseudonym(text)
}

/// A name: 1 to 300 letters, no control characters, nothing that turns the reading direction, and no beginning that a spreadsheet takes for a
/// formula.
pub(super) fn is_name(text: &str) -> bool {
    let begun = text.trim_start();
    !begun.is_empty()
        && !begins_formula(begun)
        && text.chars().count() <= LONGEST_NAME
        && !text.chars().any(|letter| letter.is_control() || turns_or_hides(letter))
}

/// A text as an error repeats it: its beginning, without what could change how the rest of the line looks.
pub(super) fn shown(text: &str) -> String {
    let mut letters = text.chars();
    let mut short: String = letters
        .by_ref()
        .take(SHOWN)
        .map(|letter| if letter.is_control() || turns_or_hides(letter) { '\u{fffd}' } else { letter })
        .collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_deceive_are_none() {
        for name in ["12", "Участок № 7", "Ұзынағаш", "5-А", "l'école", "مركز 4"] {
            assert!(is_name(name), "{name}");
        }
        for name in
            ["", " ", "=1+1", "+7", "-3", "@x", " =1", "a\u{202e}b", "a\u{7}b", "a\nb", "\u{feff}a", "a\u{200b}"]
        {
            assert!(!is_name(name), "{name:?}");
        }
        assert!(is_id("c-0001") && is_id("ә.1") && !is_id("-1") && !is_id("=1") && !is_id("a b") && !is_id(""));
        assert!(!is_id(&"a".repeat(65)) && !is_name(&"a".repeat(301)));
        assert_eq!(shown("a\u{202e}b"), "a\u{fffd}b");
        assert_eq!(shown(&"x".repeat(61)).chars().count(), 61);
    }
}
