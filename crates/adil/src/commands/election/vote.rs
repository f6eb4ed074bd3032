//! `adil election vote`: a ballot made, and cast, opened or written to a file.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use adil_belenios::hold::VotingCode;
use adil_belenios::{Answer as Numbers, Opening, SealedBallot};
use adil_election::{Answers, Contest};
use zeroize::Zeroizing;

use super::arguments::Vote;
use super::{ballots, receipt, words};
use crate::hold::board::Board;
use crate::hold::files::{self, Readers};
use crate::hold::organiser::Organiser;
use crate::hold::told::Told;
use crate::hold::{HoldFailure, clock, random, secret};

pub(super) fn run(vote: &Vote) -> Result<Told, HoldFailure> {
    match &vote.batch {
        Some(batch) => many(vote, batch),
        None => one(vote),
    }
}

fn one(vote: &Vote) -> Result<Told, HoldFailure> {
    let board = Board::open(&vote.folder)?;
    let contests = board.contests();
    let code = secret::ask("Your voting code", vote.code_file.as_deref())?;
    let code = VotingCode::parse(&code).map_err(|fault| match &vote.code_file {
        Some(file) => HoldFailure::file(file, fault),
        None => HoldFailure::Input(fault.to_string()),
    })?;
    let answers = match &vote.answers {
        Some(text) => Answers::parse(&contests, text),
        None if !vote.choose.is_empty() => {
            Answers::choose(&contests, &vote.choose.iter().map(String::as_str).collect::<Vec<_>>())
        }
        None => {
            let typed = ask(&contests)?;
            Answers::choose(&contests, &typed.iter().map(|text| text.as_str()).collect::<Vec<_>>())
        }
    };
    let answers = answers.map_err(|error| HoldFailure::Input(error.to_string()))?;
    let numbers = answers.numbers(&contests);
    let mut sealed = board.polls.seal(&[(&code, &numbers)], &mut random::stream()?)?;
    let ballot = sealed.pop().ok_or_else(|| HoldFailure::Order("no ballot was made".to_owned()))?;
    let commitment = ballot.commitment().to_owned();
    let asked = if vote.audit.is_none() && vote.ballot.is_none() { challenge(&commitment)? } else { None };
    if let Some(path) = vote.audit.as_ref().or(asked.as_ref()) {
        return audit(ballot, &commitment, path, &vote.folder);
    }
    let text = ballot.cast();
    if let Some(path) = &vote.ballot {
        files::write(path, text.as_bytes(), Readers::All)?;
        let tracker = adil_belenios::base64(&adil_belenios::digest(text.as_bytes()));
        return Ok(Told::done(format!("{}: your ballot, encrypted and signed. It is not cast yet.", path.display()))
            .and(format!("Tracker: {tracker}"))
            .next(format!("Hand it to the organiser: adil election cast ORG {}", path.display())));
    }
    drop(board);
    let organiser = Organiser::open(&vote.folder)?;
    let mut held = organiser.board()?;
    let cast = ballots::take(&mut held, &[text.as_bytes()], clock::seconds() / 60)?;
    let refused =
        |why: &dyn std::fmt::Display| HoldFailure::Order(format!("the ballot was refused and not logged: {why}"));
    let cast = cast.into_iter().next().ok_or_else(|| refused(&"no ballot was made"))?;
    let cast = cast.map_err(|refusal| refused(&refusal))?;
    let folder = vote.receipts.clone().unwrap_or_else(|| Path::new(".").to_owned());
    let saved = receipt::save(&held.board, &folder, &cast)?;
    Ok(Told::done("Your ballot is in the log.".to_owned())
        .and(format!("Tracker:  {}", cast.tracker))
        .and(format!("Entry:    {} of the log", cast.index))
        .and(format!("Digest shown before casting: {commitment}"))
        .and(format!("Receipt:  {}", saved.display()))
        .secret("your voting code, until the election is over")
        .next(format!(
            "Check the receipt, on any machine: adil log verify {} --entry {} --key {}",
            saved.display(),
            saved.with_extension("entry").display(),
            held.board.ledger.log_key().map(ToString::to_string).unwrap_or_default()
        ))
        .next("To change your mind, vote again: the last ballot counts"))
}

/// At a terminal the voter decides after the ballot is made, when the program cannot know how: a file to open it to, or
/// nothing where it is to be cast.
fn challenge(commitment: &str) -> Result<Option<std::path::PathBuf>, HoldFailure> {
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    let text = format!(
        "\nYour ballot is made. Its digest: {commitment}\nPress Enter to cast it; or type the name of a file to open it \
         into, as a test of this program: "
    );
    let _ = io::stderr().lock().write_all(text.as_bytes());
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| HoldFailure::Input(error.to_string()))?;
    Ok(Some(line.trim()).filter(|name| !name.is_empty()).map(Into::into))
}

