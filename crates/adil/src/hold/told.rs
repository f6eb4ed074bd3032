//! What a command tells at its end: what was done, what to keep secret, what to publish, who is next.

use crate::failure::Failure;
use crate::screen;

/// What is told.
#[derive(Debug, Default)]
pub(crate) struct Told {
    lines: Vec<String>,
    secret: Vec<String>,
    publish: Vec<String>,
    next: Vec<String>,
}

impl Told {
    /// What was done.
    pub(crate) fn done(line: impl Into<String>) -> Self {
        Self { lines: vec![line.into()], ..Self::default() }
    }

    /// More of what was done.
    pub(crate) fn and(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// What must not become known.
    pub(crate) fn secret(mut self, what: impl Into<String>) -> Self {
        self.secret.push(what.into());
        self
    }

    /// What others need.
    pub(crate) fn publish(mut self, what: impl Into<String>) -> Self {
        self.publish.push(what.into());
        self
    }

    /// What comes next, and who does it.
    pub(crate) fn next(mut self, what: impl Into<String>) -> Self {
        self.next.push(what.into());
        self
    }

    /// Tells it.
    pub(crate) fn tell(&self) -> Result<(), Failure> {
        let mut text = String::new();
        for line in &self.lines {
            text.push_str(&format!("{line}\n"));
        }
        for (heading, items) in
            [("Keep secret", &self.secret), ("Publish or hand on", &self.publish), ("Next", &self.next)]
        {
            if !items.is_empty() {
                text.push_str(&format!("\n{heading}:\n"));
                items.iter().for_each(|item| text.push_str(&format!("  {item}\n")));
            }
        }
        screen::print_cleaned(&text)
    }
}
