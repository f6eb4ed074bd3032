//! `adil check`: from paths to a report.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use adil_check::{Check as Checked, Settings};
use adil_finding::{PassedOver, Report};
use adil_open::{Limits, OpenedRecord, open_record};
use adil_report::{MethodPage, Texts};

use crate::arguments::Check;
use crate::failure::Failure;
use crate::progress::Line;
use crate::screen;

/// Checks the record, or each of the records, and writes what was asked for.
pub(crate) fn run(arguments: &Check) -> Result<ExitCode, Failure> {
    if let Some(threads) = arguments.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build_global();
        pool.map_err(|error| Failure::Threads(error.to_string()))?;
    }
    let checks = chosen(&arguments.only, &arguments.skip)?;
    let texts = Texts::new(arguments.lang.into());
    let records: Vec<&[PathBuf]> = match arguments.each {
        true => arguments.paths.chunks(1).collect(),
        false => vec![&arguments.paths],
    };
    let several = records.len() > 1;
    let mut contradicted = false;
    for paths in records {
        let report = checked(paths, &checks, arguments)?;
        contradicted |= report.contradicts_organisers();
        if let Some(file) = &arguments.html {
            let file = if several { beside(file, &paths[0]) } else { file.clone() };
            write(&file, &adil_report::html(&report, &texts, &pages(&checks)))?;
        }
        if arguments.json {
            screen::print(&adil_report::json(&report));
        } else {
            screen::print(&adil_report::terminal(&report, &texts, &screen::options()));
        }
    }
    if contradicted && arguments.exit_zero && !arguments.json {
        screen::print("--exit-zero was given, so the exit status is 0 all the same.\n");
    }
    let status = u8::from(contradicted && !arguments.exit_zero);
    Ok(ExitCode::from(status))
}

/// Reads and checks one record.
fn checked(paths: &[PathBuf], checks: &[&'static dyn Checked], arguments: &Check) -> Result<Report, Failure> {
    let line = Line::new();
    let OpenedRecord { record, set_aside } = open_record(paths, &Limits::default(), &line)?;
    line.say("checking");
    let settings = Settings { seed: arguments.seed, leader: arguments.leader.clone(), ..Settings::default() };
    let (findings, coverage) = adil_check::run(&record, checks, &settings)?;
    line.done();
    let passed_over = set_aside.into_iter().map(|passed| PassedOver { path: passed.path, why: passed.why }).collect();
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

/// Whether a name means a check: its own, or that of its folder.
fn is_meant(wanted: &str, id: &str) -> bool {
    id == wanted || id.strip_prefix(wanted.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
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

/// `report.html` for the record `russia/2011.csv.zip` becomes `report-2011.html`.
fn beside(file: &Path, record: &Path) -> PathBuf {
    let stem = |path: &Path| path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let record = stem(record).split('.').next().unwrap_or_default().to_owned();
    let ending = file.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()));
    file.with_file_name(format!("{}-{record}{ending}", stem(file)))
}

/// Writes a file.
pub(crate) fn write(file: &Path, text: &str) -> Result<(), Failure> {
    let cannot =
        |error: std::io::Error| Failure::CannotWrite { file: file.display().to_string(), cause: error.to_string() };
    fs::write(file, text).map_err(cannot)
}
