//! Everything that a record has of one station, with where each number came from.

use crate::{InputFile, Message, Place};

/// The dossier of a station.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dossier {
    /// The record's title.
    pub record: String,
    /// The date of the election, as described.
    pub date: Option<String>,
    /// The station's full name.
    pub station: String,
    /// What there is, by kind; a kind of which there is nothing says so.
    pub sections: Vec<DossierSection>,
    /// The files that it was made from.
    pub inputs: Vec<InputFile>,
}

/// One kind of what there is.
#[derive(Debug, Clone, PartialEq)]
pub struct DossierSection {
    /// Its name among programs: `official`, `copies`, …
    pub id: &'static str,
    /// Its title.
    pub title: Message,
    /// What there is, in order.
    pub lines: Vec<DossierLine>,
    /// What is said where there is nothing.
    pub empty: Message,
}

/// One statement, number or event.
#[derive(Debug, Clone, PartialEq)]
pub struct DossierLine {
    /// When, in the record's words or in universal time.
    pub time: Option<String>,
    /// What.
    pub statement: Message,
    /// Who says it.
    pub said_by: Option<String>,
    /// Where it stands.
    pub place: Option<Place>,
}

impl DossierLine {
    /// A line without time, speaker or place.
    pub fn new(statement: Message) -> Self {
        Self { time: None, statement, said_by: None, place: None }
    }

    /// With where it stands.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// With who says it.
    #[must_use]
    pub fn by(mut self, publisher: &str) -> Self {
        self.said_by = Some(publisher.to_owned());
        self
    }

    /// With when.
    #[must_use]
    pub fn when(mut self, time: Option<String>) -> Self {
        self.time = time;
        self
    }
}
