//! What would count votes twice or under the wrong header is refused; what is recognised in a header of two lines is
//! read back.

use std::fs;
use std::path::{Path, PathBuf};

use adil_open::{Limits, Proposal, RecordError, look_at_table, open_record};

const TABLE: &str = "Station,Voters,Valid,Lime Tree,Old Bridge\n1,900,600,400,200\n2,500,300,100,200\n";

fn scratch(test: &str) -> PathBuf {
    adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test)
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).expect("the folder is writable");
    path
}

fn description(files: &str) -> String {
    format!(
        "title = \"x\"\n[[table]]\nfile = {files}\n[table.map]\nstation = \"Station\"\n\
         lines = {{ registered = \"Voters\", valid = \"Valid\" }}\noptions = {{ rest = true }}\n"
    )
}

fn read(paths: &[PathBuf]) -> Result<Vec<usize>, RecordError> {
    let opened = open_record(paths, &Limits::default(), &())?;
    let tables = opened.record.contests.into_iter().flat_map(|contest| contest.releases);
    Ok(tables.filter_map(|release| release.stations).map(|table| table.len()).collect())
}

#[test]
fn the_same_table_is_not_counted_twice() {
    let folder = scratch("the-same-table");
    write(&folder, "a.csv", TABLE);
    write(&folder, "copy of a.csv", TABLE);
    write(&folder, "b.csv", &TABLE.replace("\n1,", "\n3,"));
    let other = write(&folder, "two.toml", &description("[\"a.csv\", \"b.csv\"]"));
    assert_eq!(read(&[other]), Ok(vec![4]));
    for files in ["[\"a.csv\", \"a.csv\"]", "[\"a.csv\", \"copy of a.csv\"]", "[\"a.csv\", \"./a.csv\"]"] {
        let described = write(&folder, "twice.toml", &description(files));
        let refused = read(&[described]).expect_err(files);
        assert!(matches!(refused, RecordError::SameTable { .. }), "{files}: {refused}");
    }
    // The same bytes under another map: lines from one reading, options from the other.
    let (lines, options) = (
        "lines = { registered = \"Voters\", valid = \"Valid\" }\n",
        "options = { list = [{ name = \"L\", votes = \"Lime Tree\" }, { name = \"O\", votes = \"Old Bridge\" }] }\n",
    );
    let map = |rest: &str| format!("[[table]]\nfile = \"a.csv\"\n[table.map]\nstation = \"Station\"\n{rest}");
    let joined = write(&folder, "joined.toml", &format!("title = \"x\"\n{}{}", map(lines), map(options)));
    assert_eq!(read(&[joined]), Ok(vec![2]));
}

#[test]
fn a_path_is_given_once() {
    let folder = scratch("a-path");
    write(&folder, "a.csv", TABLE);
    let described = write(&folder, "election.toml", &description("\"a.csv\""));
    assert_eq!(read(std::slice::from_ref(&described)), Ok(vec![2]));
    for again in [described.clone(), folder.clone(), folder.join(".").join("election.toml")] {
        assert!(matches!(read(&[described.clone(), again]), Err(RecordError::SameTable { .. })));
    }
}

#[test]
fn a_cell_beyond_the_header_is_refused_in_text() {
    let folder = scratch("beyond");
    let described = write(&folder, "election.toml", &description("\"a.csv\""));
    // A comma inside a name without quotation marks moves every count by one column.
    write(&folder, "a.csv", &TABLE.replace("\n2,", "\nSchool No. 2, gymnasium,"));
    let refused = read(std::slice::from_ref(&described)).expect_err("the row is too long").to_string();
    assert!(refused.contains("row 3") && refused.contains("6 cells and the header 5"), "{refused}");
    // Separators with nothing after them are how spreadsheets fill up rows.
    write(&folder, "a.csv", &TABLE.replace("100,200", "100,200,, "));
    assert_eq!(read(&[described]), Ok(vec![2]));
}

#[test]
fn a_header_row_that_is_not_there_is_named() {
    let folder = scratch("header-row");
    write(&folder, "a.csv", TABLE);
    let text = description("\"a.csv\"").replace("[table.map]\n", "[table.map]\nheader-row = 40\n");
    let refused = read(&[write(&folder, "election.toml", &text)]).expect_err("there are 3 rows").to_string();
    assert!(refused.contains("has no row 40"), "{refused}");
}

#[test]
fn a_header_of_two_lines_is_recognised_and_proved() {
    let folder = scratch("two-lines");
    let mut text = String::from(
        "Wahlbezirk;Wahlberechtigte;Ungültige;Gültige;Linde;;Brücke;\n;insgesamt;Stimmen;Stimmen;Anzahl;%;Anzahl;%\n",
    );
    for station in 1..=20u32 {
        let (lime, bridge) = (100 + 7 * station % 31, 80 + 11 * station % 29);
        text += &format!("{station:03};900;3;{};{lime};50,1;{bridge};49,9\n", lime + bridge);
    }
    let table = write(&folder, "ergebnisse.csv", &text);
    let looked = look_at_table(&table, None, None, &Limits::default()).expect("a table");
    let Proposal::Guessed { guess, proved, stations } = looked.proposal else { panic!("no family has it") };
    assert_eq!(stations, 20);
    assert_eq!(proved.expect("the sums hold").len(), 1);
    let written = guess.election_toml("x", "ergebnisse.csv");
    for line in [
        "station = { column-number = 1 }",
        "registered = \"insgesamt\"",
        "invalid = { column-number = 3 }",
        "valid = { column-number = 4 }",
        "{ name = \"Linde Anzahl\", votes = { column-number = 5 } }",
        "{ name = \"Brücke Anzahl\", votes = { column-number = 7 } }",
    ] {
        assert!(written.contains(line), "{line} is not in {written}");
    }
    assert_eq!(read(&[write(&folder, "election.toml", &written)]), Ok(vec![20]));
}

#[test]
fn every_column_of_counts_of_a_small_table_is_proposed() {
    let folder = scratch("small");
    // Three options of which one has different numbers everywhere, as in few stations it easily has.
    let rows = [(211, 96, 40), (187, 141, 40), (305, 63, 51), (254, 120, 38), (199, 77, 51)];
    let mut text = String::from("Polling station,Registered voters,Green,Blue,Red\n");
    for (station, (green, blue, red)) in rows.iter().enumerate() {
        text += &format!("{},900,{green},{blue},{red}\n", station + 1);
    }
    let table = write(&folder, "small.csv", &text);
    let looked = look_at_table(&table, None, None, &Limits::default()).expect("a table");
    let Proposal::Guessed { guess, .. } = looked.proposal else { panic!("no family has it") };
    let options = guess.recognised.iter().filter(|(_, role)| role == "option").map(|(name, _)| name.as_str());
    assert_eq!(options.collect::<Vec<_>>(), ["Green", "Blue", "Red"]);
}
