//! `adil quickcount`: plan a quick count, draw its sample, estimate from what is reported.

mod draw;
mod estimate;
mod plan;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use adil_check::Allocation;
use adil_record::{FrameColumns, OneOrMany};
use clap::{Args, Subcommand, ValueEnum};

use crate::failure::Failure;

/// Arguments of `adil quickcount`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  adil quickcount plan frame.csv --strata district --margin 0.01 --earlier 2020.csv
  adil quickcount draw frame.csv --strata district --register voters --size 400 --seed '3 17 22 41 44 49'
  adil quickcount estimate --design design.toml --results reports.csv
  adil quickcount estimate --design design.toml --results reports.csv --official results.csv --json
  adil quickcount estimate --results visits.csv --visits       shares of visits, without a margin

The frame lists every station. Publish its digest first, let the seed fall in public, then publish the
design: anyone draws the same sample. docs/spec/quick-count.md is the rule.")]
pub(crate) struct Quickcount {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, Subcommand)]
enum Step {
    /// How many stations to draw for a wanted margin
    Plan(Plan),
    /// Draw the sample, and write it with the design that others draw it from again
    Draw(Draw),
    /// Estimate shares and turnout from reports, with what is missing in the worst case
    Estimate(Estimate),
}

/// The frame and its columns.
#[derive(Debug, Args)]
struct FrameArguments {
    /// The table of all stations, one row each
    #[arg(value_name = "FRAME.csv")]
    frame: PathBuf,
    /// The column that names a station; several name it together
    #[arg(long, value_name = "COLUMN", default_value = "station")]
    station: Vec<String>,
    /// The column of strata; the frame is one stratum where none is named
    #[arg(long, value_name = "COLUMN")]
    strata: Option<String>,
    /// The column of clusters that are drawn as a whole; stations are drawn where none is named
    #[arg(long, value_name = "COLUMN")]
    clusters: Option<String>,
    /// The column of voters on the register; it gives turnout, and bounds what missing stations can have
    #[arg(long, value_name = "COLUMN")]
    register: Option<String>,
}

/// Arguments of `adil quickcount plan`.
#[derive(Debug, Args)]
struct Plan {
    #[command(flatten)]
    frame: FrameArguments,
    /// The margin wanted, as a fraction: 0.01 is one percentage point to either side
    #[arg(long, value_name = "X", value_parser = fraction)]
    margin: f64,
    /// The level of the interval
    #[arg(long, value_name = "P", default_value_t = 0.95, value_parser = fraction)]
    level: f64,
    /// How the sample is shared out among strata
    #[arg(long, value_enum, default_value_t = Share::Proportional)]
    allocation: Share,
    /// Results of an earlier election, or of a pilot, at stations of the frame: they say how much stations differ
    #[arg(long, value_name = "RESULTS.csv")]
    earlier: Option<PathBuf>,
    /// A column of votes in the earlier results; all that are nothing else where none is named
    #[arg(long, value_name = "COLUMN")]
    option: Vec<String>,
    /// Without earlier results: the share of the option; a half needs the most
    #[arg(long, value_name = "R", default_value_t = 0.5, value_parser = fraction)]
    share: f64,
    /// Without earlier results: votes at a station
    #[arg(long, value_name = "N", default_value_t = 300.0, value_parser = positive)]
    votes: f64,
    /// Without earlier results: how many times the variance of as many voters drawn one by one; 19 to 28 in four states of
    /// Mexico
    #[arg(long, value_name = "D", default_value_t = 28.0, value_parser = positive)]
    design_effect: f64,
    /// Where to write the sizes, for `draw --sizes`
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Arguments of `adil quickcount draw`.
#[derive(Debug, Args)]
struct Draw {
    #[command(flatten)]
    frame: FrameArguments,
    /// The seed: a line of text that nobody could choose, best of numbers that fell in public
    #[arg(long, value_name = "TEXT")]
    seed: String,
    /// How many stations, or clusters, to draw in all, shared out by the units of the strata
    #[arg(long, value_name = "N", required_unless_present = "sizes", conflicts_with = "sizes")]
    size: Option<u64>,
    /// The sizes by stratum, as `plan --out` writes them
    #[arg(long, value_name = "FILE")]
    sizes: Option<PathBuf>,
    /// Where to write the sample
    #[arg(long, value_name = "FILE", default_value = "sample.csv")]
    out: PathBuf,
    /// Where to write the design
    #[arg(long, value_name = "FILE", default_value = "design.toml")]
    design: PathBuf,
    /// Replace files that are already there
    #[arg(long)]
    force: bool,
}

/// Arguments of `adil quickcount estimate`.
#[derive(Debug, Args)]
struct Estimate {
    /// The design; its frame lies beside it
    #[arg(long, value_name = "FILE", required_unless_present = "visits")]
    design: Option<PathBuf>,
    /// The reports: a row a station, with a column for each option, and `time`, `voted`, `invalid` where known
    #[arg(long, value_name = "FILE")]
    results: PathBuf,
    /// The reports are from stations that somebody chose to visit: shares of visits are printed, and no margin
    #[arg(long, conflicts_with_all = ["design", "by_time", "bootstrap", "official"])]
    visits: bool,
    /// A column of votes; all that are nothing else where none is named
    #[arg(long, value_name = "COLUMN")]
    option: Vec<String>,
    /// The official results: a table, or a folder with an election.toml
    #[arg(long, value_name = "PATH")]
    official: Option<PathBuf>,
    /// The level of the intervals
    #[arg(long, value_name = "P", default_value_t = 0.95, value_parser = fraction)]
    level: f64,
    /// Make the intervals of a whole sample by resampling within strata instead of Student's t
    #[arg(long)]
    bootstrap: bool,
    /// The seed of the resampling
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Show the estimates as they stood while reports arrived, by the column `time`
    #[arg(long)]
    by_time: bool,
    /// Print one JSON object
    #[arg(long, conflicts_with = "by_time")]
    json: bool,
}

/// How a sample is shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Share {
    /// By the number of units
    Proportional,
    /// By the number of units times how much they differ: the smallest sample
    Neyman,
}

impl From<Share> for Allocation {
    fn from(share: Share) -> Self {
        match share {
            Share::Proportional => Self::Proportional,
            Share::Neyman => Self::Neyman,
        }
    }
}

/// Runs a step.
pub(crate) fn run(quickcount: &Quickcount) -> Result<ExitCode, Failure> {
    match &quickcount.step {
        Step::Plan(plan) => plan::run(plan),
        Step::Draw(draw) => draw::run(draw),
        Step::Estimate(estimate) => estimate::run(estimate),
    }
}

impl FrameArguments {
    fn columns(&self) -> FrameColumns {
        FrameColumns {
            station: match self.station.as_slice() {
                [only] => OneOrMany::One(only.clone()),
                several => OneOrMany::Many(several.to_vec()),
            },
            stratum: self.strata.clone(),
            cluster: self.clusters.clone(),
            register: self.register.clone(),
        }
    }
}

fn fraction(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| format!("{text:?} is no number"))?;
    if value > 0.0 && value < 1.0 { Ok(value) } else { Err(format!("{text} is not between 0 and 1")) }
}

fn positive(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| format!("{text:?} is no number"))?;
    if value > 0.0 && value.is_finite() { Ok(value) } else { Err(format!("{text} is not above 0")) }
}
