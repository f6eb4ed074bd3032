//! Incidents: what somebody reports to have happened, by code, place and time.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::book::{ObserverBook, Pseudonyms};
use super::raw::{BETWEEN, RawIncident, fault_of, is_identifier};
use super::{
    Actor, Channel, IncidentCode, ObservationWindow, ObserverRule, Quarantine, SetAside, Stage, VerificationState,
};
use crate::{Digest, Moment};

/// Where something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Where {
    /// At a station, by its place in [`ObserverBook::stations`].
    Station(u32),
    /// Somewhere in an area, by its place in [`ObserverBook::areas`].
    Area(u32),
}

/// An incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its identifier. It may hold what somebody wrote: no report shows it.
    pub id: Box<str>,
    /// The line or row, counted from 1.
    pub row: u64,
    /// What kind it is of.
    pub code: IncidentCode,
    /// Where.
    pub place: Where,
    /// When it happened or began.
    pub time: Option<Moment>,
    /// When it ended.
    pub until: Option<Moment>,
    /// When it was reported.
    pub reported: Option<Moment>,
    /// The part of the day.
    pub stage: Option<Stage>,
    /// How grave, from 1 (slight) to 5 (grave).
    pub severity: Option<u8>,
    /// Whether whoever reports it saw it; not, where it was told.
    pub first_hand: Option<bool>,
    /// Who is said to have done it.
    pub actor: Option<Actor>,
    /// By what way it came.
    pub channel: Option<Channel>,
    /// How far it has been looked into.
    pub state: VerificationState,
    /// Who reports it, by number.
    pub observer: Option<u32>,
    /// Digests of pictures and papers.
    pub evidence: Box<[Digest]>,
    /// How long the note to it is, in bytes; the note itself is not kept.
    pub note_bytes: u32,
    /// The incident that this is another report of, by place.
    pub duplicate_of: Option<u32>,
    /// Other reports of it, by place, each once, in order.
    pub corroborated_by: Box<[u32]>,
    /// The row that this one replaces, by place.
    pub replaces: Option<u32>,
    /// The row that replaces this one, by place.
    pub replaced_by: Option<u32>,
    /// A hash of everything, so that a repetition is known from another body.
    body: u64,
}

impl Incident {
    /// Whether it says now that something happened: not replaced, not refuted, not withdrawn.
    pub fn stands(&self) -> bool {
        self.replaced_by.is_none() && self.state.stands()
    }
}

/// The incidents of one file.
#[derive(Debug, Clone, Default)]
pub struct Incidents {
    /// The file.
    pub input: String,
    /// All that hold to the rules, in the order of the file; what they replace is among them.
    pub rows: Vec<Incident>,
    /// Rows that repeat one before them, byte for byte in all fields.
    pub repeated: u64,
    /// Rows that were set aside.
    pub quarantine: Quarantine,
    /// How many columns of a table are not read. Their names may be what somebody wrote, and are not kept.
    pub unread: usize,
}

/// Incidents as they are read.
pub(super) struct IncidentReader<'a> {
    pub(super) found: Incidents,
    places: HashMap<Box<str>, u32>,
    window: ObservationWindow,
    book: &'a mut ObserverBook,
    pseudonyms: &'a mut Pseudonyms,
}

