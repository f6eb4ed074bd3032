//! The ballots that wait: their proofs are checked many together while the ones before them are being committed.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Weak};

use adil_belenios::{Hash, digest};
use adil_election::polling::{Refusal, accepted, refusal};
use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use super::append::{Append, Decision};
use super::{Board, State};
use crate::service::Settings;
use crate::store::to_u64;
use crate::{ServerError, system};

/// Ballots whose proofs are checked together, at the most.
const CHECKED_TOGETHER: usize = 256;

/// Ballots that one change of the database logs, at the most.
const LOGGED_TOGETHER: usize = 1_024;

/// Batches of checked ballots that wait for the database.
const BATCHES: usize = 4;

/// A ballot that is in the log.
#[derive(Debug, Clone)]
pub(crate) struct Logged {
    /// The entry's number, from 0.
    pub(crate) entry: u64,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// The tracker.
    pub(crate) tracker: String,
}

/// What became of a ballot that was handed in.
#[derive(Debug, Clone)]
pub(crate) enum BallotAnswer {
    /// It is in the log, durably.
    Logged(Logged),
    /// It was not taken.
    Refused(Refusal),
    /// It could not be logged; whether it is in the log shows when the log is read next.
    Failed(String),
}

/// A ballot that waits.
pub(super) struct Waiting {
    ballot: Bytes,
    /// The public credential that it names.
    credential: String,
    /// When it came, in seconds since 1970.
    came: u64,
    answer: oneshot::Sender<BallotAnswer>,
    /// The room that it takes up.
    _room: OwnedSemaphorePermit,
}

impl Board {
    /// Hands a ballot in; returns when it is logged or refused.
    ///
    /// # Errors
    /// So many ballots wait that this one should come again later, or the server is ending.
    pub(crate) async fn cast(&self, ballot: Bytes, credential: String) -> Result<BallotAnswer, ServerError> {
        if let Some(refusal) = refusal(&self.read().ledger, &ballot) {
            return Ok(BallotAnswer::Refused(refusal));
        }
        let kilobytes = u32::try_from(ballot.len().div_ceil(1024)).unwrap_or(u32::MAX);
        let busy = || ServerError::TooMany { seconds: 2 };
        let room = self.room.clone().try_acquire_many_owned(kilobytes).map_err(|_| busy())?;
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting { ballot, credential, came: system::seconds(), answer, _room: room };
        self.ballots.try_send(waiting).map_err(|_| busy())?;
        answered.await.map_err(|_| ServerError::Unavailable("the server is ending".to_owned()))
    }
}

/// Starts the two tasks of a board. They end when the board is no longer held.
pub(super) fn start(board: &Arc<Board>, waiting: mpsc::Receiver<Waiting>) {
    let (checked, to_log) = mpsc::channel(BATCHES);
    tokio::spawn(check_proofs(Arc::downgrade(board), waiting, checked));
    tokio::spawn(log_batches(Arc::downgrade(board), to_log));
}

async fn check_proofs(board: Weak<Board>, mut waiting: mpsc::Receiver<Waiting>, checked: mpsc::Sender<Vec<Waiting>>) {
    while let Some(first) = waiting.recv().await {
        let mut batch = vec![first];
        while batch.len() < CHECKED_TOGETHER
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
        let Some(polls) = board.upgrade().map(|board| board.polls.clone()) else { return };
        let check = move || {
            let ballots: Vec<&[u8]> = batch.iter().map(|waiting| waiting.ballot.as_ref()).collect();
            let verdicts = polls.check(&ballots);
            let mut sound = Vec::with_capacity(batch.len());
            for (waiting, verdict) in batch.into_iter().zip(verdicts) {
                match verdict {
                    Ok(_) => sound.push(waiting),
                    Err(faults) => answer(waiting, BallotAnswer::Refused(Refusal::Unsound(faults))),
                }
            }
            sound
        };
        match tokio::task::spawn_blocking(check).await {
            Ok(sound) if sound.is_empty() => {}
            Ok(sound) => {
                if checked.send(sound).await.is_err() {
                    return;
                }
            }
            Err(error) => tracing::error!(%error, "checking ballots ended without an answer"),
        }
    }
}

