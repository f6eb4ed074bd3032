//! The terminal screen: one screen for a whole country.
//!
//! A verdict is a mark and a word, never colour alone. What was decided of a contest as a whole is said in full; its
//! regions and stations are counted, with the first names; what is undecided stands in a list, a line each. With many
//! contests only what is anomalous or contradicted is said in full, and the rest is listed by verdict. The events and
//! the result of a board stand under the finding that has them.

mod coverage;
mod figures;
mod names;
mod paint;
mod questions;
mod undecided;
pub(crate) mod wrap;

use adil_finding::{CheckId, Finding, Message, Report, Verdict};

use crate::Texts;
use crate::clean::clean;
use crate::outline::{CheckOutline, ContestOutline, outline, part};
use paint::{Paint, Style};
use wrap::Lines;

/// How to write for a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminalOptions {
    /// Columns that a line may fill; at least 40 are used.
    pub width: usize,
    /// Whether to colour with ANSI escape sequences.
    pub color: bool,
    /// Whether marks beyond ASCII can be shown. Letters of a language are written as they are.
    pub unicode: bool,
}

impl Default for TerminalOptions {
    /// 80 columns, no colour.
    fn default() -> Self {
        Self { width: 80, color: false, unicode: true }
    }
}

/// Above this many contests, what is undecided or unremarkable is only listed.
const CONTESTS_IN_FULL: usize = 2;

/// The most names of regions or stations in one line.
const NAMES_LISTED: usize = 4;

/// The report as a screen of text, with a line break at the end.
pub fn terminal(report: &Report, texts: &Texts, options: &TerminalOptions) -> String {
    let paint = Paint::new(options);
    let mut screen = Screen { texts, paint, lines: Lines::new(options.width.max(40)) };
    screen.header(report);
    questions::write(report, &mut screen);
    let contests = outline(report);
    for contest in &contests {
        screen.lines.blank();
        if contests.len() > 1
            && let Some(title) = contest.title
        {
            screen.lines.wrapped(&paint.styled(&clean(title), Style::Heading), 0, 2);
        }
        if contests.len() > CONTESTS_IN_FULL { screen.by_verdict(contest) } else { screen.full(contest) }
    }
    if !report.coverage.is_empty() {
        screen.lines.blank();
        coverage::write(&report.coverage, texts, paint, &mut screen.lines);
    }
    screen.lines.blank();
    screen.footer(report);
    screen.lines.finish()
}

struct Screen<'a> {
    texts: &'a Texts,
    paint: Paint,
    lines: Lines,
}

