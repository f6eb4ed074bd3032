//! Pages of organisers, below `/organiser`: one thing a page, and a redirect after each change.

mod chart;
mod dates;
mod delete;
mod details;
mod during;
mod elections;
mod fields;
mod leaks;
mod letters;
mod minutes;
mod overview;
mod plan_form;
mod plan_text;
mod preview;
mod question_page;
mod questions;
mod roles;
mod setting_up;
mod tally;
mod upload;
mod voters;
mod zones;

use std::future::Future;

use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};

use crate::service::{ElectionRow, Stage};
use crate::{App, ServerError};

use super::super::reply::{Failure, page};
use super::super::shell::Shell;
use super::super::visitor::Visitor;

pub(in super::super) fn routes() -> Router<App> {
    Router::new()
        .merge(elections::routes())
        .merge(overview::routes())
        .merge(details::routes())
        .merge(questions::routes())
        .merge(question_page::routes())
        .merge(plan_text::routes())
        .merge(voters::routes())
        .merge(roles::routes())
        .merge(dates::routes())
        .merge(delete::routes())
        .merge(preview::routes())
        .merge(setting_up::routes())
        .merge(during::routes())
        .merge(leaks::routes())
        .merge(letters::routes())
        .merge(tally::routes())
        .merge(minutes::routes())
}

/// What a handler answers.
type Answer = Result<Response, Failure>;

/// Does the work of a handler; what goes wrong becomes a page.
async fn answer(
    app: &App,
    visitor: &Visitor,
    work: impl Future<Output = Result<Response, ServerError>> + Send,
) -> Answer {
    work.await.map_err(visitor.failed(app))
}

/// The organiser's own election; to others it is as if there were none. That a form is from a page of this session has
/// been looked at before (`guard`).
async fn own(app: &App, visitor: &Visitor, uuid: &str) -> Result<ElectionRow, ServerError> {
    let organiser = visitor.organiser()?;
    let row = app.election(uuid).await?;
    if row.organiser == organiser { Ok(row) } else { Err(ServerError::NotFound) }
}

/// How far the election is.
async fn stage(app: &App, row: &ElectionRow) -> Result<Stage, ServerError> {
    if row.is_fixed() { app.stage(&row.uuid).await } else { Ok(Stage::Preparing) }
}

/// The organiser's own election, as long as its questions can be changed.
async fn own_unfixed(app: &App, visitor: &Visitor, uuid: &str) -> Result<ElectionRow, ServerError> {
    let row = own(app, visitor, uuid).await?;
    match row.is_fixed() {
        false => Ok(row),
        true => Err(ServerError::refused("fixed", "the questions are fixed")),
    }
}

/// Where one goes after a change; `done` names what is said there.
fn onward(uuid: &str, page: &str, done: &str) -> Response {
    let slash = if page.is_empty() { "" } else { "/" };
    let done = if done.is_empty() { String::new() } else { format!("?done={done}") };
    Redirect::to(&format!("/organiser/{uuid}{slash}{page}{done}")).into_response()
}

/// A template as an answer.
fn show(template: &impl askama::Template) -> Result<Response, ServerError> {
    Ok(page(template)?.into_response())
}

/// What every page of one election shows on top.
struct Heading {
    uuid: String,
    title: String,
    is_fixed: bool,
}

impl Heading {
    fn of(row: &ElectionRow) -> Self {
        Self { uuid: row.uuid.clone(), title: row.title.clone(), is_fixed: row.is_fixed() }
    }
}

/// `?done=`: what has just been done; a sentence where it is one of ours.
#[derive(Debug, Default, serde::Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

impl Done {
    fn sentence(&self, shell: &Shell) -> Option<String> {
        let is_name = !self.done.is_empty() && self.done.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let key = format!("organiser-done-{}", self.done);
        let text = shell.t(&key);
        (is_name && text != key).then_some(text)
    }
}
