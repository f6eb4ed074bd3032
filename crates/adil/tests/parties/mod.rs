//! Elections held with `adil election` in tests: every role takes its steps in a folder of its own.

#![allow(dead_code, reason = "every test file uses a part of this")]

pub(crate) mod cases;
pub(crate) mod plan;
pub(crate) mod vote;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use plan::{Plan, Stage, Trustees};
use serde_json::{Value, json};

/// The file with the passphrase of every trustee.
const PASSPHRASE: &str = "passphrase";

/// A planned election in a folder: ORG is the organiser's folder, AUTH the authority's, T1, T2, ... those of trustees.
pub(crate) struct Held {
    pub(crate) folder: PathBuf,
    pub(crate) plan: Plan,
    /// The election's identifier.
    pub(crate) uuid: String,
    stage: Option<Stage>,
}

/// Holds an election up to a stage.
pub(crate) fn hold(plan: Plan, folder: &Path, stage: Stage) -> Held {
    let mut held = Held::begin(plan, folder);
    held.open();
    held.go_on_to(stage);
    held
}

impl Held {
    /// The organiser's draft and the voters' codes.
    pub(crate) fn begin(plan: Plan, folder: &Path) -> Self {
        let mut held = Self { folder: folder.to_owned(), plan, uuid: String::new(), stage: None };
        held.write("questions.toml", &held.plan.toml());
        held.write("voters.csv", &held.plan.voters());
        held.write_private(PASSPHRASE, "a passphrase of a test\n");
        held.run("new ORG --questions questions.toml");
        held.run("credentials AUTH --draft ORG/draft.json --voters voters.csv --no-letters");
        let draft: Value = serde_json::from_str(&held.read("ORG/draft.json")).expect("a draft is JSON");
        held.uuid = draft["uuid"].as_str().expect("a draft names its election").to_owned();
        held
    }

    /// Keys of all trustees, a rehearsal by those who will decrypt, and the opening.
    pub(crate) fn open(&mut self) {
        let mut files = Vec::new();
        let mut first = 1;
        for trustees in self.plan.trustees.clone() {
            files.extend(self.trustees(trustees, first));
            first += trustees.members();
        }
        self.run(&format!("assemble ORG AUTH/credentials.json {}", files.join(" ")));
        let mut answers = Vec::new();
        for number in self.plan.decrypting() {
            self.run(&format!("trustee test T{number} ORG/rehearsal.json --passphrase-file {PASSPHRASE}"));
            answers.push(format!("T{number}/rehearsed.json"));
        }
        self.run(&format!("open ORG {}", answers.join(" ")));
        self.stage = Some(Stage::Open);
    }

    /// Keys of a single trustee or of the members of a group, whose numbers in the election begin with `first`; gives
    /// the files for the organiser.
    pub(crate) fn trustees(&self, trustees: Trustees, first: usize) -> Vec<String> {
        let (needed, of) = match trustees {
            Trustees::Single => {
                let name = format!("--name Trustee-{first}");
                self.run(&format!("trustee new T{first} --draft ORG/draft.json {name} --passphrase-file {PASSPHRASE}"));
                return vec![format!("T{first}/trustee.json")];
            }
            Trustees::Group { needed, of } => (needed, of),
        };
        let of_all = |stem: &str| -> Vec<String> {
            (1..=of).map(|member| format!("T{}/{stem}-{member}.json", first + member - 1)).collect()
        };
        for member in 1..=of {
            let number = first + member - 1;
            let place = format!("--threshold {needed} --members {of} --number {member} --name Trustee-{number}");
            self.run(&format!("trustee cert T{number} --draft ORG/draft.json {place} --passphrase-file {PASSPHRASE}"));
        }
        for (step, needs) in [("contribute", "certificate"), ("finish", "contribution")] {
            for number in first..first + of {
                let needs = of_all(needs).join(" ");
                self.run(&format!("trustee {step} T{number} {needs} --passphrase-file {PASSPHRASE}"));
            }
        }
        ["certificate", "contribution", "finished"].into_iter().flat_map(of_all).collect()
    }

    /// Takes all steps up to a stage, where those up to another one were taken otherwise.
    pub(crate) fn go_on_to_from(&mut self, from: Stage, to: Stage) {
        self.stage = Some(from);
        self.go_on_to(to);
    }

    /// Takes all steps up to a stage.
    pub(crate) fn go_on_to(&mut self, stage: Stage) {
        for next in self.plan.stages() {
            if self.stage.is_none_or(|now| now < next) && next <= stage {
                self.step(next);
                self.stage = Some(next);
            }
        }
    }

