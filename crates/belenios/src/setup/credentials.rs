//! The list of public credentials: an element of the group for each voter, with a weight where votes are weighted.

use std::collections::HashMap;

use adil_crypto::Group;
use sha2::{Digest, Sha256};

use super::whole_number;
use crate::archive::Hash;
use crate::cursor::Cursor;
use crate::{Fault, Faults, Place, Rule};

/// The voters' public credentials, in the order of the list.
#[derive(Debug, Clone)]
pub struct Credentials<G: Group> {
    elements: Vec<Option<G::Element>>,
    weights: Vec<u128>,
    by_digest: HashMap<Hash, u32>,
    weighted: bool,
}

/// The largest weight, 10^24: the sum of as many as a list can have still fits 128 bits.
const LARGEST_WEIGHT: u128 = 1_000_000_000_000_000_000_000_000;
/// Credentials decoded at once: enough for the batch test, few enough for memory.
const AT_ONCE: usize = 4096;

impl<G: Group> Credentials<G> {
    /// Reads the record. What is wrong is added to `faults`; a credential that is no element takes a place but no
    /// ballot.
    pub(crate) fn read<'a>(group: &G, bytes: &'a [u8], place: &Place, faults: &mut Faults) -> Self {
        let mut cursor = Cursor::new(bytes);
        let entries = cursor.list(bytes.len(), |cursor| cursor.text());
        let entries = entries.and_then(|entries| cursor.end().map(|()| entries)).unwrap_or_else(|unexpected| {
            let fault = Fault::new(Rule::CredentialsForm, place.clone());
            faults.push(fault.expected(unexpected.expected).found(&unexpected));
            Vec::new()
        });
        let mut credentials =
            Self { elements: Vec::new(), weights: Vec::new(), by_digest: HashMap::new(), weighted: false };
        let split = |entry: &'a str| match entry.split_once(',') {
            Some((element, weight)) => (element, Some(weight)),
            None => (entry, None),
        };
        let entries: Vec<(&str, Option<&str>)> = entries.into_iter().map(split).collect();
        let with_weight = entries.iter().filter(|(_, weight)| weight.is_some()).count();
        credentials.weighted = with_weight > 0;
        if credentials.weighted && with_weight < entries.len() {
            let found = format!("{with_weight} of {}", entries.len());
            faults.push(Fault::new(Rule::CredentialWeights, place.clone()).found(found));
        }
        for (index, &(text, weight)) in entries.iter().enumerate() {
            let here = || place.clone().credential(index);
            let number = weight.map_or(Some(1), whole_number).filter(|&number| number <= LARGEST_WEIGHT);
            if number.is_none() {
                let fault = Fault::new(Rule::CredentialWeight, here()).expected(format!("0 to {LARGEST_WEIGHT}"));
                faults.push(fault.found(weight.unwrap_or_default()));
            }
            credentials.weights.push(number.unwrap_or(0));
            let position = u32::try_from(index).unwrap_or(u32::MAX);
            if let Some(first) = credentials.by_digest.insert(Sha256::digest(text).into(), position) {
                faults.push(Fault::new(Rule::CredentialOnce, here()).found(format!("as number {}", first + 1)));
            }
        }
        for (chunk, entries) in entries.chunks(AT_ONCE).enumerate() {
            let texts: Vec<&str> = entries.iter().map(|(text, _)| *text).collect();
            for (offset, decoded) in group.decode(&texts).into_iter().enumerate() {
                if let Err(why) = &decoded {
                    let here = place.clone().credential(chunk * AT_ONCE + offset);
                    faults.push(Fault::new(Rule::CredentialElement, here).expected(why).found(texts[offset]));
                }
                credentials.elements.push(decoded.ok());
            }
        }
        credentials
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Whether votes have weights.
    pub fn is_weighted(&self) -> bool {
        self.weighted
    }

    /// Whether some vote has another weight than 1.
    pub fn weighs_differently(&self) -> bool {
        self.weights.iter().any(|&weight| weight != 1)
    }

    /// The position of the credential whose text has this digest.
    pub(crate) fn position(&self, digest: &Hash) -> Option<usize> {
        self.by_digest.get(digest).map(|&position| position as usize)
    }

    /// The credential at a position; `None` where it is no element of the group.
    pub(crate) fn element(&self, position: usize) -> Option<&G::Element> {
        self.elements.get(position)?.as_ref()
    }

    /// The weight of a vote with that credential.
    pub fn weight(&self, position: usize) -> u128 {
        self.weights.get(position).copied().unwrap_or(0)
    }
}
