//! Pages of organisers' accounts: signing in and out, the account itself, and the language, which is everybody's.

mod language;
mod oidc;
mod own;
mod sign_in;

use axum::Router;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

use crate::{App, ServerError};

use super::super::shell::Shell;
use super::super::visitor::Visitor;

pub(in super::super) fn routes() -> Router<App> {
    Router::new().merge(sign_in::routes()).merge(oidc::routes()).merge(own::routes()).merge(language::routes())
}

/// To another page of ours, with a cookie.
fn go(to: &str, cookie: Option<HeaderValue>) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, value);
    }
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// What is wrong with a form: the field and the sentence.
type Errors = Vec<(&'static str, String)>;

/// The error of a field, for templates.
fn error_of(errors: &Errors, field: &str) -> Option<String> {
    errors.iter().find(|(own, _)| *own == field).map(|(_, text)| text.clone())
}

/// The sentence of a refusal, if it is one that the form can show beside a field; other errors go on.
fn refusal(error: ServerError, shell: &Shell, fields: &[(&str, &'static str)]) -> Result<Errors, ServerError> {
    match &error {
        ServerError::Refused { code, message } => {
            let field = fields
                .iter()
                .find(|(own, _)| own == code)
                .map(|(_, field)| *field)
                .ok_or(())
                .or_else(|()| fields.first().map(|(_, field)| *field).ok_or(()));
            match field {
                Ok(field) => Ok(vec![(field, shell.t1(&format!("refused-{code}"), "reason", message))]),
                Err(()) => Err(error),
            }
        }
        ServerError::TooMany { seconds } => match fields.first() {
            Some((_, field)) => Ok(vec![(field, shell.t1("failure-too-many", "seconds", seconds))]),
            None => Err(error),
        },
        _ => Err(error),
    }
}

/// An answer, or the page that says why there is none.
fn answer(result: Result<Response, ServerError>, app: &App, visitor: &Visitor) -> Response {
    result.unwrap_or_else(|error| visitor.failed(app)(error).into_response())
}
