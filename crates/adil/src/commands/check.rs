//! `adil check`: from paths to a report.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use adil_belenios::Shard;
use adil_check::{BoardView, Check as Checked, Settings};
use adil_finding::{PointedStation, Report};
use adil_open::{Limits, OpenedRecord, open_record};
use adil_record::Record;
use adil_report::{MethodPage, Texts};

use crate::arguments::Check;
use crate::boards::{self, ShardArgument};
use crate::commands::log::failure::LogFailure;
use crate::failure::Failure;
use crate::progress::Line;
use crate::{audited, logs, output, screen};

/// Checks the record, or each of the records, and writes what was asked for.
pub(crate) fn run(arguments: &Check) -> Result<ExitCode, Failure> {
    if let Some(threads) = arguments.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
        pool.map_err(|error| Failure::Threads(error.to_string()))?;
    }
    if let (Some(ShardArgument(shard)), Some(file)) = (arguments.shard, &arguments.summary) {
        return shard_of(arguments, shard, file);
    }
    let checks = chosen(&arguments.only, &arguments.skip)?;
    let texts = Texts::new(arguments.lang.into());
    let records: Vec<&[PathBuf]> = match arguments.each {
        true => arguments.paths.chunks(1).collect(),
        // Merged summaries are one record without paths.
        false => vec![&arguments.paths],
    };
    let files = arguments.html.as_ref().map_or_else(Vec::new, |file| output::pages(file, &records));
    files.iter().chain(&arguments.stations).try_for_each(|file| output::may_be_written(file))?;
    let mut contradicted = false;
    for (position, paths) in records.iter().enumerate() {
        let (report, stations) = match arguments.merge.as_slice() {
            [] => checked(paths, &checks, arguments)?,
            summaries => (merged(summaries, &checks, arguments)?, Vec::new()),
        };
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
        if let Some(file) = &arguments.stations {
            output::replaces_none(file, report.inputs.iter().map(|input| Path::new(&input.path)))?;
            output::write(file, &adil_report::station_table(&stations, &texts))?;
        }
    }
    if contradicted && arguments.exit_zero && !arguments.json {
        screen::print("--exit-zero was given, so the exit status is 0 all the same.\n")?;
    }
    Ok(status(contradicted, arguments))
}

fn status(contradicted: bool, arguments: &Check) -> ExitCode {
    ExitCode::from(u8::from(contradicted && !arguments.exit_zero))
}

/// Reads and checks one record: the report, and the stations that checks point to where these were asked for.
fn checked(
    paths: &[PathBuf],
    checks: &[&'static dyn Checked],
    arguments: &Check,
) -> Result<(Report, Vec<PointedStation>), Failure> {
    let line = Line::new();
    let OpenedRecord { mut record, boards, set_aside: passed_over } = open_record(paths, &Limits::default(), &line)?;
    if let Some(key) = &arguments.key {
        let key = adil_log::VerifierKey::parse(key.trim());
        let key = key.map_err(|error| LogFailure::Key { given: "--key".to_owned(), error })?.to_string();
        if record.bundles.is_empty() {
            return Err(Failure::KeyWithoutBundle);
        }
        record.bundles.iter_mut().for_each(|bundle| bundle.believed = Some(key.clone()));
    }
    for wanted in record.questions.iter().flat_map(|question| &question.checks) {
        adil_check::find(wanted).ok_or_else(|| unknown(wanted))?;
    }
    if boards.is_empty() && !arguments.tracker.is_empty() {
        return Err(Failure::TrackerWithoutBoard);
    }
    let looked_at = boards.iter().filter(|_| adil_check::look_at_boards(checks));
    let views = looked_at.map(|board| {
        let log =
            if look_at_logs(checks) || !arguments.tracker.is_empty() { logs::viewed(board, &line)? } else { None };
        Ok(BoardView { log, ..boards::verified(board, &arguments.tracker, &line)? })
    });
    let mut views = views.collect::<Result<Vec<_>, Failure>>()?;
    if !arguments.audited_ballot.is_empty() {
        let [board] = boards.as_slice() else { return Err(Failure::AuditedOfBoards { boards: boards.len() }) };
        for (audited, input) in audited::audited(board, &arguments.audited_ballot, arguments.seed)? {
            views.iter_mut().for_each(|view| view.audited.push(audited.clone()));
            record.inputs.push(input);
        }
    }
    line.say("checking");
    let settings = settings(arguments);
    let (findings, coverage) = adil_check::run(&record, &views, checks, &settings)?;
    let stations = match &arguments.stations {
        Some(_) => adil_check::pointed_stations(&record, checks, &findings, &settings)?,
        None => Vec::new(),
    };
    line.done();
    // A board alone bears the election's name, not that of its file; a described record has a title of its own.
    let title = match (record.contests.as_slice(), views.as_slice()) {
        ([], [board]) if record.date.is_none() => board.title().to_owned(),
        _ => record.title,
    };
    let (date, inputs, questions) = (record.date, record.inputs, record.questions);
    let report = Report { title, date, inputs, passed_over, coverage, findings, questions, seed: arguments.seed };
    Ok((report, stations))
}

/// Whether any of the checks looks at the logs of boards: reading them is work.
fn look_at_logs(checks: &[&'static dyn Checked]) -> bool {
    checks.iter().any(|check| matches!(check.id().0, "board/derivation" | "board/count"))
}

/// The report on a board that was verified in shards.
fn merged(summaries: &[PathBuf], checks: &[&'static dyn Checked], arguments: &Check) -> Result<Report, Failure> {
    let boards::Merged { input, view } = boards::merged(summaries)?;
    let title = view.title().to_owned();
    let (findings, coverage) = adil_check::run(&Record::default(), &[view], checks, &settings(arguments))?;
    let (inputs, passed_over) = (vec![input], Vec::new());
    let questions = Vec::new();
    Ok(Report { title, date: None, inputs, passed_over, coverage, findings, questions, seed: arguments.seed })
}

/// Verifies a shard of the record's only board.
fn shard_of(arguments: &Check, shard: Shard, file: &Path) -> Result<ExitCode, Failure> {
    output::may_be_written(file)?;
    let line = Line::new();
    let OpenedRecord { record, boards, .. } = open_record(&arguments.paths, &Limits::default(), &line)?;
    let [board] = boards.as_slice() else { return Err(Failure::NotOneBoard { boards: boards.len() }) };
    output::replaces_none(file, record.inputs.iter().map(|input| Path::new(&input.path)))?;
    let sound = boards::summarise(board, shard, file, &line)?;
    line.done();
    let found =
        if sound { "nothing is wrong in it" } else { "something is wrong in it; merge the summaries to see what" };
    screen::print(&format!(
        "Shard {} of {}: {found}. Its summary is in {}.\n",
        shard.index,
        shard.count,
        file.display()
    ))?;
    Ok(status(!sound, arguments))
}

fn settings(arguments: &Check) -> Settings {
    Settings {
        seed: arguments.seed,
        leader: arguments.leader.clone(),
        alarm_rate: arguments.alarm_rate,
        power: arguments.power,
        ..Settings::default()
    }
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
