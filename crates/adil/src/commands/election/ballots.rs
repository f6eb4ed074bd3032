//! `adil election cast` and `accept`: ballots into the log, and the voting server's word for them.

use adil_election::polling::{self, Refusal};
use adil_election::statement::Statement;

use super::arguments::{Accept, Cast};
use super::receipt;
use crate::hold::organiser::{Held, Organiser, note_bytes};
use crate::hold::told::Told;
use crate::hold::{HoldFailure, clock, files};

/// A ballot that is in the log.
pub(crate) struct Logged {
    /// Its entry.
    pub(crate) index: u64,
    /// Its tracker.
    pub(crate) tracker: String,
    /// The entry's bytes.
    pub(crate) entry: Vec<u8>,
}

/// Takes ballots into the log, those that may be, in one commitment.
pub(crate) fn take(
    held: &mut Held,
    ballots: &[&[u8]],
    minute: u64,
) -> Result<Vec<Result<Logged, Refusal>>, HoldFailure> {
    let decided = polling::accept(&*held.board.polls, &held.board.ledger, ballots, minute);
    let (mut entries, mut records) = (Vec::new(), Vec::new());
    for (ballot, accepted) in ballots.iter().zip(&decided) {
        if let Ok(accepted) = accepted {
            entries.push(accepted.entry.clone());
            records.extend(accepted.is_object.then_some(*ballot));
        }
    }
    if entries.is_empty() {
        return Ok(decided.into_iter().filter_map(|accepted| accepted.err().map(Err)).collect());
    }
    let first = held.log_ballots(&entries, &records)?;
    let mut next = first..;
    let logged = |accepted: Result<polling::Accepted, Refusal>| {
        accepted.map(|accepted| Logged {
            index: next.next().unwrap_or_default(),
            tracker: accepted.tracker,
            entry: accepted.entry,
        })
    };
    Ok(decided.into_iter().map(logged).collect())
}

pub(super) fn cast(arguments: &Cast) -> Result<Told, HoldFailure> {
    let organiser = Organiser::open(&arguments.folder)?;
    let mut held = organiser.board()?;
    let mut ballots = Vec::new();
    for path in &arguments.ballots {
        let mut bytes = files::read(path)?;
        // Other programs end the file with a line's end, which is no part of the ballot.
        while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            bytes.pop();
        }
        ballots.push(bytes);
    }
    let bytes: Vec<&[u8]> = ballots.iter().map(Vec::as_slice).collect();
    let decided = take(&mut held, &bytes, clock::seconds() / 60)?;
    let (mut told, mut refused, mut first) = (Told::default(), 0, None);
    let mut unsaved = None;
    for (path, cast) in arguments.ballots.iter().zip(&decided) {
        match cast {
            Ok(cast) => {
                told =
                    told.and(format!("{}: entry {} of the log, tracker {}", path.display(), cast.index, cast.tracker));
                if let Some(folder) = arguments.receipts.as_ref().filter(|_| unsaved.is_none()) {
                    match receipt::save(&held.board, folder, cast) {
                        Ok(saved) => told = told.and(format!("  receipt: {}", saved.display())),
                        Err(failed) => unsaved = Some(failed),
                    }
                }
            }
            Err(refusal) => {
                refused += 1;
                first.get_or_insert(format!("{}: {refusal}", path.display()));
            }
        }
    }
    let refused = first.map(|first| HoldFailure::Refused { refused, ballots: decided.len(), first });
    match refused.or(unsaved) {
        Some(failed) => {
            told.tell().map_err(|error| HoldFailure::Order(error.to_string()))?;
            Err(failed)
        }
        None => Ok(told.next("Hand each voter the tracker, or the receipt")),
    }
}

pub(super) fn accept(arguments: &Accept) -> Result<Told, HoldFailure> {
    let organiser = Organiser::open(&arguments.folder)?;
    let mut held = organiser.board()?;
    let key = held.keys.acceptance.as_ref().ok_or_else(|| {
        HoldFailure::Order("this election does not ask for a second factor (second_factor in its plan)".to_owned())
    })?;
    let uuid = held.board.polls.election().uuid.clone();
    let mut entries = Vec::new();
    for tracker in &arguments.trackers {
        let known = adil_belenios::of_base64(tracker).and_then(|hash| held.board.ledger.ballot(&hash));
        match known {
            None => return Err(HoldFailure::Input(format!("{tracker}: no ballot of that tracker is in the log"))),
            Some(ballot) if ballot.accepted => {
                return Err(HoldFailure::Input(format!("{tracker}: the ballot was accepted before")));
            }
            Some(_) => {}
        }
        let statement = Statement::Acceptance { uuid: uuid.clone(), tracker: tracker.clone() };
        entries.push(note_bytes(&statement.signed(&[key])?));
    }
    let first = held.log_statements(&entries, &[])?;
    Ok(Told::done(format!("{} ballots are accepted, from entry {first} of the log on.", entries.len())))
}
