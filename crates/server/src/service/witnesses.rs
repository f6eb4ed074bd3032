//! Asking witnesses to cosign the logs (C2SP tlog-witness), as often as the logs grow and not more often than every few
//! seconds: what a witness has cosigned can no longer be replaced by another log for those who ask for its signature.
//!
//! Any process may ask; the row of a log and a witness says when it is due, and who moves that has the turn.

use std::sync::Arc;
use std::time::Duration;

use adil_log::policy::Known;
use adil_log::witness::{ADD_CHECKPOINT, Reply, Said, ask, read_reply};
use adil_log::{AddCheckpoint, VerifierKey};
use tokio::sync::{Semaphore, watch};

use super::logging::blocking;
use crate::board::WitnessState;
use crate::store::to_i64;
use crate::{App, ServerError, system};

/// How long it is between two looks for what is due.
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);
/// Seconds until a log that has grown is sent to the same witness again.
const SECONDS_BETWEEN: u64 = 10;
/// Seconds until a witness that did not cosign is asked again.
const SECONDS_AFTER_A_FAILURE: u64 = 60;
/// Seconds that one has for asking, until another process may.
const SECONDS_OF_A_TURN: u64 = 45;
/// Seconds that an answer may take.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// The most bytes of an answer.
const LONGEST_ANSWER: u64 = 256 << 10;
/// How many are asked at the same time.
const AT_ONCE: usize = 8;
/// How many logs are looked for at a time, for each witness.
const MOST_LOGS: i64 = 64;

/// Why a witness has said nothing.
enum Unsaid {
    /// The log's own fault.
    Fault(ServerError),
    /// It did not answer, or not as a witness does.
    Unanswered(String),
}

impl From<ServerError> for Unsaid {
    fn from(error: ServerError) -> Self {
        Self::Fault(error)
    }
}

impl App {
    /// The witnesses that are asked.
    fn asked_witnesses(&self) -> impl Iterator<Item = &Known> {
        let all = self.config.policy.iter().flat_map(|policy| policy.witnesses());
        all.filter(|witness| witness.url.is_some())
    }

    /// The logs that have grown since this witness cosigned them last, and are due.
    async fn logs_to_cosign(&self, key: &VerifierKey) -> Result<Vec<String>, ServerError> {
        let sql = "SELECT h.election FROM log_head h LEFT JOIN witness w ON w.election = h.election AND w.key = $1 \
                   WHERE w.key IS NULL OR (w.due <= $2 AND w.size < h.size) ORDER BY w.due, h.election LIMIT $3";
        let now = to_i64(system::seconds());
        let found = sqlx::query_scalar(sql).bind(key.to_string()).bind(now).bind(MOST_LOGS);
        Ok(found.fetch_all(&self.store.read).await?)
    }

    /// Takes the turn of asking a witness about a log: the entries that it has cosigned, or none where somebody else asks.
    async fn claim_witness(&self, uuid: &str, key: &VerifierKey) -> Result<Option<u64>, ServerError> {
        let now = system::seconds();
        let sql = "INSERT INTO witness (election, key, size, checkpoint, cosignature, state, due) \
                   VALUES ($1, $2, 0, '', '', 'unanswered', $3) \
                   ON CONFLICT (election, key) DO UPDATE SET due = $3 WHERE witness.due <= $4 RETURNING size";
        let size: Option<i64> = sqlx::query_scalar(sql)
            .bind(uuid)
            .bind(key.to_string())
            .bind(to_i64(now + SECONDS_OF_A_TURN))
            .bind(to_i64(now))
            .fetch_optional(&self.store.write)
            .await?;
        Ok(size.map(crate::store::to_u64))
    }

    /// Asks every witness about every log for which it is due. To be called every few seconds.
    ///
    /// # Errors
    /// The database fails. A witness that does not answer is no error: it is remembered, and shown.
    pub async fn ask_witnesses(&self) -> Result<(), ServerError> {
        let room = Arc::new(Semaphore::new(AT_ONCE));
        let mut asking = tokio::task::JoinSet::new();
        for witness in self.asked_witnesses() {
            for uuid in self.logs_to_cosign(&witness.key).await? {
                let (app, witness, room) = (self.clone(), witness.clone(), room.clone());
                asking.spawn(async move {
                    let _place = room.acquire().await;
                    let asked = app.ask_witness(&uuid, &witness).await;
                    if let Err(error) = asked {
                        let witness = witness.key.name().to_string();
                        tracing::error!(%error, election = uuid, witness, "a witness could not be asked");
                    }
                });
            }
        }
        while asking.join_next().await.is_some() {}
        Ok(())
    }

