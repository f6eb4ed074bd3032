//! One reading of the whole archive: the chain of events with its records, and where each ballot stands.
//!
//! The records of all events but ballots are kept. Of a ballot only its place, its digest and that of its credential
//! are, so that a board of any number of voters fits; ballots are read a second time to be verified.

use std::io::Read;

use sha2::{Digest, Sha256};

use super::event::{Event, EventKind};
use super::record::{ArchiveError, Kind, Limits, Record, Records};
use super::{Hash, hexadecimal};
use crate::cursor::Cursor;
use crate::{Fault, Faults, Place, Rule};

/// The archive at a glance.
#[derive(Debug, Clone)]
pub struct Index {
    /// The time that the first record states: seconds since 1970, as written.
    pub time: String,
    /// The events that are no ballots, in order.
    pub events: Vec<EventEntry>,
    /// The ballots in order.
    pub ballots: Vec<BallotEntry>,
    /// How many events there are.
    pub event_count: u64,
    /// The digest of the last event, which vouches for the whole board; `None` where there is none.
    pub last_event: Option<Hash>,
    /// What is wrong with the archive and with the order of its events.
    pub(crate) faults: Faults,
}

/// An event that is no ballot, with the records before it.
#[derive(Debug, Clone)]
pub struct EventEntry {
    /// Its place in the chain, counted from 0.
    pub height: u64,
    /// What happened.
    pub kind: EventKind,
    /// Whether it stands where the protocol has it.
    pub in_order: bool,
    /// Its records, where all of them are there.
    pub(crate) records: Option<Vec<Record>>,
}

/// Where a ballot stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotEntry {
    /// The height of its event.
    pub height: u64,
    /// The first byte of its record in the archive.
    pub offset: u64,
    /// The digest of its bytes: its tracker, in another notation.
    pub hash: Hash,
    /// The digest of the text of its credential; of nothing where it has none.
    pub credential: Hash,
    /// Whether it stands between the setup and the end of voting.
    pub in_order: bool,
}

/// More records than any event has are not kept until it is known which it is.
const MOST_RECORDS: usize = 4;

impl Index {
    /// Reads the archive.
    ///
    /// # Errors
    /// It cannot be read, its first record is not that of an archive, or something exceeds the limits.
    pub fn read(reader: impl Read, limits: &Limits) -> Result<Self, ArchiveError> {
        let mut found = Vec::new();
        let (mut records, time) = Records::open(reader, &mut found)?;
        let mut index = Self {
            time,
            events: Vec::new(),
            ballots: Vec::new(),
            event_count: 0,
            last_event: None,
            faults: Faults::new(limits.faults),
        };
        let mut order = Order { last: None };
        let (mut before, mut passed, mut kept) = (Vec::<Record>::new(), 0usize, 0u64);
        loop {
            index.faults.extend(found.drain(..));
            // Until the next event it is not known what a record is; after the setup it can only be a ballot.
            let voting = matches!(order.last, Some(EventKind::Setup | EventKind::Ballot));
            let limit = if voting { limits.ballot_bytes.max(1 << 20) } else { limits.record_bytes };
            let Some(record) = records.next(limit, &mut found)? else { break };
            if record.kind == Some(Kind::Event) {
                kept += index.event(&record, &mut before, passed, &mut order);
                if kept > limits.kept_bytes {
                    let (what, limit) = ("all records but ballots", format!("{} bytes", limits.kept_bytes));
                    return Err(ArchiveError::Limit { byte: record.offset, what, limit });
                }
                before.clear();
                passed = 0;
            } else {
                if before.len() == MOST_RECORDS {
                    before.remove(0);
                }
                before.push(record);
                passed += 1;
            }
        }
        index.faults.extend(found.drain(..));
        if passed > 0 || index.event_count == 0 {
            let fault = Fault::new(Rule::ArchiveEnd, Place::byte(records.offset()));
            index.faults.push(fault.expected("an event").found(format!("{passed} records without an event")));
        }
        Ok(index)
    }

