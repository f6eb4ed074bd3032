//! The eight techniques, and how far the record lets each be checked.

use adil_finding::{Coverage, CoverageStatus};

use super::{Page, check_anchor, parts};
use crate::markup::{Markup, escaped};
use crate::values::status_id;

pub(super) fn write(out: &mut Markup, page: &Page<'_>) {
    out.raw("<section id=\"coverage\">\n").element("h2", &page.word("page-coverage"));
    out.raw("\n<div class=\"scroll\" tabindex=\"0\"><table class=\"coverage\">");
    out.element("caption", &page.word("page-coverage-caption"));
    let columns = ["page-technique", "page-status", "page-checks", "page-needs"].map(|id| page.word(id));
    out.columns(columns.iter().map(String::as_str)).raw("<tbody>\n");
    for coverage in &page.report.coverage {
        row(out, coverage, page);
    }
    out.raw("</tbody></table></div>\n</section>\n");
}

fn row(out: &mut Markup, coverage: &Coverage, page: &Page<'_>) {
    let word = status_id(coverage.status);
    let (mark, class) = match coverage.status {
        CoverageStatus::Checked => ("●", "checked"),
        CoverageStatus::Partly => ("◐", "partly"),
        CoverageStatus::NotCheckable => ("○", "not"),
    };
    out.raw("<tr>").row_head(&page.texts.technique(coverage.technique));
    let means = page.texts.find(&format!("{word}-means")).unwrap_or_default();
    out.raw(&format!("<td class=\"status {class}\" title=\"{}\">", escaped(&means)));
    out.raw("<span class=\"mark\" aria-hidden=\"true\">")
        .text(mark)
        .raw("</span> ")
        .text(&page.word(word))
        .raw("</td><td>");
    if coverage.checks.is_empty() {
        out.classed("span", "quiet", &page.word("page-nothing"));
    }
    for (index, check) in coverage.checks.iter().enumerate() {
        out.raw(if index > 0 { ", " } else { "" });
        let name = page.texts.check(*check);
        // With several contests there is no one place to point to.
        let said = page.contests.len() == 1 && page.contests[0].checks.iter().any(|one| one.check == *check);
        if said {
            out.raw(&format!("<a href=\"#{}\">", check_anchor(0, *check))).text(&name).raw("</a>");
        } else {
            out.text(&name);
        }
    }
    out.raw("</td><td>");
    if coverage.needs.is_empty() {
        out.classed("span", "quiet", &page.word("page-nothing"));
    } else {
        let needs: Vec<String> = coverage.needs.iter().map(|need| page.texts.format(need)).collect();
        parts::list(out, needs.iter().map(String::as_str));
    }
    out.raw("</td></tr>\n");
}
