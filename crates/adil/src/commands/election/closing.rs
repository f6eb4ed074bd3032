//! `adil election close`, `shuffle`, `add` and `result`: from the end of voting to the result.

use std::path::Path;

use adil_election::ledger::{Owned, Phase};
use adil_election::messages::Message;
use adil_election::statement::{Content, Statement};
use adil_election::{count_questions, tallying};

use super::arguments::{Add, Shuffle};
use super::words;
use crate::hold::board::Objects;
use crate::hold::organiser::{Held, Organiser, read_message};
use crate::hold::told::Told;
use crate::hold::{HoldFailure, clock, files, random};

pub(super) fn close(folder: &Path) -> Result<Told, HoldFailure> {
    let organiser = Organiser::open(folder)?;
    let _lock = organiser.lock()?;
    let mut held = organiser.board()?;
    if held.board.ledger.phase() > Phase::Closed {
        return Err(HoldFailure::Order(format!("{}: voting is closed already", folder.display())));
    }
    close_at(&mut held, clock::seconds() / 60).map_err(|error| match held.board.ledger.phase() {
        Phase::Closed => HoldFailure::Order(format!(
            "voting is closed, and the encrypted tally is still missing: {error}; give the same command once more"
        )),
        _ => error,
    })?;
    let ledger = &held.board.ledger;
    let not_counted = ledger.not_counted();
    let totals = ledger.totals(&not_counted);
    let counted = ledger.last_of_each(&not_counted).len();
    let mut told = Told::done(format!("{}: voting is closed.", folder.display()))
        .and(format!("{} ballots in the log, {counted} counted, {} set aside.", totals.logged, totals.set_aside))
        .and("The encrypted tally of the counted ballots is in the log.");
    if totals.not_accepted > 0 {
        told =
            told.and(format!("{} ballots were not accepted by a second factor and do not count.", totals.not_accepted));
    }
    let folder = folder.display();
    if held.board.polls.election().needs_shuffles() {
        told = told
            .next(format!("Trustees, one after another: adil election trustee shuffle T {folder}"))
            .next(format!("Organiser, after each: adil election add {folder} shuffle.json"));
    }
    Ok(told
        .publish(format!("{folder}/log, as before"))
        .next(format!("Trustees: adil election trustee decrypt T {folder}"))
        .next(format!("Organiser: adil election add {folder} decryption.json …, then adil election result {folder}")))
}

/// Closes the voting and logs the tally; an election that was closed and has no tally yet gets it.
pub(crate) fn close_at(held: &mut Held, minute: u64) -> Result<(), HoldFailure> {
    if held.board.ledger.phase() == Phase::Open {
        let uuid = held.board.polls.election().uuid.clone();
        let minute = minute.max(held.board.ledger.minute());
        held.say(&[Statement::Close { uuid, minute }], &[])?;
    }
    let step = {
        let board = &held.board;
        let mut entries = crate::hold::board::entries(&board.log);
        tallying::tally(&board.ledger, &*board.polls, &mut entries, &Objects(&board.log))?
    };
    held.say(&[step.statement], &step.records)?;
    Ok(())
}

pub(super) fn shuffle(arguments: &Shuffle) -> Result<Told, HoldFailure> {
    let organiser = Organiser::open(&arguments.folder)?;
    let mut held = organiser.board()?;
    let (tally, shuffles) = tallying::so_far(&held.board.ledger, &Objects(&held.board.log))?;
    let record = held.board.polls.shuffle(&tally, &shuffles, &mut random::stream()?)?;
    add_shuffle(&mut held, arguments.owner, record.into_bytes())?;
    Ok(Told::done(format!("A shuffle in the place of trustee {} is in the log.", arguments.owner))
        .and("Secrecy needs a shuffle by somebody who keeps its permutation to himself: let trustees shuffle too.")
        .next(format!("Trustees: adil election trustee shuffle T {}", arguments.folder.display())))
}

