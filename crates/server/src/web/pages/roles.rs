//! Pages of roles: the personal link that gives a role, and the pages of the credential authority, of the holder of the
//! spare codes and of trustees. What they do is done in the browser, by the script of each; the server sees no secret.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::App;
use crate::accounts::{Grant, Role};

use super::super::reply::{Failure, Html, page};
use super::super::shell::Shell;
use super::super::visitor::{Visitor, cookie, session_cookie, session_value};

pub(in super::super) fn routes() -> Router<App> {
    Router::new()
        .route("/r/{token}", get(open_link))
        .route("/authority/{uuid}", get(authority))
        .route("/spares/{uuid}", get(spares))
        .route("/trustee/{uuid}/{number}", get(trustee))
}

/// Opens a personal link: the role is added to the browser's session, which begins here where there is none.
async fn open_link(
    State(app): State<App>,
    visitor: Visitor,
    Path(link): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let answer = async {
        let existing = cookie(&headers, session_cookie(&app)).filter(|_| visitor.session.is_some());
        let begun = if existing.is_some() { None } else { Some(app.begin_session(None).await?) };
        let session = existing.or(begun.as_ref().map(|token| token.as_str())).unwrap_or_default();
        let grant = app.open_role_link(session, &link).await?;
        let to = [(LOCATION, address(&grant)), (CACHE_CONTROL, "no-store".to_owned())];
        let mut response = (StatusCode::SEE_OTHER, to).into_response();
        if let Some(value) = begun.and_then(|token| session_value(&app, &token)) {
            response.headers_mut().insert(SET_COOKIE, value);
        }
        Ok(response)
    };
    answer.await.map_err(|error| Failure::of(error, &app, visitor.tongue, "/r"))
}

/// Where a role's page is.
fn address(grant: &Grant) -> String {
    let Grant { election, role, number } = grant;
    match role {
        Role::Trustee => format!("/trustee/{election}/{number}"),
        Role::Authority | Role::Spares => format!("/{}/{election}", role.name()),
    }
}

#[derive(Template)]
#[template(path = "roles/authority.html")]
struct AuthorityPage {
    shell: Shell,
    uuid: String,
    title: String,
}

#[derive(Template)]
#[template(path = "roles/spares.html")]
struct SparesPage {
    shell: Shell,
    uuid: String,
    title: String,
}

#[derive(Template)]
#[template(path = "roles/trustee.html")]
struct TrusteePage {
    shell: Shell,
    uuid: String,
    number: u64,
    title: String,
}

async fn authority(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Result<Html, Failure> {
    let answer = async {
        visitor.with_role(&uuid, Role::Authority, 0)?;
        let title = app.election(&uuid).await?.title;
        page(&AuthorityPage { shell: Shell::new(&app, &visitor).with_script("authority"), uuid: uuid.clone(), title })
    };
    answer.await.map_err(visitor.failed(&app))
}

async fn spares(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Result<Html, Failure> {
    let answer = async {
        visitor.with_role(&uuid, Role::Spares, 0)?;
        let title = app.election(&uuid).await?.title;
        page(&SparesPage { shell: Shell::new(&app, &visitor).with_script("spares"), uuid: uuid.clone(), title })
    };
    answer.await.map_err(visitor.failed(&app))
}

async fn trustee(
    State(app): State<App>,
    visitor: Visitor,
    Path((uuid, number)): Path<(String, u64)>,
) -> Result<Html, Failure> {
    let answer = async {
        visitor.with_role(&uuid, Role::Trustee, number)?;
        let title = app.election(&uuid).await?.title;
        let shell = Shell::new(&app, &visitor).with_script("trustee");
        page(&TrusteePage { shell, uuid: uuid.clone(), number, title })
    };
    answer.await.map_err(visitor.failed(&app))
}
