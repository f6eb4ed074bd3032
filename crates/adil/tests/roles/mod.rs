//! Elections that are held by the program, in a folder of a test.

#![allow(dead_code, reason = "not every test file takes every step")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a call of the program gave.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// The exit status; `None` for a program that was killed.
    pub(crate) status: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl From<Output> for Call {
    fn from(Output { status, stdout, stderr }: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self { status: status.code(), out: text(stdout), err: text(stderr) }
    }
}

/// The program, to be started in a folder with the words of a line as arguments. It is given nothing to read.
pub(crate) fn program(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adil"));
    command.args(line.split_whitespace()).current_dir(folder).env_remove("CLICOLOR_FORCE");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Calls the program.
pub(crate) fn call(folder: &Path, line: &str) -> Call {
    program(folder, line).output().expect("the program starts").into()
}

/// Calls the program with something to read.
pub(crate) fn call_with(folder: &Path, line: &str, input: &str) -> Call {
    let mut child = program(folder, line).stdin(Stdio::piped()).spawn().expect("the program starts");
    // A program that does not read it ends before.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends").into()
}

/// A call that does what it should.
pub(crate) fn done(folder: &Path, line: &str) -> Call {
    let call = call(folder, line);
    assert_eq!(call.status, Some(0), "adil {line}: {}{}", call.out, call.err);
    call
}

/// A call that is refused with status 2 and a sentence with these words in it.
pub(crate) fn refused(folder: &Path, line: &str, words: &str) -> Call {
    let call = call(folder, line);
    is_refusal(&call, line);
    assert!(call.err.contains(words), "adil {line}: {words:?} is not in: {}", call.err);
    call
}

/// Whether a call ended with status 2 and one sentence.
pub(crate) fn is_refusal(call: &Call, line: &str) {
    assert_eq!(call.status, Some(2), "adil {line}: {}{}", call.out, call.err);
    let is_sentence = call.err.starts_with("adil: ") && call.err.trim_end().lines().count() == 1;
    assert!(is_sentence && !call.err.contains("panicked"), "adil {line}: {}", call.err);
}

/// An empty folder.
pub(crate) fn scratch(test: &str) -> PathBuf {
    adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), &format!("elections-{test}"))
}

/// Writes a file that only its owner can read.
pub(crate) fn private(path: &Path, text: &str) {
    fs::write(path, text).expect("writable");
    mode(path, 0o600);
}

/// Sets the mode of a file.
pub(crate) fn mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("ours");
}

/// A choice that is counted, and answers to be put in order.
pub(crate) const RANKED: &str = r#"
title = "Choice and order"
languages = ["en", "ru"]
[[question]]
title = "Chair"
kind = "choices"
answers = ["Answer 1", "Answer 2", "Answer 3"]
min = 1
max = 1
count = "plurality"
[[question]]
title = "Place"
kind = "ranked"
answers = ["North", "South", "East"]
count = "schulze"
"#;

/// Voters of weights.
pub(crate) const WEIGHTED: &str = r#"
title = "Shares"
weights = true
[[question]]
title = "Proposal"
kind = "choices"
answers = ["Yes", "No"]
min = 1
max = 1
"#;

/// One choice, and nothing else.
pub(crate) const CHOICE: &str = r#"
title = "One choice"
[[question]]
title = "Proposal"
kind = "choices"
answers = ["Yes", "No"]
min = 1
max = 1
"#;

/// The passphrase of all trustees.
pub(crate) const PASSPHRASE: &str = "a long passphrase of trustees";

/// The steps with a single trustee, up to the opening.
pub(crate) const SINGLE: [&str; 6] = [
    "election new ORG --questions plan.toml",
    "election credentials AUTH --draft ORG/draft.json --voters voters.csv",
    "election trustee new S --draft ORG/draft.json --passphrase-file phrase",
    "election assemble ORG AUTH/credentials.json S/trustee.json",
    "election trustee test S ORG/rehearsal.json --passphrase-file phrase",
    "election open ORG S/rehearsed.json",
];

