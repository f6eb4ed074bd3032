//! The sheet for whoever prints the letters.

use adil_finding::Message;

use super::{Cover, LetterKind, Letters};
use crate::Language;
use crate::markup::Markup;

/// Writes it: what follows, a list to tick off, and the fingerprint to compare.
pub(super) fn write(out: &mut Markup, letters: &Letters, cover: &Cover<'_>, language: Language) {
    let form = letters.form(language);
    let texts = &form.texts;
    out.raw(&format!("<article class=\"letter cover\" lang=\"{language}\">\n<header>"));
    out.raw(&form.cover_title).raw("</header>\n");

    let count = match letters.kind {
        LetterKind::First => "letters-cover-letters",
        LetterKind::Spare => "letters-cover-spares",
    };
    out.classed("p", "count", &texts.format(&Message::new(count).with("count", cover.letters)));
    let numbers = Message::new("letters-cover-numbers").with("first", cover.first).with("last", cover.last);
    out.classed("p", "numbers", &texts.format(&numbers));
    out.classed("p", "danger", &texts.word("letters-cover-danger"));

    out.raw("<ul class=\"ticks\">");
    let mut steps = vec!["letters-cover-print", "letters-cover-fold", "letters-cover-note"];
    if letters.kind == LetterKind::Spare {
        steps.push("letters-cover-spare");
    }
    steps.extend(["letters-cover-public", "letters-cover-destroy"]);
    for step in steps {
        out.element("li", &texts.word(step));
    }
    out.raw("</ul>\n");
    if let Some(next) = cover.next {
        out.element("h2", &texts.word("letters-cover-next")).raw("<p>").element("bdi", next).raw("</p>\n");
    }
    out.raw("<footer>").raw(&form.marks).raw("</footer>\n</article>\n");
}
