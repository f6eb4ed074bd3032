//! Small pieces that several sections share.

use adil_finding::Verdict;

use crate::Texts;
use crate::markup::Markup;
use crate::values::mark;

/// A verdict as mark and word.
pub(super) fn word(out: &mut Markup, verdict: Verdict, texts: &Texts) {
    out.open("span", &format!("badge {}", verdict.id()));
    out.raw("<span class=\"mark\" aria-hidden=\"true\">").text(mark(verdict)).raw("</span> ");
    out.text(&texts.verdict(verdict)).raw("</span>");
}

/// A verdict as mark and word, with its reason or whose statement it contradicts.
pub(super) fn badge(out: &mut Markup, verdict: Verdict, texts: &Texts) {
    word(out, verdict, texts);
    if let Some(beside) = texts.beside(verdict) {
        out.raw(" ").classed("span", "why", &beside);
    }
}

/// A list of sentences.
pub(super) fn list<'t>(out: &mut Markup, items: impl IntoIterator<Item = &'t str>) {
    out.raw("<ul>");
    for item in items {
        out.element("li", item);
    }
    out.raw("</ul>");
}
