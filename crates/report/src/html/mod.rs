//! The page: one self-contained file that can be published as it is.
//!
//! It loads nothing (its content security policy forbids it), runs no script, is read on a phone and on paper, and
//! follows the reader's choice of light or dark. Whatever comes from an input is escaped.

mod coverage;
mod findings;
mod markdown;
mod methods;
mod parts;
mod questions;
mod record;
mod summary;
mod undecided;

use adil_finding::{CheckId, Report};

use crate::Texts;
use crate::markup::{Markup, escaped};
use crate::outline::{ContestOutline, outline};

/// The page of a check, as Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodPage {
    /// The check.
    pub check: CheckId,
    /// What it does, when it is wrong, references: CommonMark with tables. Markup in it is shown as text.
    pub markdown: String,
}

const STYLE: &str = concat!(include_str!("style/page.css"), include_str!("style/figure.css"));

/// The report as one HTML document. `pages` explain the checks; those of checks without findings are left out.
pub fn html(report: &Report, texts: &Texts, pages: &[MethodPage]) -> String {
    let contests = outline(report);
    let page = Page { report, texts, contests: &contests, pages };
    let mut out = Markup::default();
    opening(&mut out, &report.title, texts);
    out.raw("<body>\n");
    page.nav(&mut out);
    out.raw("<main>\n");
    summary::header(&mut out, &page);
    summary::write(&mut out, &page);
    questions::write(&mut out, &page);
    coverage::write(&mut out, &page);
    findings::write(&mut out, &page);
    methods::write(&mut out, &page);
    record::write(&mut out, &page);
    out.raw("</main>\n</body>\n</html>\n");
    out.finish()
}

/// What every section is made from.
struct Page<'a> {
    report: &'a Report,
    texts: &'a Texts,
    contests: &'a [ContestOutline<'a>],
    pages: &'a [MethodPage],
}

/// The head of a page with its style: from the document type to the end of the head.
pub(crate) fn opening(out: &mut Markup, title: &str, texts: &Texts) {
    let title = escaped(title);
    out.raw(&format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n",
        texts.language()
    ));
}

impl Page<'_> {
    fn nav(&self, out: &mut Markup) {
        let label = escaped(&self.word("page-contents"));
        out.raw(&format!("<nav aria-label=\"{label}\">\n<p>")).text(&self.word("page-contents")).raw("</p>\n<ol>");
        let asked = !self.report.questions.is_empty();
        let sections = [
            ("summary", "page-summary", true),
            ("questions", "page-questions", asked),
            ("coverage", "page-coverage", true),
            ("findings", "page-findings", true),
        ];
        for (id, word, _) in sections.into_iter().filter(|(.., there)| *there) {
            out.raw(&format!("<li><a href=\"#{id}\">")).text(&self.word(word)).raw("</a>");
            if id == "findings" {
                self.nav_findings(out);
            }
            out.raw("</li>");
        }
        if !self.methods().is_empty() {
            out.raw("<li><a href=\"#methods\">").text(&self.word("page-methods")).raw("</a></li>");
        }
        out.raw("<li><a href=\"#inputs\">").text(&self.word("page-inputs")).raw("</a></li></ol>\n</nav>\n");
    }

    /// The checks of the only contest, or the contests.
    fn nav_findings(&self, out: &mut Markup) {
        out.raw("<ol>");
        if let [contest] = self.contests {
            for check in &contest.checks {
                out.raw(&format!("<li><a href=\"#{}\">", check_anchor(0, check.check)));
                out.text(&self.texts.check(check.check)).raw("</a></li>");
            }
        } else {
            for (index, contest) in self.contests.iter().enumerate() {
                let title = contest.title.unwrap_or(&self.report.title);
                out.raw(&format!("<li><a href=\"#contest-{index}\">")).text(title).raw("</a></li>");
            }
        }
        out.raw("</ol>");
    }

    fn word(&self, id: &'static str) -> String {
        self.texts.word(id)
    }

    /// The pages of the checks that said something, in their order.
    fn methods(&self) -> Vec<&MethodPage> {
        let said = |page: &&MethodPage| self.report.findings.iter().any(|finding| finding.check == page.check);
        self.pages.iter().filter(said).collect()
    }

    fn has_method(&self, check: CheckId) -> bool {
        self.pages.iter().any(|page| page.check == check)
    }
}

/// Where a check's findings about a contest stand.
fn check_anchor(contest: usize, check: CheckId) -> String {
    format!("c{contest}-{}", check.0.replace('/', "-"))
}

/// Where a check's page stands.
fn method_anchor(check: CheckId) -> String {
    format!("method-{}", check.0.replace('/', "-"))
}

#[cfg(test)]
mod tests;
