//! Single records, read against an election that does not change.

use adil_crypto::{Ed25519, Group};

use super::{LIMITS, ballot_paths};
use crate::archive::{Event, hexadecimal};
use crate::ballot::{Shape, Slots};
use crate::setup::{Credentials, Election, Trustees};
use crate::tally::{Ciphertext, Decryption, EncryptedTally, Outcome, SizedTally, check_shuffle};
use crate::verify::{read_owner, read_references};
use crate::{Faults, Place};

/// The records, in the order of the numbers that choose them.
pub const RECORDS: [&str; 12] = [
    "election",
    "trustees",
    "credentials",
    "setup",
    "event",
    "ballot",
    "tally",
    "sized",
    "shuffle",
    "decryption",
    "result",
    "owner",
];

/// The election that records belong to: one question of every kind. The private key is 1.
pub const ELECTION: &[u8] = br#"{"version":1,"description":"","name":"","group":"Ed25519","public_key":"6666666666666666666666666666666666666666666666666666666666666658","questions":[{"answers":["a","b"],"min":0,"max":1,"question":""},{"answers":["a"],"blank":true,"min":1,"max":1,"question":""},{"type":"NonHomomorphic","value":{"answers":["a","b","c"],"question":""}},{"type":"Lists","value":{"answers":[["l","a"],["m"]],"question":""}}],"uuid":"11111111111111"}"#;

/// Its only credential: the generator.
const CREDENTIALS: &[u8] = br#"["6666666666666666666666666666666666666666666666666666666666666658"]"#;

/// Reads the record that the first byte chooses, and returns whether nothing is wrong with it.
pub fn board_records(bytes: &[u8]) -> bool {
    let Some((&choice, record)) = bytes.split_first() else { return false };
    let fixed = Fixed::new();
    let mut faults = Faults::new(LIMITS.faults);
    let is_read = match RECORDS[usize::from(choice) % RECORDS.len()] {
        "election" => election(record, &mut faults),
        "trustees" => fixed.trustees(record, &mut faults),
        "credentials" => fixed.credentials(record, &mut faults),
        "setup" => setup(record),
        "event" => event(record),
        "ballot" => {
            let found = ballot_paths(ELECTION, CREDENTIALS, &[record.to_vec()]);
            found.expect("the election can be read").is_empty()
        }
        "tally" => fixed.tally(record, &mut faults),
        "sized" => sized(record),
        "shuffle" => fixed.shuffle(record, &mut faults),
        "decryption" => fixed.decryption(record, &mut faults),
        "result" => fixed.result(record, &mut faults),
        _ => owner(record),
    };
    is_read && faults.is_empty()
}

/// What records are read against.
struct Fixed {
    group: Ed25519,
    election: Election,
    slots: Slots,
    key: <Ed25519 as Group>::Element,
    tally: EncryptedTally<Ed25519>,
}

impl Fixed {
    /// Every place of the tally holds 0 with randomness 1, and two votes are to be shuffled.
    fn new() -> Self {
        let group = Ed25519::new();
        let election = Election::read(ELECTION, &Place::default(), &mut Faults::new(0)).expect("the election is sound");
        let slots = Shape::of(&election).expect("the election has ballots").slots;
        let key = group.generator();
        let one = Ciphertext { alpha: key, beta: key };
        let places = |count: usize| vec![one.clone(); count];
        let questions = slots.questions.iter().map(|slots| places(if slots.is_shuffled() { 2 } else { slots.len() }));
        let tally = EncryptedTally { questions: questions.collect() };
        Self { group, election, slots, key, tally }
    }

    fn trustees(&self, record: &[u8], faults: &mut Faults) -> bool {
        let trustees = Trustees::read(&self.group, record, Some(&self.key), &Place::default(), faults);
        assert!(trustees.number(0).is_none() && trustees.number(trustees.trustees.len() as u64 + 1).is_none());
        assert!(trustees.groups.len() <= record.len());
        !trustees.groups.is_empty()
    }

    fn credentials(&self, record: &[u8], faults: &mut Faults) -> bool {
        let credentials = Credentials::read(&self.group, record, &Place::default(), faults);
        let total = (0..credentials.len()).try_fold(0u128, |sum, index| sum.checked_add(credentials.weight(index)));
        assert!(total.is_some(), "weights can be added up");
        assert!(credentials.len() <= record.len());
        true
    }

    fn tally(&self, record: &[u8], faults: &mut Faults) -> bool {
        let tally = EncryptedTally::read(&self.group, &self.slots, record, &Place::default(), faults);
        let Some(tally) = tally else { return false };
        same(&tally.text(&self.group, &self.slots), record);
        true
    }

