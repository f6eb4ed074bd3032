//! Pages of voters: the booth, and what became of a ballot. Both are frames for scripts, which ask the interface below
//! `/api/e/{uuid}`; an address of an election that there is not gets its page, too, and the script says so.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::{App, ServerError};

use super::super::reply::page;
use super::super::shell::Shell;
use super::super::visitor::Visitor;

pub(in super::super) fn routes() -> Router<App> {
    Router::new().route("/e/{uuid}/vote", get(booth)).route("/e/{uuid}/ballot", get(ballot))
}

#[derive(Template)]
#[template(path = "voter/booth.html")]
struct Booth {
    shell: Shell,
}

#[derive(Template)]
#[template(path = "voter/ballot.html")]
struct Ballot {
    shell: Shell,
    uuid: String,
}

async fn booth(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Response {
    framed(&app, &visitor, &uuid, |shell| page(&Booth { shell: shell.with_script("booth") }))
}

async fn ballot(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Response {
    let own = uuid.clone();
    framed(&app, &visitor, &uuid, |shell| page(&Ballot { shell: shell.with_script("check"), uuid: own }))
}

/// The frame of a page, where the address can be one of an election.
fn framed<T: axum::response::IntoResponse>(
    app: &App,
    visitor: &Visitor,
    uuid: &str,
    render: impl FnOnce(Shell) -> Result<T, ServerError>,
) -> Response {
    let answer = if is_identifier(uuid) { render(Shell::new(app, visitor)) } else { Err(ServerError::NotFound) };
    match answer {
        Ok(page) => (StatusCode::OK, page).into_response(),
        Err(error) => visitor.failed(app)(error).into_response(),
    }
}

/// Whether a text can be the identifier of an election.
fn is_identifier(uuid: &str) -> bool {
    (14..=64).contains(&uuid.len()) && uuid.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
