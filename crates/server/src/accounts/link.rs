//! Links that let somebody in once: mailed ones to sign in with, the one that makes the first account, and those that the
//! operator hands out. A link is opened by a button, so that a program that looks at mail does not use it up.

use super::oidc::Identity;
use super::{Network, kept};
use crate::mail::{self, Letter, Recipient};
use crate::store::{Transaction, to_i64};
use crate::texts::Tongue;
use crate::{App, ServerError, system};

/// Seconds that a mailed link lives: as long as the window in which letters are counted, so that the last one that went out works
/// until there may be another, whoever has asked for them.
const LINK_SECONDS: u64 = super::attempt::MAIL_SECONDS;
/// Seconds that a link lives which the operator has seen on the screen.
const OPERATOR_SECONDS: u64 = 24 * 60 * 60;

/// What a link would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkView {
    /// The address; none where the first account is made and its address is asked for.
    pub email: Option<String>,
    /// Whether a code of the app is asked for.
    pub asks_for_code: bool,
}

/// A link as it is kept.
struct Kept {
    /// Empty where the first account is made.
    email: String,
    /// Whether it may make an account.
    creates: bool,
    /// Who has signed in at a provider, and still owes the code of the app.
    identity: Option<Identity>,
}

impl App {
    /// Mails a link, if there is such an account or everybody may make one; says nothing of it.
    ///
    /// # Errors
    /// The text is no address, or the database fails.
    pub async fn ask_for_link(&self, email: &str, tongue: Tongue) -> Result<(), ServerError> {
        let email = super::address(email).ok_or_else(|| ServerError::refused("address", "this is no mail address"))?;
        let organiser = self.organiser_of(&email).await?;
        let mut change = self.store.begin().await?;
        let may = self.may_mail(&mut change, &email).await?;
        if !may || (organiser.is_none() && !self.config.open_registration) {
            // Written to the disk once in any case: the time does not tell who has an account.
            change.commit().await?;
            return Ok(());
        }
        let language = organiser.map_or(tongue.code().to_owned(), |organiser| organiser.language);
        let link = self.new_link(&mut change, &email, self.config.open_registration, None, LINK_SECONDS).await?;
        let letter = Letter::SignInLink { link: link.clone() };
        let to = Recipient { email: &email, language: &language };
        mail::post(&mut change, &self.secret, &format!("sign-in/{link}"), None, &to, &letter).await?;
        change.commit().await?;
        self.mail.wake();
        Ok(())
    }

    /// Keeps a new link: its identifier.
    async fn new_link(
        &self,
        change: &mut Transaction,
        email: &str,
        creates: bool,
        identity: Option<&Identity>,
        seconds: u64,
    ) -> Result<String, ServerError> {
        let id = system::token()?.to_string();
        sqlx::query(
            "INSERT INTO sign_in_link (token, email, creates, issuer, subject, expires) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(kept(&self.token_of("sign-in", &id)).to_vec())
        .bind(email)
        .bind(i64::from(creates))
        .bind(identity.map(|identity| identity.issuer.as_str()))
        .bind(identity.map(|identity| identity.subject.as_str()))
        .bind(to_i64(system::seconds() + seconds))
        .execute(&mut **change)
        .await?;
        Ok(id)
    }

    /// A link for somebody who has signed in at a provider and still owes the code of the app: its token.
    pub(super) async fn link_for_identity(
        &self,
        email: &str,
        identity: &Identity,
        seconds: u64,
    ) -> Result<String, ServerError> {
        let mut change = self.store.begin().await?;
        let id = self.new_link(&mut change, email, false, Some(identity), seconds).await?;
        change.commit().await?;
        Ok(self.token_of("sign-in", &id).to_string())
    }

    /// The link that makes the first account; none where there is an account. An earlier one no longer works.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_up_link(&self) -> Result<Option<String>, ServerError> {
        if self.organiser_count().await? > 0 {
            return Ok(None);
        }
        let mut change = self.store.begin().await?;
        sqlx::query("DELETE FROM sign_in_link WHERE email = ''").execute(&mut *change).await?;
        let id = self.new_link(&mut change, "", true, None, OPERATOR_SECONDS).await?;
        change.commit().await?;
        Ok(Some(format!("{}/set-up/{}", self.config.base_url, *self.token_of("sign-in", &id))))
    }

