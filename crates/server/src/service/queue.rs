//! What goes into the queue of mail for people with roles and for voters. Nothing secret is written down: links and codes
//! are worked out when a letter is sent.

use adil_election::ledger::Phase;

use super::received::{self, kind};
use super::{ElectionRow, Person};
use crate::mail::{self, About, Letter, Recipient};
use crate::store::{Transaction, to_i64};
use crate::{App, ServerError};

/// Voters that are written to in one change of the database.
const VOTERS_TOGETHER: usize = 500;

/// The language in which people with roles are written to: the first one of the plan.
fn language(row: &ElectionRow) -> &'static str {
    let first = row.read_plan().ok().and_then(|plan| plan.languages.first().copied());
    first.map_or("en", adil_election::Language::code)
}

impl App {
    /// Writes to a person with a role, once for each `occasion`; nothing where she has no address.
    pub(super) async fn write_to_role(
        &self,
        change: &mut Transaction,
        row: &ElectionRow,
        (role, number, person): (&str, u64, &Person),
        about: About,
        occasion: u64,
    ) -> Result<(), ServerError> {
        let Some(email) = person.email.as_deref().filter(|email| !email.is_empty()) else { return Ok(()) };
        let letter = Letter::Role { role: role.to_owned(), number, name: person.name.clone(), about };
        let id = format!("{}/{}/{role}/{number}/{occasion}", letter.kind(), row.uuid);
        let to = Recipient { email, language: language(row) };
        mail::post(change, &self.secret, &id, Some(&row.uuid), &to, &letter).await.map(|_| ())
    }

    /// Mails every voter her voting code, where the server is the authority, or an invitation without one.
    ///
    /// # Errors
    /// Voting has not been opened.
    pub async fn invite_voters(&self, uuid: &str) -> Result<u64, ServerError> {
        let phase = self.log(uuid).await?.look(|seen| seen.ledger.phase()).await?;
        if phase != Phase::Open {
            return Err(ServerError::refused("not-open", "voting is over"));
        }
        let row = self.election(uuid).await?;
        let new = self.write_to_voters(uuid, row.settings.authority.is_none()).await?;
        let mut change = self.store.begin().await?;
        received::put(&mut change, uuid, kind::INVITED, 0, "").await?;
        change.commit().await?;
        Ok(new)
    }

    /// Writes to every voter with an address, once: her code, or an invitation; some at a time, so that others can write
    /// meanwhile. How many letters are new.
    pub(super) async fn write_to_voters(&self, uuid: &str, with_codes: bool) -> Result<u64, ServerError> {
        let mut written = 0;
        let voters = self.voters(uuid).await?;
        for (block, some) in voters.chunks(VOTERS_TOGETHER).enumerate() {
            let mut change = self.store.begin().await?;
            for (place, voter) in ((block * VOTERS_TOGETHER) as u64..).zip(some) {
                let Some(email) = voter.email.as_deref() else { continue };
                let letter = match with_codes {
                    true => Letter::VoterCode { voter: place, spare: false },
                    false => Letter::Invitation,
                };
                let id = format!("{}/{uuid}/{place}", letter.kind());
                let to = Recipient { email, language: &voter.language };
                written += u64::from(mail::post(&mut change, &self.secret, &id, Some(uuid), &to, &letter).await?);
            }
            change.commit().await?;
            self.mail.wake();
        }
        Ok(written)
    }

    /// Writes to the voter at a place that a spare code has taken the place of hers, once.
    pub(super) async fn write_of_spare(
        &self,
        change: &mut Transaction,
        uuid: &str,
        place: u64,
    ) -> Result<(), ServerError> {
        let found: Option<(Option<String>, String)> =
            sqlx::query_as("SELECT email, language FROM voter WHERE election = $1 AND position = $2")
                .bind(uuid)
                .bind(to_i64(place))
                .fetch_optional(&mut **change)
                .await?;
        let Some((Some(email), language)) = found else { return Ok(()) };
        let letter = Letter::VoterCode { voter: place, spare: true };
        let to = Recipient { email: &email, language: &language };
        mail::post(change, &self.secret, &format!("spare-code/{uuid}/{place}"), Some(uuid), &to, &letter).await?;
        Ok(())
    }
}
