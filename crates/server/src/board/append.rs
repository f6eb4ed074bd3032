//! Appending: one change of the database for many entries, decided on what is committed.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use adil_election::ledger::Ledger;
use adil_election::messages::Draft;
use adil_log::{Checkpoint, Frontier, Note, SigningKey, VerifierKey, leaf_hash};

use super::contents::WithNew;
use super::load::{HEAD, head_of};
use super::{Board, Boards, State};
use crate::accounts::{count_in, subject};
use crate::mail::{self, Letter, Recipient};
use crate::store::{Transaction, to_i64};
use crate::{ServerError, system};

/// An entry that is to be logged, with the contents that it names.
pub(crate) struct Append {
    /// The bytes of the entry.
    pub(crate) entry: Vec<u8>,
    /// The contents.
    pub(crate) objects: Vec<Vec<u8>>,
}

impl Append {
    /// A signed note as an entry.
    pub(crate) fn note(note: &Note, objects: Vec<Vec<u8>>) -> Self {
        Self { entry: note.to_string().into_bytes(), objects }
    }
}

/// What is to be committed.
#[derive(Default)]
pub(super) struct Decision {
    /// The entries.
    pub(super) entries: Vec<Append>,
    /// The ledger with them, where it was made to judge them.
    pub(super) ledger: Option<Ledger>,
    /// The credentials and trackers of the ballots among them: some voters want to be told.
    pub(super) ballots: Vec<(String, String)>,
}

