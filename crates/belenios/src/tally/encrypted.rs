//! The encrypted tally as it is published, and its size.

use adil_crypto::Group;

use super::{Ciphertext, Misshapen, decode_ciphertexts, read_ciphertext, read_shaped, read_whole_number, write_shaped};
use crate::archive::Hash;
use crate::ballot::Slots;
use crate::cursor::{Cursor, Unexpected};
use crate::{Fault, Faults, Place, Rule};

/// The ciphertexts of each question, those of lists one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EncryptedTally<G: Group> {
    pub(crate) questions: Vec<Vec<Ciphertext<G::Element>>>,
}

/// What is said of the tally: `{"num_tallied", "total_weight", "encrypted_tally"}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SizedTally {
    pub(crate) num_tallied: u128,
    pub(crate) total_weight: u128,
    pub(crate) encrypted_tally: Hash,
}

impl SizedTally {
    /// Reads the canonical form.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Unexpected> {
        let mut cursor = Cursor::new(bytes);
        cursor.expect("{\"num_tallied\":")?;
        let num_tallied = read_whole_number(&mut cursor)?;
        cursor.expect(",\"total_weight\":")?;
        let total_weight = read_whole_number(&mut cursor)?;
        cursor.expect(",\"encrypted_tally\":")?;
        let encrypted_tally = crate::archive::read_hash(&mut cursor)?;
        cursor.expect("}")?;
        cursor.end()?;
        Ok(Self { num_tallied, total_weight, encrypted_tally })
    }
}

impl<G: Group> EncryptedTally<G> {
    /// Reads the published record.
    pub(crate) fn read(group: &G, slots: &Slots, bytes: &[u8], place: &Place, faults: &mut Faults) -> Option<Self> {
        let mut cursor = Cursor::new(bytes);
        let texts = read_shaped(&mut cursor, slots, |_| None, read_ciphertext);
        let texts = texts.and_then(|texts| Ok(cursor.end().map(|()| texts)?));
        let texts = texts.map_err(|misshapen| faults.push(misshapen.fault(Rule::TallyForm, place))).ok()?;
        let mut questions = Vec::with_capacity(texts.len());
        for (question, texts) in texts.iter().enumerate() {
            match decode_ciphertexts(group, texts) {
                Ok(ciphertexts) => questions.push(ciphertexts),
                Err(choice) => {
                    let place = place.clone().question(question).choice(choice);
                    faults.push(Fault::new(Rule::TallyElement, place));
                    return None;
                }
            }
        }
        Some(Self { questions })
    }

    /// The record in its canonical form.
    pub(crate) fn text(&self, group: &G, slots: &Slots) -> String {
        let mut text = String::new();
        write_shaped(slots, &self.questions, &mut text, |ciphertext, text| {
            text.push_str("{\"alpha\":\"");
            group.encode(&ciphertext.alpha, text);
            text.push_str("\",\"beta\":\"");
            group.encode(&ciphertext.beta, text);
            text.push_str("\"}");
        });
        text
    }

    /// The first question whose ciphertexts differ from another tally's.
    pub(crate) fn differs_from(&self, other: &Self) -> Option<usize> {
        self.questions.iter().zip(&other.questions).position(|(own, other)| own != other)
    }
}

impl Misshapen {
    /// The fault that a record of another shape is.
    pub(super) fn fault(self, rule: Rule, place: &Place) -> Fault {
        match self {
            Self::Unexpected(unexpected) => {
                Fault::new(rule, place.clone()).expected(unexpected.expected).found(&unexpected)
            }
            Self::Length { question, expected, found } => {
                Fault::new(rule, place.clone().question(question)).expected(expected).found(found)
            }
        }
    }
}
