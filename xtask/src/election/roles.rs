//! The roles' commands, and what they work on.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::cpu::{Cost, measure};

/// The program, and the folder that everything is in.
pub(crate) struct Roles<'a> {
    pub(crate) adil: &'a Path,
    pub(crate) folder: &'a Path,
    pub(crate) one_core: bool,
}

/// What the result must be: votes for each answer, and for each ranking.
pub(crate) struct Expected {
    answers: [u64; 3],
    rankings: Vec<Vec<u64>>,
}

/// Trustees, and how many of them decrypt.
const TRUSTEES: usize = 3;
const ENOUGH: usize = 2;

impl Roles<'_> {
    /// A call of the program.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(self.adil);
        command.current_dir(self.folder);
        if self.one_core {
            command.env("RAYON_NUM_THREADS", "1");
        }
        command
    }

    fn write(&self, name: &str, text: &str, mode: u32) -> Result<(), String> {
        let path = self.folder.join(name);
        let told = |error: std::io::Error| format!("{}: {error}", path.display());
        fs::write(&path, text).map_err(told)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).map_err(told)
    }

    /// The plan, the list of voters, a passphrase.
    pub(crate) fn prepare(&self, voters: usize, ranked: bool) -> Result<(), String> {
        let mut plan = String::from(
            "title = \"An election of many\"\n[[question]]\ntitle = \"Q\"\nkind = \"choices\"\nanswers = [\"A\", \"B\", \
             \"C\"]\nmin = 1\nmax = 1\ncount = \"plurality\"\n",
        );
        if ranked {
            plan.push_str(
                "[[question]]\ntitle = \"R\"\nkind = \"ranked\"\nanswers = [\"A\", \"B\", \"C\", \"D\"]\ncount = \"schulze\"\n",
            );
        }
        self.write("questions.toml", &plan, 0o644)?;
        let list: String = (1..=voters).map(|number| format!("voter-{number}\n")).collect();
        self.write("voters.csv", &format!("id\n{list}"), 0o644)?;
        self.write("passphrase", "for measuring only", 0o600)
    }

    /// The steps up to the opening.
    pub(crate) fn before_the_votes(&self) -> Vec<(&'static str, Vec<String>)> {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let all = |kind: &str| {
            (1..=TRUSTEES).map(|number| format!("t{number}/{kind}-{number}.json")).collect::<Vec<_>>().join(" ")
        };
        let mut steps = vec![
            ("plan and keys", words("new org --questions questions.toml")),
            (
                "codes, spare codes, lists",
                words("credentials auth --draft org/draft.json --voters voters.csv --no-letters"),
            ),
        ];
        for number in 1..=TRUSTEES {
            steps.push((
                "a trustee's certificate",
                words(&format!(
                    "trustee cert t{number} --draft org/draft.json --threshold {ENOUGH} --members {TRUSTEES} --number \
                     {number} --passphrase-file passphrase"
                )),
            ));
        }
        for (name, step, kind) in
            [("a contribution", "contribute", "certificate"), ("a trustee's key", "finish", "contribution")]
        {
            for number in 1..=TRUSTEES {
                let call = format!("trustee {step} t{number} {} --passphrase-file passphrase", all(kind));
                steps.push((name, words(&call)));
            }
        }
        let files = format!("auth/credentials.json {} {} {}", all("certificate"), all("contribution"), all("finished"));
        steps.push(("assembling", words(&format!("assemble org {files}"))));
        for number in 1..=ENOUGH {
            let call = format!("trustee test t{number} org/rehearsal.json --passphrase-file passphrase");
            steps.push(("a rehearsal", words(&call)));
        }
        steps.push(("opening", words("open org t1/rehearsed.json t2/rehearsed.json")));
        steps
    }

    /// A vote of every voter, and of one in ten an earlier one that it replaces.
    pub(crate) fn write_votes(&self, voters: usize, ranked: bool) -> Result<Expected, String> {
        let table =
            fs::read_to_string(self.folder.join("auth/private/codes.csv")).map_err(|error| error.to_string())?;
        let is_code = |cell: &&str| cell.len() == 25 && cell.matches('-').count() == 3;
        let codes: Vec<&str> = table.lines().filter_map(|row| row.split(['"', ',']).find(is_code)).collect();
        if codes.len() != voters {
            return Err(format!("{} codes for {voters} voters", codes.len()));
        }
        const RANKINGS: [[u64; 4]; 3] = [[1, 2, 3, 4], [2, 1, 3, 4], [4, 3, 2, 1]];
        let mut expected = Expected { answers: [0; 3], rankings: Vec::new() };
        let (mut first, mut last) = (String::new(), String::new());
        let line = |code: &str, answer: usize, ranking: usize| {
            let mut bits = [0; 3];
            bits[answer] = 1;
            let mut answers = vec![json!(bits)];
            if ranked {
                answers.push(json!(RANKINGS[ranking]));
            }
            format!("{}\n", json!({ "code": code, "answers": answers }))
        };
        for (number, code) in codes.iter().enumerate() {
            // Neither answer has a pattern that follows from the other.
            let (answer, ranking) = (number * number % 7 % 3, number % 5 % 3);
            if number % 10 == 3 {
                first.push_str(&line(code, (answer + 1) % 3, (ranking + 1) % 3));
            }
            last.push_str(&line(code, answer, ranking));
            expected.answers[answer] += 1;
            if ranked {
                expected.rankings.push(RANKINGS[ranking].to_vec());
            }
        }
        expected.rankings.sort();
        self.write("votes.jsonl", &(first + &last), 0o600)?;
        Ok(expected)
    }

    /// The steps from the closing to the publication.
    pub(crate) fn after_the_votes(&self, ranked: bool) -> Vec<(&'static str, Vec<String>)> {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut steps = vec![("closing and encrypted tally", words("close org"))];
        if ranked {
            steps.push(("a shuffle", words("trustee shuffle t1 org --passphrase-file passphrase")));
            steps.push(("a shuffle checked and logged", words("add org t1/shuffle.json")));
        }
        for number in 1..=ENOUGH {
            let call = format!("trustee decrypt t{number} org --passphrase-file passphrase");
            steps.push(("tally recomputed and decrypted", words(&call)));
        }
        steps.push(("decryptions checked and logged", words("add org t1/decryption.json t2/decryption.json")));
        steps.push(("result", words("result org")));
        steps.push(("the archive", words("publish org")));
        steps
    }

    /// The check of the whole record.
    pub(crate) fn check(&self) -> Result<(Cost, Value), String> {
        let report = self.folder.join("report.json");
        let mut command = Command::new("sh");
        let call = format!("exec {:?} check org --json > {:?}", self.adil, report);
        command.args(["-c", &call]).current_dir(self.folder);
        if self.one_core {
            command.env("RAYON_NUM_THREADS", "1");
        }
        let cost = measure(&mut command)?;
        if cost.status != 0 {
            return Err(format!("the check ended with status {}", cost.status));
        }
        let text = fs::read_to_string(&report).map_err(|error| error.to_string())?;
        Ok((cost, serde_json::from_str(&text).map_err(|error| error.to_string())?))
    }
}

