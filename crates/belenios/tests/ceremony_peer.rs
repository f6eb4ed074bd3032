//! Key ceremonies that members of this and of another program hold together, the elections that they lead to, and private
//! keys that the other program made.

#[path = "support/ceremony.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod ceremony;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use adil_belenios::trustee::{
    Certificates, Contributions, DecryptionKey, Entry, Inbox, Member, PublicKey, Terms, assemble, trustees_record,
};
use adil_belenios::{Limits, Options, Outcome, verify};
use adil_crypto::proof::text_of;
use adil_crypto::{Ed25519, FiniteField, SecretGroup};
use ceremony::Ceremony;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::Value;

struct Tool {
    program: PathBuf,
    folder: PathBuf,
}

impl Tool {
    fn new(program: &Path, test: &str) -> Self {
        let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test);
        Self { program: program.to_owned(), folder }
    }

    fn try_ask(&self, arguments: &str, input: &str) -> Result<String, String> {
        let mut command = Command::new(&self.program);
        command.args(arguments.split(' ')).current_dir(&self.folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        // It may end without reading its input; its status says how it went.
        let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("the program ends");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    fn ask(&self, arguments: &str, input: &str) -> String {
        self.try_ask(arguments, input).unwrap_or_else(|error| panic!("{arguments}: {error}"))
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).expect("the folder can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The text of the only file with an ending.
    fn only(&self, ending: &str) -> String {
        let names = fs::read_dir(&self.folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        let named: Vec<PathBuf> = names.filter(|path| path.extension().is_some_and(|found| found == ending)).collect();
        assert_eq!(named.len(), 1, ".{ending}: {named:?}");
        fs::read_to_string(&named[0]).expect("a text")
    }
}

fn lines(texts: &[String]) -> String {
    texts.iter().map(|text| format!("{}\n", text.trim())).collect()
}

/// A group of members of which some use the other program in every step, each with its seed and finished file.
struct Mixed {
    seeds: Vec<String>,
    finished: Vec<String>,
    group_text: String,
}

/// Holds a ceremony. `theirs` are the members who use the other program; whoever routes the messages uses it too if
/// `routed` is set, else this one.
fn mixed<G: SecretGroup>(
    group: &G,
    tool: &Tool,
    threshold: usize,
    theirs: &[bool],
    routed: bool,
    random: &mut ChaCha20Rng,
) -> Mixed {
    let members = theirs.len();
    let command = format!("setup generate-trustee-key-threshold --group {}", group.label());
    let terms = Terms::new(threshold, members).expect("possible terms");
    let context = |number: usize| format!("--threshold-context {number}/{threshold}/{members}");
    let (mut own, mut certificates): (Vec<Member<G>>, Vec<String>) = (Vec::new(), Vec::new());
    for (&their, number) in theirs.iter().zip(1..) {
        if their {
            let name = tool.ask(&format!("{command} --step 1 {}", context(number)), "");
            certificates.push(tool.read(&format!("{}.cert", name.trim())));
            own.push(Member::read(group, &tool.read(&format!("{}.key", name.trim()))).expect("their seed"));
        } else {
            let member = Member::draw(group, random);
            certificates.push(member.certificate(group, terms, number, random).expect("a member's number"));
            own.push(member);
        }
    }
    tool.write("certs.jsons", &lines(&certificates));
    tool.ask(&format!("{command} --step 2 --certs certs.jsons"), "");
    let certificates = Certificates::read(group, terms, &certificates).expect("sound certificates");
    assert_eq!(certificates.lines(), tool.read("certs.jsons"));
    let names = certificates.identifiers();
    for (member, name) in own.iter().zip(&names) {
        let file = format!("{name}.key");
        match tool.folder.join(&file).exists() {
            true => assert_eq!(tool.read(&file).trim(), member.seed()),
            false => tool.write(&file, &format!("{}\n", member.seed())),
        }
    }
    let contribution = |index: usize, random: &mut ChaCha20Rng| {
        let asked = format!("{command} --step 3 --certs certs.jsons --key {}.key {}", names[index], context(index + 1));
        if theirs[index] {
            tool.ask(&asked, "")
        } else {
            own[index].contribute(group, &certificates, random).expect("a member")
        }
    };
    let contributions: Vec<String> = (0..members).map(|index| contribution(index, random)).collect();
    tool.write("polynomials.jsons", &lines(&contributions));
    let read = Contributions::read(group, &certificates, &contributions).expect("sound contributions");
    // Both programs make the same inboxes.
    tool.ask(&format!("{command} --step 4 --certs certs.jsons --polynomials polynomials.jsons"), "");
    let made = |index: usize| read.inbox(index + 1).expect("a member's number").text();
    let inboxes: Vec<String> =
        names.iter().map(|name| tool.read(&format!("{name}.vinput")).trim().to_owned()).collect();
    assert_eq!(inboxes, (0..members).map(made).collect::<Vec<_>>());
    let finish = |index: usize, random: &mut ChaCha20Rng| {
        let inbox = if routed { inboxes[index].clone() } else { made(index) };
        if theirs[index] {
            tool.ask(&format!("{command} --step 5 --certs certs.jsons --key {}.key", names[index]), &inbox)
        } else {
            let inbox = Inbox::read(group, &certificates, &inbox).expect("a sound inbox");
            own[index].finish(group, &certificates, &inbox, None, random).expect("honest shares").file
        }
    };
    let finished: Vec<String> = (0..members).map(|index| finish(index, random).trim().to_owned()).collect();
    let group_text = assemble(group, &certificates, &read, &finished).expect("an honest ceremony");
    let theirs =
        tool.ask(&format!("{command} --step 6 --certs certs.jsons --polynomials polynomials.jsons"), &lines(&finished));
    assert_eq!(theirs.trim(), group_text);
    Mixed { seeds: own.iter().map(|member| member.seed().to_owned()).collect(), finished, group_text }
}

#[test]
fn members_with_both_programs_hold_a_ceremony_together() {
    let Some(peer) = adil_outside::peer("members_with_both_programs_hold_a_ceremony_together") else { return };
    let random = &mut ChaCha20Rng::seed_from_u64(21);
    // The other program's step 1 takes no threshold of all members; its other steps do.
    let cases: [(usize, &[bool], bool); 6] = [
        (2, &[true, false, true], true),
        (2, &[false, true, false], false),
        (3, &[false, true, false, true, true], true),
        (3, &[false, false, false], true),
        (1, &[true, true], false),
        (1, &[false], true),
    ];
    for (case, (threshold, theirs, routed)) in cases.into_iter().enumerate() {
        let tool = Tool::new(&peer.current, &format!("mixed_{case}"));
        mixed(&Ed25519::new(), &tool, threshold, theirs, routed, random);
    }
    let tool = Tool::new(&peer.current, "mixed_belenios");
    mixed(&FiniteField::belenios_2048(), &tool, 2, &[true, false, false], true, random);
    let tool = Tool::new(&peer.current, "mixed_rfc");
    mixed(&FiniteField::rfc_3526_2048(), &tool, 1, &[false, true], false, random);
}

/// A whole election of the other program on trustees of this one and of a mixed ceremony: their keys decrypt it.
fn election<G: SecretGroup>(group: &G, tool: &Tool) {
    let random = &mut ChaCha20Rng::seed_from_u64(22);
    let label = group.label();
    let held = mixed(group, tool, 2, &[false, true, false], true, random);
    let single = DecryptionKey::draw(group, random);
    let single_text = single.public_record(group, Some("Trustee 1"), random);
    tool.write("public_keys.jsons", &format!("{single_text}\n"));
    tool.write("threshold.json", &held.group_text);
    tool.ask("setup make-trustees", "");
    // The same two entries in the other program's order.
    let trustees = tool.read("trustees.json").trim().to_owned();
    let singles_first = trustees.starts_with(r#"[["Single""#);
    let mut entries = [Entry::Single(&single_text), Entry::Group(&held.group_text)];
    if !singles_first {
        entries.reverse();
    }
    let record = trustees_record(group, &entries).expect("sound");
    assert_eq!(record.text, trustees);

    let uuid = "abcdefghijkmno";
    tool.ask(&format!("setup generate-credentials --uuid {uuid} --group {label} --count 2"), "");
    let public: Vec<String> = serde_json::from_str(&tool.only("pubcreds")).expect("a list");
    let keys: Vec<&str> = public.iter().filter_map(|line| line.split(',').next()).collect();
    tool.write("public_creds.json", &serde_json::to_string(&keys).expect("a list"));
    let question = r#"{"answers":["Yes","No"],"min":0,"max":1,"question":"Q"}"#;
    tool.write("template.json", &format!(r#"{{"description":"D","name":"N","questions":[{question}]}}"#));
    tool.ask(&format!("setup make-election --uuid {uuid} --group {label} --template template.json"), "");
    let made: Value = serde_json::from_str(&tool.read("election.json")).expect("JSON");
    assert_eq!(made["public_key"], text_of(group, &record.public_key));
    tool.ask("archive init", "");
    let private: serde_json::Map<String, Value> = serde_json::from_str(&tool.only("privcreds")).expect("an object");
    for credential in private.values().filter_map(Value::as_str) {
        tool.write("credential.tmp", credential);
        tool.write("vote.tmp", "[[1,0]]");
        let ballot = tool.ask("election generate-ballot --privcred credential.tmp --choice vote.tmp", "");
        tool.ask("archive add-event --type=Ballot", &ballot);
    }
    tool.ask("archive add-event --type=EndBallots", "");
    let tally = tool.ask("election compute-encrypted-tally", "");
    tool.ask("archive add-event --type=EncryptedTally", &tally);
    // The single trustee, one member of this program and the one of the other decrypt.
    let number = |of_group: usize| if singles_first { of_group + 1 } else { of_group };
    tool.write("single.tmp", &single.private_text(group));
    let own = if singles_first { 1 } else { 4 };
    let decryption = tool.ask(&format!("election decrypt --privkey single.tmp --trustee-id {own}"), "");
    tool.ask("archive add-event --type=PartialDecryption", &decryption);
    for member in [2, 3] {
        let finished: Value = serde_json::from_str(&held.finished[member - 1]).expect("JSON");
        tool.write("seed.tmp", &held.seeds[member - 1]);
        tool.write("key.tmp", finished["private_key"].as_str().expect("a text"));
        let command = "election decrypt-threshold --key seed.tmp --decryption-key key.tmp --trustee-id";
        let decryption = tool.ask(&format!("{command} {}", number(member)), "");
        tool.ask("archive add-event --type=PartialDecryption", &decryption);
    }
    let result = tool.ask("election compute-result", "");
    tool.ask("archive add-event --type=Result", &result);
    tool.ask("election verify", "");
    let bytes = fs::read(tool.folder.join(format!("{uuid}.bel"))).expect("the archive");
    let options = Options { limits: Limits::default(), engine: None, trackers: &[], progress: &|_, _| {} };
    let board = verify(&bytes, &options).expect("an archive");
    assert!(board.faults.is_empty(), "{:?}", board.faults);
    assert!(board.result_compared);
    assert_eq!(board.outcomes.as_deref(), Some(&[Outcome::Numbers(vec![2, 0])][..]));
}

#[test]
fn an_election_is_decrypted_with_keys_of_both_programs() {
    let Some(peer) = adil_outside::peer("an_election_is_decrypted_with_keys_of_both_programs") else { return };
    election(&Ed25519::new(), &Tool::new(&peer.current, "decrypted_ed25519"));
    election(&FiniteField::belenios_2048(), &Tool::new(&peer.current, "decrypted_belenios"));
}

#[test]
fn what_this_program_refuses_the_other_refuses_too() {
    let Some(peer) = adil_outside::peer("what_this_program_refuses_the_other_refuses_too") else { return };
    let group = Ed25519::new();
    let tool = Tool::new(&peer.current, "refused");
    let random = &mut ChaCha20Rng::seed_from_u64(23);
    let [held, other] = [(); 2].map(|()| Ceremony::hold(&group, 2, 3, random));
    let command = "setup generate-trustee-key-threshold --group Ed25519 --certs certs.jsons";
    // A certificate for another place.
    let mut certificates = held.certificate_texts.clone();
    certificates.swap(0, 1);
    assert!(Certificates::read(&group, held.terms, &certificates).is_err());
    tool.write("certs.jsons", &lines(&certificates));
    assert!(tool.try_ask(&format!("{command} --step 2"), "").is_err());
    // A contribution of another ceremony.
    tool.write("certs.jsons", &lines(&held.certificate_texts));
    tool.ask(&format!("{command} --step 2"), "");
    let mut contributions = held.contribution_texts.clone();
    tool.write("polynomials.jsons", &lines(&contributions));
    tool.ask(&format!("{command} --step 4 --polynomials polynomials.jsons"), "");
    contributions[2].clone_from(&other.contribution_texts[2]);
    assert!(Contributions::read(&group, &held.certificates, &contributions).is_err());
    tool.write("polynomials.jsons", &lines(&contributions));
    assert!(tool.try_ask(&format!("{command} --step 4 --polynomials polynomials.jsons"), "").is_err());
    // A verification key of another ceremony.
    tool.write("polynomials.jsons", &lines(&held.contribution_texts));
    let mut finished: Vec<String> = held.finished.iter().map(|finished| finished.file.clone()).collect();
    tool.ask(&format!("{command} --step 6 --polynomials polynomials.jsons"), &lines(&finished));
    finished[1].clone_from(&other.finished[1].file);
    assert!(assemble(&group, &held.certificates, &held.contributions, &finished).is_err());
    assert!(tool.try_ask(&format!("{command} --step 6 --polynomials polynomials.jsons"), &lines(&finished)).is_err());
}

/// Reads every private key of single trustees in a folder; how many there are.
fn single_keys<G: SecretGroup>(group: &G, keys: &Path) -> usize {
    let mut found = 0;
    for entry in fs::read_dir(keys).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "privkey") {
            let name = path.display();
            let private = fs::read_to_string(&path).expect("a text");
            let public = fs::read_to_string(path.with_extension("pubkey")).expect("a text");
            let private = DecryptionKey::read(group, &private).unwrap_or_else(|error| panic!("{name}: {error}"));
            let public = PublicKey::read(group, &public).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(*private.public() == public.element, "{name}");
            found += 1;
        }
    }
    found
}

#[test]
fn private_keys_of_the_other_program_belong_to_their_public_keys() {
    let Some(data) = adil_outside::data("private_keys_of_the_other_program_belong_to_their_public_keys") else {
        return;
    };
    let folder = data.join("belenios");
    let (mut single, mut of_members) = (0, 0);
    for entry in fs::read_dir(&folder).expect("a folder") {
        let fixture = entry.expect("an entry").path();
        let (keys, info) = (fixture.join("private-test-keys"), fixture.join("info.json"));
        if !keys.is_dir() {
            continue;
        }
        let info: Value = serde_json::from_str(&fs::read_to_string(info).expect("a text")).expect("JSON");
        single += match info["group"].as_str().expect("a name") {
            "Ed25519" => single_keys(&Ed25519::new(), &keys),
            "BELENIOS-2048" => single_keys(&FiniteField::belenios_2048(), &keys),
            _ => single_keys(&FiniteField::rfc_3526_2048(), &keys),
        };
        // Before release 3.1 another cipher was used; of the fixtures one ceremony is newer.
        if info["tool"] == "3.3" && keys.join("threshold.json").is_file() {
            let group = Ed25519::new();
            let text = fs::read_to_string(keys.join("threshold.json")).expect("a text");
            let record = trustees_record(&group, &[Entry::Group(text.trim())]).expect("sound");
            assert_eq!(record.text, format!(r#"[["Pedersen",{}]]"#, text.trim()));
            let whole: Value = serde_json::from_str(&text).expect("JSON");
            let listed: Vec<&str> = whole["verification_keys"]
                .as_array()
                .expect("a list")
                .iter()
                .filter_map(|key| key["public_key"].as_str())
                .collect();
            let mut places = Vec::new();
            for entry in fs::read_dir(&keys).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.extension().is_some_and(|ending| ending == "dkey") {
                    let seed = fs::read_to_string(path.with_extension("key")).expect("a text");
                    let member = Member::read(&group, &seed).expect("a seed");
                    let key = member.decryption_key(&group, &fs::read_to_string(&path).expect("a text"));
                    let key = text_of(&group, key.expect("its own key").public());
                    places.push(listed.iter().position(|listed| *listed == key).expect("a verification key"));
                    of_members += 1;
                }
            }
            places.sort_unstable();
            assert_eq!(places, [0, 1, 2]);
            // The ceremony can be followed from its messages.
            let read = |name: &str| fs::read_to_string(keys.join(name)).expect("a text");
            let terms = Terms::new(2, 3).expect("possible terms");
            let certs = read("certs.jsons");
            let certs: Vec<&str> = certs.lines().collect();
            let certificates = Certificates::read(&group, terms, &certs).expect("sound");
            let polynomials = read("polynomials.jsons");
            let polynomials: Vec<&str> = polynomials.lines().collect();
            let contributions = Contributions::read(&group, &certificates, &polynomials).expect("sound");
            let public: Vec<String> =
                whole["verification_keys"].as_array().expect("a list").iter().map(Value::to_string).collect();
            assert_eq!(assemble(&group, &certificates, &contributions, &public).as_deref(), Ok(text.trim()));
        }
    }
    assert!(single >= 25, "{single}");
    assert_eq!(of_members, 3);
}
