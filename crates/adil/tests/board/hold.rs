//! Holds a planned election with `belenios-tool`, command by command.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use adil_outside::Peer;

use super::plan::{Family, Plan, Stage, Trustees};

/// An election that was held, in a folder of its own.
pub(crate) struct Held {
    pub(crate) folder: PathBuf,
    /// The only archive in the folder.
    pub(crate) board: PathBuf,
}

/// How a trustee decrypts.
enum Hand {
    /// With the key in a file.
    Key(String),
    /// With the keys of a member of a group, which share this stem.
    Member(String),
}

/// Runs the tool for one plan in one folder.
struct Tool<'a> {
    program: &'a Path,
    folder: &'a Path,
    plan: &'a Plan,
}

/// Holds the election as far as the plan goes.
pub(crate) fn hold(peer: &Peer, plan: &Plan, folder: &Path) -> Held {
    let program = match plan.family {
        Family::Curve => &peer.current,
        Family::FiniteField => &peer.first,
    };
    let tool = Tool { program, folder, plan };
    let uuid = tool.ask("setup generate-token", None).trim().to_owned();
    let credentials = tool.credentials(&uuid);
    let hands = tool.trustees();
    tool.write("template.json", &plan.template().to_string());
    tool.ask(&format!("setup make-election --uuid {uuid} --group {} --template template.json", plan.group()), None);
    tool.ask("archive init", None);
    tool.votes(&credentials);
    tool.count(&hands);
    Held { folder: folder.to_path_buf(), board: folder.join(format!("{uuid}.bel")) }
}

