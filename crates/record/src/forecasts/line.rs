//! The texts: lines of `forecasts.jsonl`, the forecast that somebody writes, and what he keeps until the reveal.

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

use super::{Digest, Distribution, Forecast, ForecastFault, Moment, Nonce};
use crate::letters::is_pseudonym;

/// A line as it is written.
#[derive(Debug, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum RawLine {
    Commitment { contest: String, forecaster: String, time: String, commitment: String },
    Reveal { contest: String, forecaster: String, time: String, forecast: RawForecast, nonce: String },
}

/// A forecast as it is written.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawForecast {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) winner: Option<Pairs<f64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) shares: Option<Pairs<RawDistribution>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) turnout: Option<RawDistribution>,
}

/// A distribution as it is written.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDistribution {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) mean: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sd: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) quantiles: Option<Vec<(f64, f64)>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) samples: Option<Vec<f64>>,
}

/// Values by name; a name that is given twice is an error, where a map would keep the last.
#[derive(Debug, Clone)]
pub(crate) struct Pairs<T>(pub(crate) Vec<(String, T)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = Pairs<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with the options' names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<T>, A::Error> {
                let mut pairs: Vec<(String, T)> = Vec::new();
                let mut seen = std::collections::BTreeSet::new();
                while let Some((name, value)) = map.next_entry::<String, T>()? {
                    if !seen.insert(name.clone()) {
                        return Err(serde::de::Error::custom(format_args!("{name:?} is given twice")));
                    }
                    pairs.push((name, value));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

impl<T: Serialize> Serialize for Pairs<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
        map.end()
    }
}

impl RawForecast {
    fn of(forecast: &Forecast) -> Self {
        let winner = forecast.winner.as_ref();
        let shares = forecast.shares.as_ref();
        Self {
            winner: winner.map(|all| Pairs(all.iter().map(|(name, p)| (name.clone(), p.value())).collect())),
            shares: shares
                .map(|all| Pairs(all.iter().map(|(name, of)| (name.clone(), RawDistribution::of(of))).collect())),
            turnout: forecast.turnout.as_ref().map(RawDistribution::of),
        }
    }
}

impl RawDistribution {
    fn of(distribution: &Distribution) -> Self {
        match distribution {
            Distribution::Normal { mean, sd } => {
                Self { mean: Some(mean.value()), sd: Some(sd.value()), ..Self::default() }
            }
            Distribution::Quantiles(pairs) => {
                let pairs = pairs.iter().map(|(level, value)| (level.value(), value.value()));
                Self { quantiles: Some(pairs.collect()), ..Self::default() }
            }
            Distribution::Samples(samples) => {
                Self { samples: Some(samples.iter().map(|sample| sample.value()).collect()), ..Self::default() }
            }
        }
    }
}

/// A forecast as its author writes it, in TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastDraft {
    /// The contest's short name in the description of the record.
    pub contest: String,
    /// The pseudonym.
    pub forecaster: String,
    /// What it says.
    pub forecast: Forecast,
}

/// Why a forecast cannot be committed to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForecastDraftError {
    /// It is no TOML or JSON, or has other fields.
    #[error("{0}")]
    Syntax(String),
    /// It breaks a rule of `docs/spec/forecasts.md`.
    #[error("rule {rule}: {0}", rule = .0.rule())]
    Rule(#[from] ForecastFault),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDraft {
    contest: String,
    forecaster: String,
    winner: Option<Pairs<f64>>,
    shares: Option<Pairs<RawDistribution>>,
    turnout: Option<RawDistribution>,
}

impl ForecastDraft {
    /// Reads a forecast in TOML.
    ///
    /// # Errors
    /// It is none, or says what cannot be.
    pub fn parse(text: &str) -> Result<Self, ForecastDraftError> {
        let raw: RawDraft = toml::from_str(text).map_err(|error| ForecastDraftError::Syntax(told(text, &error)))?;
        if !is_contest(&raw.contest) {
            return Err(ForecastFault::Contest(raw.contest).into());
        }
        if !is_pseudonym(&raw.forecaster) {
            return Err(ForecastFault::Forecaster.into());
        }
        let said = RawForecast { winner: raw.winner, shares: raw.shares, turnout: raw.turnout };
        let forecast = Forecast::of(&said)?;
        if let Some(option) = forecast.options().find(|option| !is_contest(option)) {
            return Err(ForecastFault::Option(option.to_owned()).into());
        }
        Ok(Self { contest: raw.contest, forecaster: raw.forecaster, forecast })
    }
}

/// What is wrong with TOML, with its line.
fn told(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    format!("line {}: {}", before.matches('\n').count() + 1, error.message())
}

/// A name that has no line end in it, so that a line of the canonical bytes ends where it seems to.
fn is_contest(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(char::is_control)
}

/// What a forecaster keeps until the reveal: the forecast and its nonce, both secret until then.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptForecast {
    /// The forecast.
    pub draft: ForecastDraft,
    /// Its nonce.
    pub nonce: Nonce,
}

impl fmt::Debug for KeptForecast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptForecast").field("contest", &self.draft.contest).finish_non_exhaustive()
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawKept {
    contest: String,
    forecaster: String,
    commitment: String,
    forecast: RawForecast,
    nonce: String,
}

impl KeptForecast {
    /// The commitment.
    pub fn digest(&self) -> Digest {
        self.draft.forecast.digest(&self.draft.contest, &self.draft.forecaster, self.nonce)
    }

    /// As a private file.
    pub fn write(&self) -> String {
        let ForecastDraft { contest, forecaster, forecast } = self.draft.clone();
        let (commitment, forecast) = (self.digest().to_string(), RawForecast::of(&forecast));
        let kept = RawKept { contest, forecaster, commitment, forecast, nonce: self.nonce.reveal() };
        serde_json::to_string_pretty(&kept).unwrap_or_default() + "\n"
    }

    /// Reads the private file.
    ///
    /// # Errors
    /// It is none, or was changed: forecast and nonce do not give its commitment. The message names no value of it.
    pub fn parse(text: &str) -> Result<Self, ForecastDraftError> {
        let raw: RawKept = serde_json::from_str(text).map_err(|error| {
            let place = (error.line(), error.column());
            ForecastDraftError::Syntax(format!("line {}, place {}: is no kept forecast", place.0, place.1))
        })?;
        let nonce = Nonce::parse(&raw.nonce).ok_or(ForecastFault::Hex("nonce"))?;
        let forecast = Forecast::of(&raw.forecast)?;
        let kept = Self { draft: ForecastDraft { contest: raw.contest, forecaster: raw.forecaster, forecast }, nonce };
        match kept.digest().to_string() == raw.commitment {
            true => Ok(kept),
            false => Err(ForecastFault::Digest { digest: kept.digest().to_string() }.into()),
        }
    }

    /// The line that reveals it.
    pub fn reveal_line(&self, time: Moment) -> String {
        line(&RawLine::Reveal {
            contest: self.draft.contest.clone(),
            forecaster: self.draft.forecaster.clone(),
            time: time.to_string(),
            forecast: RawForecast::of(&self.draft.forecast),
            nonce: self.nonce.reveal(),
        })
    }
}

/// The line that commits to a forecast.
pub fn commitment_line(contest: &str, forecaster: &str, time: Moment, digest: Digest) -> String {
    line(&RawLine::Commitment {
        contest: contest.to_owned(),
        forecaster: forecaster.to_owned(),
        time: time.to_string(),
        commitment: digest.to_string(),
    })
}

fn line(raw: &RawLine) -> String {
    serde_json::to_string(raw).unwrap_or_default() + "\n"
}
