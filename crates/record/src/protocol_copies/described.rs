//! How a description names copies of protocols.

use serde::Deserialize;

use super::CopyBook;
use crate::{DescriptionError, Frame, Moment, Publisher, PublisherKind, SampledStratum};

/// Copies of protocols, as described.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedCopies {
    /// The file, beside the description: lines of JSON where it ends with `.jsonl`, else a table.
    pub file: String,
    /// Who collected them.
    pub publisher: String,
    /// In what part.
    #[serde(default = "observer")]
    pub kind: PublisherKind,
    /// The design of a quick count, beside the description, whose sample the stations are.
    #[serde(default)]
    pub known_sample: Option<String>,
    /// When the file was taken: nothing in it can be later.
    #[serde(default)]
    pub read_at: Option<String>,
}

fn observer() -> PublisherKind {
    PublisherKind::Observer
}

/// Copies of protocols, read.
#[derive(Debug, Clone, Default)]
pub struct Copies {
    /// The file.
    pub file: String,
    /// Who collected them.
    pub publisher: Publisher,
    /// The statements.
    pub book: CopyBook,
    /// The sample that their stations are; `None` where somebody chose them.
    pub sample: Option<CopySample>,
}

/// A sample that was drawn before anybody went to collect copies.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CopySample {
    /// All stations.
    pub frame: Frame,
    /// Those drawn, by stratum.
    pub strata: Vec<SampledStratum>,
}

impl DescribedCopies {
    /// When the file was taken.
    ///
    /// # Errors
    /// It is no time.
    pub fn moment(&self) -> Result<Option<Moment>, DescriptionError> {
        let fault = |text: &String| DescriptionError::Copies {
            file: self.file.clone(),
            fault: format!(
                "read-at {text:?} is no time; one is written like 2026-11-25T20:00Z or 2026-11-25T20:00+05:00"
            ),
        };
        self.read_at.as_ref().map(|text| Moment::parse(text).ok_or_else(|| fault(text))).transpose()
    }
}