impl Boards {
    /// Begins the log of an election with its first entries.
    ///
    /// # Errors
    /// The log has begun already (`Refused`, `open-already`), or the entries break rules.
    pub(crate) async fn create(
        &self,
        uuid: &str,
        draft: &Draft,
        entries: Vec<Append>,
    ) -> Result<Arc<Board>, ServerError> {
        let fault = |error: &dyn std::fmt::Display| ServerError::Fault(format!("the log of {uuid}: {error}"));
        let name = VerifierKey::parse(&draft.log).map_err(|error| fault(&error))?;
        let key = self.secret.election(uuid, name.name().as_str())?.log;
        let mut ledger = Ledger::new();
        let mut edge = Frontier::default();
        {
            let objects = entries.iter().flat_map(|entry| &entry.objects).map(Vec::as_slice);
            let contents = WithNew::of(objects, None);
            for new in &entries {
                ledger.absorb(&new.entry, &contents).map_err(|error| fault(&error))?;
                edge.push(leaf_hash(&new.entry)).map_err(|error| fault(&error))?;
            }
        }
        if let Some(first) = ledger.faults().first() {
            return Err(fault(&format_args!("rule {}: {}", first.rule.code(), first.found)));
        }
        let note = sign(&edge, &key)?;
        let mut change = self.store.begin().await?;
        // Who takes the fixing back, or deletes the election, waits until this is done, or has done it before.
        let text = serde_json::to_string(draft).map_err(|error| fault(&error))?;
        let is_fixed = sqlx::query("UPDATE election SET title = title WHERE uuid = $1 AND draft = $2")
            .bind(uuid)
            .bind(text)
            .execute(&mut *change)
            .await?;
        if is_fixed.rows_affected() != 1 {
            return Err(ServerError::refused("changed", "the election was changed in the meantime; look at it again"));
        }
        let begun =
            sqlx::query("INSERT INTO log_head (election, size, checkpoint) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                .bind(uuid)
                .bind(to_i64(edge.size()))
                .bind(note.to_string())
                .execute(&mut *change)
                .await?;
        if begun.rows_affected() != 1 {
            return Err(ServerError::refused("open-already", "voting has been opened already"));
        }
        insert(&mut change, uuid, 0, &entries).await?;
        change.commit().await?;
        self.open(uuid).await
    }
}

/// The signed checkpoint of a tree.
fn sign(edge: &Frontier, key: &SigningKey) -> Result<Note, ServerError> {
    let origin = key.verifier().name().as_str().to_owned();
    let checkpoint = Checkpoint { origin, size: edge.size(), root: edge.root(), extensions: Vec::new() };
    let fault = |error: adil_log::NoteError| ServerError::Fault(error.to_string());
    let mut note = checkpoint.note().map_err(fault)?;
    note.sign(key).map_err(fault)?;
    Ok(note)
}

/// Notices of ballots under one credential that go to one address in [`NOTICE_SECONDS`].
const NOTICES: u64 = 10;
/// See [`NOTICES`].
const NOTICE_SECONDS: u64 = 60 * 60;

/// Rows that one statement inserts.
const ROWS: usize = 64;

/// Puts entries and contents into the database.
async fn insert(change: &mut Transaction, uuid: &str, first: u64, entries: &[Append]) -> Result<(), ServerError> {
    for (block, chunk) in entries.chunks(ROWS).enumerate() {
        let rows: Vec<String> =
            (0..chunk.len()).map(|row| format!("($1, ${}, ${})", 2 * row + 2, 2 * row + 3)).collect();
        let text = format!("INSERT INTO log_entry (election, number, bytes) VALUES {}", rows.join(", "));
        let mut query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(uuid.to_owned());
        for (number, new) in (first + (block * ROWS) as u64..).zip(chunk) {
            query = query.bind(to_i64(number)).bind(new.entry.clone());
        }
        query.execute(&mut **change).await?;
    }
    for object in entries.iter().flat_map(|entry| &entry.objects) {
        let digest = adil_belenios::digest(object).to_vec();
        let text = "INSERT INTO log_object (election, digest, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        sqlx::query(text).bind(uuid).bind(digest).bind(object.clone()).execute(&mut **change).await?;
    }
    Ok(())
}

impl Board {
    /// Appends statements, if the log with them keeps all rules; their numbers.
    ///
    /// # Errors
    /// `Refused` with the code `out-of-turn` where a rule would be broken: the election has gone on in between.
    pub(crate) async fn append(&self, entries: Vec<Append>) -> Result<Vec<u64>, ServerError> {
        let stored = self.contents();
        let decide = |state: &State| -> Result<Decision, ServerError> {
            let mut ledger = Ledger::clone(&state.ledger);
            let before = ledger.fault_count();
            let objects = entries.iter().flat_map(|entry| &entry.objects).map(Vec::as_slice);
            let contents = WithNew::of(objects, Some(&stored));
            for new in &entries {
                let failed = |error: std::io::Error| ServerError::Unavailable(error.to_string());
                ledger.absorb(&new.entry, &contents).map_err(failed)?;
            }
            if ledger.fault_count() > before {
                let found = ledger.faults().last().map_or("", |fault| fault.found.as_str());
                return Err(ServerError::refused("out-of-turn", found));
            }
            Ok(Decision { entries, ledger: Some(ledger), ballots: Vec::new() })
        };
        let (first, entries) = self.commit(decide).await?;
        Ok((first..first + entries.len() as u64).collect())
    }

    /// Claims the log, decides on what is committed, and commits: the number of the first new entry, and what was
    /// appended.
    pub(super) async fn commit(
        &self,
        decide: impl FnOnce(&State) -> Result<Decision, ServerError>,
    ) -> Result<(u64, Vec<Append>), ServerError> {
        let _turn = self.turn.lock().await;
        let mut change = self.store.begin().await?;
        // The claim: whoever comes second waits here until the first is through.
        sqlx::query("UPDATE log_head SET size = size WHERE election = $1")
            .bind(&self.uuid)
            .execute(&mut *change)
            .await?;
        let row: Option<(i64, String)> = sqlx::query_as(HEAD).bind(&self.uuid).fetch_optional(&mut *change).await?;
        let head = head_of(row.ok_or(ServerError::NotFound)?);
        self.catch_up(&head).await?;
        let (Decision { entries, ledger, ballots }, mut edge) =
            tokio::task::block_in_place(|| -> Result<_, ServerError> {
                let state = self.read();
                let edge = state.tree.frontier().map_err(|error| ServerError::Fault(error.to_string()))?;
                Ok((decide(&state)?, edge))
            })?;
        if entries.is_empty() {
            change.rollback().await?;
            return Ok((head.size, entries));
        }
        for new in &entries {
            edge.push(leaf_hash(&new.entry)).map_err(|error| ServerError::Fault(error.to_string()))?;
        }
        let note = sign(&edge, &self.key)?;
        insert(&mut change, &self.uuid, head.size, &entries).await?;
        let replaced = sqlx::query("UPDATE log_head SET size = $1, checkpoint = $2 WHERE election = $3 AND size = $4")
            .bind(to_i64(edge.size()))
            .bind(note.to_string())
            .bind(&self.uuid)
            .bind(to_i64(head.size))
            .execute(&mut *change)
            .await?;
        if replaced.rows_affected() != 1 {
            return Err(ServerError::Fault(format!("the log of {} changed under its claim", self.uuid)));
        }
        self.tell_of_ballots(&mut change, &ballots).await?;
        change.commit().await?;
        self.absorb(&entries, ledger, note);
        Ok((head.size, entries))
    }