    async fn ask_witness(&self, uuid: &str, witness: &Known) -> Result<(), ServerError> {
        let Some(old) = self.claim_witness(uuid, &witness.key).await? else { return Ok(()) };
        let board = self.boards.open(uuid).await?;
        // The log may grow while the witness is asked: it is asked about one state.
        let (note, checkpoint) = {
            let state = board.read();
            (state.note.clone(), state.checkpoint.clone())
        };
        let size = checkpoint.size;
        let said = {
            let (board, witness, note) = (board.clone(), witness.clone(), note.clone());
            blocking(move || ask(old, size, |old| send(&witness, board.to_be_cosigned(old, &checkpoint, &note)?)))
                .await?
        };
        let (state, why) = match said {
            Ok(Said::Cosigned(lines)) => {
                let line = lines.first().ok_or_else(|| ServerError::Fault("a witness signed nothing".to_owned()))?;
                let due = system::seconds() + SECONDS_BETWEEN;
                return board.was_cosigned(&witness.key, (size, &note), line, due).await;
            }
            Ok(Said::Fork { seen }) => (WitnessState::Fork, format!("it has cosigned other {seen} entries")),
            Ok(Said::Behind { seen }) => (WitnessState::Behind, format!("it has cosigned {seen} entries of {size}")),
            Ok(Said::Refused { status, why }) => (WitnessState::Refused, format!("{status}: {why}")),
            Ok(Said::Unsteady) => (WitnessState::Unanswered, "it names another size every time".to_owned()),
            Err(Unsaid::Unanswered(why)) => (WitnessState::Unanswered, why),
            Err(Unsaid::Fault(error)) => return Err(error),
        };
        let name = witness.key.name().to_string();
        match state {
            WitnessState::Fork | WitnessState::Behind => {
                tracing::error!(election = uuid, witness = name, state = state.name(), why, "it has seen another log");
            }
            _ => tracing::warn!(election = uuid, witness = name, state = state.name(), why, "it did not cosign"),
        }
        board.was_not_cosigned(&witness.key, state, system::seconds() + SECONDS_AFTER_A_FAILURE).await
    }
}

/// Sends a request, and reads the answer.
fn send(witness: &Known, request: AddCheckpoint) -> Result<Reply, Unsaid> {
    let unanswered = |error: String| Unsaid::Unanswered(error);
    let url = witness.url.as_deref().unwrap_or_default();
    let (status, kind, body) = post(url, &request.to_string()).map_err(|error| unanswered(error.to_string()))?;
    let keys = std::slice::from_ref(&witness.key);
    read_reply(status, kind.as_deref(), &body, &request.note, keys).map_err(|error| unanswered(error.to_string()))
}

type Answer = (u16, Option<String>, Vec<u8>);

fn post(url: &str, body: &str) -> Result<Answer, ureq::Error> {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    let agent: ureq::Agent = config.timeout_global(Some(LONGEST_WAIT)).build().into();
    let mut response = agent.post(format!("{}/{ADD_CHECKPOINT}", url.trim_end_matches('/'))).send(body)?;
    let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok()).map(str::to_owned);
    let body = response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec()?;
    Ok((response.status().as_u16(), kind, body))
}

/// Asks witnesses as long as the server runs; one that knows none has nothing to do.
pub(crate) async fn keep_asking(app: App, mut stop: watch::Receiver<bool>) {
    if app.asked_witnesses().next().is_none() {
        return;
    }
    while tokio::time::timeout(BETWEEN_LOOKS, stop.wait_for(|stop| *stop)).await.is_err() {
        if let Err(error) = app.ask_witnesses().await {
            tracing::error!(%error, "the witnesses could not be asked");
        }
    }
}
