//! What belongs under a finding's line: the events of a board, the result of a question, and how to check both without
//! trusting adil.
//!
//! Other figures need a page: on a screen of letters they would say less than their numbers.

use adil_finding::{Bars, EventState, Figure, Finding, Message, Recheck, Timeline, TimelineEvent};

use super::Screen;
use super::paint::Style;
use super::wrap::{display_width, padded, shortened};
use crate::clean::clean_command;
use crate::values::{event_word, part_of_longest};

/// The most bars, and the most events that hold, of one figure.
const LISTED: usize = 20;
/// Columns before a title, and before what is below it.
const INDENT: (usize, usize) = (2, 4);
/// With fewer columns for name and bar, a name stands on a line of its own and no bar is drawn.
const NARROWEST: usize = 16;

/// Writes what a finding has of these.
pub(super) fn write(finding: &Finding, screen: &mut Screen<'_>) {
    for figure in &finding.figures {
        match figure {
            Figure::Timeline(figure) => timeline(figure, screen),
            Figure::Bars(figure) => bars(figure, screen),
            _ => {}
        }
    }
    recheck(&finding.recheck, screen);
}

fn title(text: &str, screen: &mut Screen<'_>) {
    let text = screen.paint.styled(text, Style::Heading);
    screen.lines.wrapped(&text, INDENT.0, INDENT.1);
}

fn more(count: usize, screen: &mut Screen<'_>) {
    let said = screen.texts.format(&Message::new("terminal-more-bars").with("count", count));
    let said = screen.paint.styled(&said, Style::Quiet);
    screen.lines.wrapped(&said, INDENT.1, INDENT.1);
}

/// A line for each event. Of a long list the first are told, and all that do not hold.
fn timeline(figure: &Timeline, screen: &mut Screen<'_>) {
    title(&screen.texts.format(&figure.title), screen);
    let is_told = |(index, event): &(usize, &TimelineEvent)| *index < LISTED || event.state == EventState::Wrong;
    let told: Vec<&TimelineEvent> = figure.events.iter().enumerate().filter(is_told).map(|(_, event)| event).collect();
    let labels: Vec<String> = told.iter().map(|event| screen.say(&event.label)).collect();
    let most = screen.lines.width() / 2;
    let widest = labels.iter().map(|label| display_width(label)).max().unwrap_or(0).min(most);
    for (event, label) in told.iter().zip(&labels) {
        let style = match event.state {
            EventState::Done => Style::Good,
            EventState::Wrong => Style::Bad,
            EventState::ToCome => Style::Quiet,
        };
        let mut said = Vec::new();
        if event.state != EventState::Done {
            said.push(screen.paint.styled(&screen.texts.word(event_word(event.state)), style));
        }
        said.extend(event.detail.as_ref().map(|detail| screen.say(detail)));
        let mark = screen.paint.styled(screen.paint.event_mark(event.state), style);
        let label = in_place(&shortened(label, most, screen.paint.ellipsis()));
        let said = said.join(screen.paint.separator());
        if said.is_empty() {
            screen.lines.line(&format!("{}{mark} {label}", " ".repeat(INDENT.1)));
        } else {
            let head = format!("{}{mark} {}  ", " ".repeat(INDENT.1), padded(&label, widest));
            let hanging = display_width(&head);
            screen.lines.labelled(&head, &said, hanging);
        }
    }
    if told.len() < figure.events.len() {
        more(figure.events.len() - told.len(), screen);
    }
}

/// A line for each of the first bars: name, bar, count, percentage.
fn bars(figure: &Bars, screen: &mut Screen<'_>) {
    let texts = screen.texts;
    let heading = Message::new("terminal-unit").with("title", figure.title.clone());
    title(&texts.format(&heading.with("unit", texts.unit(figure.unit))), screen);
    let columns = Columns::of(figure, screen);
    for index in 0..columns.names.len() {
        columns.line(index, figure, screen);
    }
    if columns.names.len() < figure.bars.len() {
        more(figure.bars.len() - columns.names.len(), screen);
    }
    if let Some((of, what)) = &figure.of {
        let said = screen.paint.styled(&texts.hundred(*of, what), Style::Quiet);
        screen.lines.wrapped(&said, INDENT.1, INDENT.1);
    }
}

