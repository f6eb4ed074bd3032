//! Which person at a provider is which organiser. A person is known by what the provider promises never to give to another:
//! issuer and subject; an address only brings both together for the first time.

use crate::store::to_i64;
use crate::{App, ServerError, system};

/// A person at a provider.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The provider.
    pub(crate) issuer: String,
    /// Whom it speaks of.
    pub(crate) subject: String,
}

impl App {
    /// The organiser who is this person.
    pub(super) async fn organiser_who_is(&self, identity: &Identity) -> Result<Option<i64>, ServerError> {
        Ok(sqlx::query_scalar("SELECT organiser FROM identity WHERE issuer = $1 AND subject = $2")
            .bind(&identity.issuer)
            .bind(&identity.subject)
            .fetch_optional(&self.store.write)
            .await?)
    }

    /// Refuses where the organiser is another person of this provider: an address can go to somebody else there.
    pub(super) async fn refuse_another(&self, id: i64, identity: &Identity) -> Result<(), ServerError> {
        let subject: Option<String> =
            sqlx::query_scalar("SELECT subject FROM identity WHERE organiser = $1 AND issuer = $2")
                .bind(id)
                .bind(&identity.issuer)
                .fetch_optional(&self.store.write)
                .await?;
        if subject.is_some_and(|subject| subject != identity.subject) {
            return Err(ServerError::refused("oidc-other", "the account is another person's at the provider"));
        }
        Ok(())
    }

    /// Keeps that the organiser is this person, once and for all.
    ///
    /// # Errors
    /// `Refused` with `oidc-other` where the organiser is another person of this provider, or the person another organiser.
    pub(in crate::accounts) async fn keep_identity(&self, id: i64, identity: &Identity) -> Result<(), ServerError> {
        sqlx::query(
            "INSERT INTO identity (issuer, subject, organiser, created) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(&identity.issuer)
        .bind(&identity.subject)
        .bind(id)
        .bind(to_i64(system::seconds()))
        .execute(&self.store.write)
        .await?;
        if self.organiser_who_is(identity).await? == Some(id) {
            return Ok(());
        }
        Err(ServerError::refused("oidc-other", "the account is another person's at the provider"))
    }

    /// The providers that an organiser is connected with, as people call them.
    ///
    /// # Errors
    /// The database fails.
    pub async fn providers_of(&self, id: i64) -> Result<Vec<String>, ServerError> {
        let issuers: Vec<String> =
            sqlx::query_scalar("SELECT issuer FROM identity WHERE organiser = $1 ORDER BY issuer")
                .bind(id)
                .fetch_all(&self.store.read)
                .await?;
        let own = self.config.oidc.as_ref();
        let name = |issuer: String| match own.filter(|own| own.issuer == issuer) {
            Some(own) => own.name.clone(),
            None => issuer,
        };
        Ok(issuers.into_iter().map(name).collect())
    }

    /// Forgets who an organiser is at providers, and ends all her sessions: begin a new one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn disconnect_providers(&self, id: i64) -> Result<(), ServerError> {
        self.forget_identities(id).await?;
        self.end_sessions_of(id).await
    }

    pub(in crate::accounts) async fn forget_identities(&self, id: i64) -> Result<(), ServerError> {
        sqlx::query("DELETE FROM identity WHERE organiser = $1").bind(id).execute(&self.store.write).await?;
        Ok(())
    }
}
