//! Random changes of a sound board: of its bytes, which break the chain of digests, and of its statements, with the chain
//! made whole again.

use serde_json::Value;

use super::archive::{Archive, Kind, places};
use super::random::Random;
use super::uncovered::{Expected, Facts, Field, expected};

/// A changed board, and what is to be said about it.
pub(crate) struct Change {
    /// What was changed, and why a milder word is allowed, where it is.
    pub(crate) what: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) expected: Expected,
}

/// A change that leaves the names of records as they stand.
pub(crate) fn raw(random: &mut Random, board: &Archive) -> Change {
    loop {
        if !random.once_in(4) {
            return bytes(random, &board.write());
        }
        let Some(leaf) = leaf(random, board) else { continue };
        // The first record has no digest in its name.
        if leaf.number > 0 {
            let mut changed = board.clone();
            changed.records[leaf.number].bytes = leaf.bytes;
            let what = format!("under its old name: {}", leaf.what);
            return Change { what, bytes: changed.write_under_names_of(board), expected: Expected::Contradicted };
        }
    }
}

/// A change of bytes or whole records.
fn bytes(random: &mut Random, board: &[u8]) -> Change {
    let places = places(board);
    let record = |at: usize| &board[places[at].header..places[at].end];
    loop {
        let (at, other) = (random.below(places.len()), random.below(places.len()));
        let byte = random.below(board.len());
        let (what, bytes, first) = match random.below(7) {
            0 | 1 => {
                let bit = random.below(8);
                let mut bytes = board.to_vec();
                bytes[byte] ^= 1 << bit;
                (format!("bit {bit} of byte {byte} turned"), bytes, byte)
            }
            2 => (
                format!("record {at} left out"),
                [&board[..places[at].header], &board[places[at].end..]].concat(),
                places[at].header,
            ),
            3 => {
                let bytes = [&board[..places[at].end], record(at), &board[places[at].end..]].concat();
                (format!("record {at} doubled"), bytes, places[at].header)
            }
            4 => {
                let (low, high) = (at.min(other), at.max(other));
                if low == high {
                    continue;
                }
                let between = &board[places[low].end..places[high].header];
                let ends = (&board[..places[low].header], &board[places[high].end..]);
                let bytes = [ends.0, record(high), between, record(low), ends.1].concat();
                (format!("records {low} and {high} exchanged"), bytes, places[low].header)
            }
            5 => (format!("cut to {byte} bytes"), board[..byte].to_vec(), byte),
            _ => {
                let bytes = [&board[..byte], &board[byte + 1..]].concat();
                (format!("byte {byte} left out"), bytes, byte)
            }
        };
        // A board that ends right after an event is an earlier state of this one; and one that ends after its header is
        // an archive in which nothing has happened.
        let is_earlier = places.iter().enumerate().any(|(number, place)| {
            (place.is_event || number == 0) && bytes.len() == place.end && board.starts_with(&bytes)
        });
        if is_earlier || bytes == board {
            continue;
        }
        // What makes a file a board is its first record.
        let is_first = first < places[0].end;
        let expected = if is_first { Expected::ContradictedOrUnreadable } else { Expected::Contradicted };
        return Change { what, bytes, expected };
    }
}

/// A change of what a board states, with the chain made whole again.
pub(crate) fn rechained(random: &mut Random, board: &Archive) -> Change {
    loop {
        let change = if random.once_in(5) {
            events(random, board)
        } else {
            leaf(random, board).map(|leaf| {
                let bytes = board.with(leaf.number, leaf.bytes).write();
                Change { what: leaf.what, bytes, expected: leaf.expected }
            })
        };
        if let Some(change) = change {
            return change;
        }
    }
}

/// A record with one value changed.
struct Leaf {
    number: usize,
    bytes: Vec<u8>,
    what: String,
    /// With the chain made whole again.
    expected: Expected,
}

