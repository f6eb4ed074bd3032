//! Ballot archives by their beginning, and the sentences about those that are none.

use std::io::Read as _;

use crate::fixture::{gzip, input, zip};
use crate::{Limits, OpenError, OpenedBoard};

/// A tar record called `name`, as the archives have them.
fn record(name: &str, body: &[u8]) -> Vec<u8> {
    let mut header = vec![0u8; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..107].copy_from_slice(b"0000644");
    header[124..135].copy_from_slice(format!("{:011o}", body.len()).as_bytes());
    header[148..156].copy_from_slice(b"        ");
    header[156] = b'0';
    sign(&mut header);
    header.extend_from_slice(body);
    header.resize(512 + body.len().div_ceil(512) * 512, 0);
    header
}

/// Puts the right checksum into a header.
fn sign(header: &mut [u8]) {
    header[148..156].copy_from_slice(b"        ");
    let sum: u32 = header[..512].iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}

fn archive() -> Vec<u8> {
    [record("BELENIOS", br#"{"version":1,"timestamp":"1700000000"}"#), record("x.data.json", b"{not json")].concat()
}

fn board(name: &str, bytes: &[u8]) -> Result<OpenedBoard, OpenError> {
    let mut found = input(name, bytes, &Limits::default())?;
    assert!(found.tables.is_empty());
    Ok(found.boards.remove(0))
}

fn whole(board: &OpenedBoard) -> Vec<u8> {
    let mut bytes = Vec::new();
    board.reader().expect("it is there").read_to_end(&mut bytes).expect("it can be read");
    bytes
}

fn refused(bytes: &[u8]) -> String {
    board("a.bel", bytes).expect_err("it is broken").to_string()
}

#[test]
fn a_board_is_known_by_its_beginning_however_it_is_packed_and_called() {
    let bytes = archive();
    for (name, packed) in [("a.bel", bytes.clone()), ("notes.csv", bytes.clone()), ("a.bel.gz", gzip(&bytes))] {
        let board = board(name, &packed).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((board.name(), board.bytes()), (name, bytes.len() as u64));
        assert_eq!(whole(&board), bytes);
        assert_eq!(whole(&board), bytes, "it is read again from its start");
    }
    let zipped = zip(&[("2026/a.bel", &bytes), ("a.csv", b"uik,votes\n1,10\n"), ("a.json", b"{}")]);
    let found = input("a.zip", &zipped, &Limits::default()).expect("a board and a table");
    assert_eq!((found.tables.len(), found.boards.len(), found.passed_over.len()), (1, 1, 1));
    assert_eq!((found.boards[0].name(), found.boards[0].bytes()), ("a.zip!2026/a.bel", bytes.len() as u64));
    assert_eq!(whole(&found.boards[0]), bytes);
}

#[test]
fn a_table_that_begins_with_the_same_word_is_a_table() {
    let found = input("a.csv", b"BELENIOS,votes\n1,10\n", &Limits::default()).expect("a table");
    assert_eq!((found.tables.len(), found.boards.len()), (1, 0));
}

#[test]
fn every_fault_of_the_beginning_names_its_byte() {
    let broken = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = archive();
        change(&mut bytes);
        refused(&bytes)
    };
    let said = broken(&|bytes| bytes.truncate(300));
    assert_eq!(
        said,
        "a.bel: begins as a ballot archive does, but it ends at byte 300, inside its first record; the copy is \
         incomplete, fetch the file again"
    );
    assert!(broken(&|bytes| bytes.truncate(520)).contains("ends at byte 520"));
    assert!(broken(&|bytes| bytes[40] = b'x').contains("at byte 40 zeros after the name BELENIOS were expected"));
    // The header adds up to 5 octal digits; a byte more makes it one more.
    let said = broken(&|bytes| bytes[110] += 1);
    let (_, sums) = said.split_once("the checksum at byte 148 is ").expect("the checksum is named");
    let stated = u32::from_str_radix(&sums[..6], 8).expect("octal digits");
    let (_, found) = sums.split_once("add up to ").expect("the sum is named");
    assert_eq!(u32::from_str_radix(found, 8), Ok(stated + 1));
    let digits = "at byte 148 six octal digits, a zero byte and a space were expected";
    assert!(broken(&|bytes| bytes[149] = b'8').contains(digits));
    assert!(broken(&|bytes| bytes[154] = b' ').contains("at byte 154 a zero byte and a space"));
    let size = |digits: &'static [u8]| {
        move |bytes: &mut Vec<u8>| {
            bytes[124..135].copy_from_slice(digits);
            sign(bytes);
        }
    };
    assert!(broken(&size(b"0000000004x")).contains("at byte 124 eleven octal digits were expected"));
    assert!(broken(&size(b"77777777777")).contains("the first record has 8589934591 bytes"));
    assert!(broken(&size(b"00000200001")).contains("at most 65536 are read"));
    // 37 of the 38 bytes: the closing brace is missing where the record ends.
    assert!(broken(&size(b"00000000045")).contains("is not JSON, from byte 548 on"));
    assert!(
        broken(&|bytes| bytes[522] = b'!').contains("is not JSON, from byte 522 on"),
        "{}",
        broken(&|bytes| bytes[522] = b'!')
    );
    let deep = record("BELENIOS", &b"[".repeat(60_000));
    assert!(refused(&deep).contains("is not JSON, from byte "), "{}", refused(&deep));
    assert!(refused(&record("BELENIOS", b"{}\n\n!")).contains("is not JSON, from byte 516 on"));
}

#[test]
fn what_is_broken_further_on_is_not_judged_here() {
    let mut bytes = archive();
    bytes.truncate(1_100);
    assert_eq!(whole(&board("a.bel", &bytes).expect("a board")).len(), 1_100);
    let packed = gzip(&archive());
    let cut = board("a.bel.gz", &packed[..packed.len() - 4]).expect("a board by its beginning");
    let error = cut.reader().expect("it is there").read_to_end(&mut Vec::new()).expect_err("it is cut off");
    assert!(cut.in_file(&error).to_string().starts_with("a.bel.gz: the gzip data is cut off after byte "), "{error}");
}

#[test]
fn a_board_may_not_unpack_without_end() {
    let bytes = [archive(), vec![0; 40_000_000]].concat();
    let packed = board("a.bel.gz", &gzip(&bytes)).expect("a board");
    let error = packed.reader().expect("it is there").read_to_end(&mut Vec::new()).expect_err("it grows too much");
    assert!(packed.in_file(&error).to_string().contains("unpacks to more than 250 times its packed size"), "{error}");
    // The limit of tables is not that of boards.
    let limits = Limits { unpacked_bytes: 1_000, ..Limits::default() };
    let found = input("a.bel", &archive(), &limits).expect("a board");
    assert_eq!(whole(&found.boards[0]).len(), archive().len());
    let found = input("a.bel", &archive(), &Limits { board_bytes: 1_600, ..limits }).expect("a board");
    let error =
        found.boards[0].reader().expect("it is there").read_to_end(&mut Vec::new()).expect_err("it is too long");
    assert!(found.boards[0].in_file(&error).to_string().contains("unpacks to more than 1600 bytes"), "{error}");
}