/// Whether the tool accepts the only archive of a folder.
pub(crate) fn verify(program: &Path, folder: &Path) -> Result<(), String> {
    let output = Command::new(program).args(["election", "verify"]).current_dir(folder).output();
    let output = output.expect("belenios-tool starts");
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

impl Tool<'_> {
    /// Credentials of all voters; gives the private ones by voter.
    fn credentials(&self, uuid: &str) -> Vec<String> {
        let line = |voter: usize| {
            let weight = self.plan.weights.as_ref().map_or_else(String::new, |weights| weights[voter].to_string());
            format!("{number},voter{number},{weight}\n", number = voter + 1)
        };
        self.write("voters.txt", &(0..self.plan.voters).map(line).collect::<String>());
        let group = self.plan.group();
        self.ask(&format!("setup generate-credentials --uuid {uuid} --group {group} --file voters.txt"), None);
        let public = self.read(&self.only("pubcreds"));
        let public: Vec<String> = serde_json::from_str(&public).expect("public credentials are a list");
        // Key and, where there are weights, the weight; the voter's name is for the registrar alone.
        let fields = if self.plan.weights.is_some() { 2 } else { 1 };
        let public: Vec<String> =
            public.iter().map(|line| line.split(',').take(fields).collect::<Vec<_>>().join(",")).collect();
        self.write("public_creds.json", &serde_json::to_string(&public).expect("strings are JSON"));
        let private = self.read(&self.only("privcreds"));
        let of = |voter: usize| {
            let name = format!("voter{}", voter + 1);
            if let Ok(all) = serde_json::from_str::<serde_json::Value>(&private) {
                return all[&name].as_str().map(str::to_owned);
            }
            // One line a voter: name and credential, parted by a space.
            let lines = private.lines().filter_map(|line| line.split_once(' '));
            let mut mine = lines.filter(|(voter, _)| voter.split(',').any(|part| part == name));
            mine.next().map(|(_, credential)| credential.to_owned())
        };
        (0..self.plan.voters).map(|voter| of(voter).expect("every voter has a credential")).collect()
    }

    /// Keys of all trustees, by number.
    fn trustees(&self) -> Vec<Hand> {
        let mut hands = Vec::new();
        let mut keys = String::new();
        for (number, trustees) in self.plan.trustees.iter().enumerate() {
            match *trustees {
                Trustees::Single => {
                    let before = self.all("privkey");
                    self.ask(&format!("setup generate-trustee-key --group {}", self.plan.group()), None);
                    let stem = self.all("privkey").into_iter().find(|stem| !before.contains(stem));
                    let stem = stem.expect("there is a new key");
                    let key = self.read(&format!("{stem}.pubkey"));
                    let key = key.trim().strip_suffix('}').expect("a key is an object").to_owned();
                    let name =
                        if self.plan.named_trustees { format!(r#","name":"Trustee {number}""#) } else { String::new() };
                    keys.push_str(&format!("{key}{name}}}\n"));
                    hands.push(Hand::Key(format!("{stem}.privkey")));
                }
                Trustees::Threshold { needed, of } => hands.extend(self.group(needed, of)),
            }
        }
        self.write("public_keys.jsons", &keys);
        self.ask("setup make-trustees", None);
        hands
    }

    /// A group of trustees, of whom some are enough: the six steps of their key.
    fn group(&self, needed: usize, of: usize) -> Vec<Hand> {
        let command = format!("setup generate-trustee-key-threshold --group {}", self.plan.group());
        let newer = self.plan.family == Family::Curve;
        let context = |member: usize| {
            if newer { format!(" --threshold-context {}/{needed}/{of}", member + 1) } else { String::new() }
        };
        let mut stems: Vec<String> = Vec::new();
        for member in 0..of {
            self.ask(&format!("{command}{} --step 1", context(member)), None);
            let new = self.all("cert").into_iter().find(|stem| !stems.contains(stem));
            stems.push(new.expect("there is a new certificate"));
        }
        self.write("certs.jsons", &stems.iter().map(|stem| self.read(&format!("{stem}.cert"))).collect::<String>());
        let command = format!("{command} --certs certs.jsons");
        self.ask(&format!("{command} --step 2"), None);
        let threshold = if newer { String::new() } else { format!(" --threshold {needed}") };
        let polynomials = stems.iter().enumerate().map(|(member, stem)| {
            self.ask(&format!("{command}{} --key {stem}.key --step 3{threshold}", context(member)), None)
        });
        self.write("polynomials.jsons", &polynomials.collect::<String>());
        self.ask(&format!("{command} --step 4 --polynomials polynomials.jsons"), None);
        let outputs = stems.iter().map(|stem| {
            let input = self.read(&format!("{stem}.vinput"));
            self.ask(&format!("{command} --key {stem}.key --step 5"), Some(&input))
        });
        let outputs: String = outputs.collect();
        let whole = self.ask(&format!("{command} --step 6 --polynomials polynomials.jsons"), Some(&outputs));
        self.write("threshold.json", &whole);
        stems.into_iter().map(Hand::Member).collect()
    }

    fn votes(&self, credentials: &[String]) {
        // 3.3.0 calls the option otherwise than 2.0.
        let option = if self.plan.family == Family::Curve { "--choice" } else { "--ballot" };
        for (voter, vote) in &self.plan.votes {
            self.write("credential.tmp", &credentials[*voter]);
            self.write("vote.tmp", &serde_json::to_string(vote).expect("a vote is JSON"));
            let command = format!("election generate-ballot --privcred credential.tmp {option} vote.tmp");
            let ballot = self.ask(&command, None);
            self.event("Ballot", Some(&ballot));
        }
    }

    /// From the end of the vote to the result, as far as the plan goes.
    fn count(&self, hands: &[Hand]) {
        let stage = self.plan.stage;
        if stage < Stage::Closed {
            return;
        }
        self.event("EndBallots", None);
        if stage < Stage::Tallied {
            return;
        }
        let tally = self.ask("election compute-encrypted-tally", None);
        self.event("EncryptedTally", Some(&tally));
        if self.plan.shuffles > 0 && stage >= Stage::Shuffling {
            for number in 1..=self.plan.shuffles.min(self.plan.members()) {
                let shuffle = self.ask(&format!("election shuffle --trustee-id={number}"), None);
                self.event("Shuffle", Some(&shuffle));
            }
            if stage >= Stage::Shuffled {
                self.event("EndShuffles", None);
            }
        }
        let needed = self.plan.decrypting();
        let present = match stage {
            Stage::Decrypting => &needed[..needed.len() - 1],
            stage if stage >= Stage::Decrypted => &needed[..],
            _ => return,
        };
        for number in present {
            let command = match &hands[number - 1] {
                Hand::Key(file) => format!("election decrypt --privkey {file} --trustee-id {number}"),
                Hand::Member(stem) => format!(
                    "election decrypt-threshold --key {stem}.key --decryption-key {stem}.dkey --trustee-id {number}"
                ),
            };
            let decryption = self.ask(&command, None);
            self.event("PartialDecryption", Some(&decryption));
        }
        if stage == Stage::Finished {
            let result = self.ask("election compute-result", None);
            self.event("Result", Some(&result));
        }
    }

    fn event(&self, kind: &str, data: Option<&str>) {
        self.ask(&format!("archive add-event --type={kind}"), Some(data.unwrap_or_default()));
    }

    /// Runs one command and gives what it writes.
    fn ask(&self, arguments: &str, input: Option<&str>) -> String {
        let mut child = Command::new(self.program)
            .args(arguments.split(' '))
            .current_dir(self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("belenios-tool starts");
        let mut stdin = child.stdin.take().expect("its input is ours");
        // It may end without reading its input; its status says how it went.
        let _ = stdin.write_all(input.unwrap_or_default().as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("belenios-tool ends");
        let told = String::from_utf8_lossy(&output.stderr);
        let place = format!("seed {} in {}", self.plan.seed, self.folder.display());
        assert!(output.status.success(), "{place}: belenios-tool {arguments}: {told}");
        String::from_utf8(output.stdout).expect("belenios-tool writes UTF-8")
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).expect("the folder can be written");
    }

    fn read(&self, name: &str) -> String {
        let path = self.folder.join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The stems of all files with an ending.
    fn all(&self, ending: &str) -> Vec<String> {
        let files = fs::read_dir(self.folder).expect("the folder can be listed");
        let names =
            files.map(|file| file.expect("the folder can be listed").file_name().to_string_lossy().into_owned());
        names.filter_map(|name| name.strip_suffix(&format!(".{ending}")).map(str::to_owned)).collect()
    }

    fn only(&self, ending: &str) -> String {
        match &self.all(ending)[..] {
            [stem] => format!("{stem}.{ending}"),
            several => panic!("{} files end in {ending}", several.len()),
        }
    }
}