/// Whether every finding about the board is proven, and the result is that of the votes.
pub(crate) fn compare(report: &Value, expected: &Expected) -> Result<(), String> {
    let findings = report["findings"].as_array().ok_or("the report has no findings")?;
    for wanted in ["board/ballots", "board/tally", "board/decryption", "board/result", "board/derivation"] {
        let found = findings.iter().find(|finding| finding["check"] == wanted);
        let verdict = found.map_or("missing", |finding| finding["verdict"].as_str().unwrap_or("missing"));
        if verdict != "proven" {
            return Err(format!("{wanted} is {verdict}"));
        }
    }
    let result = findings.iter().find(|finding| finding["check"] == "board/result");
    let measures = result.map(|finding| &finding["measures"]["result"]).ok_or("there is no result")?;
    if measures[0] != json!(expected.answers) {
        return Err(format!("the result is {}, and the votes are {:?}", measures[0], expected.answers));
    }
    if !expected.rankings.is_empty() {
        let mut rankings: Vec<Vec<u64>> =
            serde_json::from_value(measures[1].clone()).map_err(|error| format!("the rankings: {error}"))?;
        rankings.sort();
        if rankings != expected.rankings {
            return Err("the rankings are not those of the votes".to_owned());
        }
    }
    Ok(())
}
