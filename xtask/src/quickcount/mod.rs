//! `cargo xtask quickcount`: quick counts drawn from real elections, and how often their intervals hold the result.
//!
//! Populations are five Mexican states of 2015 with every station's votes. From each, samples are drawn by the published rule in
//! several designs; coverage is that of the nominal 95 % interval, with its exact bounds (Clopper and Pearson). A feed of
//! 2018 is replayed in the order in which stations reported.

mod population;
mod replay;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::path::Path;

use adil_stat::{lower_bound, upper_bound};

pub(crate) use population::{Kind, Outcome, Population};

/// The states, by file and name.
const STATES: [(&str, &str); 5] =
    [("chih", "Chihuahua"), ("col", "Colima"), ("mich", "Michoacán"), ("nay", "Nayarit"), ("zac", "Zacatecas")];
/// The level of the intervals.
pub(crate) const LEVEL: f64 = 0.95;
/// The confidence of the bounds of a coverage.
const BOUND: f64 = 0.975;

/// The experiment: how many samples of each design.
pub(crate) fn experiment(root: &Path, options: &[&str]) -> Result<String, String> {
    let samples: u64 = match options {
        [] => 2_000,
        ["--samples", number] => number.parse().map_err(|_| format!("--samples: {number:?} is no number"))?,
        _ => return Err("cargo xtask quickcount [--samples N]".to_owned()),
    };
    let cache = population::cache(root)?;
    let mut text = format!(
        "{samples} samples of each design, level 95 %. Coverage with its exact 95 % bounds; margins are half the interval, in \
         percentage points.\n\n| population | design | stations | option | coverage | planned margin | mean margin | quotient | \
         deff |\n|---|---|---:|---|---|---:|---:|---:|---:|\n"
    );
    for (file, name) in STATES {
        let population = Population::read(&cache, file)?;
        for kind in Kind::ALL {
            for outcome in population.tried(kind, samples)? {
                line(&mut text, name, kind, &outcome);
            }
        }
        eprintln!("{name}");
    }
    text.push_str(&replay::replayed(&cache)?);
    Ok(text)
}

fn line(text: &mut String, name: &str, kind: Kind, outcome: &Outcome) {
    let Outcome { option, drawn, samples, covered, planned, margin, deff } = outcome;
    let (low, high) = (lower_bound(*covered, *samples, BOUND), upper_bound(*covered, *samples, BOUND));
    let _ = writeln!(
        text,
        "| {name} | {} | {drawn} | {option} | {:.1} % ({:.1} to {:.1}) | {:.3} | {:.3} | {:.3} | {deff:.1} |",
        kind.name(),
        100.0 * *covered as f64 / *samples as f64,
        100.0 * low,
        100.0 * high,
        100.0 * planned,
        100.0 * margin,
        margin / planned
    );
}