    /// Takes in an event with the records before it; the bytes of those that are kept.
    fn event(&mut self, record: &Record, before: &mut Vec<Record>, passed: usize, order: &mut Order) -> u64 {
        let height = self.event_count;
        let place = Place { event: Some(height), ..Place::byte(record.offset) };
        let parent = self.last_event.replace(record.hash);
        self.event_count += 1;
        let event = match Event::read(&record.bytes) {
            Ok(event) => event,
            Err(unexpected) => {
                self.faults.push(Fault::new(Rule::EventForm, place).expected(unexpected.expected).found(&unexpected));
                return 0;
            }
        };
        let in_hex = |hash: Option<Hash>| hash.map_or_else(|| "none".to_owned(), |hash| hexadecimal(&hash));
        if event.parent != parent {
            let fault = Fault::new(Rule::EventParent, place.clone());
            self.faults.push(fault.expected(in_hex(parent)).found(in_hex(event.parent)));
        }
        if event.height.parse() != Ok(height) {
            self.faults.push(Fault::new(Rule::EventHeight, place.clone()).expected(height).found(event.height));
        }
        let needed = event.kind.records();
        if passed != needed {
            self.faults.push(Fault::new(Rule::EventRecords, place.clone()).expected(needed).found(passed));
        }
        let last = before.last().map(|record| record.hash);
        if event.payload.is_some() && event.payload != last {
            let fault = Fault::new(Rule::EventPayload, place.clone());
            self.faults.push(fault.expected(in_hex(last)).found(in_hex(event.payload)));
        }
        // Records that the event does not vouch for are a fault already; they are looked at all the same.
        let complete = before.len() >= needed;
        let in_order = order.follow(event.kind, &place, &mut self.faults);
        let records = complete.then(|| before.split_off(before.len() - needed));
        if event.kind == EventKind::Ballot {
            if let Some(ballot) = records.as_ref().and_then(|records| records.first()) {
                let (offset, hash, credential) = (ballot.offset, ballot.hash, credential(&ballot.bytes));
                self.ballots.push(BallotEntry { height, offset, hash, credential, in_order });
            }
            return 0;
        }
        // Nothing reads the records of an event that is out of place, however many of them there are.
        let records = records.filter(|_| in_order);
        let kept = records.iter().flatten().map(|record| record.bytes.len() as u64).sum();
        self.events.push(EventEntry { height, kind: event.kind, in_order, records });
        kept
    }

    /// The records of the first event of a kind that stands where it should.
    pub(crate) fn first(&self, kind: EventKind) -> Option<&EventEntry> {
        self.all(kind).next()
    }

    /// The events of a kind that stand where they should.
    pub(crate) fn all(&self, kind: EventKind) -> impl Iterator<Item = &EventEntry> {
        self.events.iter().filter(move |event| event.kind == kind && event.in_order)
    }
}

/// The digest of a ballot's credential; its other fields are read when it is verified.
pub fn credential(ballot: &[u8]) -> Hash {
    let mut cursor = Cursor::new(ballot);
    let mut field = |name| {
        cursor.expect(name)?;
        cursor.text()
    };
    let text = field("{\"election_uuid\":").and_then(|_| field(",\"election_hash\":"));
    let text = text.and_then(|_| field(",\"credential\":"));
    Sha256::digest(text.unwrap_or_default()).into()
}

/// The order of events: Setup, Ballot*, EndBallots, EncryptedTally, [Shuffle+, EndShuffles], PartialDecryption+, Result.
struct Order {
    /// The last event that was taken for what it says.
    last: Option<EventKind>,
}

impl Order {
    /// Whether an event may be taken for what it says.
    ///
    /// One that stands too early, because others are missing before it, is a fault but is gone on with, so that what
    /// follows can be checked. One that comes too late, or again, is a fault and changes nothing.
    fn follow(&mut self, kind: EventKind, place: &Place, faults: &mut Faults) -> bool {
        use EventKind::{Ballot, EncryptedTally, EndBallots, EndShuffles, PartialDecryption, Result, Setup, Shuffle};
        let may_follow: &[EventKind] = match self.last {
            None => &[Setup],
            Some(Setup | Ballot) => &[Ballot, EndBallots],
            Some(EndBallots) => &[EncryptedTally],
            Some(EncryptedTally) => &[Shuffle, PartialDecryption],
            Some(Shuffle) => &[Shuffle, EndShuffles],
            Some(EndShuffles) => &[PartialDecryption],
            Some(PartialDecryption) => &[PartialDecryption, Result],
            Some(Result) => &[],
        };
        if may_follow.contains(&kind) {
            self.last = Some(kind);
            return true;
        }
        let rule = match (kind, self.last) {
            (_, Some(Result)) => Rule::NothingAfterResult,
            (Setup, _) | (_, None) => Rule::SetupFirst,
            _ => Rule::EventOrder,
        };
        let names: Vec<&str> = may_follow.iter().map(|kind| kind.name()).collect();
        faults.push(Fault::new(rule, place.clone()).expected(names.join(" or ")).found(kind.name()));
        let is_early = self.last.is_none_or(|last| kind > last);
        if is_early {
            self.last = Some(kind);
        }
        is_early
    }
}
