//! Whether a log in the database is the one that its checkpoint states: the root over all entries, and the signature.

use adil_log::{Checkpoint, Frontier, Note, leaf_hash};

use crate::store::{to_i64, to_u64};
use crate::{App, ServerError};

/// Entries that are read at a time.
const BATCH: i64 = 1_000;

/// The number of entries, or what does not agree.
pub(super) async fn agrees(app: &App, uuid: &str) -> Result<Result<u64, String>, ServerError> {
    let head: Option<(i64, String)> = sqlx::query_as("SELECT size, checkpoint FROM log_head WHERE election = $1")
        .bind(uuid)
        .fetch_optional(&app.store.read)
        .await?;
    let Some((size, text)) = head else { return Ok(Err("there is no log".to_owned())) };
    let size = to_u64(size);
    let note = match Note::parse(text.as_bytes()) {
        Ok(note) => note,
        Err(error) => return Ok(Err(format!("its checkpoint: {error}"))),
    };
    let origin = note.text().lines().next().unwrap_or_default().to_owned();
    let keys = app.secret.election(uuid, &origin)?;
    let checkpoint = match Checkpoint::signed(&note, std::slice::from_ref(keys.log.verifier())) {
        Ok((checkpoint, _)) => checkpoint,
        Err(error) => return Ok(Err(format!("its checkpoint: {error}"))),
    };
    if checkpoint.size != size {
        return Ok(Err(format!("it has {size} entries, its checkpoint states {}", checkpoint.size)));
    }
    let mut frontier = Frontier::default();
    while frontier.size() < size {
        let from = frontier.size();
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
            "SELECT number, bytes FROM log_entry WHERE election = $1 AND number >= $2 AND number < $3 ORDER BY number LIMIT $4",
        )
        .bind(uuid)
        .bind(to_i64(from))
        .bind(to_i64(size))
        .bind(BATCH)
        .fetch_all(&app.store.read)
        .await?;
        if rows.is_empty() {
            return Ok(Err(format!("entry {from} is missing")));
        }
        for (number, bytes) in rows {
            if to_u64(number) != frontier.size() {
                return Ok(Err(format!("entry {} is missing", frontier.size())));
            }
            if let Err(error) = frontier.push(leaf_hash(&bytes)) {
                return Ok(Err(error.to_string()));
            }
        }
    }
    if frontier.root() != checkpoint.root {
        return Ok(Err("its entries have another root than its checkpoint states".to_owned()));
    }
    Ok(Ok(size))
}