    /// Takes what is committed into memory; `ledger` is the one with it, where it was made before.
    fn absorb(&self, entries: &[Append], ledger: Option<Ledger>, note: Note) {
        let Ok(checkpoint) = Checkpoint::of(&note) else { return };
        let objects = entries.iter().flat_map(|entry| &entry.objects).map(Vec::as_slice);
        // All that new ballots name comes with them.
        let contents = WithNew::of(objects, None);
        let judged = ledger.map(Arc::new);
        tokio::task::block_in_place(|| {
            let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
            for new in entries {
                state.tree.push(leaf_hash(&new.entry));
            }
            match judged {
                Some(judged) => state.ledger = judged,
                None => {
                    let ledger = Arc::make_mut(&mut state.ledger);
                    let absorbed = entries.iter().try_for_each(|new| ledger.absorb(&new.entry, &contents));
                    if let Err(error) = absorbed {
                        // Half an entry may be in the ledger: nobody goes on with it.
                        tracing::error!(%error, "what was committed could not be read again");
                        self.is_broken.store(true, Ordering::Release);
                    }
                }
            }
            (state.note, state.checkpoint) = (note, checkpoint);
        });
        *self.followed.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Mails to those who want to be told of ballots under their codes: in the change that logs the ballots.
    async fn tell_of_ballots(&self, change: &mut Transaction, ballots: &[(String, String)]) -> Result<(), ServerError> {
        let mut trackers: HashMap<&String, Vec<&String>> = HashMap::new();
        for (credential, tracker) in ballots {
            trackers.entry(credential).or_default().push(tracker);
        }
        let credentials: Vec<&String> = trackers.keys().copied().collect();
        for some in credentials.chunks(ROWS) {
            let places: Vec<String> = (0..some.len()).map(|place| format!("${}", place + 2)).collect();
            let text = format!(
                "SELECT credential, email, language FROM notice WHERE election = $1 AND credential IN ({})",
                places.join(", ")
            );
            let mut query = sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(self.uuid.clone());
            for credential in some {
                query = query.bind((*credential).clone());
            }
            let wanted: Vec<(String, String, String)> = query.fetch_all(&mut **change).await?;
            for (credential, email, language) in wanted {
                let counted = subject(&self.secret, "ballot-notice", &[&self.uuid, &credential, &email]);
                for tracker in trackers.get(&credential).into_iter().flatten() {
                    // An address that was left can be a stranger's.
                    if count_in(change, &counted, NOTICE_SECONDS).await?.0 > NOTICES {
                        break;
                    }
                    let letter = Letter::BallotNotice { tracker: (*tracker).clone(), moment: system::seconds() };
                    let id = format!("ballot-notice/{}/{tracker}/{email}", self.uuid);
                    let to = Recipient { email: &email, language: &language };
                    mail::post(change, &self.secret, &id, Some(&self.uuid), &to, &letter).await?;
                }
            }
        }
        Ok(())
    }
}
