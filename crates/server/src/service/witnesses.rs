//! Asking witnesses to cosign the logs (C2SP tlog-witness), as often as the logs grow and not more often than every few
//! seconds: what a witness has cosigned can no longer be replaced by another log for those who ask for its signature.
//!
//! Any process may ask; the row of a log and a witness says when it is due, and who moves that has the turn.

use std::sync::Arc;
use std::time::Duration;

use adil_log::policy::Known;
use adil_log::witness::{ADD_CHECKPOINT, Reply, read_reply};
use adil_log::{AddCheckpoint, Checkpoint, VerifierKey};
use tokio::sync::{Semaphore, watch};

use super::logging::blocking;
use crate::board::{Board, WitnessState};
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

/// What a witness said in the end.
enum Said {
    Cosigned { size: u64, sent: AddCheckpoint, line: adil_log::SignatureLine },
    Not(WitnessState, String),
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
        let said = {
            let (board, witness) = (board.clone(), witness.clone());
            blocking(move || ask(&board, &witness, old)).await??
        };
        let now = system::seconds();
        let name = witness.key.name().to_string();
        match said {
            Said::Cosigned { size, sent, line } => {
                board.was_cosigned(&witness.key, (size, &sent.note), &line, now + SECONDS_BETWEEN).await
            }
            Said::Not(state, why) => {
                match state {
                    WitnessState::Fork | WitnessState::Behind => {
                        tracing::error!(
                            election = uuid,
                            witness = name,
                            state = state.name(),
                            why,
                            "a witness has seen another log"
                        );
                    }
                    _ => tracing::warn!(
                        election = uuid,
                        witness = name,
                        state = state.name(),
                        why,
                        "a witness did not cosign"
                    ),
                }
                board.was_not_cosigned(&witness.key, state, now + SECONDS_AFTER_A_FAILURE).await
            }
        }
    }
}

/// Asks with what the witness is known to have cosigned, and then with what it says that it has.
fn ask(board: &Board, witness: &Known, known: u64) -> Result<Said, ServerError> {
    let mut old = known;
    for _ in 0..3 {
        let sent = board.to_be_cosigned(old)?;
        let size = Checkpoint::of(&sent.note).map_err(|error| ServerError::Fault(error.to_string()))?.size;
        let (status, kind, body) = match post(witness.url.as_deref().unwrap_or_default(), &sent.to_string()) {
            Ok(answer) => answer,
            Err(error) => return Ok(Said::Not(WitnessState::Unanswered, error.to_string())),
        };
        let keys = std::slice::from_ref(&witness.key);
        let reply = match read_reply(status, kind.as_deref(), &body, &sent.note, keys) {
            Ok(reply) => reply,
            Err(error) => return Ok(Said::Not(WitnessState::Unanswered, error.to_string())),
        };
        match reply {
            Reply::Cosigned(lines) => {
                let line = lines.into_iter().next();
                let nothing = || ServerError::Fault("an answer of a witness without a line was taken".to_owned());
                return Ok(Said::Cosigned { size, sent, line: line.ok_or_else(nothing)? });
            }
            Reply::Conflict { size: seen } if seen == old => {
                return Ok(Said::Not(WitnessState::Fork, format!("it has cosigned other {seen} entries")));
            }
            Reply::Conflict { size: seen } if seen > size => {
                return Ok(Said::Not(WitnessState::Behind, format!("it has cosigned {seen} entries of {size}")));
            }
            Reply::Conflict { size: seen } => old = seen,
            // The proof was verified against the log's own root: it is the witness's root that it does not fit.
            Reply::Refused { status: 422, .. } => {
                return Ok(Said::Not(WitnessState::Fork, format!("it has cosigned other {old} entries")));
            }
            Reply::Refused { status, why } => return Ok(Said::Not(WitnessState::Refused, format!("{status}: {why}"))),
        }
    }
    Ok(Said::Not(WitnessState::Unanswered, "it names another size every time".to_owned()))
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
