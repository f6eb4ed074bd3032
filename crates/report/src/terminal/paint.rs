//! Colours and marks.

use adil_finding::{CoverageStatus, EventState, Verdict};

use super::TerminalOptions;
use crate::values::mark;

/// What a terminal can show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    color: bool,
    unicode: bool,
}

/// What a piece of text is, from which its colour follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A title, or the last line.
    Heading,
    /// The name of a check.
    Check,
    /// Side facts.
    Quiet,
    /// What holds.
    Good,
    /// What stands out.
    Warning,
    /// What cannot be true as stated.
    Bad,
}

impl Style {
    pub(super) fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Proven => Self::Good,
            Verdict::Unremarkable => Self::Check,
            Verdict::Anomalous => Self::Warning,
            Verdict::Contradicted(_) => Self::Bad,
            Verdict::Undecided(_) => Self::Quiet,
        }
    }

    /// The parameters of the escape sequence (ECMA-48, SGR).
    fn parameters(self) -> &'static str {
        match self {
            Self::Heading => "1",
            Self::Check => "36",
            Self::Quiet => "2",
            Self::Good => "32",
            Self::Warning => "1;33",
            Self::Bad => "1;31",
        }
    }
}

impl Paint {
    pub(super) fn new(options: &TerminalOptions) -> Self {
        Self { color: options.color, unicode: options.unicode }
    }

    /// The text in its colour. Each word is coloured for itself, so that a line may be broken between any two.
    pub(super) fn styled(self, text: &str, style: Style) -> String {
        if !self.color {
            return text.to_owned();
        }
        let word = |word: &str| match word {
            "" => String::new(),
            word => format!("\u{1b}[{}m{word}\u{1b}[0m", style.parameters()),
        };
        text.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn mark(self, verdict: Verdict) -> &'static str {
        match verdict {
            _ if self.unicode => mark(verdict),
            Verdict::Proven => "+",
            Verdict::Unremarkable => "o",
            Verdict::Anomalous => "!",
            Verdict::Contradicted(_) => "X",
            Verdict::Undecided(_) => "-",
        }
    }

    pub(super) fn status_mark(self, status: CoverageStatus) -> &'static str {
        match (status, self.unicode) {
            (CoverageStatus::Checked, true) => "●",
            (CoverageStatus::Partly, true) => "◐",
            (CoverageStatus::NotCheckable, true) => "○",
            (CoverageStatus::Checked, false) => "+",
            (CoverageStatus::Partly, false) => "~",
            (CoverageStatus::NotCheckable, false) => "-",
        }
    }

    pub(super) fn event_mark(self, state: EventState) -> &'static str {
        match (state, self.unicode) {
            (EventState::Done, true) => "✔",
            (EventState::Wrong, true) => "✖",
            (EventState::ToCome, true) => "○",
            (EventState::Done, false) => "+",
            (EventState::Wrong, false) => "X",
            (EventState::ToCome, false) => "o",
        }
    }

    /// What sets a bar off.
    pub(super) fn set_off(self) -> &'static str {
        if self.unicode { "●" } else { "*" }
    }

    /// A bar that fills `part` of `room` columns, to an eighth of a column; what is not nothing can be seen.
    pub(super) fn bar(self, part: f64, room: usize) -> String {
        const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        let most = room * 8;
        let eighths = (part.clamp(0.0, 1.0) * most as f64).round() as usize;
        let eighths = if part > 0.0 { eighths.clamp(1.min(most), most) } else { 0 };
        if self.unicode {
            return "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
        }
        "#".repeat(eighths.div_ceil(8))
    }

    pub(super) fn separator(self) -> &'static str {
        if self.unicode { " · " } else { " - " }
    }

    pub(super) fn ellipsis(self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }
}
