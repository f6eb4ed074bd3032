//! Secrets stay where they belong: in files that only their owner can read, and in no other file and no output.
#![cfg(unix)]

mod roles;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use adil_election::Plan;
use adil_election::sealed;
use adil_election::trusteeship::trusteeship;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use roles::{Call, GROUP, PASSPHRASE, RANKED, SINGLE, WEIGHTED, begin, codes, files, hand_out, mode, private, scratch};

/// An election whose outputs are all kept.
struct Watched {
    folder: PathBuf,
    outputs: Vec<(String, String)>,
}

impl Watched {
    fn new(test: &str, plan: &str, voters: &str) -> Self {
        let folder = scratch(test);
        begin(&folder, plan, voters);
        Self { folder, outputs: Vec::new() }
    }

    /// A command with something to read, and with traces of the stack if it should panic.
    fn call(&mut self, line: &str, input: &str) -> Call {
        use std::io::Write as _;
        let mut command = roles::program(&self.folder, line);
        let mut child = command.env("RUST_BACKTRACE", "1").stdin(Stdio::piped()).spawn().expect("the program starts");
        let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
        let call = Call::from(child.wait_with_output().expect("the program ends"));
        self.outputs.push((line.to_owned(), format!("{}{}", call.out, call.err)));
        call
    }

    fn done(&mut self, line: &str) -> Call {
        let call = self.call(line, "");
        assert_eq!(call.status, Some(0), "adil {line}: {}{}", call.out, call.err);
        call
    }

