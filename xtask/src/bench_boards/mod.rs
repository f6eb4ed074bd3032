//! What it costs to check boards, beside `belenios-tool election verify`: both programs in one run, on the same boards,
//! one after the other in every round, as a table in Markdown.
//!
//! CPU seconds are user and system time of the whole program, medians over the rounds; the kernel counts them in
//! hundredths of a second. Ratios are medians of the ratios of each round, so that a load that comes and goes falls on
//! both.

mod hold;

use std::env;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use flate2::read::GzDecoder;

use crate::cpu::{Cost, measure, median};
use hold::Plan;

/// What is measured with what.
struct Options {
    peer: PathBuf,
    data: PathBuf,
    rounds: usize,
    engines: Vec<String>,
    ciphertexts: usize,
}

impl Options {
    fn read(words: &[&str]) -> Result<Self, String> {
        let folder = |name: &str| env::var_os(name).map(PathBuf::from);
        let (mut peer, mut data) = (folder("ADIL_PEER"), folder("ADIL_DATA"));
        let (mut rounds, mut ciphertexts, mut engines) = (5, 1_000, vec!["portable".to_owned()]);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let value = *words.next().ok_or_else(|| format!("{word} needs a value"))?;
            let number = || value.parse::<usize>().map_err(|_| format!("{word} {value}: this is no number"));
            match *word {
                "--peer" => peer = Some(value.into()),
                "--data" => data = Some(value.into()),
                "--runs" => rounds = number()?.max(1),
                "--ciphertexts" => ciphertexts = number()?.max(2),
                "--engines" => engines = value.split(',').map(str::to_owned).collect(),
                _ => return Err(format!("{word} is not an option of bench-boards")),
            }
        }
        let peer = peer.ok_or("bench-boards needs --peer DIR or ADIL_PEER (see .ci/get-peer)")?;
        Ok(Self {
            // It is started in other folders.
            peer: std::path::absolute(&peer).map_err(|error| format!("{}: {error}", peer.display()))?,
            data: data.ok_or("bench-boards needs --data DIR or ADIL_DATA")?,
            rounds,
            engines,
            ciphertexts,
        })
    }
}

/// One way to check a board.
struct Program {
    name: String,
    path: PathBuf,
    /// Of `adil`, with its threads and engine; the other program has neither.
    own: Option<(usize, Option<String>)>,
}

impl Program {
    fn command(&self, board: &Path) -> Command {
        let mut command = Command::new(&self.path);
        match &self.own {
            Some((threads, engine)) => {
                command.args(["check", "--exit-zero", "--json", "--threads", &threads.to_string()]).arg(board);
                command.env_remove("ADIL_ENGINE");
                if let Some(engine) = engine {
                    command.env("ADIL_ENGINE", engine);
                }
            }
            None => {
                let folder = board.parent().unwrap_or(Path::new("."));
                command.args(["election", "verify"]).current_dir(folder);
            }
        }
        command
    }
}

/// One run of one program.
#[derive(Clone, Copy)]
struct Run {
    cost: Cost,
    wall: f64,
}

/// One board, or two whose difference is of interest.
struct Subject {
    name: String,
    board: PathBuf,
    /// The same board without the part that is measured.
    without: Option<PathBuf>,
    parts: usize,
    part: &'static str,
    /// The other program that accepts this board.
    peer: PathBuf,
    peer_name: &'static str,
}

/// Measures everything and returns the table.
pub(crate) fn run(root: &Path, words: &[&str]) -> Result<String, String> {
    let options = Options::read(words)?;
    let adil = crate::bench::build(root)?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let subjects = subjects(&options, &target.join("bench-boards"))?;
    let mut lines = vec![
        format!("Medians of {} rounds; CPU seconds are user and system time of the whole program.", options.rounds),
        String::new(),
        "| board | program | CPU s | wall s | CPU ms for each | CPU: belenios-tool / this | peak MiB |".to_owned(),
        "|---|---|---|---|---|---|---|".to_owned(),
    ];
    for subject in &subjects {
        let programs = programs(subject, &adil, &options.engines);
        let rounds: Result<Vec<Vec<Option<Run>>>, String> =
            (0..options.rounds).map(|_| programs.iter().map(|program| once(program, subject)).collect()).collect();
        let rounds = rounds?;
        lines.extend((0..programs.len()).map(|at| row(subject, &programs[at], at, &rounds)));
    }
    Ok(lines.join("\n"))
}

/// The line of one program: `rounds` holds its runs at `at`, and those of the other program at 0.
fn row(subject: &Subject, program: &Program, at: usize, rounds: &[Vec<Option<Run>>]) -> String {
    let name = format!("{} ({} {})", subject.name, subject.parts, subject.part);
    let runs: Vec<Run> = rounds.iter().filter_map(|round| round[at]).collect();
    if runs.is_empty() {
        return format!("| {name} | {} | does not accept it | | | | |", program.name);
    }
    let cpu = median(runs.iter().map(|run| run.cost.cpu).collect());
    let wall = median(runs.iter().map(|run| run.wall).collect());
    let peak = runs.iter().map(|run| run.cost.peak_mib).fold(0.0, f64::max);
    let pairs = rounds.iter().filter_map(|round| Some(round[0]?.cost.cpu / round[at]?.cost.cpu));
    let ratio = median(pairs.collect());
    let each = cpu * 1_000.0 / subject.parts as f64;
    format!("| {name} | {} | {cpu:.2} | {wall:.2} | {each:.3} | {ratio:.1} | {peak:.0} |", program.name)
}

