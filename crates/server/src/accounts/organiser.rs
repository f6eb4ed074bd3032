//! Organisers' accounts.

use zeroize::Zeroizing;

use super::password::LONGEST_PASSWORD;
use super::{SHORTEST_PASSWORD, Session, base32, totp};
use crate::store::{to_i64, to_u64};
use crate::texts::Tongue;
use crate::{App, ServerError, system};

/// An organiser.
#[derive(Clone)]
pub struct Organiser {
    /// The number.
    pub id: i64,
    /// The address, which is also the name of the account.
    pub email: String,
    /// The language of letters.
    pub language: String,
    pub(super) password: Option<String>,
    pub(super) totp: Option<String>,
    pub(super) totp_step: u64,
}

impl Organiser {
    /// Whether there is a password.
    pub fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// Whether an app's code is asked for.
    pub fn has_second_factor(&self) -> bool {
        self.totp.is_some()
    }
}

/// By what somebody who has signed in shows that she still is the owner of the account, and not whoever has found or stolen
/// the session: the password, where there is one; a code of the app, where there is one; or having signed in only now.
#[derive(Clone, Copy)]
pub struct Owner<'a> {
    /// The password, as it was typed.
    pub password: &'a str,
    /// A code of the app.
    pub code: &'a str,
    /// Whether the session has begun only now.
    pub is_recent: bool,
}

type Row = (i64, String, String, Option<String>, Option<String>, i64);

fn of_row((id, email, language, password, totp, totp_step): Row) -> Organiser {
    Organiser { id, email, language, password, totp, totp_step: to_u64(totp_step) }
}

/// Refuses a password that is too short, too long, or the address.
pub(super) fn check_new_password(password: &str, email: &str) -> Result<(), ServerError> {
    let length = password.chars().count();
    if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) {
        return Err(ServerError::refused("password-length", SHORTEST_PASSWORD));
    }
    let name = email.split('@').next().unwrap_or_default();
    let lower = password.trim().to_lowercase();
    let same = lower.chars().collect::<std::collections::BTreeSet<_>>().len() < 4;
    if same || lower == email || (name.len() >= 4 && lower.replace(name, "").chars().count() < 6) {
        return Err(ServerError::refused("password-weak", "the password is easily guessed"));
    }
    Ok(())
}

impl App {
    /// An organiser.
    ///
    /// # Errors
    /// `NotFound` where there is none.
    pub async fn organiser(&self, id: i64) -> Result<Organiser, ServerError> {
        let row: Option<Row> =
            sqlx::query_as("SELECT id, email, language, password, totp, totp_step FROM organiser WHERE id = $1")
                .bind(id)
                .fetch_optional(&self.store.read)
                .await?;
        row.map(of_row).ok_or(ServerError::NotFound)
    }

    /// The organiser with an address.
    pub(super) async fn organiser_of(&self, email: &str) -> Result<Option<Organiser>, ServerError> {
        let row: Option<Row> =
            sqlx::query_as("SELECT id, email, language, password, totp, totp_step FROM organiser WHERE email = $1")
                .bind(email)
                .fetch_optional(&self.store.read)
                .await?;
        Ok(row.map(of_row))
    }

    /// Makes an account; the one with that address, where there is one already.
    ///
    /// # Errors
    /// The database fails.
    pub async fn add_organiser(&self, email: &str, tongue: Tongue, password: Option<&str>) -> Result<i64, ServerError> {
        let hash = match password {
            Some(password) => {
                check_new_password(password, email)?;
                Some(self.hasher.hash(password).await?)
            }
            None => None,
        };
        self.insert_organiser(email, tongue, hash).await
    }

    /// The same with the hash of the password.
    pub(super) async fn insert_organiser(
        &self,
        email: &str,
        tongue: Tongue,
        hash: Option<String>,
    ) -> Result<i64, ServerError> {
        // A number of 52 bits: programs keep it exactly.
        let bytes = system::random_bytes::<8>()?;
        let id = to_i64(u64::from_be_bytes(*bytes) >> 12);
        sqlx::query(
            "INSERT INTO organiser (id, email, language, password, created) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (email) DO NOTHING",
        )
        .bind(id)
        .bind(email)
        .bind(tongue.code())
        .bind(hash)
        .bind(to_i64(system::seconds()))
        .execute(&self.store.write)
        .await?;
        let row: Option<(i64,)> = sqlx::query_as("SELECT id FROM organiser WHERE email = $1")
            .bind(email)
            .fetch_optional(&self.store.write)
            .await?;
        row.map(|(id,)| id).ok_or_else(|| ServerError::Fault("an account that was made is not there".to_owned()))
    }

