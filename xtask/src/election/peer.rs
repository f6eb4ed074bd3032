//! belenios-tool's steps beside ours, on the board of the same election, one core each.
//!
//! It makes one ballot in each process; adil makes all of a file in one. What is compared is the CPU time of a ballot as
//! it is made by the command of each.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::roles::Roles;
use crate::cpu::{Cost, measure, median};

/// Runs of a short command, of which the median counts.
const ROUNDS: usize = 15;
/// Votes of a batch of ours.
const BATCH: usize = 1_000;

/// The lines of the comparison.
pub(super) fn beside(roles: &Roles<'_>, peer: &Path, ranked: bool) -> Result<Vec<String>, String> {
    let tool = peer.join("belenios-tool");
    let one = Roles { adil: roles.adil, folder: roles.folder, one_core: true };
    let mut lines = vec![
        "| step, one core | belenios-tool, CPU ms each | adil, CPU ms each | ratio |".to_owned(),
        "|---|---|---|---|".to_owned(),
    ];
    let mut line = |name: &str, theirs: f64, ours: f64| {
        lines.push(format!("| {name} | {:.2} | {:.3} | {:.1} |", theirs * 1e3, ours * 1e3, theirs / ours));
    };
    // A ballot.
    let votes = fs::read_to_string(roles.folder.join("votes.jsonl")).map_err(|error| error.to_string())?;
    let votes: Vec<&str> = votes.lines().rev().take(BATCH).collect();
    let one_vote: serde_json::Value =
        serde_json::from_str(votes.first().ok_or("no vote")?).map_err(|error| error.to_string())?;
    let folder = roles.folder.join("peer");
    let uuid = provisional(&one, &folder)?;
    let code = one_vote["code"].as_str().unwrap_or_default();
    fs::write(folder.join("code"), code).map_err(|error| error.to_string())?;
    fs::write(folder.join("choice"), one_vote["answers"].to_string()).map_err(|error| error.to_string())?;
    let theirs = || {
        let mut command = Command::new(&tool);
        command.args(["election", "generate-ballot", "--privcred", "code", "--choice", "choice", "--uuid", &uuid]);
        Ok(done(measure(command.current_dir(&folder))?, "generate-ballot")?.cpu)
    };
    let theirs = median((0..ROUNDS).map(|_| theirs()).collect::<Result<_, String>>()?);
    let ours = (0..3).map(|round| batch(&one, round, &votes)).collect::<Result<Vec<f64>, String>>()?;
    line("a ballot made, checked and logged; theirs made only", theirs, median(ours) / votes.len() as f64);
    // The tally and a shuffle.
    let ballots = fs::read_to_string(folder.join("ballots")).map_err(|error| error.to_string())?;
    let ballots: f64 = ballots.trim().parse().map_err(|_| "no number of ballots")?;
    let closed = folder.join("closed");
    fs::create_dir_all(&closed).map_err(|error| error.to_string())?;
    let cut = cut_after(&roles.folder.join("org/election.bel"), "EndBallots")?;
    fs::write(closed.join(format!("{uuid}.bel")), cut).map_err(|error| error.to_string())?;
    let mut command = Command::new(&tool);
    let theirs = measure(command.args(["election", "compute-encrypted-tally"]).current_dir(&closed))?;
    let theirs = done(theirs, "compute-encrypted-tally")?.cpu;
    let org = voted_again(&one)?;
    let mut command = one.command();
    let ours = done(measure(command.args(["election", "close"]).arg(&org))?, "close")?.cpu;
    line("a ballot in the encrypted tally", theirs / ballots, ours / ballots);
    if ranked {
        let tallied = folder.join("tallied");
        fs::create_dir_all(&tallied).map_err(|error| error.to_string())?;
        let cut = cut_after(&roles.folder.join("org/election.bel"), "EncryptedTally")?;
        fs::write(tallied.join(format!("{uuid}.bel")), cut).map_err(|error| error.to_string())?;
        let mut command = Command::new(&tool);
        let theirs = measure(command.args(["election", "shuffle", "--trustee-id=1"]).current_dir(&tallied))?;
        let theirs = done(theirs, "shuffle")?.cpu;
        let mut command = one.command();
        command.args(["election", "trustee", "shuffle", "t1"]).arg(&org).args(["--passphrase-file", "passphrase"]);
        let ours = done(measure(&mut command)?, "trustee shuffle")?.cpu;
        let voters = ballots / 1.1;
        line("a ciphertext shuffled", theirs / voters, ours / voters);
    }
    Ok(lines)
}