    fn refused(&mut self, line: &str, input: &str, words: &str) {
        let call = self.call(line, input);
        roles::is_refusal(&call, line);
        assert!(call.err.contains(words), "adil {line}: {words:?} is not in: {}", call.err);
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

/// A secret in all the forms in which it might slip out, and the files that hold it.
struct Secret {
    what: String,
    forms: Vec<String>,
    at: Vec<String>,
    /// Whether one of the forms is that of its files.
    is_stored: bool,
}

impl Secret {
    fn new(what: impl Into<String>, forms: Vec<String>, at: &[&str]) -> Self {
        assert!(forms.iter().all(|form| form.len() >= 16), "{forms:?}: too short to be looked for");
        let at: Vec<String> = at.iter().map(|at| (*at).to_owned()).collect();
        Self { what: what.into(), forms, is_stored: !at.is_empty(), at }
    }

    /// A voting code, with and without dashes.
    fn code(what: &str, code: &str, at: &[&str]) -> Self {
        let bare = code.replace('-', "");
        let bytes = [STANDARD_NO_PAD.encode(code), STANDARD_NO_PAD.encode(&bare), hex(code.as_bytes())];
        Self::new(what, [vec![code.to_owned(), bare.clone(), hex(bare.as_bytes())], bytes.to_vec()].concat(), at)
    }

    /// Bytes, in hex and base64.
    fn bytes(what: String, bytes: &[u8], at: &[&str]) -> Self {
        let reversed: Vec<u8> = bytes.iter().rev().copied().collect();
        let forms = [bytes, &reversed].map(|bytes| {
            let (standard, url) = (STANDARD_NO_PAD.encode(bytes), URL_SAFE_NO_PAD.encode(bytes));
            vec![hex(bytes), hex(bytes).to_uppercase(), standard, url]
        });
        // In their files the bytes stand behind another one, so that none of these forms is there.
        Self { is_stored: false, ..Self::new(what, forms.concat(), at) }
    }

    /// A decimal number, and its bytes.
    fn decimal(what: &str, number: &str) -> Self {
        let mut own = Self::bytes(what.to_owned(), &of_decimal(number), &[]);
        own.forms.push(number.to_owned());
        own
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of a decimal number, the highest first.
fn of_decimal(number: &str) -> Vec<u8> {
    let mut bytes: Vec<u8> = Vec::new();
    for digit in number.bytes() {
        let mut carry = u32::from(digit - b'0');
        for byte in &mut bytes {
            carry += u32::from(*byte) * 10;
            *byte = (carry & 0xff) as u8;
            carry >>= 8;
        }
        if carry > 0 {
            bytes.push(carry as u8);
        }
    }
    bytes.reverse();
    bytes
}

#[test]
fn decimal_numbers_have_their_bytes() {
    assert_eq!(of_decimal("65536"), [1, 0, 0]);
    assert_eq!(of_decimal("255"), [255]);
}

/// All secrets of an election.
fn secrets(of: &Watched) -> Vec<Secret> {
    let mut all = Vec::new();
    let letters = "AUTH/private/letters-";
    for (id, code) in codes(&of.folder.join("AUTH/private/codes.csv")) {
        let own = format!("code-{id}");
        all.push(Secret::code(&own, &code, &["AUTH/private/codes.csv", letters, "votes", &own]));
    }
    let spares: serde_json::Value = serde_json::from_str(&of.read("AUTH/spares/codes.json")).expect("JSON");
    for spare in spares.as_array().expect("a list") {
        let code = spare["code"].as_str().expect("a code");
        all.push(Secret::code("a spare code", code, &["AUTH/spares/codes.json", "spare-", "spare"]));
    }
    for file in ["ORG/private/keys", "AUTH/private/key"] {
        for line in of.read(file).lines() {
            // PRIVATE+KEY+name+8 digits+base64 of the kind and the seed.
            let text = line.rsplit('+').next().expect("a key");
            let at = line.match_indices('+').nth(3).expect("four marks").0;
            let bytes = STANDARD.decode(&line[at + 1..]).expect("base64");
            assert_eq!(bytes.len(), 33, "{file}: {text}");
            all.push(Secret::bytes(format!("a seed of {file}"), &bytes[1..], &[file]));
            all.push(Secret::new(
                format!("a key of {file}"),
                vec![line.to_owned(), line[at + 1..].to_owned()],
                &[file],
            ));
        }
    }
    all.push(Secret::new("the passphrase", vec![PASSPHRASE.to_owned(), hex(PASSPHRASE.as_bytes())], &["phrase"]));
    let draft: serde_json::Value = serde_json::from_str(&of.read("ORG/draft.json")).expect("JSON");
    let tools = trusteeship(Plan::parse(draft["plan"].as_str().expect("a plan")).expect("a plan").group);
    for trustee in ["S", "T1", "T2", "T3"].into_iter().filter(|trustee| of.folder.join(trustee).exists()) {
        let sealed = fs::read(of.folder.join(trustee).join("private/key.sealed")).expect("a sealed key");
        let opened = sealed::open(&sealed, PASSPHRASE).expect("its passphrase");
        let text = std::str::from_utf8(&opened).expect("a text").trim();
        all.push(Secret::new(
            format!("what {trustee} sealed"),
            vec![text.to_owned(), STANDARD_NO_PAD.encode(text)],
            &[],
        ));
        let key = match of.folder.join(trustee).join("private/finished.json") {
            path if path.exists() => tools.member_key(text, &fs::read_to_string(path).expect("a file")),
            _ => tools.single_key(text),
        };
        let key = key.expect("a key").to_string();
        assert!(key.len() > 60 && key.bytes().all(|byte| byte.is_ascii_digit()), "a number of 250 bits");
        all.push(Secret::decimal(&format!("the key of {trustee}"), &key));
    }
    all
}

/// Looks for every secret in every file and every output.
fn stay_where_they_belong(of: &Watched, secrets: &[Secret]) {
    let held: Vec<(String, Vec<u8>)> = files(&of.folder).into_iter().collect();
    let outputs =
        of.outputs.iter().map(|(line, text)| (format!("the output of adil {line}"), text.clone().into_bytes()));
    let outputs: Vec<(String, Vec<u8>)> = outputs.collect();
    for Secret { what, forms, at, is_stored } in secrets {
        let mut found_at_home = !is_stored;
        for (name, bytes) in held.iter().chain(&outputs) {
            let is_home = at.iter().any(|at| name == at || (at.ends_with('-') && name.starts_with(at.as_str())));
            let text = String::from_utf8_lossy(bytes);
            let found = forms.iter().any(|form| text.contains(form.as_str()));
            assert!(!found || is_home, "{what} is in {name}");
            found_at_home |= found;
        }
        assert!(found_at_home, "{what} is not found where it should be: {at:?}");
    }
}

/// Files that are for their owner alone.
fn are_private(of: &Watched, more: &[&str]) {
    let is_private =
        |name: &str| name.contains("/private/") || name == "AUTH/spares/codes.json" || more.contains(&name);
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let (mut folders, mut seen) = (BTreeSet::new(), 0);
    for name in files(&of.folder).into_keys() {
        let path = of.folder.join(&name);
        if is_private(&name) {
            seen += 1;
            assert_eq!(mode(&path), 0o600, "{name}");
        }
        if name.contains("/private/") || name.starts_with("AUTH/") {
            folders.insert(path.parent().expect("a folder").to_owned());
        }
        let top = name.split('/').next().expect("a name");
        if ["ORG", "AUTH", "S", "T1", "T2", "T3"].contains(&top) {
            folders.insert(of.folder.join(top));
        }
    }
    folders.iter().for_each(|folder| assert_eq!(mode(folder), 0o700, "{}", folder.display()));
    assert!(seen >= 6 + more.len() && folders.len() >= 6, "{seen} files, {folders:?}");
}

/// A private file that others can read is refused.
fn exposed(of: &mut Watched, file: &str, line: &str) {
    let path = of.folder.join(file);
    for open in [0o644, 0o640, 0o604] {
        mode(&path, open);
        of.refused(line, "", "`chmod 600 ");
        let told = &of.outputs.last().expect("an output").1;
        assert!(told.contains(file) && told.contains(&format!("{open:o}")), "{told}");
    }
    mode(&path, 0o600);
}

#[test]
fn the_secrets_of_a_ranked_election_stay_where_they_belong() {
    let plan = RANKED.replace("languages", "second_factor = true\nlanguages");
    let mut of = Watched::new("secrets", &plan, "id,name\nv1,Voter 1\nv2,Voter 2\nv3,Voter 3\n");
    for line in GROUP {
        of.done(line);
        hand_out(&of.folder);
    }
    exposed(&mut of, "S/private/key.sealed", "election trustee test S ORG/rehearsal.json --passphrase-file phrase");
    exposed(
        &mut of,
        "T1/private/finished.json",
        "election trustee test T1 ORG/rehearsal.json --passphrase-file phrase",
    );
    exposed(&mut of, "phrase", "election trustee test T1 ORG/rehearsal.json --passphrase-file phrase");
    exposed(&mut of, "code-v1", "election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v1");
    of.done("election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v1 --audit opened.json");
    let first = of.done("election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v1 --receipts receipts");
    let code = of.read("code-v2");
    let typed = of.call("election vote ORG --answers [[0,1,0],[1,2,3]] --receipts receipts", &format!("{code}\n"));
    assert_eq!(typed.status, Some(0), "{}", typed.err);
    let vote = format!("{{\"code\":\"{}\",\"answers\":[[0,0,1],[3,1,2]]}}\n", of.read("code-v3"));
    private(&of.folder.join("votes"), &vote);
    exposed(&mut of, "votes", "election vote ORG --batch votes");
    let batch = of.done("election vote ORG --batch votes --receipts receipts");
    let trackers = [
        roles::after(&first.out, "Tracker:"),
        roles::after(&typed.out, "Tracker:"),
        batch.out.split_whitespace().nth(1).expect("a tracker"),
    ];
    of.done(&format!("election accept ORG {}", trackers.join(" ")));
    let mut secrets = secrets(&of);
    fail(&mut of, &mut secrets);
    of.done("election revoke AUTH --board ORG --voter v1 --since 2026-01-01T00:00Z --reason leak");
    of.done("election cosign ORG revocations.json");
    exposed(&mut of, "spare-orders.json", "election spares AUTH/spares spare-orders.json");
    exposed(&mut of, "AUTH/spares/codes.json", "election spares AUTH/spares spare-orders.json");
    of.done("election spares AUTH/spares spare-orders.json");
    private(&of.folder.join("spare"), &codes(&of.folder.join("spare-codes.csv"))[0].1);
    of.done("election vote ORG --answers [[1,0,0],[1,2,3]] --code-file spare --receipts receipts");
    of.refused("election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v1", "", "was revoked");
    exposed(&mut of, "ORG/private/keys", "election close ORG");
    for line in [
        "election status ORG",
        "election publish ORG",
        "election close ORG",
        "election trustee shuffle T2 ORG --passphrase-file phrase",
        "election add ORG T2/shuffle.json",
        "election trustee decrypt S ORG --passphrase-file phrase",
        "election trustee decrypt T1 ORG --passphrase-file phrase",
        "election trustee decrypt T3 ORG --passphrase-file phrase",
        "election add ORG S/decryption.json T1/decryption.json T3/decryption.json",
        "election result ORG",
        "election publish ORG",
        "check ORG/election.bel",
        "check ORG/election.bel --html page.html",
        "check ORG/election.bel --json",
    ] {
        of.done(line);
    }
    stay_where_they_belong(&of, &secrets);
    are_private(&of, &["opened.json", "spare-codes.csv", "spare-letters.html", "spare-orders.json"]);
}

/// Commands that fail with secrets in their hands.
fn fail(of: &mut Watched, secrets: &mut Vec<Secret>) {
    let vote = "election vote ORG --answers [[1,0,0],[1,2,3]]";
    let code = of.read("code-v1");
    let bare = code.replace('-', "");
    // Codes of nobody, too short, too long, with wrong characters, and the right one with something before it.
    let mut wrong = bare.clone().into_bytes();
    wrong[3] = if wrong[3] == b'7' { b'8' } else { b'7' };
    let wrong = String::from_utf8(wrong).expect("digits");
    let malformed = [bare[..20].to_owned(), format!("{bare}7"), format!("0{}", &bare[1..]), format!("code:{code}")];
    of.refused(vote, &format!("{wrong}\n"), "none of this election");
    for malformed in &malformed {
        of.refused(vote, &format!("{malformed}\n"), "a voting code has");
    }
    for text in malformed.iter().chain([&wrong]) {
        secrets.push(Secret::new("a wrong code", vec![text.clone()], &[]));
    }
    of.refused(&format!("{vote} --code-file phrase"), "", "phrase: character");
    // Batches that are no batches.
    let votes = of.read("votes");
    for text in [
        format!("\"{code}\"\n"),
        format!("{{\"code\":[\"{code}\"],\"answers\":[[1,0,0]]}}\n"),
        format!("{{\"{code}\":1}}\n"),
        format!("{{\"code\":1,\"answers\":\"{code}\"}}\n"),
        format!("{{\"code\":\"{code}\",\"answers\":\"{code}\"}}\n"),
        format!("{code},[[1,0,0],[1,2,3]]\n"),
        format!("{{\"code\":\"{wrong}\",\"answers\":[[1,0,0],[1,2,3]]}}\n"),
    ] {
        private(&of.folder.join("votes"), &text);
        of.refused("election vote ORG --batch votes", "", "");
    }
    private(&of.folder.join("votes"), &votes);
    // Wrong passphrases.
    let test = "election trustee test S ORG/rehearsal.json";
    of.refused(test, "another passphrase of somebody\n", "the passphrase is wrong");
    secrets.push(Secret::new("a wrong passphrase", vec!["another passphrase of somebody".to_owned()], &[]));
    of.refused(&format!("{test} --passphrase-file code-v1"), "", "the passphrase is wrong");
    // Private files that are damaged: shortened, or with values in other places.
    let revoke =
        "election revoke AUTH --board ORG --voter v1 --since 2026-01-01T00:00Z --reason leak --output r --orders o";
    let spares = "election spares AUTH/spares orders";
    private(&of.folder.join("orders"), "[]");
    for (file, line) in [
        ("ORG/private/keys", "election close ORG"),
        ("AUTH/private/key", revoke),
        ("AUTH/private/register.json", revoke),
        ("AUTH/spares/codes.json", spares),
        ("S/private/key.sealed", "election trustee test S ORG/rehearsal.json --passphrase-file phrase"),
        ("T1/private/finished.json", "election trustee test T1 ORG/rehearsal.json --passphrase-file phrase"),
    ] {
        let (path, text) = (of.folder.join(file), of.read(file));
        let text = text.trim_end();
        for damaged in [
            text[..text.len() - 7].to_owned(),
            format!("\"{}\"", text.replace('"', "'")),
            text.replacen(':', ":\"x\",\"y\":", 1) + "x",
            format!("x{text}"),
        ] {
            private(&path, &damaged);
            of.refused(line, "", file);
        }
        private(&path, text);
    }
    // Codes in the place of numbers.
    let codes = of.read("AUTH/spares/codes.json");
    private(&of.folder.join("AUTH/spares/codes.json"), &codes.replace("\"code\"", "\"weight\""));
    of.refused(spares, "", "AUTH/spares/codes.json");
    private(&of.folder.join("AUTH/spares/codes.json"), &codes);
    fs::remove_file(of.folder.join("orders")).expect("ours");
}

#[test]
fn the_secrets_of_a_weighted_election_stay_where_they_belong() {
    let mut of = Watched::new("secret-weights", WEIGHTED, "id,weight\nv1,2\nv2,3\nv3,2\n");
    for line in SINGLE {
        of.done(line);
        hand_out(&of.folder);
    }
    let secrets = secrets(&of);
    for voter in ["v1", "v2"] {
        of.done(&format!("election vote ORG --answers [[1,0]] --code-file code-{voter} --receipts receipts"));
    }
    of.done("election vote ORG --answers [[0,1]] --code-file code-v3 --ballot ballot");
    of.done("election cast ORG ballot");
    for (voter, since) in [("v1", "2026-01-01T00:00Z"), ("v2", "2026-01-01T00:00Z")] {
        let (output, orders) = (format!("revocation-{voter}.json"), format!("order-{voter}.json"));
        let line = format!("election revoke AUTH --board ORG --voter {voter} --since {since} --reason leak");
        of.done(&format!("{line} --output {output} --orders {orders}"));
        // Orders that were not carried out are not written over.
        if voter == "v2" {
            of.refused(
                &format!("{line} --output again.json --orders order-v1.json"),
                "",
                "orders of other revocations",
            );
        }
        of.done(&format!("election cosign ORG {output}"));
        let to = format!("--output spare-{voter}.html --table spare-{voter}.csv");
        of.done(&format!("election spares AUTH/spares {orders} {to}"));
    }
    private(&of.folder.join("spare"), &codes(&of.folder.join("spare-v1.csv"))[0].1);
    of.done("election vote ORG --answers [[0,1]] --code-file spare --receipts receipts");
    for line in [
        "election close ORG",
        "election trustee decrypt S ORG --passphrase-file phrase",
        "election add ORG S/decryption.json",
        "election result ORG",
        "election publish ORG",
        "check ORG/election.bel",
    ] {
        of.done(line);
    }
    // v3 of weight 2, and v1 of weight 2 by the spare code; v2 was set aside.
    let result = of.done("election result ORG");
    assert!(result.out.contains("Yes: 0") && result.out.contains("No: 4"), "{}", result.out);
    stay_where_they_belong(&of, &secrets);
    let spares = ["spare-v1.html", "spare-v1.csv", "spare-v2.html", "spare-v2.csv", "order-v1.json", "order-v2.json"];
    are_private(&of, &spares);
}

/// The options of a command and of those below it.
fn options(folder: &Path, line: &str, found: &mut Vec<(String, String)>) {
    let help = roles::done(folder, &format!("{line} --help")).out;
    let section = |name: &str| {
        let rest = help.split_once(&format!("\n{name}:\n")).map(|(_, rest)| rest).unwrap_or_default();
        rest.split("\n\n").next().unwrap_or_default().to_owned()
    };
    for word in help.split_whitespace().filter_map(|word| word.strip_prefix("--")) {
        let name: String = word.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
        found.push((line.to_owned(), name));
    }
    for command in section("Commands").lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let name = command.split_whitespace().next().expect("a name");
        if name != "help" {
            options(folder, &format!("{line} {name}"), found);
        }
    }
}

#[test]
fn no_argument_takes_a_secret() {
    let folder = scratch("help");
    let mut found = Vec::new();
    options(&folder, "election", &mut found);
    let commands: BTreeSet<&str> = found.iter().map(|(line, _)| line.as_str()).collect();
    assert!(commands.len() >= 25, "{commands:?}");
    for (line, name) in &found {
        let is_secret = ["code", "pass", "secret", "seed", "private", "key", "pin"]
            .iter()
            .any(|word| name.split('-').any(|part| part.starts_with(word)));
        assert!(!is_secret || name.ends_with("-file"), "adil {line} --{name}");
    }
    for file in ["code-file", "passphrase-file"] {
        assert!(found.iter().any(|(_, name)| name == file), "{file}");
    }
}
