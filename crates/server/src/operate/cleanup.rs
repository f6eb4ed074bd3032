//! Rows whose time is over. Deleting them twice, or from two processes at once, does no harm.

use std::time::Duration;

use tokio::sync::watch;

use crate::store::to_i64;
use crate::{App, ServerError, system};

/// How often rows are tidied up.
const EVERY: Duration = Duration::from_secs(10 * 60);
/// Seconds after which counted attempts are forgotten that no longer delay anything.
const FORGET_SECONDS: u64 = 24 * 60 * 60;
/// Seconds after which letters are forgotten that are of no use any longer.
const LETTERS_SECONDS: u64 = 7 * 24 * 60 * 60;

/// Seconds after which letters about single ballots are forgotten that went out.
const OF_BALLOTS_SECONDS: u64 = 60 * 60;

/// What is deleted before a moment; `$1` is the moment.
const EXPIRED: [(&str, u64); 8] = [
    ("DELETE FROM session_grant WHERE session IN (SELECT token FROM session WHERE expires <= $1)", 0),
    ("DELETE FROM session WHERE expires <= $1", 0),
    ("DELETE FROM sign_in_link WHERE expires <= $1", 0),
    ("DELETE FROM second_factor WHERE expires <= $1", 0),
    ("DELETE FROM attempt WHERE free_at <= $1", FORGET_SECONDS),
    // These say who voted when, and under which pseudonym: they are there no longer than is needed to send none twice.
    ("DELETE FROM mail WHERE kind IN ('second-factor', 'ballot-notice') AND sent <= $1", OF_BALLOTS_SECONDS),
    ("DELETE FROM mail WHERE kind IN ('second-factor', 'ballot-notice') AND given_up <= $1", LETTERS_SECONDS),
    // Of an election's other letters it stays known that they went out, so that none goes out twice.
    ("DELETE FROM mail WHERE election IS NULL AND COALESCE(sent, given_up) <= $1", LETTERS_SECONDS),
];

/// Tidies up again and again until `stop` says so.
pub(crate) async fn keep_clean(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = app.clean_up().await {
            tracing::warn!(error = %error, "rows whose time is over are still there");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {},
            _ = stop.changed() => {},
        }
    }
}

impl App {
    /// Deletes rows whose time is over: how many.
    ///
    /// # Errors
    /// The database fails.
    pub async fn clean_up(&self) -> Result<u64, ServerError> {
        let (now, mut deleted) = (system::seconds(), 0);
        for (sql, after) in EXPIRED {
            let before = to_i64(now.saturating_sub(after));
            deleted += sqlx::query(sql).bind(before).execute(&self.store.write).await?.rows_affected();
        }
        Ok(deleted)
    }
}
