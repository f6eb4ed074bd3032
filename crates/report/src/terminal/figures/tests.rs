//! The board of the sample on a screen, and bars of every size.

use adil_finding::{Arg, Bar, CheckId, Reason, Report, Subject, Unit, Verdict};
use proptest::prelude::*;

use super::*;
use crate::terminal::tests::{screen, snapshot};
use crate::terminal::{TerminalOptions, terminal};
use crate::{Language, Texts, sample};

fn report_of(figure: impl Into<Figure>) -> Report {
    let (check, subject) = (CheckId("board/result"), Subject::contest("x"));
    let finding = Finding::new(check, Verdict::Proven, subject, Message::new("sample-board-result")).figure(figure);
    Report { findings: vec![finding], coverage: vec![], ..sample::board(true) }
}

fn drawn(figure: impl Into<Figure>, options: &TerminalOptions) -> String {
    terminal(&report_of(figure), &Texts::new(Language::En), options)
}

#[test]
fn a_board_in_english() {
    snapshot("terminal-board-en", &screen(&sample::board(true), Language::En));
}

#[test]
fn a_board_in_russian_with_a_wrong_tally() {
    snapshot("terminal-board-ru", &screen(&sample::board(false), Language::Ru));
}

#[test]
fn a_proven_board_fits_one_screen_of_80_columns() {
    for language in Language::ALL {
        let screen = screen(&sample::board(true), language);
        assert!(screen.lines().count() <= 45, "{language}: {} lines", screen.lines().count());
        for line in screen.lines() {
            assert!(display_width(line) <= 80, "{line}");
        }
    }
}

#[test]
fn of_many_bars_the_first_are_shown_and_the_rest_are_counted() {
    let screen = drawn(sample::many_bars(300), &TerminalOptions::default());
    assert!(screen.contains("Option 20 ") && !screen.contains("Option 21"), "{screen}");
    assert!(screen.contains("    and 280 more: --html FILE\n"), "{screen}");
    assert!(!drawn(sample::many_bars(20), &TerminalOptions::default()).contains("more:"));
}

#[test]
fn bars_are_as_long_as_their_counts() {
    // 80 columns less 4 before, 8 of the name, 1 of the count and 4 between: 63 are left for the longest.
    let screen = drawn(sample::many_bars(4), &TerminalOptions::default());
    let lengths = screen.lines().filter(|line| line.contains("Option ")).map(|line| line.matches('█').count());
    assert_eq!(lengths.collect::<Vec<_>>(), [63, 47, 31, 15]);
    let ascii = TerminalOptions { unicode: false, ..TerminalOptions::default() };
    let screen = drawn(sample::many_bars(4), &ascii);
    let lengths = screen.lines().filter(|line| line.contains("Option ")).map(|line| line.matches('#').count());
    assert_eq!(lengths.collect::<Vec<_>>(), [63, 48, 32, 16]);
}

#[test]
fn one_vote_is_seen_and_none_is_not() {
    let bar = |name: &str, value| Bar { label: Arg::from(name), value, marked: false };
    let bars = vec![bar("all", u64::MAX), bar("one", 1), bar("none", 0)];
    let figure = Bars { title: Message::new("sample-board-blank"), unit: Unit::Votes, bars, of: None };
    let screen = drawn(figure, &TerminalOptions::default());
    let line = |name: &str| screen.lines().find(|line| line.trim_start().starts_with(name)).expect("a line").to_owned();
    assert!(line("one").contains('▏') && !line("one").contains('█'), "{screen}");
    assert!(!line("none").contains(['▏', '█']), "{screen}");
}

#[test]
fn figures_of_what_is_undecided_stand_under_its_line() {
    let mut report = sample::board(true);
    report.findings.truncate(1);
    report.findings[0].verdict = Verdict::Undecided(Reason::NoData);
    // Without data there is nothing to show, and the check is only named.
    assert!(!screen(&report, Language::En).contains("Setup"));
    report.findings[0].verdict = Verdict::Undecided(Reason::NotIdentified);
    let screen = screen(&report, Language::En);
    assert!(screen.contains("\n  Events of the board\n    ✔ Setup "), "{screen}");
}

#[test]
fn a_wrong_event_is_told_however_late_it_comes() {
    let event = |state| TimelineEvent { label: Message::new("sample-board-tally"), detail: None, state };
    let mut events = vec![event(EventState::Done); 50];
    events.push(event(EventState::Wrong));
    let figure = Timeline { title: Message::new("sample-board-timeline"), events };
    let screen = drawn(figure, &TerminalOptions::default());
    assert!(screen.contains("    ✖ Encrypted tally  wrong\n    and 30 more"), "{screen}");
}

proptest! {
    #[test]
    fn no_line_of_bars_is_too_wide_and_no_name_steers_the_terminal(
        names in prop::collection::vec(any::<String>(), 0..30),
        values in prop::collection::vec(any::<u64>(), 30),
        of in prop::option::of(any::<u64>()),
        width in 0usize..130,
        unicode in any::<bool>(),
    ) {
        let bars = names.iter().zip(&values).enumerate();
        let bars = bars.map(|(index, (name, value))| Bar { label: Arg::from(name.as_str()), value: *value, marked: index % 3 == 1 });
        let of = of.map(|of| (of, Message::new("sample-board-counted")));
        let figure = Bars { title: Message::new("sample-board-blank"), unit: Unit::Votes, bars: bars.collect(), of };
        let screen = drawn(figure, &TerminalOptions { width, color: false, unicode });
        for line in screen.lines() {
            prop_assert!(display_width(line) <= width.max(40), "{line:?}");
            prop_assert!(!line.contains(char::is_control), "{line:?}");
        }
    }
}
