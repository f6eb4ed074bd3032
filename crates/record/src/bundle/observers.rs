//! Incidents, rows of forms and drawings of stations, written from what was parsed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::places::{coarser, reports};
use super::redaction::{RedactedFile, RedactionRule};
use super::row;
use crate::{
    Assignment, Blank, FormTable, Incident, Incidents, ItemKind, Moment, ObserverBook, Quarantine, Reply, StationTable,
    Where,
};

/// How the files of one organisation are rewritten.
#[derive(Debug)]
pub struct Redactor<'a> {
    book: &'a ObserverBook,
    /// Minutes of a step of time.
    round_minutes: u32,
    /// What each pseudonym is called, by its number.
    pseudonyms: BTreeMap<u32, String>,
    /// Whether a table of the record vouches for the names of stations.
    has_tables: bool,
    /// What is shown in the place of each station of too few observers: an area, or nothing.
    coarser: BTreeMap<u32, Option<String>>,
}

/// A file of incidents.
#[derive(Debug, Clone)]
pub struct RewrittenIncidents {
    /// Lines of JSON.
    pub text: String,
    /// What was done.
    pub redacted: RedactedFile,
    /// The identifiers before and after, for the private file of whoever publishes.
    pub identifiers: Vec<(String, String)>,
}

/// The rows of a form.
#[derive(Debug, Clone)]
pub struct RewrittenForm {
    /// A table of comma-separated values.
    pub text: String,
    /// Columns that are called otherwise than usual, since a question has the usual name: from the usual to theirs.
    pub columns: BTreeMap<String, String>,
    /// The column of the station.
    pub station: String,
    /// What was done.
    pub redacted: RedactedFile,
}

/// A drawing of stations.
#[derive(Debug, Clone)]
pub struct RewrittenAssignment {
    /// A table with the columns `station`, `assigned` and `stratum`.
    pub text: String,
    /// What was done.
    pub redacted: RedactedFile,
}

impl<'a> Redactor<'a> {
    /// The rewriting of a book. Pseudonyms are numbered in the order of SHA-256(`seed`, their number): not that of the file. With
    /// `min_observers` above 1, places of stations from which fewer observers reported become the smallest of their areas from which
    /// enough did; `tables` are those of the record.
    pub fn new(
        book: &'a ObserverBook,
        tables: &[&StationTable],
        seed: &[u8; 32],
        round_minutes: u32,
        min_observers: u32,
    ) -> Self {
        let used: BTreeSet<u32> = reports(book).filter_map(|(_, observer)| observer).collect();
        let key = |number: u32| -> [u8; 32] {
            let hash = Sha256::new().chain_update(b"adil-pseudonym-v1").chain_update(seed);
            hash.chain_update(number.to_be_bytes()).finalize().into()
        };
        let mut in_order: Vec<([u8; 32], u32)> = used.into_iter().map(|number| (key(number), number)).collect();
        in_order.sort_unstable();
        let named = (1..).zip(in_order).map(|(place, (_, number))| (number, format!("o-{place:06}")));
        let pseudonyms = named.collect();
        let coarser = coarser(book, tables, min_observers as usize);
        Self { book, round_minutes, pseudonyms, has_tables: !tables.is_empty(), coarser }
    }

    /// What the pseudonym with a number is called.
    pub fn pseudonym(&self, number: u32) -> Option<&str> {
        self.pseudonyms.get(&number).map(String::as_str)
    }

    /// A time, rounded down.
    pub fn rounded(&self, moment: Moment) -> Moment {
        moment.rounded_down(self.round_minutes)
    }

    fn time(&self, moment: Option<Moment>, redacted: &mut RedactedFile) -> Option<String> {
        let moment = moment?;
        redacted.count(RedactionRule::Time, 1);
        Some(self.rounded(moment).to_string())
    }

    fn observer(&self, number: Option<u32>, redacted: &mut RedactedFile) -> Option<&str> {
        let name = self.pseudonym(number?)?;
        redacted.count(RedactionRule::Pseudonym, 1);
        Some(name)
    }

