//! The pages of the checks, folded up.

use super::{Page, markdown, method_anchor};
use crate::markup::Markup;

pub(super) fn write(out: &mut Markup, page: &Page<'_>) {
    let methods = page.methods();
    if methods.is_empty() {
        return;
    }
    out.raw("<section id=\"methods\">\n").element("h2", &page.word("page-methods")).raw("\n");
    for method in methods {
        out.raw(&format!("<details class=\"method\" id=\"{}\"><summary>", method_anchor(method.check)));
        out.text(&page.texts.check(method.check)).raw(" <code>").text(method.check.0).raw("</code></summary>\n");
        // The pages are written in one language, whatever the report's.
        out.raw("<div class=\"prose\" lang=\"en\">")
            .raw(&markdown::to_html(&method.markdown, 3))
            .raw("</div></details>\n");
    }
    out.raw("</section>\n");
}
