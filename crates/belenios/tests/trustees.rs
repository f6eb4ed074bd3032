//! Keys of trustees and key ceremonies by the public API, over every group: what is made is accepted by the verifier and
//! decrypts, and every changed message is found, with the member whose it is.

#[path = "support/archive.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod archive;
#[path = "support/ceremony.rs"]
mod ceremony;

use adil_belenios::trustee::{
    Breach, CeremonyFault, Certificates, Contributions, DecryptionKey, Entry, Inbox, KeyFault, Member, PublicKey,
    RecordFault, Terms, assemble, trustees_record,
};
use adil_belenios::{Limits, Options, Part, Rule, verify};
use adil_crypto::proof::text_of;
use adil_crypto::{Ed25519, FiniteField, Group, SecretGroup};
use ceremony::Ceremony;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::Value;

fn random(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// `prod_j base^(S_j lambda_j)` over some members' decryption keys, with `lambda_j = prod_k k / (k - j)`.
fn together<G: SecretGroup>(group: &G, base: &G::Element, numbers: &[u64], keys: &[DecryptionKey<G>]) -> G::Element {
    let power = |(&j, key): (&u64, &DecryptionKey<G>)| {
        let lambda = numbers.iter().filter(|&&k| k != j).fold(group.small(1), |product, &k| {
            let difference = group.add(&group.small(k), &group.negate(&group.small(j)));
            group.times(&product, &group.times(&group.small(k), &group.reciprocal(&difference)))
        });
        group.power(&group.secret_power(base, key.secret()), &lambda)
    };
    group.product(&numbers.iter().zip(keys).map(power).collect::<Vec<_>>())
}

/// Whether a board that is set up with a record of trustees breaks no rule about them.
fn verified<G: Group>(group: &G, trustees: &str, key: &G::Element) -> bool {
    let (label, key) = (group.label(), text_of(group, key));
    let question = r#"{"answers":["Yes","No"],"min":0,"max":1,"question":"Q"}"#;
    let election = format!(
        r#"{{"version":1,"description":"D","name":"N","group":"{label}","public_key":"{key}","questions":[{question}],"uuid":"abcdefghijkmno"}}"#
    );
    let mut board = archive::Writer::new();
    board.setup(&election, trustees, format!("[\"{key}\"]"));
    let options = Options { limits: Limits::default(), engine: None, trackers: &[], progress: &|_, _| {} };
    let board = verify(&board.bytes, &options).expect("an archive");
    assert_eq!(board.faults.count(Part::Setup), 0);
    board.trustees > 0 && board.faults.count(Part::Trustees) == 0
}

fn ceremonies<G: SecretGroup>(group: &G, terms: &[(usize, usize)]) {
    let random = &mut random(11);
    for &(threshold, members) in terms {
        let held = Ceremony::hold(group, threshold, members, random);
        let record = trustees_record(group, &[Entry::Group(&held.group_text(group))]).expect("sound");
        assert!(verified(group, &record.text, &record.public_key), "{threshold} of {members}");
        assert_eq!(record.trustees, members);
        let keys: Vec<DecryptionKey<G>> = held
            .members
            .iter()
            .zip(&held.finished)
            .map(|(member, finished)| member.decryption_key(group, &finished.file).expect("its own file"))
            .collect();
        // Any threshold of them decrypts what is encrypted to the group, and one fewer does not: the first and the last.
        let alpha = group.power(&group.generator(), &group.small(77));
        let mask = group.power(&record.public_key, &group.small(77));
        let numbers: Vec<u64> = (1..=members as u64).collect();
        assert!(together(group, &alpha, &numbers[..threshold], &keys[..threshold]) == mask);
        let from = members - threshold;
        assert!(together(group, &alpha, &numbers[from..], &keys[from..]) == mask);
        let too_few = together(group, &alpha, &numbers[..threshold - 1], &keys[..threshold - 1]);
        assert!(too_few != mask);
    }
}

#[test]
fn a_group_decrypts_with_any_threshold_of_its_members_and_not_with_fewer() {
    ceremonies(&Ed25519::new(), &[(1, 1), (1, 2), (2, 3), (3, 5), (4, 4)]);
    ceremonies(&FiniteField::belenios_2048(), &[(2, 3), (2, 2)]);
    ceremonies(&FiniteField::rfc_3526_2048(), &[(1, 1)]);
}

fn single_keys<G: SecretGroup>(group: &G) {
    let random = &mut random(12);
    let key = DecryptionKey::draw(group, random);
    let private = key.private_text(group);
    let read = DecryptionKey::read(group, &format!("{}\n", *private)).expect("what was written");
    assert!(read.public() == key.public());
    let record = key.public_record(group, Some("Trustee \"1\""), random);
    let public = PublicKey::read(group, &record).expect("what was written");
    assert!(public.element == *key.public());
    assert_eq!(public.name.as_deref(), Some("Trustee \"1\""));
    let other = DecryptionKey::draw(group, random).public_record(group, None, random);
    for bad in ["\"0\"", "0", "\"\"", "\"-1\"", "\"01\"", "\"1", &format!("\"{}\"", "9".repeat(700))] {
        assert!(DecryptionKey::read(group, bad).is_err(), "{bad}");
    }
    let mut swapped: Value = serde_json::from_str(&record).expect("JSON");
    swapped["public_key"] = serde_json::from_str::<Value>(&other).expect("JSON")["public_key"].clone();
    let rule = |record: &str| PublicKey::read(group, record).err();
    assert_eq!(rule(&swapped.to_string()), Some(KeyFault::Rule(Rule::TrusteeProof)));
    swapped["public_key"] = "1234x".into();
    assert_eq!(rule(&swapped.to_string()), Some(KeyFault::Rule(Rule::TrusteeKey)));
    assert_eq!(rule("{}"), Some(KeyFault::Rule(Rule::TrusteesForm)));

    let both = trustees_record(group, &[Entry::Single(&record), Entry::Single(&other)]).expect("sound");
    assert!(verified(group, &both.text, &both.public_key));
    let twice = trustees_record(group, &[Entry::Single(&record), Entry::Single(&record)]);
    assert_eq!(twice.err(), Some(RecordFault::SameKey(1, 2)));
    let none = trustees_record(group, &[]);
    assert_eq!(none.err(), Some(RecordFault::Rule { trustee: 0, rule: Rule::TrusteesForm }));
}

#[test]
fn single_keys_are_kept_published_and_checked() {
    single_keys(&Ed25519::new());
    single_keys(&FiniteField::belenios_2048());
    single_keys(&FiniteField::rfc_3526_2048());
}

#[test]
fn single_trustees_and_groups_hold_an_election_together() {
    let group = Ed25519::new();
    let random = &mut random(13);
    let held = Ceremony::hold(&group, 2, 3, random);
    let single = DecryptionKey::draw(&group, random);
    let (single_text, group_text) = (single.public_record(&group, None, random), held.group_text(&group));
    let entries = [Entry::Single(&single_text), Entry::Group(&group_text)];
    let record = trustees_record(&group, &entries).expect("sound");
    assert_eq!(record.trustees, 4);
    assert!(verified(&group, &record.text, &record.public_key));
    assert!(!verified(&group, &record.text, single.public()));
    let of_group = trustees_record(&group, &entries[1..]).expect("sound");
    assert!(group.multiply(single.public(), &of_group.public_key) == record.public_key);
    // The same group twice: its first member is trustee 1 and trustee 4.
    let twice = trustees_record(&group, &[entries[1], entries[1]]);
    assert_eq!(twice.err(), Some(RecordFault::SameKey(1, 4)));
    // The wrong kind of entry, by its number.
    let wrong = trustees_record(&group, &[entries[0], Entry::Group(&single_text)]);
    assert!(matches!(wrong.err(), Some(RecordFault::Form { entry: 2, .. })));
}

/// Every text with one leaf of its JSON changed, and the path of that leaf.
fn changed(text: &str) -> Vec<(String, String)> {
    fn leaves(value: &Value, path: String, all: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, own)| leaves(own, format!("{path}/{name}"), all)),
            Value::Array(list) => list.iter().enumerate().for_each(|(k, own)| leaves(own, format!("{path}/{k}"), all)),
            _ => all.push(path),
        }
    }
    let whole: Value = serde_json::from_str(text).expect("JSON");
    let mut all = Vec::new();
    leaves(&whole, String::new(), &mut all);
    let mut texts = Vec::new();
    for path in all {
        let mut own = whole.clone();
        let leaf = own.pointer_mut(&path).expect("the leaf");
        // Another last digit, so that numbers and elements keep their form where they can.
        let old = leaf.as_str().expect("all leaves are texts").to_owned();
        let at = old.rfind(|character: char| character.is_ascii_digit()).expect("a digit");
        let digit = if &old[at..=at] == "7" { "6" } else { "7" };
        *leaf = format!("{}{digit}{}", &old[..at], &old[at + 1..]).into();
        texts.push((path, own.to_string()));
    }
    texts
}

