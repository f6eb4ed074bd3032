//! The calls that the command line understands, with their help texts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::boards::ShardArgument;
use crate::commands::log::arguments::Log;

/// Holds elections that anyone can check, and checks elections that anyone held.
#[derive(Debug, Parser)]
#[command(name = "adil", version, max_term_width = 100)]
#[command(after_help = "Exit status: 0 done; 1 a statement of those who ran the election is contradicted; \
                        2 the input or the call could not be used.")]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// A command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check whatever an election left behind: a folder, a results table, published figures, a ballot board
    Check(Check),
    /// Look at a results table and write an election.toml for it
    Init(Init),
    /// Write the stations of a record for other programs: NIST SP 1500-100, EML 510 and 520, spreadsheets
    Export(crate::commands::export::Export),
    /// Draw an election at random, honest or with one way of cheating in it, to see what the checks make of it
    Simulate(crate::commands::simulate::Simulate),
    /// A small election in seconds: votes, a leak of half the codes and its answer, the tally, and its check
    Demo(crate::commands::demo::Demo),
    /// Hold an election, role by role: keys, codes, ballots, tally, and a board that anyone can verify
    Election(crate::commands::election::arguments::Election),
    /// Forecast a result: commit before the close, reveal after, score
    Forecast(crate::commands::forecast::arguments::Forecast),
    /// Plan a quick count, draw its sample so that anyone draws it again, and estimate from what is reported
    Quickcount(crate::commands::quickcount::Quickcount),
    /// Everything that a record has of one station: protocol, copies, observers, incidents, the day, what checks say
    Dossier(crate::commands::dossier::Dossier),
    /// Observers' forms: what one asks, XLSForm to plain text and back, answers without anybody in them
    Form(crate::commands::form::FormCommand),
    /// Publish a record without a person in it: a signed bundle that anybody checks, and a log of bundles
    Publish(crate::commands::publish::arguments::Publish),
    /// List the checks, or print the page of one
    Explain(Explain),
    /// Work with a transparency log: prove, verify, check, compare, witness
    Log(Log),
    /// Hold elections on the web: organisers, authorities, trustees, voters and the public, each with their pages
    Serve(crate::commands::serve::Serve),
    /// Look whether a server is in order before an election is opened: secret, database, clock, mail, logs
    Doctor(crate::commands::operate::Doctor),
    /// Back up the data of a server, which may go on serving
    Backup(crate::commands::operate::Backup),
    /// Restore the data of a server from a backup
    Restore(crate::commands::operate::Restore),
    /// Print a link that makes an organiser's account on a server, or lets one in who has lost the second factor
    Account(crate::commands::operate::Account),
}

/// Arguments of `adil check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  adil check results.csv                       a table whose columns are known
  adil check folder --html report.html         a folder with an election.toml, and a page to publish
  adil check a.zip b.zip --each --json         two elections, one JSON object each
  adil check 2011.csv.zip --only stations/integers
  adil check 2021.csv.zip --stations listed.csv   every station that a check points to, for a spreadsheet
  adil check bundle --key PUBLICKEY            a published bundle: whether it is what was signed, and where it stands in its log
  adil check election.bel                      an electronic ballot board, proven from its public bytes alone
  adil check election.bel --tracker TRACKER    whether a ballot is on it, and whether it is the one counted
  adil check election.bel --audited-ballot b.json    whether an opened ballot holds what its device says
  adil check election.bel --shard 3/16 --summary s3.json      a part of a large board, on any machine
  adil check --merge s1.json s2.json …         all parts together: the same report as one run

