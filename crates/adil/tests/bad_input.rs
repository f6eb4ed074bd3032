//! Every kind of bad input ends with status 2 and one sentence that names the file and, where there is one, the row and
//! the column.

mod program;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use program::{adil, text};

const HEADER: &str = "region,tik,uik,\"Число избирателей, внесенных в список\",\"Число бюллетеней, выданных участникам \
                      голосования\",\"Число бюллетеней, содержащихся в ящиках\",Число недействительных бюллетеней,ДА,НЕТ,url";

fn scratch(test: &str) -> PathBuf {
    adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test)
}

/// A table of the family of 2020 with `rows` after its header, in a file of its own.
fn table(folder: &Path, rows: &[&str]) -> PathBuf {
    let path = folder.join("table.csv");
    fs::write(&path, format!("{HEADER}\n{}\n", rows.join("\n"))).expect("the folder is writable");
    path
}

/// The one sentence that a call on a file ends with.
fn refusal(path: &Path) -> String {
    let call = adil(&["check", text(path)]);
    assert_eq!(call.status, 2, "{}{}", call.out, call.err);
    assert_eq!(call.out, "", "nothing is reported of what could not be read");
    assert_eq!(call.err.lines().count(), 1, "one sentence: {}", call.err);
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    assert!(call.err.contains(&name), "{} does not name {name}", call.err);
    call.err
}

#[test]
fn cells_that_are_no_counts_name_row_and_column() {
    let folder = scratch("cells");
    let sound = "A,1,1,100,60,60,0,40,20,u";
    for (bad, why) in [
        ("A,1,2,100,sixty,60,0,40,20,u", "is not a number"),
        ("A,1,2,100,-60,60,0,40,20,u", "is negative"),
        ("A,1,2,100,60.5,60,0,40,20,u", "is not whole"),
        ("A,1,2,100,9223372036854775808,60,0,40,20,u", "is above 1,000,000,000"),
    ] {
        let error = refusal(&table(&folder, &[sound, bad]));
        assert!(error.contains("row 3") && error.contains("выданных участникам") && error.contains(why), "{error}");
    }
}

#[test]
fn a_header_longer_than_any_name_is_refused() {
    let path = scratch("long").join("long.csv");
    fs::write(&path, format!("{HEADER},{}\nA,1,1,100,60,60,0,40,20,u,0\n", "x".repeat(5_000))).expect("writable");
    assert!(refusal(&path).contains("column 11 has 5000 characters"));
}

#[test]
fn a_header_that_stands_twice_names_both_columns() {
    let folder = scratch("twice");
    let path = folder.join("twice.csv");
    fs::write(&path, format!("{},ДА\nA,1,1,100,60,60,0,40,20,u,0\n", HEADER)).expect("the folder is writable");
    let error = refusal(&path);
    assert!(error.contains("\"ДА\"") && error.contains('8') && error.contains("11"), "{error}");
}

