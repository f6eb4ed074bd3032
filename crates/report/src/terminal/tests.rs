//! The screen of the sample report.

use super::wrap::display_width;
use super::*;
use crate::{Language, sample};

pub(super) fn screen(report: &Report, language: Language) -> String {
    terminal(report, &Texts::new(language), &TerminalOptions::default())
}

pub(super) fn snapshot(name: &str, screen: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, screen));
}

#[test]
fn one_contest_in_english() {
    snapshot("terminal-en", &screen(&sample::report(), Language::En));
}

#[test]
fn one_contest_in_russian() {
    snapshot("terminal-ru", &screen(&sample::report(), Language::Ru));
}

#[test]
fn eight_contests_are_told_briefly() {
    snapshot("terminal-contests", &screen(&sample::report_of_contests(8), Language::En));
}

#[test]
fn a_country_fits_one_screen_of_80_columns() {
    for language in Language::ALL {
        let screen = screen(&sample::report(), language);
        assert!(screen.lines().count() <= 42, "{language}: {} lines", screen.lines().count());
        for line in screen.lines() {
            assert!(display_width(line) <= 80, "{line}");
        }
    }
}

#[test]
fn what_is_undecided_stands_in_a_list_by_reason() {
    let screen = screen(&sample::report(), Language::En);
    let (decided, rest) = screen.split_once("· undecided (numbers only):\n").expect("a heading");
    assert!(decided.contains("✔ balance: proven.") && !decided.contains("totals"), "{decided}");
    assert!(rest.starts_with("  totals       turnout 60.19%\n"), "{rest}");
    // Without a brief the statement is said.
    assert!(rest.contains("  duplicates   4 groups of stations"), "{rest}");
    let hanging = format!("\n{}elections −28% to 39%", " ".repeat(15));
    assert!(rest.contains("· undecided (no yardstick yet):\n  comet        14.4 million votes"), "{rest}");
    assert!(rest.contains(&hanging) && rest.contains("\n· undecided (data absent): mobile, unused\n"), "{rest}");
}

#[test]
fn parts_of_a_check_that_says_nothing_else_bear_its_name() {
    let mut report = sample::report();
    let integers = report.findings.iter_mut().find(|finding| finding.verdict == Verdict::Anomalous);
    integers.expect("the sample has one").verdict = Verdict::Undecided(adil_finding::Reason::NoNull);
    let screen = screen(&report, Language::En);
    assert!(screen.contains("\n▲ integers: anomalous, 2 of its parts: Northern"), "{screen}");
}

#[test]
fn without_colour_there_is_no_escape_sequence_not_even_one_from_an_input() {
    assert!(!screen(&sample::report(), Language::En).contains('\u{1b}'));
}

#[test]
fn colour_changes_nothing_but_colour() {
    let plain = screen(&sample::report(), Language::Ru);
    let options = TerminalOptions { color: true, ..TerminalOptions::default() };
    let coloured = terminal(&sample::report(), &Texts::new(Language::Ru), &options);
    assert!(coloured.contains("\u{1b}[1;31m✖"), "{coloured}");
    let mut bare = String::new();
    let mut inside = false;
    for character in coloured.chars() {
        inside |= character == '\u{1b}';
        if !inside {
            bare.push(character);
        }
        inside &= character != 'm';
    }
    assert_eq!(bare, plain);
}

#[test]
fn without_unicode_marks_are_ascii() {
    let options = TerminalOptions { unicode: false, ..TerminalOptions::default() };
    let screen = terminal(&sample::report(), &Texts::new(Language::En), &options);
    for mark in ["✔", "○", "▲", "✖", "·", "◐", "●", "…"] {
        assert!(!screen.contains(mark), "{mark}");
    }
    assert!(screen.contains("X impossible: contradicted"), "{screen}");
}

#[test]
fn the_last_line_tells_the_exit_status() {
    let last = |report: &Report| {
        let screen = screen(report, Language::En).replace("\n  ", " ");
        screen.lines().last().unwrap_or_default().to_owned()
    };
    assert!(last(&sample::report()).contains("Exit status 1"));
    // What third parties said is contradicted too, and leaves the status alone.
    assert!(last(&sample::report_of_contests(1)).contains("exit status 0"));
}