/// What the lines of bars say, and how the columns of a screen are shared among it.
struct Columns {
    names: Vec<String>,
    counts: Vec<String>,
    shares: Vec<String>,
    /// The columns of the names.
    name: usize,
    /// The columns of the longest bar; none where a name and a bar cannot stand beside each other.
    bar: usize,
    count: usize,
    share: usize,
    any_marked: bool,
    longest: u64,
}

impl Columns {
    fn of(figure: &Bars, screen: &Screen<'_>) -> Self {
        let texts = screen.texts;
        let shown = || figure.bars.iter().take(LISTED);
        let names: Vec<String> = shown().map(|bar| texts.said(&bar.label)).collect();
        let counts: Vec<String> = shown().map(|bar| texts.count(bar.value)).collect();
        let share = |value| figure.of.as_ref().map_or(String::new(), |(of, _)| texts.share(value, *of));
        let shares: Vec<String> = shown().map(|bar| share(bar.value)).collect();
        let widest = |list: &[String]| list.iter().map(|text| display_width(text)).max().unwrap_or(0);
        let (count, share) = (widest(&counts), widest(&shares));
        let any_marked = shown().any(|bar| bar.marked);
        // Two columns stand between any two things, and two for the mark of those that are set off.
        let others = INDENT.1 + if any_marked { 2 } else { 0 } + count + if share > 0 { share + 2 } else { 0 } + 4;
        let room = screen.lines.width().saturating_sub(others);
        let name = widest(&names).min(room / 2);
        let bar = if room < NARROWEST { 0 } else { room - name };
        let longest = figure.bars.iter().map(|bar| bar.value).max().unwrap_or(0);
        Self { names, counts, shares, name, bar, count, share, any_marked, longest }
    }

    fn line(&self, index: usize, figure: &Bars, screen: &mut Screen<'_>) {
        let (paint, bar) = (screen.paint, &figure.bars[index]);
        let mut line = " ".repeat(INDENT.1);
        if self.any_marked {
            line += &padded(if bar.marked { paint.set_off() } else { "" }, 2);
        }
        let name = |name: &str| if bar.marked { paint.styled(name, Style::Heading) } else { name.to_owned() };
        let (count, share) = (&self.counts[index], &self.shares[index]);
        if self.bar == 0 {
            let hanging = display_width(&line);
            screen.lines.labelled(&line, &name(&in_place(&self.names[index])), hanging);
            screen.lines.wrapped(&format!("{count} {share}"), hanging + 2, hanging + 2);
            return;
        }
        let shown = in_place(&shortened(&self.names[index], self.name, paint.ellipsis()));
        line += &padded(&name(&shown), self.name);
        let drawn = paint.bar(part_of_longest(bar.value, self.longest), self.bar);
        line += &format!("  {}  ", padded(&paint.styled(&drawn, Style::Check), self.bar));
        line += &" ".repeat(self.count.saturating_sub(display_width(count)));
        line += count;
        if self.share > 0 {
            line += &" ".repeat(2 + self.share.saturating_sub(display_width(share)));
            line += share;
        }
        screen.lines.line(line.trim_end());
    }
}

/// The steps, each followed by its command on a line of its own, which is not broken: it is there to be copied.
fn recheck(steps: &[Recheck], screen: &mut Screen<'_>) {
    if steps.is_empty() {
        return;
    }
    title(&screen.texts.word("page-recheck"), screen);
    for (index, step) in steps.iter().enumerate() {
        let number = format!("{}{}. ", " ".repeat(INDENT.1), index + 1);
        screen.lines.labelled(&number, &screen.texts.format(&step.text), number.len());
        if let Some(command) = &step.command {
            let command = screen.paint.styled(&clean_command(command), Style::Check);
            screen.lines.line(&format!("{}{command}", " ".repeat(number.len() + 2)));
        }
    }
}

/// A name with a mark behind it where it is written from right to left, so that what follows keeps its place.
fn in_place(name: &str) -> String {
    let from_right = |letter: char| {
        matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
            || matches!(letter, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    let mark = if name.contains(from_right) { "\u{200e}" } else { "" };
    format!("{name}{mark}")
}

#[cfg(test)]
mod tests;
