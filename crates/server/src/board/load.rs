//! Reading a log from the database, whole or what was appended since: against its signed checkpoint.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;

use adil_belenios::hold::{Polls, polls};
use adil_election::entry::{Entry, LoggedBallot};
use adil_election::ledger::{Contents, Ledger};
use adil_log::{Checkpoint, Frontier, Note, SigningKey, leaf_hash};
use tokio::sync::{Semaphore, mpsc};

use super::contents::{Entries, Stored, WithNew};
use super::tree::Tree;
use super::{Board, State, WAITING_KILOBYTES, queue};
use crate::store::to_u64;
use crate::{ServerError, ServerSecret, Store};

/// The head of a log as the database has it.
pub(super) struct Head {
    pub(super) size: u64,
    pub(super) checkpoint: String,
}

/// The head that a query found.
pub(super) fn head_of((size, checkpoint): (i64, String)) -> Head {
    Head { size: to_u64(size), checkpoint }
}

/// The head's columns.
pub(super) const HEAD: &str = "SELECT size, checkpoint FROM log_head WHERE election = $1";

/// What does not fit: it was changed by somebody who does not hold the keys, or lost.
fn broken(uuid: &str, what: impl std::fmt::Display) -> ServerError {
    ServerError::Fault(format!("the log of {uuid} in the database is not what its checkpoint says: {what}"))
}

/// The checkpoint of a note, if the log's own key has signed it.
fn signed_checkpoint(uuid: &str, text: &str, key: &SigningKey) -> Result<(Note, Checkpoint), ServerError> {
    let note = Note::parse(text.as_bytes()).map_err(|error| broken(uuid, error))?;
    let (checkpoint, _) =
        Checkpoint::signed(&note, std::slice::from_ref(key.verifier())).map_err(|error| broken(uuid, error))?;
    Ok((note, checkpoint))
}

impl Board {
    /// Reads a log. Its tasks end with the last handle of the board.
    pub(super) async fn load(store: &Store, secret: &ServerSecret, uuid: &str) -> Result<Arc<Self>, ServerError> {
        let row: Option<(i64, String)> = sqlx::query_as(HEAD).bind(uuid).fetch_optional(&store.read).await?;
        let head = head_of(row.ok_or(ServerError::NotFound)?);
        let note = Note::parse(head.checkpoint.as_bytes()).map_err(|error| broken(uuid, error))?;
        let origin = Checkpoint::of(&note).map_err(|error| broken(uuid, error))?.origin;
        let key = secret.election(uuid, &origin)?.log;
        let (entries, stored) = (Entries::new(store.clone(), uuid, 0, head.size), Stored::new(store.clone(), uuid));
        let (state, polls, key) = {
            let uuid = uuid.to_owned();
            let read = move || -> Result<_, ServerError> {
                let (note, checkpoint) = signed_checkpoint(&uuid, &head.checkpoint, &key)?;
                let mut state = State { ledger: Arc::default(), tree: Tree::default(), note, checkpoint };
                absorb(&uuid, &mut state, entries, &stored)?;
                let polls = polls_of(&uuid, &state.ledger, &stored)?;
                Ok((state, polls, key))
            };
            tokio::task::spawn_blocking(read).await.map_err(|error| ServerError::Fault(error.to_string()))??
        };
        let (ballots, waiting) = mpsc::channel(16_384);
        let board = Arc::new(Self {
            uuid: uuid.to_owned(),
            store: store.clone(),
            secret: secret.clone(),
            key,
            polls,
            state: RwLock::new(state),
            is_broken: AtomicBool::new(false),
            turn: tokio::sync::Mutex::default(),
            followed: Mutex::new(Instant::now()),
            counted: Mutex::default(),
            witnesses: Mutex::default(),
            ballots,
            room: Arc::new(Semaphore::new(WAITING_KILOBYTES)),
        });
        queue::start(&board, waiting);
        Ok(board)
    }

    /// Reads what others have appended since.
    ///
    /// # Errors
    /// The database fails, or what is in it does not continue what was there.
    pub(crate) async fn follow(&self) -> Result<(), ServerError> {
        let _turn = self.turn.lock().await;
        let row: Option<(i64, String)> = sqlx::query_as(HEAD).bind(&self.uuid).fetch_optional(&self.store.read).await?;
        self.catch_up(&head_of(row.ok_or(ServerError::NotFound)?)).await
    }

