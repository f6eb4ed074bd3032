//! Opens every file of the outside data, laid out as `docs/data.md` says.

use std::path::Path;

use adil_open::{Declared, EncodingBy, Folder, Input, Limits, NotATable, OpenError};
use adil_record::{Cells, Rows};

/// Rows and cells of a table, and its first row.
fn read(path: &Path, table: usize) -> (u64, usize, Vec<String>) {
    let input = Input::open(path, &Limits::default()).unwrap_or_else(|error| panic!("{error}"));
    let mut opened = input.tables[table].open(&Declared::default()).unwrap_or_else(|error| panic!("{error}"));
    let header = opened.peek()[0].1.iter().map(str::to_owned).collect();
    let (mut cells, mut rows, mut count) = (Cells::default(), 0, 0);
    while opened.next_row(&mut cells).unwrap_or_else(|error| panic!("{}", opened.in_file(error))).is_some() {
        rows += 1;
        count += cells.len();
    }
    (rows, count, header)
}

#[test]
fn every_file_is_a_table_or_is_named_as_something_else() {
    let Some(stations) = adil_outside::stations("every_file_is_a_table_or_is_named_as_something_else") else { return };
    let folder = Folder::open(&stations, &Limits::default()).expect("the folder of the data");
    assert_eq!(folder.description, None);
    for input in &folder.inputs {
        for table in &input.tables {
            let mut opened = table.open(&Declared::default()).unwrap_or_else(|error| panic!("{error}"));
            let mut cells = Cells::default();
            while opened.next_row(&mut cells).unwrap_or_else(|error| panic!("{}", opened.in_file(error))).is_some() {}
        }
    }
    let passed_over = |ending: &str| {
        folder
            .passed_over
            .iter()
            .filter(|passed| passed.name.ends_with(ending))
            .map(|passed| passed.why)
            .collect::<Vec<_>>()
    };
    assert_eq!(passed_over(".md"), [NotATable::Prose]);
    assert_eq!(passed_over(".json"), [NotATable::Json]);
    assert_eq!(passed_over(".tar.gz"), [NotATable::Archive]);
    assert_eq!(folder.passed_over.len(), 3);
}

/// The expected numbers are those of Python's `csv.reader` over the same files.
#[test]
fn rows_and_cells_are_those_another_reader_finds() {
    let Some(stations) = adil_outside::stations("rows_and_cells_are_those_another_reader_finds") else { return };
    for (path, rows, cells) in [
        ("russia/2011.csv.zip", 95_226, 2_761_554),
        ("peru/presidencial-actas_ronderos.pe.csv.gz", 86_489, 3_286_582),
        ("argentina2015/EG15pres_y_vice_0101.csv.gz", 87_913, 615_391),
        ("georgia/2012_official_party_list.csv.gz", 3_697, 129_395),
    ] {
        let (found_rows, found_cells, _) = read(&stations.join(path), 0);
        assert_eq!((found_rows, found_cells), (rows, cells), "{path}");
    }
}

#[test]
fn hebrew_is_told_from_its_letters() {
    let Some(stations) = adil_outside::stations("hebrew_is_told_from_its_letters") else { return };
    for (file, encoding) in [("knesset21_expb", "windows-1255"), ("knesset24_expb", "windows-1255")] {
        let path = stations.join("israel").join(format!("{file}.csv.gz"));
        let input = Input::open(&path, &Limits::default()).expect("a table");
        let opened = input.tables[0].open(&Declared::default()).expect("a table");
        assert_eq!((opened.encoding().name, opened.encoding().by), (encoding, EncodingBy::Letters));
        assert!(opened.peek()[0].1.iter().any(|cell| cell == "מצביעים"), "{file}: the column of those who voted");
        // Told to be UTF-8, it is refused at its first byte.
        let declared = Declared { encoding: Some("utf-8".to_owned()), ..Declared::default() };
        let error = input.tables[0].open(&declared).expect_err("not UTF-8");
        assert!(error.to_string().contains("row 1: byte 0 "), "{error}");
    }
}

#[test]
fn workbooks_are_read_by_sheet() {
    let Some(stations) = adil_outside::stations("workbooks_are_read_by_sheet") else { return };
    let path = stations.join("sweden/2018_R_per_valdistrikt.xlsx");
    let input = Input::open(&path, &Limits::default()).expect("a workbook");
    let sheets: Vec<_> = input.tables.iter().filter_map(|table| table.sheet()).collect();
    assert_eq!(sheets, ["Per valdistrikt", "R antal", "R procent"]);
    let (rows, _, header) = read(&path, 1);
    assert_eq!(rows, 6_326);
    assert!(header.iter().any(|name| name == "RÖSTER GILTIGA"), "{header:?}");

    let (rows, _, header) = read(&stations.join("uk2010/UK2010.xls.gz"), 0);
    assert_eq!(rows, 652);
    assert_eq!(header[1], "Constituency Name");
}

/// The cells of every sheet are those that the library's own reader of this format finds.
#[test]
fn an_old_workbook_is_read_as_another_reader_reads_it() {
    use calamine::{Data, Reader, Xls};
    let Some(stations) = adil_outside::stations("an_old_workbook_is_read_as_another_reader_reads_it") else { return };
    let input = Input::open(&stations.join("uk2010/UK2010.xls.gz"), &Limits::default()).expect("a workbook");
    let mut packed =
        flate2::read::GzDecoder::new(std::fs::File::open(stations.join("uk2010/UK2010.xls.gz")).expect("the file"));
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut packed, &mut bytes).expect("gzip");
    let mut other = Xls::new(std::io::Cursor::new(bytes)).expect("a workbook");
    for table in &input.tables {
        let range = other.worksheet_range(table.sheet().expect("a sheet")).expect("a sheet");
        let (mut opened, mut cells) = (table.open(&Declared::default()).expect("a sheet"), Cells::default());
        let mut filled = 0;
        while let Some(row) = opened.next_row(&mut cells).expect("a row") {
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let place = (u32::try_from(row).expect("a row") - 1, u32::try_from(column).expect("a column"));
                let expected = match range.get_value(place).expect("a cell") {
                    Data::Float(number) => number.to_string(),
                    Data::Int(number) => number.to_string(),
                    Data::String(text) => text.clone(),
                    value => panic!("{value:?} at {place:?}"),
                };
                assert_eq!(cell, expected, "{place:?}");
                filled += 1;
            }
        }
        let expected = range.used_cells().filter(|(.., value)| !value.to_string().is_empty()).count();
        assert_eq!(filled, expected, "{}", table.name());
    }
}

#[test]
fn a_cut_off_archive_is_named_with_its_place() {
    let Some(stations) = adil_outside::stations("a_cut_off_archive_is_named_with_its_place") else { return };
    let whole = std::fs::read(stations.join("russia/2011.csv.zip")).expect("the file");
    let folder = std::env::temp_dir().join(format!("adil-open-cut-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join("2011.csv.zip");
    std::fs::write(&path, &whole[..whole.len() / 2]).expect("a file for the test");
    let error = Input::open(&path, &Limits::default()).expect_err("half an archive");
    std::fs::remove_dir_all(&folder).expect("the test's folder");
    assert!(matches!(error, OpenError::Fault { .. }));
    assert!(error.to_string().contains("cut off after byte 1712906"), "{error}");
}
