//! `cargo xtask board`: makes large sound boards on Ed25519, ballot by ballot.
//!
//! It knows the protocol by itself, without the crates that verify, so that the two can be held against each other. The
//! same options give the same bytes on any number of threads. What it keeps in memory are the credentials, 16 bytes a
//! ballot and one batch of ballots.

mod archive;
mod ballot;
mod group;
mod turnout;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use rayon::prelude::*;

use archive::Archive;
use group::{Key, Secrets, base, challenge, elements, fingerprint, proof};
use turnout::Turnout;

/// The time that the archive states: a board from the same options is the same whenever it is made.
const SECONDS: u64 = 1_700_000_000;

/// Ballots that are made at once.
const BATCH: u32 = 4_096;

/// What is made.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Options {
    pub(crate) ballots: u32,
    pub(crate) credentials: u32,
    pub(crate) questions: u32,
    pub(crate) answers: u32,
    /// The share of ballots that replace an earlier one of the same voter.
    pub(crate) revotes: f64,
    pub(crate) finished: bool,
    pub(crate) seed: u64,
    pub(crate) out: PathBuf,
}

impl Options {
    /// Reads the words of the command line.
    pub(crate) fn read(words: &[&str]) -> Result<Self, String> {
        let mut options = Self {
            ballots: 0,
            credentials: 0,
            questions: 1,
            answers: 3,
            revotes: 0.05,
            finished: false,
            seed: 1,
            out: PathBuf::new(),
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if *word == "--finished" {
                options.finished = true;
                continue;
            }
            let value = *words.next().ok_or_else(|| format!("{word} needs a value"))?;
            match *word {
                "--ballots" => options.ballots = number(word, value)?,
                "--credentials" => options.credentials = number(word, value)?,
                "--questions" => options.questions = number(word, value)?,
                "--answers" => options.answers = number(word, value)?,
                "--revotes" => options.revotes = number(word, value)?,
                "--seed" => options.seed = number(word, value)?,
                "-o" => options.out = value.into(),
                _ => return Err(format!("{word} is not an option of board")),
            }
        }
        if options.out.as_os_str().is_empty() || options.credentials == 0 {
            return Err("board needs --ballots N --credentials M -o FILE".to_owned());
        }
        if options.questions == 0 || options.answers == 0 || !(0.0..=1.0).contains(&options.revotes) {
            return Err("a board has questions and answers, and a share of revotes from 0 to 1".to_owned());
        }
        Ok(options)
    }
}

fn number<T: std::str::FromStr>(word: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("{word} {value}: this is not a number of its kind"))
}

/// The election that a board is of.
pub(crate) struct Election {
    seed: u64,
    uuid: String,
    fingerprint: String,
    key: Key,
    questions: u32,
    answers: u32,
}

/// Makes the board and says what it is.
pub(crate) fn run(words: &[&str]) -> Result<String, String> {
    let options = Options::read(words)?;
    let told = |error: std::io::Error| format!("{}: {error}", options.out.display());
    let file = BufWriter::with_capacity(1 << 20, File::create(&options.out).map_err(told)?);
    let result = write(&options, file)?;
    let stage = if options.finished { format!("finished, result {result:?}") } else { "open".to_owned() };
    Ok(format!("{}: {} ballots, {stage}", options.out.display(), options.ballots))
}

/// Writes the board and gives its result, by question and answer.
pub(crate) fn write(options: &Options, out: impl Write) -> Result<Vec<Vec<u64>>, String> {
    let turnout = Turnout::new(options.seed, options.ballots, options.credentials, options.revotes)?;
    let told = |error: std::io::Error| format!("{}: {error}", options.out.display());
    let mut archive = Archive::begin(out, SECONDS).map_err(told)?;
    let credentials = credentials(options);
    let election = setup(options, &credentials, &mut archive).map_err(told)?;
    let counted = ballots(options, &election, &turnout, &credentials, &mut archive).map_err(told)?;
    if options.finished {
        finish(&election, turnout.voted(), &counted, &mut archive).map_err(told)?;
    }
    archive.end().map_err(told)?;
    Ok(counted.iter().map(|question| question.iter().map(|(_, votes)| *votes).collect()).collect())
}

/// Every voter's secret and the text of her public credential.
fn credentials(options: &Options) -> Vec<(Scalar, String)> {
    let secret = |voter: u32| Secrets::new(options.seed, "credential", u64::from(voter)).scalar();
    let secrets: Vec<Scalar> = (0..options.credentials).into_par_iter().map(secret).collect();
    let texts = secrets.par_chunks(1_024).flat_map(|chunk| {
        let points: Vec<EdwardsPoint> = chunk.iter().map(base).collect();
        elements(&points)
    });
    let texts: Vec<String> = texts.collect();
    secrets.into_iter().zip(texts).collect()
}

