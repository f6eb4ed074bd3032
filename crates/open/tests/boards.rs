//! Boards of electronic elections in records: by themselves, in folders, in descriptions; archives of real elections.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use adil_open::{Limits, OpenError, OpenedBoard, OpenedRecord, RecordError, look_at_table, open_record};

fn scratch(test: &str) -> PathBuf {
    adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test)
}

/// A tar record, as the archives have them.
fn record(name: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0u8; 512];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    bytes[124..135].copy_from_slice(format!("{:011o}", body.len()).as_bytes());
    bytes[148..156].copy_from_slice(b"        ");
    let sum: u32 = bytes.iter().map(|byte| u32::from(*byte)).sum();
    bytes[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    bytes.extend_from_slice(body);
    bytes.resize(512 + body.len().div_ceil(512) * 512, 0);
    bytes
}

fn archive(of: &str) -> Vec<u8> {
    [record("BELENIOS", b"{\"version\":1}"), record("x.data.json", of.as_bytes())].concat()
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("inside the folder")).expect("the folder is writable");
    fs::write(&path, bytes).expect("the folder is writable");
    path
}

fn open(paths: &[PathBuf]) -> Result<OpenedRecord, RecordError> {
    open_record(paths, &Limits::default(), &())
}

fn opened(paths: &[PathBuf]) -> OpenedRecord {
    open(paths).unwrap_or_else(|error| panic!("{error}"))
}

fn whole(board: &OpenedBoard) -> Vec<u8> {
    let mut bytes = Vec::new();
    let read = board.reader().unwrap_or_else(|error| panic!("{error}")).read_to_end(&mut bytes);
    read.unwrap_or_else(|error| panic!("{}", board.in_file(&error)));
    bytes
}

#[test]
fn a_board_alone_is_a_record_with_its_files_name() {
    let folder = scratch("alone");
    let path = write(&folder, "chess club.bel", archive("a"));
    let opened = opened(std::slice::from_ref(&path));
    assert_eq!((opened.record.title.as_str(), opened.record.contests.len(), opened.boards.len()), ("chess club", 0, 1));
    let board = &opened.boards[0];
    assert_eq!(opened.record.inputs, std::slice::from_ref(&board.file));
    assert_eq!((board.file.bytes, board.bytes(), board.file.rows), (2_048, 2_048, None));
    // Several threads read at once, each from the start.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(whole(board), archive("a")));
        }
    });
    fs::write(&path, [archive("a"), archive("b")].concat()).expect("the folder is writable");
    assert!(matches!(board.reader().map(drop), Err(OpenError::Changed { .. })));
}

#[test]
fn a_folder_with_a_board_may_have_other_files() {
    let folder = scratch("folder");
    write(&folder, "election.bel", archive("a"));
    write(&folder, "copy/election.bel", archive("a"));
    write(&folder, "second.bel", archive("b"));
    write(&folder, "info.json", "{}");
    write(&folder, "private-test-keys/1.privkey", "\"1234\"");
    write(&folder, "private-test-keys/people.csv", "login,credential\na,b\nc,d\n");
    write(&folder, "commands.log", "tool setup\ntool verify\n");
    let opened = opened(std::slice::from_ref(&folder));
    let name = |path: &str| Path::new(path).strip_prefix(&folder).expect("inside").display().to_string();
    let boards: Vec<String> = opened.boards.iter().map(|board| name(board.name())).collect();
    assert_eq!(boards, ["copy/election.bel", "second.bel"]);
    assert_eq!(opened.record.title, "election, second");
    let mut passed: Vec<String> = opened.set_aside.iter().map(|passed| name(&passed.path)).collect();
    passed.sort();
    let expected =
        ["commands.log", "election.bel", "info.json", "private-test-keys/1.privkey", "private-test-keys/people.csv"];
    assert_eq!(passed, expected);
    let copy = opened.set_aside.iter().find(|passed| passed.why.starts_with("a copy of ")).expect("the copy is noted");
    assert_eq!(name(&copy.path), "election.bel");
}

