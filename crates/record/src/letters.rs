//! What texts from outside are held to, whatever file they are in.

/// Whether a letter has no form of its own, or turns the order in which others are read: with one of these a name can look like another.
pub(crate) fn turns_or_hides(letter: char) -> bool {
    matches!(
        letter,
        '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// A pseudonym: 1 to 64 letters of any script, digits, dashes, underscores and dots.
pub(crate) fn is_pseudonym(text: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    (1..=64).contains(&text.chars().count()) && text.chars().all(fits)
}
