//! How many ballots a server accepts in a second, and how fast its board answers: server and clients on one machine.
//!
//! An election is set up, `adil serve` is started as often as wanted on one database, and clients send ballots that were
//! made before, each over a connection of its own. What is counted is what a voter waits for: her ballot is verified, on
//! the disk, and in the log. Afterwards every acknowledged ballot must be in the log once, and every checkpoint that a
//! client was shown must be the beginning of the last one.

mod client;
mod prepared;
mod server;

use std::path::Path;
use std::time::Instant;

use client::{Answered, Told};
use prepared::Prepared;
use server::Server;

/// What is tried.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    ballots: usize,
    voters: usize,
    clients: usize,
    processes: usize,
    postgres: Option<String>,
    seconds: u64,
}

impl Options {
    fn read(words: &[&str]) -> Result<Self, String> {
        let mut options = Self { ballots: 3_000, voters: 500, clients: 50, processes: 1, postgres: None, seconds: 5 };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let value = words.next().copied().ok_or_else(|| format!("{word} needs a value"))?;
            let number = || value.parse::<usize>().map_err(|_| format!("{word} {value}: this is no number"));
            match *word {
                "--ballots" => options.ballots = number()?.max(1),
                "--voters" => options.voters = number()?.max(1),
                "--clients" => options.clients = number()?.max(1),
                "--processes" => options.processes = number()?.max(1),
                "--seconds" => options.seconds = number()? as u64,
                "--postgres" => options.postgres = Some(value.to_owned()),
                _ => return Err(format!("{word} is not an option of load")),
            }
        }
        if options.processes > 1 && options.postgres.is_none() {
            return Err("several processes need --postgres: the embedded database is for one".to_owned());
        }
        Ok(options)
    }
}

/// Serves, sends, counts, and checks.
pub(crate) fn run(root: &Path, words: &[&str]) -> Result<String, String> {
    let options = Options::read(words)?;
    let adil = crate::bench::build(root)?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let prepared = Prepared::new(folder.path(), &options)?;
    let servers: Vec<Server> = (0..options.processes)
        .map(|_| Server::start(&adil, folder.path(), prepared.database.as_deref()))
        .collect::<Result<_, _>>()?;
    let idle = servers.iter().map(Server::resident_mib).fold(0.0, f64::max);
    // A first request reads the log into memory.
    for server in &servers {
        client::get(&format!("{}/api/e/{}", server.address, prepared.uuid))?;
    }
    let begun = Instant::now();
    let cpu_before: f64 = servers.iter().map(Server::cpu_seconds).sum();
    let told = client::cast_all(&servers, &prepared, options.clients);
    let wall = begun.elapsed().as_secs_f64();
    let cpu = servers.iter().map(Server::cpu_seconds).sum::<f64>() - cpu_before;
    let accepted: Vec<&Told> = told.iter().filter(|told| matches!(told.answer, Answered::Accepted { .. })).collect();
    let refused = told.len() - accepted.len();
    // What one process shows is at most a third of a second behind what another has logged.
    std::thread::sleep(std::time::Duration::from_secs(1));
    let lost = client::missing(&servers, &prepared.uuid, &accepted)?;
    let forks = client::forks(&servers[0], &prepared.uuid, &accepted)?;
    let peak = servers.iter().map(Server::peak_mib).fold(0.0, f64::max);
    let mut text = format!(
        "| what | value |\n|---|---|\n| database | {} |\n| processes, clients | {}, {} |\n| ballots sent | {} |\n\
         | accepted: verified, durable, in the log | {} |\n| accepted a second | {:.0} |\n\
         | the wait of a voter, median and 99 % | {:.0} ms, {:.0} ms |\n| CPU of the server for one ballot | {:.2} ms |\n\
         | memory of a process, idle and at most | {idle:.0} MiB, {peak:.0} MiB |\n\
         | acknowledged and not in the log | {lost} |\n| checkpoints that the last one does not continue | {forks} |\n",
        if options.postgres.is_some() { "PostgreSQL" } else { "SQLite" },
        options.processes,
        options.clients,
        told.len(),
        accepted.len(),
        accepted.len() as f64 / wall,
        client::percentile(&accepted, 0.5),
        client::percentile(&accepted, 0.99),
        1_000.0 * cpu / accepted.len().max(1) as f64,
    );
    if options.seconds > 0 {
        for path in [format!("/e/{}", prepared.uuid), format!("/api/e/{}", prepared.uuid)] {
            let pages = client::read_pages(&servers, &path, options.clients, options.seconds)?;
            text += &format!("| {} a second | {:.0} |\n", path.replace(&prepared.uuid, "…"), pages);
        }
    }
    drop(servers);
    match (refused, lost, forks) {
        (0, 0, 0) => Ok(text),
        _ => Err(format!("{text}\n{refused} ballots were not accepted: {:?}", client::first_refusal(&told))),
    }
}
