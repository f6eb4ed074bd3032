//! Ballots that were opened instead of cast, as files: `adil check --audited-ballot FILE BOARD`.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use adil_belenios::hold::polls;
use adil_belenios::{Answer, Limits, Opening, Question, SetupRecords, hexadecimal};
use adil_check::{AuditedBallot, Opened};
use adil_finding::InputFile;
use adil_open::OpenedBoard;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::boards::{Source, engine};
use crate::failure::Failure;

/// An opened ballot as a device writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AuditFile<'a> {
    adil: String,
    commitment: String,
    /// The ballot without its signature: its bytes are what the commitment is the digest of.
    #[serde(borrow)]
    ballot: &'a RawValue,
    answers: Vec<Vec<u32>>,
    randomness: Vec<String>,
}

const FORM: &str = "audited-ballot/1";

/// The most bytes that a file has: those of the largest ballot, and as much for what opens it.
const MOST_BYTES: u64 = 128 << 20;

/// Checks opened ballots with the setup of a board.
pub(crate) fn audited(
    board: &OpenedBoard,
    files: &[PathBuf],
    seed: u64,
) -> Result<Vec<(AuditedBallot, InputFile)>, Failure> {
    let in_board = |error| Failure::Board { file: board.name().to_owned(), error };
    let setup = SetupRecords::read(&Source(board), &Limits::default()).map_err(in_board)?;
    let engine = engine()?;
    let polls = setup.and_then(|setup| polls(&setup.election, &setup.trustees, &setup.credentials, engine).ok());
    let mut audited = Vec::with_capacity(files.len());
    for path in files {
        let (bytes, input) = read(path)?;
        let file = input.path.clone();
        let not = |cause: String| Failure::AuditedBallot { file: file.clone(), cause };
        let parsed: AuditFile<'_> = serde_json::from_slice(&bytes).map_err(|error| not(error.to_string()))?;
        if parsed.adil != FORM {
            return Err(not(format!("its form is {:?}, and {FORM:?} is read", parsed.adil)));
        }
        let AuditFile { commitment, ballot, answers, randomness, .. } = parsed;
        let opened = match &polls {
            None => Opened::NoSetup,
            Some(polls) => {
                let questions = &polls.election().questions;
                let mut numbers = answers.iter();
                let mut held: Vec<Answer> = questions.iter().zip(&mut numbers).map(answer).collect();
                // Answers to no question are no opening of this election.
                held.extend(numbers.map(|numbers| Answer::Vector(numbers.clone())));
                let opening = Opening { answers: held, randomness };
                let mut random = ChaCha20Rng::seed_from_u64(seed);
                match polls.check_opening(ballot.get(), Some(&commitment), &opening, &mut random) {
                    Ok(()) => Opened::Holds,
                    Err(fault) => Opened::Fault(fault),
                }
            }
        };
        audited.push((AuditedBallot { file, commitment, answers, opened }, input));
    }
    Ok(audited)
}

/// The numbers of an answer as those that its question encrypts.
fn answer((question, numbers): (&Question, &Vec<u32>)) -> Answer {
    match question {
        Question::NonHomomorphic { .. } => Answer::Vector(numbers.clone()),
        // What is no bit stays none.
        _ => Answer::Bits(numbers.iter().map(|&number| u8::try_from(number).unwrap_or(u8::MAX)).collect()),
    }
}

fn read(path: &Path) -> Result<(Vec<u8>, InputFile), Failure> {
    let name = path.display().to_string();
    let not = |cause: String| Failure::AuditedBallot { file: name.clone(), cause };
    let file = File::open(path).map_err(|error| not(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| not(error.to_string()))?;
    let length = bytes.len() as u64;
    if length > MOST_BYTES {
        return Err(not(format!("it has more than {MOST_BYTES} bytes")));
    }
    let sha256 = hexadecimal(&adil_belenios::digest(&bytes));
    Ok((bytes, InputFile { path: name, sha256, bytes: length, rows: None }))
}