    /// How many organisers there are, besides the one of sample elections.
    pub(crate) async fn organiser_count(&self) -> Result<u64, ServerError> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM organiser WHERE email <> $1")
            .bind(crate::sample::ORGANISER)
            .fetch_one(&self.store.read)
            .await?;
        Ok(to_u64(count))
    }

    /// Refuses whoever is not the owner of an account.
    async fn must_be_owner(&self, organiser: &Organiser, owner: Owner<'_>) -> Result<(), ServerError> {
        if !organiser.has_password() && !organiser.has_second_factor() {
            return match owner.is_recent {
                true => Ok(()),
                false => Err(ServerError::refused("sign-in-again", "sign in again before this is changed")),
            };
        }
        let subject = format!("change:{}", organiser.id);
        self.count_with_delay(&subject).await?;
        if organiser.has_password() && !self.hasher.is_password(owner.password, organiser.password.as_deref()).await? {
            return Err(ServerError::refused("password-wrong", "the present password is wrong"));
        }
        if !organiser.has_password() && !self.takes_code(organiser, owner.code).await? {
            return Err(ServerError::refused("code-wrong", "the code is wrong"));
        }
        self.forget_attempts(&subject).await
    }

    /// Sets a password, and ends all sessions of the organiser: begin a new one.
    ///
    /// # Errors
    /// It is not the owner who asks, or the new password is too short.
    pub async fn change_password(&self, id: i64, owner: Owner<'_>, after: &str) -> Result<(), ServerError> {
        let organiser = self.organiser(id).await?;
        check_new_password(after, &organiser.email)?;
        self.must_be_owner(&organiser, owner).await?;
        let hash = self.hasher.hash(after).await?;
        sqlx::query("UPDATE organiser SET password = $1 WHERE id = $2")
            .bind(hash)
            .bind(id)
            .execute(&self.store.write)
            .await?;
        self.end_sessions_of(id).await
    }

    /// Sets the language of letters.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_language(&self, id: i64, tongue: Tongue) -> Result<(), ServerError> {
        sqlx::query("UPDATE organiser SET language = $1 WHERE id = $2")
            .bind(tongue.code())
            .bind(id)
            .execute(&self.store.write)
            .await?;
        Ok(())
    }

    /// The secret that an organiser shares with an app: worked out from a number drawn for it, so that the database does
    /// not hold it.
    pub fn app_secret(&self, id: i64, drawn: &str) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.secret.key(&format!("totp/{id}/{drawn}"))[..20].to_vec())
    }

    /// The same, as people type it in.
    pub fn app_secret_text(&self, id: i64, drawn: &str) -> Zeroizing<String> {
        Zeroizing::new(base32(&self.app_secret(id, drawn)))
    }

    /// Asks for an app's code from now on, and ends all sessions of the organiser: begin a new one. The code shows that the
    /// app has the secret.
    ///
    /// # Errors
    /// It is not the owner who asks, or the code is wrong.
    pub async fn add_second_factor(
        &self,
        id: i64,
        owner: Owner<'_>,
        drawn: &str,
        code: &str,
    ) -> Result<(), ServerError> {
        self.must_be_owner(&self.organiser(id).await?, owner).await?;
        self.count_with_delay(&format!("enrol:{id}")).await?;
        let step = totp::step_of(&self.app_secret(id, drawn), code, system::seconds(), 0)
            .ok_or_else(|| ServerError::refused("code-wrong", "the code is wrong"))?;
        self.forget_attempts(&format!("enrol:{id}")).await?;
        sqlx::query("UPDATE organiser SET totp = $1, totp_step = $2 WHERE id = $3")
            .bind(drawn)
            .bind(to_i64(step))
            .bind(id)
            .execute(&self.store.write)
            .await?;
        self.end_sessions_of(id).await
    }

    /// No longer asks for an app's code; the code shows that it is the owner who asks for it.
    ///
    /// # Errors
    /// The code is wrong.
    pub async fn remove_second_factor(&self, id: i64, code: &str) -> Result<(), ServerError> {
        let organiser = self.organiser(id).await?;
        self.count_with_delay(&format!("enrol:{id}")).await?;
        if !self.takes_code(&organiser, code).await? {
            return Err(ServerError::refused("code-wrong", "the code is wrong"));
        }
        self.forget_attempts(&format!("enrol:{id}")).await?;
        self.forget_second_factor(id).await
    }

    pub(super) async fn forget_second_factor(&self, id: i64) -> Result<(), ServerError> {
        sqlx::query("UPDATE organiser SET totp = NULL, totp_step = 0 WHERE id = $1")
            .bind(id)
            .execute(&self.store.write)
            .await?;
        Ok(())
    }

    /// Takes second factor and password off: whoever has stolen the telephone may know the password too.
    pub(super) async fn forget_all_factors(&self, id: i64) -> Result<(), ServerError> {
        sqlx::query("UPDATE organiser SET totp = NULL, totp_step = 0, password = NULL WHERE id = $1")
            .bind(id)
            .execute(&self.store.write)
            .await?;
        Ok(())
    }

    /// Whether a code of the app is right, and uses it up. Without a second factor every code is.
    pub(super) async fn takes_code(&self, organiser: &Organiser, code: &str) -> Result<bool, ServerError> {
        let Some(drawn) = &organiser.totp else { return Ok(true) };
        let secret = self.app_secret(organiser.id, drawn);
        let Some(step) = totp::step_of(&secret, code, system::seconds(), organiser.totp_step) else {
            return Ok(false);
        };
        let used = sqlx::query("UPDATE organiser SET totp_step = $1 WHERE id = $2 AND totp_step < $1")
            .bind(to_i64(step))
            .bind(organiser.id)
            .execute(&self.store.write)
            .await?;
        Ok(used.rows_affected() == 1)
    }

    pub(super) async fn forget_attempts(&self, subject: &str) -> Result<(), ServerError> {
        sqlx::query("DELETE FROM attempt WHERE subject = $1").bind(subject).execute(&self.store.write).await?;
        Ok(())
    }

    /// Begins a session for an organiser, in place of the one before.
    pub(crate) async fn renew_session(
        &self,
        before: Option<&Session>,
        organiser: i64,
    ) -> Result<Zeroizing<String>, ServerError> {
        if let Some(before) = before {
            self.end_session(before).await?;
        }
        self.begin_session(Some(organiser)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_that_are_easily_guessed_are_refused() {
        let check = |password: &str| check_new_password(password, "organiser@example.org");
        assert!(check("short").is_err());
        assert!(check("aaaaaaaaaaaaaaaa").is_err());
        assert!(check("organiser@example.org").is_err());
        assert!(check("Organiser2026").is_err());
        assert!(check("correct horse battery").is_ok());
        assert!(check("сайлау күні жаңбыр").is_ok());
        assert!(check(&"ab12".repeat(65)).is_err(), "260 letters");
    }
}
