//! The generator, held against the reference implementation where it is there.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Options, write};

fn options(ballots: u32, credentials: u32, finished: bool) -> Options {
    Options { ballots, credentials, questions: 2, answers: 3, revotes: 0.1, finished, seed: 7, out: "memory".into() }
}

fn board(options: &Options) -> (Vec<u8>, Vec<Vec<u64>>) {
    let mut bytes = Vec::new();
    let result = write(options, &mut bytes).expect("memory can be written");
    (bytes, result)
}

#[test]
fn the_same_options_give_the_same_bytes_on_any_number_of_threads() {
    let wanted = options(12, 10, true);
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread starts");
    assert!(alone.install(|| board(&wanted)) == board(&wanted));
    assert!(board(&Options { seed: 8, ..wanted.clone() }).0 != board(&wanted).0);
}

#[test]
fn every_voter_counts_once_in_every_question() {
    // A tenth of thirty ballots replace others.
    let (_, result) = board(&options(30, 40, true));
    let sums: Vec<u64> = result.iter().map(|question| question.iter().sum()).collect();
    assert_eq!(sums, [27, 27]);
}

#[test]
fn options_that_make_no_board_are_refused() {
    assert!(Options::read(&["--ballots", "3", "-o", "x.bel"]).is_err());
    assert!(Options::read(&["--credentials", "3", "--answers", "0", "-o", "x.bel"]).is_err());
    assert!(Options::read(&["--credentials", "three", "-o", "x.bel"]).is_err());
    let read = Options::read(&["--ballots", "3", "--credentials", "4", "--finished", "-o", "x.bel"]);
    assert!(read.is_ok_and(|read| read.finished && read.ballots == 3 && read.answers == 3));
}

#[test]
fn boards_are_accepted_by_belenios_tool() {
    let Some(peer) = adil_outside::peer("boards_are_accepted_by_belenios_tool") else { return };
    for (ballots, credentials, finished) in [(50, 40, false), (50, 60, true), (0, 5, true)] {
        let folder = adil_outside::scratch(&temporary(), &format!("board-{ballots}-{finished}"));
        fs::write(folder.join("election.bel"), board(&options(ballots, credentials, finished)).0).expect("writable");
        let output = Command::new(&peer.current).args(["election", "verify"]).current_dir(&folder).output();
        let output = output.expect("belenios-tool starts");
        assert!(output.status.success(), "{}: {}", folder.display(), String::from_utf8_lossy(&output.stderr));
    }
}

/// The target folder's place for files of tests, which cargo names to integration tests only.
fn temporary() -> String {
    let program = std::env::current_exe().expect("a test is a program");
    let target = program.ancestors().nth(3).map(Path::to_path_buf).unwrap_or_else(std::env::temp_dir);
    target.join("tmp").display().to_string()
}
