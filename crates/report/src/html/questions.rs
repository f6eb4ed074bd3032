//! The questions of a record, each with what was found.

use adil_finding::Message;

use super::{Page, check_anchor, parts};
use crate::markup::Markup;
use crate::questions::answered;
use crate::values::status_id;

pub(super) fn write(out: &mut Markup, page: &Page<'_>) {
    if page.report.questions.is_empty() {
        return;
    }
    let language = page.texts.language().to_string();
    out.raw("<section id=\"questions\">\n")
        .element("h2", &page.word("page-questions"))
        .raw("\n<ol class=\"questions\">");
    for answered in answered(page.report) {
        out.raw("<li>\n").element("h3", answered.question.text.in_language(&language)).raw("\n");
        if let Some(note) = &answered.question.note {
            out.classed("p", "statement", note.in_language(&language)).raw("\n");
            if let Some(source) = &answered.question.source {
                let source = Message::new("question-source").with("source", source.as_str());
                out.classed("p", "quiet", &page.texts.format(&source)).raw("\n");
            }
        }
        out.raw("<ul>");
        for finding in &answered.findings {
            out.open("li", finding.verdict.id());
            parts::badge(out, finding.verdict, page.texts);
            out.raw(" ").text(&page.texts.format(&finding.statement));
            if page.contests.len() == 1 {
                out.raw(&format!(" <a href=\"#{}\">", check_anchor(0, finding.check)));
                out.text(&page.texts.check(finding.check)).raw("</a>");
            }
            out.raw("</li>\n");
        }
        if !answered.silent.is_empty() {
            let message = Message::new("question-silent").with("check", answered.silent.join(", "));
            out.raw("<li class=\"quiet\">").text(&page.texts.format(&message)).raw("</li>\n");
        }
        for coverage in &answered.techniques {
            let needs: Vec<String> = coverage.needs.iter().map(|need| page.texts.format(need)).collect();
            let message =
                Message::new(if needs.is_empty() { "question-technique" } else { "question-technique-lacks" })
                    .with("technique", page.texts.technique(coverage.technique))
                    .with("status", page.word(status_id(coverage.status)))
                    .with("needs", needs.join("; "));
            out.raw("<li>").text(&page.texts.format(&message)).raw("</li>\n");
        }
        out.raw("</ul>\n</li>\n");
    }
    out.raw("</ol>\n</section>\n");
}
