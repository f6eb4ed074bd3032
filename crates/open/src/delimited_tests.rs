//! Tests of the reading of delimited text, through the door that everything comes in by.

use proptest::prelude::*;

use crate::Declared;
use crate::fixture::{open, read, refusal, rows};

fn encoded(label: &str) -> Declared {
    Declared { encoding: Some(label.to_owned()), ..Declared::default() }
}

#[test]
fn quotation_marks_hold_delimiters_line_ends_and_marks() {
    let text = "name,votes\r\n\"A, \"\"B\"\"\r\nC\",1\r\nx \"y\" z,2\r\n\"\",\"3\"\r\n\"q\"r,4";
    let expected = [["name", "votes"], ["A, \"B\"\r\nC", "1"], ["x \"y\" z", "2"], ["", "3"], ["qr", "4"]];
    assert_eq!(read("a.csv", text.as_bytes()), expected);
}

#[test]
fn every_line_end_ends_a_row() {
    for text in ["a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r"]
    {
        assert_eq!(read("a.csv", text.as_bytes()), [["a", "b"], ["1", "2"], ["3", "4"]], "{text:?}");
    }
}

#[test]
fn empty_lines_are_counted_and_not_returned() {
    let mut opened = open("a.csv", b"a,b\n\n\n1,2\n", &Declared::default()).expect("a table");
    let numbers: Vec<u64> = rows(&mut opened).expect("rows").iter().map(|(row, _)| *row).collect();
    assert_eq!(numbers, [1, 4]);
}

#[test]
fn a_missing_closing_mark_is_named_by_the_row_where_it_opens() {
    let text = "a,b\n1,2\n3,\"4\n5,6\n7,8\n";
    assert_eq!(
        refusal("a.csv", text.as_bytes(), &Declared::default()),
        "a.csv: row 3: a quoted cell begins here and its closing quotation mark is missing"
    );
    // In a long file the reader gives up before it has taken in all of it.
    let long = format!("a,b\n1,\"2\n{}", "3,4\n".repeat(1_000_000));
    let said = refusal("a.csv", long.as_bytes(), &Declared::default());
    assert!(said.starts_with("a.csv: row 2: a cell is longer than 1048576 bytes"), "{said}");
}

#[test]
fn encodings_are_applied_as_declared() {
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode("УИК;Избиратели\n12;900\n");
    let mut opened = open("a.csv", &bytes, &encoded("windows-1251")).expect("a table");
    assert_eq!(rows(&mut opened).expect("rows")[0].1, ["УИК", "Избиратели"]);
    let (bytes, ..) = encoding_rs::WINDOWS_1255.encode("קלפי,מצביעים\n1,900\n");
    let mut opened = open("a.csv", &bytes, &encoded("cp1255")).expect("a table");
    assert_eq!(rows(&mut opened).expect("rows")[0].1, ["קלפי", "מצביעים"]);
    let said = refusal("a.csv", b"a,b\n1,2\n", &encoded("klingon"));
    assert!(said.starts_with("a.csv: the encoding \"klingon\" is not known"), "{said}");
}

#[test]
fn a_wrong_encoding_is_named_by_row_and_byte() {
    // Row 3 begins at byte 8; its second cell at byte 10.
    let text = b"a,b\n1,2\n3,\xcf\n5,6\n";
    assert_eq!(
        refusal("a.csv", text, &encoded("utf-8")),
        "a.csv: row 3: byte 10 (hexadecimal cf) is not valid UTF-8; \
         declare the encoding the file is in, for example encoding = [\"windows-1251\"]"
    );
    // 0xD9 is unassigned in windows-1255, and 0x81 in windows-1252.
    let said = refusal("a.csv", b"a,b\n1,2\n3,\xd9\n", &encoded("windows-1255"));
    assert!(said.starts_with("a.csv: row 3: byte 10 (hexadecimal d9) is not valid windows-1255"), "{said}");
    let said = refusal("a.csv", b"a,b\n1,2\n3,\x81\n", &encoded("windows-1252"));
    assert!(said.starts_with("a.csv: row 3: byte 10 (hexadecimal 81) is not valid windows-1252"), "{said}");
}

#[test]
fn a_byte_far_into_a_utf8_file_is_named_by_row_and_byte() {
    let mut text = "область,голоса\n".as_bytes().to_vec();
    let header = text.len();
    text.extend("1,2\n".repeat(50_000).bytes());
    text.extend(b"3,\xe9\n");
    let said = refusal("a.csv", &text, &Declared::default());
    // 50,000 rows of 4 bytes, then 2 bytes of row 50,002.
    let byte = header + 200_002;
    assert!(said.starts_with(&format!("a.csv: row 50002: byte {byte} (hexadecimal e9)")), "{said}");
}

#[test]
fn a_file_of_ascii_is_searched_to_its_end_before_it_is_called_utf8() {
    let mut text = "region,votes\n".to_owned() + &"1,2\n".repeat(50_000);
    text += "Курганская область,3\nЗаречный район,4\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(&text);
    let mut opened = open("a.csv", &bytes, &Declared::default()).expect("a table");
    assert_eq!(opened.encoding().name, "windows-1251");
    assert_eq!(rows(&mut opened).expect("rows")[50_001].1[0], "Курганская область");
}

