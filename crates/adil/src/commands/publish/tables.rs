//! Tables, quick counts and forecasts of a bundle.

use std::collections::BTreeMap;
use std::path::Path;

use adil_open::{ForPublication, Limits, RecordError, read_text};
use adil_record::{
    BundleNames, ContestNames, DescribedTable, Design, Family, ForecastBook, PublisherKind, StationTable,
    rewritten_copies, rewritten_forecasts, rewritten_reports,
};

use super::arguments::Publish;
use super::bundle::{NewBundle, endings};
use crate::failure::Failure;
use crate::hold::HoldFailure;

/// Writes them.
pub(super) fn put(
    parts: &ForPublication,
    arguments: &Publish,
    seed: &[u8; 32],
    bundle: &mut NewBundle,
    names: &mut BundleNames,
) -> Result<(), Failure> {
    for (number, table) in (1..).zip(&parts.description.table) {
        may_be_copied(parts, table, &arguments.public_table)?;
        let mut files = Vec::new();
        for (part, file) in (1..).zip(table.file.as_slice()) {
            let name = match has_told_name(table) {
                true => format!("tables/{number:03}/{}", own_name(file)),
                false => format!("tables/{number:03}-{part:03}{}", endings(file)),
            };
            bundle.copy(&name, &parts.copied(file, &Limits::default())?)?;
            files.push(name);
        }
        names.tables.push(files);
    }
    let tables = tables(parts);
    let mut quick_counts = 0;
    for (at, described) in parts.description.contest.iter().enumerate() {
        let mut of_contest = ContestNames::default();
        for (place, count) in described.quick_count.iter().enumerate() {
            quick_counts += 1;
            let found = parts.opened.record.contests.get(at).and_then(|contest| contest.quick_counts.get(place));
            let Some((_, found)) = found else { continue };
            let design = match &count.design {
                Some(design) => Some(put_design(parts, &parts.beside(design), quick_counts, bundle)?),
                None => None,
            };
            let name = format!("quick-counts/{quick_counts:03}.csv");
            let (text, station, redacted) = rewritten_reports(found, &tables, arguments.round_minutes, &name);
            bundle.text(&name, &text)?;
            bundle.redact(redacted);
            of_contest.quick_counts.push((design, name, station, found.reports().names.clone()));
        }
        for (place, copies) in described.copies.iter().enumerate() {
            let Some(contest) = parts.opened.record.contests.get(at) else { continue };
            let Some(found) = contest.copies.get(place) else { continue };
            quick_counts += usize::from(copies.known_sample.is_some());
            let design = match &copies.known_sample {
                Some(design) => Some(put_design(parts, &parts.beside(design), quick_counts, bundle)?),
                None => None,
            };
            let name = format!("copies/{:03}-{:03}.jsonl", at + 1, place + 1);
            let (text, redacted) = rewritten_copies(found, contest, seed, arguments.round_minutes, &name);
            bundle.text(&name, &text)?;
            bundle.redact(redacted);
            of_contest.copies.push((name, design));
        }
        names.contests.push(of_contest);
    }
    put_forecasts(parts, bundle, names)
}

/// The tables by which observers' rows are placed: as the record is read.
pub(super) fn tables(parts: &ForPublication) -> Vec<&StationTable> {
    let contests = parts.opened.record.contests.iter();
    contests.filter_map(|contest| contest.latest_table()?.stations.as_ref()).collect()
}

/// A table is copied as it is: only one that is public already. Others can have columns that nobody has looked at.
fn may_be_copied(parts: &ForPublication, table: &DescribedTable, public: &[String]) -> Result<(), Failure> {
    let id = table.release.as_deref().unwrap_or("final");
    let contest = match &table.contest {
        Some(name) => parts.description.contest.iter().find(|contest| contest.id == *name),
        None => parts.description.contest.first(),
    };
    let release = contest.and_then(|contest| contest.release.iter().find(|release| release.id == id));
    let kind = release.map_or(PublisherKind::Organiser, |release| release.kind);
    if matches!(kind, PublisherKind::Organiser | PublisherKind::Pollster) || public.iter().any(|name| name == id) {
        return Ok(());
    }
    Err(HoldFailure::Input(format!(
        "the table of the release {id:?} is none of the organisers, and its columns would be copied as they are; if all of it is public, \
         say so with --public-table {id}"
    ))
    .into())
}

/// Whether the name of a table's file is part of what it says.
fn has_told_name(table: &DescribedTable) -> bool {
    let parts = table.family.as_deref().and_then(Family::named).map_or(&[][..], |family| &family.part);
    table.area_from_file.is_some() || parts.iter().any(|part| part.file_name.is_some() || part.not_file_name.is_some())
}

fn own_name(file: &str) -> String {
    Path::new(file).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// A design, with its frame as it is: the design was published with the frame's SHA-256.
fn put_design(parts: &ForPublication, path: &Path, number: usize, bundle: &mut NewBundle) -> Result<String, Failure> {
    let (text, _) = read_text(path, &Limits::default()).map_err(RecordError::from)?;
    let mut design = Design::parse(&text).map_err(|error| HoldFailure::file(path, error))?;
    let beside = path.parent().unwrap_or(Path::new(".")).join(&design.frame);
    let frame = format!("{number:03}-frame{}", endings(&design.frame));
    bundle.copy(&format!("quick-counts/{frame}"), &parts.copied_from(&beside, &Limits::default())?)?;
    design.frame = frame;
    let name = format!("quick-counts/{number:03}-design.toml");
    bundle.text(&name, &design.print())?;
    Ok(name)
}

/// Files of forecasts, each once: contests may share one.
fn put_forecasts(parts: &ForPublication, bundle: &mut NewBundle, names: &mut BundleNames) -> Result<(), Failure> {
    let mut by_file: BTreeMap<&str, Vec<&ForecastBook>> = BTreeMap::new();
    for (contest, described) in parts.opened.record.contests.iter().zip(&parts.description.contest) {
        if let (Some(forecasts), Some(described)) = (&contest.forecasts, &described.forecasts) {
            by_file.entry(&described.file).or_default().push(&forecasts.book);
        }
    }
    let mut called = BTreeMap::new();
    for (number, (file, books)) in (1..).zip(&by_file) {
        let (text, _) = read_text(&parts.beside(file), &Limits::default()).map_err(RecordError::from)?;
        let name = format!("forecasts/{number:03}.jsonl");
        let (text, redacted) = rewritten_forecasts(&text, books, &name);
        bundle.text(&name, &text)?;
        bundle.redact(redacted);
        called.insert(*file, name);
    }
    for (of_contest, described) in names.contests.iter_mut().zip(&parts.description.contest) {
        let file = described.forecasts.as_ref().map(|forecasts| forecasts.file.as_str());
        of_contest.forecasts = file.and_then(|file| called.get(file).cloned());
    }
    Ok(())
}