    /// Brings memory to what the database has committed. The caller has the turn.
    pub(super) async fn catch_up(&self, head: &Head) -> Result<(), ServerError> {
        let (size, is_same) = {
            let state = self.read();
            (state.checkpoint.size, state.note.to_string() == head.checkpoint)
        };
        if !is_same {
            if head.size < size {
                return Err(broken(&self.uuid, format_args!("it had {size} entries, and has {}", head.size)));
            }
            let (note, checkpoint) = signed_checkpoint(&self.uuid, &head.checkpoint, &self.key)?;
            let entries = super::contents::entries(&self.store, &self.uuid, size, head.size).await?;
            let stored = self.contents();
            // What ballots name is in their entries; statements name what is read from the database, and nobody must wait
            // for that: they go into a copy.
            let taken = tokio::task::block_in_place(|| -> Result<(), ServerError> {
                let mut edge = self.read().tree.frontier().map_err(|error| broken(&self.uuid, error))?;
                for entry in &entries {
                    edge.push(leaf_hash(entry)).map_err(|error| broken(&self.uuid, error))?;
                }
                if (edge.size(), edge.root()) != (checkpoint.size, checkpoint.root) {
                    return Err(broken(&self.uuid, "its entries do not continue it to the root that it states"));
                }
                if entries.iter().all(|entry| is_ballot_inside(entry)) {
                    let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
                    (state.note, state.checkpoint) = (note, checkpoint);
                    return absorb(&self.uuid, &mut state, entries.into_iter().map(Ok), &WithNew::none());
                }
                let (ledger, tree) = {
                    let state = self.read();
                    (state.ledger.clone(), state.tree.clone())
                };
                let mut next = State { ledger, tree, note, checkpoint };
                absorb(&self.uuid, &mut next, entries.into_iter().map(Ok), &stored)?;
                *self.state.write().unwrap_or_else(PoisonError::into_inner) = next;
                Ok(())
            });
            if let Err(error) = taken {
                self.is_broken.store(true, Ordering::Release);
                return Err(error);
            }
        }
        *self.followed.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        Ok(())
    }
}

/// Whether an entry is a ballot with all its bytes in it.
fn is_ballot_inside(entry: &[u8]) -> bool {
    matches!(Entry::parse(entry), Ok(Entry::Ballot { ballot: LoggedBallot::Inline(_), .. }))
}

/// Absorbs entries into a state whose checkpoint is the one that must come out.
fn absorb(
    uuid: &str,
    state: &mut State,
    entries: impl Iterator<Item = std::io::Result<Vec<u8>>>,
    contents: &dyn Contents,
) -> Result<(), ServerError> {
    let faults = state.ledger.fault_count();
    let ledger = Arc::make_mut(&mut state.ledger);
    let failed = |error: std::io::Error| ServerError::Unavailable(format!("the log of {uuid}: {error}"));
    for entry in entries {
        let entry = entry.map_err(failed)?;
        state.tree.push(leaf_hash(&entry));
        ledger.absorb(&entry, contents).map_err(failed)?;
    }
    let edge: Frontier = state.tree.frontier().map_err(|error| broken(uuid, error))?;
    if (edge.size(), edge.root()) != (state.checkpoint.size, state.checkpoint.root) {
        return Err(broken(uuid, "its entries give another root"));
    }
    if state.ledger.fault_count() > faults {
        let first = state
            .ledger
            .faults()
            .last()
            .map_or(String::new(), |fault| format!("rule {}, {}", fault.rule.code(), fault.found));
        return Err(broken(uuid, first));
    }
    Ok(())
}

fn polls_of(uuid: &str, ledger: &Ledger, stored: &Stored) -> Result<Arc<dyn Polls>, ServerError> {
    let setup = ledger.setup.as_ref().ok_or_else(|| broken(uuid, "it has no setup"))?;
    let read = |content| -> Result<Vec<u8>, ServerError> {
        let found = stored.content(content).map_err(|error| ServerError::Unavailable(error.to_string()))?;
        found.ok_or_else(|| broken(uuid, "a record of the setup is missing"))
    };
    let (election, trustees, credentials) = (read(&setup.election)?, read(&setup.trustees)?, read(&setup.credentials)?);
    polls(&election, &trustees, &credentials, None).map(Arc::from).map_err(|error| broken(uuid, error))
}
