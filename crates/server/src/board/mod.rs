//! The log of each election: read from the database into memory, and appended to by one at a time.
//!
//! ```text
//! ballot ──► queue ──► proofs checked, many together ──► one change of the database ──► memory ──► "accepted"
//! ```
//!
//! What is committed in the database is the log; memory follows it. Any number of processes may serve one election:
//! whoever appends first claims the row of the log's head, reads what others have appended, and only then decides. A
//! log whose entries do not give the signed root is not served and not continued.

mod append;
mod contents;
mod files;
mod load;
mod queue;
mod receipt;
mod tree;
mod witnesses;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};

use adil_belenios::hold::Polls;
use adil_election::ledger::{Ledger, NotCounted};
use adil_log::{Checkpoint, Note, SigningKey};
use tokio::sync::{Semaphore, mpsc};

use crate::store::Dialect;
use crate::{ServerError, ServerSecret, Store};

pub(crate) use append::Append;
pub(crate) use contents::{Entries, Stored};
pub(crate) use queue::{BallotAnswer, Logged, credential_text};
use tree::Tree;
pub use witnesses::{WitnessState, WitnessView};

/// How old what is in memory may be, where other processes append too.
const FRESH: Duration = Duration::from_millis(300);

/// How long it is at least between two looks for what was asked for and is not in memory.
const BETWEEN_MISSES: Duration = Duration::from_millis(25);

/// How old what is counted from the ballots may be.
const COUNTED: Duration = Duration::from_secs(1);

/// Ballots that wait for their turn take at most this many kilobytes together.
const WAITING_KILOBYTES: usize = 65_536;

/// The boards that are in memory.
pub struct Boards {
    store: Store,
    secret: ServerSecret,
    open: Mutex<HashMap<String, Arc<Board>>>,
    /// One log is read at a time.
    loading: tokio::sync::Mutex<()>,
}

/// The log of one election.
pub(crate) struct Board {
    uuid: String,
    store: Store,
    secret: ServerSecret,
    key: SigningKey,
    polls: Arc<dyn Polls>,
    state: RwLock<State>,
    /// Whether memory is no longer what the database has; the log is read anew then.
    is_broken: AtomicBool,
    /// Whoever appends, or follows what others have appended.
    turn: tokio::sync::Mutex<()>,
    followed: Mutex<Instant>,
    counted: Mutex<Option<(Instant, Arc<CountedBallots>)>>,
    witnesses: Mutex<witnesses::KeptWitnesses>,
    ballots: mpsc::Sender<queue::Waiting>,
    room: Arc<Semaphore>,
}

/// What is known of the log.
pub(crate) struct State {
    /// Shared with those who look at it for longer.
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) tree: Tree,
    pub(crate) note: Note,
    pub(crate) checkpoint: Checkpoint,
}

/// Which ballots count.
pub(crate) struct CountedBallots {
    /// For every ballot why it does not count.
    pub(crate) not_counted: Vec<Option<NotCounted>>,
    /// The last ballots of their voters, in the order of the log.
    pub(crate) last: Vec<usize>,
    /// Ballots that are set aside.
    pub(crate) set_aside: u64,
}

/// What became of a ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Became {
    /// It is the one that counts.
    Counted,
    /// A later one under the same credential counts.
    Replaced,
    /// It is set aside, by a revocation where one is named.
    SetAside(Option<u64>),
    /// It lacks the acceptance that the election wants.
    Waiting,
}

impl CountedBallots {
    /// What became of the ballot of that number; one of this very second counts until the next.
    pub(crate) fn became(&self, number: usize) -> Became {
        match self.not_counted.get(number) {
            Some(Some(NotCounted::SetAside { revocation } | NotCounted::VotedBySpare { revocation })) => {
                Became::SetAside(Some(*revocation))
            }
            Some(Some(NotCounted::SpareOfNobody | NotCounted::Unlisted)) => Became::SetAside(None),
            Some(Some(NotCounted::NotAccepted)) => Became::Waiting,
            Some(None) if self.last.binary_search(&number).is_err() => Became::Replaced,
            Some(None) | None => Became::Counted,
        }
    }
}

impl Boards {
    /// None yet.
    pub fn new(store: Store, secret: ServerSecret) -> Self {
        Self { store, secret, open: Mutex::default(), loading: tokio::sync::Mutex::default() }
    }

