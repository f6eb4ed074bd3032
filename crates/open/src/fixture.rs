//! Small files for the tests of this crate.

use std::io::{Cursor, Write};

use adil_finding::InputFile;
use adil_record::{Cells, Rows, RowsError};
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

use crate::stored::Stored;
use crate::{Declared, Input, Limits, OpenError, Opened, PassedOver, Table};

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("memory can be written");
        writer.write_all(bytes).expect("memory can be written");
    }
    writer.finish().expect("memory can be written").into_inner()
}

/// A workbook with one sheet of the given XML.
pub(crate) fn xlsx(sheet: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let workbook = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets><sheet name="Votes" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let relation = |part: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{DOCUMENT}/{part}" Target="{target}"/></Relationships>"#
        )
    };
    let sheet = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>"#);
    zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// Bytes that go by `name`, as if they were read from a file of that name.
pub(crate) fn input(name: &str, bytes: &[u8], limits: &Limits) -> Result<Input, OpenError> {
    let (path, bytes) = (name.to_owned(), bytes.into());
    let file = InputFile { path, sha256: String::new(), bytes: 0, rows: None };
    Input::of(Stored::Memory(bytes), file, limits)
}

/// The tables of bytes that go by `name`, and what is none.
pub(crate) fn tables(name: &str, bytes: &[u8]) -> Result<(Vec<Table>, Vec<PassedOver>), OpenError> {
    let input = input(name, bytes, &Limits::default())?;
    Ok((input.tables, input.passed_over))
}

/// The first table of bytes that go by `name`.
pub(crate) fn open(name: &str, bytes: &[u8], declared: &Declared) -> Result<Opened, OpenError> {
    tables(name, bytes)?.0[0].open(declared)
}

/// All rows of a table with their numbers.
pub(crate) fn rows(opened: &mut Opened) -> Result<Vec<(u64, Vec<String>)>, RowsError> {
    let (mut cells, mut rows) = (Cells::default(), Vec::new());
    while let Some(row) = opened.next_row(&mut cells)? {
        rows.push((row, cells.iter().map(str::to_owned).collect()));
    }
    Ok(rows)
}

/// All rows of the first table, without their numbers.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Vec<Vec<String>> {
    let mut opened = open(name, bytes, &Declared::default()).unwrap_or_else(|error| panic!("{error}"));
    rows(&mut opened).unwrap_or_else(|error| panic!("{error}")).into_iter().map(|(_, cells)| cells).collect()
}

/// What is said of bytes that cannot be read to the end, whether at once or on the way.
pub(crate) fn refusal(name: &str, bytes: &[u8], declared: &Declared) -> String {
    match open(name, bytes, declared) {
        Err(error) => error.to_string(),
        Ok(mut opened) => match rows(&mut opened) {
            Err(error) => opened.in_file(error).to_string(),
            Ok(rows) => panic!("{} rows were read", rows.len()),
        },
    }
}
