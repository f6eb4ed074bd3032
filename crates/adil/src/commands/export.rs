//! `adil export`: the stations of a record in a format of exchange.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use adil_exchange::{Exported, ExportedContest, OutFormat, WriteError};
use adil_open::{Limits, open_record};
use adil_record::{Contest, Record, Release};
use clap::{Args, ValueEnum};

use crate::failure::Failure;
use crate::progress::Line;
use crate::{output, screen};

/// Arguments of `adil export`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  adil export 2011.csv.zip --format csv -o 2011.csv
  adil export folder --format nist-json --contest council --release final -o council.json
  adil export folder --format geojson -o places.geojson
  adil export results.xlsx --format eml-510 --date 2024-03-10 -o count.eml.xml

Formats:
  nist-json, nist-xml  NIST SP 1500-100, version 2.0; every contest is an election of its own
  eml-510              counts by station, as EML-NL has them (510d); two levels of areas
  eml-520              votes of each option in all; who was elected is not in a record, and not said
  csv                  one row a station, for a spreadsheet: no cell is taken for a formula
  geojson              stations with coordinates as points, areas with their outlines where the record has a [[map]]

What a format has no place for is listed. The same record gives the same bytes. docs/exchange.md says what is mapped to what.")]
pub(crate) struct Export {
    /// The record: a folder with an election.toml, tables, reports in a format of exchange
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The format
    #[arg(long, value_name = "FORMAT")]
    format: FormatName,
    /// The contest; all that have a table of stations where none is named
    #[arg(long, value_name = "ID")]
    contest: Option<String>,
    /// The release; the one that `adil check` tests where none is named
    #[arg(long, value_name = "ID")]
    release: Option<String>,
    /// The day of the election, as 2024-03-10, where the record has none
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The file; standard output where none is named
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A format by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// NIST SP 1500-100 as JSON
    NistJson,
    /// NIST SP 1500-100 as XML
    NistXml,
    /// EML 510
    #[value(name = "eml-510")]
    Eml510,
    /// EML 520
    #[value(name = "eml-520")]
    Eml520,
    /// Delimited text for spreadsheets
    Csv,
    /// Stations as points, areas with outlines (RFC 7946)
    #[value(name = "geojson")]
    GeoJson,
}

impl From<FormatName> for OutFormat {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::NistJson => Self::NistJson,
            FormatName::NistXml => Self::NistXml,
            FormatName::Eml510 => Self::EmlCount,
            FormatName::Eml520 => Self::EmlResult,
            FormatName::Csv => Self::Csv,
            FormatName::GeoJson => Self::GeoJson,
        }
    }
}

/// Reads the record and writes what was asked for.
pub(crate) fn run(arguments: &Export) -> Result<ExitCode, Failure> {
    arguments.output.as_deref().map_or(Ok(()), output::may_be_written)?;
    let line = Line::new();
    let opened = open_record(&arguments.paths, &Limits::default(), &line)?;
    let record = &opened.record;
    if let Some(file) = &arguments.output {
        output::replaces_none(file, record.inputs.iter().map(|input| Path::new(&input.path)))?;
    }
    let contests = chosen(record, arguments)?;
    let format = OutFormat::from(arguments.format);
    let date = arguments.date.as_deref().or(record.date.as_deref());
    if date.is_none() && format.has_date() {
        return Err(Failure::Export("the record has no date; give the day of the election with --date".to_owned()));
    }
    let exported = Exported { title: &record.title, date: date.unwrap_or_default(), contests, maps: &record.maps };
    line.say("writing");
    let written = match &arguments.output {
        Some(file) => File::create(file)
            .map_err(WriteError::Sink)
            .and_then(|file| to(format, &exported, &mut BufWriter::new(file))),
        None => to(format, &exported, &mut BufWriter::new(io::stdout().lock())),
    };
    line.done();
    match (written, &arguments.output) {
        (Ok(()), _) => {}
        // A reader that went away wants no more.
        (Err(WriteError::Sink(error)), None) if error.kind() == io::ErrorKind::BrokenPipe => {
            return Ok(ExitCode::SUCCESS);
        }
        (Err(WriteError::Sink(error)), file) => {
            let file = file.as_ref().map_or_else(|| "the output".to_owned(), |file| file.display().to_string());
            return Err(Failure::CannotWrite { file, cause: error.to_string() });
        }
        (Err(error), _) => return Err(Failure::Export(error.to_string())),
    }
    let told = told(format, &exported, opened.set_aside.len(), arguments.output.as_deref());
    match arguments.output {
        Some(_) => screen::print_cleaned(&told)?,
        None => told.lines().for_each(|line| screen::error(&line)),
    }
    Ok(ExitCode::SUCCESS)
}

