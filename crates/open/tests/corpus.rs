//! Replays the seeds of the fuzz targets, and what once failed, with the stable compiler. With them, observers' forms and pyxform.

mod forms;

use std::fs;
use std::path::{Path, PathBuf};

fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a file of the corpus").path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files.into_iter().map(|path| (path.clone(), fs::read(path).expect("a file of the corpus"))).collect()
}

#[test]
fn tables_are_read_or_refused() {
    let mut readable = 0;
    for (path, bytes) in corpus("table_rows") {
        let cells = adil_open::fuzz::table_rows(&bytes);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // The seeds say in their names whether they are tables.
        assert_eq!(cells > 0, !name.starts_with("broken-"), "{name}: {cells} cells");
        readable += usize::from(cells > 0);
    }
    assert!(readable > 0);
}

#[test]
fn descriptions_are_read_or_refused() {
    for (path, bytes) in corpus("election_toml") {
        let text = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{} is text", path.display()));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert_eq!(adil_open::fuzz::election_toml(&text), !name.starts_with("broken-"), "{name}");
    }
}

#[test]
fn incidents_are_read_or_set_aside() {
    for (path, bytes) in corpus("observer_incidents") {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert_eq!(adil_open::fuzz::observer_incidents(&bytes), !name.starts_with("broken-"), "{name}");
    }
}

#[test]
fn forms_are_read_or_refused() {
    replay("observer_form", adil_open::fuzz::observer_form);
}

#[test]
fn copies_of_protocols_are_read_or_set_aside() {
    for (path, bytes) in corpus("protocol_copies") {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert_eq!(adil_open::fuzz::protocol_copies(&bytes), !name.starts_with("broken-"), "{name}");
    }
}

#[test]
fn reports_are_read_or_refused() {
    for (path, bytes) in corpus("exchange_report") {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert_eq!(adil_exchange::fuzz::report(&bytes), !name.starts_with("broken-"), "{name}");
    }
}

#[test]
fn maps_are_read_or_refused() {
    for (path, bytes) in corpus("geojson_map") {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert_eq!(adil_exchange::fuzz::map(&bytes), !name.starts_with("broken-"), "{name}");
    }
}

/// Replays the seeds of a target that takes text.
fn replay(target: &str, is_sound: fn(&str) -> bool) {
    for (path, bytes) in corpus(target) {
        let text = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{} is text", path.display()));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert_eq!(is_sound(&text), !name.starts_with("broken-"), "{target}/{name}");
    }
}

#[test]
fn forecasts_are_read_or_set_aside() {
    replay("forecast_lines", adil_open::fuzz::forecast_lines);
}

#[test]
fn quick_counts_are_read_or_refused() {
    replay("quick_count_design", adil_open::fuzz::quick_count_design);
    replay("quick_count_reports", adil_open::fuzz::quick_count_reports);
}
#[test]
fn tables_of_forms_are_read_or_refused() {
    for (path, bytes) in corpus("observer_forms") {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert_eq!(adil_open::fuzz::observer_forms(&bytes), !name.starts_with("broken-"), "{name}");
    }
}

#[test]
fn texts_of_bundles_are_read_or_refused() {
    for (path, bytes) in corpus("bundle") {
        let text = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{} is text", path.display()));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert_eq!(adil_open::fuzz::bundle(&text), !name.starts_with("broken-"), "{name}");
    }
}