fn member_of(fault: &CeremonyFault) -> Option<u64> {
    fault.member
}

#[test]
fn every_changed_message_is_found_and_its_member_named() {
    let group = Ed25519::new();
    let random = &mut random(14);
    let held = Ceremony::hold(&group, 2, 3, random);
    let mut changes = 0;
    for index in 0..3 {
        let own = Some(index as u64 + 1);
        let with = |texts: &[String], text: String| {
            let mut all = texts.to_vec();
            all[index] = text;
            all
        };
        for (path, text) in changed(&held.certificate_texts[index]) {
            let read = Certificates::read(&group, held.terms, &with(&held.certificate_texts, text));
            assert_eq!(read.err().as_ref().and_then(member_of), own, "certificate {path}");
            changes += 1;
        }
        for (path, text) in changed(&held.contribution_texts[index]) {
            let texts = with(&held.contribution_texts, text);
            let fault = match Contributions::read(&group, &held.certificates, &texts) {
                Err(fault) => Some(fault),
                // What is encrypted is found by its recipient.
                Ok(read) => held.members.iter().zip(1..).find_map(|(member, number)| {
                    let inbox = read.inbox(number).expect("a member's number");
                    member.finish(&group, &held.certificates, &inbox, None, random).err()
                }),
            };
            assert_eq!(fault.as_ref().and_then(member_of), own, "contribution {path}");
            changes += 1;
        }
        for (path, text) in changed(&held.finished[index].public_key) {
            let texts = with(&held.public_keys(), text);
            let made = assemble(&group, &held.certificates, &held.contributions, &texts);
            if path == "/name" {
                assert!(made.is_ok(), "nothing covers a name");
            } else {
                assert_eq!(made.err().as_ref().and_then(member_of), own, "finished {path}");
            }
            changes += 1;
        }
        for (path, text) in changed(&held.finished[index].file) {
            if !path.ends_with("/name") && !path.contains("/pok/") && !path.contains("/signature/") {
                assert!(held.members[index].decryption_key(&group, &text).is_err(), "file {path}");
            }
        }
    }
    // A certificate has 3 leaves, a contribution 1 + 3 + 3 + 2, a verification key 2 + 1 + 2 + 1.
    assert_eq!(changes, 3 * (3 + 9 + 6));
}

