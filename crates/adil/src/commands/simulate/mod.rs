//! `adil simulate`: an honest election drawn at random, one way of cheating put into it, and the truth beside.

mod write;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use adil_laboratory::{Fitted, Injected, Injection, Parameters, Regions, Scenario, inject};
use adil_open::{Limits, open_record};
use adil_record::{ContestOption, StationTable};
use clap::Args;

use crate::failure::Failure;
use crate::progress::Line;
use crate::screen;
use write::Simulated;

/// Arguments of `adil simulate`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  adil simulate --out honest                                  an honest country
  adil simulate --technique stuffing --strength 0.2 --spread 0.1 --out stuffed
  adil simulate --print-parameters > country.toml             all parameters, with a comment on each
  adil simulate country.toml --stations 96000 --out large
  adil simulate --like 2021.csv.zip --technique count-rounded --strength 0.1 --spread 0.3 --out twin

Techniques, and what --strength is a part of:
  multiple-voting          register: voters from elsewhere are added, on certificates
  mobile-voting            register: ballots at home, for voters who stayed away
  officials-present        ballots: others' votes become the side's; the stations are marked
  group-voting             register: voters who stayed away are brought in at one hour
  stuffing                 register: ballots for voters who stayed away
  count                    ballots: others' votes become the side's
  count-rounded            the same, with turnout and share at multiples of 5 %
  unused-ballots           unused ballots, and books of 100 are filled to their end
  administrative-pressure  way to the region's target of turnout

Then `adil check DIR`. What was done is in DIR/truth, which the check does not read: take it away
before somebody else is to find it.")]
pub(crate) struct Simulate {
    /// The parameters of the country; the default ones where no file is named
    #[arg(value_name = "PARAMETERS.toml", conflicts_with = "like")]
    pub(crate) parameters: Option<PathBuf>,
    /// Draw an honest twin of this record: with its registers and areas, as uneven as it is
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with = "stations")]
    pub(crate) like: Vec<PathBuf>,
    /// The way of cheating; none where none is named
    #[arg(long, value_name = "NAME", requires = "strength", requires = "spread", value_parser = technique)]
    pub(crate) technique: Option<Injected>,
    /// How much is moved in a station, from 0 to 1
    #[arg(long, value_name = "X", requires = "technique")]
    pub(crate) strength: Option<f64>,
    /// The part of the stations in which it is done, from 0 to 1
    #[arg(long, value_name = "Y", requires = "technique")]
    pub(crate) spread: Option<f64>,
    /// Only in this region; may be given several times
    #[arg(long, value_name = "NAME", requires = "technique")]
    pub(crate) region: Vec<String>,
    /// The turnout that `count` and `count-rounded` reach at least, from 0 to 1
    #[arg(long, value_name = "Z", requires = "technique")]
    pub(crate) turnout: Option<f64>,
    /// The side that votes are moved to: the name of an option or a part of it; the winner where none is named
    #[arg(long, value_name = "NAME")]
    pub(crate) side: Option<String>,
    /// The seed of everything drawn at random: the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many stations the country has, whatever its parameters say
    #[arg(long, value_name = "N")]
    pub(crate) stations: Option<u32>,
    /// The folder to write: new, or empty
    #[arg(long, value_name = "DIR", required_unless_present = "print_parameters")]
    pub(crate) out: Option<PathBuf>,
    /// Print the default parameters with a comment on each, and do nothing else
    #[arg(long, exclusive = true)]
    pub(crate) print_parameters: bool,
}

fn technique(name: &str) -> Result<Injected, String> {
    Injected::named(name).ok_or_else(|| {
        let known: Vec<&str> = Injected::ALL.iter().map(|technique| technique.id()).collect();
        format!("expected one of {}", known.join(", "))
    })
}

/// Where a table comes from.
enum Source {
    /// Parameters.
    Country(Box<Parameters>),
    /// A real record's title.
    Twin(String),
}

/// An honest table.
struct Honest {
    source: Source,
    title: String,
    options: Vec<String>,
    table: StationTable,
    side: usize,
}

