//! The setup: its four records read, the keys checked.

use adil_crypto::Group;

use crate::archive::{ArchiveError, EventKind, Hash, Index, Limits, Record, hexadecimal, read_hash};
use crate::cursor::{Cursor, Unexpected};
use crate::setup::{Credentials, Election, Question, Trustees};
use crate::{Fault, Faults, Place, Rule};

/// Everything that ballots and tally are verified with.
pub(crate) struct Setup<G: Group> {
    pub(crate) election: Election,
    /// The public key; `None` where it is no element.
    pub(crate) key: Option<G::Element>,
    pub(crate) credentials: Credentials<G>,
    pub(crate) trustees: Trustees<G>,
}

/// The four records of the setup.
fn records(index: &Index) -> Option<(&crate::archive::EventEntry, &[Record; 4])> {
    let event = index.first(EventKind::Setup)?;
    let records = event.records.as_deref()?;
    Some((event, records.try_into().ok()?))
}

/// Reads the election record: the election, and the record's text. `None` where it cannot be read.
///
/// # Errors
/// Something exceeds the limits.
pub(super) fn read_election(
    index: &Index,
    limits: &Limits,
    faults: &mut Faults,
) -> Result<Option<(Election, String)>, ArchiveError> {
    let Some((event, [election, trustees, ..])) = records(index) else { return Ok(None) };
    for (record, what) in [(election, "the election's record"), (trustees, "the trustees' record")] {
        if record.bytes.len() as u64 > limits.tree_bytes {
            let limit = format!("{} bytes", limits.tree_bytes);
            return Err(ArchiveError::Limit { byte: record.offset, what, limit });
        }
    }
    let place = Place { event: Some(event.height), ..Place::byte(election.offset) };
    let Some(parsed) = Election::read(&election.bytes, &place, faults) else { return Ok(None) };
    match parsed.exceeds(limits, election.offset) {
        Some(exceeded) => Err(exceeded),
        None => Ok(String::from_utf8(election.bytes.clone()).ok().map(|text| (parsed, text))),
    }
}

impl<G: Group> Setup<G> {
    /// Reads the other records. What is wrong is added to `faults`.
    pub(super) fn read(group: &G, index: &Index, election: Election, faults: &mut Faults) -> Self {
        let place = |record: &Record| Place { event: Some(0), ..Place::byte(record.offset) };
        let empty = Place { event: Some(0), ..Place::default() };
        let Some((_, [_, trustees, credentials, data])) = records(index) else {
            let key = Self::key(group, &election, &empty, faults);
            let credentials = Credentials::read(group, b"[]", &empty, faults);
            let trustees = Trustees { trustees: Vec::new(), groups: Vec::new() };
            return Self { election, key, credentials, trustees };
        };
        references(index, data, faults);
        let trustees = (trustees.bytes.as_slice(), place(trustees));
        Self::of_records(group, election, trustees, (&credentials.bytes, place(credentials)), faults)
    }

    /// Reads the trustees' record and the credentials', each with its place.
    pub(crate) fn of_records(
        group: &G,
        election: Election,
        (trustees, trustees_place): (&[u8], Place),
        (credentials, credentials_place): (&[u8], Place),
        faults: &mut Faults,
    ) -> Self {
        let empty = Place { event: Some(0), ..Place::default() };
        let key = Self::key(group, &election, &empty, faults);
        let credentials = Credentials::read(group, credentials, &credentials_place, faults);
        if election.needs_shuffles() && credentials.weighs_differently() {
            faults.push(Fault::new(Rule::WeightedChoices, credentials_place));
        }
        let trustees = Trustees::read(group, trustees, key.as_ref(), &trustees_place, faults);
        Self { election, key, credentials, trustees }
    }

    /// The public key, and whether the questions fit its group.
    fn key(group: &G, election: &Election, empty: &Place, faults: &mut Faults) -> Option<G::Element> {
        let key = group.decode(&[&election.public_key]).pop().and_then(Result::ok);
        let key = key.filter(|key| *key != group.neutral());
        if key.is_none() {
            faults.push(Fault::new(Rule::ElectionKey, empty.clone()).found(&election.public_key));
        }
        for (index, question) in election.questions.iter().enumerate() {
            let longest = group.embeds().map_or(0, |embedding| embedding.longest);
            if let Question::NonHomomorphic { answers, .. } = question
                && answers.len() > longest
            {
                let fault = Fault::new(Rule::QuestionsFitGroup, empty.clone().question(index));
                faults.push(fault.expected(format!("at most {longest} answers")).found(answers.len()));
            }
        }
        key
    }
}

/// The digests that the last record of the setup names: election, trustees, credentials.
pub(crate) fn read_references(bytes: &[u8]) -> Result<[Hash; 3], Unexpected> {
    let mut cursor = Cursor::new(bytes);
    cursor.expect("{\"election\":")?;
    let election = read_hash(&mut cursor)?;
    cursor.expect(",\"trustees\":")?;
    let trustees = read_hash(&mut cursor)?;
    cursor.expect(",\"credentials\":")?;
    let credentials = read_hash(&mut cursor)?;
    cursor.expect("}")?;
    cursor.end()?;
    Ok([election, trustees, credentials])
}

/// The last record of the setup names the other three.
fn references(index: &Index, data: &Record, faults: &mut Faults) {
    let Some((_, records)) = records(index) else { return };
    let place = Place { event: Some(0), ..Place::byte(data.offset) };
    match read_references(&data.bytes) {
        Ok(named) => {
            for (named, record) in named.iter().zip(records) {
                if *named != record.hash {
                    let fault = Fault::new(Rule::RecordReferences, place.clone());
                    faults.push(fault.expected(hexadecimal(&record.hash)).found(hexadecimal(named)));
                }
            }
        }
        Err(unexpected) => {
            let fault = Fault::new(Rule::RecordReferences, place);
            faults.push(fault.expected(unexpected.expected).found(&unexpected));
        }
    }
}
