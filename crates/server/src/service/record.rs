//! The record of an election: the files of its log, its trackers, its result with every round of the counting.

use std::sync::Arc;

use adil_belenios::{Election, Outcome, base64};
use adil_election::{QuestionCount, count_questions, tallying};
use bytes::Bytes;

use super::BallotState;
use crate::{App, ServerError};

/// A ballot as the list of trackers has it.
#[derive(Debug, Clone)]
pub struct TrackerRow {
    /// The tracker.
    pub tracker: String,
    /// The entry of the log.
    pub entry: u64,
    /// The minute since 1970.
    pub minute: u64,
    /// What became of it.
    pub state: BallotState,
}

/// Some of the trackers.
#[derive(Debug, Clone, Default)]
pub struct Trackers {
    /// How many there are.
    pub total: usize,
    /// Those that were asked for, in the order of the log.
    pub rows: Vec<TrackerRow>,
}

/// A result, as it was published, and what its questions come to.
#[derive(Debug, Clone)]
pub struct CountedResult {
    /// The election.
    pub election: Election,
    /// The published result of each question.
    pub outcomes: Vec<Outcome>,
    /// The counts of those questions that have a method.
    pub counts: Vec<QuestionCount>,
}

impl App {
    /// A file of an election's log, by its path below the log's folder, and whether it never changes.
    ///
    /// # Errors
    /// There is none.
    pub async fn log_file(&self, uuid: &str, path: &str) -> Result<(Bytes, bool), ServerError> {
        let file = self.boards.open(uuid).await?.file(path).await?;
        Ok((file.bytes, file.is_final))
    }

    /// The digests of everything that the log names by a digest.
    ///
    /// # Errors
    /// Voting has not been opened.
    pub async fn log_objects(&self, uuid: &str) -> Result<Vec<String>, ServerError> {
        self.boards.open(uuid).await?.objects().await
    }

    /// At most `count` trackers from number `from` on, in the order of the log.
    ///
    /// # Errors
    /// Voting has not been opened.
    pub async fn tracker_rows(&self, uuid: &str, from: usize, count: usize) -> Result<Trackers, ServerError> {
        let board = self.boards.open(uuid).await?;
        let counted = board.counted(0);
        let state = board.read();
        let ballots = state.ledger.ballots();
        let rows = ballots.iter().enumerate().skip(from).take(count).map(|(number, ballot)| TrackerRow {
            tracker: base64(&ballot.hash),
            entry: ballot.entry,
            minute: ballot.minute,
            state: counted.became(number).into(),
        });
        Ok(Trackers { total: ballots.len(), rows: rows.collect() })
    }

    /// The result with every round of its counting.
    ///
    /// # Errors
    /// `NotFound` where there is none yet.
    pub async fn counted_result(&self, uuid: &str) -> Result<Arc<CountedResult>, ServerError> {
        // What is kept of an election that was deleted is not shown.
        let board = self.boards.open(uuid).await?;
        let make = async {
            let work = tokio::task::spawn_blocking(move || {
                let ledger = board.read().ledger.clone();
                let Some(result) = &ledger.result else { return Err(ServerError::NotFound) };
                let contents = board.contents();
                let broken = |what: String| ServerError::Fault(format!("the published result: {what}"));
                let record = adil_election::ledger::Contents::content(&contents, result)
                    .map_err(|error| broken(error.to_string()))?
                    .ok_or_else(|| broken("its record is missing".to_owned()))?;
                let (tally, shuffles) =
                    tallying::so_far(&ledger, &contents).map_err(|error| broken(error.to_string()))?;
                let polls = board.polls();
                let outcomes = polls.outcomes(&tally, &shuffles, &record).map_err(|error| broken(error.to_string()))?;
                let election = polls.election().clone();
                let declared = ledger.setup.as_ref().map(|setup| setup.counting.clone()).unwrap_or_default();
                let counts = count_questions(&election, &outcomes, &declared);
                Ok(Arc::new(CountedResult { election, outcomes, counts }))
            });
            work.await.map_err(|error| ServerError::Fault(error.to_string()))?
        };
        self.results.get(uuid, make).await
    }
}
