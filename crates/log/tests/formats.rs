//! Notes, checkpoints, cosignatures, proofs, policies and witnesses: what is written is read, and what is bent is refused.

use adil_log::note::{LONGEST_NOTE, Verified};
use adil_log::policy::LineFault;
use adil_log::tree::consistency_proof;
use adil_log::witness::{Decision, Reply, ReplyError, SIZE_TYPE, SeenLogs, read_reply};
use adil_log::{
    AddCheckpoint, Checkpoint, CheckpointError, CosigningKey, Frontier, Hash, HashSource, KeyError, KeyName, LogProof,
    Note, NoteError, Policy, PolicyError, PolicyFault, ProofError, ProofFault, Seen, SignatureLine, SigningKey,
    Timestamp, VerifierKey, Witness, leaf_hash, node_hash,
};

const ORIGIN: &str = "example.com/log";

fn name(name: &str) -> KeyName {
    KeyName::parse(name).expect("a name")
}

fn log_key() -> SigningKey {
    SigningKey::from_seed(name(ORIGIN), &[1; 32].into())
}

fn witness_key(number: u8) -> CosigningKey {
    CosigningKey::from_seed(name(&format!("example.com/w{number}")), &[100 + number; 32].into())
}

fn time(seconds: u64) -> Timestamp {
    Timestamp::new(seconds).expect("a time")
}

fn entry(i: u64) -> Vec<u8> {
    format!("entry {i}").into_bytes()
}

struct Entries;

impl HashSource for Entries {
    type Error = ();

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, ()> {
        match level {
            0 => Ok(leaf_hash(&entry(index))),
            _ => Ok(node_hash(&self.subtree(level - 1, 2 * index)?, &self.subtree(level - 1, 2 * index + 1)?)),
        }
    }
}

/// The checkpoint of the first `size` entries.
fn checkpoint(size: u64) -> Checkpoint {
    let mut tree = Frontier::default();
    for i in 0..size {
        tree.push(leaf_hash(&entry(i))).expect("small");
    }
    Checkpoint { origin: ORIGIN.to_owned(), size, root: tree.root(), extensions: Vec::new() }
}

fn signed(checkpoint: &Checkpoint) -> Note {
    let mut note = checkpoint.note().expect("a text");
    note.sign(&log_key()).expect("one signature");
    note
}

#[test]
fn notes_of_another_form_are_refused() {
    let sound = signed(&checkpoint(3)).to_string();
    assert_eq!(Note::parse(sound.as_bytes()).map(|note| note.to_string()), Ok(sound.clone()));
    let line = sound.lines().last().expect("a line").to_owned();
    let bent = |from: &str, to: &str| Note::parse(sound.replace(from, to).as_bytes());
    assert_eq!(bent("\n\n", "\n"), Err(NoteError::NoSignatures));
    assert_eq!(bent(ORIGIN, "a\tb"), Err(NoteError::Control { byte: 1 }));
    for bad in [
        line.replace("— ", "- "),
        line.replace("— ", "—"),
        line.replace("log ", "log  "),
        line.trim_end_matches('=').to_owned(),
        format!("{line} "),
        "— a b".to_owned(),
        "— a AAAA".to_owned(),
        String::new(),
    ] {
        assert!(Note::parse(sound.replacen(&line, &bad, 1).as_bytes()).is_err(), "{bad:?}");
    }
    assert_eq!(Note::parse(sound.trim_end().as_bytes()), Err(NoteError::NoSignatures));
    assert_eq!(Note::parse(b"a\n\xff\n\n"), Err(NoteError::NotUtf8 { byte: 2 }));
    assert_eq!(Note::parse(&vec![b'a'; LONGEST_NOTE + 1]), Err(NoteError::TooLong { bytes: 1_000_001 }));
    let many: String = (0..101).map(|i| format!("— k{i} AAAAAAAA\n")).collect();
    assert_eq!(Note::parse(format!("text\n\n{many}").as_bytes()), Err(NoteError::TooManySignatures));
    // The text is divided from the signatures by the last empty line.
    let inner = Note::parse(format!("a\n\nb\n\n{line}\n").as_bytes()).expect("a note");
    assert_eq!(inner.text(), "a\n\nb\n");
}