/// One value in one record is replaced by another of its kind, or exchanged with one.
fn leaf(random: &mut Random, board: &Archive) -> Option<Leaf> {
    let mut kinds: Vec<Kind> = board.records.iter().map(|record| record.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let kind = *random.one_of(&kinds);
    let numbers: Vec<usize> = (0..board.records.len()).filter(|number| board.records[*number].kind == kind).collect();
    let number = *random.one_of(&numbers);
    let mut json = board.records[number].json();
    let mut paths = Vec::new();
    leaves(&json, String::new(), &mut paths);
    if paths.is_empty() {
        return None;
    }
    let path = random.one_of(&paths).clone();
    let before = json.pointer(&path).cloned()?;
    let mut changed = Vec::new();
    if random.once_in(3) {
        let alike = |other: &&String| {
            json.pointer(other).is_some_and(|value| *value != before && class(value) == class(&before))
        };
        let others: Vec<String> = paths.iter().filter(alike).cloned().collect();
        if others.is_empty() {
            return None;
        }
        let other = random.one_of(&others).clone();
        let value = json.pointer(&other).cloned()?;
        *json.pointer_mut(&path)? = value.clone();
        *json.pointer_mut(&other)? = before.clone();
        changed.push((path, text(&before), text(&value), true));
        changed.push((other, text(&value), text(&before), true));
    } else {
        let value = another(random, &before)?;
        *json.pointer_mut(&path)? = value.clone();
        changed.push((path, text(&before), text(&value), false));
    }
    let fields: Vec<Field> = changed
        .iter()
        .map(|(path, before, after, exchanged)| Field { kind, path, before, after, exchanged: *exchanged })
        .collect();
    let (expected, reason) = expected(&fields, &Facts::of(board));
    let told = |field: &Field| format!("{} from {} to {}", field.path, field.before, field.after);
    let told: Vec<String> = fields.iter().map(told).collect();
    let bytes = serde_json::to_vec(&json).expect("JSON can be written");
    let what = format!("record {number} ({kind:?}): {} [{reason}]", told.join("; "));
    Some(Leaf { number, bytes, what, expected })
}

/// Whole events are left out, repeated or exchanged.
fn events(random: &mut Random, board: &Archive) -> Option<Change> {
    let mut events = board.events();
    let kinds: Vec<String> = events.iter().map(|event| kind_of(board, event)).collect();
    let ballots: Vec<usize> = (0..events.len()).filter(|at| kinds[*at] == "Ballot").collect();
    let voter = |at: usize| board.records[events[at][0]].json()["credential"].clone();
    let is_tallied = kinds.iter().any(|kind| kind == "EncryptedTally");
    let at = random.below(events.len());
    let (what, expected) = match random.below(5) {
        0 => {
            events.truncate(at + 1);
            (format!("everything after event {at} left out"), Expected::Sound)
        }
        1 => {
            let other = random.below(events.len());
            if kinds[at] == kinds[other] {
                return None;
            }
            events.swap(at, other);
            (format!("events {at} ({}) and {other} ({}) exchanged", kinds[at], kinds[other]), Expected::Contradicted)
        }
        2 => {
            // The order of ballots of different voters decides nothing.
            let (_, earlier) = ballots.split_last()?;
            if earlier.is_empty() {
                return None;
            }
            let at = *random.one_of(earlier);
            if voter(at) == voter(at + 1) {
                return None;
            }
            events.swap(at, at + 1);
            (format!("ballots {at} and {} of two voters exchanged", at + 1), Expected::Sound)
        }
        // The rest is about one ballot.
        _ if ballots.is_empty() => return None,
        3 => {
            let at = *random.one_of(&ballots);
            let is_replaced = ballots.iter().any(|later| *later > at && voter(*later) == voter(at));
            events.remove(at);
            // A ballot that was replaced counts nowhere; and before the tally nobody can know that one is missing.
            let expected = if is_tallied && !is_replaced { Expected::Contradicted } else { Expected::Sound };
            (format!("ballot {at} left out (tallied {is_tallied}, replaced {is_replaced})"), expected)
        }
        _ => {
            let (at, last) = (*random.one_of(&ballots), *ballots.last()?);
            let again = events[at].clone();
            events.insert(last + 1, again);
            (format!("ballot {at} repeated after the last one"), Expected::Contradicted)
        }
    };
    Some(Change { what, bytes: board.with_events(&events).write(), expected })
}

fn kind_of(board: &Archive, event: &[usize]) -> String {
    let event = board.records[*event.last().expect("an event has records")].json();
    event["type"].as_str().expect("an event has a type").to_owned()
}

/// The places of all values that hold no others.
fn leaves(value: &Value, path: String, paths: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| leaves(item, format!("{path}/{at}"), paths));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, item)| leaves(item, format!("{path}/{name}"), paths));
        }
        Value::Null => {}
        _ => paths.push(path),
    }
}

