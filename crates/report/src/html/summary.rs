//! The top of the page: what was checked, how many verdicts of each kind, and the sentences that matter most.

use adil_finding::{Finding, Message, Reason, Verdict, Whose};

use super::{Page, parts, undecided};
use crate::markup::Markup;
use crate::outline::part;
use crate::values::mark;

/// The most sentences of one verdict in the summary.
const SENTENCES: usize = 6;

pub(super) fn header(out: &mut Markup, page: &Page<'_>) {
    let (report, texts) = (page.report, page.texts);
    out.raw("<header>\n").classed("p", "kind", &page.word("page-kind"));
    out.raw("\n").element("h1", &report.title).raw("\n<dl class=\"facts\">");
    let mut fact = |word: &'static str, value: &str| {
        out.raw("<div>").element("dt", &texts.word(word)).element("dd", value).raw("</div>");
    };
    if let Some(date) = &report.date {
        fact("page-date", date);
    }
    let count = |count: u64| texts.numerals().count(i64::try_from(count).unwrap_or(i64::MAX));
    fact("page-files", &count(report.inputs.len() as u64));
    let rows: Vec<u64> = report.inputs.iter().filter_map(|input| input.rows).collect();
    if !rows.is_empty() {
        fact("page-rows", &count(rows.iter().sum()));
    }
    out.raw("</dl>\n</header>\n");
}

pub(super) fn write(out: &mut Markup, page: &Page<'_>) {
    out.raw("<section id=\"summary\">\n").element("h2", &page.word("page-summary")).raw("\n");
    counts(out, page);
    let alarm = |finding: &Finding| matches!(finding.verdict, Verdict::Contradicted(_) | Verdict::Anomalous);
    let any = page.report.findings.iter().any(alarm);
    out.classed("p", "lead", &page.word(if any { "page-some-alarm" } else { "page-no-alarm" })).raw("\n");
    sentences(out, page);
    undecided::write(out, page);
    let status = if page.report.contradicts_organisers() { "exit-contradicted" } else { "exit-clear" };
    out.classed("p", "quiet", &page.word(status)).raw("\n");
    meanings(out, page);
    out.raw("</section>\n");
}

/// One verdict of each kind; what stands beside its word is left open.
const KINDS: [Verdict; 5] = [
    Verdict::Contradicted(Whose::Organisers),
    Verdict::Anomalous,
    Verdict::Unremarkable,
    Verdict::Proven,
    Verdict::Undecided(Reason::Descriptive),
];

fn counts(out: &mut Markup, page: &Page<'_>) {
    out.raw("<ul class=\"counts\">");
    for kind in KINDS {
        let count = page.report.count(|verdict| verdict.id() == kind.id());
        let none = if count == 0 { " none" } else { "" };
        out.open("li", &format!("{}{none}", kind.id()));
        out.classed("span", "number", &page.texts.numerals().count(i64::try_from(count).unwrap_or(i64::MAX)));
        out.raw("<span class=\"word\"><span class=\"mark\" aria-hidden=\"true\">").text(mark(kind)).raw("</span> ");
        out.text(&page.texts.verdict(kind)).raw("</span></li>");
    }
    out.raw("</ul>\n");
}

/// What is contradicted, anomalous, proven; where nothing is, the first thing said.
fn sentences(out: &mut Markup, page: &Page<'_>) {
    let mut said: Vec<&Finding> = Vec::new();
    let mut left = 0;
    for kind in [KINDS[0], KINDS[1], KINDS[3]] {
        let mut same: Vec<&Finding> =
            page.report.findings.iter().filter(|finding| finding.verdict.id() == kind.id()).collect();
        // The whole before its parts; the sort is stable, so the order of the checks stays.
        same.sort_by_key(|finding| !finding.subject.is_national());
        left += same.len().saturating_sub(SENTENCES);
        said.extend(same.into_iter().take(SENTENCES));
    }
    if said.is_empty() {
        said.extend(page.report.findings.first());
    }
    out.raw("<ul class=\"key\">");
    for finding in said {
        out.open("li", finding.verdict.id());
        out.raw("<p class=\"head\">");
        parts::badge(out, finding.verdict, page.texts);
        let contest = finding.subject.contest.as_deref().filter(|_| page.contests.len() > 1);
        let part = part(finding);
        for name in contest.into_iter().chain((!part.is_empty()).then_some(part.as_str())) {
            out.raw(" ").classed("span", "part", name);
        }
        out.raw("</p>").text(&page.texts.format(&finding.statement)).raw("</li>\n");
    }
    out.raw("</ul>\n");
    if left > 0 {
        let more = page.texts.format(&Message::new("terminal-more").with("count", left));
        out.classed("p", "quiet", &format!("{more}. {}", page.word("page-more-sentences")));
    }
}

fn meanings(out: &mut Markup, page: &Page<'_>) {
    let find = |id: String| page.texts.find(&id).unwrap_or_default();
    out.raw("<details><summary>").text(&page.word("page-verdicts")).raw("</summary>\n<dl class=\"meanings\">");
    for kind in KINDS {
        out.raw("<dt>");
        parts::word(out, kind, page.texts);
        out.raw("</dt>").element("dd", &find(format!("verdict-{}-means", kind.id())));
    }
    const REASONS: [Reason; 6] =
        [Reason::Descriptive, Reason::NoNull, Reason::NotIdentified, Reason::NoData, Reason::NoPower, Reason::Changed];
    for reason in REASONS {
        out.classed("dt", "why", &page.texts.reason(reason));
        out.element("dd", &find(format!("reason-{}-means", reason.id())));
    }
    out.raw("</dl></details>\n");
}