/// The steps with a single trustee and a group, two of whose three members are enough, up to the opening.
pub(crate) const GROUP: [&str; 17] = [
    "election new ORG --questions plan.toml",
    "election credentials AUTH --draft ORG/draft.json --voters voters.csv --vote-at https://vote.example/",
    "election trustee new S --draft ORG/draft.json --name Single --passphrase-file phrase",
    "election trustee cert T1 --draft ORG/draft.json --threshold 2 --members 3 --number 1 --passphrase-file phrase",
    "election trustee cert T2 --draft ORG/draft.json --threshold 2 --members 3 --number 2 --passphrase-file phrase",
    "election trustee cert T3 --draft ORG/draft.json --threshold 2 --members 3 --number 3 --passphrase-file phrase",
    "election trustee contribute T1 T1/certificate-1.json T2/certificate-2.json T3/certificate-3.json --passphrase-file phrase",
    "election trustee contribute T2 T1/certificate-1.json T2/certificate-2.json T3/certificate-3.json --passphrase-file phrase",
    "election trustee contribute T3 T1/certificate-1.json T2/certificate-2.json T3/certificate-3.json --passphrase-file phrase",
    "election trustee finish T1 T1/contribution-1.json T2/contribution-2.json T3/contribution-3.json --passphrase-file phrase",
    "election trustee finish T2 T1/contribution-1.json T2/contribution-2.json T3/contribution-3.json --passphrase-file phrase",
    "election trustee finish T3 T1/contribution-1.json T2/contribution-2.json T3/contribution-3.json --passphrase-file phrase",
    "election assemble ORG AUTH/credentials.json S/trustee.json T1/certificate-1.json T1/contribution-1.json \
     T1/finished-1.json T2/certificate-2.json T2/contribution-2.json T2/finished-2.json T3/certificate-3.json \
     T3/contribution-3.json T3/finished-3.json",
    "election trustee test S ORG/rehearsal.json --passphrase-file phrase",
    "election trustee test T1 ORG/rehearsal.json --passphrase-file phrase",
    "election trustee test T3 ORG/rehearsal.json --passphrase-file phrase",
    "election open ORG S/rehearsed.json T1/rehearsed.json T3/rehearsed.json",
];

/// Writes what the roles begin with.
pub(crate) fn begin(folder: &Path, plan: &str, voters: &str) {
    fs::write(folder.join("plan.toml"), plan).expect("writable");
    fs::write(folder.join("voters.csv"), voters).expect("writable");
    private(&folder.join("phrase"), PASSPHRASE);
}

/// Takes steps, and gives every voter her code when there are codes.
pub(crate) fn take(folder: &Path, steps: &[&str]) {
    for step in steps {
        done(folder, step);
        hand_out(folder);
    }
}

/// An election that is open, with a single trustee.
pub(crate) fn open(test: &str, plan: &str, voters: &str) -> PathBuf {
    let folder = scratch(test);
    begin(&folder, plan, voters);
    take(&folder, &SINGLE);
    folder
}

/// The codes of a table, with the voters' identifiers.
pub(crate) fn codes(table: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(table).expect("a table of codes");
    let cells = |line: &str| line.split(',').map(|cell| cell.trim_matches('"').to_owned()).collect::<Vec<_>>();
    let names = cells(text.lines().next().expect("a head"));
    let at = |name: &str| names.iter().position(|own| own == name).expect("a column");
    let (id, code) = (at("voter_id"), at("code"));
    text.lines().skip(1).map(cells).map(|cells| (cells[id].clone(), cells[code].clone())).collect()
}

/// Writes every voter's code to `code-ID`.
pub(crate) fn hand_out(folder: &Path) {
    let table = folder.join("AUTH/private/codes.csv");
    if table.exists() {
        for (id, code) in codes(&table) {
            private(&folder.join(format!("code-{id}")), &code);
        }
    }
}

/// What follows a word of an output, up to the next blank.
pub(crate) fn after<'a>(text: &'a str, word: &str) -> &'a str {
    let at = text.find(word).unwrap_or_else(|| panic!("{word:?} is not in: {text}")) + word.len();
    text[at..].split_whitespace().next().expect("a word")
}

/// All files below a folder with their bytes, by their path in it.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("a folder").map(|entry| entry.expect("readable").path()) {
            if entry.is_dir() {
                open.push(entry);
            } else {
                let name = entry.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                found.insert(name, fs::read(&entry).expect("readable"));
            }
        }
    }
    found
}

/// Copies a folder with the modes of what is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    if to.exists() {
        fs::remove_dir_all(to).expect("ours");
    }
    fs::create_dir_all(to).expect("writable");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("readable").path()) {
        let place = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &place);
        } else {
            fs::copy(&entry, &place).expect("writable");
        }
    }
    let permissions = fs::metadata(from).expect("there").permissions();
    fs::set_permissions(to, permissions).expect("ours");
}

/// A number that an environment variable gives, or another one.
pub(crate) fn rounds(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Numbers that look random and are the same every time (SplitMix64, Steele, Lea and Flood 2014).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }
}