/// One run, less the run without the part; `None` where the program does not accept the board.
fn once(program: &Program, subject: &Subject) -> Result<Option<Run>, String> {
    let measured = |board: &Path| -> Result<Option<Run>, String> {
        let start = Instant::now();
        let cost = measure(&mut program.command(board))?;
        Ok((cost.status == 0).then(|| Run { cost, wall: start.elapsed().as_secs_f64() }))
    };
    let Some(mut run) = measured(&subject.board)? else { return Ok(None) };
    if let Some(without) = &subject.without {
        let Some(less) = measured(without)? else { return Ok(None) };
        run.cost.cpu -= less.cost.cpu;
        run.wall -= less.wall;
    }
    Ok(Some(run))
}

fn programs(subject: &Subject, adil: &Path, engines: &[String]) -> Vec<Program> {
    let own = |threads: usize, engine: Option<&String>| Program {
        name: match engine {
            Some(engine) => format!("adil, {threads} thread(s), {engine}"),
            None => format!("adil, {threads} thread(s)"),
        },
        path: adil.to_path_buf(),
        own: Some((threads, engine.cloned())),
    };
    let mut programs = vec![Program { name: subject.peer_name.to_owned(), path: subject.peer.clone(), own: None }];
    programs.extend([own(1, None), own(2, None)]);
    programs.extend(engines.iter().map(|engine| own(1, Some(engine))));
    programs
}

/// The boards, each alone in a folder, as the other program wants them.
fn subjects(options: &Options, work: &Path) -> Result<Vec<Subject>, String> {
    const CURRENT: &str = "belenios-tool 3.3.0";
    const FIRST: &str = "belenios-tool 2.0";
    let (current, first) = (options.peer.join("belenios-tool"), options.peer.join("belenios-tool-2.0"));
    let large = unpacked(&options.data.join("belenios/bench/ed25519-1x3-3000.bel.gz"), &work.join("ed25519-1x3"))?;
    let finite = Plan {
        program: &first,
        group: "BELENIOS-2048",
        question: r#"{"answers":["A","B","C"],"min":1,"max":1,"question":"Which?"}"#,
        votes: &["[[1,0,0]]", "[[0,1,0]]", "[[0,0,1]]"],
        vote_option: "--ballot",
        ballots: 200,
    };
    let finite = hold::cast(&finite, &work.join("belenios-2048-1x3"))?;
    let numbers = Plan {
        program: &current,
        group: "Ed25519",
        question: r#"{"type":"NonHomomorphic","value":{"answers":["A","B","C"],"question":"In which order?"}}"#,
        votes: &["[[1,2,3]]", "[[3,1,2]]", "[[2,3,1]]"],
        vote_option: "--choice",
        ballots: options.ciphertexts,
    };
    let name = format!("shuffle-{}", options.ciphertexts);
    let numbers = hold::cast(&numbers, &work.join(&name))?;
    let without = hold::tallied(&current, &numbers, &work.join(format!("{name}-without")), false)?;
    let with = hold::tallied(&current, &numbers, &work.join(format!("{name}-with")), true)?;
    let whole = |name: &str, board, parts, peer: &Path, peer_name| Subject {
        name: name.to_owned(),
        board,
        without: None,
        parts,
        part: "ballots",
        peer: peer.to_path_buf(),
        peer_name,
    };
    Ok(vec![
        whole("Ed25519, 1x3", large, 3_000, &current, CURRENT),
        whole("BELENIOS-2048, 1x3", finite, 200, &first, FIRST),
        Subject {
            without: Some(without),
            part: "ciphertexts",
            ..whole("Ed25519, one shuffle", with, options.ciphertexts, &current, CURRENT)
        },
    ])
}

/// A board out of its compressed file, alone in a folder.
fn unpacked(packed: &Path, folder: &Path) -> Result<PathBuf, String> {
    let told = |error: std::io::Error| format!("{}: {error}", packed.display());
    let mut bytes = Vec::new();
    GzDecoder::new(fs::File::open(packed).map_err(told)?).read_to_end(&mut bytes).map_err(told)?;
    fs::create_dir_all(folder).map_err(told)?;
    let board = folder.join("election.bel");
    fs::write(&board, bytes).map_err(told)?;
    Ok(board)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(cpu: f64) -> Option<Run> {
        Some(Run { cost: Cost { cpu, peak_mib: 10.0, status: 0 }, wall: cpu })
    }

    #[test]
    fn a_line_gives_medians_and_the_median_of_the_ratios() {
        let (subject, program) = (subject(), Program { name: "adil".to_owned(), path: PathBuf::new(), own: None });
        // Ratios 10, 4 and 12; the median of the CPU times is 2.
        let rounds = [vec![run(10.0), run(1.0)], vec![run(8.0), run(2.0)], vec![run(36.0), run(3.0)]];
        assert_eq!(
            row(&subject, &program, 1, &rounds),
            "| Board (100 ballots) | adil | 2.00 | 2.00 | 20.000 | 10.0 | 10 |"
        );
    }

    #[test]
    fn a_board_that_is_not_accepted_has_no_cost() {
        let program = Program { name: "adil".to_owned(), path: PathBuf::new(), own: None };
        let line = row(&subject(), &program, 1, &[vec![run(10.0), None]]);
        assert_eq!(line, "| Board (100 ballots) | adil | does not accept it | | | | |");
    }

    fn subject() -> Subject {
        Subject {
            name: "Board".to_owned(),
            board: PathBuf::new(),
            without: None,
            parts: 100,
            part: "ballots",
            peer: PathBuf::new(),
            peer_name: "belenios-tool",
        }
    }
}
