//! From ballots to a result: the encrypted tally, shuffles, partial decryptions, and what they decrypt to.

mod decryption;
mod encrypted;
mod outcome;
mod shuffle;
mod sum;

pub(crate) use decryption::{Decryption, combine};
pub(crate) use encrypted::{EncryptedTally, SizedTally};
pub use outcome::Outcome;
pub(crate) use shuffle::check_shuffle;
pub(crate) use sum::{SumTexts, TallySum};

pub(crate) use adil_crypto::proof::Ciphertext;

use adil_crypto::Group;

use crate::ballot::Slots;
use crate::cursor::{Cursor, Unexpected};

/// The largest whole number that is written as a JSON number; larger ones are texts.
const LARGEST_JSON_NUMBER: u128 = 1_073_741_823;

/// A weight or result in its canonical form.
fn read_whole_number(cursor: &mut Cursor<'_>) -> Result<u128, Unexpected> {
    let at = cursor.at();
    let (number, may_be) = if cursor.peek(b'"') {
        let text = cursor.text()?;
        (text, LARGEST_JSON_NUMBER + 1..=u128::MAX)
    } else {
        (cursor.number()?, 0..=LARGEST_JSON_NUMBER)
    };
    let value = crate::setup::whole_number(number).filter(|value| may_be.contains(value));
    let expected = "a JSON number up to 1,073,741,823, or a larger one as a text";
    value.ok_or_else(|| Unexpected { byte: at, expected, found: number.to_owned() })
}

/// Appends a weight or result in its canonical form.
pub(crate) fn write_number(number: u128, text: &mut String) {
    match number > LARGEST_JSON_NUMBER {
        true => text.push_str(&format!("\"{number}\"")),
        false => text.push_str(&number.to_string()),
    }
}

/// Appends lists of the tally's shape, their items written by `item`.
pub(crate) fn write_shaped<T>(slots: &Slots, questions: &[Vec<T>], text: &mut String, item: impl Fn(&T, &mut String)) {
    use crate::ballot::SlotKind;
    let list = |items: &[T], text: &mut String| {
        text.push('[');
        for (index, of) in items.iter().enumerate() {
            text.push_str(if index == 0 { "" } else { "," });
            item(of, text);
        }
        text.push(']');
    };
    text.push('[');
    for (index, (items, question)) in questions.iter().zip(&slots.questions).enumerate() {
        text.push_str(if index == 0 { "" } else { "," });
        let SlotKind::Lists(lists) = &question.kind else {
            list(items, text);
            continue;
        };
        let mut rest = items.as_slice();
        text.push('[');
        for (index, &length) in lists.iter().enumerate() {
            text.push_str(if index == 0 { "" } else { "," });
            let (own, others) = rest.split_at(length.min(rest.len()));
            list(own, text);
            rest = others;
        }
        text.push(']');
    }
    text.push(']');
}

/// Why a record does not have the tally's shape.
#[derive(Debug)]
enum Misshapen {
    Unexpected(Unexpected),
    /// A list of another length than the tally has there.
    Length {
        question: usize,
        expected: usize,
        found: usize,
    },
}

impl From<Unexpected> for Misshapen {
    fn from(unexpected: Unexpected) -> Self {
        Self::Unexpected(unexpected)
    }
}

/// Reads a list of questions of the tally's shape, their items one after another. `shuffled` are the lengths of the
/// lists of shuffled questions, where they are known.
fn read_shaped<'a, T>(
    cursor: &mut Cursor<'a>,
    slots: &Slots,
    shuffled: impl Fn(usize) -> Option<usize>,
    mut item: impl FnMut(&mut Cursor<'a>) -> Result<T, Unexpected>,
) -> Result<Vec<Vec<T>>, Misshapen> {
    use crate::ballot::SlotKind;
    let mut questions = Vec::with_capacity(slots.questions.len());
    cursor.expect("[")?;
    for (question, of) in slots.questions.iter().enumerate() {
        if question > 0 {
            cursor.expect(",")?;
        }
        let same = |expected, found| match expected == found {
            true => Ok(()),
            false => Err(Misshapen::Length { question, expected, found }),
        };
        let mut read = |cursor: &mut Cursor<'a>, expected: Option<usize>| {
            // What is too many is counted and not kept.
            let (mut list, mut found) = (Vec::new(), 0);
            cursor.each(usize::MAX, |cursor| {
                let item = item(cursor)?;
                found += 1;
                list.extend((found <= expected.unwrap_or(usize::MAX)).then_some(item));
                Ok(())
            })?;
            same(expected.unwrap_or(found), found)?;
            Ok::<_, Misshapen>(list)
        };
        questions.push(match &of.kind {
            SlotKind::Homomorphic(count) => read(cursor, Some(*count))?,
            SlotKind::NonHomomorphic(_) => read(cursor, shuffled(question))?,
            SlotKind::Lists(lists) => {
                let mut all = Vec::new();
                cursor.expect("[")?;
                for (list, &length) in lists.iter().enumerate() {
                    if list > 0 {
                        cursor.expect(",")?;
                    }
                    all.extend(read(cursor, Some(length))?);
                }
                cursor.expect("]")?;
                all
            }
        });
    }
    cursor.expect("]")?;
    Ok(questions)
}

/// Reads a ciphertext's two texts.
fn read_ciphertext<'a>(cursor: &mut Cursor<'a>) -> Result<[&'a str; 2], Unexpected> {
    cursor.expect("{\"alpha\":")?;
    let alpha = cursor.text()?;
    cursor.expect(",\"beta\":")?;
    let beta = cursor.text()?;
    cursor.expect("}")?;
    Ok([alpha, beta])
}

/// Decodes the texts of ciphertexts; the index of one that is none.
fn decode_ciphertexts<G: Group>(group: &G, texts: &[[&str; 2]]) -> Result<Vec<Ciphertext<G::Element>>, usize> {
    let mut decoded = group.decode(texts.as_flattened()).into_iter();
    let mut ciphertexts = Vec::with_capacity(texts.len());
    while let (Some(alpha), Some(beta)) = (decoded.next(), decoded.next()) {
        match (alpha, beta) {
            (Ok(alpha), Ok(beta)) => ciphertexts.push(Ciphertext { alpha, beta }),
            _ => return Err(ciphertexts.len()),
        }
    }
    Ok(ciphertexts)
}
