//! Bundles: a record that was rewritten for everybody to read, with the list of its files, and what was found of one that is read.
//!
//! `docs/spec/bundle.md` has the rules P1 to P25. What is written here comes from what was parsed, and never from the bytes of a row that
//! somebody wrote: what the types of [`crate::ObserverBook`] cannot hold cannot be in a bundle.

mod copies;
mod description;
mod facts;
mod form;
mod manifest;
mod observers;
mod places;
mod quick_count;
mod redaction;
mod statement;

pub use copies::rewritten_copies;
pub use description::{BundleNames, ContestNames, ObserverNames, PartUnknown, rewritten_description};
pub use facts::{Bundle, BundleFault, BundleLog, BundleNote};
pub use form::rewritten_form;
pub use manifest::{Manifest, ManifestError, ManifestFile};
pub use observers::{Redactor, RewrittenAssignment, RewrittenForm, RewrittenIncidents};
pub use quick_count::{rewritten_forecasts, rewritten_reports};
pub use redaction::{RedactedFile, Redaction, RedactionError, RedactionRule};
pub use statement::{BundleEntry, BundleStatement, StatementError};

/// The files of a bundle that are no part of the record.
pub mod names {
    /// The description.
    pub const DESCRIPTION: &str = "election.toml";
    /// The list of the files.
    pub const MANIFEST: &str = "manifest.json";
    /// What was taken out.
    pub const REDACTION: &str = "redaction.json";
    /// The signed statement over the list.
    pub const NOTE: &str = "bundle.note";
    /// The folder with the log of bundles.
    pub const LOG: &str = "log";
}

/// Whether a text is the SHA-256 of something: 64 digits of `0-9` and `a-f`.
fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A cell of a table of comma-separated values.
fn cell(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r', ';', '\t']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

/// A row of a table of comma-separated values.
fn row<T: AsRef<str>>(cells: &[T]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text.as_ref())).collect();
    cells.join(",") + "\n"
}