#[test]
fn a_broken_beginning_is_an_error_wherever_it_is() {
    let folder = scratch("broken");
    let mut bytes = archive("a");
    bytes[110] += 1;
    let path = write(&folder, "a.bel", bytes);
    for paths in [path, folder] {
        let refused = open(&[paths]).expect_err("its checksum is wrong").to_string();
        assert!(refused.contains("a.bel: begins as a ballot archive does, but the checksum at byte 148"), "{refused}");
    }
}

#[test]
fn a_description_names_boards() {
    let folder = scratch("described");
    write(&folder, "boards/a.bel", archive("a"));
    write(&folder, "b.bel", archive("b"));
    write(&folder, "-", archive("c"));
    write(&folder, "not named.bel", archive("d"));
    let text = "title = \"Two boards\"\ndate = \"2026-11-25\"\n[[board]]\nfile = \"boards/a.bel\"\n";
    write(&folder, "election.toml", format!("{text}[[board]]\nfile = \"b.bel\"\n[[board]]\nfile = \"-\"\n"));
    let found = opened(std::slice::from_ref(&folder));
    assert_eq!((found.record.title.as_str(), found.record.contests.len()), ("Two boards", 0));
    assert_eq!(found.boards.iter().map(whole).collect::<Vec<_>>(), ["a", "b", "c"].map(archive));
    assert_eq!((found.record.inputs.len(), found.set_aside.len()), (4, 0));

    for (file, what) in [("notes.json", "{}"), ("t.csv", "a,b\n1,2\n"), ("empty.bel", "")] {
        write(&folder, file, what);
        write(&folder, "election.toml", format!("title = \"x\"\n[[board]]\nfile = \"{file}\"\n"));
        let refused = open(std::slice::from_ref(&folder)).expect_err("it is no board").to_string();
        assert!(
            refused.contains(&format!("{file}: is named as a [[board]], and holds no ballot archive")),
            "{refused}"
        );
    }
    write(&folder, "election.toml", "title = \"x\"\n[[table]]\nfile = \"b.bel\"\nfamily = \"russia\"\n");
    let refused = open(std::slice::from_ref(&folder)).expect_err("it is no table").to_string();
    assert!(refused.contains("b.bel: is not a results table, but a ballot archive"), "{refused}");
    let refused = look_at_table(&folder.join("b.bel"), None, None, &Limits::default()).expect_err("no table");
    assert!(
        refused
            .to_string()
            .ends_with("but a ballot archive, which `adil check` reads and a description names as a [[board]]")
    );
}

#[test]
fn a_board_and_a_table_are_one_record() {
    let folder = scratch("both");
    write(&folder, "a.bel", archive("a"));
    let table = "Station,Voters,Valid,Lime Tree,Old Bridge\n1,900,600,400,200\n2,500,300,100,200\n";
    write(&folder, "a.csv", table);
    let map =
        "station = \"Station\"\nlines = { registered = \"Voters\", valid = \"Valid\" }\noptions = { rest = true }\n";
    let text =
        format!("title = \"Both\"\n[[board]]\nfile = \"a.bel\"\n[[table]]\nfile = \"a.csv\"\n[table.map]\n{map}");
    let described = write(&folder, "described.toml", text);
    let found = opened(&[described]);
    assert_eq!((found.record.contests.len(), found.boards.len()), (1, 1));
    let twice = folder.join("a.bel");
    assert!(matches!(open(&[twice.clone(), twice]), Err(RecordError::SameTable { .. })));
    let input = PathBuf::from("-");
    assert!(matches!(open(&[input.clone(), input]), Err(RecordError::SameTable { .. })));
}

