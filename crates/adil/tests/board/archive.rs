//! Archives of boards: read into records, written back byte for byte, and named anew after a change.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

/// The size of a tar block.
pub(crate) const BLOCK: usize = 512;

/// What a record is, by its place before an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Header,
    Election,
    Trustees,
    Credentials,
    /// The names of the three before it.
    Setup,
    Ballot,
    Tally,
    /// Numbers of the tally, and its name.
    SizedTally,
    Shuffle,
    /// Whose shuffle, and its name.
    ShuffleOwner,
    Decryption,
    /// Whose decryption, and its name.
    DecryptionOwner,
    Result,
    Event,
}

impl Kind {
    /// Whether the record holds names of other records.
    fn refers(self) -> bool {
        matches!(self, Kind::Setup | Kind::SizedTally | Kind::ShuffleOwner | Kind::DecryptionOwner | Kind::Event)
    }
}

/// One record. Its name follows from its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) kind: Kind,
    pub(crate) bytes: Vec<u8>,
}

impl Record {
    /// The digest that others call the record by.
    pub(crate) fn digest(&self) -> String {
        hex(&Sha256::digest(&self.bytes))
    }

    fn name(&self) -> String {
        match self.kind {
            Kind::Header => "BELENIOS".to_owned(),
            Kind::Event => format!("{}.event.json", self.digest()),
            _ => format!("{}.data.json", self.digest()),
        }
    }

    /// The record as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("records are UTF-8")
    }

    /// The record as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).expect("records are JSON")
    }
}

/// A whole archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Archive {
    pub(crate) records: Vec<Record>,
}

/// Where a record stands in the bytes of an archive: its header, its body, and where the next one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) header: usize,
    pub(crate) end: usize,
    pub(crate) is_event: bool,
}

/// Where the records of a sound archive stand.
pub(crate) fn places(bytes: &[u8]) -> Vec<Place> {
    let mut places = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let size = std::str::from_utf8(&bytes[at + 124..at + 135]).expect("the size is text");
        let size = usize::from_str_radix(size, 8).expect("the size is octal");
        let name: Vec<u8> = bytes[at..at + 100].iter().copied().take_while(|byte| *byte != 0).collect();
        let end = at + BLOCK + size.next_multiple_of(BLOCK);
        places.push(Place { header: at, end, is_event: name.ends_with(b".event.json") });
        at = end;
    }
    places
}

