//! Lines broken by the width that a terminal shows, not by bytes or characters.

use unicode_width::UnicodeWidthChar;

/// Lines of at most one width.
#[derive(Debug)]
pub(crate) struct Lines {
    width: usize,
    text: String,
}

impl Lines {
    pub(crate) fn new(width: usize) -> Self {
        Self { width, text: String::new() }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// An empty line.
    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A line as it is; its spaces align columns.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A text broken at its spaces: the first line indented by `first`, the others by `rest`.
    pub(crate) fn wrapped(&mut self, text: &str, first: usize, rest: usize) {
        self.labelled(&" ".repeat(first), text, rest);
    }

    /// A text after a label, which stands as it is, broken at its spaces: all lines but the first indented by `rest`.
    pub(super) fn labelled(&mut self, label: &str, text: &str, rest: usize) {
        self.text.push_str(label);
        let mut used = display_width(label);
        let mut empty = true;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let width = display_width(word);
            if !empty && used + 1 + width > self.width {
                self.text.push('\n');
                self.indent(rest);
                (used, empty) = (rest, true);
            }
            if !empty {
                self.text.push(' ');
                used += 1;
            }
            // Only a word longer than a line is cut.
            used = if used + width > self.width { self.cut(word, used, rest) } else { self.whole(word, used + width) };
            empty = false;
        }
        self.text.push('\n');
    }

    /// The whole text.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    fn indent(&mut self, columns: usize) {
        self.text.extend(std::iter::repeat_n(' ', columns));
    }

    fn whole(&mut self, word: &str, used: usize) -> usize {
        self.text.push_str(word);
        used
    }

    fn cut(&mut self, word: &str, mut used: usize, rest: usize) -> usize {
        let mut escape = false;
        for character in word.chars() {
            let width = visible(character, &mut escape);
            if used + width > self.width {
                self.text.push('\n');
                self.indent(rest);
                used = rest;
            }
            self.text.push(character);
            used += width;
        }
        used
    }
}

/// The columns that a text fills; colours fill none.
pub(super) fn display_width(text: &str) -> usize {
    let mut escape = false;
    text.chars().map(|character| visible(character, &mut escape)).sum()
}

/// The columns of a character, which are none from an escape character to the `m` that ends its sequence.
fn visible(character: char, escape: &mut bool) -> usize {
    if character == '\u{1b}' {
        *escape = true;
    }
    if *escape {
        *escape = character != 'm';
        return 0;
    }
    character.width().unwrap_or(0)
}

/// The text cut to at most `width` columns, ending in `ellipsis` where something is lost.
pub(super) fn shortened(text: &str, width: usize, ellipsis: &str) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(display_width(ellipsis));
    let mut used = 0;
    let fits = |character: &char| {
        used += character.width().unwrap_or(0);
        used <= room
    };
    let kept: String = text.chars().take_while(fits).collect();
    // Cut between words where that loses little.
    let kept = match kept.rfind(' ') {
        Some(space) if display_width(&kept[..space]) * 3 >= room * 2 => &kept[..space],
        _ => kept.as_str(),
    };
    kept.trim_end_matches([' ', ',', ';']).to_owned() + ellipsis
}

/// The text with spaces up to `width` columns.
pub(super) fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(display_width(text));
    text.to_owned() + &" ".repeat(missing)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrapped(text: &str, width: usize) -> String {
        let mut lines = Lines::new(width);
        lines.wrapped(text, 0, 2);
        lines.finish()
    }

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrapped("один два три", 8), "один два\n  три\n");
        assert_eq!(wrapped("12 345\u{a0}678", 9), "12\n  345\u{a0}678\n");
        assert_eq!(wrapped("abcdefghij", 4), "abcd\n  ef\n  gh\n  ij\n");
    }

    #[test]
    fn a_text_hangs_beside_its_label() {
        let mut lines = Lines::new(12);
        lines.labelled("  ab  ", "один два", 6);
        assert_eq!(lines.finish(), "  ab  один\n      два\n");
    }

    #[test]
    fn colours_and_wide_letters_count_as_shown() {
        assert_eq!(display_width("\u{1b}[1;31mред\u{1b}[0m"), 3);
        assert_eq!(display_width("投票"), 4);
    }

    #[test]
    fn a_shortened_text_says_so() {
        assert_eq!(shortened("turnout by the hour", 12, "…"), "turnout by…");
        assert_eq!(shortened("short", 12, "…"), "short");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_and_no_letter_is_lost(text in "[а-яa-z0-9 投\u{a0}]{0,200}", width in 10usize..60) {
            let wrapped = wrapped(&text, width);
            for line in wrapped.lines() {
                prop_assert!(display_width(line) <= width, "{line:?}");
            }
            let letters = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '\n')).collect::<String>();
            prop_assert_eq!(letters(&wrapped), letters(&text));
        }

        #[test]
        fn a_shortened_text_fits(text in "[а-яa-z, ]{0,80}", width in 4usize..40) {
            prop_assert!(display_width(&shortened(&text, width, "…")) <= width);
        }
    }
}