/// Opens a ballot instead of casting it.
fn audit(ballot: SealedBallot, commitment: &str, path: &Path, folder: &Path) -> Result<Told, HoldFailure> {
    let (unsigned, opening) = ballot.open();
    let text = audited(&unsigned, commitment, &opening);
    files::write(path, text.as_bytes(), Readers::Owner)?;
    Ok(Told::done("Your ballot was opened and not cast.".to_owned())
        .and(format!("Digest shown before opening: {commitment}"))
        .and(format!("{}: everything that shows what it holds", path.display()))
        .next(format!(
            "On another machine: adil check --audited-ballot {} {}, and compare what it lists with what you chose",
            path.display(),
            folder.display()
        ))
        .next("Then vote: the ballot that is cast is another one"))
}

/// The file of an opened ballot.
pub(crate) fn audited(unsigned: &str, commitment: &str, opening: &Opening) -> Zeroizing<String> {
    let list = |answer: &Numbers| match answer {
        Numbers::Bits(bits) => format!("{bits:?}"),
        Numbers::Vector(vector) => format!("{vector:?}"),
    };
    let answers: Vec<String> = opening.answers.iter().map(list).collect();
    let randomness: Vec<String> = opening.randomness.iter().map(|text| format!("\"{text}\"")).collect();
    Zeroizing::new(format!(
        "{{\"adil\":\"audited-ballot/1\",\"commitment\":\"{commitment}\",\"ballot\":{unsigned},\"answers\":[{}],\"randomness\":[{}]}}\n",
        answers.join(","),
        randomness.join(",")
    ))
}

/// Asks for an answer to each question.
fn ask(contests: &[Contest]) -> Result<Vec<Zeroizing<String>>, HoldFailure> {
    if !io::stdin().is_terminal() {
        let text =
            "the answers are missing: --choose 'QUESTION=ANSWER' for each question, or --answers JSON".to_owned();
        return Err(HoldFailure::Input(text));
    }
    let mut typed = Vec::new();
    for (number, contest) in (1..).zip(contests) {
        let mut out = io::stderr().lock();
        let _ = write!(out, "\n{}\nYour answer: ", words::question(number, contest));
        let mut line = Zeroizing::new(String::new());
        io::stdin().lock().read_line(&mut line).map_err(|error| HoldFailure::Input(error.to_string()))?;
        typed.push(Zeroizing::new(format!("{number}={}", line.trim())));
    }
    Ok(typed)
}

/// A vote of a batch.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct BatchVote {
    code: String,
    answers: serde_json::Value,
}

/// Votes that are made and logged together.
const TOGETHER: usize = 4_096;

fn many(vote: &Vote, batch: &Path) -> Result<Told, HoldFailure> {
    let text = files::read_private_text(batch)?;
    let organiser = Organiser::open(&vote.folder)?;
    let mut held = organiser.board()?;
    let contests = held.board.contests();
    let mut random = random::stream()?;
    let at = |line: usize, what: &dyn std::fmt::Display| HoldFailure::Content {
        path: format!("{}, line {line}", batch.display()),
        what: "a vote such as {\"code\":\"…\",\"answers\":[[0,1,0]]}",
        found: what.to_string(),
    };
    let lines: Vec<(usize, &str)> = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).collect();
    let mut votes = Vec::with_capacity(lines.len());
    for &(line, text) in &lines {
        let read: BatchVote = serde_json::from_str(text).map_err(|error| at(line, &files::unread(&error)))?;
        let code = Zeroizing::new(read.code);
        let code = VotingCode::parse(&code).map_err(|fault| at(line, &fault))?;
        let answers = Zeroizing::new(read.answers.to_string());
        let answers = Answers::parse(&contests, &answers).map_err(|error| at(line, &error))?;
        votes.push((code, answers.numbers(&contests)));
    }
    let (mut refused, mut first, mut logged) = (0, None, 0);
    for chunk in votes.chunks(TOGETHER) {
        let (mut listed, mut unsaved) = (String::new(), None);
        let pairs: Vec<(&VotingCode, &[Numbers])> =
            chunk.iter().map(|(code, numbers)| (code, numbers.as_slice())).collect();
        let sealed = held.board.polls.seal(&pairs, &mut random)?;
        let texts: Vec<String> = sealed.into_iter().map(SealedBallot::cast).collect();
        let bytes: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        for cast in ballots::take(&mut held, &bytes, clock::seconds() / 60)? {
            match cast {
                Ok(cast) => {
                    logged += 1;
                    listed.push_str(&format!("{} {}\n", cast.index, cast.tracker));
                    if let Some(folder) = vote.receipts.as_ref().filter(|_| unsaved.is_none()) {
                        unsaved = receipt::save(&held.board, folder, &cast).err();
                    }
                }
                Err(refusal) => {
                    refused += 1;
                    first.get_or_insert(refusal.to_string());
                }
            }
        }
        // What is in the log is told before anything else can go wrong.
        crate::screen::print(&listed).map_err(|error| HoldFailure::Order(error.to_string()))?;
        if let Some(unsaved) = unsaved {
            return Err(unsaved);
        }
    }
    match first {
        Some(first) => Err(HoldFailure::Refused { refused, ballots: votes.len(), first }),
        None => Ok(Told::done(format!("{logged} ballots are in the log; above, the entry and the tracker of each."))),
    }
}
