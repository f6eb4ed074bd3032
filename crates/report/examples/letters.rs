//! How fast letters to voters are written, and how long they are.
//!
//!     cargo run --release -p adil-report --example letters -- 100000 > letters.html
//!
//! Writes that many letters to standard output, in three languages by turns, and the time to standard error.
#![allow(clippy::print_stderr, reason = "it tells what it measured")]

use std::io::{BufWriter, Write as _};
use std::time::{Duration, Instant};

use adil_report::Language;
use adil_report::letters::{Cover, Letter, LetterKind, LetterSheet, Letters, VoteAt};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count: usize = std::env::args().nth(1).map_or(Ok(3), |count| count.parse())?;
    let sheet = LetterSheet {
        election_title: "Election of the board and vote on the statutes",
        organiser: Some("The association"),
        authority: Some("the election committee, room 12, +7 000 000 00 00"),
        opens: Some("1 October 2026, 09:00 (UTC+5)"),
        closes: Some("7 October 2026, 20:00 (UTC+5)"),
        vote_at: Some(VoteAt::Page("https://vote.example/Kd8zQ2mW5xR7nB")),
        check_address: Some("https://vote.example/Kd8zQ2mW5xR7nB/board"),
        credentials_fingerprint: "wjNH1vYrTzQb0bEfGm7q9kX2dS4uPcLa8RhZtMoVe5I",
        election_id: "Kd8zQ2mW5xR7nB",
        kind: LetterKind::First,
    };
    let letters = Letters::new(&sheet);
    let mut output = BufWriter::new(std::io::stdout().lock());
    let (mut spent, mut bytes) = (Duration::ZERO, 0);
    let mut out = String::new();
    letters.head(Language::En, &mut out);
    let next = Some("The organiser puts the list of keys on the board and opens the voting.");
    letters.cover(&Cover { letters: count, first: 1, last: count, next }, Language::En, &mut out);
    output.write_all(out.as_bytes())?;
    for (number, language) in (1..=count).zip(Language::ALL.into_iter().cycle()) {
        let code = code(number);
        let qr_text = format!("https://vote.example/Kd8zQ2mW5xR7nB/#{code}");
        let (voter_id, name) = (number.to_string(), format!("Voter {number}"));
        let (name, weight) = (Some(name.as_str()), None);
        let letter = Letter { number, voter_id: &voter_id, name, language, weight, code: &code, qr_text: &qr_text };
        let start = Instant::now();
        out.clear();
        letters.letter(&letter, &mut out)?;
        spent += start.elapsed();
        bytes += out.len();
        output.write_all(out.as_bytes())?;
    }
    out.clear();
    letters.foot(&mut out);
    output.write_all(out.as_bytes())?;
    output.flush()?;
    let seconds = spent.as_secs_f64();
    eprintln!(
        "{count} letters in {seconds:.2} s on one core: {:.0} a second, {} bytes each",
        count as f64 / seconds,
        bytes / count.max(1)
    );
    Ok(())
}

/// A code of the right form that depends on the number; no secret.
fn code(number: usize) -> String {
    const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut code = String::new();
    for length in [5, 6, 5, 6] {
        for place in 0..length {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            code.push_str(if place == 0 && !code.is_empty() { "-" } else { "" });
            code.push(char::from(ALPHABET[(state >> 33) % ALPHABET.len()]));
        }
    }
    code
}
