//! Sessions: a token of 256 bits in a cookie, of which the database has the digest alone, and what it allows.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::store::{to_i64, to_u64};
use crate::{App, ServerError, system};

/// Seconds until a session ends by itself.
const LIFETIME_SECONDS: u64 = 12 * 60 * 60;

/// A part in an election that a personal link gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The credential authority.
    Authority,
    /// The holder of the spare codes.
    Spares,
    /// A trustee.
    Trustee,
}

impl Role {
    /// The name in addresses and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Spares => "spares",
            Self::Trustee => "trustee",
        }
    }

    /// The role of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Authority, Self::Spares, Self::Trustee].into_iter().find(|role| role.name() == name)
    }
}

/// What a personal link allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The election.
    pub election: String,
    /// The role in it.
    pub role: Role,
    /// The trustee's number; 0 for the others.
    pub number: u64,
}

/// A session.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    token: [u8; 32],
    created: u64,
    /// The organiser who has signed in.
    pub organiser: Option<i64>,
    /// What forms carry along.
    pub csrf: String,
    /// The roles whose links were opened in it.
    pub grants: Vec<Grant>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Session").field("organiser", &self.organiser).finish_non_exhaustive()
    }
}

/// The digest that is kept of a token.
pub(crate) fn kept(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Seconds for which somebody has just signed in.
const RECENT_SECONDS: u64 = 15 * 60;

impl Session {
    /// Whether it has begun only now.
    pub fn is_recent(&self) -> bool {
        self.created + RECENT_SECONDS > system::seconds()
    }

    /// Whether a role's link was opened in it.
    pub fn has(&self, election: &str, role: Role, number: u64) -> bool {
        self.grants.iter().any(|grant| grant.election == election && grant.role == role && grant.number == number)
    }
}

impl App {
    /// Begins a session, for an organiser or for nobody yet: the token for the cookie.
    ///
    /// # Errors
    /// The database fails.
    pub async fn begin_session(&self, organiser: Option<i64>) -> Result<Zeroizing<String>, ServerError> {
        let (token, csrf) = (system::token()?, system::token()?);
        let now = system::seconds();
        sqlx::query("INSERT INTO session (token, organiser, csrf, created, expires) VALUES ($1, $2, $3, $4, $5)")
            .bind(kept(&token).to_vec())
            .bind(organiser)
            .bind(csrf.as_str())
            .bind(to_i64(now))
            .bind(to_i64(now + LIFETIME_SECONDS))
            .execute(&self.store.write)
            .await?;
        Ok(token)
    }

    /// The session of a cookie; none where it has ended.
    ///
    /// # Errors
    /// The database fails.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, ServerError> {
        let digest = kept(token);
        let row: Option<(Option<i64>, String, i64)> =
            sqlx::query_as("SELECT organiser, csrf, created FROM session WHERE token = $1 AND expires > $2")
                .bind(digest.to_vec())
                .bind(to_i64(system::seconds()))
                .fetch_optional(&self.store.read)
                .await?;
        let Some((organiser, csrf, created)) = row else { return Ok(None) };
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT election, role, number FROM session_grant WHERE session = $1 ORDER BY election, role, number",
        )
        .bind(digest.to_vec())
        .fetch_all(&self.store.read)
        .await?;
        let grant = |(election, role, number): (String, String, i64)| {
            Some(Grant { election, role: Role::of_name(&role)?, number: to_u64(number) })
        };
        let grants = rows.into_iter().filter_map(grant).collect();
        Ok(Some(Session { token: digest, created: to_u64(created), organiser, csrf, grants }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_session(&self, session: &Session) -> Result<(), ServerError> {
        for sql in ["DELETE FROM session_grant WHERE session = $1", "DELETE FROM session WHERE token = $1"] {
            sqlx::query(sql).bind(session.token.to_vec()).execute(&self.store.write).await?;
        }
        Ok(())
    }

    /// Ends all sessions of an organiser.
    pub(crate) async fn end_sessions_of(&self, organiser: i64) -> Result<(), ServerError> {
        for sql in [
            "DELETE FROM session_grant WHERE session IN (SELECT token FROM session WHERE organiser = $1)",
            "DELETE FROM session WHERE organiser = $1",
        ] {
            sqlx::query(sql).bind(organiser).execute(&self.store.write).await?;
        }
        Ok(())
    }

    /// Opens a personal link in a session: the role that it gives.
    ///
    /// # Errors
    /// `NotFound` where the link is none, or no longer one.
    pub async fn open_role_link(&self, session: &str, link: &str) -> Result<Grant, ServerError> {
        let mut change = self.store.begin().await?;
        // The row stays as it is until the grant is there: a link that is made anew takes grants of the one before away.
        let row: Option<(String, String, i64)> =
            sqlx::query_as("UPDATE role_link SET number = number WHERE token = $1 RETURNING election, role, number")
                .bind(kept(link).to_vec())
                .fetch_optional(&mut *change)
                .await?;
        let (election, role, number) = row.ok_or(ServerError::NotFound)?;
        sqlx::query(
            "INSERT INTO session_grant (session, election, role, number) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(kept(session).to_vec())
        .bind(&election)
        .bind(&role)
        .bind(number)
        .execute(&mut *change)
        .await?;
        change.commit().await?;
        let role = Role::of_name(&role).ok_or_else(|| ServerError::Fault(format!("role {role} in the database")))?;
        Ok(Grant { election, role, number: to_u64(number) })
    }
}
