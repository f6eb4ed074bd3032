//! Boards made to harm whoever verifies them: each ends in a clear error or a named rule, whatever it holds.
//!
//! What a board promises is not believed, so that memory follows the bytes that are there; what is refused, is refused
//! before work is done on it.

#[path = "support/archive.rs"]
mod archive;
#[path = "support/board.rs"]
mod board;
#[path = "support/number.rs"]
mod number;
#[path = "support/prover.rs"]
mod prover;

use std::io::Read;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use adil_belenios::{ArchiveError, Board, BoardSource, Limits, Options, Part, Rule, verify};
use archive::{Writer, header};
use board::Records;
use prover::{Asked, Prover};

fn verified(source: &dyn BoardSource) -> Result<Board, ArchiveError> {
    let options = Options { limits: Limits::default(), engine: None, trackers: &[], progress: &|_, _| {} };
    verify(source, &options)
}

/// How often each rule is broken.
fn broken(source: &dyn BoardSource) -> Vec<(Rule, u64)> {
    verified(source).expect("the first record can be read").faults.by_rule().collect()
}

fn rules(source: &dyn BoardSource) -> Vec<Rule> {
    broken(source).into_iter().map(|(rule, _)| rule).collect()
}

/// What exceeds a limit.
fn exceeded(source: &dyn BoardSource) -> &'static str {
    match verified(source) {
        Err(ArchiveError::Limit { what, .. }) => what,
        other => panic!("no limit is exceeded: {other:?}"),
    }
}

/// A key over BELENIOS-2048, where a text that is no number costs nothing to refuse.
static KEY: LazyLock<String> = LazyLock::new(|| Prover::belenios_2048(5).public_key);

/// The record of the one trustee who has that key.
static TRUSTEES: LazyLock<String> = LazyLock::new(|| Prover::belenios_2048(5).trustees());

fn election(questions: &str) -> String {
    let key = KEY.as_str();
    format!(
        r#"{{"version":1,"description":"","name":"","group":"BELENIOS-2048","public_key":"{key}","questions":[{questions}],"uuid":"11111111111111"}}"#
    )
}

const QUESTION: &str = r#"{"answers":["a"],"min":0,"max":1,"question":""}"#;

/// A board that is set up with these records.
fn set_up(election: impl AsRef<[u8]>, trustees: impl AsRef<[u8]>, credentials: impl AsRef<[u8]>) -> Writer {
    let mut archive = Writer::new();
    archive.setup(election, trustees, credentials);
    archive
}

/// A finished board over Ed25519, changed before it is written.
fn finished(change: impl Fn(&mut Records)) -> Vec<u8> {
    let choices = Asked::Choices { chosen: vec![true], min: 0, max: 1 };
    let blank = Asked::OrBlank { chosen: vec![false], min: 1, max: 1 };
    let mut records = Records::new(&mut Prover::ed25519(5), &[choices, blank], &[2]);
    change(&mut records);
    records.archive().bytes
}

/// Pieces of an archive, one after another.
type Pieces = Box<dyn Iterator<Item = Vec<u8>> + Send>;

/// A source that makes its bytes as they are read, and counts them.
struct Stream {
    pieces: Box<dyn Fn() -> Pieces + Sync>,
    read: AtomicU64,
}

impl Stream {
    fn new<I: Iterator<Item = Vec<u8>> + Send + 'static>(pieces: impl Fn() -> I + Sync + 'static) -> Self {
        Self { pieces: Box::new(move || Box::new(pieces())), read: AtomicU64::new(0) }
    }
}

impl BoardSource for Stream {
    fn reader(&self) -> std::io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(Reading { pieces: (self.pieces)(), piece: Vec::new(), at: 0, read: &self.read }))
    }
}

struct Reading<'a> {
    pieces: Pieces,
    piece: Vec<u8>,
    at: usize,
    read: &'a AtomicU64,
}

impl Read for Reading<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.piece.len() {
            let Some(piece) = self.pieces.next() else { return Ok(0) };
            (self.piece, self.at) = (piece, 0);
        }
        let length = buffer.len().min(self.piece.len() - self.at);
        buffer[..length].copy_from_slice(&self.piece[self.at..self.at + length]);
        self.at += length;
        self.read.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

