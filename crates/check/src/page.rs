//! A check's page, taken from the doc comment of its file.

/// The page of a check, in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    source: &'static str,
}

impl Page {
    /// The page in a source file: its leading `//!` lines.
    pub const fn of(source: &'static str) -> Self {
        Self { source }
    }

    /// The page as Markdown.
    pub fn markdown(self) -> String {
        let lines = self.source.lines().take_while(|line| line.starts_with("//!"));
        lines.map(|line| line[3..].strip_prefix(' ').unwrap_or(&line[3..])).collect::<Vec<_>>().join("\n") + "\n"
    }

    /// The first sentence: what the check is for, in a line.
    pub fn summary(self) -> String {
        let markdown = self.markdown();
        let mut paragraphs = markdown.split("\n\n").map(str::trim).filter(|text| !text.starts_with('#'));
        paragraphs.next().unwrap_or_default().replace('\n', " ")
    }
}
