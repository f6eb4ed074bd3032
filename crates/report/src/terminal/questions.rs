//! The questions of a record, each with what was found.

use adil_finding::{Message, Report};

use super::Screen;
use super::paint::Style;
use crate::clean::clean;
use crate::questions::answered;
use crate::values::status_id;

pub(super) fn write(report: &Report, screen: &mut Screen<'_>) {
    let language = screen.texts.language().to_string();
    for (number, answered) in (1..).zip(answered(report)) {
        screen.lines.blank();
        let text = format!("{number}. {}", clean(answered.question.text.in_language(&language)));
        screen.lines.wrapped(&screen.paint.styled(&text, Style::Heading), 0, 3);
        if let Some(note) = &answered.question.note {
            screen.lines.wrapped(&clean(note.in_language(&language)), 3, 3);
        }
        for finding in &answered.findings {
            let head = screen.head(finding.check, finding.verdict);
            let said = screen.say(finding.brief.as_ref().unwrap_or(&finding.statement));
            screen.lines.wrapped(&format!("{head}. {said}"), 3, 5);
        }
        if !answered.silent.is_empty() {
            let message = Message::new("question-silent").with("check", answered.silent.join(", "));
            screen.lines.wrapped(&screen.paint.styled(&screen.texts.format(&message), Style::Quiet), 3, 5);
        }
        for coverage in &answered.techniques {
            let needs: Vec<String> = coverage.needs.iter().map(|need| screen.texts.format(need)).collect();
            let message =
                Message::new(if needs.is_empty() { "question-technique" } else { "question-technique-lacks" })
                    .with("technique", screen.texts.technique(coverage.technique))
                    .with("status", screen.texts.word(status_id(coverage.status)))
                    .with("needs", needs.join("; "));
            let mark = screen.paint.status_mark(coverage.status);
            screen.lines.wrapped(&format!("{mark} {}", screen.texts.format(&message)), 3, 5);
        }
    }
}