#[test]
fn a_table_whose_sums_fail_everywhere_was_misread() {
    let folder = scratch("sums");
    // 40 + 20 + 5 invalid is not 60.
    let rows: Vec<String> = (0..20).map(|row| format!("A,1,{row},100,60,60,5,40,20,u")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let error = refusal(&table(&folder, &rows));
    assert!(error.contains("misread: valid + invalid = in boxes fails in 20 of 20 rows"), "{error}");
    assert!(error.contains("row 2 (65 against 60)"), "{error}");
}

#[test]
fn empty_and_missing_things_are_named() {
    let folder = scratch("empty");
    let empty = folder.join("empty.csv");
    fs::write(&empty, "").expect("the folder is writable");
    assert!(refusal(&empty).contains("is empty"));
    let header_only = folder.join("header.csv");
    fs::write(&header_only, format!("{HEADER}\n")).expect("the folder is writable");
    assert!(refusal(&header_only).contains("no row is a station"));
    let nothing = folder.join("nothing-here");
    fs::create_dir(&nothing).expect("the folder is writable");
    assert!(refusal(&nothing).contains("holds no results table"));
    assert!(refusal(&folder.join("absent.csv")).contains("cannot be read"));
}

#[test]
fn an_unknown_table_is_told_of_init() {
    let path = scratch("unknown").join("unknown.csv");
    fs::write(&path, "place,alpha,beta\nx,1,2\n").expect("the folder is writable");
    let error = refusal(&path);
    assert!(error.contains("\"place\", \"alpha\", \"beta\"") && error.contains("adil init"), "{error}");
}

#[test]
fn a_description_names_line_and_key() {
    let path = scratch("description").join("election.toml");
    fs::write(&path, "title = \"x\"\n[[contest]]\nid = \"a\"\nnam = \"b\"\n").expect("the folder is writable");
    let error = refusal(&path);
    assert!(error.contains("line 4") && error.contains("nam"), "{error}");
}

#[test]
fn a_text_in_another_encoding_names_the_byte() {
    let path = scratch("encoding").join("declared.toml");
    let folder = path.parent().expect("a folder");
    fs::write(folder.join("t.csv"), b"station,votes\na,1\n\xd3\xc8\xca,2\n").expect("the folder is writable");
    let description = "title = \"x\"\n[[table]]\nfile = \"t.csv\"\n[table.map]\nencoding = [\"utf-8\"]\nstation = \
                       \"station\"\n[table.map.options]\nrest = true\n";
    fs::write(&path, description).expect("the folder is writable");
    let call = adil(&["check", text(&path)]);
    assert_eq!(call.status, 2);
    // station,votes\n is 14 bytes, a,1\n four: the first byte of row 3 is byte 18.
    assert!(call.err.contains("t.csv") && call.err.contains("byte 18") && call.err.contains("UTF-8"), "{}", call.err);
}

#[test]
fn damaged_and_overgrown_archives_are_refused() {
    let folder = scratch("archives");
    let whole = zipped(format!("{HEADER}\n{}", "A,1,1,100,60,60,0,40,20,u\n".repeat(5000)).as_bytes());
    let cut = folder.join("cut.zip");
    fs::write(&cut, &whole[..whole.len() / 2]).expect("the folder is writable");
    assert!(refusal(&cut).contains("cut off"));
    let bomb = folder.join("bomb.zip");
    fs::write(&bomb, zipped(&vec![b'0'; 60 << 20])).expect("the folder is writable");
    assert!(refusal(&bomb).contains("times its packed size"));
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("table.csv", zip::write::SimpleFileOptions::default()).expect("a zip in memory");
    zip.write_all(bytes).expect("a zip in memory");
    zip.finish().expect("a zip in memory").into_inner()
}

#[test]
fn calls_that_cannot_be_meant_are_refused() {
    let folder = scratch("calls");
    let table = table(&folder, &["A,1,1,100,60,60,0,40,20,u"]);
    let leader = adil(&["check", text(&table), "--leader", "nobody"]);
    assert_eq!(leader.status, 2);
    assert!(leader.err.contains("\"nobody\"") && leader.err.contains("ДА; НЕТ"), "{}", leader.err);
    let several = adil(&["check", text(&table), "--leader", ""]);
    assert!(several.status == 2 && several.err.contains("several options"), "{}", several.err);
    let only = adil(&["check", text(&table), "--only", "stations/none"]);
    assert_eq!(only.status, 2);
    assert!(only.err.contains("stations/integers"), "{}", only.err);
    assert_eq!(adil(&["check"]).status, 2);
    assert_eq!(adil(&["explain", "nothing"]).status, 2);
}

#[test]
fn the_smallest_and_the_widest_table_are_read() {
    let folder = scratch("sizes");
    let one = table(&folder, &["A,1,1,100,60,60,0,40,20,u"]);
    assert_eq!(adil(&["check", text(&one)]).status, 0);
    let names: Vec<String> = (0..5000).map(|option| format!("option {option}")).collect();
    let row = "1,".repeat(4999) + "1";
    let rows: Vec<String> = (0..12).map(|station| format!("{station},6000,5000,{row}")).collect();
    fs::write(folder.join("wide.csv"), format!("station,voters,valid,{}\n{}\n", names.join(","), rows.join("\n")))
        .expect("the folder is writable");
    let description = "title = \"x\"\n[[table]]\nfile = \"wide.csv\"\n[table.map]\nstation = \"station\"\n\
                       [table.map.lines]\nregistered = \"voters\"\nvalid = \"valid\"\n[table.map.options]\nrest = true\n";
    fs::write(folder.join("wide.toml"), description).expect("the folder is writable");
    let report = program::check(&[text(&folder.join("wide.toml")), "--only", "stations/totals"]);
    let totals = &program::findings(&report, "stations/totals")[0]["measures"];
    assert_eq!((totals["stations"].as_u64(), totals["valid"].as_u64()), (Some(12), Some(60_000)));
}

/// Reports in formats of exchange that are made to break a reader, or that cannot be.
#[test]
fn broken_reports_are_refused_with_their_place() {
    let folder = scratch("reports");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).expect("the folder is writable");
        path
    };
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"&c;&c;\">]><ElectionReport>&b;</ElectionReport>";
    let error = refusal(&write("laughs.xml", laughs));
    assert!(error.contains("byte 21") && error.contains("DOCTYPE"), "{error}");
    let deep = format!("<EML Id=\"510b\">{}", "<Count>".repeat(100_000));
    assert!(refusal(&write("deep.xml", &deep)).contains("more than 64 deep"));
    let count = |count: &str| {
        format!(
            "{{\"@type\":\"ElectionResults.ElectionReport\",\"Election\":[{{\"Contest\":[{{\"@id\":\"c\",\"ContestSelection\":[{{\"@id\":\"s\",\
             \"VoteCounts\":[{{\"GpUnitId\":\"a\",\"Count\":{count}}}]}}]}}]}}]}}"
        )
    };
    let error = refusal(&write("negative.json", &count("-5")));
    assert!(
        error.contains("Election[1]/Contest[1]/ContestSelection[1]/VoteCounts[1]") && error.contains("is negative"),
        "{error}"
    );
    assert!(refusal(&write("above.json", &count("18446744073709551616"))).contains("is above 1,000,000,000"));
    assert!(
        refusal(&write("dangling.json", &count("5")))
            .contains("names the reporting unit \"a\", which is not in the file")
    );
    assert!(refusal(&write("cut.json", &count("5")[..90])).contains("line 1, column"));
    let call = adil(&["init", text(&write("report.json", &count("5")))]);
    assert!(call.status == 2 && call.err.contains("`adil check` reads as it is"), "{}", call.err);
    // A description without a map is for reports only.
    let table = write("table.csv", "a,b\n1,2\n");
    let description = write("election.toml", "title = \"x\"\n[[table]]\nfile = \"table.csv\"\n");
    assert!(table.is_file() && refusal(&description).contains("only a report"));
}