/// Logs a shuffle that holds.
pub(crate) fn add_shuffle(held: &mut Held, owner: u64, record: Vec<u8>) -> Result<(), HoldFailure> {
    let board = &held.board;
    let step = tallying::add_shuffle(&board.ledger, &*board.polls, &Objects(&board.log), owner, record)?;
    held.say(&[step.statement], &step.records)?;
    Ok(())
}

/// Logs a partial decryption that holds.
pub(crate) fn add_decryption(held: &mut Held, owner: u64, record: Vec<u8>) -> Result<(), HoldFailure> {
    let board = &held.board;
    let step = tallying::add_decryption(&board.ledger, &*board.polls, &Objects(&board.log), owner, record)?;
    held.say(&[step.statement], &step.records)?;
    Ok(())
}

pub(crate) fn add(arguments: &Add) -> Result<Told, HoldFailure> {
    let organiser = Organiser::open(&arguments.folder)?;
    let mut held = organiser.board()?;
    let mut told = Told::default();
    for path in &arguments.files {
        let named = |error: HoldFailure| HoldFailure::file(path, error);
        match handed_in(path, arguments.owner, &organiser.draft.uuid)? {
            HandedIn::Shuffle(owner, record) if has(&held.board.ledger.shuffles, owner, &record) => {
                told = told.and(format!("{}: the shuffle of trustee {owner} is in the log already", path.display()));
            }
            HandedIn::Decryption(owner, record) if has(&held.board.ledger.decryptions, owner, &record) => {
                told = told.and(format!("{}: the decryption of trustee {owner} is in the log already", path.display()));
            }
            HandedIn::Shuffle(owner, record) => {
                add_shuffle(&mut held, owner, record).map_err(named)?;
                told = told.and(format!("{}: the shuffle of trustee {owner} holds and is in the log", path.display()));
            }
            HandedIn::Decryption(owner, record) => {
                add_decryption(&mut held, owner, record).map_err(named)?;
                told =
                    told.and(format!("{}: the decryption of trustee {owner} holds and is in the log", path.display()));
            }
        }
    }
    let by = tallying::decrypted_by(&held.board.ledger);
    let folder = arguments.folder.display();
    Ok(match held.board.polls.are_enough(&by) {
        true => told.next(format!("Organiser: adil election result {folder}")),
        false => told
            .and(format!("{} of {} partial decryptions are there.", by.len(), held.board.polls.decryptions_needed()))
            .next(format!("Further trustees: adil election trustee decrypt T {folder}")),
    })
}

/// Whether the log has this very record: a command that was stopped can be given again.
fn has(records: &[Owned], owner: u64, record: &[u8]) -> bool {
    records.iter().any(|own| own.owner == owner && own.content == Content::of(record))
}

/// What a trustee handed in.
enum HandedIn {
    Shuffle(u64, Vec<u8>),
    Decryption(u64, Vec<u8>),
}

/// The second line of a record as belenios-tool prints it: whose the first one is.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnedLine {
    owner: u64,
    payload: String,
}

/// A message of a trustee; or a record as belenios-tool prints it, with or without the line that says whose it is.
fn handed_in(path: &Path, owner: Option<u64>, uuid: &str) -> Result<HandedIn, HoldFailure> {
    let mut bytes = files::read(path)?;
    while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.pop();
    }
    let is_decryption = bytes.starts_with(b"{\"decryption_factors\"");
    if is_decryption || bytes.starts_with(b"{\"ciphertexts\"") {
        let (owner, record) = bare(path, owner, &bytes)?;
        return Ok(if is_decryption { HandedIn::Decryption(owner, record) } else { HandedIn::Shuffle(owner, record) });
    }
    match read_message(path)? {
        Message::Shuffle(own) if own.uuid == uuid => Ok(HandedIn::Shuffle(own.owner, own.record.into_bytes())),
        Message::Decryption(own) if own.uuid == uuid => Ok(HandedIn::Decryption(own.owner, own.record.into_bytes())),
        other => {
            let found = match &other {
                Message::Shuffle(own) | Message::Decryption(own) => {
                    format!("it is {} of the election {}", other.name(), own.uuid)
                }
                _ => format!("it is {}", other.name()),
            };
            let what = "a shuffle or a partial decryption of this election";
            Err(HoldFailure::Content { path: path.display().to_string(), what, found })
        }
    }
}

