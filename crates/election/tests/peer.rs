//! Records and answers against `belenios-tool`: the same bytes, the same answers taken.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use adil_belenios::{Limits, Options};
use adil_election::{Answers, Contest, CountingMethod, Plan, Uuid};
use serde_json::Value;

struct Tool {
    program: PathBuf,
    folder: PathBuf,
}

impl Tool {
    /// What a command writes, or what it says where it fails.
    fn run(&self, arguments: &str, input: &str) -> Result<String, String> {
        let mut child = Command::new(&self.program)
            .args(arguments.split(' '))
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("belenios-tool starts");
        let mut stdin = child.stdin.take().expect("its input is ours");
        // It may end without reading its input; its status says how it went.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("belenios-tool ends");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    #[track_caller]
    fn ask(&self, arguments: &str) -> String {
        self.run(arguments, "").unwrap_or_else(|told| panic!("belenios-tool {arguments}: {told}"))
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).expect("the folder can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The only file with an ending.
    fn only(&self, ending: &str) -> String {
        let files = fs::read_dir(&self.folder).expect("the folder can be listed");
        let names = files.map(|file| file.expect("it can be listed").file_name().to_string_lossy().into_owned());
        let mut names = names.filter(|name| name.ends_with(ending));
        let name = names.next().unwrap_or_else(|| panic!("no file ends in {ending}"));
        assert_eq!(names.next(), None);
        self.read(&name)
    }
}

/// An election set up by the tool, with the record that is ours.
struct Set {
    tool: Tool,
    plan: Plan,
    credential: String,
}

/// Has the tool make keys and the record from the same texts; the record must be ours, byte by byte.
fn set_up(program: &Path, scratch: &str, plan: &str) -> Set {
    let plan = Plan::parse(plan).unwrap_or_else(|error| panic!("{error}"));
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), scratch);
    let tool = Tool { program: program.to_path_buf(), folder };
    let group = plan.group.name();
    let uuid = Uuid::parse(tool.ask("setup generate-token").trim()).expect("an identifier");
    tool.ask(&format!("setup generate-credentials --uuid {uuid} --group {group} --count 1"));
    let listed: Vec<String> = serde_json::from_str(&tool.only(".pubcreds")).expect("a list");
    let keys: Vec<&str> = listed.iter().filter_map(|line| line.split(',').next()).collect();
    tool.write("public_creds.json", &serde_json::to_string(&keys).expect("texts are JSON"));
    let private: Value = serde_json::from_str(&tool.only(".privcreds")).expect("an object");
    let private = private.as_object().and_then(|all| all.values().next()).and_then(Value::as_str);
    let credential = private.expect("a credential").to_owned();
    tool.ask(&format!("setup generate-trustee-key --group {group}"));
    tool.write("public_keys.jsons", &tool.only(".pubkey"));
    tool.ask("setup make-trustees");

    // The template has the fields that the tool does not work out itself.
    let mut template: Value = serde_json::from_str(&plan.election_record(&uuid, "?")).expect("the record is JSON");
    let fields = template.as_object_mut().expect("the record is an object");
    for field in ["version", "group", "public_key", "uuid"] {
        assert!(fields.remove(field).is_some());
    }
    tool.write("template.json", &template.to_string());
    tool.ask(&format!("setup make-election --uuid {uuid} --group {group} --template template.json"));
    let theirs = tool.read("election.json");
    let parsed: Value = serde_json::from_str(&theirs).expect("the record is JSON");
    let ours = plan.election_record(&uuid, parsed["public_key"].as_str().expect("a key"));
    assert_eq!(ours, theirs.trim_end_matches('\n'));

    tool.write("election.json", &ours);
    tool.ask("archive init");
    let archive = fs::read(tool.folder.join(format!("{uuid}.bel"))).expect("an archive");
    let options = Options { limits: Limits::default(), engine: None, trackers: &[], progress: &|_, _| {} };
    let board = adil_belenios::verify(&archive, &options).expect("an archive");
    assert_eq!(board.faults.by_rule().map(|(rule, _)| rule).collect::<Vec<_>>(), []);
    let election = board.election.expect("an election");
    let questions: Vec<_> = plan.contests.iter().map(|contest| contest.question.clone()).collect();
    assert_eq!(election.questions, questions);
    assert_eq!((&election.name, &election.description), (&plan.title, &plan.description));
    assert_eq!((&election.administrator, &election.credential_authority), (&plan.organiser, &plan.authority));
    // How votes are counted can be read from the record again, where it says so.
    let extras: Vec<_> = parsed["questions"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|question| question.get("extra"))
        .map(|extra| extra.map(|extra| CountingMethod::from_extra(extra).expect("a method")))
        .collect();
    let counting = plan.counting().into_iter().map(|method| method.filter(|method| method.to_extra().is_some()));
    assert_eq!(extras, counting.collect::<Vec<_>>());
    Set { tool, plan, credential }
}

const HEAD: &str = "title = \"Выборы \\\"правления\\\" / Басқарма\"\ndescription = \"Бір.\\n\\tЕкі \\\\ үш é €\"\n";

const CHOICES: &str = r#"
[[question]]
title = "Кто?"
kind = "choices"
answers = ["Answer 1", "Answer 2", "Answer 3"]
min = 1
max = 2
blank = true
count = "approval"
[[question]]
title = "One or none"
kind = "choices"
answers = ["Yes"]
min = 0
max = 1
count = "plurality"
[[question]]
title = "Lists"
kind = "lists"
lists = [{ name = "East", candidates = ["A", "B"] }, { name = "West", candidates = ["A"] }]
"#;

