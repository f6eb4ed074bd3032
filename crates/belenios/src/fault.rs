//! What is wrong with a board: a rule, the place, and what was found there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Part, Rule};

/// One breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The rule.
    pub rule: Rule,
    /// Where.
    #[serde(default, skip_serializing_if = "Place::is_nowhere")]
    pub place: Place,
    /// What must stand there, where that can be said in a few characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
}

/// A place on a board. Numbers of questions, choices, trustees and credentials count from 1, for people.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// The first byte of the record in the archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// The height of the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<u64>,
    /// The tracker of the ballot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracker: Option<String>,
    /// The question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<u64>,
    /// The choice, ciphertext or number within it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<u64>,
    /// The trustee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trustee: Option<u64>,
    /// The credential's position on its list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<u64>,
}

/// The longest quotation from a board, in characters.
const LONGEST_QUOTATION: usize = 100;

impl Fault {
    /// A breach of a rule at a place.
    pub fn new(rule: Rule, place: Place) -> Self {
        Self { rule, place, expected: None, found: None }
    }

    /// The same with what must stand there.
    #[must_use]
    pub fn expected(mut self, expected: impl ToString) -> Self {
        self.expected = Some(quotation(&expected.to_string()));
        self
    }

    /// The same with what stands there.
    #[must_use]
    pub fn found(mut self, found: impl ToString) -> Self {
        self.found = Some(quotation(&found.to_string()));
        self
    }
}

impl Place {
    fn is_nowhere(&self) -> bool {
        *self == Self::default()
    }

    /// A record that begins at a byte.
    pub fn byte(byte: u64) -> Self {
        Self { byte: Some(byte), ..Self::default() }
    }

    /// The same, in a question, counted from 0 here.
    #[must_use]
    pub fn question(mut self, index: usize) -> Self {
        self.question = Some(index as u64 + 1);
        self
    }

    /// The same, at a choice, counted from 0 here.
    #[must_use]
    pub fn choice(mut self, index: usize) -> Self {
        self.choice = Some(index as u64 + 1);
        self
    }

    /// The same, of a trustee by number from 1.
    #[must_use]
    pub fn trustee(mut self, number: u64) -> Self {
        self.trustee = Some(number);
        self
    }

    /// The same, at a credential, counted from 0 here.
    #[must_use]
    pub fn credential(mut self, index: usize) -> Self {
        self.credential = Some(index as u64 + 1);
        self
    }
}

/// At most [`LONGEST_QUOTATION`] characters of a text.
fn quotation(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTATION) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Faults in the order in which they were found: of each part of the board the first ones, and the number of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faults {
    most: usize,
    /// By part, so that a million faults are not looked through for each one more.
    listed: BTreeMap<Part, Vec<Fault>>,
    counts: BTreeMap<Rule, u64>,
}

impl Faults {
    /// None yet; of each part at most `most` will be listed.
    pub fn new(most: usize) -> Self {
        Self { most, listed: BTreeMap::new(), counts: BTreeMap::new() }
    }

    /// One more.
    pub fn push(&mut self, fault: Fault) {
        *self.counts.entry(fault.rule).or_default() += 1;
        self.list(fault);
    }

    fn list(&mut self, fault: Fault) {
        let listed = self.listed.entry(fault.rule.part()).or_default();
        if listed.len() < self.most {
            listed.push(fault);
        }
    }

    /// Several more.
    pub fn extend(&mut self, faults: impl IntoIterator<Item = Fault>) {
        faults.into_iter().for_each(|fault| self.push(fault));
    }

    /// Those of another reading, which come after these.
    pub fn merge(&mut self, later: Self) {
        later.listed.into_values().flatten().for_each(|fault| self.list(fault));
        later.counts.into_iter().for_each(|(rule, count)| *self.counts.entry(rule).or_default() += count);
    }

    /// Those of a part that are listed.
    pub fn of(&self, part: Part) -> impl Iterator<Item = &Fault> {
        self.listed.get(&part).into_iter().flatten()
    }

    /// All that are listed, by part.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.listed.values().flatten()
    }

    /// How many there are of a part.
    pub fn count(&self, part: Part) -> u64 {
        self.counts.iter().filter(|(rule, _)| rule.part() == part).map(|(_, count)| count).sum()
    }

    /// How often each rule is broken.
    pub fn by_rule(&self) -> impl Iterator<Item = (Rule, u64)> {
        self.counts.iter().map(|(&rule, &count)| (rule, count))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_part_the_first_faults_are_listed_and_all_are_counted() {
        let at = |rule, byte| Fault::new(rule, Place::byte(byte));
        let (mut faults, mut later) = (Faults::new(2), Faults::new(2));
        faults.extend([at(Rule::BallotForm, 1), at(Rule::ResultForm, 2)]);
        later.extend([at(Rule::BallotForm, 3), at(Rule::BallotShape, 4), at(Rule::BallotForm, 5)]);
        faults.merge(later);
        let listed = |part| faults.of(part).map(|fault| fault.place.byte.unwrap_or(0)).collect::<Vec<_>>();
        assert_eq!((listed(Part::Ballots), listed(Part::Result), listed(Part::Order)), (vec![1, 3], vec![2], vec![]));
        assert_eq!((faults.count(Part::Ballots), faults.count(Part::Result)), (4, 1));
        let text = serde_json::to_string(&faults).expect("faults can be written");
        assert_eq!(serde_json::from_str::<Faults>(&text).ok(), Some(faults));
    }
}
