//! From the closing to the result: the organiser's statements, each of which follows from what is in the log.

use adil_election::ledger::Phase;
use adil_election::statement::{Content, Statement};
use adil_election::tallying;

use super::logging::Log;
use crate::{App, ServerError, system};

/// How often a closing is tried whose minute a ballot has overtaken.
const ATTEMPTS: usize = 5;

fn refused(error: impl std::fmt::Display) -> ServerError {
    ServerError::refused("counting", error)
}

impl App {
    /// Closes the voting and publishes the encrypted tally.
    ///
    /// # Errors
    /// Voting is not open.
    pub async fn close_voting(&self, uuid: &str) -> Result<(), ServerError> {
        let log = self.log(uuid).await?;
        for attempt in 1..=ATTEMPTS {
            let (phase, minute) = log.look(|seen| (seen.ledger.phase(), seen.ledger.minute())).await?;
            match phase {
                Phase::Open => {}
                Phase::Closed => break,
                _ => return Err(ServerError::refused("not-open", "voting is closed already")),
            }
            let statement = Statement::Close { uuid: uuid.to_owned(), minute: minute.max(system::minute()) };
            match self.say(uuid, &log, &statement, Vec::new()).await {
                Err(ServerError::Refused { code: "out-of-turn", .. }) if attempt < ATTEMPTS => {}
                said => {
                    said?;
                    break;
                }
            }
        }
        self.publish_tally(uuid).await
    }

    /// Publishes the encrypted tally, where voting is closed and it is not there yet.
    pub(super) async fn publish_tally(&self, uuid: &str) -> Result<(), ServerError> {
        let log = self.log(uuid).await?;
        let step = log.look(|seen| (seen.ledger.phase() == Phase::Closed).then(|| seen.tally())).await?;
        let Some(step) = step else { return Ok(()) };
        let step = step.map_err(refused)?;
        let said = self.say(uuid, &log, &step.statement, step.records).await;
        self.or_done_by_another(&log, said, |phase| phase >= Phase::Tallied).await
    }

    /// Takes in a shuffle of a trustee.
    pub(super) async fn add_shuffle(&self, uuid: &str, owner: u64, record: Vec<u8>) -> Result<(), ServerError> {
        let log = self.log(uuid).await?;
        let content = Content::of(&record);
        let step = log.look(move |seen| {
            let is_there = seen.ledger.shuffles.iter().any(|own| own.owner == owner && own.content == content);
            (!is_there).then(|| tallying::add_shuffle(seen.ledger, seen.polls, seen.contents, owner, record))
        });
        // What is there already was handed in by a request whose answer was lost.
        let Some(step) = step.await? else { return Ok(()) };
        let step = step.map_err(|error| match error {
            // Often another trustee has shuffled in the meantime.
            tallying::StepError::Tally(_) => ServerError::refused("shuffle", error),
            error => refused(error),
        })?;
        self.say(uuid, &log, &step.statement, step.records).await
    }

    /// Takes in a partial decryption of a trustee, and publishes the result if it was the last that was needed.
    pub(super) async fn add_decryption(&self, uuid: &str, owner: u64, record: Vec<u8>) -> Result<(), ServerError> {
        let log = self.log(uuid).await?;
        if log.progress().await?.lacks_shuffles() {
            return Err(ServerError::refused("too-few-shuffles", "not enough trustees have shuffled yet"));
        }
        let content = Content::of(&record);
        let step = log.look(move |seen| {
            let is_there = seen.ledger.decryptions.iter().any(|own| own.owner == owner && own.content == content);
            (!is_there).then(|| tallying::add_decryption(seen.ledger, seen.polls, seen.contents, owner, record))
        });
        if let Some(step) = step.await? {
            let step = step.map_err(refused)?;
            self.say(uuid, &log, &step.statement, step.records).await?;
        }
        let progress = log.progress().await?;
        if progress.is_enough && progress.phase == Phase::Decrypting {
            self.publish_result(uuid).await?;
        }
        Ok(())
    }

    /// Publishes the result, once enough trustees have decrypted; done by itself after the last of them.
    ///
    /// # Errors
    /// It is not time for it.
    pub async fn publish_result(&self, uuid: &str) -> Result<(), ServerError> {
        let log = self.log(uuid).await?;
        let step = log.look(|seen| {
            let is_there = seen.ledger.phase() == Phase::Finished;
            (!is_there).then(|| tallying::result(seen.ledger, seen.polls, seen.contents))
        });
        let Some(step) = step.await? else { return Ok(()) };
        let step = step.map_err(refused)?;
        let said = self.say(uuid, &log, &step.statement, step.records).await;
        self.or_done_by_another(&log, said, |phase| phase == Phase::Finished).await
    }

    /// Says something as the organiser of an election.
    async fn say(
        &self,
        uuid: &str,
        log: &Log,
        statement: &Statement,
        records: Vec<Vec<u8>>,
    ) -> Result<(), ServerError> {
        let row = self.election(uuid).await?;
        let draft =
            row.draft.ok_or_else(|| ServerError::Fault(format!("the election {uuid} has a log and no draft")))?;
        log.say(&self.keys_of(&draft)?.organiser, statement, records).await
    }

    /// Two processes may do the same thing at the same time: that the other one was first is no failure.
    async fn or_done_by_another(
        &self,
        log: &Log,
        said: Result<(), ServerError>,
        is_done: impl Fn(Phase) -> bool,
    ) -> Result<(), ServerError> {
        match said {
            Err(ServerError::Refused { code: "out-of-turn", .. }) if is_done(log.progress().await?.phase) => Ok(()),
            said => said,
        }
    }
}
