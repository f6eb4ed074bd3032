//! Observers' files in a description.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Moment, OneOrMany, PublisherKind};

/// What observers of one organisation left, as an `election.toml` names it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedObservers {
    /// Who they are.
    pub publisher: String,
    /// In what part.
    #[serde(default = "observer")]
    pub kind: PublisherKind,
    /// Where their reports can be read.
    #[serde(default)]
    pub source: Option<String>,
    /// The columns that name a station, in forms and in tables of incidents; `station` where none is named.
    #[serde(default)]
    pub station: Option<OneOrMany<String>>,
    /// Files of incidents, beside the description: lines of JSON or tables.
    #[serde(default)]
    pub incidents: Vec<String>,
    /// Forms with their rows.
    #[serde(default)]
    pub form: Vec<DescribedForm>,
    /// The first moment that a time can be of, in the form of RFC 3339.
    #[serde(default)]
    pub from: Option<String>,
    /// The last moment that a time can be of: when the files were closed.
    #[serde(default)]
    pub until: Option<String>,
    /// Which stations were to be observed, where that was drawn.
    #[serde(default)]
    pub assignment: Option<DescribedAssignment>,
}

/// A form and the table of its rows.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedForm {
    /// The form, beside the description.
    pub definition: String,
    /// The table of rows, beside the description.
    pub file: String,
    /// The columns that name a station; those of the observers where none is named.
    #[serde(default)]
    pub station: Option<OneOrMany<String>>,
    /// The columns called otherwise than usual: from `id`, `replaces`, `observer`, `arrived`, `left`, `access` and `overall` to their names.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// How the columns are called; told from the header where it is not said.
    #[serde(default)]
    pub layout: Option<FormLayout>,
}

/// How the columns of a form's rows are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormLayout {
    /// As the form and the fields of a visit are.
    Plain,
    /// As servers for telephones export them: ODK Central, Aggregate, KoboToolbox.
    Odk,
}

/// A table of which stations were drawn to be observed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedAssignment {
    /// The table, beside the description.
    pub file: String,
    /// The columns that name a station; those of the observers where none is named.
    #[serde(default)]
    pub station: Option<OneOrMany<String>>,
    /// The column that says whether a station was drawn: 1 or yes, 0 or no.
    pub assigned: String,
    /// The column of the stratum within which was drawn; all stations are one where none is named.
    #[serde(default)]
    pub stratum: Option<String>,
    /// The rings around a drawn station that its observers may have an effect in: distances in kilometres, ascending.
    #[serde(default)]
    pub rings: Vec<f64>,
    /// How was drawn: with what seed, in whose presence.
    #[serde(default)]
    pub note: Option<String>,
}

/// The moments that rows can be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ObservationWindow {
    /// The first.
    pub from: Option<Moment>,
    /// The last.
    pub until: Option<Moment>,
}

impl ObservationWindow {
    /// Whether a moment is within.
    pub fn has(self, moment: Moment) -> bool {
        self.from.is_none_or(|from| moment >= from) && self.until.is_none_or(|until| moment <= until)
    }
}

impl DescribedObservers {
    /// The moments that rows can be of.
    ///
    /// # Errors
    /// A bound is no moment, or the last is before the first: what is wrong, in words.
    pub fn window(&self) -> Result<ObservationWindow, String> {
        let of = |name: &str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => Moment::parse(text).map(Some).ok_or_else(|| {
                format!(
                    "{name} {text:?} is no time; one is written like 2026-11-25T20:00:00Z or 2026-11-25T20:00+05:00"
                )
            }),
        };
        let window = ObservationWindow { from: of("from", &self.from)?, until: of("until", &self.until)? };
        match (window.from, window.until) {
            (Some(from), Some(until)) if until < from => Err("until is before from".to_owned()),
            _ => Ok(window),
        }
    }

    /// The columns that name a station.
    pub fn station(&self) -> OneOrMany<String> {
        self.station.clone().unwrap_or_else(|| OneOrMany::One("station".to_owned()))
    }

    /// What is wrong with the description, in words.
    pub fn fault(&self) -> Option<String> {
        const FIELDS: [&str; 7] = ["id", "replaces", "observer", "arrived", "left", "access", "overall"];
        if self.incidents.is_empty() && self.form.is_empty() {
            return Some("names neither a form nor a file of incidents".to_owned());
        }
        let mut columns = self.form.iter().flat_map(|form| form.columns.keys());
        if let Some(unknown) = columns.find(|name| !FIELDS.contains(&name.as_str())) {
            return Some(format!("columns has {unknown:?}, which is none of {}", FIELDS.join(", ")));
        }
        let rings = self.assignment.iter().flat_map(|assignment| &assignment.rings);
        let rings: Vec<f64> = rings.copied().collect();
        let ascend = rings.windows(2).all(|pair| pair[0] < pair[1]);
        let are_distances = rings.iter().all(|ring| ring.is_finite() && *ring > 0.0);
        if !ascend || !are_distances {
            return Some("rings are distances in kilometres above 0, in ascending order".to_owned());
        }
        self.window().err()
    }
}

fn observer() -> PublisherKind {
    PublisherKind::Observer
}
