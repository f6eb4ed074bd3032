//! Sound ballots, changed as the bytes of an input say.

use adil_crypto::{Ed25519, FiniteField, Group};

use super::number::Number;
use super::prover::{Asked, Prover};

/// Ballots of an election.
pub(crate) struct Case {
    pub(crate) election: String,
    pub(crate) credentials: String,
    pub(crate) ballots: Vec<Vec<u8>>,
}

/// Elections over both kinds of group.
pub(crate) struct Elections {
    ed25519: OfGroup<Ed25519>,
    /// Made when it is needed: its ballots cost a hundred times as much.
    belenios_2048: Option<OfGroup<FiniteField>>,
}

impl Elections {
    pub(crate) fn new() -> Self {
        Self { ed25519: OfGroup::new(Prover::ed25519(5), 4), belenios_2048: None }
    }

    /// The first byte chooses the election, from 240 on one over BELENIOS-2048; the second how many ballots there are
    /// and whether they have weights. Every five bytes more are a change.
    pub(crate) fn case(&mut self, input: &[u8]) -> Case {
        match input {
            [first, second, rest @ ..] if *first >= 240 => {
                let belenios_2048 = self.belenios_2048.get_or_insert_with(|| OfGroup::new(Prover::belenios_2048(5), 2));
                belenios_2048.case(&[&[first - 240, *second], rest].concat())
            }
            _ => self.ed25519.case(input),
        }
    }
}

/// Elections of every kind of question, with sound ballots that are made once.
struct OfGroup<G: Group> {
    prover: Prover<G>,
    /// Each with its ballots.
    sound: Vec<(String, Vec<String>)>,
}

/// The private numbers of the credentials that ballots are cast with in turn: the first and the last ballot have one.
const CREDENTIALS: [u64; 3] = [2, 3, 4];

/// Texts that are put in the place of others: numbers at the edges of their ranges, points of small order, encodings
/// that are not canonical, elements that everybody knows.
const TEXTS: [&str; 20] = [
    "",
    "0",
    "1",
    "2",
    "01",
    "-1",
    "a",
    "7237005577332262213973186563042994240857116359379907606001950938285454250988",
    "7237005577332262213973186563042994240857116359379907606001950938285454250989",
    "78571733251071885079927659812671450121821421258408794611510081919805623223440",
    "78571733251071885079927659812671450121821421258408794611510081919805623223441",
    "99999999999999999999999999999999999999999999999999999999999999999999999999999",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000001",
    "0000000000000000000000000000000000000000000000000000000000000002",
    "8000000000000000000000000000000000000000000000000000000000000001",
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee",
    "6666666666666666666666666666666666666666666666666666666666666658",
    "5866666666666666666666666666666666666666666666666666666666666666",
];

impl<G: Group> OfGroup<G> {
    /// As many ballots of each election as are asked for.
    fn new(mut prover: Prover<G>, ballots: usize) -> Self {
        let plain = |chosen: &[bool], min, max| Asked::Choices { chosen: chosen.to_vec(), min, max };
        let blank = |chosen: &[bool], min, max| Asked::OrBlank { chosen: chosen.to_vec(), min, max };
        let asked = [
            vec![plain(&[true, false], 0, 2)],
            vec![plain(&[true], 1, 1), blank(&[false, true], 1, 2)],
            vec![blank(&[false, false], 0, 1)],
            vec![Asked::NonHomomorphic { answers: 3 }, plain(&[false], 0, 0)],
            vec![Asked::Lists { candidates: vec![2, 0] }, Asked::NonHomomorphic { answers: 1 }],
        ];
        let mut sound = |asked: &Vec<Asked>| {
            let election = prover.election(asked);
            let ballot = |number: usize| {
                let credential = CREDENTIALS[number % CREDENTIALS.len()];
                prover.ballot(&election, asked, credential, number as u64).0
            };
            let ballots = (0..ballots).map(ballot).collect();
            (election, ballots)
        };
        let sound = asked.iter().map(&mut sound).collect();
        Self { prover, sound }
    }

    fn case(&mut self, input: &[u8]) -> Case {
        let at = |index: usize| usize::from(input.get(index).copied().unwrap_or(0));
        let (election, sound) = self.sound[at(0) % self.sound.len()].clone();
        let mut ballots: Vec<Vec<u8>> = sound.into_iter().take(1 + at(1) % 4).map(String::into_bytes).collect();
        let weights = if at(1) >= 128 { [",5", ",0", ",1000000000000000000000"] } else { [""; 3] };
        let credential =
            |(private, weight): (&u64, &str)| format!("\"{}{weight}\"", self.prover.text(Number::small(*private)));
        let credentials: Vec<String> = CREDENTIALS.iter().zip(weights).map(credential).collect();
        for change in input.get(2..).unwrap_or_default().chunks_exact(5).take(8) {
            self.change(&mut ballots, change);
        }
        Case { election, credentials: format!("[{}]", credentials.join(",")), ballots }
    }

    fn change(&mut self, ballots: &mut [Vec<u8>], change: &[u8]) {
        let number = usize::from(change[0]) % ballots.len();
        let (place, value) = (usize::from(change[2]) << 8 | usize::from(change[3]), change[4]);
        let other = ballots[usize::from(value) % ballots.len()].clone();
        let ballot = &mut ballots[number];
        let quoted = quoted(ballot);
        let text = (!quoted.is_empty()).then(|| quoted[place % quoted.len().max(1)].clone());
        let byte = place % ballot.len().max(1);
        match (change[1] % 10, text) {
            (0, Some(text)) => {
                let new = TEXTS[usize::from(value) % TEXTS.len()];
                ballot.splice(text, new.bytes());
            }
            (1, Some(text)) => {
                let from = quoted[usize::from(value) % quoted.len()].clone();
                let new = ballot[from].to_vec();
                ballot.splice(text, new);
            }
            (2, Some(text)) if !text.is_empty() => {
                let last = &mut ballot[text.end - 1];
                *last = if *last == b'0' { b'1' } else { b'0' };
            }
            (3, Some(text)) => {
                let key = self.prover.text(Number::small(u64::from(value)));
                ballot.splice(text, key.bytes());
            }
            (4, _) => *ballot = other,
            (5, _) if !ballot.is_empty() => ballot[byte] = value,
            (6, _) => ballot.insert(byte, value),
            (7, _) => drop(ballot.drain(byte..(byte + usize::from(value)).min(ballot.len()))),
            (8, _) => {
                let again = ballot[byte..(byte + usize::from(value)).min(ballot.len())].to_vec();
                ballot.splice(byte..byte, again);
            }
            _ => self.sign_again(ballot, CREDENTIALS[number % CREDENTIALS.len()]),
        }
    }

    /// Signs what a ballot has become.
    fn sign_again(&mut self, ballot: &mut Vec<u8>, credential: u64) {
        let Ok(text) = std::str::from_utf8(ballot) else { return };
        let Some((unsigned, _)) = text.split_once(",\"signature\":") else { return };
        let signed = self.prover.signed(unsigned, Number::small(credential));
        *ballot = signed.into_bytes();
    }
}

/// Where the values in quotation marks stand; names of fields are passed over.
fn quoted(text: &[u8]) -> Vec<std::ops::Range<usize>> {
    let marks: Vec<usize> = (0..text.len()).filter(|&index| text[index] == b'"').collect();
    let ranges = marks.chunks_exact(2).map(|pair| pair[0] + 1..pair[1]);
    ranges.filter(|range| text.get(range.end + 1) != Some(&b':')).collect()
}
