//! The eight techniques: how far each could be checked, and what is missing, one line each.

use adil_finding::{Coverage, Message};

use super::paint::{Paint, Style};
use super::wrap::{Lines, display_width, padded, shortened};
use crate::Texts;
use crate::values::status_id;

pub(super) fn write(coverage: &[Coverage], texts: &Texts, paint: Paint, lines: &mut Lines) {
    lines.wrapped(&paint.styled(&texts.word("page-coverage"), Style::Heading), 0, 2);
    let names: Vec<String> = coverage.iter().map(|one| texts.technique(one.technique)).collect();
    let states: Vec<String> = coverage.iter().map(|one| state(one, texts, paint)).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| display_width(text)).max().unwrap_or(0);
    let (name_width, state_width) = (widest(&names), widest(&states));
    let room = lines.width().saturating_sub(name_width + state_width + 6);
    for ((one, name), state) in coverage.iter().zip(&names).zip(&states) {
        let state = if one.needs.is_empty() { state.clone() } else { padded(state, state_width) };
        let mut line = format!("  {}  {state}", padded(name, name_width));
        // Too narrow a rest would show nothing but the first word.
        if !one.needs.is_empty() && room >= 12 {
            line += "  ";
            line += &paint.styled(&needs(one, room, texts, paint), Style::Quiet);
        }
        lines.line(&line);
    }
}

fn state(coverage: &Coverage, texts: &Texts, paint: Paint) -> String {
    format!("{} {}", paint.status_mark(coverage.status), texts.word(status_id(coverage.status)))
}

/// The first thing missing, as far as it fits, and how many more there are.
fn needs(coverage: &Coverage, room: usize, texts: &Texts, paint: Paint) -> String {
    let first = coverage.needs.first().map_or(String::new(), |need| texts.format(need));
    let more = match coverage.needs.len() {
        0 | 1 => String::new(),
        count => format!(" +{}", count - 1),
    };
    let said = texts.format(&Message::new("terminal-needs").with("needs", first));
    shortened(&said, room - more.len(), paint.ellipsis()) + &more
}
