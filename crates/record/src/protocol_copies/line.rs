//! A statement as it is written, before it is held to the rules: as a line of JSON, or as rows of a table.

use serde::Deserialize;

use super::CopyFault;
use super::names::shown;
use crate::OneOrMany;
use crate::forecasts::Pairs;

/// A statement as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCopy {
    pub(super) id: String,
    pub(super) station: String,
    #[serde(default)]
    pub(super) area: OneOrMany<String>,
    pub(super) holder: String,
    pub(super) seen: String,
    #[serde(default)]
    pub(super) sha256: Option<String>,
    #[serde(default)]
    pub(super) picture: Option<String>,
    #[serde(default)]
    pub(super) replaces: Option<String>,
    #[serde(default)]
    pub(super) entries: Vec<RawEntry>,
    #[serde(default)]
    pub(super) resolution: Option<RawResolution>,
}

/// What one person typed in, as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEntry {
    pub(super) typist: String,
    pub(super) time: String,
    #[serde(default)]
    pub(super) lines: Pairs<RawNumber>,
    #[serde(default)]
    pub(super) votes: Pairs<RawNumber>,
}

/// A decision, as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawResolution {
    pub(super) by: String,
    pub(super) time: String,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) lines: Pairs<RawNumber>,
    #[serde(default)]
    pub(super) votes: Pairs<RawNumber>,
}

/// A number as it is written: a text in a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum RawNumber {
    Whole(u64),
    Other(serde::de::IgnoredAny),
}

impl RawNumber {
    /// The number of a cell.
    pub(super) fn of_cell(text: &str) -> Self {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(number) if digits => Self::Whole(number),
            _ => Self::Other(serde::de::IgnoredAny),
        }
    }
}

impl RawCopy {
    /// Reads a line of JSON.
    pub(super) fn parse(line: &[u8]) -> Result<Self, CopyFault> {
        let text = std::str::from_utf8(line).map_err(|_| CopyFault::Encoding)?;
        serde_json::from_str(text).map_err(|error| CopyFault::Syntax(within_line(&error)))
    }
}

/// What is wrong with a line of JSON, with the place in it. Values and names of fields are not repeated: they may be somebody's.
fn within_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    let what = what.split(['"', '`']).next().unwrap_or_default();
    format!("{}, at place {}", shown(what.trim_end()), error.column())
}