#[test]
fn messages_of_other_ceremonies_places_and_members_are_refused() {
    let group = Ed25519::new();
    let random = &mut random(15);
    let held = Ceremony::hold(&group, 2, 3, random);
    let other = Ceremony::hold(&group, 2, 3, random);
    let fault = |member, breach| Some(CeremonyFault { member, breach });
    let certificates = |texts: &[String]| Certificates::read(&group, held.terms, texts).err();
    let with = |texts: &[String], index: usize, text: &str| {
        let mut all = texts.to_vec();
        all[index] = text.to_owned();
        all
    };
    // Certificates in another order, for other terms, twice of one member, too few.
    let [first, second, third] = [0, 1, 2].map(|index| held.certificate_texts[index].clone());
    let swapped = certificates(&[second.clone(), first.clone(), third.clone()]);
    let context = "member 2 of 3, threshold 2, group Ed25519".to_owned();
    assert_eq!(swapped, fault(Some(1), Breach::Context(context)));
    let terms = Terms::new(3, 3).expect("possible terms");
    let for_three = held.members[1].certificate(&group, terms, 2, random).expect("a member's number");
    let context = "member 2 of 3, threshold 3, group Ed25519".to_owned();
    let texts = with(&held.certificate_texts, 1, &for_three);
    assert_eq!(certificates(&texts), fault(Some(2), Breach::Context(context)));
    let again = held.members[0].certificate(&group, held.terms, 3, random).expect("a member's number");
    assert_eq!(certificates(&[first.clone(), second.clone(), again]), fault(Some(3), Breach::SameKey(1)));
    assert_eq!(certificates(&[first, second]), fault(None, Breach::Count { members: 3, found: 2 }));
    assert!(held.members[0].certificate(&group, held.terms, 4, random).is_err());

    // Contributions in another order, and one made with other certificates: member 3 saw another member 1.
    let contributions = |texts: &[String]| Contributions::read(&group, &held.certificates, texts).err();
    let mut swapped = held.contribution_texts.clone();
    swapped.swap(0, 1);
    assert_eq!(contributions(&swapped), fault(Some(1), Breach::SignedBy(2)));
    let texts = with(&held.certificate_texts, 0, &other.certificate_texts[0]);
    let seen = Certificates::read(&group, held.terms, &texts).expect("sound in itself");
    assert_ne!(seen.fingerprint(), held.certificates.fingerprint());
    let made = held.members[2].contribute(&group, &seen, random).expect("a member");
    let texts = with(&held.contribution_texts, 2, &made);
    assert_eq!(contributions(&texts), fault(Some(3), Breach::OtherCertificates));
    let texts = with(&held.contribution_texts, 2, &other.contribution_texts[2]);
    assert_eq!(contributions(&texts), fault(Some(3), Breach::Rule(Rule::CoefficientsSignature)));
    let stranger = other.members[0].contribute(&group, &held.certificates, random);
    assert_eq!(stranger.err(), fault(None, Breach::NotAMember));

    // A member who contributes a second time after one has finished: the keys do not fit together.
    let made = held.members[2].contribute(&group, &held.certificates, random).expect("a member");
    let texts = with(&held.contribution_texts, 2, &made);
    let second = Contributions::read(&group, &held.certificates, &texts).expect("sound in itself");
    assert_ne!(second.fingerprint(), held.contributions.fingerprint());
    let keys = held.public_keys();
    let assembled = assemble(&group, &held.certificates, &second, &keys).err();
    assert_eq!(assembled, fault(Some(1), Breach::Rule(Rule::VerificationKey)));
    let mut unsigned: Value = serde_json::from_str(&keys[1]).expect("JSON");
    unsigned.as_object_mut().expect("an object").remove("signature");
    let texts = with(&keys, 1, &unsigned.to_string());
    let assembled = assemble(&group, &held.certificates, &held.contributions, &texts).err();
    assert_eq!(assembled, fault(Some(2), Breach::Rule(Rule::VerificationKeySignature)));

    // Another member's inbox, and another member's file.
    let inbox = held.contributions.inbox(2).expect("a member's number");
    let finished = held.members[0].finish(&group, &held.certificates, &inbox, None, random).err();
    assert_eq!(finished, fault(Some(1), Breach::Sealed));
    let opened = held.members[0].decryption_key(&group, &held.finished[1].file).err();
    assert_eq!(opened, Some(KeyFault::Sealed));
    // A file of two members' parts.
    let mut mixed: Value = serde_json::from_str(&held.finished[0].file).expect("JSON");
    mixed["public_key"] = serde_json::from_str(&keys[1]).expect("JSON");
    assert_eq!(held.members[0].decryption_key(&group, &mixed.to_string()).err(), Some(KeyFault::Pair));
}

