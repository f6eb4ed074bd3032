//! What was found: by contest and check, the whole before its parts.

use adil_finding::{Evidence, Finding, Measure, Message, Recheck, StatementRef, Value};

use super::{Page, check_anchor, method_anchor, parts};
use crate::markup::{Markup, escaped};
use crate::outline::{CheckOutline, part};
use crate::svg;

/// Numbers and evidence beyond this are folded up.
const SHOWN_OPEN: usize = 10;

pub(super) fn write(out: &mut Markup, page: &Page<'_>) {
    out.raw("<section id=\"findings\">\n").element("h2", &page.word("page-findings")).raw("\n");
    let many = page.contests.len() > 1;
    for (index, contest) in page.contests.iter().enumerate() {
        if many {
            let title = contest.title.unwrap_or(&page.report.title);
            out.raw(&format!("<h3 class=\"contest\" id=\"contest-{index}\">")).text(title).raw("</h3>\n");
        }
        for check in &contest.checks {
            let level = if many { 4 } else { 3 };
            self::check(out, check, index, level, page);
        }
    }
    out.raw("</section>\n");
}

/// Everything that one check says of one contest.
fn check(out: &mut Markup, check: &CheckOutline<'_>, contest: usize, level: u8, page: &Page<'_>) {
    let anchor = check_anchor(contest, check.check);
    out.raw(&format!("<section class=\"check\" id=\"{anchor}\">\n<div class=\"check-head\"><h{level}>"));
    out.text(&page.texts.check(check.check)).raw(&format!("</h{level}>"));
    out.raw("<p><code>").text(check.check.0).raw("</code>");
    if page.has_method(check.check) {
        out.raw(&format!(" · <a href=\"#{}\">", method_anchor(check.check)));
        out.text(&page.word("page-method-link")).raw("</a>");
    }
    out.raw("</p></div>\n");
    for (index, finding) in check.whole.iter().enumerate() {
        let prefix = format!("{anchor}-{index}");
        self::finding(out, finding, &prefix, level + 1, page);
    }
    of_parts(out, check, &anchor, level + 1, page);
    out.raw("</section>\n");
}

fn finding(out: &mut Markup, finding: &Finding, prefix: &str, level: u8, page: &Page<'_>) {
    out.open("article", &format!("finding {}", finding.verdict.id())).raw("<p class=\"verdict\">");
    parts::badge(out, finding.verdict, page.texts);
    out.raw("</p>\n").classed("p", "statement", &page.texts.format(&finding.statement)).raw("\n");
    about(out, finding, page);
    statements(out, &finding.subject.statements, level, page);
    if !finding.caveats.is_empty() {
        heading(out, level, "page-caveats", page);
        let caveats: Vec<String> = finding.caveats.iter().map(|caveat| page.texts.format(caveat)).collect();
        out.raw("<div class=\"caveats\">");
        parts::list(out, caveats.iter().map(String::as_str));
        out.raw("</div>\n");
    }
    for figure in &finding.figures {
        svg::figure(out, figure, page.texts, prefix);
    }
    recheck(out, &finding.recheck, level, page);
    measures(out, &finding.measures, page);
    evidence(out, &finding.evidence, page);
    out.raw("</article>\n");
}

fn heading(out: &mut Markup, level: u8, word: &'static str, page: &Page<'_>) {
    out.raw(&format!("<h{level} class=\"label\">")).text(&page.word(word)).raw(&format!("</h{level}>"));
}

/// The side, event or tracker that a finding is about.
fn about(out: &mut Markup, finding: &Finding, page: &Page<'_>) {
    let subject = &finding.subject;
    let named = [
        subject.side.as_ref().map(|side| Message::new("page-side").with("side", side.as_str())),
        subject.event.as_ref().map(|event| Message::new("page-event").with("event", event.as_str())),
        subject.tracker.as_ref().map(|tracker| Message::new("page-tracker").with("tracker", tracker.as_str())),
    ];
    let named: Vec<String> = named.iter().flatten().map(|message| page.texts.format(message)).collect();
    if !named.is_empty() {
        out.classed("p", "about", &named.join(" · ")).raw("\n");
    }
}

/// Statements set against each other, each with its publisher.
fn statements(out: &mut Markup, statements: &[StatementRef], level: u8, page: &Page<'_>) {
    if statements.is_empty() {
        return;
    }
    heading(out, level, "page-statements", page);
    out.raw("<ul class=\"statements\">");
    for statement in statements {
        out.raw("<li><b>").text(&statement.publisher).raw("</b>");
        if let Some(time) = &statement.time {
            out.raw(", ").text(time);
        }
        out.raw("<blockquote>").text(&statement.text).raw("</blockquote>");
        if let Some(source) = &statement.source {
            out.raw("<small>").text(&page.word("page-statement-source")).raw(": ");
            // An address can be followed; nothing is loaded from it.
            if source.starts_with("https://") || source.starts_with("http://") {
                out.raw(&format!("<a href=\"{}\">", escaped(source))).text(source).raw("</a>");
            } else {
                out.text(source);
            }
            out.raw("</small>");
        }
        out.raw("</li>");
    }
    out.raw("</ul>\n");
}

/// How to come to the same without trusting adil, in a box of its own.
fn recheck(out: &mut Markup, steps: &[Recheck], level: u8, page: &Page<'_>) {
    if steps.is_empty() {
        return;
    }
    out.raw("<div class=\"recheck\">");
    heading(out, level, "page-recheck", page);
    out.raw("<ol>");
    for step in steps {
        out.raw("<li>").text(&page.texts.format(&step.text));
        if let Some(command) = &step.command {
            out.raw("<pre tabindex=\"0\"><code>").command(command).raw("</code></pre>");
        }
        out.raw("</li>");
    }
    out.raw("</ol></div>\n");
}

