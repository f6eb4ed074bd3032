//! A whole election of any size, from its set-up to its proven result, by the program's own commands, with what every
//! step costs; and, where belenios-tool is there, its steps beside them in the same run.

mod peer;
mod roles;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::cpu::{Cost, measure};
use roles::Roles;

/// What is held.
pub(crate) struct Options {
    voters: usize,
    ranked: bool,
    one_core: bool,
    peer: Option<PathBuf>,
    folder: Option<PathBuf>,
}

impl Options {
    fn read(words: &[&str]) -> Result<Self, String> {
        let mut options = Self { voters: 2_000, ranked: false, one_core: false, peer: None, folder: None };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().copied().ok_or_else(|| format!("{word} needs a value"));
            match *word {
                "--voters" => {
                    let number = value()?;
                    options.voters = number.parse().map_err(|_| format!("--voters {number}: this is no number"))?;
                }
                "--ranked" => options.ranked = true,
                "--one-core" => options.one_core = true,
                "--peer" => options.peer = Some(value()?.into()),
                "--folder" => options.folder = Some(value()?.into()),
                _ => return Err(format!("{word} is not an option of election")),
            }
        }
        match options.voters {
            0 => Err("--voters 0: an election has voters".to_owned()),
            _ => Ok(options),
        }
    }
}

/// A step with what it cost.
pub(crate) struct Step {
    name: String,
    cost: Cost,
    wall: f64,
    note: String,
}

/// Holds the election and returns the table.
pub(crate) fn run(root: &Path, words: &[&str]) -> Result<String, String> {
    let options = Options::read(words)?;
    let adil = crate::bench::build(root)?;
    let temporary = env::temp_dir().join(format!("adil-election-{}", std::process::id()));
    let folder = options.folder.clone().unwrap_or_else(|| temporary.clone());
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let held = hold(&adil, &folder, &options);
    if options.folder.is_none() {
        let _ = fs::remove_dir_all(&temporary);
    }
    held
}

fn hold(adil: &Path, folder: &Path, options: &Options) -> Result<String, String> {
    let roles = Roles { adil, folder, one_core: options.one_core };
    let mut steps = Vec::new();
    roles.prepare(options.voters, options.ranked)?;
    for (name, arguments) in roles.before_the_votes() {
        steps.push(roles.step(name, &arguments)?);
    }
    let expected = roles.write_votes(options.voters, options.ranked)?;
    steps.push(roles.step("all vote, 1 in 10 twice", &["vote", "org", "--batch", "votes.jsonl"].map(str::to_owned))?);
    for (name, arguments) in roles.after_the_votes(options.ranked) {
        steps.push(roles.step(name, &arguments)?);
    }
    let begin = Instant::now();
    let checked = roles.check()?;
    steps.push(Step {
        name: "adil check: board and log".to_owned(),
        cost: checked.0,
        wall: begin.elapsed().as_secs_f64(),
        note: String::new(),
    });
    roles::compare(&checked.1, &expected)?;
    let mut lines = vec![
        format!(
            "{} voters, one question of three answers{}, 2 of 3 trustees, as many spare codes as voters; {}. Every board \
             check is proven, the archive follows from the log, and the result is that of the votes.",
            options.voters,
            if options.ranked { " and a ranked one" } else { "" },
            if options.one_core { "one core" } else { "all cores" }
        ),
        String::new(),
        "| step | CPU s | wall s | peak MiB |".to_owned(),
        "|---|---|---|---|".to_owned(),
    ];
    for step in &steps {
        let Step { name, cost, wall, note } = step;
        lines.push(format!("| {name}{note} | {:.2} | {wall:.2} | {:.0} |", cost.cpu, cost.peak_mib));
    }
    let total: f64 = steps.iter().map(|step| step.cost.cpu).sum();
    lines.push(format!("| together | {total:.2} | {:.2} | |", steps.iter().map(|step| step.wall).sum::<f64>()));
    lines.push(String::new());
    for (what, path) in [("archive", "org/election.bel"), ("log", "org/log"), ("codes", "auth/private/codes.csv")] {
        lines.push(format!("Size of the {what}: {:.1} MB.", size(&folder.join(path)) as f64 / 1e6));
    }
    if let Some(peer) = &options.peer {
        let peer = std::path::absolute(peer).map_err(|error| format!("{}: {error}", peer.display()))?;
        lines.push(String::new());
        lines.extend(peer::beside(&roles, &peer, options.ranked)?);
    }
    Ok(lines.join("\n"))
}

impl Roles<'_> {
    /// Takes a step and measures it.
    fn step(&self, name: &str, arguments: &[String]) -> Result<Step, String> {
        let begin = Instant::now();
        let mut command = self.command();
        command.arg("election").args(arguments);
        let cost = measure(&mut command)?;
        let wall = begin.elapsed().as_secs_f64();
        match cost.status {
            0 => Ok(Step { name: name.to_owned(), cost, wall, note: String::new() }),
            status => Err(format!("adil election {} ended with status {status}", arguments.join(" "))),
        }
    }
}

/// The bytes of a file, or of everything in a folder.
fn size(path: &Path) -> u64 {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().map(|entry| size(&entry.path())).sum(),
        Err(_) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
    }
}
