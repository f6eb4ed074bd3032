//! Carrying letters from the queue to the mail server, several at a time.

use std::time::Duration;

use subtle::ConstantTimeEq as _;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Letter;
use super::queue::{Claimed, Outcome, mac};
use crate::texts::Tongue;
use crate::{App, ServerError};

/// Letters that are on their way at the same time.
const AT_ONCE: usize = 6;
/// Letters that are looked up at a time.
const BATCH: i64 = 60;
/// How often the queue is looked at where nobody rings.
const LOOK: Duration = Duration::from_secs(5);

/// Sends what is due, again and again, until `stop` says so.
pub(crate) async fn keep_sending(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let sent = app.send_due_mail().await.unwrap_or_else(|error| {
            tracing::error!(error = %error, "the queue of mail cannot be read");
            0
        });
        if sent > 0 {
            continue;
        }
        tokio::select! {
            () = app.mail.rung() => {},
            () = tokio::time::sleep(LOOK) => {},
            _ = stop.changed() => {},
        }
    }
}

impl App {
    /// Sends what is due now: how many letters were tried.
    ///
    /// # Errors
    /// The database fails.
    pub async fn send_due_mail(&self) -> Result<usize, ServerError> {
        let due = self.due_mail(BATCH).await?;
        let (mut tried, mut under_way) = (0, JoinSet::new());
        for id in due {
            if under_way.len() >= AT_ONCE {
                let _ = under_way.join_next().await;
            }
            if let Some(letter) = self.claim_mail(&id).await? {
                tried += 1;
                let app = self.clone();
                under_way.spawn(async move { app.carry(letter).await });
            }
        }
        while under_way.join_next().await.is_some() {}
        Ok(tried)
    }

    /// Carries a claimed letter. Addresses stand in no log.
    async fn carry(&self, letter: Claimed) {
        let noted = match self.try_to_send(&letter).await {
            Ok(()) => self.mail_sent(&letter.id).await,
            Err(outcome) => {
                tracing::warn!(attempts = letter.attempts, "a letter did not go out");
                self.mail_failed(&letter, outcome).await
            }
        };
        if let Err(error) = noted {
            // The claim runs out, and the letter is tried again.
            tracing::error!(error = %error, "what became of a letter cannot be noted");
        }
    }

    async fn try_to_send(&self, claimed: &Claimed) -> Result<(), Outcome> {
        let expected =
            mac(&self.secret, &claimed.id, claimed.election.as_deref(), &claimed.recipient, &claimed.content);
        if !bool::from(expected.as_slice().ct_eq(&claimed.mac)) {
            return Err(Outcome::Never("this server has not written it".to_owned()));
        }
        let letter: Letter =
            serde_json::from_str(&claimed.content).map_err(|error| Outcome::Never(format!("the letter: {error}")))?;
        let tongue = Tongue::of_code(&claimed.language).unwrap_or_default();
        let written = match self.mail_body(tongue, claimed.election.as_deref(), &letter).await {
            Ok(written) => written,
            Err(error @ (ServerError::NotFound | ServerError::Refused { .. } | ServerError::Forbidden)) => {
                return Err(Outcome::Never(error.to_string()));
            }
            Err(error) => return Err(Outcome::Later(error.to_string())),
        };
        self.mail.send(&claimed.id, &claimed.recipient, &written).await
    }
}