    /// The steps that lead to a stage from the one before it.
    fn step(&self, stage: Stage) {
        let deciding = self.plan.decrypting();
        let all_but_one = deciding.len() - 1;
        match stage {
            Stage::Open => {}
            Stage::Voting => self.vote(),
            Stage::Tallied => drop(self.run("close ORG")),
            Stage::Shuffled => (1..=self.plan.shuffles).for_each(|number| self.shuffle(number)),
            Stage::Decrypting => deciding[..all_but_one].iter().for_each(|&number| self.decrypt(number)),
            Stage::Decrypted => self.decrypt(deciding[all_but_one]),
            Stage::Finished => drop(self.run("result ORG")),
        }
    }

    /// Casts the votes: all but the last one at once, and that one by its voter.
    fn vote(&self) {
        let Some(((voter, answers), before)) = self.plan.votes.split_last() else { return };
        let codes = self.codes();
        let line = |(voter, answers): &(usize, Value)| json!({ "code": codes[*voter], "answers": answers }).to_string();
        if !before.is_empty() {
            self.write_private("batch.jsonl", &before.iter().map(|vote| line(vote) + "\n").collect::<String>());
            self.run("vote ORG --batch batch.jsonl");
        }
        self.cast(*voter, answers);
    }

    /// One voter's vote; gives the tracker.
    pub(crate) fn cast(&self, voter: usize, answers: &Value) -> String {
        self.cast_with(&self.codes()[voter], answers)
    }

    /// A vote with a code; gives the tracker.
    pub(crate) fn cast_with(&self, code: &str, answers: &Value) -> String {
        self.write_private("code", code);
        let told = self.run(&format!("vote ORG --answers {answers} --code-file code --receipts receipts"));
        let tracker = told.lines().find_map(|line| line.strip_prefix("Tracker:"));
        tracker.expect("the voter is told the tracker").trim().to_owned()
    }

    /// A trustee's shuffle, taken in by the organiser.
    pub(crate) fn shuffle(&self, number: usize) {
        self.run(&format!("trustee shuffle T{number} ORG --passphrase-file {PASSPHRASE}"));
        self.run(&format!("add ORG T{number}/shuffle.json"));
    }

    /// A trustee's decryption, taken in by the organiser.
    pub(crate) fn decrypt(&self, number: usize) {
        self.run(&format!("trustee decrypt T{number} ORG --passphrase-file {PASSPHRASE}"));
        self.run(&format!("add ORG T{number}/decryption.json"));
    }

    /// Writes the archive as the only file of a new folder.
    pub(crate) fn publish(&self, folder: &str) -> PathBuf {
        fs::create_dir_all(self.folder.join(folder)).expect("the folder can be made");
        let name = format!("{folder}/{}.bel", self.uuid);
        self.run(&format!("publish ORG --to {name}"));
        // The checkpoint that is written beside it is nothing for another program.
        fs::remove_file(self.folder.join(&name).with_extension("checkpoint")).expect("a checkpoint is beside it");
        self.folder.join(name)
    }

    /// The voters' codes, by voter, from the table that the authority prints from.
    pub(crate) fn codes(&self) -> Vec<String> {
        self.codes_of("AUTH/private/codes.csv")
    }

    /// The codes of a table for letters.
    pub(crate) fn codes_of(&self, table: &str) -> Vec<String> {
        let table = self.read(table);
        let row =
            |line: &str| -> Vec<String> { line.split(',').map(|cell| cell.trim_matches('"').to_owned()).collect() };
        let mut rows = table.lines().map(row);
        let head = rows.next().expect("the table has a head");
        let at = head.iter().position(|name| name == "code").expect("the table has codes");
        rows.map(|row| row[at].clone()).collect()
    }

    /// Runs a command of `adil election` that must succeed, and gives what it prints. Arguments are parted by spaces.
    pub(crate) fn run(&self, arguments: &str) -> String {
        let (status, out, err) = self.call(arguments);
        assert_eq!(status, Some(0), "{}: adil election {arguments}: {err}", self.folder.display());
        out
    }

    /// Runs a command of `adil election`: its status and what it prints and complains of.
    pub(crate) fn call(&self, arguments: &str) -> (Option<i32>, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_adil"))
            .arg("election")
            .args(arguments.split(' '))
            .current_dir(&self.folder)
            .output()
            .expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).expect("the folder can be written");
    }

    /// A file that its owner alone can read, as the program asks for where there is a secret.
    pub(crate) fn write_private(&self, name: &str, text: &str) {
        self.write(name, text);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let owner_alone = fs::Permissions::from_mode(0o600);
            fs::set_permissions(self.folder.join(name), owner_alone).expect("the file is ours");
        }
    }

    pub(crate) fn read(&self, name: &str) -> String {
        let path = self.folder.join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}