    fn in_memory(&self, uuid: &str) -> Option<Arc<Board>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let board = open.get(uuid).cloned()?;
        if board.is_broken.load(Ordering::Acquire) {
            open.remove(uuid);
            return None;
        }
        Some(board)
    }

    /// The board of an election, not older than [`FRESH`].
    ///
    /// # Errors
    /// `NotFound` where voting has not been opened; the log in the database is not what its checkpoint says.
    pub(crate) async fn open(&self, uuid: &str) -> Result<Arc<Board>, ServerError> {
        let board = match self.in_memory(uuid) {
            Some(board) => board,
            None => {
                // Whoever asks for what is no log does not wait for logs that are being read.
                if !self.is_in_database(uuid).await? {
                    return Err(ServerError::NotFound);
                }
                let _one = self.loading.lock().await;
                match self.in_memory(uuid) {
                    Some(board) => board,
                    None => {
                        let board = Board::load(&self.store, &self.secret, uuid).await?;
                        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
                        open.entry(uuid.to_owned()).or_insert(board).clone()
                    }
                }
            }
        };
        match board.follow_others().await {
            Ok(()) => Ok(board),
            Err(error) => {
                // Another process has deleted the election.
                if matches!(error, ServerError::NotFound) {
                    self.let_go(uuid);
                }
                Err(error)
            }
        }
    }

    /// Lets go of a log that was deleted. Who works on it still does not get far: what is appended first claims its head.
    pub(crate) fn let_go(&self, uuid: &str) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(uuid);
    }

    /// Whether the log of an election has begun.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn has_begun(&self, uuid: &str) -> Result<bool, ServerError> {
        if self.in_memory(uuid).is_some() {
            // It may have been deleted since.
            return match self.open(uuid).await {
                Ok(_) => Ok(true),
                Err(ServerError::NotFound) => Ok(false),
                Err(error) => Err(error),
            };
        }
        self.is_in_database(uuid).await
    }

    async fn is_in_database(&self, uuid: &str) -> Result<bool, ServerError> {
        let found: Option<i64> = sqlx::query_scalar("SELECT size FROM log_head WHERE election = $1")
            .bind(uuid)
            .fetch_optional(&self.store.read)
            .await?;
        Ok(found.is_some())
    }
}

impl Board {
    /// What is known now. Not to be held across an `await`.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The election.
    pub(crate) fn polls(&self) -> &Arc<dyn Polls> {
        &self.polls
    }

    /// What the log names by digests; to be used where blocking is allowed.
    pub(crate) fn contents(&self) -> Stored {
        Stored::new(self.store.clone(), &self.uuid)
    }

    /// The first `size` entries; to be used where blocking is allowed.
    pub(crate) fn entries_of(&self, size: u64) -> Entries {
        Entries::new(self.store.clone(), &self.uuid, 0, size)
    }

    /// The election's identifier.
    pub(crate) fn uuid(&self) -> &str {
        &self.uuid
    }

    /// Reads what other processes have appended, where there may be others, for somebody who asks for what is not here:
    /// at once, but not more often than every few milliseconds, whoever asks.
    pub(crate) async fn follow_for_a_miss(&self) -> Result<(), ServerError> {
        if self.store.dialect() != Dialect::Postgres {
            return Ok(());
        }
        let age = self.followed.lock().unwrap_or_else(PoisonError::into_inner).elapsed();
        tokio::time::sleep(BETWEEN_MISSES.saturating_sub(age)).await;
        let is_still_old = self.followed.lock().unwrap_or_else(PoisonError::into_inner).elapsed() >= BETWEEN_MISSES;
        if is_still_old { self.follow().await } else { Ok(()) }
    }

    /// Reads what other processes have appended, where there may be others.
    async fn follow_others(&self) -> Result<(), ServerError> {
        let is_due = self.store.dialect() == Dialect::Postgres
            && self.followed.lock().unwrap_or_else(PoisonError::into_inner).elapsed() > FRESH;
        if is_due { self.follow().await } else { Ok(()) }
    }

    /// Which ballots count: of now, or of at most a second ago if that covers the entry `at_least`.
    pub(crate) fn counted(&self, at_least: u64) -> Arc<CountedBallots> {
        let mut kept = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.read();
        let ballots = state.ledger.ballots();
        if let Some((when, counted)) = &*kept {
            let covered = counted.not_counted.len();
            let covers = covered == ballots.len() || ballots.get(covered).is_some_and(|first| first.entry > at_least);
            if covers && when.elapsed() < COUNTED {
                return counted.clone();
            }
        }
        let not_counted = state.ledger.not_counted();
        let last = state.ledger.last_of_each(&not_counted).into_iter().collect();
        let is_set_aside = |why: &&Option<NotCounted>| {
            matches!(why, Some(NotCounted::SetAside { .. } | NotCounted::VotedBySpare { .. }))
        };
        let set_aside = not_counted.iter().filter(is_set_aside).count() as u64;
        let counted = Arc::new(CountedBallots { not_counted, last, set_aside });
        *kept = Some((Instant::now(), counted.clone()));
        counted
    }
}
