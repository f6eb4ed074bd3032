//! Answers: pages, JSON, and what is said where something cannot be done.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};

use crate::texts::Tongue;
use crate::{App, ServerError};

use super::shell::{Shell, render};

/// A page.
pub(super) struct Html(pub(super) String);

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")];
        (headers, self.0).into_response()
    }
}

/// A template as a page.
pub(super) fn page(template: &impl Template) -> Result<Html, ServerError> {
    render(template).map(Html)
}

/// The short name of the error that an answer tells of, for whoever counts them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refusal(pub(super) &'static str);

/// Why there is no answer, as the one who asked can use it.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    code: &'static str,
    body: String,
    is_json: bool,
    retry_after: Option<u64>,
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    shell: Shell,
    title: String,
    message: String,
}

impl Failure {
    /// The failure of a path: JSON below `/api/`, a page elsewhere.
    pub(super) fn of(error: ServerError, app: &App, tongue: Tongue, path: &str) -> Self {
        let (status, code) = status(&error);
        let text = |key: &str| app.texts.get(tongue, key, &[]);
        let message = match &error {
            ServerError::Refused { message, code } => {
                let key = format!("refused-{code}");
                let own = app.texts.get(tongue, &key, &[("reason", message)]);
                if own == key { message.clone() } else { own }
            }
            ServerError::Later { code, seconds, .. } => {
                // Rounded up, as whoever waits needs it.
                let (minutes, hours) = (seconds.div_ceil(60).to_string(), seconds.div_ceil(3_600).to_string());
                app.texts.get(tongue, &format!("refused-{code}"), &[("minutes", &minutes), ("hours", &hours)])
            }
            ServerError::NotFound => text("failure-not-found"),
            ServerError::Forbidden => text("failure-forbidden"),
            ServerError::TooMany { seconds } => {
                app.texts.get(tongue, "failure-too-many", &[("seconds", &seconds.to_string())])
            }
            _ => {
                // What went wrong inside is for the operator, and may hold what is not for others.
                tracing::error!(error = %error, "a request failed");
                text("failure-server")
            }
        };
        let is_json = path.starts_with("/api/");
        let body = if is_json {
            serde_json::json!({ "error": code, "message": message }).to_string()
        } else {
            let title = app.texts.get(tongue, &format!("failure-title-{}", status.as_u16()), &[]);
            let title = if title.starts_with("failure-title") { text("failure-title-500") } else { title };
            let page = FailurePage { shell: Shell::bare(app, tongue, path), title, message: message.clone() };
            render(&page).unwrap_or(message)
        };
        let retry_after = match error {
            ServerError::TooMany { seconds } | ServerError::Later { seconds, .. } => Some(seconds),
            _ => None,
        };
        Self { status, code, body, is_json, retry_after }
    }
}

/// The status and the short name of an error.
fn status(error: &ServerError) -> (StatusCode, &'static str) {
    match error {
        ServerError::Refused { code, .. } => {
            let status = match *code {
                "again" => StatusCode::CONFLICT,
                "revoked" | "spare-of-nobody" => StatusCode::FORBIDDEN,
                "not-open" => StatusCode::GONE,
                "cross-site" | "form" => StatusCode::FORBIDDEN,
                "too-long" => StatusCode::PAYLOAD_TOO_LARGE,
                "slow" => StatusCode::REQUEST_TIMEOUT,
                "malformed" => StatusCode::BAD_REQUEST,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            (status, code)
        }
        ServerError::NotFound => (StatusCode::NOT_FOUND, "unknown"),
        ServerError::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        ServerError::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
        ServerError::Later { code, .. } => (StatusCode::TOO_MANY_REQUESTS, code),
        ServerError::Database(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)) | ServerError::Unavailable(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
        }
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "server"),
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let kind = if self.is_json { "application/json" } else { "text/html; charset=utf-8" };
        let mut response =
            (self.status, [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store")], self.body).into_response();
        response.extensions_mut().insert(Refusal(self.code));
        if let Some(seconds) = self.retry_after
            && let Ok(value) = HeaderValue::from_str(&seconds.to_string())
        {
            response.headers_mut().insert(RETRY_AFTER, value);
        }
        response
    }
}
