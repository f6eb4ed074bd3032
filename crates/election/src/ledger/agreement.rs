//! Whether the setup statement says what the records say that it names.
//!
//! The statement repeats the identifier, the title, the trustees and the counting, for people and for checkers that do
//! not read the protocol's records. It must not say something else than these.

use adil_belenios::{base64, digest};
use serde_json::Value;

use crate::CountingMethod;
use crate::statement::Setup;

/// The first thing that the statement says otherwise than the records; `None` where they agree.
pub(super) fn disagrees(setup: &Setup, election: &[u8], trustees: &[u8]) -> Option<String> {
    let Ok(election) = serde_json::from_slice::<Value>(election) else {
        return Some("the election's record cannot be read".to_owned());
    };
    let Ok(trustees) = serde_json::from_slice::<Value>(trustees) else {
        return Some("the trustees' record cannot be read".to_owned());
    };
    let text = |name: &str| election.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("uuid") != setup.uuid {
        return Some(format!("the election's record is of {}", text("uuid")));
    }
    if text("name") != setup.title {
        return Some(format!("the election's record has the title {:?}", text("name")));
    }
    let keys = &setup.keys;
    let signers = [Some(&keys.organiser), Some(&keys.authority), Some(&keys.log), keys.acceptance.as_ref()];
    let signers: Vec<&String> = signers.into_iter().flatten().collect();
    if signers.iter().enumerate().any(|(number, key)| signers[..number].contains(key)) {
        return Some("two roles have one key".to_owned());
    }
    let questions = election.get("questions").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if questions.len() != setup.counting.len() {
        return Some(format!("{} questions, {} ways of counting", questions.len(), setup.counting.len()));
    }
    for (number, (question, declared)) in (1..).zip(questions.iter().zip(&setup.counting)) {
        let in_record = question.get("extra").map(CountingMethod::from_extra).and_then(Result::ok);
        // Choices have no place for a method in the record.
        let is_of_choices = question.get("type").is_none();
        if !is_of_choices && in_record != *declared {
            return Some(format!("question {number} is counted in another way by its record"));
        }
    }
    let keys = trustee_keys(&trustees);
    let fingerprints: Vec<String> = keys.iter().map(|key| base64(&digest(key.as_bytes()))).collect();
    let named: Vec<&String> = setup.named.iter().map(|trustee| &trustee.fingerprint).collect();
    if !fingerprints.iter().eq(named) || !(1..).zip(&setup.named).all(|(number, trustee)| trustee.number == number) {
        return Some("the trustees' record has other keys".to_owned());
    }
    None
}

/// The public keys of all trustees, in the order of their numbers.
fn trustee_keys(record: &Value) -> Vec<String> {
    let key = |value: &Value| value.get("public_key").and_then(Value::as_str).unwrap_or_default().to_owned();
    let entries = record.as_array().map_or(&[][..], Vec::as_slice);
    let of = |entry: &Value| match (entry.get(0).and_then(Value::as_str), entry.get(1)) {
        (Some("Single"), Some(own)) => vec![key(own)],
        (_, Some(group)) => {
            let keys = group.get("verification_keys").and_then(Value::as_array);
            keys.map_or_else(Vec::new, |keys| keys.iter().map(key).collect())
        }
        _ => Vec::new(),
    };
    entries.iter().flat_map(of).collect()
}