#[test]
fn unknown_signatures_are_ignored_and_bad_ones_refused() {
    let key = log_key();
    let mut note = signed(&checkpoint(3));
    // The same name with another key, and the same identifier with another name.
    note.sign(&SigningKey::from_seed(name(ORIGIN), &[2; 32].into())).expect("room");
    let own = note.signatures()[0].clone();
    note.add(SignatureLine { name: name("example.com/other"), ..own.clone() }).expect("room");
    note.add(SignatureLine { name: name("example.com/ml-dsa"), id: own.id, signature: vec![6; 2_420] }).expect("room");
    assert_eq!(note.verify([key.verifier()]).map(|held| held.len()), Ok(1));
    assert_eq!(note.verify([]).map(|held| held.len()), Ok(0));
    let mut bent = own.clone();
    bent.signature[5] ^= 1;
    note.add(bent).expect("room");
    assert_eq!(note.verify([key.verifier()]), Err(NoteError::BadSignature { name: name(ORIGIN) }));
    let witness = [witness_key(1).verifier().clone()];
    let unsigned = Checkpoint::signed(&signed(&checkpoint(3)), &witness);
    assert!(matches!(unsigned, Err(CheckpointError::Unsigned { .. })));
}

#[test]
fn keys_have_one_form() {
    let text = log_key().verifier().to_string();
    assert_eq!(VerifierKey::parse(&text).as_ref(), Ok(log_key().verifier()));
    assert!(matches!(VerifierKey::parse(&text.replace("log+", "lok+")), Err(KeyError::Id { .. })));
    assert!(matches!(VerifierKey::parse("a+00000000"), Err(KeyError::Form { .. })));
    assert!(matches!(VerifierKey::parse("a b+00000000+AAAA"), Err(KeyError::Name { .. })));
    assert!(matches!(VerifierKey::parse("a+00000000+BgAA"), Err(KeyError::Algorithm { kind: 6, .. })));
    // The neutral element, 1 in 32 bytes: anybody could sign for it. Its identifier, by Python's hashlib:
    // sha256(b"a\n\x01" + bytes([1] + [0] * 31)).hexdigest()[:8]
    let weak = "a+cae63997+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert!(matches!(VerifierKey::parse(weak), Err(KeyError::Point { .. })), "{:?}", VerifierKey::parse(weak));
    let secret = witness_key(1).to_text();
    assert_eq!(CosigningKey::parse(&secret).expect("a key").verifier(), witness_key(1).verifier());
    assert!(matches!(SigningKey::parse(&secret), Err(KeyError::Purpose { .. })));
    assert!(matches!(CosigningKey::parse(&log_key().to_text()), Err(KeyError::Purpose { .. })));
}

#[test]
fn checkpoints_have_one_form() {
    let text = checkpoint(3).to_string();
    assert_eq!(Checkpoint::parse(&text), Ok(checkpoint(3)));
    let extended = format!("{text}more\n");
    assert_eq!(Checkpoint::parse(&extended).map(|read| read.to_string()), Ok(extended));
    for (bent, expected) in [
        (text.replace("\n3\n", "\n03\n"), CheckpointError::Size { found: "03".to_owned() }),
        (
            text.replace("\n3\n", "\n9223372036854775808\n"),
            CheckpointError::Size { found: "9223372036854775808".to_owned() },
        ),
        (text.replace("\n3\n", "\n0\n"), CheckpointError::EmptyRoot),
        (text.replace("=\n", "\n"), CheckpointError::Root { found: checkpoint(3).root.to_string().replace('=', "") }),
        (text.replace(ORIGIN, ""), CheckpointError::Origin),
        (format!("{text}\n"), CheckpointError::Extension { line: 4 }),
        (text.trim_end().to_owned(), CheckpointError::TooShort),
        ("a\n0\n".to_owned(), CheckpointError::TooShort),
    ] {
        assert_eq!(Checkpoint::parse(&bent), Err(expected), "{bent}");
    }
}