fn done(cost: Cost, what: &str) -> Result<Cost, String> {
    match cost.status {
        0 => Ok(cost),
        status => Err(format!("{what} ended with status {status}")),
    }
}

/// The archive of the setup alone in a folder for belenios-tool; the election's identifier.
fn provisional(roles: &Roles<'_>, folder: &Path) -> Result<String, String> {
    let told = |error: std::io::Error| error.to_string();
    fs::create_dir_all(folder).map_err(told)?;
    let draft = fs::read_to_string(roles.folder.join("org/draft.json")).map_err(told)?;
    let draft: serde_json::Value = serde_json::from_str(&draft).map_err(|error| error.to_string())?;
    let uuid = draft["uuid"].as_str().unwrap_or_default().to_owned();
    let cut = cut_after(&roles.folder.join("org/election.bel"), "Setup")?;
    fs::write(folder.join(format!("{uuid}.bel")), cut).map_err(told)?;
    let archive = fs::read(roles.folder.join("org/election.bel")).map_err(told)?;
    let needle = b"\"type\":\"Ballot\"";
    let ballots = archive.windows(needle.len()).filter(|window| window == needle).count();
    fs::write(folder.join("ballots"), ballots.to_string()).map_err(told)?;
    Ok(uuid)
}

/// The archive up to the first event of a kind.
fn cut_after(archive: &Path, kind: &str) -> Result<Vec<u8>, String> {
    let bytes = fs::read(archive).map_err(|error| format!("{}: {error}", archive.display()))?;
    let needle = format!("\"type\":\"{kind}\"");
    let at = bytes.windows(needle.len()).position(|window| window == needle.as_bytes());
    let at = at.ok_or_else(|| format!("the archive has no event {kind}"))?;
    // An event fits a block.
    Ok(bytes[..(at + needle.len()).next_multiple_of(512).min(bytes.len())].to_vec())
}

/// A batch of votes cast into a copy of the election that has been opened and has no ballots; CPU seconds.
fn batch(roles: &Roles<'_>, round: usize, votes: &[&str]) -> Result<f64, String> {
    let name = format!("batch-{round}.jsonl");
    let path = roles.folder.join(&name);
    fs::write(&path, votes.join("\n")).map_err(|error| error.to_string())?;
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).map_err(|error| error.to_string())?;
    }
    let org = opened_again(roles, &format!("org-{round}"))?;
    let mut command = roles.command();
    command.args(["election", "vote", &org, "--batch", &name]);
    let all = done(measure(&mut command)?, "vote --batch")?.cpu;
    // What opening a log with its list of credentials costs is paid once for a batch, and is part of it.
    Ok(all)
}

/// A copy of the organiser's folder, opened anew.
fn opened_again(roles: &Roles<'_>, name: &str) -> Result<String, String> {
    let to = roles.folder.join(name);
    fs::create_dir_all(to.join("private")).map_err(|error| error.to_string())?;
    for file in ["draft.json", "questions.toml", "assembled.json", "rehearsal.json", "private/keys"] {
        fs::copy(roles.folder.join("org").join(file), to.join(file)).map_err(|error| format!("{file}: {error}"))?;
    }
    let mut command = roles.command();
    command.args(["election", "open", name, "t1/rehearsed.json", "t2/rehearsed.json"]);
    done(measure(&mut command)?, "open")?;
    Ok(name.to_owned())
}

/// A copy of the election with all ballots and nothing after them.
fn voted_again(roles: &Roles<'_>) -> Result<String, String> {
    let name = opened_again(roles, "org-all")?;
    let mut command = roles.command();
    command.args(["election", "vote", &name, "--batch", "votes.jsonl"]);
    done(measure(&mut command)?, "vote --batch")?;
    Ok(name)
}
