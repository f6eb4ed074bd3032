//! What is hashed: the canonical bytes of a forecast, rule F13.

use std::fmt::{self, Write as _};

use sha2::{Digest as _, Sha256};

use super::{Distribution, Forecast};

/// The first line of what is hashed, so that nothing else has the digest of a forecast.
const DOMAIN: &str = "adil-forecast-v1";

/// The SHA-256 of a forecast with its contest, its forecaster and its nonce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

/// 32 random bytes, without which a forecast could be found by trying. Secret until it is revealed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Nonce([u8; 32]);

impl Digest {
    /// 64 digits of `0-9` and `a-f`.
    pub fn parse(text: &str) -> Option<Self> {
        bytes(text).map(Self)
    }

    /// The digest of texts, each with a line end behind it.
    pub(super) fn of_lines<'a>(lines: impl Iterator<Item = &'a Self>) -> Self {
        let mut hash = Sha256::new();
        lines.for_each(|line| hash.update(format!("{line}\n")));
        Self(hash.finalize().into())
    }
}

impl Nonce {
    /// Bytes of a source of randomness.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// 64 digits of `0-9` and `a-f`.
    pub fn parse(text: &str) -> Option<Self> {
        bytes(text).map(Self)
    }

    /// As it is written: for the file of the forecaster, and for the reveal.
    pub fn reveal(self) -> String {
        Digest(self.0).to_string()
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(…)")
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        &[high, low] => Some(16 * digit(high)? + digit(low)?),
        _ => None,
    });
    pairs.collect::<Option<Vec<u8>>>()?.try_into().ok()
}

impl Forecast {
    /// What a forecaster commits to.
    pub fn digest(&self, contest: &str, forecaster: &str, nonce: Nonce) -> Digest {
        Digest(Sha256::digest(self.canonical(contest, forecaster, nonce)).into())
    }

    /// The bytes that are hashed. Numbers are whole billionths and come before names, so that a line can be read in one way only.
    fn canonical(&self, contest: &str, forecaster: &str, nonce: Nonce) -> String {
        let mut text = format!("{DOMAIN}\ncontest {contest}\nforecaster {forecaster}\n");
        for (option, probability) in self.winner.iter().flatten() {
            let _ = writeln!(text, "winner {} {option}", probability.billionths());
        }
        for (option, share) in self.shares.iter().flatten() {
            let _ = writeln!(text, "share {} {option}", share.canonical());
        }
        if let Some(turnout) = &self.turnout {
            let _ = writeln!(text, "turnout {}", turnout.canonical());
        }
        let _ = writeln!(text, "nonce {}", nonce.reveal());
        text
    }
}

impl Distribution {
    fn canonical(&self) -> String {
        let (kind, numbers): (&str, Vec<u32>) = match self {
            Self::Normal { mean, sd } => return format!("normal {} {}", mean.billionths(), sd.billionths()),
            Self::Quantiles(pairs) => (
                "quantiles",
                pairs.iter().flat_map(|(level, value)| [level.billionths(), value.billionths()]).collect(),
            ),
            Self::Samples(samples) => ("samples", samples.iter().map(|sample| sample.billionths()).collect()),
        };
        let count = if kind == "quantiles" { numbers.len() / 2 } else { numbers.len() };
        numbers.iter().fold(format!("{kind} {count}"), |text, number| format!("{text} {number}"))
    }
}
