//! Progress on standard error, and only where that is a terminal.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A line that says what is being done.
pub(crate) struct Line {
    bar: ProgressBar,
}

impl Line {
    /// A line that shows itself after a moment; hidden where nobody would see it.
    pub(crate) fn new() -> Self {
        let bar = if io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar }
    }

    /// Says what is being done now.
    pub(crate) fn say(&self, what: &str) {
        self.bar.set_message(what.to_owned());
    }

    /// Takes the line away.
    pub(crate) fn done(self) {
        self.bar.finish_and_clear();
    }
}

impl adil_open::Progress for Line {
    fn rows(&self, table: &str, rows: u64) {
        self.say(&format!("reading {table}: {rows} rows"));
    }
}
