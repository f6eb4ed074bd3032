//! The calls of `adil forecast`, with their help texts.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::arguments::Lang;

/// Arguments of `adil forecast`.
#[derive(Debug, Args)]
pub(crate) struct Forecast {
    /// What to do.
    #[command(subcommand)]
    pub(crate) step: Step,
}

/// A step of a forecast.
#[derive(Debug, Subcommand)]
pub(crate) enum Step {
    /// Commit to a forecast: a line to publish before the close, and a file to keep
    Commit(Commit),
    /// Reveal a forecast after the close: the line that shows what was committed to
    Reveal(Reveal),
    /// Score forecasts by the official result
    Score(Score),
}

/// Arguments of `adil forecast commit`.
#[derive(Debug, Args)]
#[command(after_help = "\
A forecast, forecast.toml (all numbers are fractions from 0 to 1; any of the three parts may be left out):
  contest = \"council\"
  forecaster = \"swift\"
  winner = { lime-tree = 0.7, old-bridge = 0.3 }
  turnout = { quantiles = [[0.05, 0.6], [0.5, 0.66], [0.95, 0.72]] }
  [shares]
  lime-tree = { mean = 0.52, sd = 0.03 }
  old-bridge = { mean = 0.48, sd = 0.03 }

Names of contest and options are the identifiers in the election.toml. The rules: docs/spec/forecasts.md.")]
pub(crate) struct Commit {
    /// The forecast
    #[arg(long, value_name = "FILE")]
    pub(crate) forecast: PathBuf,
    /// The file that the commitment is added to, as its last line: to publish
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// A new file with the forecast and its nonce, for its owner alone: without it nothing can be revealed
    #[arg(long, value_name = "FILE")]
    pub(crate) keep: PathBuf,
    /// The time of the commitment, e.g. 2026-11-25T20:00Z; now where none is named
    #[arg(long, value_name = "TIME")]
    pub(crate) time: Option<String>,
}

/// Arguments of `adil forecast reveal`.
#[derive(Debug, Args)]
pub(crate) struct Reveal {
    /// The file that `commit` made
    #[arg(long, value_name = "FILE")]
    pub(crate) keep: PathBuf,
    /// The file that the reveal is added to, as its last line: to publish
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// The time of the reveal; now where none is named
    #[arg(long, value_name = "TIME")]
    pub(crate) time: Option<String>,
}

/// Arguments of `adil forecast score`.
#[derive(Debug, Args)]
pub(crate) struct Score {
    /// The election.toml or folder with the official result; where it names forecasts itself, nothing else is needed
    #[arg(long, value_name = "PATH")]
    pub(crate) result: PathBuf,
    /// The file of commitments and reveals
    #[arg(long, value_name = "FILE", requires = "close")]
    pub(crate) forecasts: Option<PathBuf>,
    /// The close: commitments are of before, reveals of this moment or after
    #[arg(long, value_name = "TIME", requires = "forecasts")]
    pub(crate) close: Option<String>,
    /// The last moment for a reveal
    #[arg(long, value_name = "TIME", requires = "close")]
    pub(crate) reveal_by: Option<String>,
    /// Print one JSON object; its texts are English
    #[arg(long)]
    pub(crate) json: bool,
    /// Write a page with the calibration drawn
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// The language of the screen and the page
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}
