//! Text from an input, made harmless for a screen.
//!
//! A station's name may hold anything: escape sequences that recolour or rewrite a terminal, line breaks that forge a
//! line of the report, marks that turn the direction of what follows. None of these survives.

use std::borrow::Cow;

/// The text without control characters and direction marks; each run of white space is one space.
/// The no-break space of grouped numbers stays.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let plain = !text.contains(|character: char| is_hidden(character) || is_break(character)) && !text.contains("  ");
    if plain && text.trim() == text {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut pending = false;
    for character in text.chars() {
        if character == ' ' || is_break(character) {
            pending = !cleaned.is_empty();
        } else if !is_hidden(character) {
            if std::mem::take(&mut pending) {
                cleaned.push(' ');
            }
            cleaned.push(character);
        }
    }
    Cow::Owned(cleaned)
}

/// A command line without control characters and direction marks. Its spaces stay as they are, for a quoted path may
/// hold several; a line break becomes a space, so that nothing forges a second command.
pub(crate) fn clean_command(command: &str) -> String {
    let kept = command.chars().filter(|character| !is_hidden(*character));
    kept.map(|character| if is_break(character) { ' ' } else { character }).collect()
}

fn is_break(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Control characters, and the marks that reorder text (UAX #9) or have no width.
fn is_hidden(character: char) -> bool {
    let reorders = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    let unseen = matches!(character, '\u{200b}' | '\u{feff}' | '\u{61c}');
    (character.is_control() && !is_break(character)) || reorders || unseen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escape_sequences_and_forged_lines_are_taken_out() {
        assert_eq!(clean("УИК \u{1b}[31m12\u{1b}[0m\r\n✔ proven"), "УИК [31m12[0m ✔ proven");
        assert_eq!(clean("abc\u{202e}321"), "abc321");
        assert_eq!(clean(" a\t\tb  "), "a b");
        assert!(matches!(clean("1\u{a0}234 votes"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_command_stays_one_line_and_keeps_its_spaces() {
        assert_eq!(clean_command("tool 'a  b'\n\u{202e}rm -r x\u{1b}[2J"), "tool 'a  b' rm -r x[2J");
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left_and_cleaning_again_changes_nothing(text in any::<String>()) {
            let once = clean(&text).into_owned();
            prop_assert!(!once.contains(char::is_control));
            prop_assert_eq!(clean(&once), once.clone());
        }
    }
}
