//! `adil explain`: the checks, and the page of one.

use std::fmt::Write as _;
use std::process::ExitCode;

use crate::arguments::Explain;
use crate::failure::Failure;
use crate::screen;

/// Prints the list of checks, or one page.
pub(crate) fn run(arguments: &Explain) -> Result<ExitCode, Failure> {
    match &arguments.check {
        Some(wanted) => screen::print(&super::check::named(wanted)?.page().markdown())?,
        None => screen::print(&list())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn list() -> String {
    let mut text =
        String::from("The checks, in the order of the report. `adil explain CHECK` prints the page of one.\n\n");
    for check in adil_check::all() {
        let summary = check.page().summary();
        let mut lines = wrapped(&summary, 55).into_iter();
        let _ = writeln!(text, "  {:22} {}", check.id().0, lines.next().unwrap_or_default());
        lines.for_each(|line| {
            let _ = writeln!(text, "  {:22} {line}", "");
        });
    }
    text
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