#[test]
fn a_cosignature_signs_the_time_and_the_text() {
    let (checkpoint, key) = (checkpoint(3), witness_key(1));
    let line = key.cosign(&checkpoint, time(1_679_315_147));
    assert_eq!(line.signature.len(), 8 + 64);
    assert_eq!(line.signature[..8], 1_679_315_147u64.to_be_bytes());
    // It is plain Ed25519 over the two lines of the specification and the text.
    let plain = SigningKey::from_seed(name("x"), &[101; 32].into());
    let message = format!("cosignature/v1\ntime 1679315147\n{checkpoint}");
    assert_eq!(plain.sign(&message).signature, line.signature[8..]);
    let mut note = signed(&checkpoint);
    note.add(line.clone()).expect("room");
    let held = note.verify([key.verifier()]).expect("it holds");
    assert_eq!(held[0].verified, Verified::SeenAt(time(1_679_315_147)));
    for at in [0, 7, 8, 71] {
        let mut bent = line.clone();
        bent.signature[at] ^= 1;
        let mut note = signed(&checkpoint);
        note.add(bent).expect("room");
        assert!(note.verify([key.verifier()]).is_err(), "byte {at}");
    }
    assert_eq!(Timestamp::new(1 << 63), None);
    // A later line of the same witness stands in place of the earlier.
    note.replace(key.cosign(&checkpoint, time(1_679_315_148))).expect("room");
    assert_eq!(note.signatures().len(), 2);
}

fn proof(index: u64, size: u64) -> LogProof {
    let hashes = adil_log::tree::inclusion_proof(&mut Entries, index, size).expect("in the log");
    LogProof { extra: None, index, hashes, note: signed(&checkpoint(size)) }
}

#[test]
fn a_proof_is_checked_without_a_connection() {
    let policy = Policy::of_logs(vec![log_key().verifier().clone()]).expect("a key of a log");
    let proof = LogProof { extra: Some(b"more".to_vec()), ..proof(5, 11) };
    let text = proof.to_string();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 5\n"), "{text}");
    let read = LogProof::parse(text.as_bytes()).expect("a proof");
    assert_eq!(read, proof);
    assert_eq!(read.verify(&entry(5), &policy).map(|met| met.checkpoint.size), Ok(11));
    assert!(matches!(read.verify(&entry(6), &policy), Err(ProofFault::Inclusion { index: 5, .. })));
    let other = SigningKey::from_seed(name(ORIGIN), &[9; 32].into()).verifier().clone();
    let other = Policy::of_logs(vec![other]).expect("a key of a log");
    let fault = read.verify(&entry(5), &other);
    assert!(matches!(fault, Err(ProofFault::Policy(PolicyFault::Checkpoint(CheckpointError::Unsigned { .. })))));
    for (from, to, expected) in [
        ("@v1", "@v2", ProofError::FirstLine),
        ("extra bW9yZQ==", "extra bW9yZQ=", ProofError::Extra),
        ("index 5", "index 05", ProofError::Index { line: 3 }),
        ("index 5", "indeks 5", ProofError::Index { line: 3 }),
        ("index 5\n", "index 5\nAAAA\n", ProofError::Hash { line: 4 }),
        ("\n\n", "\n", ProofError::Hash { line: 8 }),
    ] {
        assert_eq!(LogProof::parse(text.replacen(from, to, 1).as_bytes()), Err(expected), "{from} as {to}");
    }
    let hash = format!("{}\n", Hash::of_nothing());
    let long = text.replacen("index 5\n", &format!("index 5\n{}", hash.repeat(63)), 1);
    assert_eq!(LogProof::parse(long.as_bytes()), Err(ProofError::TooManyHashes));
}

/// The policy of the specification's example, with names of two groups.
fn policy_text() -> String {
    let key = |number| witness_key(number).verifier().to_string();
    let mut text = format!("# whom to trust\nlog {} https://example.com/log\n\n", log_key().verifier());
    for number in 1..=6 {
        text += &format!("witness\t {}{number} {}\n", if number < 4 { "X" } else { "Y" }, key(number));
    }
    text + "group Xs 2 X1 X2 X3\n  group Ys any Y4 Y5 Y6\ngroup both all Xs Ys\nquorum both\n"
}

#[test]
fn a_quorum_is_what_the_groups_say() {
    let policy = Policy::parse(policy_text().as_bytes()).expect("a policy");
    let checkpoint = checkpoint(3);
    for cosigners in 0u8..64 {
        let mut note = signed(&checkpoint);
        let chosen: Vec<u8> = (1..=6).filter(|number| cosigners >> (number - 1) & 1 == 1).collect();
        for &number in &chosen {
            note.add(witness_key(number).cosign(&checkpoint, time(7))).expect("room");
        }
        let expected = (cosigners & 0b111).count_ones() >= 2 && cosigners >> 3 != 0;
        assert_eq!(policy.is_met(&note).is_ok(), expected, "{chosen:?}");
    }
    let none = format!("log {}\nquorum none", log_key().verifier());
    assert!(Policy::parse(none.as_bytes()).expect("a policy").is_met(&signed(&checkpoint)).is_ok());
}