/// What a value looks like; only alike values are exchanged.
fn class(value: &Value) -> &'static str {
    match value {
        Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => "decimal",
        Value::String(text) if is_hex(text) => "hexadecimal",
        Value::String(_) => "text",
        Value::Number(_) => "number",
        _ => "other",
    }
}

fn is_hex(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Another value that looks like this one.
fn another(random: &mut Random, value: &Value) -> Option<Value> {
    Some(match value {
        Value::Bool(value) => Value::Bool(!value),
        Value::Number(number) => {
            let number = number.as_u64()?;
            if number > 0 && random.once_in(2) { (number - 1).into() } else { (number + 1).into() }
        }
        Value::String(text) if class(value) == "decimal" && random.once_in(2) => incremented(text).into(),
        Value::String(text) => with_another_character(random, text)?.into(),
        _ => return None,
    })
}

/// A decimal number and one.
fn incremented(text: &str) -> String {
    let mut digits = text.as_bytes().to_vec();
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return String::from_utf8(digits).expect("digits are text");
        }
        *digit = b'0';
    }
    format!("1{}", String::from_utf8(digits).expect("digits are text"))
}

/// One letter or digit replaced by another of its kind; a number gets no leading zero.
fn with_another_character(random: &mut Random, text: &str) -> Option<String> {
    let places: Vec<usize> = (0..text.len()).filter(|at| text.as_bytes()[*at].is_ascii_alphanumeric()).collect();
    if places.is_empty() {
        return None;
    }
    let at = *random.one_of(&places);
    let mut bytes = text.as_bytes().to_vec();
    let hexadecimal = is_hex(text.split(',').next().unwrap_or_default()) && at < 64;
    let starts_number = at == 0 || !bytes[at - 1].is_ascii_digit();
    let alike: &[u8] = match bytes[at] {
        _ if hexadecimal => b"0123456789abcdef",
        b'0'..=b'9' if starts_number => b"123456789",
        b'0'..=b'9' => b"0123456789",
        b'a'..=b'z' => b"abcdefghijklmnopqrstuvwxyz",
        _ => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    };
    let others: Vec<u8> = alike.iter().copied().filter(|other| *other != bytes[at]).collect();
    bytes[at] = *random.one_of(&others);
    String::from_utf8(bytes).ok()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_incremented_with_their_carry() {
        assert_eq!([incremented("0"), incremented("1299"), incremented("99")], ["1", "1300", "100"]);
    }

    #[test]
    fn replaced_characters_are_of_the_same_kind() {
        let random = &mut Random::new(1);
        for _ in 0..100 {
            let changed = with_another_character(random, "7").expect("there is a digit");
            assert!(changed != "7" && changed != "0" && changed.len() == 1, "{changed}");
            let element = "0f".repeat(32);
            let changed = with_another_character(random, &element).expect("there are digits");
            assert!(changed != element && is_hex(&changed), "{changed}");
        }
        assert_eq!(with_another_character(random, "?!"), None);
    }
}