/// What cannot be written ends with status 2 before anything is.
#[test]
fn exports_that_cannot_be_are_refused() {
    let folder = scratch("export");
    let source = table(&folder, &["A,1,1,100,60,60,0,40,20,u", "A,1,2,100,50,50,1,30,19,u"]);
    let out = folder.join("out.json");
    for (arguments, why) in [
        (&["--format", "nist-json"][..], "no date"),
        (&["--format", "nist-json", "--date", "10.03.2024"], "a date as 2024-03-10"),
        (&["--format", "csv", "--contest", "x"], "has no contest \"x\""),
        (&["--format", "csv", "--release", "x"], "is not there"),
        (&["--format", "csv", "--output", text(&source)], "would be overwritten"),
    ] {
        let call = adil(&[&["export", text(&source)], arguments].concat());
        assert_eq!((call.status, call.out.as_str()), (2, ""), "{}", call.err);
        assert!(call.err.contains(why), "{}", call.err);
    }
    let call = adil(&["export", text(&source), "--format", "csv"]);
    let expected = "region,district,station,registered,issued,in-boxes,invalid,ДА,НЕТ\nA,1,1,100,60,60,0,40,20\nA,1,2,100,50,50,1,30,19\n";
    assert_eq!((call.status, call.out.as_str()), (0, expected), "{}", call.err);
    assert!(!out.exists());
}