const NUMBERS: &str = r#"
[[question]]
title = "Order"
kind = "ranked"
answers = ["Answer 1", "Answer 2", "Answer 3"]
count = "schulze"
blank = true
[[question]]
title = "Seats"
kind = "ranked"
answers = ["Answer 1", "Answer 2", "Answer 3"]
count = "stv"
seats = 2
[[question]]
title = "Grades"
kind = "graded"
answers = ["Answer 1", "Answer 2"]
grades = ["Жақсы", "Fair", "Poor"]
"#;

fn head(lines: &str) -> String {
    format!("{}{lines}\n", HEAD.replace("\\t", ""))
}

#[test]
fn records_have_the_same_bytes_and_the_same_answers_are_taken() {
    let Some(peer) = adil_outside::peer("election against belenios-tool, Ed25519") else { return };
    let plan = head("organiser = \"Organiser\"\nauthority = \"Тіркеуші\"") + CHOICES + NUMBERS;
    let set = set_up(&peer.current, "election-ed25519", &plan);
    let sound = ["[0,1,1,0]", "[1]", "[[1,0,1],[0,0]]", "[1,1,0]", "[2,0,1]", "[3,1]"];
    let whole = |place: usize, entry: &str| {
        let mut entries = sound;
        entries[place] = entry;
        format!("[{}]", entries.join(","))
    };
    set.tool.write("credential.tmp", &set.credential);
    // What is encrypted under proofs is refused by both; votes of numbers are judged when they are counted.
    for (place, entry, is_sound) in [
        (0, "[0,1,1,0]", true),
        (0, "[1,0,0,0]", true),
        (0, "[1,1,0,0]", false),
        (0, "[0,0,0,0]", false),
        (0, "[0,1,1,1]", false),
        (0, "[0,2,0,0]", false),
        (0, "[1,1,0]", false),
        (1, "[0]", true),
        (1, "[2]", false),
        (2, "[[0,0,0],[1,1]]", true),
        (2, "[[1,1,1],[0,0]]", true),
        (2, "[[0,0,0],[0,0]]", false),
        (2, "[[1,0,0],[0,0]]", false),
        (2, "[[1,1,0],[1,1]]", false),
        (2, "[[1,1,0],[0,1]]", false),
        (3, "[0,0,0]", true),
        (3, "[1,2]", false),
        (5, "[1,1]", true),
    ] {
        let text = whole(place, entry);
        let ours = Answers::parse(&set.plan.contests, &text);
        assert_eq!(ours.is_ok(), is_sound, "{text}");
        set.tool.write("choice.tmp", &text);
        let ballot = set.tool.run("election generate-ballot --privcred credential.tmp --choice choice.tmp", "");
        let theirs = ballot.and_then(|ballot| {
            set.tool.write("ballot.tmp", &ballot);
            set.tool.run("election verify-ballot --ballot ballot.tmp", "")
        });
        assert_eq!(theirs.is_ok(), is_sound, "{text}: {theirs:?}");
    }
}

#[test]
fn records_in_finite_fields_have_the_same_bytes() {
    let Some(peer) = adil_outside::peer("election against belenios-tool, finite fields") else { return };
    set_up(&peer.current, "election-belenios", &(head("group = \"BELENIOS-2048\"\nauthority = \"A\"") + CHOICES));
    set_up(&peer.current, "election-rfc", &(head("group = \"RFC-3526-2048\"\norganiser = \"O\"") + NUMBERS + CHOICES));
}

/// Every vote of three numbers from 0 to 4: valid by the tool's counting where it is by ours.
#[test]
fn votes_of_numbers_are_valid_where_they_are_counted() {
    let Some(peer) = adil_outside::peer("votes of numbers against belenios-tool") else { return };
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "election-votes");
    let tool = Tool { program: peer.current, folder };
    let votes: Vec<Vec<u32>> = (0..125).map(|vote| vec![vote / 25, vote / 5 % 5, vote % 5]).collect();
    let text = serde_json::to_string(&votes).expect("numbers are JSON");
    let grades = ["Good", "Fair", "Poor"].map(str::to_owned).to_vec();
    for (command, method) in [
        ("method stv --nseats=1", CountingMethod::Stv { blank: true, seats: 1 }),
        (
            "method majority-judgment --nchoices=3 --ngrades=3 --blank-allowed=false",
            CountingMethod::MajorityJudgment { blank: false, grades: grades.clone() },
        ),
        (
            "method majority-judgment --nchoices=3 --ngrades=3 --blank-allowed=true",
            CountingMethod::MajorityJudgment { blank: true, grades },
        ),
    ] {
        let counted: Value = serde_json::from_str(&tool.run(command, &text).expect("it counts")).expect("JSON");
        let invalid: Vec<Vec<u32>> = serde_json::from_value(counted["invalid"].clone()).expect("votes");
        let question = adil_belenios::Question::NonHomomorphic {
            title: "Q".to_owned(),
            answers: vec!["A".to_owned(), "B".to_owned(), "C".to_owned()],
        };
        let contests = [Contest { question, counting: Some(method) }];
        for vote in &votes {
            let ours = Answers::parse(&contests, &serde_json::to_string(&[vote]).expect("numbers are JSON"));
            assert_eq!(ours.is_err(), invalid.contains(vote), "{command}: {vote:?}");
        }
    }
}
