//! The texts of a row, and what any of them must hold to.

use std::borrow::Cow;
use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::ObserverRule;
use crate::letters::turns_or_hides;

/// An incident as it is written, in a line of JSON or in the cells of a table.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct RawIncident<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) replaces: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) duplicate_of: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) station: Name<'a>,
    #[serde(borrow)]
    pub(super) area: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) code: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) stage: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) time: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) until: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) reported: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) severity: Name<'a>,
    #[serde(borrow)]
    pub(super) first_hand: Name<'a>,
    #[serde(borrow)]
    pub(super) actor: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) channel: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) state: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) corroborated_by: Name<'a>,
    #[serde(borrow)]
    pub(super) observer: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) evidence: Name<'a>,
    #[serde(borrow)]
    pub(super) note: Cow<'a, str>,
}

impl<'a> RawIncident<'a> {
    /// The fields that hold one text, by name.
    pub(super) fn fields(&self) -> [(&'static str, &str); 19] {
        [
            ("id", &self.id),
            ("replaces", &self.replaces),
            ("duplicate-of", &self.duplicate_of),
            ("station", &self.station.0),
            ("area", &self.area),
            ("code", &self.code),
            ("stage", &self.stage),
            ("time", &self.time),
            ("until", &self.until),
            ("reported", &self.reported),
            ("severity", &self.severity.0),
            ("first-hand", &self.first_hand.0),
            ("actor", &self.actor),
            ("channel", &self.channel),
            ("state", &self.state),
            ("corroborated-by", &self.corroborated_by.0),
            ("observer", &self.observer),
            ("evidence", &self.evidence.0),
            ("note", &self.note),
        ]
    }

    /// Puts a cell of a table into the field of its column. False where no field is called so.
    pub(super) fn put(&mut self, column: &str, cell: &'a str) -> bool {
        let text = Cow::Borrowed(cell);
        match column {
            "id" => self.id = text,
            "replaces" => self.replaces = text,
            "duplicate-of" => self.duplicate_of = text,
            "area" => self.area = text,
            "code" => self.code = text,
            "stage" => self.stage = text,
            "time" => self.time = text,
            "until" => self.until = text,
            "reported" => self.reported = text,
            "severity" => self.severity = Name(text),
            "first-hand" => self.first_hand = Name(text),
            "actor" => self.actor = text,
            "channel" => self.channel = text,
            "state" => self.state = text,
            "corroborated-by" => self.corroborated_by = Name(text),
            "observer" => self.observer = text,
            "evidence" => self.evidence = Name(text),
            "note" => self.note = text,
            _ => return false,
        }
        true
    }
}

/// A text, a number, a truth value, or a list of texts, which are joined as the parts of a station's name are.
#[derive(Debug, Default)]
pub(super) struct Name<'a>(pub(super) Cow<'a, str>);

/// What stands between the parts of a name.
pub(super) const BETWEEN: &str = " / ";

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number, or a list of texts")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(number.to_string())))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(if value { "yes" } else { "no" })))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Name<'de>, A::Error> {
                let mut name = String::new();
                while let Some(part) = parts.next_element::<Name<'de>>()? {
                    if !name.is_empty() {
                        name.push_str(BETWEEN);
                    }
                    name.push_str(&part.0);
                }
                Ok(Name(Cow::Owned(name)))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// The most bytes of a line.
pub(super) const LONGEST_LINE: usize = 64 << 10;
/// The most bytes of a note.
const LONGEST_NOTE: usize = 16 << 10;

/// What is wrong with a text, whatever field it is in.
pub(super) fn fault_of(field: &str, text: &str) -> Option<ObserverRule> {
    if text.len() > LONGEST_NOTE {
        return Some(ObserverRule::Long);
    }
    // Most texts are short codes.
    let is_note = field == "note";
    if !text.is_ascii() && text.chars().any(|letter| hides(letter, is_note)) {
        return Some(ObserverRule::Hidden);
    }
    if text.bytes().any(|byte| byte < 0x20 && !(is_note && matches!(byte, b'\n' | b'\r' | b'\t')) || byte == 0x7f) {
        return Some(ObserverRule::Hidden);
    }
    is_formula(text).then_some(ObserverRule::Formula)
}

/// Characters that are not seen, or that turn the order in which others are. Marks of direction, joiners and line separators are part of honest
/// texts, and of no code.
fn hides(letter: char, is_note: bool) -> bool {
    let is_mark = matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}');
    matches!(letter, '\u{80}'..='\u{9f}') || turns_or_hides(letter) && !(is_note && is_mark)
}

/// Whether a spreadsheet would take a text for a formula: it begins with `=` or `@`, or with a sign before something that is no number
/// and calls or points somewhere.
fn is_formula(text: &str) -> bool {
    let text = text.trim_start();
    match text.bytes().next() {
        Some(b'=' | b'@') => true,
        Some(b'+' | b'-') => text.contains(['(', '!', '|']),
        _ => false,
    }
}

/// Whether a text can be an identifier.
pub(super) fn is_identifier(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'-');
    (1..=64).contains(&text.len()) && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_a_formula() {
        for formula in ["=1+1", " =HYPERLINK(\"a\")", "@SUM(A1)", "+A1!B2", "-2+cmd|' /C calc'!A0"] {
            assert_eq!(fault_of("note", formula), Some(ObserverRule::Formula), "{formula}");
        }
        for text in ["- the box was not sealed", "+7 voters", "-3", "a=b", ""] {
            assert_eq!(fault_of("note", text), None, "{text}");
        }
    }

    #[test]
    fn marks_of_direction_belong_into_notes_only() {
        assert_eq!(fault_of("note", "שלום\u{200f}!"), None);
        assert_eq!(fault_of("station", "12\u{200f}"), Some(ObserverRule::Hidden));
        assert_eq!(fault_of("note", "a\u{202e}b"), Some(ObserverRule::Hidden));
        assert_eq!(fault_of("station", "1\u{0}"), Some(ObserverRule::Hidden));
    }

    #[test]
    fn a_name_is_a_text_a_number_or_its_parts() {
        let of = |text| serde_json::from_str::<Name<'_>>(text).map(|name| name.0.into_owned()).ok();
        assert_eq!(of("12"), Some("12".to_owned()));
        assert_eq!(of("[\"North\", 12]"), Some("North / 12".to_owned()));
        assert_eq!(of("{}"), None);
    }
}
