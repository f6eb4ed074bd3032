//! Everything after the end of voting, checked against the published encrypted tally. Whether that tally is the product
//! of the ballots is told by [`super::ShardSummary::merge`].

use adil_crypto::Group;
use serde::{Deserialize, Serialize};

use super::setup::Setup;
use super::{Outcomes, Voters};
use crate::archive::{EventEntry, EventKind, Hash, Index, Record, hexadecimal, read_hash};
use crate::ballot::Shape;
use crate::cursor::{Cursor, Unexpected};
use crate::setup::TrusteeGroup;
use crate::tally::{Ciphertext, Decryption, EncryptedTally, Outcome, SizedTally, check_shuffle, combine};
use crate::{Fault, Faults, Place, Rule};

/// What is known of the stages after the end of voting.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Rest {
    pub(super) faults: Faults,
    /// The digest of the encrypted tally's record, in hexadecimal digits.
    pub(super) tally: Option<String>,
    /// The record itself, where questions are added up: short, and needed to say which question differs.
    pub(super) tally_text: Option<String>,
    pub(super) event: Option<u64>,
    pub(super) tallied: Option<(String, String)>,
    pub(super) shuffles: u64,
    pub(super) decryptions: Vec<DecryptionFacts>,
    pub(super) decryptions_needed: u64,
    pub(super) trustees: u64,
    pub(super) outcomes: Option<Outcomes>,
    pub(super) result_compared: bool,
}

/// A partial decryption that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecryptionFacts {
    /// The trustee's number, from 1.
    pub trustee: u64,
    /// The trustee's name, where the setup gives one. Nothing covers it.
    pub name: Option<String>,
    /// Whether all its proofs hold.
    pub sound: bool,
}

/// Longer records of a tally are kept by their digest alone.
const LONGEST_TALLY_KEPT: usize = 1 << 20;

/// Whose record it is, and the digest of the record before it.
pub(crate) fn read_owner(bytes: &[u8]) -> Result<(&str, Hash), Unexpected> {
    let mut cursor = Cursor::new(bytes);
    cursor.expect("{\"owner\":")?;
    let owner = cursor.number()?;
    cursor.expect(",\"payload\":")?;
    let payload = read_hash(&mut cursor)?;
    cursor.expect("}")?;
    cursor.end()?;
    Ok((owner, payload))
}

/// Checks the stages after the end of voting as far as they have come.
pub(super) fn verify<G: Group>(
    group: &G,
    index: &Index,
    setup: &Setup<G>,
    key: &G::Element,
    shape: &Shape,
    voters: &Voters,
    most_faults: usize,
) -> Rest {
    let needed = setup.trustees.groups.iter().map(|group| match group {
        TrusteeGroup::Single { .. } => 1,
        TrusteeGroup::Pedersen { threshold, .. } => *threshold as u64,
    });
    let rest = Rest {
        faults: Faults::new(most_faults),
        tally: None,
        tally_text: None,
        event: None,
        tallied: None,
        shuffles: 0,
        decryptions: Vec::new(),
        decryptions_needed: needed.fold(0, u64::saturating_add),
        trustees: setup.trustees.trustees.len() as u64,
        outcomes: None,
        result_compared: false,
    };
    let mut tallying = Tallying { group, index, setup, key, shape, voters, rest };
    tallying.run();
    tallying.rest
}

struct Tallying<'a, G: Group> {
    group: &'a G,
    index: &'a Index,
    setup: &'a Setup<G>,
    key: &'a G::Element,
    shape: &'a Shape,
    voters: &'a Voters,
    rest: Rest,
}

