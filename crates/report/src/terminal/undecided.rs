//! What is undecided: numbers without a verdict, a line each, by the reason why there is none.

use adil_finding::{Finding, Reason, Verdict};

use super::paint::Style;
use super::wrap::{display_width, padded};
use super::{Screen, short, verdicts};

/// Below this width the lines of a list hang at its margin rather than beside its names.
const NARROW: usize = 60;

/// The findings by reason, each by its brief or, without one, its statement; those without data by name alone.
pub(super) fn write(findings: &[&Finding], screen: &mut Screen<'_>) {
    let absent = Verdict::Undecided(Reason::NoData);
    let told = || findings.iter().copied().filter(|finding| finding.verdict != absent);
    let widest = told().map(|finding| display_width(short(finding.check))).max().unwrap_or(0);
    for verdict in verdicts(&told().collect::<Vec<_>>()) {
        let heading = format!("{}:", screen.verdict(verdict));
        screen.lines.wrapped(&heading, 0, 2);
        let mut last = None;
        for finding in told().filter(|finding| finding.verdict == verdict) {
            // A check that says several things is named at the first of them.
            let name = if last == Some(finding.check) { "" } else { short(finding.check) };
            last = Some(finding.check);
            line(name, widest, finding, screen);
        }
    }
    screen.listed(&findings.iter().copied().filter(|finding| finding.verdict == absent).collect::<Vec<_>>());
}

fn line(name: &str, widest: usize, finding: &Finding, screen: &mut Screen<'_>) {
    let label = format!("  {}  ", padded(&screen.paint.styled(name, Style::Check), widest));
    let said = screen.say(finding.brief.as_ref().unwrap_or(&finding.statement));
    let hanging = if screen.lines.width() < NARROW { 4 } else { display_width(&label) };
    screen.lines.labelled(&label, &said, hanging);
    super::figures::write(finding, screen);
}