    fn shuffle(&self, record: &[u8], faults: &mut Faults) -> bool {
        let inputs: Vec<_> =
            self.tally.questions.iter().zip(&self.slots.questions).filter(|(_, slots)| slots.is_shuffled()).collect();
        let inputs: Vec<Vec<_>> = inputs.into_iter().map(|(list, _)| list.clone()).collect();
        let generators = self.group.independent_generators(2);
        let (group, place) = (&self.group, Place::default());
        let numbered: Vec<_> = inputs.into_iter().enumerate().collect();
        check_shuffle(group, &self.election, &self.key, &generators, &numbered, record, &place, faults).is_some()
    }

    fn decryption(&self, record: &[u8], faults: &mut Faults) -> bool {
        let (owner, place) = ((1, &self.key), Place::default());
        let (group, election, slots) = (&self.group, &self.election, &self.slots);
        Decryption::read(group, election, slots, &self.tally, owner, record, &place, faults).is_some()
    }

    fn result(&self, record: &[u8], faults: &mut Faults) -> bool {
        let place = Place::default();
        let outcomes = Outcome::read(&self.slots, &self.tally, record, &place, faults);
        let Some(outcomes) = outcomes else { return false };
        same(&format!("{{\"result\":[{}]}}", joined(&outcomes, text_of)), record);
        for (outcome, tally) in outcomes.iter().zip(&self.tally.questions) {
            // The private key is 1, so that every factor is its ciphertext's alpha.
            let factors: Vec<_> = tally.iter().map(|ciphertext| ciphertext.alpha).collect();
            outcome.check(&self.group, tally, &factors, 1, &place, faults);
        }
        true
    }
}

/// A record of one canonical form is what its parts are written as.
fn same(written: &str, record: &[u8]) {
    assert_eq!(written, String::from_utf8_lossy(record), "a record is read that is not canonical");
}

fn election(record: &[u8], faults: &mut Faults) -> bool {
    let Some(election) = Election::read(record, &Place::default(), faults) else { return false };
    if election.exceeds(&LIMITS, 0).is_some() {
        return false;
    }
    let shape = Shape::of(&election).expect("every election that can be answered has ballots");
    let ciphertexts: usize = election.questions.iter().map(crate::Question::ciphertexts).sum();
    assert_eq!(shape.slots.count, ciphertexts);
    true
}

fn setup(record: &[u8]) -> bool {
    let Ok(named) = read_references(record) else { return false };
    let [election, trustees, credentials] = named.map(|hash| hexadecimal(&hash));
    same(&format!(r#"{{"election":"{election}","trustees":"{trustees}","credentials":"{credentials}"}}"#), record);
    true
}

fn event(record: &[u8]) -> bool {
    let Ok(event) = Event::read(record) else { return false };
    let named = |name: &str, hash: &crate::Hash| format!("\"{name}\":\"{}\"", hexadecimal(hash));
    let parent = event.parent.map_or_else(String::new, |hash| named("parent", &hash) + ",");
    let payload = event.payload.map_or_else(String::new, |hash| ",".to_owned() + &named("payload", &hash));
    let (height, kind) = (event.height, event.kind.name());
    same(&format!(r#"{{{parent}"height":{height},"type":"{kind}"{payload}}}"#), record);
    true
}

fn sized(record: &[u8]) -> bool {
    let Ok(sized) = SizedTally::read(record) else { return false };
    let (number, weight) = (number(&sized.num_tallied), number(&sized.total_weight));
    let tally = hexadecimal(&sized.encrypted_tally);
    same(&format!(r#"{{"num_tallied":{number},"total_weight":{weight},"encrypted_tally":"{tally}"}}"#), record);
    true
}

fn owner(record: &[u8]) -> bool {
    let Ok((owner, payload)) = read_owner(record) else { return false };
    same(&format!(r#"{{"owner":{owner},"payload":"{}"}}"#, hexadecimal(&payload)), record);
    true
}

fn text_of(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Numbers(numbers) => format!("[{}]", joined(numbers, number)),
        Outcome::Lists(lists) => format!("[{}]", joined(lists, |list| format!("[{}]", joined(list, number)))),
        Outcome::Votes(votes) => format!("[{}]", joined(votes, |vote| format!("[{}]", joined(vote, u32_text)))),
    }
}

fn joined<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(",")
}

/// Up to 2^30 - 1 a number of JSON, above it a text.
fn number(number: &u128) -> String {
    if *number < 1 << 30 { number.to_string() } else { format!("\"{number}\"") }
}

fn u32_text(value: &u32) -> String {
    number(&u128::from(*value))
}
