//! Cells of a table that will be opened in a spreadsheet: RFC 4180, and no cell that is taken for a formula.
//!
//! A spreadsheet runs what begins with `=`, `+`, `-` or `@`, also behind a tab or a line break, and also written in full width. Such a text gets an
//! apostrophe in front, which spreadsheets do not show. Numbers are written by us and stay as they are, negative ones too.

/// What makes a spreadsheet take a text for a formula, as its first character.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Whether a spreadsheet takes a text for a formula.
pub fn begins_formula(text: &str) -> bool {
    text.starts_with(FORMULA)
}

/// A cell of text: harmless for a spreadsheet, in quotation marks where it has to be.
pub fn sheet_text(text: &str) -> String {
    let guarded = if begins_formula(text) { format!("'{text}") } else { text.to_owned() };
    match guarded.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", guarded.replace('"', "\"\"")),
        false => guarded,
    }
}

/// A cell of a number that is not always known; empty where it is not.
pub fn sheet_number(number: Option<impl std::fmt::Display>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        assert_eq!(sheet_text("=1+1"), "'=1+1");
        assert_eq!(sheet_text("-7"), "'-7", "a name that is a number below zero is a name");
        assert_eq!(sheet_text("\t=1,2"), "\"'\t=1,2\"");
        assert_eq!(sheet_text("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(sheet_text("УИК 7"), "УИК 7");
        assert_eq!((sheet_number(Some(-7)), sheet_number(None::<u32>)), ("-7".to_owned(), String::new()));
    }
}