#[test]
fn what_is_kept_is_enough_to_go_on() {
    let group = Ed25519::new();
    let random = &mut random(16);
    let held = Ceremony::hold(&group, 2, 2, random);
    let member = Member::read(&group, &format!("{}\r\n", held.members[0].seed())).expect("what was kept");
    assert!(member.verification_key() == held.members[0].verification_key());
    assert_eq!(held.certificates.number(&member), Some(1));
    let lines = held.certificates.lines();
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines, held.certificate_texts);
    let certificates = Certificates::read(&group, held.terms, &lines).expect("what was kept");
    let inbox = held.contributions.inbox(1).expect("a member's number");
    let read = Inbox::read(&group, &certificates, &inbox.text()).expect("what was kept");
    assert_eq!(read.text(), inbox.text());
    assert_eq!(read.fingerprint(), held.contributions.fingerprint());
    let finished = member.finish(&group, &certificates, &read, None, random).expect("honest shares");
    let whole = member.decryption_key(&group, &finished.file).expect("its own file");
    let part = member.decryption_key(&group, &held.finished[0].private_key).expect("its own key");
    assert!(whole.public() == part.public());
    for bad in ["", "123", "0123456789012345678901", &"1".repeat(23)] {
        assert!(Member::read(&group, bad).is_err(), "{bad}");
    }
    for (threshold, members) in [(0, 1), (2, 1), (0, 0), (1, 1001)] {
        let refused = Terms::new(threshold, members).err();
        assert_eq!(refused, Some(CeremonyFault { member: None, breach: Breach::Rule(Rule::ThresholdShape) }));
    }
}