#[test]
fn the_boards_that_are_changed_here_are_sound() {
    assert_eq!(rules(&finished(|_| {})), []);
}

#[test]
fn deeply_nested_json_is_refused() {
    let deep = "[".repeat(1_000_000);
    let in_extra = QUESTION.replace('{', &format!(r#"{{"extra":{deep}{},"#, "]".repeat(1_000_000)));
    assert_eq!(rules(&set_up(election(&in_extra), TRUSTEES.as_str(), "[]").bytes), [Rule::Questions]);
    for election in [deep.clone(), election(&"{\"value\":".repeat(100_000))] {
        assert_eq!(rules(&set_up(election, TRUSTEES.as_str(), "[]").bytes), [Rule::ElectionForm]);
    }
    for trustees in [deep.clone(), format!(r#"[["Single",{deep}"#), format!(r#"[["Pedersen",{{"certs":{deep}"#)] {
        assert_eq!(rules(&set_up(election(QUESTION), trustees, "[]").bytes), [Rule::TrusteesForm]);
    }
    assert_eq!(rules(&set_up(election(QUESTION), TRUSTEES.as_str(), &deep).bytes), [Rule::CredentialsForm]);
}

/// More digits than any limit allows, in the setup; fewer where every byte is looked at without optimisation.
const DIGITS: usize = 50_000_000;

/// Millions of digits in every place where there is a number.
#[test]
fn numbers_of_any_length_are_refused() {
    let digits = "9".repeat(if cfg!(debug_assertions) { DIGITS / 5 } else { DIGITS });
    let weight = set_up(election(QUESTION), TRUSTEES.as_str(), format!(r#"["x,{digits}"]"#));
    assert_eq!(rules(&weight.bytes), [Rule::CredentialElement, Rule::CredentialWeight]);
    let element = set_up(election(QUESTION), TRUSTEES.as_str(), format!(r#"["{digits}"]"#));
    assert_eq!(rules(&element.bytes), [Rule::CredentialElement]);
    let of_scalar = |ballot: &str| {
        let (before, rest) = ballot.split_once("\"challenge\":\"").expect("a proof");
        let (_, after) = rest.split_once('"').expect("the end of a scalar");
        format!("{before}\"challenge\":\"{digits}\"{after}")
    };
    let scalar = finished(|records| records.ballots[0] = of_scalar(&records.ballots[0]));
    assert_eq!(rules(&scalar), [Rule::BallotScalar, Rule::SignedHash]);
    let number = finished(|records| records.result = format!(r#"{{"result":[[{digits}],[1,0]]}}"#));
    assert_eq!(rules(&number), [Rule::ResultForm]);
    let text = finished(|records| records.result = format!(r#"{{"result":[["{digits}"],[1,0]]}}"#));
    assert_eq!(rules(&text), [Rule::ResultForm]);
}

#[test]
fn numbers_of_the_setup_are_held_to_the_limit_of_a_tree() {
    let digits = "9".repeat(DIGITS);
    let of_fifty = set_up(election(&QUESTION.replace(":1,", &format!(":{digits},"))), TRUSTEES.as_str(), "[]");
    assert_eq!(exceeded(&of_fifty.bytes), "the election's record");
    let of_thirty =
        set_up(election(&QUESTION.replace(":1,", &format!(":{},", &digits[..30_000_000]))), TRUSTEES.as_str(), "[]");
    assert_eq!(rules(&of_thirty.bytes), [Rule::ElectionForm]);
    let trustees = set_up(election(QUESTION), digits, "[]");
    assert_eq!(exceeded(&trustees.bytes), "the trustees' record");
}

#[test]
fn elections_without_end_exceed_a_limit() {
    let questions = |question: &str, count: usize| election(&vec![question; count].join(","));
    assert_eq!(
        exceeded(&set_up(questions(QUESTION, 1_000_000), TRUSTEES.as_str(), "[]").bytes),
        "the election's record"
    );
    let ciphertexts = "the number of ciphertexts of a ballot";
    assert_eq!(exceeded(&set_up(questions(QUESTION, 4_097), TRUSTEES.as_str(), "[]").bytes), ciphertexts);
    let branches = "the number of branches of a ballot's proofs";
    let any_number = QUESTION.replace("\"max\":1", "\"max\":4000000000");
    assert_eq!(exceeded(&set_up(election(&any_number), TRUSTEES.as_str(), "[]").bytes), branches);
    // No single proof of these is too long, but a ballot has a thousand of them.
    let many = QUESTION.replace("\"max\":1", "\"max\":4000");
    assert_eq!(exceeded(&set_up(questions(&many, 1_000), TRUSTEES.as_str(), "[]").bytes), branches);
}

#[test]
fn headers_that_lie_are_not_believed() {
    let sound = set_up(election(QUESTION), TRUSTEES.as_str(), "[]").bytes;
    let with = |header: [u8; 512]| [sound.as_slice(), &header].concat();
    let name = format!("{}.data.json", archive::digest(b""));
    assert_eq!(exceeded(&with(header(&name, 0o77_777_777_777))), "a record");
    assert_eq!(rules(&with(header(&name, 60 << 20))), [Rule::ArchiveEnd]);
    let mut letters = header(&name, 0);
    letters[124..135].copy_from_slice(b"0000000000x");
    assert_eq!(rules(&with(letters)), [Rule::RecordHeader]);
    letters[124..135].copy_from_slice(b"-0000000001");
    assert_eq!(rules(&with(letters)), [Rule::RecordHeader]);
    for first in [header("BELENIOS", 1 << 33), header("BELENIOS", 4_000), header("other", 0)] {
        assert!(matches!(verified(&first.to_vec()), Err(ArchiveError::NotAnArchive { .. })));
    }
}

#[test]
fn empty_records_are_counted_and_not_kept() {
    const COUNT: u64 = if cfg!(debug_assertions) { 40_000 } else { 1_000_000 };
    let sound = set_up(election(QUESTION), TRUSTEES.as_str(), "[]").bytes;
    let empty = header(&format!("{}.data.json", archive::digest(b"")), 0).to_vec();
    let size = sound.len() as u64 + 512 * COUNT;
    let source =
        Stream::new(move || std::iter::once(sound.clone()).chain(std::iter::repeat_n(empty.clone(), COUNT as usize)));
    let board = verified(&source).expect("the first record can be read");
    let end = board.faults.of(Part::Archive).find(|fault| fault.rule == Rule::ArchiveEnd).expect("no event follows");
    assert_eq!(end.found.as_deref(), Some(format!("{COUNT} records without an event").as_str()));
    assert!(source.read.load(Ordering::Relaxed) <= 2 * size, "two readings are enough");
}

/// Every ballot is refused and counted; the first are told.
#[test]
fn bad_ballots_are_counted() {
    const COUNT: u64 = if cfg!(debug_assertions) { 10_000 } else { 100_000 };
    let source = Stream::new(|| {
        let mut archive = set_up(election(QUESTION), TRUSTEES.as_str(), "[]");
        let mut ballot = 0;
        std::iter::from_fn(move || {
            (ballot < COUNT).then(|| {
                ballot += 1;
                let payload = archive.data(format!("{{\"number\":{ballot}}}"));
                archive.event("Ballot", Some(&payload));
                std::mem::take(&mut archive.bytes)
            })
        })
    });
    let board = verified(&source).expect("the first record can be read");
    assert_eq!(board.faults.by_rule().collect::<Vec<_>>(), [(Rule::BallotForm, COUNT)]);
    assert_eq!(board.faults.of(Part::Ballots).count(), Limits::default().faults);
    assert_eq!(board.facts.voters.ballots, COUNT);
}

#[test]
fn events_of_any_length_are_refused() {
    let mut archive = set_up(election(QUESTION), TRUSTEES.as_str(), "[]");
    let zeros = "0".repeat(64);
    let digits = "9".repeat(60_000_000);
    archive.raw_event(&format!(r#"{{"parent":"{zeros}","height":{digits},"type":"EndBallots"}}"#));
    assert_eq!(rules(&archive.bytes), [Rule::EventParent, Rule::EventHeight]);
    let mut archive = set_up(election(QUESTION), TRUSTEES.as_str(), "[]");
    archive.raw_event(&format!("{{\"type\":\"{digits}"));
    assert_eq!(rules(&archive.bytes), [Rule::EventForm]);
}

#[test]
fn a_credential_may_be_listed_any_number_of_times() {
    const COUNT: u64 = 200_000;
    let list = format!("[{}]", vec!["\"x\""; COUNT as usize].join(","));
    let found = broken(&set_up(election(QUESTION), TRUSTEES.as_str(), list).bytes);
    let expected = [(Rule::CredentialElement, COUNT), (Rule::CredentialOnce, COUNT - 1)];
    assert_eq!(found, expected);
}

#[test]
fn what_is_not_utf_8_is_refused() {
    let bad = b"\"\xff\xfe\"";
    assert_eq!(rules(&set_up(bad, TRUSTEES.as_str(), "[]").bytes), [Rule::ElectionForm]);
    let both = set_up(election(QUESTION), bad, [b"[", &bad[..], b"]"].concat());
    assert_eq!(rules(&both.bytes), [Rule::CredentialsForm, Rule::TrusteesForm]);
    let mut archive = set_up(election(QUESTION), TRUSTEES.as_str(), "[]");
    let payload = archive.data([b"{\"election_uuid\":", &bad[..], b"}"].concat());
    archive.event("Ballot", Some(&payload));
    assert_eq!(rules(&archive.bytes), [Rule::BallotForm]);
    let mut named = header("x", 0);
    named[0] = 0xff;
    archive.bytes.extend(named);
    assert_eq!(rules(&archive.bytes), [Rule::RecordHeader, Rule::BallotForm]);
}

/// The largest weight is 10^24, so that the weights of any list can be added up: larger ones are refused.
#[test]
fn weights_can_be_added_up() {
    let most = 10u128.pow(24);
    let credentials = format!(r#"["x,{most}","y,{}","z,{most}"]"#, u128::MAX);
    let mut archive = set_up(election(QUESTION), TRUSTEES.as_str(), credentials);
    for voter in ["x", "y", "z"] {
        let ballot = format!(r#"{{"election_uuid":"","election_hash":"","credential":"{voter}"}}"#);
        let payload = archive.data(ballot);
        archive.event("Ballot", Some(&payload));
    }
    let board = verified(&archive.bytes).expect("the first record can be read");
    assert_eq!(board.facts.voters.total_weight, 2 * most);
    let weights: Vec<_> =
        board.faults.of(Part::Credentials).filter(|fault| fault.rule == Rule::CredentialWeight).collect();
    assert_eq!(weights.len(), 1);
    assert_eq!(weights[0].place.credential, Some(2));
}

/// Trustees of the second kind, whose members have nothing but keys that are none.
fn group_of(members: usize, threshold: u64) -> String {
    let key = r#"{"pok":{"challenge":"0","response":"0"},"public_key":"x"}"#;
    let signed = r#"{"message":"","signature":{"challenge":"0","response":"0"}}"#;
    let [keys, signed] = [key, signed].map(|text| vec![text; members].join(","));
    format!(
        r#"["Pedersen",{{"threshold":{threshold},"certs":[{signed}],"coefexps":[{signed}],"verification_keys":[{keys}]}}]"#
    )
}

#[test]
fn thresholds_are_those_of_their_members() {
    let found = |trustees: String| broken(&set_up(election(QUESTION), format!("[{trustees}]"), "[]").bytes);
    assert_eq!(found(String::new()), [(Rule::TrusteesForm, 1), (Rule::ElectionKeyProduct, 1)]);
    for (members, threshold) in [(0, 0), (2, 0), (2, 3), (1, u64::MAX), (10_000, 1), (10_000, 10_000)] {
        assert_eq!(found(group_of(members, threshold)), [(Rule::ThresholdShape, 1)], "{threshold} of {members}");
    }
    // What two of these need together is no number of 64 bits.
    let twice = [group_of(1, u64::MAX), group_of(1, u64::MAX)].join(",");
    assert_eq!(found(twice), [(Rule::ThresholdShape, 2)]);
}

#[test]
fn a_field_that_is_given_twice_is_refused() {
    let twice = r#"[["Single",{"pok":{"challenge":"0","response":"0"},"public_key":"x","public_key":"y"}]]"#;
    assert_eq!(rules(&set_up(election(QUESTION), twice, "[]").bytes), [Rule::TrusteesForm]);
    let question = QUESTION.replace("\"min\":0", "\"min\":0,\"min\":1");
    assert_eq!(rules(&set_up(election(&question), TRUSTEES.as_str(), "[]").bytes), [Rule::ElectionForm]);
}