impl<G: Group> Tallying<'_, G> {
    fn run(&mut self) {
        self.order();
        let Some(mut tally) = self.tally() else { return };
        self.shuffles(&mut tally);
        let decryptions = self.decryptions(&tally);
        self.result(&tally, &decryptions);
    }

    /// Shuffles are there if and only if a question needs them.
    fn order(&mut self) {
        let needs = self.setup.election.needs_shuffles();
        let shuffle = self.index.first(EventKind::Shuffle);
        let decryption = self.index.first(EventKind::PartialDecryption);
        let wrong = match (needs, shuffle, decryption) {
            (false, Some(shuffle), _) => Some(shuffle.height),
            (true, None, Some(decryption)) => Some(decryption.height),
            _ => None,
        };
        if let Some(height) = wrong {
            let place = Place { event: Some(height), ..Place::default() };
            self.rest.faults.push(Fault::new(Rule::ShufflesWhereNeeded, place));
        }
    }

    fn tally(&mut self) -> Option<EncryptedTally<G>> {
        let event = self.index.first(EventKind::EncryptedTally)?;
        let [tally, sized] = event.records.as_deref()? else { return None };
        let place = |record: &Record| Place { event: Some(event.height), ..Place::byte(record.offset) };
        self.rest.event = Some(event.height);
        match SizedTally::read(&sized.bytes) {
            Ok(said) => {
                let mut same = |rule, expected: u128, found: u128| {
                    if expected != found {
                        self.rest.faults.push(Fault::new(rule, place(sized)).expected(expected).found(found));
                    }
                };
                same(Rule::TallyNumber, self.voters.voters.into(), said.num_tallied);
                same(Rule::TallyWeight, self.voters.total_weight, said.total_weight);
                if said.encrypted_tally != tally.hash {
                    let fault = Fault::new(Rule::RecordReferences, place(sized));
                    let found = hexadecimal(&said.encrypted_tally);
                    self.rest.faults.push(fault.expected(hexadecimal(&tally.hash)).found(found));
                }
                self.rest.tallied = Some((said.num_tallied.to_string(), said.total_weight.to_string()));
            }
            Err(unexpected) => self.unexpected(Rule::TallyForm, place(sized), &unexpected),
        }
        self.rest.tally = Some(hexadecimal(&tally.hash));
        if tally.bytes.len() <= LONGEST_TALLY_KEPT {
            self.rest.tally_text = String::from_utf8(tally.bytes.clone()).ok();
        }
        let (slots, place) = (&self.shape.slots, place(tally));
        EncryptedTally::read(self.group, slots, &tally.bytes, &place, &mut self.rest.faults)
    }

    /// Checks the shuffles one after another; the last one's ciphertexts take the place of the tally's.
    fn shuffles(&mut self, tally: &mut EncryptedTally<G>) {
        let shuffled: Vec<usize> = (0..self.shape.slots.questions.len())
            .filter(|&question| self.shape.slots.questions[question].is_shuffled())
            .collect();
        let mut lists: Vec<(usize, Vec<Ciphertext<G::Element>>)> =
            shuffled.iter().map(|&question| (question, tally.questions[question].clone())).collect();
        let longest = lists.iter().map(|(_, list)| list.len()).max().unwrap_or(0);
        let events: Vec<&EventEntry> = self.index.all(EventKind::Shuffle).collect();
        if shuffled.is_empty() || events.is_empty() {
            return;
        }
        let generators = self.group.independent_generators(longest);
        let mut owners = Vec::new();
        for event in events {
            let Some((owner, record, place)) = self.owned(event, Rule::ShuffleForm, Rule::ShuffleOwner) else {
                continue;
            };
            if owners.contains(&owner) {
                self.rest.faults.push(Fault::new(Rule::ShuffleOwnerOnce, place.clone().trustee(owner)));
            }
            owners.push(owner);
            let (election, faults) = (&self.setup.election, &mut self.rest.faults);
            let own = check_shuffle(self.group, election, self.key, &generators, &lists, &record.bytes, &place, faults);
            if let Some(own) = own {
                lists = shuffled.iter().copied().zip(own).collect();
                self.rest.shuffles += 1;
            }
        }
        lists.into_iter().for_each(|(question, list)| tally.questions[question] = list);
    }

    fn decryptions(&mut self, tally: &EncryptedTally<G>) -> Vec<Decryption<G::Element>> {
        let mut decryptions: Vec<Decryption<G::Element>> = Vec::new();
        let events: Vec<&EventEntry> = self.index.all(EventKind::PartialDecryption).collect();
        for event in events {
            let Some((owner, record, place)) = self.owned(event, Rule::DecryptionForm, Rule::DecryptionOwner) else {
                continue;
            };
            let place = place.trustee(owner);
            if self.rest.decryptions.iter().any(|known| known.trustee == owner) {
                self.rest.faults.push(Fault::new(Rule::DecryptionOwnerOnce, place));
                continue;
            }
            let trustee = self.setup.trustees.number(owner);
            let name = trustee.and_then(|trustee| trustee.name.clone());
            let key = trustee.and_then(|trustee| trustee.key.as_ref());
            let decryption = key.and_then(|key| {
                let (election, slots, faults) = (&self.setup.election, &self.shape.slots, &mut self.rest.faults);
                Decryption::read(self.group, election, slots, tally, (owner, key), &record.bytes, &place, faults)
            });
            self.rest.decryptions.push(DecryptionFacts { trustee: owner, name, sound: decryption.is_some() });
            decryptions.extend(decryption);
        }
        decryptions
    }

    fn result(&mut self, tally: &EncryptedTally<G>, decryptions: &[Decryption<G::Element>]) {
        let Some(event) = self.index.first(EventKind::Result) else { return };
        let Some([record]) = event.records.as_deref() else { return };
        let place = Place { event: Some(event.height), ..Place::byte(record.offset) };
        let factors = combine(self.group, &self.setup.trustees.groups, decryptions);
        if factors.is_none() {
            let fault = Fault::new(Rule::DecryptionsEnough, place.clone());
            self.rest.faults.push(fault.expected(self.rest.decryptions_needed).found(decryptions.len()));
        }
        let slots = &self.shape.slots;
        let outcomes = Outcome::read(slots, tally, &record.bytes, &place, &mut self.rest.faults);
        if let (Some(outcomes), Some(factors)) = (&outcomes, factors) {
            self.rest.result_compared = true;
            for (question, ((outcome, tally), factors)) in
                outcomes.iter().zip(&tally.questions).zip(&factors).enumerate()
            {
                let place = place.clone().question(question);
                let weight = self.voters.total_weight;
                outcome.check(self.group, tally, factors, weight, &place, &mut self.rest.faults);
            }
        }
        self.rest.outcomes = outcomes;
    }

    /// The owner that the last record of an event names, and the record before it, which it must name too.
    fn owned<'e>(&mut self, event: &'e EventEntry, form: Rule, of: Rule) -> Option<(u64, &'e Record, Place)> {
        let [record, owned] = event.records.as_deref()? else { return None };
        let place = Place { event: Some(event.height), ..Place::byte(record.offset) };
        match read_owner(&owned.bytes) {
            Ok((owner, payload)) => {
                if payload != record.hash {
                    let fault = Fault::new(Rule::RecordReferences, place.clone());
                    let fault = fault.expected(hexadecimal(&record.hash)).found(hexadecimal(&payload));
                    self.rest.faults.push(fault);
                }
                let number = owner.parse().ok().filter(|&number| self.setup.trustees.number(number).is_some());
                if number.is_none() {
                    self.rest.faults.push(Fault::new(of, place.clone()).found(owner));
                }
                Some((number?, record, place))
            }
            Err(unexpected) => {
                self.unexpected(form, place, &unexpected);
                None
            }
        }
    }

    fn unexpected(&mut self, rule: Rule, place: Place, unexpected: &Unexpected) {
        let fault = Fault::new(rule, place);
        self.rest.faults.push(fault.expected(unexpected.expected).found(unexpected));
    }
}