/// Draws the election, puts the technique in, and writes the folder.
pub(crate) fn run(arguments: &Simulate) -> Result<ExitCode, Failure> {
    let out = match &arguments.out {
        Some(out) if !arguments.print_parameters => out,
        _ => {
            screen::print(Parameters::COMMENTED)?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    may_be_filled(out)?;
    let Honest { source, title, options, mut table, side } = honest(arguments)?;
    let mut injection = injected(arguments, &table, side)?;
    if let Some(injection) = &mut injection {
        injection.swap(&mut table);
    }
    let truth = injection.map(|injection| injection.truth);
    let simulated = Simulated { title, options, table, side, truth, seed: arguments.seed, source };
    simulated.write(out)?;
    screen::print_cleaned(&told(&simulated, out))?;
    Ok(ExitCode::SUCCESS)
}

/// A folder that is new or empty.
fn may_be_filled(folder: &Path) -> Result<(), Failure> {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(false) => Err(Failure::NotEmpty { folder: folder.display().to_string() }),
        Err(error) if folder.exists() => {
            Err(Failure::CannotWrite { file: folder.display().to_string(), cause: error.to_string() })
        }
        _ => Ok(()),
    }
}

fn honest(arguments: &Simulate) -> Result<Honest, Failure> {
    if !arguments.like.is_empty() {
        return twin(arguments);
    }
    let mut parameters = match &arguments.parameters {
        Some(file) => {
            let cannot = |cause: String| Failure::Simulate(format!("{}: {cause}", file.display()));
            let text = fs::read_to_string(file).map_err(|error| cannot(format!("cannot be read: {error}")))?;
            Parameters::parse(&text).map_err(|error| cannot(error.to_string()))?
        }
        None => Parameters::default(),
    };
    if let Some(stations) = arguments.stations {
        parameters.stations = stations;
        // A small country has as many regions as it has room for.
        parameters.regions = parameters.regions.min(stations.max(1));
    }
    let table = parameters.draw(arguments.seed).map_err(|error| Failure::Simulate(error.to_string()))?;
    let named = |name: &String| ContestOption { id: name.clone(), name: name.clone(), incumbent: false };
    let options: Vec<ContestOption> = parameters.option.iter().map(|option| named(&option.name)).collect();
    let side = side(arguments, &options, &table)?;
    let options = options.into_iter().map(|option| option.name).collect();
    let title = parameters.title.clone();
    Ok(Honest { source: Source::Country(Box::new(parameters)), title, options, table, side })
}

/// An honest twin of the first contest that has stations.
fn twin(arguments: &Simulate) -> Result<Honest, Failure> {
    let line = Line::new();
    let opened = open_record(&arguments.like, &Limits::default(), &line)?;
    line.done();
    let tested =
        opened.record.contests.iter().find_map(|contest| Some((contest, contest.tested()?.stations.as_ref()?)));
    let Some((contest, real)) = tested else {
        return Err(Failure::Simulate("--like: the record has no table of stations".to_owned()));
    };
    let options = &contest.options[..real.votes.len()];
    let side = side(arguments, options, real)?;
    let options = options.iter().map(|option| option.name.clone()).collect();
    let fitted = Fitted::fit(real, side).map_err(|error| Failure::Simulate(format!("--like: {error}")))?;
    let table = fitted.draw(arguments.seed);
    let title = contest.title.clone();
    Ok(Honest { source: Source::Twin(title.clone()), title, options, table, side })
}

/// The option that `--side` means; the winner where none is named.
fn side(arguments: &Simulate, options: &[ContestOption], table: &StationTable) -> Result<usize, Failure> {
    let names =
        |options: Vec<&ContestOption>| options.iter().map(|option| option.name.as_str()).collect::<Vec<_>>().join("; ");
    let Some(wanted) = &arguments.side else {
        let none = || Failure::Simulate("the table has no options".to_owned());
        return table.winner().map(|winner| winner.0).ok_or_else(none);
    };
    match ContestOption::meant(options, wanted).as_slice() {
        [only] => Ok(only.0),
        [] => Err(Failure::Simulate(format!(
            "--side: no option is called {wanted:?}; they are {}",
            names(options.iter().collect())
        ))),
        several => Err(Failure::Simulate(format!(
            "--side: {wanted:?} stands in the names of {}",
            names(several.iter().map(|option| &options[option.0]).collect())
        ))),
    }
}

fn injected(arguments: &Simulate, table: &StationTable, side: usize) -> Result<Option<Injection>, Failure> {
    let (Some(named), Some(strength), Some(spread)) = (arguments.technique, arguments.strength, arguments.spread)
    else {
        return Ok(None);
    };
    let technique = match (named, arguments.turnout) {
        (named, None) => named,
        (Injected::Count { round_to, .. }, turnout) => Injected::Count { turnout, round_to },
        _ => return Err(Failure::Simulate("--turnout is for the techniques count and count-rounded".to_owned())),
    };
    let regions = match arguments.region.as_slice() {
        [] => Regions::All,
        named => Regions::Named(named.to_vec()),
    };
    let scenario = Scenario { technique, side, strength, spread, regions, seed: arguments.seed };
    inject(table, &scenario).map(Some).map_err(|error| Failure::Simulate(error.to_string()))
}

fn told(simulated: &Simulated, out: &Path) -> String {
    let stations = simulated.table.len();
    let side = &simulated.options[simulated.side];
    let done = match &simulated.truth {
        None => "Nothing was done to it.".to_owned(),
        Some(truth) => {
            let totals = truth.totals;
            format!(
                "{} for {side}: {} stations changed, {} ballots added, {} votes switched.",
                truth.scenario.technique.id(),
                totals.stations,
                totals.added,
                totals.switched
            )
        }
    };
    let out = out.display();
    format!(
        "{}: {stations} stations drawn with seed {}. {done}\n\nWritten: {out}\n\
         What was done is in {out}/truth, which the check does not read: adil check {out}\n",
        simulated.title, simulated.seed
    )
}
