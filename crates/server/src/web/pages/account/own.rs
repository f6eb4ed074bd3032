//! An organiser's own account: language of letters, password, connection with a provider, second factor.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::accounts::{Organiser, Owner, SHORTEST_PASSWORD, Session, in_address};
use crate::texts::Tongue;
use crate::{App, ServerError, system};

use super::super::super::reply::page;
use super::super::super::shell::Shell;
use super::super::super::visitor::{Visitor, session_value};
use super::{Errors, answer, error_of, go, refusal};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/account", get(show))
        .route("/account/language", post(language))
        .route("/account/password", post(password))
        .route("/account/provider/off", post(provider_off))
        .route("/account/second-factor", get(factor_form).post(factor))
        .route("/account/second-factor/off", post(factor_off))
}

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage {
    shell: Shell,
    organiser: Organiser,
    tongues: Vec<(&'static str, &'static str, bool)>,
    shortest: usize,
    /// The providers that the account is connected with.
    providers: Vec<String>,
    /// The one that can be connected.
    provider: Option<String>,
    done: Option<&'static str>,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "account/second-factor.html")]
struct FactorPage {
    shell: Shell,
    drawn: String,
    secret: Zeroizing<String>,
    link: Zeroizing<String>,
    has_password: bool,
    errors: Errors,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Done {
    done: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Fields {
    language: String,
    before: String,
    after: String,
    drawn: String,
    code: String,
}

impl Fields {
    /// What shows that it is the owner who asks.
    fn owner<'a>(&'a self, visitor: &Visitor) -> Owner<'a> {
        let is_recent = visitor.session.as_ref().is_some_and(Session::is_recent);
        Owner { password: &self.before, code: &self.code, is_recent }
    }
}

/// What has been done, as the address after a form says it: only these.
const DONE: [(&str, &str); 5] = [
    ("language", "account-done-language"),
    ("password", "account-done-password"),
    ("provider-off", "account-done-provider-off"),
    ("factor", "account-done-factor"),
    ("factor-off", "account-done-factor-off"),
];

async fn account_page(
    app: &App,
    visitor: &Visitor,
    done: Option<&'static str>,
    errors: Errors,
) -> Result<Response, ServerError> {
    let organiser = app.organiser(visitor.organiser()?).await?;
    let tongues =
        Tongue::all().map(|tongue| (tongue.code(), tongue.own_name(), tongue.code() == organiser.language)).collect();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shell = Shell::new(app, visitor);
    let providers = app.providers_of(organiser.id).await?;
    let provider = app.config.oidc.as_ref().map(|own| own.name.clone());
    let shortest = SHORTEST_PASSWORD;
    let template = AccountPage { shell, organiser, tongues, shortest, providers, provider, done, errors };
    Ok((status, page(&template)?).into_response())
}

/// Those who have not signed in are asked to.
fn signed_in(visitor: &Visitor) -> Result<i64, Box<Response>> {
    visitor.organiser().map_err(|_| Box::new(go("/sign-in", None)))
}

async fn show(State(app): State<App>, visitor: Visitor, Query(query): Query<Done>) -> Response {
    if let Err(response) = signed_in(&visitor) {
        return *response;
    }
    let done = DONE.iter().find(|(name, _)| *name == query.done).map(|(_, key)| *key);
    answer(account_page(&app, &visitor, done, Vec::new()).await, &app, &visitor)
}

async fn language(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Response {
    let result = async {
        let id = visitor.organiser()?;
        if let Some(tongue) = Tongue::of_code(&fields.language) {
            app.set_language(id, tongue).await?;
        }
        Ok(go("/account?done=language", None))
    };
    answer(result.await, &app, &visitor)
}

async fn password(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Response {
    let result = async {
        let id = visitor.organiser()?;
        match app.change_password(id, fields.owner(&visitor), &fields.after).await {
            Ok(()) => {
                // All sessions have ended with the old password; this browser gets a new one.
                let token = app.begin_session(Some(id)).await?;
                Ok(go("/account?done=password", session_value(&app, &token)))
            }
            Err(error) => {
                let fields = [
                    ("password-wrong", "before"),
                    ("code-wrong", "own-code"),
                    ("sign-in-again", "after"),
                    ("password-length", "after"),
                    ("password-weak", "after"),
                    ("password", "after"),
                ];
                let errors = refusal(error, &Shell::new(&app, &visitor), &fields)?;
                account_page(&app, &visitor, None, errors).await
            }
        }
    };
    answer(result.await, &app, &visitor)
}

async fn provider_off(State(app): State<App>, visitor: Visitor) -> Response {
    let result = async {
        let id = visitor.organiser()?;
        app.disconnect_providers(id).await?;
        // All sessions have ended; this browser gets a new one.
        let token = app.begin_session(Some(id)).await?;
        Ok(go("/account?done=provider-off", session_value(&app, &token)))
    };
    answer(result.await, &app, &visitor)
}

async fn factor_page(app: &App, visitor: &Visitor, drawn: String, errors: Errors) -> Result<Response, ServerError> {
    let organiser = app.organiser(visitor.organiser()?).await?;
    let secret = app.app_secret_text(organiser.id, &drawn);
    let host = app.config.host().split(':').next().unwrap_or_default();
    let link = Zeroizing::new(format!(
        "otpauth://totp/adil:{}?secret={}&issuer=adil%20{host}",
        in_address(&organiser.email),
        *secret
    ));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let has_password = organiser.has_password();
    let template = FactorPage { shell: Shell::new(app, visitor), drawn, secret, link, has_password, errors };
    Ok((status, page(&template)?).into_response())
}

async fn factor_form(State(app): State<App>, visitor: Visitor) -> Response {
    if let Err(response) = signed_in(&visitor) {
        return *response;
    }
    let result = async {
        let drawn = system::token()?.to_string();
        factor_page(&app, &visitor, drawn, Vec::new()).await
    };
    answer(result.await, &app, &visitor)
}

async fn factor(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Response {
    let result = async {
        let id = visitor.organiser()?;
        if app.organiser(id).await?.has_second_factor() || fields.drawn.len() != 43 {
            // To change it, it is taken off first, with a code.
            return Ok(go("/account", None));
        }
        match app.add_second_factor(id, fields.owner(&visitor), &fields.drawn, &fields.code).await {
            Ok(()) => {
                // Sessions that have begun without it have ended; this browser gets a new one.
                let token = app.begin_session(Some(id)).await?;
                Ok(go("/account?done=factor", session_value(&app, &token)))
            }
            Err(error) => {
                let places = [("code-wrong", "code"), ("password-wrong", "before"), ("sign-in-again", "code")];
                let errors = refusal(error, &Shell::new(&app, &visitor), &places)?;
                factor_page(&app, &visitor, fields.drawn.clone(), errors).await
            }
        }
    };
    answer(result.await, &app, &visitor)
}

async fn factor_off(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Response {
    let result = async {
        match app.remove_second_factor(visitor.organiser()?, &fields.code).await {
            Ok(()) => Ok(go("/account?done=factor-off", None)),
            Err(error) => {
                let errors = refusal(error, &Shell::new(&app, &visitor), &[("code-wrong", "code")])?;
                account_page(&app, &visitor, None, errors).await
            }
        }
    };
    answer(result.await, &app, &visitor)
}
