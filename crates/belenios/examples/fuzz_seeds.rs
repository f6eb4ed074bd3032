//! Writes the seeds of the fuzz targets that are made by code: `cargo run -p adil-belenios --example fuzz_seeds -- fuzz/corpus`
//!
//! Names of seeds that are refused begin with `broken-`; the tests that replay them hold them to it.

#[path = "../tests/support/archive.rs"]
mod archive;
#[path = "../tests/support/board.rs"]
mod board;
#[path = "../tests/support/number.rs"]
mod number;
#[path = "../tests/support/prover.rs"]
mod prover;

use std::fs;
use std::path::{Path, PathBuf};

use adil_belenios::fuzz::{ELECTION, RECORDS};
use adil_crypto::Ed25519;
use archive::BLOCK;
use board::Records;
use number::Number;
use prover::{Asked, Prover};

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "fuzz/corpus".to_owned()));
    boards(&folder.join("board_archive"))?;
    records(&folder.join("board_records"))?;
    ballots(&folder.join("ballot_paths"))?;
    points(&folder.join("points"))
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(name), bytes)
}

/// A finished board, one for each stage before, and some that are cut off or out of order.
fn boards(folder: &Path) -> std::io::Result<()> {
    let asked = [
        Asked::Choices { chosen: vec![true, false], min: 1, max: 1 },
        Asked::OrBlank { chosen: vec![false], min: 1, max: 1 },
    ];
    let sound = Records::new(&mut Prover::ed25519(5), &asked, &[2, 3]);
    let whole = sound.archive().bytes;
    write(folder, "finished", &whole)?;
    let lists = [Asked::Lists { candidates: vec![2, 0] }, Asked::NonHomomorphic { answers: 2 }];
    let open = Records::new(&mut Prover::ed25519(5), &lists, &[2]);
    let events = ends(&open.archive().bytes);
    write(folder, "open-lists", &open.archive().bytes[..events[1]])?;
    let events = ends(&whole);
    write(folder, "set-up", &whole[..events[0]])?;
    write(folder, "voting-ended", &whole[..events[3]])?;
    write(folder, "tallied", &whole[..events[4]])?;
    write(folder, "broken-cut-off", &whole[..events[1] - BLOCK])?;
    let again = [&whole[..events[1]], &whole[events[0]..events[1]], &whole[events[1]..]].concat();
    write(folder, "broken-ballot-twice", again)?;
    let mut changed = sound;
    changed.result = changed.result.replace("[[2,0]", "[[1,1]");
    write(folder, "broken-result", changed.archive().bytes)?;
    write(folder, "broken-empty", "")?;
    write(folder, "broken-lying-size", [&whole[..BLOCK], &archive::header("x", 0o77_777_777_777)].concat())
}

/// Where events end.
fn ends(archive: &[u8]) -> Vec<usize> {
    let (mut at, mut ends) = (0, Vec::new());
    while at < archive.len() {
        let size = std::str::from_utf8(&archive[at + 124..at + 135]).expect("digits");
        let size = usize::from_str_radix(size, 8).expect("octal digits");
        let is_event = archive[at..at + 100].windows(11).any(|name| name == b".event.json");
        at += BLOCK + size.next_multiple_of(BLOCK);
        ends.extend(is_event.then_some(at));
    }
    ends
}

