//! Signing in at the OpenID provider: the way there, which a link begins (the policy of pages lets no form lead elsewhere), and
//! the way back.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};

use crate::accounts::{Network, OIDC_BACK, OIDC_SECONDS, OidcBack, OidcEnd};
use crate::{App, ServerError};

use super::super::super::shell::Shell;
use super::super::super::visitor::{Visitor, cookie};
use super::sign_in::{begin, sign_in_page};
use super::{answer, go, refusal};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/sign-in/oidc", get(there)).route(OIDC_BACK, get(back))
}

/// The name of the cookie that holds a sign-in to this browser.
fn name(app: &App) -> &'static str {
    if app.config.is_secure() { "__Host-adil-oidc" } else { "adil-oidc" }
}

/// The cookie, for some seconds. Lax, since the provider's page leads back.
fn value(app: &App, text: &str, seconds: u64) -> Option<HeaderValue> {
    let secure = if app.config.is_secure() { "; Secure" } else { "" };
    let text = format!("{}={text}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", name(app));
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

async fn there(State(app): State<App>, visitor: Visitor) -> Response {
    let result = async {
        match app.begin_oidc().await {
            Ok(start) => Ok(go(&start.address, value(&app, &start.cookie, OIDC_SECONDS))),
            Err(error) => not_signed_in(&app, &visitor, error),
        }
    };
    answer(result.await, &app, &visitor)
}

async fn back(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Extension(network): Extension<Network>,
    brought: Result<Query<OidcBack>, QueryRejection>,
) -> Response {
    // What cannot be read brings no state.
    let brought = brought.map(|Query(brought)| brought).unwrap_or_default();
    let result = async {
        match app.end_oidc(cookie(&headers, name(&app)), &brought, visitor.tongue, &network).await {
            Ok(OidcEnd::SignedIn(organiser)) => begin(&app, &visitor, organiser).await,
            Ok(OidcEnd::AsksForCode(token)) => Ok(go(&format!("/sign-in/link/{token}"), None)),
            Err(error) => not_signed_in(&app, &visitor, error),
        }
    };
    let mut response = answer(result.await, &app, &visitor);
    // It serves once.
    if let Some(none) = value(&app, "", 0) {
        response.headers_mut().append(axum::http::header::SET_COOKIE, none);
    }
    response
}

/// The page to sign in on, with the reason why it did not come to that.
fn not_signed_in(app: &App, visitor: &Visitor, error: ServerError) -> Result<Response, ServerError> {
    let is_away = matches!(&error, ServerError::Refused { code: "oidc-away", .. });
    let mut shell = Shell::new(app, visitor);
    // Whoever chooses another language there does not come back to this address.
    shell.path = "/sign-in".to_owned();
    let errors = refusal(error, &shell, &[("oidc", "oidc")])?;
    let mut response = sign_in_page(app, shell, String::new(), errors)?;
    if is_away {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    Ok(response)
}
