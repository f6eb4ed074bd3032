//! How much each network may ask for: a bucket of tokens for each network and kind of request, which fills again at a steady
//! rate. In memory, of bounded size, and each process has its own.
//!
//! This machine itself is not limited: a proxy in front of a server that was not told of it (`--proxies`) would otherwise be
//! everybody at once. What must never be guessed is limited by the database besides.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::accounts::Network;

/// The most buckets that are kept.
const MOST: usize = 65_536;

/// Kinds of requests that are limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Signing in, and asking for links.
    SignIn,
    /// Ballots: a hall full of voters may share one network.
    Ballots,
    /// Asking for codes of the second factor, giving them, leaving addresses.
    SecondFactor,
    /// Opening personal links.
    Links,
    /// Whole records.
    Records,
}

impl Kind {
    /// How many at once, and how many a second in the long run.
    fn size(self) -> (f64, f64) {
        match self {
            Self::SignIn => (30.0, 0.2),
            Self::Ballots => (600.0, 20.0),
            Self::SecondFactor => (120.0, 2.0),
            Self::Links => (60.0, 1.0),
            Self::Records => (60.0, 1.0),
        }
    }
}

struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Bucket {
    fn filled(&self, kind: Kind, now: Instant) -> f64 {
        let (most, rate) = kind.size();
        (self.tokens + now.saturating_duration_since(self.at).as_secs_f64() * rate).min(most)
    }
}

/// The buckets.
#[derive(Default)]
pub(crate) struct Limits(Mutex<HashMap<(Kind, Option<Network>), Bucket>>);

impl Limits {
    /// Takes a token: the seconds to wait where there is none.
    pub(crate) fn take(&self, kind: Kind, network: Network, now: Instant) -> Result<(), u64> {
        if network.is_loopback() {
            return Ok(());
        }
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut key = (kind, Some(network));
        if buckets.len() >= MOST && !buckets.contains_key(&key) {
            buckets.retain(|(kind, _), bucket| bucket.filled(*kind, now) < kind.size().0);
            if buckets.len() >= MOST {
                // Too many networks at once: the new ones share a bucket.
                key = (kind, None);
            }
        }
        let (most, rate) = kind.size();
        let bucket = buckets.entry(key).or_insert(Bucket { tokens: most, at: now });
        bucket.tokens = bucket.filled(kind, now);
        bucket.at = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        // At most 1 / 0.2 = 5 seconds.
        Err(((1.0 - bucket.tokens) / rate).ceil() as u64)
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.0.lock().map_or(0, |buckets| buckets.len())
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;
    use std::time::Duration;

    use super::*;

    fn network(number: u32) -> Network {
        Network::of(IpAddr::from((0x0100_0000 + (number << 8)).to_be_bytes()))
    }

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let (limits, now) = (Limits::default(), Instant::now());
        for _ in 0..30 {
            assert_eq!(limits.take(Kind::SignIn, network(1), now), Ok(()));
        }
        // A token every 1 / 0.2 = 5 seconds.
        assert_eq!(limits.take(Kind::SignIn, network(1), now), Err(5));
        assert_eq!(limits.take(Kind::SignIn, network(2), now), Ok(()), "others are not touched");
        assert_eq!(limits.take(Kind::Ballots, network(1), now), Ok(()), "nor other kinds");
        assert_eq!(limits.take(Kind::SignIn, network(1), now + Duration::from_secs(6)), Ok(()));
        assert!(limits.take(Kind::SignIn, network(1), now + Duration::from_secs(6)).is_err());
    }

    #[test]
    fn the_memory_is_bounded_and_newcomers_share() {
        let (limits, now) = (Limits::default(), Instant::now());
        for number in 0..u32::try_from(MOST).expect("small") {
            assert_eq!(limits.take(Kind::SignIn, network(number), now), Ok(()));
        }
        let more = u32::try_from(MOST).expect("small");
        let taken =
            (more..more + 100).filter(|number| limits.take(Kind::SignIn, network(*number), now).is_ok()).count();
        assert_eq!(taken, 30, "one bucket for all newcomers");
        assert!(limits.len() <= MOST + 1);
        // Once the buckets are full again they are forgotten.
        let later = now + Duration::from_secs(1_000);
        assert_eq!(limits.take(Kind::SignIn, network(more + 200), later), Ok(()));
        assert_eq!(limits.len(), 1);
    }
}