/// Election, trustee and credentials.
fn setup(
    options: &Options,
    credentials: &[(Scalar, String)],
    archive: &mut Archive<impl Write>,
) -> std::io::Result<Election> {
    const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut secrets = Secrets::new(options.seed, "setup", 0);
    let uuid: String = (0..14).map(|_| char::from(BASE58[secrets.below(58) as usize])).collect();
    let key = Key::new(secrets.scalar());
    let names: Vec<String> = (1..=options.answers).map(|answer| format!(r#""Answer {answer}""#)).collect();
    let question =
        |number| format!(r#"{{"answers":[{}],"min":1,"max":1,"question":"Question {number}?"}}"#, names.join(","));
    let questions: Vec<String> = (1..=options.questions).map(question).collect();
    let election = format!(
        r#"{{"version":1,"description":"A board made for measuring.","name":"Made with seed {}","group":"Ed25519","public_key":"{}","questions":[{}],"uuid":"{uuid}"}}"#,
        options.seed,
        key.encoded,
        questions.join(",")
    );
    let witness = secrets.scalar();
    let commitment = group::element(&base(&witness).compress());
    let known = challenge(&format!("pok|Ed25519|{}|{commitment}", key.encoded));
    let pok = proof(&known, &(witness - key.secret * known));
    let trustees = format!(r#"[["Single",{{"pok":{pok},"public_key":"{}"}}]]"#, key.encoded);
    // The list is in the order of the elements' bytes, the last digits of their texts first.
    let mut list: Vec<&str> = credentials.iter().map(|(_, text)| text.as_str()).collect();
    list.sort_by_key(|text| {
        let digits = text.as_bytes().chunks(2).rev();
        digits.map(|byte| [byte[0], byte[1]]).collect::<Vec<_>>()
    });
    let fingerprint = fingerprint(election.as_bytes());
    let election = archive.data(election.as_bytes())?;
    let trustees = archive.data(trustees.as_bytes())?;
    let credentials = archive.data(format!(r#"["{}"]"#, list.join("\",\"")).as_bytes())?;
    let all = format!(r#"{{"election":"{election}","trustees":"{trustees}","credentials":"{credentials}"}}"#);
    let payload = archive.data(all.as_bytes())?;
    archive.event("Setup", Some(&payload))?;
    let (seed, questions, answers) = (options.seed, options.questions, options.answers);
    Ok(Election { seed, uuid, fingerprint, key, questions, answers })
}

/// All ballots. Gives what counts of them: by question and answer the sum of the randomness, and of the votes.
fn ballots(
    options: &Options,
    election: &Election,
    turnout: &Turnout,
    credentials: &[(Scalar, String)],
    archive: &mut Archive<impl Write>,
) -> std::io::Result<Vec<Vec<(Scalar, u64)>>> {
    let mut counted = vec![vec![(Scalar::ZERO, 0); options.answers as usize]; options.questions as usize];
    for first in (0..options.ballots).step_by(BATCH as usize) {
        let numbers = first..options.ballots.min(first + BATCH);
        let made = numbers.into_par_iter().map(|number| {
            let (secret, text) = &credentials[turnout.voter(number) as usize];
            (number, ballot::make(election, number, (secret, text)))
        });
        for (number, ballot) in made.collect::<Vec<_>>() {
            let payload = archive.data(ballot.json.as_bytes())?;
            archive.event("Ballot", Some(&payload))?;
            if turnout.counts(number) {
                let cells = counted.iter_mut().flatten().zip(ballot.answers.iter().flatten());
                for (sum, (randomness, chosen)) in cells {
                    sum.0 += randomness;
                    sum.1 += u64::from(*chosen);
                }
            }
        }
    }
    Ok(counted)
}

/// The end of the vote, the tally, the trustee's decryption and the result.
fn finish(
    election: &Election,
    voted: usize,
    counted: &[Vec<(Scalar, u64)>],
    archive: &mut Archive<impl Write>,
) -> std::io::Result<()> {
    let key = &election.key;
    let mut secrets = Secrets::new(election.seed, "decryption", 0);
    let (mut tally, mut factors, mut proofs) = (Vec::new(), Vec::new(), Vec::new());
    for question in counted {
        let (mut ciphertexts, mut shares, mut shown) = (Vec::new(), Vec::new(), Vec::new());
        for (randomness, votes) in question {
            let (alpha, witness) = (base(randomness), secrets.scalar());
            let beta = key.times(randomness) + base(&Scalar::from(*votes));
            let points = [alpha, beta, alpha * key.secret, base(&witness), alpha * witness];
            let texts = elements(&points);
            let statement = format!("decrypt|{}|{}|{},{}", election.fingerprint, key.encoded, texts[3], texts[4]);
            let total = challenge(&statement);
            ciphertexts.push(ballot::ciphertext(&texts[0], &texts[1]));
            shares.push(format!(r#""{}""#, texts[2]));
            shown.push(proof(&total, &(witness - key.secret * total)));
        }
        tally.push(format!("[{}]", ciphertexts.join(",")));
        factors.push(format!("[{}]", shares.join(",")));
        proofs.push(format!("[{}]", shown.join(",")));
    }
    archive.event("EndBallots", None)?;
    let encrypted = archive.data(format!("[{}]", tally.join(",")).as_bytes())?;
    let sized = format!(r#"{{"num_tallied":{voted},"total_weight":{voted},"encrypted_tally":"{encrypted}"}}"#);
    let sized = archive.data(sized.as_bytes())?;
    archive.event("EncryptedTally", Some(&sized))?;
    let shares =
        format!(r#"{{"decryption_factors":[{}],"decryption_proofs":[{}]}}"#, factors.join(","), proofs.join(","));
    let shares = archive.data(shares.as_bytes())?;
    let owned = archive.data(format!(r#"{{"owner":1,"payload":"{shares}"}}"#).as_bytes())?;
    archive.event("PartialDecryption", Some(&owned))?;
    let row = |question: &Vec<(Scalar, u64)>| {
        let votes: Vec<String> = question.iter().map(|(_, votes)| votes.to_string()).collect();
        format!("[{}]", votes.join(","))
    };
    let rows: Vec<String> = counted.iter().map(row).collect();
    let result = archive.data(format!(r#"{{"result":[{}]}}"#, rows.join(",")).as_bytes())?;
    archive.event("Result", Some(&result))
}

#[cfg(test)]
mod tests;