#[test]
fn byte_order_marks_decide_and_are_no_text() {
    let utf8 = [b"\xef\xbb\xbf".as_slice(), "ә,b\n1,2\n".as_bytes()].concat();
    assert_eq!(read("a.csv", &utf8)[0], ["ә", "b"]);
    let wide = "\u{feff}ә\tb\n1\t2\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    assert_eq!(read("a.csv", &wide), [["ә", "b"], ["1", "2"]]);
}

#[test]
fn wide_tables_are_read_up_to_the_limit() {
    let header = |columns: usize| (0..columns).map(|column| format!("c{column}")).collect::<Vec<_>>().join(",");
    let text = format!("{}\n{}\n", header(5_000), header(5_000));
    assert_eq!(read("a.csv", text.as_bytes())[1].len(), 5_000);
    for quoted in ["", "\"x\","] {
        let text = format!("{quoted}{}\n", header(20_000));
        let said = refusal("a.csv", text.as_bytes(), &Declared::default());
        assert_eq!(said, "a.csv: row 1: the row has more than 16384 cells, the most that is read");
    }
}

#[test]
fn what_is_hardly_a_table_is_still_passed_through() {
    assert_eq!(read("a.csv", b"a,a,b\n"), [["a", "a", "b"]], "a header alone, with a name twice");
    assert_eq!(read("a.csv", b"a,b\n1\n1,2,3\n"), [vec!["a", "b"], vec!["1"], vec!["1", "2", "3"]]);
    assert_eq!(read("a.csv", b"sep=;\na;b\n1;2,5\n"), [["a", "b"], ["1", "2,5"]]);
}

#[test]
fn nothing_is_named_as_nothing() {
    for bytes in [b"".as_slice(), b"\n\n\r\n", b"\xef\xbb\xbf", b" , ,\n,,\n"] {
        let said = refusal("a.csv", bytes, &Declared::default());
        assert_eq!(said, "a.csv: is empty; a table with a header row was expected", "{bytes:?}");
    }
}

/// Cells of a delimited text, by an independent reader.
fn by_csv_core(text: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).terminator(csv_core::Terminator::CRLF).build();
    let (mut rows, mut at) = (Vec::new(), 0);
    let (mut output, mut ends) = (vec![0; text.len() + 1], vec![0; text.len() + 2]);
    let (mut written, mut ended) = (0, 0);
    loop {
        let (result, read, out, end) = reader.read_record(&text[at..], &mut output[written..], &mut ends[ended..]);
        (at, written, ended) = (at + read, written + out, ended + end);
        match result {
            csv_core::ReadRecordResult::Record => {
                let starts = std::iter::once(0).chain(ends[..ended].iter().copied());
                let cut =
                    starts.zip(&ends[..ended]).map(|(start, &end)| String::from_utf8_lossy(&output[start..end]).into());
                rows.push(cut.collect());
                (written, ended) = (0, 0);
            }
            csv_core::ReadRecordResult::End => return rows,
            csv_core::ReadRecordResult::InputEmpty => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn rows_across_the_pieces_that_are_read_at_once_are_whole() {
    // Rows of 8 to 300 bytes, some quoted with line ends inside and letters of two bytes, over many pieces.
    let row = |k: usize| match k % 7 {
        0 => format!("{k},\"{}\"\"\n{}\",ү\r\n", "ә".repeat(k % 61), "x".repeat(k % 97)),
        1 => format!("\"{k}\",{},\"\"\n", "ы,".repeat(k % 31)),
        _ => format!("{k},{},é\r\n", "y".repeat(k % 89)),
    };
    let text: String = (0..20_000).map(row).collect();
    let declared = Declared { delimiter: Some(b','), ..Declared::default() };
    let mut opened = open("a.csv", text.as_bytes(), &declared).expect("a table");
    assert!(rows_of(&mut opened) == by_csv_core(text.as_bytes(), b','));
}

fn written(rows: &[Vec<String>], delimiter: char) -> String {
    let cell = |cell: &String| match cell.contains(['"', '\r', '\n', delimiter]) || cell.is_empty() {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.clone(),
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(&delimiter.to_string()) + "\r\n";
    rows.iter().map(line).collect()
}

fn rows_of(opened: &mut crate::Opened) -> Vec<Vec<String>> {
    rows(opened).expect("rows").into_iter().map(|(_, cells)| cells).collect()
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        table in prop::collection::vec(prop::collection::vec("[a-zA-Zәґ0-9 ;,|\t\"\r\n'.-]{0,12}", 1..8), 1..30),
        delimiter in prop::sample::select(vec![',', ';', '|', '\t']),
    ) {
        prop_assume!(table.iter().flatten().any(|cell| !cell.trim().is_empty()));
        let declared = Declared { delimiter: Some(delimiter as u8), ..Declared::default() };
        let mut opened = open("a.csv", written(&table, delimiter).as_bytes(), &declared).expect("a table");
        let read = rows_of(&mut opened);
        prop_assert_eq!(read, table);
    }

    #[test]
    fn any_text_is_cut_as_another_reader_cuts_it(text in "[ab1,\"\n]{1,60}") {
        // Every text that closes its marks; the other reader closes them by itself.
        let declared = Declared { delimiter: Some(b','), ..Declared::default() };
        if let Ok(mut opened) = open("a.csv", text.as_bytes(), &declared) {
            let read = rows_of(&mut opened);
            prop_assert_eq!(read, by_csv_core(text.as_bytes(), b','));
        }
    }
}