/// A sound record of every kind, against the election of the target; its private keys are 1.
fn records(folder: &Path) -> std::io::Result<()> {
    let mut prover = Prover::ed25519(1);
    let asked = [
        Asked::Choices { chosen: vec![true, false], min: 0, max: 1 },
        Asked::OrBlank { chosen: vec![false], min: 1, max: 1 },
        Asked::NonHomomorphic { answers: 3 },
        Asked::Lists { candidates: vec![1, 0] },
    ];
    let election = std::str::from_utf8(ELECTION).expect("the election is text");
    let [zeros, one] = ["0".repeat(64), format!("\"{}\"", prover.public_key)];
    let ciphertext = format!(r#"{{"alpha":{one},"beta":{one}}}"#);
    let several = |text: &str, count: usize| vec![text; count].join(",");
    let shaped = |each: &dyn Fn() -> String| {
        let list = |count: usize| format!("[{}]", (0..count).map(|_| each()).collect::<Vec<_>>().join(","));
        let (first, second, third) = (list(2), list(2), list(2));
        format!("[{first},{second},{third},[{},{}]]", list(2), list(1))
    };
    let opened: Vec<[String; 2]> = (0..9).map(|_| prover.decryption(election, Number::small(1))).collect();
    let proofs = std::cell::RefCell::new(opened.iter().map(|[_, proof]| proof.clone()));
    let (factors, proofs) =
        (shaped(&|| one.clone()), shaped(&|| proofs.borrow_mut().next().expect("one for each place")));
    let scalar = "\"1\"";
    let sound = [
        election.to_owned(),
        prover.trustees(),
        format!("[{one}]"),
        format!(r#"{{"election":"{zeros}","trustees":"{zeros}","credentials":"{zeros}"}}"#),
        format!(r#"{{"parent":"{zeros}","height":3,"type":"Ballot","payload":"{zeros}"}}"#),
        prover.ballot(election, &asked, 1, 1).0,
        shaped(&|| ciphertext.clone()),
        format!(r#"{{"num_tallied":3,"total_weight":"1073741824","encrypted_tally":"{zeros}"}}"#),
        // Of the right shape; to prove a shuffle takes a larger prover.
        format!(
            r#"{{"ciphertexts":[[{}]],"proofs":[[[{},[{}],[{}]],[{},[{}],[{}]],[{}],[{}]]]}}"#,
            several(&ciphertext, 2),
            several(&one, 3),
            several(&one, 2),
            several(&one, 2),
            several(scalar, 4),
            several(scalar, 2),
            several(scalar, 2),
            several(&one, 2),
            several(&one, 2)
        ),
        format!(r#"{{"decryption_factors":{factors},"decryption_proofs":{proofs}}}"#),
        r#"{"result":[[0,0],[0,0],[[0,0,0],[0,0,0]],[[0,0],[0]]]}"#.to_owned(),
        format!(r#"{{"owner":1,"payload":"{zeros}"}}"#),
    ];
    for (number, (name, record)) in RECORDS.iter().zip(&sound).enumerate() {
        let name = if *name == "shuffle" { format!("broken-{name}") } else { (*name).to_owned() };
        write(folder, &name, [&[number as u8], record.as_bytes()].concat())?;
        let name = name.trim_start_matches("broken-");
        write(folder, &format!("broken-{name}-nested"), [&[number as u8], "[".repeat(2_000).as_bytes()].concat())?;
    }
    let weights = format!("\u{2}[\"{},340282366920938463463374607431768211455\",\"{}\"]", &one[1..65], "x,1");
    write(folder, "broken-credentials-weights", weights)
}

/// Changes of ballots; the bytes are those that `tests/support/changes.rs` describes.
fn ballots(folder: &Path) -> std::io::Result<()> {
    for election in 0..5u8 {
        write(folder, &format!("sound-{election}"), [election, 3])?;
        write(folder, &format!("sound-weighted-{election}"), [election, 131])?;
        write(folder, &format!("sound-again-{election}"), [election, 3, 1, 4, 0, 0, 2])?;
        for (name, kind, value) in
            [("text", 0, 16), ("exchanged", 1, 3), ("digit", 2, 0), ("key", 3, 9), ("cut", 7, 40)]
        {
            let changed = [election, 3, 1, kind, 0, 9, value, 1, 9, 0, 0, 0];
            write(folder, &format!("broken-{name}-{election}"), changed)?;
        }
    }
    write(folder, "sound-field", [240, 1])?;
    write(folder, "broken-field-digit", [241, 1, 0, 2, 0, 9, 0])
}

/// Encodings at the edges of what is canonical, points outside the subgroup, numbers at the edges of their ranges.
fn points(folder: &Path) -> std::io::Result<()> {
    let group = Prover::<Ed25519>::ed25519(1);
    let number = |value: u8| [&[value], &[0; 31][..]].concat();
    let prime: Vec<u8> = [&[0xed], &[0xff; 30][..], &[0x7f]].concat();
    let mut encodings = vec![0u8];
    for low in [0, 1, 2, 3, 4, 5] {
        encodings.extend(number(low));
    }
    for off in [-1i8, 0, 1, 2] {
        let mut edge = prime.clone();
        edge[0] = prime[0].wrapping_add_signed(off);
        encodings.extend(&edge);
        edge[31] |= 0x80;
        encodings.extend(&edge);
    }
    write(folder, "encodings", encodings)?;
    write(folder, "subgroup", [&[1u8], &(0..200).collect::<Vec<u8>>()[..]].concat())?;
    write(folder, "torsion", [1u8, 7, 255, 0x21, 8, 255, 0x80, 9, 255, 255])?;
    let edwards = [&group.public_key, "0", "", "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"];
    write(folder, "edwards-texts", format!("\u{2}{}", edwards.join("\n")))?;
    let field = Prover::belenios_2048(1).public_key;
    write(folder, "field-texts", format!("\u{3}{field}\n1\n0\n4\n01\n{field}0\n-1\nx"))?;
    write(folder, "field-batch", format!("\u{5}{field}"))?;
    let edges = ["0", "1", "01", "", "7237005577332262213973186563042994240857116359379907606001950938285454250988"];
    let over = "7237005577332262213973186563042994240857116359379907606001950938285454250989";
    write(folder, "scalars", format!("\u{4}{}\n{over}", edges.join("\n")))
}
