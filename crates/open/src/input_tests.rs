//! Tests of files, archives, workbooks and folders, and of what is said where they are broken.

use std::fs;
use std::path::{Path, PathBuf};

use crate::fixture::{gzip, open, read, refusal, rows, tables, xlsx, zip};
use crate::{Declared, Folder, Input, Limits, NotATable, OpenError, read_text};

const TABLE: &[u8] = b"uik,votes\n1,10\n2,20\n";

fn refused(name: &str, bytes: &[u8]) -> String {
    refusal(name, bytes, &Declared::default())
}

/// A folder of its own for a test, removed when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("adil-open-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder for the test");
        fs::write(&path, bytes).expect("a file for the test");
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

#[test]
fn a_table_is_the_same_however_it_is_packed() {
    let expected = read("a.csv", TABLE);
    assert_eq!(expected.len(), 3);
    assert_eq!(read("a.csv.gz", &gzip(TABLE)), expected);
    assert_eq!(read("a.zip", &zip(&[("a.csv", TABLE)])), expected);
    assert_eq!(read("two members.gz", &[gzip(&TABLE[..5]), gzip(&TABLE[5..])].concat()), expected);
}

#[test]
fn each_part_of_an_archive_is_a_table_of_its_own() {
    let archive = zip(&[
        ("b/votes.csv", TABLE),
        ("readme.md", b"# Read me"),
        ("../../etc/x.csv", TABLE),
        ("inner.csv.gz", &gzip(TABLE)),
        ("empty.csv", b""),
        ("book.xlsx", &xlsx(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#)),
    ]);
    let (found, passed_over) = tables("a.zip", &archive).expect("tables");
    assert_eq!(
        found.iter().map(|table| table.name()).collect::<Vec<_>>(),
        ["a.zip!b/votes.csv", "a.zip!book.xlsx#Votes"]
    );
    let why: Vec<_> = passed_over.iter().map(|passed| passed.why).collect();
    assert_eq!(why, [NotATable::Prose, NotATable::UnsafeName, NotATable::PackedTwice, NotATable::Empty]);
}

#[test]
fn an_archive_without_tables_says_so() {
    let said = refused("a.zip", &zip(&[("a.json", b"{}")]));
    assert!(said.starts_with("a.zip: holds no results table (1 file, of another kind)"), "{said}");
    assert!(refused("a.zip", &zip(&[])).contains("holds no results table (it is empty)"));
}

#[test]
fn a_cut_off_gzip_is_named_with_its_byte() {
    let long: Vec<u8> =
        (0..20_000u32).flat_map(|row| format!("{row},{}\n", row.wrapping_mul(2_654_435_761)).into_bytes()).collect();
    let packed = gzip(&long);
    for cut in [packed.len() / 2, packed.len() - 3] {
        let said = refused("a.csv.gz", &packed[..cut]);
        assert!(said.contains(&format!("the gzip data is cut off after byte {cut};")), "{said}");
    }
}

#[test]
fn a_changed_byte_fails_the_checksum() {
    // Stored, so that the change is not noticed by the unpacker itself.
    let mut writer = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = ::zip::write::SimpleFileOptions::default().compression_method(::zip::CompressionMethod::Stored);
    writer.start_file("a.csv", stored).expect("memory can be written");
    std::io::Write::write_all(&mut writer, TABLE).expect("memory can be written");
    let mut archive = writer.finish().expect("memory can be written").into_inner();
    let at = archive.windows(4).position(|bytes| bytes == b"1,10").expect("stored");
    archive[at] = b'9';
    assert_eq!(
        refused("a.zip", &archive),
        "a.zip!a.csv: the zip checksum does not match the contents; the file is damaged, fetch it again"
    );
    let mut packed = gzip(TABLE);
    let crc = packed.len() - 8;
    packed[crc] ^= 1;
    assert!(refused("a.csv.gz", &packed).contains("the gzip checksum does not match the contents"));
}

#[test]
fn a_bomb_is_refused_by_its_proportions() {
    let zeros = vec![b'0'; 50_000_000];
    for (name, bytes) in [("a.zip", zip(&[("a.csv", &zeros)])), ("a.csv.gz", gzip(&zeros))] {
        let said = refused(name, &bytes);
        assert!(said.contains("unpacks to more than 250 times its packed size"), "{said}");
    }
    let rows = b"0,0\n".repeat(10_000_000);
    let said = refused("a.csv.gz", &gzip(&rows));
    assert!(said.contains("unpacks to more than 250 times its packed size"), "{said}");
    let sheet = " ".repeat(50_000_000);
    let said = refused("a.xlsx", &xlsx(&sheet));
    assert!(said.contains("unpacks to more than 250 times its packed size"), "{said}");
}

#[test]
fn too_much_of_anything_is_refused_by_name() {
    let files: Vec<(String, &[u8])> = (0..1_001).map(|file| (format!("{file}.csv"), TABLE)).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    assert!(refused("a.zip", &zip(&files)).starts_with("a.zip: holds more than 1000 files"));
    let endless = vec![b'x'; 40 << 20];
    let said = refused("a.csv", &endless);
    assert!(said.starts_with("a.csv: row 1: the row is longer than 16777216 bytes"), "{said}");
}

#[test]
fn cells_of_a_workbook_are_texts() {
    let sheet = r#"<row r="2"><c r="A2" t="inlineStr"><is><t>voters</t></is></c><c r="C2"><v>1097.0</v></c></row>
        <row r="5"><c r="B5"><v>0.25</v></c><c r="C5" t="b"><v>1</v></c><c r="D5" t="e"><v>#N/A</v></c></row>"#;
    let mut opened = open("a.xlsx", &xlsx(sheet), &Declared::default()).expect("a workbook");
    let text = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        rows(&mut opened).expect("rows"),
        [(2, text(&["voters", "", "1097"])), (5, text(&["", "0.25", "true", "#N/A"]))]
    );
}

#[test]
fn a_workbook_with_two_far_cells_costs_no_more_than_two_cells() {
    let sheet = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="CV1048576"><v>2</v></c></row>"#;
    let mut opened = open("a.xlsx", &xlsx(sheet), &Declared::default()).expect("a workbook");
    let found = rows(&mut opened).expect("rows");
    assert_eq!((found.len(), found[1].0, found[1].1.len()), (2, 1_048_576, 100));
    let wide = r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#;
    assert_eq!(open("a.xlsx", &xlsx(wide), &Declared::default()).expect("16,384 columns").peek()[0].1.len(), 16_384);
}

#[test]
fn a_workbook_that_lies_is_refused() {
    let parts =
        |strings: &str| zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", strings.as_bytes())]);
    let said = refused("a.xlsx", &parts(r#"<sst uniqueCount="99999999999"><si><t>a</t></si></sst>"#));
    assert_eq!(said, "a.xlsx: the workbook cannot be read: it states more shared strings than it can have");
    let far = r#"<row r="1"><c r="A99999999999"><v>1</v></c></row>"#;
    assert!(refused("a.xlsx", &xlsx(far)).starts_with("a.xlsx#Votes: the workbook cannot be read: "));
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    ole.resize(2_000, 0xff);
    assert!(refused("a.xls", &ole).starts_with("a.xls: the workbook cannot be read: its container is damaged"));
}

#[test]
fn other_files_are_named_by_what_they_are() {
    let tar = [vec![b'a'; 257], b"ustar\0".to_vec(), vec![0; 249]].concat();
    for (name, bytes, why) in [
        ("election.toml", b"title = 'x'".as_slice(), NotATable::Description),
        ("Cargo.toml", b"title = 'x'", NotATable::Toml),
        ("a.json", b"{}", NotATable::Json),
        ("a.txt", b"A sentence, with a comma.\nAnother one.\n", NotATable::Prose),
        ("a.pdf", b"%PDF-1.7", NotATable::Document),
        ("a.tar.gz", &gzip(&tar), NotATable::Archive),
        ("a.gz", &gzip(&gzip(TABLE)), NotATable::PackedTwice),
        ("a.csv", b"a,b\0\x01\x02", NotATable::Binary),
    ] {
        let error = tables(name, bytes).map(|_| ()).expect_err(name);
        assert_eq!(error, OpenError::NotATable { file: name.to_owned(), why }, "{name}");
    }
    assert_eq!(read("a.txt", b"a\tb\n1\t2\n").len(), 2, "a text with columns is a table");
}

#[test]
#[cfg(not(feature = "parquet"))]
fn parquet_says_how_to_read_it() {
    assert!(refused("a.parquet", b"PAR1....PAR1").contains("build with --features parquet"));
}

#[test]
fn a_folder_is_walked_in_order_and_counts_what_it_passes_over() {
    let scratch = Scratch::new("walk");
    for name in ["b.csv", "a/2.csv", "a/1.csv", ".hidden.csv", "a/b/c/deep.csv", "a/b/c/d/too-deep.csv"] {
        scratch.file(name, TABLE);
    }
    scratch.file("notes.md", b"# Notes");
    let folder = Folder::open(&scratch.0, &Limits::default()).expect("a folder");
    let short = |path: &str| Path::new(path).strip_prefix(&scratch.0).expect("inside").display().to_string();
    let inputs: Vec<_> = folder.inputs.iter().map(|input| short(&input.file.path)).collect();
    assert_eq!(inputs, ["a/1.csv", "a/2.csv", "a/b/c/deep.csv", "b.csv"]);
    let passed: Vec<_> = folder.passed_over.iter().map(|passed| (short(&passed.name), passed.why)).collect();
    let expected =
        [(".hidden.csv", NotATable::Hidden), ("a/b/c/d", NotATable::TooDeep), ("notes.md", NotATable::Prose)];
    assert_eq!(passed, expected.map(|(name, why)| (name.to_owned(), why)));
    let few = Limits { files_in_folder: 4, ..Limits::default() };
    assert!(matches!(Folder::open(&scratch.0, &few), Err(OpenError::TooManyFiles { limit: 4, .. })));

    scratch.file("election.toml", b"title = 'x'");
    let folder = Folder::open(&scratch.0, &Limits::default()).expect("a folder");
    assert_eq!(folder.description, Some(scratch.0.join("election.toml")));
    assert!(folder.inputs.is_empty());
}

#[test]
fn a_folder_without_tables_says_so() {
    let scratch = Scratch::new("none");
    scratch.file("a.json", b"{}");
    scratch.file("b.md", b"# b");
    let error = Folder::open(&scratch.0, &Limits::default()).expect_err("no table");
    assert!(error.to_string().contains("holds no results table (2 files, all of other kinds)"), "{error}");
}

#[test]
#[cfg(unix)]
fn a_link_is_not_followed() {
    let scratch = Scratch::new("link");
    scratch.file("a.csv", TABLE);
    std::os::unix::fs::symlink("/", scratch.0.join("root")).expect("a link for the test");
    let folder = Folder::open(&scratch.0, &Limits::default()).expect("a folder");
    assert_eq!(folder.passed_over.iter().map(|passed| passed.why).collect::<Vec<_>>(), [NotATable::Link]);
}

#[test]
fn a_file_is_identified_by_its_digest() {
    let scratch = Scratch::new("digest");
    let path = scratch.file("a.csv", b"abc");
    let input = Input::open(&path, &Limits::default()).expect("a table");
    // FIPS 180-4, the example "abc".
    assert_eq!(input.file.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(input.file.bytes, 3);
    fs::write(&path, b"abcd").expect("a file for the test");
    let error = input.tables[0].open(&Declared::default()).expect_err("changed");
    assert!(matches!(error, OpenError::Changed { .. }), "{error}");
    let missing = Input::open(&scratch.0.join("none.csv"), &Limits::default()).expect_err("missing");
    assert!(matches!(missing, OpenError::CannotRead { .. }));
    let folder = Input::open(&scratch.0, &Limits::default()).expect_err("a folder");
    assert!(matches!(folder, OpenError::NotAFile { .. }));
}

#[test]
fn a_description_is_utf8() {
    let scratch = Scratch::new("text");
    let (text, file) =
        read_text(&scratch.file("election.toml", b"\xef\xbb\xbftitle = 'x'"), &Limits::default()).expect("text");
    assert_eq!((text.as_str(), file.bytes), ("title = 'x'", 14));
    let error =
        read_text(&scratch.file("election.toml", b"title = '\xcf'"), &Limits::default()).expect_err("not UTF-8");
    assert!(error.to_string().contains("byte 9 (hexadecimal cf) is not valid UTF-8"), "{error}");
}
