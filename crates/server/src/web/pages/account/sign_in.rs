//! Signing in by password or mailed link, making the first account, signing out.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Form, Router};
use serde::Deserialize;

use crate::accounts::Network;
use crate::{App, ServerError};

use super::super::super::reply::page;
use super::super::super::shell::Shell;
use super::super::super::visitor::{Visitor, no_session_value, session_value};
use super::{Errors, answer, error_of, go, refusal};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(form).post(sign_in))
        .route("/sign-in/link", get(ask_form).post(ask))
        .route("/sign-in/link/{token}", get(look).post(open))
        .route("/set-up/{token}", get(set_up_form).post(set_up))
        .route("/sign-out", post(sign_out))
}

/// Where organisers go once they have signed in.
const HOME: &str = "/organiser";

/// The fields of the forms; those that a form does not have stay empty.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Fields {
    email: String,
    password: String,
    code: String,
}

#[derive(Template)]
#[template(path = "account/sign-in.html")]
struct SignInPage {
    shell: Shell,
    email: String,
    may_register: bool,
    /// What people call the OpenID provider.
    provider: Option<String>,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "account/ask.html")]
struct AskPage {
    shell: Shell,
    email: String,
    may_register: bool,
    is_sent: bool,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "account/link.html")]
struct LinkPage {
    shell: Shell,
    email: String,
    asks_for_code: bool,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "account/set-up.html")]
struct SetUpPage {
    shell: Shell,
    email: String,
    errors: Errors,
}

/// A page; with errors its status says that the form was not taken.
fn shown(template: &impl Template, errors: &Errors) -> Result<Response, ServerError> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page(template)?).into_response())
}

/// The page to sign in on.
pub(super) fn sign_in_page(app: &App, shell: Shell, email: String, errors: Errors) -> Result<Response, ServerError> {
    let provider = app.config.oidc.as_ref().map(|own| own.name.clone());
    let template = SignInPage { shell, email, may_register: app.config.open_registration, provider, errors };
    shown(&template, &template.errors)
}

async fn form(State(app): State<App>, visitor: Visitor) -> Response {
    if visitor.organiser().is_ok() {
        return go(HOME, None);
    }
    let shell = Shell::new(&app, &visitor);
    answer(sign_in_page(&app, shell, String::new(), Vec::new()), &app, &visitor)
}

async fn sign_in(
    State(app): State<App>,
    visitor: Visitor,
    Extension(network): Extension<Network>,
    Form(fields): Form<Fields>,
) -> Response {
    let result = async {
        match app.sign_in(&fields.email, &fields.password, &fields.code, &network).await {
            Ok(organiser) => begin(&app, &visitor, organiser).await,
            Err(error) => {
                let shell = Shell::new(&app, &visitor);
                let errors = refusal(error, &shell, &[("sign-in", "email")])?;
                sign_in_page(&app, shell, fields.email.clone(), errors)
            }
        }
    };
    answer(result.await, &app, &visitor)
}

/// A new session in place of the one before.
pub(super) async fn begin(app: &App, visitor: &Visitor, organiser: i64) -> Result<Response, ServerError> {
    let token = app.renew_session(visitor.session.as_ref(), organiser).await?;
    Ok(go(HOME, session_value(app, &token)))
}

async fn ask_form(State(app): State<App>, visitor: Visitor) -> Response {
    let (shell, may_register) = (Shell::new(&app, &visitor), app.config.open_registration);
    let template = AskPage { shell, email: String::new(), may_register, is_sent: false, errors: Vec::new() };
    answer(shown(&template, &template.errors), &app, &visitor)
}

async fn ask(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Response {
    let result = async {
        let asked = app.ask_for_link(&fields.email, visitor.tongue).await;
        let (shell, may_register) = (Shell::new(&app, &visitor), app.config.open_registration);
        let errors = match asked {
            Ok(()) => Vec::new(),
            Err(error) => refusal(error, &shell, &[("address", "email")])?,
        };
        let (email, is_sent) = (fields.email.clone(), errors.is_empty());
        let template = AskPage { shell, email, may_register, is_sent, errors };
        shown(&template, &template.errors)
    };
    answer(result.await, &app, &visitor)
}

async fn look(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Response {
    answer(link_page(&app, &visitor, &token, Vec::new()).await, &app, &visitor)
}

async fn link_page(app: &App, visitor: &Visitor, token: &str, errors: Errors) -> Result<Response, ServerError> {
    let view = app.look_at_link(token).await?;
    let email = view.email.ok_or(ServerError::NotFound)?;
    let template = LinkPage { shell: Shell::new(app, visitor), email, asks_for_code: view.asks_for_code, errors };
    shown(&template, &template.errors)
}

async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    Extension(network): Extension<Network>,
    Form(fields): Form<Fields>,
) -> Response {
    let result = async {
        match app.open_link(&token, &fields.code, visitor.tongue, &network).await {
            Ok(organiser) => begin(&app, &visitor, organiser).await,
            Err(error) => {
                let errors = refusal(error, &Shell::new(&app, &visitor), &[("code-wrong", "code")])?;
                link_page(&app, &visitor, &token, errors).await
            }
        }
    };
    answer(result.await, &app, &visitor)
}

async fn set_up_form(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Response {
    let result = async {
        match app.look_at_link(&token).await?.email {
            None => {
                let shell = Shell::new(&app, &visitor);
                let template = SetUpPage { shell, email: String::new(), errors: Vec::new() };
                shown(&template, &template.errors)
            }
            Some(_) => Err(ServerError::NotFound),
        }
    };
    answer(result.await, &app, &visitor)
}

async fn set_up(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    let result = async {
        match app.set_up(&token, &fields.email, &fields.password, visitor.tongue).await {
            Ok(organiser) => begin(&app, &visitor, organiser).await,
            Err(error) => {
                let shell = Shell::new(&app, &visitor);
                let errors = refusal(
                    error,
                    &shell,
                    &[
                        ("password-length", "password"),
                        ("password-weak", "password"),
                        ("password", "password"),
                        ("address", "email"),
                    ],
                )?;
                let template = SetUpPage { shell, email: fields.email.clone(), errors };
                shown(&template, &template.errors)
            }
        }
    };
    answer(result.await, &app, &visitor)
}

async fn sign_out(State(app): State<App>, visitor: Visitor) -> Response {
    let result = async {
        if let Some(session) = &visitor.session {
            app.end_session(session).await?;
        }
        Ok(go("/", no_session_value(&app)))
    };
    answer(result.await, &app, &visitor)
}