A table that is not known: `adil init TABLE` looks at it and writes an election.toml.
Exit status: 0 done; 1 a statement of those who ran the election is contradicted (a result, not a failure);
2 the input or the call could not be used.")]
pub(crate) struct Check {
    /// What the election left behind: folders, results tables, ballot boards, election.toml files, or - for standard
    /// input. Several are one record
    #[arg(required_unless_present = "merge", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The public key that bundles must be signed by
    #[arg(long, value_name = "PUBLICKEY", conflicts_with_all = ["shard", "merge"])]
    pub(crate) key: Option<String>,
    /// Check each path as a record of its own
    #[arg(long)]
    pub(crate) each: bool,
    /// Print one JSON object instead of the screen; its texts are English
    #[arg(long)]
    pub(crate) json: bool,
    /// Write a page with drawn figures that can be published as it is
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Write every station that a check points to as a table (CSV), one line each: for whom it is listed, and what each check says
    #[arg(long, value_name = "FILE", conflicts_with = "each")]
    pub(crate) stations: Option<PathBuf>,
    /// Run these checks only, by name or folder, e.g. stations/integers,releases
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Leave these checks out
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub(crate) skip: Vec<String>,
    /// The side tested: the name of an option or a part of it; the winner where none is named
    #[arg(long, value_name = "NAME")]
    pub(crate) leader: Option<String>,
    /// The seed of everything drawn at random: the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = adil_check::Settings::SEED)]
    pub(crate) seed: u64,
    /// The rate at which a clean election may be called anomalous, from 0.0001 to 0.5
    #[arg(long, value_name = "RATE", default_value_t = adil_check::Settings::ALARM_RATE, value_parser = rate)]
    pub(crate) alarm_rate: f64,
    /// Put eight ways of cheating into the table and say how much of each would have been noticed; takes minutes on large tables
    #[arg(long, conflicts_with_all = ["shard", "merge"])]
    pub(crate) power: bool,
    /// Threads to use; all processors where none are named. The output does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
    /// The language of the screen and the page
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
    /// Say what became of the ballot with this tracker, on an electronic ballot board
    #[arg(long, value_name = "TRACKER", value_delimiter = ',', conflicts_with_all = ["shard", "merge"])]
    pub(crate) tracker: Vec<String>,
    /// Check a ballot that was opened instead of cast: whether it holds what its device says
    #[arg(long, value_name = "FILE", conflicts_with_all = ["each", "shard", "merge"])]
    pub(crate) audited_ballot: Vec<PathBuf>,
    /// Verify only this shard of a board's ballots, e.g. 3/16, and write its summary
    #[arg(long, value_name = "I/N", requires = "summary", conflicts_with_all = ["each", "html", "stations", "json", "merge"])]
    pub(crate) shard: Option<ShardArgument>,
    /// Where to write the summary of a shard
    #[arg(long, value_name = "FILE", requires = "shard")]
    pub(crate) summary: Option<PathBuf>,
    /// Put the summaries of all shards of a board together: the same report as one run over the board
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["paths", "each"])]
    pub(crate) merge: Vec<PathBuf>,
    /// End with status 0 even where a statement of those who ran the election is contradicted
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

/// A rate of false alarms.
fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text.parse().map_err(|_| format!("{text:?} is no number"))?;
    let known = 0.0001..=0.5;
    if known.contains(&rate) { Ok(rate) } else { Err(format!("{text} is not between 0.0001 and 0.5")) }
}

/// Arguments of `adil init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The results table
    pub(crate) table: PathBuf,
    /// Where to write the description; election.toml beside the table where nothing is named
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace a description that is already there
    #[arg(long)]
    pub(crate) force: bool,
    /// The sheet of a workbook, or the part of an archive: a part of its name
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    /// The encoding of a text, e.g. windows-1251; told from the text where none is named
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
}

/// Arguments of `adil explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The check, e.g. stations/integers; all of them in a list where none is named
    pub(crate) check: Option<String>,
}

/// A language of the screen and the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// Русский
    Ru,
    /// Қазақша
    Kk,
}

impl From<Lang> for adil_report::Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Ru => Self::Ru,
            Lang::Kk => Self::Kk,
        }
    }
}