/// A record of belenios-tool with the number of its trustee.
fn bare(path: &Path, told: Option<u64>, bytes: &[u8]) -> Result<(u64, Vec<u8>), HoldFailure> {
    let failed = |text: String| HoldFailure::Input(format!("{}: {text}", path.display()));
    let mut lines = bytes.splitn(2, |&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let record = lines.next().unwrap_or_default();
    let owned = lines.next().map(|line| {
        let owned = serde_json::from_slice::<OwnedLine>(line).map_err(|error| failed(error.to_string()))?;
        let digest = adil_belenios::hexadecimal(&adil_belenios::digest(record));
        match owned.payload == digest {
            true => Ok(owned.owner),
            false => Err(failed(format!("its second line is about {}, its first is {digest}", owned.payload))),
        }
    });
    let owned = owned.transpose()?;
    if let (Some(told), Some(owned)) = (told, owned)
        && told != owned
    {
        return Err(failed(format!("--owner is {told}; the file says that it is of trustee {owned}")));
    }
    let missing = "the record does not say whose it is: give the trustee's number with --owner";
    let owner = told.or(owned).ok_or_else(|| failed(missing.to_owned()))?;
    Ok((owner, record.to_vec()))
}

pub(super) fn result(folder: &Path) -> Result<Told, HoldFailure> {
    let organiser = Organiser::open(folder)?;
    let mut held = organiser.board()?;
    let outcomes = result_now(&mut held)?;
    let election = held.board.polls.election();
    let declared = held.board.ledger.setup.as_ref().map(|setup| setup.counting.clone()).unwrap_or_default();
    let mut told = Told::done(format!("{}: the result of {:?}.", folder.display(), election.name));
    let counts = count_questions(election, &outcomes, &declared);
    for (number, (question, outcome)) in election.questions.iter().zip(&outcomes).enumerate() {
        told = match counts.iter().find(|count| count.question == number) {
            Some(count) => words::count(count, question).into_iter().fold(told, Told::and),
            None => plain(question, outcome).into_iter().fold(told, Told::and),
        };
    }
    let folder = folder.display();
    Ok(told
        .next(format!("Organiser: adil election publish {folder}"))
        .next(format!("Anybody: adil check {folder}/election.bel")))
}

/// A result that no method counts: the numbers themselves.
fn plain(question: &adil_belenios::Question, outcome: &adil_belenios::Outcome) -> Vec<String> {
    use adil_belenios::{Outcome, Question};
    let mut lines = vec![question.title().to_owned()];
    match (question, outcome) {
        (Question::Homomorphic { answers, blank, .. }, Outcome::Numbers(numbers)) => {
            let names = blank.then(|| "blank".to_owned()).into_iter().chain(answers.iter().cloned());
            lines.extend(names.zip(numbers).map(|(name, number)| format!("  {name}: {number}")));
        }
        (Question::Lists { lists, .. }, Outcome::Lists(numbers)) => {
            let pairs = lists.iter().flatten().zip(numbers.iter().flatten());
            lines.extend(pairs.map(|(name, number)| format!("  {name}: {number}")));
        }
        (_, Outcome::Votes(votes)) => {
            lines.push(format!("  {} votes of numbers, as the archive lists them", votes.len()))
        }
        _ => {}
    }
    lines
}

/// Logs the result, if it is not there yet, and gives it.
pub(crate) fn result_now(held: &mut Held) -> Result<Vec<adil_belenios::Outcome>, HoldFailure> {
    if held.board.ledger.phase() != Phase::Finished {
        let step = {
            let board = &held.board;
            tallying::result(&board.ledger, &*board.polls, &Objects(&board.log))?
        };
        held.say(&[step.statement], &step.records)?;
    }
    held.board.outcomes()
}