impl Screen<'_> {
    fn header(&mut self, report: &Report) {
        let mut title = clean(&report.title).into_owned();
        if let Some(date) = report.date.as_deref().filter(|date| !title.contains(date)) {
            title = format!("{title}{}{}", self.paint.separator(), clean(date));
        }
        self.lines.wrapped(&self.paint.styled(&title, Style::Heading), 0, 2);
        let mut facts = vec![self.texts.format(&Message::new("terminal-inputs").with("files", report.inputs.len()))];
        let rows: Vec<u64> = report.inputs.iter().filter_map(|input| input.rows).collect();
        if !rows.is_empty() {
            facts.push(self.texts.format(&Message::new("terminal-rows").with("rows", rows.iter().sum::<u64>())));
        }
        facts.push(self.texts.format(&Message::new("terminal-seed").with("seed", report.seed.to_string())));
        facts.push(format!("adil {}", env!("CARGO_PKG_VERSION")));
        self.lines.wrapped(&self.paint.styled(&facts.join(self.paint.separator()), Style::Quiet), 0, 2);
    }

    /// What was decided of the contest as a whole in full, with its parts; then what is undecided, a line each.
    fn full(&mut self, contest: &ContestOutline<'_>) {
        let undecided = |finding: &&Finding| matches!(finding.verdict, Verdict::Undecided(_));
        self.stated(contest, |finding| !undecided(&finding));
        let undecided: Vec<&Finding> = contest.whole().filter(undecided).collect();
        undecided::write(&undecided, self);
    }

    /// What is anomalous or contradicted in full; the other checks by verdict.
    fn by_verdict(&mut self, contest: &ContestOutline<'_>) {
        let loud = |finding: &Finding| matches!(finding.verdict, Verdict::Anomalous | Verdict::Contradicted(_));
        self.stated(contest, loud);
        let quiet: Vec<&Finding> = contest.whole().filter(|finding| !loud(finding)).collect();
        for verdict in verdicts(&quiet) {
            let same: Vec<&Finding> = quiet.iter().copied().filter(|finding| finding.verdict == verdict).collect();
            self.listed(&same);
        }
    }

    /// The statements that are asked for, each check's followed by its parts.
    fn stated(&mut self, contest: &ContestOutline<'_>, asked: impl Fn(&Finding) -> bool) {
        for check in &contest.checks {
            let stated: Vec<&Finding> = check.whole.iter().copied().filter(|finding| asked(finding)).collect();
            for finding in &stated {
                self.statement(finding);
            }
            self.parts(check, !stated.is_empty());
        }
    }

    fn statement(&mut self, finding: &Finding) {
        let head = self.head(finding.check, finding.verdict);
        self.lines.wrapped(&format!("{head}. {}", self.say(&finding.statement)), 0, 2);
        figures::write(finding, self);
    }

    /// A verdict as mark and word, with the check that gives it.
    fn head(&self, check: CheckId, verdict: Verdict) -> String {
        let mark = self.paint.styled(self.paint.mark(verdict), Style::of(verdict));
        let check = self.paint.styled(&format!("{}:", short(check)), Style::Check);
        format!("{mark} {check} {}", self.word(verdict))
    }

    /// A message with its long names cut.
    fn say(&self, message: &Message) -> String {
        self.texts.format(&names::cut(message, self.paint.ellipsis()))
    }

    /// Findings of one verdict, by the names of their checks only.
    fn listed(&mut self, findings: &[&Finding]) {
        let Some(first) = findings.first() else { return };
        let mut names: Vec<&str> = findings.iter().map(|finding| short(finding.check)).collect();
        names.dedup();
        self.lines.wrapped(&format!("{}: {}", self.verdict(first.verdict), names.join(", ")), 0, 2);
    }

    /// How many regions and stations have which verdict, with the first names: below the check's statement, or with its
    /// name where none was said.
    fn parts(&mut self, check: &CheckOutline<'_>, stated: bool) {
        for verdict in verdicts(&check.parts) {
            let same = || check.parts.iter().filter(|finding| finding.verdict == verdict);
            let (count, mut names) = (same().count(), same().map(|finding| part(finding)).collect::<Vec<_>>());
            if names.len() > NAMES_LISTED {
                names.truncate(NAMES_LISTED);
                names.push(self.texts.format(&Message::new("terminal-more").with("count", count - NAMES_LISTED)));
            }
            let message = Message::new("terminal-parts").with("count", count).with("names", names.join(", "));
            let parts = self.texts.format(&message);
            if stated {
                self.lines.wrapped(&format!("{}, {parts}", self.verdict(verdict)), 2, 4);
            } else {
                let head = self.head(check.check, verdict);
                self.lines.wrapped(&format!("{head}, {parts}"), 0, 2);
            }
        }
    }

    /// A verdict as mark and word.
    fn verdict(&self, verdict: Verdict) -> String {
        format!("{} {}", self.paint.styled(self.paint.mark(verdict), Style::of(verdict)), self.word(verdict))
    }

    /// A verdict's word, with its reason or whose statement it contradicts.
    fn word(&self, verdict: Verdict) -> String {
        let word = self.paint.styled(&self.texts.verdict(verdict), Style::of(verdict));
        match self.texts.beside(verdict) {
            Some(beside) => word + &self.paint.styled(&format!(" ({beside})"), Style::Quiet),
            None => word,
        }
    }

    fn footer(&mut self, report: &Report) {
        self.lines.wrapped(&self.paint.styled(&self.texts.word("terminal-whole-report"), Style::Quiet), 0, 2);
        let last = if report.contradicts_organisers() { "exit-contradicted" } else { "exit-clear" };
        self.lines.wrapped(&self.paint.styled(&self.texts.word(last), Style::Heading), 0, 2);
    }
}

/// The verdicts of findings, each once, in their order.
fn verdicts(findings: &[&Finding]) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = findings.iter().map(|finding| finding.verdict).collect();
    verdicts.sort();
    verdicts.dedup();
    verdicts
}

/// What stands before the findings of a check: `integers` of `stations/integers`. Checks of witnesses keep the kind of witness, since
/// `national` or `estimate` alone does not say of what.
fn short(check: CheckId) -> &'static str {
    let alone = ["stations/", "releases/", "board/"];
    alone.iter().find_map(|kind| check.0.strip_prefix(kind)).unwrap_or(check.0)
}

#[cfg(test)]
mod tests;
