//! What witnesses have said of a log (C2SP tlog-witness): the latest state that each has cosigned, and what is wrong between
//! the log and it. A witness signs the first log of a name that it is shown, and afterwards only what continues it.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use adil_log::tree::{consistency_proof, root_of, verify_consistency};
use adil_log::{AddCheckpoint, Checkpoint, Note, SignatureLine, VerifierKey};
use serde::Serialize;

use super::Board;
use crate::ServerError;
use crate::store::{to_i64, to_u64};

/// How old what is told of witnesses may be.
const FRESH: Duration = Duration::from_secs(1);

/// What became of asking a witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WitnessState {
    /// It has cosigned.
    Cosigned,
    /// It did not answer, or not as a witness does.
    Unanswered,
    /// It does not cosign, e.g. since it does not know the log's key.
    Refused,
    /// It has cosigned more entries than the log has.
    Behind,
    /// It has cosigned entries that are not those of the log.
    Fork,
}

impl WitnessState {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Cosigned, "cosigned"),
        (Self::Unanswered, "unanswered"),
        (Self::Refused, "refused"),
        (Self::Behind, "behind"),
        (Self::Fork, "fork"),
    ];

    fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own)| *own == name).map(|(state, _)| *state)
    }

    /// Its name in the database and in JSON.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, name)| name)
    }
}

/// What a witness has said of a log.
#[derive(Debug, Clone, Serialize)]
pub struct WitnessView {
    /// The name in its key.
    pub name: String,
    /// Its public key.
    pub key: String,
    /// What became of asking it last.
    pub state: WitnessState,
    /// How many entries it has cosigned; 0 for none.
    pub size: u64,
    /// When, in seconds since 1970.
    pub time: Option<u64>,
    /// The line that it signed with.
    #[serde(skip)]
    pub(crate) line: Option<SignatureLine>,
    /// The checkpoint that it cosigned, signed by the log.
    #[serde(skip)]
    pub(crate) note: Option<Note>,
}

/// What is known of the witnesses, and since when.
pub(super) type KeptWitnesses = Option<(Instant, Arc<Vec<WitnessView>>)>;

type Row = (String, i64, String, String, String);

fn view((key, size, checkpoint, cosignature, state): Row) -> Option<WitnessView> {
    let line = SignatureLine::parse(&cosignature).ok();
    // The time stands before the signature: docs/spec/log.md, L9.
    let time = line.as_ref().and_then(|line| line.signature.first_chunk::<8>()).map(|bytes| u64::from_be_bytes(*bytes));
    let name = VerifierKey::parse(&key).ok()?.name().to_string();
    let note = Note::parse(checkpoint.as_bytes()).ok();
    Some(WitnessView { name, key, state: WitnessState::of(&state)?, size: to_u64(size), time, line, note })
}

impl Board {
    /// What each witness that was asked has said, in the order of their keys; at most a second old.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn witnesses(&self) -> Result<Arc<Vec<WitnessView>>, ServerError> {
        if let Some((since, known)) = &*self.witnesses.lock().unwrap_or_else(PoisonError::into_inner)
            && since.elapsed() < FRESH
        {
            return Ok(known.clone());
        }
        let sql = "SELECT key, size, checkpoint, cosignature, state FROM witness WHERE election = $1 ORDER BY key";
        let rows: Vec<Row> = sqlx::query_as(sql).bind(&self.uuid).fetch_all(&self.store.read).await?;
        let known: Arc<Vec<WitnessView>> = Arc::new(rows.into_iter().filter_map(view).collect());
        *self.witnesses.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), known.clone()));
        Ok(known)
    }

    /// The log's checkpoint with the cosignatures of those who have cosigned this very one.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn cosigned(&self, note: Note) -> Result<Note, ServerError> {
        let mut cosigned = note;
        for witness in self.witnesses().await?.iter() {
            let is_of_this = witness.note.as_ref().is_some_and(|own| own.text() == cosigned.text());
            if let Some(line) = witness.line.clone().filter(|_| is_of_this) {
                cosigned.add(line).map_err(|error| ServerError::Fault(error.to_string()))?;
            }
        }
        Ok(cosigned)
    }

    /// The latest checkpoint that any witness has cosigned, with the cosignatures of all who have cosigned that one.
    ///
    /// # Errors
    /// Nobody has cosigned any, or the database fails.
    pub(super) async fn last_cosigned(&self) -> Result<Note, ServerError> {
        let known = self.witnesses().await?;
        let last = known.iter().filter(|witness| witness.size > 0).max_by_key(|witness| witness.size);
        let note = last.and_then(|witness| witness.note.clone());
        self.cosigned(note.ok_or(ServerError::NotFound)?).await
    }

    /// What a witness is asked that has cosigned `old` entries: to cosign a state of the log.
    ///
    /// # Errors
    /// The state has fewer entries than that.
    pub(crate) fn to_be_cosigned(
        &self,
        old: u64,
        checkpoint: &Checkpoint,
        note: &Note,
    ) -> Result<AddCheckpoint, ServerError> {
        let failed = |error: String| ServerError::Fault(format!("the log of {}: {error}", self.uuid));
        let (size, root) = (checkpoint.size, &checkpoint.root);
        let state = self.read();
        let proof = consistency_proof(&mut &state.tree, old, size).map_err(|error| failed(error.to_string()))?;
        let old_root = root_of(&mut &state.tree, old).map_err(|error| failed(error.to_string()))?;
        verify_consistency((old, &old_root), (size, root), &proof).map_err(|error| failed(error.to_string()))?;
        Ok(AddCheckpoint { old_size: old, proof, note: note.clone() })
    }

    /// Remembers what a witness has cosigned; an older state never takes the place of a later one.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn was_cosigned(
        &self,
        key: &VerifierKey,
        (size, note): (u64, &Note),
        line: &SignatureLine,
        due: u64,
    ) -> Result<(), ServerError> {
        sqlx::query(
            "UPDATE witness SET size = $1, checkpoint = $2, cosignature = $3, state = $4, due = $5 \
             WHERE election = $6 AND key = $7 AND size <= $1",
        )
        .bind(to_i64(size))
        .bind(note.to_string())
        .bind(line.to_string())
        .bind(WitnessState::Cosigned.name())
        .bind(to_i64(due))
        .bind(&self.uuid)
        .bind(key.to_string())
        .execute(&self.store.write)
        .await?;
        Ok(())
    }

    /// Remembers that a witness did not cosign.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn was_not_cosigned(
        &self,
        key: &VerifierKey,
        state: WitnessState,
        due: u64,
    ) -> Result<(), ServerError> {
        sqlx::query("UPDATE witness SET state = $1, due = $2 WHERE election = $3 AND key = $4")
            .bind(state.name())
            .bind(to_i64(due))
            .bind(&self.uuid)
            .bind(key.to_string())
            .execute(&self.store.write)
            .await?;
        Ok(())
    }
}
