//! What the program writes replaces nothing that it reads, and what it cannot write it says.

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{adil, text};

const TABLE: &str = "Station,Registered voters,Valid,Lime Tree,Old Bridge\n1,900,600,400,200\n2,500,300,100,200\n";

/// A folder with a table and the description that `init` writes for it.
fn described(test: &str) -> (PathBuf, PathBuf) {
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test);
    let table = folder.join("table.csv");
    fs::write(&table, TABLE).expect("the folder is writable");
    let init = adil(&["init", text(&table)]);
    assert_eq!(init.status, 0, "{}", init.err);
    (table, folder.join("election.toml"))
}

fn refused(arguments: &[&str], why: &str) {
    let call = adil(arguments);
    assert_eq!(call.status, 2, "{arguments:?}: {}", call.out);
    assert!(call.err.contains(why), "{arguments:?}: {}", call.err);
}

#[test]
fn a_page_replaces_neither_the_table_nor_the_description() {
    let (table, description) = described("kept");
    let before = [&table, &description].map(|path| fs::read(path).expect("it is there"));
    for file in [&table, &description] {
        refused(&["check", text(&description), "--html", text(file)], "would be overwritten");
        refused(&["check", text(&description), "--stations", text(file)], "would be overwritten");
    }
    refused(&["init", text(&table), "--output", text(&table), "--force"], "would be overwritten");
    assert_eq!([&table, &description].map(|path| fs::read(path).expect("it is there")), before);
}

#[test]
fn a_page_that_cannot_be_written_is_told_before_the_work() {
    let (_, description) = described("told-before");
    let folder = description.parent().expect("a folder");
    for (file, why) in [(folder.to_path_buf(), "it is a folder"), (folder.join("no/page.html"), "does not exist")] {
        let call = adil(&["check", text(&description), "--html", text(&file)]);
        assert_eq!((call.status, call.out.as_str()), (2, ""), "{}", call.err);
        assert!(call.err.contains(why), "{}", call.err);
    }
}

#[test]
fn calls_say_what_is_wrong_with_them() {
    let (table, description) = described("calls-of-all-kinds");
    let nowhere: &Path = &table.with_file_name("nowhere.csv");
    refused(&["init", text(nowhere)], "nowhere.csv: cannot be read");
    refused(&["init", text(&table), "--sheet", "counts", "--force"], "no sheet or part with that name");
    refused(&["check", text(&description), text(&description)], "counted twice");
    refused(&["check", text(&description), "--threads", "99999"], "1..=256");
    assert_eq!(adil(&["check", text(&description), "--only", "integers"]).status, 0, "a check by its own name");
}
