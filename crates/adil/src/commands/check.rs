//! `adil check`: from paths to a report.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use adil_check::{Check as Checked, Settings};
use adil_finding::Report;
use adil_open::{Limits, OpenedRecord, open_record};
use adil_report::{MethodPage, Texts};

use crate::arguments::Check;
use crate::failure::Failure;
use crate::progress::Line;
use crate::{output, screen};

/// Checks the record, or each of the records, and writes what was asked for.
pub(crate) fn run(arguments: &Check) -> Result<ExitCode, Failure> {
    if let Some(threads) = arguments.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
        pool.map_err(|error| Failure::Threads(error.to_string()))?;
    }
    let checks = chosen(&arguments.only, &arguments.skip)?;
    let texts = Texts::new(arguments.lang.into());
    let records: Vec<&[PathBuf]> = match arguments.each {
        true => arguments.paths.chunks(1).collect(),
        false => vec![&arguments.paths],
    };
    let files = arguments.html.as_ref().map_or_else(Vec::new, |file| output::pages(file, &records));
    files.iter().try_for_each(|file| output::may_be_written(file))?;
    let mut contradicted = false;
    for (position, paths) in records.iter().enumerate() {
        let report = checked(paths, &checks, arguments)?;
        contradicted |= report.contradicts_organisers();
        if arguments.json {
            screen::print(&adil_report::json(&report))?;
        } else {
            screen::print(&adil_report::terminal(&report, &texts, &screen::options()))?;
        }
        if let Some(file) = files.get(position) {
            output::replaces_none(file, report.inputs.iter().map(|input| Path::new(&input.path)))?;
            output::write(file, &adil_report::html(&report, &texts, &pages(&checks)))?;
        }
    }
    if contradicted && arguments.exit_zero && !arguments.json {
        screen::print("--exit-zero was given, so the exit status is 0 all the same.\n")?;
    }
    let status = u8::from(contradicted && !arguments.exit_zero);
    Ok(ExitCode::from(status))
}

/// Reads and checks one record.
fn checked(paths: &[PathBuf], checks: &[&'static dyn Checked], arguments: &Check) -> Result<Report, Failure> {
    let line = Line::new();
    let OpenedRecord { record, set_aside: passed_over } = open_record(paths, &Limits::default(), &line)?;
    line.say("checking");
    let settings = Settings { seed: arguments.seed, leader: arguments.leader.clone(), ..Settings::default() };
    let (findings, coverage) = adil_check::run(&record, checks, &settings)?;
    line.done();
    let (title, date, inputs) = (record.title, record.date, record.inputs);
    Ok(Report { title, date, inputs, passed_over, coverage, findings, seed: arguments.seed })
}

/// The checks that `--only` and `--skip` leave, in their order.
fn chosen(only: &[String], skip: &[String]) -> Result<Vec<&'static dyn Checked>, Failure> {
    for wanted in only.iter().chain(skip) {
        if !adil_check::all().iter().any(|check| is_meant(wanted, check.id().0)) {
            return Err(unknown(wanted));
        }
    }
    let meant = |list: &[String], id: &str| list.iter().any(|wanted| is_meant(wanted, id));
    let runs = |check: &&&'static dyn Checked| {
        let id = check.id().0;
        (only.is_empty() || meant(only, id)) && !meant(skip, id)
    };
    let checks: Vec<_> = adil_check::all().iter().filter(runs).copied().collect();
    if checks.is_empty() { Err(Failure::NoCheck) } else { Ok(checks) }
}

/// Whether a name means a check: its own, with its folder or without, or that of its folder.
fn is_meant(wanted: &str, id: &str) -> bool {
    let own = id.rsplit('/').next().unwrap_or(id);
    id == wanted
        || own == wanted
        || id.strip_prefix(wanted.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
}

/// The check of that name; without its folder where only one is called so.
pub(crate) fn named(wanted: &str) -> Result<&'static dyn Checked, Failure> {
    let mut ends = adil_check::all().iter().filter(|check| check.id().0.rsplit('/').next() == Some(wanted));
    let short = match (ends.next(), ends.next()) {
        (Some(check), None) => Some(*check),
        _ => None,
    };
    adil_check::find(wanted).or(short).ok_or_else(|| unknown(wanted))
}

fn unknown(wanted: &str) -> Failure {
    let known: Vec<&str> = adil_check::all().iter().map(|check| check.id().0).collect();
    Failure::CheckUnknown { wanted: wanted.to_owned(), known: known.join(", ") }
}

fn pages(checks: &[&'static dyn Checked]) -> Vec<MethodPage> {
    checks.iter().map(|check| MethodPage { check: check.id(), markdown: check.page().markdown() }).collect()
}