fn measures(out: &mut Markup, measures: &[Measure], page: &Page<'_>) {
    if measures.is_empty() {
        return;
    }
    folded(out, "page-numbers", measures.len(), page);
    out.raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"numbers\">");
    out.element("caption", &page.word("page-numbers-caption"));
    let intervals = measures.iter().any(|measure| measure.interval.is_some());
    let columns = ["page-number", "page-value", "page-unit", "page-interval", "page-source"];
    let columns: Vec<String> =
        columns.iter().filter(|id| intervals || **id != "page-interval").map(|id| page.word(id)).collect();
    out.columns(columns.iter().map(String::as_str)).raw("<tbody>\n");
    for measure in measures {
        let label = page.texts.measured(measure);
        out.raw("<tr><th scope=\"row\">");
        if label != measure.name {
            out.text(&label).raw(" ");
        }
        out.element("code", measure.name).raw("</th>");
        let class = if matches!(measure.value, Value::Text(_)) { "text" } else { "number" };
        out.classed("td", class, &page.texts.quantity(&measure.value, measure.unit));
        out.element("td", &page.texts.unit(measure.unit));
        out.raw(if intervals { "<td>" } else { "" });
        if let Some(interval) = &measure.interval {
            out.text(&page.texts.range(interval, measure.unit)).raw("<br/><small>");
            out.text(&page.texts.interval_method(interval)).raw("</small>");
        }
        out.raw(if intervals { "</td>" } else { "" });
        out.classed("td", "source", &page.texts.format(&measure.source)).raw("</tr>\n");
    }
    out.raw("</tbody></table></div></details>\n");
}

fn evidence(out: &mut Markup, evidence: &[Evidence], page: &Page<'_>) {
    if evidence.is_empty() {
        return;
    }
    folded(out, "page-evidence", evidence.len(), page);
    out.raw("<ol class=\"evidence\">");
    for one in evidence {
        out.raw("<li>").text(&page.texts.format(&one.statement));
        let values: Vec<String> =
            one.values.iter().map(|(name, value)| format!("{name} = {}", page.texts.bare(value))).collect();
        if !values.is_empty() {
            out.raw(" <span class=\"values\">").text(&values.join("; ")).raw("</span>");
        }
        if let Some(place) = &one.place {
            let mut at = place.input.clone();
            if let Some(row) = place.row {
                let message = Message::new("page-place-row").with("input", at).with("row", row);
                at = page.texts.format(&message);
            }
            if let Some(column) = &place.column {
                at += ", ";
                at += &page.texts.format(&Message::new("page-place-column").with("column", column.as_str()));
            }
            out.raw(" ").classed("span", "place", &at);
        }
        out.raw("</li>");
    }
    out.raw("</ol></details>\n");
}

/// The opening of a part that is folded up where it is long.
fn folded(out: &mut Markup, word: &'static str, items: usize, page: &Page<'_>) {
    let open = if items <= SHOWN_OPEN { " open=\"\"" } else { "" };
    let count = page.texts.numerals().count(i64::try_from(items).unwrap_or(i64::MAX));
    out.raw(&format!("<details{open}><summary>")).text(&page.word(word)).raw(" ");
    out.classed("span", "quiet", &count).raw("</summary>");
}

/// Findings about regions and stations: a table, and the drawings of those that have any.
fn of_parts(out: &mut Markup, check: &CheckOutline<'_>, anchor: &str, level: u8, page: &Page<'_>) {
    if check.parts.is_empty() {
        return;
    }
    folded(out, "page-parts", check.parts.len(), page);
    out.raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"parts\">");
    out.element("caption", &page.word("page-parts-caption"));
    let names = common_measures(&check.parts);
    let mut columns = ["page-part", "page-verdict", "page-finding"].map(|id| page.word(id)).to_vec();
    columns.extend(names.iter().map(|name| page.texts.measure(name)));
    out.columns(columns.iter().map(String::as_str)).raw("<tbody>\n");
    for finding in &check.parts {
        out.raw("<tr>").row_head(&part(finding)).raw("<td>");
        parts::badge(out, finding.verdict, page.texts);
        out.raw("</td>").element("td", &page.texts.format(&finding.statement));
        for name in &names {
            let measure = finding.measures.iter().find(|measure| measure.name == *name);
            let value = measure.map(|measure| page.texts.quantity(&measure.value, measure.unit));
            out.classed("td", "number", &value.unwrap_or_default());
        }
        out.raw("</tr>\n");
    }
    out.raw("</tbody></table></div>");
    caveats_of_parts(out, check, level, page);
    for (index, finding) in check.parts.iter().enumerate() {
        for figure in &finding.figures {
            svg::figure(out, figure, page.texts, &format!("{anchor}-p{index}"));
        }
    }
    out.raw("</details>\n");
}

/// What may not be concluded from findings about parts, each sentence once.
fn caveats_of_parts(out: &mut Markup, check: &CheckOutline<'_>, level: u8, page: &Page<'_>) {
    let mut caveats: Vec<String> = Vec::new();
    for caveat in check.parts.iter().flat_map(|finding| &finding.caveats) {
        let said = page.texts.format(caveat);
        if !caveats.contains(&said) {
            caveats.push(said);
        }
    }
    if !caveats.is_empty() {
        heading(out, level, "page-caveats", page);
        out.raw("<div class=\"caveats\">");
        parts::list(out, caveats.iter().map(String::as_str));
        out.raw("</div>");
    }
}

/// The numbers that the first part has, at most three: a column each.
fn common_measures(parts: &[&Finding]) -> Vec<&'static str> {
    let first = parts.first().map_or(&[][..], |finding| &finding.measures);
    first.iter().map(|measure| measure.name).take(3).collect()
}