#[test]
fn policies_of_another_form_name_the_line() {
    let sound = policy_text();
    for (from, to, fault) in [
        ("group both all", "group both 3", LineFault::Threshold { threshold: "3".to_owned(), members: 2 }),
        ("group both all", "group both 0", LineFault::Threshold { threshold: "0".to_owned(), members: 2 }),
        ("group both all Xs", "group both all X1", LineFault::MemberTwice("X1".to_owned())),
        ("group both all Xs", "group both all Zs", LineFault::Undefined("Zs".to_owned())),
        ("group both", "group Xs", LineFault::Taken("Xs".to_owned())),
        ("group both", "group none", LineFault::Taken("none".to_owned())),
        ("group both all", "grupp both all", LineFault::Word("grupp".to_owned())),
    ] {
        let text = sound.replacen(from, to, 1);
        assert_eq!(Policy::parse(text.as_bytes()), Err(PolicyError::Line { line: 12, fault }), "{to}");
    }
    let line = |line, fault| Err(PolicyError::Line { line, fault });
    let twice = sound.replace("quorum both\n", "quorum both\nquorum none\n");
    assert_eq!(Policy::parse(twice.as_bytes()), line(14, LineFault::SecondQuorum));
    assert_eq!(Policy::parse(sound.replace("quorum both", "").as_bytes()), Err(PolicyError::NoQuorum));
    assert_eq!(Policy::parse(sound.replace("\nlog", "\r\nlog").as_bytes()), line(1, LineFault::Control));
    let log = format!("log {0}\nlog {0}\nquorum none\n", log_key().verifier());
    assert_eq!(Policy::parse(log.as_bytes()), line(2, LineFault::DuplicateKey));
    let wrong = format!("log {}\nquorum none\n", witness_key(1).verifier());
    assert!(matches!(Policy::parse(wrong.as_bytes()), Err(PolicyError::Line { line: 1, fault: LineFault::Key(_) })));
}

fn request(old_size: u64, size: u64) -> AddCheckpoint {
    let proof = consistency_proof(&mut Entries, old_size, size).expect("older");
    AddCheckpoint { old_size, proof, note: signed(&checkpoint(size)) }
}

fn seen(size: u64) -> Seen {
    let Checkpoint { origin, size, root, .. } = checkpoint(size);
    Seen { origin, size, root }
}

/// Status and body of the answer of a witness that has seen `last`, and what it stores before it.
fn answer(body: &[u8], last: Option<Seen>) -> (u16, String, Option<Seen>) {
    let witness = Witness::new(witness_key(1), vec![log_key().verifier().clone()]).expect("a key of a log");
    match witness.decide(body, |origin| last.filter(|seen| seen.origin == origin), time(99)) {
        Decision::Refuse(answer) => (answer.status, answer.body, None),
        Decision::Cosign(pending) => {
            let stored = pending.to_store().clone();
            let answer = pending.stored();
            (answer.status, answer.body, Some(stored))
        }
    }
}

