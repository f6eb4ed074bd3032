//! Boards to measure on, held with `belenios-tool`, and kept between calls: making them costs more than checking them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// An election of one question with one trustee.
pub(crate) struct Plan<'a> {
    pub(crate) program: &'a Path,
    pub(crate) group: &'a str,
    /// The question, as JSON.
    pub(crate) question: &'a str,
    /// What is voted, one after another.
    pub(crate) votes: &'a [&'a str],
    /// The option of `generate-ballot` that names the file of a vote.
    pub(crate) vote_option: &'a str,
    pub(crate) ballots: usize,
}

/// A folder with the board of the plan, all ballots cast; made where it is not there yet.
pub(crate) fn cast(plan: &Plan, folder: &Path) -> Result<PathBuf, String> {
    let finished = folder.join("complete");
    if !finished.is_file() {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).map_err(told(folder))?;
        let tool = Tool { program: plan.program, folder };
        make(plan, &tool)?;
        fs::write(&finished, "").map_err(told(&finished))?;
    }
    only(folder, "bel")
}

fn make(plan: &Plan, tool: &Tool) -> Result<(), String> {
    let group = plan.group;
    let uuid = tool.ask("setup generate-token", "")?;
    let uuid = uuid.trim();
    tool.ask(&format!("setup generate-credentials --uuid {uuid} --group {group} --count {}", plan.ballots), "")?;
    let public = read(&only(tool.folder, "pubcreds")?)?;
    let public: Vec<String> = serde_json::from_str(&public).map_err(|error| error.to_string())?;
    let keys: Vec<&str> = public.iter().filter_map(|line| line.split(',').next()).collect();
    tool.write("public_creds.json", &serde_json::to_string(&keys).map_err(|error| error.to_string())?)?;
    tool.ask(&format!("setup generate-trustee-key --group {group}"), "")?;
    tool.write("public_keys.jsons", &format!("{}\n", read(&only(tool.folder, "pubkey")?)?.trim()))?;
    tool.ask("setup make-trustees", "")?;
    let template = format!(r#"{{"description":"For measuring","name":"Bench","questions":[{}]}}"#, plan.question);
    tool.write("template.json", &template)?;
    tool.ask(&format!("setup make-election --uuid {uuid} --group {group} --template template.json"), "")?;
    tool.ask("archive init", "")?;
    let credentials = private(&read(&only(tool.folder, "privcreds")?)?);
    for (credential, vote) in credentials.iter().zip(plan.votes.iter().cycle()) {
        tool.write("credential.tmp", credential)?;
        tool.write("vote.tmp", vote)?;
        let command = format!("election generate-ballot --privcred credential.tmp {} vote.tmp", plan.vote_option);
        let ballot = tool.ask(&command, "")?;
        tool.ask("archive add-event --type=Ballot", &ballot)?;
    }
    Ok(())
}

/// A copy of a board in a folder of its own, in which the vote is ended and tallied, and shuffled where this is wanted.
pub(crate) fn tallied(program: &Path, board: &Path, folder: &Path, shuffled: bool) -> Result<PathBuf, String> {
    let finished = folder.join("complete");
    let copy = folder.join(board.file_name().unwrap_or_default());
    if !finished.is_file() {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).map_err(told(folder))?;
        fs::copy(board, &copy).map_err(told(&copy))?;
        let tool = Tool { program, folder };
        tool.ask("archive add-event --type=EndBallots", "")?;
        let tally = tool.ask("election compute-encrypted-tally", "")?;
        tool.ask("archive add-event --type=EncryptedTally", &tally)?;
        if shuffled {
            let shuffle = tool.ask("election shuffle --trustee-id=1", "")?;
            tool.ask("archive add-event --type=Shuffle", &shuffle)?;
        }
        fs::write(&finished, "").map_err(told(&finished))?;
    }
    Ok(copy)
}

/// Private credentials: an object, or lines of a name and a credential.
fn private(text: &str) -> Vec<String> {
    match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text) {
        Ok(all) => all.values().filter_map(|credential| credential.as_str().map(str::to_owned)).collect(),
        Err(_) => text.lines().filter_map(|line| line.rsplit(' ').next().map(str::to_owned)).collect(),
    }
}

struct Tool<'a> {
    program: &'a Path,
    folder: &'a Path,
}

impl Tool<'_> {
    fn ask(&self, arguments: &str, input: &str) -> Result<String, String> {
        let failed = |error: std::io::Error| format!("{} {arguments}: {error}", self.program.display());
        let mut command = Command::new(self.program);
        command.args(arguments.split(' ')).current_dir(self.folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        if let Some(mut stdin) = child.stdin.take() {
            // It may end without reading its input; its status says how it went.
            let _ = stdin.write_all(input.as_bytes());
        }
        let output = child.wait_with_output().map_err(failed)?;
        if !output.status.success() {
            return Err(format!("belenios-tool {arguments}: {}", String::from_utf8_lossy(&output.stderr)));
        }
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(told(&path))
    }
}

/// The only file of a folder with an ending.
fn only(folder: &Path, ending: &str) -> Result<PathBuf, String> {
    let files = fs::read_dir(folder).map_err(told(folder))?;
    let files = files.filter_map(|file| file.ok().map(|file| file.path()));
    let mut files = files.filter(|path| path.extension().is_some_and(|found| found == ending));
    match (files.next(), files.next()) {
        (Some(path), None) => Ok(path),
        _ => Err(format!("{} does not hold one file that ends in .{ending}", folder.display())),
    }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(told(path))
}

fn told(path: &Path) -> impl Fn(std::io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    #[test]
    fn private_credentials_are_read_in_both_forms() {
        assert_eq!(super::private(r#"{"1":"a-b","2":"c-d"}"#), ["a-b", "c-d"]);
        assert_eq!(super::private("1,voter, a-b\n2 c-d\n"), ["a-b", "c-d"]);
    }
}
