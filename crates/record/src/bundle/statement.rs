//! What a publisher signs of a bundle, and what stands in the log of bundles.

use super::is_digest;

/// The first line of both.
const FORMAT: &str = "adil-bundle/v1";
/// What stands where there is no entry, or no bundle before.
const NONE: &str = "-";

/// The text of `bundle.note`: whose bundle, which manifest, and its entry in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleStatement {
    /// The name of the key, which is the origin of the log.
    pub origin: String,
    /// The SHA-256 of the manifest.
    pub manifest: String,
    /// The number of the entry in the log of bundles, where there is one.
    pub entry: Option<u64>,
}

/// An entry of the log of bundles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleEntry {
    /// The SHA-256 of the manifest.
    pub manifest: String,
    /// That of the bundle before, where there is one.
    pub previous: Option<String>,
}

/// A text that is no statement of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no statement of a bundle: lines of {FORMAT}, ending in a line end, were expected")]
pub struct StatementError;

impl BundleStatement {
    /// As it is signed.
    pub fn print(&self) -> String {
        let entry = self.entry.map_or_else(|| NONE.to_owned(), |entry| entry.to_string());
        format!("{FORMAT}\n{}\n{}\n{entry}\n", self.origin, self.manifest)
    }

    /// Reads what was signed.
    ///
    /// # Errors
    /// It is anything else.
    pub fn parse(text: &str) -> Result<Self, StatementError> {
        let [origin, manifest, entry] = lines(text)?;
        let entry = match entry {
            NONE => None,
            number => Some(number.parse().map_err(|_| StatementError)?),
        };
        let statement = Self { origin: origin.to_owned(), manifest: manifest.to_owned(), entry };
        // Only the one form of a number, and a name.
        let is_one = statement.print() == text && !origin.is_empty() && is_digest(manifest);
        if is_one { Ok(statement) } else { Err(StatementError) }
    }
}

impl BundleEntry {
    /// As it is logged.
    pub fn print(&self) -> String {
        format!("{FORMAT}\n{}\n{}\n", self.manifest, self.previous.as_deref().unwrap_or(NONE))
    }

    /// Reads an entry.
    ///
    /// # Errors
    /// It is anything else.
    pub fn parse(text: &str) -> Result<Self, StatementError> {
        let [manifest, previous] = lines(text)?;
        let previous = Some(previous).filter(|previous| *previous != NONE).map(str::to_owned);
        let is_one = is_digest(manifest) && previous.as_deref().is_none_or(is_digest);
        if is_one { Ok(Self { manifest: manifest.to_owned(), previous }) } else { Err(StatementError) }
    }
}

/// The lines after the first, which all end.
fn lines<const N: usize>(text: &str) -> Result<[&str; N], StatementError> {
    let rest = text.strip_prefix(FORMAT).and_then(|rest| rest.strip_prefix('\n')).ok_or(StatementError)?;
    let rest = rest.strip_suffix('\n').ok_or(StatementError)?;
    let lines: Vec<&str> = rest.split('\n').collect();
    lines.try_into().map_err(|_| StatementError)
}