impl Archive {
    /// Reads a sound archive.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut records = Vec::new();
        let mut waiting: Vec<Vec<u8>> = Vec::new();
        for (number, place) in places(bytes).into_iter().enumerate() {
            let size = std::str::from_utf8(&bytes[place.header + 124..place.header + 135]).expect("text");
            let size = usize::from_str_radix(size, 8).expect("octal");
            let body = bytes[place.header + BLOCK..][..size].to_vec();
            if number == 0 {
                records.push(Record { kind: Kind::Header, bytes: body });
            } else if place.is_event {
                let kinds = data_of(&body);
                assert_eq!(kinds.len(), waiting.len(), "{}", String::from_utf8_lossy(&body));
                let data = kinds.iter().zip(waiting.drain(..)).map(|(kind, bytes)| Record { kind: *kind, bytes });
                records.extend(data);
                records.push(Record { kind: Kind::Event, bytes: body });
            } else {
                waiting.push(body);
            }
        }
        assert!(waiting.is_empty(), "every record of data belongs to an event");
        Self { records }
    }

    /// The bytes of the archive.
    pub(crate) fn write(&self) -> Vec<u8> {
        self.write_named(|number| self.records[number].name())
    }

    /// The bytes of the archive under the names of another one, which were right for its records.
    pub(crate) fn write_under_names_of(&self, other: &Self) -> Vec<u8> {
        self.write_named(|number| other.records[number].name())
    }

    fn write_named(&self, name: impl Fn(usize) -> String) -> Vec<u8> {
        let seconds: u64 = match self.records.first() {
            Some(first) if first.kind == Kind::Header => {
                first.json()["timestamp"].as_str().and_then(|seconds| seconds.parse().ok()).expect("a time")
            }
            _ => panic!("an archive begins with its header"),
        };
        let mut bytes = Vec::new();
        for (number, record) in self.records.iter().enumerate() {
            bytes.extend(header(&name(number), record.bytes.len(), seconds));
            bytes.extend(&record.bytes);
            bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
        }
        bytes
    }

    /// The events, each with the numbers of its records: data first, the event last.
    pub(crate) fn events(&self) -> Vec<Vec<usize>> {
        let mut events = vec![Vec::new()];
        for (number, record) in self.records.iter().enumerate().skip(1) {
            events.last_mut().expect("there is one").push(number);
            if record.kind == Kind::Event {
                events.push(Vec::new());
            }
        }
        events.pop();
        events
    }

    /// The records of a kind.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(move |record| record.kind == kind)
    }

    /// Replaces the bytes of one record, and the names of all records that follow from it.
    pub(crate) fn with(&self, number: usize, bytes: Vec<u8>) -> Self {
        let mut changed = self.clone();
        let mut renamed = BTreeMap::new();
        renamed.insert(self.records[number].digest(), changed_digest(&bytes));
        changed.records[number].bytes = bytes;
        for record in changed.records.iter_mut().skip(number + 1).filter(|record| record.kind.refers()) {
            let before = record.digest();
            let mut text = record.text().to_owned();
            for (old, new) in &renamed {
                text = text.replace(old, new);
            }
            record.bytes = text.into_bytes();
            renamed.insert(before, record.digest());
        }
        changed
    }

    /// The archive with its events in another order or some left out: parents and heights are written anew.
    pub(crate) fn with_events(&self, events: &[Vec<usize>]) -> Self {
        let mut records = vec![self.records[0].clone()];
        let mut parent: Option<String> = None;
        for (height, numbers) in events.iter().enumerate() {
            for number in numbers {
                let mut record = self.records[*number].clone();
                if record.kind == Kind::Event {
                    record.bytes = event_at(&record.json(), parent.as_deref(), height);
                    parent = Some(record.digest());
                }
                records.push(record);
            }
        }
        Self { records }
    }
}

fn changed_digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// An event, moved to another place in the chain.
fn event_at(event: &serde_json::Value, parent: Option<&str>, height: usize) -> Vec<u8> {
    let parent = parent.map_or_else(String::new, |parent| format!(r#""parent":"{parent}","#));
    let payload = event.get("payload").map_or_else(String::new, |payload| format!(r#","payload":{payload}"#));
    format!(r#"{{{parent}"height":{height},"type":{}{payload}}}"#, event["type"]).into_bytes()
}

/// The data that stands before an event.
fn data_of(event: &[u8]) -> Vec<Kind> {
    let event: serde_json::Value = serde_json::from_slice(event).expect("events are JSON");
    match event["type"].as_str().expect("events have a type") {
        "Setup" => vec![Kind::Election, Kind::Trustees, Kind::Credentials, Kind::Setup],
        "Ballot" => vec![Kind::Ballot],
        "EncryptedTally" => vec![Kind::Tally, Kind::SizedTally],
        "Shuffle" => vec![Kind::Shuffle, Kind::ShuffleOwner],
        "PartialDecryption" => vec![Kind::Decryption, Kind::DecryptionOwner],
        "Result" => vec![Kind::Result],
        "EndBallots" | "EndShuffles" => Vec::new(),
        other => panic!("{other} is no event"),
    }
}

/// The tar header of a record.
fn header(name: &str, size: usize, seconds: u64) -> [u8; BLOCK] {
    let mut header = [0; BLOCK];
    let fields = [
        (0, name.to_owned()),
        (100, "0000644".to_owned()),
        (108, "0000000".to_owned()),
        (116, "0000000".to_owned()),
        (124, format!("{size:011o}")),
        (136, format!("{seconds:011o}")),
        (148, " ".repeat(8)),
        (156, "0".to_owned()),
    ];
    for (at, text) in fields {
        header[at..at + text.len()].copy_from_slice(text.as_bytes());
    }
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
