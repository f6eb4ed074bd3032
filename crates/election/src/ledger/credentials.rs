//! The list of public credentials, as a log's rules look at it.

use std::collections::{HashMap, HashSet};

use adil_belenios::{Hash, digest};

/// Credentials by the digests of their texts. Whether they are elements of the group is not looked at here.
#[derive(Debug, Clone, Default)]
pub struct CredentialList {
    weights: HashMap<Hash, u128>,
    spares: HashSet<Hash>,
    /// The spares' texts and weights, in the order of their list.
    spare_texts: Vec<(String, u128)>,
    twice: Vec<String>,
    unlisted: Vec<String>,
}

impl CredentialList {
    /// Reads the two lists; `None` where one of them is no list of texts.
    pub(super) fn read(credentials: &[u8], spares: &[u8]) -> Option<Self> {
        let credentials: Vec<String> = serde_json::from_slice(credentials).ok()?;
        let spares: Vec<String> = serde_json::from_slice(spares).ok()?;
        let mut list = Self::default();
        for entry in &credentials {
            let (credential, weight) = split(entry)?;
            list.weights.insert(digest(credential.as_bytes()), weight);
        }
        for entry in &spares {
            let (credential, weight) = split(entry)?;
            let hash = digest(credential.as_bytes());
            if !list.spares.insert(hash) {
                list.twice.push(credential.to_owned());
            }
            if list.weights.get(&hash) != Some(&weight) {
                list.unlisted.push(credential.to_owned());
            }
            list.spare_texts.push((credential.to_owned(), weight));
        }
        Some(list)
    }

    /// How many credentials there are, spare ones among them.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The weight of a credential; `None` where it is not listed.
    pub fn weight(&self, credential: &Hash) -> Option<u128> {
        self.weights.get(credential).copied()
    }

    /// Whether a credential is a spare one.
    pub fn is_spare(&self, credential: &Hash) -> bool {
        self.spares.contains(credential)
    }

    /// The spare credentials with their weights, in the order of their list.
    pub fn spares(&self) -> &[(String, u128)] {
        &self.spare_texts
    }

    /// Spares that are listed twice, and spares that are not on the list of credentials with the same weight.
    pub(super) fn wrong(&self) -> impl Iterator<Item = &String> {
        self.twice.iter().chain(&self.unlisted)
    }
}

/// The credential of an entry, and its weight.
fn split(entry: &str) -> Option<(&str, u128)> {
    match entry.split_once(',') {
        Some((credential, weight)) => Some((credential, weight.parse().ok()?)),
        None => Some((entry, 1)),
    }
}
