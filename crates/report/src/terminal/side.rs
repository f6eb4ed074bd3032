//! Long names of sides, in short.
//!
//! A table may call a side `6. All-Country Political Party "Example"`, and every sentence names it. On the screen such
//! a name is said in full once, above the findings, and then by the part that it has in quotation marks itself.

use adil_finding::Finding;

use super::wrap::display_width;
use crate::clean::clean;
use crate::outline::ContestOutline;

/// A name up to this many columns is never shortened.
const SHORT_ENOUGH: usize = 24;

/// The names of the contest's sides that its sentences shorten, each once.
pub(super) fn shortened<'a>(contest: &ContestOutline<'a>) -> Vec<&'a str> {
    let mut sides: Vec<&str> = Vec::new();
    for side in contest.whole().filter_map(|finding| finding.subject.side.as_deref()) {
        if quoted(side).is_some() && !sides.contains(&side) {
            sides.push(side);
        }
    }
    sides
}

/// The sentence of a finding with the name of its side in short.
pub(super) fn shorten(finding: &Finding, sentence: String) -> String {
    let side = finding.subject.side.as_deref().map(clean);
    match side.as_deref().and_then(|side| Some((side, quoted(side)?))) {
        Some((side, short)) => sentence.replace(side, short),
        None => sentence,
    }
}

/// The part of a long name between quotation marks, with the marks.
fn quoted(side: &str) -> Option<&str> {
    if display_width(side) <= SHORT_ENOUGH {
        return None;
    }
    [('"', '"'), ('«', '»'), ('“', '”')].into_iter().find_map(|(open, close)| {
        let start = side.find(open)?;
        let inside = start + open.len_utf8();
        let end = side.rfind(close).filter(|end| *end > inside)?;
        let part = &side[start..end + close.len_utf8()];
        (display_width(part) < display_width(side)).then_some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_long_name_with_a_part_in_quotation_marks_is_shortened() {
        assert_eq!(quoted("6. Всероссийская политическая партия \"ПРИМЕР\""), Some("\"ПРИМЕР\""));
        assert_eq!(quoted("Политическая партия «Пример Второй»"), Some("«Пример Второй»"));
        assert_eq!(quoted("Партия \"Пример\""), None, "short enough");
        assert_eq!(quoted("A long name without any quotation marks"), None);
        assert_eq!(quoted("A long name with one stray \" mark in it"), None);
        assert_eq!(quoted("\"A long name in quotation marks as a whole\""), None);
    }
}