    fn station(&self, number: u32, redacted: &mut RedactedFile) -> &'a str {
        redacted.count(RedactionRule::Station, u64::from(!self.has_tables));
        self.book.stations.get(number as usize).map_or("", String::as_str)
    }

    /// The incidents of a file, which is called `path` in the bundle.
    pub fn incidents(&self, file: &Incidents, path: &str) -> RewrittenIncidents {
        let mut redacted = RedactedFile::new(path);
        set_aside(&mut redacted, &file.quarantine, file.repeated, file.unread);
        // Where every row is shown; `None` for one that is left out.
        let places = self.shown(file);
        let mut names: Vec<Option<String>> = Vec::with_capacity(file.rows.len());
        let mut next = 0u64;
        for place in &places {
            next += u64::from(place.is_some());
            names.push(place.as_ref().map(|_| format!("i-{next:06}")));
        }
        let mut written = RewrittenIncidents { text: String::new(), redacted, identifiers: Vec::new() };
        for ((incident, place), name) in file.rows.iter().zip(places).zip(&names) {
            let (Some(place), Some(name)) = (place, name) else {
                written.redacted.count(RedactionRule::FewObservers, 1);
                continue;
            };
            let line = self.line(incident, name, place, &names, &mut written.redacted);
            written.text.push_str(&serde_json::to_string(&line).unwrap_or_default());
            written.text.push('\n');
            written.identifiers.push((incident.id.to_string(), name.clone()));
            written.redacted.rows += 1;
        }
        written
    }

    fn line<'l>(
        &'l self,
        incident: &Incident,
        id: &'l str,
        place: Shown<'l>,
        names: &'l [Option<String>],
        redacted: &mut RedactedFile,
    ) -> Line<'l> {
        let name = |place: u32, redacted: &mut RedactedFile| {
            let name = names.get(place as usize).and_then(Option::as_deref);
            redacted.count(RedactionRule::Reference, u64::from(name.is_none()));
            name
        };
        redacted.count(RedactionRule::Identifier, 1);
        redacted.count(RedactionRule::Note, u64::from(incident.note_bytes > 0));
        let is_place = |shown: &Shown<'_>| matches!(shown, Shown::Coarser(_));
        redacted.count(RedactionRule::Place, u64::from(is_place(&place)));
        redacted.count(RedactionRule::Station, u64::from(!self.has_tables));
        let (station, area) = match place {
            Shown::Station(station) => (Some(station), None),
            Shown::Area(area) | Shown::Coarser(area) => (None, Some(area)),
        };
        Line {
            id,
            replaces: incident.replaces.and_then(|place| name(place, redacted)),
            duplicate_of: incident.duplicate_of.and_then(|place| name(place, redacted)),
            station,
            area,
            code: incident.code.word(),
            stage: incident.stage.map(crate::Stage::word),
            time: self.time(incident.time, redacted),
            until: self.time(incident.until, redacted),
            reported: self.time(incident.reported, redacted),
            severity: incident.severity,
            first_hand: incident.first_hand,
            actor: incident.actor.map(crate::Actor::word),
            channel: incident.channel.map(crate::Channel::word),
            state: incident.state.word(),
            corroborated_by: incident.corroborated_by.iter().filter_map(|&place| name(place, redacted)).collect(),
            observer: self.observer(incident.observer, redacted),
            evidence: incident.evidence.iter().map(ToString::to_string).collect(),
        }
    }

    /// Where every row of a file is shown. With a row goes the one that it replaces, which would else seem to stand, and one whose state
    /// needs a source that is not shown.
    fn shown(&self, file: &Incidents) -> Vec<Option<Shown<'_>>> {
        use crate::VerificationState::{Corroborated, Verified};
        let mut places: Vec<Option<Shown<'_>>> = file.rows.iter().map(|row| self.place(row.place)).collect();
        if self.coarser.is_empty() {
            return places;
        }
        loop {
            let is_shown = |place: &u32| places.get(*place as usize).is_some_and(Option::is_some);
            let falls = |row: &Incident| {
                let needs_source = matches!(row.state, Corroborated | Verified) && row.evidence.is_empty();
                row.replaced_by.is_some_and(|later| !is_shown(&later))
                    || (needs_source && !row.corroborated_by.iter().any(is_shown))
            };
            let rows = file.rows.iter().zip(&places).enumerate();
            let fallen: Vec<usize> =
                rows.filter(|(_, (row, place))| place.is_some() && falls(row)).map(|(at, _)| at).collect();
            if fallen.is_empty() {
                return places;
            }
            fallen.into_iter().for_each(|at| places[at] = None);
        }
    }

    fn place(&self, place: Where) -> Option<Shown<'_>> {
        match place {
            Where::Area(area) => Some(Shown::Area(self.book.areas.get(area as usize)?)),
            Where::Station(station) => match self.coarser.get(&station) {
                Some(area) => area.as_deref().map(Shown::Coarser),
                None => Some(Shown::Station(self.book.stations.get(station as usize)?)),
            },
        }
    }

    /// The rows of a form, whose table is called `path` in the bundle. A visit cannot stand at an area: one to a station of too few
    /// observers is left out.
    pub fn form(&self, table: &FormTable, path: &str) -> RewrittenForm {
        let mut redacted = RedactedFile::new(path);
        set_aside(&mut redacted, &table.quarantine, table.repeated, table.unread);
        let is_kept = |kind: &ItemKind| *kind != ItemKind::Text;
        let items: Vec<usize> = (0..table.form.items.len())
            .filter(|&at| is_kept(&table.form.items[at].kind) && !table.absent.contains(&table.form.items[at].id))
            .collect();
        let words = table.form.items.iter().zip(&table.answers).filter(|(item, _)| !is_kept(&item.kind));
        for (_, answers) in words {
            redacted.count(RedactionRule::Question, 1);
            let said = (0..table.visits.len()).filter(|&row| answers.get(row) == Reply::Words).count();
            redacted.count(RedactionRule::Words, said as u64);
        }
        let mut columns = BTreeMap::new();
        let mut called = |usual: &str| {
            let mut name = usual.to_owned();
            while table.form.items.iter().any(|item| item.id == name) {
                name.push('_');
            }
            if name != usual && usual != "station" {
                columns.insert(usual.to_owned(), name.clone());
            }
            name
        };
        let usual = ["id", "replaces", "station", "observer", "arrived", "left", "access", "overall"].map(&mut called);
        let header: Vec<&str> =
            usual.iter().map(String::as_str).chain(items.iter().map(|&at| table.form.items[at].id.as_str())).collect();
        let mut text = row(&header);
        let replaces: BTreeMap<u32, usize> =
            (0..).zip(&table.visits).filter_map(|(row, visit)| Some((visit.replaced_by?, row))).collect();
        // From the last row back: with a row goes the one that it replaces.
        let mut left_out = vec![false; table.visits.len()];
        for (at, visit) in table.visits.iter().enumerate().rev() {
            let later = visit.replaced_by.and_then(|later| left_out.get(later as usize).copied());
            left_out[at] = self.coarser.contains_key(&visit.station) || later.unwrap_or(false);
        }
        let mut names: Vec<Option<String>> = Vec::with_capacity(table.visits.len());
        for (at, visit) in table.visits.iter().enumerate() {
            if left_out[at] {
                redacted.count(RedactionRule::FewObservers, 1);
                names.push(None);
                continue;
            }
            redacted.rows += 1;
            let name = format!("v-{:06}", redacted.rows);
            redacted.count(RedactionRule::Identifier, 1);
            let replaced = u32::try_from(at).ok().and_then(|at| replaces.get(&at));
            let replaced_name = replaced.and_then(|&row| names.get(row).cloned().flatten());
            redacted.count(RedactionRule::Reference, u64::from(replaced.is_some() && replaced_name.is_none()));
            let mut cells = vec![
                name.clone(),
                replaced_name.unwrap_or_default(),
                self.station(visit.station, &mut redacted).to_owned(),
                self.observer(visit.observer, &mut redacted).unwrap_or_default().to_owned(),
                self.time(visit.arrived, &mut redacted).unwrap_or_default(),
                self.time(visit.left, &mut redacted).unwrap_or_default(),
                visit.access.map_or("", crate::Access::word).to_owned(),
                visit.overall.map_or_else(String::new, |mark| mark.to_string()),
            ];
            for &item in &items {
                let reply = table.answers.get(item).map_or(Reply::Blank(Blank::NotAsked), |answers| answers.get(at));
                cells.push(self.answer(&table.form.items[item].kind, reply, &mut redacted));
            }
            text.push_str(&row(&cells));
            names.push(Some(name));
        }
        let [_, _, station, ..] = usual;
        RewrittenForm { text, columns, station, redacted }
    }

    fn answer(&self, kind: &ItemKind, reply: Reply, redacted: &mut RedactedFile) -> String {
        match (kind, reply) {
            (_, Reply::Blank(Blank::Unreadable)) => unreadable(kind),
            (_, Reply::Blank(blank)) => blank.word().to_owned(),
            (ItemKind::OneOf(choices), Reply::Choice(place)) => choices.get(place).cloned().unwrap_or_default(),
            (ItemKind::SeveralOf(choices), Reply::Choices(bits)) => {
                let chosen = choices.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1);
                chosen.map(|(_, choice)| choice.as_str()).collect::<Vec<_>>().join(" ")
            }
            (ItemKind::Clock, Reply::Number(minutes)) => {
                redacted.count(RedactionRule::Time, 1);
                let step = self.round_minutes.max(1);
                let minutes = minutes / step * step;
                format!("{:02}:{:02}", minutes / 60, minutes % 60)
            }
            (ItemKind::Count, Reply::Number(number)) => number.to_string(),
            // A kind has one sort of reply.
            _ => String::new(),
        }
    }

    /// A drawing, which is called `path` in the bundle. Strata are numbered in the order in which they are first named.
    pub fn assignment(&self, drawn: &Assignment, path: &str) -> RewrittenAssignment {
        let mut redacted = RedactedFile::new(path);
        redacted.count(RedactionRule::Line, drawn.unknown);
        let mut text = row(&["station", "assigned", "stratum"]);
        for &(station, stratum, is_drawn) in &drawn.stations {
            let stratum = format!("stratum-{}", stratum + 1);
            redacted.count(RedactionRule::Stratum, 1);
            let station = self.station(station, &mut redacted).to_owned();
            text.push_str(&row(&[station.as_str(), if is_drawn { "1" } else { "0" }, &stratum]));
            redacted.rows += 1;
        }
        RewrittenAssignment { text, redacted }
    }
}

/// A word that is no answer to a question of this kind.
fn unreadable(kind: &ItemKind) -> String {
    let choices: &[String] = match kind {
        ItemKind::OneOf(choices) | ItemKind::SeveralOf(choices) => choices,
        ItemKind::Count | ItemKind::Clock | ItemKind::Text => &[],
    };
    let mut word = "unreadable".to_owned();
    while choices.contains(&word) {
        word.push('_');
    }
    word
}

fn set_aside(redacted: &mut RedactedFile, quarantine: &Quarantine, repeated: u64, unread: usize) {
    quarantine.counts.iter().for_each(|(&rule, &rows)| redacted.count(RedactionRule::set_aside(rule), rows));
    redacted.count(RedactionRule::Repeated, repeated);
    redacted.count(RedactionRule::Column, unread as u64);
}

/// Where a row is shown.
enum Shown<'a> {
    Station(&'a str),
    Area(&'a str),
    /// An area in the place of a station.
    Coarser(&'a str),
}

/// A line of the bundle: every field that is published, and no other.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Line<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate_of: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    station: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<&'a str>,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reported: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_hand: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'static str>,
    state: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corroborated_by: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observer: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<String>,
}
