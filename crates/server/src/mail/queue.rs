//! The queue: letters go in once, are claimed by one process at a time, and stay until they are sent or given up.

use super::Letter;
use crate::store::{Transaction, to_i64, to_u64};
use crate::{App, ServerError, ServerSecret, system};

/// Seconds for which a claimed letter is left alone by others; longer than any conversation with a mail server.
const CLAIM_SECONDS: u64 = 300;
/// Seconds until the second attempt; it doubles with each.
const FIRST_DELAY_SECONDS: u64 = 60;
/// The longest time between attempts, in seconds.
const LONGEST_DELAY_SECONDS: u64 = 4 * 60 * 60;
/// Attempts until a letter is given up: with the delays above, 64 hours, nearly three days.
const MOST_ATTEMPTS: u64 = 24;
/// Attempts where the mail server says that it never will take it, in case it is the server that is wrong: with the delays
/// above, 1 + 2 + 4 + 8 + 16 = 31 minutes.
const MOST_REFUSALS: u64 = 6;

/// A letter that this process has claimed.
pub(super) struct Claimed {
    pub(super) id: String,
    pub(super) election: Option<String>,
    pub(super) recipient: String,
    pub(super) language: String,
    pub(super) content: String,
    pub(super) attempts: u64,
    pub(super) mac: Vec<u8>,
}

/// How an attempt ended that did not succeed.
pub(super) enum Outcome {
    /// Perhaps later.
    Later(String),
    /// The mail server says never.
    Refused(String),
    /// It cannot be written, or is no longer needed.
    Never(String),
}

/// The mail of an election.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailState {
    /// Letters that went out.
    pub sent: u64,
    /// Letters that wait, perhaps for another attempt.
    pub waiting: u64,
    /// What the last attempt of a waiting letter ended with.
    pub last_failure: Option<String>,
    /// Letters that were given up.
    pub given_up: u64,
}

/// The whole queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct QueueLength {
    /// Letters that wait.
    pub(crate) waiting: u64,
    /// Seconds since the oldest of them was due.
    pub(crate) oldest_seconds: u64,
    /// Letters that were given up.
    pub(crate) given_up: u64,
}

/// Seconds from an attempt to the next.
pub(super) fn delay(attempts: u64) -> u64 {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
    FIRST_DELAY_SECONDS.saturating_mul(2_u64.saturating_pow(doublings)).min(LONGEST_DELAY_SECONDS)
}

/// Whom a letter is for, and in which language.
pub(crate) struct Recipient<'a> {
    pub(crate) email: &'a str,
    pub(crate) language: &'a str,
}

/// Posts a letter as a part of a change: it goes out if the change is done. Call `app.mail.wake()` afterwards, or it waits for
/// the next look. A letter with the same identifier that was posted before stays the only one: whether this one is new.
///
/// Letters carry what only this server can have put there: whoever writes into the database has none sent.
///
/// # Errors
/// The database fails.
pub(crate) async fn post(
    change: &mut Transaction,
    secret: &ServerSecret,
    id: &str,
    election: Option<&str>,
    to: &Recipient<'_>,
    letter: &Letter,
) -> Result<bool, ServerError> {
    let content = serde_json::to_string(letter).map_err(|error| ServerError::Fault(error.to_string()))?;
    let posted = sqlx::query(
        "INSERT INTO mail (id, election, recipient, language, kind, content, due, mac) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING",
    )
    .bind(id)
    .bind(election)
    .bind(to.email)
    .bind(to.language)
    .bind(letter.kind())
    .bind(&content)
    .bind(to_i64(system::seconds()))
    .bind(mac(secret, id, election, to.email, &content).to_vec())
    .execute(&mut **change)
    .await?;
    Ok(posted.rows_affected() == 1)
}

/// `HMAC(secret, "mail" and what the letter is, each part after its length)`.
pub(super) fn mac(
    secret: &ServerSecret,
    id: &str,
    election: Option<&str>,
    recipient: &str,
    content: &str,
) -> zeroize::Zeroizing<[u8; 32]> {
    let parts = [id, election.unwrap_or_default(), recipient, content];
    let text: String = parts.iter().map(|part| format!("{}:{part}", part.len())).collect();
    secret.key(&format!("mail/{text}"))
}