#[test]
fn archives_of_real_elections_are_boards() {
    let Some(data) = adil_outside::data("archives_of_real_elections_are_boards") else { return };
    let mut found = 0;
    let mut folders: Vec<PathBuf> = fs::read_dir(data.join("belenios"))
        .expect("the folder of the data")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.join("election.bel").is_file()) {
        let opened = opened(std::slice::from_ref(folder));
        assert_eq!((opened.boards.len(), opened.record.contests.len()), (1, 0), "{}", folder.display());
        assert_eq!(opened.record.title, "election");
        let archive = fs::read(folder.join("election.bel")).expect("it is there");
        assert_eq!(whole(&opened.boards[0]), archive);
        found += 1;
    }
    assert!(found > 100, "{found} archives");
    for (name, ballots) in [("ed25519-1x3-1000", 1_000), ("ed25519-1x3-3000", 3_000)] {
        let opened = opened(&[data.join(format!("belenios/bench/{name}.bel.gz"))]);
        assert_eq!((opened.record.title.as_str(), opened.boards.len()), (name, 1));
        let board = &opened.boards[0];
        let bytes = whole(board);
        assert_eq!(board.bytes(), bytes.len() as u64);
        let events = bytes.windows(15).filter(|window| window == b"\"type\":\"Ballot\"").count();
        assert_eq!(events, ballots, "{name}");
    }
}

/// A checkpoint of an empty log, whose signature nobody looks at here.
const CHECKPOINT: &str =
    "club.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u{2014} club.example/log AAAAAAA=\n";

#[test]
fn a_folders_log_belongs_to_its_one_board_and_is_not_looked_through() {
    let folder = scratch("with a log");
    write(&folder, "a.bel", archive("a"));
    write(&folder, "log/checkpoint", CHECKPOINT);
    // What would be a table, and what would be a second board, if anybody looked.
    write(&folder, "log/tile/0/000.csv", "a,b\n1,2\n3,4\n");
    write(&folder, "log/object/b.bel", archive("b"));
    write(&folder, "a.checkpoint", CHECKPOINT);
    write(&folder, "deep/another/checkpoint", CHECKPOINT);
    write(&folder, "deep/another/tile/c.bel", archive("c"));
    let found = opened(std::slice::from_ref(&folder));
    let [board] = found.boards.as_slice() else { panic!("one board") };
    let log = board.log.as_ref().expect("its log");
    assert_eq!(log.log.as_ref().map(|log| log.checkpoint().size), Ok(0));
    assert!(matches!(log.archived, Some(Ok(_))));
    let inputs: Vec<&str> = found.record.inputs.iter().map(|input| input.path.as_str()).collect();
    let inside = |name: &str| folder.join(name).display().to_string();
    assert_eq!(inputs, [inside("a.bel"), inside("log/checkpoint"), inside("a.checkpoint")]);
    assert_eq!(found.record.inputs[1].bytes, CHECKPOINT.len() as u64);
    let passed: Vec<&str> = found.set_aside.iter().map(|passed| passed.path.as_str()).collect();
    assert_eq!(passed, [inside("deep/another")]);

    // A checkpoint that is none is evidence, not an error; what cannot be opened is an error.
    write(&folder, "log/checkpoint", "no checkpoint\n");
    write(&folder, "a.checkpoint", "none either\n");
    let found = opened(std::slice::from_ref(&folder));
    let log = found.boards[0].log.as_ref().expect("its log");
    assert!(log.log.is_err() && matches!(log.archived, Some(Err(_))) && log.inputs.len() == 2);
    fs::remove_file(folder.join("log/checkpoint")).expect("it is there");
    assert!(opened(std::slice::from_ref(&folder)).boards.iter().all(|board| board.log.is_none()), "a folder of files");
    let described = |log: &str, file: &str| {
        let text = format!("title = \"x\"\n[[board]]\nfile = \"{file}\"\nlog = \"{log}\"\n");
        open(&[write(&folder, "described.toml", text)])
    };
    assert!(matches!(described("log", "a.bel"), Err(RecordError::Log(_))));
    assert!(matches!(described("nothing", "a.bel"), Err(RecordError::Log(_))));
    assert!(described("deep/another", "a.bel").is_ok_and(|found| found.boards[0].log.is_some()));
    let table = write(&folder, "t.csv", "a,b\n1,2\n");
    assert!(matches!(described("deep/another", "t.csv"), Err(RecordError::NoBoard { .. })), "{}", table.display());
}
