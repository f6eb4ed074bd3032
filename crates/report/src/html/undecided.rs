//! What is undecided, in a line each: numbers without a verdict, and why there is none.

use adil_finding::{Finding, Reason, Verdict};

use super::{Page, check_anchor};
use crate::markup::Markup;
use crate::outline::ContestOutline;

/// Above this many contests the tables are folded up.
const CONTESTS_OPEN: usize = 2;

/// A table for each contest: check, brief and reason.
pub(super) fn write(out: &mut Markup, page: &Page<'_>) {
    if !page.contests.iter().any(|contest| told(contest).next().is_some()) {
        return;
    }
    let open = if page.contests.len() > CONTESTS_OPEN { "" } else { " open=\"\"" };
    out.raw(&format!("<details{open}><summary>")).text(&page.word("page-undecided")).raw("</summary>\n");
    for (index, contest) in page.contests.iter().enumerate() {
        table(out, index, contest, page);
    }
    out.raw("</details>\n");
}

/// The undecided findings about a contest as a whole, but for those that had no data to look at.
fn told<'a>(contest: &ContestOutline<'a>) -> impl Iterator<Item = (&'a Finding, Reason)> {
    let reason = |finding: &'a Finding| match finding.verdict {
        Verdict::Undecided(reason) if reason != Reason::NoData => Some((finding, reason)),
        _ => None,
    };
    contest.whole().filter_map(reason)
}

fn table(out: &mut Markup, index: usize, contest: &ContestOutline<'_>, page: &Page<'_>) {
    let mut rows = told(contest).peekable();
    if rows.peek().is_none() {
        return;
    }
    out.raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"briefs\">");
    let title = contest.title.filter(|_| page.contests.len() > 1);
    out.element("caption", title.unwrap_or(&page.word("page-undecided-caption")));
    let columns = ["page-check", "page-finding", "page-reason"].map(|id| page.word(id));
    out.columns(columns.iter().map(String::as_str)).raw("<tbody>\n");
    let mut last = None;
    for (finding, reason) in rows {
        out.raw("<tr><th scope=\"row\">");
        // A check that says several things is named at the first of them; a reader of a table hears the name each time.
        let class = if last == Some(finding.check) { " class=\"again\"" } else { "" };
        last = Some(finding.check);
        out.raw(&format!("<a{class} href=\"#{}\">", check_anchor(index, finding.check)));
        out.text(&page.texts.check(finding.check)).raw("</a></th>");
        out.element("td", &page.texts.format(finding.brief.as_ref().unwrap_or(&finding.statement)));
        out.classed("td", "why", &page.texts.reason(reason)).raw("</tr>\n");
    }
    out.raw("</tbody></table></div>\n");
}
