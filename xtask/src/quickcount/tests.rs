//! A hundred samples of each design, and the feed: CI's size of the experiment.

use std::io::Write as _;

use super::population::cache;
use super::replay::Replay;
use super::{Kind, Population};

/// The converted populations; `None`, with a line that says so, where they cannot be had.
fn converted(test: &str) -> Option<std::path::PathBuf> {
    adil_outside::data(test)?;
    match cache(&crate::root()) {
        Ok(cache) => Some(cache),
        Err(why) => {
            let _ = std::io::stderr().write_all(format!("skipped: {test} ({why})\n").as_bytes());
            None
        }
    }
}

#[test]
fn intervals_hold_the_result_as_often_as_they_say() {
    let Some(cache) = converted("intervals_hold_the_result_as_often_as_they_say") else { return };
    let mut pooled = (0, 0);
    for state in ["mich", "zac"] {
        let population = Population::read(&cache, state).expect("a population");
        for kind in Kind::ALL {
            for outcome in population.tried(kind, 100).expect("samples") {
                // P(Bin(100, .93) < 85) = 0.002: scipy.stats.binom.cdf(84, 100, .93) = 0.00235
                assert!(outcome.covered >= 85, "{state}, {}: {outcome:?}", kind.name());
                let quotient = outcome.margin / outcome.planned;
                assert!((quotient - 1.0).abs() < 0.05, "{state}, {}: {outcome:?}", kind.name());
                pooled = (pooled.0 + outcome.covered, pooled.1 + outcome.samples);
            }
        }
    }
    // 2,000 intervals, two options of a sample not independent: 1,000 at the least. The standard deviation of 95 % is .7 %.
    let coverage = pooled.0 as f64 / pooled.1 as f64;
    assert!((0.925..0.975).contains(&coverage), "{coverage} of {}", pooled.1);
}

#[test]
fn running_intervals_hold_what_the_feed_comes_to() {
    let Some(cache) = converted("running_intervals_hold_what_the_feed_comes_to") else { return };
    let replay = Replay::of(&cache).expect("a feed");
    assert_eq!(replay.names, ["RAC", "JAMK", "AMLO", "JHRC"]);
    for moment in &replay.moments {
        for ((_, interval, _), last) in moment.options.iter().zip(&replay.last) {
            let (low, high) = interval.expect("every station has a register");
            assert!(low <= last + 1e-12 && last - 1e-12 <= high, "{}: {low} to {high}, {last}", moment.time);
        }
    }
    // The last moment is a count of everything.
    let (low, high) = replay.moments.last().and_then(|moment| moment.options[2].1).expect("an interval");
    assert!(high - low < 1e-9);
}