#[test]
fn a_witness_answers_as_the_specification_says() {
    let text = |request: &AddCheckpoint| request.to_string().into_bytes();
    assert_eq!(AddCheckpoint::parse(&text(&request(5, 11))), Ok(request(5, 11)));
    let (status, line, stored) = answer(&text(&request(0, 5)), None);
    assert_eq!((status, stored), (200, Some(seen(5))));
    let cosigned = SignatureLine::parse(line.trim_end()).expect("a line");
    assert_eq!(cosigned, witness_key(1).cosign(&checkpoint(5), time(99)));
    assert_eq!(answer(&text(&request(5, 11)), Some(seen(5))).2, Some(seen(11)));
    assert_eq!(answer(&text(&request(5, 5)), Some(seen(5))).2, Some(seen(5)), "the same again");
    // Another size was seen: 409 with that size.
    assert_eq!(answer(&text(&request(3, 11)), Some(seen(5))), (409, "5\n".to_owned(), None));
    assert_eq!(answer(&text(&request(0, 3)), Some(seen(5))), (409, "5\n".to_owned(), None));
    // The same size with another root.
    let mut fork = checkpoint(5);
    fork.root = Hash::of_nothing();
    let same = AddCheckpoint { old_size: 5, proof: Vec::new(), note: signed(&fork) };
    assert_eq!(answer(&text(&same), Some(seen(5))).0, 409);
    // A proof that proves nothing, a proof that should be empty.
    let bent = AddCheckpoint { proof: request(5, 11).proof[1..].to_vec(), ..request(5, 11) };
    assert_eq!(answer(&text(&bent), Some(seen(5))).0, 422);
    let bent = AddCheckpoint { proof: vec![Hash::of_nothing()], ..request(0, 5) };
    assert_eq!(answer(&text(&bent), None).0, 422);
    let bent = AddCheckpoint { old_size: 12, ..request(5, 11) };
    assert_eq!(answer(&text(&bent), Some(seen(5))).0, 400);
    // Unknown logs, unsigned checkpoints, texts that are no request.
    let unknown = Checkpoint { origin: "example.com/unknown".to_owned(), ..checkpoint(5) };
    let unknown = AddCheckpoint { note: signed(&unknown), ..request(0, 5) };
    assert_eq!(answer(&text(&unknown), None).0, 404);
    let mut note = checkpoint(5).note().expect("a text");
    note.sign(&SigningKey::from_seed(name(ORIGIN), &[3; 32].into())).expect("room");
    assert_eq!(answer(&text(&AddCheckpoint { note, ..request(0, 5) }), None).0, 403);
    let mut line = signed(&checkpoint(5)).signatures()[0].clone();
    line.signature[9] ^= 1;
    let mut note = checkpoint(5).note().expect("a text");
    note.add(line).expect("room");
    assert_eq!(answer(&text(&AddCheckpoint { note, ..request(0, 5) }), None).0, 403);
    for bad in ["", "old 0", "old 00\n\n", "old 0\n\n", "new 0\n\n", "old 0\nAAAA\n\n"] {
        assert_eq!(answer(bad.as_bytes(), None).0, 400, "{bad}");
    }
    let note = request(0, 5).note.to_string();
    let long = format!("old 0\n{}\n{note}", format!("{}\n", Hash::of_nothing()).repeat(64));
    assert_eq!(answer(long.as_bytes(), None).0, 400);
}

#[test]
fn a_log_believes_known_witnesses_only() {
    let (sent, key) = (signed(&checkpoint(5)), witness_key(1).verifier().clone());
    let ours = witness_key(1).cosign(&checkpoint(5), time(9));
    let other = witness_key(2).cosign(&checkpoint(5), time(9));
    let read = |status, kind, body: &str| read_reply(status, kind, body.as_bytes(), &sent, std::slice::from_ref(&key));
    assert_eq!(read(200, None, &format!("{other}\n{ours}\n")), Ok(Reply::Cosigned(vec![ours.clone()])));
    assert_eq!(read(200, None, &format!("{other}\n")), Err(ReplyError::Unknown));
    assert!(matches!(read(200, None, "fine\n"), Err(ReplyError::Lines(_))));
    let stale = witness_key(1).cosign(&checkpoint(4), time(9));
    assert!(matches!(read(200, None, &format!("{stale}\n")), Err(ReplyError::Signature(_))));
    assert_eq!(read(409, Some(SIZE_TYPE), "17\n"), Ok(Reply::Conflict { size: 17 }));
    assert_eq!(read(409, Some(SIZE_TYPE), "many\n"), Err(ReplyError::Size));
    let refused = Reply::Refused { status: 404, why: "unknown\\u{7}".to_owned() };
    assert_eq!(read(404, None, "unknown\u{7}\n"), Ok(refused));
}

#[test]
fn a_witness_remembers_what_it_wrote_down() {
    let mut logs = SeenLogs::default();
    logs.put(seen(5));
    logs.put(Seen { origin: "example.com/b".to_owned(), ..seen(7) });
    logs.put(seen(11));
    let text = logs.to_string();
    assert_eq!(SeenLogs::parse(&text), Ok(logs.clone()));
    assert_eq!(logs.get(ORIGIN), Some(&seen(11)));
    assert_eq!(logs.iter().count(), 2);
    assert!(SeenLogs::parse(&text[..text.len() - 1]).is_err());
    assert!(SeenLogs::parse(&format!("{text}{text}")).is_err());
    assert!(SeenLogs::parse("\n\n").is_err());
    assert_eq!(SeenLogs::parse(""), Ok(SeenLogs::default()));
}
