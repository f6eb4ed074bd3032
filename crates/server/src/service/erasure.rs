//! Deleting an election, or what is known of people in it.
//!
//! ```text
//! before the opening       everything goes, at once
//! voting, counting         nothing goes
//! result published         the personal data go and the public record stays, or everything goes
//! ```

use super::received::is_being_opened;
use super::{ElectionRow, Person, Settings, Stage};
use crate::store::{Transaction, to_i64};
use crate::{App, ServerError, system};

/// What is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// What is known of people: voters, letters, notices, links, addresses. The log and the pages for everybody stay.
    Personal,
    /// The election, with its log.
    Everything,
}

/// What there is of an election that would be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasable {
    /// Voters on the list.
    pub voters: u64,
    /// Letters, those that went out and those that wait.
    pub letters: u64,
    /// Messages of people with roles: codes and keys.
    pub messages: u64,
    /// Addresses that are told of ballots.
    pub notices: u64,
}

/// What is known of people, in tables of their own.
const PERSONAL: [&str; 10] = [
    "DELETE FROM session_grant WHERE election = $1",
    "DELETE FROM mail WHERE election = $1",
    "DELETE FROM notice WHERE election = $1",
    "DELETE FROM proven_voter WHERE election = $1",
    "DELETE FROM second_factor WHERE election = $1",
    "DELETE FROM leak WHERE election = $1",
    "DELETE FROM role_link WHERE election = $1",
    "DELETE FROM role_message WHERE election = $1",
    "DELETE FROM spare WHERE election = $1",
    "DELETE FROM voter WHERE election = $1",
];

/// The log, and the election itself.
const THE_REST: [&str; 5] = [
    "DELETE FROM witness WHERE election = $1",
    "DELETE FROM log_object WHERE election = $1",
    "DELETE FROM log_entry WHERE election = $1",
    "DELETE FROM log_head WHERE election = $1",
    "DELETE FROM election WHERE uuid = $1",
];

async fn all(change: &mut Transaction, uuid: &str, statements: &[&'static str]) -> Result<(), ServerError> {
    for sql in statements {
        sqlx::query(*sql).bind(uuid).execute(&mut **change).await?;
    }
    Ok(())
}

/// Settings without addresses. The names are in the public record.
fn without_addresses(settings: &Settings) -> Settings {
    let bare = |person: &Person| Person { name: person.name.clone(), email: None };
    Settings {
        authority: settings.authority.as_ref().map(bare),
        spares_holder: settings.spares_holder.as_ref().map(bare),
        trustees: settings.trustees.iter().map(bare).collect(),
        ..settings.clone()
    }
}

impl App {
    /// How much would be deleted.
    ///
    /// # Errors
    /// The database fails.
    pub async fn erasable(&self, uuid: &str) -> Result<Erasable, ServerError> {
        let (voters, letters, messages, notices): (i64, i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT COUNT(*) FROM voter WHERE election = $1), (SELECT COUNT(*) FROM mail WHERE election = $1), \
             (SELECT COUNT(*) FROM role_message WHERE election = $1), (SELECT COUNT(*) FROM notice WHERE election = $1)",
        )
        .bind(uuid)
        .fetch_one(&self.store.read)
        .await?;
        let [voters, letters, messages, notices] = [voters, letters, messages, notices].map(crate::store::to_u64);
        Ok(Erasable { voters, letters, messages, notices })
    }

    /// Deletes an election that was never opened, or one that is finished, in one change of the database.
    ///
    /// # Errors
    /// `erase-running` where voting or counting is under way, or the opening just now; `erase-sample` for what everybody may
    /// try.
    pub async fn erase(&self, uuid: &str, erasure: Erasure) -> Result<(), ServerError> {
        let running = || ServerError::refused("erase-running", "an election that is voted on or counted stays");
        let stage = self.stage(uuid).await?;
        match (stage, erasure) {
            (Stage::Preparing | Stage::SettingUp, Erasure::Everything) => {}
            // The record can be downloaded: the archive follows from the log now.
            (Stage::Finished, _) => drop(self.archive(uuid).await?),
            _ => return Err(running()),
        }
        let mut change = self.store.begin().await?;
        let row = Self::locked(&mut change, uuid).await?;
        let samples: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM demo WHERE election = $1")
            .bind(uuid)
            .fetch_one(&mut *change)
            .await?;
        if samples > 0 {
            return Err(ServerError::refused("erase-sample", "everybody may try the sample election"));
        }
        // The claim of the log: nobody appends to it any more.
        let claimed = sqlx::query("UPDATE log_head SET size = size WHERE election = $1").bind(uuid);
        let has_log = claimed.execute(&mut *change).await?.rows_affected() > 0;
        // It may have been opened in the meantime; a log that is finished stays so.
        if has_log != (stage == Stage::Finished) || (!has_log && is_being_opened(&mut change, uuid).await?) {
            return Err(running());
        }
        all(&mut change, uuid, &PERSONAL).await?;
        match erasure {
            Erasure::Everything => all(&mut change, uuid, &THE_REST).await?,
            Erasure::Personal => self.bare(&mut change, &row).await?,
        }
        change.commit().await?;
        if erasure == Erasure::Everything {
            self.boards.let_go(uuid);
            self.results.forget(uuid);
        }
        tracing::info!(election = uuid, ?erasure, "deleted by its organiser");
        Ok(())
    }

    /// Keeps an election without addresses.
    async fn bare(&self, change: &mut Transaction, row: &ElectionRow) -> Result<(), ServerError> {
        let settings = serde_json::to_string(&without_addresses(&row.settings));
        sqlx::query("UPDATE election SET settings = $1, erased = $2 WHERE uuid = $3")
            .bind(settings.map_err(|error| ServerError::Fault(error.to_string()))?)
            .bind(to_i64(system::seconds()))
            .bind(&row.uuid)
            .execute(&mut **change)
            .await?;
        Ok(())
    }
}
