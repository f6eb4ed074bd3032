//! The foot of the page: the files read, and how to get the same report from them.

use adil_finding::{InputFile, Message};

use super::Page;
use crate::markup::Markup;

pub(super) fn write(out: &mut Markup, page: &Page<'_>) {
    out.raw("<section id=\"inputs\">\n").element("h2", &page.word("page-inputs"));
    out.raw("\n<div class=\"scroll\" tabindex=\"0\"><table class=\"inputs\">");
    out.element("caption", &page.word("page-inputs-caption"));
    let columns = ["page-path", "page-size", "page-digest"].map(|id| page.word(id));
    out.columns(columns.iter().map(String::as_str)).raw("<tbody>\n");
    for input in &page.report.inputs {
        row(out, input, page);
    }
    out.raw("</tbody></table></div>\n</section>\n<footer>").element("h2", &page.word("page-reproduce"));
    let version = Message::new("page-reproduce-text").with("version", env!("CARGO_PKG_VERSION"));
    let version = version.with("seed", page.report.seed.to_string());
    out.element("p", &page.texts.format(&version)).element("p", &page.word("page-disclaimer")).raw("</footer>\n");
}

fn row(out: &mut Markup, input: &InputFile, page: &Page<'_>) {
    out.raw("<tr>").row_head(&input.path).raw("<td>");
    out.text(&page.texts.format(&Message::new("page-bytes").with("bytes", input.bytes)));
    if let Some(rows) = input.rows {
        out.raw("<br/>").text(&page.texts.format(&Message::new("page-data-rows").with("rows", rows)));
    }
    out.raw("</td>").raw("<td><code class=\"digest\">").text(&input.sha256).raw("</code></td></tr>\n");
}