impl App {
    /// Posts a letter; one with the same identifier that was posted before stays the only one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn post(
        &self,
        id: &str,
        election: Option<&str>,
        recipient: &str,
        language: &str,
        letter: &Letter,
    ) -> Result<(), ServerError> {
        let mut change = self.store.begin().await?;
        post(&mut change, &self.secret, id, election, &Recipient { email: recipient, language }, letter).await?;
        change.commit().await?;
        self.mail.wake();
        Ok(())
    }

    /// Letters that are due, at most `most`, the oldest first.
    pub(super) async fn due_mail(&self, most: i64) -> Result<Vec<String>, ServerError> {
        let now = to_i64(system::seconds());
        Ok(sqlx::query_scalar(
            "SELECT id FROM mail WHERE sent IS NULL AND given_up IS NULL AND due <= $1 AND locked_until <= $1 \
             ORDER BY CASE WHEN kind IN ('second-factor', 'sign-in-link') THEN 0 ELSE 1 END, due, id LIMIT $2",
        )
        .bind(now)
        .bind(most)
        .fetch_all(&self.store.read)
        .await?)
    }

    /// Claims a letter: none where another process was faster.
    pub(super) async fn claim_mail(&self, id: &str) -> Result<Option<Claimed>, ServerError> {
        type Row = (Option<String>, String, String, String, i64, Option<Vec<u8>>);
        let now = system::seconds();
        let row: Option<Row> = sqlx::query_as(
            "UPDATE mail SET locked_until = $1, attempts = attempts + 1 \
             WHERE id = $2 AND sent IS NULL AND given_up IS NULL AND due <= $3 AND locked_until <= $3 \
             RETURNING election, recipient, language, content, attempts, mac",
        )
        .bind(to_i64(now + CLAIM_SECONDS))
        .bind(id)
        .bind(to_i64(now))
        .fetch_optional(&self.store.write)
        .await?;
        Ok(row.map(|(election, recipient, language, content, attempts, mac)| Claimed {
            id: id.to_owned(),
            election,
            recipient,
            language,
            content,
            attempts: to_u64(attempts),
            mac: mac.unwrap_or_default(),
        }))
    }

    /// Notes that a letter went out.
    pub(super) async fn mail_sent(&self, id: &str) -> Result<(), ServerError> {
        sqlx::query("UPDATE mail SET sent = $1, failure = NULL WHERE id = $2")
            .bind(to_i64(system::seconds()))
            .bind(id)
            .execute(&self.store.write)
            .await?;
        Ok(())
    }

    /// Notes that a letter did not go out.
    pub(super) async fn mail_failed(&self, letter: &Claimed, outcome: Outcome) -> Result<(), ServerError> {
        let (failure, most) = match outcome {
            Outcome::Later(failure) => (failure, MOST_ATTEMPTS),
            Outcome::Refused(failure) => (failure, MOST_REFUSALS),
            Outcome::Never(failure) => (failure, 0),
        };
        let now = system::seconds();
        let given_up = (letter.attempts >= most).then(|| to_i64(now));
        let failure: String = failure.chars().take(300).collect();
        sqlx::query("UPDATE mail SET due = $1, locked_until = 0, failure = $2, given_up = $3 WHERE id = $4")
            .bind(to_i64(now + delay(letter.attempts)))
            .bind(failure)
            .bind(given_up)
            .bind(&letter.id)
            .execute(&self.store.write)
            .await?;
        Ok(())
    }

    /// What became of an election's mail.
    ///
    /// # Errors
    /// The database fails.
    pub async fn mail_state(&self, election: &str) -> Result<MailState, ServerError> {
        let (sent, waiting, given_up): (i64, i64, i64) = sqlx::query_as(
            "SELECT COUNT(sent), COUNT(CASE WHEN sent IS NULL AND given_up IS NULL THEN 1 END), COUNT(given_up) \
             FROM mail WHERE election = $1",
        )
        .bind(election)
        .fetch_one(&self.store.read)
        .await?;
        let last: Option<(Option<String>,)> = sqlx::query_as(
            "SELECT failure FROM mail WHERE election = $1 AND sent IS NULL AND given_up IS NULL AND failure IS NOT NULL \
             ORDER BY due DESC LIMIT 1",
        )
        .bind(election)
        .fetch_optional(&self.store.read)
        .await?;
        Ok(MailState {
            sent: to_u64(sent),
            waiting: to_u64(waiting),
            given_up: to_u64(given_up),
            last_failure: last.and_then(|(failure,)| failure),
        })
    }

    /// How long the queue is.
    pub(crate) async fn queue_length(&self) -> Result<QueueLength, ServerError> {
        let now = system::seconds();
        let (waiting, oldest): (i64, Option<i64>) =
            sqlx::query_as("SELECT COUNT(*), MIN(due) FROM mail WHERE sent IS NULL AND given_up IS NULL")
                .fetch_one(&self.store.read)
                .await?;
        let given_up: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM mail WHERE given_up IS NOT NULL")
            .fetch_one(&self.store.read)
            .await?;
        let oldest_seconds = oldest.map_or(0, |due| now.saturating_sub(to_u64(due)));
        Ok(QueueLength { waiting: to_u64(waiting), oldest_seconds, given_up: to_u64(given_up) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_four_hours_and_take_three_days() {
        let delays: Vec<u64> = (1..=10).map(|attempt| delay(attempt) / 60).collect();
        assert_eq!(delays, [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]);
        // 1 + 2 + … + 128 = 255 minutes, and 15 times 240: 23 waits between 24 attempts.
        let minutes: u64 = (1..MOST_ATTEMPTS).map(|attempt| delay(attempt) / 60).sum();
        assert_eq!(minutes, 255 + 15 * 240);
        assert!((60 * 60..100 * 60).contains(&minutes), "about three days");
        assert_eq!(delay(u64::MAX), LONGEST_DELAY_SECONDS);
    }
}