    /// A link for an address, made by the operator: it makes an account or opens the one that is there, whose second factor,
    /// password and connection with a provider are taken off (the telephone is lost).
    ///
    /// # Errors
    /// The text is no address, or the database fails.
    pub async fn operator_link(&self, email: &str) -> Result<String, ServerError> {
        let email = super::address(email).ok_or_else(|| ServerError::refused("address", "this is no mail address"))?;
        if let Some(organiser) = self.organiser_of(&email).await? {
            self.forget_all_factors(organiser.id).await?;
            self.forget_identities(organiser.id).await?;
            self.end_sessions_of(organiser.id).await?;
        }
        let mut change = self.store.begin().await?;
        let id = self.new_link(&mut change, &email, true, None, OPERATOR_SECONDS).await?;
        change.commit().await?;
        Ok(format!("{}/sign-in/link/{}", self.config.base_url, *self.token_of("sign-in", &id)))
    }

    /// What a link would do; looking does not use it up.
    ///
    /// # Errors
    /// `NotFound` where there is none, or no longer.
    pub async fn look_at_link(&self, token: &str) -> Result<LinkView, ServerError> {
        let email = self.link(token).await?.email;
        if email.is_empty() {
            return Ok(LinkView { email: None, asks_for_code: false });
        }
        let organiser = self.organiser_of(&email).await?;
        let asks_for_code = organiser.is_some_and(|organiser| organiser.has_second_factor());
        Ok(LinkView { email: Some(email), asks_for_code })
    }

    async fn link(&self, token: &str) -> Result<Kept, ServerError> {
        let row: Option<(String, i64, Option<String>, Option<String>)> = sqlx::query_as(
            "SELECT email, creates, issuer, subject FROM sign_in_link WHERE token = $1 AND expires > $2",
        )
        .bind(kept(token).to_vec())
        .bind(to_i64(system::seconds()))
        .fetch_optional(&self.store.read)
        .await?;
        let (email, creates, issuer, subject) = row.ok_or(ServerError::NotFound)?;
        let identity = issuer.zip(subject).map(|(issuer, subject)| Identity { issuer, subject });
        Ok(Kept { email, creates: creates != 0, identity })
    }

    /// Uses a link up: one of several who try at once succeeds.
    async fn use_up(&self, token: &str) -> Result<(), ServerError> {
        let used = sqlx::query("DELETE FROM sign_in_link WHERE token = $1 AND expires > $2")
            .bind(kept(token).to_vec())
            .bind(to_i64(system::seconds()))
            .execute(&self.store.write)
            .await?;
        if used.rows_affected() == 1 { Ok(()) } else { Err(ServerError::NotFound) }
    }

    /// Signs in with a mailed link: whose it is. A wrong code of the app leaves the link for another attempt.
    ///
    /// # Errors
    /// `NotFound` where there is none, or no longer; `Refused` with `code-wrong`.
    pub async fn open_link(
        &self,
        token: &str,
        code: &str,
        tongue: Tongue,
        network: &Network,
    ) -> Result<i64, ServerError> {
        let Kept { email, creates, identity } = self.link(token).await?;
        if email.is_empty() {
            return Err(ServerError::NotFound);
        }
        let id = match self.organiser_of(&email).await? {
            Some(organiser) => {
                if organiser.has_second_factor() {
                    self.count_with_delay(&format!("link:{}", organiser.id)).await?;
                }
                if !self.takes_code(&organiser, code).await? {
                    return Err(ServerError::refused("code-wrong", "the code is wrong"));
                }
                self.use_up(token).await?;
                self.forget_attempts(&format!("link:{}", organiser.id)).await?;
                organiser.id
            }
            None if creates => {
                self.use_up(token).await?;
                self.add_organiser(&email, tongue, None).await?
            }
            None => return Err(ServerError::NotFound),
        };
        if let Some(identity) = identity {
            self.keep_identity(id, &identity).await?;
        }
        self.attempt_was_right(&email, network).await?;
        Ok(id)
    }

    /// Makes the first account.
    ///
    /// # Errors
    /// The link is none, or no longer; the address or the password cannot be used.
    pub async fn set_up(&self, token: &str, email: &str, password: &str, tongue: Tongue) -> Result<i64, ServerError> {
        if !self.link(token).await?.email.is_empty() || self.organiser_count().await? > 0 {
            return Err(ServerError::NotFound);
        }
        let email = super::address(email).ok_or_else(|| ServerError::refused("address", "this is no mail address"))?;
        super::organiser::check_new_password(password, &email)?;
        // Before the link is used up: there may be too many who wait for this.
        let hash = self.hasher.hash(password).await?;
        self.use_up(token).await?;
        self.insert_organiser(&email, tongue, Some(hash)).await
    }
}
