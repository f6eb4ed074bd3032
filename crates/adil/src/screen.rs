//! What goes to the terminal: standard output for results, standard error for the rest.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use adil_report::TerminalOptions;
use anstream::ColorChoice;

use crate::failure::Failure;

/// Writes to standard output; a reader that went away (a closed pipe) is no fault, a full disk is.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::CannotWrite { file: "the output".to_owned(), cause: error.to_string() })
        }
        _ => Ok(()),
    }
}

/// Writes text with names from the input in it: what would steer a terminal is shown as a replacement character.
pub(crate) fn print_cleaned(text: &str) -> Result<(), Failure> {
    print(&cleaned(text))
}

/// Writes a failure to standard error.
pub(crate) fn error(failure: &dyn Display) {
    let _ = writeln!(io::stderr().lock(), "adil: {}", cleaned(&failure.to_string()).replace('\n', " "));
}

/// Text without control characters, but for line ends, and without marks that change the direction of writing.
fn cleaned(text: &str) -> String {
    let steers = |letter: char| {
        (letter.is_control() && letter != '\n') || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|letter| if steers(letter) { '\u{fffd}' } else { letter }).collect()
}

/// How wide the terminal is and whether it takes colours: not when piped, and not under `NO_COLOR`.
pub(crate) fn options() -> TerminalOptions {
    const WIDEST: usize = 100;
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    let color = anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    TerminalOptions {
        width: width.clamp(40, WIDEST),
        color: color && io::stdout().is_terminal(),
        ..TerminalOptions::default()
    }
}
