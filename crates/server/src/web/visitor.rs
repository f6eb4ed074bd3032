//! Who asks, and in which language.

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};

use crate::accounts::{Role, Session};
use crate::texts::Tongue;
use crate::{App, ServerError};

use super::reply::Failure;

/// The cookie in which a chosen language is kept.
pub(super) const LANGUAGE_COOKIE: &str = "lang";

/// Somebody who asks for a page.
#[derive(Debug, Clone)]
pub(super) struct Visitor {
    /// The language to answer in.
    pub(super) tongue: Tongue,
    /// The session, where there is one.
    pub(super) session: Option<Session>,
    /// The path that was asked for.
    pub(super) path: String,
}

impl Visitor {
    /// The organiser who has signed in.
    pub(super) fn organiser(&self) -> Result<i64, ServerError> {
        self.session.as_ref().and_then(|session| session.organiser).ok_or(ServerError::Forbidden)
    }

    /// The session in which a role's link was opened.
    pub(super) fn with_role(&self, election: &str, role: Role, number: u64) -> Result<&Session, ServerError> {
        self.session.as_ref().filter(|session| session.has(election, role, number)).ok_or(ServerError::Forbidden)
    }

    /// What becomes of an error: an answer in the visitor's language.
    pub(super) fn failed<'a>(&'a self, app: &'a App) -> impl Fn(ServerError) -> Failure + 'a {
        move |error| Failure::of(error, app, self.tongue, &self.path)
    }

    /// What forms carry along; empty without a session.
    pub(super) fn csrf(&self) -> &str {
        self.session.as_ref().map_or("", |session| &session.csrf)
    }
}

/// The name of the cookie of sessions. With the prefix a browser takes it over encrypted connections from this host alone.
pub(super) fn session_cookie(app: &App) -> &'static str {
    if app.config.is_secure() { "__Host-adil" } else { "adil" }
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
}

/// The language to answer in: the chosen one, or what the browser asks for.
pub(super) fn tongue(headers: &HeaderMap) -> Tongue {
    let asked_for = || headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    cookie(headers, LANGUAGE_COOKIE).and_then(Tongue::of_code).unwrap_or_else(|| Tongue::asked_for(asked_for()))
}

/// The cookie of a session.
pub(super) fn session_value(app: &App, token: &str) -> Option<HeaderValue> {
    let secure = if app.config.is_secure() { "; Secure" } else { "" };
    // Lax, since personal links are opened from mail programs.
    let text = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}", session_cookie(app));
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The cookie that ends a session.
pub(super) fn no_session_value(app: &App) -> Option<HeaderValue> {
    let secure = if app.config.is_secure() { "; Secure" } else { "" };
    let text = format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", session_cookie(app));
    HeaderValue::from_str(&text).ok()
}

/// The session of a request, where it has been looked up before.
#[derive(Clone)]
pub(super) struct Known(pub(super) Option<Session>);

impl FromRequestParts<App> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let tongue = tongue(&parts.headers);
        let path = parts.uri.path().to_owned();
        if let Some(Known(session)) = parts.extensions.remove::<Known>() {
            return Ok(Self { tongue, session, path });
        }
        let session = match cookie(&parts.headers, session_cookie(app)) {
            Some(token) => app.session(token).await.map_err(|error| Failure::of(error, app, tongue, &path))?,
            None => None,
        };
        Ok(Self { tongue, session, path })
    }
}