async fn log_batches(board: Weak<Board>, mut checked: mpsc::Receiver<Vec<Waiting>>) {
    while let Some(mut batch) = checked.recv().await {
        while batch.len() < LOGGED_TOGETHER
            && let Ok(next) = checked.try_recv()
        {
            batch.extend(next);
        }
        let Some(board) = board.upgrade() else { return };
        log_batch(&board, batch).await;
    }
}

/// What was decided about the ballots of a batch.
#[derive(Default)]
struct Decided {
    refused: HashMap<usize, Refusal>,
    /// The trackers of those that are taken, with their places in the batch.
    taken: Vec<(usize, String)>,
}

impl Board {
    /// The announced end of a voting that closes by itself: what comes from then on is late, also where the closing has not
    /// been logged yet.
    async fn closes(&self) -> Result<Option<u64>, ServerError> {
        let found: Option<(String, Option<i64>)> =
            sqlx::query_as("SELECT settings, closes FROM election WHERE uuid = $1")
                .bind(&self.uuid)
                .fetch_optional(&self.store.read)
                .await?;
        let Some((settings, Some(closes))) = found else { return Ok(None) };
        let broken = |error| ServerError::Fault(format!("election {} in the database: {error}", self.uuid));
        let settings: Settings = serde_json::from_str(&settings).map_err(broken)?;
        Ok(settings.closes_itself.then(|| to_u64(closes)))
    }
}

fn decide(state: &State, batch: &[Waiting], closes: Option<u64>, decided: &mut Decided) -> Decision {
    let mut seen: HashSet<Hash> = HashSet::new();
    let mut decision = Decision::default();
    for (place, waiting) in batch.iter().enumerate() {
        let again = || (!seen.insert(digest(&waiting.ballot))).then_some(Refusal::Again);
        let late = || closes.is_some_and(|closes| waiting.came >= closes).then_some(Refusal::NotOpen);
        if let Some(refusal) = refusal(&state.ledger, &waiting.ballot).or_else(late).or_else(again) {
            decided.refused.insert(place, refusal);
            continue;
        }
        let new = accepted(&state.ledger, &waiting.ballot, system::minute());
        let objects = if new.is_object { vec![waiting.ballot.to_vec()] } else { Vec::new() };
        decision.entries.push(Append { entry: new.entry, objects });
        decision.ballots.push((waiting.credential.clone(), new.tracker.clone()));
        decided.taken.push((place, new.tracker));
    }
    decision
}

async fn log_batch(board: &Board, batch: Vec<Waiting>) {
    let mut decided = Decided::default();
    let committed = match board.closes().await {
        Ok(closes) => board.commit(|state| Ok(decide(state, &batch, closes, &mut decided))).await,
        Err(error) => Err(error),
    };
    let failed = committed.as_ref().err().map(ToString::to_string);
    if let Some(error) = &failed {
        tracing::error!(%error, ballots = batch.len(), "ballots could not be logged");
    }
    let mut logged: HashMap<usize, Logged> = HashMap::new();
    if let Ok((first, entries)) = committed {
        for ((entry, (place, tracker)), new) in (first..).zip(decided.taken).zip(entries) {
            logged.insert(place, Logged { entry, bytes: new.entry, tracker });
        }
    }
    for (place, waiting) in batch.into_iter().enumerate() {
        let became = match (decided.refused.remove(&place), logged.remove(&place), &failed) {
            (Some(refusal), ..) => BallotAnswer::Refused(refusal),
            (None, Some(logged), _) => BallotAnswer::Logged(logged),
            (None, None, error) => BallotAnswer::Failed(error.clone().unwrap_or_default()),
        };
        answer(waiting, became);
    }
}

/// Tells whoever waits; who has left is told nothing, and the ballot stays logged.
fn answer(waiting: Waiting, became: BallotAnswer) {
    let _ = waiting.answer.send(became);
}

/// The text of the credential that a ballot names.
pub(crate) fn credential_text(ballot: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Named {
        credential: String,
    }
    serde_json::from_slice::<Named>(ballot).ok().map(|named| named.credential)
}
