//! The one place where services meet the log: looking at what it says, and saying something in it.

use adil_belenios::hold::Polls;
use adil_election::ledger::{Ledger, Phase};
use adil_election::messages::Draft;
use adil_election::statement::Statement;
use adil_election::tallying::{self, Step, StepError};
use adil_log::{Note, SigningKey};

use super::Stage;
use crate::board::{Append, Board, Stored};
use crate::{App, ServerError};

/// Does work that takes long, or waits for the disk, where nobody else is held up by it.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServerError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| ServerError::Fault(format!("work that ended without an answer: {error}")))
}

/// The bytes of an entry, with the records that it names.
pub(super) type Entry = (Vec<u8>, Vec<Vec<u8>>);

/// The log of an election.
#[derive(Clone)]
pub(super) struct Log(std::sync::Arc<Board>);

/// What the log says at a moment; only on threads that may block.
pub(super) struct Seen<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) polls: &'a dyn Polls,
    pub(super) contents: &'a Stored,
    board: &'a Board,
}

impl Seen<'_> {
    /// The encrypted tally.
    pub(super) fn tally(&self) -> Result<Step, StepError> {
        tallying::tally(self.ledger, self.polls, &mut self.board.entries_of(self.ledger.size()), self.contents)
    }

    /// How far the counting is.
    fn progress(&self) -> Progress {
        let decrypted = tallying::decrypted_by(self.ledger);
        Progress {
            phase: self.ledger.phase(),
            shuffles_needed: shuffles_needed(self.polls),
            shuffled: self.ledger.shuffles.iter().map(|shuffle| shuffle.owner).collect(),
            is_enough: self.polls.are_enough(&decrypted),
            decrypted,
        }
    }
}

/// How many shuffles there are to be: by as many trustees as are needed to decrypt, where anything is shuffled at all.
/// Votes are secret as long as one of those who shuffle keeps the order to herself.
pub(super) fn shuffles_needed(polls: &dyn Polls) -> usize {
    let needed = polls.election().needs_shuffles();
    if needed { usize::try_from(polls.decryptions_needed()).unwrap_or(usize::MAX) } else { 0 }
}

/// How far the counting is.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    pub(super) phase: Phase,
    pub(super) shuffles_needed: usize,
    /// Who has shuffled, and who has decrypted.
    pub(super) shuffled: Vec<u64>,
    pub(super) decrypted: Vec<u64>,
    /// Whether those who have decrypted are enough.
    pub(super) is_enough: bool,
}

impl Progress {
    /// The stage.
    pub(super) fn stage(&self) -> Stage {
        Stage::of(self.phase, self.shuffles_needed, self.shuffled.len())
    }

    /// Whether further shuffles come before the decryption.
    pub(super) fn lacks_shuffles(&self) -> bool {
        self.shuffled.len() < self.shuffles_needed
    }
}

impl Log {
    /// Looks at the log; what is done meanwhile may take long.
    pub(super) async fn look<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Seen<'_>) -> T + Send + 'static,
    ) -> Result<T, ServerError> {
        let board = self.0.clone();
        blocking(move || {
            // Nobody who wants to write waits for what is done here.
            let ledger = board.read().ledger.clone();
            let contents = board.contents();
            let seen = Seen { ledger: &ledger, polls: board.polls().as_ref(), contents: &contents, board: &board };
            work(&seen)
        })
        .await
    }

    /// Logs entries with the records that they name, if the log keeps its rules with them; their numbers.
    pub(super) async fn append(&self, entries: Vec<Entry>) -> Result<Vec<u64>, ServerError> {
        self.0.append(entries.into_iter().map(|(entry, objects)| Append { entry, objects }).collect()).await
    }

    /// Logs a statement of the organiser.
    pub(super) async fn say(
        &self,
        key: &SigningKey,
        statement: &Statement,
        records: Vec<Vec<u8>>,
    ) -> Result<(), ServerError> {
        let note = statement.signed(&[key]).map_err(|error| ServerError::refused("statement", error))?;
        self.append(vec![(bytes(&note), records)]).await.map(|_| ())
    }

    /// How far the counting is.
    pub(super) async fn progress(&self) -> Result<Progress, ServerError> {
        self.look(|seen| seen.progress()).await
    }
}

/// The bytes of a note.
pub(super) fn bytes(note: &Note) -> Vec<u8> {
    note.to_string().into_bytes()
}

impl App {
    /// Whether voting has been opened.
    pub(super) async fn has_log(&self, uuid: &str) -> Result<bool, ServerError> {
        self.boards.has_begun(uuid).await
    }

    /// The log of an election.
    ///
    /// # Errors
    /// `not-open` where voting has not been opened.
    pub(super) async fn log(&self, uuid: &str) -> Result<Log, ServerError> {
        match self.boards.open(uuid).await {
            Err(ServerError::NotFound) => {
                self.election(uuid).await?;
                Err(ServerError::refused("not-open", "voting has not been opened yet"))
            }
            opened => Ok(Log(opened?)),
        }
    }

    /// Begins the log.
    pub(super) async fn begin_log(
        &self,
        draft: &Draft,
        notes: Vec<Note>,
        records: Vec<Vec<u8>>,
    ) -> Result<(), ServerError> {
        // The records are named by the first entry, the setup, and by the second, the authority's statement.
        let mut records = Some(records);
        let entries = notes.iter().map(|note| Append::note(note, records.take().unwrap_or_default())).collect();
        self.boards.create(&draft.uuid, draft, entries).await.map(|_| ())
    }

    /// How far the counting is; `None` where voting has not been opened.
    pub(super) async fn progress(&self, uuid: &str) -> Result<Option<Progress>, ServerError> {
        match self.has_log(uuid).await? {
            true => self.log(uuid).await?.progress().await.map(Some),
            false => Ok(None),
        }
    }
}
