//! The result: a number for each place that was added up, a vector for each ciphertext that was shuffled.
//!
//! With the combined factor `F` of a ciphertext, `beta / F` is `g^r` for the number `r`, or the element that a vector
//! is embedded in.

use adil_crypto::Group;

use super::{EncryptedTally, Misshapen, read_shaped, read_whole_number};
use crate::ballot::{SlotKind, Slots};
use crate::cursor::Cursor;
use crate::{Fault, Faults, Place, Rule};

/// The result of each question.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A number for each answer, the blank vote first where there is one.
    Numbers(Vec<u128>),
    /// For each list, its number and those of its candidates.
    Lists(Vec<Vec<u128>>),
    /// The votes, each a number for every answer.
    Votes(Vec<Vec<u32>>),
}

/// One item of the record: a number or a vector, by the kind of question.
enum Item {
    Number(u128),
    Vector(Vec<u128>),
}

impl Outcome {
    /// Reads the record.
    pub(crate) fn read<G: Group>(
        slots: &Slots,
        tally: &EncryptedTally<G>,
        bytes: &[u8],
        place: &Place,
        faults: &mut Faults,
    ) -> Option<Vec<Self>> {
        let mut cursor = Cursor::new(bytes);
        let lengths = |question: usize| tally.questions.get(question).map(Vec::len);
        let item = |cursor: &mut Cursor<'_>| {
            if cursor.peek(b'[') {
                return cursor.list(usize::MAX, read_whole_number).map(Item::Vector);
            }
            read_whole_number(cursor).map(Item::Number)
        };
        let mut record = || {
            cursor.expect("{\"result\":")?;
            let items = read_shaped(&mut cursor, slots, lengths, item)?;
            cursor.expect("}")?;
            cursor.end()?;
            Ok(items)
        };
        let items = record().map_err(|misshapen: Misshapen| {
            let rule = if matches!(misshapen, Misshapen::Length { .. }) { Rule::ResultShape } else { Rule::ResultForm };
            faults.push(misshapen.fault(rule, place));
        });
        let mut outcomes = Vec::new();
        for (question, (items, slots)) in items.ok()?.into_iter().zip(&slots.questions).enumerate() {
            match of_kind(items, &slots.kind) {
                Some(outcome) => outcomes.push(outcome),
                None => {
                    faults.push(Fault::new(Rule::ResultShape, place.clone().question(question)));
                    return None;
                }
            }
        }
        Some(outcomes)
    }

    /// Whether this is what the tally of a question decrypts to; `factors` are the combined ones.
    pub(crate) fn check<G: Group>(
        &self,
        group: &G,
        tally: &[super::Ciphertext<G::Element>],
        factors: &[G::Element],
        total_weight: u128,
        place: &Place,
        faults: &mut Faults,
    ) {
        let plain = |choice: usize| group.multiply(&tally[choice].beta, &group.invert(&factors[choice]));
        let mut number = |choice: usize, number: u128| {
            let here = || place.clone().choice(choice);
            if number > total_weight {
                faults.push(Fault::new(Rule::ResultRange, here()).expected(total_weight).found(number));
            }
            let exponent = group.reduce(&number.to_be_bytes());
            if group.power(&group.generator(), &exponent) != plain(choice) {
                faults.push(Fault::new(Rule::ResultDecrypts, here()).found(number));
            }
        };
        match self {
            Self::Numbers(numbers) => numbers.iter().enumerate().for_each(|(choice, &own)| number(choice, own)),
            Self::Lists(lists) => lists.iter().flatten().enumerate().for_each(|(choice, &own)| number(choice, own)),
            Self::Votes(votes) => {
                for (choice, vote) in votes.iter().enumerate() {
                    if group.extract(&plain(choice), vote.len()).as_ref() != Some(vote) {
                        let fault = Fault::new(Rule::ResultDecrypts, place.clone().choice(choice));
                        faults.push(fault.found(format!("{vote:?}")));
                    }
                }
            }
        }
    }
}

/// Items of the kind that a question has.
fn of_kind(items: Vec<Item>, kind: &SlotKind) -> Option<Outcome> {
    let numbers = |items: Vec<Item>| -> Option<Vec<u128>> {
        items.into_iter().map(|item| if let Item::Number(number) = item { Some(number) } else { None }).collect()
    };
    match kind {
        SlotKind::Homomorphic(_) => numbers(items).map(Outcome::Numbers),
        SlotKind::Lists(lists) => {
            let all = numbers(items)?;
            let mut rest = all.as_slice();
            let mut split = |&length: &usize| {
                let (own, others) = rest.split_at_checked(length)?;
                rest = others;
                Some(own.to_vec())
            };
            lists.iter().map(&mut split).collect::<Option<_>>().map(Outcome::Lists)
        }
        SlotKind::NonHomomorphic(length) => {
            let vector = |item: Item| match item {
                Item::Vector(vector) if vector.len() == *length => {
                    vector.into_iter().map(|number| u32::try_from(number).ok()).collect::<Option<Vec<u32>>>()
                }
                _ => None,
            };
            items.into_iter().map(vector).collect::<Option<_>>().map(Outcome::Votes)
        }
    }
}
