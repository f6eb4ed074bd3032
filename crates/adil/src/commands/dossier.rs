//! `adil dossier`: everything that a record has of one station.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use adil_check::Settings;
use adil_open::{Limits, OpenedRecord, open_record};
use adil_report::Texts;
use clap::Args;

use crate::arguments::Lang;
use crate::failure::Failure;
use crate::progress::Line;
use crate::{output, screen};

/// Arguments of `adil dossier`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  adil dossier 1327 folder                          on the screen
  adil dossier \"North / 12\" folder --html 12.html    a page to print
  adil dossier 1327 folder --no-checks --json       without what the checks say, which takes longest

Names and words of observers are in no dossier; the files and rows in which they stand are named.")]
pub(crate) struct Dossier {
    /// The station: its own name or number where no other has it, else with its areas, parted by \" / \"
    #[arg(value_name = "STATION")]
    pub(crate) station: String,
    /// What the election left behind, as for `adil check`
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print one JSON object instead of the screen; its texts are English
    #[arg(long)]
    pub(crate) json: bool,
    /// Write a page that can be printed
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Leave out what the checks say of the station
    #[arg(long)]
    pub(crate) no_checks: bool,
    /// The side tested, as for `adil check`
    #[arg(long, value_name = "NAME")]
    pub(crate) leader: Option<String>,
    /// The seed of everything drawn at random
    #[arg(long, value_name = "N", default_value_t = Settings::SEED)]
    pub(crate) seed: u64,
    /// The language of the screen and the page
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

/// Reads the record, asks the checks, and writes the dossier.
pub(crate) fn run(arguments: &Dossier) -> Result<ExitCode, Failure> {
    arguments.html.iter().try_for_each(|file| output::may_be_written(file))?;
    let line = Line::new();
    let OpenedRecord { record, .. } = open_record(&arguments.paths, &Limits::default(), &line)?;
    let station = adil_check::find_station(&record, &arguments.station)?;
    let settings = Settings { seed: arguments.seed, leader: arguments.leader.clone(), ..Settings::default() };
    let pointed = match arguments.no_checks {
        true => Vec::new(),
        false => {
            line.say("checking");
            let checks = adil_check::all();
            let (findings, _) = adil_check::run(&record, &[], checks, &settings)?;
            adil_check::pointed_stations(&record, checks, &findings, &settings)?
        }
    };
    line.done();
    let dossier = adil_check::dossier(&record, &station, &pointed);
    let texts = Texts::new(arguments.lang.into());
    if arguments.json {
        screen::print(&adil_report::dossier_json(&dossier))?;
    } else {
        screen::print_cleaned(&adil_report::dossier_text(&dossier, &texts, screen::options().width))?;
    }
    if let Some(file) = &arguments.html {
        output::replaces_none(file, dossier.inputs.iter().map(|input| Path::new(&input.path)))?;
        output::write(file, &adil_report::dossier_html(&dossier, &texts))?;
    }
    Ok(ExitCode::SUCCESS)
}