/// The rule that a field breaks.
type Broken = (ObserverRule, Option<&'static str>);

impl<'a> IncidentReader<'a> {
    pub(super) fn new(
        input: &str,
        window: ObservationWindow,
        book: &'a mut ObserverBook,
        pseudonyms: &'a mut Pseudonyms,
    ) -> Self {
        let found = Incidents { input: input.to_owned(), ..Incidents::default() };
        Self { found, places: HashMap::new(), window, book, pseudonyms }
    }

    /// Sets a row aside.
    pub(super) fn set_aside(&mut self, row: u64, rule: ObserverRule, field: Option<&'static str>) {
        self.found.quarantine.add(SetAside { row, rule, field });
    }

    /// Takes a row, or sets it aside.
    pub(super) fn take(&mut self, row: u64, raw: &RawIncident<'_>) {
        if let Err((rule, field)) = self.read(row, raw) {
            self.set_aside(row, rule, field);
        }
    }

    fn read(&mut self, row: u64, raw: &RawIncident<'_>) -> Result<(), Broken> {
        let mut body = DefaultHasher::new();
        for (field, text) in raw.fields() {
            if let Some(rule) = fault_of(field, text) {
                return Err((rule, Some(field)));
            }
            text.hash(&mut body);
        }
        let body = body.finish();
        if !is_identifier(&raw.id) {
            return Err((ObserverRule::Identifier, Some("id")));
        }
        if let Some(&known) = self.places.get(&*raw.id) {
            if self.found.rows[known as usize].body == body {
                self.found.repeated += 1;
                return Ok(());
            }
            return Err((ObserverRule::OtherBody, Some("id")));
        }
        let incident = self.incident(row, raw, body)?;
        let place = u32::try_from(self.found.rows.len()).map_err(|_| (ObserverRule::Long, None))?;
        if let Some(replaced) = incident.replaces.and_then(|replaced| self.found.rows.get_mut(replaced as usize)) {
            replaced.replaced_by = Some(place);
        }
        self.places.insert(incident.id.clone(), place);
        self.found.rows.push(incident);
        Ok(())
    }

    fn incident(&mut self, row: u64, raw: &RawIncident<'_>, body: u64) -> Result<Incident, Broken> {
        let code = IncidentCode::of(&raw.code).ok_or((ObserverRule::Code, Some("code")))?;
        let place = self.place(raw)?;
        let time = moment("time", &raw.time)?;
        let until = moment("until", &raw.until)?;
        let reported = moment("reported", &raw.reported)?;
        for (field, moment) in [("time", time), ("until", until), ("reported", reported)] {
            if moment.is_some_and(|moment| !self.window.has(moment)) {
                return Err((ObserverRule::Window, Some(field)));
            }
        }
        for (field, later) in [("until", until), ("reported", reported)] {
            if later.zip(time).is_some_and(|(later, time)| later < time) {
                return Err((ObserverRule::Window, Some(field)));
            }
        }
        let severity = optional(&raw.severity.0, "severity", |text| {
            text.parse().ok().filter(|severity| (1..=5).contains(severity))
        })?;
        let first_hand = optional(&raw.first_hand.0, "first-hand", truth)?;
        let evidence = evidence(&raw.evidence.0)?;
        let replaces = match raw.replaces.trim() {
            "" => None,
            id => Some(self.replaced(id)?),
        };
        let duplicate_of = match raw.duplicate_of.trim() {
            "" => None,
            id => Some(self.other("duplicate-of", id, replaces)?),
        };
        let observer = self.pseudonyms.number(&raw.observer).map_err(|rule| (rule, Some("observer")))?;
        let corroborated_by = self.corroborated(raw, replaces, observer)?;
        let state = optional(&raw.state, "state", VerificationState::of)?.unwrap_or(VerificationState::Reported);
        if let Some(before) = replaces.map(|place| self.found.rows[place as usize].state)
            && !before.may_become(state)
        {
            return Err((ObserverRule::State, Some("state")));
        }
        let has_source = !corroborated_by.is_empty() || !evidence.is_empty();
        if matches!(state, VerificationState::Verified | VerificationState::Corroborated) && !has_source {
            return Err((ObserverRule::Verified, Some("state")));
        }
        Ok(Incident {
            id: raw.id.as_ref().into(),
            row,
            code,
            place,
            time,
            until,
            reported,
            stage: optional(&raw.stage, "stage", Stage::of)?,
            severity,
            first_hand,
            actor: optional(&raw.actor, "actor", Actor::of)?,
            channel: optional(&raw.channel, "channel", Channel::of)?,
            state,
            observer,
            evidence,
            note_bytes: u32::try_from(raw.note.len()).unwrap_or(u32::MAX),
            duplicate_of,
            corroborated_by,
            replaces,
            replaced_by: None,
            body,
        })
    }

    fn place(&mut self, raw: &RawIncident<'_>) -> Result<Where, Broken> {
        match (raw.station.0.trim(), raw.area.trim()) {
            ("", "") => Err((ObserverRule::Station, Some("station"))),
            ("", area) => self.book.area(area).map(Where::Area).ok_or((ObserverRule::Station, Some("area"))),
            (station, _) => {
                self.book.station(station).map(Where::Station).ok_or((ObserverRule::Station, Some("station")))
            }
        }
    }

    /// The row that an identifier names to be replaced.
    fn replaced(&self, id: &str) -> Result<u32, Broken> {
        let broken = (ObserverRule::Replaces, Some("replaces"));
        let place = *self.places.get(id).ok_or(broken)?;
        let open = self.found.rows[place as usize].replaced_by.is_none();
        if open { Ok(place) } else { Err(broken) }
    }

    /// A row before this one that it names, and that is not the one it replaces.
    fn other(&self, field: &'static str, id: &str, replaces: Option<u32>) -> Result<u32, Broken> {
        let known = self.places.get(id).copied().filter(|&place| Some(place) != replaces);
        known.ok_or((ObserverRule::Reference, Some(field)))
    }

    /// The other reports that say the same: rows before this one, by others than who reports it.
    fn corroborated(
        &self,
        raw: &RawIncident<'_>,
        replaces: Option<u32>,
        observer: Option<u32>,
    ) -> Result<Box<[u32]>, Broken> {
        let mut places = Vec::new();
        for id in parts(&raw.corroborated_by.0) {
            let place = self.other("corroborated-by", id, replaces)?;
            // Whoever says a thing twice is one source.
            let by = self.found.rows[place as usize].observer;
            if observer.is_some() && by == observer {
                return Err((ObserverRule::Reference, Some("corroborated-by")));
            }
            places.push(place);
        }
        places.sort_unstable();
        places.dedup();
        Ok(places.into())
    }
}

/// The parts of a list: of a list in JSON, or between blanks in a cell.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(BETWEEN).flat_map(str::split_whitespace)
}

fn evidence(text: &str) -> Result<Box<[Digest]>, Broken> {
    const MOST: usize = 64;
    let digests: Option<Vec<Digest>> = parts(text).take(MOST + 1).map(Digest::parse).collect();
    let digests = digests.filter(|digests| digests.len() <= MOST).ok_or((ObserverRule::Evidence, Some("evidence")))?;
    Ok(digests.into())
}

/// A moment; `None` where the field is empty.
pub(super) fn moment(field: &'static str, text: &str) -> Result<Option<Moment>, Broken> {
    match text.trim() {
        "" => Ok(None),
        text => Moment::parse(text).map(Some).ok_or((ObserverRule::Time, Some(field))),
    }
}

/// A value; `None` where the field is empty.
pub(super) fn optional<T>(
    text: &str,
    field: &'static str,
    of: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Broken> {
    match text.trim() {
        "" => Ok(None),
        text => of(text).map(Some).ok_or((ObserverRule::Value, Some(field))),
    }
}

/// Yes or no.
pub(super) fn truth(word: &str) -> Option<bool> {
    match word {
        "yes" | "true" | "1" => Some(true),
        "no" | "false" | "0" => Some(false),
        _ => None,
    }
}
