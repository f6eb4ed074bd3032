//! How a finding can be checked without trusting the program that made it.

use crate::Message;

/// A step by which a reader comes to the same finding with other means: another program, or paper and pencil.
#[derive(Debug, Clone, PartialEq)]
pub struct Recheck {
    /// What to do and what must come out.
    pub text: Message,
    /// A command line that does it. What of it comes from an input must stand in it by [`shell_word`].
    pub command: Option<String>,
}

impl Recheck {
    /// A step in words.
    pub fn new(text: Message) -> Self {
        Self { text, command: None }
    }

    /// The same step with a command line that does it.
    #[must_use]
    pub fn command(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }
}

/// A text as one word of a POSIX shell: quoted where it holds anything that a shell might read otherwise.
pub fn shell_word(text: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || matches!(character, '/' | '.' | '_' | '-' | '+' | ',');
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(plain) {
        return text.to_owned();
    }
    // A word that begins with a dash would be read as an option.
    let (before, text) = if text.starts_with('-') { ("./", text) } else { ("", text) };
    format!("'{before}{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_one_word_and_runs_nothing() {
        assert_eq!(shell_word("data/выборы-2024.bel"), "data/выборы-2024.bel");
        assert_eq!(shell_word("my election.bel"), "'my election.bel'");
        assert_eq!(shell_word("$(reboot).bel"), "'$(reboot).bel'");
        assert_eq!(shell_word("it's; ls"), "'it'\\''s; ls'");
        assert_eq!(shell_word("--dir"), "'./--dir'");
        assert_eq!(shell_word(""), "''");
    }
}