fn to(format: OutFormat, exported: &Exported<'_>, out: &mut dyn Write) -> Result<(), WriteError> {
    adil_exchange::write(format, exported, out)?;
    Ok(out.flush()?)
}

/// The contests that are written, with their releases.
fn chosen<'a>(record: &'a Record, arguments: &Export) -> Result<Vec<ExportedContest<'a>>, Failure> {
    let mut contests = Vec::new();
    let mut known = Vec::new();
    for contest in &record.contests {
        known.push(contest.id.as_str());
        if arguments.contest.as_ref().is_some_and(|wanted| *wanted != contest.id) {
            continue;
        }
        let release = release_of(contest, arguments)?;
        let table = release.and_then(|release| Some((release, release.stations.as_ref()?)));
        contests.extend(table.map(|(release, table)| ExportedContest { contest, release, table }));
    }
    match (&arguments.contest, contests.is_empty()) {
        (Some(wanted), true) if !known.contains(&wanted.as_str()) => Err(Failure::Export(format!(
            "--contest: the record has no contest {wanted:?}; it has {}",
            known.join(", ")
        ))),
        (_, true) => Err(Failure::Export(
            "no contest of the record has a table of stations; figures alone are not written".to_owned(),
        )),
        (_, false) => Ok(contests),
    }
}

/// The release that is written of a contest.
fn release_of<'a>(contest: &'a Contest, arguments: &Export) -> Result<Option<&'a Release>, Failure> {
    let Some(wanted) = &arguments.release else { return Ok(contest.latest_table()) };
    let release = contest.releases.iter().find(|release| release.id == *wanted);
    let of = || format!("--release: {wanted:?} of the contest {:?}", contest.id);
    match release {
        None => {
            let known: Vec<&str> = contest.releases.iter().map(|release| release.id.as_str()).collect();
            Err(Failure::Export(format!("{} is not there; it has {}", of(), known.join(", "))))
        }
        Some(release) if !release.is_of_the_count() => {
            Err(Failure::Export(format!("{} is a poll or a forecast; these formats are for counts", of())))
        }
        Some(release) if release.stations.is_none() => {
            Err(Failure::Export(format!("{} has no table of stations", of())))
        }
        release => Ok(release),
    }
}

/// What was written, and what is not in it.
fn told(format: OutFormat, exported: &Exported<'_>, set_aside: usize, file: Option<&Path>) -> String {
    let mut text = String::new();
    if let Some(file) = file {
        let stations: usize = exported.contests.iter().map(|contest| contest.table.len()).sum();
        let contests = exported.contests.len();
        let contests = if contests == 1 { "1 contest".to_owned() } else { format!("{contests} contests") };
        let _ = writeln!(text, "Written: {} ({contests}, {stations} stations)", file.display());
    }
    for lost in adil_exchange::lost(format, exported) {
        let _ = writeln!(
            text,
            "not in the file, for the format has no place for it: {} (contest {})",
            lost.what, lost.contest
        );
    }
    let missing = |term| exported.contests.iter().any(|contest| contest.table.line(term).is_none());
    if format == OutFormat::EmlCount && (missing(adil_record::Term::Registered) || missing(adil_record::Term::Invalid))
    {
        text.push_str("the record lacks voters on the register or invalid papers, which EML-NL requires: strict readers will refuse the file\n");
    }
    if set_aside > 0 {
        let _ = writeln!(
            text,
            "{set_aside} parts of the input are not in the record, and so not in the file: `adil check` lists them"
        );
    }
    text
}
