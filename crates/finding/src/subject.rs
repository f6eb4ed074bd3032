//! What a finding is about.

/// The subject of a finding; a national one names neither region nor station.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject {
    /// The contest's title.
    pub contest: Option<String>,
    /// The region, as the record spells it.
    pub region: Option<String>,
    /// The station, as the record spells it.
    pub station: Option<String>,
    /// The option or side tested.
    pub side: Option<String>,
    /// The statements set against each other, with their publishers.
    pub statements: Vec<StatementRef>,
    /// The event of a board.
    pub event: Option<String>,
    /// A ballot's tracker.
    pub tracker: Option<String>,
}

/// A statement that somebody published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRef {
    /// Who said it.
    pub publisher: String,
    /// What was said, quoted or restated from the record.
    pub text: String,
    /// When, as the record gives it.
    pub time: Option<String>,
    /// Where it can be read.
    pub source: Option<String>,
}

impl Subject {
    /// A contest as a whole.
    pub fn contest(title: impl Into<String>) -> Self {
        Self { contest: Some(title.into()), ..Self::default() }
    }

    /// The same subject, narrowed to a side.
    #[must_use]
    pub fn side(mut self, side: impl Into<String>) -> Self {
        self.side = Some(side.into());
        self
    }

    /// The same subject, narrowed to a region.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Whether this is about the whole contest rather than a part of it.
    pub fn is_national(&self) -> bool {
        self.region.is_none() && self.station.is_none()
    }
}
