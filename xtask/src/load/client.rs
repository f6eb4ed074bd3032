//! Clients: each sends one ballot after another over its own connection, and keeps every receipt.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use adil_log::{Checkpoint, Frontier, Hash, LogProof};

use super::prepared::Prepared;
use super::server::Server;

/// What the server said to a ballot.
#[derive(Debug)]
pub(super) enum Answered {
    Accepted { tracker: String, proof: String },
    Not(String),
}

/// A ballot that was sent.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) answer: Answered,
    /// How long the client waited, in milliseconds.
    pub(super) waited: f64,
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into()
}

/// A page's text.
pub(super) fn get(url: &str) -> Result<String, String> {
    let told = |error: ureq::Error| format!("{url}: {error}");
    let mut response = agent().get(url).call().map_err(told)?;
    let text = response.body_mut().with_config().limit(256 << 20).read_to_string().map_err(told)?;
    match response.status().as_u16() {
        200 => Ok(text),
        status => Err(format!("{url}: {status} {text}")),
    }
}

/// Sends all ballots, through the servers in turn.
pub(super) fn cast_all(servers: &[Server], prepared: &Prepared, clients: usize) -> Vec<Told> {
    let next = AtomicUsize::new(0);
    let send = |client: usize| {
        let server = &servers[client % servers.len()];
        let url = format!("{}/api/e/{}/ballots", server.address, prepared.uuid);
        let agent = agent();
        let mut told = Vec::new();
        while let Some(ballot) = prepared.ballots.get(next.fetch_add(1, Ordering::Relaxed)) {
            let begun = Instant::now();
            let answer = cast(&agent, &url, ballot);
            told.push(Told { answer, waited: 1_000.0 * begun.elapsed().as_secs_f64() });
        }
        told
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..clients).map(|client| scope.spawn(move || send(client))).collect();
        running.into_iter().flat_map(|client| client.join().unwrap_or_default()).collect()
    })
}

fn cast(agent: &ureq::Agent, url: &str, ballot: &str) -> Answered {
    let sent = agent.post(url).header("content-type", "application/json").send(ballot);
    let read = sent.and_then(|mut response| Ok((response.status().as_u16(), response.body_mut().read_to_string()?)));
    match read {
        Ok((201, body)) => {
            let body: serde_json::Value = serde_json::from_str(&body).unwrap_or_default();
            let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
            Answered::Accepted { tracker: text("tracker"), proof: text("proof") }
        }
        Ok((status, body)) => Answered::Not(format!("{status} {body}")),
        Err(error) => Answered::Not(error.to_string()),
    }
}

/// The first answer that was not an acceptance.
pub(super) fn first_refusal(told: &[Told]) -> Option<&str> {
    told.iter().find_map(|told| match &told.answer {
        Answered::Not(why) => Some(why.as_str()),
        Answered::Accepted { .. } => None,
    })
}

/// The wait that this part of the clients did not exceed, in milliseconds.
pub(super) fn percentile(accepted: &[&Told], part: f64) -> f64 {
    let mut waits: Vec<f64> = accepted.iter().map(|told| told.waited).collect();
    waits.sort_by(f64::total_cmp);
    let place = ((waits.len() as f64 * part).ceil() as usize).clamp(1, waits.len().max(1)) - 1;
    waits.get(place).copied().unwrap_or(f64::NAN)
}

/// How many acknowledged ballots a server does not list exactly once.
pub(super) fn missing(servers: &[Server], uuid: &str, accepted: &[&Told]) -> Result<usize, String> {
    let mut most = 0;
    for server in servers {
        let listed = get(&format!("{}/e/{uuid}/trackers.txt", server.address))?;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for line in listed.lines() {
            *counts.entry(line.split_whitespace().next().unwrap_or_default()).or_default() += 1;
        }
        let is_once = |told: &&&Told| match &told.answer {
            Answered::Accepted { tracker, .. } => counts.get(tracker.as_str()) == Some(&1),
            Answered::Not(_) => true,
        };
        most = most.max(accepted.iter().filter(|told| !is_once(told)).count());
    }
    Ok(most)
}

/// How many of the checkpoints that clients were shown are not a beginning of the log as it is now: the leaves of the log
/// are read, and the root at each size is worked out from them.
pub(super) fn forks(server: &Server, uuid: &str, accepted: &[&Told]) -> Result<usize, String> {
    let mut shown: HashSet<(u64, String)> = HashSet::new();
    for told in accepted {
        if let Answered::Accepted { proof, .. } = &told.answer {
            let proof = LogProof::parse(proof.as_bytes()).map_err(|error| error.to_string())?;
            let checkpoint = proof.checkpoint().map_err(|error| error.to_string())?;
            shown.insert((checkpoint.size, checkpoint.root.to_string()));
        }
    }
    let base = format!("{}/e/{uuid}/log", server.address);
    let note = get(&format!("{base}/checkpoint"))?;
    let text = note.split("\n\n").next().unwrap_or_default();
    let last = Checkpoint::parse(&format!("{text}\n")).map_err(|error| error.to_string())?;
    let leaves = leaves(&base, last.size)?;
    let mut tree = Frontier::default();
    let mut roots = HashSet::new();
    for leaf in leaves {
        let size = tree.push(leaf).map_err(|error| error.to_string())? + 1;
        roots.insert((size, tree.root().to_string()));
    }
    Ok(shown.iter().filter(|seen| !roots.contains(*seen)).count())
}

fn leaves(base: &str, size: u64) -> Result<Vec<Hash>, String> {
    let mut leaves = Vec::new();
    for index in 0..size.div_ceil(256) {
        let width = (size - 256 * index).min(256);
        let tile =
            adil_log::Tile { kind: adil_log::TileKind::Hashes(0), index, width: u16::try_from(width).unwrap_or(256) };
        let url = format!("{base}/{}", tile.path());
        let told = |error: ureq::Error| format!("{url}: {error}");
        let bytes = agent().get(&url).call().map_err(told)?.body_mut().read_to_vec().map_err(told)?;
        let hashes = adil_log::tile::tile_hashes::<std::convert::Infallible>(tile, &bytes);
        leaves.extend(hashes.map_err(|error| error.to_string())?);
    }
    Ok(leaves)
}

/// How many times a second a page is read by all clients together.
pub(super) fn read_pages(servers: &[Server], path: &str, clients: usize, seconds: u64) -> Result<f64, String> {
    let (read, failed) = (AtomicU64::new(0), AtomicU64::new(0));
    let until = Instant::now() + Duration::from_secs(seconds);
    std::thread::scope(|scope| {
        for client in 0..clients {
            let url = format!("{}{path}", servers[client % servers.len()].address);
            let (read, failed) = (&read, &failed);
            scope.spawn(move || {
                let agent = agent();
                while Instant::now() < until {
                    let text = agent.get(&url).call().and_then(|mut response| {
                        let is_good = response.status().as_u16() == 200;
                        response.body_mut().read_to_vec().map(|_| is_good)
                    });
                    let counter = if text.unwrap_or(false) { read } else { failed };
                    counter.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    match failed.load(Ordering::Relaxed) {
        0 => Ok(read.load(Ordering::Relaxed) as f64 / seconds as f64),
        failed => Err(format!("{path}: {failed} answers were no pages")),
    }
}
